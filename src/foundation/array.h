/*
 * array.h - arrays that grow, beyond a gigabyte if need be
 *
 * A full array becomes twice as large, one of many elements a quarter larger,
 * so that an element costs O(1) and little room is left over.  Arrays that
 * would be too large are an error before anything is allocated.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#ifndef BUBBLE_ARRAY_H
#define BUBBLE_ARRAY_H

extern int64 GrownCapacity(int64 capacity, int64 needed, Size item);
extern void *ResizeArray(MemoryContext context, void *array, int64 capacity,
						 Size item);
extern void *GrowArray(MemoryContext context, void *array, int64 *capacity,
					   int64 needed, Size item);
extern void CopyArray(void *to, const void *from, Size size);
extern double *AllocateNumbers(int64 count);

#endif							/* BUBBLE_ARRAY_H */
