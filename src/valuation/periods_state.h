/*
 * periods_state.h - revenue of the last n periods
 *
 * trailing_periods(amount, period_end, periods [, as_of]) adds up the periods
 * themselves.  A span of time cannot do that: fiscal years of 52 weeks, with
 * one of 53 now and then, end on another day every year, and a year up to one
 * of them holds three, four or five quarters.
 *
 * Counting alone would hide a missing period, whose place an older one takes.
 * It shows as a gap, so the sum is NULL if a gap between two of the periods is
 * longer than one and a half usual ones.  What is usual is judged by the gaps
 * between the periods and as many before them, if there are:
 *
 *	  periods before     the last "periods" of them
 *	  |     |     |     |     |     |           |
 *	  +-----+-----+-----+-----+-----+-----------+
 *	   usual: the median gap, of two          twice as long: one is missing
 *	   middle ones the smaller
 *
 * Rows of one period_end are one period.
 *
 * The naive way sorts and groups all rows of every frame.  Here, as long as
 * rows come in the order of time, an exact sum (exact_sum.h) follows the last
 * periods, each row entering and leaving it once, and the ends are kept
 * besides: amortised O(1) a row, and O(periods log periods) for the gaps.  In
 * a group, and while rows are out of order, the same is put together from
 * rows in order, from the last one back.
 *
 * Memory: 16 bytes a row, in a window 32.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#ifndef BUBBLE_VALUATION_PERIODS_STATE_H
#define BUBBLE_VALUATION_PERIODS_STATE_H

#include "foundation/aggregate_head.h"
#include "foundation/exact_sum.h"
#include "foundation/series.h"

/* Days of forty years. */
#define MOST_PERIODS 10000

typedef struct PeriodsState
{
	AggregateHead head;
	int32		periods;		/* asked for */
	int64		as_of;			/* the end of all time if not given */
	Series		rows;			/* not later than as_of */
	bool		following;		/* do the fields below follow the rows? */
	Series		ends;			/* of the periods; values are all 0 */
	int64		taken_from;		/* place of the first row in the sum */
	int32		taken;			/* periods in the sum */
	ExactSum	booked;
} PeriodsState;

extern PeriodsState *PeriodsCreate(MemoryContext context, int32 periods,
								   int64 as_of);
extern void PeriodsAdd(PeriodsState *state, int64 period_end, double amount,
					   bool follow);
extern void PeriodsRemoveFirst(PeriodsState *state, int64 period_end);
extern bool PeriodsSum(const PeriodsState *state, double *sum);

#endif							/* BUBBLE_VALUATION_PERIODS_STATE_H */
