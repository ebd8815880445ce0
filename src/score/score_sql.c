/*
 * score_sql.c - SQL functions of the composite score
 *
 * What bubble_score() and its relatives have in common is in score_state.h.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "postgres.h"

#include <math.h>

#include "utils/builtins.h"

#include "foundation/arguments.h"
#include "foundation/compat.h"
#include "score/score_state.h"

PG_FUNCTION_INFO_V1(bubble_score_finalfn);
PG_FUNCTION_INFO_V1(bubble_components_finalfn);
PG_FUNCTION_INFO_V1(bubble_composite);
PG_FUNCTION_INFO_V1(bubble_phase);

/* ---- bubble_score and bubble_components ---- */

Datum
bubble_score_finalfn(PG_FUNCTION_ARGS)
{
	const ScoreState *state = FilledScoreState(fcinfo);
	RowScores	scores;
	double		result;

	if (state == NULL)
		PG_RETURN_NULL();
	scores = ScoresOfLastRow(state);
	if (!AggregateScores(&scores, false, &result))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(result);
}

Datum
bubble_components_finalfn(PG_FUNCTION_ARGS)
{
	const ScoreState *state = FilledScoreState(fcinfo);
	RowScores	scores;

	if (state == NULL)
		PG_RETURN_NULL();
	scores = StandingsOfLastRow(state);
	PG_RETURN_ARRAYTYPE_P(IndicatorArray(scores.score, scores.missing,
										 state->indicators));
}

/* ---- composite(scores, weights, aggregation) ---- */

/*
 * The weights of a plain composite, scaled, or NULL for equal ones.  Where
 * one is negative, the score is turned around.
 */
static double *
composite_weights(FunctionCallInfo fcinfo, int argno, double *scores,
				  int count)
{
	double	   *weights;
	int			weights_count;
	int			i;

	if (PG_ARGISNULL(argno))
		return NULL;
	weights = ReadWeights(PG_GETARG_ARRAYTYPE_P(argno), MOST_SCORES,
						  &weights_count, CurrentMemoryContext);
	CheckWeightsCount(weights_count, count, "scores");
	for (i = 0; i < count; i++)
		if (weights[i] < 0.0)
			scores[i] = 100.0 - scores[i];
	ScaleWeights(weights, count);
	return weights;
}

Datum
bubble_composite(PG_FUNCTION_ARGS)
{
	Aggregation aggregation = PlainAggregationArg(fcinfo, 2);
	ArrayType  *array;
	double	   *scores;
	bool	   *missing;
	WeightedScore *gathered;
	const double *weights;
	int			count;
	int			i;

	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	array = PG_GETARG_ARRAYTYPE_P(0);
	if (ARR_NDIM(array) == 0)
		PG_RETURN_NULL();
	count = VectorLength(array, "scores", MOST_SCORES);
	scores = palloc(count * sizeof(double));
	missing = palloc(count);
	gathered = palloc(count * sizeof(WeightedScore));
	ReadVector(array, scores, missing);
	for (i = 0; i < count; i++)
		if (!missing[i])
			CheckScore(scores[i]);
	weights = composite_weights(fcinfo, 1, scores, count);
	count = GatherScores(gathered, scores, missing, weights, count,
						 LEAST_WEIGHT);
	if (count == 0)
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(CompositeOf(gathered, count, aggregation));
}

/* ---- bubble_phase(score, drawdown) ---- */

/* Where one phase ends and the next begins. */
#define BUILDING_FROM 40.0
#define ELEVATED_FROM 60.0
#define BUBBLE_FROM 80.0
#define BURSTING_ABOVE 0.20

/*
 * The part of a score or drawdown that does not matter: both are rounded, and
 * the limits are meant in decimal.  A fall from 10.1 to 8.08 is not more than
 * 0.2.
 */
#define LIMIT_TOLERANCE 0x1p-40

static void
check_drawdown(double drawdown)
{
	if (!(drawdown >= 0.0 && drawdown <= 1.0))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("drawdown must be from 0 to 1"),
				 errdetail("The drawdown is %g.", drawdown),
				 errhint("Use the fraction lost from the peak, such as "
						 "0.25, or NULL for an unknown drawdown.")));
}

static const char *
phase_of_score(double score)
{
	score += 100.0 * LIMIT_TOLERANCE;
	if (score < BUILDING_FROM)
		return "calm";
	if (score < ELEVATED_FROM)
		return "building";
	return score < BUBBLE_FROM ? "elevated" : "bubble";
}

Datum
bubble_phase(PG_FUNCTION_ARGS)
{
	if (!PG_ARGISNULL(0))
		CheckScore(PG_GETARG_FLOAT8(0));
	if (!PG_ARGISNULL(1))
	{
		check_drawdown(PG_GETARG_FLOAT8(1));
		if (PG_GETARG_FLOAT8(1) > BURSTING_ABOVE + LIMIT_TOLERANCE)
			PG_RETURN_TEXT_P(cstring_to_text("bursting"));
	}
	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	PG_RETURN_TEXT_P(cstring_to_text(phase_of_score(PG_GETARG_FLOAT8(0))));
}
