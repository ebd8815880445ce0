/*
 * episodes_sql.c - SQL functions that give drawdown episodes as rows
 *
 * Episodes come as one row or as an array of rows.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "postgres.h"

#include "miscadmin.h"

#include "drawdown/episode_row.h"
#include "drawdown/prices_state.h"
#include "foundation/arguments.h"
#include "foundation/result_row.h"
#include "series/series_state.h"

PG_FUNCTION_INFO_V1(bubble_drawdown_episodes);
PG_FUNCTION_INFO_V1(bubble_drawdown_episodes_min_depth);
PG_FUNCTION_INFO_V1(bubble_drawdown_episodes_finalfn);
PG_FUNCTION_INFO_V1(bubble_max_drawdown_episode);

/* ---- drawdown_episodes ---- */

/* The part of a depth that is too small to matter. */
#define DEPTH_TOLERANCE 0x1p-40

/*
 * Is an episode at least this deep?  Depths are meant in decimal: from 100 to
 * 80 is a depth of 0.2, though 1 - 80 / 100 is a little less when rounded.
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

static const ParameterDef min_depth_def[] = {
	{"min_depth", PARAMETER_NUMBER, .most = 1.0,
	.hint = "Use a fraction of the peak, 0.20 for episodes of 20 % or more."}
};
static const ParameterTable min_depth_table = PARAMETER_TABLE(min_depth_def);

Datum
bubble_drawdown_episodes_min_depth(PG_FUNCTION_ARGS)
{
	SeriesView	view;
	double		min_depth;

	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	min_depth = ReadParameters(fcinfo, 1, &min_depth_table,
							   TIME_IS_DATE)->u.number;
	view = SeriesViewOf(PG_GETARG_DATUM(0));
	return list_episodes(fcinfo, &view, min_depth);
}

#define AGGREGATE drawdown_episodes
#define AGGREGATE_PARAMETERS min_depth_table
#include "series/series_aggregate.h"

Datum
bubble_drawdown_episodes_finalfn(PG_FUNCTION_ARGS)
{
	const KeptSeries *state = FilledKeptSeries(fcinfo);
	SeriesView	view;

	if (state == NULL)
		PG_RETURN_NULL();
	view = KeptSeriesView(state);
	return list_episodes(fcinfo, &view, state->head.parameter[0].u.number);
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
