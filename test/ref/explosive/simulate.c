/*
 * simulate.c - draws of the explosive-root statistics under the null
 *
 * Random walks y(t) = y(t-1) + N(0,1), without drift, n levels long.  For one
 * number of lags and one minimum window m a single walk of N levels gives
 * the statistics of all n <= N: the BSADF of window ends at level n, and the
 * largest of those up to n, which is the GSADF, likewise the SADF.  They are
 * written for the nodes n of plan.h.
 *
 *	 simulate DIRECTORY LAGS MIN_WINDOW CHUNK REPLICATIONS
 *
 * writes DIRECTORY/LAGS_MIN_WINDOW_CHUNK.f32: for each replication, for each
 * node, BSADF, GSADF, SADF.  A chunk that is there already is left alone.
 * The seed is made of the chunk's name, so that every chunk can be computed
 * again, anywhere.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>

#include "explosive/adf_sweep.h"
#include "plan.h"

static double level[MOST_LEVELS];
static double backward[MOST_LEVELS + ADF_LANES];
static double forward[MOST_LEVELS + ADF_LANES];

static void
random_walk(gsl_rng *generator, int length)
{
	int			t;

	level[0] = 0.0;
	for (t = 1; t < length; t++)
		level[t] = level[t - 1] + gsl_ran_gaussian_ziggurat(generator, 1.0);
}

static void
write_statistics(FILE *file, const Plan *plan)
{
	float		gsadf = -INFINITY;
	float		sadf = -INFINITY;
	int			node = 0;
	int			n;

	for (n = plan->min_window; n <= plan->length; n++)
	{
		float		bsadf = (float) backward[n - 1];

		gsadf = fmaxf(gsadf, bsadf);
		sadf = fmaxf(sadf, (float) forward[n - 1]);
		if (n == plan->node[node])
		{
			float		row[3] = {bsadf, gsadf, sadf};

			fwrite(row, sizeof(row), 1, file);
			node++;
		}
	}
}

int
main(int argc, char **argv)
{
	gsl_rng    *generator = gsl_rng_alloc(gsl_rng_mt19937);
	AdfSeries	series;
	Plan		plan;
	double	   *room;
	char		name[4096];
	char		unfinished[4096];
	FILE	   *file;
	int			chunk;
	int			replications;

	if (argc != 6)
		return 2;
	make_plan(&plan, atoi(argv[2]), atoi(argv[3]));
	chunk = atoi(argv[4]);
	replications = atoi(argv[5]);
	snprintf(name, sizeof(name), "%s/%d_%d_%d.f32", argv[1], plan.lags,
			 plan.min_window, chunk);
	if (access(name, F_OK) == 0)
		return 0;
	snprintf(unfinished, sizeof(unfinished), "%s.%d", name, (int) getpid());
	file = fopen(unfinished, "wb");
	if (file == NULL)
		return 1;
	gsl_rng_set(generator, 1 + plan.lags + 8UL * plan.min_window +
				8192UL * chunk);
	room = malloc(AdfSeriesRoom(plan.length) * sizeof(double));
	while (replications-- > 0)
	{
		int			end;

		random_walk(generator, plan.length);
		AdfSeriesInit(&series, level, plan.length, room);
		for (end = plan.min_window - 1; end < plan.length; end += ADF_LANES)
			AdfSweep(&series, plan.lags, plan.min_window, end,
					 backward + end, forward + end);
		write_statistics(file, &plan);
	}
	if (fclose(file) != 0)
		return 1;
	return rename(unfinished, name) == 0 ? 0 : 1;
}
