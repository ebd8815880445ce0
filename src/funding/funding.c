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

/*
 * The parameters behind (amount, at), as far as they are given.
 */
static VelocitySpec
spec_args(FunctionCallInfo fcinfo, TimeKind kind)
{
	VelocitySpec spec = {0};

	spec.kind = kind;
	spec.span = PG_NARGS() > 3 ? SpanArg(fcinfo, 3, "span") : OneYear();
	spec.has_as_of = PG_NARGS() > 4;
	if (spec.has_as_of)
	{
		if (PG_ARGISNULL(4))
			NullParameterError("as_of");
		spec.as_of = TimeArg(fcinfo, 4, kind, "as_of");
	}
	return spec;
}

static void
check_same_spec(const VelocitySpec *a, const VelocitySpec *b)
{
	if (!SameSpan(&a->span, &b->span))
		ChangedParameterError("span");
	if (a->as_of != b->as_of)
		ChangedParameterError("as_of");
}

static Datum
funding_transfn(FunctionCallInfo fcinfo, TimeKind kind)
{
	FundingState *state = STATE_ARG(FundingState, 0);
	MemoryContext context = AggregateContext(fcinfo);
	VelocitySpec spec = spec_args(fcinfo, kind);

	/* In moving frames there must be a state even when all rows are NULL. */
	if (state == NULL)
		state = FundingCreate(context, &spec);
	else
		check_same_spec(&state->spec, &spec);
	if (!RowIsNull(fcinfo))
		FundingAdd(state, TimeArg(fcinfo, 2, kind, "at"),
				   CheckAmount(PG_GETARG_FLOAT8(1), "amount"),
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
		check_same_spec(&state->spec, &other->spec);
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
	pq_sendbyte(&buf, state->spec.kind);
	SpanSerialize(&buf, &state->spec.span);
	pq_sendbyte(&buf, state->spec.has_as_of);
	pq_sendint64(&buf, state->spec.as_of);
	pq_sendint64(&buf, state->observations);
	ExactSumSerialize(&buf, &state->recent);
	ExactSumSerialize(&buf, &state->earlier);
	SeriesSerialize(&buf, &state->rows);
	PG_RETURN_BYTEA_P(pq_endtypsend(&buf));
}

Datum
bubble_funding_deserialfn(PG_FUNCTION_ARGS)
{
	VelocitySpec spec = {0};
	FundingState *state;
	StringInfoData buf;

	OpenAggregateBytea(fcinfo, 0, &buf);
	spec.kind = pq_getmsgbyte(&buf);
	spec.span = SpanDeserialize(&buf);
	spec.has_as_of = pq_getmsgbyte(&buf) != 0;
	spec.as_of = pq_getmsgint64(&buf);
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
	double		raised;

	if (state == NULL)
		PG_RETURN_NULL();
	raised = CheckResult(ExactSumRound(&state->recent));
	PG_RETURN_FLOAT8(CheckResult(raised / SpanYears(&state->spec.span)));
}

/*
 * The change against one span earlier; the length of the span cancels out.
 */
Datum
bubble_funding_acceleration_finalfn(PG_FUNCTION_ARGS)
{
	const FundingState *state = settled_state(fcinfo);
	double		recent;
	double		earlier;

	if (state == NULL)
		PG_RETURN_NULL();
	recent = CheckResult(ExactSumRound(&state->recent));
	earlier = CheckResult(ExactSumRound(&state->earlier));
	if (earlier == 0.0)
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(CheckResult(recent / earlier - 1.0));
}
