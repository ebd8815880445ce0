/*
 * velocity_sql.c - SQL functions funding_velocity and funding_acceleration
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "postgres.h"

#include "libpq/pqformat.h"

#include "foundation/arguments.h"
#include "foundation/exact_sum_io.h"
#include "foundation/serialised.h"
#include "funding/velocity_state.h"

PG_FUNCTION_INFO_V1(bubble_funding_velocity_finalfn);
PG_FUNCTION_INFO_V1(bubble_funding_acceleration_finalfn);

static FundingState *
funding_create(const AggregateHead *head, MemoryContext context)
{
	VelocitySpec spec = VelocitySpecOf(head);

	return FundingCreate(context, &spec);
}

static void
funding_add(FundingState *state, FunctionCallInfo fcinfo)
{
	TimeKind	kind = state->head.kind;

	FundingAdd(state, TimeArg(fcinfo, 2, kind, "at"),
			   CheckAmountAt(PG_GETARG_FLOAT8(1), "amount", fcinfo, 2, kind),
			   state->head.in_window);
}

static void
funding_remove(FundingState *state, FunctionCallInfo fcinfo)
{
	FundingRemoveFirst(state, TimeArg(fcinfo, 2, state->head.kind, "at"),
					   PG_GETARG_FLOAT8(1));
}

static void
funding_write(StringInfo buf, const FundingState *state)
{
	pq_sendint64(buf, state->observations);
	ExactSumSerialize(buf, &state->recent);
	ExactSumSerialize(buf, &state->earlier);
	SeriesSerialize(buf, &state->rows);
}

static void
funding_read(StringInfo buf, FundingState *state)
{
	state->observations = RowCountFrom(buf);
	ExactSumDeserialize(buf, &state->recent);
	ExactSumDeserialize(buf, &state->earlier);
	SeriesDeserialize(buf, &state->rows, state->head.kind);
	if (!state->spec.has_as_of &&
		state->observations != SeriesLength(&state->rows))
		DamagedStateError("number of rows");
}

#define funding_merge FundingMerge
#define AGGREGATE funding
#define AGGREGATE_STATE FundingState
#define AGGREGATE_VALUES 2
#define AGGREGATE_AT 2
#define AGGREGATE_PARAMETERS VelocityParameters
#define AGGREGATE_MOVES
#define AGGREGATE_MERGES
#include "foundation/aggregate.h"

/*
 * The state with its sums up to date; NULL without a usable row.
 */
static const FundingState *
settled_state(FunctionCallInfo fcinfo)
{
	FundingState *state = STATE_ARG(FundingState, 0);

	if (state == NULL || state->observations == 0)
		return NULL;
	return FundingSettled(state);
}

/*
 * Capital raised in the span, per year.
 */
Datum
bubble_funding_velocity_finalfn(PG_FUNCTION_ARGS)
{
	const FundingState *state = settled_state(fcinfo);

	if (state == NULL)
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(FundingVelocity(state));
}

/*
 * The change against one span earlier.
 */
Datum
bubble_funding_acceleration_finalfn(PG_FUNCTION_ARGS)
{
	const FundingState *state = settled_state(fcinfo);
	double		acceleration;

	if (state == NULL || !FundingAcceleration(state, &acceleration))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(acceleration);
}
