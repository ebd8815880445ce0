/*
 * drawdown.c - kernels of drawdowns against naive ones
 *
 * On random curves, many of them with equal prices, zeros and short runs:
 * swings (swing.h), frames (rolling.h), the drawdowns of all rows and their
 * sums (underwater.h), the tail (tail.h), episodes (episode.h), growth
 * (growth.h), drawdowns of returns in pieces (returns_path.c), pieces between
 * any two rows (curve_tree.h) and the wealth that returns make (wealth.h).
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "drawdown/curve.h"
#include "drawdown/curve_tree.h"
#include "drawdown/episode.h"
#include "drawdown/growth.h"
#include "drawdown/returns.h"
#include "drawdown/rolling.h"
#include "drawdown/swing.h"
#include "drawdown/tail.h"
#include "drawdown/underwater.h"
#include "drawdown/wealth.h"
#include "foundation/pause.h"

#define MOST_ROWS 400
#define CURVES 300

static double price[MOST_ROWS];
static int	rows;

void
KernelPause(void)
{
}

/*
 * Prices from "lowest" on; the fewer there are, the more are equal.
 */
static void
draw_curve(int lowest)
{
	const int	prices = draw(2) ? 5 : 1000;
	int			i;

	rows = draw(MOST_ROWS) + 1;
	for (i = 0; i < rows; i++)
		price[i] = draw(prices) + lowest;
}

/*
 * What is left in the worst case between two of the rows; 1 if nothing falls.
 */
static double
naive_retained(const double *value, int count)
{
	double		least = 1.0;
	int			i;
	int			j;

	for (i = 0; i < count; i++)
		for (j = i; j < count; j++)
			if (value[i] > 0.0)
				least = fmin(least, value[j] / value[i]);
	return least;
}

static void
check_swings(void)
{
	bool		falls = true;
	bool		rises = true;
	bool		losses = true;
	bool		ranges = true;
	int			curve;
	int			i;
	int			j;

	for (curve = 0; curve < CURVES; curve++)
	{
		Swing		fall;
		Swing		rise;
		Swing		loss;
		PriceRange	range;
		double		most = 1.0;
		double		lost = 0.0;
		double		lowest = INFINITY;
		double		highest = -INFINITY;
		int			split;

		draw_curve(1);
		split = draw(rows);
		fall = rise = loss = SwingStart(price[0]);
		SwingFall(&fall, price, split);
		SwingFall(&fall, price + split, rows - split);
		SwingRise(&rise, price, split);
		SwingRise(&rise, price + split, rows - split);
		SwingLose(&loss, price, rows);
		range.lowest = range.highest = price[0];
		PriceRangeExtend(&range, price, rows);
		for (i = 0; i < rows; i++)
		{
			lowest = fmin(lowest, price[i]);
			highest = fmax(highest, price[i]);
			for (j = i; j < rows; j++)
			{
				most = fmax(most, price[j] / price[i]);
				lost = fmax(lost, price[i] - price[j]);
			}
		}
		falls = falls && SwingRetained(&fall) == naive_retained(price, rows);
		rises = rises && SwingMultiplied(&rise) == most;
		losses = losses && loss.amount == lost;
		ranges = ranges && range.lowest == lowest && range.highest == highest;
	}
	check(falls, "swing: the largest fall, to the digit");
	check(rises, "swing: the largest rise, to the digit");
	check(losses, "swing: the largest loss");
	check(ranges, "swing: the range of prices");
}

static void
check_frames(void)
{
	double		rest_peak[MOST_ROWS];
	double		drawdown[MOST_ROWS];
	bool		same = true;
	int			curve;
	int			i;

	for (curve = 0; curve < CURVES; curve++)
	{
		RollingCurve rolling = {.price = price, .rest_peak = rest_peak,
		.drawdown = drawdown};
		int64_t		start;

		draw_curve(draw(2));
		rolling.rows = rows;
		rolling.window = draw(rows) + 1;
		for (start = 0; start < rows; start += rolling.window)
			RollingBlock(&rolling, start);
		for (i = 0; i < rows; i++)
		{
			const int	from = i + 1 > rolling.window ?
				i + 1 - (int) rolling.window : 0;
			double		highest = 0.0;
			int			j;

			for (j = from; j <= i; j++)
				highest = fmax(highest, price[j]);
			same = same && (highest == 0.0 ? isnan(drawdown[i]) :
							drawdown[i] ==
							1.0 - naive_retained(price + from, i + 1 - from));
		}
	}
	check(same, "rolling: every frame by itself, to the digit");
}

static int
descending(const void *a, const void *b)
{
	const double x = *(const double *) a;
	const double y = *(const double *) b;

	return (x < y) - (x > y);
}

/*
 * The worst so many of the drawdowns, and how far the others of them are
 * beyond the last.
 */
static bool
tail_agrees(const double *drawdown)
{
	double		sorted[MOST_ROWS];
	double		left[MOST_ROWS];
	const int	rank = draw(rows) + 1;
	CompensatedSum excess = {0};
	Selection	selection;
	double		peak = 0.0;
	double		naive = 0.0;
	int			i;

	memcpy(sorted, drawdown, rows * sizeof(double));
	memcpy(left, drawdown, rows * sizeof(double));
	qsort(sorted, rows, sizeof(double), descending);
	selection = SelectionStart(left, rows, rank);
	while (SelectionStep(&selection))
		;
	TailExcess(&excess, sorted[rank - 1], &peak, price, rows);
	for (i = 0; i < rank; i++)
		naive += sorted[i] - sorted[rank - 1];
	return left[0] == sorted[rank - 1] &&
		close_to(CompensatedTotal(&excess), naive);
}

static void
check_sums(void)
{
	bool		paths = true;
	bool		sums = true;
	bool		episodes = true;
	bool		tails = true;
	int			curve;
	int			i;

	for (curve = 0; curve < CURVES; curve++)
	{
		double		drawdown[MOST_ROWS];
		Underwater	water = {0};
		double		peak = 0.0;
		double		highest = 0.0;
		double		sum = 0.0;
		double		squares = 0.0;
		double		depth = 0.0;
		double		depths = 0.0;
		int			under = 0;
		int			count = 0;
		int			split;

		draw_curve(1);
		split = draw(rows);
		DrawdownPath(&peak, price, rows, drawdown);
		UnderwaterFollow(&water, price, split);
		UnderwaterFollow(&water, price + split, rows - split);
		UnderwaterEnd(&water);
		for (i = 0; i < rows; i++)
		{
			highest = fmax(highest, price[i]);
			paths = paths && drawdown[i] == 1.0 - price[i] / highest;
			sum += drawdown[i];
			squares += drawdown[i] * drawdown[i];
			under += price[i] < highest;
			depth = fmax(depth, drawdown[i]);
			if (depth > 0.0 && (price[i] == highest || i == rows - 1))
			{
				depths += depth;
				count++;
				depth = 0.0;
			}
		}
		sums = sums && close_to(PainIndex(&water), sum / rows) &&
			close_to(UlcerIndex(&water), sqrt(squares / rows)) &&
			TimeUnderWater(&water) == (double) under / rows &&
			MaxDrawdown(&water) == 1.0 - naive_retained(price, rows);
		episodes = episodes && water.episodes == count &&
			(count == 0 || close_to(AverageDrawdown(&water), depths / count));
		tails = tails && tail_agrees(drawdown);
	}
	check(paths, "underwater: the drawdown of every row");
	check(sums, "underwater: means, time under water, the maximum");
	check(episodes, "underwater: episodes and their mean depth");
	check(tails, "tail: a rank, and the excess beyond it");
	check(TailLength(0.1, 30) == 3.0 && TailLength(0.15, 30) == 4.5,
		  "tail: a share is meant in decimal");
}

/*
 * The deepest episode: of all pairs of rows the one with the smallest
 * quotient, the highest peak and the lowest trough of equal ones, the last
 * row at that peak and the first at that trough.
 */
static bool
deepest_agrees(const DrawdownEpisode *deepest)
{
	const double retained = naive_retained(price, rows);
	int			end;

	if (deepest == NULL)
		return retained == 1.0;
	for (end = (int) deepest->trough_at;
		 end < rows && price[end] < deepest->peak;)
		end++;
	return EpisodeRetained(deepest) == retained &&
		price[deepest->peak_at] == deepest->peak &&
		price[deepest->trough_at] == deepest->trough &&
		deepest->recovered == (end < rows) &&
		deepest->last_at == (end < rows ? end : rows - 1) &&
		deepest->observations == deepest->last_at - deepest->peak_at + 1;
}

static void
check_episodes(void)
{
	bool		deepest = true;
	bool		ends = true;
	int			curve;
	int			i;

	for (curve = 0; curve < CURVES; curve++)
	{
		EpisodeScan scan = {0};
		int			final = 0;
		int			recovered = 0;
		double		highest = 0.0;
		bool		fallen = false;

		draw_curve(1);
		for (i = 0; i < rows; i++)
		{
			final += EpisodeScanStep(&scan, i, price[i]);
			if (price[i] >= highest)
			{
				recovered += fallen;
				fallen = false;
				highest = price[i];
			}
			else
				fallen = true;
		}
		final += scan.waiting;
		deepest = deepest && deepest_agrees(EpisodeScanDeepest(&scan));
		ends = ends && final == recovered &&
			(EpisodeScanPending(&scan) != NULL) == (fallen || scan.waiting);
	}
	check(deepest, "episode: the deepest one, its rows and its end");
	check(ends, "episode: as many as recovered, and the open one");
}

static void
check_growth(void)
{
	CompensatedSum squares = {0};
	double		sum = 0.0;
	double		naive = 0.0;
	double		mean;
	int			i;

	check(close_to(GrowthRate(100.0, 121.0, 2.0), 0.1) &&
		  close_to(LogGrowth(1.0, 1.0 + 0x1p-52) * 0x1p52, 1.0) &&
		  close_to(LogGrowth(1e-300, 1e300), 600.0 * log(10.0)),
		  "growth: rates that are small, or have no quotient");
	draw_curve(1);
	for (i = 1; i < rows; i++)
		sum += log(price[i] / price[i - 1]);
	mean = LogGrowth(price[0], price[rows - 1]) / (rows - 1);
	AddDeviations(&squares, mean, price[0], price + 1, rows - 1);
	for (i = 1; i < rows; i++)
		naive += pow(log(price[i] / price[i - 1]) - sum / (rows - 1), 2.0);
	check(close_to(mean, sum / (rows - 1)) &&
		  fabs(CompensatedTotal(&squares) - naive) < 1e-9 &&
		  close_to(YearlyVolatility(&squares, rows - 1, 2.0),
				   sqrt(naive / (rows - 2) * (rows - 1) / 2.0)),
		  "growth: deviations from the mean of logarithmic returns");
}

/*
 * Pieces of returns, joined in any way, give what following all of them does,
 * and what the drawdown of the product is.
 */
static void
check_returns(void)
{
	bool		follows = true;
	bool		joins = true;
	int			curve;
	int			i;

	for (curve = 0; curve < CURVES; curve++)
	{
		double		returns[MOST_ROWS];
		double		wealth[MOST_ROWS + 1] = {1.0};
		Wealth		retained = full_wealth;
		Wealth		least = full_wealth;
		ReturnsPiece front;
		ReturnsPiece back;
		ReturnsPiece whole;
		int			split;

		draw_curve(0);
		rows = rows % 100 + 2;
		for (i = 0; i < rows; i++)
		{
			returns[i] = draw(2000) / 10000.0 - 0.1;
			wealth[i + 1] = wealth[i] * (1.0 + returns[i]);
		}
		ReturnsFollow(&retained, &least, returns, rows);
		split = draw(rows - 1) + 1;
		front = ReturnsPieceOf(returns[0]);
		for (i = 1; i < split; i++)
		{
			const ReturnsPiece next = ReturnsPieceOf(returns[i]);

			front = ReturnsPiecesJoined(&front, &next);
		}
		back = ReturnsPieceOf(returns[rows - 1]);
		for (i = rows - 2; i >= split; i--)
		{
			const ReturnsPiece before = ReturnsPieceOf(returns[i]);

			back = ReturnsPiecesJoined(&before, &back);
		}
		whole = ReturnsPiecesJoined(&front, &back);
		follows = follows && close_to(WealthLost(least), 1.0 -
									  naive_retained(wealth, rows + 1));
		joins = joins && WealthLost(whole.retained) == WealthLost(least) &&
			WealthLost(whole.low_suffix) == WealthLost(retained);
	}
	check(follows, "returns_path: the largest drawdown of a product");
	check(joins, "returns_path: pieces joined in any way, to the digit");
}

static void
check_tree(void)
{
	bool		same = true;
	int			curve;
	int			i;

	for (curve = 0; curve < CURVES; curve++)
	{
		DrawdownPiece tree[2 * MOST_ROWS];
		int			from;
		int			to;

		draw_curve(1);
		for (i = 0; i < rows; i++)
			tree[rows + i] = PieceOf(price[i], CURVE_FALLS);
		CurveTreeGrow(tree, rows, CURVE_FALLS);
		for (i = 0; i < 20; i++)
		{
			DrawdownPiece piece;

			from = draw(rows);
			to = from + draw(rows - from) + 1;
			piece = CurveTreeBetween(tree, rows, from, to, CURVE_FALLS);
			same = same && piece.last == price[to - 1] &&
				PieceLargest(&piece, CURVE_FALLS) ==
				1.0 - naive_retained(price + from, to - from);
		}
	}
	check(same, "curve_tree: the rows between any two, to the digit");
}

static void
check_wealth(void)
{
	const double returns[] = {0.1, 0.1, -0.5, 1.0, -1.0, 0.5};
	const int64_t at[] = {10, 10, 12, 15, 15, 20};
	const double expected[] = {1.0, 1.1 * 1.1, 1.1 * 1.1 * 0.5, 0.0, 0.0};
	double		wealth[5] = {1.0};
	int64_t		times[5] = {7};
	WealthCurve curve = {wealth, times, 0};
	bool		same;
	int			i;

	WealthFollow(&curve, returns, at, 1);
	WealthFollow(&curve, returns + 1, at + 1, 5);
	same = curve.row == 4 && times[4] == 20;
	for (i = 0; i < 5; i++)
		same = same && close_to(wealth[i], expected[i]);
	check(same, "wealth: a row a time, returns of one time compounded");
	check(CountTimes(at, 6) == 4 && MeanStep(10, 20, 4, 86400, false) == 3 &&
		  MeanStep(10, 10, 1, 86400, false) == 86400 &&
		  MeanStep(0, 3 * 86400, 3, 86400, true) == 2 * 86400,
		  "wealth: the mean step");
}

int
main(void)
{
	check_swings();
	check_frames();
	check_sums();
	check_episodes();
	check_growth();
	check_returns();
	check_tree();
	check_wealth();
	return failures > 0;
}
