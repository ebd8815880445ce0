/*
 * concentration_state.h - amounts ranked by size: on how few the money falls
 *
 * gini			sum of |a - b| over all pairs / (n sum of a); no correction
 *				for small samples, so that one of n who has all gives
 *				1 - 1 / n
 * top_share	sum of the k largest a / sum of a
 *
 * All sums are exact (exact_sum.h), hence rows can come in any order and
 * leave a moving frame without a residue.
 *
 * Both need the amounts in order of size (sample.h).  In a group gini is
 * computed at the end, from ascending amounts, in which a(i) is the larger
 * one of i - 1 pairs and the smaller one of n - i:
 *
 *	sum of |a - b| = sum over i of (2 i - n - 1) a(i)
 *
 * Done anew for every row of a window, that is O(frame) a row.  There the sum
 * over pairs follows the rows instead: when x comes to n others or leaves
 * them, of which m are smaller and add up to s, and all to t, it changes by
 *
 *	sum over the others of |x - a| = (t - s - (n - m) x) + (m x - s)
 *								   = t - 2 s + (2 m - n) x
 *
 * and the ranking knows m and s in O(log n + n / 200).
 *
 * Reference: C. Gini, Variabilita e mutabilita, 1912.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#ifndef BUBBLE_FUNDING_CONCENTRATION_H
#define BUBBLE_FUNDING_CONCENTRATION_H

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

#endif							/* BUBBLE_FUNDING_CONCENTRATION_H */
