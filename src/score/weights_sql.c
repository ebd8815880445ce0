/*
 * weights_sql.c - weights of indicators from the data
 *
 *	pca			squared loadings of the first principal component of the
 *				correlation matrix, negative where the loading is
 *	entropy		1 - E over the sum of those, E = -sum p ln p / ln m,
 *				p = x / sum x, m rows: what is spread unevenly tells more
 *	critic		s * sum (1 - r) over the sum of those, with the standard
 *				deviation s on a scale from 0 to 1 and the correlations r with
 *				the other indicators: what differs, and from the others, tells
 *				more
 *	deviation	s over the sum of those, in the units of the data
 *
 * Rows are kept and sorted first (row_matrix.h), then each column is taken
 * to a scale on which nothing overflows, which changes none of these.
 *
 * Where the data tell nothing, because no indicator differs from row to row,
 * all weights are equal.  Where the two largest eigenvalues of the correlation
 * matrix are equal, as they are of indicators that do not correlate, any
 * vector of a whole plane could be the first component: then all indicators
 * that differ have equal weights.
 *
 * References: OECD, JRC, Handbook on Constructing Composite Indicators, 2008
 * (principal components); C. L. Hwang, K. Yoon, Multiple Attribute Decision
 * Making, 1981 (entropy); D. Diakoulaki, G. Mavrotas, L. Papayannakis,
 * Determining objective weights in multiple criteria problems: the CRITIC
 * method, Computers & Operations Research 22(7), 1995.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "postgres.h"

#include <math.h>

#include <gsl/gsl_eigen.h>

#include "catalog/pg_type.h"
#include "libpq/pqformat.h"
#include "miscadmin.h"
#include "utils/array.h"
#include "utils/memutils.h"

#include "foundation/aggregate_head.h"
#include "foundation/arguments.h"
#include "foundation/compensated_sum.h"
#include "foundation/gsl_boundary.h"
#include "foundation/row_matrix.h"
#include "score/arguments.h"

/*
 * The first eigenvalue stands apart from the second one if that is less than
 * it by more than this part of it.
 */
#define LEAST_APART 1e-8

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
		RowMatrixInit(&state->rows, state->head.context, false, indicators);
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
	if (pq_getmsgbyte(buf) != 0)
		RowMatrixDeserialize(buf, &state->rows, state->head.context,
							 MOST_WEIGHED);
}

#define AGGREGATE weights
#define AGGREGATE_STATE WeightsState
#define AGGREGATE_VALUES 1
#define AGGREGATE_MERGES
#include "foundation/aggregate.h"

/* ---- columns ---- */

/*
 * Columns one after the other, each with its deviations from the mean and
 * the square root of the sum of their squares.
 */
typedef struct Columns
{
	int			count;
	int64		rows;
	double	   *value;			/* from 0 to 1 */
	double	   *deviation;
	double	   *length;			/* of the deviations */
	double	   *range;			/* of the values as they came, in one unit */
} Columns;

static void
column_limits(const Columns *columns, int j, double *lowest, double *highest)
{
	const double *value = columns->value + j * columns->rows;
	int64		i;

	*lowest = *highest = value[0];
	for (i = 1; i < columns->rows; i++)
	{
		CHECK_FOR_INTERRUPTS();
		*lowest = Min(*lowest, value[i]);
		*highest = Max(*highest, value[i]);
	}
}

/*
 * A unit in which no range overflows.
 */
static double
common_unit(const Columns *columns)
{
	double		unit = 1.0;
	double		lowest;
	double		highest;
	int			j;

	for (j = 0; j < columns->count; j++)
	{
		column_limits(columns, j, &lowest, &highest);
		if (isinf(highest - lowest))
			unit = 0.25;
	}
	return unit;
}

/*
 * Take a column to a scale from 0 to 1; to 0 if it does not differ.
 */
static void
scale_column(Columns *columns, int j, double unit)
{
	double	   *value = columns->value + j * columns->rows;
	double		lowest;
	double		highest;
	double		range;
	int64		i;

	column_limits(columns, j, &lowest, &highest);
	range = columns->range[j] = highest * unit - lowest * unit;
	for (i = 0; i < columns->rows; i++)
	{
		CHECK_FOR_INTERRUPTS();
		value[i] = range > 0.0 ? (value[i] * unit - lowest * unit) / range :
			0.0;
	}
}

static void
centre_column(Columns *columns, int j)
{
	const double *value = columns->value + j * columns->rows;
	double	   *deviation = columns->deviation + j * columns->rows;
	CompensatedSum sum = {0};
	CompensatedSum squares = {0};
	double		mean;
	int64		i;

	for (i = 0; i < columns->rows; i++)
	{
		CHECK_FOR_INTERRUPTS();
		CompensatedAdd(&sum, value[i]);
	}
	mean = CompensatedTotal(&sum) / columns->rows;
	for (i = 0; i < columns->rows; i++)
	{
		CHECK_FOR_INTERRUPTS();
		deviation[i] = value[i] - mean;
		CompensatedAdd(&squares, deviation[i] * deviation[i]);
	}
	columns->length[j] = sqrt(CompensatedTotal(&squares));
}

/*
 * The columns as they came.
 */
static Columns
read_columns(const RowMatrix *rows)
{
	RowElement *sorted = RowMatrixSorted(rows);
	const RowElement *element = sorted;
	const Size	size = rows->count * rows->columns * sizeof(double);
	Columns		columns = {.count = rows->columns, .rows = rows->count};
	int64		i;
	int			j;

	columns.value = MemoryContextAllocHuge(CurrentMemoryContext, size);
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
	double		unit = common_unit(&columns);
	int			j;

	columns.deviation =
		MemoryContextAllocHuge(CurrentMemoryContext, columns.rows *
							   columns.count * sizeof(double));
	columns.length = palloc(columns.count * sizeof(double));
	columns.range = palloc(columns.count * sizeof(double));
	for (j = 0; j < columns.count; j++)
	{
		scale_column(&columns, j, unit);
		centre_column(&columns, j);
	}
	return columns;
}

/*
 * The correlation of two columns; 0 if one of them does not differ.
 */
static double
correlation(const Columns *columns, int j, int k)
{
	const double *a = columns->deviation + j * columns->rows;
	const double *b = columns->deviation + k * columns->rows;
	CompensatedSum sum = {0};
	int64		i;

	if (j == k)
		return 1.0;
	if (columns->length[j] == 0.0 || columns->length[k] == 0.0)
		return 0.0;
	for (i = 0; i < columns->rows; i++)
	{
		CHECK_FOR_INTERRUPTS();
		CompensatedAdd(&sum, a[i] * b[i]);
	}
	return fmax(-1.0, fmin(1.0, CompensatedTotal(&sum) /
						   (columns->length[j] * columns->length[k])));
}

/* ---- weights ---- */

/*
 * Weights over the sum of their sizes; all equal if that is 0.
 */
static Datum
share_out(double *weight, int count)
{
	Datum	   *element = palloc(count * sizeof(Datum));
	double		total = 0.0;
	int			i;

	for (i = 0; i < count; i++)
		total += fabs(weight[i]);
	for (i = 0; i < count; i++)
		element[i] = Float8GetDatum(total > 0.0 ? weight[i] / total :
									1.0 / count);
	PG_RETURN_ARRAYTYPE_P(construct_array(element, count, FLOAT8OID,
										  sizeof(float8), FLOAT8PASSBYVAL,
										  TYPALIGN_DOUBLE));
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

Datum
bubble_deviation_weights_finalfn(PG_FUNCTION_ARGS)
{
	const RowMatrix *rows = some_rows(fcinfo);
	Columns		columns;
	double	   *weight;
	double		largest = 0.0;
	int			j;

	if (rows == NULL)
		PG_RETURN_NULL();
	columns = scaled_columns(rows);
	weight = palloc(columns.count * sizeof(double));
	for (j = 0; j < columns.count; j++)
		largest = Max(largest, columns.range[j]);
	for (j = 0; j < columns.count; j++)
		weight[j] = largest == 0.0 ? 0.0 :
			columns.length[j] * (columns.range[j] / largest);
	return share_out(weight, columns.count);
}

Datum
bubble_critic_weights_finalfn(PG_FUNCTION_ARGS)
{
	const RowMatrix *rows = some_rows(fcinfo);
	Columns		columns;
	double	   *conflict;
	int			j;
	int			k;

	if (rows == NULL)
		PG_RETURN_NULL();
	columns = scaled_columns(rows);
	conflict = palloc0(columns.count * sizeof(double));
	for (j = 0; j < columns.count; j++)
		for (k = 0; k < j; k++)
		{
			double		apart = 1.0 - correlation(&columns, j, k);

			conflict[j] += apart;
			conflict[k] += apart;
		}
	/* One indicator has nothing to conflict with. */
	for (j = 0; j < columns.count; j++)
		conflict[j] *= columns.length[j];
	return share_out(conflict, columns.count);
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

/*
 * 1 - E of a column.  With all values over the largest one, y, and their sum
 * Y, -sum p ln p is ln Y - sum y ln y / Y.
 */
static double
entropy_left(const double *value, int64 rows)
{
	CompensatedSum sum = {0};
	CompensatedSum logs = {0};
	double		largest = 0.0;
	double		total;
	double		entropy;
	int64		i;

	for (i = 0; i < rows; i++)
	{
		CHECK_FOR_INTERRUPTS();
		if (value[i] < 0.0)
			entropy_error(value[i]);
		largest = Max(largest, value[i]);
	}
	if (largest == 0.0)
		return 0.0;
	for (i = 0; i < rows; i++)
	{
		double		y = value[i] / largest;

		CHECK_FOR_INTERRUPTS();
		CompensatedAdd(&sum, y);
		if (y > 0.0)
			CompensatedAdd(&logs, y * log(y));
	}
	total = CompensatedTotal(&sum);
	entropy = (log(total) - CompensatedTotal(&logs) / total) / log(rows);
	/* What is left of equal values is rounding. */
	return 1.0 - entropy <= 8.0 * DBL_EPSILON ? 0.0 : 1.0 - entropy;
}

Datum
bubble_entropy_weights_finalfn(PG_FUNCTION_ARGS)
{
	const RowMatrix *rows = some_rows(fcinfo);
	Columns		columns;
	double	   *weight;
	int			j;

	if (rows == NULL)
		PG_RETURN_NULL();
	columns = read_columns(rows);
	weight = palloc(columns.count * sizeof(double));
	for (j = 0; j < columns.count; j++)
		weight[j] = entropy_left(columns.value + j * columns.rows,
								 columns.rows);
	return share_out(weight, columns.count);
}

/* ---- principal components ---- */

static void
free_eigen(void *workspace)
{
	gsl_eigen_symmv_free(workspace);
}

/*
 * The columns that differ, as places in "columns"; their number.
 */
static int
differing_columns(const Columns *columns, int *place)
{
	int			count = 0;
	int			j;

	for (j = 0; j < columns->count; j++)
		if (columns->length[j] > 0.0)
			place[count++] = j;
	return count;
}

static bool
stands_apart(const gsl_vector *values)
{
	double		first = gsl_vector_get(values, 0);

	return values->size == 1 ||
		first - gsl_vector_get(values, 1) > LEAST_APART * first;
}

/*
 * The eigenvector of the largest eigenvalue, turned such that its elements
 * add up to something positive.  If they add up to nothing, the first one that
 * counts is positive.  All are equal if that eigenvalue does not stand apart.
 */
static double *
first_component(gsl_matrix *matrix)
{
	const int	n = matrix->size1;
	gsl_eigen_symmv_workspace *workspace =
		KeepGslObject(gsl_eigen_symmv_alloc(n), free_eigen);
	gsl_vector_view values =
		gsl_vector_view_array(palloc(n * sizeof(double)), n);
	gsl_matrix_view vectors =
		gsl_matrix_view_array(palloc(n * n * sizeof(double)), n, n);
	double	   *loading = palloc(n * sizeof(double));
	double		sum = 0.0;
	int			i;

	CheckGsl(gsl_eigen_symmv(matrix, &values.vector, &vectors.matrix,
							 workspace), "principal components");
	CheckGsl(gsl_eigen_symmv_sort(&values.vector, &vectors.matrix,
								  GSL_EIGEN_SORT_VAL_DESC),
			 "principal components");
	for (i = 0; i < n; i++)
	{
		loading[i] = !stands_apart(&values.vector) ? 1.0 :
			gsl_matrix_get(&vectors.matrix, i, 0);
		sum += loading[i];
	}
	for (i = 0; i < n && fabs(sum) < 1e-8; i++)
		sum = fabs(loading[i]) < 1e-8 ? 0.0 : loading[i];
	for (i = 0; i < n && sum < 0.0; i++)
		loading[i] = -loading[i];
	return loading;
}

Datum
bubble_pca_weights_finalfn(PG_FUNCTION_ARGS)
{
	const RowMatrix *rows = some_rows(fcinfo);
	Columns		columns;
	gsl_matrix_view matrix;
	double	   *weight;
	double	   *loading;
	int		   *place;
	int			count;
	int			i;
	int			j;

	if (rows == NULL)
		PG_RETURN_NULL();
	columns = scaled_columns(rows);
	place = palloc(columns.count * sizeof(int));
	weight = palloc0(columns.count * sizeof(double));
	count = differing_columns(&columns, place);
	if (count == 0)
		return share_out(weight, columns.count);
	matrix = gsl_matrix_view_array(palloc(count * count * sizeof(double)),
								   count, count);
	for (i = 0; i < count; i++)
		for (j = 0; j <= i; j++)
		{
			double		r = correlation(&columns, place[i], place[j]);

			gsl_matrix_set(&matrix.matrix, i, j, r);
			gsl_matrix_set(&matrix.matrix, j, i, r);
		}
	loading = first_component(&matrix.matrix);
	for (i = 0; i < count; i++)
		weight[place[i]] = loading[i] * fabs(loading[i]);
	return share_out(weight, columns.count);
}
