/*
 * locf_sql.c - SQL function locf(value): last observation carried forward
 *
 * The last value of a moving frame stays the last one until no value is left,
 * so nothing but that value and their number is kept.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "postgres.h"

#include "foundation/aggregate_head.h"

typedef struct LocfState
{
	AggregateHead head;
	int64		rows;			/* values in the frame */
	double		last;
} LocfState;

PG_FUNCTION_INFO_V1(bubble_locf_finalfn);

static LocfState *
locf_create(const AggregateHead *head, MemoryContext context)
{
	return MemoryContextAllocZero(context, sizeof(LocfState));
}

static void
locf_add(LocfState *state, FunctionCallInfo fcinfo)
{
	state->rows++;
	state->last = PG_GETARG_FLOAT8(1);
}

static void
locf_remove(LocfState *state, FunctionCallInfo fcinfo)
{
	state->rows--;
}

#define AGGREGATE locf
#define AGGREGATE_STATE LocfState
#define AGGREGATE_VALUES 1
#define AGGREGATE_IN_ORDER
#define AGGREGATE_MOVES
#include "foundation/aggregate.h"

Datum
bubble_locf_finalfn(PG_FUNCTION_ARGS)
{
	LocfState  *state = STATE_ARG(LocfState, 0);

	if (state == NULL || state->rows == 0)
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(state->last);
}
