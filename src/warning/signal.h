/*
 * signal.h - how the warnings of a score turned out
 *
 * Kernel: no PostgreSQL in here.
 *
 *					event came		event did not come
 *	warned			hit				false alarm
 *	not warned		miss			quiet
 *
 * A rate without a denominator is NaN.
 *
 * References: G. L. Kaminsky, C. M. Reinhart, The twin crises, American
 * Economic Review 89(3), 1999; L. Alessi, C. Detken, Quasi real time early
 * warning indicators for costly asset price boom/bust cycles, European
 * Journal of Political Economy 27(3), 2011.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#ifndef BUBBLE_SIGNAL_H
#define BUBBLE_SIGNAL_H

#include <stdint.h>

typedef struct SignalCounts
{
	int64_t		hits;
	int64_t		misses;
	int64_t		false_alarms;
	int64_t		quiet;
} SignalCounts;

extern double HitRate(const SignalCounts *counts);
extern double FalseAlarmRate(const SignalCounts *counts);
extern double Usefulness(const SignalCounts *counts, double preference);

#endif							/* BUBBLE_SIGNAL_H */
