/*
 * adf_sweep.c - augmented Dickey-Fuller statistics of all windows
 *
 * Kernel: no PostgreSQL in here.
 *
 * The method is described in adf_sweep.h.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "explosive/adf_factors.h"
#include "explosive/adf_sweep.h"
#include "foundation/pause.h"
#include "foundation/vectors.h"

/*
 * Let the row of time t enter in the first lane, in the others those after it.
 */
UNROLLED void
enter_times(Factors *f, const AdfSeries *series, int lags, AdfTerms terms,
			const Lanes *reference, int64_t t, double rows)
{
	const Lanes zero = {0.0};
	Lanes		row[MOST_COLUMNS + 1];
	Lanes		level;
	int			column = 0;
	int			i;

	load(&level, series->level + t - 1);
	f->largest = LARGER(ABSOLUTE(level), f->largest);
	if (terms == ADF_TREND)
		row[column++] = zero - rows;
	for (i = 0; i < lags; i++)
		load(&row[column++], series->change + t - 1 - i);
	row[column++] = terms == ADF_NONE ? level : level - *reference;
	load(&row[column], series->change + t);
	FactorsEnter(f, lags, terms, row, 1.0 / rows);
}

UNROLLED void
sweep(const AdfSeries *series, int lags, AdfTerms terms, int64_t min_window,
	  int64_t end, double *backward, double *forward)
{
	const Lanes none = {-INFINITY, -INFINITY, -INFINITY, -INFINITY};
	const int64_t longest = end - lags; /* rows of the first lane */
	const int64_t last = longest + ADF_LANES - 1;
	Lanes		best = none;
	Lanes		now = none;
	Lanes		reference;
	Factors		f;
	Mask		left;			/* rows that a lane has */
	int64_t		rows;
	int64_t		pause;

	FactorsInit(&f);
	load(&reference, series->level + end - 1);
	for (rows = 0; rows < ADF_LANES; rows++)
	{
		left[rows] = longest + rows;
		forward[rows] = -INFINITY;
	}
	for (rows = 1; rows <= last; KernelPause())
	{
		pause = last - rows < ROWS_BETWEEN_PAUSES ? last :
			rows + ROWS_BETWEEN_PAUSES;
		for (; rows <= pause; rows++)
		{
			enter_times(&f, series, lags, terms, &reference, end - rows + 1,
						(double) rows);
			if (rows + lags + 1 < min_window)
				continue;
			FactorsStatistic(&f, lags, terms, (double) rows, &now);
			best = LARGER(CHOOSE((Mask) (left >= rows), now, none), best);
			/* The longest window of a lane is that from the first level. */
			if (rows >= longest)
				forward[rows - longest] = now[rows - longest];
		}
	}
	memcpy(backward, &best, sizeof(best));
}

/* ---- the vectors ---- */

typedef void (*Sweep) (const AdfSeries *series, int lags, int64_t min_window,
					   int64_t end, double *backward, double *forward);

/* With a constant, small numbers of lags have unrolled sweeps of their own. */
#define UNROLLED_LAGS 5

enum
{
	SWEEP_CONSTANT = UNROLLED_LAGS,
	SWEEP_NONE,
	SWEEP_TREND,
	SWEEPS
};

#define SWEEP(name, target, lags, terms) \
static target void \
name(const AdfSeries *series, int given, int64_t min_window, int64_t end, \
	 double *backward, double *forward) \
{ \
	(void) given; \
	sweep(series, lags, terms, min_window, end, backward, forward); \
}

#define SWEEPS_FOR(vectors, target) \
SWEEP(sweep_0_##vectors, target, 0, ADF_CONSTANT) \
SWEEP(sweep_1_##vectors, target, 1, ADF_CONSTANT) \
SWEEP(sweep_2_##vectors, target, 2, ADF_CONSTANT) \
SWEEP(sweep_3_##vectors, target, 3, ADF_CONSTANT) \
SWEEP(sweep_4_##vectors, target, 4, ADF_CONSTANT) \
SWEEP(sweep_constant_##vectors, target, given, ADF_CONSTANT) \
SWEEP(sweep_none_##vectors, target, given, ADF_NONE) \
SWEEP(sweep_trend_##vectors, target, given, ADF_TREND)

#define TABLE_FOR(vectors) \
{ \
	sweep_0_##vectors, sweep_1_##vectors, sweep_2_##vectors, \
	sweep_3_##vectors, sweep_4_##vectors, sweep_constant_##vectors, \
	sweep_none_##vectors, sweep_trend_##vectors \
}

SWEEPS_FOR(plain,)

#if WIDE_VECTORS
/*
 * AVX-512 for vectors of four doubles needs VL and DQ: without them a compiler
 * takes eight lanes and throws half of them away, which is slower than AVX2.
 */
SWEEPS_FOR(avx512, __attribute__((target("avx512f,avx512vl,avx512dq"))))
SWEEPS_FOR(avx2, __attribute__((target("avx2,bmi2"))))

static bool
has_avx512(void)
{
	return __builtin_cpu_supports("avx512f") &&
		__builtin_cpu_supports("avx512vl") &&
		__builtin_cpu_supports("avx512dq");
}

static bool
has_avx2(void)
{
	return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi2");
}
#endif

static const Vectors known_vectors[] = {
#if WIDE_VECTORS
	{"avx512", has_avx512},
	{"avx2", has_avx2},
#endif
	{"plain", NULL}
};

static VectorChoice choice = VECTOR_CHOICE(known_vectors);

/* In the same order. */
static const Sweep sweep_of[][SWEEPS] = {
#if WIDE_VECTORS
	TABLE_FOR(avx512),
	TABLE_FOR(avx2),
#endif
	TABLE_FOR(plain)
};

const char *
AdfVectors(int vectors)
{
	return VectorsName(&choice, vectors);
}

bool
AdfUseVectors(int vectors)
{
	return UseVectors(&choice, vectors);
}

static Sweep
sweep_for(int lags, AdfTerms terms)
{
	int			which = SWEEP_CONSTANT;

	if (terms == ADF_NONE)
		which = SWEEP_NONE;
	else if (terms == ADF_TREND)
		which = SWEEP_TREND;
	else if (lags < UNROLLED_LAGS)
		which = lags;
	return sweep_of[UsedVectors(&choice)][which];
}

/* ---- what callers see ---- */

/*
 * The statistics of the windows that end at "end" and at the levels after it,
 * one in each of ADF_LANES: the largest of all windows of at least
 * min_window levels, and that of the window from the first level.  NaN where
 * there is none.
 */
void
AdfSweep(const AdfSeries *series, int lags, int64_t min_window, int64_t end,
		 double *backward, double *forward)
{
	int			i;

	sweep_for(lags, series->terms) (series, lags, min_window, end, backward,
									forward);
	for (i = 0; i < ADF_LANES; i++)
	{
		backward[i] = FactorsRoot(backward[i]);
		forward[i] = FactorsRoot(forward[i]);
	}
}
