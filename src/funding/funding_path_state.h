/*
 * funding_path_state.h - the funding of a group at the end of every period
 *
 * The naive way asks for velocity, acceleration and concentration as of every
 * month's end: a join of n rounds with m months.  Here the rounds are kept,
 * put in order once, and the ends go over them with two borders behind, as
 * those of a moving velocity do (velocity_state.h):
 *
 *	  by time:         |    "earlier"    |     "recent"     |
 *	                 . . .  .   . . .  . . .  .   .   .  .  .   . . . .
 *	                   |                 |         | period |
 *	               two years          one year            end
 *	               before the end     before it
 *
 * All sums are exact, and the same borders and divisions make the measures,
 * so they agree to the last digit with those of each end asked for alone.
 *
 * A round is known from its time on, or from the time of its report if that
 * is given and later.  It enters at the first end that is not before it was
 * known, to the sum in which its time then falls; a border that passes a
 * round which is not known yet leaves the sums alone.  So a second order is
 * needed, in which rounds became known.
 *
 * The path goes from the first end at which something is known to the first
 * one at which everything is: what comes or is reported later changes no row
 * before it.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#ifndef BUBBLE_FUNDING_PATH_STATE_H
#define BUBBLE_FUNDING_PATH_STATE_H

#include "foundation/aggregate_head.h"
#include "foundation/ranking.h"
#include "foundation/row_matrix.h"
#include "foundation/small_sum.h"
#include "funding/velocity_state.h"

/* The most times that a round has: its own, and that of its report. */
#define PATH_TIMES 2

typedef struct FundingPathState
{
	AggregateHead head;
	Interval	step;
	RowMatrix	rounds;			/* at, when it was known if that was reported,
								 * amount */
} FundingPathState;

/* What is known of a period at its end. */
typedef struct FundingPathRow
{
	int64		period_end;
	double		amount;			/* raised in the period */
	int64		deals;			/* the rounds of it */
	double		velocity;
	bool		has_acceleration;
	double		acceleration;
	bool		has_concentration;
	double		concentration;
	double		largest_share;
} FundingPathRow;

typedef struct KnownRound
{
	int64		at;
	int64		known_at;		/* not before at */
	double		amount;
} KnownRound;

typedef struct FundingPath
{
	TimeKind	kind;
	Interval	step;
	int64		period;			/* which comes next */
	int64		last;			/* the last one */
	int64		count;			/* rounds */
	const KnownRound *round;	/* in order of time */
	const int64 *known;			/* their places in the order in which they
								 * became known, or NULL if that is the same */
	int64		to_recent;		/* rounds behind the border of "recent" */
	int64		to_earlier;		/* and that of "earlier" */
	int64		entered;		/* rounds known at the end before */
	int64		before;			/* the end before */
	FundingState *flow;			/* the two sums */
	SmallSum	squares;		/* of recent amounts */
	Ranking		sizes;			/* recent amounts by size */
} FundingPath;

extern FundingPathState *FundingPathCreate(MemoryContext context,
										   const Interval *step);
extern void FundingPathAdd(FundingPathState *state, int64 at,
						   const int64 *reported_at, double amount);
extern void FundingPathMerge(FundingPathState *state,
							 const FundingPathState *other);
extern FundingPath *FundingPathOpen(const FundingPathState *state);
extern bool FundingPathNext(FundingPath *path, FundingPathRow *row);

#endif							/* BUBBLE_FUNDING_PATH_STATE_H */
