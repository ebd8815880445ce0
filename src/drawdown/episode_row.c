/*
 * episode_row.c - an episode as a row of SQL
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "funcapi.h"

#include "drawdown/episode_row.h"

#define EPISODE_COLUMNS 7

/*
 * The row type that a function returns.
 */
TupleDesc
EpisodeRowDesc(FunctionCallInfo fcinfo)
{
	TupleDesc	tupdesc;

	if (get_call_result_type(fcinfo, NULL, &tupdesc) != TYPEFUNC_COMPOSITE ||
		tupdesc->natts != EPISODE_COLUMNS)
		elog(ERROR, "return type must be an episode row");
	return BlessTupleDesc(tupdesc);
}

Datum
EpisodeRow(TupleDesc tupdesc, const DrawdownEpisode *episode, TimeKind kind,
		   TimeToDatum time_datum)
{
	Datum		values[EPISODE_COLUMNS];
	bool		nulls[EPISODE_COLUMNS] = {false};

	values[0] = time_datum(episode->peak_at, kind);
	values[1] = Float8GetDatum(episode->peak);
	values[2] = time_datum(episode->trough_at, kind);
	values[3] = Float8GetDatum(episode->trough);
	nulls[4] = !episode->recovered;
	values[4] = nulls[4] ? (Datum) 0 :
		time_datum(episode->recovered_at, kind);
	values[5] = Float8GetDatum(EpisodeDepth(episode));
	values[6] = Int64GetDatum(episode->observations);
	return HeapTupleGetDatum(heap_form_tuple(tupdesc, values, nulls));
}
