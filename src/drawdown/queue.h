/*
 * queue.h - drawdown in a moving frame of rows
 *
 * The naive way computes every frame from scratch, O(frame) a row.  Taking a
 * row out of a maximum drawdown is impossible, but a queue can be made of two
 * stacks of pieces of the curve (curve.h), neither of which ever has to
 * forget anything but its top:
 *
 *	  oldest row                                      newest row
 *	  [ front: peak, retained of row i .. split ][ back: one piece ]
 *	    ^ rows leave here                 split ^  rows come in here ^
 *
 * The front stack knows, for each of its rows, the piece from that row to
 * the split.  The back is a single piece.  When the front runs out, the rows
 * of the back are turned into front pieces in one pass from the newest to
 * the oldest: each row is turned once, so a row costs amortised O(1).
 *
 * Rows are expected in the order of time, and of price where times are equal.
 * While rows out of that order are in the frame the answer is computed from a
 * sorted copy instead.
 *
 * Reference for the queue of two stacks: Tangwongsan, Hirzel, Schneider,
 * General incremental sliding-window aggregation, PVLDB 8(7), 2015.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#ifndef BUBBLE_DRAWDOWN_QUEUE_H
#define BUBBLE_DRAWDOWN_QUEUE_H

#include "drawdown/curve.h"
#include "foundation/series.h"

typedef struct DrawdownQueue
{
	Series		rows;			/* the frame; all times 0 if it has none */
	int64		split;			/* place of the first row of the back */
	int64		front_base;		/* place that slot 0 below stands for */
	int64		front_capacity;
	double	   *front_peak;		/* highest price from that row to the split */
	double	   *front_retained; /* and what is retained from there */
	DrawdownPiece back;			/* meaningful if the back has rows */
} DrawdownQueue;

extern DrawdownQueue *DrawdownQueueCreate(MemoryContext context, bool timed);
extern void DrawdownQueuePush(DrawdownQueue *queue, int64 at, double price);
extern void DrawdownQueuePop(DrawdownQueue *queue);
extern double DrawdownQueueLast(const DrawdownQueue *queue);
extern double DrawdownQueueWorst(const DrawdownQueue *queue);

#endif							/* BUBBLE_DRAWDOWN_QUEUE_H */
