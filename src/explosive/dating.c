/*
 * dating.c - from when to when a series was explosive
 *
 * Kernel: no PostgreSQL in here.
 *
 * The rule is described in dating.h.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "explosive/dating.h"

/*
 * The first run of rows above their critical values from a place on.  A row
 * without a statistic (NaN) is not explosive.
 */
bool
NextExplosiveRun(const double *path, const double *critical, int64_t length,
				 int64_t from, ExplosiveRun *run)
{
	int64_t		i = from;

	while (i < length && !(path[i] > critical[i]))
		i++;
	if (i >= length)
		return false;
	run->start = i;
	run->peak = i;
	for (; i < length && path[i] > critical[i]; i++)
		if (path[i] > path[run->peak])
			run->peak = i;
	run->end = i - 1;
	return true;
}
