/*
 * adf_factors.h - the factorisation behind the ADF statistics, row by row
 *
 * Kernel: no PostgreSQL in here.
 *
 * The rows of a window's regression enter a triangular factorisation one
 * after the other, as adf_sweep.h describes, in any order.  Several windows
 * are factorised side by side, one in each lane of a vector.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#ifndef BUBBLE_ADF_FACTORS_H
#define BUBBLE_ADF_FACTORS_H

#include <float.h>
#include <math.h>
#include <string.h>

#include "explosive/adf_series.h"
#include "foundation/vectors.h"

typedef double Lanes __attribute__((vector_size(ADF_LANES * sizeof(double))));
typedef int64_t Mask __attribute__((vector_size(ADF_LANES * sizeof(int64_t))));

/* Regressors besides the intercept: a trend, the lagged changes, the level. */
#define COLUMNS(lags, terms) ((lags) + 1 + ((terms) == ADF_TREND))
#define MOST_COLUMNS COLUMNS(ADF_MOST_LAGS, ADF_TREND)

/*
 * Digits of a level that cannot be trusted.  Residuals below are rounding.
 */
#define LEVEL_NOISE (4.0 * DBL_EPSILON)

/*
 * The squares of the noise of smaller levels leave the range of doubles.
 */
#define LEAST_LEVEL 1e-130

/*
 * The factorisation of one window in each lane.
 */
typedef struct Factors
{
	Lanes		mean[MOST_COLUMNS + 1]; /* the last: of the dependent */
	Lanes		d[MOST_COLUMNS];
	Lanes		r[MOST_COLUMNS][MOST_COLUMNS];
	Lanes		theta[MOST_COLUMNS];
	Lanes		rss;
	Lanes		largest;		/* level of the window, absolute, or
								 * LEAST_LEVEL */
} Factors;

UNROLLED void
FactorsInit(Factors *f)
{
	memset(f, 0, sizeof(*f));
	f->largest += LEAST_LEVEL;
}

UNROLLED void
load(Lanes *lanes, const double *from)
{
	memcpy(lanes, from, sizeof(*lanes));
}

/*
 * a where the mask is set, b where it is not.
 */
#define CHOOSE(mask, a, b) \
	((Lanes) (((mask) & (Mask) (a)) | (~(mask) & (Mask) (b))))

#define ABSOLUTE(a) ((Lanes) ((Mask) (a) & INT64_MAX))
#define LARGER(a, b) CHOOSE((Mask) ((a) > (b)), (a), (b))

/*
 * Turn an element of the triangle and of the row.  One product would be saved
 * by "+= turn * what is left of the row"; but after rows that hardly told
 * this column from the others the element is large, and that would take the
 * difference of two such numbers.
 */
#define ROTATE(element, in_row, pivot, keep, turn) \
	do { \
		Lanes		before = (in_row); \
\
		(in_row) -= (pivot) * (element); \
		(element) = (keep) * (element) + (turn) * before; \
	} while (0)

/*
 * Let a row enter: the regressors and the dependent variable as the last one.
 * "share" is 1 / rows, this one included.  An intercept is what the means are
 * for.
 */
UNROLLED void
FactorsEnter(Factors *f, int lags, AdfTerms terms, Lanes *row, double share)
{
	const int	columns = COLUMNS(lags, terms);
	const Lanes zero = {0.0};
	const Lanes one = zero + 1.0;
	Lanes		weight = one;
	int			i;
	int			j;

	if (terms != ADF_NONE)
	{
		weight = zero + (1.0 - share);
		for (i = 0; i <= columns; i++)
		{
			row[i] -= f->mean[i];
			f->mean[i] += share * row[i];
		}
	}
	for (i = 0; i < columns; i++)
	{
		Lanes		weighted = weight * row[i];
		Lanes		d = f->d[i] + weighted * row[i];
		Mask		usable = (Mask) (d > zero);
		Lanes		inverse = CHOOSE(usable, 1.0 / d, zero);
		Lanes		turn = weighted * inverse;
		Lanes		keep = CHOOSE(usable, f->d[i] * inverse, one);

		weight *= keep;
		f->d[i] = d;
		for (j = i + 1; j < columns; j++)
			ROTATE(f->r[i][j], row[j], row[i], keep, turn);
		ROTATE(f->theta[i], row[columns], row[i], keep, turn);
	}
	f->rss += weight * row[columns] * row[columns];
}

/*
 * Sums of squares over "rows" rows that do not exceed this are rounding.
 */
UNROLLED void
FactorsNoise(const Factors *f, double rows, Lanes *noise)
{
	*noise = f->largest * LEVEL_NOISE;
	*noise *= rows * *noise;
}

/*
 * t |t| of the coefficient of the last regressor; minus infinity without a
 * statistic.
 */
UNROLLED void
FactorsStatistic(const Factors *f, int lags, AdfTerms terms, double rows,
				 Lanes *result)
{
	const Lanes none = {-INFINITY, -INFINITY, -INFINITY, -INFINITY};
	const int	last = COLUMNS(lags, terms) - 1;
	const double freedom = rows - (lags + 1 + (int) terms);
	Lanes		b = f->theta[last];
	Lanes		d = f->d[last];
	Lanes		noise;
	Mask		sound;
	int			i;

	FactorsNoise(f, rows, &noise);
	sound = (Mask) (f->rss > noise);
	for (i = 0; i <= last; i++)
		sound &= (Mask) (f->d[i] > noise);
	*result = CHOOSE(sound, b * d * ABSOLUTE(b) * freedom / f->rss, none);
}

/*
 * t of t |t|; NaN without a statistic.
 */
static inline double
FactorsRoot(double squared)
{
	if (squared == -INFINITY)
		return NAN;
	return copysign(sqrt(fabs(squared)), squared) + 0.0;
}

#endif							/* BUBBLE_ADF_FACTORS_H */
