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

/*
 * After a step that has failed, at least: from less, which many good steps in
 * a row lead to, so few failures would not come to steps that are short.
 */
#define LEAST_DAMPING 1e-6

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
 * The way down so far.
 */
typedef struct Descent
{
	const LpplsBox *box;
	double		least[LPPLS_PARAMETERS];
	double		most[LPPLS_PARAMETERS];
	double		at[LPPLS_PARAMETERS];
	double		next[LPPLS_PARAMETERS]; /* after the next step */
	double		step[LPPLS_PARAMETERS];
	LpplsSlope	slope;
	LpplsSlope	full;			/* with what has been learnt */
	double		missing[LPPLS_PARAMETERS][LPPLS_PARAMETERS];
	double		damping;
	double		growth;			/* of the damping, should a step fail */
	int			failures;		/* one after the other */
} Descent;

static void
start_descent(Descent *way, const LpplsBox *box, const LpplsPoint *point)
{
	memset(way, 0, sizeof(*way));
	way->box = box;
	way->damping = 1e-3;
	way->growth = 2.0;
	to_array(&box->least, way->least);
	to_array(&box->most, way->most);
	to_array(point, way->at);
}

/*
 * The next step, which ends on a bound at the latest; false if the damping is
 * too small for one.
 */
static bool
find_step(Descent *way)
{
	bool		held[LPPLS_PARAMETERS];
	int			i;

	for (i = 0; i < LPPLS_PARAMETERS; i++)
		held[i] = (way->at[i] <= way->least[i] &&
				   way->slope.gradient[i] >= 0.0) ||
			(way->at[i] >= way->most[i] && way->slope.gradient[i] <= 0.0);
	way->full = completed(&way->slope, way->missing);
	if (!damped_step(&way->full, held, way->damping, way->step))
	{
		way->full = way->slope;
		if (!damped_step(&way->full, held, way->damping, way->step))
			return false;
	}
	for (i = 0; i < LPPLS_PARAMETERS; i++)
	{
		way->next[i] = clipped(way->at[i] + way->step[i], way->least[i],
							   way->most[i]);
		way->step[i] = way->next[i] - way->at[i];
	}
	return true;
}

static void
note_failure(Descent *way)
{
	way->damping = fmax(way->damping * way->growth, LEAST_DAMPING);
	way->growth *= 2.0;
	way->failures++;
}

/*
 * Take the step if the sum of squares is lower after it.
 */
static void
try_step(Descent *way, const LpplsRows *rows, double promise,
		 LpplsMinimum *minimum)
{
	LpplsMinimum tried;
	LpplsSlope	slope;
	double		kept;

	tried.point = to_point(way->next, way->least, way->most, way->box);
	LpplsSolve(rows, &tried.point, &tried.linear, &slope);
	if (!(tried.linear.sse < minimum->linear.sse))
	{
		note_failure(way);
		return;
	}
	kept = 1.0 - 2.0 * (minimum->linear.sse - tried.linear.sse) / promise;
	learn(way->missing, &way->slope, &slope, way->step);
	*minimum = tried;
	way->slope = slope;
	memcpy(way->at, way->next, sizeof(way->at));
	if (promise > 0.0)
		way->damping *= fmax(1.0 / 3, 1.0 + kept * kept * kept);
	way->growth = 2.0;
	way->failures = 0;
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
	Descent		way;
	int			looked;

	start_descent(&way, box, &minimum->point);
	LpplsSolve(rows, &minimum->point, &minimum->linear, &way.slope);
	for (looked = 1; looked <= steps && way.failures < MOST_FAILURES; looked++)
	{
		double		promise;

		KernelPause();
		if (!find_step(&way))
		{
			note_failure(&way);
			continue;
		}
		promise = promised(&way.full, way.step);
		if (!(fabs(promise) > tolerance * minimum->linear.sse) ||
			minimum->linear.sse - HOPE * fabs(promise) > goal)
			break;
		try_step(&way, rows, promise, minimum);
	}
	return looked;
}
