/*
 * gaps_state.h - the days between consecutive rounds
 *
 * The naive way sorts the times of every frame, and then the gaps between
 * them.  Here a window keeps the gaps in a ranking (sample.h): as long as
 * rows come in the order of time, a new row adds the newest gap and a row
 * that leaves takes the oldest one with it, O(log n) each.  While rows are
 * out of order the gaps are taken from a sorted copy of the times, as they
 * are in a group, where they are needed once.
 *
 * The times are those of a series whose values are not looked at.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#ifndef BUBBLE_FUNDING_GAPS_H
#define BUBBLE_FUNDING_GAPS_H

#include "foundation/aggregate_head.h"
#include "foundation/sample.h"
#include "foundation/series.h"

typedef struct GapState
{
	AggregateHead head;
	Series		rounds;			/* values are all 0 */
	bool		following;		/* are the gaps those of the rounds? */
	Sample		gaps;			/* days; only used in a window */
} GapState;

extern GapState *GapCreate(MemoryContext context);
extern void GapAdd(GapState *state, int64 at, bool follow);
extern void GapRemoveFirst(GapState *state);
extern bool GapMedian(const GapState *state, double *median);
extern bool MedianGap(const Series *rounds, double *median);

#endif							/* BUBBLE_FUNDING_GAPS_H */
