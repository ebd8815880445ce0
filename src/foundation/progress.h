/*
 * progress.h - how far a long computation is
 *
 * With bubble.progress on, computations of many equal steps report every two
 * seconds in a NOTICE how many are done.  Off by default, for scheduled jobs.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#ifndef BUBBLE_PROGRESS_H
#define BUBBLE_PROGRESS_H

#include "utils/timestamp.h"

typedef struct Progress
{
	const char *function;		/* that computes */
	const char *unit;			/* what the steps are, as the NOTICE says it */
	int64		steps;
	TimestampTz next;			/* time of the next NOTICE */
} Progress;

extern void InitProgress(void);
extern Progress StartProgress(const char *function, const char *unit,
							  int64 steps);
extern void TellProgress(Progress *progress, int64 done);

#endif							/* BUBBLE_PROGRESS_H */
