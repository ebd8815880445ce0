/*
 * swing.c - the largest fall or rise of a price curve
 *
 * Kernel: no PostgreSQL in here.  The method is described in swing.h.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "drawdown/swing.h"

#include <stdbool.h>

/* Comparisons that can run side by side. */
#define LANES 4

Swing
SwingStart(double price)
{
	Swing		swing = {price, price, 1.0, 0.0};

	return swing;
}

static inline double
larger_swing(const Swing *swing, bool rise)
{
	double		quotient = swing->end / swing->start;

	if (rise)
		return quotient > swing->quotient ? quotient : swing->quotient;
	return quotient < swing->quotient ? quotient : swing->quotient;
}

static inline void
follow(Swing *swing, const double *price, int64_t rows, bool rise)
{
	Swing		now = *swing;
	int64_t		i;

	for (i = 0; i < rows; i++)
	{
		if (rise ? price[i] <= now.start : price[i] >= now.start)
		{
			if (now.end != now.start)
				now.quotient = larger_swing(&now, rise);
			now.start = price[i];
			now.end = price[i];
		}
		else if (rise ? price[i] > now.end : price[i] < now.end)
			now.end = price[i];
	}
	*swing = now;
}

/*
 * Go on along the curve, whose first price the swing starts with.
 */
void
SwingFall(Swing *swing, const double *price, int64_t rows)
{
	follow(swing, price, rows, false);
}

void
SwingRise(Swing *swing, const double *price, int64_t rows)
{
	follow(swing, price, rows, true);
}

/*
 * The same for the largest loss of a balance.
 */
void
SwingLose(Swing *swing, const double *value, int64_t rows)
{
	double		peak = swing->start;
	double		amount = swing->amount;
	int64_t		i;

	for (i = 0; i < rows; i++)
	{
		peak = value[i] > peak ? value[i] : peak;
		amount = peak - value[i] > amount ? peak - value[i] : amount;
	}
	swing->start = peak;
	swing->amount = amount;
}

/*
 * What is left of the money after the largest fall, 1 if there is none.
 */
double
SwingRetained(const Swing *swing)
{
	return larger_swing(swing, false);
}

/*
 * By what the largest rise multiplies the money, 1 if there is none.
 */
double
SwingMultiplied(const Swing *swing)
{
	return larger_swing(swing, true);
}

/*
 * Widen the range to prices, none of which is NaN.
 */
void
PriceRangeExtend(PriceRange *range, const double *price, int64_t rows)
{
	double		low[LANES];
	double		high[LANES];
	int64_t		i;
	int			lane;

	for (lane = 0; lane < LANES; lane++)
	{
		low[lane] = range->lowest;
		high[lane] = range->highest;
	}
	for (i = 0; i + LANES <= rows; i += LANES)
		for (lane = 0; lane < LANES; lane++)
		{
			double		p = price[i + lane];

			low[lane] = p < low[lane] ? p : low[lane];
			high[lane] = p > high[lane] ? p : high[lane];
		}
	for (; i < rows; i++)
	{
		low[0] = price[i] < low[0] ? price[i] : low[0];
		high[0] = price[i] > high[0] ? price[i] : high[0];
	}
	for (lane = 0; lane < LANES; lane++)
	{
		range->lowest = low[lane] < range->lowest ? low[lane] : range->lowest;
		range->highest = high[lane] > range->highest ? high[lane] :
			range->highest;
	}
}
