/*
 * small_sum.c - exact sums that start small
 *
 * Kernel: no PostgreSQL in here.  The method is described in small_sum.h.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "foundation/small_sum.h"

#include <stdbool.h>
#include <stddef.h>

/* How many chunks the window begins below the first term. */
#define CHUNKS_BELOW 4

void
SmallSumInit(SmallSum *sum)
{
	memset(sum, 0, sizeof(*sum));
}

/*
 * Where a window lies that begins at this chunk or not far below it.
 */
static int32_t
place_window(int32_t first)
{
	if (first < 0)
		return 0;
	if (first > EXACT_SUM_CHUNKS - SMALL_SUM_CHUNKS)
		return EXACT_SUM_CHUNKS - SMALL_SUM_CHUNKS;
	return first;
}

/*
 * Become an ExactSum.
 */
static void
widen(SmallSum *sum, void *owner)
{
	ExactSum   *wide;

	if (sum->wide != NULL)
		return;
	wide = SmallSumRoom(owner);
	ExactSumInit(wide);
	SmallSumAddTo(sum, wide);
	sum->wide = wide;
}

/*
 * Add a finite double.
 */
void
SmallSumAdd(SmallSum *sum, double term, void *owner)
{
	ExactTerm	parts;
	int			i;

	if (sum->wide != NULL)
	{
		ExactSumAdd(sum->wide, term);
		return;
	}
	parts = ExactTermOf(term);
	if (parts.first < 0)
		return;
	if (sum->terms == 0)
		sum->base = place_window(parts.first - CHUNKS_BELOW);
	i = parts.first - sum->base;
	if (i < 0 || i + 2 >= SMALL_SUM_CHUNKS || sum->terms >= EXACT_SUM_TERMS)
	{
		widen(sum, owner);
		ExactSumAdd(sum->wide, term);
		return;
	}
	sum->terms++;
	sum->chunk[i] += parts.part[0];
	sum->chunk[i + 1] += parts.part[1];
	sum->chunk[i + 2] += parts.part[2];
}

/*
 * Take the value of an ExactSum, in the middle of the window; the sum has no
 * terms before.
 */
void
SmallSumSet(SmallSum *sum, const ExactSum *value, void *owner)
{
	int32_t		spare = SMALL_SUM_CHUNKS - (value->high - value->low + 1);
	int32_t		i;

	if (value->high < value->low)
		return;
	if (spare < 0)
	{
		widen(sum, owner);
		*sum->wide = *value;
		return;
	}
	sum->base = place_window(value->low - spare / 2);
	for (i = value->low; i <= value->high; i++)
		sum->chunk[i - sum->base] = value->chunk[i];
	sum->terms = value->terms > 0 ? value->terms : 1;
}

/*
 * Do the chunks of another sum lie in the window of this one?
 */
static bool
lies_within(const SmallSum *sum, const SmallSum *other)
{
	int32_t		shift = other->base - sum->base;
	int			i;

	for (i = 0; i < SMALL_SUM_CHUNKS; i++)
		if (other->chunk[i] != 0 &&
			(i + shift < 0 || i + shift >= SMALL_SUM_CHUNKS))
			return false;
	return sum->terms + other->terms <= EXACT_SUM_TERMS;
}

/*
 * Add another sum, which stays as it is.
 */
void
SmallSumMerge(SmallSum *sum, const SmallSum *other, void *owner)
{
	int			i;

	if (other->wide == NULL && sum->wide == NULL && sum->terms == 0)
		*sum = *other;
	else if (other->wide == NULL && sum->wide == NULL &&
			 lies_within(sum, other))
	{
		for (i = 0; i < SMALL_SUM_CHUNKS; i++)
			if (other->chunk[i] != 0)
				sum->chunk[i + other->base - sum->base] += other->chunk[i];
		sum->terms += other->terms;
	}
	else
	{
		widen(sum, owner);
		SmallSumAddTo(other, sum->wide);
	}
}

/*
 * Add the sum, which stays as it is, to an ExactSum.
 */
void
SmallSumAddTo(const SmallSum *sum, ExactSum *total)
{
	int			i;

	if (sum->wide != NULL)
	{
		ExactSumMerge(total, sum->wide);
		return;
	}
	for (i = 0; i < SMALL_SUM_CHUNKS; i++)
	{
		int32_t		at = sum->base + i;

		if (sum->chunk[i] == 0)
			continue;
		total->chunk[at] += sum->chunk[i];
		if (at < total->low)
			total->low = at;
		if (at > total->high)
			total->high = at;
	}
	total->terms += sum->terms;
	if (total->terms >= EXACT_SUM_TERMS)
		ExactSumCarry(total);
}

/*
 * The double nearest to the sum, infinite when it overflows.
 */
double
SmallSumRound(const SmallSum *sum)
{
	ExactSum	total;

	ExactSumInit(&total);
	SmallSumAddTo(sum, &total);
	return ExactSumRound(&total);
}
