/*
 * critical_sql.c - SQL functions sadf_critical_value and gsadf_critical_value
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "postgres.h"

#include <math.h>

#include "explosive/critical_state.h"

PG_FUNCTION_INFO_V1(bubble_sadf_critical_value);
PG_FUNCTION_INFO_V1(bubble_gsadf_critical_value);

#define UNKNOWN_HINT \
	"Simulate them with explosive_simulate(observations, min_window, lags, " \
	"replications, seed)."

static const ParameterDef critical_value_defs[] = {
	{"observations", PARAMETER_COUNT, .most = INFINITY,
	.hint = "Use a count of rows, such as count(*)."},
	MIN_WINDOW_PARAMETER,
	{"lags", PARAMETER_COUNT, .most = SURFACE_MOST_LAGS,
	.hint = UNKNOWN_HINT},
	LEVEL_PARAMETER
};
static const ParameterTable critical_value_table =
	PARAMETER_TABLE(critical_value_defs);

/* In the order of the table. */
enum
{
	OBSERVATIONS,
	MIN_WINDOW,
	LAGS,
	LEVEL
};

/*
 * A window that fits no number of observations is an ERROR.
 */
static int64
check_window(int64 min_window, int lags)
{
	const int64 least = SurfaceLeastWindow(lags);

	if (min_window < least || min_window > SURFACE_MOST_WINDOW)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("\"min_window\" must be from " INT64_FORMAT
						" to %d with %d lags",
						least, SURFACE_MOST_WINDOW, lags),
				 errdetail("The min_window is " INT64_FORMAT ", for which no "
						   "critical values are known.", min_window),
				 errhint(UNKNOWN_HINT)));
	return min_window;
}

/*
 * (observations, min_window, lags, level): NULL for observations that are too
 * few or too many.
 */
static Datum
critical_value(FunctionCallInfo fcinfo, SupStatistic statistic)
{
	const ParameterValue *parameter =
		ReadParameters(fcinfo, 0, &critical_value_table, TIME_IS_DATE);
	const int64 observations = parameter[OBSERVATIONS].u.count;
	const int	lags = (int) parameter[LAGS].u.count;
	double		quantile[SURFACE_LEVELS];
	int64		min_window;

	min_window = parameter[MIN_WINDOW].given ?
		check_window(parameter[MIN_WINDOW].u.count, lags) :
		AdfDefaultWindow(observations);
	if (!SurfaceCovers(observations, min_window, lags))
		PG_RETURN_NULL();
	SurfaceQuantiles(statistic, observations, min_window, lags, quantile);
	PG_RETURN_FLOAT8(SurfaceCriticalValue(quantile,
										  parameter[LEVEL].u.number));
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
