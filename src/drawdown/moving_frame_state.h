/*
 * moving_frame_state.h - a measure of a moving window frame, in O(1) a row
 *
 * The naive way computes every frame from scratch, O(frame) a row.  Most
 * measures cannot have a row taken out of them, but many can be put together
 * from those of two pieces of the frame.  Then the frame can be a queue made
 * of two stacks of pieces, neither of which has to forget anything but its
 * top:
 *
 *	  oldest row                                      newest row
 *	  [ front: piece of row i .. split ][ back: row by row, and as one piece ]
 *	    ^ rows leave here         split ^           rows come in here ^
 *
 * The front knows, for each of its rows, the piece from that row to the
 * split.  When it runs out, the rows of the back are turned into front pieces
 * in one pass from the newest to the oldest: each row is turned once, so that
 * a row costs amortised O(1).
 *
 * This file is a template, like PostgreSQL's sort_template.h.  Before it is
 * included, define
 *
 *	FRAME_NAME					name of the queue's type, and what the names of
 *								its functions begin with
 *	FRAME_PIECE					type of a piece
 *	FRAME_JOIN(first, second)	the piece of two pieces, given by pointers
 *
 * and get FRAME_NAME, which begins zeroed but for its memory context, with
 * the functions ...Length, ...Push, ...Pop and ...Total.
 *
 * Reference for the queue of two stacks: Tangwongsan, Hirzel, Schneider,
 * General incremental sliding-window aggregation, PVLDB 8(7), 2015.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "miscadmin.h"

#include "foundation/array.h"

#define FRAME_FUNCTION_(name, function) name##function
#define FRAME_FUNCTION(name, function) FRAME_FUNCTION_(name, function)
#define FRAME_LENGTH FRAME_FUNCTION(FRAME_NAME, Length)
#define FRAME_RESERVE FRAME_FUNCTION(FRAME_NAME, Reserve)
#define FRAME_PUSH FRAME_FUNCTION(FRAME_NAME, Push)
#define FRAME_TURN FRAME_FUNCTION(FRAME_NAME, Turn)
#define FRAME_POP FRAME_FUNCTION(FRAME_NAME, Pop)
#define FRAME_TOTAL FRAME_FUNCTION(FRAME_NAME, Total)

/*
 * A row's place is counted from the first row ever pushed; slot 0 of the
 * array holds the row at place "base".
 */
typedef struct FRAME_NAME
{
	MemoryContext context;		/* owner of the array */
	int64		base;			/* place of the row in slot 0 */
	int64		from;			/* place of the oldest row */
	int64		split;			/* place of the first row of the back */
	int64		to;				/* place after the newest row */
	int64		capacity;		/* slots allocated */
	FRAME_PIECE *piece;			/* of the rows from this one to the split if
								 * it is in front, of the row if it is not */
	FRAME_PIECE back;			/* meaningful if the back has rows */
} FRAME_NAME;

static inline int64
FRAME_LENGTH(const FRAME_NAME *frame)
{
	Assert(frame->base <= frame->from && frame->from <= frame->split);
	Assert(frame->split <= frame->to);
	Assert(frame->to - frame->base <= frame->capacity);
	return frame->to - frame->from;
}

/*
 * Make room for one more row.  Moving rows down pays when it frees at least
 * half of the slots.
 */
static void
FRAME_RESERVE(FRAME_NAME *frame)
{
	const int64 length = FRAME_LENGTH(frame);
	int64		grown;

	if (length > frame->capacity / 2 || frame->piece == NULL)
	{
		grown = GrownCapacity(frame->capacity, length + 1,
							  sizeof(FRAME_PIECE));
		frame->piece = ResizeArray(frame->context, frame->piece, grown,
								   sizeof(FRAME_PIECE));
		frame->capacity = grown;
		return;
	}
	memmove(frame->piece, frame->piece + (frame->from - frame->base),
			length * sizeof(FRAME_PIECE));
	frame->base = frame->from;
}

/*
 * Add the newest row.
 */
static inline void
FRAME_PUSH(FRAME_NAME *frame, FRAME_PIECE row)
{
	if (unlikely(frame->to - frame->base >= frame->capacity))
		FRAME_RESERVE(frame);
	frame->piece[frame->to - frame->base] = row;
	frame->back = frame->split == frame->to ? row :
		FRAME_JOIN(&frame->back, &row);
	frame->to++;
}

/*
 * Turn the rows of the back into front pieces.
 */
static void
FRAME_TURN(FRAME_NAME *frame)
{
	FRAME_PIECE *piece = frame->piece + (frame->to - frame->base) - 1;
	int64		left = FRAME_LENGTH(frame);

	Assert(left > 0);
	for (; left > 1; left--, piece--)
	{
		CHECK_FOR_INTERRUPTS();
		piece[-1] = FRAME_JOIN(&piece[-1], &piece[0]);
	}
	frame->split = frame->to;
}

/*
 * Let the oldest row go.
 */
static inline void
FRAME_POP(FRAME_NAME *frame)
{
	if (frame->from == frame->split)
		FRAME_TURN(frame);
	frame->from++;
}

/*
 * The piece that the whole frame is; it is not empty.
 */
static inline FRAME_PIECE
FRAME_TOTAL(const FRAME_NAME *frame)
{
	const FRAME_PIECE *front = frame->piece + (frame->from - frame->base);

	Assert(FRAME_LENGTH(frame) > 0);
	if (frame->from == frame->split)
		return frame->back;
	if (frame->split == frame->to)
		return *front;
	return FRAME_JOIN(front, &frame->back);
}

#undef FRAME_NAME
#undef FRAME_PIECE
#undef FRAME_JOIN
#undef FRAME_FUNCTION_
#undef FRAME_FUNCTION
#undef FRAME_LENGTH
#undef FRAME_RESERVE
#undef FRAME_PUSH
#undef FRAME_TURN
#undef FRAME_POP
#undef FRAME_TOTAL
