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

#include <gsl/gsl_cdf.h>

#include "explosive/adf_sweep.h"
#include "explosive/surface.h"

/* Factors of a term: sizes of the product a(i) b(j), by j. */
static const int factors_of[] = {7, 7, 5, 5};

const double SurfaceLevel[SURFACE_LEVELS] = {
	0.01, 0.025, 0.05, 0.10, 0.20, 0.30, 0.40, 0.50, 0.60, 0.70, 0.80, 0.85,
	0.90, 0.925, 0.95, 0.975, 0.99, 0.995, 0.999
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
 * the default of the series' length to twice as much, and a series no longer
 * than the longest of them has a single window at least.
 */
bool
SurfaceCovers(int64_t length, int64_t min_window, int lags)
{
	if (lags < 0 || lags > SURFACE_MOST_LAGS ||
		length < min_window || length > SURFACE_MOST_LENGTH ||
		min_window < SurfaceLeastWindow(lags))
		return false;
	if (length == min_window)
		return true;
	return min_window <= SURFACE_MOST_WINDOW &&
		AdfDefaultWindow(length) <= 2 * min_window;
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
	const double a[] = {1.0, h, h * h, h * h * h, l, l * l, h * l};
	const double b[] = {1.0, 1.0 / f, 1.0 / (f * sqrt(f)), 1.0 / (f * f)};
	int			i;
	int			j;

	for (j = 0; j < 4; j++)
		for (i = 0; i < factors_of[j]; i++)
			*term++ = a[i] * b[j];
}

/*
 * The quantiles at all levels, SURFACE_LEVELS of them, ascending.
 */
void
SurfaceQuantiles(SupStatistic statistic, int64_t length, int64_t min_window,
				 int lags, double *quantile)
{
	double		term[SURFACE_TERMS];
	int			level;
	int			i;

	SurfaceTerms(length, min_window, lags, term);
	for (level = 0; level < SURFACE_LEVELS; level++)
	{
		const double *c = SurfaceCoefficient[lags][statistic][level];

		quantile[level] = 0.0;
		for (i = 0; i < SURFACE_TERMS; i++)
			quantile[level] += c[i] * term[i];
		/* Smoothed one by one they could cross by a hair. */
		if (level > 0)
			quantile[level] = fmax(quantile[level], quantile[level - 1]);
	}
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

	return quantile[place] + share * (quantile[place + 1] - quantile[place]);
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
