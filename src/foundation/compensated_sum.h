/*
 * compensated_sum.h - sums whose error does not grow with their length
 *
 * Kernel: no PostgreSQL in here.
 *
 * The rounding error of every addition is itself a double.  It is kept aside
 * and added at the end, which makes the result as good as if the sum had
 * been carried in twice the precision.
 *
 * Reference: Neumaier, Rundungsfehleranalyse einiger Verfahren zur Summation
 * endlicher Summen, ZAMM 54, 1974.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#ifndef BUBBLE_COMPENSATED_SUM_H
#define BUBBLE_COMPENSATED_SUM_H

#include <math.h>

/*
 * Starts with all bytes zero.
 */
typedef struct CompensatedSum
{
	double		rounded;
	double		lost;			/* what rounding took from it */
} CompensatedSum;

static inline void
CompensatedAdd(CompensatedSum *sum, double value)
{
	double		rounded = sum->rounded + value;

	if (fabs(sum->rounded) >= fabs(value))
		sum->lost += (sum->rounded - rounded) + value;
	else
		sum->lost += (value - rounded) + sum->rounded;
	sum->rounded = rounded;
}

static inline double
CompensatedTotal(const CompensatedSum *sum)
{
	return sum->rounded + sum->lost;
}

#endif							/* BUBBLE_COMPENSATED_SUM_H */
