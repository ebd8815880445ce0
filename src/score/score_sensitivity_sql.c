/*
 * score_sensitivity_sql.c - final function of score_sensitivity(indicators,
 * ...): how far the score depends on choices
 *
 * Weights are opinions, and so is the list of indicators.
 * score_sensitivity() gives the score with an interval: between the lowest and
 * the highest of
 *
 *	- the 5 and 95 percent quantiles of the score when each weight is
 *	  multiplied by a random number from 1 - p to 1 + p, p the perturbation,
 *	- the scores with each of the indicators left out.
 *
 * The random numbers depend on the seed alone: all rows see the same ones, so
 * that intervals differ only as the rows do.
 *
 * Reference: OECD, JRC, Handbook on Constructing Composite Indicators, 2008,
 * chapter on uncertainty and sensitivity analysis.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "postgres.h"

#include <math.h>

#include "access/htup_details.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "utils/memutils.h"

#include "foundation/arguments.h"
#include "foundation/quantile.h"
#include "foundation/random.h"
#include "foundation/result_row.h"
#include "foundation/sample.h"
#include "score/score_state.h"

#define RESULT_COLUMNS 6
#define LOW_QUANTILE 0.05
#define HIGH_QUANTILE 0.95

PG_FUNCTION_INFO_V1(bubble_score_sensitivity_finalfn);

typedef struct Span
{
	double		low;
	double		high;
} Span;

/*
 * Quantiles of the score with weights that are a little different each time.
 */
static Span
perturb_weights(const RowScores *scores)
{
	const ScoreState *state = scores->state;
	const ParameterValue *parameter = state->head.parameter;
	const int64 replications = parameter[SCORE_REPLICATIONS].u.count;
	const double p = parameter[SCORE_PERTURBATION].u.number;
	gsl_rng    *generator = CreateGenerator();
	double	   *weight = palloc(state->indicators * sizeof(double));
	double	   *score = palloc(replications * sizeof(double));
	RowScores	perturbed = *scores;
	Span		span;
	int64		replication;
	int			i;

	SeedGenerator(generator, parameter[SCORE_SEED].u.count, 0);
	perturbed.weight = weight;
	for (replication = 0; replication < replications; replication++)
	{
		CHECK_FOR_INTERRUPTS();
		for (i = 0; i < state->indicators; i++)
			weight[i] = (scores->weight == NULL ? 1.0 : scores->weight[i]) *
				(1.0 + p * (2.0 * gsl_rng_uniform(generator) - 1.0));
		if (!AggregateScores(&perturbed, true, &score[replication]))
			elog(ERROR, "a score is lost when its weights change");
	}
	SortValues(score, replications);
	span.low = Quantile(score, replications, LOW_QUANTILE);
	span.high = Quantile(score, replications, HIGH_QUANTILE);
	return span;
}

/*
 * The score without each of the indicators, NULL for one that is unknown or
 * if nothing would be left, and the span of those added to another one.  One
 * without weight leaves the score as it is.
 */
static ArrayType *
leave_out(const RowScores *scores, Span *span)
{
	const int	n = scores->state->indicators;
	double	   *without = palloc0(n * sizeof(double));
	bool	   *none = palloc(n * sizeof(bool));
	RowScores	rest = *scores;
	int			i;

	rest.missing = palloc(n * sizeof(bool));
	memcpy(rest.missing, scores->missing, n * sizeof(bool));
	for (i = 0; i < n; i++)
	{
		CHECK_FOR_INTERRUPTS();
		rest.missing[i] = true;
		none[i] = (scores->missing[i] && HasWeight(scores, i)) ||
			!AggregateScores(&rest, true, &without[i]);
		rest.missing[i] = scores->missing[i];
		if (none[i])
			continue;
		span->low = Min(span->low, without[i]);
		span->high = Max(span->high, without[i]);
	}
	return IndicatorArray(without, none, n);
}

static HeapTuple
form_result(FunctionCallInfo fcinfo, const RowScores *scores, double score)
{
	Span		weights = perturb_weights(scores);
	Span		all = {Min(weights.low, score), Max(weights.high, score)};
	ArrayType  *left_out = leave_out(scores, &all);
	Datum		values[RESULT_COLUMNS];
	bool		nulls[RESULT_COLUMNS] = {false};

	values[0] = Float8GetDatum(score);
	values[1] = Float8GetDatum(all.low);
	values[2] = Float8GetDatum(all.high);
	values[3] = Float8GetDatum(weights.low);
	values[4] = Float8GetDatum(weights.high);
	values[5] = PointerGetDatum(left_out);
	return heap_form_tuple(ResultRowType(fcinfo), values, nulls);
}

/*
 * What the replications leave behind goes at the end, because a window asks
 * again after every row.
 */
Datum
bubble_score_sensitivity_finalfn(PG_FUNCTION_ARGS)
{
	const ScoreState *state = FilledScoreState(fcinfo);
	MemoryContext caller = CurrentMemoryContext;
	MemoryContext work;
	RowScores	scores;
	HeapTuple	result;
	double		score;

	if (state == NULL)
		PG_RETURN_NULL();
	scores = ScoresOfLastRow(state);
	if (!AggregateScores(&scores, false, &score))
		PG_RETURN_NULL();
	work = AllocSetContextCreate(caller, "bubble sensitivity",
								 ALLOCSET_DEFAULT_SIZES);
	MemoryContextSwitchTo(work);
	result = form_result(fcinfo, &scores, score);
	MemoryContextSwitchTo(caller);
	result = heap_copytuple(result);
	MemoryContextDelete(work);
	return HeapTupleGetDatum(result);
}
