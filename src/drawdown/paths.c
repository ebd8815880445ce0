/*
 * paths.c - series in, series out: drawdown row by row
 *
 * Rows at the same time are in the order of their values in every
 * bubble_series, so the results of such rows are put in order, too.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "postgres.h"

#include "miscadmin.h"

#include "drawdown/prices.h"
#include "drawdown/rolling.h"
#include "drawdown/underwater.h"
#include "foundation/arguments.h"

PG_FUNCTION_INFO_V1(bubble_drawdown_path);
PG_FUNCTION_INFO_V1(bubble_rolling_max_drawdown);

Datum
bubble_drawdown_path(PG_FUNCTION_ARGS)
{
	SeriesView	view = TimedPricesArg(fcinfo, 0);
	double	   *drawdown;
	StoredSeries *path = StoredSeriesLike(&view, &drawdown);
	double		peak = 0.0;
	int64		done;
	int64		rows;

	for (done = 0; (rows = SeriesNextChunk(&view, done)) > 0; done += rows)
		DrawdownPath(&peak, view.value + done, rows, drawdown + done);
	StoredSeriesOrderTies(path);
	PG_RETURN_POINTER(path);
}

static int32
observations_arg(FunctionCallInfo fcinfo, int argno)
{
	int32		observations;

	if (PG_ARGISNULL(argno))
		NullParameterError("observations");
	observations = PG_GETARG_INT32(argno);
	if (observations < 1)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("observations must be at least 1"),
				 errdetail("The observations are %d.", observations),
				 errhint("Use the number of rows of a window, such as 252 "
						 "for a year of trading days.")));
	return observations;
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
	window = observations_arg(fcinfo, 1);
	view = TimedPricesArg(fcinfo, 0);
	path = StoredSeriesLike(&view, &curve.drawdown);
	curve.price = view.value;
	curve.rows = view.length;
	curve.window = Min(window, view.length);
	curve.rest_peak = MemoryContextAllocHuge(CurrentMemoryContext,
											 curve.window * sizeof(double));
	for (start = 0; start < curve.rows; start += curve.window)
	{
		CHECK_FOR_INTERRUPTS();
		RollingBlock(&curve, start);
	}
	pfree(curve.rest_peak);
	StoredSeriesOrderTies(path);
	PG_RETURN_POINTER(path);
}
