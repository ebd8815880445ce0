/*
 * funding.c - SQL functions of the funding family
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "postgres.h"

#include "libpq/pqformat.h"

#include "foundation/arguments.h"
#include "foundation/compat.h"
#include "foundation/exact_sum_io.h"
#include "funding/velocity.h"

PG_FUNCTION_INFO_V1(bubble_funding_date_transfn);
PG_FUNCTION_INFO_V1(bubble_funding_timestamptz_transfn);
PG_FUNCTION_INFO_V1(bubble_funding_date_invtransfn);
PG_FUNCTION_INFO_V1(bubble_funding_timestamptz_invtransfn);
PG_FUNCTION_INFO_V1(bubble_funding_combinefn);
PG_FUNCTION_INFO_V1(bubble_funding_serialfn);
PG_FUNCTION_INFO_V1(bubble_funding_deserialfn);
PG_FUNCTION_INFO_V1(bubble_funding_velocity_finalfn);
PG_FUNCTION_INFO_V1(bubble_funding_acceleration_finalfn);

static Datum
funding_transfn(FunctionCallInfo fcinfo, TimeKind kind)
{
	FundingState *state = STATE_ARG(FundingState, 0);
	MemoryContext context = AggregateContext(fcinfo);
	VelocitySpec spec = VelocitySpecArgs(fcinfo, kind);

	/* In moving frames there must be a state even when all rows are NULL. */
	if (state == NULL)
		state = FundingCreate(context, &spec);
	else
		CheckSameVelocitySpec(&state->spec, &spec);
	if (!RowIsNull(fcinfo))
		FundingAdd(state, TimeArg(fcinfo, 2, kind, "at"),
				   CheckAmountAt(PG_GETARG_FLOAT8(1), "amount", fcinfo, 2,
								 kind),
				   InWindow(fcinfo));
	PG_RETURN_POINTER(state);
}

Datum
bubble_funding_date_transfn(PG_FUNCTION_ARGS)
{
	return funding_transfn(fcinfo, TIME_IS_DATE);
}

Datum
bubble_funding_timestamptz_transfn(PG_FUNCTION_ARGS)
{
	return funding_transfn(fcinfo, TIME_IS_TIMESTAMPTZ);
}

static Datum
funding_invtransfn(FunctionCallInfo fcinfo, TimeKind kind)
{
	FundingState *state = STATE_ARG(FundingState, 0);

	(void) AggregateContext(fcinfo);
	if (!RowIsNull(fcinfo))
		FundingRemoveFirst(state, TimeArg(fcinfo, 2, kind, "at"),
						   PG_GETARG_FLOAT8(1));
	RETURN_STATE(state);
}

Datum
bubble_funding_date_invtransfn(PG_FUNCTION_ARGS)
{
	return funding_invtransfn(fcinfo, TIME_IS_DATE);
}

Datum
bubble_funding_timestamptz_invtransfn(PG_FUNCTION_ARGS)
{
	return funding_invtransfn(fcinfo, TIME_IS_TIMESTAMPTZ);
}

Datum
bubble_funding_combinefn(PG_FUNCTION_ARGS)
{
	FundingState *state = STATE_ARG(FundingState, 0);
	FundingState *other = STATE_ARG(FundingState, 1);
	MemoryContext context = AggregateContext(fcinfo);

	if (other == NULL)
		RETURN_STATE(state);
	if (state == NULL)
		state = FundingCreate(context, &other->spec);
	else
		CheckSameVelocitySpec(&state->spec, &other->spec);
	FundingMerge(state, other);
	PG_RETURN_POINTER(state);
}

Datum
bubble_funding_serialfn(PG_FUNCTION_ARGS)
{
	FundingState *state;
	StringInfoData buf;

	(void) AggregateContext(fcinfo);
	state = (FundingState *) PG_GETARG_POINTER(0);
	pq_begintypsend(&buf);
	VelocitySpecSerialize(&buf, &state->spec);
	pq_sendint64(&buf, state->observations);
	ExactSumSerialize(&buf, &state->recent);
	ExactSumSerialize(&buf, &state->earlier);
	SeriesSerialize(&buf, &state->rows);
	PG_RETURN_BYTEA_P(pq_endtypsend(&buf));
}

Datum
bubble_funding_deserialfn(PG_FUNCTION_ARGS)
{
	VelocitySpec spec;
	FundingState *state;
	StringInfoData buf;

	OpenAggregateBytea(fcinfo, 0, &buf);
	spec = VelocitySpecDeserialize(&buf);
	state = FundingCreate(CurrentMemoryContext, &spec);
	state->observations = pq_getmsgint64(&buf);
	ExactSumDeserialize(&buf, &state->recent);
	ExactSumDeserialize(&buf, &state->earlier);
	SeriesDeserialize(&buf, &state->rows);
	pq_getmsgend(&buf);
	PG_RETURN_POINTER(state);
}

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
