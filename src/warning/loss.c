/*
 * loss.c - which of two thresholds loses less
 *
 * Kernel: no PostgreSQL in here.  The method is described in loss.h.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "warning/loss.h"

#include <float.h>
#include <math.h>

#include "foundation/exact_sum.h"

#define INTEGERS_BELOW 0x1p53

/* More than four roundings can do to a sum of two products. */
#define ROUNDING (8.0 * DBL_EPSILON)

/*
 * The first convergent of the continued fraction of a preference that rounds
 * to it.  Remainders are exact.  A preference too near to 0 or to 1 for
 * integers is taken for the fraction nearest to it that they make.
 */
Preference
PreferenceOf(double preference)
{
	Preference	before = {1.0, 0.0};
	Preference	last = {0.0, 1.0};
	double		dividend = 1.0;
	double		divisor = preference;

	while (last.part / last.whole != preference)
	{
		double		rest = fmod(dividend, divisor);
		double		quotient = rint((dividend - rest) / divisor);
		Preference	next;

		next.part = quotient * last.part + before.part;
		next.whole = quotient * last.whole + before.whole;
		if (!(next.whole < INTEGERS_BELOW))
			break;
		before = last;
		last = next;
		dividend = divisor;
		divisor = rest;
	}
	if (last.part == 0.0 || last.part == last.whole)
	{
		last.whole = INTEGERS_BELOW - 1.0;
		last.part = last.part == 0.0 ? 1.0 : last.whole - 1.0;
	}
	return last;
}

/*
 * Add a * b * c, integers below 2^53, without rounding.
 */
static void
add_product(ExactSum *sum, double a, double b, double c)
{
	double		product = a * b;

	ExactSumAddProduct(sum, product, c);
	ExactSumAddProduct(sum, fma(a, b, -product), c);
}

/*
 * Less than 0, 0 or more than 0 where the first of two thresholds for the
 * same rows loses less, as much, or more than the second.
 */
int
CompareLosses(const Preference *preference, const SignalCounts *a,
			  const SignalCounts *b)
{
	double		events = (double) (a->hits + a->misses);
	double		nones = (double) (a->false_alarms + a->quiet);
	double		misses = (double) (a->misses - b->misses);
	double		false_alarms = (double) (a->false_alarms - b->false_alarms);
	double		rest = preference->whole - preference->part;
	double		missed = preference->part * nones * misses;
	double		alarmed = rest * events * false_alarms;
	double		difference = missed + alarmed;
	ExactSum	sum;

	if (fabs(difference) <= ROUNDING * (fabs(missed) + fabs(alarmed)))
	{
		ExactSumInit(&sum);
		add_product(&sum, preference->part, nones, misses);
		add_product(&sum, rest, events, false_alarms);
		difference = ExactSumRound(&sum);
	}
	return (difference > 0.0) - (difference < 0.0);
}
