/*
 * decay.h - amounts that lose half of their weight every half life
 *
 * Kernel: no PostgreSQL in here.
 *
 * The weighted sum is that of amount * 2^(-age / half_life), where the age is
 * the time from a row to the latest one.  The naive way multiplies a running
 * sum by a factor for every row and subtracts what leaves a moving frame: it
 * drifts, it depends on the order of the rows, and a large amount that left
 * takes the digits of the small ones with it.
 *
 * Here time is counted in half lives from a fixed origin.  The weight of a
 * row at time k + r, k whole half lives and a rest below one, is
 *
 *	2^(k + r - latest) = 2^r * 2^k * 2^(-latest)
 *
 * The first factor is rounded into the amount, once.  The second is a power
 * of two, exact.  The third is the same for all rows: it is left out of the
 * sum and applied at the end.  So a row's term never changes while time goes
 * on, and terms go into an exact sum (exact_sum.h), in any order, and out of
 * it without a residue.
 *
 * The powers of two grow without bound.  Half lives are counted in eras of
 * 32, so that a new era is the sum's chunks moved down by one:
 *
 *	 era n		chunk:	[0] [1] [2] ...
 *	 era n + 1		[lost] [0] [1] ...
 *
 * Each term loses its own bits below chunk 0, as if it had been added without
 * them: what counts of a row depends on the era of the latest row only, not
 * on the way there.  Lost is what is below 2^-1010 of the amounts' unit, or
 * 1e-304.  (Beyond 2^29 terms the sum moves its carries, and what is lost
 * afterwards may differ by as much.)
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#ifndef BUBBLE_FUNDING_DECAY_H
#define BUBBLE_FUNDING_DECAY_H

#include "foundation/exact_sum.h"

typedef struct DecayingSum
{
	int64_t		half_life;		/* positive, in the unit of all times */
	int64_t		latest;			/* no row is later */
	int64_t		era;			/* first half life of latest's era */
	ExactSum	sum;			/* weighted as of that one */
} DecayingSum;

extern void DecayInit(DecayingSum *decaying, int64_t half_life);
extern void DecayUntil(DecayingSum *decaying, int64_t latest);
extern void DecayAdd(DecayingSum *decaying, int64_t at, double amount);
extern void DecayRemove(DecayingSum *decaying, int64_t at, double amount);
extern void DecayMerge(DecayingSum *decaying, const DecayingSum *other);
extern double DecayTotal(const DecayingSum *decaying, double factor);

#endif							/* BUBBLE_FUNDING_DECAY_H */
