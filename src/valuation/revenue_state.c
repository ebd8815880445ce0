/*
 * revenue_state.c - revenue booked within a span that ends on a given day
 *
 * trailing_revenue(amount, period_end, as_of, span) adds up what was booked
 * in (as_of - span, as_of].  Both borders are known with the first row, so a
 * row is added or left out as it comes; the sum is exact (exact_sum.h) and a
 * row can leave a moving frame without a residue.
 *
 * Statements are restated.  With reported_at, only what had been reported on
 * as_of counts, and of each period what was reported last:
 *
 *	 period_end		31 Mar	30 Jun	30 Sep
 *	 reported		  90	  95	 110
 *	 corrected				  93	(104, but after as_of: not known yet)
 *	 counts			  90	  93	 110
 *
 * The naive way keeps all rows and sorts them by period and report.  Here a
 * hash table holds the last report of each period; when a later one comes, it
 * takes the place of that one in the sum, exactly.  Of reports of the same
 * time the larger amount is the later one, so that no order of arrival can
 * make a difference.
 *
 * Memory: nothing per row; with reported_at about 80 bytes at most per
 * period within the span.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "postgres.h"

#include "common/hashfn.h"
#include "libpq/pqformat.h"
#include "miscadmin.h"

#include "foundation/arguments.h"
#include "foundation/compat.h"
#include "foundation/exact_sum_io.h"
#include "foundation/series.h"
#include "foundation/timeline.h"

/* The last report of a period. */
typedef struct Period
{
	int64		period_end;
	int64		reported_at;
	double		amount;
	char		status;			/* of the hash table's slot */
} Period;

#define SH_PREFIX periods
#define SH_ELEMENT_TYPE Period
#define SH_KEY_TYPE int64
#define SH_KEY period_end
#define SH_HASH_KEY(table, key) \
	hash_bytes((const unsigned char *) &(key), sizeof(key))
#define SH_EQUAL(table, a, b) ((a) == (b))
#define SH_SCOPE static inline
#define SH_DECLARE
#define SH_DEFINE
#include "lib/simplehash.h"

/* Room for the quarters of a year. */
#define FIRST_PERIODS 4

/* Bytes of one period in a serialised state. */
#define PERIOD_BYTES (2 * sizeof(int64) + sizeof(float8))

/* What the caller asked for. */
typedef struct RevenueSpec
{
	TimeKind	kind;
	bool		restated;		/* is reported_at given? */
	int64		as_of;
	Interval	span;
} RevenueSpec;

typedef struct RevenueState
{
	RevenueSpec spec;
	int64		after;			/* the last moment before the span */
	int64		counted;		/* rows, or periods, in the sum */
	ExactSum	booked;
	periods_hash *periods;		/* if restated */
} RevenueState;

PG_FUNCTION_INFO_V1(bubble_trailing_revenue_date_transfn);
PG_FUNCTION_INFO_V1(bubble_trailing_revenue_timestamptz_transfn);
PG_FUNCTION_INFO_V1(bubble_trailing_revenue_date_invtransfn);
PG_FUNCTION_INFO_V1(bubble_trailing_revenue_timestamptz_invtransfn);
PG_FUNCTION_INFO_V1(bubble_trailing_revenue_combinefn);
PG_FUNCTION_INFO_V1(bubble_trailing_revenue_serialfn);
PG_FUNCTION_INFO_V1(bubble_trailing_revenue_deserialfn);
PG_FUNCTION_INFO_V1(bubble_trailing_revenue_finalfn);

/* ---- the state ---- */

static RevenueState *
create_state(MemoryContext context, const RevenueSpec *spec, int64 after)
{
	RevenueState *state = MemoryContextAllocZero(context,
												 sizeof(RevenueState));

	state->spec = *spec;
	state->after = after;
	ExactSumInit(&state->booked);
	if (spec->restated)
		state->periods = periods_create(context, FIRST_PERIODS, NULL);
	return state;
}

static void
check_same_spec(const RevenueSpec *a, const RevenueSpec *b)
{
	if (a->as_of != b->as_of)
		ChangedParameterError("as_of");
	if (!SameSpan(&a->span, &b->span))
		ChangedParameterError("span");
}

static inline bool
within_span(const RevenueState *state, int64 period_end)
{
	return period_end > state->after && period_end <= state->spec.as_of;
}

/*
 * Book an amount (sign 1), or take it out again (sign -1).
 */
static void
book(RevenueState *state, double amount, int sign)
{
	state->counted += sign;
	ExactSumAdd(&state->booked, sign * amount);
}

/*
 * Book a report, unless a later one of its period is booked already.
 */
static void
book_report(RevenueState *state, int64 period_end, int64 reported_at,
			double amount)
{
	bool		found;
	Period	   *period = periods_insert(state->periods, period_end, &found);

	if (found)
	{
		if (!RowBefore(period->reported_at, period->amount,
					   reported_at, amount))
			return;
		book(state, period->amount, -1);
	}
	period->reported_at = reported_at;
	period->amount = amount;
	book(state, amount, 1);
}

/*
 * Make room for so many more periods at once: a table that grows while it
 * takes in another one in that one's order fills unevenly.
 */
static void
reserve_periods(RevenueState *state, int64 more)
{
	periods_hash *periods = state->periods;
	uint64		needed = (uint64) periods->members + more;

	if (needed >= periods->grow_threshold)
		periods_grow(periods, Max(needed + needed / 4, periods->size + 1));
}

/*
 * Add the rows of another state, which stays as it is.
 */
static void
merge(RevenueState *state, const RevenueState *other)
{
	periods_iterator iterator;
	Period	   *period;

	if (!state->spec.restated)
	{
		state->counted += other->counted;
		ExactSumMerge(&state->booked, &other->booked);
		return;
	}
	reserve_periods(state, other->counted);
	periods_start_iterate(other->periods, &iterator);
	while ((period = periods_iterate(other->periods, &iterator)) != NULL)
	{
		CHECK_FOR_INTERRUPTS();
		book_report(state, period->period_end, period->reported_at,
					period->amount);
	}
}

/* ---- SQL functions ---- */

/*
 * The parameters behind (amount, period_end), as far as they are given.
 */
static RevenueSpec
spec_args(FunctionCallInfo fcinfo, TimeKind kind)
{
	RevenueSpec spec = {0};

	spec.kind = kind;
	spec.restated = PG_NARGS() > 5;
	spec.span = PG_NARGS() > 4 ? SpanArg(fcinfo, 4, "span") : OneYear();
	if (PG_ARGISNULL(3))
		NullParameterError("as_of");
	spec.as_of = TimeArg(fcinfo, 3, kind, "as_of");
	return spec;
}

/*
 * The state of an aggregate whose parameters are checked.
 */
static RevenueState *
state_for(FunctionCallInfo fcinfo, TimeKind kind)
{
	RevenueState *state = STATE_ARG(RevenueState, 0);
	MemoryContext context = AggregateContext(fcinfo);
	RevenueSpec spec = spec_args(fcinfo, kind);

	/* In moving frames there must be a state even when all rows are NULL. */
	if (state == NULL)
	{
		int64		after;

		SpanBorders(spec.as_of, &spec.span, kind, &after, 1);
		state = create_state(context, &spec, after);
	}
	else
		check_same_spec(&state->spec, &spec);
	return state;
}

static Datum
revenue_transfn(FunctionCallInfo fcinfo, TimeKind kind)
{
	RevenueState *state = state_for(fcinfo, kind);
	int64		period_end;
	int64		reported_at;
	double		amount;

	if (RowIsNull(fcinfo) || (state->spec.restated && PG_ARGISNULL(5)))
		PG_RETURN_POINTER(state);
	amount = CheckFiniteAt(PG_GETARG_FLOAT8(1), "amount", fcinfo, 2, kind);
	period_end = TimeArg(fcinfo, 2, kind, "period_end");
	if (!state->spec.restated)
	{
		if (within_span(state, period_end))
			book(state, amount, 1);
		PG_RETURN_POINTER(state);
	}
	reported_at = TimeArg(fcinfo, 5, kind, "reported_at");
	if (within_span(state, period_end) && reported_at <= state->spec.as_of)
		book_report(state, period_end, reported_at, amount);
	PG_RETURN_POINTER(state);
}

Datum
bubble_trailing_revenue_date_transfn(PG_FUNCTION_ARGS)
{
	return revenue_transfn(fcinfo, TIME_IS_DATE);
}

Datum
bubble_trailing_revenue_timestamptz_transfn(PG_FUNCTION_ARGS)
{
	return revenue_transfn(fcinfo, TIME_IS_TIMESTAMPTZ);
}

/*
 * Of the forms without reported_at.
 */
static Datum
revenue_invtransfn(FunctionCallInfo fcinfo, TimeKind kind)
{
	RevenueState *state = STATE_ARG(RevenueState, 0);

	(void) AggregateContext(fcinfo);
	if (!RowIsNull(fcinfo) &&
		within_span(state, TimeArg(fcinfo, 2, kind, "period_end")))
		book(state, PG_GETARG_FLOAT8(1), -1);
	RETURN_STATE(state);
}

Datum
bubble_trailing_revenue_date_invtransfn(PG_FUNCTION_ARGS)
{
	return revenue_invtransfn(fcinfo, TIME_IS_DATE);
}

Datum
bubble_trailing_revenue_timestamptz_invtransfn(PG_FUNCTION_ARGS)
{
	return revenue_invtransfn(fcinfo, TIME_IS_TIMESTAMPTZ);
}

Datum
bubble_trailing_revenue_combinefn(PG_FUNCTION_ARGS)
{
	RevenueState *state = STATE_ARG(RevenueState, 0);
	RevenueState *other = STATE_ARG(RevenueState, 1);
	MemoryContext context = AggregateContext(fcinfo);

	if (other == NULL)
		RETURN_STATE(state);
	if (state == NULL)
		state = create_state(context, &other->spec, other->after);
	else
		check_same_spec(&state->spec, &other->spec);
	merge(state, other);
	PG_RETURN_POINTER(state);
}

static void
send_periods(StringInfo buf, const RevenueState *state)
{
	periods_iterator iterator;
	Period	   *period;

	CheckHandOver(state->counted, PERIOD_BYTES);
	enlargeStringInfo(buf, state->counted * PERIOD_BYTES);
	periods_start_iterate(state->periods, &iterator);
	while ((period = periods_iterate(state->periods, &iterator)) != NULL)
	{
		CHECK_FOR_INTERRUPTS();
		pq_sendint64(buf, period->period_end);
		pq_sendint64(buf, period->reported_at);
		pq_sendfloat8(buf, period->amount);
	}
}

static void
receive_periods(StringInfo buf, RevenueState *state, int64 count)
{
	if (count < 0 || count > (buf->len - buf->cursor) / (int) PERIOD_BYTES)
		elog(ERROR, "invalid number of periods in a serialised state");
	reserve_periods(state, count);
	for (; count > 0; count--)
	{
		int64		period_end = pq_getmsgint64(buf);
		int64		reported_at = pq_getmsgint64(buf);

		CHECK_FOR_INTERRUPTS();
		book_report(state, period_end, reported_at, pq_getmsgfloat8(buf));
	}
}

Datum
bubble_trailing_revenue_serialfn(PG_FUNCTION_ARGS)
{
	RevenueState *state;
	StringInfoData buf;

	(void) AggregateContext(fcinfo);
	state = (RevenueState *) PG_GETARG_POINTER(0);
	pq_begintypsend(&buf);
	pq_sendbyte(&buf, state->spec.kind);
	pq_sendbyte(&buf, state->spec.restated);
	pq_sendint64(&buf, state->spec.as_of);
	SpanSerialize(&buf, &state->spec.span);
	pq_sendint64(&buf, state->after);
	pq_sendint64(&buf, state->counted);
	if (state->spec.restated)
		send_periods(&buf, state);
	else
		ExactSumSerialize(&buf, &state->booked);
	PG_RETURN_BYTEA_P(pq_endtypsend(&buf));
}

Datum
bubble_trailing_revenue_deserialfn(PG_FUNCTION_ARGS)
{
	RevenueSpec spec = {0};
	RevenueState *state;
	StringInfoData buf;
	int64		after;
	int64		counted;

	OpenAggregateBytea(fcinfo, 0, &buf);
	spec.kind = pq_getmsgbyte(&buf);
	spec.restated = pq_getmsgbyte(&buf) != 0;
	spec.as_of = pq_getmsgint64(&buf);
	spec.span = SpanDeserialize(&buf);
	after = pq_getmsgint64(&buf);
	counted = pq_getmsgint64(&buf);
	state = create_state(CurrentMemoryContext, &spec, after);
	if (spec.restated)
		receive_periods(&buf, state, counted);
	else
	{
		state->counted = counted;
		ExactSumDeserialize(&buf, &state->booked);
	}
	pq_getmsgend(&buf);
	PG_RETURN_POINTER(state);
}

/*
 * NULL without a row in the span: nothing is known, which is not zero.
 */
Datum
bubble_trailing_revenue_finalfn(PG_FUNCTION_ARGS)
{
	RevenueState *state = STATE_ARG(RevenueState, 0);

	if (state == NULL || state->counted == 0)
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(CheckResult(ExactSumRound(&state->booked)));
}
