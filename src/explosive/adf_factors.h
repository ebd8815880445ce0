/*
 * adf_factors.h - the factorisation behind the ADF statistics, row by row
 *
 * Kernel: no PostgreSQL in here.
 *
 * The rows of a window's regression enter a triangular factorisation one
 * after the other, as adf_sweep.h describes, in any order.  Several windows
 * are factorised side by side, one in each lane of a vector, and several
 * vectors in turn, column by column: a division takes as long as twenty other
 * operations that do not wait for it.
 *
 * This file is included once for each of the vectors that it is compiled for,
 * after definitions of
 *
 *	 VECTORS	what its names end in
 *	 LANES		doubles in a vector
 *	 TARGET		attributes of its functions, nothing for any processor
 *
 * The same is done with every window, in the same order, whatever they are:
 * the digits are the same.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#ifndef BUBBLE_ADF_FACTORS_H
#define BUBBLE_ADF_FACTORS_H

#include <float.h>
#include <math.h>
#include <string.h>
#ifdef __SSE2__
#include <immintrin.h>
#endif

#include "explosive/adf_series.h"
#include "foundation/vectors.h"

/* Regressors besides the intercept: a trend, the lagged changes, the level. */
#define COLUMNS(lags, terms) ((lags) + 1 + ((terms) == ADF_TREND))
#define MOST_COLUMNS COLUMNS(ADF_MOST_LAGS, ADF_TREND)

/* Vectors of windows that are factorised in turn. */
#define MOST_VECTORS 4

/*
 * Digits of a level that cannot be trusted.  Residuals below are rounding.
 */
#define LEVEL_NOISE (4.0 * DBL_EPSILON)

/*
 * The squares of the noise of smaller levels leave the range of doubles.
 */
#define LEAST_LEVEL 1e-130

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

/* ---- names of this inclusion ---- */

#define NAMED_FOR(name, vectors) name##_##vectors
#define NAMED_NEXT(name, vectors) NAMED_FOR(name, vectors)
#define NAMED(name) NAMED_NEXT(name, VECTORS)

#define Lanes NAMED(Lanes)
#define InArray NAMED(InArray)
#define Mask NAMED(Mask)
#define Factors NAMED(Factors)
#define FactorsInit NAMED(FactorsInit)
#define FactorsEnter NAMED(FactorsEnter)
#define FactorsNoise NAMED(FactorsNoise)
#define FactorsScale NAMED(FactorsScale)
#define FactorsStatistic NAMED(FactorsStatistic)
#define turn_column NAMED(turn_column)
#define take_means NAMED(take_means)

#endif							/* BUBBLE_ADF_FACTORS_H */

/* ---- the vectors ---- */

typedef double Lanes __attribute__((vector_size(LANES * sizeof(double))));
/* The same in an array of doubles, wherever that begins. */
typedef Lanes InArray __attribute__((aligned(sizeof(double)), may_alias));

#define LANES_AT(array) (*(const InArray *) (array))

/*
 * Comparisons and choices.  LARGER is the second of two equal ones, or if one
 * is no number, as the processor's own maximum.
 */
#undef IS_LARGER
#undef ALL
#undef CHOOSE
#undef ABSOLUTE
#undef LARGER
#if LANES == 8
typedef __mmask8 Mask;
#define IS_LARGER(a, b) _mm512_cmp_pd_mask(a, b, _CMP_GT_OQ)
#define ALL(mask) ((mask) == 0xff)
#define CHOOSE(mask, a, b) ((Lanes) _mm512_mask_blend_pd(mask, b, a))
#define ABSOLUTE(a) ((Lanes) _mm512_abs_pd(a))
#define LARGER(a, b) ((Lanes) _mm512_max_pd(a, b))
#else
typedef int64_t Mask __attribute__((vector_size(LANES * sizeof(int64_t))));
#define IS_LARGER(a, b) ((Mask) ((a) > (b)))
#define CHOOSE(mask, a, b) \
	((Lanes) (((mask) & (Mask) (a)) | (~(mask) & (Mask) (b))))
#define ABSOLUTE(a) ((Lanes) ((Mask) (a) & INT64_MAX))
#if LANES == 4
#define ALL(mask) (_mm256_movemask_pd((__m256d) (mask)) == 0xf)
#define LARGER(a, b) ((Lanes) _mm256_max_pd(a, b))
#elif defined(__SSE2__)
#define ALL(mask) (_mm_movemask_pd((__m128d) (mask)) == 3)
#define LARGER(a, b) ((Lanes) _mm_max_pd(a, b))
#else
#define ALL(mask) (((mask)[0] & (mask)[1]) != 0)
#define LARGER(a, b) CHOOSE(IS_LARGER(a, b), a, b)
#endif
#endif

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

/*
 * Only what as many columns use.
 */
UNROLLED TARGET void
FactorsInit(Factors *f, int columns)
{
	const Lanes zero = {0.0};
	int			i;
	int			j;

	UNROLL for (i = 0; i < columns; i++)
	{
		f->mean[i] = f->d[i] = f->theta[i] = zero;
		UNROLL for (j = i + 1; j < columns; j++)
			f->r[i][j] = zero;
	}
	f->mean[columns] = f->rss = zero;
	f->largest = zero + LEAST_LEVEL;
}

/*
 * Take the means from a row, and the row into the means.
 */
UNROLLED TARGET void
take_means(Factors *f, int columns, Lanes *row, double share)
{
	int			i;

	UNROLL for (i = 0; i <= columns; i++)
	{
		row[i] -= f->mean[i];
		f->mean[i] += share * row[i];
	}
}

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

UNROLLED TARGET void
turn_column(Factors *f, int i, int columns, Lanes *row, Lanes *weight)
{
	const Lanes zero = {0.0};
	const Lanes one = zero + 1.0;
	Lanes		weighted = *weight * row[i];
	Lanes		d = f->d[i] + weighted * row[i];
	Mask		usable = IS_LARGER(d, zero);
	Lanes		inverse = CHOOSE(usable, one / d, zero);
	Lanes		turn = weighted * inverse;
	Lanes		keep = CHOOSE(usable, f->d[i] * inverse, one);
	int			j;

	*weight *= keep;
	f->d[i] = d;
	UNROLL for (j = i + 1; j < columns; j++)
		ROTATE(f->r[i][j], row[j], row[i], keep, turn);
	ROTATE(f->theta[i], row[columns], row[i], keep, turn);
}

/*
 * Let a row enter: the regressors and the dependent variable as the last one.
 * "share" is 1 / rows, this one included.  An intercept is what the means are
 * for.
 */
UNROLLED TARGET void
FactorsEnter(Factors *f, int vectors, int lags, AdfTerms terms,
			 Lanes row[][MOST_COLUMNS + 1], double share)
{
	const int	columns = COLUMNS(lags, terms);
	const Lanes zero = {0.0};
	Lanes		weight[MOST_VECTORS];
	int			v;
	int			i;

	UNROLL for (v = 0; v < vectors; v++)
	{
		weight[v] = zero + (terms != ADF_NONE ? 1.0 - share : 1.0);
		if (terms != ADF_NONE)
			take_means(&f[v], columns, row[v], share);
	}
	UNROLL for (i = 0; i < columns; i++)
		UNROLL for (v = 0; v < vectors; v++)
			turn_column(&f[v], i, columns, row[v], &weight[v]);
	UNROLL for (v = 0; v < vectors; v++)
		f[v].rss += weight[v] * row[v][columns] * row[v][columns];
}

/*
 * Sums of squares over "rows" rows that do not exceed this are rounding.
 */
UNROLLED TARGET void
FactorsNoise(const Factors *f, double rows, Lanes *noise)
{
	*noise = f->largest * LEVEL_NOISE;
	*noise *= rows * *noise;
}

/*
 * t |t| of the coefficient of the last regressor times rss.
 */
UNROLLED TARGET void
FactorsScale(const Factors *f, int lags, AdfTerms terms, double rows,
			 Lanes *scaled)
{
	const int	last = COLUMNS(lags, terms) - 1;
	const double freedom = rows - (lags + 1 + (int) terms);
	Lanes		b = f->theta[last];

	*scaled = b * f->d[last] * ABSOLUTE(b) * freedom;
}

/*
 * t |t|; minus infinity without a statistic.
 */
UNROLLED TARGET void
FactorsStatistic(const Factors *f, int lags, AdfTerms terms, double rows,
				 const Lanes *scaled, Lanes *statistic)
{
	const Lanes zero = {0.0};
	const Lanes none = zero - INFINITY;
	const int	columns = COLUMNS(lags, terms);
	Lanes		noise;
	Mask		sound;
	int			i;

	FactorsNoise(f, rows, &noise);
	sound = IS_LARGER(f->rss, noise);
	UNROLL for (i = 0; i < columns; i++)
		sound &= IS_LARGER(f->d[i], noise);
	*statistic = CHOOSE(sound, *scaled / f->rss, none);
}
