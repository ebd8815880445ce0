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
#include <string.h>

/* 2098 bits of finite doubles, 64 for 2^64 terms, a sign: 68 and the parts */
#define EXACT_SUM_CHUNKS 70

#define EXACT_SUM_BITS 32
#define EXACT_SUM_MASK UINT64_C(0xffffffff)

/* Terms that can be added before carries must be moved. */
#define EXACT_SUM_TERMS (INT64_C(1) << 29)

typedef struct ExactSum
{
	int32_t		low;			/* lowest chunk that may be non-zero */
	int32_t		high;			/* highest one; below low while all are zero */
	int64_t		terms;			/* terms added since carries were moved */
	int64_t		chunk[EXACT_SUM_CHUNKS];
} ExactSum;

/* What a double adds to three neighbouring chunks. */
typedef struct ExactTerm
{
	int32_t		first;			/* chunk; below 0 if the double is 0 */
	int64_t		part[3];
} ExactTerm;

extern void ExactSumInit(ExactSum *sum);
extern void ExactSumAdd(ExactSum *sum, double term);
extern void ExactSumAddProduct(ExactSum *sum, double a, double b);
extern void ExactSumMergeTimes(ExactSum *sum, const ExactSum *other,
							   int factor);
extern void ExactSumCarry(ExactSum *sum);
extern double ExactSumRound(const ExactSum *sum);
extern void ExactSumDropChunks(ExactSum *sum, int chunks);

/*
 * A finite double as a term: its mantissa's lowest bit lies exponent - 1 bits
 * above that of chunk 0.
 */
static inline ExactTerm
ExactTermOf(double term)
{
	ExactTerm	result = {-1, {0, 0, 0}};
	uint64_t	bits;
	uint64_t	mantissa;
	uint64_t	upper;
	int			exponent;
	int			shift;
	int64_t		sign;

	memcpy(&bits, &term, sizeof(bits));
	mantissa = bits & UINT64_C(0x000fffffffffffff);
	exponent = (int) ((bits >> 52) & 0x7ff);
	sign = (bits >> 63) ? -1 : 1;
	if (exponent == 0)
	{
		if (mantissa == 0)
			return result;
		exponent = 1;			/* subnormal: no hidden bit */
	}
	else
		mantissa |= UINT64_C(1) << 52;
	result.first = (exponent - 1) / EXACT_SUM_BITS;
	shift = (exponent - 1) % EXACT_SUM_BITS;
	upper = mantissa >> (EXACT_SUM_BITS - shift);
	result.part[0] = sign * (int64_t) ((mantissa << shift) & EXACT_SUM_MASK);
	result.part[1] = sign * (int64_t) (upper & EXACT_SUM_MASK);
	result.part[2] = sign * (int64_t) (upper >> EXACT_SUM_BITS);
	return result;
}

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
