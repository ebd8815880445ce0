/*
 * critical.c - critical values of the sup tests from the response surface
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "postgres.h"

#include "explosive/adf_sweep.h"
#include "explosive/critical.h"
#include "foundation/arguments.h"

PG_FUNCTION_INFO_V1(bubble_sadf_critical_value);
PG_FUNCTION_INFO_V1(bubble_gsadf_critical_value);

/*
 * The quantiles of a case, SURFACE_LEVELS of them; an ERROR if the surface
 * does not cover it.
 */
void
SupQuantiles(SupStatistic statistic, int64 observations, int64 min_window,
			 int lags, double *quantile)
{
	if (!SurfaceCovers(observations, min_window, lags))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("no critical values for " INT64_FORMAT
						" observations with a min_window of " INT64_FORMAT
						" and %d lags", observations, min_window, lags),
				 errdetail("They are known for up to %d observations, %d "
						   "lags, and a min_window from half of the default "
						   "to %d, and of at least 8 + 2 lags.",
						   SURFACE_MOST_LENGTH, SURFACE_MOST_LAGS,
						   SURFACE_MOST_WINDOW),
				 errhint("Simulate them with explosive_simulate(observations, "
						 "min_window, lags, replications, seed).")));
	SurfaceQuantiles(statistic, observations, min_window, lags, quantile);
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

/*
 * (observations, level, min_window, lags): min_window NULL is the default.
 */
static Datum
critical_value(FunctionCallInfo fcinfo, SupStatistic statistic)
{
	double		quantile[SURFACE_LEVELS];
	int64		observations;
	int64		min_window;
	double		level;

	check_not_null(fcinfo, 0, "observations");
	check_not_null(fcinfo, 1, "level");
	check_not_null(fcinfo, 3, "lags");
	observations = CountArg(fcinfo, 0);
	level = CheckLevel(PG_GETARG_FLOAT8(1));
	min_window = PG_ARGISNULL(2) ?
		AdfDefaultWindow(Max(observations, 0)) : CountArg(fcinfo, 2);
	SupQuantiles(statistic, observations, min_window,
				 (int) Max(Min(CountArg(fcinfo, 3), PG_INT32_MAX),
						   PG_INT32_MIN), quantile);
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
