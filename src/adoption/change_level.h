/*
 * change_level.h - means of parts of a series, whatever the size of its values
 *
 * Kernel: no PostgreSQL in here.
 *
 * Squares of large values overflow, those of small ones vanish, and digits
 * are lost where values lie close together but far from zero.  So deviations
 * are taken on a scale of their own, on which the values' mean is zero and
 * the farthest of them lies between 1/2 and 1 from it:
 *
 *	scaled = (value * unit - centre) * zoom
 *
 * Both factors are powers of two, which round nothing.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#ifndef BUBBLE_ADOPTION_CHANGE_LEVEL_H
#define BUBBLE_ADOPTION_CHANGE_LEVEL_H

#include <stdbool.h>
#include <stdint.h>

typedef struct LevelScale
{
	double		unit;			/* makes the largest value less than 1 */
	double		centre;
	double		zoom;
	double		largest;		/* value, without its sign, times unit */
} LevelScale;

extern double PowerOfTwoBelow(double value);
extern bool LevelScaleOf(const double *value, int64_t count,
						 LevelScale *scale);
extern double MeanOf(const double *value, int64_t from, int64_t to,
					 const LevelScale *scale);
extern bool AllEqual(const double *value, int64_t from, int64_t to);

static inline double
ScaledLevel(const LevelScale *scale, double value)
{
	return (value * scale->unit - scale->centre) * scale->zoom;
}

#endif							/* BUBBLE_ADOPTION_CHANGE_LEVEL_H */
