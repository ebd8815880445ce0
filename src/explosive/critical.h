/*
 * critical.h - quantiles of the response surface, with its limits as ERRORs
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#ifndef BUBBLE_CRITICAL_H
#define BUBBLE_CRITICAL_H

#include "fmgr.h"

#include "explosive/surface.h"

extern void SupQuantiles(SupStatistic statistic, int64 observations,
						 int64 min_window, int lags, double *quantile);
extern double CheckLevel(double level);

#endif							/* BUBBLE_CRITICAL_H */
