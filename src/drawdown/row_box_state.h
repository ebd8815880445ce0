/*
 * row_box_state.h - the newest rows of a state, side by side
 *
 * When the rows of many groups come interleaved, each row finds its state
 * gone from the processor's cache, and every array that it is added to costs
 * a miss.  So rows are dropped into a box, time and value beside each other,
 * and worked in a box at a time.
 *
 * In a window, where the result is asked for after every row, a box has room
 * for one row only.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#ifndef BUBBLE_ROW_BOX_STATE_H
#define BUBBLE_ROW_BOX_STATE_H

#include "foundation/series.h"

#define ROW_BOX_ROOM 16

typedef struct RowBox
{
	int32		count;
	int32		room;			/* 1 or ROW_BOX_ROOM */
	SeriesRow	row[ROW_BOX_ROOM];
} RowBox;

static inline void
RowBoxInit(RowBox *box, bool in_window)
{
	box->count = 0;
	box->room = in_window ? 1 : ROW_BOX_ROOM;
}

/*
 * Put a row into a box that is not full; is it full now?
 */
static inline bool
RowBoxPut(RowBox *box, int64 at, double value)
{
	SeriesRow  *row = &box->row[box->count++];

	row->at = at;
	row->value = value;
	return unlikely(box->count == box->room);
}

/*
 * Are the rows in order, none of them before a row (at, value)?
 */
static inline bool
RowBoxInOrder(const RowBox *box, int64 at, double value)
{
	int			i;

	for (i = 0; i < box->count; i++)
	{
		const SeriesRow *row = &box->row[i];

		if (RowBefore(row->at, row->value, at, value))
			return false;
		at = row->at;
		value = row->value;
	}
	return true;
}

/*
 * Append the rows to a series; they stay in the box.
 */
static inline void
RowBoxCopy(const RowBox *box, Series *series)
{
	int			i;

	for (i = 0; i < box->count; i++)
		SeriesAppend(series, box->row[i].at, box->row[i].value);
}

#endif							/* BUBBLE_ROW_BOX_STATE_H */
