/*
 * completion_state.h - amounts reported late, and the triangle that they make
 *
 * completed_funding() keeps an amount for each row and the cell of the
 * triangle that it belongs to: the month of the round, and how many months
 * later it was reported.  Which months are over is known from as_of, so what
 * was not known then is not kept.
 *
 * A report of the running month is known, but says nothing yet about how
 * months develop: half a month of reports would look like a dry-up.
 *
 *	 as of 30 March:	lag 0	lag 1	lag 2
 *	 January			  x		  x		  r		x  in the triangle
 *	 February			  x		  r				r  reported, only added to it
 *	 March				  .						.  not over, left out
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#ifndef BUBBLE_FUNDING_COMPLETION_H
#define BUBBLE_FUNDING_COMPLETION_H

#include "foundation/aggregate_head.h"
#include "foundation/series.h"
#include "funding/chain_ladder.h"

typedef struct CompletionState
{
	AggregateHead head;
	int64		as_of;
	int32		end;			/* the first month that is not over */
	Series		amounts;		/* of cells */
} CompletionState;

/* What is known of the months that are over. */
typedef struct Completion
{
	int32		first;			/* the month of row 0 */
	Triangle	triangle;		/* known at the end of each month */
	double	   *reported;		/* of each month, up to as_of */
} Completion;

extern CompletionState *CompletionCreate(MemoryContext context, TimeKind kind,
										 int64 as_of);
extern void CompletionAdd(CompletionState *state, double amount, int64 at,
						  int64 reported_at);
extern void CompletionRead(StringInfo buf, CompletionState *state);
extern Completion CompletionOf(const CompletionState *state);

#endif							/* BUBBLE_FUNDING_COMPLETION_H */
