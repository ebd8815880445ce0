/*
 * adf_forward.h - ADF statistics of the windows from the first level on
 *
 * Kernel: no PostgreSQL in here.
 *
 * The windows that start at the first level are one window that grows: each
 * row enters the factorisation (adf_sweep.h) once, in the order of time, and
 * the statistics of all of them cost what that of the longest costs.
 *
 * The number of lags is chosen on the whole sample, on the rows that the most
 * lags leave, so that all candidates explain the same rows.  One pass does
 * for all of them: with the level first and the lagged changes after it, the
 * residuals of the regression with k lags are
 *
 *	 rss(k) = rss + sum of d theta^2 over the columns of the lags after k
 *
 * and the criterion is m ln(rss(k) / m) + c (k + 2) of m rows, where c is 2
 * (AIC) or ln m (BIC).  Other units add the same to all of them.  Residuals
 * that are nothing but rounding count as equal, so that a perfect fit takes
 * no more lags than it needs.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#ifndef BUBBLE_ADF_FORWARD_H
#define BUBBLE_ADF_FORWARD_H

#include "explosive/adf_series.h"

typedef enum LagCriterion
{
	LAGS_BY_AIC,
	LAGS_BY_BIC
} LagCriterion;

extern void AdfForward(const AdfSeries *series, int lags, int64_t min_window,
					   double *forward);
extern int	AdfChooseLags(const AdfSeries *series, int max_lags,
						  LagCriterion criterion);

#endif							/* BUBBLE_ADF_FORWARD_H */
