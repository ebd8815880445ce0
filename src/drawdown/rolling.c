/*
 * rolling.c - maximum drawdown of the last n rows, for every row
 *
 * Kernel: no PostgreSQL in here.  The method is described in rolling.h.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "drawdown/rolling.h"

#include <math.h>

static inline double
least(double a, double b)
{
	return b < a ? b : a;
}

/*
 * A rest without rows retains all, and a quotient by its peak of 0 is
 * infinite or NaN and never the least.
 */
static inline void
put_no_rest(const RollingCurve *curve, double *retained, int64_t k)
{
	curve->rest_peak[k] = 0.0;
	retained[k] = 1.0;
}

/*
 * Peaks of the rests that the rows of a block need, and, where the results
 * will be, what is retained of them.
 */
static void
compute_rests(const RollingCurve *curve, int64_t start)
{
	const double *before = curve->price + start - curve->window;
	double	   *retained = curve->drawdown + start;
	int64_t		rows = curve->rows - start;
	int64_t		k = curve->window - 1;
	double		peak = before[k];
	double		trough = peak;
	double		rest = 1.0;

	if (k < rows)
		put_no_rest(curve, retained, k);
	while (k-- > 0)
	{
		if (k < rows)
		{
			curve->rest_peak[k] = peak;
			retained[k] = rest;
		}
		peak = before[k] > peak ? before[k] : peak;
		trough = least(trough, before[k]);
		rest = least(rest, trough / before[k]);
	}
}

/*
 * The results of the rows of a block, which starts at a multiple of the
 * window.
 */
void
RollingBlock(const RollingCurve *curve, int64_t start)
{
	const double *price = curve->price + start;
	double	   *drawdown = curve->drawdown + start;
	int64_t		rows = curve->rows - start;
	double		peak = price[0];
	double		trough = peak;
	double		begin = 1.0;
	int64_t		k;

	if (rows > curve->window)
		rows = curve->window;
	if (start > 0)
		compute_rests(curve, start);
	else
		for (k = 0; k < rows; k++)
			put_no_rest(curve, drawdown, k);
	for (k = 0; k < rows; k++)
	{
		double		retained = drawdown[k];

		peak = price[k] > peak ? price[k] : peak;
		trough = least(trough, price[k]);
		begin = least(begin, price[k] / peak);
		retained = least(retained, begin);
		retained = least(retained, trough / curve->rest_peak[k]);
		drawdown[k] = peak > 0.0 || curve->rest_peak[k] > 0.0 ?
			1.0 - retained : NAN;
	}
}
