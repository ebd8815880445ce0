/*
 * adf_sweep.h - augmented Dickey-Fuller statistics of all windows
 *
 * Kernel: no PostgreSQL in here.
 *
 * The ADF statistic of a window of levels y is the t statistic of b in
 *
 *	 dy(t) = a + b y(t-1) + c1 dy(t-1) + ... + ck dy(t-k) + e(t)
 *
 * a may be left out, or a linear trend added (AdfTerms).
 *
 * The sup tests of Phillips, Shi and Yu need it for all O(n^2) windows.  The
 * naive way fits each of them anew, O(n^3) in all.  Differences of running
 * sums are O(1) a window, but lose digits twice: when the sums are far larger
 * than their difference, and, in an explosive window, when the residuals are
 * far smaller than the levels.
 *
 * Here, for every end of a window, the start moves back row by row, and each
 * row enters a triangular factorisation of the window's regressors by Givens
 * rotations without square roots:
 *
 *	  1  mean  mean  mean | mean		one line for each regressor: the
 *		  d1    r12   r13 | theta1		intercept, lagged changes, the level
 *				d2    r23 | theta2		last, and the dependent variable
 *					  d3  | theta3  <-	as column; below, the sum of squared
 *						  |  rss		residuals
 *
 * which is as accurate as a QR factorisation of the whole window, at O(k^2)
 * a window.  Since the level comes last, b = theta3 and se(b)^2 = rss / (rows
 * - k - 2) / d3 stand there without solving anything.  Statistics are
 * compared as t |t|, which spares the square root.
 *
 * The trend, if there is one, is a regressor before all others.  Without an
 * intercept there are no means to take.
 *
 * Several ends are swept side by side, one in each lane of a vector: at the
 * same step they have the same number of rows.  A sweep has two or four
 * vectors in turn, since a division takes longer than what else there is to
 * do for one of them; 1 / rows is looked up; and the statistic of a window is
 * divided by rss only if it can be the largest (adf_sweeps.h).  Sweeps are
 * compiled for vectors of two, four and eight doubles, and the widest of
 * those that the processor has are taken when the first series is swept.  All
 * of them give the same digits.
 *
 * A window has no statistic if its levels are constant, its regressors are
 * collinear or the fit is perfect as far as the digits of the levels tell; nor
 * if its levels are smaller than the largest of the series by more than 130
 * orders of magnitude, when their squares leave the range of doubles.
 *
 * References: W. M. Gentleman, Least squares computations by Givens
 * transformations without square roots, IMA J. Appl. Math. 12(3), 1973;
 * A. J. Miller, Algorithm AS 274, Applied Statistics 41(2), 1992;
 * P. C. B. Phillips, S. Shi, J. Yu, Testing for multiple bubbles,
 * International Economic Review 56(4), 2015.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#ifndef BUBBLE_ADF_SWEEP_H
#define BUBBLE_ADF_SWEEP_H

#include <stdbool.h>
#include <stdint.h>

#include "explosive/adf_series.h"

extern void AdfSweep(const AdfSeries *series, int lags, int64_t min_window,
					 int64_t end, double *backward, double *forward);

/* For tests: the vectors that sweeps are compiled for, by number from 0. */
extern const char *AdfVectors(int vectors);
extern bool AdfUseVectors(int vectors);

#endif							/* BUBBLE_ADF_SWEEP_H */
