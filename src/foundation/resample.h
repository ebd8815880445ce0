/*
 * resample.h - what a statistic would have been of other samples
 *
 * A sample is drawn again from its own parts, with replacement, and the
 * statistic of each such sample is kept: the middle 95 % of them are the
 * percentile interval.  Each replication has its own generator (random.h),
 * hence any of them can be drawn by itself.
 *
 * Reference: B. Efron, R. Tibshirani, An introduction to the bootstrap, 1993.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#ifndef BUBBLE_RESAMPLE_H
#define BUBBLE_RESAMPLE_H

#include "foundation/parameters.h"
#include "foundation/random.h"

#define MOST_RESAMPLES 100000

/* Their parameters, the last ones of an aggregate. */
#define RESAMPLES_PARAMETER \
	{"replications", PARAMETER_COUNT, .sized = true, .least = 19, \
	 .most = MOST_RESAMPLES, .number = DEFAULT_REPLICATIONS, \
	 .hint = "The default is 999."}
#define RESAMPLE_SEED_PARAMETER \
	{"seed", PARAMETER_SEED, .number = DEFAULT_SEED}

extern int64 DrawBelow(gsl_rng *generator, int64 bound);
extern void PercentileInterval(double *statistic, int64 count, double *low,
							   double *high);

#endif							/* BUBBLE_RESAMPLE_H */
