/*
 * price_summary_sql.c - the most common measures of a price, as one row
 *
 * A function of a bubble_series and the final function of the aggregate with
 * its name.  Each column is what the function of its name gives; one that is
 * undefined is NULL, and the rest of the row stands.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "postgres.h"

#include <math.h>

#include "access/htup_details.h"
#include "catalog/pg_type.h"
#include "funcapi.h"
#include "miscadmin.h"

#include "drawdown/episode.h"
#include "drawdown/growth.h"
#include "drawdown/measures_state.h"
#include "drawdown/prices_state.h"
#include "foundation/arguments.h"
#include "foundation/result_row.h"

PG_FUNCTION_INFO_V1(bubble_price_summary);

/* The share of rows that is the tail. */
#define TAIL_SHARE 0.05

typedef enum SummaryColumn
{
	COLUMN_OBSERVATIONS,
	COLUMN_LAST_AT,
	COLUMN_LAST_PRICE,
	COLUMN_PEAK_AT,
	COLUMN_PEAK,
	COLUMN_DRAWDOWN,
	COLUMN_MAX_DRAWDOWN,
	COLUMN_DEEPEST_PEAK_AT,
	COLUMN_DEEPEST_TROUGH_AT,
	COLUMN_DEEPEST_RECOVERED_AT,
	COLUMN_ULCER_INDEX,
	COLUMN_PAIN_INDEX,
	COLUMN_CONDITIONAL_DRAWDOWN_AT_RISK,
	COLUMN_TIME_UNDER_WATER,
	COLUMN_ROWS_UNDER_WATER,
	COLUMN_DAYS_UNDER_WATER,
	COLUMN_CAGR,
	COLUMN_VOLATILITY,
	SUMMARY_COLUMNS
} SummaryColumn;

typedef struct SummaryRow
{
	TupleDesc	rowtype;
	TimeKind	kind;
	Datum		value[SUMMARY_COLUMNS];
	bool		isnull[SUMMARY_COLUMNS];
} SummaryRow;

static void
set_column(SummaryRow *row, SummaryColumn column, Datum value)
{
	row->value[column] = value;
	row->isnull[column] = false;
}

static void
set_number(SummaryRow *row, SummaryColumn column, double number)
{
	set_column(row, column, Float8GetDatum(number));
}

static void
set_time(SummaryRow *row, SummaryColumn column, int64 at)
{
	set_column(row, column, ResultTime(row->rowtype, column, at, row->kind));
}

/*
 * The row type; only a series of dates becomes a row of dates.
 */
static SummaryRow
start_row(FunctionCallInfo fcinfo, const SeriesView *view)
{
	SummaryRow	row = {0};

	row.rowtype = ResultRowType(fcinfo);
	row.kind = view->kind;
	if (row.rowtype->natts != SUMMARY_COLUMNS)
		elog(ERROR, "return type must be a price summary");
	if (TupleDescAttr(row.rowtype, COLUMN_LAST_AT)->atttypid == DATEOID)
		CheckDates(view->kind);
	memset(row.isnull, true, sizeof(row.isnull));
	return row;
}

/* ---- drawdowns ---- */

static void
set_sums(SummaryRow *row, const SeriesView *view)
{
	Underwater	water = UnderwaterOf(view);

	set_number(row, COLUMN_ULCER_INDEX, UlcerIndex(&water));
	set_number(row, COLUMN_PAIN_INDEX, PainIndex(&water));
	set_number(row, COLUMN_CONDITIONAL_DRAWDOWN_AT_RISK,
			   ConditionalAtRisk(view, TAIL_SHARE));
	set_number(row, COLUMN_TIME_UNDER_WATER, TimeUnderWater(&water));
	set_column(row, COLUMN_ROWS_UNDER_WATER,
			   Int64GetDatum(water.rows_under));
	set_number(row, COLUMN_MAX_DRAWDOWN, MaxDrawdown(&water));
}

static void
set_deepest(SummaryRow *row, const DrawdownEpisode *deepest)
{
	if (deepest == NULL)
		return;
	set_time(row, COLUMN_DEEPEST_PEAK_AT, deepest->peak_at);
	set_time(row, COLUMN_DEEPEST_TROUGH_AT, deepest->trough_at);
	if (deepest->recovered)
		set_time(row, COLUMN_DEEPEST_RECOVERED_AT, deepest->recovered_at);
}

/*
 * From peak to recovery, or to the last row.
 */
static double
days_of(const DrawdownEpisode *episode)
{
	return DaysBetween(episode->peak_at, episode->last_at);
}

/*
 * The last row's peak, the deepest episode, and the days of all.
 */
static void
set_episodes(SummaryRow *row, const SeriesView *view)
{
	EpisodeScan scan = {0};
	double		days = 0.0;
	int64		i;

	for (i = 0; i < view->length; i++)
	{
		CHECK_FOR_INTERRUPTS();
		if (EpisodeScanStep(&scan, view->at[i], view->value[i]))
			days += days_of(&scan.finished);
	}
	if (EpisodeScanPending(&scan) != NULL)
		days += days_of(EpisodeScanPending(&scan));
	set_number(row, COLUMN_DAYS_UNDER_WATER, days);
	set_time(row, COLUMN_PEAK_AT, scan.current.peak_at);
	set_number(row, COLUMN_PEAK, scan.current.peak);
	set_number(row, COLUMN_DRAWDOWN,
			   1.0 - view->value[view->length - 1] / scan.current.peak);
	set_deepest(row, EpisodeScanDeepest(&scan));
}

/* ---- growth ---- */

/*
 * The standard deviation of the logarithmic returns from row to row, times
 * the root of how many there are a year.  Two returns at least, no price of 0.
 */
static void
set_volatility(SummaryRow *row, const SeriesView *view)
{
	int64		returns = view->length - 1;
	double		years = YearsBetween(view->at[0], view->at[returns]);
	CompensatedSum squares = {0};
	double		mean;
	int64		done;
	int64		rows;

	if (returns < 2 || years == 0.0 || CheckPrices(view).lowest == 0.0)
		return;
	mean = LogGrowth(view->value[0], view->value[returns]) / returns;
	for (done = 1; (rows = SeriesNextChunk(view, done)) > 0; done += rows)
		AddDeviations(&squares, mean, view->value[done - 1],
					  view->value + done, rows);
	set_number(row, COLUMN_VOLATILITY,
			   YearlyVolatility(&squares, returns, years));
}

/*
 * A rate beyond the range of doubles has no column to stand in.
 */
static void
set_growth(SummaryRow *row, const SeriesView *view)
{
	double		rate;

	if (YearlyGrowth(view, &rate) && isfinite(rate))
		set_number(row, COLUMN_CAGR, rate);
	set_volatility(row, view);
}

Datum
bubble_price_summary(PG_FUNCTION_ARGS)
{
	SeriesView	view = TimedPricesArg(fcinfo, 0);
	SeriesView	under = RowsUnderPeak(view);
	SummaryRow	row = start_row(fcinfo, &view);
	int64		last = view.length - 1;

	set_column(&row, COLUMN_OBSERVATIONS, Int64GetDatum(view.length));
	set_time(&row, COLUMN_LAST_AT, view.at[last]);
	set_number(&row, COLUMN_LAST_PRICE, view.value[last]);
	if (under.length > 0)
	{
		set_sums(&row, &under);
		set_episodes(&row, &under);
	}
	set_growth(&row, &view);
	return HeapTupleGetDatum(heap_form_tuple(row.rowtype, row.value,
											 row.isnull));
}
