/*
 * queue_state.h - drawdown in a moving frame of rows
 *
 * The rows wait as pieces of the curve (curve.h) in a queue of two stacks
 * (moving_frame_state.h): there is one for fractions and one for amounts.
 * In a timed queue they are expected in the order of time, and of price where
 * times are equal.  While rows out of that order are in the frame the answer
 * is computed from a sorted copy instead.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#ifndef BUBBLE_DRAWDOWN_QUEUE_H
#define BUBBLE_DRAWDOWN_QUEUE_H

#include "drawdown/curve.h"
#include "foundation/series.h"

typedef struct DrawdownQueue DrawdownQueue;

extern DrawdownQueue *DrawdownQueueCreate(MemoryContext context,
										  CurveDirection direction,
										  bool timed);
extern void DrawdownQueuePush(DrawdownQueue *queue, int64 at, double price);
extern void DrawdownQueuePop(DrawdownQueue *queue);
extern double DrawdownQueueLast(const DrawdownQueue *queue);
extern double DrawdownQueueLargest(const DrawdownQueue *queue);

#endif							/* BUBBLE_DRAWDOWN_QUEUE_H */
