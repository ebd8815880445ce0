/*
 * moments.h - mean and spread of values that come and go
 *
 * Kernel: no PostgreSQL in here.
 *
 * The naive way keeps the sums of x and of x^2 as doubles.  What has left a
 * moving frame then leaves a residue, and n sum(x^2) - sum(x)^2 cancels down
 * to noise when the mean is large and the spread is small.  Here both sums
 * are exact, and so is that difference: each sum is read out as a few
 * doubles that add up to it, and their products are added exactly.  Rounding
 * happens once, at the end.
 *
 * A square needs twice the range of exponents of its root.  So values are
 * kept apart by magnitude, and each magnitude counts in a unit in which no
 * square overflows or loses a bit:
 *
 *	  |x|    0 ........ 2^-340 ......... 2^340 ........ 2^1024
 *	          small             medium          large
 *	  kept as x * 2^680         x               x * 2^-680
 *
 * Sums start small (small_sum.h); the owner of the values provides room
 * where they need more.  Together the magnitudes are counted in the unit of
 * the largest one present.  What gets lost of the smaller ones is below
 * 2^-280 of the spread.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#ifndef BUBBLE_MOMENTS_H
#define BUBBLE_MOMENTS_H

#include <stdint.h>

#include "foundation/small_sum.h"

#define MAGNITUDES 3

/* The values of one magnitude. */
typedef struct Moments
{
	int64_t		count;
	SmallSum	sum;			/* of the values, in the magnitude's unit */
	SmallSum	squares;
} Moments;

/* Doubles enough to write out any ExactSum: 2098 bits, 53 in each. */
#define MAX_PIECES 40

/* What a standard score is measured with: count, mean and deviation. */
typedef struct StandardScale
{
	double		count;
	int			unit;			/* exponent of the unit of what follows */
	int			pieces;
	double		sum[MAX_PIECES];	/* add up to the sum of the values */
	double		deviation;		/* count times the sample standard deviation;
								 * 0 if the values do not differ */
} StandardScale;

extern int	MagnitudeOf(double x);
extern void MomentsInit(Moments *moments);
extern void MomentsAdd(Moments *moments, int magnitude, double x,
					   void *owner);
extern void MomentsRemove(Moments *moments, int magnitude, double x,
						  void *owner);
extern void StandardScaleInit(StandardScale *scale,
							  Moments *const moments[]);
extern double StandardScore(const StandardScale *scale, double x);

#endif							/* BUBBLE_MOMENTS_H */
