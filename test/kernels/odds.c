/*
 * odds.c - the kernels of shares and of resampled areas against naive
 * computations
 *
 * Wilson's interval (proportion.h) against the two roots of the equation that
 * defines it; blocks and weighted areas (weighted_roc.h) against samples that
 * are written out and compared pair by pair.  Output is one line a check,
 * "ok - ..." or "not ok - ...".  test/t/016_topic_kernels.pl compiles and runs
 * it.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "foundation/proportion.h"
#include "warning/weighted_roc.h"

#define ROWS 60
#define ROUNDS 400

/*
 * How far the counted share is from a probability, in standard errors of that
 * probability.
 */
static double
errors_away(double share, double probability, double n)
{
	return fabs(share - probability) /
		sqrt(probability * (1.0 - probability) / n);
}

static void
check_wilson(void)
{
	bool		good = true;
	int64_t		n;
	int64_t		k;

	for (n = 1; n <= 200; n++)
		for (k = 0; k <= n; k++)
		{
			Proportion	p = ProportionOf(k, n);

			good &= p.share == (double) k / n &&
				p.low <= p.share && p.share <= p.high;
			good &= k == 0 ? p.low == 0.0 :
				fabs(errors_away(p.share, p.low, n) - NORMAL_975) < 1e-9;
			good &= k == n ? p.high == 1.0 :
				fabs(errors_away(p.share, p.high, n) - NORMAL_975) < 1e-9;
		}
	check(good, "Wilson's limits are 1.96 of their own standard errors away");
	check(isnan(ProportionOf(0, 0).share) && isnan(ProportionOf(0, 0).low),
		  "of nothing there is no share");
}

/* ---- areas ---- */

typedef struct Sample
{
	int64_t		rows;
	double		score[ROWS];
	bool		event[ROWS];
	RankedRow	ranked[ROWS];
} Sample;

static int
by_score(const void *a, const void *b)
{
	const RankedRow *one = a;
	const RankedRow *two = b;

	return (one->score > two->score) - (one->score < two->score);
}

static void
draw_sample(Sample *sample)
{
	int64_t		i;

	sample->rows = 1 + draw(ROWS);
	for (i = 0; i < sample->rows; i++)
	{
		sample->score[i] = (double) draw(20);
		sample->event[i] = draw(3) == 0;
		sample->ranked[i] = (RankedRow) {sample->score[i], i, sample->event[i]};
	}
	qsort(sample->ranked, sample->rows, sizeof(RankedRow), by_score);
}

/*
 * All pairs of drawn rows, ties counting half.
 */
static double
naive_area(const Sample *sample, const int64_t *drawn, int64_t count)
{
	double		halves = 0.0;
	double		pairs = 0.0;
	int64_t		i;
	int64_t		j;

	for (i = 0; i < count; i++)
		for (j = 0; j < count; j++)
		{
			double		a = sample->score[drawn[i]];
			double		b = sample->score[drawn[j]];

			if (!sample->event[drawn[i]] || sample->event[drawn[j]])
				continue;
			pairs += 1.0;
			halves += a > b ? 2.0 : a == b ? 1.0 : 0.0;
		}
	return pairs > 0.0 ? halves / (2.0 * pairs) : NAN;
}

static double
weighted_area(const Sample *sample, const int64_t *times)
{
	WeightedRoc roc = StartWeightedRoc(sample->ranked, sample->rows, times);

	while (StepWeightedRoc(&roc, 1 + draw(7)))
		;
	return WeightedArea(&roc);
}

/*
 * Blocks until there are as many rows as in the sample, written out and as
 * running sums.
 */
static bool
blocks_agree(const Sample *sample)
{
	const int64_t rows = sample->rows;
	const int64_t block = 1 + draw(rows);
	int64_t		times[ROWS + 1] = {0};
	int64_t		drawn[ROWS];
	int64_t		count = 0;
	double		naive;
	double		area;
	int64_t		i;

	while (count < rows)
	{
		int64_t		length = rows - count < block ? rows - count : block;
		int64_t		from = draw(rows);

		AddBlock(times, rows, from, length);
		for (i = 0; i < length; i++)
			drawn[count++] = (from + i) % rows;
	}
	for (i = 1; i < rows; i++)
		times[i] += times[i - 1];
	naive = naive_area(sample, drawn, count);
	area = weighted_area(sample, times);
	return isnan(naive) ? isnan(area) : fabs(naive - area) < 1e-12;
}

int
main(void)
{
	bool		good = true;
	Sample		sample;
	int			i;

	check_wilson();
	for (i = 0; i < ROUNDS; i++)
	{
		draw_sample(&sample);
		good &= blocks_agree(&sample);
	}
	check(good, "weighted areas are those of samples written out");
	return failures > 0;
}
