/*
 * roc.c - a threshold that walks down through all scores
 *
 * Kernel: no PostgreSQL in here.  The method is described in roc.h.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "warning/roc.h"

#include <math.h>

#include "foundation/pause.h"

RocWalk
RocStart(const double *event, int64_t events, const double *none,
		 int64_t nones)
{
	RocWalk		walk = {.event = event, .none = none};

	walk.counts.misses = events;
	walk.counts.quiet = nones;
	return walk;
}

/*
 * How many of "count" values in ascending order, the last ones, are equal to
 * the highest?
 */
static int64_t
equal_to(const double *value, int64_t count, double highest)
{
	int64_t		left = count;

	while (left > 0 && value[left - 1] == highest)
	{
		PauseAt(left);
		left--;
	}
	return count - left;
}

/*
 * Let all rows with the highest score that is left warn.  False if none is
 * left.
 */
bool
RocLower(RocWalk *walk)
{
	SignalCounts *counts = &walk->counts;
	double		event = counts->misses == 0 ? -INFINITY :
		walk->event[counts->misses - 1];
	double		none = counts->quiet == 0 ? -INFINITY :
		walk->none[counts->quiet - 1];
	int64_t		hits;
	int64_t		false_alarms;

	if (counts->misses + counts->quiet == 0)
		return false;
	walk->threshold = fmax(event, none);
	hits = equal_to(walk->event, counts->misses, walk->threshold);
	false_alarms = equal_to(walk->none, counts->quiet, walk->threshold);
	counts->hits += hits;
	counts->misses -= hits;
	counts->false_alarms += false_alarms;
	counts->quiet -= false_alarms;
	CompensatedAdd(&walk->halves, (double) hits *
				   (2.0 * counts->quiet + false_alarms));
	return true;
}

/*
 * The area below the curve of a walk that has come to its end.
 */
double
RocArea(const RocWalk *walk)
{
	return CompensatedTotal(&walk->halves) /
		(2.0 * walk->counts.hits * walk->counts.false_alarms);
}
