/*
 * explosive.c - kernels of the explosive tests but for the ADF's own
 *
 * Runs of rows above their critical values (dating.h) against a look at every
 * row, critical values by formula (surface.h, with the coefficients of
 * surface_table.c) against published ones and against each other, made series
 * (null_model.h), the largest of many draws (largest.h), and residuals
 * (projection.h) by what they must be: orthogonal to all controls.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include <stdlib.h>

#include "check.h"
#include "explosive/dating.h"
#include "explosive/largest.h"
#include "explosive/null_model.h"
#include "explosive/projection.h"
#include "explosive/surface.h"
#include "foundation/pause.h"
#include "foundation/quantile.h"

#define MOST_ROWS 100

void
KernelPause(void)
{
}

static void
check_dating(void)
{
	bool		same = true;
	int			trial;

	for (trial = 0; trial < 1000; trial++)
	{
		double		path[MOST_ROWS];
		double		critical[MOST_ROWS];
		const int	rows = draw(MOST_ROWS) + 1;
		ExplosiveRun run;
		int			covered = 0;
		int			above = 0;
		int64_t		from = 0;
		int			i;

		for (i = 0; i < rows; i++)
		{
			path[i] = draw(10) == 0 ? NAN : draw(6);
			critical[i] = draw(10) == 0 ? NAN : draw(5);
			above += path[i] > critical[i];
		}
		for (; NextExplosiveRun(path, critical, rows, from, &run);
			 from = run.end + 1)
		{
			same = same && run.start >= from && run.end < rows &&
				run.start <= run.peak && run.peak <= run.end &&
				(run.start == 0 ||
				 !(path[run.start - 1] > critical[run.start - 1])) &&
				(run.end == rows - 1 ||
				 !(path[run.end + 1] > critical[run.end + 1]));
			for (i = (int) run.start; i <= run.end; i++)
			{
				same = same && path[i] > critical[i] &&
					(i < run.peak ? path[i] < path[run.peak] :
					 path[i] <= path[run.peak]);
				covered++;
			}
		}
		same = same && covered == above;
	}
	check(same, "dating: every row above its critical value, in whole runs");
}

/*
 * Critical values at 90, 95 and 99 percent that the R package exuber gives
 * for series of 100 and of 200, with the default window and no lags, from
 * 2000 replications.
 */
static void
check_surface(void)
{
	static const int length[] = {100, 200};
	static const int window[] = {19, 27};
	static const double level[] = {0.9, 0.95, 0.99};
	static const double noise[] = {0.05, 0.06, 0.12};
	static const double sadf[][3] = {{0.988, 1.295, 1.916},
	{1.093, 1.388, 1.950}};
	static const double gsadf[][3] = {{1.710, 1.974, 2.571},
	{1.875, 2.114, 2.611}};
	double		quantile[SURFACE_LEVELS];
	bool		published = true;
	bool		ordered = true;
	bool		inverse = true;
	int			lags;
	int			i;
	int			j;

	for (i = 0; i < 6; i++)
	{
		SurfaceQuantiles(SUP_SADF, length[i / 3], window[i / 3], 0, quantile);
		published = published &&
			fabs(SurfaceCriticalValue(quantile, level[i % 3]) -
				 sadf[i / 3][i % 3]) < noise[i % 3];
		SurfaceQuantiles(SUP_GSADF, length[i / 3], window[i / 3], 0, quantile);
		published = published &&
			fabs(SurfaceCriticalValue(quantile, level[i % 3]) -
				 gsadf[i / 3][i % 3]) < noise[i % 3];
	}
	check(published, "surface: published critical values");
	for (lags = 0; lags <= SURFACE_MOST_LAGS; lags += 4)
		for (j = 0; j < SUP_STATISTICS; j++)
		{
			SurfaceQuantiles((SupStatistic) j, 300, 50, lags, quantile);
			for (i = 0; i < SURFACE_LEVELS; i++)
			{
				ordered = ordered &&
					(i == 0 || quantile[i] >= quantile[i - 1]);
				inverse = inverse &&
					close_to(SurfaceCriticalValue(quantile, SurfaceLevel[i]),
							 quantile[i]) &&
					fabs(SurfacePValue(quantile, quantile[i]) -
						 (1.0 - SurfaceLevel[i])) < 1e-9;
			}
		}
	check(ordered, "surface: quantiles ascend");
	check(inverse, "surface: p values of critical values");
	check(SurfaceCovers(100, 19, 0) && !SurfaceCovers(100, 101, 0) &&
		  !SurfaceCovers(100, SurfaceLeastWindow(2) - 1, 2) &&
		  !SurfaceCovers(SURFACE_MOST_LENGTH + 1, 1000, 0),
		  "surface: what it covers");
}

/* ---- the bootstrap ---- */

/*
 * Draws that are the same as those of a model, from the same seed.
 */
static void
check_series(void)
{
	gsl_rng    *generator = gsl_rng_alloc(gsl_rng_mt19937);
	const double beta[] = {0.5, 0.25, -0.125};
	double		change[MOST_ROWS];
	double		shock[MOST_ROWS];
	double		walk[MOST_ROWS];
	double		level[MOST_ROWS];
	NullModel	model = {.shock = shock, .length = MOST_ROWS};
	bool		walks = true;
	bool		shocks = true;
	bool		made = true;
	int			i;

	gsl_rng_set(generator, 1);
	RandomWalk(&model, generator, walk);
	for (i = 0; i < MOST_ROWS - 1; i++)
		shock[i] = i % 7;
	gsl_rng_set(generator, 1);
	HarveySeries(&model, generator, level);
	for (i = 1; i < MOST_ROWS; i++)
		walks = walks && close_to(level[i] - level[i - 1], shock[i - 1] *
								  (walk[i] - walk[i - 1]));
	check(walks && walk[0] == 0.0 && level[0] == 0.0,
		  "null_model: shocks stay where they are");

	for (i = 0; i < MOST_ROWS; i++)
		change[i] = i < 2 ? i + 1.0 : beta[0] + beta[1] * change[i - 1] +
			beta[2] * change[i - 2] + i % 3;
	NullShocks(change, MOST_ROWS, 2, beta, shock);
	for (i = 2; i < MOST_ROWS; i++)
		shocks = shocks && close_to(shock[i - 2], i % 3) &&
			(i % 3 != 0 || shock[i - 2] == 0.0);
	check(shocks, "null_model: what an autoregression leaves");

	/* One shock of 0 for all: what is left is the regression. */
	shock[0] = 0.0;
	model.count = 1;
	model.lags = 2;
	model.coefficient = beta + 1;
	model.change = change;
	PhillipsShiSeries(&model, generator, level);
	for (i = 3; i < MOST_ROWS; i++)
		made = made && close_to(level[i] - level[i - 1], beta[1] *
								(level[i - 1] - level[i - 2]) + beta[2] *
								(level[i - 2] - level[i - 3]));
	check(made && level[1] == change[0], "null_model: lagged changes");
	gsl_rng_free(generator);
}

static int
ascending(const void *a, const void *b)
{
	const double x = *(const double *) a;
	const double y = *(const double *) b;

	return (x > y) - (x < y);
}

static void
check_largest(void)
{
	bool		quantiles = true;
	bool		shares = true;
	int			trial;

	for (trial = 0; trial < 500; trial++)
	{
		const int	count = draw(MOST_ROWS) + 1;
		const double level = draw(100) / 100.0;
		const double place = (count - 1) * level;
		const int	kept = count - (int) place;
		const double statistic = draw(50);
		double		value[MOST_ROWS];
		double		heap[MOST_ROWS];
		int			at_least = 0;
		int			i;

		for (i = 0; i < kept; i++)
			heap[i] = -INFINITY;
		for (i = 0; i < count; i++)
		{
			value[i] = draw(50);
			at_least += value[i] >= statistic;
			KeepLargest(heap, kept, value[i]);
		}
		qsort(value, count, sizeof(double), ascending);
		quantiles = quantiles && LeastKept(heap, kept, place - floor(place))
			== Quantile(value, count, level);
		shares = shares && BootstrapP(value, count, statistic) ==
			(1.0 + at_least) / (1.0 + count);
	}
	check(quantiles, "largest: the quantile of the sorted draws");
	check(shares, "largest: p values");
}

/* ---- controls ---- */

#define CONTROLS 4

/*
 * The triangle of x by Gram-Schmidt; columns in their order.
 */
static void
factorise(const double *x, double *triangle)
{
	double		q[MOST_ROWS][CONTROLS];
	int			i;
	int			j;
	int			k;

	for (j = 0; j < CONTROLS; j++)
	{
		double		length = 0.0;

		for (i = 0; i < MOST_ROWS; i++)
			q[i][j] = x[i * CONTROLS + j];
		for (k = 0; k < j; k++)
		{
			double		along = 0.0;

			for (i = 0; i < MOST_ROWS; i++)
				along += q[i][k] * q[i][j];
			for (i = 0; i < MOST_ROWS; i++)
				q[i][j] -= along * q[i][k];
			triangle[k * CONTROLS + j] = along;
		}
		for (i = 0; i < MOST_ROWS; i++)
			length += q[i][j] * q[i][j];
		triangle[j * CONTROLS + j] = sqrt(length);
		for (i = 0; i < MOST_ROWS && length > 0.0; i++)
			q[i][j] /= sqrt(length);
	}
}

/*
 * The last control depends on the others where "dependent" says so.
 */
static void
check_projection(bool dependent)
{
	static const size_t order[CONTROLS] = {0, 1, 2, 3};
	double		x[MOST_ROWS * CONTROLS];
	double		kept[MOST_ROWS * CONTROLS];
	double		y[MOST_ROWS];
	double		triangle[CONTROLS * CONTROLS] = {0.0};
	Basis		basis = {CONTROLS, triangle, order, 0};
	bool		orthogonal = true;
	int			i;
	int			j;

	for (i = 0; i < MOST_ROWS; i++)
	{
		double	   *row = x + i * CONTROLS;

		y[i] = draw(1000);
		for (j = 0; j < CONTROLS; j++)
			row[j] = draw(1000);
		if (dependent)
			row[3] = 2.0 * row[0] - row[2];
	}
	(void) CentreColumn(y, MOST_ROWS, 1, false);
	for (j = 0; j < CONTROLS; j++)
		(void) CentreColumn(x + j, MOST_ROWS, CONTROLS, true);
	for (i = 0; i < MOST_ROWS * CONTROLS; i++)
		kept[i] = x[i];
	factorise(x, triangle);
	basis.rank = RankOf(triangle, CONTROLS);
	ProjectOut(y, x, MOST_ROWS, &basis);
	for (j = 0; j < CONTROLS; j++)
	{
		double		along = 0.0;

		for (i = 0; i < MOST_ROWS; i++)
			along += y[i] * kept[i * CONTROLS + j];
		orthogonal = orthogonal && fabs(along) < 1e-9;
	}
	check(basis.rank == (dependent ? CONTROLS - 1 : CONTROLS) && orthogonal,
		  dependent ? "projection: a control that depends on others" :
		  "projection: nothing is left along a control");
}

static void
check_centring(void)
{
	double		column[] = {1.0, 9.0, 2.0, 9.0, 6.0, 9.0};
	double		equal[] = {0.1, 0.1, 0.1};
	double		wide[] = {-1.5e308, 1.5e308, 1.5e308, 1.5e308};
	bool		centred = CentreColumn(column, 3, 2, true) == 3.0;

	centred = centred && close_to(column[0], -2.0 / 3.0) &&
		close_to(column[2], -1.0 / 3.0) && column[4] == 1.0 &&
		column[1] == 9.0;
	(void) CentreColumn(equal, 3, 1, true);
	check(centred && equal[0] == 0.0 && equal[1] == 0.0 &&
		  isinf(CentreColumn(wide, 4, 1, false)),
		  "projection: the mean and the size of a column");
}

int
main(void)
{
	check_dating();
	check_surface();
	check_series();
	check_largest();
	check_projection(false);
	check_projection(true);
	check_centring();
	return failures > 0;
}
