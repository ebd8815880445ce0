/*
 * adoption.c - kernels of adoption against published numbers and naive ones
 *
 * Curves and their slopes (curve.h, natural.h) must agree with each other and
 * with differences; fits (fit.h) give the numbers of the literature, are never
 * beaten by a fine grid over the nonlinear parameters with the linear one
 * solved for, and the limits of their intervals satisfy their equation, which
 * is solved by nested line searches; the triangles of trend.h agree with
 * normal equations in whatever pieces they are made.  Output is one line a
 * check, "ok - ..." or "not ok - ...".  test/t/018_adoption_kernels.pl compiles
 * and runs it; the number of random series is its argument.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include <float.h>
#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <gsl/gsl_errno.h>

#include "adoption/natural.h"
#include "adoption/trend.h"
#include "foundation/pause.h"

#define MOST_POINTS 64

/* Places between two that are looked at before a line search. */
#define SCANNED 40

static int	failures = 0;
static uint64_t seed = 88172645463325252U;

static void
check(bool good, const char *what)
{
	printf("%s - %s\n", good ? "ok" : "not ok", what);
	failures += !good;
}

/*
 * From 0 to 1; Marsaglia's xorshift.
 */
static double
draw(void)
{
	seed ^= seed << 13;
	seed ^= seed >> 7;
	seed ^= seed << 17;
	return (double) (seed >> 11) * 0x1p-53;
}

static double
normal(void)
{
	double		sum = -6.0;
	int			i;

	for (i = 0; i < 12; i++)
		sum += draw();
	return sum;
}

static bool
close_to(double a, double b, double relative)
{
	return fabs(a - b) <= relative * fmax(fabs(a), fabs(b));
}

/* ---- fits ---- */

void
KernelPause(void)
{
}

/*
 * A series, as the kernel takes it.
 */
typedef struct Sample
{
	CurveData	data;
	double		t[MOST_POINTS];
	double		from[MOST_POINTS];
	double		y[MOST_POINTS];
	double		work[2 * MOST_POINTS];
	double		years;
	double		unit;
} Sample;

static void
take(Sample *sample, CurveKind kind, bool increments, int n, const double *t,
	 const double *y, double origin)
{
	int			i;

	sample->years = t[n - 1] - origin;
	sample->unit = 0.0;
	for (i = 0; i < n; i++)
		sample->unit = increments ? sample->unit + fabs(y[i]) :
			fmax(sample->unit, fabs(y[i]));
	if (sample->unit == 0.0)
		sample->unit = 1.0;
	for (i = 0; i < n; i++)
	{
		sample->t[i] = (t[i] - t[n - 1]) / sample->years;
		sample->from[i] = i > 0 ? sample->t[i - 1] : -1.0;
		sample->y[i] = y[i] / sample->unit;
	}
	sample->data = (CurveData) {
		.kind = kind, .increments = increments, .n = n,
		.t = sample->t, .from = sample->from, .y = sample->y,
		.work = sample->work
	};
}

static CurveFit
fit_of(const Sample *sample)
{
	const gsl_multifit_nlinear_parameters method = FitMethod();
	const int	p = CurveParameters(sample->data.kind);
	FitSpace	space = {
		gsl_multifit_nlinear_alloc(gsl_multifit_nlinear_trust, &method,
								   sample->data.n, p),
		gsl_multifit_nlinear_alloc(gsl_multifit_nlinear_trust, &method,
								   sample->data.n, 2),
		malloc(p * sample->data.n * sizeof(double))
	};
	CurveFit	fit;

	memset(&fit, 0, sizeof(fit));
	FitCurve(&sample->data, &space, &fit);
	gsl_multifit_nlinear_free(space.all);
	gsl_multifit_nlinear_free(space.held);
	free(space.slopes);
	return fit;
}

/* ---- published numbers ---- */

static const double vcr[] = {
	840, 1470, 2110, 4000, 7590, 10950, 10530, 9470, 7790, 5890
};
static const double conditioners[] = {
	96, 195, 238, 380, 1045, 1230, 1267, 1828, 1586, 1673, 1800, 1580, 1500
};
static const double rat42_x[] = {9, 14, 21, 28, 42, 57, 63, 70, 79};
static const double rat42_y[] = {
	8.930, 10.800, 18.590, 22.330, 39.350, 56.110, 61.730, 64.620, 67.080
};
static const double count[] = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13};

/*
 * Parameters, each with its standard error, RSS and interval, as published; 0
 * is not.
 */
typedef struct Published
{
	double		parameter[CURVE_PARAMETERS];
	double		error[CURVE_PARAMETERS];
	double		rss;
	double		low;
	double		high;
} Published;

static bool
agrees(double found, double published, double relative)
{
	return published == 0.0 || close_to(found, published, relative);
}

static void
check_published(const Sample *sample, const Published *published,
				double digits, const char *what)
{
	const CurveFit fit = fit_of(sample);
	NaturalCurve curve;
	bool		good = fit.outcome == FIT_DONE;
	int			i;

	NaturalOfFit(&fit, sample->data.kind, sample->years, sample->unit,
				 &curve);
	for (i = 0; i < CURVE_PARAMETERS; i++)
		good = good &&
			agrees(curve.parameter[i], published->parameter[i], digits) &&
			agrees(sqrt(curve.covariance[i][i]), published->error[i], 2e-5);
	good = good &&
		agrees(fit.squares * sample->unit * sample->unit, published->rss,
			   1e-9) &&
		agrees(fit.low * sample->unit, published->low, 4e-8) &&
		agrees(fit.high * sample->unit, published->high, 4e-8);
	check(good, what);
}

static void
check_literature(void)
{
	Sample		sample;
	double		level[10];
	int			i;

	take(&sample, CURVE_BASS, true, 10, count, vcr, 0.0);
	check_published(&sample, &(Published) {
					{67660.02493, .00878896256, .642158903},
					{3070.9059, .0017764482, .042571293},
					3672146.26438, 60691.376, 75346.488}, 1e-9,
					"video recorders, increments");
	for (i = 0; i < 10; i++)
		level[i] = vcr[i] + (i > 0 ? level[i - 1] : 0.0);
	take(&sample, CURVE_BASS, false, 10, count, level, 0.0);
	check_published(&sample, &(Published) {
					{66147.53024, .00769260705, .669954740},
					{1103.0892, .00065290484, .022873207},
					2263275.21348, 63684.615, 69062.144}, 1e-9,
					"video recorders, levels");
	take(&sample, CURVE_BASS, true, 13, count, conditioners, 0.0);
	check_published(&sample, &(Published) {
					{18712.74157, .00944207729, .374762830},
					{1410.5376, .002038413, .040218909},
					341468.412494, 16041.326, 22572.062}, 2e-9,
					"room air conditioners");
	take(&sample, CURVE_LOGISTIC, false, 9, rat42_x, rat42_y, 9.0);
	check_published(&sample, &(Published) {
					{72.462237576, 29.8673980, 14.8457820},
					{1.7340283401, 0, 0},
					8.0565229338, 68.7647653, 77.1891393}, 2e-9,
					"NIST Rat42, logistic");
	take(&sample, CURVE_GOMPERTZ, false, 9, rat42_x, rat42_y, 0.0);
	check_published(&sample, &(Published) {
					{82.8321895, 3.39979016, .0370749116},
					{5.6975, 0, 0}, 21.7939900182, 0, 0}, 2e-9,
					"NIST Rat42, Gompertz");
}

/*
 * Video recorders by the years used: no estimate of 5, no upper bound of 6.
 */
static void
check_years_used(void)
{
	static const double m[] = {78045, 52453, 59227};
	static const double low[] = {42560, 44685, 52547};
	static const double high[] = {INFINITY, 65295, 67917};
	Sample		sample;
	CurveFit	fit;
	bool		good = true;
	int			i;

	take(&sample, CURVE_BASS, true, 5, count, vcr, 0.0);
	fit = fit_of(&sample);
	check(fit.outcome == FIT_EXPONENTIAL && !fit.identified,
		  "five years of video recorders have no estimate");
	for (i = 0; i < 3; i++)
	{
		take(&sample, CURVE_BASS, true, 6 + i, count, vcr, 0.0);
		fit = fit_of(&sample);
		good = good && fit.outcome == FIT_DONE &&
			rint(sample.unit / fit.theta[2]) == m[i] &&
			rint(fit.low * sample.unit) == low[i] &&
			fit.identified == (high[i] < INFINITY) &&
			(!fit.identified || rint(fit.high * sample.unit) == high[i]);
	}
	check(good, "more of them have one, identified from seven on");
}

/* ---- random series ---- */

/*
 * m f(t; x, b), the naive way.
 */
static double
shape(CurveKind kind, double x, double b, double t)
{
	if (kind == CURVE_GOMPERTZ)
		return exp(-exp(-b * (t - x)));
	if (kind == CURVE_LOGISTIC)
		return 1.0 / (1.0 + exp(-b * (t - x)));
	return -expm1(-b * (t + 1.0)) / (1.0 + exp(-b * (t - x)));
}

/*
 * What it misses with the best m, or with the one given.
 */
static double
shape_squares(const CurveData *data, double x, double b, double m)
{
	double		yy = 0.0;
	double		yf = 0.0;
	double		ff = 0.0;
	int			i;

	for (i = 0; i < data->n; i++)
	{
		double		f = shape(data->kind, x, b, data->t[i]);

		if (data->increments)
			f -= shape(data->kind, x, b, data->from[i]);
		yy += data->y[i] * data->y[i];
		yf += data->y[i] * f;
		ff += f * f;
	}
	if (m > 0.0)
		return yy - 2.0 * m * yf + m * m * ff;
	return yf > 0.0 && ff > 1e-15 ? yy - yf * yf / ff : yy;
}

/*
 * A random series: a curve with noise, noise alone, a walk, a jump, or an
 * exponential.
 */
static void
make_series(Sample *sample, CurveKind kind, int type)
{
	const int	n = 4 + (int) (draw() * 30.0);
	const double x = -1.2 + 2.0 * draw();
	const double b = 2.0 + pow(10.0, 2.0 * draw());
	const double noise = pow(10.0, -4.0 * draw());
	double		t[MOST_POINTS];
	double		y[MOST_POINTS];
	double		walk = 0.0;
	int			i;

	for (i = 0; i < n; i++)
	{
		t[i] = i + 1;
		y[i] = shape(kind, x, b, (t[i] - n) / n);
		if (kind == CURVE_BASS)
			y[i] -= shape(kind, x, b, (t[i] - 1.0 - n) / n);
		y[i] += 0.2 * noise * normal();
		walk += 0.1 + 0.2 * normal();
		if (type == 2)
			y[i] = draw();
		else if (type == 3)
			y[i] = walk;
		else if (type == 4)
			y[i] = (t[i] / n - 1.0 > x) + noise * normal();
		else if (type == 5)
			y[i] = exp(0.1 * b * t[i] / n) + noise * normal();
	}
	take(sample, kind, kind == CURVE_BASS, n, t, y,
		 kind == CURVE_BASS ? 0.0 : 1.0);
}

/*
 * The best of a fine grid.
 */
static double
grid_squares(const CurveData *data)
{
	double		best = DBL_MAX;
	int			i;
	int			j;

	for (i = 0; i <= 200; i++)
		for (j = 0; j <= 120; j++)
			best = fmin(best, shape_squares(data, -1.5 + 4.5 * i / 200.0,
											0.3 * pow(2000.0, j / 120.0),
											0.0));
	return best;
}

static void
check_grid(CurveKind kind, int series, const char *what)
{
	int			beaten = 0;
	int			i;

	for (i = 0; i < series; i++)
	{
		Sample		sample;
		CurveFit	fit;

		make_series(&sample, kind, i % 6);
		fit = fit_of(&sample);
		if (fit.outcome == FIT_FALLS || fit.outcome == FIT_DIVERGED)
			continue;
		if (grid_squares(&sample.data) <
			fit.squares * (1.0 - 1e-7) - 1e-14)
			beaten++;
	}
	check(beaten == 0, what);
	if (beaten > 0)
		printf("# %d of %d\n", beaten, series);
}

/* ---- limits of intervals ---- */

typedef struct Held
{
	const CurveData *data;
	double		m;
	double		b;
} Held;

/*
 * The lowest value between two places: that next to the lowest of a scan.
 */
static double
golden(double (*of) (const Held *, double), const Held *held, double low,
	   double high)
{
	const double part = 0.5 * (sqrt(5.0) - 1.0);
	const double step = (high - low) / SCANNED;
	double		least = DBL_MAX;
	double		at = low;
	double		a;
	double		b;
	double		at_a;
	double		at_b;
	int			i;

	for (i = 0; i <= SCANNED; i++)
	{
		const double here = of(held, low + i * step);

		if (here < least)
		{
			least = here;
			at = low + i * step;
		}
	}
	low = at - step;
	high = at + step;
	a = high - part * (high - low);
	b = low + part * (high - low);
	at_a = of(held, a);
	at_b = of(held, b);
	for (i = 0; i < 45; i++)
	{
		if (at_a < at_b)
		{
			high = b;
			b = a;
			at_b = at_a;
			a = high - part * (high - low);
			at_a = of(held, a);
		}
		else
		{
			low = a;
			a = b;
			at_a = at_b;
			b = low + part * (high - low);
			at_b = of(held, b);
		}
	}
	return fmin(at_a, at_b);
}

static double
of_x(const Held *held, double x)
{
	return shape_squares(held->data, x, held->b, held->m);
}

static double
of_b(const Held *held, double log_b)
{
	const Held	next = {held->data, held->m, exp(log_b)};

	return golden(of_x, &next, -3.0, 5.0);
}

/*
 * RSS at a given saturation must be the limit.
 */
static bool
is_limit(const CurveData *data, const CurveFit *fit, double m)
{
	const Held	held = {data, m, 0.0};
	const double squares = golden(of_b, &held, log(0.5), log(40.0));

	return close_to(squares, fit->limit, 1e-8);
}

static void
check_limits(CurveKind kind, int series, const char *what)
{
	int			wrong = 0;
	int			limits = 0;
	int			i;

	for (i = 0; i < series; i++)
	{
		double		t[24];
		double		y[24];
		const double x = -0.7 + 0.5 * draw();
		const double b = 5.0 + 4.0 * draw();
		Sample		sample;
		CurveFit	fit;
		int			j;

		for (j = 0; j < 24; j++)
		{
			t[j] = j + 1;
			y[j] = shape(kind, x, b, (t[j] - 24.0) / 24.0);
			if (kind == CURVE_BASS)
				y[j] -= shape(kind, x, b, (t[j] - 25.0) / 24.0);
			y[j] += (kind == CURVE_BASS ? 0.002 : 0.02) * normal();
		}
		take(&sample, kind, kind == CURVE_BASS, 24, t, y,
			 kind == CURVE_BASS ? 0.0 : 1.0);
		fit = fit_of(&sample);
		wrong += !is_limit(&sample.data, &fit, fit.low);
		limits++;
		if (!fit.identified)
			continue;
		wrong += !is_limit(&sample.data, &fit, fit.high);
		limits++;
	}
	check(wrong == 0, what);
	if (wrong > 0)
		printf("# %d of %d\n", wrong, limits);
}

/* ---- slopes, other units ---- */

static void
check_slopes(void)
{
	const double step = 1e-6;
	bool		good = true;
	int			kind;
	int			round;
	int			j;

	for (kind = CURVE_BASS; kind <= CURVE_EXPONENTIAL; kind++)
		for (round = 0; round < 300; round++)
		{
			const double theta[] = {
				draw() - 1.0, 2.0 * draw(),
				(kind == CURVE_GOMPERTZ ? 0.12 : 1.0) * draw()
			};
			const double centre = -draw();
			const double t = -draw();
			const Curve curve = CurveOf(kind, centre, theta);
			double		slope[CURVE_PARAMETERS];

			CurveLevel(&curve, t, slope);
			for (j = 0; j < CurveParameters(kind); j++)
			{
				double		more[] = {theta[0], theta[1], theta[2]};
				double		less[] = {theta[0], theta[1], theta[2]};
				Curve		up;
				Curve		down;
				double		difference;

				more[j] += step;
				less[j] -= step;
				up = CurveOf(kind, centre, more);
				down = CurveOf(kind, centre, less);
				difference = (CurveLevel(&up, t, NULL) -
							  CurveLevel(&down, t, NULL)) / (2.0 * step);
				good = good && fabs(slope[j] - difference) <=
					1e-6 * fmax(1.0, fabs(difference));
			}
		}
	check(good, "slopes are those of differences");
}

/*
 * The curve in natural parameters is that of the search, and so are its
 * errors: a parameter that is certain changes nothing.
 */
static void
check_natural(void)
{
	bool		good = true;
	int			kind;
	int			round;
	int			i;
	int			j;

	for (kind = CURVE_BASS; kind <= CURVE_EXPONENTIAL; kind++)
		for (round = 0; round < 300; round++)
		{
			CurveFit	fit = {
				.theta = {draw() - 1.0, 1.5 * draw(),
				(kind == CURVE_GOMPERTZ ? 0.12 : 0.9) * (0.1 + draw())},
				.centre = -draw()
			};
			const double t = -draw();
			const Curve curve = CurveOf(kind, fit.centre, fit.theta);
			NaturalCurve natural;
			double		slope[CURVE_PARAMETERS];
			double		by = 0.0;
			double		variance;
			double		level;

			for (i = 0; i < CurveParameters(kind); i++)
				for (j = 0; j < CurveParameters(kind); j++)
					fit.covariance[i][j] = i == j ? 1e-4 : 2e-5;
			level = 70.0 * CurveLevel(&curve, t, slope);
			NaturalOfFit(&fit, kind, 12.0, 70.0, &natural);
			for (i = 0; i < CurveParameters(kind); i++)
				for (j = 0; j < CurveParameters(kind); j++)
					by += 4900.0 * slope[i] * fit.covariance[i][j] * slope[j];
			good = good &&
				close_to(NaturalLevel(&natural, 12.0 * (t + 1.0), &variance),
						 level, 1e-9) && close_to(variance, by, 1e-6);
		}
	check(good, "natural parameters give the same curves and errors");
}

static void
check_units(void)
{
	double		t[9];
	double		y[9];
	Sample		one;
	Sample		other;
	CurveFit	a;
	CurveFit	b;
	int			i;

	for (i = 0; i < 9; i++)
	{
		t[i] = 1000.0 + 0.125 * rat42_x[i];
		y[i] = 1e9 * rat42_y[i];
	}
	take(&one, CURVE_LOGISTIC, false, 9, rat42_x, rat42_y, 9.0);
	take(&other, CURVE_LOGISTIC, false, 9, t, y, t[0]);
	a = fit_of(&one);
	b = fit_of(&other);
	check(close_to(a.theta[2], b.theta[2], 1e-11) &&
		  close_to(a.low, b.low, 1e-9) && close_to(a.high, b.high, 1e-9),
		  "units of time and of the level change nothing");
}

static CurveFit
fit_to(CurveKind kind, int n, const double *y)
{
	Sample		sample;

	take(&sample, kind, kind == CURVE_BASS, n, count, y,
		 kind == CURVE_BASS ? 0.0 : 1.0);
	return fit_of(&sample);
}

static void
check_outcomes(void)
{
	static const double same[] = {5, 5, 5, 5, 5, 5};
	static const double falling[] = {9, 8, 7, 5, 4, 2};
	static const double jump[] = {0, 0, 0, 7, 7, 7};
	static const double zeros[] = {0, 0, 0, 0, 0, 0};
	static const double squares[] = {1, 4, 16, 64, 256, 1024};
	static const double returned[] = {1, 3, 8, 9, 4, 1, -0.5, -0.2};
	double		exact[12];
	CurveFit	fit;
	int			i;

	check(fit_to(CURVE_LOGISTIC, 6, same).outcome == FIT_CONSTANT &&
		  fit_to(CURVE_GOMPERTZ, 6, zeros).outcome == FIT_CONSTANT &&
		  fit_to(CURVE_BASS, 6, zeros).outcome == FIT_FALLS,
		  "levels that are the same have no curve");
	check(fit_to(CURVE_LOGISTIC, 6, falling).outcome == FIT_FALLS &&
		  fit_to(CURVE_GOMPERTZ, 6, falling).outcome == FIT_FALLS,
		  "levels that fall have no curve that grows");
	check(fit_to(CURVE_BASS, 6, falling).outcome == FIT_DONE,
		  "increments that fall have one");
	check(fit_to(CURVE_LOGISTIC, 6, jump).outcome == FIT_JUMP &&
		  fit_to(CURVE_GOMPERTZ, 6, jump).outcome == FIT_JUMP,
		  "a jump is told");
	check(fit_to(CURVE_LOGISTIC, 3, squares).outcome == FIT_TOO_FEW &&
		  fit_to(CURVE_LOGISTIC, 6, squares).outcome == FIT_EXPONENTIAL,
		  "an exponential has no saturation");
	check(fit_to(CURVE_BASS, 8, returned).outcome == FIT_DONE,
		  "some may be returned");
	for (i = 0; i < 12; i++)
		exact[i] = 50.0 / (1.0 + exp(-(count[i] - 6.0) / 1.5));
	fit = fit_to(CURVE_LOGISTIC, 12, exact);
	check(fit.outcome == FIT_DONE && fit.identified && fit.low == fit.high &&
		  close_to(fit.theta[2], exact[11] / 50.0, 1e-12),
		  "a curve through all points is found");
}

/* ---- trends ---- */

/*
 * The coefficients of 1, x and x^2, by Gauss on the normal equations in long
 * double.
 */
static void
naive_trend(const double *x, const double *y, int n, long double *found)
{
	long double a[3][4] = {{0.0L}};
	int			i;
	int			j;
	int			k;

	for (k = 0; k < n; k++)
	{
		const long double power[] = {1.0L, x[k], (long double) x[k] * x[k]};

		for (i = 0; i < 3; i++)
		{
			for (j = 0; j < 3; j++)
				a[i][j] += power[i] * power[j];
			a[i][3] += power[i] * y[k];
		}
	}
	for (i = 0; i < 3; i++)
		for (k = i + 1; k < 3; k++)
			for (j = 3; j >= i; j--)
				a[k][j] -= a[k][i] / a[i][i] * a[i][j];
	for (i = 2; i >= 0; i--)
	{
		found[i] = a[i][3];
		for (j = i + 1; j < 3; j++)
			found[i] -= a[i][j] * found[j];
		found[i] /= a[i][i];
	}
}

static void
check_trends(void)
{
	bool		good = true;
	int			round;

	for (round = 0; round < 200; round++)
	{
		const int	n = 4 + (int) (draw() * 50.0);
		const int	cut = 1 + (int) (draw() * (n - 2.0));
		double		x[MOST_POINTS] = {0.0};
		double		y[MOST_POINTS] = {0.0};
		long double naive[3];
		Trend		whole = {0};
		Trend		first = {0};
		Trend		second = {0};
		TrendFit	a;
		TrendFit	b;
		int			i;

		for (i = 0; i < n; i++)
		{
			x[i] = (i - n + 1) * 0.5 - (i < n - 1 ? 0.2 * draw() : 0.0);
			y[i] = 3.0 + 0.1 * x[i] - 0.01 * x[i] * x[i] + 0.1 * normal();
		}
		for (i = 0; i < n; i++)
		{
			TrendAdd(&whole, x[i], y[i]);
			if (i < cut)
				TrendAdd(&first, x[i] - x[cut - 1], y[i] - 2.0);
			else
				TrendAdd(&second, x[i], y[i]);
		}
		TrendMove(&first, x[cut - 1], 2.0);
		TrendMerge(&second, &first);
		a = TrendSolve(&whole);
		b = TrendSolve(&second);
		naive_trend(x, y, n, naive);
		good = good &&
			fabs(a.slope - (double) naive[1]) < 1e-9 * a.slope_error &&
			fabs(a.curvature - 2.0 * (double) naive[2]) <
			1e-9 * a.curvature_error &&
			fabs(a.slope - b.slope) < 1e-9 * a.slope_error &&
			close_to(a.slope_error, b.slope_error, 1e-10) &&
			close_to(a.curvature_error, b.curvature_error, 1e-10) &&
			fabs(a.p - b.p) < 1e-9;
	}
	check(good, "trends in pieces are those of normal equations");
}

int
main(int argc, char **argv)
{
	const int	series = argc > 1 ? atoi(argv[1]) : 60;

	gsl_set_error_handler_off();
	check_literature();
	check_years_used();
	check_slopes();
	check_natural();
	check_units();
	check_outcomes();
	check_trends();
	check_grid(CURVE_BASS, series, "no grid beats a Bass curve");
	check_grid(CURVE_LOGISTIC, series, "no grid beats a logistic curve");
	check_grid(CURVE_GOMPERTZ, series, "no grid beats a Gompertz curve");
	check_limits(CURVE_BASS, series / 6, "limits of Bass curves");
	check_limits(CURVE_LOGISTIC, series / 6, "limits of logistic curves");
	check_limits(CURVE_GOMPERTZ, series / 6, "limits of Gompertz curves");
	return failures != 0;
}
