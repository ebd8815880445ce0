/*
 * adf_series.h - levels laid out for the ADF statistics of their windows
 *
 * Kernel: no PostgreSQL in here.
 *
 * Levels and changes are two arrays with room at both ends, so that vectors
 * can be loaded from any time on, and a power of two brings the largest level
 * near 1: squares stay within the range of doubles, and no digit changes.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#ifndef BUBBLE_ADF_SERIES_H
#define BUBBLE_ADF_SERIES_H

#include <stddef.h>
#include <stdint.h>

/* Ends that are swept at a time. */
#define ADF_LANES 32

#define ADF_MOST_LAGS 12

/*
 * Terms of the regression that depend on time alone, as many as its number
 * says: none, an intercept, an intercept and a linear trend.
 */
typedef enum AdfTerms
{
	ADF_NONE,
	ADF_CONSTANT,
	ADF_TREND
} AdfTerms;

/*
 * Levels, scaled by a power of two, and their changes, with room before the
 * first and after the last for lanes that have no row there; and how they are
 * to be regressed.
 */
typedef struct AdfSeries
{
	int64_t		length;
	double	   *level;
	double	   *change;			/* change[t] = level[t] - level[t - 1] */
	double	   *share;			/* share[t] = 1 / t, from 1 on */
	AdfTerms	terms;			/* ADF_CONSTANT unless set after the layout */
} AdfSeries;

extern size_t AdfSeriesRoom(int64_t length);
extern void AdfSeriesInit(AdfSeries *series, const double *level,
						  int64_t length, double *room);
extern int64_t AdfLeastWindow(int lags, AdfTerms terms);
extern int	AdfMostLags(int64_t length, AdfTerms terms);
extern int64_t AdfDefaultWindow(int64_t length);

#endif							/* BUBBLE_ADF_SERIES_H */
