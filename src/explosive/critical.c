/*
 * critical.c - critical values of the sup tests from the response surface
 *
 * What is known is described in critical.h.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "postgres.h"

#include <math.h>

#include "miscadmin.h"

#include "explosive/critical.h"
#include "foundation/arguments.h"

PG_FUNCTION_INFO_V1(bubble_sadf_critical_value);
PG_FUNCTION_INFO_V1(bubble_gsadf_critical_value);

/*
 * The quantiles of the first so many observations of a sample, SURFACE_LEVELS
 * of them; false where the surface does not know them.  It was made for
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

double
CheckLevel(double level)
{
	if (!(level >= SURFACE_LOWEST_LEVEL && level <= SURFACE_HIGHEST_LEVEL))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("level must be between %g and %g",
						SURFACE_LOWEST_LEVEL, SURFACE_HIGHEST_LEVEL),
				 errdetail("The level is %g.", level),
				 errhint("Critical values at the usual significance of 5 "
						 "percent have a level of 0.95.")));
	return level;
}

static void
check_not_null(FunctionCallInfo fcinfo, int argno, const char *name)
{
	if (PG_ARGISNULL(argno))
		NullParameterError(name);
}

static int
lags_arg(FunctionCallInfo fcinfo, int argno)
{
	int64		lags;

	check_not_null(fcinfo, argno, "lags");
	lags = CountArg(fcinfo, argno);
	if (lags < 0 || lags > SURFACE_MOST_LAGS)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("lags must be from 0 to %d", SURFACE_MOST_LAGS),
				 errdetail("The lags are " INT64_FORMAT ", for which no "
						   "critical values are known.", lags),
				 errhint("Simulate them with explosive_simulate(observations, "
						 "min_window, lags, replications, seed).")));
	return (int) lags;
}

/*
 * A window that is off for any number of observations.
 */
static int64
window_arg(FunctionCallInfo fcinfo, int argno, int lags)
{
	const int64 least = SurfaceLeastWindow(lags);
	int64		min_window = CountArg(fcinfo, argno);

	if (min_window < least || min_window > SURFACE_MOST_WINDOW)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("min_window must be from " INT64_FORMAT " to %d with "
						"%d lags", least, SURFACE_MOST_WINDOW, lags),
				 errdetail("The min_window is " INT64_FORMAT ", for which no "
						   "critical values are known.", min_window),
				 errhint("Simulate them with explosive_simulate(observations, "
						 "min_window, lags, replications, seed).")));
	return min_window;
}

static int64
observations_arg(FunctionCallInfo fcinfo, int argno)
{
	int64		observations;

	check_not_null(fcinfo, argno, "observations");
	observations = CountArg(fcinfo, argno);
	if (observations < 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("observations must not be negative"),
				 errdetail("The number of observations is " INT64_FORMAT ".",
						   observations),
				 errhint("Use a count of rows, such as count(*).")));
	return observations;
}

/*
 * (observations, level, min_window, lags): min_window NULL is the default.
 * NULL for observations that are too few or too many.
 */
static Datum
critical_value(FunctionCallInfo fcinfo, SupStatistic statistic)
{
	double		quantile[SURFACE_LEVELS];
	int64		observations = observations_arg(fcinfo, 0);
	int64		min_window;
	double		level;
	int			lags;

	check_not_null(fcinfo, 1, "level");
	level = CheckLevel(PG_GETARG_FLOAT8(1));
	lags = lags_arg(fcinfo, 3);
	min_window = PG_ARGISNULL(2) ? AdfDefaultWindow(observations) :
		window_arg(fcinfo, 2, lags);
	if (!SurfaceCovers(observations, min_window, lags))
		PG_RETURN_NULL();
	SurfaceQuantiles(statistic, observations, min_window, lags, quantile);
	PG_RETURN_FLOAT8(SurfaceCriticalValue(quantile, level));
}

Datum
bubble_sadf_critical_value(PG_FUNCTION_ARGS)
{
	return critical_value(fcinfo, SUP_SADF);
}

Datum
bubble_gsadf_critical_value(PG_FUNCTION_ARGS)
{
	return critical_value(fcinfo, SUP_GSADF);
}
