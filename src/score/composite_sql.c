/*
 * composite_sql.c - SQL function composite(scores, weights, aggregation)
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "postgres.h"

#include "foundation/parameters.h"
#include "score/composite.h"
#include "score/score_arguments.h"

PG_FUNCTION_INFO_V1(bubble_composite);

static const ParameterDef composite_defs[] = {
	{"aggregation", PARAMETER_NAME, .null_is_default = true,
		.names = AggregationNames, .number = AGGREGATION_ARITHMETIC}
};
static const ParameterTable composite_parameters =
PARAMETER_TABLE(composite_defs);

/*
 * An aggregation of scores that have no history.
 */
static Aggregation
plain_aggregation(FunctionCallInfo fcinfo, int argno)
{
	const ParameterValue *aggregation =
		ReadParameters(fcinfo, argno, &composite_parameters, TIME_IS_DATE);

	if (aggregation->u.count == AGGREGATION_CISS)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("the aggregation ciss needs a history"),
				 errdetail("It weighs scores by how they have moved "
						   "together."),
				 errhint("Use it in bubble_score(indicators, weights, method, "
						 "aggregation).")));
	return (Aggregation) aggregation->u.count;
}

/*
 * The weights of a plain composite, scaled, or NULL for equal ones.  Where
 * one is negative, the score is turned around.
 */
static double *
composite_weights(FunctionCallInfo fcinfo, int argno, double *scores,
				  int count)
{
	double	   *weights;
	int			weights_count;
	int			i;

	if (PG_ARGISNULL(argno))
		return NULL;
	weights = ReadWeights(PG_GETARG_ARRAYTYPE_P(argno), MOST_SCORES,
						  &weights_count, CurrentMemoryContext);
	CheckWeightsCount(weights_count, count, "scores");
	for (i = 0; i < count; i++)
		if (weights[i] < 0.0)
			scores[i] = 100.0 - scores[i];
	ScaleWeights(weights, count);
	return weights;
}

Datum
bubble_composite(PG_FUNCTION_ARGS)
{
	Aggregation aggregation = plain_aggregation(fcinfo, 2);
	ArrayType  *array;
	double	   *scores;
	bool	   *missing;
	WeightedScore *gathered;
	const double *weights;
	int			count;
	int			i;

	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	array = PG_GETARG_ARRAYTYPE_P(0);
	if (ARR_NDIM(array) == 0)
		PG_RETURN_NULL();
	count = VectorLength(array, "scores", MOST_SCORES);
	scores = palloc(count * sizeof(double));
	missing = palloc(count);
	gathered = palloc(count * sizeof(WeightedScore));
	ReadVector(array, scores, missing);
	for (i = 0; i < count; i++)
		if (!missing[i])
			CheckScore(scores[i]);
	weights = composite_weights(fcinfo, 1, scores, count);
	count = GatherScores(gathered, scores, missing, weights, count,
						 LEAST_WEIGHT);
	if (count == 0)
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(CompositeOf(gathered, count, aggregation));
}
