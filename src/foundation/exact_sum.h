/*
 * exact_sum.h - sums of doubles without any rounding
 *
 * Kernel: no PostgreSQL in here.
 *
 * Floating-point addition rounds at every step, so that a sum depends on the
 * order of its terms and subtracting a term again leaves a residue.  An
 * ExactSum is a fixed-point number wide enough for every double: an array of
 * chunks of 32 bits, each held in 64 so that carries can wait.  It gives
 *
 *	- the same answer for any order, any parallel plan, any partial states,
 *	- exact removal: what slides out of a moving frame is gone to the bit,
 *	- the correctly rounded sum at the end.
 *
 *	 value = sum over i of chunk[i] * 2^(32 i - 1074)
 *
 *	 chunk:   [0] [1] ... [low] ... [high] ... [69]
 *	          zeros       the chunks in use     zeros
 *
 * A double touches three neighbouring chunks with parts below 2^32, so 2^29
 * terms can be added, and two such sums merged, before the carries have to
 * be moved up.
 *
 * Reference: R. M. Neal, Fast exact summation using small and large
 * superaccumulators, 2015 (arXiv 1505.05571), for the idea.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#ifndef BUBBLE_EXACT_SUM_H
#define BUBBLE_EXACT_SUM_H

#include <stdint.h>

/* 2098 bits of finite doubles, 64 for 2^64 terms, a sign: 68 and the parts */
#define EXACT_SUM_CHUNKS 70

/* Terms that can be added before carries must be moved. */
#define EXACT_SUM_TERMS (INT64_C(1) << 29)

typedef struct ExactSum
{
	int32_t		low;			/* lowest chunk that may be non-zero */
	int32_t		high;			/* highest one; below low while all are zero */
	int64_t		terms;			/* terms added since carries were moved */
	int64_t		chunk[EXACT_SUM_CHUNKS];
} ExactSum;

extern void ExactSumInit(ExactSum *sum);
extern void ExactSumAdd(ExactSum *sum, double term);
extern void ExactSumAddProduct(ExactSum *sum, double a, double b);
extern void ExactSumMergeTimes(ExactSum *sum, const ExactSum *other,
							   int factor);
extern void ExactSumCarry(ExactSum *sum);
extern double ExactSumRound(const ExactSum *sum);
extern void ExactSumDropChunks(ExactSum *sum, int chunks);

static inline void
ExactSumSubtract(ExactSum *sum, double term)
{
	ExactSumAdd(sum, -term);
}

/*
 * Add another sum, which stays as it is.
 */
static inline void
ExactSumMerge(ExactSum *sum, const ExactSum *other)
{
	ExactSumMergeTimes(sum, other, 1);
}

#endif							/* BUBBLE_EXACT_SUM_H */
