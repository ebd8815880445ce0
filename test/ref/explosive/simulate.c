/*
 * simulate.c - the explosive-root statistics under the null, as histograms
 *
 *	 simulate DIRECTORY LENGTH LAGS CHUNK REPLICATIONS [sadf]
 *
 * LAGS is a list such as 0,1,4.  Random walks y(t) = y(t-1) + N(0,1), without
 * drift, LENGTH levels long.  One walk gives the statistics of all lags, all
 * minimum windows m and all lengths n up to LENGTH: of the window ends at
 * level n the BSADF, the largest of those up to n, which is the GSADF, and
 * likewise the SADF.  They are counted for the nodes of plan.h.  With "sadf"
 * only windows from the first level on are looked at, which gives the SADF
 * and, where n = m, the others, at a cost of LENGTH instead of its square.
 *
 * Of random walks the sums over a window may be differences of running sums,
 * which costs O(k^3) a window of k lags, side by side in the lanes of a
 * vector, whereas the extension's kernel must bear any series.  "simulate
 * check" compares the two.
 *
 * Writes DIRECTORY/LENGTH_LAGS_CHUNK.hist, or LENGTH_LAGS_CHUNK_sadf.hist.  A
 * chunk that is there already is left alone.  The seed is made of LENGTH, the
 * number of LAGS and CHUNK, so that every chunk can be computed again.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>

#include "explosive/adf_sweep.h"
#include "foundation/pause.h"
#include "plan.h"

#define STATISTICS 3
#define NOTHING (-1e30f)
#define LANES 8
#define BEFORE 32				/* room before and after every array */
#define ROOM (PLAN_MOST_LENGTH + 2 * BEFORE)

typedef double Lanes __attribute__((vector_size(LANES * sizeof(double))));
typedef int64_t Mask __attribute__((vector_size(LANES * sizeof(int64_t))));
typedef float Floats __attribute__((vector_size(LANES * sizeof(float))));

/* ---- a walk and its running sums ---- */

static double y[ROOM];
static double dy[ROOM];
static double sum_y[ROOM];
static double sum_yy[ROOM];		/* of squares */
static double sum_dd[PLAN_MOST_LAGS + 1][ROOM]; /* dy(t) dy(t-d) */
static double sum_yd[PLAN_MOST_LAGS + 1][ROOM]; /* y(t-1) dy(t-i) */
static double rows_back[ROOM];	/* N, N - 1, ... */
static double share_back[ROOM]; /* their inverses */
static float value[ROOM];

void
KernelPause(void)
{
}

static void
random_walk(gsl_rng *generator, int length, int most_lags)
{
	int			t;
	int			i;

	y[BEFORE] = 0.0;
	sum_y[BEFORE] = 0.0;
	for (t = BEFORE + 1; t < BEFORE + length; t++)
	{
		dy[t] = gsl_ran_gaussian_ziggurat(generator, 1.0);
		y[t] = y[t - 1] + dy[t];
		sum_y[t] = sum_y[t - 1] + y[t];
		sum_yy[t] = sum_yy[t - 1] + y[t] * y[t];
	}
	for (i = 0; i <= most_lags; i++)
		for (t = BEFORE + 1; t < BEFORE + length; t++)
		{
			sum_dd[i][t] = sum_dd[i][t - 1] + dy[t] * dy[t - i];
			sum_yd[i][t] = sum_yd[i][t - 1] + y[t - 1] * dy[t - i];
		}
}

/* ---- t |t| of all windows of an end ---- */

static inline __attribute__((always_inline)) Lanes
less(const double *array, int end, int start)
{
	Lanes		lanes;

	memcpy(&lanes, array + start, sizeof(lanes));
	return array[end] - lanes;
}

/*
 * Windows that end at level "end" and begin at the first "count" levels.
 */
static inline __attribute__((always_inline)) void
sweep(int k, int length, int end, int count)
{
	const int	e = BEFORE + end;
	int			start;

	for (start = 0; start < count; start += LANES)
	{
		const int	s = BEFORE + start + k;
		const int	back = length - end + k + start;
		Lanes		m[PLAN_MOST_LAGS + 2][PLAN_MOST_LAGS + 2];
		Lanes		sum[PLAN_MOST_LAGS + 2];
		Lanes		rows;
		Lanes		share;
		Lanes		top;
		Lanes		bottom;
		Floats		result;
		int			i;
		int			j;
		int			p;

		memcpy(&rows, rows_back + back, sizeof(rows));
		memcpy(&share, share_back + back, sizeof(share));
		/* 0 ... k - 1 are the lags 1 ... k, k the level, k + 1 the change. */
#pragma GCC unroll 16
		for (i = 0; i < k; i++)
			sum[i] = less(y, e - i - 1, s - i - 1);
		sum[k] = less(sum_y, e - 1, s - 1);
		sum[k + 1] = less(y, e, s);
#pragma GCC unroll 16
		for (i = 0; i < k; i++)
		{
#pragma GCC unroll 16
			for (j = i; j < k; j++)
				m[i][j] = less(sum_dd[j - i], e - i - 1, s - i - 1);
			m[i][k] = less(sum_yd[i + 1], e, s);
			m[i][k + 1] = less(sum_dd[i + 1], e, s);
		}
		m[k][k] = less(sum_yy, e - 1, s - 1);
		m[k][k + 1] = less(sum_yd[0], e, s);
		m[k + 1][k + 1] = less(sum_dd[0], e, s);
#pragma GCC unroll 16
		for (i = 0; i < k + 2; i++)
		{
#pragma GCC unroll 16
			for (j = i; j < k + 2; j++)
				m[i][j] -= sum[i] * sum[j] * share;
		}
#pragma GCC unroll 16
		for (p = 0; p < k; p++)
		{
			Lanes		inverse = 1.0 / m[p][p];

#pragma GCC unroll 16
			for (i = p + 1; i < k + 2; i++)
			{
				Lanes		factor = m[p][i] * inverse;

#pragma GCC unroll 16
				for (j = i; j < k + 2; j++)
					m[i][j] -= factor * m[p][j];
			}
		}
		top = m[k][k + 1] * (Lanes) ((Mask) m[k][k + 1] & INT64_MAX) *
			(rows - (k + 2.0));
		bottom = m[k][k] * m[k + 1][k + 1] - m[k][k + 1] * m[k][k + 1];
		result = __builtin_convertvector(top, Floats) /
			__builtin_convertvector(bottom, Floats);
		memcpy(value + start, &result, sizeof(result));
	}
}

#define SWEEP(k) \
static __attribute__((noinline)) void \
sweep_##k(int length, int end, int count) \
{ \
	sweep(k, length, end, count); \
}

SWEEP(0) SWEEP(1) SWEEP(2) SWEEP(3) SWEEP(4) SWEEP(5) SWEEP(6) SWEEP(7)
SWEEP(8) SWEEP(9) SWEEP(10) SWEEP(11) SWEEP(12)

static void (*const sweeps[]) (int length, int end, int count) = {
	sweep_0, sweep_1, sweep_2, sweep_3, sweep_4, sweep_5, sweep_6, sweep_7,
	sweep_8, sweep_9, sweep_10, sweep_11, sweep_12
};

/* ---- counting ---- */

/* A minimum window on its way along a walk. */
typedef struct Track
{
	Plan		plan;
	int			longest;		/* last node */
	int			next;			/* node */
	float		gsadf;
	float		sadf;
	uint32_t	(*count)[STATISTICS][BINS]; /* of each node */
} Track;

static int	sadf_only;
static Track track[PLAN_MOST_LAGS + 1][MOST_WINDOWS];
static int	tracks[PLAN_MOST_LAGS + 1];

static double
root(float squared)
{
	return copysign(sqrt(fabs(squared)), squared);
}

static void
count_draw(Track *t, float bsadf)
{
	if (!sadf_only || t->plan.node[t->next] == t->plan.min_window)
	{
		t->count[t->next][0][bin_of(root(bsadf))]++;
		t->count[t->next][1][bin_of(root(t->gsadf))]++;
	}
	t->count[t->next][2][bin_of(root(t->sadf))]++;
	t->next++;
}

static float
largest_of(int from, int to, float largest)
{
	int			i;

	for (i = from; i < to; i++)
		largest = value[i] > largest ? value[i] : largest;
	return largest;
}

/*
 * Let a walk of "length" pass through all minimum windows with k lags.
 */
static void
follow(int k, int length)
{
	int			shortest = 0;	/* track in use, and the one after them */
	int			longest = 0;
	int			n;
	int			i;

	for (i = 0; i < tracks[k]; i++)
	{
		track[k][i].next = 0;
		track[k][i].gsadf = track[k][i].sadf = NOTHING;
	}
	for (n = track[k][0].plan.min_window; n <= length; n++)
	{
		float		bsadf = NOTHING;
		int			done = 0;

		while (longest < tracks[k] && track[k][longest].plan.min_window <= n)
			longest++;
		while (track[k][shortest].longest < n)
			shortest++;
		sweeps[k] (length, n - 1, sadf_only ? 1 :
				   n - track[k][shortest].plan.min_window + 1);
		for (i = longest - 1; i >= shortest; i--)
		{
			Track	   *t = &track[k][i];
			int			starts = sadf_only ? 1 : n - t->plan.min_window + 1;

			bsadf = largest_of(done, starts, bsadf);
			done = starts;
			t->gsadf = fmaxf(t->gsadf, bsadf);
			t->sadf = fmaxf(t->sadf, value[0]);
			if (t->plan.node[t->next] == n)
				count_draw(t, bsadf);
		}
	}
}

static void
prepare(int k, int length)
{
	Plan		plan[MOST_WINDOWS];
	int			i;

	tracks[k] = make_plans(plan, k);
	while (tracks[k] > 0 && plan[tracks[k] - 1].min_window > length)
		tracks[k]--;
	for (i = 0; i < tracks[k]; i++)
	{
		Track	   *t = &track[k][i];

		t->plan = plan[i];
		t->longest = plan[i].node[plan[i].nodes - 1];
		t->count = calloc(plan[i].nodes, sizeof(*t->count));
		if (t->count == NULL)
			exit(1);
	}
}

/* ---- output ---- */

static void
put_number(FILE *file, uint32_t number)
{
	for (; number >= 128; number >>= 7)
		putc(number % 128 + 128, file);
	putc(number, file);
}

/*
 * Every histogram from its first to its last filled bin.
 */
static void
put_histogram(FILE *file, const uint32_t *count)
{
	int			first = 0;
	int			last = BINS - 1;
	int			i;

	while (first < BINS - 1 && count[first] == 0)
		first++;
	while (last > first && count[last] == 0)
		last--;
	put_number(file, first);
	put_number(file, last);
	for (i = first; i <= last; i++)
		put_number(file, count[i]);
}

static void
put_track(FILE *file, int k, int length, const Track *t)
{
	int			node;
	int			i;

	for (node = 0; node < t->plan.nodes; node++)
	{
		if (t->plan.node[node] > length)
			break;
		put_number(file, k);
		put_number(file, t->plan.min_window);
		put_number(file, t->plan.node[node]);
		for (i = 0; i < STATISTICS; i++)
			put_histogram(file, t->count[node][i]);
	}
}

/* ---- comparison with the kernel ---- */

static int
check(void)
{
	const int	length = 400;
	gsl_rng    *generator = gsl_rng_alloc(gsl_rng_mt19937);
	double	   *room = malloc(AdfSeriesRoom(length) * sizeof(double));
	double		backward[ADF_LANES];
	double		forward[ADF_LANES];
	double		worst = 0.0;
	AdfSeries	series;
	int			k;
	int			n;

	random_walk(generator, length, PLAN_MOST_LAGS);
	AdfSeriesInit(&series, y + BEFORE, length, room);
	for (n = 0; n < length; n++)
	{
		rows_back[n] = length - n;
		share_back[n] = 1.0 / rows_back[n];
	}
	for (k = 0; k <= PLAN_MOST_LAGS; k++)
		for (n = 2 * k + 8; n <= length; n++)
		{
			int			count = n - (2 * k + 8) + 1;

			AdfSweep(&series, k, 2 * k + 8, n - 1, backward, forward);
			sweeps[k] (length, n - 1, count);
			worst = fmax(worst, fabs(root(value[0]) - forward[0]));
			worst = fmax(worst, fabs(root(largest_of(0, count, NOTHING)) -
									 backward[0]));
		}
	printf("largest difference from the kernel: %g\n", worst);
	return worst < 1e-5 ? 0 : 1;
}

int
main(int argc, char **argv)
{
	gsl_rng    *generator = gsl_rng_alloc(gsl_rng_mt19937);
	int			used[PLAN_MOST_LAGS + 1];
	int			uses = 0;
	char		name[4096];
	char		unfinished[4200];
	FILE	   *file;
	char	   *next;
	int			length;
	int			chunk;
	int			replications;
	int			i;
	int			j;

	if (argc == 2)
		return check();
	if (argc < 6)
		return 2;
	sadf_only = argc > 6;
	length = atoi(argv[2]);
	chunk = atoi(argv[4]);
	replications = atoi(argv[5]);
	snprintf(name, sizeof(name), "%s/%d_%s_%d%s.hist", argv[1], length,
			 argv[3], chunk, sadf_only ? "_sadf" : "");
	if (access(name, F_OK) == 0)
		return 0;
	for (next = argv[3]; *next != '\0'; next += *next == ',')
	{
		used[uses] = strtol(next, &next, 10);
		prepare(used[uses++], length);
	}
	gsl_rng_set(generator, 1 + chunk + 1000UL * uses + 100000UL * length);
	for (i = 0; i < length; i++)
	{
		rows_back[i] = length - i;
		share_back[i] = 1.0 / rows_back[i];
	}
	for (i = 0; i < replications; i++)
	{
		random_walk(generator, length, used[uses - 1]);
		for (j = 0; j < uses; j++)
			follow(used[j], length);
	}
	snprintf(unfinished, sizeof(unfinished), "%s.%d", name, (int) getpid());
	file = fopen(unfinished, "wb");
	if (file == NULL)
		return 1;
	put_number(file, replications);
	for (j = 0; j < uses; j++)
		for (i = 0; i < tracks[used[j]]; i++)
			put_track(file, used[j], length, &track[used[j]][i]);
	if (fclose(file) != 0)
		return 1;
	return rename(unfinished, name) == 0 ? 0 : 1;
}
