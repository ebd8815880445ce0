/*
 * underwater.c - the drawdowns of all rows of a price curve, and their sums
 *
 * Kernel: no PostgreSQL in here.  The method is described in underwater.h.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "drawdown/underwater.h"

#define BLOCK_ROWS 128
#define LANES 4

/* Added to the maximum drawdown in the Sterling ratio. */
#define STERLING_MARGIN 0.10

/*
 * The drawdown of every row; "peak" is the highest price of earlier rows,
 * and is brought up to date.
 */
void
DrawdownPath(double *peak, const double *price, int64_t rows,
			 double *drawdown)
{
	double		highest = *peak;
	int64_t		i;

	for (i = 0; i < rows; i++)
	{
		highest = price[i] > highest ? price[i] : highest;
		drawdown[i] = 1.0 - price[i] / highest;
	}
	*peak = highest;
}

/*
 * Add a block of BLOCK_ROWS drawdowns to the sums over rows; zeros at its end
 * change none.
 */
static void
add_rows(Underwater *water, const double *drawdown)
{
	double		sum[LANES] = {0};
	double		squares[LANES] = {0};
	int64_t		under[LANES] = {0};
	int			i;
	int			lane;

	for (i = 0; i < BLOCK_ROWS; i += LANES)
		for (lane = 0; lane < LANES; lane++)
		{
			double		d = drawdown[i + lane];

			sum[lane] += d;
			squares[lane] += d * d;
			under[lane] += d > 0.0;
		}
	CompensatedAdd(&water->drawdowns,
				   (sum[0] + sum[1]) + (sum[2] + sum[3]));
	CompensatedAdd(&water->drawdown_squares,
				   (squares[0] + squares[1]) + (squares[2] + squares[3]));
	water->rows_under += under[0] + under[1] + under[2] + under[3];
}

/*
 * At a peak, or after the last row: the episode under way, if any, is over.
 */
void
UnderwaterEnd(Underwater *water)
{
	double		depth = water->depth;

	if (depth == 0.0)
		return;
	water->episodes++;
	CompensatedAdd(&water->depths, depth);
	CompensatedAdd(&water->depth_squares, depth * depth);
	if (depth > water->max_drawdown)
		water->max_drawdown = depth;
	water->depth = 0.0;
}

static void
add_episodes(Underwater *water, const double *drawdown, int64_t rows)
{
	double		depth = water->depth;
	int64_t		i;

	for (i = 0; i < rows; i++)
	{
		if (drawdown[i] > depth)
			depth = drawdown[i];
		else if (drawdown[i] == 0.0 && depth > 0.0)
		{
			water->depth = depth;
			UnderwaterEnd(water);
			depth = 0.0;
		}
	}
	water->depth = depth;
}

/*
 * Go on along the curve.
 */
void
UnderwaterFollow(Underwater *water, const double *price, int64_t rows)
{
	double		drawdown[BLOCK_ROWS];
	int64_t		done;

	for (done = 0; done < rows; done += BLOCK_ROWS)
	{
		int64_t		more = rows - done;
		int64_t		i;

		if (more > BLOCK_ROWS)
			more = BLOCK_ROWS;
		DrawdownPath(&water->peak, price + done, more, drawdown);
		for (i = more; i < BLOCK_ROWS; i++)
			drawdown[i] = 0.0;
		add_rows(water, drawdown);
		add_episodes(water, drawdown, more);
	}
	water->rows += rows;
}

/*
 * Root mean square of the drawdowns.
 */
double
UlcerIndex(const Underwater *water)
{
	return sqrt(CompensatedTotal(&water->drawdown_squares) / water->rows);
}

/*
 * Mean of the drawdowns.
 */
double
PainIndex(const Underwater *water)
{
	return CompensatedTotal(&water->drawdowns) / water->rows;
}

double
DrawdownDeviation(const Underwater *water)
{
	return sqrt(CompensatedTotal(&water->depth_squares) / water->rows);
}

/*
 * Mean depth of the episodes; there is at least one.
 */
double
AverageDrawdown(const Underwater *water)
{
	return CompensatedTotal(&water->depths) / water->episodes;
}

double
TimeUnderWater(const Underwater *water)
{
	return (double) water->rows_under / water->rows;
}

double
MaxDrawdown(const Underwater *water)
{
	return water->max_drawdown;
}

double
SterlingRisk(const Underwater *water)
{
	return water->max_drawdown + STERLING_MARGIN;
}

double
BurkeRisk(const Underwater *water)
{
	return sqrt(CompensatedTotal(&water->depth_squares));
}
