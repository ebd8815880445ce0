/*
 * measures_state.h - measures of a whole price curve that functions share
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#ifndef BUBBLE_DRAWDOWN_MEASURES_STATE_H
#define BUBBLE_DRAWDOWN_MEASURES_STATE_H

#include "drawdown/underwater.h"
#include "series/stored_series.h"

extern Underwater UnderwaterOf(const SeriesView *view);
extern bool YearlyGrowth(const SeriesView *view, double *rate);
extern double AtRisk(const SeriesView *view, double alpha);
extern double ConditionalAtRisk(const SeriesView *view, double alpha);

#endif							/* BUBBLE_DRAWDOWN_MEASURES_STATE_H */
