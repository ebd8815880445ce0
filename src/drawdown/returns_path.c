/*
 * returns_path.c - drawdown along simple returns, compiled for this processor
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
 * Go on to the next return, where none leaves: from what is retained of the
 * peak so far, and the least that was, both 1 before the first return.
 */
static inline void
step(Wealth *retained, Wealth *least, double one_return)
{
	*retained = LesserWealth(WealthTimes(*retained, WealthAfter(one_return)),
							 full_wealth);
	*least = LesserWealth(*retained, *least);
}

FUSED void
ReturnStep(Wealth *retained, Wealth *least, double one_return)
{
	step(retained, least, one_return);
}

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
		step(&now, &lowest, returns[i]);
	*retained = now;
	*least = lowest;
}

/*
 * Two pieces, the first before the second, as one.
 */
FUSED ReturnsPiece
ReturnsPiecesJoined(const ReturnsPiece *first, const ReturnsPiece *second)
{
	ReturnsPiece piece;

	piece.growth = WealthTimes(first->growth, second->growth);
	piece.low_suffix = LesserWealth(WealthTimes(first->low_suffix,
												second->growth),
									second->low_suffix);
	piece.low_prefix = LesserWealth(WealthTimes(first->growth,
												second->low_prefix),
									first->low_prefix);
	piece.retained = LesserWealth(WealthTimes(first->low_suffix,
											  second->low_prefix),
								  LesserWealth(first->retained,
											   second->retained));
	return piece;
}
