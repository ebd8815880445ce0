/*
 * fit.c - a log-periodic power law fitted to prices, and what is said of it
 *
 * Kernel: no PostgreSQL in here.  The method is described in fit.h.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "lppls/fit.h"

#include <float.h>
#include <math.h>
#include <stddef.h>

#define TWO_PI 6.28318530717958647692

/* As near to a bound as this is on it. */
#define ON_BOUND 1e-9

/* Digits of a logarithm that cannot be trusted. */
#define NOISE (16.0 * DBL_EPSILON)

/* Cells from which a critical time's smallest sum of squares is sought. */
#define PROFILE_STARTS 3
#define PROFILE_STEPS 40
#define PROFILE_TOLERANCE 1e-9

/* Steps towards an end of the interval, and how near is near enough. */
#define END_STEPS 60
#define END_TOLERANCE 1e-7

/*
 * Do the logarithms lie on a straight line, as those of a constant do?  Then
 * any critical time fits.
 */
bool
LpplsIsStraight(const double *level, int64_t rows)
{
	const double middle = (rows - 1) / 2.0;
	double		largest = 1.0;
	double		mean = 0.0;
	double		slope = 0.0;
	double		squares = 0.0;
	int64_t		i;

	for (i = 0; i < rows; i++)
		mean += (level[i] - level[0]) / rows;
	for (i = 0; i < rows; i++)
	{
		slope += (i - middle) * (level[i] - level[0] - mean);
		squares += (i - middle) * (i - middle);
		largest = fmax(largest, fabs(level[i]));
	}
	slope /= squares;
	squares = 0.0;
	for (i = 0; i < rows; i++)
	{
		const double rest = level[i] - level[0] - mean - slope * (i - middle);

		squares += rest * rest;
	}
	return squares <= rows * (NOISE * largest) * (NOISE * largest);
}

/* ---- the curve ---- */

/*
 * From the columns of curve.h to powers and logarithms of tau in rows.
 */
static void
set_linear(const LpplsWork *work, const LpplsLinear *linear, LpplsFit *fit)
{
	const double m = fit->point.exponent;
	const double largest = work->rows.earliest + fit->point.ahead;
	const double scale = pow(largest, -m);
	const double turn = fit->point.frequency * log(largest);
	const double *c = linear->coefficient;

	fit->c1 = scale * (c[1] * cos(turn) - c[2] * sin(turn));
	fit->c2 = scale * (c[1] * sin(turn) + c[2] * cos(turn));
	fit->a = work->mean + linear->constant;
	if (m == 0.0)
	{
		fit->a -= c[0] * log(largest);
		fit->b = c[0];
	}
	else
	{
		fit->a -= c[0] / m;
		fit->b = c[0] / m * scale;
	}
	fit->sse = linear->sse;
}

static void
set_shape(const LpplsWork *work, LpplsFit *fit)
{
	const LpplsBox *box = &work->grid.box;
	const double ahead = fit->point.ahead;

	fit->damping = fit->point.exponent * fabs(fit->b) /
		(fit->point.frequency * hypot(fit->c1, fit->c2));
	fit->oscillations = fit->point.frequency / TWO_PI *
		log((work->rows.earliest + ahead) / ahead);
	fit->on_bound = ahead <= box->least.ahead * (1.0 + ON_BOUND) ||
		ahead >= box->most.ahead * (1.0 - ON_BOUND);
}

/* ---- residuals ---- */

/*
 * The largest relative error; returns the autocorrelation of the residuals, 0
 * for a negative one.
 */
static double
set_errors(const LpplsWork *work, const LpplsLinear *linear, LpplsFit *fit)
{
	double		squares = 0.0;
	double		products = 0.0;
	double		largest = 0.0;
	double		before = 0.0;
	int64_t		i;

	for (i = 0; i < work->observations; i++)
	{
		const double rest = work->rows.level[i] -
			LpplsFitted(&work->rows, linear, i);

		squares += rest * rest;
		products += rest * before;
		largest = fmax(largest, fabs(expm1(-rest)));
		before = rest;
	}
	fit->relative_error = largest;
	return squares > 0.0 ? fmax(products / squares, 0.0) : 0.0;
}

/* ---- the interval ---- */

typedef struct Profile
{
	LpplsWork  *work;
	double		most;			/* the sum of squares within the interval */
} Profile;

/*
 * The smallest sum of squares for the critical time of a point, from that
 * point's exponent and frequency on.
 */
static double
at_ahead(const Profile *profile, const LpplsRows *rows, LpplsMinimum *minimum)
{
	LpplsBox	box = profile->work->grid.box;

	box.least.ahead = box.most.ahead = minimum->point.ahead;
	(void) LpplsDescend(rows, &box, PROFILE_STEPS, PROFILE_TOLERANCE,
						INFINITY, minimum);
	return minimum->linear.sse;
}

/*
 * The same from the lowest cells of a critical time, number "ahead" of the
 * grid; the first sum of squares within the interval is small enough.
 */
static double
at_cells(const Profile *profile, int ahead, LpplsMinimum *lowest)
{
	LpplsWork  *work = profile->work;
	const int64_t cells = (int64_t) work->grid.exponents * work->grid.lanes;
	int64_t		start[PROFILE_STARTS];
	int			starts = 0;
	int64_t		cell;
	int			i;

	for (cell = ahead * cells; cell < (ahead + 1) * cells; cell++)
	{
		if (!LpplsIsLowest(&work->grid, work->cells, cell))
			continue;
		for (i = starts < PROFILE_STARTS ? starts++ : PROFILE_STARTS;
			 i > 0 && work->cells[cell] < work->cells[start[i - 1]]; i--)
			if (i < PROFILE_STARTS)
				start[i] = start[i - 1];
		if (i < PROFILE_STARTS)
			start[i] = cell;
	}
	lowest->linear.sse = INFINITY;
	for (i = 0; i < starts; i++)
	{
		LpplsMinimum minimum;

		minimum.point = LpplsCellPoint(&work->grid, start[i]);
		(void) at_ahead(profile, &work->means, &minimum);
		LpplsSolve(&work->rows, &minimum.point, &minimum.linear, NULL);
		if (minimum.linear.sse > profile->most)
			(void) at_ahead(profile, &work->rows, &minimum);
		if (minimum.linear.sse < lowest->linear.sse)
			*lowest = minimum;
		if (lowest->linear.sse <= profile->most)
			break;
	}
	return lowest->linear.sse;
}

/*
 * Between a critical time outside of the interval and a minimum inside: its
 * end, by false position in the logarithm of rows ahead (Illinois).
 */
static double
end_between(const Profile *profile, double outside, double above,
			LpplsMinimum inside)
{
	double		far = log(outside);
	double		near = log(inside.point.ahead);
	double		below = inside.linear.sse - profile->most;
	int			kept = 0;
	int			i;

	for (i = 0; i < END_STEPS && fabs(far - near) > END_TOLERANCE; i++)
	{
		double		at = (far * below - near * above) / (below - above);
		LpplsMinimum minimum = inside;
		double		height;

		if (i % 3 == 2 || !isfinite(at))
			at = (far + near) / 2.0;
		minimum.point.ahead = exp(at);
		height = at_ahead(profile, &profile->work->rows, &minimum) -
			profile->most;
		if (height > 0.0)
		{
			far = at;
			above = height;
			if (kept == 1)
				below /= 2.0;
			kept = 1;
		}
		else
		{
			near = at;
			below = height;
			inside = minimum;
			if (kept == -1)
				above /= 2.0;
			kept = -1;
		}
	}
	return exp(near);
}

/*
 * The end of the interval towards the first (step 1) or the last (step -1)
 * critical time of the box; NaN if it is beyond.
 */
static double
interval_end(const Profile *profile, const LpplsMinimum *fitted, int step)
{
	const LpplsGrid *grid = &profile->work->grid;
	const int64_t cells = (int64_t) grid->exponents * grid->lanes;
	double		outside = fitted->point.ahead;
	double		above = NAN;
	LpplsMinimum minimum;
	int			i;

	for (i = step > 0 ? 0 : grid->aheads - 1; i >= 0 && i < grid->aheads;
		 i += step)
	{
		const double ahead = LpplsCellPoint(grid, i * cells).ahead;
		double		height;

		if ((fitted->point.ahead - ahead) * step <= 0.0)
			break;
		height = at_cells(profile, i, &minimum) - profile->most;
		if (height <= 0.0)
			return isnan(above) ? NAN :
				end_between(profile, outside, above, minimum);
		outside = ahead;
		above = height;
	}
	if (isnan(above))
		return NAN;
	return end_between(profile, outside, above, *fitted);
}

/* ---- what callers see ---- */

/*
 * An exponent next to its least possible one is that: so near to it the
 * powers of x are constants as far as doubles can tell.
 */
static void
settle(LpplsWork *work, LpplsMinimum *minimum)
{
	const double least = work->grid.box.least.exponent;

	if (minimum->point.exponent < least + ON_BOUND)
		minimum->point.exponent = least;
	LpplsSolve(&work->rows, &minimum->point, &minimum->linear, NULL);
}

static void
set_interval(LpplsWork *work, const LpplsInterval *interval,
			 const LpplsMinimum *minimum, double correlation, LpplsFit *fit)
{
	double		rows = (double) work->observations;
	Profile		profile = {work, 0.0};

	if (interval->autocorrelated)
		rows *= (1.0 - correlation) / (1.0 + correlation);
	profile.most = fit->sse * exp(interval->chi_square / rows);
	fit->low = interval_end(&profile, minimum, 1);
	fit->high = interval_end(&profile, minimum, -1);
}

/*
 * The fit of the rows of a work space; without an interval unless it is said
 * how that is found.
 */
LpplsFit
LpplsFitOf(LpplsWork *work, const LpplsInterval *interval)
{
	LpplsMinimum minimum = LpplsSearch(work);
	LpplsFit	fit;
	double		correlation;

	settle(work, &minimum);
	fit.observations = work->observations;
	fit.point = minimum.point;
	set_linear(work, &minimum.linear, &fit);
	set_shape(work, &fit);
	correlation = set_errors(work, &minimum.linear, &fit);
	fit.low = fit.high = NAN;
	if (interval != NULL)
		set_interval(work, interval, &minimum, correlation, &fit);
	return fit;
}
