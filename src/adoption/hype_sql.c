/*
 * hype_sql.c - SQL function hype_gap
 *
 * Attention and what is really there have no unit in common.  Each is compared
 * with its own past, which makes two standings from 0 to 100 that can be
 * subtracted.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "postgres.h"

#include <math.h>

#include "adoption/hype_state.h"
#include "foundation/aggregate_head.h"
#include "foundation/arguments.h"
#include "series/stored_series.h"

typedef struct HypeState
{
	AggregateHead head;
	Standing	attention;
	Standing	reality;
} HypeState;

PG_FUNCTION_INFO_V1(bubble_hype_gap);
PG_FUNCTION_INFO_V1(bubble_hype_gap_finalfn);

static HypeState *
hype_create(const AggregateHead *head, MemoryContext context)
{
	HypeState  *state = MemoryContextAllocZero(context, sizeof(HypeState));

	StandingInit(&state->attention, context, head->in_window);
	StandingInit(&state->reality, context, head->in_window);
	return state;
}

/*
 * A row may know one of the two only.
 */
static void
hype_add(HypeState *state, FunctionCallInfo fcinfo)
{
	const TimeKind kind = state->head.kind;
	int64		at;

	if (PG_ARGISNULL(3))
		return;
	at = TimeArg(fcinfo, 3, kind, "at");
	if (!PG_ARGISNULL(1))
		StandingAdd(&state->attention, at,
					CheckFiniteAt(PG_GETARG_FLOAT8(1), "attention", fcinfo, 3,
								  kind));
	if (!PG_ARGISNULL(2))
		StandingAdd(&state->reality, at,
					CheckFiniteAt(PG_GETARG_FLOAT8(2), "reality", fcinfo, 3,
								  kind));
}

static void
hype_remove(HypeState *state, FunctionCallInfo fcinfo)
{
	bool		known = true;
	int64		at;

	if (PG_ARGISNULL(3))
		return;
	at = TimeArg(fcinfo, 3, state->head.kind, "at");
	if (!PG_ARGISNULL(1))
		known &= StandingRemove(&state->attention, at, PG_GETARG_FLOAT8(1));
	if (!PG_ARGISNULL(2))
		known &= StandingRemove(&state->reality, at, PG_GETARG_FLOAT8(2));
	fcinfo->isnull = !known;
}

static void
hype_merge(HypeState *state, const HypeState *other)
{
	StandingMerge(&state->attention, &other->attention);
	StandingMerge(&state->reality, &other->reality);
}

static void
hype_write(StringInfo buf, const HypeState *state)
{
	StandingSerialize(buf, &state->attention);
	StandingSerialize(buf, &state->reality);
}

static void
hype_read(StringInfo buf, HypeState *state)
{
	StandingDeserialize(buf, &state->attention, state->head.kind);
	StandingDeserialize(buf, &state->reality, state->head.kind);
}

#define AGGREGATE hype
#define AGGREGATE_STATE HypeState
#define AGGREGATE_VALUES 3
#define AGGREGATE_NEEDED 0
#define AGGREGATE_AT 3
#define AGGREGATE_MOVES
#define AGGREGATE_MERGES
#include "foundation/aggregate.h"

static Datum
gap(FunctionCallInfo fcinfo, double attention, double reality)
{
	if (isnan(attention) || isnan(reality))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(attention - reality);
}

Datum
bubble_hype_gap_finalfn(PG_FUNCTION_ARGS)
{
	const HypeState *state = STATE_ARG(HypeState, 0);

	if (state == NULL)
		PG_RETURN_NULL();
	return gap(fcinfo, StandingOf(&state->attention),
			   StandingOf(&state->reality));
}

/*
 * The same of stored series.
 */
Datum
bubble_hype_gap(PG_FUNCTION_ARGS)
{
	SeriesView	attention = SeriesValuesOf(PG_GETARG_DATUM(0));
	SeriesView	reality = SeriesValuesOf(PG_GETARG_DATUM(1));

	return gap(fcinfo, StandingOfLast(attention.value, attention.length),
			   StandingOfLast(reality.value, reality.length));
}
