/*
 * composite.h - several scores become one
 *
 * Kernel: no PostgreSQL in here.
 *
 * The naive way sums weight times score and divides by the sum of weights.
 * Rounded, that can leave the range of the scores, 100.00000000000001 for a
 * scale that ends at 100; weights can overflow; and one missing score makes
 * everything missing.  Here
 *
 *	- scores that are missing, or have no weight, are left out first, and
 *	  there is no composite when less than half of the weight remains,
 *	- weights are scaled by a power of two, which changes no quotient,
 *	- the mean is held between the lowest and the highest score, so that
 *	  equal scores give exactly that score.
 *
 * Scores are numbers from 0 to 100, weights are finite and not negative.
 * Weights are mostly decimal fractions, which have no exact binary form; so
 * a weight is "half" of another one when 2^-40 of it does not matter.
 *
 * Reference: OECD, JRC, Handbook on Constructing Composite Indicators, 2008.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#ifndef BUBBLE_COMPOSITE_H
#define BUBBLE_COMPOSITE_H

#include <stdbool.h>

/* The share of all weight that a composite needs. */
#define LEAST_WEIGHT 0.5

typedef enum Aggregation
{
	AGGREGATION_ARITHMETIC,
	AGGREGATION_GEOMETRIC,
	AGGREGATION_HARMONIC,
	AGGREGATION_MINIMUM,
	AGGREGATION_MAXIMUM,
	AGGREGATION_MEDIAN,
	AGGREGATION_CISS			/* of a history, see ciss.h */
} Aggregation;

typedef struct WeightedScore
{
	double		score;
	double		weight;			/* positive */
} WeightedScore;

extern void ScaleWeights(double *weights, int count);
extern int	GatherScores(WeightedScore *gathered, const double *scores,
						 const bool *missing, const double *weights,
						 int count, double least);
extern double CompositeOf(WeightedScore *scores, int count,
						  Aggregation aggregation);

#endif							/* BUBBLE_COMPOSITE_H */
