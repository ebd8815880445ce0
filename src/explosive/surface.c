/*
 * surface.c - critical values of the sup tests without simulating them
 *
 * Kernel: no PostgreSQL in here.
 *
 * The method is described in surface.h.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include <math.h>
#include <string.h>

#include <gsl/gsl_cdf.h>

#include "explosive/adf_series.h"
#include "explosive/surface.h"
#include "foundation/quantile.h"

/*
 * Levels computed side by side: as many as every machine can, and a divisor of
 * SURFACE_LEVELS.
 */
#define LANES 2

typedef double Lanes __attribute__((vector_size(LANES * sizeof(double))));

const double SurfaceLevel[SURFACE_LEVELS] = {
	0.01, 0.025, 0.05, 0.10, 0.20, 0.30, 0.40, 0.50, 0.60, 0.70, 0.80, 0.85,
	0.90, 0.925, 0.95, 0.975, 0.99, 0.995, 0.9975, 0.999
};

/*
 * The shortest minimum window: it has five degrees of freedom.
 */
int64_t
SurfaceLeastWindow(int lags)
{
	return 2 * lags + 8;
}

/*
 * Is the case within what was simulated?  Minimum windows may be from half of
 * the default of the series' length on.
 */
bool
SurfaceCovers(int64_t length, int64_t min_window, int lags)
{
	if (lags < 0 || lags > SURFACE_MOST_LAGS ||
		length < min_window || length > SURFACE_MOST_LENGTH ||
		min_window < SurfaceLeastWindow(lags))
		return false;
	return AdfDefaultWindow(length) <= 2 * min_window;
}

/*
 * The terms of the regression, SURFACE_TERMS of them.
 */
void
SurfaceTerms(int64_t length, int64_t min_window, int lags, double *term)
{
	const double f = (double) min_window - 2 * lags - 3;
	const double h = sqrt(1.0 - (double) min_window / (double) length);
	const double l = log((double) length / (double) min_window);
	const double a[] = {1.0, h, h * h, h * h * h, h * h * h * h, l, l * l,
	h * l};
	const double s = 1.0 / sqrt(f);
	const double b[] = {1.0, s, s * s, s * s * s, s * s * s * s,
	s * s * s * s * s * s};
	int			i;

	for (i = 0; i < SURFACE_TERMS; i++)
		term[i] = a[i % 8] * b[i / 8];
}

/*
 * Add coefficients times terms to the quantiles, all of which stay in
 * registers.
 */
static void
add_terms(const double coefficient[][SURFACE_LEVELS], const double *term,
		  int terms, Lanes *sum)
{
	Lanes		local[SURFACE_LEVELS / LANES];
	Lanes		c;
	int			i;
	int			j;

	memcpy(local, sum, sizeof(local));
	for (i = 0; i < terms; i++)
#pragma GCC unroll 10
		for (j = 0; j < SURFACE_LEVELS / LANES; j++)
		{
			memcpy(&c, &coefficient[i][j * LANES], sizeof(c));
			local[j] += c * term[i];
		}
	memcpy(sum, local, sizeof(local));
}

/*
 * The quantiles at all levels, SURFACE_LEVELS of them, ascending.
 */
void
SurfaceQuantiles(SupStatistic statistic, int64_t length, int64_t min_window,
				 int lags, double *quantile)
{
	double		term[SURFACE_TERMS];
	Lanes		sum[SURFACE_LEVELS / LANES] = {{0.0}};
	int			level;

	SurfaceTerms(length, min_window, lags, term);
	add_terms(SurfaceLimit[statistic], term, SURFACE_LIMIT_TERMS, sum);
	add_terms(SurfaceCoefficient[lags][statistic],
			  term + SURFACE_LIMIT_TERMS, SURFACE_LAG_TERMS, sum);
	memcpy(quantile, sum, sizeof(sum));
	/* Smoothed one by one they could cross by a hair. */
	for (level = 1; level < SURFACE_LEVELS; level++)
		quantile[level] = fmax(quantile[level], quantile[level - 1]);
}

/*
 * The last of ascending numbers that is not above x, but not the very last.
 */
static int
place_of(const double *number, int count, double x)
{
	int			place = 0;

	while (place < count - 2 && number[place + 1] <= x)
		place++;
	return place;
}

/*
 * The quantile at a level from SURFACE_LOWEST_LEVEL to SURFACE_HIGHEST_LEVEL.
 */
double
SurfaceCriticalValue(const double *quantile, double level)
{
	const int	place = place_of(SurfaceLevel, SURFACE_LEVELS, level);
	const double from = gsl_cdf_ugaussian_Pinv(SurfaceLevel[place]);
	const double to = gsl_cdf_ugaussian_Pinv(SurfaceLevel[place + 1]);
	const double share = (gsl_cdf_ugaussian_Pinv(level) - from) / (to - from);

	return Between(quantile[place], quantile[place + 1], share);
}

/*
 * The share of random walks whose statistic is larger, as far as the
 * levels tell.
 */
double
SurfacePValue(const double *quantile, double statistic)
{
	const int	place = place_of(quantile, SURFACE_LEVELS, statistic);
	const double from = gsl_cdf_ugaussian_Pinv(SurfaceLevel[place]);
	const double to = gsl_cdf_ugaussian_Pinv(SurfaceLevel[place + 1]);
	const double step = quantile[place + 1] - quantile[place];
	double		share;

	if (statistic <= quantile[0])
		return SURFACE_LARGEST_P;
	if (statistic >= quantile[SURFACE_LEVELS - 1])
		return SURFACE_SMALLEST_P;
	share = (statistic - quantile[place]) / step;
	return gsl_cdf_ugaussian_Q(from + share * (to - from));
}
