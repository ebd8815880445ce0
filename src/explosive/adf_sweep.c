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
#include "explosive/adf_factors.h"

/* Compiled for wider vectors as well where the loader can choose. */
#ifdef WIDE_VECTORS
#elif defined(__x86_64__) && defined(__GLIBC__) && defined(__GNUC__) && \
	!defined(__clang__)
#define WIDE_VECTORS \
	__attribute__((target_clones("avx512f", "avx2", "default")))
#else
#define WIDE_VECTORS
#endif

/*
 * Let the row of time t enter in the first lane, in the others those after it.
 */
UNROLLED void
enter_times(Factors *f, const AdfSeries *series, int lags,
			const Lanes *reference, int64_t t, double rows)
{
	Lanes		row[MOST_COLUMNS + 1];
	Lanes		level;
	int			i;

	load(&level, series->level + t - 1);
	f->largest = LARGER(ABSOLUTE(level), f->largest);
	for (i = 0; i < lags; i++)
		load(&row[i], series->change + t - 1 - i);
	row[lags] = level - *reference;
	load(&row[COLUMNS(lags)], series->change + t);
	FactorsEnter(f, lags, row, 1.0 / rows);
}

UNROLLED void
sweep(const AdfSeries *series, int lags, int64_t min_window, int64_t end,
	  double *backward, double *forward)
{
	const Lanes none = {-INFINITY, -INFINITY, -INFINITY, -INFINITY};
	const int64_t longest = end - lags; /* rows of the first lane */
	const int64_t last = longest + ADF_LANES - 1;
	Lanes		best = none;
	Lanes		now = none;
	Lanes		reference;
	Factors		f;
	Mask		left;			/* rows that a lane has */
	int64_t		rows;
	int64_t		pause;

	FactorsInit(&f);
	load(&reference, series->level + end - 1);
	for (rows = 0; rows < ADF_LANES; rows++)
	{
		left[rows] = longest + rows;
		forward[rows] = -INFINITY;
	}
	for (rows = 1; rows <= last; AdfPause(series))
	{
		pause = last - rows < ROWS_TO_PAUSE ? last : rows + ROWS_TO_PAUSE;
		for (; rows <= pause; rows++)
		{
			enter_times(&f, series, lags, &reference, end - rows + 1,
						(double) rows);
			if (rows + lags + 1 < min_window)
				continue;
			FactorsStatistic(&f, lags, (double) rows, &now);
			best = LARGER(CHOOSE((Mask) (left >= rows), now, none), best);
			/* The longest window of a lane is that from the first level. */
			if (rows >= longest)
				forward[rows - longest] = now[rows - longest];
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
		backward[i] = FactorsRoot(backward[i]);
		forward[i] = FactorsRoot(forward[i]);
	}
}

/*
 * The first level of the window whose statistic is the largest of those that
 * end at "end", the longest of several; -1 if there is none.
 *
 * The largest statistic of all windows of at least m levels can but fall as m
 * grows, so the longest window that has it is found by halving.
 */
int64_t
AdfSupremumStart(const AdfSeries *series, int lags, int64_t min_window,
				 int64_t end)
{
	double		backward[ADF_LANES];
	double		forward[ADF_LANES];
	double		supremum;
	int64_t		low = min_window;	/* has the supremum */
	int64_t		high = end + 2; /* has not */

	AdfSweep(series, lags, min_window, end, backward, forward);
	supremum = backward[0];
	if (isnan(supremum))
		return -1;
	while (high - low > 1)
	{
		const int64_t middle = low + (high - low) / 2;

		AdfSweep(series, lags, middle, end, backward, forward);
		if (backward[0] == supremum)
			low = middle;
		else
			high = middle;
	}
	return end + 1 - low;
}

/* Doubles before and after the series, in either array. */
#define ROOM_BEFORE (ADF_LANES + ADF_MOST_LAGS + 1)
#define ROOM_AFTER ADF_LANES

/* What a level can be scaled by at most, in powers of two. */
#define MOST_EXPONENT 1000

size_t
AdfSeriesRoom(int64_t length)
{
	return 2 * ((size_t) length + ROOM_BEFORE + ROOM_AFTER);
}

/*
 * The power of two that brings the largest of the levels near 1: it changes
 * no statistic, and no square leaves the range of doubles.
 */
static double
scale_of(const double *level, int64_t length)
{
	double		largest = 0.0;
	int			exponent;
	int64_t		t;

	for (t = 0; t < length; t++)
		largest = fmax(largest, fabs(level[t]));
	(void) frexp(largest, &exponent);
	return ldexp(1.0, exponent < -MOST_EXPONENT ? MOST_EXPONENT : -exponent);
}

/*
 * Lay the levels out for sweeps, in a room of AdfSeriesRoom(length) doubles.
 */
void
AdfSeriesInit(AdfSeries *series, const double *level, int64_t length,
			  double *room)
{
	const size_t stride = (size_t) length + ROOM_BEFORE + ROOM_AFTER;
	const double scale = scale_of(level, length);
	int64_t		t;

	memset(room, 0, 2 * stride * sizeof(double));
	series->length = length;
	series->level = room + ROOM_BEFORE;
	series->change = series->level + stride;
	series->pause = NULL;
	for (t = 0; t < length; t++)
		series->level[t] = scale * level[t];
	for (t = 1; t < length; t++)
		series->change[t] = series->level[t] - series->level[t - 1];
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
