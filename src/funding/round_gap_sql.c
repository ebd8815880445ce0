/*
 * round_gap_sql.c - SQL function round_gap(at)
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "postgres.h"

#include "foundation/arguments.h"
#include "funding/gaps_state.h"

PG_FUNCTION_INFO_V1(bubble_round_gap_finalfn);

static GapState *
round_gap_create(const AggregateHead *head, MemoryContext context)
{
	return GapCreate(context);
}

static void
round_gap_add(GapState *state, FunctionCallInfo fcinfo)
{
	GapAdd(state, TimeArg(fcinfo, 1, state->head.kind, "at"),
		   state->head.in_window);
}

static void
round_gap_remove(GapState *state, FunctionCallInfo fcinfo)
{
	GapRemoveFirst(state);
}

static void
round_gap_merge(GapState *state, const GapState *other)
{
	SeriesMerge(&state->rounds, &other->rounds);
}

static void
round_gap_write(StringInfo buf, const GapState *state)
{
	SeriesSerialize(buf, SeriesInOrder(&state->rounds));
}

static void
round_gap_read(StringInfo buf, GapState *state)
{
	SeriesDeserialize(buf, &state->rounds, state->head.kind);
}

#define AGGREGATE round_gap
#define AGGREGATE_STATE GapState
#define AGGREGATE_VALUES 1
#define AGGREGATE_AT 1
#define AGGREGATE_MOVES
#define AGGREGATE_MERGES
#include "foundation/aggregate.h"

/*
 * The median of the days between consecutive rounds.
 */
Datum
bubble_round_gap_finalfn(PG_FUNCTION_ARGS)
{
	GapState   *state = STATE_ARG(GapState, 0);
	double		median;

	if (state == NULL || !GapMedian(state, &median))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(median);
}
