/*
 * row_matrix.c - rows of numbers that a statistic needs all at once
 *
 * The method is described in row_matrix.h.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "postgres.h"

#include "libpq/pqformat.h"
#include "miscadmin.h"
#include "utils/memutils.h"

#include "foundation/arguments.h"
#include "foundation/array.h"
#include "foundation/row_matrix.h"
#include "foundation/serialised.h"

void
RowMatrixInit(RowMatrix *matrix, MemoryContext context, int times,
			  int columns)
{
	memset(matrix, 0, sizeof(*matrix));
	matrix->context = context;
	matrix->times = times;
	matrix->columns = columns;
}

static inline size_t
row_bytes(const RowMatrix *matrix)
{
	return matrix->columns * sizeof(RowElement);
}

static inline RowElement *
row_at(const RowMatrix *matrix, int64 place)
{
	return matrix->element + place * matrix->columns;
}

/*
 * Make room for "more" rows.
 */
static void
reserve(RowMatrix *matrix, int64 more)
{
	matrix->element = GrowArray(matrix->context, matrix->element,
								&matrix->capacity, matrix->count + more,
								row_bytes(matrix));
}

/*
 * One more row, to be filled in.
 */
RowElement *
RowMatrixAdd(RowMatrix *matrix)
{
	reserve(matrix, 1);
	return row_at(matrix, matrix->count++);
}

void
RowMatrixMerge(RowMatrix *matrix, const RowMatrix *other)
{
	Assert(matrix->columns == other->columns);
	if (other->count == 0)
		return;
	reserve(matrix, other->count);
	CopyArray(row_at(matrix, matrix->count), other->element,
			  other->count * row_bytes(other));
	matrix->count += other->count;
}

static inline int
compare_rows(const void *a, const void *b, const RowMatrix *matrix)
{
	const RowElement *one = a;
	const RowElement *two = b;
	int			i;

	for (i = 0; i < matrix->times; i++)
		if (one[i].at != two[i].at)
			return one[i].at < two[i].at ? -1 : 1;
	for (; i < matrix->columns; i++)
		if (one[i].value != two[i].value)
			return one[i].value < two[i].value ? -1 : 1;
	return 0;
}

#define ST_SORT sort_rows
#define ST_ELEMENT_TYPE_VOID
#define ST_COMPARE(a, b, matrix) compare_rows(a, b, matrix)
#define ST_COMPARE_ARG_TYPE const RowMatrix
#define ST_SCOPE static
#define ST_CHECK_FOR_INTERRUPTS
#define ST_DECLARE
#define ST_DEFINE
#include "lib/sort_template.h"

/*
 * A sorted copy of the rows; there must be one.
 */
RowElement *
RowMatrixSorted(const RowMatrix *matrix)
{
	const size_t bytes = row_bytes(matrix);
	size_t		size = matrix->count * bytes;
	RowElement *row = MemoryContextAllocHuge(CurrentMemoryContext, size);

	Assert(matrix->count > 0 && bytes > 0);
	CopyArray(row, matrix->element, size);
	sort_rows(row, matrix->count, bytes, matrix);
	return row;
}

void
RowMatrixSerialize(StringInfo buf, const RowMatrix *matrix)
{
	int64		i;

	CheckHandOver(matrix->count, row_bytes(matrix));
	pq_sendbyte(buf, matrix->times);
	pq_sendint32(buf, matrix->columns);
	pq_sendint64(buf, matrix->count);
	for (i = 0; i < matrix->count * matrix->columns; i++)
	{
		CHECK_FOR_INTERRUPTS();
		pq_sendint64(buf, matrix->element[i].at);
	}
}

void
RowMatrixDeserialize(StringInfo buf, RowMatrix *matrix, TimeKind kind,
					 MemoryContext context, int most_columns)
{
	int			times = pq_getmsgbyte(buf);
	int			columns = pq_getmsgint(buf, 4);
	int64		count = pq_getmsgint64(buf);
	int64		i;

	if (columns < 1 || columns > most_columns || times > columns)
		DamagedStateError("number of columns");
	RowMatrixInit(matrix, context, times, columns);
	if (count < 0 ||
		count > (int64) ((buf->len - buf->cursor) / row_bytes(matrix)))
		DamagedStateError("number of rows");
	if (count > 0)
		reserve(matrix, count);
	for (i = 0; i < count * columns; i++)
	{
		CHECK_FOR_INTERRUPTS();
		if (i % columns < times)
			matrix->element[i].at = TimeFrom(buf, kind);
		else
			matrix->element[i].value = FiniteFrom(buf, "value");
	}
	matrix->count = count;
}

/*
 * The same of rows that have the columns of a matrix without rows.
 */
void
RowMatrixDeserializeLike(StringInfo buf, RowMatrix *matrix, TimeKind kind)
{
	const int	times = matrix->times;
	const int	columns = matrix->columns;

	RowMatrixDeserialize(buf, matrix, kind, matrix->context, columns);
	if (matrix->times != times || matrix->columns != columns)
		DamagedStateError("columns");
}
