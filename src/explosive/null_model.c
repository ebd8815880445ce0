/*
 * null_model.c - series without a bubble, from the shocks of a sample
 *
 * Kernel: no PostgreSQL in here.  The method is described in null_model.h.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "explosive/null_model.h"

#include <float.h>
#include <math.h>

#include <gsl/gsl_randist.h>

#include "foundation/pause.h"

/*
 * Residuals no larger than the rounding of the changes are zero.
 */
static void
drop_rounding(double *shock, int64_t rows, const double *change,
			  int64_t count)
{
	double		largest = 0.0;
	int64_t		t;

	for (t = 0; t < count; t++)
	{
		PauseAt(t);
		largest = fmax(largest, fabs(change[t]));
	}
	for (t = 0; t < rows; t++)
		if (fabs(shock[t]) <= 64.0 * DBL_EPSILON * largest)
			shock[t] = 0.0;
}

/*
 * What a constant and lags, with the coefficients beta, leave of the changes
 * after the first "lags" of them.
 */
void
NullShocks(const double *change, int64_t count, int lags, const double *beta,
		   double *shock)
{
	const int64_t rows = count - lags;
	int64_t		t;
	int			i;

	for (t = 0; t < rows; t++)
	{
		PauseAt(t);
		shock[t] = change[t + lags] - beta[0];
		for (i = 1; i <= lags; i++)
			shock[t] -= beta[i] * change[t + lags - i];
	}
	drop_rounding(shock, rows, change, count);
}

void
RandomWalk(const NullModel *model, gsl_rng *generator, double *level)
{
	int64_t		t;

	level[0] = 0.0;
	for (t = 1; t < model->length; t++)
	{
		PauseAt(t);
		level[t] = level[t - 1] + gsl_ran_gaussian_ziggurat(generator, 1.0);
	}
}

void
HarveySeries(const NullModel *model, gsl_rng *generator, double *level)
{
	int64_t		t;

	level[0] = 0.0;
	for (t = 1; t < model->length; t++)
	{
		PauseAt(t);
		level[t] = level[t - 1] +
			gsl_ran_gaussian_ziggurat(generator, 1.0) * model->shock[t - 1];
	}
}

/*
 * A series that has left the range of doubles does not come back.
 */
void
PhillipsShiSeries(const NullModel *model, gsl_rng *generator, double *level)
{
	int64_t		t;
	int			i;

	level[0] = 0.0;
	for (t = 1; t <= model->lags; t++)
		level[t] = level[t - 1] + model->change[t - 1];
	for (; t < model->length; t++)
	{
		double		weight = gsl_ran_gaussian_ziggurat(generator, 1.0);
		double		change = weight *
			model->shock[gsl_rng_uniform_int(generator, model->count)];

		PauseAt(t);
		for (i = 1; i <= model->lags; i++)
			change += model->coefficient[i - 1] *
				(level[t - i] - level[t - i - 1]);
		level[t] = level[t - 1] + change;
	}
}
