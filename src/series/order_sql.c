/*
 * order_sql.c - equality and order of bubble_series
 *
 * Two series are equal if they have the same rows and the same kind of times.
 * The order is lexicographic: of the first two rows that differ the earlier
 * one is less, at the same time the one with the smaller value, and a
 * series is less than those that it begins.  Those of dates come before those
 * of timestamptz.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "postgres.h"

#include "miscadmin.h"
#include "utils/memutils.h"

#include "series/stored_hash.h"
#include "series/stored_series.h"

PG_FUNCTION_INFO_V1(bubble_series_eq);
PG_FUNCTION_INFO_V1(bubble_series_ne);
PG_FUNCTION_INFO_V1(bubble_series_lt);
PG_FUNCTION_INFO_V1(bubble_series_le);
PG_FUNCTION_INFO_V1(bubble_series_gt);
PG_FUNCTION_INFO_V1(bubble_series_ge);
PG_FUNCTION_INFO_V1(bubble_series_cmp);
PG_FUNCTION_INFO_V1(bubble_series_hash);
PG_FUNCTION_INFO_V1(bubble_series_hash_extended);

static int
compare_views(const SeriesView *a, const SeriesView *b)
{
	int64		rows = Min(a->length, b->length);
	int64		i;

	if (a->kind != b->kind)
		return a->kind < b->kind ? -1 : 1;
	for (i = 0; i < rows; i++)
	{
		CHECK_FOR_INTERRUPTS();
		if (RowBefore(a->at[i], a->value[i], b->at[i], b->value[i]))
			return -1;
		if (RowBefore(b->at[i], b->value[i], a->at[i], a->value[i]))
			return 1;
	}
	return (a->length > b->length) - (a->length < b->length);
}

/*
 * Copies of the arguments do not outlive the comparison, of which a sort may
 * need many.
 */
static int
compare(FunctionCallInfo fcinfo)
{
	MemoryContext scratch = AllocSetContextCreate(CurrentMemoryContext,
												  "bubble comparison",
												  ALLOCSET_SMALL_SIZES);
	MemoryContext caller = MemoryContextSwitchTo(scratch);
	SeriesView	a = SeriesViewOf(PG_GETARG_DATUM(0));
	SeriesView	b = SeriesViewOf(PG_GETARG_DATUM(1));
	int			result = compare_views(&a, &b);

	MemoryContextSwitchTo(caller);
	MemoryContextDelete(scratch);
	return result;
}

/*
 * Series of different lengths need not be read.
 */
static bool
same_rows(FunctionCallInfo fcinfo)
{
	return StoredSeriesLength(PG_GETARG_DATUM(0)) ==
		StoredSeriesLength(PG_GETARG_DATUM(1)) && compare(fcinfo) == 0;
}

Datum
bubble_series_eq(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(same_rows(fcinfo));
}

Datum
bubble_series_ne(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(!same_rows(fcinfo));
}

Datum
bubble_series_lt(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(compare(fcinfo) < 0);
}

Datum
bubble_series_le(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(compare(fcinfo) <= 0);
}

Datum
bubble_series_gt(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(compare(fcinfo) > 0);
}

Datum
bubble_series_ge(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(compare(fcinfo) >= 0);
}

Datum
bubble_series_cmp(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT32(compare(fcinfo));
}

Datum
bubble_series_hash(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT32((int32) StoredHash(PG_GETARG_DATUM(0), 0));
}

/*
 * With a seed of 0 its low bits are the hash above.
 */
Datum
bubble_series_hash_extended(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT64((int64) StoredHash(PG_GETARG_DATUM(0),
									   (uint64) PG_GETARG_INT64(1)));
}
