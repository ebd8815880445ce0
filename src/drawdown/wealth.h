/*
 * wealth.h - the curve of wealth that returns make
 *
 * Kernel: no PostgreSQL in here.
 *
 * Wealth is 1 one mean step before the first return, and has a row for each
 * time.  Returns at one time are compounded, since nobody knows in which order
 * they came.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#ifndef BUBBLE_WEALTH_H
#define BUBBLE_WEALTH_H

#include <stdbool.h>
#include <stdint.h>

typedef struct WealthCurve
{
	double	   *wealth;
	int64_t    *at;
	int64_t		row;			/* the last one */
} WealthCurve;

extern int64_t CountTimes(const int64_t *at, int64_t rows);
extern uint64_t MeanStep(int64_t first, int64_t last, int64_t times,
						 uint64_t day, bool whole_days);
extern void WealthFollow(WealthCurve *curve, const double *returns,
						 const int64_t *at, int64_t rows);

#endif							/* BUBBLE_WEALTH_H */
