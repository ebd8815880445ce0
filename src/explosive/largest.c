/*
 * largest.c - the largest of many draws, and where a statistic is among them
 *
 * Kernel: no PostgreSQL in here.  The method is described in largest.h.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "explosive/largest.h"

#include <math.h>

#include "foundation/quantile.h"

/*
 * Put a value in the place of the smallest of a heap, if it is larger.
 */
void
KeepLargest(double *heap, int64_t kept, double value)
{
	int64_t		place = 0;
	int64_t		child;

	if (!(value > heap[0]))
		return;
	for (;;)
	{
		child = 2 * place + 1;
		if (child + 1 < kept && heap[child + 1] < heap[child])
			child++;
		if (child >= kept || heap[child] >= value)
			break;
		heap[place] = heap[child];
		place = child;
	}
	heap[place] = value;
}

/*
 * A quantile that lies between the smallest of a heap and the next, "share"
 * of the way; NaN where it is not finite.
 */
double
LeastKept(const double *heap, int64_t kept, double share)
{
	double		next = heap[0];
	double		quantile;

	if (kept > 1)
		next = kept > 2 ? fmin(heap[1], heap[2]) : heap[1];
	quantile = Between(heap[0], next, share);
	return isfinite(quantile) ? quantile : NAN;
}

/*
 * The share of the sorted draws that are at least the statistic, the sample
 * counted as one more draw.
 */
double
BootstrapP(const double *draw, int64_t count, double statistic)
{
	int64_t		less = 0;
	int64_t		step = count;

	while (less < step)
	{
		const int64_t middle = less + (step - less) / 2;

		if (draw[middle] < statistic)
			less = middle + 1;
		else
			step = middle;
	}
	return (1.0 + (count - less)) / (1.0 + count);
}
