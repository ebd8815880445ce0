/*
 * queue_state.c - drawdown in a moving frame of rows
 *
 * The method is described in queue_state.h.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "postgres.h"

#include "miscadmin.h"

#include "drawdown/queue_state.h"

/* Falls and rises are joined in the same way. */
#define FRAME_NAME CurveFrame
#define FRAME_PIECE DrawdownPiece
#define FRAME_JOIN(first, second) PiecesJoined(first, second, CURVE_FALLS)
#include "drawdown/moving_frame_state.h"

#define FRAME_NAME AmountFrame
#define FRAME_PIECE DrawdownPiece
#define FRAME_JOIN(first, second) PiecesJoined(first, second, CURVE_LOSES)
#include "drawdown/moving_frame_state.h"

struct DrawdownQueue
{
	CurveDirection direction;
	bool		timed;
	Series		rows;			/* the frame with its times, if timed */
	CurveFrame	frame;			/* the frame as pieces of the turned curve */
	AmountFrame amounts;		/* the same where amounts are lost */
};

/*
 * An empty queue.  In a timed queue the rows have times, and their order is
 * watched; otherwise the order of arrival counts.
 */
DrawdownQueue *
DrawdownQueueCreate(MemoryContext context, CurveDirection direction,
					bool timed)
{
	DrawdownQueue *queue = MemoryContextAllocZero(context,
												  sizeof(DrawdownQueue));

	queue->direction = direction;
	queue->timed = timed;
	queue->frame.context = context;
	queue->amounts.context = context;
	SeriesInit(&queue->rows, context, true);
	return queue;
}

static DrawdownPiece
row_piece(const DrawdownQueue *queue, double price)
{
	return PieceOf(Turned(price, queue->direction), queue->direction);
}

/*
 * Add the newest row.
 */
void
DrawdownQueuePush(DrawdownQueue *queue, int64 at, double price)
{
	if (queue->timed)
		SeriesAppend(&queue->rows, at, price);
	if (queue->direction == CURVE_LOSES)
		AmountFramePush(&queue->amounts, row_piece(queue, price));
	else
		CurveFramePush(&queue->frame, row_piece(queue, price));
}

/*
 * Let the oldest row go.
 */
void
DrawdownQueuePop(DrawdownQueue *queue)
{
	if (queue->timed)
		SeriesDropFirst(&queue->rows);
	if (queue->direction == CURVE_LOSES)
		AmountFramePop(&queue->amounts);
	else
		CurveFramePop(&queue->frame);
}

static bool
queue_is_empty(const DrawdownQueue *queue)
{
	return CurveFrameLength(&queue->frame) == 0 &&
		AmountFrameLength(&queue->amounts) == 0;
}

/*
 * Rows out of order: walk along a sorted copy.
 */
static DrawdownPiece
walk_sorted(const DrawdownQueue *queue)
{
	const Series *rows = SeriesInOrder(&queue->rows);
	DrawdownPiece total = row_piece(queue, SeriesValue(rows, rows->from));
	int64		place;

	for (place = rows->from + 1; place < rows->to; place++)
	{
		DrawdownPiece row = row_piece(queue, SeriesValue(rows, place));

		CHECK_FOR_INTERRUPTS();
		total = PiecesJoined(&total, &row, queue->direction);
	}
	return total;
}

/*
 * The piece that the whole frame is; it is not empty.
 */
static DrawdownPiece
queue_total(const DrawdownQueue *queue)
{
	if (queue->rows.disorder > 0)
		return walk_sorted(queue);
	if (queue->direction == CURVE_LOSES)
		return AmountFrameTotal(&queue->amounts);
	return CurveFrameTotal(&queue->frame);
}

/*
 * The result for the frame; NaN if it has no rows or is undefined.
 */
double
DrawdownQueueLast(const DrawdownQueue *queue)
{
	DrawdownPiece total;

	if (queue_is_empty(queue))
		return NAN;
	total = queue_total(queue);
	return PieceLast(&total, queue->direction);
}

double
DrawdownQueueLargest(const DrawdownQueue *queue)
{
	DrawdownPiece total;

	if (queue_is_empty(queue))
		return NAN;
	total = queue_total(queue);
	return PieceLargest(&total, queue->direction);
}
