/*
 * episode_row.c - drawdown episodes as SQL rows
 *
 * Whether the times of an episode are of type date or timestamptz can be seen
 * from the row type that the SQL function returns.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "catalog/pg_type.h"
#include "funcapi.h"

#include "drawdown/episode_row.h"
#include "foundation/result_row.h"

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
