/*
 * concentration.h - how concentrated the money is
 *
 * Kernel: no PostgreSQL in here.
 *
 * herfindahl	sum of a^2 / (sum of a)^2, the sum of squared shares
 * gini			sum of |a - b| over all pairs / (n sum of a); no correction
 *				for small samples, so that one of n who has all gives
 *				1 - 1 / n
 *
 * From ascending amounts, in which a(i) is the larger one of i - 1 pairs and
 * the smaller one of n - i,
 *
 *	sum of |a - b| = sum over i of (2 i - n - 1) a(i)
 *
 * References: C. Gini, Variabilita e mutabilita, 1912; A. O. Hirschman, The
 * paternity of an index, American Economic Review 54(5), 1964.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#ifndef BUBBLE_CONCENTRATION_H
#define BUBBLE_CONCENTRATION_H

#include "foundation/exact_sum.h"

extern double HerfindahlIndex(double total, double squares);
extern void AddPairDistances(ExactSum *distances, const double *ascending,
							 int64_t from, int64_t to, int64_t count);

#endif							/* BUBBLE_CONCENTRATION_H */
