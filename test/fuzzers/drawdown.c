/*
 * drawdown.c - kernels of drawdowns, fed by libFuzzer
 *
 * curve_tree, episode, returns_path, rolling, swing, tail, underwater and
 * wealth, with the headers curve.h and growth.h.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "input.h"

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

#define MOST_ROWS 300

void
KernelPause(void)
{
}

/*
 * What is retained in the worst case, by a look at all pairs.
 */
static double
naive_retained(const double *price, int64_t rows)
{
	double		least = 1.0;
	double		peak = 0.0;
	int64_t		i;

	for (i = 0; i < rows; i++)
	{
		peak = fmax(peak, price[i]);
		if (peak > 0.0)
			least = fmin(least, price[i] / peak);
	}
	return least;
}

static void
try_tree(Input *input)
{
	const CurveDirection direction = (CurveDirection) take_int(input, 0, 2);
	const int64_t rows = take_int(input, 1, MOST_ROWS);
	const int64_t from = take_int(input, 0, rows - 1);
	const int64_t to = take_int(input, from + 1, rows);
	double	   *price = take_numbers(input, rows, direction == CURVE_LOSES ?
									 take_finite : take_not_negative);
	DrawdownPiece *tree = malloc(2 * rows * sizeof(DrawdownPiece));
	DrawdownPiece piece;
	DrawdownPiece one;
	int64_t		i;

	for (i = 0; i < rows; i++)
		tree[rows + i] = PieceOf(Turned(price[i], direction), direction);
	CurveTreeGrow(tree, rows, direction);
	piece = CurveTreeBetween(tree, rows, from, to, direction);
	one = tree[rows + from];
	for (i = from + 1; i < to; i++)
		one = PiecesJoined(&one, &tree[rows + i], direction);
	holds(one.peak == piece.peak && one.trough == piece.trough &&
		  one.last == piece.last && one.retained == piece.retained,
		  "pieces joined in any way are the same");
	holds(!(PieceLargest(&piece, direction) <
			PieceLast(&piece, direction)), "the last one is no larger");
	free(price);
	free(tree);
}

static void
try_episode(Input *input)
{
	const int64_t rows = take_int(input, 1, MOST_ROWS);
	int64_t    *at = take_times(input, rows);
	double	   *price = take_numbers(input, rows, take_positive);
	EpisodeScan scan = {0};
	const DrawdownEpisode *deepest;
	int64_t		i;

	/* At the same time in the order of prices. */
	for (i = 1; i < rows; i++)
		if (at[i] == at[i - 1] && price[i] < price[i - 1])
			price[i] = price[i - 1];
	for (i = 0; i < rows; i++)
	{
		const DrawdownEpisode *pending;

		(void) EpisodeScanStep(&scan, at[i], price[i]);
		pending = EpisodeScanPending(&scan);
		holds(pending == NULL || (pending->peak >= pending->trough &&
								  pending->peak_at <= pending->trough_at &&
								  pending->trough_at <= pending->last_at),
			  "a pending episode is in order");
	}
	deepest = EpisodeScanDeepest(&scan);
	if (deepest == NULL)
		holds(naive_retained(price, rows) == 1.0, "no episode, no drawdown");
	else
	{
		holds(deepest->peak_at <= deepest->trough_at &&
			  deepest->trough_at <= deepest->last_at &&
			  (!deepest->recovered ||
			   deepest->recovered_at >= deepest->trough_at) &&
			  deepest->observations >= 2 && deepest->observations <= rows,
			  "the deepest episode is in order");
		holds(EpisodeRetained(deepest) == naive_retained(price, rows),
			  "the deepest episode is the largest drawdown");
	}
	free(at);
	free(price);
}

static double
take_return(Input *input)
{
	const double number = take_finite(input);

	return number < -1.0 ? -1.0 : number;
}

static void
try_returns(Input *input)
{
	const int64_t rows = take_int(input, 1, MOST_ROWS);
	const int64_t split = take_int(input, 0, rows);
	double	   *returns = take_numbers(input, rows, take_return);
	Wealth		retained[2] = {full_wealth, full_wealth};
	Wealth		least[2] = {full_wealth, full_wealth};
	ReturnsPiece piece = ReturnsPieceOf(returns[0]);
	int64_t		i;

	ReturnsFollow(&retained[0], &least[0], returns, rows);
	for (i = 0; i < split; i++)
		ReturnStep(&retained[1], &least[1], returns[i]);
	ReturnsFollow(&retained[1], &least[1], returns + split, rows - split);
	holds(WealthLost(retained[0]) == WealthLost(retained[1]) &&
		  WealthLost(least[0]) == WealthLost(least[1]),
		  "returns followed in parts are the same");
	holds(WealthLost(least[0]) >= 0.0 && WealthLost(least[0]) <= 1.0 &&
		  WealthLost(retained[0]) <= WealthLost(least[0]),
		  "a drawdown is from 0 to 1");
	for (i = 1; i < rows; i++)
	{
		const ReturnsPiece next = ReturnsPieceOf(returns[i]);

		piece = ReturnsPiecesJoined(&piece, &next);
	}
	holds(fabs(WealthLost(piece.retained) - WealthLost(least[0])) <= 1e-15,
		  "returns joined in pieces are the same");
	free(returns);
}

static void
try_rolling(Input *input)
{
	const int64_t rows = take_int(input, 1, MOST_ROWS);
	const int64_t window = take_int(input, 1, rows);
	double	   *price = take_numbers(input, rows, take_not_negative);
	RollingCurve curve = {price, rows, window, room_for(window),
	room_for(rows)};
	int64_t		start;
	int64_t		i;

	for (start = 0; start < rows; start += window)
		RollingBlock(&curve, start);
	for (i = 0; i < rows; i++)
	{
		const int64_t from = i + 1 > window ? i + 1 - window : 0;
		double		highest = 0.0;
		int64_t		j;

		for (j = from; j <= i; j++)
			highest = fmax(highest, price[j]);
		holds(highest == 0.0 ? isnan(curve.drawdown[i]) :
			  curve.drawdown[i] ==
			  1.0 - naive_retained(price + from, i + 1 - from),
			  "every window by itself");
	}
	free(price);
	free(curve.rest_peak);
	free(curve.drawdown);
}

static void
try_swing(Input *input)
{
	const int64_t rows = take_int(input, 1, MOST_ROWS);
	const int64_t split = take_int(input, 0, rows);
	double	   *price = take_numbers(input, rows, take_positive);
	double	   *balance = take_numbers(input, rows, take_finite);
	Swing		fall = SwingStart(price[0]);
	Swing		rise = SwingStart(price[0]);
	Swing		loss = SwingStart(balance[0]);
	PriceRange	range = {price[0], price[0]};

	SwingFall(&fall, price, split);
	SwingFall(&fall, price + split, rows - split);
	SwingRise(&rise, price, split);
	SwingRise(&rise, price + split, rows - split);
	SwingLose(&loss, balance, split);
	SwingLose(&loss, balance + split, rows - split);
	PriceRangeExtend(&range, price, rows);
	holds(SwingRetained(&fall) == naive_retained(price, rows),
		  "the largest fall");
	holds(SwingMultiplied(&rise) >= 1.0, "no rise is a fall");
	holds(loss.amount >= 0.0, "no loss is a gain");
	holds(range.lowest <= range.highest && range.lowest > 0.0, "a range");
	free(price);
	free(balance);
}

static void
try_underwater(Input *input)
{
	const int64_t rows = take_int(input, 1, MOST_ROWS);
	const int64_t split = take_int(input, 0, rows);
	const double alpha = take_between(input, 1e-9, 1.0);
	double	   *price = take_numbers(input, rows, take_not_negative);
	double	   *drawdown = room_for(rows);
	CompensatedSum excess = {0};
	Underwater	water = {0};
	Selection	selection;
	double		peak = 0.0;
	double		border;
	double		length = TailLength(alpha, rows);
	int64_t		rank = (int64_t) ceil(length);
	int64_t		beyond = 0;
	int64_t		i;

	price[0] = price[0] > 0.0 ? price[0] : 1.0;
	DrawdownPath(&peak, price, rows, drawdown);
	UnderwaterFollow(&water, price, split);
	UnderwaterFollow(&water, price + split, rows - split);
	UnderwaterEnd(&water);
	holds(water.rows == rows && water.rows_under < rows &&
		  water.episodes <= water.rows_under, "rows are counted");
	holds(MaxDrawdown(&water) == 1.0 - naive_retained(price, rows),
		  "the largest drawdown");
	holds(PainIndex(&water) >= 0.0 && PainIndex(&water) <= 1.0 &&
		  UlcerIndex(&water) >= 0.0 && UlcerIndex(&water) <= 1.0 &&
		  TimeUnderWater(&water) >= 0.0 && TimeUnderWater(&water) < 1.0 &&
		  DrawdownDeviation(&water) >= 0.0 && SterlingRisk(&water) >= 0.0 &&
		  BurkeRisk(&water) >= 0.0, "measures are in their ranges");
	holds(water.episodes == 0 || (AverageDrawdown(&water) > 0.0 &&
								  AverageDrawdown(&water) <= 1.0),
		  "a mean of depths");
	for (i = 0; i < rows; i++)
		holds(drawdown[i] >= 0.0 && drawdown[i] <= 1.0, "from 0 to 1");
	holds(rank >= 1 && rank <= rows, "a tail has rows");
	selection = SelectionStart(drawdown, rows, rank);
	while (SelectionStep(&selection))
		;
	border = drawdown[0];
	peak = 0.0;
	DrawdownPath(&peak, price, rows, drawdown);
	for (i = 0; i < rows; i++)
		beyond += drawdown[i] > border;
	holds(beyond < rank, "so many are beyond the border at most");
	peak = 0.0;
	TailExcess(&excess, border, &peak, price, rows);
	holds(border + CompensatedTotal(&excess) / length <= 1.0 + 1e-12,
		  "the mean of a tail");
	free(price);
	free(drawdown);
}

static void
try_wealth(Input *input)
{
	const int64_t rows = take_int(input, 1, MOST_ROWS);
	const bool	whole_days = take_bool(input);
	int64_t    *at = take_times(input, rows);
	double	   *returns = take_numbers(input, rows, take_return);
	const int64_t times = CountTimes(at, rows);
	WealthCurve curve = {room_for(times + 1),
	malloc((times + 1) * sizeof(int64_t)), 0};
	const int64_t split = take_int(input, 0, rows);

	(void) MeanStep(at[0], at[rows - 1], times, UINT64_C(86400000000),
					whole_days);
	curve.wealth[0] = 1.0;
	curve.at[0] = at[0] - 1;
	WealthFollow(&curve, returns, at, split);
	WealthFollow(&curve, returns + split, at + split, rows - split);
	holds(curve.row == times, "a row for each time");
	holds(isnan(curve.wealth[times]) || curve.wealth[times] >= 0.0,
		  "wealth is not negative");
	free(at);
	free(returns);
	free(curve.wealth);
	free(curve.at);
}

static void
try_growth(Input *input)
{
	const double first = take_positive(input);
	const double last = take_positive(input);
	const double years = take_between(input, 1e-14, 1e6);
	const int64_t rows = take_int(input, 2, MOST_ROWS);
	double	   *price = take_numbers(input, rows, take_positive);
	CompensatedSum squares = {0};
	const double mean = LogGrowth(price[0], price[rows - 1]) / (rows - 1);

	holds(isfinite(LogGrowth(first, last)), "growth has a logarithm");
	holds(GrowthRate(first, last, years) >= -1.0, "a rate is above -1");
	AddDeviations(&squares, mean, price[0], price + 1, rows - 1);
	holds(rows == 2 || YearlyVolatility(&squares, rows - 1, years) >= 0.0,
		  "a volatility is not negative");
	free(price);
}

static const Trial trial[] = {
	try_tree, try_episode, try_returns, try_rolling, try_swing,
	try_underwater, try_wealth, try_growth
};

TRIALS(trial);
