/*
 * composite.c - kernels of a composite score against their formulas
 *
 * Means of scores (composite.h), the ECB's aggregation (ciss.h) with a matrix
 * that is written out, standard scores (moments.h) of values that come and go
 * against two passes over those that are there, and the rates of warnings
 * (signal.h).
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "score/ciss.h"
#include "score/composite.h"
#include "score/moments.h"
#include "warning/signal.h"

#define MOST 12
#define TRIALS 500

/* Sums of the moments that have outgrown their small form. */
ExactSum *
SmallSumRoom(void *owner)
{
	(void) owner;
	return malloc(sizeof(ExactSum));
}

/* ---- means ---- */

static int
ascending(const void *a, const void *b)
{
	const double x = ((const WeightedScore *) a)->score;
	const double y = ((const WeightedScore *) b)->score;

	return (x > y) - (x < y);
}

/*
 * Whole weights say how often a score counts.
 */
static double
naive_median(WeightedScore *scores, int count)
{
	int			all = 0;
	int			passed = 0;
	int			i;

	qsort(scores, count, sizeof(*scores), ascending);
	for (i = 0; i < count; i++)
		all += (int) scores[i].weight;
	for (i = 0; 2 * (passed + (int) scores[i].weight) < all; i++)
		passed += (int) scores[i].weight;
	if (2 * (passed + (int) scores[i].weight) == all)
		return (scores[i].score + scores[i + 1].score) / 2.0;
	return scores[i].score;
}

static void
check_means(void)
{
	bool		means = true;
	bool		order = true;
	bool		medians = true;
	bool		equal = true;
	int			trial;

	for (trial = 0; trial < TRIALS; trial++)
	{
		const int	count = draw(MOST) + 1;
		WeightedScore score[MOST];
		double		made[AGGREGATION_CISS];
		double		weights = 0.0;
		double		sum = 0.0;
		double		logs = 0.0;
		double		inverse = 0.0;
		int			i;

		for (i = 0; i < count; i++)
		{
			score[i].score = draw(1000) / 10.0 + 0.1;
			score[i].weight = draw(5) + 1;
			weights += score[i].weight;
			sum += score[i].weight * score[i].score;
			logs += score[i].weight * log(score[i].score);
			inverse += score[i].weight / score[i].score;
		}
		for (i = 0; i < AGGREGATION_CISS; i++)
			made[i] = CompositeOf(score, count, (Aggregation) i);
		means = means && close_to(made[AGGREGATION_ARITHMETIC], sum / weights)
			&& close_to(made[AGGREGATION_GEOMETRIC], exp(logs / weights)) &&
			close_to(made[AGGREGATION_HARMONIC], weights / inverse);
		order = order && made[AGGREGATION_MINIMUM] <=
			made[AGGREGATION_HARMONIC] && made[AGGREGATION_HARMONIC] <=
			made[AGGREGATION_GEOMETRIC] + 1e-12 &&
			made[AGGREGATION_GEOMETRIC] <=
			made[AGGREGATION_ARITHMETIC] + 1e-12 &&
			made[AGGREGATION_ARITHMETIC] <= made[AGGREGATION_MAXIMUM];
		medians = medians &&
			made[AGGREGATION_MEDIAN] == naive_median(score, count);
		for (i = 0; i < count; i++)
			score[i].score = 100.0 / 3.0;
		for (i = 0; i < AGGREGATION_CISS; i++)
			equal = equal && CompositeOf(score, count, (Aggregation) i) ==
				100.0 / 3.0;
	}
	check(means, "composite: arithmetic, geometric and harmonic mean");
	check(order, "composite: no mean is out of order");
	check(medians, "composite: the weighted median");
	check(equal, "composite: equal scores give that score");
}

static void
check_gathering(void)
{
	const double score[] = {10.0, 20.0, 30.0, 40.0};
	const bool	missing[] = {false, true, false, false};
	double		weight[] = {-3.0, 1.5, 0.0, 0.5};
	WeightedScore gathered[4];

	ScaleWeights(weight, 4);
	check(weight[0] == 0.75 && weight[1] == 0.375 && weight[2] == 0.0 &&
		  weight[3] == 0.125, "composite: weights are scaled");
	check(GatherScores(gathered, score, missing, weight, 4, 0.5) == 2 &&
		  gathered[0].score == 10.0 && gathered[1].score == 40.0 &&
		  GatherScores(gathered, score, missing, weight, 4, 0.8) == 0 &&
		  GatherScores(gathered, score, missing, NULL, 4, 0.75) == 3,
		  "composite: what is missing, and how much may be");
}

/* ---- the ECB's aggregation ---- */

static void
check_ciss(void)
{
	const int	n = 5;
	const double lambda = 0.93;
	bool		same = true;
	int			trial;

	for (trial = 0; trial < TRIALS; trial++)
	{
		double		naive[5][5] = {{0.0}};
		double		moment[15] = {0.0};
		double		correlation[15];
		double		share[5];
		double		part[5];
		double		form = 0.0;
		double		sum = 0.0;
		int			rows = draw(40) + 2;
		int			i;
		int			j;

		while (rows-- > 0)
		{
			double		score[5];
			bool		missing[5];

			for (i = 0; i < n; i++)
			{
				score[i] = draw(1000) / 10.0;
				missing[i] = draw(6) == 0;
			}
			CissAdd(moment, score, missing, n);
			for (i = 0; i < n; i++)
				for (j = 0; j < n; j++)
					naive[i][j] = lambda * naive[i][j] +
						(missing[i] ? 0.0 : score[i] - 50.0) *
						(missing[j] ? 0.0 : score[j] - 50.0);
		}
		CissCorrelations(moment, n, correlation);
		for (i = 0; i < n; i++)
			share[i] = draw(100) / 500.0;
		CissForm(correlation, share, n, part);
		for (i = 0; i < n; i++)
		{
			sum += part[i];
			for (j = 0; j < n; j++)
				if (naive[i][i] * naive[j][j] > 0.0 || i == j)
					form += 100.0 * share[i] * share[j] *
						(i == j ? 1.0 : naive[i][j] /
						 sqrt(naive[i][i] * naive[j][j]));
		}
		same = same && close_to(sum, form);
	}
	check(CissRoom(n) == 15 && same, "ciss: the quadratic form");
}

/* ---- standard scores ---- */

static void
check_moments(void)
{
	const double centre[] = {0.0, 1e9, 1e-200, 1e200};
	bool		same = true;
	size_t		c;

	for (c = 0; c < sizeof(centre) / sizeof(centre[0]); c++)
	{
		const double unit = centre[c] == 0.0 ? 1.0 : centre[c] * 0x1p-20;
		Moments		moments[MAGNITUDES];
		Moments    *given[MAGNITUDES];
		double		value[TRIALS];
		double		steps[TRIALS];	/* value, in units from the centre */
		double		mean = 0.0;
		double		squares = 0.0;
		StandardScale scale;
		int			kept = TRIALS / 2;
		int			i;

		for (i = 0; i < MAGNITUDES; i++)
		{
			MomentsInit(&moments[i]);
			given[i] = &moments[i];
		}
		for (i = 0; i < TRIALS; i++)
		{
			steps[i] = (double) draw(1000);
			value[i] = centre[c] + steps[i] * unit;
			MomentsAdd(&moments[MagnitudeOf(value[i])],
					   MagnitudeOf(value[i]), value[i], NULL);
		}
		for (i = kept; i < TRIALS; i++)
			MomentsRemove(&moments[MagnitudeOf(value[i])],
						  MagnitudeOf(value[i]), value[i], NULL);
		StandardScaleInit(&scale, given);
		for (i = 0; i < kept; i++)
			mean += steps[i] / kept;
		for (i = 0; i < kept; i++)
			squares += (steps[i] - mean) * (steps[i] - mean);
		for (i = 0; i < kept; i++)
			same = same && fabs(StandardScore(&scale, value[i]) -
								(steps[i] - mean) /
								sqrt(squares / (kept - 1))) < 1e-9;
	}
	check(same, "moments: standard scores of what is left, at any scale");
}

static void
check_rates(void)
{
	const SignalCounts counts = {3, 1, 2, 8};
	const SignalCounts none = {0, 0, 2, 8};

	check(HitRate(&counts) == 0.75 && FalseAlarmRate(&counts) == 0.2 &&
		  close_to(Usefulness(&counts, 0.6), 0.4 - 0.6 * 0.25 - 0.4 * 0.2) &&
		  isnan(HitRate(&none)), "signal: rates, and none of nothing");
}

int
main(void)
{
	check_means();
	check_gathering();
	check_ciss();
	check_moments();
	check_rates();
	return failures > 0;
}
