/*
 * small_sum.h - exact sums that start small
 *
 * Kernel: no PostgreSQL in here.
 *
 * An ExactSum has room for every double, 576 bytes, and most sums use a tenth
 * of it: amounts of money differ by a factor of 10^12, not of 10^600.  Where
 * there are many groups that is what their memory is made of.  A SmallSum is
 * a window of ten chunks of an ExactSum, placed by the first term:
 *
 *	 chunk:                 [base] ... [base + 9]
 *	 of an ExactSum:  [0] ...                     ... [69]
 *
 * A first term whose lowest bit is in chunk base + 4 leaves room for terms
 * 2^128 times smaller, 2^96 times larger.  When one comes that does not fit,
 * or when carries would have to be moved, the sum becomes an ExactSum for
 * good, in memory that its owner provides.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#ifndef BUBBLE_SMALL_SUM_H
#define BUBBLE_SMALL_SUM_H

#include <math.h>

#include "foundation/exact_sum.h"

#define SMALL_SUM_CHUNKS 10

typedef struct SmallSum
{
	ExactSum   *wide;			/* instead of all that follows, or NULL */
	int64_t		terms;			/* added so far */
	int32_t		base;			/* the chunk of an ExactSum that is chunk[0] */
	int64_t		chunk[SMALL_SUM_CHUNKS];
} SmallSum;

/*
 * Memory for an ExactSum, which the owner of a SmallSum has to provide
 * (exact_sum_io.c).
 */
extern ExactSum *SmallSumRoom(void *owner);

extern void SmallSumInit(SmallSum *sum);
extern void SmallSumAdd(SmallSum *sum, double term, void *owner);
extern void SmallSumSet(SmallSum *sum, const ExactSum *value, void *owner);
extern void SmallSumMerge(SmallSum *sum, const SmallSum *other, void *owner);
extern void SmallSumAddTo(const SmallSum *sum, ExactSum *total);
extern double SmallSumRound(const SmallSum *sum);

/*
 * Add a * b without rounding (exact_sum.c).
 */
static inline void
SmallSumAddProduct(SmallSum *sum, double a, double b, void *owner)
{
	double		product = a * b;

	SmallSumAdd(sum, product, owner);
	SmallSumAdd(sum, fma(a, b, -product), owner);
}

#endif							/* BUBBLE_SMALL_SUM_H */
