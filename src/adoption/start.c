/*
 * start.c - where the search for the best curve begins
 *
 * Kernel: no PostgreSQL in here.  The method is described in start.h.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include <float.h>
#include <math.h>

#include "adoption/start.h"
#include "foundation/pause.h"

/* Speeds from LEAST_SPEED on, each so many times the one before. */
#define SPEEDS 11
#define LEAST_SPEED 0.7
#define SPEED_RATIO 1.8

/* Nothing is faster than so many times the mean gap between two points. */
#define MOST_SPEED_PER_POINT 6.0

/* Midpoints in terms of 1 / b: how dense, and how far out to both sides. */
#define MIDPOINT_STEP 2.0
#define REACH_BEFORE 7.0
#define REACH_AFTER 4.0
#define MOST_MIDPOINTS 140

/* Saturations that a search may begin with. */
#define LEAST_START 1e-2
#define MOST_START 1e6

/* The squares of a shape that is no more than rounding errors. */
#define NO_SHAPE 1e-18

/* Speeds of exponentials, to both sides of 0, and steps of the search. */
#define EXPONENTIALS 24
#define LEAST_EXPONENTIAL 0.01
#define EXPONENTIAL_RATIO 1.6
#define GOLDEN_STEPS 60

/*
 * f(t; x, b) at a time, from 0 to 1: of exp(-b t), exp(b x) and exp(-b).
 */
static inline double
shape(CurveKind kind, double decayed, double placed, double begun)
{
	if (kind == CURVE_GOMPERTZ)
		return decayed * placed < 700.0 ? exp(-decayed * placed) : 0.0;
	if (kind == CURVE_LOGISTIC)
		return 1.0 / (1.0 + decayed * placed);
	return (1.0 - decayed * begun) / (1.0 + decayed * placed);
}

/*
 * y = scale * f: the scale that fits best, and what is left.
 */
typedef struct LinearFit
{
	double		yy;
	double		yf;
	double		ff;
} LinearFit;

static inline void
linear_add(LinearFit *fit, double y, double f)
{
	fit->yy += y * y;
	fit->yf += y * f;
	fit->ff += f * f;
}

static double
linear_squares(const LinearFit *fit, double *scale)
{
	*scale = fit->ff > NO_SHAPE ? fit->yf / fit->ff : 0.0;
	return *scale > 0.0 ? fit->yy - *scale * fit->yf : fit->yy;
}

/*
 * exp(-b t) of all points, and of where their increments begin.
 */
static void
decay(const CurveData *data, double b)
{
	int64_t		i;

	KernelPause();
	for (i = 0; i < data->n; i++)
		data->work[i] = exp(-b * data->t[i]);
	for (i = 0; data->increments && i < data->n; i++)
		data->work[data->n + i] = i > 0 && data->from[i] == data->t[i - 1] ?
			data->work[i - 1] : exp(-b * data->from[i]);
}

/*
 * What m f(t; x, b) misses, after decay(data, b): with the best m, or with the
 * one that is given.
 */
static double
shape_squares(const CurveData *data, double x, double b, double given,
			  double *m)
{
	const double *decayed = data->work;
	const double *before = data->work + data->n;
	const double placed = exp(b * x);
	const double begun = exp(-b);
	LinearFit	fit = {0.0, 0.0, 0.0};
	int64_t		i;

	KernelPause();
	for (i = 0; i < data->n; i++)
	{
		double		f = shape(data->kind, decayed[i], placed, begun);

		if (data->increments)
			f -= shape(data->kind, before[i], placed, begun);
		linear_add(&fit, data->y[i], f);
	}
	*m = given;
	if (given > 0.0)
		return fit.yy + given * (given * fit.ff - 2.0 * fit.yf);
	return linear_squares(&fit, m);
}

/*
 * m f(t; x, b) as a curve whose centre is the midpoint, if that is observed.
 */
static CurveStart
start_of_shape(CurveKind kind, double x, double b, double m)
{
	const double centre = fmax(fmin(x, 0.0), -1.0);
	const double after = b * (centre - x);
	CurveStart	start = {.centre = centre};

	start.theta[2] = CurveOfSaturation(kind, m);
	start.theta[1] = log(b);
	if (kind == CURVE_GOMPERTZ)
	{
		start.theta[0] = log(m) - exp(-after);
		start.theta[1] -= after;
	}
	else if (kind == CURVE_LOGISTIC)
		start.theta[0] = log(m) + after;
	else
		/* b m / (1 + r) exp(b (1 + c)), r = exp(b (1 + x)) */
		start.theta[0] = log(b * m) + after - log1p(exp(-b * (1.0 + x)));
	return start;
}

/*
 * Keep the best starts, in order.
 */
static int
keep_start(CurveStart *start, int count, const CurveStart *found)
{
	int			i;

	if (count == MOST_STARTS && found->squares >= start[count - 1].squares)
		return count;
	if (count < MOST_STARTS)
		count++;
	for (i = count - 1; i > 0 && start[i - 1].squares > found->squares; i--)
		start[i] = start[i - 1];
	start[i] = *found;
	return count;
}

/*
 * The grid: of each speed there are as many midpoints as it takes.
 */
typedef struct StartGrid
{
	int			speeds;
	double		speed[SPEEDS];
	int			midpoints[SPEEDS];
	double		squares[SPEEDS][MOST_MIDPOINTS];
	double		m[SPEEDS][MOST_MIDPOINTS];
} StartGrid;

static double
midpoint_of(const StartGrid *grid, int speed, int i)
{
	return -1.0 + (i * MIDPOINT_STEP - REACH_BEFORE) / grid->speed[speed];
}

static void
fill_grid(const CurveData *data, double given, StartGrid *grid)
{
	double		b = LEAST_SPEED;
	int			j;
	int			i;

	for (j = 0; j < SPEEDS && b < MOST_SPEED_PER_POINT * (double) data->n;
		 j++, b *= SPEED_RATIO)
	{
		grid->speed[j] = b;
		grid->midpoints[j] = 1 + (int) ((b + REACH_BEFORE + REACH_AFTER) /
										MIDPOINT_STEP);
		decay(data, b);
		for (i = 0; i < grid->midpoints[j]; i++)
			grid->squares[j][i] = shape_squares(data, midpoint_of(grid, j, i),
												b, given, &grid->m[j][i]);
	}
	grid->speeds = j;
}

/*
 * Is a place of the grid better than those of a speed nearest to it?
 */
static bool
is_lower(const StartGrid *grid, int speed, int i, int other)
{
	const double x = midpoint_of(grid, speed, i);
	const double first = midpoint_of(grid, other, 0);
	const double step = MIDPOINT_STEP / grid->speed[other];
	const int	near = (int) floor((x - first) / step + 0.5);
	int			k;

	for (k = near - 1; k <= near + 1; k++)
		if (k >= 0 && k < grid->midpoints[other] &&
			grid->squares[other][k] < grid->squares[speed][i])
			return false;
	return true;
}

static bool
is_lowest(const StartGrid *grid, int speed, int i)
{
	return is_lower(grid, speed, i, speed) &&
		(speed == 0 || is_lower(grid, speed, i, speed - 1)) &&
		(speed == grid->speeds - 1 || is_lower(grid, speed, i, speed + 1));
}

/*
 * Where to begin, the best first; returns how many.  The saturation is the
 * best one, or the one that is given.
 */
int
CurveStarts(const CurveData *data, double given, CurveStart *start)
{
	StartGrid	grid;
	int			count = 0;
	int			j;
	int			i;

	fill_grid(data, given, &grid);
	for (j = 0; j < grid.speeds; j++)
		for (i = 0; i < grid.midpoints[j]; i++)
		{
			const double m = grid.m[j][i];
			CurveStart	found;

			if (!(m > LEAST_START && m < MOST_START) ||
				!is_lowest(&grid, j, i))
				continue;
			found = start_of_shape(data->kind, midpoint_of(&grid, j, i),
								   grid.speed[j], m);
			found.squares = grid.squares[j][i];
			count = keep_start(start, count, &found);
		}
	return count;
}

/*
 * y = A g(t; b), g an exponential that Bass has begin with 0.
 */
static double
exponential_squares(const CurveData *data, double b, double *scale)
{
	const double before = data->kind == CURVE_BASS ? exp(-b) : 0.0;
	LinearFit	fit = {0.0, 0.0, 0.0};
	int64_t		i;

	KernelPause();
	for (i = 0; i < data->n; i++)
	{
		double		minus = data->increments ? exp(b * data->from[i]) :
			before;

		linear_add(&fit, data->y[i], exp(b * data->t[i]) - minus);
	}
	return linear_squares(&fit, scale);
}

/*
 * The best b between two, by golden section.
 */
static double
golden(const CurveData *data, double low, double high)
{
	const double part = 0.5 * (sqrt(5.0) - 1.0);
	double		a = high - part * (high - low);
	double		b = low + part * (high - low);
	double		scale;
	double		at_a = exponential_squares(data, a, &scale);
	double		at_b = exponential_squares(data, b, &scale);
	int			i;

	for (i = 0; i < GOLDEN_STEPS && high - low > 1e-6 * fabs(high); i++)
	{
		if (at_a < at_b)
		{
			high = b;
			b = a;
			at_b = at_a;
			a = high - part * (high - low);
			at_a = exponential_squares(data, a, &scale);
		}
		else
		{
			low = a;
			a = b;
			at_a = at_b;
			b = low + part * (high - low);
			at_b = exponential_squares(data, b, &scale);
		}
	}
	return at_a < at_b ? a : b;
}

/*
 * Speed i of the grid: the middle one is 0.
 */
static double
exponential_of(int i)
{
	const int	steps = i - EXPONENTIALS;

	if (steps == 0)
		return 0.0;
	return copysign(LEAST_EXPONENTIAL * pow(EXPONENTIAL_RATIO,
											fabs((double) steps) - 1.0),
					steps);
}

/*
 * Where to begin with an exponential: with what is a limit of curves that
 * grow, theirs.
 */
CurveStart
ExponentialStart(const CurveData *data)
{
	const bool	falls = data->kind == CURVE_EXPONENTIAL;
	const int	first = falls ? 1 : EXPONENTIALS + 1;
	CurveStart	start = {{0.0, 0.0, 0.0}, 0.0, DBL_MAX};
	double		scale;
	double		b;
	int			best = first;
	int			i;

	for (i = first; i < 2 * EXPONENTIALS; i++)
	{
		double		squares = exponential_squares(data, exponential_of(i),
												  &scale);

		if (squares >= start.squares)
			continue;
		start.squares = squares;
		best = i;
	}
	b = golden(data, exponential_of(best - 1), exponential_of(best + 1));
	b = falls ? b : fmax(b, 1e-3);
	start.squares = exponential_squares(data, b, &scale);
	start.theta[0] = scale > 0.0 ? log(scale) : -INFINITY;
	if (data->kind == CURVE_BASS)
		start.theta[0] += log(b);
	start.theta[1] = falls ? b : log(b);
	return start;
}

/*
 * What a jump at a time misses: all that was there before, the differences
 * from their mean of those after it, and of the points at the time itself
 * those from a value in between.
 */
typedef struct JumpSums
{
	double		count;
	double		sum;
	double		squares;
} JumpSums;

static double
missed_from(const JumpSums *sums, double value)
{
	return sums->squares - 2.0 * value * sums->sum +
		sums->count * value * value;
}

static double
jump_missed(double before, const JumpSums *at, const JumpSums *after)
{
	const double top = after->count > 0.0 ? after->sum / after->count :
		INFINITY;
	const double value = at->count > 0.0 ? at->sum / at->count : 0.0;

	if (!(top > 0.0))
		return INFINITY;
	return before + missed_from(at, fmax(fmin(value, top), 0.0)) +
		(after->count > 0.0 ? missed_from(after, top) : 0.0);
}

/*
 * Of levels: the times are gone through from the last one on.
 */
static double
jump_of_levels(const CurveData *data)
{
	JumpSums	after = {0.0, 0.0, 0.0};
	double		before = 0.0;
	double		best = INFINITY;
	int64_t		i;
	int64_t		first;

	for (i = 0; i < data->n; i++)
		before += data->y[i] * data->y[i];
	for (i = data->n; i > 0; i = first)
	{
		JumpSums	at = {0.0, 0.0, 0.0};

		for (first = i; first > 0 && data->t[first - 1] == data->t[i - 1];
			 first--)
		{
			at.count += 1.0;
			at.sum += data->y[first - 1];
			at.squares += data->y[first - 1] * data->y[first - 1];
		}
		before -= at.squares;
		best = fmin(best, jump_missed(fmax(before, 0.0), &at, &after));
		after.count += at.count;
		after.sum += at.sum;
		after.squares += at.squares;
	}
	return fmin(best, jump_missed(0.0, &(JumpSums) {0.0, 0.0, 0.0}, &after));
}

/*
 * Of increments: all of it comes in two of them.
 */
static double
jump_of_increments(const CurveData *data)
{
	double		squares = 0.0;
	double		most = 0.0;
	double		last = 0.0;
	int64_t		i;

	for (i = 0; i < data->n; i++)
	{
		const double y = fmax(data->y[i], 0.0);

		squares += data->y[i] * data->y[i];
		most = fmax(most, y * y + last * last);
		last = y;
	}
	return squares - most;
}

/*
 * What the best jump misses.
 */
double
JumpSquares(const CurveData *data)
{
	KernelPause();
	return data->increments ? jump_of_increments(data) :
		jump_of_levels(data);
}
