/*
 * queue.c - drawdown in a moving frame of rows
 *
 * The method is described in queue.h.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "postgres.h"

#include "miscadmin.h"
#include "utils/memutils.h"

#include "drawdown/queue.h"

#ifdef USE_ASSERT_CHECKING
static void
check_queue(const DrawdownQueue *queue)
{
	Assert(queue->rows.from <= queue->split);
	Assert(queue->split <= queue->rows.to);
	Assert(queue->split - queue->front_base <= queue->front_capacity);
}
#else
#define check_queue(queue) ((void) 0)
#endif

/*
 * An empty queue.  In a timed queue the rows have times, and their order is
 * watched; otherwise the order of arrival counts.
 */
DrawdownQueue *
DrawdownQueueCreate(MemoryContext context, bool timed)
{
	DrawdownQueue *queue = MemoryContextAllocZero(context,
												  sizeof(DrawdownQueue));

	SeriesInit(&queue->rows, context, timed);
	return queue;
}

/*
 * Add the newest row.
 */
void
DrawdownQueuePush(DrawdownQueue *queue, int64 at, double price)
{
	SeriesAppend(&queue->rows, at, price);
	if (queue->rows.to - queue->split == 1)
		queue->back = PieceOf(price);
	else
		PieceAppend(&queue->back, price);
}

/*
 * Make room for the pieces of the whole frame; they are about to be computed
 * afresh, so the old ones need not be kept.
 */
static void
reserve_front(DrawdownQueue *queue, int64 needed)
{
	MemoryContext context = queue->rows.context;
	int64		capacity = Max(queue->front_capacity, 8);

	if (needed <= queue->front_capacity)
		return;
	while (capacity < needed)
		capacity *= 2;
	if (queue->front_peak != NULL)
	{
		pfree(queue->front_peak);
		pfree(queue->front_retained);
	}
	queue->front_capacity = 0;
	queue->front_peak =
		MemoryContextAllocHuge(context, capacity * sizeof(double));
	queue->front_retained =
		MemoryContextAllocHuge(context, capacity * sizeof(double));
	queue->front_capacity = capacity;
}

/*
 * Turn the rows of the back into front pieces.
 */
static void
turn(DrawdownQueue *queue)
{
	const Series *rows = &queue->rows;
	DrawdownPiece rest = PieceOf(SeriesValue(rows, rows->to - 1));
	int64		place;

	reserve_front(queue, SeriesLength(rows));
	queue->front_base = rows->from;
	queue->split = rows->to;
	for (place = rows->to - 1; place >= rows->from; place--)
	{
		double		price = SeriesValue(rows, place);
		DrawdownPiece first = PieceOf(price);

		CHECK_FOR_INTERRUPTS();
		rest.retained = PiecesRetained(&first, &rest);
		rest.peak = Max(rest.peak, price);
		rest.trough = Min(rest.trough, price);
		queue->front_peak[place - queue->front_base] = rest.peak;
		queue->front_retained[place - queue->front_base] = rest.retained;
	}
}

/*
 * Let the oldest row go.
 */
void
DrawdownQueuePop(DrawdownQueue *queue)
{
	check_queue(queue);
	if (queue->rows.from == queue->split)
		turn(queue);
	SeriesDropFirst(&queue->rows);
	check_queue(queue);
}

/*
 * The pieces of the front and of the back, as far as there are rows.
 */
static bool
front_piece(const DrawdownQueue *queue, DrawdownPiece *front)
{
	int64		slot = queue->rows.from - queue->front_base;

	if (queue->rows.from == queue->split)
		return false;
	front->peak = queue->front_peak[slot];
	front->retained = queue->front_retained[slot];
	front->trough = front->peak;	/* nothing before it asks for it */
	return true;
}

static bool
has_back(const DrawdownQueue *queue)
{
	return queue->split < queue->rows.to;
}

/*
 * Rows out of order: walk along a sorted copy.
 */
static DrawdownPiece
walk_sorted(const DrawdownQueue *queue, double *last)
{
	const Series *rows = SeriesInOrder(&queue->rows);
	DrawdownPiece piece = PieceOf(SeriesValue(rows, rows->from));
	int64		place;

	for (place = rows->from + 1; place < rows->to; place++)
	{
		CHECK_FOR_INTERRUPTS();
		PieceAppend(&piece, SeriesValue(rows, place));
	}
	*last = SeriesValue(rows, rows->to - 1);
	return piece;
}

/*
 * Drawdown of the last row from the highest one; the frame is not empty.
 */
double
DrawdownQueueLast(const DrawdownQueue *queue)
{
	DrawdownPiece front;
	double		last;
	double		peak;

	check_queue(queue);
	if (queue->rows.disorder > 0)
		peak = walk_sorted(queue, &last).peak;
	else
	{
		last = SeriesValue(&queue->rows, queue->rows.to - 1);
		peak = has_back(queue) ? queue->back.peak : last;
		if (front_piece(queue, &front))
			peak = Max(peak, front.peak);
	}
	return 1.0 - last / peak;
}

/*
 * Maximum drawdown of the frame, which is not empty.
 */
double
DrawdownQueueWorst(const DrawdownQueue *queue)
{
	DrawdownPiece front;
	double		last;

	check_queue(queue);
	if (queue->rows.disorder > 0)
		return 1.0 - walk_sorted(queue, &last).retained;
	if (!front_piece(queue, &front))
		return 1.0 - queue->back.retained;
	if (!has_back(queue))
		return 1.0 - front.retained;
	return 1.0 - PiecesRetained(&front, &queue->back);
}
