/*
 * size.c - how often the tests reject random walks
 *
 *	 size LENGTH MIN_WINDOW REPLICATIONS SEED [sadf]
 *
 * A MIN_WINDOW of 0 is the default, but no less than 8 + 2 lags.  For 0, 1 and
 * 4 lags prints the percentage of random walks whose ADF, SADF and GSADF are
 * above the critical values of the surface at 5 and at 1 percent, with its
 * standard error, and what the critical values should be: the quantiles of
 * these walks.  "sadf" leaves out the GSADF, which costs LENGTH squared.
 *
 * Shares nothing with what the surface was made by: the numbers are those of
 * Marsaglia's xorshift and of Box and Muller, and every window is a regression
 * on a constant, the level and the changes before, solved by Gauss-Jordan
 * elimination of its normal equations, whose sums grow row by row from the
 * window's first level on.  In the first walks they are summed anew for each
 * window and must give the same.  Eight walks stand side by side.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "explosive/surface.h"
#include "foundation/pause.h"

#define WALKS 8
#define MOST_LEVELS 50000
#define MOST_TERMS 7			/* constant, level, 4 changes; the dependent */

typedef double Walks __attribute__((vector_size(WALKS * sizeof(double))));

static const int lags_of[] = {0, 1, 4};
static Walks y[MOST_LEVELS];
static uint64_t state;

void
KernelPause(void)
{
}

static double
uniform(void)
{
	state ^= state >> 12;
	state ^= state << 25;
	state ^= state >> 27;
	return (double) ((state * 2685821657736338717ULL >> 11) + 1) /
		9007199254740993.0;
}

static void
make_walks(int length)
{
	const double turn = 8.0 * atan(1.0);
	int			t;
	int			w;

	y[0] = (Walks) {0.0};
	for (t = 1; t < length; t++)
		for (w = 0; w < WALKS; w += 2)
		{
			double		radius = sqrt(-2.0 * log(uniform()));
			double		angle = turn * uniform();

			y[t][w] = y[t - 1][w] + radius * cos(angle);
			y[t][w + 1] = y[t - 1][w + 1] + radius * sin(angle);
		}
}

/*
 * Add the row of time t of a window that begins at "start".
 */
static inline __attribute__((always_inline)) void
add_row(Walks sum[MOST_TERMS][MOST_TERMS], int lags, int start, int t)
{
	Walks		row[MOST_TERMS];
	int			i;
	int			j;

	row[0] = (Walks) {0.0} + 1.0;
	row[1] = y[t - 1] - y[start];
#pragma GCC unroll 8
	for (i = 1; i <= lags; i++)
		row[1 + i] = y[t - i] - y[t - i - 1];
	row[lags + 2] = y[t] - y[t - 1];
#pragma GCC unroll 8
	for (i = 0; i < lags + 3; i++)
	{
#pragma GCC unroll 8
		for (j = 0; j < lags + 3; j++)
			sum[i][j] += row[i] * row[j];
	}
}

/*
 * The t statistic of the level.
 */
static inline __attribute__((always_inline)) Walks
solve(Walks sum[MOST_TERMS][MOST_TERMS], int lags, int rows)
{
	const int	last = lags + 2;
	Walks		a[MOST_TERMS][MOST_TERMS];
	Walks		t;
	int			p;
	int			i;
	int			j;

#pragma GCC unroll 8
	for (i = 0; i <= last; i++)
	{
#pragma GCC unroll 8
		for (j = 0; j <= last; j++)
			a[i][j] = sum[i][j];
	}
#pragma GCC unroll 8
	for (p = 0; p < last; p++)
	{
		const Walks inverse = 1.0 / a[p][p];

		a[p][p] = (Walks) {0.0} + 1.0;
#pragma GCC unroll 8
		for (j = 0; j <= last; j++)
			a[p][j] *= inverse;
#pragma GCC unroll 8
		for (i = 0; i <= last; i++)
		{
			const Walks factor = a[i][p];

			if (i == p)
				continue;
			a[i][p] = (Walks) {0.0};
#pragma GCC unroll 8
			for (j = 0; j <= last; j++)
				a[i][j] -= factor * a[p][j];
		}
	}
	t = a[last][last] / (rows - lags - 2.0) * a[1][1];
	for (i = 0; i < WALKS; i++)
		t[i] = a[1][last][i] / sqrt(t[i]);
	return t;
}

/*
 * The same of the levels from "start" to "end", summed anew.
 */
static Walks
solve_anew(int lags, int start, int end)
{
	Walks		sum[MOST_TERMS][MOST_TERMS];
	int			t;

	memset(sum, 0, sizeof(sum));
	for (t = start + lags + 1; t <= end; t++)
		add_row(sum, lags, start, t);
	return solve(sum, lags, end - start - lags);
}

/* ---- the three statistics ---- */

typedef struct Statistics
{
	Walks		adf;
	Walks		sadf;
	Walks		gsadf;
} Statistics;

static inline __attribute__((always_inline)) void
raise(Walks *largest, Walks t)
{
	int			i;

	for (i = 0; i < WALKS; i++)
		(*largest)[i] = t[i] > (*largest)[i] ? t[i] : (*largest)[i];
}

static void
compare(Walks t, Walks anew, int start, int end)
{
	int			i;

	for (i = 0; i < WALKS; i++)
		if (!(fabs(t[i] - anew[i]) < 1e-7 * (1.0 + fabs(t[i]))))
		{
			printf("levels %d to %d: %.12g, but anew %.12g\n", start, end,
				   t[i], anew[i]);
			exit(1);
		}
}

static inline __attribute__((always_inline)) void
walk_windows(Statistics *s, int lags, int length, int window, int starts,
			 int anew)
{
	const Walks none = (Walks) {0.0} - INFINITY;
	Walks		sum[MOST_TERMS][MOST_TERMS];
	Walks		t;
	int			start;
	int			end;

	s->adf = s->sadf = s->gsadf = none;
	for (start = 0; start < starts; start++)
	{
		memset(sum, 0, sizeof(sum));
		for (end = start + lags + 1; end < length; end++)
		{
			add_row(sum, lags, start, end);
			if (end - start + 1 < window)
				continue;
			t = solve(sum, lags, end - start - lags);
			if (anew)
				compare(t, solve_anew(lags, start, end), start, end);
			raise(&s->gsadf, t);
			if (start == 0)
				s->adf = t;
		}
		if (start == 0)
			s->sadf = s->gsadf;
	}
}

#define WALK_WINDOWS(lags) \
static __attribute__((noinline)) void \
walk_windows_##lags(Statistics *s, int length, int window, int starts, \
					int anew) \
{ \
	walk_windows(s, lags, length, window, starts, anew); \
}

WALK_WINDOWS(0)
WALK_WINDOWS(1)
WALK_WINDOWS(4)

static void (*const walk_windows_of[]) (Statistics *s, int length, int window,
										int starts, int anew) = {
	walk_windows_0, walk_windows_1, walk_windows_4
};

/* ---- counting ---- */

#define TESTS 3					/* ADF, SADF, GSADF */

typedef struct Case
{
	int			lags;
	int			window;
	double		critical[TESTS][2];
	double		rejected[TESTS][2];
	float	   *statistic[TESTS];
	int			walks;
} Case;

static void
prepare(Case *c, int lags, int length, int window, int walks)
{
	static const SupStatistic test[TESTS] = {SUP_BSADF, SUP_SADF, SUP_GSADF};
	double		quantile[SURFACE_LEVELS];
	int			usual = (int) floor(0.01 * length + 1.8 * sqrt(length));
	int			i;

	memset(c, 0, sizeof(*c));
	c->lags = lags;
	c->window = window > 0 ? window : usual;
	if (c->window < 2 * lags + 8)
		c->window = 2 * lags + 8;
	for (i = 0; i < TESTS; i++)
	{
		SurfaceQuantiles(test[i], length, i == 0 ? length : c->window, lags,
						 quantile);
		c->critical[i][0] = SurfaceCriticalValue(quantile, 0.95);
		c->critical[i][1] = SurfaceCriticalValue(quantile, 0.99);
		c->statistic[i] = malloc((walks + WALKS) * sizeof(float));
		if (c->statistic[i] == NULL)
			exit(1);
	}
}

static void
count(Case *c, int test, Walks statistic)
{
	int			i;

	for (i = 0; i < WALKS; i++)
	{
		c->rejected[test][0] += statistic[i] > c->critical[test][0];
		c->rejected[test][1] += statistic[i] > c->critical[test][1];
		c->statistic[test][c->walks + i] = (float) statistic[i];
	}
}

static int
compare_floats(const void *a, const void *b)
{
	const float x = *(const float *) a;
	const float y = *(const float *) b;

	return (x > y) - (x < y);
}

static void
print_case(const Case *c, int length, int tests)
{
	static const char *const name[TESTS] = {"ADF", "SADF", "GSADF"};
	const double percent = 100.0 / c->walks;
	int			i;

	for (i = 0; i < tests; i++)
	{
		qsort(c->statistic[i], c->walks, sizeof(float), compare_floats);
		printf("%5d %5d %d %-5s %8d  %6.3f (%.3f)  %6.3f (%.3f)  "
			   "%6.3f %6.3f\n", length, c->window, c->lags, name[i], c->walks,
			   percent * c->rejected[i][0], sqrt(4.75 * percent),
			   percent * c->rejected[i][1], sqrt(0.99 * percent),
			   c->statistic[i][(int) (0.95 * c->walks)],
			   c->statistic[i][(int) (0.99 * c->walks)]);
	}
}

int
main(int argc, char **argv)
{
	const int	tests = argc == 6 ? 2 : 3;
	Statistics	s;
	Case		cases[3];
	int			length;
	int			replications;
	int			done;
	int			i;

	if (argc < 5)
		return 2;
	length = atoi(argv[1]);
	replications = atoi(argv[3]);
	state = 88172645463325252ULL + 1000003ULL * atoi(argv[4]) + length;
	for (i = 0; i < 100; i++)
		uniform();
	for (i = 0; i < 3; i++)
		prepare(&cases[i], lags_of[i], length, atoi(argv[2]), replications);
	for (done = 0; done < replications; done += WALKS)
	{
		make_walks(length);
		for (i = 0; i < 3; i++)
		{
			Case	   *c = &cases[i];

			walk_windows_of[i] (&s, length, c->window,
								tests == 2 ? 1 : length - c->window + 1,
								done == 0 && length <= 1000);
			count(c, 0, s.adf);
			count(c, 1, s.sadf);
			count(c, 2, s.gsadf);
			c->walks += WALKS;
		}
	}
	for (i = 0; i < 3; i++)
		print_case(&cases[i], length, tests);
	return 0;
}
