/*
 * score_arguments.h - what the score functions ask of their arguments
 *
 * Plain parameters are declared in tables (parameters.h); here are the checks
 * of arrays and values.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#ifndef BUBBLE_SCORE_ARGUMENTS_H
#define BUBBLE_SCORE_ARGUMENTS_H

#include "fmgr.h"
#include "utils/array.h"

#include "foundation/compat.h"

/*
 * The most indicators of a row: a state of ciss has a square matrix of them.
 * Weights from the data need their eigenvectors at once, and a plain
 * composite nothing but the scores.
 */
#define MOST_INDICATORS 1000
#define MOST_WEIGHED 250
#define MOST_SCORES 100000

/* In the order of the enums, NULL at the end. */
extern const char *const MethodNames[];
extern const char *const AggregationNames[];

extern int	VectorLength(ArrayType *array, const char *name, int most);
extern void ReadVector(ArrayType *array, double *values, bool *missing);
extern double *ReadWeights(ArrayType *array, int most, int *count,
						   MemoryContext context);

extern void CheckWeightsCount(int weights, int count, const char *name);
pg_noreturn extern void IndicatorError(double indicator);
pg_noreturn extern void IndicatorsLengthError(int indicators, int before);
pg_noreturn extern void ScoreError(double score);

/*
 * The elements of a one-dimensional array that are not NULL.  ARR_DATA_PTR
 * does the same but mixes signed and unsigned, which compilers warn about.
 */
static inline const double *
VectorElements(ArrayType *array)
{
	Size		offset = ARR_OVERHEAD_NONULLS(1);

	if (ARR_HASNULL(array))
		offset = array->dataoffset;
	return (const double *) ((char *) array + offset);
}

/*
 * A score: from 0 to 100.
 */
static inline double
CheckScore(double score)
{
	if (unlikely(!(score >= 0.0 && score <= 100.0)))
		ScoreError(score);
	return score;
}

#endif							/* BUBBLE_SCORE_ARGUMENTS_H */
