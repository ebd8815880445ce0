/*
 * series.h - values in time: the state that (value, at) aggregates share
 *
 * A series is two arrays, times and values.  Rows are appended in the order
 * in which they come, which mostly is the order of time: then an append
 * costs a comparison and two stores.  Rows that come too early are counted,
 * and sorted once when the order is needed.
 *
 *	 place:         from            to
 *	   at     [ . . . t t t t t t t t ]. . .
 *	   value  [ . . . v v v v v v v v ]. . .
 *	            gone    live rows       free
 *
 * Rows may leave at the front, as they do in a moving window frame.  A row's
 * place is counted from the first row ever appended and never changes while
 * the row lives; slot 0 of the arrays holds the row at place "base".
 *
 * Rows with the same time are ordered by value: the larger one is the later
 * one.  So no order of arrival can make a difference.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#ifndef BUBBLE_SERIES_H
#define BUBBLE_SERIES_H

#include "lib/stringinfo.h"

#include "foundation/timeline.h"

typedef struct SeriesRow
{
	int64		at;
	double		value;
} SeriesRow;

typedef struct Series
{
	MemoryContext context;		/* owner of the arrays */
	bool		ties_ordered;	/* does the order of equal times matter? */
	int64		disorder;		/* live rows that belong before the one
								 * ahead of them */
	int64		base;			/* place of the row in slot 0 */
	int64		from;			/* place of the first live row */
	int64		to;				/* place after the last one */
	int64		capacity;		/* slots allocated */
	int64	   *at;				/* microseconds */
	double	   *value;
} Series;

extern void SeriesInit(Series *series, MemoryContext context,
					   bool ties_ordered);
extern void SeriesFree(Series *series);
extern void SeriesReserve(Series *series, int64 more);
extern void SeriesSort(Series *series);
extern const Series *SeriesInOrder(const Series *series);
extern const Series *SeriesSortedFrom(const Series *series, int64 from);
extern void SeriesAdd(Series *series, const Series *other);
extern void SeriesMerge(Series *series, const Series *other);
extern void SeriesSerialize(StringInfo buf, const Series *series);
extern void SeriesDeserializeAny(StringInfo buf, Series *series);
extern void SeriesDeserialize(StringInfo buf, Series *series, TimeKind kind);

/*
 * Rows in order that lie elsewhere, to be read only.
 */
static inline Series
SeriesWrapped(const double *value, const int64 *at, int64 length)
{
	Series		series = {0};

	series.ties_ordered = true;
	series.to = length;
	series.capacity = length;
	series.at = unconstify(int64 *, at);
	series.value = unconstify(double *, value);
	return series;
}

static inline int64
SeriesLength(const Series *series)
{
	return series->to - series->from;
}

static inline int64
SeriesAt(const Series *series, int64 place)
{
	Assert(place >= series->from && place < series->to);
	return series->at[place - series->base];
}

static inline double
SeriesValue(const Series *series, int64 place)
{
	Assert(place >= series->from && place < series->to);
	return series->value[place - series->base];
}

/*
 * Does a row (at, value) belong before a row (at2, value2)?
 */
static inline bool
RowBefore(int64 at, double value, int64 at2, double value2)
{
	return at < at2 || (at == at2 && value < value2);
}

/*
 * Does the row at a place belong before the one ahead of it?
 */
static inline bool
SeriesDisorderAt(const Series *series, int64 place)
{
	int64		at = SeriesAt(series, place);
	int64		before = SeriesAt(series, place - 1);

	return at < before ||
		(at == before && series->ties_ordered &&
		 SeriesValue(series, place) < SeriesValue(series, place - 1));
}

static inline void
SeriesAppend(Series *series, int64 at, double value)
{
	if (unlikely(series->to - series->base >= series->capacity))
		SeriesReserve(series, 1);
	series->at[series->to - series->base] = at;
	series->value[series->to - series->base] = value;
	series->to++;
	if (series->to - series->from > 1 &&
		unlikely(SeriesDisorderAt(series, series->to - 1)))
		series->disorder++;
}

/*
 * Let the first row go.
 */
static inline void
SeriesDropFirst(Series *series)
{
	Assert(SeriesLength(series) > 0);
	if (series->to - series->from > 1 &&
		unlikely(SeriesDisorderAt(series, series->from + 1)))
		series->disorder--;
	series->from++;
}

#endif							/* BUBBLE_SERIES_H */
