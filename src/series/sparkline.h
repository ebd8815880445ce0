/*
 * sparkline.h - the shape of a series in one line of characters
 *
 * Kernel: no PostgreSQL in here.
 *
 * A series of no more rows than there is room for gets a character for each.
 * A longer one is looked at so many times, evenly in time from its first row
 * to its last one: what it was at the end of each part, the latest row by
 * then, so that days without a row leave no hole and the last character is
 * the latest value.  Rows are looked for by halving: O(width log n).
 *
 * The values that are shown, from the lowest to the highest, are cut into
 * levels of equal height.  A line that does not move is at middle height.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#ifndef BUBBLE_SPARKLINE_H
#define BUBBLE_SPARKLINE_H

#include <stdint.h>

#define SPARKLINE_LEVELS 8

extern int64_t SparklineValues(const double *value, const int64_t *at,
							   int64_t length, int64_t width, double *shown);
extern void SparklineLevels(const double *shown, int64_t count,
							unsigned char *level);

#endif							/* BUBBLE_SPARKLINE_H */
