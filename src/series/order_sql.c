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

#include "series/stored_order.h"
#include "series/stored_series.h"

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

static int
compare(Datum a, Datum b)
{
	SeriesView	one = SeriesViewOf(a);
	SeriesView	two = SeriesViewOf(b);

	return compare_views(&one, &two);
}

/*
 * Series of different lengths need not be read.
 */
static int
differ(Datum a, Datum b)
{
	if (StoredSeriesLength(a) != StoredSeriesLength(b))
		return 1;
	return compare(a, b);
}

static bool
equal(FunctionCallInfo fcinfo)
{
	return CompareStored(fcinfo, differ) == 0;
}

static uint64
hash(Datum value, uint64 seed)
{
	return StoredHash(value, seed, STORED_SERIES_VERSION, "bubble_series");
}

ORDER_FUNCTIONS(bubble_series, compare, equal, hash)
