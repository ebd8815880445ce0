/*
 * score_state.c - the rows behind a composite score
 *
 * The method is described in score_state.h.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "postgres.h"

#include <math.h>

#include "access/tupmacs.h"
#include "catalog/pg_type.h"
#include "miscadmin.h"
#include "utils/array.h"
#include "utils/memutils.h"

#include "foundation/arguments.h"
#include "score/ciss.h"
#include "score/score_state.h"

/* With fewer values a standing says little; with one, nothing. */
#define DEFAULT_MIN_HISTORY 20

#define DEFAULT_PERTURBATION 0.25
#define MOST_REPLICATIONS 100000

static const ParameterDef score_defs[] = {
	[SCORE_WEIGHTS] = {"weights", PARAMETER_ARRAY, .optional = true},
	[SCORE_METHOD] = {"method", PARAMETER_NAME, .null_is_default = true,
		.names = MethodNames, .number = METHOD_PERCENTILE},
	[SCORE_AGGREGATION] = {"aggregation", PARAMETER_NAME,
		.null_is_default = true, .names = AggregationNames,
		.number = AGGREGATION_ARITHMETIC},
	[SCORE_MIN_HISTORY] = {"min_history", PARAMETER_COUNT,
		.null_is_default = true, .least = 1, .most = INFINITY,
		.number = DEFAULT_MIN_HISTORY,
		.hint = "Use the number of values without which an indicator gives "
		"no score, such as 12."},
	[SCORE_PERTURBATION] = {"perturbation", PARAMETER_NUMBER,
		.null_is_default = true, .least = 0.0, .most = 1.0,
		.below_most = true, .number = DEFAULT_PERTURBATION,
		.hint = "0.25 multiplies each weight by something from 0.75 to "
		"1.25."},
	[SCORE_REPLICATIONS] = {"replications", PARAMETER_COUNT,
		.null_is_default = true, .least = 1, .most = MOST_REPLICATIONS,
		.sized = true, .number = DEFAULT_REPLICATIONS,
		.hint = "A thousand are enough for an interval."},
	[SCORE_SEED] = {"seed", PARAMETER_SEED, .null_is_default = true,
		.number = DEFAULT_SEED}
};
const ParameterTable ScoreParameters = PARAMETER_TABLE(score_defs);

/* ---- the state and its parameters ---- */

#ifdef USE_ASSERT_CHECKING
static void
check_state(const ScoreState *state)
{
	Assert(state->rows >= 0);
	Assert(state->rows == 0 || state->indicators > 0);
	Assert((state->weights > 0) == (state->weight != NULL));
	Assert(state->weights == 0 || state->indicators == 0 ||
		   state->weights == state->indicators);
}
#else
#define check_state(state) ((void) 0)
#endif

static void
read_state_weights(ScoreState *state, struct varlena *array,
				   MemoryContext context)
{
	ArrayType  *weights = DatumGetArrayTypeP(PointerGetDatum(array));
	int			i;

	state->weight = ReadWeights(weights, MOST_INDICATORS, &state->weights,
								context);
	state->turned = MemoryContextAlloc(context, state->weights);
	for (i = 0; i < state->weights; i++)
		state->turned[i] = state->weight[i] < 0.0;
	ScaleWeights(state->weight, state->weights);
}

ScoreState *
ScoreCreate(const AggregateHead *head, MemoryContext context, bool moving)
{
	ScoreState *state = MemoryContextAllocZero(context, sizeof(ScoreState));
	const ParameterValue *parameter = head->parameter;
	const ParameterValue *weights = &parameter[SCORE_WEIGHTS];

	state->moving = moving;
	state->method = (ScoreMethod) parameter[SCORE_METHOD].u.count;
	state->aggregation = (Aggregation) parameter[SCORE_AGGREGATION].u.count;
	if (weights->given)
		read_state_weights(state, weights->u.array, context);
	return state;
}

/* ---- rows come and go ---- */

/*
 * The first row that is not skipped tells how many indicators there are.
 */
static void
start_histories(ScoreState *state, int indicators)
{
	MemoryContext context = state->head.context;
	int			i;

	if (state->weights > 0)
		CheckWeightsCount(state->weights, indicators, "indicators");
	state->history =
		MemoryContextAlloc(context, indicators * sizeof(History));
	state->last = MemoryContextAlloc(context, indicators * sizeof(double));
	state->last_missing = MemoryContextAlloc(context, indicators);
	for (i = 0; i < indicators; i++)
		HistoryInit(&state->history[i], state->method, state->moving, context);
	if (state->aggregation == AGGREGATION_CISS)
		state->moment =
			MemoryContextAllocZero(context,
								   CissRoom(indicators) * sizeof(double));
	state->indicators = indicators;
}

static void
check_indicators(const ScoreState *state, int indicators)
{
	if (indicators != state->indicators)
		IndicatorsLengthError(indicators, state->indicators);
}

/*
 * How the scores of the row that has just come vary together.
 */
static void
add_to_moments(ScoreState *state)
{
	RowScores	scores = StandingsOfLastRow(state);

	CissAdd(state->moment, scores.score, scores.missing, state->indicators);
	pfree(scores.score);
	pfree(scores.missing);
}

void
ScoreAdd(ScoreState *state, ArrayType *array)
{
	int			indicators = VectorLength(array, "indicators",
										  MOST_INDICATORS);
	int			i;

	CHECK_FOR_INTERRUPTS();
	check_state(state);
	if (state->indicators == 0)
		start_histories(state, indicators);
	check_indicators(state, indicators);
	ReadVector(array, state->last, state->last_missing);
	for (i = 0; i < indicators; i++)
	{
		if (state->last_missing[i])
			continue;
		if (unlikely(isnan(state->last[i]) || isinf(state->last[i])))
			IndicatorError(state->last[i]);
		HistoryAdd(&state->history[i], state->last[i]);
	}
	state->rows++;
	if (state->moment != NULL)
		add_to_moments(state);
	check_state(state);
}

/*
 * Rows leave in the order in which they came, so that the last row stays the
 * last one as long as there are any.  False if none can leave.
 */
bool
ScoreRemove(ScoreState *state, ArrayType *array)
{
	const double *next = VectorElements(array);
	const uint8 *bitmap = ARR_NULLBITMAP(array);
	int			i;

	check_state(state);
	if (state->moment != NULL)
		return false;
	check_indicators(state, VectorLength(array, "indicators",
										 MOST_INDICATORS));
	for (i = 0; i < state->indicators; i++)
	{
		if (bitmap != NULL && att_isnull(i, bitmap))
			continue;
		HistoryRemove(&state->history[i], *next++);
	}
	state->rows--;
	check_state(state);
	return true;
}

/* ---- the scores of the last row ---- */

/*
 * The standing of each indicator of the last row, if its history is long
 * enough.  Where the weight is negative, a high indicator is a low score.
 */
RowScores
StandingsOfLastRow(const ScoreState *state)
{
	RowScores	scores = {.state = state, .weight = state->weight};
	const int64 min_history =
		state->head.parameter[SCORE_MIN_HISTORY].u.count;
	Yardstick	yardstick;
	int			i;

	scores.score = palloc(state->indicators * sizeof(double));
	scores.missing = palloc(state->indicators);
	for (i = 0; i < state->indicators; i++)
	{
		scores.score[i] = 0.0;
		scores.missing[i] = state->last_missing[i] ||
			state->history[i].count < min_history;
		if (scores.missing[i])
			continue;
		YardstickInit(&yardstick, &state->history[i]);
		scores.score[i] = YardstickStanding(&yardstick, state->last[i]);
		if (state->turned != NULL && state->turned[i])
			scores.score[i] = 100.0 - scores.score[i];
	}
	return scores;
}

/*
 * The same, and all that is needed to aggregate them, once or many times.
 */
RowScores
ScoresOfLastRow(const ScoreState *state)
{
	RowScores	scores = StandingsOfLastRow(state);
	double	   *correlation;

	if (state->moment == NULL)
		return scores;
	correlation = palloc(CissRoom(state->indicators) * sizeof(double));
	CissCorrelations(state->moment, state->indicators, correlation);
	scores.correlation = correlation;
	return scores;
}

/*
 * The state of a final function; NULL without a row.
 */
const ScoreState *
FilledScoreState(FunctionCallInfo fcinfo)
{
	const ScoreState *state = STATE_ARG(ScoreState, 0);

	return state == NULL || state->rows == 0 ? NULL : state;
}

WeightedScore *
RoomForScores(const ScoreState *state)
{
	return palloc(state->indicators * sizeof(WeightedScore));
}

/*
 * What each indicator adds to the quadratic form, 0 for a missing one.
 */
void
CissParts(const RowScores *scores, double *part)
{
	const int	n = scores->state->indicators;
	double	   *share = palloc(n * sizeof(double));
	double		total = 0.0;
	int			i;

	for (i = 0; i < n; i++)
	{
		share[i] = scores->missing[i] ? 0.0 :
			scores->weight == NULL ? 1.0 : scores->weight[i];
		total += share[i];
	}
	for (i = 0; i < n; i++)
		share[i] *= scores->score[i] / 100.0 / total;
	CissForm(scores->correlation, share, n, part);
	pfree(share);
}

static double
ciss_of(const RowScores *scores)
{
	const int	n = scores->state->indicators;
	double	   *part = palloc(n * sizeof(double));
	double		sum = 0.0;
	int			i;

	CissParts(scores, part);
	for (i = 0; i < n; i++)
		sum += part[i];
	pfree(part);
	return fmin(fmax(sum, 0.0), 100.0);
}

/*
 * The composite of the scores.  False if less than half of the weight is left,
 * or none where any weight is enough.
 */
bool
AggregateScores(const RowScores *scores, bool any_weight, double *result)
{
	const ScoreState *state = scores->state;
	WeightedScore *gathered = RoomForScores(state);
	int			count = GatherScores(gathered, scores->score,
									 scores->missing, scores->weight,
									 state->indicators,
									 any_weight ? 0.0 : LEAST_WEIGHT);

	if (count > 0 && state->aggregation == AGGREGATION_CISS)
		*result = ciss_of(scores);
	else if (count > 0)
		*result = CompositeOf(gathered, count, state->aggregation);
	pfree(gathered);
	return count > 0;
}

/*
 * One number for each indicator as an array; NULL for one that is missing.
 */
ArrayType *
IndicatorArray(const double *value, const bool *missing, int count)
{
	Datum	   *element = palloc(count * sizeof(Datum));
	int			lower_bound = 1;
	int			i;

	for (i = 0; i < count; i++)
		element[i] = Float8GetDatum(value[i]);
	return construct_md_array(element, unconstify(bool *, missing), 1, &count,
							  &lower_bound, FLOAT8OID, sizeof(float8),
							  FLOAT8PASSBYVAL, TYPALIGN_DOUBLE);
}
