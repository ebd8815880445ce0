/*
 * adf_sweeps.h - the sweeps of adf_sweep.c for one kind of vectors
 *
 * Kernel: no PostgreSQL in here.
 *
 * Included by adf_sweep.c for each of the vectors, as adf_factors.h is.
 *
 * Only few windows have a larger statistic than all shorter ones, and only
 * those are divided for: with s the statistic times rss, no window for which
 * s < best * rss as rounded has one.  Rounding keeps order, so that s, which
 * is a double, is not above best * rss itself; hence s / rss is not above
 * best, and neither is the double next to it.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "explosive/adf_factors.h"

#undef enter_times
#undef take_statistics
#undef none_better
#undef sweep
#define enter_times NAMED(enter_times)
#define take_statistics NAMED(take_statistics)
#define none_better NAMED(none_better)
#define sweep NAMED(sweep)

/*
 * Let the row of time t enter in the first lane, in the others those after it.
 */
UNROLLED TARGET void
enter_times(Factors *f, int vectors, const AdfSeries *series, int lags,
			AdfTerms terms, const Lanes *reference, int64_t t, int64_t rows)
{
	const Lanes zero = {0.0};
	const double *level = series->level + t - 1;
	const double *change = series->change + t;
	Lanes		row[MOST_VECTORS][MOST_COLUMNS + 1];
	int			v;
	int			i;

	UNROLL for (v = 0; v < vectors; v++)
	{
		Lanes		now = LANES_AT(level + v * LANES);
		int			column = 0;

		f[v].largest = LARGER(ABSOLUTE(now), f[v].largest);
		if (terms == ADF_TREND)
			row[v][column++] = zero - (double) rows;
		UNROLL for (i = 1; i <= lags; i++)
			row[v][column++] = LANES_AT(change + v * LANES - i);
		row[v][column++] = terms == ADF_NONE ? now : now - reference[v];
		row[v][column] = LANES_AT(change + v * LANES);
	}
	FactorsEnter(f, vectors, lags, terms, row, series->share[rows]);
}

/*
 * True if no lane can have a larger statistic than the best one.
 */
UNROLLED TARGET bool
none_better(const Factors *f, int vectors, const Lanes *scaled,
			const Lanes *best)
{
	Mask		less = IS_LARGER(best[0] * f[0].rss, scaled[0]);
	int			v;

	UNROLL for (v = 1; v < vectors; v++)
		less &= IS_LARGER(best[v] * f[v].rss, scaled[v]);
	return ALL(less);
}

/*
 * The statistics of the lanes that have so many rows.  The longest window of
 * a lane is that from the first level.
 */
UNROLLED TARGET void
take_statistics(const Factors *f, int vectors, int lags, AdfTerms terms,
				int64_t rows, int64_t longest, const Lanes *scaled,
				Lanes *best, double *forward)
{
	const Lanes zero = {0.0};
	const Lanes none = zero - INFINITY;
	const int64_t lane = rows - longest;
	Lanes		beyond = zero;	/* the first number that a lane has not */
	Lanes		now;
	int			v;
	int			i;

	UNROLL for (v = 0; v < vectors; v++)
	{
		FactorsStatistic(&f[v], lags, terms, (double) rows, &scaled[v], &now);
		if (lane > 0)
		{
			for (i = 0; i < LANES; i++)
				beyond[i] = (double) (longest + v * LANES + i + 1);
			now = CHOOSE(IS_LARGER(beyond, zero + (double) rows), now, none);
		}
		best[v] = LARGER(now, best[v]);
		if (forward != NULL && lane >= v * LANES && lane < (v + 1) * LANES)
			forward[lane] = now[lane - v * LANES];
	}
}

UNROLLED TARGET void
sweep(const AdfSeries *series, int vectors, int lags, AdfTerms terms,
	  int64_t min_window, int64_t end, double *backward, double *forward)
{
	const Lanes zero = {0.0};
	const int64_t longest = end - lags; /* rows of the first lane */
	const int64_t last = longest + vectors * LANES - 1;
	Factors		f[MOST_VECTORS];
	Lanes		reference[MOST_VECTORS];
	Lanes		best[MOST_VECTORS];
	Lanes		scaled[MOST_VECTORS];
	int64_t		rows = 1;
	int64_t		pause;
	int			v;

	for (v = 0; forward != NULL && v < vectors * LANES; v++)
		forward[v] = -INFINITY;
	UNROLL for (v = 0; v < vectors; v++)
	{
		FactorsInit(&f[v], COLUMNS(lags, terms));
		reference[v] = LANES_AT(series->level + end - 1 + v * LANES);
		best[v] = zero - INFINITY;
	}
	for (; rows <= last; KernelPause())
	{
		pause = last - rows < ROWS_BETWEEN_PAUSES ? last :
			rows + ROWS_BETWEEN_PAUSES;
		for (; rows <= pause; rows++)
		{
			enter_times(f, vectors, series, lags, terms, reference,
						end - rows + 1, rows);
			if (rows + lags + 1 < min_window)
				continue;
			UNROLL for (v = 0; v < vectors; v++)
				FactorsScale(&f[v], lags, terms, (double) rows, &scaled[v]);
			if (none_better(f, vectors, scaled, best) &&
				(forward == NULL || rows < longest))
				continue;
			take_statistics(f, vectors, lags, terms, rows, longest, scaled,
							best, forward);
		}
	}
	UNROLL for (v = 0; v < vectors; v++)
		memcpy(backward + v * LANES, &best[v], sizeof(best[v]));
}

#define SWEEP(name, vectors, lags, terms) \
static TARGET void \
name(const AdfSeries *series, int given, int64_t min_window, int64_t end, \
	 double *backward, double *forward) \
{ \
	(void) given; \
	sweep(series, vectors, lags, terms, min_window, end, backward, forward); \
}

SWEEP(NAMED(sweep_0), FEW_VECTORS, 0, ADF_CONSTANT)
SWEEP(NAMED(sweep_1), FEW_VECTORS, 1, ADF_CONSTANT)
SWEEP(NAMED(sweep_2), MANY_VECTORS, 2, ADF_CONSTANT)
SWEEP(NAMED(sweep_3), MANY_VECTORS, 3, ADF_CONSTANT)
SWEEP(NAMED(sweep_4), MANY_VECTORS, 4, ADF_CONSTANT)
SWEEP(NAMED(sweep_constant), MANY_VECTORS, given, ADF_CONSTANT)
SWEEP(NAMED(sweep_none), MANY_VECTORS, given, ADF_NONE)
SWEEP(NAMED(sweep_trend), MANY_VECTORS, given, ADF_TREND)

static const Sweep NAMED(sweeps)[SWEEPS] = {
	{NAMED(sweep_0), FEW_VECTORS * LANES},
	{NAMED(sweep_1), FEW_VECTORS * LANES},
	{NAMED(sweep_2), MANY_VECTORS * LANES},
	{NAMED(sweep_3), MANY_VECTORS * LANES},
	{NAMED(sweep_4), MANY_VECTORS * LANES},
	{NAMED(sweep_constant), MANY_VECTORS * LANES},
	{NAMED(sweep_none), MANY_VECTORS * LANES},
	{NAMED(sweep_trend), MANY_VECTORS * LANES}
};
