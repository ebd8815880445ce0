/*
 * scores.c - kernels of scores and warnings against naive ones
 *
 * The area below a ROC curve (roc.h) must be the share of pairs that rank as
 * they should, its counts those of each threshold; Shapley values (shapley.h)
 * means over all orders of the players; weights (weights.h) those of their
 * formulas.  Output is one line a check, "ok - ..." or "not ok - ...".
 * test/t/016_topic_kernels.pl compiles and runs it.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include <stdlib.h>

#include "check.h"
#include "score/shapley.h"
#include "score/weights.h"
#include "warning/roc.h"

#define MOST_ROWS 60
#define COLUMNS 4

static int	pauses = 0;

void
KernelPause(void)
{
	pauses++;
}

/* ---- warnings ---- */

static int
compare(const void *a, const void *b)
{
	double		x = *(const double *) a;
	double		y = *(const double *) b;

	return (x > y) - (x < y);
}

static int
draw_scores(double *score, int ties)
{
	int			count = draw(MOST_ROWS) + 1;
	int			i;

	for (i = 0; i < count; i++)
		score[i] = draw(ties);
	qsort(score, count, sizeof(double), compare);
	return count;
}

static int
count_from(const double *score, int count, double threshold)
{
	int			from = 0;
	int			i;

	for (i = 0; i < count; i++)
		from += score[i] >= threshold;
	return from;
}

static double
share_of_pairs(const double *event, int events, const double *none, int nones)
{
	double		right = 0.0;
	int			i;
	int			j;

	for (i = 0; i < events; i++)
		for (j = 0; j < nones; j++)
			right += event[i] > none[j] ? 1.0 : event[i] == none[j] ? 0.5 : 0;
	return right / ((double) events * nones);
}

static void
check_roc(int ties, const char *what)
{
	double		event[MOST_ROWS];
	double		none[MOST_ROWS];
	bool		good = true;
	int			trial;

	for (trial = 0; trial < 2000; trial++)
	{
		int			events = draw_scores(event, ties);
		int			nones = draw_scores(none, ties);
		double		before = INFINITY;
		RocWalk		walk = RocStart(event, events, none, nones);

		while (RocLower(&walk))
		{
			good &= walk.threshold < before;
			good &= walk.counts.hits ==
				count_from(event, events, walk.threshold);
			good &= walk.counts.false_alarms ==
				count_from(none, nones, walk.threshold);
			good &= walk.counts.hits + walk.counts.misses == events;
			before = walk.threshold;
		}
		good &= walk.counts.hits == events;
		good &= walk.counts.false_alarms == nones;
		good &= RocArea(&walk) == share_of_pairs(event, events, none, nones);
	}
	check(good, what);
}

static void
check_rates(void)
{
	SignalCounts counts = {.hits = 3, .misses = 1, .false_alarms = 2,
	.quiet = 6};
	SignalCounts nothing = {0};

	check(HitRate(&counts) == 0.75 && FalseAlarmRate(&counts) == 0.25,
		  "rates of counts");
	check(Usefulness(&counts, 0.5) == 0.5 - (0.5 * 0.25 + 0.5 * 0.25),
		  "usefulness of counts");
	check(isnan(HitRate(&nothing)) && isnan(Usefulness(&nothing, 0.5)),
		  "rates of nothing");
}

/* ---- Shapley values ---- */

/*
 * Add what each player adds, over all orders that begin with those who are in.
 */
static int
join(const double *reached, int players, int in, double *sum, double sofar[])
{
	int			orders = 0;
	int			i;

	if (in == (1 << players) - 1)
	{
		for (i = 0; i < players; i++)
			sum[i] += sofar[i];
		return 1;
	}
	for (i = 0; i < players; i++)
		if (!(in & 1 << i))
		{
			sofar[i] = reached[in | 1 << i] - reached[in];
			orders += join(reached, players, in | 1 << i, sum, sofar);
		}
	return orders;
}

static void
check_shapley(void)
{
	bool		good = true;
	bool		adds_up = true;
	int			players;
	int			i;

	for (players = 1; players <= 7; players++)
	{
		double		reached[1 << 7] = {0.0};
		double		value[7];
		double		sum[7] = {0.0};
		double		sofar[7];
		double		total = 0.0;
		int			orders;

		for (i = 1; i < 1 << players; i++)
			reached[i] = draw(1000);
		ShapleyValues(reached, players, value);
		orders = join(reached, players, 0, sum, sofar);
		for (i = 0; i < players; i++)
		{
			good &= close_to(value[i], sum[i] / orders);
			total += value[i];
		}
		adds_up &= close_to(total, reached[(1 << players) - 1]);
	}
	check(good, "Shapley values are means over all orders");
	check(adds_up, "they add up");
}

/* ---- weights ---- */

typedef struct Table
{
	Columns		columns;
	double		value[COLUMNS * MOST_ROWS];
	double		deviation[COLUMNS * MOST_ROWS];
	double		length[COLUMNS];
	double		range[COLUMNS];
	double		came[COLUMNS][MOST_ROWS];
} Table;

static void
draw_table(Table *table)
{
	int			j;
	int			i;

	table->columns = (Columns)
	{
		COLUMNS, MOST_ROWS, table->value, table->deviation, table->length,
			table->range
	};
	for (j = 0; j < COLUMNS; j++)
		for (i = 0; i < MOST_ROWS; i++)
			table->came[j][i] = table->value[j * MOST_ROWS + i] =
				(j + 1) * (draw(1000) + 1);
}

static double
mean_product(const double *a, const double *b)
{
	double		sum = 0.0;
	double		mean_a = 0.0;
	double		mean_b = 0.0;
	int			i;

	for (i = 0; i < MOST_ROWS; i++)
	{
		mean_a += a[i] / MOST_ROWS;
		mean_b += b[i] / MOST_ROWS;
	}
	for (i = 0; i < MOST_ROWS; i++)
		sum += (a[i] - mean_a) * (b[i] - mean_b);
	return sum / (MOST_ROWS - 1);
}

static double
naive_entropy_left(const double *value)
{
	double		total = 0.0;
	double		entropy = 0.0;
	int			i;

	for (i = 0; i < MOST_ROWS; i++)
		total += value[i];
	for (i = 0; i < MOST_ROWS; i++)
		entropy -= value[i] / total * log(value[i] / total);
	return 1.0 - entropy / log(MOST_ROWS);
}

static double
naive_critic(const Table *table, int j)
{
	double		sum = 0.0;
	double		lowest = INFINITY;
	double		highest = -INFINITY;
	int			k;

	for (k = 0; k < MOST_ROWS; k++)
	{
		lowest = fmin(lowest, table->came[j][k]);
		highest = fmax(highest, table->came[j][k]);
	}
	for (k = 0; k < COLUMNS; k++)
		sum += 1.0 - mean_product(table->came[j], table->came[k]) /
			sqrt(mean_product(table->came[j], table->came[j]) *
				 mean_product(table->came[k], table->came[k]));
	return sqrt(mean_product(table->came[j], table->came[j])) /
		(highest - lowest) * sum;
}

static bool
same_weights(double *weight, double *naive)
{
	bool		good = true;
	int			j;

	ShareOut(weight, COLUMNS);
	ShareOut(naive, COLUMNS);
	for (j = 0; j < COLUMNS; j++)
		good &= close_to(weight[j], naive[j]);
	return good;
}

static void
check_weights(void)
{
	Table		table;
	double		weight[COLUMNS];
	double		naive[COLUMNS];
	double		negative;
	int			j;

	draw_table(&table);
	check(EntropyWeights(&table.columns, weight, &negative),
		  "no value is negative");
	for (j = 0; j < COLUMNS; j++)
		naive[j] = naive_entropy_left(table.came[j]);
	check(same_weights(weight, naive), "entropy weights");
	ScaleColumns(&table.columns);
	DeviationWeights(&table.columns, weight);
	for (j = 0; j < COLUMNS; j++)
		naive[j] = sqrt(mean_product(table.came[j], table.came[j]));
	check(same_weights(weight, naive), "deviation weights");
	CriticWeights(&table.columns, weight);
	for (j = 0; j < COLUMNS; j++)
		naive[j] = naive_critic(&table, j);
	check(same_weights(weight, naive), "critic weights");
	table.value[7] = -3.0;
	check(!EntropyWeights(&table.columns, weight, &negative) &&
		  negative == -3.0, "a negative value is told");
	check(pauses > 0, "they can be interrupted");
}

int
main(void)
{
	check_roc(5, "ROC curves of scores full of ties");
	check_roc(1000, "ROC curves of scores with few ties");
	check_roc(1, "ROC curves of one score");
	check_rates();
	check_shapley();
	check_weights();
	return failures != 0;
}
