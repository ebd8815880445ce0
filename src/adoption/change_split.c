/*
 * change_split.c - the one place at which the mean of a series changes most
 *
 * The method is described in change_split.h.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include <math.h>

#include <gsl/gsl_cdf.h>

#include "adoption/change_level.h"
#include "adoption/change_split.h"
#include "foundation/compensated_sum.h"
#include "foundation/pause.h"

/* Each side of a change needs so many rows, whatever the trimming. */
#define LEAST_ROWS 2

/*
 * Hansen's response surface for one mean: at trimmings of 0.49, 0.47, ...,
 * 0.01 the p value of x is that of b0 + b1 x in a chi-squared distribution.
 */
#define SURFACE_ROWS 25

static const struct
{
	double		b0;
	double		b1;
	double		freedom;
}			surface[SURFACE_ROWS] = {
	{-0.0648467, 0.99671156, 1.2573241},
	{-0.15305667, 0.96756645, 1.43651315},
	{-0.23071675, 0.95825013, 1.56531261},
	{-0.29247661, 0.95715782, 1.68851898},
	{-0.35706588, 0.95237505, 1.77889686},
	{-0.40514715, 0.96055795, 1.89761322},
	{-0.45248386, 0.95810999, 1.98370422},
	{-0.50458517, 0.96149538, 2.07086519},
	{-0.55009159, 0.96684273, 2.17244338},
	{-0.60241623, 0.96518399, 2.23509053},
	{-0.64308746, 0.97354902, 2.33722161},
	{-0.68833676, 0.97829106, 2.42776524},
	{-0.73136161, 0.9820687, 2.50833918},
	{-0.78078198, 0.99475319, 2.6209551},
	{-0.82894221, 1.00023473, 2.70286643},
	{-0.88430133, 1.00162529, 2.77835798},
	{-0.9499265, 1.00384268, 2.84325795},
	{-0.98828874, 1.01604712, 2.96752918},
	{-1.04892713, 1.02570939, 3.08442682},
	{-1.11527783, 1.03526033, 3.19770394},
	{-1.14992644, 1.06643436, 3.44739573},
	{-1.24010871, 1.06929468, 3.54993605},
	{-1.38522113, 1.06808543, 3.61667211},
	{-1.48296473, 1.1283969, 4.07202473},
	{-1.78738608, 1.17220925, 4.4726701}
};

static double
surface_p(double statistic, int row)
{
	const double x = surface[row].b0 + surface[row].b1 * statistic;

	return gsl_cdf_chisq_Q(fmax(x, 0.0), surface[row].freedom);
}

/*
 * The p value of the largest F, of changes that leave at least a share "trim"
 * of the rows on each side.
 */
double
ChangeP(double statistic, double trim)
{
	const double place = (0.49 - trim) * 50.0;
	int			row;

	if (isinf(statistic))
		return 0.0;
	if (place <= 0.0)
	{
		const double share = fmin(-place * 2.0, 1.0);

		return share * gsl_cdf_chisq_Q(statistic, 1.0) +
			(1.0 - share) * surface_p(statistic, 0);
	}
	if (place >= SURFACE_ROWS - 1)
		return surface_p(statistic, SURFACE_ROWS - 1);
	row = (int) place;
	return (row + 1 - place) * surface_p(statistic, row) +
		(place - row) * surface_p(statistic, row + 1);
}

/*
 * The trimming of the first and the last row after which a change is looked
 * for, as p values count it.
 */
static double
trimming(int64_t from, int64_t to, int64_t count)
{
	const double odds = (double) (count - from) / (double) from *
		((double) to / (double) (count - to));

	return 1.0 / (1.0 + sqrt(odds));
}

/*
 * What the squares lose by a cut after each row, the largest of them; where
 * it lies, or 0 if there can be none.
 */
static int64_t
best_cut(const double *value, const int64_t *at, int64_t count,
		 int64_t from, int64_t to, const LevelScale *scale, double *gain)
{
	CompensatedSum sum = {0.0, 0.0};
	int64_t		best = 0;
	int64_t		rows;

	*gain = 0.0;
	for (rows = 1; rows <= to; rows++)
	{
		double		total;
		double		cut;

		PauseAt(rows);
		CompensatedAdd(&sum, ScaledLevel(scale, value[rows - 1]));
		if (rows < from || at[rows - 1] == at[rows])
			continue;
		total = CompensatedTotal(&sum);
		cut = total / (double) rows * (total / (double) (count - rows)) *
			(double) count;
		if (best == 0 || cut > *gain)
		{
			best = rows;
			*gain = cut;
		}
	}
	return best;
}

static double
squares_around(const double *value, int64_t from, int64_t to, double mean,
			   const LevelScale *scale)
{
	const double level = ScaledLevel(scale, mean);
	CompensatedSum sum = {0.0, 0.0};
	int64_t		i;

	if (AllEqual(value, from, to))
		return 0.0;
	for (i = from; i < to; i++)
	{
		const double distance = ScaledLevel(scale, value[i]) - level;

		PauseAt(i);
		CompensatedAdd(&sum, distance * distance);
	}
	return CompensatedTotal(&sum);
}

/*
 * The largest change of the mean of rows in the order of time.  Rows at the
 * same time are not cut apart.  False if there are too few rows or they are
 * all the same.
 */
bool
ChangeSplitOf(const double *value, const int64_t *at, int64_t count,
			  double trim, ChangeSplit *split)
{
	const double share = floor(trim * (double) count);
	const int64_t from = share < LEAST_ROWS ? LEAST_ROWS : (int64_t) share;
	const int64_t to = count - from;
	LevelScale	scale;
	double		gain;
	double		rest;

	if (from > to || !LevelScaleOf(value, count, &scale))
		return false;
	split->rows = best_cut(value, at, count, from, to, &scale, &gain);
	if (split->rows == 0)
		return false;
	split->before = MeanOf(value, 0, split->rows, &scale);
	split->after = MeanOf(value, split->rows, count, &scale);
	rest = squares_around(value, 0, split->rows, split->before, &scale) +
		squares_around(value, split->rows, count, split->after, &scale);
	split->statistic = gain / (rest / (double) (count - 2));
	split->p = ChangeP(split->statistic, trimming(from, to, count));
	return true;
}
