/*
 * concentration_state.h - amounts by size: how concentrated money is
 *
 * gini and top_share, the sum of the k largest amounts over that of all, need
 * them in order of size (sample.h).  All sums are exact (exact_sum.h), hence
 * rows can come in any order and leave a moving frame without a residue.
 *
 * In a group the sum over pairs is computed at the end (concentration.h).
 * Done anew for every row of a window, that is O(frame) a row.  There the sum
 * over pairs follows the rows instead: when x comes to n others or leaves
 * them, of which m are smaller and add up to s, and all to t, it changes by
 *
 *	sum over the others of |x - a| = (t - s - (n - m) x) + (m x - s)
 *								   = t - 2 s + (2 m - n) x
 *
 * and the ranking knows m and s in O(log n + n / 200).
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#ifndef BUBBLE_CONCENTRATION_STATE_H
#define BUBBLE_CONCENTRATION_STATE_H

#include "foundation/aggregate_head.h"
#include "foundation/exact_sum.h"
#include "foundation/sample.h"

/* What follows the rows of a window. */
typedef struct ConcentrationSums
{
	ExactSum	total;
	ExactSum	distances;		/* of |a - b| over all pairs, only for gini */
} ConcentrationSums;

typedef struct ConcentrationState
{
	AggregateHead head;
	int64		k;				/* of top_share, 0 for gini */
	Sample		amounts;
	ConcentrationSums *sums;	/* in a window, otherwise NULL */
} ConcentrationState;

extern ConcentrationState *ConcentrationCreate(MemoryContext context, int64 k,
											   bool in_window);
extern void ConcentrationAdd(ConcentrationState *state, double amount);
extern void ConcentrationRemove(ConcentrationState *state, double amount);
extern double ConcentrationTotal(const ConcentrationState *state);
extern double ConcentrationDistances(const ConcentrationState *state);

#endif							/* BUBBLE_CONCENTRATION_STATE_H */
