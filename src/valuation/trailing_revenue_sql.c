/*
 * trailing_revenue_sql.c - SQL function trailing_revenue
 *
 * Where the span ends on a given day a row is booked as it comes, with or
 * without the time of its report (revenue_state.h).  Where it ends at the
 * latest period, the sum is that of a funding velocity before it is divided by
 * the years of the span: the same state (velocity_state.h), whose sums follow
 * the latest row in O(1).  Amounts may be negative: credit notes.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "postgres.h"

#include "libpq/pqformat.h"

#include "foundation/exact_sum_io.h"
#include "foundation/serialised.h"
#include "funding/velocity_state.h"
#include "valuation/revenue_state.h"

enum
{
	SPAN,
	AS_OF
};

static const ParameterDef revenue_defs[] = {
	{.name = "span",.kind = PARAMETER_SPAN,.span = {.month = 12}},
	{.name = "as_of",.kind = PARAMETER_TIME}
};

static const ParameterTable revenue_parameters = PARAMETER_TABLE(revenue_defs);

PG_FUNCTION_INFO_V1(bubble_trailing_latest_finalfn);
PG_FUNCTION_INFO_V1(bubble_trailing_revenue_finalfn);

/*
 * The amount of a row, whose period ends at the time that is argument 2.
 */
static inline double
amount_arg(FunctionCallInfo fcinfo, TimeKind kind)
{
	return CheckFiniteAt(PG_GETARG_FLOAT8(1), "amount", fcinfo, 2, kind);
}

static inline int64
period_end_arg(FunctionCallInfo fcinfo, TimeKind kind)
{
	return TimeArg(fcinfo, 2, kind, "period_end");
}

/* ---- up to the latest period ---- */

static FundingState *
trailing_latest_create(const AggregateHead *head, MemoryContext context)
{
	VelocitySpec spec = VelocitySpecOf(head);

	return FundingCreate(context, &spec);
}

static void
trailing_latest_add(FundingState *state, FunctionCallInfo fcinfo)
{
	TimeKind	kind = state->head.kind;

	FundingAdd(state, period_end_arg(fcinfo, kind), amount_arg(fcinfo, kind),
			   state->head.in_window);
}

static void
trailing_latest_remove(FundingState *state, FunctionCallInfo fcinfo)
{
	FundingRemoveFirst(state, period_end_arg(fcinfo, state->head.kind),
					   PG_GETARG_FLOAT8(1));
}

static void
trailing_latest_write(StringInfo buf, const FundingState *state)
{
	SeriesSerialize(buf, &state->rows);
}

static void
trailing_latest_read(StringInfo buf, FundingState *state)
{
	SeriesDeserialize(buf, &state->rows, state->head.kind);
	state->observations = SeriesLength(&state->rows);
}

#define trailing_latest_merge FundingMerge
#define AGGREGATE trailing_latest
#define AGGREGATE_STATE FundingState
#define AGGREGATE_VALUES 2
#define AGGREGATE_AT 2
#define AGGREGATE_PARAMETERS VelocityParameters
#define AGGREGATE_MOVES
#define AGGREGATE_MERGES
#include "foundation/aggregate.h"

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

/* ---- up to a given day ---- */

static int64
as_of_of(const AggregateHead *head)
{
	return head->parameter[AS_OF].u.count;
}

static int64
last_before_span(const AggregateHead *head)
{
	int64		after;

	SpanBorders(as_of_of(head), &head->parameter[SPAN].u.span, head->kind,
				&after, 1);
	return after;
}

static RevenueState *
trailing_revenue_create(const AggregateHead *head, MemoryContext context)
{
	return RevenueCreate(context, last_before_span(head), as_of_of(head));
}

static void
trailing_revenue_add(RevenueState *state, FunctionCallInfo fcinfo)
{
	TimeKind	kind = state->head.kind;

	RevenueBook(state, period_end_arg(fcinfo, kind), amount_arg(fcinfo, kind),
				1);
}

static void
trailing_revenue_remove(RevenueState *state, FunctionCallInfo fcinfo)
{
	RevenueBook(state, period_end_arg(fcinfo, state->head.kind),
				PG_GETARG_FLOAT8(1), -1);
}

static void
trailing_revenue_merge(RevenueState *state, const RevenueState *other)
{
	state->counted += other->counted;
	ExactSumMerge(&state->booked, &other->booked);
}

static void
trailing_revenue_write(StringInfo buf, const RevenueState *state)
{
	pq_sendint64(buf, state->counted);
	ExactSumSerialize(buf, &state->booked);
}

static void
trailing_revenue_read(StringInfo buf, RevenueState *state)
{
	state->counted = RowCountFrom(buf);
	ExactSumDeserialize(buf, &state->booked);
}

#define AGGREGATE trailing_revenue
#define AGGREGATE_STATE RevenueState
#define AGGREGATE_VALUES 2
#define AGGREGATE_AT 2
#define AGGREGATE_PARAMETERS revenue_parameters
#define AGGREGATE_MOVES
#define AGGREGATE_MERGES
#include "foundation/aggregate.h"

/* ---- as it was known on that day ---- */

static RevenueState *
trailing_reported_create(const AggregateHead *head, MemoryContext context)
{
	return ReportsCreate(context, last_before_span(head), as_of_of(head));
}

static void
trailing_reported_add(RevenueState *state, FunctionCallInfo fcinfo)
{
	TimeKind	kind = state->head.kind;
	double		amount = amount_arg(fcinfo, kind);

	ReportsBook(state, period_end_arg(fcinfo, kind),
				TimeArg(fcinfo, 3, kind, "reported_at"), amount);
}

#define trailing_reported_merge ReportsMerge
#define trailing_reported_write ReportsWrite
#define trailing_reported_read ReportsRead
#define AGGREGATE trailing_reported
#define AGGREGATE_STATE RevenueState
#define AGGREGATE_VALUES 3
#define AGGREGATE_AT 2
#define AGGREGATE_PARAMETERS revenue_parameters
#define AGGREGATE_MERGES
#include "foundation/aggregate.h"

/*
 * NULL without a row in the span.
 */
Datum
bubble_trailing_revenue_finalfn(PG_FUNCTION_ARGS)
{
	const RevenueState *state = STATE_ARG(RevenueState, 0);
	double		sum;

	if (state == NULL || !RevenueSum(state, &sum))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(sum);
}
