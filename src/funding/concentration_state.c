/*
 * concentration_state.c - amounts by size: how concentrated money is
 *
 * The method is described in concentration_state.h.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "postgres.h"

#include "miscadmin.h"

#include "foundation/arguments.h"
#include "funding/concentration.h"
#include "funding/concentration_state.h"

/* How many amounts are added up between two checks for interrupts. */
#define BLOCK 4096

#ifdef USE_ASSERT_CHECKING
static void
check_state(const ConcentrationState *state)
{
	Assert(state->k >= 0);
	Assert(state->amounts.ranked == (state->sums != NULL));
	Assert(state->amounts.ranking.keeps_sums ==
		   (state->amounts.ranked && state->k == 0));
}
#else
#define check_state(state) ((void) 0)
#endif

/* The squares of amounts in between are exact in two doubles (exact_sum.h). */
#define SQUARE_FROM 0x1p-485
#define SQUARE_BELOW 0x1p512

/*
 * An amount that can be squared without overflow and without loss.
 */
double
CheckSquare(double amount)
{
	if (amount != 0.0 && !(amount >= SQUARE_FROM && amount < SQUARE_BELOW))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("amount is out of range for a sum of squares"),
				 errdetail("The amount is %g.  Its square cannot be "
						   "represented without loss.", amount),
				 errhint("Use other units, or look for a mistyped value.")));
	return amount;
}

/*
 * "k" is that of top_share, 0 for gini.
 */
ConcentrationState *
ConcentrationCreate(MemoryContext context, int64 k, bool in_window)
{
	ConcentrationState *state;

	state = MemoryContextAllocZero(context, sizeof(ConcentrationState));
	state->k = k;
	SampleInit(&state->amounts, context, in_window);
	if (in_window)
	{
		state->sums = MemoryContextAlloc(context, sizeof(ConcentrationSums));
		ExactSumInit(&state->sums->total);
		ExactSumInit(&state->sums->distances);
		if (k == 0)
			RankingKeepSums(&state->amounts.ranking);
	}
	check_state(state);
	return state;
}

/*
 * Let the sum over pairs follow an amount that comes (1) or leaves (-1); at
 * the moment neither the ranking nor the total has it.
 */
static void
follow_distances(ConcentrationState *state, double amount, int sign)
{
	ConcentrationSums *sums = state->sums;
	int64		others = state->amounts.count;
	ExactSum	smaller;
	int64		below;

	if (state->k != 0 || others == 0)
		return;
	(void) CheckResult(amount * (double) others);
	ExactSumInit(&smaller);
	below = RankingSumBelow(&state->amounts.ranking, amount, &smaller);
	ExactSumMergeTimes(&sums->distances, &sums->total, sign);
	ExactSumMergeTimes(&sums->distances, &smaller, -2 * sign);
	ExactSumAddProduct(&sums->distances, amount,
					   (double) (sign * (2 * below - others)));
}

void
ConcentrationAdd(ConcentrationState *state, double amount)
{
	if (state->sums != NULL)
	{
		follow_distances(state, amount, 1);
		ExactSumAdd(&state->sums->total, amount);
	}
	SampleAdd(&state->amounts, amount);
}

/*
 * Take out an amount; only in a window.
 */
void
ConcentrationRemove(ConcentrationState *state, double amount)
{
	SampleRemove(&state->amounts, amount);
	ExactSumSubtract(&state->sums->total, amount);
	follow_distances(state, amount, -1);
}

/*
 * The sum of all amounts.
 */
double
ConcentrationTotal(const ConcentrationState *state)
{
	ExactSum	total;
	int64		i;

	check_state(state);
	if (state->sums != NULL)
		return CheckResult(ExactSumRound(&state->sums->total));
	ExactSumInit(&total);
	for (i = 0; i < state->amounts.count; i++)
	{
		CHECK_FOR_INTERRUPTS();
		ExactSumAdd(&total, state->amounts.value[i]);
	}
	return CheckResult(ExactSumRound(&total));
}

/*
 * The sum of |a - b| over all pairs of amounts.
 */
double
ConcentrationDistances(const ConcentrationState *state)
{
	int64		n = state->amounts.count;
	ExactSum	distances;
	double	   *sorted;
	int64		from;

	if (state->sums != NULL)
		return ExactSumRound(&state->sums->distances);
	ExactSumInit(&distances);
	sorted = SampleSorted(&state->amounts);
	for (from = 0; from < n; from += BLOCK)
	{
		CHECK_FOR_INTERRUPTS();
		AddPairDistances(&distances, sorted, from, Min(from + BLOCK, n), n);
	}
	pfree(sorted);
	return ExactSumRound(&distances);
}
