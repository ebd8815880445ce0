/*
 * null_state.h - the shocks of a sample and their regression
 *
 * What series without a bubble are made of (null_model.h).
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#ifndef BUBBLE_EXPLOSIVE_NULL_STATE_H
#define BUBBLE_EXPLOSIVE_NULL_STATE_H

#include "explosive/null_model.h"
#include "series/stored_series.h"

extern NullModel HarveyModel(const SeriesView *view);
extern NullModel PhillipsShiModel(const SeriesView *view, int lags,
								  int64 length);

#endif							/* BUBBLE_EXPLOSIVE_NULL_STATE_H */
