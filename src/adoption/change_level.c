/*
 * change_level.c - means of parts of a series, whatever the size of its values
 *
 * The scale is described in change_level.h.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include <math.h>

#include "adoption/change_level.h"
#include "foundation/compensated_sum.h"
#include "foundation/pause.h"

/* Subnormal numbers have factors that are no numbers. */
#define LARGEST_EXPONENT 1000

/*
 * The power of two that brings a positive value below 1, and above 1/2 if it
 * can.
 */
double
PowerOfTwoBelow(double value)
{
	int			exponent;

	(void) frexp(value, &exponent);
	return ldexp(1.0, -(exponent < -LARGEST_EXPONENT ? -LARGEST_EXPONENT :
						exponent));
}

bool
AllEqual(const double *value, int64_t from, int64_t to)
{
	int64_t		i;

	for (i = from + 1; i < to; i++)
	{
		PauseAt(i);
		if (value[i] != value[from])
			return false;
	}
	return true;
}

/*
 * The mean of the values from a place up to another one.
 */
double
MeanOf(const double *value, int64_t from, int64_t to,
	   const LevelScale *scale)
{
	CompensatedSum sum = {0.0, 0.0};
	int64_t		i;

	if (AllEqual(value, from, to))
		return value[from];
	for (i = from; i < to; i++)
	{
		PauseAt(i);
		CompensatedAdd(&sum, value[i] * scale->unit);
	}
	return CompensatedTotal(&sum) / (double) (to - from) / scale->unit;
}

/*
 * The scale of some values; false if they are all the same.
 */
bool
LevelScaleOf(const double *value, int64_t count, LevelScale *scale)
{
	double		largest = 0.0;
	double		farthest = 0.0;
	int64_t		i;

	if (AllEqual(value, 0, count))
		return false;
	for (i = 0; i < count; i++)
	{
		PauseAt(i);
		largest = fmax(largest, fabs(value[i]));
	}
	scale->unit = PowerOfTwoBelow(largest);
	scale->largest = largest * scale->unit;
	scale->centre = MeanOf(value, 0, count, scale) * scale->unit;
	for (i = 0; i < count; i++)
	{
		PauseAt(i);
		farthest = fmax(farthest, fabs(value[i] * scale->unit -
									   scale->centre));
	}
	scale->zoom = PowerOfTwoBelow(farthest);
	return true;
}
