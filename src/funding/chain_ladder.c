/*
 * chain_ladder.c - what is still to come, from how earlier periods developed
 *
 * Kernel: no PostgreSQL in here.
 *
 * The method is described in chain_ladder.h.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include <math.h>

#include "foundation/compensated_sum.h"
#include "funding/chain_ladder.h"

static inline double
cell(const Triangle *triangle, int64_t row, int64_t column)
{
	return triangle->cell[row * triangle->columns + column];
}

/*
 * Growth from a column to the next: the quotient of their sums; NaN if there
 * is nothing to grow.
 */
static void
fit_factor(const Triangle *triangle, int64_t column, ChainLadder *ladder)
{
	CompensatedSum from = {0};
	CompensatedSum to = {0};
	int64_t		row;

	for (row = 0; row < triangle->rows; row++)
	{
		if (triangle->last[row] <= column)
			continue;
		CompensatedAdd(&from, cell(triangle, row, column));
		CompensatedAdd(&to, cell(triangle, row, column + 1));
	}
	ladder->base[column] = CompensatedTotal(&from);
	ladder->factor[column] = CompensatedTotal(&from) > 0.0 ?
		CompensatedTotal(&to) / CompensatedTotal(&from) : NAN;
}

/*
 * The variance of single growths around the factor; NaN if there is only one.
 * A row that is still at zero has none.
 */
static void
fit_variance(const Triangle *triangle, int64_t column, ChainLadder *ladder)
{
	CompensatedSum squares = {0};
	int64_t		growths = 0;
	int64_t		row;

	for (row = 0; row < triangle->rows; row++)
	{
		double		from = cell(triangle, row, column);
		double		deviation;

		if (triangle->last[row] <= column || !(from > 0.0))
			continue;
		deviation = cell(triangle, row, column + 1) / from -
			ladder->factor[column];
		CompensatedAdd(&squares, from * deviation * deviation);
		growths++;
	}
	ladder->sigma_squared[column] = growths > 1 ?
		CompensatedTotal(&squares) / (double) (growths - 1) : NAN;
}

/*
 * Mack's rule where a variance cannot be estimated: it goes on falling as it
 * did in the two columns before, but never rises.
 */
static void
extrapolate_variance(int64_t column, ChainLadder *ladder)
{
	double		before;
	double		last;

	if (column < 2 || !isnan(ladder->sigma_squared[column]))
		return;
	before = ladder->sigma_squared[column - 2];
	last = ladder->sigma_squared[column - 1];
	if (isnan(before) || isnan(last))
		return;
	ladder->sigma_squared[column] = fmin(before, last);
	if (before > 0.0)
		ladder->sigma_squared[column] =
			fmin(ladder->sigma_squared[column], last * (last / before));
}

/*
 * Take the rows known up to a column, or completed up to it, one column
 * further.  The square of a row's standard error is kept in its place: the
 * growth of the row itself and the factor both may be off.  An error of the
 * factor moves all rows together, so in the total it counts for their sum.
 */
static void
complete_column(const Triangle *triangle, int64_t column, ChainLadder *ladder)
{
	const double f = ladder->factor[column];
	const double sigma = ladder->sigma_squared[column];
	const double factor_error = sigma / ladder->base[column];
	CompensatedSum moved = {0};
	double		sum;
	int64_t		row;

	for (row = 0; row < triangle->rows; row++)
	{
		double	   *value = &ladder->ultimate[row];
		double	   *square = &ladder->standard_error[row];

		/* What is zero so far stays zero, whatever the factor. */
		if (triangle->last[row] > column || (*value == 0.0 && *square == 0.0))
			continue;
		CompensatedAdd(&moved, *value);
		*square = f * f * *square + sigma * *value +
			factor_error * *value * *value;
		*value *= f;
	}
	sum = CompensatedTotal(&moved);
	if (sum != 0.0 || ladder->total_error != 0.0)
		ladder->total_error = f * f * ladder->total_error + sigma * sum +
			factor_error * sum * sum;
}

void
ChainLadderFit(const Triangle *triangle, ChainLadder *ladder)
{
	CompensatedSum total = {0};
	int64_t		column;
	int64_t		row;

	for (row = 0; row < triangle->rows; row++)
	{
		ladder->ultimate[row] = cell(triangle, row, triangle->last[row]);
		ladder->standard_error[row] = 0.0;
	}
	ladder->total_error = 0.0;
	for (column = 0; column < triangle->columns - 1; column++)
	{
		fit_factor(triangle, column, ladder);
		fit_variance(triangle, column, ladder);
		extrapolate_variance(column, ladder);
		complete_column(triangle, column, ladder);
	}
	for (row = 0; row < triangle->rows; row++)
	{
		CompensatedAdd(&total, ladder->ultimate[row] -
					   cell(triangle, row, triangle->last[row]));
		ladder->standard_error[row] = sqrt(ladder->standard_error[row]);
	}
	ladder->total = CompensatedTotal(&total);
	ladder->total_error = sqrt(ladder->total_error);
}
