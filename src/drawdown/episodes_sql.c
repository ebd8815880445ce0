/*
 * episodes_sql.c - SQL functions that give drawdown episodes as rows
 *
 * Episodes come as one row or as an array of rows; whether their times are of
 * type date or timestamptz can be seen from the row type that the SQL function
 * returns.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "catalog/pg_type.h"
#include "funcapi.h"
#include "miscadmin.h"

#include "drawdown/episodes.h"
#include "drawdown/prices.h"
#include "foundation/arguments.h"
#include "foundation/result_row.h"
#include "series/parameter_series.h"

PG_FUNCTION_INFO_V1(bubble_drawdown_episodes);
PG_FUNCTION_INFO_V1(bubble_drawdown_episodes_min_depth);
PG_FUNCTION_INFO_V1(bubble_series_min_depth_date_transfn);
PG_FUNCTION_INFO_V1(bubble_series_min_depth_timestamptz_transfn);
PG_FUNCTION_INFO_V1(bubble_drawdown_episodes_finalfn);
PG_FUNCTION_INFO_V1(bubble_max_drawdown_episode);

/* ---- episodes as SQL rows ---- */

/*
 * A time as the row type has it: stored times have no SQL type of their own.
 */
static Datum
time_datum(TupleDesc rowtype, int64 at, TimeKind kind)
{
	if (TupleDescAttr(rowtype, 0)->atttypid == DATEOID)
		return DateOfStored(at, kind);
	return StoredTimeDatum(at, kind);
}

/*
 * An episode as a row, which is the caller's.
 */
HeapTuple
EpisodeRow(TupleDesc rowtype, const DrawdownEpisode *episode, TimeKind kind)
{
	Datum		values[EPISODE_COLUMNS] = {0};
	bool		nulls[EPISODE_COLUMNS] = {false};

	if (rowtype->natts != EPISODE_COLUMNS)
		elog(ERROR, "return type must be an episode row");
	values[0] = time_datum(rowtype, episode->peak_at, kind);
	values[1] = Float8GetDatum(episode->peak);
	values[2] = time_datum(rowtype, episode->trough_at, kind);
	values[3] = Float8GetDatum(episode->trough);
	nulls[4] = !episode->recovered;
	if (episode->recovered)
		values[4] = time_datum(rowtype, episode->recovered_at, kind);
	values[5] = Float8GetDatum(EpisodeDepth(episode));
	values[6] = Int64GetDatum(episode->observations);
	values[7] = time_datum(rowtype, episode->last_at, kind);
	return heap_form_tuple(rowtype, values, nulls);
}

/*
 * An episode as the result of a function that returns a row.
 */
Datum
EpisodeResult(FunctionCallInfo fcinfo, const DrawdownEpisode *episode,
			  TimeKind kind)
{
	TupleDesc	rowtype = ResultRowType(fcinfo);

	return HeapTupleGetDatum(EpisodeRow(rowtype, episode, kind));
}

/* ---- drawdown_episodes ---- */

/* The part of a depth that does not matter. */
#define DEPTH_TOLERANCE 0x1p-40

/*
 * Is an episode at least so deep?  Depths are meant in decimal: from 100 to 80
 * is a depth of 0.2, though 1 - 80 / 100 is a little less when rounded.
 */
static bool
deep_enough(const DrawdownEpisode *episode, double min_depth)
{
	return EpisodeDepth(episode) >= min_depth - DEPTH_TOLERANCE;
}

/*
 * All episodes of a series in the order of time, the open one last.
 */
static Datum
list_episodes(FunctionCallInfo fcinfo, const SeriesView *view,
			  double min_depth)
{
	RowList		list = StartRowList(fcinfo);
	EpisodeScan scan = {0};
	const DrawdownEpisode *open;
	int64		i;

	(void) CheckPrices(view);
	for (i = 0; i < view->length; i++)
	{
		CHECK_FOR_INTERRUPTS();
		if (EpisodeScanStep(&scan, view->at[i], view->value[i]) &&
			deep_enough(&scan.finished, min_depth))
			RowListAdd(&list, EpisodeRow(list.rowtype, &scan.finished,
										 view->kind));
	}
	open = EpisodeScanPending(&scan);
	if (open != NULL && deep_enough(open, min_depth))
		RowListAdd(&list, EpisodeRow(list.rowtype, open, view->kind));
	PG_RETURN_DATUM(RowListResult(&list));
}

Datum
bubble_drawdown_episodes(PG_FUNCTION_ARGS)
{
	SeriesView	view = SeriesViewOf(PG_GETARG_DATUM(0));

	return list_episodes(fcinfo, &view, 0.0);
}

static Parameter
min_depth_arg(FunctionCallInfo fcinfo, int argno)
{
	Parameter	min_depth = {"min_depth", false, 0.0};

	if (PG_ARGISNULL(argno))
		NullParameterError(min_depth.name);
	min_depth.value = PG_GETARG_FLOAT8(argno);
	if (!(min_depth.value >= 0.0 && min_depth.value <= 1.0))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("min_depth must be at least 0 and at most 1"),
				 errdetail("The min_depth is %.15g.", min_depth.value),
				 errhint("Use a fraction of the peak, 0.20 for episodes of "
						 "20 %% or more.")));
	return min_depth;
}

Datum
bubble_drawdown_episodes_min_depth(PG_FUNCTION_ARGS)
{
	SeriesView	view;
	double		min_depth;

	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	min_depth = min_depth_arg(fcinfo, 1).value;
	view = SeriesViewOf(PG_GETARG_DATUM(0));
	return list_episodes(fcinfo, &view, min_depth);
}

static Datum
min_depth_transfn(FunctionCallInfo fcinfo, TimeKind kind)
{
	const ParameterReader reader = min_depth_arg;

	return ParameterSeriesTransfn(fcinfo, kind, &reader, 1);
}

Datum
bubble_series_min_depth_date_transfn(PG_FUNCTION_ARGS)
{
	return min_depth_transfn(fcinfo, TIME_IS_DATE);
}

Datum
bubble_series_min_depth_timestamptz_transfn(PG_FUNCTION_ARGS)
{
	return min_depth_transfn(fcinfo, TIME_IS_TIMESTAMPTZ);
}

Datum
bubble_drawdown_episodes_finalfn(PG_FUNCTION_ARGS)
{
	const ParameterSeries *state = FilledParameterSeries(fcinfo);
	SeriesView	view;

	if (state == NULL)
		PG_RETURN_NULL();
	view = ParameterSeriesView(state);
	return list_episodes(fcinfo, &view, state->parameter[0].value);
}

/* ---- max_drawdown_episode of a series ---- */

Datum
bubble_max_drawdown_episode(PG_FUNCTION_ARGS)
{
	SeriesView	view = TimedPricesArg(fcinfo, 0);
	const DrawdownEpisode *deepest;
	EpisodeScan scan = {0};
	int64		i;

	for (i = 0; i < view.length; i++)
	{
		CHECK_FOR_INTERRUPTS();
		(void) EpisodeScanStep(&scan, view.at[i], view.value[i]);
	}
	deepest = EpisodeScanDeepest(&scan);
	if (deepest == NULL)
		PG_RETURN_NULL();
	return EpisodeResult(fcinfo, deepest, view.kind);
}
