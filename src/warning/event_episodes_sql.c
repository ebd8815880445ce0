/*
 * event_episodes_sql.c - SQL function event_episodes(event, at)
 *
 * Rows before a crash lie side by side: 174 months say as much as the nine
 * crashes that they belong to.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "miscadmin.h"

#include "foundation/arguments.h"
#include "foundation/result_row.h"
#include "series/series_state.h"

#define RESULT_COLUMNS 3

PG_FUNCTION_INFO_V1(bubble_event_episodes_finalfn);

static KeptSeries *
event_episodes_create(const AggregateHead *head, MemoryContext context)
{
	return KeptSeriesCreate(context);
}

/*
 * The value of a row is whether there is an event: 1 or 0.
 */
static void
event_episodes_add(KeptSeries *state, FunctionCallInfo fcinfo)
{
	SeriesAppend(&state->rows, TimeArg(fcinfo, 2, state->head.kind, "at"),
				 PG_GETARG_BOOL(1));
}

static void
event_episodes_merge(KeptSeries *state, const KeptSeries *other)
{
	SeriesMerge(&state->rows, &other->rows);
}

static void
event_episodes_write(StringInfo buf, const KeptSeries *state)
{
	SeriesSerialize(buf, SeriesInOrder(&state->rows));
}

static void
event_episodes_read(StringInfo buf, KeptSeries *state)
{
	SeriesDeserialize(buf, &state->rows, state->head.kind);
}

#define AGGREGATE event_episodes
#define AGGREGATE_STATE KeptSeries
#define AGGREGATE_VALUES 2
#define AGGREGATE_AT 2
#define AGGREGATE_MERGES
#include "foundation/aggregate.h"

/*
 * The rows from one up to another, which is left out.
 */
static HeapTuple
episode_row(TupleDesc rowtype, const SeriesView *view, int64 from, int64 to)
{
	Datum		values[RESULT_COLUMNS];
	bool		nulls[RESULT_COLUMNS] = {false};

	if (rowtype->natts != RESULT_COLUMNS)
		elog(ERROR, "return type must be an episode of events");
	values[0] = ResultTime(rowtype, 0, view->at[from], view->kind);
	values[1] = ResultTime(rowtype, 1, view->at[to - 1], view->kind);
	values[2] = Int64GetDatum(to - from);
	return heap_form_tuple(rowtype, values, nulls);
}

Datum
bubble_event_episodes_finalfn(PG_FUNCTION_ARGS)
{
	const KeptSeries *state = FilledKeptSeries(fcinfo);
	SeriesView	view;
	RowList		list;
	int64		from = 0;
	int64		i;

	if (state == NULL)
		PG_RETURN_NULL();
	view = KeptSeriesView(state);
	list = StartRowList(fcinfo);
	for (i = 0; i <= view.length; i++)
	{
		CHECK_FOR_INTERRUPTS();
		if (i < view.length && view.value[i] != 0.0)
			continue;
		if (i > from)
			RowListAdd(&list, episode_row(list.rowtype, &view, from, i));
		from = i + 1;
	}
	return RowListResult(&list);
}
