/*
 * funding.c - the kernels of the funding family against naive computations
 *
 * Decaying sums (decay.h) against sums in extended precision, in any order
 * and without what has left them; shares still waiting (survival.h) against
 * the product taken literally; the sum over pairs (concentration.h) against
 * all pairs; the chain ladder against Mack's published figures.  Output is
 * one line a check, "ok - ..." or "not ok - ...".
 * test/t/016_topic_kernels.pl compiles and runs it.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include <stdlib.h>

#include "check.h"
#include "funding/chain_ladder.h"
#include "funding/concentration.h"
#include "funding/decay.h"
#include "funding/survival.h"

#define ROWS 300
#define ROUNDS 300

/* ---- decay ---- */

typedef struct Rows
{
	int64_t		half_life;
	int64_t		latest;
	int64_t		at[ROWS];
	double		amount[ROWS];
} Rows;

static void
draw_rows(Rows *rows)
{
	int			i;

	rows->half_life = 1 + draw(1000000);
	rows->latest = draw(1000000000) - 500000000;
	for (i = 0; i < ROWS; i++)
	{
		rows->at[i] = rows->latest - draw(50 * rows->half_life);
		rows->amount[i] = (double) draw(1000000);
	}
}

static double
naive_decay(const Rows *rows)
{
	long double sum = 0.0L;
	int			i;

	for (i = 0; i < ROWS; i++)
		sum += rows->amount[i] *
			exp2l(-(long double) (rows->latest - rows->at[i]) /
				  rows->half_life);
	return (double) sum;
}

/*
 * Rows from..to - 1 backwards, which end as late as all.
 */
static DecayingSum
decayed(const Rows *rows, int from, int to)
{
	DecayingSum sum;
	int			i;

	DecayInit(&sum, rows->half_life);
	DecayUntil(&sum, rows->latest);
	for (i = to - 1; i >= from; i--)
		DecayAdd(&sum, rows->at[i], rows->amount[i]);
	return sum;
}

/*
 * As they come, each of them when it is the latest.
 */
static double
decayed_in_time(const Rows *rows)
{
	DecayingSum sum;
	int			i;

	DecayInit(&sum, rows->half_life);
	for (i = 0; i < ROWS; i++)
	{
		DecayUntil(&sum, rows->at[i]);
		DecayAdd(&sum, rows->at[i], rows->amount[i]);
	}
	DecayUntil(&sum, rows->latest);
	return DecayTotal(&sum, 1.0);
}

static void
check_decay(void)
{
	Rows		rows;
	bool		close = true;
	bool		ordered = true;
	bool		merged = true;
	bool		removed = true;
	int			round;
	int			i;

	for (round = 0; round < ROUNDS; round++)
	{
		DecayingSum all;
		DecayingSum part;
		double		total;

		draw_rows(&rows);
		all = decayed(&rows, 0, ROWS);
		total = DecayTotal(&all, 1.0);
		close = close &&
			fabs(total / naive_decay(&rows) - 1.0) < 1e-14;
		ordered = ordered && decayed_in_time(&rows) == total;
		part = decayed(&rows, 0, ROWS / 3);
		all = decayed(&rows, ROWS / 3, ROWS);
		DecayMerge(&part, &all);
		merged = merged && DecayTotal(&part, 1.0) == total;
		for (i = 0; i < ROWS / 3; i++)
			DecayRemove(&part, rows.at[i], rows.amount[i]);
		removed = removed && DecayTotal(&part, 1.0) == DecayTotal(&all, 1.0);
	}
	check(close, "decaying sums are those in extended precision");
	check(ordered, "no order of rows makes a difference to them");
	check(merged, "nor do parts that are put together");
	check(removed, "of rows that left nothing remains");
}

/* ---- survival ---- */

typedef struct Wait
{
	int64_t		duration;
	bool		censored;
} Wait;

static int
compare_waits(const void *a, const void *b)
{
	const Wait *x = a;
	const Wait *y = b;

	if (x->duration != y->duration)
		return x->duration < y->duration ? -1 : 1;
	return (int) x->censored - (int) y->censored;
}

/*
 * The first duration at which the share is one half or less, otherwise -1.
 */
static int64_t
naive_median(const Wait *wait, int count)
{
	long double share = 1.0L;
	int			i = 0;

	while (i < count)
	{
		int64_t		duration = wait[i].duration;
		int			waiting = count - i;
		int			events = 0;

		for (; i < count && wait[i].duration == duration; i++)
			events += !wait[i].censored;
		share *= (long double) (waiting - events) / waiting;
		if (events > 0 && share <= 0.5L + 1e-15L)
			return duration;
	}
	return -1;
}

static int64_t
kernel_median(const Wait *wait, int count)
{
	Survival	survival = SurvivalStart(count);
	int			i;

	for (i = 0; i < count; i++)
	{
		if (wait[i].censored)
			SurvivalCensored(&survival);
		else if (SurvivalEvent(&survival))
			return wait[i].duration;
	}
	return -1;
}

static void
check_survival(void)
{
	Wait		wait[ROWS];
	bool		same = true;
	int			without = 0;
	int			round;
	int			i;

	for (round = 0; round < 10 * ROUNDS; round++)
	{
		int			count = 1 + (int) draw(ROWS);
		int64_t		durations = 1 + draw(ROWS);
		int64_t		censored = draw(10);

		for (i = 0; i < count; i++)
		{
			wait[i].duration = draw(durations);
			wait[i].censored = draw(10) < censored;
		}
		qsort(wait, count, sizeof(Wait), compare_waits);
		same = same &&
			kernel_median(wait, count) == naive_median(wait, count);
		without += naive_median(wait, count) < 0;
	}
	check(same, "medians of waiting are those of the literal product");
	check(without > 0 && without < 10 * ROUNDS, "some have no median");
}

/* ---- concentration ---- */

static int
compare_doubles(const void *a, const void *b)
{
	double		x = *(const double *) a;
	double		y = *(const double *) b;

	return (x > y) - (x < y);
}

/*
 * The sum over all pairs is that of the kernel, in parts.
 */
static bool
same_distances(const double *amount, int count)
{
	ExactSum	pairs;
	ExactSum	distances;
	int			i;
	int			j;

	ExactSumInit(&pairs);
	ExactSumInit(&distances);
	for (i = 0; i < count; i++)
		for (j = 0; j < i; j++)
		{
			ExactSumAdd(&pairs, amount[i]);
			ExactSumAdd(&pairs, -amount[j]);
		}
	AddPairDistances(&distances, amount, 0, count / 2, count);
	AddPairDistances(&distances, amount, count / 2, count, count);
	return ExactSumRound(&pairs) == ExactSumRound(&distances);
}

static void
check_concentration(void)
{
	double		amount[ROWS];
	bool		same = true;
	bool		equal = true;
	int			count;
	int			i;

	for (count = 1; count < ROWS; count += 7)
	{
		for (i = 0; i < count; i++)
			amount[i] = ldexp((double) draw(1000000), (int) draw(200));
		qsort(amount, count, sizeof(double), compare_doubles);
		same = same && same_distances(amount, count);
		for (i = -400; i <= 400; i += 100)
			equal = equal &&
				HerfindahlIndex(ldexp(count, i), ldexp(count, 2 * i)) ==
				1.0 / count;
	}
	check(same, "sums over pairs are exact");
	check(equal, "equal amounts of any size have an index of 1 / n");
	check(HerfindahlIndex(0.1, 0.1 * 0.1) <= 1.0, "no index passes 1");
}

/* ---- chain ladder ---- */

/* The triangle of Taylor and Ashe, cumulative. */
static const double taylor_ashe[10][10] = {
	{357848, 1124788, 1735330, 2218270, 2745596, 3319994, 3466336, 3606286,
	3833515, 3901463},
	{352118, 1236139, 2170033, 3353322, 3799067, 4120063, 4647867, 4914039,
	5339085},
	{290507, 1292306, 2218525, 3235179, 3985995, 4132918, 4628910, 4909315},
	{310608, 1418858, 2195047, 3757447, 4029929, 4381982, 4588268},
	{443160, 1136350, 2128333, 2897821, 3402672, 3873311},
	{396132, 1333217, 2180715, 2985752, 3691712},
	{440832, 1288463, 2419861, 3483130},
	{359480, 1421128, 2864498},
	{376686, 1363294},
	{344014}
};

static void
check_chain_ladder(void)
{
	const int64_t last[10] = {9, 8, 7, 6, 5, 4, 3, 2, 1, 0};
	const Triangle triangle = {10, 10, &taylor_ashe[0][0], last};
	double		room[5][10];
	ChainLadder ladder = {room[0], room[1], room[2], room[3], room[4], 0, 0};

	ChainLadderFit(&triangle, &ladder);
	check(fabs(ladder.factor[0] - 3.4906) < 5e-5 &&
		  fabs(ladder.factor[8] - 1.0177) < 5e-5, "factors of Mack 1993");
	check(fabs(ladder.total - 18680856) < 1,
		  "what is still to come there");
	check(fabs(ladder.total_error - 2447095) < 1, "its standard error");
	check(ladder.ultimate[0] == 3901463 && ladder.standard_error[0] == 0.0,
		  "a row known to the end is what is known");
}

int
main(void)
{
	check_decay();
	check_survival();
	check_concentration();
	check_chain_ladder();
	return failures > 0;
}
