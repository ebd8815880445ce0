/*
 * growth.h - the compound growth rate of a price, and how it varies
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
#include <stdint.h>

#include "foundation/compensated_sum.h"

/*
 * log(last / first).  A quotient that a double cannot hold is never formed.
 */
static inline double
LogGrowth(double first, double last)
{
	double		quotient = last / first;

	if (quotient > 0.5 && quotient < 2.0)
		return log1p((last - first) / first);
	if (quotient >= DBL_MIN && quotient <= DBL_MAX)
		return log(quotient);
	return log(last) - log(first);
}

/*
 * (last / first) ^ (1 / years) - 1, by logarithms so that small rates keep
 * their digits.
 */
static inline double
GrowthRate(double first, double last, double years)
{
	return expm1(LogGrowth(first, last) / years);
}

/*
 * Squared deviations of the logarithmic returns from their mean, which the
 * first and the last price tell.  Prices are above 0.
 */
static inline void
AddDeviations(CompensatedSum *squares, double mean, double before,
			  const double *price, int64_t rows)
{
	int64_t		i;

	for (i = 0; i < rows; i++)
	{
		double		deviation = LogGrowth(before, price[i]) - mean;

		CompensatedAdd(squares, deviation * deviation);
		before = price[i];
	}
}

/*
 * The standard deviation of so many returns, two at least, times the root of
 * how many there are a year.
 */
static inline double
YearlyVolatility(const CompensatedSum *squares, int64_t returns, double years)
{
	return sqrt(CompensatedTotal(squares) / (returns - 1) *
				(returns / years));
}

#endif							/* BUBBLE_DRAWDOWN_GROWTH_H */
