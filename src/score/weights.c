/*
 * weights.c - weights of indicators from the data
 *
 * Kernel: no PostgreSQL in here.  The method is described in weights.h.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "foundation/pause.h"
#include "score/weights.h"

#include <float.h>
#include <math.h>

#include "foundation/compensated_sum.h"

/*
 * The first eigenvalue stands apart if the second one is smaller by more than
 * this share.
 */
#define LEAST_APART 1e-8

/* ---- columns ---- */

static void
column_limits(const Columns *columns, int j, double *lowest, double *highest)
{
	const double *value = columns->value + j * columns->rows;
	int64_t		i;

	*lowest = *highest = value[0];
	for (i = 1; i < columns->rows; i++)
	{
		PauseAt(i);
		if (value[i] < *lowest)
			*lowest = value[i];
		if (value[i] > *highest)
			*highest = value[i];
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
 * Scale a column to 0 .. 1; to 0 if its values do not differ.
 */
static void
scale_column(Columns *columns, int j, double unit)
{
	double	   *value = columns->value + j * columns->rows;
	double		lowest;
	double		highest;
	double		range;
	int64_t		i;

	column_limits(columns, j, &lowest, &highest);
	range = columns->range[j] = highest * unit - lowest * unit;
	for (i = 0; i < columns->rows; i++)
	{
		PauseAt(i);
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
	int64_t		i;

	for (i = 0; i < columns->rows; i++)
	{
		PauseAt(i);
		CompensatedAdd(&sum, value[i]);
	}
	mean = CompensatedTotal(&sum) / columns->rows;
	for (i = 0; i < columns->rows; i++)
	{
		PauseAt(i);
		deviation[i] = value[i] - mean;
		CompensatedAdd(&squares, deviation[i] * deviation[i]);
	}
	columns->length[j] = sqrt(CompensatedTotal(&squares));
}

/*
 * Scale columns as they came to 0 .. 1.
 */
void
ScaleColumns(Columns *columns)
{
	const double unit = common_unit(columns);
	int			j;

	for (j = 0; j < columns->count; j++)
	{
		scale_column(columns, j, unit);
		centre_column(columns, j);
	}
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
	int64_t		i;

	if (j == k)
		return 1.0;
	if (columns->length[j] == 0.0 || columns->length[k] == 0.0)
		return 0.0;
	for (i = 0; i < columns->rows; i++)
	{
		PauseAt(i);
		CompensatedAdd(&sum, a[i] * b[i]);
	}
	return fmax(-1.0, fmin(1.0, CompensatedTotal(&sum) /
						   (columns->length[j] * columns->length[k])));
}

/* ---- weights ---- */

void
DeviationWeights(const Columns *columns, double *weight)
{
	double		largest = 0.0;
	int			j;

	for (j = 0; j < columns->count; j++)
		largest = fmax(largest, columns->range[j]);
	for (j = 0; j < columns->count; j++)
		weight[j] = largest == 0.0 ? 0.0 :
			columns->length[j] * (columns->range[j] / largest);
}

void
CriticWeights(const Columns *columns, double *weight)
{
	int			j;
	int			k;

	for (j = 0; j < columns->count; j++)
	{
		weight[j] = 0.0;
		for (k = 0; k < j; k++)
		{
			double		apart = 1.0 - correlation(columns, j, k);

			weight[j] += apart;
			weight[k] += apart;
		}
	}
	/* One indicator has nothing to conflict with. */
	for (j = 0; j < columns->count; j++)
		weight[j] *= columns->length[j];
}

/*
 * 1 - E of a column; false, and the value, if one is negative.  With all
 * values over the largest one, y, and their sum Y, -sum p ln p is
 * ln Y - sum y ln y / Y.
 */
static bool
entropy_left(const double *value, int64_t rows, double *left)
{
	CompensatedSum sum = {0};
	CompensatedSum logs = {0};
	double		largest = 0.0;
	double		total;
	double		entropy;
	int64_t		i;

	for (i = 0; i < rows; i++)
	{
		PauseAt(i);
		if (value[i] < 0.0)
		{
			*left = value[i];
			return false;
		}
		largest = fmax(largest, value[i]);
	}
	*left = 0.0;
	if (largest == 0.0)
		return true;
	for (i = 0; i < rows; i++)
	{
		double		y = value[i] / largest;

		PauseAt(i);
		CompensatedAdd(&sum, y);
		if (y > 0.0)
			CompensatedAdd(&logs, y * log(y));
	}
	total = CompensatedTotal(&sum);
	entropy = (log(total) - CompensatedTotal(&logs) / total) / log(rows);
	/* What is left of equal values is rounding. */
	*left = 1.0 - entropy <= 8.0 * DBL_EPSILON ? 0.0 : 1.0 - entropy;
	return true;
}

/*
 * Of columns as they came.  False, and the value, if one is negative.
 */
bool
EntropyWeights(const Columns *columns, double *weight, double *negative)
{
	int			j;

	for (j = 0; j < columns->count; j++)
		if (!entropy_left(columns->value + j * columns->rows, columns->rows,
						  &weight[j]))
		{
			*negative = weight[j];
			return false;
		}
	return true;
}

/*
 * Weights over the sum of their sizes; all equal if that is 0.
 */
void
ShareOut(double *weight, int count)
{
	double		total = 0.0;
	int			i;

	for (i = 0; i < count; i++)
		total += fabs(weight[i]);
	for (i = 0; i < count; i++)
		weight[i] = total > 0.0 ? weight[i] / total : 1.0 / count;
}

/* ---- principal components ---- */

/*
 * The columns that differ, as places in "columns"; their number.
 */
int
DifferingColumns(const Columns *columns, int *place)
{
	int			count = 0;
	int			j;

	for (j = 0; j < columns->count; j++)
		if (columns->length[j] > 0.0)
			place[count++] = j;
	return count;
}

/*
 * The correlations of the columns at the places given, as many as the matrix
 * has rows.
 */
void
CorrelateColumns(const Columns *columns, const int *place, gsl_matrix *matrix)
{
	size_t		i;
	size_t		j;

	for (i = 0; i < matrix->size1; i++)
		for (j = 0; j <= i; j++)
		{
			double		r = correlation(columns, place[i], place[j]);

			gsl_matrix_set(matrix, i, j, r);
			gsl_matrix_set(matrix, j, i, r);
		}
}

static bool
stands_apart(const gsl_vector *values)
{
	double		first = gsl_vector_get(values, 0);

	return values->size == 1 ||
		first - gsl_vector_get(values, 1) > LEAST_APART * first;
}

/*
 * The eigenvector of the largest eigenvalue, turned such that its elements add
 * up to something positive.  If they add up to nothing, the first one that
 * counts is positive.  All are equal if that eigenvalue does not stand apart.
 * Returns a GSL status.
 */
int
FirstComponent(gsl_matrix *matrix, gsl_eigen_symmv_workspace *workspace,
			   gsl_vector *values, gsl_matrix *vectors, double *loading)
{
	const int	n = (int) matrix->size1;
	double		sum = 0.0;
	int			status = gsl_eigen_symmv(matrix, values, vectors, workspace);
	int			i;

	if (status == 0)
		status = gsl_eigen_symmv_sort(values, vectors,
									  GSL_EIGEN_SORT_VAL_DESC);
	if (status != 0)
		return status;
	for (i = 0; i < n; i++)
	{
		loading[i] = !stands_apart(values) ? 1.0 :
			gsl_matrix_get(vectors, i, 0);
		sum += loading[i];
	}
	for (i = 0; i < n && fabs(sum) < 1e-8; i++)
		sum = fabs(loading[i]) < 1e-8 ? 0.0 : loading[i];
	for (i = 0; i < n && sum < 0.0; i++)
		loading[i] = -loading[i];
	return 0;
}
