/*
 * lead_lag.c - by how many rows one series follows another
 *
 * The method is described in lead_lag.h.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include <math.h>

#include <gsl/gsl_cdf.h>

#include "adoption/change_level.h"
#include "adoption/lead_lag.h"
#include "foundation/pause.h"

/* Of the normal distribution, at 97.5 percent. */
#define TWO_SIDED 1.959963984540054

/*
 * The changes of "count" levels, on a scale on which the largest of them is
 * about 1.  False if there are none.
 */
bool
Changes(const double *level, int64_t count, double *change)
{
	double		largest = 0.0;
	double		unit;
	int64_t		i;

	for (i = 0; i < count; i++)
	{
		PauseAt(i);
		largest = fmax(largest, fabs(level[i]));
	}
	unit = largest > 0.0 ? PowerOfTwoBelow(largest) : 1.0;
	largest = 0.0;
	for (i = 0; i + 1 < count; i++)
	{
		PauseAt(i);
		change[i] = level[i + 1] * unit - level[i] * unit;
		largest = fmax(largest, fabs(change[i]));
	}
	if (largest == 0.0)
		return false;
	unit = PowerOfTwoBelow(largest);
	for (i = 0; i + 1 < count; i++)
	{
		PauseAt(i);
		change[i] *= unit;
	}
	return true;
}

/*
 * The longest lag up to "most" that leaves enough pairs; below zero if there
 * is none.
 */
int64_t
MostLag(int64_t changes, int64_t most)
{
	const int64_t half = (changes + 1) / 2;
	const int64_t least = half > LEAD_LAG_LEAST_PAIRS ? half :
		LEAD_LAG_LEAST_PAIRS;
	const int64_t longest = changes - least;

	return longest < 0 ? -1 : longest < most ? longest : most;
}

static double
mean_of(const double *value, int64_t count)
{
	double		sum = 0.0;
	int64_t		i;

	for (i = 0; i < count; i++)
	{
		PauseAt(i);
		sum += value[i];
	}
	return sum / (double) count;
}

/*
 * The correlation of a's changes with those of b so many rows later; NaN where
 * one of them does not vary.
 */
double
LagCorrelation(const double *a, const double *b, int64_t changes, int64_t lag)
{
	const int64_t pairs = changes - (lag < 0 ? -lag : lag);
	double		mean_a;
	double		mean_b;
	double		aa = 0.0;
	double		bb = 0.0;
	double		ab = 0.0;
	int64_t		i;

	if (lag < 0)
		a -= lag;
	else
		b += lag;
	if (AllEqual(a, 0, pairs) || AllEqual(b, 0, pairs))
		return NAN;
	mean_a = mean_of(a, pairs);
	mean_b = mean_of(b, pairs);
	for (i = 0; i < pairs; i++)
	{
		PauseAt(i);
		aa += (a[i] - mean_a) * (a[i] - mean_a);
		bb += (b[i] - mean_b) * (b[i] - mean_b);
		ab += (a[i] - mean_a) * (b[i] - mean_b);
	}
	if (!(aa > 0.0 && bb > 0.0))
		return NAN;
	return fmax(-1.0, fmin(1.0, ab / sqrt(aa * bb)));
}

/*
 * The place of the highest correlation of those at lags -most to most; the
 * shortest lag among equal ones, b behind a before a behind b.
 */
static int64_t
highest_lag(const double *correlation, int64_t most)
{
	int64_t		best = 0;
	double		highest = correlation[most];
	int64_t		i;

	for (i = 1; i <= most; i++)
	{
		if (!(correlation[most + i] <= highest) &&
			!isnan(correlation[most + i]))
		{
			best = i;
			highest = correlation[most + i];
		}
		if (!(correlation[most - i] <= highest) &&
			!isnan(correlation[most - i]))
		{
			best = -i;
			highest = correlation[most - i];
		}
	}
	return best;
}

/*
 * The p value of the highest of some correlations.
 */
static double
highest_p(double correlation, int64_t pairs, int64_t lags)
{
	const double freedom = (double) (pairs - 2);
	const double rest = (1.0 - correlation) * (1.0 + correlation);
	const double t = correlation * sqrt(freedom / rest);
	const double single = isinf(t) ? (t < 0.0) : gsl_cdf_tdist_Q(t, freedom);

	return -expm1((double) lags * log1p(-single));
}

/*
 * The highest of the correlations at lags -most to most, and what is known of
 * it.  False if there is none.
 */
bool
LeadLagOf(const double *correlation, int64_t changes, int64_t most,
		  LeadLag *found)
{
	const int64_t lag = highest_lag(correlation, most);
	const double highest = correlation[most + lag];
	int64_t		lags = 0;
	double		reach;
	int64_t		i;

	if (isnan(highest))
		return false;
	found->lag = found->lag_low = found->lag_high = lag;
	found->correlation = highest;
	found->pairs = changes - (lag < 0 ? -lag : lag);
	reach = TWO_SIDED / sqrt((double) (found->pairs - 3));
	found->low = tanh(atanh(highest) - reach);
	found->high = tanh(atanh(highest) + reach);
	for (i = -most; i <= most; i++)
	{
		lags += !isnan(correlation[most + i]);
		if (correlation[most + i] >= found->low)
		{
			found->lag_low = i < found->lag_low ? i : found->lag_low;
			found->lag_high = i > found->lag_high ? i : found->lag_high;
		}
	}
	found->p = highest_p(highest, found->pairs, lags);
	return true;
}
