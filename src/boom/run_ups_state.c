/*
 * run_ups_state.c - the run-ups of a price against a market
 *
 * The method is described in run_ups_state.h.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "postgres.h"

#include "miscadmin.h"
#include "utils/fmgrprotos.h"

#include "boom/run_ups_state.h"
#include "drawdown/growth.h"

/* The long span, in spans: 60 months of 24. */
#define LONG_SPANS 2.5

/* Rows that are gone through without looking for a cancel. */
#define ROWS_AT_ONCE 65536

/*
 * By so many microseconds and no more can times go back that the calendar has
 * moved: over the end of a month, a change of the clock and the date line.
 */
#define MOST_BACK (5 * USECS_PER_DAY)

/*
 * A quarter of a span in microseconds.
 */
int64
SpanQuarter(const Interval *span)
{
	return SpanMicroseconds(span, "span") / 4;
}

static Hand
hand_of(const Interval *span, double times)
{
	Hand		hand = {.row = -1};
	Datum		back = DirectFunctionCall2(interval_mul,
										   IntervalPGetDatum(span),
										   Float8GetDatum(times));

	hand.back = *DatumGetIntervalP(back);
	hand.oldest = SpanQuarter(&hand.back);
	return hand;
}

RunUpScan
StartRunUps(const BoomRows *rows, const RunUpRule *rule)
{
	RunUpScan	scan = {.rows = rows, .rule = *rule};

	/* Raises the error of a span that is too long before it is multiplied. */
	(void) SpanQuarter(&rule->span);
	scan.base = hand_of(&rule->span, 1.0);
	scan.half = hand_of(&rule->span, 0.5);
	scan.far = hand_of(&rule->span, LONG_SPANS);
	return scan;
}

/*
 * Move a hand to where it belongs for a row.  Mostly it goes forward, but at
 * the ends of months and where clocks change it may go back.
 */
static void
move_hand(Hand *hand, const BoomRows *rows, int64 row)
{
	SpanBorders(rows->at[row], &hand->back, rows->kind, &hand->border, 1);
	while (hand->row + 1 < row && rows->at[hand->row + 1] <= hand->border)
	{
		CHECK_FOR_INTERRUPTS();
		hand->row++;
	}
	while (hand->row >= 0 && rows->at[hand->row] > hand->border)
		hand->row--;
}

/*
 * Is there a row, and is it not too old?
 */
static bool
is_known(const Hand *hand, const BoomRows *rows)
{
	return hand->row >= 0 &&
		(uint64) hand->border - (uint64) rows->at[hand->row] <=
		(uint64) hand->oldest;
}

/*
 * Has the price of a row gained enough since the base, against the market and
 * over the long span?
 */
static bool
identifies(RunUpScan *scan, int64 row, RunUp *found)
{
	const BoomRows *rows = scan->rows;
	int64		base = scan->base.row;

	found->run_up = Gain(rows->price[base], rows->price[row]);
	if (!AtLeast(found->run_up, scan->rule.threshold))
		return false;
	found->net_run_up = found->run_up - Gain(rows->market[base],
											 rows->market[row]);
	if (!AtLeast(found->net_run_up, scan->rule.threshold))
		return false;
	move_hand(&scan->far, rows, row);
	found->long_from = scan->far.row + !is_known(&scan->far, rows);
	found->long_run_up = Gain(rows->price[found->long_from],
							  rows->price[row]);
	return AtLeast(found->long_run_up, LONG_GAIN);
}

/*
 * The standard deviation of the logarithmic returns from row to row, times the
 * root of how many there are a year; NaN for less than two returns, without
 * time between them, and with a price of 0.
 */
static double
volatility(const BoomRows *rows, int64 from, int64 to)
{
	const double *price = rows->price;
	const int64 returns = to - from;
	double		years = YearsBetween(rows->at[from], rows->at[to]);
	CompensatedSum squares = {0};
	double		mean;
	int64		i;

	for (i = from; i <= to; i++)
	{
		CHECK_FOR_INTERRUPTS();
		if (price[i] == 0.0)
			return NAN;
	}
	if (returns < 2 || years == 0.0)
		return NAN;
	mean = LogGrowth(price[from], price[to]) / returns;
	for (i = from; i < to; i += ROWS_AT_ONCE)
	{
		CHECK_FOR_INTERRUPTS();
		AddDeviations(&squares, mean, price[i], price + i + 1,
					  Min(ROWS_AT_ONCE, to - i));
	}
	return sqrt(CompensatedTotal(&squares) / (returns - 1) *
				(returns / years));
}

/*
 * What else there is to say of a run-up, from the rows up to it.
 */
static void
describe(RunUpScan *scan, int64 row, RunUp *found)
{
	const BoomRows *rows = scan->rows;
	int64		base = scan->base.row;

	move_hand(&scan->half, rows, row);
	found->at = row;
	found->acceleration = !is_known(&scan->half, rows) ? NAN :
		found->run_up - Gain(rows->price[base],
							 rows->price[scan->half.row]);
	found->volatility = volatility(rows, base, row);
}

/*
 * Is a time later than another by more than times go back where later ones
 * move by the calendar?
 */
static inline bool
is_past(int64 time, int64 at)
{
	return time > at && (uint64) time - (uint64) at > MOST_BACK;
}

/*
 * The rows ahead are those for which the run-up is not older than the span.
 * Once it is at least so old, they are complete: at the ends of months both
 * are true of the last one.  24 months before an afternoon of 28 February may
 * be later than before the morning of the 29th, so the first row for which it
 * is older need not be the end.
 */
static void
look_ahead(const RunUpScan *scan, RunUp *found)
{
	const BoomRows *rows = scan->rows;
	const int64 at = rows->at[found->at];
	double		peak = 0.0;
	double		retained = 1.0;
	int64		row;

	found->closed = false;
	for (row = found->at; row < rows->count; row++)
	{
		const int64 oldest = OldestWithin(rows->at[row], &scan->rule.span,
										  rows->kind);
		int64		border;

		CHECK_FOR_INTERRUPTS();
		SpanBorders(rows->at[row], &scan->rule.span, rows->kind, &border, 1);
		found->closed |= border >= at;
		if (is_past(oldest, at))
			break;
		if (oldest > at)
			continue;
		peak = Max(peak, rows->price[row]);
		retained = Min(retained, rows->price[row] / peak);
	}
	found->drawdown_ahead = 1.0 - retained;
}

/*
 * The next run-up in the order of time.  False if there is none.
 */
bool
NextRunUp(RunUpScan *scan, RunUp *found)
{
	const BoomRows *rows = scan->rows;

	while (scan->next < rows->count)
	{
		int64		row = scan->next++;

		CHECK_FOR_INTERRUPTS();
		if (rows->eligible != NULL && !rows->eligible[row])
			continue;
		move_hand(&scan->base, rows, row);
		if (!is_known(&scan->base, rows) ||
			(scan->any && scan->base.border < scan->last_at) ||
			!identifies(scan, row, found))
			continue;
		describe(scan, row, found);
		look_ahead(scan, found);
		scan->any = true;
		scan->last_at = rows->at[row];
		return true;
	}
	return false;
}
