/*
 * plan.h - what is simulated for the response surface
 *
 * Minimum windows m from the shortest with five degrees of freedom to twice
 * the default of 5,000 levels, each about a third longer than the last.  For
 * each, series up to the length whose default window is 2 m, so that every
 * length from 20 to 5,000 is covered with minimum windows from half of the
 * default to twice as much.  Nodes n are dense where n is near m: the BSADF
 * of the first ends has few windows to choose from.  Longer windows stand
 * alone, for the ADF statistic.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#ifndef BUBBLE_SURFACE_PLAN_H
#define BUBBLE_SURFACE_PLAN_H

#include <math.h>
#include <stdlib.h>

#include "explosive/adf_sweep.h"
#include "explosive/surface.h"

#define MOST_LEVELS SURFACE_MOST_LENGTH
#define MOST_NODES 64

typedef struct Plan
{
	int			lags;
	int			min_window;
	int			length;			/* levels of a walk */
	int			nodes;
	int			node[MOST_NODES + 1];	/* lengths n, ascending */
} Plan;

static inline int
plan_length(int min_window)
{
	int			n = 20;

	if (min_window > SURFACE_MOST_WINDOW)
		return min_window;
	while (n < MOST_LEVELS && AdfDefaultWindow(n + 1) <= 2 * min_window)
		n++;
	return n;
}

static inline void
make_plan(Plan *plan, int lags, int min_window)
{
	double		beyond = 0.0;
	int			n = min_window;

	plan->lags = lags;
	plan->min_window = min_window;
	plan->length = plan_length(min_window);
	plan->nodes = 0;
	while (n < plan->length && plan->nodes < MOST_NODES - 1)
	{
		plan->node[plan->nodes++] = n;
		beyond = fmax(beyond + 1.0, fmax(beyond * 1.2, min_window / 32.0));
		n = min_window + (int) beyond;
	}
	plan->node[plan->nodes++] = plan->length;
	plan->node[plan->nodes] = -1;
}

#endif							/* BUBBLE_SURFACE_PLAN_H */
