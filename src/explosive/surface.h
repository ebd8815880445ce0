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
 *	 a = 1, h, h^2, h^3, h^4, L, L^2, h L
 *										h = sqrt(1 - m / n), L = ln(n / m):
 *										how many windows there are to choose
 *										from
 *	 b = 1, f^-0.5, f^-1, f^-1.5, f^-2, f^-3
 *										f = m - 2 k - 3: degrees of freedom
 *										of the shortest window
 *
 * Powers of f^-0.5, since the largest of many steps falls short of the largest
 * of the path that they approach by the root of their length.  Lags affect
 * neither the limit of long windows nor that: the coefficients of the first
 * two b are the same for all k.  Those of the last are 0 without lags.
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

#define SURFACE_MOST_LAGS 12
#define SURFACE_MOST_LENGTH 50000
#define SURFACE_MOST_WINDOW SURFACE_MOST_LENGTH
#define SURFACE_LEVELS 20

/* Terms whose coefficients are the same for all k, and the others. */
#define SURFACE_LIMIT_TERMS 16
#define SURFACE_LAG_TERMS 32
#define SURFACE_TERMS (SURFACE_LIMIT_TERMS + SURFACE_LAG_TERMS)

/* Lowest and highest level that quantiles are known for. */
#define SURFACE_LOWEST_LEVEL 0.01
#define SURFACE_HIGHEST_LEVEL 0.999

/* p values outside this range are not told apart. */
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
extern const double SurfaceLimit[SUP_STATISTICS][SURFACE_LIMIT_TERMS]
	[SURFACE_LEVELS];
extern const double SurfaceCoefficient[SURFACE_MOST_LAGS + 1][SUP_STATISTICS]
	[SURFACE_LAG_TERMS][SURFACE_LEVELS];

extern int64_t SurfaceLeastWindow(int lags);
extern bool SurfaceCovers(int64_t length, int64_t min_window, int lags);
extern void SurfaceTerms(int64_t length, int64_t min_window, int lags,
						 double *term);
extern void SurfaceQuantiles(SupStatistic statistic, int64_t length,
							 int64_t min_window, int lags, double *quantile);
extern double SurfaceCriticalValue(const double *quantile, double level);
extern double SurfacePValue(const double *quantile, double statistic);

#endif							/* BUBBLE_SURFACE_H */
