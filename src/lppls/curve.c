/*
 * curve.c - a log-periodic power law at given nonlinear parameters
 *
 * Kernel: no PostgreSQL in here.  The method is described in curve.h.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "lppls/curve.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

/* Rows between two pauses. */
#define ROWS_TO_PAUSE 65536

/* A pivot below this share of its column's square: it depends on the others. */
#define DEPENDENT 1e-13

/*
 * The columns, as they lie in the scratch of the rows.
 */
typedef struct Columns
{
	double	   *log;			/* ln x */
	double	   *power;			/* x^m */
	double	   *column[LPPLS_COLUMNS];
} Columns;

static Columns
columns_of(const LpplsRows *rows)
{
	double	   *from = rows->scratch;
	Columns		columns;
	int			i;

	columns.log = from;
	columns.power = from + rows->count;
	for (i = 0; i < LPPLS_COLUMNS; i++)
		columns.column[i] = from + (2 + i) * rows->count;
	return columns;
}

static void
pause_at(const LpplsRows *rows, int64_t row)
{
	if (row % ROWS_TO_PAUSE == 0 && rows->pause != NULL)
		rows->pause();
}

static double
weight_of(const LpplsRows *rows, int64_t row)
{
	return rows->weight == NULL ? 1.0 : rows->weight[row];
}

static double
ago_of(const LpplsRows *rows, int64_t row)
{
	return rows->ago == NULL ? (double) (rows->count - 1 - row) :
		rows->ago[row];
}

/*
 * (e^z - 1) / z and its derivative, which have no hole at 0.
 */
static double
growth(double z, double exponential)
{
	return z == 0.0 ? 1.0 :
		(fabs(z) < 0.5 ? expm1(z) : exponential - 1.0) / z;
}

static double
growth_slope(double z, double exponential)
{
	if (fabs(z) < 0.02)
		return 0.5 + z * (1.0 / 3 + z * (1.0 / 8 + z * (1.0 / 30 +
														z * (1.0 / 144 + z / 840))));
	return (exponential - growth(z, exponential)) / z;
}

static void
fill_columns(const LpplsRows *rows, const LpplsPoint *point, Columns *columns)
{
	const double largest = rows->earliest + point->ahead;
	int64_t		i;

	for (i = 0; i < rows->count; i++)
	{
		const double u = log((ago_of(rows, i) + point->ahead) / largest);
		const double z = point->exponent * u;
		const double power = exp(z);
		const double phase = point->frequency * u;

		pause_at(rows, i);
		columns->log[i] = u;
		columns->power[i] = power;
		columns->column[0][i] = u * growth(z, power);
		columns->column[1][i] = power * cos(phase);
		columns->column[2][i] = power * sin(phase);
	}
}

/* ---- normal equations ---- */

/*
 * A lower triangle L with L L' the matrix.  What depends on columns before it
 * has a zero on the diagonal.
 */
static void
decompose(double matrix[LPPLS_COLUMNS][LPPLS_COLUMNS])
{
	int			i;
	int			j;
	int			k;

	for (i = 0; i < LPPLS_COLUMNS; i++)
		for (j = 0; j <= i; j++)
		{
			double		left = matrix[i][j];

			for (k = 0; k < j; k++)
				left -= matrix[i][k] * matrix[j][k];
			if (i == j)
				matrix[i][i] = left > DEPENDENT * matrix[i][i] ?
					sqrt(left) : 0.0;
			else
				matrix[i][j] = matrix[j][j] > 0.0 ? left / matrix[j][j] : 0.0;
		}
}

static void
forward(double triangle[LPPLS_COLUMNS][LPPLS_COLUMNS], double *side)
{
	int			i;
	int			k;

	for (i = 0; i < LPPLS_COLUMNS; i++)
	{
		for (k = 0; k < i; k++)
			side[i] -= triangle[i][k] * side[k];
		side[i] = triangle[i][i] > 0.0 ? side[i] / triangle[i][i] : 0.0;
	}
}

static void
backward(double triangle[LPPLS_COLUMNS][LPPLS_COLUMNS], double *side)
{
	int			i;
	int			k;

	for (i = LPPLS_COLUMNS - 1; i >= 0; i--)
	{
		for (k = i + 1; k < LPPLS_COLUMNS; k++)
			side[i] -= triangle[k][i] * side[k];
		side[i] = triangle[i][i] > 0.0 ? side[i] / triangle[i][i] : 0.0;
	}
}

typedef struct Normal
{
	double		mean[LPPLS_COLUMNS];
	double		triangle[LPPLS_COLUMNS][LPPLS_COLUMNS];
	double		side[LPPLS_COLUMNS];
} Normal;

static void
means(const LpplsRows *rows, const Columns *columns, Normal *normal)
{
	int64_t		i;
	int			j;

	for (j = 0; j < LPPLS_COLUMNS; j++)
	{
		double		sum = 0.0;

		for (i = 0; i < rows->count; i++)
			sum += weight_of(rows, i) * columns->column[j][i];
		normal->mean[j] = sum / rows->weights;
	}
}

static void
normal_equations(const LpplsRows *rows, const Columns *columns,
				 Normal *normal)
{
	double		gram[LPPLS_COLUMNS][LPPLS_COLUMNS] = {{0.0}};
	double		side[LPPLS_COLUMNS] = {0.0};
	double		x[LPPLS_COLUMNS];
	int64_t		i;
	int			j;
	int			k;

	means(rows, columns, normal);
	for (i = 0; i < rows->count; i++)
	{
		const double weight = weight_of(rows, i);

		for (j = 0; j < LPPLS_COLUMNS; j++)
		{
			x[j] = columns->column[j][i] - normal->mean[j];
			side[j] += weight * x[j] * rows->level[i];
			for (k = 0; k <= j; k++)
				gram[j][k] += weight * x[j] * x[k];
		}
	}
	decompose(gram);
	memcpy(normal->triangle, gram, sizeof(gram));
	memcpy(normal->side, side, sizeof(side));
}

/* ---- residuals ---- */

/*
 * What a row's residual and slopes add up to.
 */
typedef struct Sums
{
	double		rest;			/* sum of the residuals */
	double		squares;
	double		column_rest[LPPLS_COLUMNS];
	double		slope_rest[LPPLS_PARAMETERS];
	double		slope[LPPLS_PARAMETERS];
	double		slope_column[LPPLS_PARAMETERS][LPPLS_COLUMNS];
	double		slopes[LPPLS_PARAMETERS][LPPLS_PARAMETERS];
} Sums;

/*
 * The slopes of a row's fitted level, the linear parts held fast.
 */
static void
slopes_of(const LpplsPoint *point, const Columns *columns,
		  const double *coefficient, double tau, int64_t row, double *slope)
{
	const double m = point->exponent;
	const double w = point->frequency;
	const double u = columns->log[row];
	const double power = columns->power[row];
	const double cosine = columns->column[1][row];
	const double sine = columns->column[2][row];
	const double wave = coefficient[1] * cosine + coefficient[2] * sine;
	const double turned = coefficient[2] * cosine - coefficient[1] * sine;

	slope[0] = point->ahead / tau *
		(coefficient[0] * power + m * wave + w * turned);
	slope[1] = u * (coefficient[0] * u * growth_slope(m * u, power) + wave);
	slope[2] = u * turned;
}

static void
add_slopes(Sums *sums, const double *slope, const double *x, double rest,
		   double weight)
{
	int			i;
	int			j;

	for (i = 0; i < LPPLS_PARAMETERS; i++)
	{
		const double weighted = weight * slope[i];

		sums->slope[i] += weighted;
		sums->slope_rest[i] += weighted * rest;
		for (j = 0; j < LPPLS_COLUMNS; j++)
			sums->slope_column[i][j] += weighted * x[j];
		for (j = 0; j <= i; j++)
			sums->slopes[i][j] += weighted * slope[j];
	}
}

static void
add_rows(const LpplsRows *rows, const LpplsPoint *point,
		 const Columns *columns, const Normal *normal,
		 const double *coefficient, bool with_slopes, Sums *sums)
{
	double		x[LPPLS_COLUMNS];
	double		slope[LPPLS_PARAMETERS];
	int64_t		i;
	int			j;

	for (i = 0; i < rows->count; i++)
	{
		const double weight = weight_of(rows, i);
		double		rest = rows->level[i];

		for (j = 0; j < LPPLS_COLUMNS; j++)
		{
			x[j] = columns->column[j][i] - normal->mean[j];
			rest -= coefficient[j] * x[j];
		}
		sums->rest += weight * rest;
		sums->squares += weight * rest * rest;
		for (j = 0; j < LPPLS_COLUMNS; j++)
			sums->column_rest[j] += weight * rest * x[j];
		if (!with_slopes)
			continue;
		slopes_of(point, columns, coefficient, ago_of(rows, i) + point->ahead,
				  i, slope);
		add_slopes(sums, slope, x, rest, weight);
	}
}

/*
 * The slopes less what the columns take up of them, after Kaufman.
 */
static void
project_slopes(const LpplsRows *rows, Normal *normal, Sums *sums,
			   LpplsSlope *slope)
{
	int			i;
	int			j;
	int			k;

	for (i = 0; i < LPPLS_PARAMETERS; i++)
	{
		forward(normal->triangle, sums->slope_column[i]);
		slope->gradient[i] = -sums->slope_rest[i];
		for (j = 0; j <= i; j++)
		{
			double		left = sums->slopes[i][j] -
				sums->slope[i] * sums->slope[j] / rows->weights;

			for (k = 0; k < LPPLS_COLUMNS; k++)
				left -= sums->slope_column[i][k] * sums->slope_column[j][k];
			slope->hessian[i][j] = slope->hessian[j][i] = left;
		}
	}
}

/*
 * The linear parts at a point, and, unless NULL, the slopes there.  The
 * columns stay in the scratch of the rows.
 */
void
LpplsSolve(const LpplsRows *rows, const LpplsPoint *point,
		   LpplsLinear *linear, LpplsSlope *slope)
{
	Columns		columns = columns_of(rows);
	Sums		sums = {0};
	Normal		normal;
	double		change[LPPLS_COLUMNS];
	double		shift;
	int			i;

	fill_columns(rows, point, &columns);
	normal_equations(rows, &columns, &normal);
	memcpy(linear->coefficient, normal.side, sizeof(normal.side));
	forward(normal.triangle, linear->coefficient);
	backward(normal.triangle, linear->coefficient);
	add_rows(rows, point, &columns, &normal, linear->coefficient,
			 slope != NULL, &sums);

	/* The residuals' own solution, and what it takes from their squares. */
	shift = sums.rest / rows->weights;
	memcpy(change, sums.column_rest, sizeof(change));
	forward(normal.triangle, change);
	linear->sse = sums.squares - shift * sums.rest;
	for (i = 0; i < LPPLS_COLUMNS; i++)
		linear->sse -= change[i] * change[i];
	backward(normal.triangle, change);
	linear->constant = shift;
	for (i = 0; i < LPPLS_COLUMNS; i++)
	{
		linear->coefficient[i] += change[i];
		linear->constant -= linear->coefficient[i] * normal.mean[i];
	}
	if (slope != NULL)
		project_slopes(rows, &normal, &sums, slope);
}

/*
 * The fitted level of a row, by the columns of the last LpplsSolve().
 */
double
LpplsFitted(const LpplsRows *rows, const LpplsLinear *linear, int64_t row)
{
	Columns		columns = columns_of(rows);
	double		fitted = linear->constant;
	int			i;

	for (i = 0; i < LPPLS_COLUMNS; i++)
		fitted += linear->coefficient[i] * columns.column[i][row];
	return fitted;
}
