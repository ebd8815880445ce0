/*
 * decay.c - amounts that lose half of their weight every half life
 *
 * Kernel: no PostgreSQL in here.  The method is described in decay.h.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "funding/decay.h"

#include <float.h>
#include <math.h>

/* Half lives of an era: bits of a chunk of an exact sum. */
#define ERA 32

/*
 * Terms are kept smaller by this power of two than they are as of the
 * beginning of their era, so that those at its end do not overflow, nor does
 * the sum of 2^32 of the largest.
 */
#define HEADROOM 64

/* The lowest bit of a double, and the bits of one. */
#define LOWEST_EXPONENT (DBL_MIN_EXP - DBL_MANT_DIG)
#define MANTISSA_BITS DBL_MANT_DIG

/* Rows older than this many half lives count for nothing in any case. */
#define FORGOTTEN 4096

/*
 * The whole half lives up to a time.
 */
static inline int64_t
half_lives(const DecayingSum *decaying, int64_t at)
{
	return at / decaying->half_life - (at % decaying->half_life < 0);
}

/*
 * The part of a half life by which a time is beyond a whole number of them.
 */
static inline double
rest(const DecayingSum *decaying, int64_t at)
{
	int64_t		beyond = at % decaying->half_life;

	if (beyond < 0)
		beyond += decaying->half_life;
	return (double) beyond / (double) decaying->half_life;
}

/*
 * value * 2^exponent without the bits that a double cannot have; value is
 * 0.5 to 2, so that its mantissa has one bit more.
 */
static double
scaled(double value, int64_t exponent)
{
	uint64_t	mantissa = (uint64_t) ldexp(value, MANTISSA_BITS);
	int64_t		lost = LOWEST_EXPONENT + MANTISSA_BITS - exponent;

	if (lost > MANTISSA_BITS + 1)
		return 0.0;
	if (lost > 0)
		mantissa = mantissa >> lost << lost;
	return ldexp((double) mantissa, (int) exponent - MANTISSA_BITS);
}

/*
 * What a row adds to the sum.
 */
static double
term(const DecayingSum *decaying, int64_t at, double amount)
{
	int64_t		count = half_lives(decaying, at);
	int			exponent;
	double		fraction = frexp(amount, &exponent);

	if (amount == 0.0 || count < decaying->era - FORGOTTEN)
		return 0.0;
	return scaled(fraction * exp2(rest(decaying, at)),
				  exponent + (count - decaying->era) - HEADROOM);
}

/*
 * An empty sum.
 */
void
DecayInit(DecayingSum *decaying, int64_t half_life)
{
	decaying->half_life = half_life;
	decaying->latest = INT64_MIN;
	decaying->era = INT64_MIN;
	ExactSumInit(&decaying->sum);
}

/*
 * Let time go on.
 */
void
DecayUntil(DecayingSum *decaying, int64_t latest)
{
	int64_t		count = half_lives(decaying, latest);
	uint64_t	eras;

	if (latest <= decaying->latest)
		return;
	decaying->latest = latest;
	eras = ((uint64_t) count - (uint64_t) decaying->era) / ERA;
	decaying->era = count - (count & (ERA - 1));
	if (eras > EXACT_SUM_CHUNKS)
		eras = EXACT_SUM_CHUNKS;
	if (eras > 0)
		ExactSumDropChunks(&decaying->sum, (int) eras);
}

/*
 * Add an amount not later than the current time.
 */
void
DecayAdd(DecayingSum *decaying, int64_t at, double amount)
{
	ExactSumAdd(&decaying->sum, term(decaying, at, amount));
}

void
DecayRemove(DecayingSum *decaying, int64_t at, double amount)
{
	ExactSumSubtract(&decaying->sum, term(decaying, at, amount));
}

/*
 * Add the rows of another sum, which stays as it is.
 */
void
DecayMerge(DecayingSum *decaying, const DecayingSum *other)
{
	DecayingSum aged = *other;

	DecayUntil(decaying, other->latest);
	DecayUntil(&aged, decaying->latest);
	ExactSumMerge(&decaying->sum, &aged.sum);
}

/*
 * The weighted sum as of the latest time, times a factor; infinite when it
 * overflows.
 */
double
DecayTotal(const DecayingSum *decaying, double factor)
{
	int64_t		age = half_lives(decaying, decaying->latest) - decaying->era;
	double		weight = exp2(-rest(decaying, decaying->latest)) * factor;
	double		total = ExactSumRound(&decaying->sum);
	int			exponent = 0;

	total = frexp(total, &exponent);
	return ldexp(total * weight, exponent + HEADROOM - (int) age);
}
