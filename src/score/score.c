/*
 * score.c - SQL functions of the composite score
 *
 * bubble_score and bubble_components share one state:
 *
 *	 history[0]   of the first indicator: its values in the frame, in the
 *	 history[1]   form that the method needs (normalise.h)
 *	 ...
 *	 last[]       the indicators of the last row, whose standing in those
 *	              histories is asked for
 *
 * The naive way normalises the whole frame again for every row.  Here a row
 * that comes is added to the histories and a row that leaves is removed from
 * them, O(log n) each; its indicators are given again when it leaves, so
 * that the rows themselves need not be kept.
 *
 * The parameters' bytes on the first row are part of the state, because
 * every row has to have the same.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "postgres.h"

#include <math.h>

#include "access/tupmacs.h"
#include "catalog/pg_type.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/memutils.h"

#include "foundation/arguments.h"
#include "foundation/compat.h"
#include "score/composite.h"
#include "score/normalise.h"
#include "score/parameters.h"

/* Arguments of the transition functions; all but the first two may lack. */
enum
{
	ARG_INDICATORS = 1,
	ARG_WEIGHTS,
	ARG_METHOD,
	ARG_AGGREGATION,
	TRANSITION_ARGS
};

static const char *const argument_names[TRANSITION_ARGS] = {
	"state", "indicators", "weights", "method", "aggregation"
};

typedef struct ScoreState
{
	MemoryContext context;		/* owner of everything here */
	bool		moving;			/* do rows leave? */
	ScoreMethod method;
	Aggregation aggregation;
	KeptParameter kept[TRANSITION_ARGS];
	int			weights;		/* their number, 0 for equal ones */
	double	   *weight;			/* scaled, without their signs, or NULL */
	bool	   *turned;			/* was the weight negative? */
	int			indicators;		/* 0 until the first row has come */
	int64		rows;			/* in the frame, skipped ones not counted */
	History    *history;		/* one per indicator */
	double	   *last;			/* the last row */
	bool	   *last_missing;
} ScoreState;

PG_FUNCTION_INFO_V1(bubble_score_transfn);
PG_FUNCTION_INFO_V1(bubble_score_moving_transfn);
PG_FUNCTION_INFO_V1(bubble_score_moving_invtransfn);
PG_FUNCTION_INFO_V1(bubble_score_finalfn);
PG_FUNCTION_INFO_V1(bubble_components_finalfn);
PG_FUNCTION_INFO_V1(bubble_composite);
PG_FUNCTION_INFO_V1(bubble_phase);

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
read_state_weights(ScoreState *state, ArrayType *array)
{
	int			i;

	state->weight = ReadWeights(array, &state->weights, state->context);
	state->turned = MemoryContextAllocHuge(state->context, state->weights);
	for (i = 0; i < state->weights; i++)
		state->turned[i] = state->weight[i] < 0.0;
	ScaleWeights(state->weight, state->weights);
}

/*
 * A state for the parameters of this first row.
 */
static ScoreState *
create_state(FunctionCallInfo fcinfo, MemoryContext context, bool moving)
{
	ScoreState *state = MemoryContextAllocZero(context, sizeof(ScoreState));
	int			argno;

	state->context = context;
	state->moving = moving;
	if (PG_NARGS() > ARG_WEIGHTS && !PG_ARGISNULL(ARG_WEIGHTS))
		read_state_weights(state, PG_GETARG_ARRAYTYPE_P(ARG_WEIGHTS));
	if (PG_NARGS() > ARG_METHOD)
		state->method = MethodArg(fcinfo, ARG_METHOD);
	if (PG_NARGS() > ARG_AGGREGATION)
		state->aggregation = AggregationArg(fcinfo, ARG_AGGREGATION);
	for (argno = ARG_WEIGHTS; argno < PG_NARGS(); argno++)
		KeepParameter(&state->kept[argno], fcinfo, argno, context);
	return state;
}

static void
check_parameters(const ScoreState *state, FunctionCallInfo fcinfo)
{
	int			argno;

	for (argno = ARG_WEIGHTS; argno < PG_NARGS(); argno++)
	{
		if (argno != ARG_WEIGHTS && PG_ARGISNULL(argno))
			NullParameterError(argument_names[argno]);
		CheckUnchanged(&state->kept[argno], fcinfo, argno,
					   argument_names[argno]);
	}
}

/* ---- rows come and go ---- */

/*
 * The first row that is not skipped tells how many indicators there are.
 */
static void
start_histories(ScoreState *state, int indicators)
{
	MemoryContext context = state->context;
	int			i;

	if (state->weights > 0)
		CheckWeightsCount(state->weights, indicators, "indicators");
	state->history =
		MemoryContextAllocHuge(context, indicators * sizeof(History));
	state->last =
		MemoryContextAllocHuge(context, indicators * sizeof(double));
	state->last_missing = MemoryContextAllocHuge(context, indicators);
	for (i = 0; i < indicators; i++)
		HistoryInit(&state->history[i], state->method, state->moving, context);
	state->indicators = indicators;
}

static void
check_indicators(const ScoreState *state, int indicators)
{
	if (indicators != state->indicators)
		ereport(ERROR,
				(errcode(ERRCODE_ARRAY_SUBSCRIPT_ERROR),
				 errmsg("indicators must have the same length in all rows"),
				 errdetail("There are %d indicators after rows with %d.",
						   indicators, state->indicators),
				 errhint("Use NULL elements for unknown indicators.")));
}

static void
add_row(ScoreState *state, ArrayType *array)
{
	int			indicators = VectorLength(array, "indicators");
	int			i;

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
}

/*
 * Rows leave in the order in which they came, so that the last row stays the
 * last one as long as there are any.
 */
static void
remove_row(ScoreState *state, ArrayType *array)
{
	const double *next = VectorElements(array);
	const bits8 *bitmap = ARR_NULLBITMAP(array);
	int			i;

	check_indicators(state, VectorLength(array, "indicators"));
	for (i = 0; i < state->indicators; i++)
	{
		if (bitmap != NULL && att_isnull(i, bitmap))
			continue;
		HistoryRemove(&state->history[i], *next++);
	}
	state->rows--;
}

/* ---- bubble_score and bubble_components ---- */

static Datum
transition(FunctionCallInfo fcinfo, bool moving)
{
	ScoreState *state = STATE_ARG(ScoreState, 0);
	MemoryContext context = AggregateContext(fcinfo);
	ArrayType  *array;

	if (state == NULL)
		state = create_state(fcinfo, context, moving);
	else
		check_parameters(state, fcinfo);
	check_state(state);
	if (!PG_ARGISNULL(ARG_INDICATORS))
	{
		array = PG_GETARG_ARRAYTYPE_P(ARG_INDICATORS);
		add_row(state, array);
		PG_FREE_IF_COPY(array, ARG_INDICATORS);
	}
	check_state(state);
	PG_RETURN_POINTER(state);
}

Datum
bubble_score_transfn(PG_FUNCTION_ARGS)
{
	return transition(fcinfo, false);
}

Datum
bubble_score_moving_transfn(PG_FUNCTION_ARGS)
{
	return transition(fcinfo, true);
}

Datum
bubble_score_moving_invtransfn(PG_FUNCTION_ARGS)
{
	ScoreState *state = STATE_ARG(ScoreState, 0);
	ArrayType  *array;

	(void) AggregateContext(fcinfo);
	if (state == NULL)
		elog(ERROR, "no row to remove from a score");
	if (!PG_ARGISNULL(ARG_INDICATORS))
	{
		array = PG_GETARG_ARRAYTYPE_P(ARG_INDICATORS);
		remove_row(state, array);
		PG_FREE_IF_COPY(array, ARG_INDICATORS);
	}
	check_state(state);
	PG_RETURN_POINTER(state);
}

/*
 * The standing of each indicator of the last row.  Where the weight is
 * negative, a high indicator is a low score.
 */
static double *
components_of(const ScoreState *state)
{
	double	   *components = palloc(state->indicators * sizeof(double));
	int			i;

	for (i = 0; i < state->indicators; i++)
	{
		components[i] = 0.0;
		if (state->last_missing[i])
			continue;
		components[i] = HistoryStanding(&state->history[i], state->last[i]);
		if (state->turned != NULL && state->turned[i])
			components[i] = 100.0 - components[i];
	}
	return components;
}

Datum
bubble_score_finalfn(PG_FUNCTION_ARGS)
{
	ScoreState *state = STATE_ARG(ScoreState, 0);
	WeightedScore *gathered;
	int			count;

	if (state == NULL || state->rows == 0)
		PG_RETURN_NULL();
	gathered = MemoryContextAllocHuge(CurrentMemoryContext,
									  state->indicators *
									  sizeof(WeightedScore));
	count = GatherScores(gathered, components_of(state), state->last_missing,
						 state->weight, state->indicators);
	if (count == 0)
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(CompositeOf(gathered, count, state->aggregation));
}

Datum
bubble_components_finalfn(PG_FUNCTION_ARGS)
{
	ScoreState *state = STATE_ARG(ScoreState, 0);
	double	   *components;
	Datum	   *elements;
	int			lower_bound = 1;
	int			i;

	if (state == NULL || state->rows == 0)
		PG_RETURN_NULL();
	components = components_of(state);
	elements = palloc(state->indicators * sizeof(Datum));
	for (i = 0; i < state->indicators; i++)
		elements[i] = Float8GetDatum(components[i]);
	PG_RETURN_ARRAYTYPE_P(construct_md_array(elements, state->last_missing,
											 1, &state->indicators,
											 &lower_bound, FLOAT8OID,
											 sizeof(float8), FLOAT8PASSBYVAL,
											 TYPALIGN_DOUBLE));
}

/* ---- composite(scores, weights, aggregation) ---- */

/*
 * The weights of a plain composite, scaled, or NULL for equal ones.
 */
static double *
composite_weights(FunctionCallInfo fcinfo, int argno, int scores)
{
	double	   *weights;
	int			count;
	int			i;

	if (PG_ARGISNULL(argno))
		return NULL;
	weights = ReadWeights(PG_GETARG_ARRAYTYPE_P(argno), &count,
						  CurrentMemoryContext);
	CheckWeightsCount(count, scores, "scores");
	for (i = 0; i < count; i++)
		if (weights[i] < 0.0)
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("weights must not be negative"),
					 errdetail("A weight is %g.", weights[i]),
					 errhint("Turn the score around instead, with "
							 "100 - score.")));
	ScaleWeights(weights, count);
	return weights;
}

Datum
bubble_composite(PG_FUNCTION_ARGS)
{
	Aggregation aggregation = AggregationArg(fcinfo, 2);
	ArrayType  *array;
	double	   *scores;
	bool	   *missing;
	WeightedScore *gathered;
	int			count;
	int			i;

	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	array = PG_GETARG_ARRAYTYPE_P(0);
	if (ARR_NDIM(array) == 0)
		PG_RETURN_NULL();
	count = VectorLength(array, "scores");
	scores = MemoryContextAllocHuge(CurrentMemoryContext,
									count * sizeof(double));
	missing = MemoryContextAllocHuge(CurrentMemoryContext, count);
	gathered = MemoryContextAllocHuge(CurrentMemoryContext,
									  count * sizeof(WeightedScore));
	ReadVector(array, scores, missing);
	for (i = 0; i < count; i++)
		if (!missing[i])
			CheckScore(scores[i]);
	count = GatherScores(gathered, scores, missing,
						 composite_weights(fcinfo, 1, count), count);
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
		if (PG_GETARG_FLOAT8(1) > BURSTING_ABOVE)
			PG_RETURN_TEXT_P(cstring_to_text("bursting"));
	}
	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	PG_RETURN_TEXT_P(cstring_to_text(phase_of_score(PG_GETARG_FLOAT8(0))));
}
