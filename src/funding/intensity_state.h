/*
 * intensity_state.h - exponentially weighted capital raised per year
 *
 * The sum is that of decay.h.  Neither a group nor a growing window needs
 * more, nor does any frame whose as_of is given.  Only in a moving frame, the
 * time of which is its latest row's, rows are kept:
 *
 *	- as long as they come in the order of time, the latest row is the last
 *	  one, and the sum follows: a row enters it, a row leaves it,
 *	- while they are out of order, the latest row may leave, and time would
 *	  have to go back.  Then the rows are added up for each result.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#ifndef BUBBLE_FUNDING_INTENSITY_H
#define BUBBLE_FUNDING_INTENSITY_H

#include "foundation/aggregate_head.h"
#include "foundation/series.h"
#include "funding/decay.h"

typedef struct IntensitySpec
{
	int64		half_life;		/* microseconds */
	bool		has_as_of;
	int64		as_of;			/* meaningful if has_as_of */
} IntensitySpec;

typedef struct IntensityState
{
	AggregateHead head;
	IntensitySpec spec;
	bool		moving;			/* are rows kept? */
	bool		following;		/* is the sum theirs?  Only if moving, and only
								 * while they are in order. */
	int64		observations;	/* usable rows, whatever their time */
	DecayingSum raised;
	Series		rows;			/* if moving */
} IntensityState;

extern IntensityState *IntensityCreate(MemoryContext context,
									   const IntensitySpec *spec,
									   bool moving);
extern void IntensityAdd(IntensityState *state, int64 at, double amount);
extern void IntensityRemoveFirst(IntensityState *state, int64 at,
								 double amount);
extern void IntensityMerge(IntensityState *state,
						   const IntensityState *other);
extern bool IntensityPerYear(const IntensityState *state, double *intensity);

#endif							/* BUBBLE_FUNDING_INTENSITY_H */
