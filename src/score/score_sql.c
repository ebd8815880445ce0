/*
 * score_sql.c - SQL functions bubble_score(indicators, ...) and
 * bubble_components(indicators, ...)
 *
 * Their state, which is also that of bubble_contributions() and
 * score_sensitivity(), is in score_state.h.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "postgres.h"

#include "foundation/arguments.h"
#include "score/score_state.h"

PG_FUNCTION_INFO_V1(bubble_score_finalfn);
PG_FUNCTION_INFO_V1(bubble_components_finalfn);

#define ARG_INDICATORS 1

/* ---- rows come and go ---- */

static ScoreState *
score_create(const AggregateHead *head, MemoryContext context)
{
	return ScoreCreate(head, context, false);
}

static void
score_add(ScoreState *state, FunctionCallInfo fcinfo)
{
	ArrayType  *array = PG_GETARG_ARRAYTYPE_P(ARG_INDICATORS);

	ScoreAdd(state, array);
	PG_FREE_IF_COPY(array, ARG_INDICATORS);
}

/*
 * States that rows will leave keep other things.
 */
static ScoreState *
score_moving_create(const AggregateHead *head, MemoryContext context)
{
	return ScoreCreate(head, context, true);
}

#define score_moving_add score_add

/*
 * The oldest row leaves.  Where none can, NULL tells PostgreSQL to start again
 * with the rows of the frame.
 */
static void
score_moving_remove(ScoreState *state, FunctionCallInfo fcinfo)
{
	ArrayType  *array = PG_GETARG_ARRAYTYPE_P(ARG_INDICATORS);

	fcinfo->isnull = !ScoreRemove(state, array);
	PG_FREE_IF_COPY(array, ARG_INDICATORS);
}

#define AGGREGATE score
#define AGGREGATE_STATE ScoreState
#define AGGREGATE_VALUES 1
#define AGGREGATE_PARAMETERS ScoreParameters
#define AGGREGATE_IN_ORDER
#include "foundation/aggregate.h"

#define AGGREGATE score_moving
#define AGGREGATE_STATE ScoreState
#define AGGREGATE_VALUES 1
#define AGGREGATE_PARAMETERS ScoreParameters
#define AGGREGATE_IN_ORDER
#define AGGREGATE_MOVES
#include "foundation/aggregate.h"

/* ---- the last row ---- */

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
