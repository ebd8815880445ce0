/*
 * arguments.c - what the score functions ask of their arguments
 *
 * The checks are described in arguments.h.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "postgres.h"

#include <math.h>

#include "access/tupmacs.h"
#include "utils/memutils.h"

#include "foundation/arguments.h"
#include "foundation/compat.h"
#include "score/arguments.h"

/* In the order of the enums. */
static const char *const method_names[] = {
	"percentile", "minmax", "zscore", "robust"
};
static const char *const aggregation_names[] = {
	"arithmetic", "geometric", "harmonic", "minimum", "maximum", "median",
	"ciss"
};

/* ---- the same on all rows ---- */

void
KeepParameter(KeptParameter *kept, FunctionCallInfo fcinfo, int argno,
			  MemoryContext context)
{
	struct varlena *value;

	kept->is_null = PG_ARGISNULL(argno);
	if (kept->is_null)
		return;
	value = PG_GETARG_VARLENA_PP(argno);
	kept->size = VARSIZE_ANY_EXHDR(value);
	kept->bytes = MemoryContextAlloc(context, kept->size);
	memcpy(kept->bytes, VARDATA_ANY(value), kept->size);
	PG_FREE_IF_COPY(value, argno);
}

void
CheckUnchanged(const KeptParameter *kept, FunctionCallInfo fcinfo, int argno,
			   const char *name)
{
	struct varlena *value;

	if (kept->is_null != PG_ARGISNULL(argno))
		ChangedParameterError(name);
	if (kept->is_null)
		return;
	value = PG_GETARG_VARLENA_PP(argno);
	if (kept->size != VARSIZE_ANY_EXHDR(value) ||
		memcmp(kept->bytes, VARDATA_ANY(value), kept->size) != 0)
		ChangedParameterError(name);
	PG_FREE_IF_COPY(value, argno);
}

/* ---- method and aggregation ---- */

ScoreMethod
MethodArg(FunctionCallInfo fcinfo, int argno)
{
	if (PG_ARGISNULL(argno))
		return METHOD_PERCENTILE;
	return (ScoreMethod) NameArg(fcinfo, argno, "method", method_names,
								 lengthof(method_names));
}

Aggregation
AggregationArg(FunctionCallInfo fcinfo, int argno)
{
	if (PG_ARGISNULL(argno))
		return AGGREGATION_ARITHMETIC;
	return (Aggregation) NameArg(fcinfo, argno, "aggregation",
								 aggregation_names,
								 lengthof(aggregation_names));
}

/*
 * An aggregation of scores that have no history.
 */
Aggregation
PlainAggregationArg(FunctionCallInfo fcinfo, int argno)
{
	Aggregation aggregation = AggregationArg(fcinfo, argno);

	if (aggregation == AGGREGATION_CISS)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("the aggregation ciss needs a history"),
				 errdetail("It weighs scores by how they have moved "
						   "together."),
				 errhint("Use it in bubble_score(indicators, weights, method, "
						 "aggregation).")));
	return aggregation;
}

/* ---- numbers ---- */

/* Of fewer values a standing says little: of one, nothing. */
#define DEFAULT_MIN_HISTORY 20
#define DEFAULT_REPLICATIONS 200
#define MOST_REPLICATIONS 100000
#define DEFAULT_SEED 1
#define DEFAULT_PERTURBATION 0.25

ScoreNumbers
DefaultScoreNumbers(void)
{
	ScoreNumbers numbers = {
		.min_history = DEFAULT_MIN_HISTORY,
		.replications = DEFAULT_REPLICATIONS, .seed = DEFAULT_SEED,
		.perturbation = DEFAULT_PERTURBATION
	};

	return numbers;
}

int64
MinHistoryArg(FunctionCallInfo fcinfo, int argno)
{
	if (PG_ARGISNULL(argno))
		return DEFAULT_MIN_HISTORY;
	if (PG_GETARG_INT64(argno) < 1)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("min_history must be at least 1"),
				 errdetail("The min_history is " INT64_FORMAT ".",
						   PG_GETARG_INT64(argno)),
				 errhint("Use the number of values without which an indicator "
						 "gives no score, such as 12.")));
	return PG_GETARG_INT64(argno);
}

int64
ReplicationsArg(FunctionCallInfo fcinfo, int argno)
{
	int64		replications;

	if (PG_ARGISNULL(argno))
		return DEFAULT_REPLICATIONS;
	replications = PG_GETARG_INT64(argno);
	if (replications < 1 || replications > MOST_REPLICATIONS)
		ereport(ERROR,
				(errcode(replications < 1 ? ERRCODE_INVALID_PARAMETER_VALUE :
						 ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("replications must be from 1 to %d",
						MOST_REPLICATIONS),
				 errdetail("The number of replications is " INT64_FORMAT ".",
						   replications),
				 errhint("A few hundred are enough for an interval.")));
	return replications;
}

int64
SeedArg(FunctionCallInfo fcinfo, int argno)
{
	return PG_ARGISNULL(argno) ? DEFAULT_SEED : PG_GETARG_INT64(argno);
}

double
PerturbationArg(FunctionCallInfo fcinfo, int argno)
{
	double		perturbation;

	if (PG_ARGISNULL(argno))
		return DEFAULT_PERTURBATION;
	perturbation = PG_GETARG_FLOAT8(argno);
	if (!(perturbation >= 0.0 && perturbation < 1.0))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("perturbation must be from 0 to less than 1"),
				 errdetail("The perturbation is %g.", perturbation),
				 errhint("0.25 multiplies each weight by something from 0.75 "
						 "to 1.25.")));
	return perturbation;
}

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
				 errmsg("weights must be finite"),
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
