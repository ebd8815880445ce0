/*
 * change.c - kernels of changes of a level against naive ones
 *
 * The best cut (change_partition.h) must be that of exact dynamic programming
 * over all last pieces; the largest F (change_split.h) that of squares taken
 * anew for each row, its p values the published ones; correlations
 * (lead_lag.h) those of the pairs.  Output is one line a check, "ok - ..." or
 * "not ok - ...".  test/t/016_topic_kernels.pl compiles and runs it.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include <stdlib.h>
#include <string.h>

#include "adoption/change_level.h"
#include "adoption/change_partition.h"
#include "adoption/change_split.h"
#include "adoption/lead_lag.h"
#include "check.h"

#define MOST_ROWS 120
#define SERIES 3000

static int	pauses = 0;

void
KernelPause(void)
{
	pauses++;
}

static double
uniform(void)
{
	return (double) draw(1 << 30) / (1 << 30);
}

/*
 * Steps, trends, waves or none of them, with noise; times that repeat.
 */
static int
draw_series(double *value, int64_t *at)
{
	const int	rows = 2 + (int) draw(MOST_ROWS - 1);
	const int	kind = (int) draw(5);
	const int	step = 1 + (int) draw(30);
	double		level = 0.0;
	int			i;

	for (i = 0; i < rows; i++)
	{
		if (kind == 1 && i % step == 0)
			level = 10.0 * uniform();
		else if (kind == 2)
			level = 0.3 * i;
		else if (kind == 3)
			level = 4.0 * sin(i / (double) step);
		value[i] = level + uniform() + uniform() - uniform();
		if (kind == 4)
			value[i] = rint(3.0 * value[i]);
		at[i] = i == 0 ? 0 : at[i - 1] + (draw(6) > 0);
	}
	return rows;
}

/* ---- the best cut ---- */

static double
squares(const double *value, int from, int to)
{
	double		sum = 0.0;
	double		result = 0.0;
	int			i;

	for (i = from; i < to; i++)
		sum += value[i];
	for (i = from; i < to; i++)
		result += pow(value[i] - sum / (to - from), 2.0);
	return result;
}

static double
cost_of_pieces(const double *value, int rows, const int64_t *piece,
			   int64_t pieces, double penalty)
{
	double		cost = penalty * (pieces - 1);
	int64_t		i;

	for (i = 0; i < pieces; i++)
		cost += squares(value, (int) piece[i],
						i + 1 < pieces ? (int) piece[i + 1] : rows);
	return cost;
}

/*
 * The least cost of the first "rows" rows, over all rows where the last piece
 * may begin.
 */
static double
dynamic_program(const double *value, const int64_t *at, int rows,
				double penalty)
{
	double		best[MOST_ROWS + 1];
	int			s;
	int			t;

	best[0] = -penalty;
	for (t = 1; t <= rows; t++)
	{
		best[t] = INFINITY;
		for (s = 0; s < t; s++)
			if (s == 0 || at[s - 1] != at[s])
				best[t] = fmin(best[t], best[s] + penalty +
							   squares(value, s, t));
	}
	return best[rows];
}

static double
best_cut(const double *value, const int64_t *at, int rows, double penalty,
		 int64_t *piece, int64_t *pieces)
{
	static MeanInterval one[4 * MOST_ROWS];
	static MeanInterval two[4 * MOST_ROWS];
	int64_t		start[MOST_ROWS];
	Partition	partition = {.interval = one, .spare = two};
	double		lowest = value[0];
	double		highest = value[0];
	int			i;

	for (i = 1; i < rows; i++)
	{
		lowest = fmin(lowest, value[i]);
		highest = fmax(highest, value[i]);
	}
	PartitionStart(&partition, penalty, lowest, highest);
	for (i = 0; i < rows; i++)
	{
		if (i > 0 && at[i - 1] != at[i] &&
			PartitionNeeds(&partition) <= 4 * MOST_ROWS)
			PartitionCut(&partition);
		PartitionAdd(&partition, value[i]);
		start[i] = partition.start;
	}
	*pieces = PartitionPieces(start, rows);
	PartitionTrace(start, rows, piece, *pieces);
	return partition.best;
}

static void
check_partition(void)
{
	double		value[MOST_ROWS];
	int64_t		at[MOST_ROWS];
	int64_t		piece[MOST_ROWS];
	int64_t		pieces;
	int64_t		cuts = 0;
	bool		same_cost = true;
	bool		own_cost = true;
	bool		apart = true;
	int			i;

	for (i = 0; i < SERIES; i++)
	{
		const int	rows = draw_series(value, at);
		const double penalty = pow(10.0, 4.0 * uniform() - 2.0);
		const double exact = dynamic_program(value, at, rows, penalty);
		const double got = best_cut(value, at, rows, penalty, piece, &pieces);
		int64_t		k;

		same_cost &= fabs(got - exact) <= 1e-9 * fmax(1.0, fabs(exact));
		own_cost &= fabs(cost_of_pieces(value, rows, piece, pieces, penalty) -
						 exact) <= 1e-9 * fmax(1.0, fabs(exact));
		for (k = 1; k < pieces; k++)
			apart &= piece[k] > piece[k - 1] &&
				at[piece[k] - 1] != at[piece[k]];
		apart &= piece[0] == 0;
		cuts += pieces - 1;
	}
	check(same_cost, "the best cut costs what dynamic programming finds");
	check(own_cost, "its pieces cost as much");
	check(apart, "rows at the same time stay together");
	check(cuts > SERIES, "there were cuts");
}

/* ---- one change ---- */

static double
naive_statistic(const double *value, const int64_t *at, int rows, double trim,
				int64_t *place)
{
	int			from = (int) floor(trim * rows);
	double		best = -1.0;
	int			i;

	from = from < 2 ? 2 : from;
	*place = 0;
	for (i = from; i <= rows - from; i++)
	{
		const double rest = squares(value, 0, i) + squares(value, i, rows);
		const double f = (squares(value, 0, rows) - rest) /
			(rest / (rows - 2));

		if (at[i - 1] != at[i] && f > best)
		{
			best = f;
			*place = i;
		}
	}
	return best;
}

static void
check_split(void)
{
	double		value[MOST_ROWS];
	double		scaled[MOST_ROWS];
	int64_t		at[MOST_ROWS];
	bool		same = true;
	bool		scale_free = true;
	int			splits = 0;
	int			i;
	int			k;

	for (i = 0; i < SERIES; i++)
	{
		const int	rows = draw_series(value, at);
		const double trim = 0.01 + 0.4 * uniform();
		const double power = ldexp(1.0, (int) draw(1600) - 800);
		ChangeSplit split;
		ChangeSplit other;
		int64_t		place;
		const double f = naive_statistic(value, at, rows, trim, &place);
		const bool	found = ChangeSplitOf(value, at, rows, trim, &split);

		if (!found || isinf(split.statistic))
		{
			same &= place == 0 || !(f < 1e15);
			continue;
		}
		splits++;
		same &= fabs(f - split.statistic) <= 1e-8 * fmax(1.0, f) &&
			close_to(split.before,
					 MeanOf(value, 0, split.rows,
							&(LevelScale){.unit = 1.0}));
		for (k = 0; k < rows; k++)
			scaled[k] = value[k] * power;
		scale_free &= ChangeSplitOf(scaled, at, rows, trim, &other) &&
			other.statistic == split.statistic && other.p == split.p &&
			other.rows == split.rows && other.before == split.before * power;
	}
	check(same && splits > SERIES / 2, "the largest F is that of all rows");
	check(scale_free, "it has no unit");
}

/*
 * Published p values of one mean, trimmed by 15 percent, to the digits given.
 */
static void
check_p(void)
{
	static const double table[][3] = {
		{5.0, 0.24732, 5e-6}, {8.68, 0.048393, 5e-7}, {8.85, 0.044771, 5e-7},
		{12.16, 0.0096028, 5e-8}, {20.0, 0.00022465, 5e-9}
	};
	bool		good = true;
	bool		falling = true;
	bool		in_order = true;
	size_t		i;
	double		x;

	for (i = 0; i < sizeof(table) / sizeof(table[0]); i++)
		good &= fabs(ChangeP(table[i][0], 0.15) - table[i][1]) <= table[i][2];
	check(good, "p values are Hansen's");
	for (x = 0.0; x < 60.0; x += 0.5)
		falling &= ChangeP(x + 0.5, 0.15) <= ChangeP(x, 0.15);
	check(falling && ChangeP(INFINITY, 0.15) == 0.0, "they fall");
	for (x = 0.02; x < 0.5; x += 0.01)
		in_order &= ChangeP(9.0, x) < ChangeP(9.0, x - 0.01);
	check(in_order, "more trimming, less to choose from");
	check(close_to(ChangeP(9.0, 0.5), 0.0026997960632601867),
		  "without a choice it is chi-squared");
}

/* ---- lags ---- */

static double
naive_correlation(const double *a, const double *b, int pairs)
{
	double		ma = 0.0;
	double		mb = 0.0;
	double		aa = 0.0;
	double		bb = 0.0;
	double		ab = 0.0;
	int			i;

	for (i = 0; i < pairs; i++)
	{
		ma += a[i] / pairs;
		mb += b[i] / pairs;
	}
	for (i = 0; i < pairs; i++)
	{
		aa += (a[i] - ma) * (a[i] - ma);
		bb += (b[i] - mb) * (b[i] - mb);
		ab += (a[i] - ma) * (b[i] - mb);
	}
	return ab / sqrt(aa * bb);
}

static void
check_lags(void)
{
	double		a[MOST_ROWS];
	double		b[MOST_ROWS];
	double		correlation[2 * 9 + 1];
	bool		same = true;
	bool		found_it = true;
	int			i;
	int			k;

	for (i = 0; i < SERIES; i++)
	{
		const int	lag = (int) draw(19) - 9;
		LeadLag		found;

		for (k = 0; k < MOST_ROWS; k++)
			a[k] = uniform() - uniform();
		for (k = 0; k < MOST_ROWS; k++)
			b[k] = 0.1 * uniform() +
				(k - lag >= 0 && k - lag < MOST_ROWS ? a[k - lag] : uniform());
		for (k = -9; k <= 9; k++)
		{
			correlation[k + 9] = LagCorrelation(a, b, MOST_ROWS, k);
			same &= fabs(correlation[k + 9] -
						 naive_correlation(a + (k < 0 ? -k : 0),
										   b + (k > 0 ? k : 0),
										   MOST_ROWS - abs(k))) < 1e-12;
		}
		found_it &= LeadLagOf(correlation, MOST_ROWS, 9, &found) &&
			found.lag == lag && found.pairs == MOST_ROWS - abs(lag) &&
			found.low < found.correlation && found.high > found.correlation &&
			found.p < 1e-10;
	}
	check(same, "correlations are those of the pairs");
	check(found_it, "the lag is found");
	check(MostLag(3, 5) < 0 && MostLag(4, 5) == 0 && MostLag(10, 9) == 5 &&
		  MostLag(10, 2) == 2, "half of the changes remain");
}

int
main(void)
{
	check_partition();
	check_split();
	check_p();
	check_lags();
	return failures > 0;
}
