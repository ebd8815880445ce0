/*
 * series.c - values in time: the state that (value, at) aggregates share
 *
 * The layout is described in series.h.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "postgres.h"

#include "libpq/pqformat.h"
#include "miscadmin.h"
#include "utils/memutils.h"

#include "foundation/arguments.h"
#include "foundation/array.h"
#include "foundation/serialised.h"
#include "foundation/series.h"

/* Bytes of one row in a serialised series. */
#define SERIES_ROW_BYTES (sizeof(int64) + sizeof(float8))

static inline int
compare_rows(const SeriesRow *a, const SeriesRow *b)
{
	if (RowBefore(a->at, a->value, b->at, b->value))
		return -1;
	return RowBefore(b->at, b->value, a->at, a->value) ? 1 : 0;
}

#define ST_SORT sort_rows
#define ST_ELEMENT_TYPE SeriesRow
#define ST_COMPARE(a, b) compare_rows(a, b)
#define ST_SCOPE static
#define ST_CHECK_FOR_INTERRUPTS
#define ST_DECLARE
#define ST_DEFINE
#include "lib/sort_template.h"

#ifdef USE_ASSERT_CHECKING
static void
check_series(const Series *series)
{
	Assert(series->base <= series->from);
	Assert(series->from <= series->to);
	Assert(series->to - series->base <= series->capacity);
	Assert(series->disorder >= 0);
	Assert(series->disorder <= Max(series->to - series->from - 1, 0));
}
#else
#define check_series(series) ((void) 0)
#endif

/*
 * An empty series; its arrays will live in the given context.
 */
void
SeriesInit(Series *series, MemoryContext context, bool ties_ordered)
{
	memset(series, 0, sizeof(*series));
	series->context = context;
	series->ties_ordered = ties_ordered;
}

/*
 * Give the arrays back; the series is not to be used afterwards.
 */
void
SeriesFree(Series *series)
{
	if (series->at == NULL)
		return;
	pfree(series->at);
	pfree(series->value);
}

/*
 * Close the gap that rows left at the front.
 */
static void
close_gap(Series *series)
{
	int64		gap = series->from - series->base;
	int64		length = SeriesLength(series);

	if (gap == 0)
		return;
	memmove(series->at, series->at + gap, length * sizeof(int64));
	memmove(series->value, series->value + gap, length * sizeof(double));
	series->base = series->from;
}

/*
 * Make room for more rows at the end.
 */
void
SeriesReserve(Series *series, int64 more)
{
	const int64 needed = SeriesLength(series) + more;
	int64		capacity;

	check_series(series);
	if (series->to - series->base + more <= series->capacity)
		return;

	/* Moving rows down pays when it frees at least half of the slots. */
	close_gap(series);
	if (needed > series->capacity / 2)
	{
		capacity = GrownCapacity(series->capacity, needed, sizeof(double));
		series->at = ResizeArray(series->context, series->at, capacity,
								 sizeof(int64));
		series->value = ResizeArray(series->context, series->value, capacity,
									sizeof(double));
		series->capacity = capacity;
	}
	check_series(series);
}

/*
 * The rows from a place on, sorted, in CurrentMemoryContext.
 */
static SeriesRow *
sorted_rows(const Series *series, int64 from)
{
	int64		length = series->to - from;
	SeriesRow  *rows = MemoryContextAllocHuge(CurrentMemoryContext,
											  length * sizeof(SeriesRow));
	int64		i;

	for (i = 0; i < length; i++)
	{
		CHECK_FOR_INTERRUPTS();
		rows[i].at = SeriesAt(series, from + i);
		rows[i].value = SeriesValue(series, from + i);
	}
	sort_rows(rows, length);
	return rows;
}

/*
 * Put rows that were sorted elsewhere back in their places.  This is not
 * interrupted: a series that lives on after an error has all of its rows.
 */
static void
put_back(Series *series, const SeriesRow *rows)
{
	int64		length = SeriesLength(series);
	int64	   *at = series->at + (series->from - series->base);
	double	   *value = series->value + (series->from - series->base);
	int64		i;

	for (i = 0; i < length; i++)
	{
		at[i] = rows[i].at;
		value[i] = rows[i].value;
	}
	series->disorder = 0;
}

/*
 * Put the rows in order.
 *
 * PostgreSQL may ask for that in a context that frees nothing before its end
 * or cannot free at all, so that the work is done in one of its own.
 */
void
SeriesSort(Series *series)
{
	MemoryContext scratch;
	MemoryContext caller;

	check_series(series);
	if (series->disorder == 0)
		return;
	scratch = AllocSetContextCreate(CurrentMemoryContext, "bubble sort",
									ALLOCSET_DEFAULT_SIZES);
	caller = MemoryContextSwitchTo(scratch);
	put_back(series, sorted_rows(series, series->from));
	MemoryContextSwitchTo(caller);
	MemoryContextDelete(scratch);
	check_series(series);
}

/*
 * A copy of the rows from a place on, in order of time and of value, in
 * CurrentMemoryContext.
 */
const Series *
SeriesSortedFrom(const Series *series, int64 from)
{
	int64		length = series->to - from;
	SeriesRow  *rows = sorted_rows(series, from);
	Series	   *copy = palloc(sizeof(Series));
	int64		i;

	SeriesInit(copy, CurrentMemoryContext, true);
	SeriesReserve(copy, length);
	for (i = 0; i < length; i++)
	{
		CHECK_FOR_INTERRUPTS();
		SeriesAppend(copy, rows[i].at, rows[i].value);
	}
	pfree(rows);
	return copy;
}

/*
 * The series itself if its rows are in order of time and of value, otherwise
 * a sorted copy: for states whose rows leave in the order in which they came.
 */
const Series *
SeriesInOrder(const Series *series)
{
	if (series->ties_ordered && series->disorder == 0)
		return series;
	return SeriesSortedFrom(series, series->from);
}

/*
 * Merge two series in order, from the back, so that no room is needed but
 * what the rows of the other one take.
 */
static void
merge_backwards(Series *series, const Series *other)
{
	int64		mine = series->to - 1;
	int64		theirs = other->to - 1;
	int64		slot = series->to + SeriesLength(other) - 1 - series->base;

	while (theirs >= other->from)
	{
		bool		take_mine = mine >= series->from &&
			RowBefore(SeriesAt(other, theirs), SeriesValue(other, theirs),
					  SeriesAt(series, mine), SeriesValue(series, mine));

		CHECK_FOR_INTERRUPTS();
		series->at[slot] = take_mine ? SeriesAt(series, mine) :
			SeriesAt(other, theirs);
		series->value[slot] = take_mine ? SeriesValue(series, mine) :
			SeriesValue(other, theirs);
		slot--;
		if (take_mine)
			mine--;
		else
			theirs--;
	}
	series->to += SeriesLength(other);
}

/*
 * Does the other series begin before this one ends?  Both have rows in order.
 */
static bool
overlap(const Series *series, const Series *other)
{
	return SeriesLength(series) > 0 &&
		RowBefore(SeriesAt(other, other->from),
				  SeriesValue(other, other->from),
				  SeriesAt(series, series->to - 1),
				  SeriesValue(series, series->to - 1));
}

/*
 * Append the rows of another series, which stays as it is and orders ties
 * alike; they are out of order then unless they all follow.
 */
void
SeriesAdd(Series *series, const Series *other)
{
	int64		length = SeriesLength(other);
	int64		slot;

	Assert(series->ties_ordered == other->ties_ordered);
	if (length == 0)
		return;
	SeriesReserve(series, length);
	slot = series->to - series->base;
	memcpy(series->at + slot, other->at + (other->from - other->base),
		   length * sizeof(int64));
	memcpy(series->value + slot, other->value + (other->from - other->base),
		   length * sizeof(double));
	series->disorder += other->disorder;
	series->to += length;
	if (series->to - length > series->from &&
		SeriesDisorderAt(series, series->to - length))
		series->disorder++;
	check_series(series);
}

/*
 * Add the rows of another series, which stays as it is.  If both are in
 * order, so is the result.
 */
void
SeriesMerge(Series *series, const Series *other)
{
	if (SeriesLength(other) > 0 &&
		series->ties_ordered &&
		series->disorder == 0 && other->disorder == 0 &&
		overlap(series, other))
	{
		SeriesReserve(series, SeriesLength(other));
		merge_backwards(series, other);
	}
	else
		SeriesAdd(series, other);
}

/*
 * Write a series: whether ties are ordered, the number of rows, the rows.
 */
void
SeriesSerialize(StringInfo buf, const Series *series)
{
	int64		length = SeriesLength(series);
	int64		place;

	CheckHandOver(length, SERIES_ROW_BYTES);
	pq_sendbyte(buf, series->ties_ordered);
	pq_sendint64(buf, length);
	enlargeStringInfo(buf, length * SERIES_ROW_BYTES);
	for (place = series->from; place < series->to; place++)
	{
		CHECK_FOR_INTERRUPTS();
		pq_sendint64(buf, SeriesAt(series, place));
		pq_sendfloat8(buf, SeriesValue(series, place));
	}
}

/*
 * Read a series into one that has been initialised; its "times" may be any
 * numbers.
 */
void
SeriesDeserializeAny(StringInfo buf, Series *series)
{
	int64		length;
	int64		i;

	if (FlagFrom(buf) != series->ties_ordered)
		DamagedStateError("order of rows");
	length = pq_getmsgint64(buf);
	if (length < 0 ||
		length > (int64) ((buf->len - buf->cursor) / SERIES_ROW_BYTES))
		DamagedStateError("number of rows");
	SeriesReserve(series, length);
	for (i = 0; i < length; i++)
	{
		int64		at = pq_getmsgint64(buf);
		double		value = FiniteFrom(buf, "value");

		CHECK_FOR_INTERRUPTS();
		SeriesAppend(series, at, value);
	}
}

/*
 * The same of rows in time.
 */
void
SeriesDeserialize(StringInfo buf, Series *series, TimeKind kind)
{
	int64		place;

	SeriesDeserializeAny(buf, series);
	for (place = series->from; place < series->to; place++)
	{
		CHECK_FOR_INTERRUPTS();
		if (!TimeIsValid(SeriesAt(series, place), kind))
			DamagedStateError("time");
	}
}
