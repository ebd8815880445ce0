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
#include "foundation/row_matrix.h"

#define FIRST_ROWS 8

void
RowMatrixInit(RowMatrix *matrix, MemoryContext context, bool timed,
			  int columns)
{
	memset(matrix, 0, sizeof(*matrix));
	matrix->context = context;
	matrix->timed = timed;
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
 * Make room for so many more rows.
 */
static void
reserve(RowMatrix *matrix, int64 more)
{
	const int64 most = MaxAllocHugeSize / row_bytes(matrix) / 2;
	int64		needed = matrix->count + more;
	int64		capacity = Max(matrix->capacity, FIRST_ROWS);

	if (needed <= matrix->capacity)
		return;
	if (needed > most)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("too many rows in one group"),
				 errdetail("There cannot be more than " INT64_FORMAT
						   " rows of this length.", most),
				 errhint("Use smaller groups.")));
	while (capacity < needed)
		capacity *= 2;
	if (matrix->element == NULL)
		matrix->element = MemoryContextAllocHuge(matrix->context, capacity *
												 row_bytes(matrix));
	else
		matrix->element = repalloc_huge(matrix->element,
										capacity * row_bytes(matrix));
	matrix->capacity = capacity;
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
	memcpy(row_at(matrix, matrix->count), other->element,
		   other->count * row_bytes(other));
	matrix->count += other->count;
}

static int
compare_rows(const void *a, const void *b, void *matrix)
{
	const RowElement *one = a;
	const RowElement *two = b;
	int			i = 0;

	if (((RowMatrix *) matrix)->timed)
	{
		if (one[0].at != two[0].at)
			return one[0].at < two[0].at ? -1 : 1;
		i = 1;
	}
	for (; i < ((RowMatrix *) matrix)->columns; i++)
		if (one[i].value != two[i].value)
			return one[i].value < two[i].value ? -1 : 1;
	return 0;
}

/*
 * A sorted copy of the rows; there must be one.
 */
RowElement *
RowMatrixSorted(const RowMatrix *matrix)
{
	size_t		size = matrix->count * row_bytes(matrix);
	RowElement *row = MemoryContextAllocHuge(CurrentMemoryContext, size);

	Assert(matrix->count > 0);
	memcpy(row, matrix->element, size);
	qsort_arg(row, matrix->count, row_bytes(matrix), compare_rows,
			  unconstify(RowMatrix *, matrix));
	return row;
}

void
RowMatrixSerialize(StringInfo buf, const RowMatrix *matrix)
{
	int64		i;

	CheckHandOver(matrix->count, row_bytes(matrix));
	pq_sendbyte(buf, matrix->timed);
	pq_sendint32(buf, matrix->columns);
	pq_sendint64(buf, matrix->count);
	for (i = 0; i < matrix->count * matrix->columns; i++)
	{
		CHECK_FOR_INTERRUPTS();
		pq_sendint64(buf, matrix->element[i].at);
	}
}

void
RowMatrixDeserialize(StringInfo buf, RowMatrix *matrix, MemoryContext context,
					 int most_columns)
{
	bool		timed = pq_getmsgbyte(buf) != 0;
	int			columns = pq_getmsgint(buf, 4);
	int64		count = pq_getmsgint64(buf);
	int64		i;

	if (columns < 1 || columns > most_columns)
		elog(ERROR, "invalid number of columns in a serialised state");
	RowMatrixInit(matrix, context, timed, columns);
	if (count < 0 ||
		count > (int64) ((buf->len - buf->cursor) / row_bytes(matrix)))
		elog(ERROR, "invalid number of rows in a serialised state");
	if (count > 0)
		reserve(matrix, count);
	for (i = 0; i < count * columns; i++)
	{
		CHECK_FOR_INTERRUPTS();
		matrix->element[i].at = pq_getmsgint64(buf);
	}
	matrix->count = count;
}
