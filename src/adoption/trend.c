/*
 * trend.c - least squares of y on 1, x and x^2, in pieces
 *
 * Kernel: no PostgreSQL in here.  The method is described in trend.h.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include <math.h>

#include <gsl/gsl_cdf.h>

#include "adoption/trend.h"

/* A column that depends on others but for rounding errors. */
#define DEPENDENT 1e-9

/* What is left of rows that lie on the curve, rounding errors. */
#define ROUNDING 1e-13

/*
 * Rotate a row, which is 0 before a column, into the triangle.
 */
static void
rotate_in(Trend *trend, double *row, int from)
{
	int			i;
	int			j;

	for (i = from; i < TREND_COLUMNS; i++)
	{
		double	   *r = trend->r[i];
		const double length = sqrt(r[i] * r[i] + row[i] * row[i]);
		double		c;
		double		s;

		if (row[i] == 0.0)
			continue;
		c = r[i] / length;
		s = row[i] / length;
		for (j = i; j < TREND_COLUMNS; j++)
		{
			const double upper = r[j];

			r[j] = c * upper + s * row[j];
			row[j] = c * row[j] - s * upper;
		}
	}
}

/*
 * Add a row.
 */
void
TrendAdd(Trend *trend, double x, double y)
{
	double		row[TREND_COLUMNS] = {1.0, x, x * x, y};

	trend->n++;
	rotate_in(trend, row, 0);
}

/*
 * Count from elsewhere: what was 0 becomes x and y.
 */
void
TrendMove(Trend *trend, double x, double y)
{
	int			i;

	for (i = 0; i < TREND_COLUMNS; i++)
	{
		double	   *r = trend->r[i];

		r[2] += 2.0 * x * r[1] + x * x * r[0];
		r[1] += x * r[0];
		r[3] += y * r[0];
	}
}

/*
 * Add the rows of another piece, which is counted from the same row.
 */
void
TrendMerge(Trend *trend, const Trend *other)
{
	int			i;
	int			j;

	for (i = 0; i < TREND_COLUMNS; i++)
	{
		double		row[TREND_COLUMNS];

		for (j = 0; j < TREND_COLUMNS; j++)
			row[j] = other->r[i][j];
		rotate_in(trend, row, i);
	}
	trend->n += other->n;
}

/*
 * The length of a column, but for its first so many elements.
 */
static double
column_length(const Trend *trend, int column, int from)
{
	double		squares = 0.0;
	int			i;

	for (i = from; i <= column; i++)
		squares += trend->r[i][column] * trend->r[i][column];
	return sqrt(squares);
}

/*
 * Do the rows lie at three different x?
 */
static bool
is_determined(const Trend *trend)
{
	return trend->n >= 3 &&
		fabs(trend->r[1][1]) > DEPENDENT * column_length(trend, 1, 0) &&
		fabs(trend->r[2][2]) > DEPENDENT * column_length(trend, 2, 0);
}

/*
 * Standard errors.
 */
static void
tell_errors(const Trend *trend, TrendFit *fit)
{
	const double (*r)[TREND_COLUMNS] = trend->r;
	const double freedom = (double) (trend->n - 3);
	double		left = fabs(r[3][3]);
	double		error;

	if (left <= ROUNDING * column_length(trend, 3, 0))
		left = 0.0;
	error = left / sqrt(freedom);
	fit->curvature_error = 2.0 * error / fabs(r[2][2]);
	fit->slope_error = error / fabs(r[1][1]) *
		sqrt(1.0 + r[1][2] * r[1][2] / (r[2][2] * r[2][2]));
	if (error > 0.0)
		fit->p = 2.0 * gsl_cdf_tdist_Q(fabs(fit->curvature) /
									   fit->curvature_error, freedom);
}

/*
 * The slope and the curvature.  Standard errors take a fourth row.
 */
TrendFit
TrendSolve(const Trend *trend)
{
	const double (*r)[TREND_COLUMNS] = trend->r;
	TrendFit	fit = {NAN, NAN, NAN, NAN, NAN};
	double		quadratic;

	if (!is_determined(trend))
		return fit;
	quadratic = r[2][3] / r[2][2];
	fit.curvature = 2.0 * quadratic;
	fit.slope = (r[1][3] - r[1][2] * quadratic) / r[1][1];
	if (trend->n > 3)
		tell_errors(trend, &fit);
	return fit;
}
