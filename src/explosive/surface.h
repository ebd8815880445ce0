/*
 * surface.h - critical values of the sup tests without simulating them
 *
 * Kernel: no PostgreSQL in here.
 *
 * The quantiles of the ADF, SADF, BSADF and GSADF statistics of a random walk
 * depend on the length n of the series, the minimum window m and the number
 * of lags k.  They were simulated on a grid of n and m (test/ref/explosive)
 * and for each k and each of the levels below smoothed by least squares into
 *
 *	 quantile(n, m) = sum over i, j of c(i, j) a(i) b(j)
 *
 *	 a = 1, h, h^2, h^3, L, L^2, h L	h = sqrt(1 - m / n), L = ln(n / m):
 *										how many windows there are to choose
 *										from
 *	 b = 1, 1 / f, f^-1.5, f^-2			f = m - 2 k - 3: degrees of freedom
 *										of the shortest window
 *
 * At n = m there is one window, whose statistic is the ADF of the series.
 * Between levels quantiles are interpolated over the normal scores of the
 * levels.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#ifndef BUBBLE_SURFACE_H
#define BUBBLE_SURFACE_H

#include <stdbool.h>
#include <stdint.h>

#define SURFACE_MOST_LAGS 4
#define SURFACE_LEAST_LENGTH 20
#define SURFACE_MOST_LENGTH 5000
#define SURFACE_MOST_WINDOW 354
#define SURFACE_LEVELS 19
#define SURFACE_TERMS 24

/* Lowest and highest level that quantiles are known for. */
#define SURFACE_LOWEST_LEVEL 0.01
#define SURFACE_HIGHEST_LEVEL 0.999

/* p values are given no more exactly than that. */
#define SURFACE_SMALLEST_P 0.001
#define SURFACE_LARGEST_P 0.99

typedef enum SupStatistic
{
	SUP_BSADF,
	SUP_GSADF,
	SUP_SADF
} SupStatistic;

#define SUP_STATISTICS 3

extern const double SurfaceLevel[SURFACE_LEVELS];
extern const double SurfaceCoefficient[SURFACE_MOST_LAGS + 1][SUP_STATISTICS]
	[SURFACE_LEVELS][SURFACE_TERMS];

extern int64_t SurfaceLeastWindow(int lags);
extern bool SurfaceCovers(int64_t length, int64_t min_window, int lags);
extern void SurfaceTerms(int64_t length, int64_t min_window, int lags,
						 double *term);
extern void SurfaceQuantiles(SupStatistic statistic, int64_t length,
							 int64_t min_window, int lags, double *quantile);
extern double SurfaceCriticalValue(const double *quantile, double level);
extern double SurfacePValue(const double *quantile, double statistic);

#endif							/* BUBBLE_SURFACE_H */
