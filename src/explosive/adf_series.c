/*
 * adf_series.c - levels laid out for the ADF statistics of their windows
 *
 * Kernel: no PostgreSQL in here.
 *
 * The layout is described in adf_series.h.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include <math.h>
#include <string.h>

#include "explosive/adf_series.h"
#include "foundation/pause.h"

/* Doubles before and after the series, in any array. */
#define ROOM_BEFORE (ADF_LANES + ADF_MOST_LAGS + 1)
#define ROOM_AFTER ADF_LANES

/* The most that a level is scaled by, in powers of two. */
#define MOST_EXPONENT 1000

size_t
AdfSeriesRoom(int64_t length)
{
	return 3 * ((size_t) length + ROOM_BEFORE + ROOM_AFTER);
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
	{
		PauseAt(t);
		largest = fmax(largest, fabs(level[t]));
	}
	(void) frexp(largest, &exponent);
	return ldexp(1.0, exponent < -MOST_EXPONENT ? MOST_EXPONENT : -exponent);
}

static void
clear_ends(double *first, int64_t length)
{
	memset(first - ROOM_BEFORE, 0, ROOM_BEFORE * sizeof(double));
	memset(first + length, 0, ROOM_AFTER * sizeof(double));
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

	series->length = length;
	series->level = room + ROOM_BEFORE;
	series->change = series->level + stride;
	series->share = series->change + stride;
	series->terms = ADF_CONSTANT;
	clear_ends(series->level, length);
	clear_ends(series->change, length);
	for (t = 0; t < length; t++)
	{
		PauseAt(t);
		series->level[t] = scale * level[t];
		series->change[t] =
			t == 0 ? 0.0 : series->level[t] - series->level[t - 1];
	}
	for (t = 1; t < length + ROOM_AFTER; t++)
	{
		PauseAt(t);
		series->share[t] = 1.0 / (double) t;
	}
}

/*
 * Levels in the shortest window that has a degree of freedom left.
 */
int64_t
AdfLeastWindow(int lags, AdfTerms terms)
{
	return 2 * lags + 3 + (int) terms;
}

/*
 * The most lags that a window of this length carries; negative if none.
 */
int
AdfMostLags(int64_t length, AdfTerms terms)
{
	if (length >= AdfLeastWindow(ADF_MOST_LAGS, terms))
		return ADF_MOST_LAGS;
	if (length < AdfLeastWindow(0, terms))
		return -1;
	return (int) (length - AdfLeastWindow(0, terms)) / 2;
}

/*
 * The rule of Phillips, Shi and Yu: n (0.01 + 1.8 / sqrt(n)) levels.
 */
int64_t
AdfDefaultWindow(int64_t length)
{
	return (int64_t) floor(0.01 * length + 1.8 * sqrt((double) length));
}
