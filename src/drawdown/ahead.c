/*
 * ahead.c - the largest drawdown that follows, row by row
 *
 * drawdown_ahead() says of every row what came after it: the event that a
 * warning is to warn of.  It must not be used as one.
 *
 * Rows are taken in the order of their times, whatever the order of the
 * window.  Those within the horizon wait in a queue (queue.h), O(1) a row:
 *
 *	at			t	t+1	t+2	t+3	...				last
 *				[ queue of t	 ]
 *					[ queue of t+1	 ]
 *							  horizon ends after the last row: NULL
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "postgres.h"

#include "miscadmin.h"
#include "utils/memutils.h"

#include "drawdown/queue.h"
#include "foundation/arguments.h"
#include "foundation/whole_partition.h"

PG_FUNCTION_INFO_V1(bubble_drawdown_ahead_date);
PG_FUNCTION_INFO_V1(bubble_drawdown_ahead_timestamptz);

enum
{
	ARG_PRICE,
	ARG_AT,
	ARG_HORIZON
};

typedef struct AheadRow
{
	int64		at;
	double		price;
	int64		row;			/* of the partition */
} AheadRow;

static inline int
compare_rows(const AheadRow *a, const AheadRow *b)
{
	if (a->at != b->at)
		return a->at < b->at ? -1 : 1;
	return (a->price > b->price) - (a->price < b->price);
}

#define ST_SORT sort_rows
#define ST_ELEMENT_TYPE AheadRow
#define ST_COMPARE(a, b) compare_rows(a, b)
#define ST_SCOPE static
#define ST_CHECK_FOR_INTERRUPTS
#define ST_DECLARE
#define ST_DEFINE
#include "lib/sort_template.h"

static Interval
partition_horizon(FunctionCallInfo fcinfo, int64 rows)
{
	Interval	horizon;
	Interval	other;
	int64		row;

	FetchRowArgument(fcinfo, ARG_HORIZON, 0);
	horizon = SpanArg(fcinfo, ARG_HORIZON, "horizon");
	for (row = 1; row < rows && !SameInAllRows(fcinfo, ARG_HORIZON); row++)
	{
		FetchRowArgument(fcinfo, ARG_HORIZON, row);
		other = SpanArg(fcinfo, ARG_HORIZON, "horizon");
		if (!SameSpan(&horizon, &other))
			ChangedParameterError("horizon");
	}
	return horizon;
}

/*
 * The rows that have a price and a time, in order, and their number.
 */
static AheadRow *
read_rows(FunctionCallInfo fcinfo, const WholePartition *partition,
		  TimeKind kind, int64 *count)
{
	AheadRow   *rows = MemoryContextAllocHuge(CurrentMemoryContext,
											  partition->rows *
											  sizeof(AheadRow));
	int64		row;

	*count = 0;
	for (row = 0; row < partition->rows; row++)
	{
		AheadRow   *next = &rows[*count];

		FetchRowArgument(fcinfo, ARG_PRICE, row);
		FetchRowArgument(fcinfo, ARG_AT, row);
		if (PG_ARGISNULL(ARG_PRICE) || PG_ARGISNULL(ARG_AT))
			continue;
		next->at = TimeArg(fcinfo, ARG_AT, kind, "at");
		next->price = CheckPrice(PG_GETARG_FLOAT8(ARG_PRICE));
		next->row = row;
		(*count)++;
	}
	sort_rows(rows, *count);
	return rows;
}

/*
 * Rows of the same time see the same rows, themselves included.
 */
static void
look_ahead(WholePartition *partition, const AheadRow *rows, int64 count,
		   const Interval *horizon, TimeKind kind)
{
	DrawdownQueue *queue = DrawdownQueueCreate(CurrentMemoryContext,
											   CURVE_FALLS, false);
	int64		first = 0;
	int64		next = 0;

	while (first < count)
	{
		const int64 at = rows[first].at;
		const int64 end = TimePlusSpan(at, horizon, kind);
		double		largest;

		CHECK_FOR_INTERRUPTS();
		if (end > rows[count - 1].at)
			break;
		for (; next < count && rows[next].at <= end; next++)
			DrawdownQueuePush(queue, 0, rows[next].price);
		largest = DrawdownQueueLargest(queue);
		for (; first < count && rows[first].at == at; first++)
		{
			partition->result[rows[first].row] = largest;
			DrawdownQueuePop(queue);
		}
	}
}

static void
compute_ahead(FunctionCallInfo fcinfo, WholePartition *partition,
			  TimeKind kind)
{
	Interval	horizon = partition_horizon(fcinfo, partition->rows);
	int64		count;
	AheadRow   *rows = read_rows(fcinfo, partition, kind, &count);

	look_ahead(partition, rows, count, &horizon, kind);
}

static void
ahead_of_dates(FunctionCallInfo fcinfo, WholePartition *partition)
{
	compute_ahead(fcinfo, partition, TIME_IS_DATE);
}

static void
ahead_of_timestamps(FunctionCallInfo fcinfo, WholePartition *partition)
{
	compute_ahead(fcinfo, partition, TIME_IS_TIMESTAMPTZ);
}

Datum
bubble_drawdown_ahead_date(PG_FUNCTION_ARGS)
{
	return WholePartitionResult(fcinfo, ahead_of_dates);
}

Datum
bubble_drawdown_ahead_timestamptz(PG_FUNCTION_ARGS)
{
	return WholePartitionResult(fcinfo, ahead_of_timestamps);
}
