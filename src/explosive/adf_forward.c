/*
 * adf_forward.c - ADF statistics of the windows from the first level on
 *
 * Kernel: no PostgreSQL in here.
 *
 * The method is described in adf_forward.h.  There is one window only, so all
 * lanes do the same.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "explosive/adf_forward.h"
#include "foundation/pause.h"

#define VECTORS forward
#define LANES 2
#define TARGET
#include "explosive/adf_factors.h"

/*
 * Let the row of time t enter: a trend first, the level in the given one of
 * the columns and the lagged changes in the others.
 */
static void
enter_time(Factors *f, const AdfSeries *series, int lags, int level_column,
		   int64_t t, int64_t rows)
{
	const Lanes zero = {0.0};
	Lanes		row[1][MOST_COLUMNS + 1];
	Lanes		level = zero + series->level[t - 1];
	int			column = 0;
	int			i;

	f->largest = LARGER(ABSOLUTE(level), f->largest);
	if (series->terms == ADF_TREND)
		row[0][column++] = zero + (double) rows;
	for (i = 1; i <= lags; i++)
	{
		if (column == level_column)
			column++;
		row[0][column++] = zero + series->change[t - i];
	}
	row[0][level_column] = level;
	if (series->terms != ADF_NONE)
		row[0][level_column] -= series->level[0];
	row[0][COLUMNS(lags, series->terms)] = zero + series->change[t];
	FactorsEnter(f, 1, lags, series->terms, row, series->share[rows]);
}

/*
 * The statistics of the windows of min_window levels and more, up to the
 * whole series, in forward[0] and on; NaN where there is none.
 */
void
AdfForward(const AdfSeries *series, int lags, int64_t min_window,
		   double *forward)
{
	const int	last = COLUMNS(lags, series->terms) - 1;
	Factors		f;
	int64_t		t;

	FactorsInit(&f, last + 1);
	for (t = lags + 1; t < series->length; t++)
	{
		const int64_t rows = t - lags;
		Lanes		scaled;
		Lanes		squared;

		PauseAt(rows);
		enter_time(&f, series, lags, last, t, rows);
		if (t + 1 < min_window)
			continue;
		FactorsScale(&f, lags, series->terms, (double) rows, &scaled);
		FactorsStatistic(&f, lags, series->terms, (double) rows, &scaled,
						 &squared);
		forward[t + 1 - min_window] = FactorsRoot(squared[0]);
	}
}

/*
 * The best number of lags from 0 to max_lags, the smallest of several.  The
 * series has at least AdfLeastWindow(max_lags, terms) levels.
 */
int
AdfChooseLags(const AdfSeries *series, int max_lags, LagCriterion criterion)
{
	const double m = (double) (series->length - 1 - max_lags);
	const double cost = criterion == LAGS_BY_AIC ? 2.0 : log(m);
	const int	level = series->terms == ADF_TREND ? 1 : 0;
	double		best = INFINITY;
	int			chosen = max_lags;
	Factors		f;
	Lanes		noise;
	double		rss;
	int64_t		t;
	int			k;

	FactorsInit(&f, COLUMNS(max_lags, series->terms));
	for (t = max_lags + 1; t < series->length; t++)
	{
		PauseAt(t);
		enter_time(&f, series, max_lags, level, t, t - max_lags);
	}
	FactorsNoise(&f, m, &noise);
	rss = f.rss[0];
	for (k = max_lags; k >= 0; k--)
	{
		const double value = m * log(fmax(rss, noise[0]) / m) + cost * (k + 2);

		if (value <= best)
		{
			best = value;
			chosen = k;
		}
		/* The k-th lag comes k columns after the level. */
		rss += f.d[level + k][0] * f.theta[level + k][0] *
			f.theta[level + k][0];
	}
	return chosen;
}
