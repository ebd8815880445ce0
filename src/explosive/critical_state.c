/*
 * critical_state.c - critical values from the response surface
 *
 * What is known is described in critical_state.h.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "postgres.h"

#include <math.h>

#include "miscadmin.h"

#include "explosive/critical_state.h"

/*
 * The quantiles of the first n observations of a sample, SURFACE_LEVELS of
 * them; false where the surface does not know them.  It was made for
 * regressions with a constant.
 */
bool
SupQuantiles(SupStatistic statistic, const AdfSample *sample,
			 int64 observations, int64 min_window, double *quantile)
{
	if (sample->series.terms != ADF_CONSTANT ||
		!SurfaceCovers(observations, min_window, sample->lags))
		return false;
	SurfaceQuantiles(statistic, observations, min_window, sample->lags,
					 quantile);
	return true;
}

/*
 * The critical values of the BSADF path: of each row, after Phillips, Shi and
 * Yu, that of the SADF statistic of the observations up to it.  Fewer
 * observations than the sample's have a shorter default window, so that the
 * first rows, with hardly a window to choose from, are not dated too easily.
 * NULL if the surface does not cover the sample.
 */
double *
SurfacePath(const AdfSample *sample, double level)
{
	double		quantile[SURFACE_LEVELS];
	double	   *critical;
	int64		i;

	if (!SupQuantiles(SUP_SADF, sample, sample->series.length,
					  sample->min_window, quantile))
		return NULL;
	critical = palloc(sample->ends * sizeof(double));
	for (i = 0; i < sample->ends; i++)
	{
		const int64 observations = sample->min_window + i;
		const int64 window = Min(sample->min_window,
								 AdfDefaultWindow(observations));

		CHECK_FOR_INTERRUPTS();
		critical[i] = NAN;
		if (SupQuantiles(SUP_SADF, sample, observations,
						 Max(window, SurfaceLeastWindow(sample->lags)),
						 quantile))
			critical[i] = SurfaceCriticalValue(quantile, level);
	}
	return critical;
}
