/*
 * largest.h - the largest of many draws, and where a statistic is among them
 *
 * Kernel: no PostgreSQL in here.
 *
 * Of a stream of numbers the largest few are kept in a heap with the
 * smallest of them at its root, from -infinity on.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#ifndef BUBBLE_LARGEST_H
#define BUBBLE_LARGEST_H

#include <stdint.h>

extern void KeepLargest(double *heap, int64_t kept, double value);
extern double LeastKept(const double *heap, int64_t kept, double share);
extern double BootstrapP(const double *draw, int64_t count, double statistic);

#endif							/* BUBBLE_LARGEST_H */
