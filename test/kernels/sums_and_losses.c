/*
 * sums_and_losses.c - small sums and compared losses against naive ones
 *
 * Sums that start small (small_sum.h) must have every bit of an ExactSum of
 * the same terms, whatever their sizes, after each term, when terms leave,
 * and when parts are put together.  Losses (loss.h) are compared with those
 * in 128-bit integers, over many ties.  Output is one line a check, "ok - ..."
 * or "not ok - ...".  test/t/016_topic_kernels.pl compiles and runs it.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include <stdlib.h>

#include "check.h"
#include "foundation/small_sum.h"
#include "warning/loss.h"

#define TERMS 400

static int	rooms = 0;

/*
 * Memory is for the program's short life.
 */
ExactSum *
SmallSumRoom(void *owner)
{
	(void) owner;
	rooms++;
	return malloc(sizeof(ExactSum));
}

/*
 * A term whose exponent spreads so far to both sides; sometimes 0.
 */
static double
draw_term(int spread)
{
	double		mantissa = (double) (draw(INT64_C(1) << 53) + 1);

	if (draw(20) == 0)
		return 0.0;
	return ldexp(draw(2) ? mantissa : -mantissa,
				 -53 + (int) draw(2 * spread + 1) - spread);
}

static void
check_sums(int spread, const char *what)
{
	static double term[TERMS];
	SmallSum	small;
	SmallSum	part[3];
	SmallSum	all;
	SmallSum	copy;
	ExactSum	exact;
	ExactSum	out;
	bool		good = true;
	int			trial;
	int			i;

	for (trial = 0; trial < 100; trial++)
	{
		SmallSumInit(&small);
		SmallSumInit(&all);
		SmallSumInit(&copy);
		ExactSumInit(&exact);
		ExactSumInit(&out);
		for (i = 0; i < 3; i++)
			SmallSumInit(&part[i]);
		for (i = 0; i < TERMS; i++)
		{
			term[i] = draw_term(spread);
			SmallSumAdd(&small, term[i], NULL);
			SmallSumAdd(&part[draw(3)], term[i], NULL);
			ExactSumAdd(&exact, term[i]);
			good &= SmallSumRound(&small) == ExactSumRound(&exact);
		}
		for (i = 0; i < 3; i++)
			SmallSumMerge(&all, &part[i], NULL);
		good &= SmallSumRound(&all) == ExactSumRound(&exact);
		SmallSumAddTo(&all, &out);
		SmallSumSet(&copy, &out, NULL);
		good &= SmallSumRound(&copy) == ExactSumRound(&exact);
		for (i = 0; i < TERMS; i++)
		{
			SmallSumAdd(&copy, -term[i], NULL);
			ExactSumSubtract(&exact, term[i]);
			good &= SmallSumRound(&copy) == ExactSumRound(&exact);
		}
		good &= SmallSumRound(&copy) == 0.0;
	}
	check(good, what);
}

static void
check_preferences(void)
{
	bool		simplest = true;
	bool		rounds = true;
	int			trial;
	int			i;
	int			j;

	for (j = 2; j <= 1000; j++)
		for (i = 1; i < j; i++)
		{
			Preference	preference = PreferenceOf((double) i / j);

			simplest &= preference.part * j == preference.whole * i &&
				preference.whole <= j;
		}
	check(simplest, "a fraction of small numbers is found again");
	for (trial = 0; trial < 100000; trial++)
	{
		double		number = ldexp((double) (draw(INT64_C(1) << 53) + 1),
								   -54 - (int) draw(20));
		Preference	preference = PreferenceOf(number);

		rounds &= preference.part / preference.whole == number &&
			preference.part == rint(preference.part) &&
			preference.whole == rint(preference.whole) &&
			preference.whole < 0x1p53;
	}
	check(rounds, "any other number is a fraction that rounds to it");
	rounds = true;
	for (i = 20; i < 1074; i++)
		rounds &= PreferenceOf(ldexp(1.0, -i)).part >= 1.0 &&
			PreferenceOf(ldexp(1.0, -i)).whole <= 0x1p53;
	check(rounds, "the smallest numbers are small fractions");
	rounds = true;
	for (i = 1; i <= 53; i++)
	{
		const double number = 1.0 - ldexp(1.0, -i);
		const Preference preference = PreferenceOf(number);

		rounds &= preference.part / preference.whole == number &&
			preference.part < preference.whole && preference.whole < 0x1p53;
	}
	check(rounds, "numbers next to 1 are fractions below 1");
}

static void
check_losses(int64_t most, const char *what)
{
	bool		good = true;
	int			ties = 0;
	int			trial;

	for (trial = 0; trial < 300000; trial++)
	{
		int64_t		whole = draw(20) + 2;
		int64_t		part = draw(whole - 1) + 1;
		int64_t		events = draw(most) + 1;
		int64_t		nones = draw(most) + 1;
		SignalCounts a = {.hits = draw(events + 1)};
		SignalCounts b = {.hits = draw(events + 1)};
		Preference	preference = PreferenceOf((double) part / whole);
		__int128	difference;

		a.misses = events - a.hits;
		b.misses = events - b.hits;
		a.false_alarms = draw(nones + 1);
		b.false_alarms = draw(nones + 1);
		a.quiet = nones - a.false_alarms;
		b.quiet = nones - b.false_alarms;
		difference = (__int128) part * nones * (a.misses - b.misses) +
			(__int128) (whole - part) * events *
			(a.false_alarms - b.false_alarms);
		ties += difference == 0;
		good &= CompareLosses(&preference, &a, &b) ==
			(difference > 0) - (difference < 0);
	}
	check(good && (ties > 0 || most > 1000), what);
}

int
main(void)
{
	check_sums(10, "terms of one size");
	check(rooms == 0, "which need no room");
	check_sums(100, "terms of several sizes");
	check_sums(900, "terms of all sizes");
	check(rooms > 0, "which need room");
	check_preferences();
	check_losses(6, "losses of few rows, many of them equal");
	check_losses(100, "losses of some rows");
	check_losses(INT64_C(1) << 40, "losses of very many rows");
	return failures != 0;
}
