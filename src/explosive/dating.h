/*
 * dating.h - from when to when a series was explosive
 *
 * Kernel: no PostgreSQL in here.
 *
 * A row is explosive when its BSADF statistic passes the critical value for
 * the observations up to it.  A run of such rows, if it is long enough, is an
 * episode.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#ifndef BUBBLE_DATING_H
#define BUBBLE_DATING_H

#include <stdbool.h>
#include <stdint.h>

/* Places in a path, counted from 0. */
typedef struct ExplosiveRun
{
	int64_t		start;
	int64_t		peak;			/* of the statistic, the first of several */
	int64_t		end;			/* the last explosive row */
} ExplosiveRun;

extern bool NextExplosiveRun(const double *path, const double *critical,
							 int64_t length, int64_t from,
							 ExplosiveRun *run);

#endif							/* BUBBLE_DATING_H */
