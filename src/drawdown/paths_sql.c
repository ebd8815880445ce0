/*
 * paths_sql.c - series in, series out: drawdown row by row
 *
 * Rows at the same time are in the order of their values in every
 * bubble_series, so the results of such rows are put in order, too.  Rows that
 * have no result, because all prices up to them are 0, are left out.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "postgres.h"

#include <math.h>

#include "miscadmin.h"

#include "drawdown/prices_state.h"
#include "drawdown/rolling.h"
#include "drawdown/underwater.h"
#include "foundation/arguments.h"
#include "foundation/array.h"
#include "foundation/parameters.h"

PG_FUNCTION_INFO_V1(bubble_drawdown_path);
PG_FUNCTION_INFO_V1(bubble_rolling_max_drawdown);

Datum
bubble_drawdown_path(PG_FUNCTION_ARGS)
{
	SeriesView	view = RowsUnderPeak(TimedPricesArg(fcinfo, 0));
	double	   *drawdown;
	StoredSeries *path;
	double		peak = 0.0;
	int64		done;
	int64		rows;

	if (view.length == 0)
		PG_RETURN_NULL();
	path = StoredSeriesLike(&view, &drawdown);
	for (done = 0; (rows = SeriesNextChunk(&view, done)) > 0; done += rows)
		DrawdownPath(&peak, view.value + done, rows, drawdown + done);
	StoredSeriesOrderTies(path);
	PG_RETURN_POINTER(path);
}

static const ParameterDef observations_def[] = {
	{"observations", PARAMETER_COUNT, .least = 1, .most = INFINITY,
	.hint = "Use the number of rows of a window, such as 252 for a year of "
	"trading days."}
};
static const ParameterTable observations_table =
PARAMETER_TABLE(observations_def);

/*
 * The rows whose values are numbers; NULL if there are none.
 */
static StoredSeries *
without_undefined(StoredSeries *path)
{
	SeriesView	view = SeriesViewOf(PointerGetDatum(path));
	StoredSeries *defined;
	double	   *value;
	int64	   *at;
	int64		count = 0;
	int64		i;

	for (i = 0; i < view.length; i++)
		count += !isnan(view.value[i]);
	if (count == view.length)
		return path;
	if (count == 0)
		return NULL;
	defined = AllocateStoredSeries(view.kind, count, &value, &at);
	for (i = 0; i < view.length; i++)
	{
		CHECK_FOR_INTERRUPTS();
		if (isnan(view.value[i]))
			continue;
		*value++ = view.value[i];
		*at++ = view.at[i];
	}
	return defined;
}

Datum
bubble_rolling_max_drawdown(PG_FUNCTION_ARGS)
{
	SeriesView	view;
	StoredSeries *path;
	RollingCurve curve;
	int64		window;
	int64		start;

	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	window = ReadParameters(fcinfo, 1, &observations_table,
							TIME_IS_DATE)->u.count;
	view = TimedPricesArg(fcinfo, 0);
	path = StoredSeriesLike(&view, &curve.drawdown);
	curve.price = view.value;
	curve.rows = view.length;
	curve.window = Min(window, view.length);
	curve.rest_peak = AllocateNumbers(curve.window);
	for (start = 0; start < curve.rows; start += curve.window)
	{
		CHECK_FOR_INTERRUPTS();
		RollingBlock(&curve, start);
	}
	pfree(curve.rest_peak);
	path = without_undefined(path);
	if (path == NULL)
		PG_RETURN_NULL();
	StoredSeriesOrderTies(path);
	PG_RETURN_POINTER(path);
}
