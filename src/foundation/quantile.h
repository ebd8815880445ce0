/*
 * quantile.h - a quantile between two neighbours
 *
 * Kernel: no PostgreSQL in here.
 *
 * Of n values in ascending order the quantile at a level is the one at place
 * (n - 1) level, counted from 0, and between two places lies in between, as in
 * percentile_cont().  Equal neighbours give exactly their value.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#ifndef BUBBLE_QUANTILE_H
#define BUBBLE_QUANTILE_H

#include <stdint.h>

static inline double
Between(double lower, double upper, double share)
{
	return lower + share * (upper - lower);
}

static inline double
Quantile(const double *sorted, int64_t count, double level)
{
	const double place = level * (count - 1);
	const int64_t below = (int64_t) place;

	if (below >= count - 1)
		return sorted[count - 1];
	return Between(sorted[below], sorted[below + 1], place - below);
}

#endif							/* BUBBLE_QUANTILE_H */
