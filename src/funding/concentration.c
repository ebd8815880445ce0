/*
 * concentration.c - how concentrated the money is
 *
 * Kernel: no PostgreSQL in here.  The method is described in concentration.h.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "funding/concentration.h"

#include <math.h>

/*
 * The sum of squares over the squared sum, which is not 0, both scaled by a
 * power of two so that the square cannot leave the range.  Rounding alone
 * could pass 1.
 */
double
HerfindahlIndex(double total, double squares)
{
	int			exponent;
	double		fraction = frexp(total, &exponent);

	return fmin(ldexp(squares, -2 * exponent) / (fraction * fraction), 1.0);
}

/*
 * What the amounts at places from .. to - 1, of "count" in ascending order,
 * add to the sum of |a - b| over all pairs.  No product overflows if their
 * number times their sum is in range, and none can lose a bit: a weight is an
 * integer.
 */
void
AddPairDistances(ExactSum *distances, const double *ascending, int64_t from,
				 int64_t to, int64_t count)
{
	int64_t		i;

	for (i = from; i < to; i++)
		ExactSumAddProduct(distances, ascending[i],
						   (double) (2 * i + 1 - count));
}
