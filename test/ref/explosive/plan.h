/*
 * plan.h - what is simulated for the response surface
 *
 * For each number of lags minimum windows m: four from the shortest with five
 * degrees of freedom on, then each about a third longer than the last.  For
 * each, lengths n up to that whose default window is 2 m, so that every
 * length is covered with minimum windows from half of its default on.  Nodes
 * n are dense where n is near m: the BSADF of the first ends has few windows
 * to choose from.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#ifndef BUBBLE_SURFACE_PLAN_H
#define BUBBLE_SURFACE_PLAN_H

#include <math.h>
#include <stdlib.h>

#define PLAN_MOST_LENGTH 50000
#define PLAN_MOST_LAGS 12
#define MOST_WINDOWS 64
#define MOST_NODES 64

/* A minimum window and the lengths n that it is looked at with. */
typedef struct Plan
{
	int			min_window;
	int			nodes;
	int			node[MOST_NODES + 1];	/* ascending; then -1 */
} Plan;

/* Lengths of the walks that are simulated, nodes of every window. */
static const int walk_length[] = {100, 250, 600, 1500, 5000, 20000, 50000};

#define WALK_LENGTHS ((int) (sizeof(walk_length) / sizeof(walk_length[0])))

static inline int
plan_default_window(int n)
{
	return (int) floor(0.01 * n + 1.8 * sqrt((double) n));
}

static inline int
plan_longest(int min_window)
{
	int			n = 20;

	while (n < PLAN_MOST_LENGTH &&
		   plan_default_window(n + 1) <= 2 * min_window)
		n++;
	return n > min_window ? n : min_window;
}

static inline int
compare_ints(const void *a, const void *b)
{
	return *(const int *) a - *(const int *) b;
}

static inline void
plan_nodes(Plan *plan, int min_window)
{
	const int	longest = plan_longest(min_window);
	double		beyond = 0.0;
	int			n = min_window;
	int			count = 0;
	int			i;

	plan->min_window = min_window;
	plan->nodes = 0;
	while (n < longest)
	{
		plan->node[count++] = n;
		beyond = fmax(beyond + 1.0, fmax(beyond * 1.3, min_window / 32.0));
		n = min_window + (int) beyond;
	}
	plan->node[count++] = longest;
	for (i = 0; i < WALK_LENGTHS; i++)
		if (walk_length[i] >= min_window && walk_length[i] <= longest)
			plan->node[count++] = walk_length[i];
	qsort(plan->node, count, sizeof(int), compare_ints);
	for (i = 0; i < count; i++)
		if (i == 0 || plan->node[i] != plan->node[plan->nodes - 1])
			plan->node[plan->nodes++] = plan->node[i];
	plan->node[plan->nodes] = -1;
}

/*
 * The plans of all minimum windows, ascending; returns their number.
 */
static inline int
make_plans(Plan *plan, int lags)
{
	static const int grid[] = {8, 12, 16, 21, 28, 37, 50, 67, 90, 120, 160,
		210, 280, 373, 500, 670, 900, 1200, 1600, 2150, 2850, 3800, 5000,
	6700, 9000, 12000, 16000, 20000, 28000, 37000, 50000};
	const int	least = 2 * lags + 8;
	const int	first[] = {least, least + 1, least + 3, least + 6};
	int			window[MOST_WINDOWS];
	int			count = 0;
	int			plans = 0;
	size_t		i;

	for (i = 0; i < sizeof(first) / sizeof(first[0]); i++)
		window[count++] = first[i];
	for (i = 0; i < sizeof(grid) / sizeof(grid[0]); i++)
		if (grid[i] > least)
			window[count++] = grid[i];
	qsort(window, count, sizeof(int), compare_ints);
	for (i = 0; i < (size_t) count; i++)
		if (i == 0 || window[i] != window[i - 1])
			plan_nodes(&plan[plans++], window[i]);
	return plans;
}

/* ---- histograms of the draws ---- */

/* Bins of 0.01 from -8 to 8, then of 0.1 up to 200. */
#define BINS 3520

static inline int
bin_of(double statistic)
{
	double		bin = statistic < 8.0 ? (statistic + 8.0) * 100.0 :
		1600.0 + (statistic - 8.0) * 10.0;

	return bin < 0.0 ? 0 : bin >= BINS ? BINS - 1 : (int) bin;
}

/*
 * Where a bin begins.
 */
static inline double
bin_start(int bin)
{
	return bin < 1600 ? bin / 100.0 - 8.0 : (bin - 1600) / 10.0 + 8.0;
}

#endif							/* BUBBLE_SURFACE_PLAN_H */
