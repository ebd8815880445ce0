/*
 * null_state.h - series without a bubble, from the shocks of a sample
 *
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
#ifndef BUBBLE_EXPLOSIVE_NULL_STATE_H
#define BUBBLE_EXPLOSIVE_NULL_STATE_H

#include <gsl/gsl_rng.h>

#include "series/stored_series.h"

/*
 * Shocks of the sample, one for each of "count" times, and the regression
 * they come from, which has no coefficients with the method harvey.
 */
typedef struct NullModel
{
	int64		count;
	const double *shock;
	int			lags;
	const double *coefficient;	/* of the lagged changes */
	const double *change;		/* of the first lags times */
	int64		length;			/* of a series to be made */
} NullModel;

extern NullModel HarveyModel(const SeriesView *view);
extern NullModel PhillipsShiModel(const SeriesView *view, int lags,
								  int64 length);
extern void HarveySeries(void *of, gsl_rng *generator, double *level);
extern void PhillipsShiSeries(void *of, gsl_rng *generator, double *level);

#endif							/* BUBBLE_EXPLOSIVE_NULL_STATE_H */
