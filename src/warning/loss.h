/*
 * loss.h - which of two thresholds loses less
 *
 * Kernel: no PostgreSQL in here.
 *
 * Warnings that miss m of E events, and are false f of N times, lose
 *
 *	preference * m / E  +  (1 - preference) * f / N
 *
 * The naive way computes both losses and compares them.  Rounded, one of two
 * that are equal comes out smaller: 2/3 of a half, and twice 1/3 of it.  Here
 * the preference is the simplest fraction that rounds to it, p / q, 3/5 for
 * 0.6, and the difference of two losses, times E, N and q,
 *
 *	p (m - m') N  +  (q - p) (f - f') E
 *
 * is a sum of products of integers.  Its sign is that of its rounded value,
 * unless rounding could have changed it: then it is added up exactly.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#ifndef BUBBLE_LOSS_H
#define BUBBLE_LOSS_H

#include "warning/signal.h"

/* A number between 0 and 1 as a fraction of integers below 2^53. */
typedef struct Preference
{
	double		part;
	double		whole;
} Preference;

extern Preference PreferenceOf(double preference);
extern int	CompareLosses(const Preference *preference, const SignalCounts *a,
						  const SignalCounts *b);

#endif							/* BUBBLE_LOSS_H */
