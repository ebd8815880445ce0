/*
 * weights_sql.c - SQL functions pca_weights(indicators), entropy_weights,
 * critic_weights and deviation_weights
 *
 * Rows are kept and sorted (row_matrix.h) before their columns are weighed
 * (weights.h).
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "postgres.h"

#include <math.h>

#include "catalog/pg_type.h"
#include "libpq/pqformat.h"
#include "miscadmin.h"
#include "utils/array.h"
#include "utils/memutils.h"

#include "foundation/aggregate_head.h"
#include "foundation/arguments.h"
#include "foundation/array.h"
#include "foundation/gsl_boundary.h"
#include "foundation/row_matrix.h"
#include "foundation/serialised.h"
#include "score/score_arguments.h"
#include "score/weights.h"

PG_FUNCTION_INFO_V1(bubble_pca_weights_finalfn);
PG_FUNCTION_INFO_V1(bubble_entropy_weights_finalfn);
PG_FUNCTION_INFO_V1(bubble_critic_weights_finalfn);
PG_FUNCTION_INFO_V1(bubble_deviation_weights_finalfn);

/* ---- rows ---- */

typedef struct WeightsState
{
	AggregateHead head;
	RowMatrix	rows;			/* no columns until the first row has come */
} WeightsState;

static WeightsState *
weights_create(const AggregateHead *head, MemoryContext context)
{
	return MemoryContextAllocZero(context, sizeof(WeightsState));
}

/*
 * All rows have as many indicators as the first one.
 */
static void
expect_indicators(WeightsState *state, int indicators)
{
	if (state->rows.columns == 0)
		RowMatrixInit(&state->rows, state->head.context, 0, indicators);
	else if (state->rows.columns != indicators)
		IndicatorsLengthError(indicators, state->rows.columns);
}

/*
 * A row with an unknown indicator is skipped.
 */
static void
weights_add(WeightsState *state, FunctionCallInfo fcinfo)
{
	ArrayType  *array = PG_GETARG_ARRAYTYPE_P(1);
	int			indicators = VectorLength(array, "indicators", MOST_WEIGHED);
	const double *value = VectorElements(array);
	RowElement *row;
	int			i;

	expect_indicators(state, indicators);
	if (!array_contains_nulls(array))
	{
		for (i = 0; i < indicators; i++)
			if (unlikely(!isfinite(value[i])))
				IndicatorError(value[i]);
		row = RowMatrixAdd(&state->rows);
		for (i = 0; i < indicators; i++)
			row[i].value = value[i] + 0.0;
	}
	PG_FREE_IF_COPY(array, 1);
}

static void
weights_merge(WeightsState *state, const WeightsState *other)
{
	if (other->rows.columns == 0)
		return;
	expect_indicators(state, other->rows.columns);
	RowMatrixMerge(&state->rows, &other->rows);
}

static void
weights_write(StringInfo buf, const WeightsState *state)
{
	pq_sendbyte(buf, state->rows.columns > 0);
	if (state->rows.columns > 0)
		RowMatrixSerialize(buf, &state->rows);
}

static void
weights_read(StringInfo buf, WeightsState *state)
{
	if (!FlagFrom(buf))
		return;
	RowMatrixDeserialize(buf, &state->rows, state->head.kind,
						 state->head.context, MOST_WEIGHED);
	if (state->rows.times != 0)
		DamagedStateError("columns");
}

#define AGGREGATE weights
#define AGGREGATE_STATE WeightsState
#define AGGREGATE_VALUES 1
#define AGGREGATE_MERGES
#include "foundation/aggregate.h"

/* ---- weights of their columns ---- */

/*
 * The columns as they came.
 */
static Columns
read_columns(const RowMatrix *rows)
{
	RowElement *sorted = RowMatrixSorted(rows);
	const RowElement *element = sorted;
	Columns		columns = {.count = rows->columns, .rows = rows->count};
	int64		i;
	int			j;

	columns.value = AllocateNumbers(columns.rows * columns.count);
	for (i = 0; i < columns.rows; i++)
	{
		CHECK_FOR_INTERRUPTS();
		for (j = 0; j < columns.count; j++)
			columns.value[j * columns.rows + i] = (element++)->value;
	}
	pfree(sorted);
	return columns;
}

static Columns
scaled_columns(const RowMatrix *rows)
{
	Columns		columns = read_columns(rows);

	columns.deviation = AllocateNumbers(columns.rows * columns.count);
	columns.length = palloc(columns.count * sizeof(double));
	columns.range = palloc(columns.count * sizeof(double));
	ScaleColumns(&columns);
	return columns;
}

/*
 * The rows of a final function; NULL if there are fewer than two.
 */
static const RowMatrix *
some_rows(FunctionCallInfo fcinfo)
{
	const WeightsState *state = STATE_ARG(WeightsState, 0);

	return state == NULL || state->rows.count < 2 ? NULL : &state->rows;
}

static double *
room_for_weights(const Columns *columns)
{
	return palloc0(columns->count * sizeof(double));
}

static Datum
weights_result(double *weight, int count)
{
	Datum	   *element = palloc(count * sizeof(Datum));
	int			i;

	ShareOut(weight, count);
	for (i = 0; i < count; i++)
		element[i] = Float8GetDatum(weight[i]);
	PG_RETURN_ARRAYTYPE_P(construct_array(element, count, FLOAT8OID,
										  sizeof(float8), FLOAT8PASSBYVAL,
										  TYPALIGN_DOUBLE));
}

/*
 * Weights that scaled columns have in any case.
 */
static Datum
weights_of_scaled(FunctionCallInfo fcinfo,
				  void (*weigh) (const Columns *columns, double *weight))
{
	const RowMatrix *rows = some_rows(fcinfo);
	Columns		columns;
	double	   *weight;

	if (rows == NULL)
		PG_RETURN_NULL();
	columns = scaled_columns(rows);
	weight = room_for_weights(&columns);
	weigh(&columns, weight);
	return weights_result(weight, columns.count);
}

Datum
bubble_deviation_weights_finalfn(PG_FUNCTION_ARGS)
{
	return weights_of_scaled(fcinfo, DeviationWeights);
}

Datum
bubble_critic_weights_finalfn(PG_FUNCTION_ARGS)
{
	return weights_of_scaled(fcinfo, CriticWeights);
}

static void
entropy_error(double indicator)
{
	ereport(ERROR,
			(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
			 errmsg("indicator must not be negative for entropy weights"),
			 errdetail("An indicator is %g.", indicator),
			 errhint("Normalise the indicators first, for instance with "
					 "minmax_score.")));
}

Datum
bubble_entropy_weights_finalfn(PG_FUNCTION_ARGS)
{
	const RowMatrix *rows = some_rows(fcinfo);
	Columns		columns;
	double	   *weight;
	double		negative;

	if (rows == NULL)
		PG_RETURN_NULL();
	columns = read_columns(rows);
	weight = room_for_weights(&columns);
	if (!EntropyWeights(&columns, weight, &negative))
		entropy_error(negative);
	return weights_result(weight, columns.count);
}

static void
free_eigen(void *workspace)
{
	gsl_eigen_symmv_free(workspace);
}

/*
 * The loadings of the columns at the given places, at least one.
 */
static double *
first_loadings(const Columns *columns, const int *place, int count)
{
	gsl_eigen_symmv_workspace *workspace;
	double	   *loading = palloc(count * sizeof(double));
	gsl_vector_view values =
		gsl_vector_view_array(palloc(count * sizeof(double)), count);
	gsl_matrix_view matrix =
		gsl_matrix_view_array(palloc(count * count * sizeof(double)), count,
							  count);
	gsl_matrix_view vectors =
		gsl_matrix_view_array(palloc(count * count * sizeof(double)), count,
							  count);

	CorrelateColumns(columns, place, &matrix.matrix);
	EnsureGslMemory(count * 4 * sizeof(double));
	workspace = KeepGslObject(gsl_eigen_symmv_alloc(count), free_eigen);
	CheckGsl(FirstComponent(&matrix.matrix, workspace, &values.vector,
							&vectors.matrix, loading),
			 "principal components");
	return loading;
}

Datum
bubble_pca_weights_finalfn(PG_FUNCTION_ARGS)
{
	const RowMatrix *rows = some_rows(fcinfo);
	Columns		columns;
	double	   *weight;
	double	   *loading;
	int		   *place;
	int			count;
	int			i;

	if (rows == NULL)
		PG_RETURN_NULL();
	columns = scaled_columns(rows);
	place = palloc(columns.count * sizeof(int));
	weight = room_for_weights(&columns);
	count = DifferingColumns(&columns, place);
	if (count == 0)
		return weights_result(weight, columns.count);
	loading = first_loadings(&columns, place, count);
	for (i = 0; i < count; i++)
		weight[place[i]] = loading[i] * fabs(loading[i]);
	return weights_result(weight, columns.count);
}
