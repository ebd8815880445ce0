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
#include <math.h>
#include <stdbool.h>

#include "explosive/adf_sweep.h"
#include "foundation/pause.h"
#include "foundation/vectors.h"

/* ---- the vectors ---- */

typedef struct Sweep
{
	void		(*run) (const AdfSeries *series, int lags, int64_t min_window,
						int64_t end, double *backward, double *forward);
	int			ends;			/* that it sweeps at a time */
} Sweep;

/* With a constant, small numbers of lags have unrolled sweeps of their own. */
#define UNROLLED_LAGS 5

enum
{
	SWEEP_CONSTANT = UNROLLED_LAGS,
	SWEEP_NONE,
	SWEEP_TREND,
	SWEEPS
};

/*
 * Vectors that a sweep has in turn.  With more lags its factorisations do not
 * stay in registers anyway, and its divisions wait for each other longer.
 */
#define FEW_VECTORS 2
#define MANY_VECTORS 4

#define VECTORS plain
#define LANES 2
#define TARGET
#include "explosive/adf_sweeps.h"
#undef VECTORS
#undef LANES
#undef TARGET

#if WIDE_VECTORS
#define VECTORS avx2
#define LANES 4
#define TARGET __attribute__((target("avx2,bmi2")))
#include "explosive/adf_sweeps.h"
#undef VECTORS
#undef LANES
#undef TARGET

#define VECTORS avx512
#define LANES 8
#define TARGET __attribute__((target("avx512f,avx512dq")))
#include "explosive/adf_sweeps.h"

static bool
has_avx512(void)
{
	return __builtin_cpu_supports("avx512f") &&
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
static const Sweep *const sweeps_of[] = {
#if WIDE_VECTORS
	sweeps_avx512,
	sweeps_avx2,
#endif
	sweeps_plain
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

static const Sweep *
sweep_for(int lags, AdfTerms terms)
{
	int			which = SWEEP_CONSTANT;

	if (terms == ADF_NONE)
		which = SWEEP_NONE;
	else if (terms == ADF_TREND)
		which = SWEEP_TREND;
	else if (lags < UNROLLED_LAGS)
		which = lags;
	return &sweeps_of[UsedVectors(&choice)][which];
}

/* ---- what callers see ---- */

static void
take_roots(double *squared, int count)
{
	int			i;

	for (i = 0; i < count; i++)
		squared[i] = FactorsRoot(squared[i]);
}

/*
 * The statistics of the windows that end at "end" and at the levels after it,
 * one in each of ADF_LANES: the largest of all windows of at least
 * min_window levels, and that of the window from the first level, unless
 * forward is NULL.  NaN where there is none; what is said of ends after the
 * last level has no meaning.
 */
void
AdfSweep(const AdfSeries *series, int lags, int64_t min_window, int64_t end,
		 double *backward, double *forward)
{
	const Sweep *sweep = sweep_for(lags, series->terms);
	int			i;

	for (i = 0; i < ADF_LANES && end + i < series->length; i += sweep->ends)
		sweep->run(series, lags, min_window, end + i, backward + i,
				   forward == NULL ? NULL : forward + i);
	take_roots(backward, i);
	if (forward != NULL)
		take_roots(forward, i);
}
