/*
 * adf_refit.c - the explosive-root kernels against a naive refit
 *
 * Every window of many series is fitted anew by Gram-Schmidt, each column
 * made orthogonal twice, in long double: a QR factorisation in double, such as
 * GSL's, loses more digits on explosive windows than the kernels may.  The
 * statistics of adf_sweep.h and adf_forward.h, of levels that adf_series.h
 * lays out, are compared with those.  Output is one line a
 * check, "ok - ..." or "not ok - ...", then a digest of all bits that the
 * sweeps gave, by which different vectors are compared.
 * test/t/007_kernels.pl compiles it and runs it once for each of them.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include <math.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>

#include "explosive/adf_forward.h"
#include "explosive/adf_sweep.h"
#include "foundation/pause.h"

#define MOST_LEVELS 120
#define LONG_LEVELS 200000
#define TOLERANCE 1e-9

/* Below this share of a column's own squares, what is left of it is zero. */
#define DEPENDENT 1e-25L

static gsl_rng *generator;
static int	failures = 0;
static int	pauses = 0;
static uint64_t digest = 14695981039346656037ULL;
static double room[3 * (LONG_LEVELS + 128)];

/* Of all regressions, until it is changed. */
static AdfTerms terms = ADF_CONSTANT;
static const char *const terms_name[] = {"no term", "constant", "trend"};

/* naive[start][end]: the statistic of one window, NaN without one. */
static double naive[MOST_LEVELS][MOST_LEVELS];

/* The same of the kernel, each window by itself. */
static double alone[MOST_LEVELS][MOST_LEVELS];

void
KernelPause(void)
{
	pauses++;
}

static void
check(bool good, const char *format,...)
{
	va_list		arguments;

	printf(good ? "ok - " : "not ok - ");
	va_start(arguments, format);
	vprintf(format, arguments);
	va_end(arguments);
	printf("\n");
	failures += !good;
}

static bool
same(double a, double b)
{
	return a == b || (isnan(a) && isnan(b));
}

/*
 * How far a is from b; no number where only one of them is NaN.
 */
static double
distance(double a, double b)
{
	if (isnan(a) || isnan(b))
		return isnan(a) && isnan(b) ? 0.0 : INFINITY;
	return fabs(a - b) / fmax(1.0, fabs(b));
}

static void
add_to_digest(double value)
{
	unsigned char bytes[sizeof(value)];
	size_t		i;

	if (isnan(value))
		value = 0.0;
	memcpy(bytes, &value, sizeof(value));
	for (i = 0; i < sizeof(bytes); i++)
		digest = (digest ^ bytes[i]) * 1099511628211ULL;
}

static void
lay_out(AdfSeries *series, const double *level, int64_t length, double *where)
{
	AdfSeriesInit(series, level, length, where);
	series->terms = terms;
}

/* ---- the naive fits ---- */

typedef struct Fit
{
	bool		sound;			/* columns independent, fit not perfect */
	double		statistic;		/* t of the level */
	double		rss;
} Fit;

/*
 * Take from "column" what it has in common with "other", of unit length.
 * Returns how much that was.
 */
static long double
take_out(long double *column, const long double *other, int rows)
{
	long double common = 0.0L;
	int			t;

	for (t = 0; t < rows; t++)
		common += column[t] * other[t];
	for (t = 0; t < rows; t++)
		column[t] -= common * other[t];
	return common;
}

static long double
squares_of(const long double *column, int rows)
{
	long double sum = 0.0L;
	int			t;

	for (t = 0; t < rows; t++)
		sum += column[t] * column[t];
	return sum;
}

/*
 * Fit the last one of the columns to those before it.  With orthogonal
 * columns the t statistic of the last regressor is that of its share alone.
 */
static Fit
fit_columns(long double column[][MOST_LEVELS], int regressors, int rows)
{
	long double share = 0.0L;
	Fit			result = {true, NAN, 0.0};
	int			i;
	int			j;
	int			t;

	for (i = 0; i <= regressors; i++)
	{
		const long double before = squares_of(column[i], rows);
		long double left;

		share = 0.0L;
		for (j = 0; j < 2 * i; j++)
		{
			const long double common = take_out(column[i], column[j % i], rows);

			if (j % i == i - 1)
				share += common;
		}
		left = squares_of(column[i], rows);
		if (left <= DEPENDENT * before)
			result.sound = false;
		result.rss = (double) left;
		for (t = 0; t < rows && i < regressors && left > 0.0L; t++)
			column[i][t] /= sqrtl(left);
	}
	if (result.sound)
		result.statistic = (double)
			(share / sqrtl(squares_of(column[regressors], rows) /
						   (rows - regressors)));
	return result;
}

/*
 * Regress the changes from time "from" to "to" on the deterministic terms, so
 * many lagged changes and the level.
 */
static Fit
fit(const double *level, int lags, int from, int to)
{
	static long double column[ADF_MOST_LAGS + 4][MOST_LEVELS];
	const int	regressors = lags + 1 + (int) terms;
	int			t;
	int			i;

	for (t = from; t <= to; t++)
	{
		/* Powers of time: none, 1, or 1 and t. */
		for (i = 0; i < (int) terms; i++)
			column[i][t - from] = i == 0 ? 1.0L : t;
		for (i = 0; i < lags; i++)
			column[terms + i][t - from] =
				(long double) level[t - i - 1] - level[t - i - 2];
		column[regressors - 1][t - from] = (long double) level[t - 1];
		column[regressors][t - from] = (long double) level[t] - level[t - 1];
	}
	return fit_columns(column, regressors, to - from + 1);
}

static void
fit_all_windows(const double *level, int length, int lags)
{
	const int	least = (int) AdfLeastWindow(lags, terms);
	int			start;
	int			end;

	for (start = 0; start < length; start++)
		for (end = start; end < length; end++)
			naive[start][end] = end - start + 1 < least ? NAN :
				fit(level, lags, start + lags + 1, end).statistic;
}

/*
 * The largest statistic of windows of min_window levels and more up to an
 * end.
 */
static double
supremum_of(double statistic[][MOST_LEVELS], int end, int min_window)
{
	double		supremum = NAN;
	int			i;

	for (i = 0; i <= end + 1 - min_window; i++)
		supremum = fmax(supremum, statistic[i][end]);
	return supremum;
}

/* ---- windows ---- */

/*
 * Every window by itself, as the one from the first level of a shorter
 * series, by either kernel.
 */
static double
compare_windows(const double *level, int length, int lags, int *windows)
{
	const int	least = (int) AdfLeastWindow(lags, terms);
	double		path[MOST_LEVELS];
	double		backward[ADF_LANES];
	double		forward[ADF_LANES];
	double		worst = 0.0;
	AdfSeries	series;
	int			start;
	int			end;
	int			i;

	for (start = 0; start + least <= length; start++)
	{
		lay_out(&series, level + start, length - start, room);
		AdfForward(&series, lags, least, path);
		for (end = least - 1; end < series.length; end += ADF_LANES)
		{
			AdfSweep(&series, lags, least, end, backward, forward);
			for (i = 0; i < ADF_LANES && end + i < series.length; i++)
			{
				const double expected = naive[start][start + end + i];

				alone[start][start + end + i] = forward[i];
				worst = fmax(worst, distance(forward[i], expected));
				worst = fmax(worst, distance(path[end + i + 1 - least],
											 expected));
				(*windows)++;
			}
		}
	}
	return worst;
}

/*
 * The largest statistics up to every end.  They are those of one of the
 * windows, to the bit, although most windows are not divided for; so they are
 * when the windows from the first level are not asked for.
 */
static double
compare_suprema(const double *level, int length, int lags, int min_window,
				int *inexact)
{
	double		backward[ADF_LANES];
	double		unasked[ADF_LANES];
	double		forward[ADF_LANES];
	double		worst = 0.0;
	AdfSeries	series;
	int			end;
	int			i;

	lay_out(&series, level, length, room);
	for (end = min_window - 1; end < length; end += ADF_LANES)
	{
		AdfSweep(&series, lags, min_window, end, backward, forward);
		AdfSweep(&series, lags, min_window, end, unasked, NULL);
		for (i = 0; i < ADF_LANES && end + i < length; i++)
		{
			const double expected = supremum_of(naive, end + i, min_window);

			add_to_digest(backward[i]);
			add_to_digest(forward[i]);
			*inexact += !same(backward[i], unasked[i]) ||
				!same(backward[i], supremum_of(alone, end + i, min_window));
			worst = fmax(worst, distance(backward[i], expected));
		}
	}
	return worst;
}

/*
 * Ends for which the lane that computes them makes a difference.
 */
static int
lane_differences(const double *level, int length, int lags, int min_window)
{
	double		backward[2][ADF_LANES];
	double		forward[2][ADF_LANES];
	AdfSeries	series;
	int			differences = 0;
	int			end;
	int			lane;

	lay_out(&series, level, length, room);
	for (end = min_window - 1; end < length; end++)
	{
		AdfSweep(&series, lags, min_window, end, backward[0], forward[0]);
		for (lane = 1; lane < ADF_LANES; lane++)
		{
			if (end - lane < min_window - 1)
				continue;
			AdfSweep(&series, lags, min_window, end - lane, backward[1],
					 forward[1]);
			if (!same(backward[0][0], backward[1][lane]) ||
				!same(forward[0][0], forward[1][lane]))
				differences++;
		}
	}
	return differences;
}

static void
check_series(const char *name, const double *level, int length, int lags)
{
	const int	least = (int) AdfLeastWindow(lags, terms);
	const int	min_window[] = {least, least + 1, least + 6, length / 2,
	length};
	int			windows = 0;
	int			inexact = 0;
	double		worst;
	size_t		i;

	fit_all_windows(level, length, lags);
	worst = compare_windows(level, length, lags, &windows);
	check(worst < TOLERANCE,
		  "%s, %d lags, %s: %d windows, off by %.1e at most",
		  name, lags, terms_name[terms], windows, worst);
	worst = 0.0;
	for (i = 0; i < sizeof(min_window) / sizeof(min_window[0]); i++)
		worst = fmax(worst, compare_suprema(level, length, lags,
											min_window[i], &inexact));
	check(worst < TOLERANCE, "%s, %d lags, %s: suprema, off by %.1e at most",
		  name, lags, terms_name[terms], worst);
	check(inexact == 0, "%s, %d lags, %s: %d suprema of no window",
		  name, lags, terms_name[terms], inexact);
	check(lane_differences(level, length, lags, least) == 0,
		  "%s, %d lags, %s: any lane gives the same", name, lags,
		  terms_name[terms]);
}

/* ---- series ---- */

static double
noise(void)
{
	return gsl_ran_gaussian_ziggurat(generator, 1.0);
}

/*
 * A series with this root, begun at "first", its shocks so large.
 */
static void
grow(double *level, int length, double root, double first, double shock)
{
	int			t;

	level[0] = first;
	for (t = 1; t < length; t++)
		level[t] = root * level[t - 1] + shock * noise();
}

/*
 * A price that seldom changes, and then by whole steps.
 */
static void
step(double *level, int length, double share)
{
	int			t;

	level[0] = 100.0;
	for (t = 1; t < length; t++)
		level[t] = level[t - 1] +
			(gsl_rng_uniform(generator) < share ? rint(3.0 * noise()) : 0.0);
}

static void
check_random_series(void)
{
	static const int many_lags[] = {0, 1, 2, 3, 4, 5, 7, 12};
	static const double root[] = {1.02, 1.05, 1.1};
	double		level[MOST_LEVELS];
	char		name[100];
	int			lags;
	size_t		i;

	for (i = 0; i < sizeof(many_lags) / sizeof(many_lags[0]); i++)
	{
		lags = many_lags[i];
		grow(level, MOST_LEVELS, 1.0, 0.0, 1.0);
		check_series("random walk", level, MOST_LEVELS, lags);
		grow(level, 75, 0.5, 3.0, 1.0);
		check_series("stable series", level, 75, lags);
		grow(level, 101, 1.0, 1e6, 1e-3);
		check_series("level 1e6, steps 1e-3", level, 101, lags);
		grow(level, 90, 0.0, 5.0, 1e-6);
		level[0] = 0.0;
		check_series("almost constant", level, 90, lags);
		step(level, MOST_LEVELS, 0.15);
		check_series("rare whole steps", level, MOST_LEVELS, lags);
	}
	for (i = 0; i < sizeof(root) / sizeof(root[0]); i++)
		for (lags = 0; lags <= 5; lags++)
		{
			snprintf(name, sizeof(name), "root %g", root[i]);
			grow(level, MOST_LEVELS, root[i], 10.0, 1.0);
			check_series(name, level, MOST_LEVELS, lags);
		}
}

/* ---- no statistic ---- */

/*
 * How many of the kernels' results for a series are not NaN.
 */
static int
statistics_of(const double *level, int length, int lags)
{
	const int	least = (int) AdfLeastWindow(lags, terms);
	double		path[MOST_LEVELS];
	double		backward[ADF_LANES];
	double		forward[ADF_LANES];
	AdfSeries	series;
	int			found = 0;
	int			end;
	int			i;

	lay_out(&series, level, length, room);
	AdfForward(&series, lags, least, path);
	for (end = least - 1; end < length; end++)
	{
		AdfSweep(&series, lags, least, end, backward, forward);
		for (i = 0; i < ADF_LANES && end + i < length; i++)
			found += !isnan(backward[i]) + !isnan(forward[i]);
		found += !isnan(path[end + 1 - least]);
	}
	return found;
}

/*
 * Series without a shock: a + b t, or a growing by the factor c.
 */
static void
check_perfect(const char *name, double a, double b, double c)
{
	double		level[MOST_LEVELS];
	double		computed[MOST_LEVELS];
	int			found = 0;
	int			lags;
	int			t;

	for (t = 0; t < MOST_LEVELS; t++)
	{
		level[t] = a * pow(c, t) + b * t;
		computed[t] = t == 0 ? a : computed[t - 1] * c + b;
	}
	for (lags = 0; lags <= ADF_MOST_LAGS; lags++)
		found += statistics_of(level, MOST_LEVELS, lags) +
			statistics_of(computed, MOST_LEVELS, lags);
	check(found == 0, "%s: %d statistics", name, found);
}

static void
check_without_statistic(void)
{
	check_perfect("zero", 0.0, 0.0, 1.0);
	check_perfect("constant 5", 5.0, 0.0, 1.0);
	check_perfect("constant 0.1", 0.1, 0.0, 1.0);
	check_perfect("constant -1e300", -1e300, 0.0, 1.0);
	check_perfect("linear trend 0.1 t", 0.0, 0.1, 1.0);
	check_perfect("linear trend 1e6 - 0.3 t", 1e6, -0.3, 1.0);
	check_perfect("linear trend of whole numbers", 3.0, 7.0, 1.0);
	check_perfect("growth by 1 %", 100.0, 0.0, 1.01);
	check_perfect("growth by 10 %", 100.0, 0.0, 1.1);
	check_perfect("doubling", 1e-3, 0.0, 2.0);
	check_perfect("decay", 1e5, 0.0, 0.9);
}

/* ---- the number of lags ---- */

static double
criterion_of(const double *level, int length, int lags, int max_lags,
			 LagCriterion criterion)
{
	const double m = length - 1 - max_lags;
	const double rss = fit(level, lags, max_lags + 1, length - 1).rss;

	return m * log(rss / m) +
		(criterion == LAGS_BY_AIC ? 2.0 : log(m)) * (lags + 2);
}

static int
chosen_lags(const double *level, int length, int max_lags,
			LagCriterion criterion, double scale)
{
	double		scaled[MOST_LEVELS];
	AdfSeries	series;
	int			t;

	for (t = 0; t < length; t++)
		scaled[t] = scale * level[t];
	lay_out(&series, scaled, length, room);
	return AdfChooseLags(&series, max_lags, criterion);
}

/*
 * A walk whose changes depend on those before it.
 */
static void
walk_with_memory(double *level, int length, int memory)
{
	int			t;

	for (t = 0; t < length; t++)
		level[t] = t == 0 ? 50.0 : level[t - 1] + noise() +
			(t > memory + 1 ?
			 0.6 * (level[t - memory - 1] - level[t - memory - 2]) : 0.0);
}

static void
check_lag_choice(void)
{
	int			chosen[ADF_MOST_LAGS + 1] = {0};
	int			wrong = 0;
	int			scale_matters = 0;
	int			different = 0;
	int			i;
	int			k;

	for (i = 0; i < 2000; i++)
	{
		const LagCriterion criterion = i % 2 ? LAGS_BY_AIC : LAGS_BY_BIC;
		const int	max_lags = (i / 2) % (ADF_MOST_LAGS + 1);
		const int	length = (int) AdfLeastWindow(max_lags, terms) +
			(int) gsl_rng_uniform_int(generator, 90);
		double		level[MOST_LEVELS];
		int			best = 0;
		int			got;

		walk_with_memory(level, length, i % 5);
		for (k = 1; k <= max_lags; k++)
			if (criterion_of(level, length, k, max_lags, criterion) <
				criterion_of(level, length, best, max_lags, criterion))
				best = k;
		got = chosen_lags(level, length, max_lags, criterion, 1.0);
		chosen[got]++;
		wrong += got != best;
		scale_matters +=
			got != chosen_lags(level, length, max_lags, criterion, 1e-9) ||
			got != chosen_lags(level, length, max_lags, criterion, 12345.6) ||
			got != chosen_lags(level, length, max_lags, criterion, 1e200);
	}
	for (k = 0; k <= ADF_MOST_LAGS; k++)
		different += chosen[k] > 10;
	check(wrong == 0, "lags of 2000 series: %d not the best", wrong);
	check(scale_matters == 0, "lags of 2000 series: %d depend on the unit",
		  scale_matters);
	check(different > 8, "%d different numbers of lags were chosen",
		  different);
}

static void
check_lags_of_perfect_fits(void)
{
	double		level[MOST_LEVELS];
	int			t;

	for (t = 0; t < MOST_LEVELS; t++)
		level[t] = 0.0;
	check(chosen_lags(level, MOST_LEVELS, 12, LAGS_BY_AIC, 1.0) == 0,
		  "zero takes no lags");
	for (t = 0; t < MOST_LEVELS; t++)
		level[t] = 100.0 * pow(1.01, t);
	check(chosen_lags(level, MOST_LEVELS, 12, LAGS_BY_AIC, 1.0) == 0,
		  "growth by 1 %% takes no lags");
	for (t = 0; t < MOST_LEVELS; t++)
		level[t] = pow(1.01, t) + pow(0.9, t);
	check(chosen_lags(level, MOST_LEVELS, 12, LAGS_BY_AIC, 1.0) == 1,
		  "the sum of two exponentials takes one lag");
}

/* ---- units, ranges, interruptions ---- */

static int
scale_differences(const double *level, int length, double scale,
				  double tolerance)
{
	static double room2[3 * (MOST_LEVELS + 128)];
	double		scaled[MOST_LEVELS];
	double		backward[2][ADF_LANES];
	double		forward[2][ADF_LANES];
	AdfSeries	series;
	AdfSeries	other;
	int			differences = 0;
	int			t;
	int			i;

	for (t = 0; t < length; t++)
		scaled[t] = scale * level[t];
	lay_out(&series, level, length, room);
	lay_out(&other, scaled, length, room2);
	for (t = 9; t < length - ADF_LANES; t++)
	{
		AdfSweep(&series, 1, 10, t, backward[0], forward[0]);
		AdfSweep(&other, 1, 10, t, backward[1], forward[1]);
		for (i = 0; i < ADF_LANES; i++)
			differences +=
				!(distance(backward[1][i], backward[0][i]) <= tolerance);
	}
	return differences;
}

static void
check_scales(void)
{
	double		level[MOST_LEVELS];
	int			infinite = 0;
	int			lags;
	int			i;

	grow(level, MOST_LEVELS, 1.03, 10.0, 1.0);
	check(scale_differences(level, MOST_LEVELS, ldexp(1.0, 900), 0.0) == 0,
		  "levels times 2^900: the same bits");
	check(scale_differences(level, MOST_LEVELS, ldexp(1.0, -900), 0.0) == 0,
		  "levels by 2^900: the same bits");
	check(scale_differences(level, MOST_LEVELS, 1e300, TOLERANCE) == 0,
		  "levels times 1e300");
	check(scale_differences(level, MOST_LEVELS, -1.0, 0.0) == 0,
		  "levels turned around: the same bits");
	for (lags = 0; lags <= 2; lags++)
		for (i = 0; i < 200; i++)
		{
			AdfSeries	series;
			double		path[MOST_LEVELS];
			double		backward[ADF_LANES];
			double		forward[ADF_LANES];
			int			t;

			for (t = 0; t < 40; t++)
				level[t] = noise() * pow(10.0, 308.0 *
										 (2.0 * gsl_rng_uniform(generator) -
										  1.0));
			for (t = 0; t < 40; t++)
				if (isinf(level[t]))
					level[t] = 1.7e308;
			lay_out(&series, level, 40, room);
			AdfForward(&series, lags, 8, path);
			for (t = 7; t < 40; t++)
			{
				AdfSweep(&series, lags, 8, t, backward, forward);
				infinite += isinf(backward[0]) || isinf(forward[0]) ||
					isinf(path[t - 7]);
			}
		}
	check(infinite == 0, "levels of any size: %d infinite", infinite);
}

static void
check_pauses(void)
{
	static double level[LONG_LEVELS];
	double		backward[ADF_LANES];
	double		forward[ADF_LANES];
	double		path;
	AdfSeries	series;

	grow(level, LONG_LEVELS, 1.0, 0.0, 1.0);
	lay_out(&series, level, LONG_LEVELS, room);
	pauses = 0;
	AdfSweep(&series, 1, 100, LONG_LEVELS - 1, backward, forward);
	check(pauses >= 3, "a long sweep pauses (%d times)", pauses);
	pauses = 0;
	AdfForward(&series, 1, LONG_LEVELS, &path);
	check(pauses >= 3 && distance(path, forward[0]) < TOLERANCE,
		  "so does a long forward pass (%d times)", pauses);
	pauses = 0;
	(void) AdfChooseLags(&series, 3, LAGS_BY_BIC);
	check(pauses >= 3, "and the choice of lags (%d times)", pauses);
}

/* ---- other terms than a constant ---- */

static void
check_other_terms(void)
{
	static const int many_lags[] = {0, 1, 2, 5, 12};
	double		level[MOST_LEVELS];
	int			lags;
	size_t		i;

	for (i = 0; i < sizeof(many_lags) / sizeof(many_lags[0]); i++)
	{
		lags = many_lags[i];
		grow(level, 80, 1.0, 0.0, 1.0);
		check_series("random walk", level, 80, lags);
		grow(level, 80, 1.05, 10.0, 1.0);
		check_series("root 1.05", level, 80, lags);
		grow(level, 80, 0.5, 1e3, 1.0);
		check_series("stable series from 1e3", level, 80, lags);
	}
	check_lag_choice();
	check_perfect("zero", 0.0, 0.0, 1.0);
	check_perfect("constant 5", 5.0, 0.0, 1.0);
	check_perfect("growth by 10 %", 100.0, 0.0, 1.1);
}


/* ---- no statistic ---- */

/*
 * With a number as argument the vectors of that number are used, if the
 * processor has them.
 */
int
main(int argc, char **argv)
{
	const int	vectors = argc > 1 ? atoi(argv[1]) : 0;

	if (AdfVectors(vectors) == NULL)
	{
		printf("no such vectors\n");
		return 0;
	}
	if (argc > 1 && !AdfUseVectors(vectors))
	{
		printf("%s is not in this processor\n", AdfVectors(vectors));
		return 0;
	}
	generator = gsl_rng_alloc(gsl_rng_mt19937);
	gsl_rng_set(generator, 20240517);
	check_random_series();
	check_without_statistic();
	check_lag_choice();
	check_lags_of_perfect_fits();
	check_scales();
	check_pauses();
	for (terms = ADF_NONE; terms <= ADF_TREND; terms += 2)
		check_other_terms();
	printf("digest %016llx\n", (unsigned long long) digest);
	gsl_rng_free(generator);
	return failures == 0 ? 0 : 1;
}
