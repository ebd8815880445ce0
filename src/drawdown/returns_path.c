/*
 * returns_path.c - drawdown along many simple returns
 *
 * Kernel: no PostgreSQL in here.
 *
 * Where the processor has a fused multiplication and addition, the error of a
 * product is one instruction instead of a call of fma(), which is a fifth of
 * the time.  Both are exact, so the digits are the same.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "drawdown/returns.h"

#if defined(__x86_64__) && defined(__gnu_linux__) && \
	defined(__GNUC__) && !defined(__clang__)
#define FUSED __attribute__((target_clones("fma", "default")))
#else
#define FUSED
#endif

/*
 * Go on along returns that make sense.
 */
FUSED void
ReturnsFollow(Wealth *retained, Wealth *least, const double *returns,
			  int64_t count)
{
	Wealth		now = *retained;
	Wealth		lowest = *least;
	int64_t		i;

	for (i = 0; i < count; i++)
		ReturnStep(&now, &lowest, returns[i]);
	*retained = now;
	*least = lowest;
}
