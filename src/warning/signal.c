/*
 * signal.c - how the warnings of a score turned out
 *
 * Kernel: no PostgreSQL in here.  The method is described in signal.h.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "warning/signal.h"

#include <math.h>

double
HitRate(const SignalCounts *counts)
{
	return (double) counts->hits / (counts->hits + counts->misses);
}

double
FalseAlarmRate(const SignalCounts *counts)
{
	return (double) counts->false_alarms /
		(counts->false_alarms + counts->quiet);
}

/*
 * How much better than the better of two policies without a score, always or
 * never to warn, for someone to whom a missed event costs "preference" and a
 * false alarm 1 - preference.
 */
double
Usefulness(const SignalCounts *counts, double preference)
{
	return fmin(preference, 1.0 - preference) -
		(preference * (1.0 - HitRate(counts)) +
		 (1.0 - preference) * FalseAlarmRate(counts));
}
