/*
 * proportion.h - a share that was counted, and its interval
 *
 * Kernel: no PostgreSQL in here.
 *
 * The textbook interval, share +- z standard errors, has no width where all or
 * none of a few have it, and leaves 0 to 1 otherwise.  Wilson's holds the
 * probabilities that the share counted does not contradict at the level of
 * 95 %, and does neither.
 *
 * Reference: E. B. Wilson, Probable inference, the law of succession, and
 * statistical inference, Journal of the American Statistical Association
 * 22(158), 1927.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#ifndef BUBBLE_PROPORTION_H
#define BUBBLE_PROPORTION_H

#include <math.h>
#include <stdint.h>

/* The 97.5 percent quantile of the normal distribution. */
#define NORMAL_975 1.959963984540054

typedef struct Proportion
{
	double		share;			/* NaN, as the others, of none */
	double		low;
	double		high;
} Proportion;

static inline Proportion
ProportionOf(int64_t count, int64_t total)
{
	const double z2 = NORMAL_975 * NORMAL_975;
	double		n = (double) total;
	double		share = (double) count / n;
	double		half;
	Proportion	result = {NAN, NAN, NAN};

	if (total == 0)
		return result;
	half = NORMAL_975 * sqrt(share * (1.0 - share) / n + z2 / (4.0 * n * n));
	result.share = share;
	/* Of 1e17 and more rounding would leave the share outside. */
	result.low = count == 0 ? 0.0 :
		fmin(share, (share + z2 / (2.0 * n) - half) / (1.0 + z2 / n));
	result.high = count == total ? 1.0 :
		fmax(share, (share + z2 / (2.0 * n) + half) / (1.0 + z2 / n));
	return result;
}

#endif							/* BUBBLE_PROPORTION_H */
