/*
 * trailing.c - revenue booked within a span that ends at the latest period
 *
 * trailing_revenue(amount, period_end) needs the sum that a velocity of
 * funding needs, without dividing it by the years of the span: the same state
 * (velocity_state.h), whose sums follow the latest row in O(1).  Amounts may
 * be negative: credit notes.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "postgres.h"

#include "foundation/arguments.h"
#include "foundation/compat.h"
#include "funding/velocity_state.h"

PG_FUNCTION_INFO_V1(bubble_trailing_latest_date_transfn);
PG_FUNCTION_INFO_V1(bubble_trailing_latest_timestamptz_transfn);
PG_FUNCTION_INFO_V1(bubble_trailing_latest_date_invtransfn);
PG_FUNCTION_INFO_V1(bubble_trailing_latest_timestamptz_invtransfn);
PG_FUNCTION_INFO_V1(bubble_trailing_latest_finalfn);

/*
 * A state of the last year.
 */
static FundingState *
create_state(FunctionCallInfo fcinfo, TimeKind kind)
{
	AggregateHead head = {0};
	VelocitySpec spec;
	FundingState *state;

	head.kind = kind;
	head.context = AggregateContext(fcinfo);
	head.parameter = KeepParameters(ReadParameters(fcinfo, 3,
												   &VelocityParameters, kind),
									&VelocityParameters, head.context);
	spec = VelocitySpecOf(&head);
	state = FundingCreate(head.context, &spec);
	state->head = head;
	return state;
}

static Datum
trailing_transfn(FunctionCallInfo fcinfo, TimeKind kind)
{
	FundingState *state = STATE_ARG(FundingState, 0);

	/* In moving frames there must be a state even when all rows are NULL. */
	if (state == NULL)
		state = create_state(fcinfo, kind);
	if (!RowIsNull(fcinfo))
		FundingAdd(state, TimeArg(fcinfo, 2, kind, "period_end"),
				   CheckFiniteAt(PG_GETARG_FLOAT8(1), "amount", fcinfo, 2,
								 kind),
				   InWindow(fcinfo));
	PG_RETURN_POINTER(state);
}

Datum
bubble_trailing_latest_date_transfn(PG_FUNCTION_ARGS)
{
	return trailing_transfn(fcinfo, TIME_IS_DATE);
}

Datum
bubble_trailing_latest_timestamptz_transfn(PG_FUNCTION_ARGS)
{
	return trailing_transfn(fcinfo, TIME_IS_TIMESTAMPTZ);
}

static Datum
trailing_invtransfn(FunctionCallInfo fcinfo, TimeKind kind)
{
	FundingState *state = STATE_ARG(FundingState, 0);

	(void) AggregateContext(fcinfo);
	if (!RowIsNull(fcinfo))
		FundingRemoveFirst(state, TimeArg(fcinfo, 2, kind, "period_end"),
						   PG_GETARG_FLOAT8(1));
	RETURN_STATE(state);
}

Datum
bubble_trailing_latest_date_invtransfn(PG_FUNCTION_ARGS)
{
	return trailing_invtransfn(fcinfo, TIME_IS_DATE);
}

Datum
bubble_trailing_latest_timestamptz_invtransfn(PG_FUNCTION_ARGS)
{
	return trailing_invtransfn(fcinfo, TIME_IS_TIMESTAMPTZ);
}

/*
 * NULL without a row.  The latest one is always in the span.
 */
Datum
bubble_trailing_latest_finalfn(PG_FUNCTION_ARGS)
{
	const FundingState *state = STATE_ARG(FundingState, 0);

	if (state == NULL || state->observations == 0)
		PG_RETURN_NULL();
	state = FundingSettled(state);
	PG_RETURN_FLOAT8(CheckResult(ExactSumRound(&state->recent)));
}
