/*
 * descent.c - down to the nearest minimum within a box
 *
 * Kernel: no PostgreSQL in here.  The method is described in descent.h.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "lppls/descent.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

#include "foundation/pause.h"

/* Steps without success, one after the other, until it is given up. */
#define MOST_FAILURES 8

/* A way down that is so many times as long as the next step promises. */
#define HOPE 10.0

/* A pivot below this share of the diagonal. */
#define NEARLY_FLAT 1e-12

static void
to_array(const LpplsPoint *point, double *at)
{
	at[0] = log(point->ahead);
	at[1] = point->exponent;
	at[2] = point->frequency;
}

/*
 * Back again; a bound is met exactly.
 */
static LpplsPoint
to_point(const double *at, const double *least, const double *most,
		 const LpplsBox *box)
{
	LpplsPoint	point = {exp(at[0]), at[1], at[2]};

	if (at[0] <= least[0])
		point.ahead = box->least.ahead;
	if (at[0] >= most[0])
		point.ahead = box->most.ahead;
	return point;
}

static double
clipped(double value, double least, double most)
{
	return value < least ? least : value > most ? most : value;
}

/*
 * Solve (hessian + damping * its diagonal) step = -gradient for the parameters
 * that are free; false if that matrix is not positive.
 */
static bool
damped_step(const LpplsSlope *slope, const bool *held, double damping,
			double *step)
{
	double		a[LPPLS_PARAMETERS][LPPLS_PARAMETERS];
	int			i;
	int			j;
	int			k;

	for (i = 0; i < LPPLS_PARAMETERS; i++)
		for (j = 0; j <= i; j++)
		{
			double		left = held[i] || held[j] ? 0.0 :
				slope->hessian[i][j];

			if (i == j)
				left = held[i] ? 1.0 : left * (1.0 + damping);
			for (k = 0; k < j; k++)
				left -= a[i][k] * a[j][k];
			if (i == j)
			{
				if (!(left > NEARLY_FLAT * fabs(slope->hessian[i][i])))
					return false;
				a[i][i] = sqrt(left);
			}
			else
				a[i][j] = left / a[j][j];
		}
	for (i = 0; i < LPPLS_PARAMETERS; i++)
	{
		step[i] = held[i] ? 0.0 : -slope->gradient[i];
		for (k = 0; k < i; k++)
			step[i] -= a[i][k] * step[k];
		step[i] /= a[i][i];
	}
	for (i = LPPLS_PARAMETERS - 1; i >= 0; i--)
	{
		for (k = i + 1; k < LPPLS_PARAMETERS; k++)
			step[i] -= a[k][i] * step[k];
		step[i] /= a[i][i];
	}
	return true;
}

/*
 * Learn from a step what the hessian lacks: "missing" then explains how the
 * gradient has changed (a symmetric update of rank one).
 */
static void
learn(double missing[LPPLS_PARAMETERS][LPPLS_PARAMETERS],
	  const LpplsSlope *before, const LpplsSlope *after, const double *step)
{
	double		lack[LPPLS_PARAMETERS];
	double		along = 0.0;
	double		steps = 0.0;
	double		lacks = 0.0;
	int			i;
	int			j;

	for (i = 0; i < LPPLS_PARAMETERS; i++)
	{
		lack[i] = after->gradient[i] - before->gradient[i];
		for (j = 0; j < LPPLS_PARAMETERS; j++)
			lack[i] -= (after->hessian[i][j] + missing[i][j]) * step[j];
		along += lack[i] * step[i];
		steps += step[i] * step[i];
		lacks += lack[i] * lack[i];
	}
	if (fabs(along) <= 1e-8 * sqrt(steps * lacks))
		return;
	for (i = 0; i < LPPLS_PARAMETERS; i++)
		for (j = 0; j < LPPLS_PARAMETERS; j++)
			missing[i][j] += lack[i] * lack[j] / along;
}

static LpplsSlope
completed(const LpplsSlope *slope,
		  double missing[LPPLS_PARAMETERS][LPPLS_PARAMETERS])
{
	LpplsSlope	all = *slope;
	int			i;
	int			j;

	for (i = 0; i < LPPLS_PARAMETERS; i++)
		for (j = 0; j < LPPLS_PARAMETERS; j++)
			all.hessian[i][j] += missing[i][j];
	return all;
}

/*
 * How much lower the sum of squares should be after a step.
 */
static double
promised(const LpplsSlope *slope, const double *step)
{
	double		sum = 0.0;
	int			i;
	int			j;

	for (i = 0; i < LPPLS_PARAMETERS; i++)
	{
		sum -= 2.0 * slope->gradient[i] * step[i];
		for (j = 0; j < LPPLS_PARAMETERS; j++)
			sum -= slope->hessian[i][j] * step[i] * step[j];
	}
	return sum;
}

/*
 * Go down from minimum->point, in at most so many steps, until a step promises
 * less than this share of the sum of squares, or too little for the goal, a
 * sum of squares that is known already.  Returns the points looked at.
 */
int
LpplsDescend(const LpplsRows *rows, const LpplsBox *box, int steps,
			 double tolerance, double goal, LpplsMinimum *minimum)
{
	double		least[LPPLS_PARAMETERS];
	double		most[LPPLS_PARAMETERS];
	double		at[LPPLS_PARAMETERS];
	double		next[LPPLS_PARAMETERS];
	double		step[LPPLS_PARAMETERS];
	bool		held[LPPLS_PARAMETERS];
	LpplsSlope	slope;
	LpplsSlope	next_slope;
	LpplsSlope	full;
	double		missing[LPPLS_PARAMETERS][LPPLS_PARAMETERS] = {{0.0}};
	LpplsMinimum tried;
	double		damping = 1e-3;
	double		growth = 2.0;
	int			failures = 0;
	int			looked = 1;
	int			i;

	to_array(&box->least, least);
	to_array(&box->most, most);
	to_array(&minimum->point, at);
	LpplsSolve(rows, &minimum->point, &minimum->linear, &slope);
	for (; looked <= steps && failures < MOST_FAILURES; looked++)
	{
		double		promise;

		KernelPause();
		for (i = 0; i < LPPLS_PARAMETERS; i++)
			held[i] = (at[i] <= least[i] && slope.gradient[i] >= 0.0) ||
				(at[i] >= most[i] && slope.gradient[i] <= 0.0);
		full = completed(&slope, missing);
		if (!damped_step(&full, held, damping, step))
		{
			full = slope;
			if (!damped_step(&full, held, damping, step))
			{
				damping = damping * growth;
				growth *= 2.0;
				failures++;
				continue;
			}
		}
		for (i = 0; i < LPPLS_PARAMETERS; i++)
		{
			next[i] = clipped(at[i] + step[i], least[i], most[i]);
			step[i] = next[i] - at[i];
		}
		promise = promised(&full, step);
		if (!(fabs(promise) > tolerance * minimum->linear.sse) ||
			minimum->linear.sse - HOPE * fabs(promise) > goal)
			break;
		tried.point = to_point(next, least, most, box);
		LpplsSolve(rows, &tried.point, &tried.linear, &next_slope);
		if (tried.linear.sse < minimum->linear.sse)
		{
			const double kept = 1.0 - 2.0 *
				(minimum->linear.sse - tried.linear.sse) / promise;

			learn(missing, &slope, &next_slope, step);
			*minimum = tried;
			slope = next_slope;
			memcpy(at, next, sizeof(at));
			if (promise > 0.0)
				damping *= fmax(1.0 / 3, 1.0 + kept * kept * kept);
			growth = 2.0;
			failures = 0;
		}
		else
		{
			damping *= growth;
			growth *= 2.0;
			failures++;
		}
	}
	return looked;
}
