/*
 * adf_sweep.c - augmented Dickey-Fuller statistics of all windows
 *
 * Kernel: no PostgreSQL in here.
 *
 * The method is described in adf_sweep.h.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include <float.h>
#include <math.h>
#include <string.h>

#include "explosive/adf_sweep.h"

/* Compiled for wider vectors as well where the loader can choose. */
#if defined(__x86_64__) && defined(__GLIBC__) && defined(__GNUC__) && \
	!defined(__clang__)
#define WIDE_VECTORS __attribute__((target_clones("avx512f", "avx2", "default")))
#else
#define WIDE_VECTORS
#endif

#define UNROLLED static inline __attribute__((always_inline))

typedef double Lanes __attribute__((vector_size(ADF_LANES * sizeof(double))));
typedef int64_t Mask __attribute__((vector_size(ADF_LANES * sizeof(int64_t))));

/* Regressors besides the intercept. */
#define COLUMNS(lags) ((lags) + 1)
#define MOST_COLUMNS COLUMNS(ADF_MOST_LAGS)

/*
 * Digits of a level that cannot be trusted.  Residuals below are rounding.
 */
#define LEVEL_NOISE (4.0 * DBL_EPSILON)

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
	Lanes		largest;		/* level of the window, absolute */
} Factors;

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
 * Let a row enter: the regressors and the dependent variable as the last one.
 * "share" is 1 / rows, this one included.
 */
UNROLLED void
enter_row(Factors *f, int lags, Lanes *row, double share)
{
	const int	columns = COLUMNS(lags);
	const Lanes zero = {0.0};
	Lanes		weight = zero + (1.0 - share);
	int			i;
	int			j;

	for (i = 0; i <= columns; i++)
	{
		row[i] -= f->mean[i];
		f->mean[i] += share * row[i];
	}
	for (i = 0; i < columns; i++)
	{
		Lanes		weighted = weight * row[i];
		Lanes		d = f->d[i] + weighted * row[i];
		Mask		usable = (Mask) (d > zero);
		Lanes		inverse = CHOOSE(usable, 1.0 / d, zero);
		Lanes		turn = weighted * inverse;

		weight = CHOOSE(usable, weight * (f->d[i] * inverse), weight);
		f->d[i] = d;
		for (j = i + 1; j < columns; j++)
		{
			row[j] -= row[i] * f->r[i][j];
			f->r[i][j] += turn * row[j];
		}
		row[columns] -= row[i] * f->theta[i];
		f->theta[i] += turn * row[columns];
	}
	f->rss += weight * row[columns] * row[columns];
}

/*
 * t |t| of the level's coefficient; minus infinity without a statistic.
 */
UNROLLED void
compute_statistic(const Factors *f, int lags, double rows, Lanes *result)
{
	const Lanes none = {-INFINITY, -INFINITY, -INFINITY, -INFINITY};
	Lanes		b = f->theta[lags];
	Lanes		d = f->d[lags];
	Lanes		noise = f->largest * LEVEL_NOISE;
	Mask		sound;

	noise *= rows * noise;
	sound = (Mask) (f->rss > noise) & (Mask) (d > noise);
	*result = CHOOSE(sound,
					 b * ABSOLUTE(b) * d * (rows - lags - 2) / f->rss, none);
}

UNROLLED void
sweep(const AdfSeries *series, int lags, int64_t min_window, int64_t end,
	  double *backward, double *forward)
{
	const Lanes none = {-INFINITY, -INFINITY, -INFINITY, -INFINITY};
	const int	columns = COLUMNS(lags);
	const int64_t first = lags + 1; /* the first row of all */
	Lanes		best = none;
	Lanes		now = none;
	Lanes		reference;
	Factors		f;
	Mask		left;			/* rows that a lane has left */
	int64_t		rows;
	int			i;

	memset(&f, 0, sizeof(f));
	load(&reference, series->level + end - 1);
	for (i = 0; i < ADF_LANES; i++)
	{
		left[i] = end + i - first + 1;
		backward[i] = forward[i] = -INFINITY;
	}
	for (rows = 1; rows <= end + ADF_LANES - first; rows++)
	{
		const int64_t t = end - rows + 1;
		Lanes		row[MOST_COLUMNS + 1];
		Lanes		level;

		load(&level, series->level + t - 1);
		f.largest = LARGER(ABSOLUTE(level), f.largest);
		for (i = 0; i < lags; i++)
			load(&row[i], series->change + t - 1 - i);
		row[lags] = level - reference;
		load(&row[columns], series->change + t);
		enter_row(&f, lags, row, 1.0 / (double) rows);
		if (rows + lags + 1 < min_window)
			continue;
		compute_statistic(&f, lags, (double) rows, &now);
		best = LARGER(CHOOSE((Mask) (left >= rows), now, none), best);
		/* The longest window of a lane is the one from the first level. */
		if (rows >= end - first + 1)
		{
			const int64_t lane = rows - (end - first + 1);

			if (lane < ADF_LANES)
				forward[lane] = now[lane];
		}
	}
	memcpy(backward, &best, sizeof(best));
}

#define SWEEP(n) \
static WIDE_VECTORS void \
sweep_##n(const AdfSeries *series, int64_t min_window, int64_t end, \
		  double *backward, double *forward) \
{ \
	sweep(series, n, min_window, end, backward, forward); \
}

SWEEP(0)
SWEEP(1)
SWEEP(2)
SWEEP(3)
SWEEP(4)

static WIDE_VECTORS void
sweep_many(const AdfSeries *series, int lags, int64_t min_window, int64_t end,
		   double *backward, double *forward)
{
	sweep(series, lags, min_window, end, backward, forward);
}

static double
root(double squared)
{
	if (squared == -INFINITY)
		return NAN;
	return copysign(sqrt(fabs(squared)), squared);
}

/*
 * The statistics of the windows that end at "end" and at the levels after it,
 * one in each of ADF_LANES: the largest of all windows of at least
 * min_window levels, and that of the window from the first level.  NaN where
 * there is none.
 */
void
AdfSweep(const AdfSeries *series, int lags, int64_t min_window, int64_t end,
		 double *backward, double *forward)
{
	int			i;

	switch (lags)
	{
		case 0:
			sweep_0(series, min_window, end, backward, forward);
			break;
		case 1:
			sweep_1(series, min_window, end, backward, forward);
			break;
		case 2:
			sweep_2(series, min_window, end, backward, forward);
			break;
		case 3:
			sweep_3(series, min_window, end, backward, forward);
			break;
		case 4:
			sweep_4(series, min_window, end, backward, forward);
			break;
		default:
			sweep_many(series, lags, min_window, end, backward, forward);
	}
	for (i = 0; i < ADF_LANES; i++)
	{
		backward[i] = root(backward[i]);
		forward[i] = root(forward[i]);
	}
}

/* Doubles before and after the series, in either array. */
#define ROOM_BEFORE (ADF_LANES + ADF_MOST_LAGS + 1)
#define ROOM_AFTER ADF_LANES

size_t
AdfSeriesRoom(int64_t length)
{
	return 2 * ((size_t) length + ROOM_BEFORE + ROOM_AFTER);
}

/*
 * Lay the levels out for sweeps, in a room of AdfSeriesRoom(length) doubles.
 */
void
AdfSeriesInit(AdfSeries *series, const double *level, int64_t length,
			  double *room)
{
	const size_t stride = (size_t) length + ROOM_BEFORE + ROOM_AFTER;
	int64_t		t;

	memset(room, 0, 2 * stride * sizeof(double));
	series->length = length;
	series->level = room + ROOM_BEFORE;
	series->change = series->level + stride;
	memcpy(series->level, level, length * sizeof(double));
	for (t = 1; t < length; t++)
		series->change[t] = level[t] - level[t - 1];
}

/*
 * Levels in the shortest window that has a degree of freedom left.
 */
int64_t
AdfLeastWindow(int lags)
{
	return 2 * lags + 4;
}

/*
 * The rule of Phillips, Shi and Yu: n (0.01 + 1.8 / sqrt(n)) levels.
 */
int64_t
AdfDefaultWindow(int64_t length)
{
	return (int64_t) floor(0.01 * length + 1.8 * sqrt((double) length));
}
