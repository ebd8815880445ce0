/*
 * composite.c - several scores become one
 *
 * Kernel: no PostgreSQL in here.  The method is described in composite.h.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "score/composite.h"

#include <float.h>
#include <math.h>

#include <gsl/gsl_heapsort.h>

/* The part of a weight that is too small to matter. */
#define WEIGHT_TOLERANCE 0x1p-40

/*
 * Make all weights positive and scale them by a power of two such that the
 * largest one lies in 1/2 .. 1.  A weight 2^1074 times smaller becomes zero.
 */
void
ScaleWeights(double *weights, int count)
{
	double		largest = 0.0;
	int			exponent;
	int			i;

	for (i = 0; i < count; i++)
		largest = fmax(largest, fabs(weights[i]));
	(void) frexp(largest, &exponent);
	for (i = 0; i < count; i++)
		weights[i] = ldexp(fabs(weights[i]), -exponent);
}

/*
 * Gather the scores that are there and have a weight.  Returns their number,
 * or 0 if they have less than the least part of all weight.  Weights are
 * scaled, or NULL for equal ones.
 */
int
GatherScores(WeightedScore *gathered, const double *scores,
			 const bool *missing, const double *weights, int count,
			 double least)
{
	double		all = 0.0;
	double		present = 0.0;
	int			n = 0;
	int			i;

	for (i = 0; i < count; i++)
	{
		double		weight = weights == NULL ? 1.0 : weights[i];

		all += weight;
		if (missing[i] || weight == 0.0)
			continue;
		present += weight;
		gathered[n].score = scores[i];
		gathered[n].weight = weight;
		n++;
	}
	return present < all * (least - WEIGHT_TOLERANCE) ? 0 : n;
}

static double
total_weight(const WeightedScore *scores, int count)
{
	double		total = 0.0;
	int			i;

	for (i = 0; i < count; i++)
		total += scores[i].weight;
	return total;
}

static double
arithmetic_mean(const WeightedScore *scores, int count)
{
	double		sum = 0.0;
	int			i;

	for (i = 0; i < count; i++)
		sum += scores[i].weight * scores[i].score;
	return sum / total_weight(scores, count);
}

/*
 * All scores are positive here and in the harmonic mean.
 */
static double
geometric_mean(const WeightedScore *scores, int count)
{
	double		sum = 0.0;
	int			i;

	for (i = 0; i < count; i++)
		sum += scores[i].weight * log(scores[i].score);
	return exp(sum / total_weight(scores, count));
}

static double
harmonic_mean(const WeightedScore *scores, int count)
{
	double		sum = 0.0;
	int			i;

	for (i = 0; i < count; i++)
		sum += scores[i].weight / scores[i].score;
	return total_weight(scores, count) / sum;
}

static int
compare_scores(const void *a, const void *b)
{
	double		left = ((const WeightedScore *) a)->score;
	double		right = ((const WeightedScore *) b)->score;

	return (left > right) - (left < right);
}

/*
 * The lowest score at which the cumulative weight passes half of it all; if
 * it is exactly half there, the mean of that score and the next.
 */
static double
weighted_median(WeightedScore *scores, int count)
{
	double		total = total_weight(scores, count);
	double		half = total / 2.0;
	double		within = total * WEIGHT_TOLERANCE;
	double		passed = 0.0;
	int			i;

	gsl_heapsort(scores, count, sizeof(WeightedScore), compare_scores);
	for (i = 0; i < count - 1; i++)
	{
		passed += scores[i].weight;
		if (fabs(passed - half) <= within)
			return (scores[i].score + scores[i + 1].score) / 2.0;
		if (passed > half)
			break;
	}
	return scores[i].score;
}

/*
 * The composite of at least one score.  May reorder the scores.
 */
double
CompositeOf(WeightedScore *scores, int count, Aggregation aggregation)
{
	double		lowest = scores[0].score;
	double		highest = scores[0].score;
	double		mean = 0.0;
	int			i;

	for (i = 1; i < count; i++)
	{
		lowest = fmin(lowest, scores[i].score);
		highest = fmax(highest, scores[i].score);
	}
	switch (aggregation)
	{
		case AGGREGATION_ARITHMETIC:
			mean = arithmetic_mean(scores, count);
			break;
		case AGGREGATION_GEOMETRIC:
			mean = lowest > 0.0 ? geometric_mean(scores, count) : 0.0;
			break;
		case AGGREGATION_HARMONIC:
			mean = lowest > 0.0 ? harmonic_mean(scores, count) : 0.0;
			break;
		case AGGREGATION_MINIMUM:
			mean = lowest;
			break;
		case AGGREGATION_MAXIMUM:
			mean = highest;
			break;
		case AGGREGATION_MEDIAN:
			mean = weighted_median(scores, count);
			break;
		case AGGREGATION_CISS:
			break;				/* is made elsewhere */
	}
	return fmin(fmax(mean, lowest), highest);
}
