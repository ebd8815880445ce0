/*
 * summary_order_sql.c - equality and order of drawdown_summary
 *
 * Two summaries are equal if they are the same when flat, as those of the same
 * rows are, however they were put together.  The order is by kind of times
 * (dates come first), first time, last time, number of observations, and then
 * lexicographically peaks, troughs and packed times.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "postgres.h"

#include "miscadmin.h"

#include "drawdown/summary_state.h"
#include "series/stored_order.h"

static int
compare_numbers(int64 a, int64 b)
{
	return (a > b) - (a < b);
}

static int
compare_rows(const Series *a, const Series *b)
{
	int64		rows = Min(SeriesLength(a), SeriesLength(b));
	int64		i;

	for (i = 0; i < rows; i++)
	{
		CHECK_FOR_INTERRUPTS();
		if (RowBefore(SeriesAt(a, i), SeriesValue(a, i),
					  SeriesAt(b, i), SeriesValue(b, i)))
			return -1;
		if (RowBefore(SeriesAt(b, i), SeriesValue(b, i),
					  SeriesAt(a, i), SeriesValue(a, i)))
			return 1;
	}
	return compare_numbers(SeriesLength(a), SeriesLength(b));
}

static int
compare_packed(const TimeSet *a, const TimeSet *b)
{
	Size		length = Min(a->length, b->length);
	int			result = length > 0 ? memcmp(a->bytes, b->bytes, length) : 0;

	return result != 0 ? (result > 0) - (result < 0) :
		compare_numbers(a->length, b->length);
}

static int
compare_parts(const SummaryParts *a, const SummaryParts *b)
{
	int			result = compare_numbers(a->kind, b->kind);

	if (result == 0)
		result = compare_numbers(a->times.first, b->times.first);
	if (result == 0)
		result = compare_numbers(a->times.last, b->times.last);
	if (result == 0)
		result = compare_numbers(a->times.count, b->times.count);
	if (result == 0)
		result = compare_rows(&a->peaks, &b->peaks);
	if (result == 0)
		result = compare_rows(&a->troughs, &b->troughs);
	if (result == 0)
		result = compare_packed(&a->times, &b->times);
	return result;
}

/*
 * Flat forms are compared, in which packed times have one form only.
 */
static int
compare(Datum a, Datum b)
{
	SummaryParts one = SummaryPartsOf(PointerGetDatum(PG_DETOAST_DATUM(a)));
	SummaryParts two = SummaryPartsOf(PointerGetDatum(PG_DETOAST_DATUM(b)));

	return compare_parts(&one, &two);
}

static bool
equal(FunctionCallInfo fcinfo)
{
	return CompareStored(fcinfo, compare) == 0;
}

static uint64
hash(Datum value, uint64 seed)
{
	return StoredHash(value, seed, STORED_SUMMARY_VERSION, "drawdown_summary");
}

ORDER_FUNCTIONS(bubble_drawdown_summary, compare, equal, hash)
