/*
 * episodes.c - SQL functions that give drawdown episodes as rows
 *
 * max_drawdown_episode needs to count the rows of the episode, so it keeps
 * the whole series.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "funcapi.h"
#include "libpq/pqformat.h"
#include "miscadmin.h"

#include "drawdown/episode.h"
#include "foundation/arguments.h"
#include "foundation/series.h"

/*
 * State of max_drawdown_episode.  Rows in the order of time are followed as
 * they come, so that a growing window frame costs O(1) a row.  The rows at
 * the latest time have to wait, because their order is that of their prices.
 */
typedef struct EpisodeState
{
	Series		rows;
	EpisodeScan scan;			/* of the rows before the latest time */
	int64		scanned;		/* place of the first row after those */
} EpisodeState;

PG_FUNCTION_INFO_V1(bubble_episode_date_transfn);
PG_FUNCTION_INFO_V1(bubble_episode_timestamptz_transfn);
PG_FUNCTION_INFO_V1(bubble_episode_combinefn);
PG_FUNCTION_INFO_V1(bubble_episode_serialfn);
PG_FUNCTION_INFO_V1(bubble_episode_deserialfn);
PG_FUNCTION_INFO_V1(bubble_max_drawdown_episode_date_finalfn);
PG_FUNCTION_INFO_V1(bubble_max_drawdown_episode_timestamptz_finalfn);

/* ---- max_drawdown_episode(price, at) ---- */

static EpisodeState *
create_episode_state(MemoryContext context, bool ties_ordered)
{
	EpisodeState *state = MemoryContextAllocZero(context,
												 sizeof(EpisodeState));

	SeriesInit(&state->rows, context, ties_ordered);
	return state;
}

/*
 * Follow the rows from a place on, in the order of time and of price.
 */
static void
follow_rows(EpisodeScan *scan, const Series *rows, int64 from)
{
	int64		place;

	if (rows->to - from > 1)
	{
		rows = from == rows->from ? SeriesInOrder(rows) :
			SeriesSortedFrom(rows, from);
		from = rows->from;
	}
	for (place = from; place < rows->to; place++)
	{
		CHECK_FOR_INTERRUPTS();
		EpisodeScanStep(scan, SeriesAt(rows, place),
						SeriesValue(rows, place));
	}
}

static Datum
episode_transfn(FunctionCallInfo fcinfo, TimeKind kind)
{
	EpisodeState *state = STATE_ARG(EpisodeState, 0);
	MemoryContext context = AggregateContext(fcinfo);
	Series	   *rows;
	double		price;
	int64		at;

	if (RowIsNull(fcinfo))
		RETURN_STATE(state);
	price = CheckPrice(PG_GETARG_FLOAT8(1));
	at = TimeArg(fcinfo, 2, kind, "at");
	if (state == NULL)
		state = create_episode_state(context, false);
	rows = &state->rows;
	if (rows->disorder == 0 && SeriesLength(rows) > 0 &&
		at > SeriesAt(rows, rows->to - 1))
	{
		follow_rows(&state->scan, rows, state->scanned);
		state->scanned = rows->to;
	}
	SeriesAppend(rows, at, price);
	PG_RETURN_POINTER(state);
}

Datum
bubble_episode_date_transfn(PG_FUNCTION_ARGS)
{
	return episode_transfn(fcinfo, TIME_IS_DATE);
}

Datum
bubble_episode_timestamptz_transfn(PG_FUNCTION_ARGS)
{
	return episode_transfn(fcinfo, TIME_IS_TIMESTAMPTZ);
}

Datum
bubble_episode_combinefn(PG_FUNCTION_ARGS)
{
	EpisodeState *state = STATE_ARG(EpisodeState, 0);
	EpisodeState *other = STATE_ARG(EpisodeState, 1);
	MemoryContext context = AggregateContext(fcinfo);

	if (other == NULL)
		RETURN_STATE(state);
	if (state == NULL)
		state = create_episode_state(context, true);
	SeriesMerge(&state->rows, &other->rows);
	PG_RETURN_POINTER(state);
}

Datum
bubble_episode_serialfn(PG_FUNCTION_ARGS)
{
	EpisodeState *state;
	StringInfoData buf;

	(void) AggregateContext(fcinfo);
	state = (EpisodeState *) PG_GETARG_POINTER(0);
	pq_begintypsend(&buf);
	SeriesSerialize(&buf, SeriesInOrder(&state->rows));
	PG_RETURN_BYTEA_P(pq_endtypsend(&buf));
}

Datum
bubble_episode_deserialfn(PG_FUNCTION_ARGS)
{
	EpisodeState *state;
	StringInfoData buf;

	OpenAggregateBytea(fcinfo, 0, &buf);
	state = create_episode_state(CurrentMemoryContext, true);
	SeriesDeserialize(&buf, &state->rows);
	pq_getmsgend(&buf);
	PG_RETURN_POINTER(state);
}

/*
 * A scan of all rows, from where it has come or from the beginning.
 */
static const EpisodeScan *
complete_scan(const EpisodeState *state)
{
	EpisodeScan *scan = palloc0(sizeof(EpisodeScan));

	if (state->rows.disorder > 0)
		follow_rows(scan, &state->rows, state->rows.from);
	else
	{
		*scan = state->scan;
		follow_rows(scan, &state->rows, state->scanned);
	}
	return scan;
}

/*
 * An episode as a row of the SQL type that the function returns.
 */
static Datum
episode_row(FunctionCallInfo fcinfo, const DrawdownEpisode *episode,
			TimeKind kind)
{
	TupleDesc	tupdesc;
	Datum		values[7];
	bool		nulls[7] = {false};

	if (get_call_result_type(fcinfo, NULL, &tupdesc) != TYPEFUNC_COMPOSITE ||
		tupdesc->natts != lengthof(values))
		elog(ERROR, "return type must be an episode row");
	values[0] = TimeDatum(episode->peak_at, kind);
	values[1] = Float8GetDatum(episode->peak);
	values[2] = TimeDatum(episode->trough_at, kind);
	values[3] = Float8GetDatum(episode->trough);
	nulls[4] = !episode->recovered;
	values[4] = TimeDatum(episode->recovered_at, kind);
	values[5] = Float8GetDatum(1.0 - EpisodeRetained(episode));
	values[6] = Int64GetDatum(episode->observations);
	return HeapTupleGetDatum(heap_form_tuple(BlessTupleDesc(tupdesc),
											 values, nulls));
}

static Datum
max_episode_finalfn(FunctionCallInfo fcinfo, TimeKind kind)
{
	EpisodeState *state = STATE_ARG(EpisodeState, 0);
	const DrawdownEpisode *deepest = NULL;

	if (state != NULL)
		deepest = EpisodeScanDeepest(complete_scan(state));
	if (deepest == NULL)
		PG_RETURN_NULL();
	PG_RETURN_DATUM(episode_row(fcinfo, deepest, kind));
}

Datum
bubble_max_drawdown_episode_date_finalfn(PG_FUNCTION_ARGS)
{
	return max_episode_finalfn(fcinfo, TIME_IS_DATE);
}

Datum
bubble_max_drawdown_episode_timestamptz_finalfn(PG_FUNCTION_ARGS)
{
	return max_episode_finalfn(fcinfo, TIME_IS_TIMESTAMPTZ);
}
