/*
 * shapley.c - what each of several players adds to what they reach together
 *
 * Kernel: no PostgreSQL in here.  The method is described in shapley.h.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "score/shapley.h"

#include <stdint.h>

/*
 * The share of orders in which certain players come first, "before" of them,
 * and a certain one comes next: before! (n - before - 1)! / n!.
 */
static double
share_of_orders(int before, int n)
{
	double		share = 1.0 / n;
	int			i;

	for (i = 1; i <= before; i++)
		share *= (double) i / (n - i);
	return share;
}

static int
members_of(uint32_t subset)
{
	int			members = 0;

	for (; subset != 0; subset &= subset - 1)
		members++;
	return members;
}

/*
 * The values of the players, MOST_SHAPLEY at most, from what each subset
 * of them has reached.
 */
void
ShapleyValues(const double *reached, int players, double *value)
{
	double		share[MOST_SHAPLEY];
	uint32_t	subset;
	int			i;

	for (i = 0; i < players; i++)
	{
		share[i] = share_of_orders(i, players);
		value[i] = 0.0;
	}
	for (subset = 0; subset < (uint32_t) 1 << players; subset++)
		for (i = 0; i < players; i++)
		{
			const uint32_t joined = subset | (uint32_t) 1 << i;

			if (joined != subset)
				value[i] += share[members_of(subset)] *
					(reached[joined] - reached[subset]);
		}
}
