/*
 * check.h - what the programs here have in common
 *
 * A check is a line of output, "ok - ..." or "not ok - ...".
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#ifndef BUBBLE_CHECK_H
#define BUBBLE_CHECK_H

#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

static int	failures = 0;
static uint64_t seed = 88172645463325252U;

static inline void
check(bool good, const char *what)
{
	printf("%s - %s\n", good ? "ok" : "not ok", what);
	failures += !good;
}

/*
 * Below a bound; Marsaglia's xorshift.
 */
static inline int64_t
draw(int64_t bound)
{
	seed ^= seed << 13;
	seed ^= seed >> 7;
	seed ^= seed << 17;
	return (int64_t) (seed >> 1) % bound;
}

static inline bool
close_to(double a, double b)
{
	return fabs(a - b) <= 1e-12 * fmax(1.0, fabs(b));
}

#endif							/* BUBBLE_CHECK_H */
