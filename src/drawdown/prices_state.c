/*
 * prices_state.c - the series of which drawdowns are measured
 *
 * The values of a bubble_series are finite, but may have any sign.  Where
 * percentages of them are taken they must not be negative; looking for the
 * lowest one costs a fraction of what reading them costs.
 *
 * Rows before the first price above 0 have no peak to fall from and so no
 * drawdown.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "postgres.h"

#include "miscadmin.h"

#include "drawdown/prices_state.h"
#include "foundation/arguments.h"

/*
 * Raises an ERROR about the first value that is not a price.
 */
pg_noreturn static void
wrong_price(const SeriesView *view)
{
	int64		i = 0;

	while (i < view->length - 1 && IsPrice(view->value[i]))
		i++;
	PriceError(view->value[i], SeriesTimeShown(view, i));
}

PriceRange
CheckPrices(const SeriesView *view)
{
	PriceRange	range = {view->value[0], view->value[0]};
	int64		done;
	int64		rows;

	for (done = 0; (rows = SeriesNextChunk(view, done)) > 0; done += rows)
		PriceRangeExtend(&range, view->value + done, rows);
	if (unlikely(!IsPrice(range.lowest) || !IsPrice(range.highest)))
		wrong_price(view);
	return range;
}

/*
 * The rows that have a drawdown; there may be none.
 */
SeriesView
RowsUnderPeak(SeriesView view)
{
	while (view.length > 0 && view.value[0] == 0.0)
	{
		CHECK_FOR_INTERRUPTS();
		view.length--;
		view.value++;
		if (view.at != NULL)
			view.at++;
	}
	return view;
}

/*
 * The prices of a bubble_series, without times.
 */
SeriesView
PricesArg(FunctionCallInfo fcinfo, int argno)
{
	SeriesView	view = SeriesValuesOf(PG_GETARG_DATUM(argno));

	(void) CheckPrices(&view);
	return view;
}

/*
 * The prices of a bubble_series and their times.
 */
SeriesView
TimedPricesArg(FunctionCallInfo fcinfo, int argno)
{
	SeriesView	view = SeriesViewOf(PG_GETARG_DATUM(argno));

	(void) CheckPrices(&view);
	return view;
}
