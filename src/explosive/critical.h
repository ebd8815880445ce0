/*
 * critical.h - quantiles of the response surface, where it knows them
 *
 * A sample that the surface does not cover has its statistics and no critical
 * values: one group of many must not take the answers of the others away.
 * Only who asks for a critical value with parameters that the surface covers
 * for no number of observations is told so by an ERROR.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#ifndef BUBBLE_CRITICAL_H
#define BUBBLE_CRITICAL_H

#include "fmgr.h"

#include "explosive/path.h"
#include "explosive/surface.h"

extern bool SupQuantiles(SupStatistic statistic, const AdfSample *sample,
						 int64 observations, int64 min_window,
						 double *quantile);
extern double *SurfacePath(const AdfSample *sample, double level);
extern double CheckLevel(double level);

#endif							/* BUBBLE_CRITICAL_H */
