/*
 * revenue_state.h - revenue booked within a span that ends on a given day
 *
 * What was booked in (as_of - span, as_of] is added up.  Both borders are
 * known with the first row, so a row is added or left out as it comes; the
 * sum is exact (exact_sum.h) and a row can leave a moving frame without a
 * residue.
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
#ifndef BUBBLE_VALUATION_REVENUE_STATE_H
#define BUBBLE_VALUATION_REVENUE_STATE_H

#include "foundation/aggregate_head.h"
#include "foundation/exact_sum.h"

typedef struct RevenueState
{
	AggregateHead head;
	int64		after;			/* the last moment before the span */
	int64		as_of;			/* its last moment */
	int64		counted;		/* rows, or periods, in the sum */
	ExactSum	booked;
	struct periods_hash *periods;	/* of reports, otherwise NULL */
} RevenueState;

extern RevenueState *RevenueCreate(MemoryContext context, int64 after,
								   int64 as_of);
extern RevenueState *ReportsCreate(MemoryContext context, int64 after,
								   int64 as_of);
extern void RevenueBook(RevenueState *state, int64 period_end, double amount,
						int sign);
extern void ReportsBook(RevenueState *state, int64 period_end,
						int64 reported_at, double amount);
extern void ReportsMerge(RevenueState *state, const RevenueState *other);
extern void ReportsWrite(StringInfo buf, const RevenueState *state);
extern void ReportsRead(StringInfo buf, RevenueState *state);
extern bool RevenueSum(const RevenueState *state, double *sum);

#endif							/* BUBBLE_VALUATION_REVENUE_STATE_H */
