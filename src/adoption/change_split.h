/*
 * change_split.h - the one place at which the mean of a series changes most
 *
 * Kernel: no PostgreSQL in here.
 *
 * For each row i the series is cut after it, and F compares the squares that
 * remain around two means with those around one:
 *
 *	F(i) = (RSS0 - RSS1(i)) / (RSS1(i) / (n - 2))
 *
 * The statistic is the largest F.  Since i is chosen, F's own distribution
 * does not hold; p values are those of Hansen's response surface.  Sums are
 * carried on, so that all rows take one pass.
 *
 * References: D. W. K. Andrews, Tests for parameter instability and structural
 * change with unknown change point, Econometrica 61(4), 1993; B. E. Hansen,
 * Approximate asymptotic p values for structural-change tests, Journal of
 * Business & Economic Statistics 15(1), 1997.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#ifndef BUBBLE_ADOPTION_CHANGE_SPLIT_H
#define BUBBLE_ADOPTION_CHANGE_SPLIT_H

#include <stdbool.h>
#include <stdint.h>

typedef struct ChangeSplit
{
	int64_t		rows;			/* before the change */
	double		statistic;		/* infinite where nothing remains */
	double		p;
	double		before;			/* means */
	double		after;
} ChangeSplit;

extern bool ChangeSplitOf(const double *value, const int64_t *at,
						  int64_t count, double trim, ChangeSplit *split);
extern double ChangeP(double statistic, double trim);

#endif							/* BUBBLE_ADOPTION_CHANGE_SPLIT_H */
