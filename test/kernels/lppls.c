/*
 * lppls.c - kernels of log-periodic power laws against naive ones
 *
 * The functions of lanes.h must be those of the C library.  The sum of squares
 * at a point (curve.h) must be that of a regression in long double, its
 * gradient that of differences, the cells of the grid (cells.h) that at their
 * points.  A descent (descent.h) must end where it is low and level.  The
 * search (search.h) must find the curve that prices were made of, and no point
 * of a fine grid may have a smaller sum of squares.  Scaled prices must have
 * the same fit.  Output is one line a check, "ok - ..." or "not ok - ...", and
 * a digest of all numbers, which must be the same with all vectors: the
 * program's argument chooses them. test/t/007_kernels.pl compiles and runs it.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "foundation/pause.h"
#include "lppls/cells.h"
#include "lppls/descent.h"
#include "lppls/filter.h"

#define MOST_ROWS 800
#define COLUMNS 4

static const LpplsInterval as_usual = {3.841458820694124, true};

static int	pauses = 0;
static uint64_t digest = 14695981039346656037U;
static double *space = NULL;
static LpplsWork work;

/*
 * Between 0 and 1.
 */
static double
fraction(void)
{
	(void) draw(1);
	return (double) (seed >> 11) / 9007199254740992.0;
}

static void
put(double number)
{
	uint64_t	bits;

	memcpy(&bits, &number, sizeof(bits));
	digest = (digest ^ bits) * 1099511628211U;
}

void
KernelPause(void)
{
	pauses++;
}

static LpplsBox
box_of(int rows, bool wide)
{
	const LpplsBox wide_box = {{1.0, 0.0, 1.0}, {0.2 * (rows - 1), 2.0, 50.0}};
	const LpplsBox narrow = {{1.0, 0.1, 6.0}, {0.2 * (rows - 1), 0.9, 13.0}};

	return wide ? wide_box : narrow;
}

static void
prepare(const double *level, int rows, const LpplsBox *box)
{
	free(space);
	space = malloc(LpplsWorkSize(rows, box) * sizeof(double));
	LpplsWorkInit(&work, space, level, rows, box);
}

static LpplsFit
fit_in(const double *level, int rows, const LpplsBox *box)
{
	LpplsFit	fit;

	prepare(level, rows, box);
	fit = LpplsFitOf(&work, &as_usual);
	put(fit.sse);
	put(fit.point.ahead);
	put(fit.point.frequency);
	put(fit.a);
	return fit;
}

static LpplsPoint
point_in(const LpplsBox *box)
{
	LpplsPoint	point;

	point.ahead = exp(fraction() * log(box->most.ahead));
	point.exponent = box->least.exponent + fraction() *
		(box->most.exponent - box->least.exponent);
	point.frequency = box->least.frequency + fraction() *
		(box->most.frequency - box->least.frequency);
	return point;
}

static void
random_walk(double *level, int rows)
{
	int			i;

	level[0] = 3.0;
	for (i = 1; i < rows; i++)
		level[i] = level[i - 1] + 0.04 * (fraction() - 0.49);
}

/* ---- lanes ---- */

static void
check_lanes(void)
{
	double		worst[4] = {0.0};
	int			i;

	for (i = 0; i < 100000; i++)
	{
		const double u = -25.0 * fraction();
		const Lanes x = {exp(u), 1.0, 2.0 + u, 0.5};
		const Lanes z = {u * 5.0, 0.0, -u, 1.0};
		const Lanes angle = {u * 100.0, 0.0, -u, u};
		Lanes		result;
		Lanes		other;

		LanesLog(&x, &result);
		worst[0] = fmax(worst[0], fabs(result[0] - log(x[0])) /
						fmax(1.0, -u));
		LanesExp(&z, &result);
		worst[1] = fmax(worst[1], fabs(result[0] / exp(z[0]) - 1.0));
		LanesSinCos(&angle, &result, &other);
		worst[2] = fmax(worst[2], fabs(result[0] - sin(angle[0])));
		worst[3] = fmax(worst[3], fabs(other[3] - cos(angle[3])));
	}
	check(worst[0] < 1e-15, "logarithms");
	check(worst[1] < 1e-15, "exponentials");
	check(worst[2] < 1e-15 && worst[3] < 1e-15, "sines and cosines");
}

/* ---- a point ---- */

/*
 * The sum of squares by a modified Gram-Schmidt process, twice over, in long
 * double.
 */
static double
naive_sse(const double *level, int rows, const LpplsPoint *point)
{
	static long double x[COLUMNS + 1][MOST_ROWS];
	long double sse = 0.0L;
	int			i;
	int			j;
	int			k;
	int			again;

	for (i = 0; i < rows; i++)
	{
		const long double u = logl((rows - 1 - i + (long double) point->ahead) /
								   (rows - 1 + (long double) point->ahead));
		const long double power = expl(point->exponent * u);

		x[0][i] = 1.0L;
		x[1][i] = point->exponent == 0.0 ? u :
			expm1l(point->exponent * u) / point->exponent;
		x[2][i] = power * cosl(point->frequency * u);
		x[3][i] = power * sinl(point->frequency * u);
		x[4][i] = level[i];
	}
	for (j = 0; j <= COLUMNS; j++)
		for (again = 0; again < 2; again++)
			for (k = 0; k < j; k++)
			{
				long double product = 0.0L;
				long double square = 0.0L;

				for (i = 0; i < rows; i++)
				{
					product += x[j][i] * x[k][i];
					square += x[k][i] * x[k][i];
				}
				for (i = 0; i < rows; i++)
					x[j][i] -= product / square * x[k][i];
			}
	for (i = 0; i < rows; i++)
		sse += x[COLUMNS][i] * x[COLUMNS][i];
	return (double) sse;
}

static double
sse_at(const LpplsPoint *point, LpplsSlope *slope)
{
	LpplsLinear linear;

	LpplsSolve(&work.rows, point, &linear, slope);
	put(linear.sse);
	return linear.sse;
}

static double
difference(const LpplsPoint *point, int parameter)
{
	const double h = 1e-5;
	LpplsPoint	more = *point;
	LpplsPoint	less = *point;

	if (parameter == 0)
	{
		more.ahead *= exp(h);
		less.ahead *= exp(-h);
	}
	else if (parameter == 1)
	{
		more.exponent += h;
		less.exponent -= h;
	}
	else
	{
		more.frequency += h;
		less.frequency -= h;
	}
	return (sse_at(&more, NULL) - sse_at(&less, NULL)) / (4.0 * h);
}

static void
check_points(void)
{
	static double level[MOST_ROWS];
	double		worst_sse = 0.0;
	double		worst_slope = 0.0;
	int			n;

	for (n = 0; n < 60; n++)
	{
		const int	rows = 30 + (int) (fraction() * 400.0);
		const LpplsBox box = box_of(rows, true);
		LpplsPoint	point;
		LpplsSlope	slope;
		double		sse;
		double		naive;
		int			i;

		random_walk(level, rows);
		prepare(level, rows, &box);
		point.ahead = exp(fraction() * log(box.most.ahead));
		point.exponent = n % 4 == 0 ? 0.0 : n % 4 == 1 ? 0.04 * fraction() :
			2.0 * fraction();
		point.frequency = 1.0 + 49.0 * fraction();
		sse = sse_at(&point, &slope);
		naive = naive_sse(level, rows, &point);
		worst_sse = fmax(worst_sse, fabs(sse / naive - 1.0));
		if (point.exponent < 1e-4)
			point.exponent = 1e-4;
		sse = sse_at(&point, &slope);
		for (i = 0; i < LPPLS_PARAMETERS; i++)
			worst_slope = fmax(worst_slope,
							   fabs(slope.gradient[i] -
									difference(&point, i)) / sse);
	}
	check(worst_sse < 1e-11, "the sum of squares of a regression");
	check(worst_slope < 1e-6, "its gradient");
}

/* ---- cells ---- */

static bool
means_agree(const double *level, int rows)
{
	double		rest = rows;
	double		ago = rows * (rows - 1) / 2.0;
	double		sum = 0.0;
	int64_t		i;

	for (i = 0; i < rows; i++)
		sum += level[i] - work.mean;
	for (i = 0; i < work.means.count; i++)
	{
		rest -= work.means.weight[i];
		ago -= work.means.weight[i] * work.means.ago[i];
		sum -= work.means.weight[i] * work.means.level[i];
	}
	return rest == 0.0 && ago == 0.0 && fabs(sum) < 1e-9;
}

/*
 * Is it lowest of the cells whose exponents and frequencies are next to its
 * own?
 */
static bool
naive_lowest(int64_t cell)
{
	const LpplsGrid *grid = &work.grid;
	const int64_t first = cell - cell % (grid->exponents * grid->lanes);
	const LpplsPoint point = LpplsCellPoint(grid, cell);
	int64_t		i;

	for (i = first; i < first + grid->exponents * grid->lanes; i++)
	{
		const int64_t exponents = i / grid->lanes - cell / grid->lanes;
		const int64_t frequencies = i % grid->lanes - cell % grid->lanes;

		if (i % grid->lanes < grid->frequencies && exponents >= -1 &&
			exponents <= 1 && frequencies >= -1 && frequencies <= 1 &&
			(work.cells[i] < work.cells[cell] ||
			 (work.cells[i] == work.cells[cell] && i < cell)))
			return false;
	}
	return point.frequency <= grid->box.most.frequency;
}

static void
check_cells(void)
{
	static double level[MOST_ROWS];
	bool		means = true;
	bool		lowest = true;
	double		worst = 0.0;
	int			n;
	int64_t		cell;

	for (n = 0; n < 6; n++)
	{
		const int	rows = 40 + 120 * n;
		const LpplsBox box = box_of(rows, n % 2 == 1);

		random_walk(level, rows);
		prepare(level, rows, &box);
		means = means && means_agree(level, rows);
		LpplsFillCells(&work.means, &work.grid, work.cell_scratch, work.cells);
		for (cell = 0; cell < LpplsCellCount(&work.grid); cell++)
		{
			const LpplsPoint point = LpplsCellPoint(&work.grid, cell);
			LpplsLinear linear;

			if (cell % work.grid.lanes >= work.grid.frequencies)
			{
				lowest = lowest &&
					!LpplsIsLowest(&work.grid, work.cells, cell);
				continue;
			}
			LpplsSolve(&work.means, &point, &linear, NULL);
			worst = fmax(worst, fabs(work.cells[cell] / linear.sse - 1.0));
			lowest = lowest && naive_lowest(cell) ==
				LpplsIsLowest(&work.grid, work.cells, cell);
		}
	}
	check(means, "means stand for all rows");
	check(worst < 1e-9, "cells have the sums of squares of their points");
	check(lowest, "the lowest cells among their neighbours");
}

/* ---- a descent ---- */

/*
 * Nothing a little beside a point, within the box, is lower.
 */
static bool
is_level(const LpplsMinimum *minimum, const LpplsBox *box)
{
	bool		level = true;
	int			i;

	for (i = 0; i < 2 * LPPLS_PARAMETERS; i++)
	{
		const double h = i % 2 == 0 ? 1e-4 : -1e-4;
		LpplsPoint	point = minimum->point;

		if (i / 2 == 0)
			point.ahead *= exp(h);
		else if (i / 2 == 1)
			point.exponent += h;
		else
			point.frequency += h;
		if (point.ahead >= box->least.ahead &&
			point.ahead <= box->most.ahead &&
			point.exponent >= box->least.exponent &&
			point.exponent <= box->most.exponent &&
			point.frequency >= box->least.frequency &&
			point.frequency <= box->most.frequency)
			level = level && sse_at(&point, NULL) >=
				minimum->linear.sse * (1.0 - 1e-9);
	}
	return level;
}

static void
check_descents(void)
{
	static double level[MOST_ROWS];
	bool		lower = true;
	bool		ends = true;
	int			n;

	for (n = 0; n < 2000; n++)
	{
		const int	rows = 40 + (int) (300.0 * fraction());
		const LpplsBox box = box_of(rows, n % 2 == 1);
		LpplsMinimum minimum;
		double		sse;

		random_walk(level, rows);
		prepare(level, rows, &box);
		minimum.point = point_in(&box);
		sse = sse_at(&minimum.point, NULL);
		lower = lower && LpplsDescend(&work.rows, &box, 500, 1e-12, INFINITY,
									  &minimum) <= 501 &&
			minimum.linear.sse <= sse &&
			minimum.linear.sse == sse_at(&minimum.point, NULL);
		ends = ends && is_level(&minimum, &box);
	}
	check(lower, "a descent does not end higher than it began");
	check(ends, "it ends where nothing near is lower");
}

/* ---- the search ---- */

static void
power_law(double *level, int rows, const LpplsPoint *point, double b,
		  double c1, double c2, double noise)
{
	int			i;

	for (i = 0; i < rows; i++)
	{
		const double tau = rows - 1 - i + point->ahead;
		const double power = pow(tau, point->exponent);
		const double phase = point->frequency * log(tau);

		level[i] = 6.0 + b * power + c1 * power * cos(phase) +
			c2 * power * sin(phase) + noise * (fraction() - 0.5);
	}
}

static bool
nearly(double a, double b)
{
	return fabs(a - b) <= 1e-6 * fmax(1e-3, fabs(b));
}

static void
check_recovery(void)
{
	static double level[MOST_ROWS];
	bool		found = true;
	bool		held = true;
	int			n;

	for (n = 0; n < 20; n++)
	{
		const int	rows = 150 + (int) (fraction() * 500.0);
		const LpplsBox box = box_of(rows, true);
		const LpplsPoint point = {3.0 + 0.15 * rows * fraction(),
		0.2 + 0.7 * fraction(), 5.0 + 10.0 * fraction()};
		const double b = -0.01 - 0.02 * fraction();
		LpplsFit	fit;

		power_law(level, rows, &point, b, 0.1 * b, -0.05 * b, 0.0);
		fit = fit_in(level, rows, &box);
		found = found && nearly(fit.point.ahead, point.ahead) &&
			nearly(fit.point.exponent, point.exponent) &&
			nearly(fit.point.frequency, point.frequency) &&
			nearly(fit.a, 6.0) && nearly(fit.b, b) &&
			nearly(fit.c1, 0.1 * b) && nearly(fit.c2, -0.05 * b) &&
			fit.sse < 1e-15 && !fit.on_bound &&
			nearly(fit.damping, point.exponent /
					 (point.frequency * hypot(0.1, 0.05)));
		power_law(level, rows, &point, b, 0.1 * b, -0.05 * b, 0.002);
		fit = fit_in(level, rows, &box);
		held = held && !(fit.low > point.ahead * 1.1) &&
			!(fit.high < point.ahead * 0.9) &&
			!(fit.low > fit.point.ahead) && !(fit.high < fit.point.ahead);
	}
	check(found, "curves without noise are found");
	check(held, "intervals hold the critical time of curves with noise");
}

/*
 * The smallest sum of squares of a grid, the finer the nearer to the last row.
 */
static double
brute(const LpplsBox *box, int aheads, int exponents, int frequencies)
{
	double		lowest = INFINITY;
	int			a;
	int			m;
	int			w;

	for (a = 0; a < aheads; a++)
		for (m = 0; m < exponents; m++)
			for (w = 0; w < frequencies; w++)
			{
				const LpplsPoint point = {
					exp(log(box->most.ahead) * a / (aheads - 1)),
					box->least.exponent +
					(box->most.exponent - box->least.exponent) * m /
					(exponents - 1),
					box->least.frequency +
					(box->most.frequency - box->least.frequency) * w /
					(frequencies - 1)
				};

				lowest = fmin(lowest, sse_at(&point, NULL));
			}
	return lowest;
}

static void
check_grid(void)
{
	static double level[MOST_ROWS];
	bool		lowest = true;
	bool		wider = true;
	int			n;

	for (n = 0; n < 8; n++)
	{
		const int	rows = 40 + 30 * n;
		const LpplsBox narrow = box_of(rows, false);
		const LpplsBox wide = box_of(rows, true);
		double		sse;

		random_walk(level, rows);
		sse = fit_in(level, rows, &narrow).sse;
		lowest = lowest && sse <= brute(&narrow, 40, 7, 30) * (1.0 + 1e-12);
		wider = wider && fit_in(level, rows, &wide).sse <= sse * (1.0 + 1e-9);
		lowest = lowest && fit_in(level, rows, &wide).sse <=
			brute(&wide, 30, 6, 140) * (1.0 + 1e-12);
	}
	check(lowest, "no point of a fine grid is lower");
	check(wider, "a wider box has no worse fit");
}

/*
 * From many more starts than the search has, in all directions: nothing lower.
 */
static void
check_starts(void)
{
	static double level[MOST_ROWS];
	bool		lowest = true;
	int			n;
	int			i;

	for (n = 0; n < 4; n++)
	{
		const int	rows = 60 + 90 * n;
		const LpplsBox box = box_of(rows, n % 2 == 1);
		double		sse;

		random_walk(level, rows);
		sse = fit_in(level, rows, &box).sse;
		for (i = 0; i < 1500; i++)
		{
			LpplsMinimum minimum;

			minimum.point = point_in(&box);
			(void) LpplsDescend(&work.rows, &box, 60, 1e-12, INFINITY,
								&minimum);
			lowest = lowest && sse <= minimum.linear.sse * (1.0 + 1e-9);
		}
	}
	check(lowest, "no random start leads lower");
}

static void
check_invariance(void)
{
	static double level[MOST_ROWS];
	static double scaled[MOST_ROWS];
	const LpplsBox box = box_of(300, true);
	LpplsFit	fit;
	LpplsFit	other;
	int			i;

	random_walk(level, 300);
	for (i = 0; i < 300; i++)
		scaled[i] = level[i] + log(1000.0);
	fit = fit_in(level, 300, &box);
	other = fit_in(scaled, 300, &box);
	check(fabs(other.sse / fit.sse - 1.0) < 1e-10 &&
		  nearly(other.point.ahead, fit.point.ahead) &&
		  nearly(other.b, fit.b) &&
		  nearly(other.a, fit.a + log(1000.0)),
		  "prices times 1000 have the same fit");
	for (i = 0; i < 300; i++)
		scaled[i] = 10.0 - level[i];
	other = fit_in(scaled, 300, &box);
	check(fabs(other.sse / fit.sse - 1.0) < 1e-10 &&
		  nearly(other.point.ahead, fit.point.ahead) &&
		  nearly(other.b, -fit.b) && nearly(other.c1, -fit.c1),
		  "the mirror image has the opposite fit");
	for (i = 0; i < 300; i++)
		scaled[i] = 3.0 * level[i];
	other = fit_in(scaled, 300, &box);
	check(fabs(other.sse / fit.sse / 9.0 - 1.0) < 1e-10 &&
		  nearly(other.b, 3.0 * fit.b),
		  "prices to the third power have the same critical time");
}

static void
check_straight(void)
{
	static double level[MOST_ROWS];
	int			i;

	for (i = 0; i < 200; i++)
		level[i] = log(5.0);
	check(LpplsIsStraight(level, 200), "a constant is straight");
	for (i = 0; i < 200; i++)
		level[i] = log(3.0 * exp(0.01 * i));
	check(LpplsIsStraight(level, 200), "so is exponential growth");
	for (i = 0; i < 200; i++)
		level[i] = log(3.0 + 1e-9 * (i == 100));
	check(!LpplsIsStraight(level, 200), "one cent of ten millions is not");
}

/*
 * Steps, spikes, noise in the last digits of a line and the like, within boxes
 * that are wide, flat, or far from the rows.
 */
static double
odd_level(int kind, int i, int rows)
{
	switch (kind)
	{
		case 0:
			return i > rows / 2;
		case 1:
			return i == rows - 1 ? 5.0 : 0.0;
		case 2:
			return 1e-12 * fraction();
		case 3:
			return 300.0 * sin(0.7 * i * i);
		case 4:
			return i % 2;
		case 5:
			return 0.01 * i + 1e-13 * fraction() * (i % 7);
		default:
			return -log(rows - i + 5.0 * fraction());
	}
}

static bool
is_sane(const LpplsFit *fit, const LpplsBox *box)
{
	return fit->sse >= 0.0 && isfinite(fit->sse) && isfinite(fit->a) &&
		isfinite(fit->b) && isfinite(fit->relative_error) &&
		fit->point.ahead >= 1.0 && fit->point.ahead <= box->most.ahead &&
		fit->point.exponent >= box->least.exponent &&
		fit->point.exponent <= box->most.exponent &&
		fit->point.frequency >= box->least.frequency &&
		fit->point.frequency <= box->most.frequency &&
		!(fit->low > fit->point.ahead * (1.0 + 1e-6)) &&
		!(fit->high < fit->point.ahead * (1.0 - 1e-6));
}

static void
check_odd(void)
{
	static double level[MOST_ROWS];
	bool		sane = true;
	int			n;
	int			i;

	for (n = 0; n < 280; n++)
	{
		const int	rows = 30 + (int) (fraction() * 100.0);
		LpplsBox	box = box_of(rows, true);
		LpplsFit	fit;

		for (i = 0; i < rows; i++)
			level[i] = odd_level(n % 7, i, rows);
		if (LpplsIsStraight(level, rows))
			continue;
		if (n % 3 == 1)
			box.most.ahead = 1.0;
		if (n % 3 == 2)
			box.most.ahead = 1.0 + 10000.0 * fraction();
		if (n % 4 == 1)
			box.least.exponent = box.most.exponent = 5.0 * fraction();
		if (n % 4 == 2)
			box.least.frequency = box.most.frequency = 0.1 + fraction();
		fit = fit_in(level, rows, &box);
		sane = sane && is_sane(&fit, &box);
	}
	check(sane, "odd rows and odd boxes have fits within them");
}

/* ---- filters ---- */

static void
check_filters(void)
{
	LpplsFit	fit = {.observations = 501, .damping = 1.0,
	.oscillations = 2.5, .relative_error = 0.05};
	LpplsFit	other;
	bool		good = true;
	int			i;

	fit.point.ahead = 50.0;
	fit.point.exponent = 0.5;
	fit.point.frequency = 8.0;
	for (i = LPPLS_SORNETTE; i <= LPPLS_PACKAGE; i++)
		good = good && LpplsQualifies(&fit, i);
	check(good, "a fit that satisfies every filter");
	other = fit;
	other.relative_error = 0.051;
	check(!LpplsQualifies(&other, LPPLS_SORNETTE) &&
		  LpplsQualifies(&other, LPPLS_TRUST), "relative error");
	other = fit;
	other.point.ahead = 50.1;
	check(!LpplsQualifies(&other, LPPLS_TRUST) &&
		  LpplsQualifies(&other, LPPLS_SHU_ZHU), "critical time");
	other = fit;
	other.damping = 0.9;
	check(LpplsQualifies(&other, LPPLS_SORNETTE) &&
		  !LpplsQualifies(&other, LPPLS_TRUST), "damping");
	other = fit;
	other.oscillations = 2.49;
	check(!LpplsQualifies(&other, LPPLS_PACKAGE), "oscillations");
	other = fit;
	other.point.frequency = 15.1;
	check(!LpplsQualifies(&other, LPPLS_PACKAGE) &&
		  LpplsQualifies(&other, LPPLS_SHU_ZHU), "frequency");
	other = fit;
	other.point.exponent = 0.005;
	check(!LpplsQualifies(&other, LPPLS_SORNETTE) &&
		  LpplsQualifies(&other, LPPLS_PACKAGE), "exponent");
}

int
main(int argc, char **argv)
{
	if (argc > 1)
	{
		const int	vectors = atoi(argv[1]);
		int			i;

		for (i = 0; i <= vectors; i++)
			if (LpplsVectors(i) == NULL)
			{
				printf("no such vectors\n");
				return 0;
			}
		if (!LpplsUseVectors(vectors))
		{
			printf("%s is not in this processor\n", LpplsVectors(vectors));
			return 0;
		}
	}
	check_lanes();
	check_points();
	check_cells();
	check_descents();
	check_recovery();
	check_grid();
	check_starts();
	check_invariance();
	check_straight();
	check_odd();
	check_filters();
	check(pauses > 0, "it can be interrupted");
	printf("digest %016llx\n", (unsigned long long) digest);
	free(space);
	return failures != 0;
}
