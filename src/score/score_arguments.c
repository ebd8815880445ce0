/*
 * score_arguments.c - what the score functions ask of their arguments
 *
 * The checks are described in score_arguments.h.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "postgres.h"

#include <math.h>

#include "access/tupmacs.h"
#include "utils/memutils.h"

#include "score/score_arguments.h"

const char *const MethodNames[] = {
	"percentile", "minmax", "zscore", "robust", NULL
};
const char *const AggregationNames[] = {
	"arithmetic", "geometric", "harmonic", "minimum", "maximum", "median",
	"ciss", NULL
};

/* ---- arrays of double precision ---- */

/*
 * The number of elements of a one-dimensional array, which has some, but no
 * more than the given number.
 */
int
VectorLength(ArrayType *array, const char *name, int most)
{
	int			length;

	if (ARR_NDIM(array) != 1)
		ereport(ERROR,
				(errcode(ERRCODE_ARRAY_SUBSCRIPT_ERROR),
				 errmsg("%s must be a one-dimensional array with elements",
						name),
				 errdetail("The array has %d dimensions.", ARR_NDIM(array)),
				 errhint("Use an array such as ARRAY[1.5, 2.5]; an empty "
						 "array has 0 dimensions.")));
	length = ARR_DIMS(array)[0];
	if (length > most)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("too many %s", name),
				 errdetail("There are %d %s in an array, the most are %d.",
						   length, name, most),
				 errhint("Put similar ones together first.")));
	return length;
}

/*
 * Copy the elements out; one that is NULL is missing.
 */
void
ReadVector(ArrayType *array, double *values, bool *missing)
{
	int			count = ARR_DIMS(array)[0];
	const double *next = VectorElements(array);
	const uint8 *bitmap = ARR_NULLBITMAP(array);
	int			i;

	Assert(ARR_NDIM(array) == 1);
	for (i = 0; i < count; i++)
	{
		missing[i] = bitmap != NULL && att_isnull(i, bitmap);
		values[i] = missing[i] ? 0.0 : *next++;
	}
}

static void
check_weight(double weight, bool missing)
{
	if (missing)
		ereport(ERROR,
				(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
				 errmsg("weights must not have null elements"),
				 errdetail("A weight is null."),
				 errhint("Use 0 for what should not count, or no weights at "
						 "all for equal ones.")));
	if (isnan(weight) || isinf(weight))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("\"weights\" must be finite"),
				 errdetail("A weight is %g.", weight),
				 errhint("Use finite numbers; only their ratios matter.")));
}

/*
 * Weights, finite and not all zero.
 */
double *
ReadWeights(ArrayType *array, int most, int *count, MemoryContext context)
{
	double	   *weights;
	bool	   *missing;
	bool		any = false;
	int			i;

	*count = VectorLength(array, "weights", most);
	weights = MemoryContextAlloc(context, *count * sizeof(double));
	missing = palloc(*count);
	ReadVector(array, weights, missing);
	for (i = 0; i < *count; i++)
	{
		check_weight(weights[i], missing[i]);
		any |= weights[i] != 0.0;
	}
	if (!any)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("weights must not all be zero"),
				 errdetail("There is no weight left to divide by."),
				 errhint("Use at least one weight other than 0, or no "
						 "weights at all for equal ones.")));
	pfree(missing);
	return weights;
}

void
CheckWeightsCount(int weights, int count, const char *name)
{
	if (weights != count)
		ereport(ERROR,
				(errcode(ERRCODE_ARRAY_SUBSCRIPT_ERROR),
				 errmsg("weights must have as many elements as %s", name),
				 errdetail("The number of weights is %d, that of %s is %d.",
						   weights, name, count),
				 errhint("Use 0 for what should not count.")));
}

/* ---- values ---- */

void
IndicatorError(double indicator)
{
	ereport(ERROR,
			(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
			 errmsg("indicator must be finite"),
			 errdetail("An indicator is %g.", indicator),
			 errhint("Use NULL for an unknown indicator.")));
}

void
IndicatorsLengthError(int indicators, int before)
{
	ereport(ERROR,
			(errcode(ERRCODE_ARRAY_SUBSCRIPT_ERROR),
			 errmsg("indicators must have the same length in all rows"),
			 errdetail("There are %d indicators after rows with %d.",
					   indicators, before),
			 errhint("Use NULL elements for unknown indicators.")));
}

void
ScoreError(double score)
{
	ereport(ERROR,
			(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
			 errmsg("score must be from 0 to 100"),
			 errdetail("A score is %g.", score),
			 errhint("Normalise it first, or use NULL for an unknown "
					 "score.")));
}
