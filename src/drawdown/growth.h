/*
 * growth.h - the compound growth rate of a price
 *
 * Kernel: no PostgreSQL in here.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#ifndef BUBBLE_DRAWDOWN_GROWTH_H
#define BUBBLE_DRAWDOWN_GROWTH_H

#include <float.h>
#include <math.h>

/*
 * (last / first) ^ (1 / years) - 1, by logarithms so that small rates keep
 * their digits.  A quotient that a double cannot hold is never formed.
 */
static inline double
GrowthRate(double first, double last, double years)
{
	double		quotient = last / first;
	double		growth;

	if (quotient > 0.5 && quotient < 2.0)
		growth = log1p((last - first) / first);
	else if (quotient >= DBL_MIN && quotient <= DBL_MAX)
		growth = log(quotient);
	else
		growth = log(last) - log(first);
	return expm1(growth / years);
}

#endif							/* BUBBLE_DRAWDOWN_GROWTH_H */
