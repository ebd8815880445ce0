/*
 * stored_series.h - the type bubble_series: values in time as one SQL value
 *
 * Rows that PostgreSQL takes apart one by one cost a hundred nanoseconds
 * each, two flat arrays in memory about one.  So the type is nothing but two
 * arrays, ready to be read where they lie:
 *
 *	+--------+---------+------+--------+-----------------+-----------------+
 *	| length | version | kind | unused | values, 8 bytes | times, 8 bytes  |
 *	| 4      | 1       | 1    | 2      | each            | each            |
 *	+--------+---------+------+--------+-----------------+-----------------+
 *
 * in order of time and, at the same time, of value.  There is at least one
 * row.  Values come first, so that a function that needs no times can leave
 * those in the TOAST table.
 *
 * While rows are being collected the same is an expanded object around a
 * Series (series.h): the transition state of every aggregate that needs the
 * whole curve.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#ifndef BUBBLE_STORED_SERIES_H
#define BUBBLE_STORED_SERIES_H

#include "foundation/series.h"
#include "series/stored_value.h"

typedef struct StoredSeries
{
	StoredHead	head;
	double		data[FLEXIBLE_ARRAY_MEMBER];
} StoredSeries;

#define STORED_SERIES_VERSION 1

typedef struct ExpandedSeries
{
	ExpandedObjectHeader header;
	TimeKind	kind;
	Series		rows;
} ExpandedSeries;

/*
 * Rows in order, to be read only.
 */
typedef struct SeriesView
{
	TimeKind	kind;
	int64		length;
	const double *value;
	const int64 *at;			/* NULL if only values were asked for */
	Datum		source;			/* where the times are then */
} SeriesView;

extern ExpandedSeries *CreateExpandedSeries(MemoryContext context,
											TimeKind kind);
extern ExpandedSeries *SeriesState(FunctionCallInfo fcinfo, TimeKind kind);
extern SeriesView SeriesRowsView(Series *series, TimeKind kind);
extern SeriesView SeriesViewOf(Datum datum);
extern SeriesView SeriesValuesOf(Datum datum);
extern int64 SeriesNextChunk(const SeriesView *view, int64 done);
extern char *SeriesTimeShown(const SeriesView *view, int64 row);
extern int64 StoredSeriesLength(Datum datum);
extern void CheckSeriesLength(int64 length, TimeKind kind);
extern void SeriesMergeView(Series *series, const SeriesView *view);
extern StoredSeries *AllocateStoredSeries(TimeKind kind, int64 length,
										  double **value, int64 **at);
extern StoredSeries *StoredSeriesLike(const SeriesView *view, double **value);
extern void StoredSeriesOrderTies(StoredSeries *stored);

#endif							/* BUBBLE_STORED_SERIES_H */
