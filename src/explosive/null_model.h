/*
 * null_model.h - series without a bubble, from the shocks of a sample
 *
 * Kernel: no PostgreSQL in here.
 *
 *	random walk		y*(t) = y*(t-1) + w(t)
 *	harvey			y*(t) = y*(t-1) + w(t) dy(t)
 *	phillips_shi	dy*(t) = c1 dy*(t-1) + ... + ck dy*(t-k) + w(t) e(l), with
 *					c and e from a regression of dy on a constant and k of its
 *					lags, and l drawn from all rows
 *
 * with w(t) from N(0,1), drawn anew for every time.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#ifndef BUBBLE_NULL_MODEL_H
#define BUBBLE_NULL_MODEL_H

#include <stdint.h>

#include <gsl/gsl_rng.h>

/*
 * Shocks of the sample, one for each of "count" times, and the regression
 * they come from, which has no coefficients with the method harvey.
 */
typedef struct NullModel
{
	int64_t		count;
	const double *shock;
	int			lags;
	const double *coefficient;	/* of the lagged changes */
	const double *change;		/* of the first lags times */
	int64_t		length;			/* of a series to be made */
} NullModel;

extern void NullShocks(const double *change, int64_t count, int lags,
					   const double *beta, double *shock);
extern void RandomWalk(const NullModel *model, gsl_rng *generator,
					   double *level);
extern void HarveySeries(const NullModel *model, gsl_rng *generator,
						 double *level);
extern void PhillipsShiSeries(const NullModel *model, gsl_rng *generator,
							  double *level);

#endif							/* BUBBLE_NULL_MODEL_H */
