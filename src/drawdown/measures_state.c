/*
 * measures_state.c - measures of a whole price curve that functions share
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "postgres.h"

#include <math.h>

#include "miscadmin.h"

#include "drawdown/growth.h"
#include "drawdown/measures_state.h"
#include "drawdown/tail.h"
#include "foundation/array.h"

/*
 * Sums over the underwater curve.
 */
Underwater
UnderwaterOf(const SeriesView *view)
{
	Underwater	water = {0};
	int64		done;
	int64		rows;

	for (done = 0; (rows = SeriesNextChunk(view, done)) > 0; done += rows)
		UnderwaterFollow(&water, view->value + done, rows);
	UnderwaterEnd(&water);
	return water;
}

/*
 * The growth rate a year, which may be infinite; false if no time has passed,
 * or from 0.
 */
bool
YearlyGrowth(const SeriesView *view, double *rate)
{
	int64		last = view->length - 1;
	double		years = YearsBetween(view->at[0], view->at[last]);

	if (years == 0.0 || view->value[0] == 0.0)
		return false;
	*rate = GrowthRate(view->value[0], view->value[last], years);
	return true;
}

/*
 * The drawdown of this rank; 1 is the largest.
 */
static double
drawdown_of_rank(const SeriesView *view, int64 rank)
{
	Selection	selection;
	double	   *drawdown;
	double		peak = 0.0;
	double		found;
	int64		done;
	int64		rows;

	drawdown = AllocateNumbers(view->length);
	for (done = 0; (rows = SeriesNextChunk(view, done)) > 0; done += rows)
		DrawdownPath(&peak, view->value + done, rows, drawdown + done);
	selection = SelectionStart(drawdown, view->length, rank);
	while (SelectionStep(&selection))
		CHECK_FOR_INTERRUPTS();
	found = drawdown[0];
	pfree(drawdown);
	return found;
}

/*
 * The border of the worst rows, a share alpha of all.
 */
double
AtRisk(const SeriesView *view, double alpha)
{
	double		length = TailLength(alpha, view->length);

	return drawdown_of_rank(view, (int64) ceil(length));
}

/*
 * The mean drawdown of those rows.
 */
double
ConditionalAtRisk(const SeriesView *view, double alpha)
{
	double		border = AtRisk(view, alpha);
	CompensatedSum excess = {0};
	double		peak = 0.0;
	int64		done;
	int64		rows;

	for (done = 0; (rows = SeriesNextChunk(view, done)) > 0; done += rows)
		TailExcess(&excess, border, &peak, view->value + done, rows);
	return border +
		CompensatedTotal(&excess) / TailLength(alpha, view->length);
}
