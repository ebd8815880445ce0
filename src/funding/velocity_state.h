/*
 * velocity_state.h - capital raised within a span that ends at the latest row
 *
 * The naive way adds up, for every row, all rows of the span before it.  Here
 * two sums follow the latest row, both of them exact (exact_sum.h), so that
 * rows can enter and leave for as long as they like without a residue:
 *
 *	  rows:   from        earlier_from      recent_from          to
 *	           | left behind  |   "earlier"     |    "recent"     |
 *	           .  .   .  .  . . .  .    . .   . . .  .   .  .  .  .
 *	                          |                 |                 |
 *	            time: as_of - span - span   as_of - span        as_of
 *
 * As long as rows come in the order of time the two borders move over each row
 * once or twice, amortised O(1) a row.  They can also move back: at the end of
 * daylight-saving time, and a month after days that February does not have, an
 * earlier border may belong to a later row.
 *
 * In a group the sums are needed once, so nothing is followed there: the
 * rows are kept and added up at the end, in whatever order they are.  The
 * same is done in a window while rows are out of order.
 *
 * If as_of is given, the borders are known beforehand: each row goes to its
 * sum at once and none is kept.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#ifndef BUBBLE_FUNDING_VELOCITY_H
#define BUBBLE_FUNDING_VELOCITY_H

#include "foundation/aggregate_head.h"
#include "foundation/exact_sum.h"
#include "foundation/series.h"

/*
 * The span, from the parameters after (amount, at).
 */
typedef struct VelocitySpec
{
	TimeKind	kind;
	Interval	span;			/* one year if not given */
	bool		has_as_of;		/* if not, as_of is the latest row's time */
	int64		as_of;			/* meaningful if has_as_of */
} VelocitySpec;

/* Ends of the two spans: rows at the border belong to the one before it. */
typedef struct VelocityBorders
{
	int64		as_of;
	int64		recent;			/* before one span */
	int64		earlier;		/* before two of them */
} VelocityBorders;

typedef struct FundingState
{
	AggregateHead head;
	VelocitySpec spec;
	int64		observations;	/* usable rows, whatever their time */
	ExactSum	recent;			/* raised in (borders.recent, as_of] */
	ExactSum	earlier;		/* raised in (borders.earlier, .recent] */
	VelocityBorders borders;	/* fixed, or those of the latest row */
	Series		rows;			/* if as_of is not given */
	bool		following;		/* are the sums those of the rows? */
	int64		recent_from;	/* place of the first recent row */
	int64		earlier_from;	/* place of the first earlier row */
} FundingState;

extern const ParameterTable VelocityParameters;

extern VelocitySpec VelocitySpecOf(const AggregateHead *head);
extern FundingState *FundingCreate(MemoryContext context,
								   const VelocitySpec *spec);
extern void FundingAdd(FundingState *state, int64 at, double amount,
					   bool follow);
extern void FundingRemoveFirst(FundingState *state, int64 at, double amount);
extern void FundingMerge(FundingState *state, const FundingState *other);
extern const FundingState *FundingSettled(const FundingState *state);
extern double FundingVelocity(const FundingState *state);
extern bool FundingAcceleration(const FundingState *state,
								double *acceleration);

#endif							/* BUBBLE_FUNDING_VELOCITY_H */
