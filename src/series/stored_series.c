/*
 * stored_series.c - the type bubble_series: values in time as one SQL value
 *
 * The layout is described in stored_series.h.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "postgres.h"

#include "access/detoast.h"
#include "miscadmin.h"
#include "utils/memutils.h"

#include "foundation/arguments.h"
#include "foundation/sample.h"
#include "series/stored_series.h"
#include "series/stored_text.h"

#define HEADER_SIZE offsetof(StoredSeries, data)
/* A part is merged at once if it has at least this share of the rows. */
#define MERGE_SHARE 4

#define ROW_SIZE (sizeof(double) + sizeof(int64))

/* What a value of a varlena type can hold on its way to another process. */
#define MOST_ROWS ((int64) ((MaxAllocSize - HEADER_SIZE) / ROW_SIZE))

/* Rows between two looks for interrupts; many blocks of any kernel. */
#define CHUNK_ROWS INT64CONST(65536)

static Size series_flat_size(ExpandedObjectHeader *header);
static void series_flatten(ExpandedObjectHeader *header, void *result,
						   Size size);

static const ExpandedObjectMethods series_methods = {
	series_flat_size,
	series_flatten
};

/*
 * Can a series be dumped and restored, that is written as text?
 */
void
CheckSeriesLength(int64 length, TimeKind kind)
{
	int64		most = MostTextSize() / RowTextSize(kind);

	if (length > most)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("too many rows in one series"),
				 errdetail("A series of times of type %s can have "
						   INT64_FORMAT " rows, so that its text can be "
						   "written.", TimeKindName(kind), most),
				 errhint("Make several series, each of a shorter period.")));
}

ExpandedSeries *
CreateExpandedSeries(MemoryContext context, TimeKind kind)
{
	ExpandedSeries *expanded = MemoryContextAllocZero(context,
													  sizeof(ExpandedSeries));

	EOH_init_header(&expanded->header, &series_methods, context);
	expanded->kind = kind;
	SeriesInit(&expanded->rows, context, true);
	return expanded;
}

/*
 * The state in argument 0 of a transition function, ready to be changed.
 */
ExpandedSeries *
SeriesState(FunctionCallInfo fcinfo, TimeKind kind)
{
	ExpandedSeries *state = StateOfArg(fcinfo, 0);

	if (state == NULL)
	{
		state = CreateExpandedSeries(StateContext(fcinfo), kind);
		if (!PG_ARGISNULL(0))
		{
			SeriesView	view = SeriesViewOf(PG_GETARG_DATUM(0));

			state->kind = view.kind;
			SeriesMergeView(&state->rows, &view);
		}
	}
	if (unlikely(state->kind != kind))
		MixedKindsError("bubble_series");
	return state;
}

static Size
series_flat_size(ExpandedObjectHeader *header)
{
	ExpandedSeries *expanded = (ExpandedSeries *) header;
	int64		length = SeriesLength(&expanded->rows);

	if (length > MOST_ROWS)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("too many rows in one series"),
				 errdetail("What one parallel worker hands over of a group "
						   "can have " INT64_FORMAT " rows.", MOST_ROWS),
				 errhint("Use smaller groups, or set "
						 "max_parallel_workers_per_gather to 0.")));
	return HEADER_SIZE + length * ROW_SIZE;
}

static void
series_flatten(ExpandedObjectHeader *header, void *result, Size size)
{
	ExpandedSeries *expanded = (ExpandedSeries *) header;
	SeriesView	view = SeriesRowsView(&expanded->rows, expanded->kind);
	StoredSeries *stored = result;

	Assert(size == HEADER_SIZE + view.length * ROW_SIZE);
	StoredHeadInit(&stored->head, size, STORED_SERIES_VERSION, view.kind);
	memcpy(stored->data, view.value, view.length * sizeof(double));
	memcpy(stored->data + view.length, view.at, view.length * sizeof(int64));
}

/*
 * The rows of a series that is being collected, in order.  They are sorted
 * where they are, so that of many functions that look at one state the first
 * alone has to.  That changes the form of a series, not its value, so it may
 * also be done to one that is only read.
 */
SeriesView
SeriesRowsView(Series *series, TimeKind kind)
{
	SeriesView	view;

	Assert(series->ties_ordered);
	SeriesSort(series);
	view.kind = kind;
	view.length = SeriesLength(series);
	view.value = series->value + (series->from - series->base);
	view.at = series->at + (series->from - series->base);
	return view;
}

static SeriesView
view_of_expanded(ExpandedSeries *expanded)
{
	return SeriesRowsView(&expanded->rows, expanded->kind);
}

/*
 * A flat series, or the beginning of one, from wherever it was stored.
 */
static StoredSeries *
known_version(struct varlena *flat)
{
	StoredSeries *stored = (StoredSeries *) flat;

	CheckStoredVersion(&stored->head, STORED_SERIES_VERSION, "bubble_series");
	return stored;
}

static bool
is_expanded(Datum datum)
{
	return VARATT_IS_EXTERNAL_EXPANDED(DatumGetPointer(datum));
}

/*
 * The rows of a bubble_series, without a copy if they are at hand.
 */
SeriesView
SeriesViewOf(Datum datum)
{
	StoredSeries *stored;
	SeriesView	view;

	if (is_expanded(datum))
		return view_of_expanded((ExpandedSeries *) DatumGetEOHP(datum));
	stored = known_version(PG_DETOAST_DATUM(datum));
	view.kind = stored->head.kind;
	view.length = (VARSIZE(stored) - HEADER_SIZE) / ROW_SIZE;
	view.value = stored->data;
	view.at = (const int64 *) (stored->data + view.length);
	return view;
}

/*
 * The number of rows, of which none is read.
 */
int64
StoredSeriesLength(Datum datum)
{
	if (is_expanded(datum))
		return SeriesLength(&((ExpandedSeries *) DatumGetEOHP(datum))->rows);
	if (unlikely(StoredVersion(datum) != STORED_SERIES_VERSION))
		StoredVersionError("bubble_series", StoredVersion(datum));
	return (toast_raw_datum_size(datum) - HEADER_SIZE) / ROW_SIZE;
}

/*
 * The values of a bubble_series alone.  A series in the TOAST table is read
 * only as far as its values reach.
 */
SeriesView
SeriesValuesOf(Datum datum)
{
	struct varlena *toasted = (struct varlena *) DatumGetPointer(datum);
	StoredSeries *stored;
	SeriesView	view;

	if (!VARATT_IS_EXTERNAL_ONDISK(toasted))
		return SeriesViewOf(datum);
	view.length = (toast_raw_datum_size(datum) - HEADER_SIZE) / ROW_SIZE;
	stored = known_version(detoast_attr_slice(toasted, 0, HEADER_SIZE -
											  VARHDRSZ + view.length *
											  sizeof(double)));
	view.kind = stored->head.kind;
	view.value = stored->data;
	view.at = NULL;
	view.source = datum;
	return view;
}

/*
 * The time of a row, for a message, even if only values were asked for.
 */
char *
SeriesTimeShown(const SeriesView *view, int64 row)
{
	const int64 *at = view->at != NULL ? view->at :
		SeriesViewOf(view->source).at;

	return TimeShown(at[row], view->kind);
}

/*
 * How many rows a kernel may take next, when "done" are; 0 at the end.
 * Kernels cannot be interrupted, so they get the rows in chunks.
 */
int64
SeriesNextChunk(const SeriesView *view, int64 done)
{
	CHECK_FOR_INTERRUPTS();
	return Min(view->length - done, CHUNK_ROWS);
}

/*
 * Add the rows of a bubble_series.  Merging moves all rows; of many small
 * series it is cheaper to sort the rows when all are there.
 */
void
SeriesMergeView(Series *series, const SeriesView *view)
{
	Series		other = SeriesWrapped(view->value, view->at, view->length);

	if (view->length < SeriesLength(series) / MERGE_SHARE)
		SeriesAdd(series, &other);
	else
		SeriesMerge(series, &other);
}

/*
 * A bubble_series whose rows the caller fills in, in order.
 */
StoredSeries *
AllocateStoredSeries(TimeKind kind, int64 length, double **value, int64 **at)
{
	Size		size = HEADER_SIZE + length * ROW_SIZE;
	StoredSeries *stored;

	Assert(length > 0);
	CheckSeriesLength(length, kind);
	stored = palloc(size);
	StoredHeadInit(&stored->head, size, STORED_SERIES_VERSION, kind);
	*value = stored->data;
	*at = (int64 *) (stored->data + length);
	return stored;
}

/*
 * A bubble_series with the times of another one, whose values the caller
 * fills in.
 */
StoredSeries *
StoredSeriesLike(const SeriesView *view, double **value)
{
	int64	   *at;
	StoredSeries *stored = AllocateStoredSeries(view->kind, view->length,
												value, &at);

	memcpy(at, view->at, view->length * sizeof(int64));
	return stored;
}

/*
 * Put values that were filled in, none of them NaN, in the order that rows at
 * the same time have in a bubble_series, and take the sign from zeros.
 */
void
StoredSeriesOrderTies(StoredSeries *stored)
{
	SeriesView	view = SeriesViewOf(PointerGetDatum(stored));
	int64		from = 0;
	int64		i;

	for (i = 0; i < view.length; i++)
		stored->data[i] += 0.0;
	for (i = 1; i <= view.length; i++)
	{
		if (i < view.length && view.at[i] == view.at[from])
			continue;
		if (i - from > 1)
		{
			CHECK_FOR_INTERRUPTS();
			SortValues(stored->data + from, i - from);
		}
		from = i;
	}
}
