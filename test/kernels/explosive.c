/*
 * explosive.c - kernels of the explosive tests but for the ADF's own
 *
 * Runs of rows above their critical values (dating.h) against a look at every
 * row, and critical values by formula (surface.h, with the coefficients of
 * surface_table.c) against published ones and against each other.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "check.h"
#include "explosive/dating.h"
#include "explosive/surface.h"

#define MOST_ROWS 100

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

int
main(void)
{
	check_dating();
	check_surface();
	return failures > 0;
}
