/*
 * sparkline.c - the shape of a series in one line of characters
 *
 * Kernel: no PostgreSQL in here.  The method is described in sparkline.h.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "series/sparkline.h"

#include <math.h>

/* Of a line that does not move. */
#define MIDDLE_LEVEL (SPARKLINE_LEVELS / 2 - 1)

/*
 * The last row that is not later than a time; the first row is not.
 */
static int64_t
latest_row(const int64_t *at, int64_t length, int64_t time)
{
	int64_t		low = 0;
	int64_t		high = length - 1;

	while (low < high)
	{
		int64_t		middle = high - (high - low) / 2;

		if (at[middle] <= time)
			low = middle;
		else
			high = middle - 1;
	}
	return low;
}

/*
 * The values to be shown of finite ones in order of time, at most "width" of
 * them, and their number.
 */
int64_t
SparklineValues(const double *value, const int64_t *at, int64_t length,
				int64_t width, double *shown)
{
	uint64_t	span;
	int64_t		i;

	if (length <= width)
	{
		for (i = 0; i < length; i++)
			shown[i] = value[i];
		return length;
	}
	span = (uint64_t) at[length - 1] - (uint64_t) at[0];
	for (i = 0; i < width - 1; i++)
	{
		uint64_t	passed = (uint64_t) ((double) span * (i + 1) / width);

		shown[i] = value[latest_row(at, length,
									(int64_t) ((uint64_t) at[0] + passed))];
	}
	shown[width - 1] = value[length - 1];
	return width;
}

/*
 * The level of each value, from 0 to SPARKLINE_LEVELS - 1.
 */
void
SparklineLevels(const double *shown, int64_t count, unsigned char *level)
{
	double		lowest = INFINITY;
	double		highest = -INFINITY;
	double		scale;
	int64_t		i;

	for (i = 0; i < count; i++)
	{
		lowest = fmin(lowest, shown[i]);
		highest = fmax(highest, shown[i]);
	}
	/* The whole range of double precision is twice what one can hold. */
	scale = isinf(highest - lowest) ? 0.5 : 1.0;
	for (i = 0; i < count; i++)
	{
		double		height = (shown[i] * scale - lowest * scale) /
			(highest * scale - lowest * scale) * SPARKLINE_LEVELS;

		level[i] = !(lowest < highest) ? MIDDLE_LEVEL :
			height < SPARKLINE_LEVELS ? (unsigned char) height :
			SPARKLINE_LEVELS - 1;
	}
}
