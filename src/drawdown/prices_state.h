/*
 * prices_state.h - the series of which drawdowns are measured
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#ifndef BUBBLE_DRAWDOWN_PRICES_STATE_H
#define BUBBLE_DRAWDOWN_PRICES_STATE_H

#include "drawdown/swing.h"
#include "series/stored_series.h"

extern PriceRange CheckPrices(const SeriesView *view);
extern SeriesView RowsUnderPeak(SeriesView view);
extern SeriesView PricesArg(FunctionCallInfo fcinfo, int argno);
extern SeriesView TimedPricesArg(FunctionCallInfo fcinfo, int argno);

#endif							/* BUBBLE_DRAWDOWN_PRICES_STATE_H */
