/*
 * residuals_state.h - what remains of a series after controls
 *
 * Columns are centred and scaled.  The triangle of their QR factorisation is
 * made in blocks (tall_qr_state.h) and factorised once more with pivoting,
 * which tells how many columns are independent.  Those are made orthonormal,
 * row by row, with the help of the triangle, and residuals are what is left of
 * the dependent variable when its part along them is taken out (projection.h),
 * so that controls which depend on each other do no harm.
 *
 * Rows are sorted before the regression (row_matrix.h):
 *
 *	 row:	[ at ][ y ][ control 1 ] ... [ control k ]
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#ifndef BUBBLE_EXPLOSIVE_RESIDUALS_STATE_H
#define BUBBLE_EXPLOSIVE_RESIDUALS_STATE_H

#include "explosive/projection.h"
#include "foundation/aggregate_head.h"
#include "foundation/row_matrix.h"
#include "series/stored_series.h"

/* What a row has before its controls. */
#define TIME_AND_Y 2

typedef struct ResidualState
{
	AggregateHead head;
	RowMatrix	rows;			/* each of 2 + controls elements, of 2 before
								 * the first one */
} ResidualState;

extern ResidualState *ResidualCreate(MemoryContext context);
extern void ResidualSetControls(ResidualState *state, int controls);
extern StoredSeries *Residuals(const ResidualState *state);

/*
 * How many controls rows have; 0 if that is not known.
 */
static inline int
ControlsOf(const ResidualState *state)
{
	return state->rows.columns - TIME_AND_Y;
}

#endif							/* BUBBLE_EXPLOSIVE_RESIDUALS_STATE_H */
