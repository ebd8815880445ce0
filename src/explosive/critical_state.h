/*
 * critical_state.h - quantiles of the response surface, where it knows them
 *
 * A sample that the surface does not cover has its statistics and no critical
 * values: one group of many must not take the answers of the others away.
 * Only parameters that the surface covers for no number of observations at all
 * are an ERROR.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#ifndef BUBBLE_EXPLOSIVE_CRITICAL_STATE_H
#define BUBBLE_EXPLOSIVE_CRITICAL_STATE_H

#include "explosive/path_state.h"
#include "explosive/surface.h"

#define DEFAULT_LEVEL 0.95

/* A row of parameter tables. */
#define LEVEL_PARAMETER \
	{"level", PARAMETER_NUMBER, .least = SURFACE_LOWEST_LEVEL, \
	 .most = SURFACE_HIGHEST_LEVEL, .number = DEFAULT_LEVEL, \
	 .hint = "Critical values at the usual significance of 5 percent have a " \
	 "level of 0.95."}

extern bool SupQuantiles(SupStatistic statistic, const AdfSample *sample,
						 int64 observations, int64 min_window,
						 double *quantile);
extern double *SurfacePath(const AdfSample *sample, double level);

#endif							/* BUBBLE_EXPLOSIVE_CRITICAL_STATE_H */
