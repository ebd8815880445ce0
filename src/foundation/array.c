/*
 * array.c - arrays that grow, beyond a gigabyte if need be
 *
 * The method is described in array.h.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "postgres.h"

#include "miscadmin.h"
#include "utils/memutils.h"

#include "foundation/array.h"

/* The smallest array, and the largest that doubles, in elements. */
#define FIRST_CAPACITY 8
#define DOUBLING_LIMIT 4096

#define COPIED_AT_ONCE ((Size) 8 << 20)

/*
 * The new capacity of a full array, which needs at least so many elements of
 * this size.
 */
int64
GrownCapacity(int64 capacity, int64 needed, Size item)
{
	const int64 most = MaxAllocHugeSize / item / 2;
	int64		larger = capacity + (capacity < DOUBLING_LIMIT ?
									 capacity : capacity / 4);

	if (needed > most)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("too many rows in one group"),
				 errdetail("A group can have " INT64_FORMAT " rows.", most),
				 errhint("Use smaller groups or shorter frames.")));
	return Max(Max(larger, needed), FIRST_CAPACITY);
}

/*
 * Change the capacity of an array, which is NULL at first.
 */
void *
ResizeArray(MemoryContext context, void *array, int64 capacity, Size item)
{
	if (array == NULL)
		return MemoryContextAllocHuge(context, capacity * item);
	return repalloc_huge(array, capacity * item);
}

/*
 * Make sure that an array has room for so many elements.
 */
void *
GrowArray(MemoryContext context, void *array, int64 *capacity, int64 needed,
		  Size item)
{
	if (needed <= *capacity)
		return array;
	*capacity = GrownCapacity(*capacity, needed, item);
	return ResizeArray(context, array, *capacity, item);
}

/*
 * Copy a part at a time, so that it can be cancelled.
 */
void
CopyArray(void *to, const void *from, Size size)
{
	Size		done;

	for (done = 0; done < size; done += COPIED_AT_ONCE)
	{
		CHECK_FOR_INTERRUPTS();
		memcpy((char *) to + done, (const char *) from + done,
			   Min(COPIED_AT_ONCE, size - done));
	}
}

/*
 * Room for numbers in CurrentMemoryContext.
 */
double *
AllocateNumbers(int64 count)
{
	return MemoryContextAllocHuge(CurrentMemoryContext,
								  count * sizeof(double));
}
