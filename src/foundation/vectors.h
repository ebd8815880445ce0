/*
 * vectors.h - kernels that are compiled for several vectors
 *
 * Kernel: no PostgreSQL in here.
 *
 * A kernel compiled for the vectors of several processors lists them, best
 * first and those that every processor has last.  The first time it is used
 * the best ones of this processor are chosen; tests may choose others.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#ifndef BUBBLE_VECTORS_H
#define BUBBLE_VECTORS_H

#include <stdbool.h>
#include <stddef.h>

/*
 * Bitcode, which clang makes, could not ask which processor it runs on.
 */
#ifndef WIDE_VECTORS
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__)
#define WIDE_VECTORS 1
#else
#define WIDE_VECTORS 0
#endif
#endif

/*
 * What such a kernel calls in its loops is a part of each of them.
 */
#define UNROLLED static inline __attribute__((always_inline))

/*
 * Before a loop that is to be written out as a whole, if the compiler knows
 * how long it is.
 */
#define UNROLL _Pragma("GCC unroll 8")

typedef struct Vectors
{
	const char *name;
	bool		(*supported) (void);	/* NULL: everywhere */
} Vectors;

typedef struct VectorChoice
{
	const Vectors *vectors;
	int			count;
	int			chosen;			/* below 0 before the first use */
} VectorChoice;

#define VECTOR_CHOICE(list) \
	{list, (int) (sizeof(list) / sizeof((list)[0])), -1}

/*
 * The name of some vectors; NULL after the last.
 */
static inline const char *
VectorsName(const VectorChoice *choice, int vectors)
{
	return vectors < choice->count ? choice->vectors[vectors].name : NULL;
}

/*
 * Use these from now on; false if the processor does not have them.
 */
static inline bool
UseVectors(VectorChoice *choice, int vectors)
{
	if (choice->vectors[vectors].supported != NULL &&
		!choice->vectors[vectors].supported())
		return false;
	choice->chosen = vectors;
	return true;
}

/*
 * The number of those in use.
 */
static inline int
UsedVectors(VectorChoice *choice)
{
	int			vectors;

	if (!WIDE_VECTORS)
		return 0;				/* there are no others */
	for (vectors = 0; choice->chosen < 0; vectors++)
		(void) UseVectors(choice, vectors);
	return choice->chosen;
}

#endif							/* BUBBLE_VECTORS_H */
