/*
 * revenue_state.c - revenue booked within a span that ends on a given day
 *
 * The method is described in revenue_state.h.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "postgres.h"

#include "common/hashfn.h"
#include "libpq/pqformat.h"
#include "miscadmin.h"

#include "foundation/arguments.h"
#include "foundation/serialised.h"
#include "foundation/series.h"
#include "valuation/revenue_state.h"

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

RevenueState *
RevenueCreate(MemoryContext context, int64 after, int64 as_of)
{
	RevenueState *state = MemoryContextAllocZero(context,
												 sizeof(RevenueState));

	state->after = after;
	state->as_of = as_of;
	ExactSumInit(&state->booked);
	return state;
}

/*
 * The same for reports.
 */
RevenueState *
ReportsCreate(MemoryContext context, int64 after, int64 as_of)
{
	RevenueState *state = RevenueCreate(context, after, as_of);

	state->periods = periods_create(context, FIRST_PERIODS, NULL);
	return state;
}

static inline bool
within_span(const RevenueState *state, int64 period_end)
{
	return period_end > state->after && period_end <= state->as_of;
}

/*
 * Book an amount (sign 1), or take it out again (sign -1).
 */
static inline void
book(RevenueState *state, double amount, int sign)
{
	state->counted += sign;
	ExactSumAdd(&state->booked, sign * amount);
}

/*
 * Book a row within the span (sign 1), or take it out again (sign -1).
 */
void
RevenueBook(RevenueState *state, int64 period_end, double amount, int sign)
{
	if (within_span(state, period_end))
		book(state, amount, sign);
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
 * Make room for "more" periods at once: a table that grows while it takes in
 * another one, in the order of that one, fills unevenly.
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
 * Book a report within the span that was known at its end.
 */
void
ReportsBook(RevenueState *state, int64 period_end, int64 reported_at,
			double amount)
{
	if (within_span(state, period_end) && reported_at <= state->as_of)
		book_report(state, period_end, reported_at, amount);
}

/*
 * Add the reports of another state, which stays as it is.
 */
void
ReportsMerge(RevenueState *state, const RevenueState *other)
{
	periods_iterator iterator;
	Period	   *period;

	reserve_periods(state, other->counted);
	periods_start_iterate(other->periods, &iterator);
	while ((period = periods_iterate(other->periods, &iterator)) != NULL)
	{
		CHECK_FOR_INTERRUPTS();
		book_report(state, period->period_end, period->reported_at,
					period->amount);
	}
}

void
ReportsWrite(StringInfo buf, const RevenueState *state)
{
	periods_iterator iterator;
	Period	   *period;

	pq_sendint64(buf, state->counted);
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

void
ReportsRead(StringInfo buf, RevenueState *state)
{
	int64		count = pq_getmsgint64(buf);

	if (count < 0 || count > (buf->len - buf->cursor) / (int) PERIOD_BYTES)
		DamagedStateError("number of periods");
	reserve_periods(state, count);
	for (; count > 0; count--)
	{
		int64		period_end = TimeFrom(buf, state->head.kind);
		int64		reported_at = TimeFrom(buf, state->head.kind);

		CHECK_FOR_INTERRUPTS();
		book_report(state, period_end, reported_at,
					FiniteFrom(buf, "amount"));
	}
}

/*
 * The sum; false without a row in the span: unknown is not zero.
 */
bool
RevenueSum(const RevenueState *state, double *sum)
{
	if (state->counted == 0)
		return false;
	*sum = CheckResult(ExactSumRound(&state->booked));
	return true;
}
