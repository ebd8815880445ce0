/*
 * row_matrix.h - rows of numbers that a statistic needs all at once
 *
 * Rows are kept side by side, 8 bytes an element, as they come, and sorted by
 * all their elements before they are used: no order of arrival, and no way
 * to cut them into parts, can change a bit of the result.
 *
 *	 row:	[ time ] ... [ time ][ number ] ... [ number ]
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#ifndef BUBBLE_ROW_MATRIX_H
#define BUBBLE_ROW_MATRIX_H

#include "lib/stringinfo.h"
#include "utils/palloc.h"

#include "foundation/timeline.h"

typedef union RowElement
{
	int64		at;				/* of a column of times */
	double		value;
} RowElement;

typedef struct RowMatrix
{
	MemoryContext context;		/* owner of the rows */
	int			times;			/* columns of times, which come first */
	int			columns;		/* all of them */
	int64		count;			/* rows */
	int64		capacity;
	RowElement *element;
} RowMatrix;

extern void RowMatrixInit(RowMatrix *matrix, MemoryContext context,
						  int times, int columns);
extern RowElement *RowMatrixAdd(RowMatrix *matrix);
extern void RowMatrixMerge(RowMatrix *matrix, const RowMatrix *other);
extern RowElement *RowMatrixSorted(const RowMatrix *matrix);
extern void RowMatrixSerialize(StringInfo buf, const RowMatrix *matrix);
extern void RowMatrixDeserialize(StringInfo buf, RowMatrix *matrix,
								 TimeKind kind, MemoryContext context,
								 int most_columns);
extern void RowMatrixDeserializeLike(StringInfo buf, RowMatrix *matrix,
									 TimeKind kind);

#endif							/* BUBBLE_ROW_MATRIX_H */
