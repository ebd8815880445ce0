/*
 * moments.c - mean and spread of values that come and go
 *
 * Kernel: no PostgreSQL in here.  The method is described in moments.h.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "score/moments.h"

#include <math.h>
#include <stddef.h>

#define MEDIUM_FROM 0x1p-340
#define LARGE_FROM 0x1p340

/* Exponents of the factors that take a value to its magnitude's unit. */
static const int unit_exponent[MAGNITUDES] = {680, 0, -680};

/* All magnitudes together, in one unit. */
typedef struct Pool
{
	double		count;
	ExactSum	sum;
	ExactSum	squares;
} Pool;

/*
 * The magnitude of a finite value: an index of the array of Moments.
 */
int
MagnitudeOf(double x)
{
	double		size = fabs(x);

	if (size < MEDIUM_FROM)
		return 0;
	return size < LARGE_FROM ? 1 : 2;
}

void
MomentsInit(Moments *moments)
{
	moments->count = 0;
	SmallSumInit(&moments->sum);
	SmallSumInit(&moments->squares);
}

void
MomentsAdd(Moments *moments, int magnitude, double x, void *owner)
{
	double		y = ldexp(x, unit_exponent[magnitude]);

	moments->count++;
	SmallSumAdd(&moments->sum, y, owner);
	SmallSumAddProduct(&moments->squares, y, y, owner);
}

void
MomentsRemove(Moments *moments, int magnitude, double x, void *owner)
{
	double		y = ldexp(x, unit_exponent[magnitude]);

	moments->count--;
	SmallSumAdd(&moments->sum, -y, owner);
	SmallSumAddProduct(&moments->squares, y, -y, owner);
}

/*
 * Write a sum out as doubles that add up to it, the largest first.  The sum
 * is used up.  Returns the number of doubles.
 */
static int
write_out(ExactSum *sum, double *piece)
{
	int			n;

	for (n = 0; n < MAX_PIECES; n++)
	{
		piece[n] = ExactSumRound(sum);
		if (piece[n] == 0.0)
			break;
		ExactSumSubtract(sum, piece[n]);
	}
	return n;
}

/*
 * Add a sum times 2^exponent.
 */
static void
add_scaled(ExactSum *total, const SmallSum *sum, int exponent)
{
	ExactSum	copy;
	double		piece[MAX_PIECES];
	int			n;
	int			i;

	if (exponent == 0)
	{
		SmallSumAddTo(sum, total);
		return;
	}
	ExactSumInit(&copy);
	SmallSumAddTo(sum, &copy);
	n = write_out(&copy, piece);
	for (i = 0; i < n; i++)
		ExactSumAdd(total, ldexp(piece[i], exponent));
}

/*
 * Pool all magnitudes in the unit of the largest one present, whose exponent
 * is returned.
 */
static int
pool_moments(Pool *pool, Moments *const moments[])
{
	int			unit = unit_exponent[0];
	int			i;

	pool->count = 0.0;
	ExactSumInit(&pool->sum);
	ExactSumInit(&pool->squares);
	for (i = 0; i < MAGNITUDES; i++)
		if (moments[i] != NULL && moments[i]->count > 0)
			unit = unit_exponent[i];
	for (i = 0; i < MAGNITUDES; i++)
	{
		int			shift = unit - unit_exponent[i];

		if (moments[i] == NULL || moments[i]->count == 0)
			continue;
		pool->count += (double) moments[i]->count;
		add_scaled(&pool->sum, &moments[i]->sum, shift);
		add_scaled(&pool->squares, &moments[i]->squares, 2 * shift);
	}
	return unit;
}

/*
 * n sum(y^2) - sum(y)^2, rounded once; the pool's sum of squares is used up.
 */
static double
scaled_variance(Pool *pool, const double *sum, int n)
{
	ExactSum	total;
	double		square[MAX_PIECES];
	int			squares = write_out(&pool->squares, square);
	int			i;
	int			j;

	ExactSumInit(&total);
	for (i = 0; i < squares; i++)
		ExactSumAddProduct(&total, pool->count, square[i]);
	for (i = 0; i < n; i++)
	{
		ExactSumAddProduct(&total, sum[i], -sum[i]);
		for (j = i + 1; j < n; j++)
			ExactSumAddProduct(&total, 2.0 * sum[i], -sum[j]);
	}
	return ExactSumRound(&total);
}

/*
 * The scale of values given as one Moments per magnitude, NULL where there
 * were none.
 */
void
StandardScaleInit(StandardScale *scale, Moments *const moments[])
{
	Pool		pool;
	double		variance;

	scale->unit = pool_moments(&pool, moments);
	scale->count = pool.count;
	scale->pieces = write_out(&pool.sum, scale->sum);
	scale->deviation = 0.0;
	if (pool.count < 2.0)
		return;
	variance = scaled_variance(&pool, scale->sum, scale->pieces);
	if (variance > 0.0)
		scale->deviation = sqrt(variance * (pool.count / (pool.count - 1.0)));
}

/*
 * How many sample standard deviations x lies above the mean, whose distance
 * is rounded once.  The values differ.
 */
double
StandardScore(const StandardScale *scale, double x)
{
	ExactSum	total;
	int			i;

	ExactSumInit(&total);
	ExactSumAddProduct(&total, scale->count, ldexp(x, scale->unit));
	for (i = 0; i < scale->pieces; i++)
		ExactSumSubtract(&total, scale->sum[i]);
	return ExactSumRound(&total) / scale->deviation;
}
