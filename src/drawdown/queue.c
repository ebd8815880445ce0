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

#include "drawdown/queue.h"

#define FRAME_NAME CurveFrame
#define FRAME_PIECE DrawdownPiece
#define FRAME_JOIN(first, second) PiecesJoined(first, second)
#include "foundation/moving_frame.h"

struct DrawdownQueue
{
	CurveDirection direction;
	bool		timed;
	Series		rows;			/* the frame with its times, if timed */
	CurveFrame	frame;			/* the frame as pieces of the turned curve */
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
	SeriesInit(&queue->rows, context, true);
	return queue;
}

/*
 * Add the newest row.
 */
void
DrawdownQueuePush(DrawdownQueue *queue, int64 at, double price)
{
	if (queue->timed)
		SeriesAppend(&queue->rows, at, price);
	CurveFramePush(&queue->frame, PieceOf(Turned(price, queue->direction)));
}

/*
 * Let the oldest row go.
 */
void
DrawdownQueuePop(DrawdownQueue *queue)
{
	if (queue->timed)
		SeriesDropFirst(&queue->rows);
	CurveFramePop(&queue->frame);
}

bool
DrawdownQueueIsEmpty(const DrawdownQueue *queue)
{
	return CurveFrameLength(&queue->frame) == 0;
}

/*
 * Rows out of order: walk along a sorted copy.
 */
static DrawdownPiece
walk_sorted(const DrawdownQueue *queue)
{
	const Series *rows = SeriesInOrder(&queue->rows);
	DrawdownPiece total = PieceOf(Turned(SeriesValue(rows, rows->from),
										 queue->direction));
	int64		place;

	for (place = rows->from + 1; place < rows->to; place++)
	{
		DrawdownPiece row = PieceOf(Turned(SeriesValue(rows, place),
										   queue->direction));

		CHECK_FOR_INTERRUPTS();
		total = PiecesJoined(&total, &row);
	}
	return total;
}

/*
 * The piece that the whole frame is; it is not empty.
 */
DrawdownPiece
DrawdownQueueTotal(const DrawdownQueue *queue)
{
	if (queue->rows.disorder > 0)
		return walk_sorted(queue);
	return CurveFrameTotal(&queue->frame);
}
