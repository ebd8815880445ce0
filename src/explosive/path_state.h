/*
 * path_state.h - the explosive-root statistics of a sample, end by end
 *
 * A sample is laid out once for the sweeps of adf_sweep.h.  A path is an
 * array with the statistics of the windows that end at the min_window-th
 * observation and at those after it, NaN where there is none:
 *
 *	observation		1 ... min_window ... length
 *	path			      [0]        ... [ends - 1]
 *
 * The forward path, whose supremum is the SADF, costs O(length); the backward
 * path, the BSADF, whose supremum is the GSADF, O(length) an end.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#ifndef BUBBLE_EXPLOSIVE_PATH_STATE_H
#define BUBBLE_EXPLOSIVE_PATH_STATE_H

#include "explosive/rule_state.h"
#include "series/stored_series.h"

typedef struct AdfSample
{
	AdfSeries	series;
	int			lags;
	int64		min_window;
	int64		ends;			/* of windows, at least 1 */
	double	   *room;			/* of the series */
} AdfSample;

extern bool AdfSampleInit(AdfSample *sample, const double *level,
						  int64 length, const AdfRule *rule);
extern void AdfSampleFree(AdfSample *sample);
extern double *AdfForwardPath(const AdfSample *sample);
extern double *AdfBackwardPath(const AdfSample *sample);
extern StoredSeries *StoreAdfPath(const SeriesView *view,
								  const AdfSample *sample,
								  const double *path);
extern double AdfOfSample(const AdfSample *sample);
extern double AdfPathMaximum(const AdfSample *sample, const double *path);

#endif							/* BUBBLE_EXPLOSIVE_PATH_STATE_H */
