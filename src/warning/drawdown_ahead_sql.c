/*
 * drawdown_ahead_sql.c - SQL function drawdown_ahead(price, at, horizon)
 *
 * drawdown_ahead() tells for every row what came after it: the event that a
 * warning should predict.  It must not be used as a warning.
 *
 * Rows are taken in the order of their times, whatever the order of the
 * window.  Those within the horizon wait in a queue (queue_state.h), O(1) a
 * row:
 *
 *	at			t	t+1	t+2	t+3	...				last
 *				[ queue of t	 ]
 *					[ queue of t+1	 ]
 *							  horizon ends after the last row: NULL
 *
 * The end of the horizon mostly moves on with t, but not always.  A month
 * after the evening of 30 January is the evening of 28 February, a month
 * after the morning of the 31st its morning; and a clock put back makes a
 * later row's day end earlier.  A queue cannot give rows back.  Where the end
 * has moved back, the rows up to it are put together from a tree of pieces
 * (curve_tree.h), O(log n) a row; a partition without such a row has none.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "postgres.h"

#include "miscadmin.h"
#include "utils/memutils.h"

#include "drawdown/curve_tree.h"
#include "drawdown/queue_state.h"
#include "foundation/aggregate_head.h"
#include "foundation/arguments.h"
#include "foundation/whole_partition.h"

PG_FUNCTION_INFO_V1(bubble_drawdown_ahead);

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

/* What the rows ahead of the first one without an answer are put together
 * from. */
typedef struct Ahead
{
	const AheadRow *rows;		/* in order */
	int64		count;
	int64		first;			/* row whose answer is next */
	int64		next;			/* row after those in the queue */
	DrawdownQueue *queue;
	DrawdownPiece *tree;		/* NULL until an end moves back */
} Ahead;

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
partition_horizon(FunctionCallInfo fcinfo, int64 rows, TimeKind kind)
{
	Interval	horizon;
	Interval	other;
	int64		row;

	FetchRowArgument(fcinfo, ARG_HORIZON, 0);
	horizon = SpanArg(fcinfo, ARG_HORIZON, "horizon", kind);
	for (row = 1; row < rows && !SameInAllRows(fcinfo, ARG_HORIZON); row++)
	{
		FetchRowArgument(fcinfo, ARG_HORIZON, row);
		other = SpanArg(fcinfo, ARG_HORIZON, "horizon", kind);
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
		next->price = CheckPriceAt(PG_GETARG_FLOAT8(ARG_PRICE), fcinfo,
								   ARG_AT, kind);
		next->row = row;
		(*count)++;
	}
	sort_rows(rows, *count);
	return rows;
}

static DrawdownPiece *
grow_tree(const AheadRow *rows, int64 count)
{
	DrawdownPiece *tree = MemoryContextAllocHuge(CurrentMemoryContext,
												 2 * count *
												 sizeof(DrawdownPiece));
	int64		i;

	for (i = 0; i < count; i++)
	{
		CHECK_FOR_INTERRUPTS();
		tree[count + i] = PieceOf(rows[i].price, CURVE_FALLS);
	}
	CurveTreeGrow(tree, count, CURVE_FALLS);
	return tree;
}

/*
 * The number of rows not later than a time.
 */
static int64
rows_until(const AheadRow *rows, int64 count, int64 end)
{
	int64		low = 0;

	while (low < count)
	{
		int64		middle = low + (count - low) / 2;

		if (rows[middle].at <= end)
			low = middle + 1;
		else
			count = middle;
	}
	return low;
}

/*
 * The largest drawdown of the rows from "first" to the end of the horizon.
 * The queue holds those from "first" up to "next".
 */
static double
largest_ahead(Ahead *ahead, int64 end)
{
	const AheadRow *rows = ahead->rows;
	int64		count = ahead->count;
	DrawdownPiece piece;

	if (ahead->next > ahead->first && rows[ahead->next - 1].at > end)
	{
		if (ahead->tree == NULL)
			ahead->tree = grow_tree(rows, count);
		piece = CurveTreeBetween(ahead->tree, count, ahead->first,
								 rows_until(rows, ahead->next, end),
								 CURVE_FALLS);
		return PieceLargest(&piece, CURVE_FALLS);
	}
	for (; ahead->next < count && rows[ahead->next].at <= end; ahead->next++)
	{
		CHECK_FOR_INTERRUPTS();
		DrawdownQueuePush(ahead->queue, 0, rows[ahead->next].price);
	}
	return DrawdownQueueLargest(ahead->queue);
}

/*
 * Drop the first row, whose answer is known.
 */
static void
drop_first(Ahead *ahead)
{
	if (ahead->next > ahead->first)
		DrawdownQueuePop(ahead->queue);
	else
		ahead->next++;
	ahead->first++;
}

/*
 * Rows of the same time see the same rows, themselves included.
 */
static void
look_ahead(WholePartition *partition, const AheadRow *rows, int64 count,
		   const Interval *horizon, TimeKind kind)
{
	Ahead		ahead = {.rows = rows, .count = count};

	ahead.queue = DrawdownQueueCreate(CurrentMemoryContext, CURVE_FALLS,
									  false);
	while (ahead.first < count)
	{
		const int64 at = rows[ahead.first].at;
		const int64 end = TimePlusSpan(at, horizon, kind);
		bool		known = end <= rows[count - 1].at;
		double		largest = 0.0;

		CHECK_FOR_INTERRUPTS();
		if (known)
			largest = largest_ahead(&ahead, end);
		while (ahead.first < count && rows[ahead.first].at == at)
		{
			if (known)
				partition->result[rows[ahead.first].row] = largest;
			drop_first(&ahead);
		}
	}
}

static void
compute_ahead(FunctionCallInfo fcinfo, WholePartition *partition)
{
	TimeKind	kind = TimeKindOfArg(fcinfo, ARG_AT);
	Interval	horizon = partition_horizon(fcinfo, partition->rows, kind);
	int64		count;
	AheadRow   *rows = read_rows(fcinfo, partition, kind, &count);

	look_ahead(partition, rows, count, &horizon, kind);
}

Datum
bubble_drawdown_ahead(PG_FUNCTION_ARGS)
{
	return WholePartitionResult(fcinfo, compute_ahead);
}
