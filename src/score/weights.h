/*
 * weights.h - weights of indicators from the data
 *
 * Kernel: no PostgreSQL in here.
 *
 *	pca			squared loadings of the first principal component of the
 *				correlation matrix, negative where the loading is
 *	entropy		1 - E over the sum of those, E = -sum p ln p / ln m,
 *				p = x / sum x, m rows: what is spread unevenly tells more
 *	critic		s * sum (1 - r) over the sum of those, with the standard
 *				deviation s on a scale from 0 to 1 and the correlations r with
 *				the other indicators: what differs, and from the others, tells
 *				more
 *	deviation	s over the sum of those, in the units of the data
 *
 * Each column is scaled so that nothing overflows, which changes none of
 * these.
 *
 * Where the data tell nothing, because no indicator differs from row to row,
 * all weights are equal.  Where the two largest eigenvalues of the correlation
 * matrix are equal, as they are of indicators that do not correlate, any
 * vector of a whole plane could be the first component: then all indicators
 * that differ have equal weights.
 *
 * References: OECD, JRC, Handbook on Constructing Composite Indicators, 2008
 * (principal components); C. L. Hwang, K. Yoon, Multiple Attribute Decision
 * Making, 1981 (entropy); D. Diakoulaki, G. Mavrotas, L. Papayannakis,
 * Determining objective weights in multiple criteria problems: the CRITIC
 * method, Computers & Operations Research 22(7), 1995.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#ifndef BUBBLE_WEIGHTS_H
#define BUBBLE_WEIGHTS_H

#include <stdbool.h>
#include <stdint.h>

#include <gsl/gsl_eigen.h>

/*
 * Columns one after the other, each with its deviations from the mean and
 * the square root of the sum of their squares.
 */
typedef struct Columns
{
	int			count;
	int64_t		rows;
	double	   *value;			/* as they came; scaled: from 0 to 1 */
	double	   *deviation;		/* this and the rest: of scaled columns */
	double	   *length;			/* of the deviations */
	double	   *range;			/* of the values as they came, in one unit */
} Columns;

extern void ScaleColumns(Columns *columns);
extern void DeviationWeights(const Columns *columns, double *weight);
extern void CriticWeights(const Columns *columns, double *weight);
extern bool EntropyWeights(const Columns *columns, double *weight,
						   double *negative);
extern int	DifferingColumns(const Columns *columns, int *place);
extern void CorrelateColumns(const Columns *columns, const int *place,
							 gsl_matrix *matrix);
extern int	FirstComponent(gsl_matrix *matrix,
						   gsl_eigen_symmv_workspace *workspace,
						   gsl_vector *values, gsl_matrix *vectors,
						   double *loading);
extern void ShareOut(double *weight, int count);

#endif							/* BUBBLE_WEIGHTS_H */
