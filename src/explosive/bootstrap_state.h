/*
 * bootstrap_state.h - the statistics of many series without a bubble
 *
 * Either the largest statistics of each series, sorted, or for each row the
 * quantile of its BSADF statistic at a level.  Of all replications only the
 * largest statistics of a row, those from the quantile on, are kept, in a heap
 * for each row with the smallest of them at its root:
 *
 *	 row	[0] [1] ... [kept - 1]	[0] [1] ... [kept - 1]	...
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#ifndef BUBBLE_EXPLOSIVE_BOOTSTRAP_STATE_H
#define BUBBLE_EXPLOSIVE_BOOTSTRAP_STATE_H

#include "explosive/path_state.h"

typedef enum BootstrapMethod
{
	METHOD_HARVEY,
	METHOD_PHILLIPS_SHI
} BootstrapMethod;

typedef struct BootstrapRule
{
	AdfRule		adf;
	int64		replications;
	int64		seed;
	BootstrapMethod method;
	int64		control;		/* 0 for the whole sample */
} BootstrapRule;

/*
 * The largest statistics of many replications, each sorted.
 */
typedef struct Draws
{
	int64		count;
	double	   *sadf;
	double	   *gsadf;
} Draws;

extern Draws BootstrapDraws(const SeriesView *view, const BootstrapRule *rule,
							const AdfSample *sample);
extern double *BootstrapQuantiles(const SeriesView *view,
								  const BootstrapRule *rule,
								  const AdfSample *sample, double level);

#endif							/* BUBBLE_EXPLOSIVE_BOOTSTRAP_STATE_H */
