/*
 * exact_sum.c - sums of doubles without any rounding
 *
 * Kernel: no PostgreSQL in here.  The method is described in exact_sum.h.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "foundation/exact_sum.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

#define CHUNK_BITS EXACT_SUM_BITS
#define CHUNK_MASK EXACT_SUM_MASK

/* Exponent of the lowest bit of chunk 0, that of the least subnormal. */
#define LOWEST_EXPONENT (-1074)

void
ExactSumInit(ExactSum *sum)
{
	memset(sum, 0, sizeof(*sum));
	sum->low = EXACT_SUM_CHUNKS;
	sum->high = -1;
}

/*
 * Add a finite double.  The caller keeps NaN and the infinities out.
 */
void
ExactSumAdd(ExactSum *sum, double term)
{
	ExactTerm	parts = ExactTermOf(term);
	int			i = parts.first;

	if (i < 0)
		return;
	if (sum->terms >= EXACT_SUM_TERMS)
		ExactSumCarry(sum);
	sum->terms++;
	sum->chunk[i] += parts.part[0];
	sum->chunk[i + 1] += parts.part[1];
	sum->chunk[i + 2] += parts.part[2];
	if (i < sum->low)
		sum->low = i;
	if (i + 2 > sum->high)
		sum->high = i + 2;
}

/*
 * Add a * b without rounding: the product and its rounding error are both
 * doubles as long as neither overflows nor underflows.
 */
void
ExactSumAddProduct(ExactSum *sum, double a, double b)
{
	double		product = a * b;

	ExactSumAdd(sum, product);
	ExactSumAdd(sum, fma(a, b, -product));
}

/*
 * Move what exceeds 32 bits from one chunk to the next, rounding down, so
 * that the chunk ends up in 0 .. 2^32 - 1 whatever its sign was.
 */
static inline void
move_carry(int64_t *chunk)
{
	int64_t		rest = (int64_t) ((uint64_t) chunk[0] & CHUNK_MASK);

	chunk[1] += (chunk[0] - rest) / (INT64_C(1) << CHUNK_BITS);
	chunk[0] = rest;
}

/*
 * Move the carries up; only the highest chunk keeps a sign.
 */
void
ExactSumCarry(ExactSum *sum)
{
	const int64_t full = INT64_C(1) << CHUNK_BITS;
	int			i;

	for (i = sum->low; i < sum->high; i++)
		move_carry(&sum->chunk[i]);
	while (sum->high >= 0 && sum->high < EXACT_SUM_CHUNKS - 1 &&
		   (sum->chunk[sum->high] >= full || sum->chunk[sum->high] < -full))
	{
		move_carry(&sum->chunk[sum->high]);
		sum->high++;
	}
	sum->terms = 1;				/* no chunk exceeds 2^32, one term's part */
}

/*
 * Add another sum, which stays as it is, -2 to 2 times: with the carries of
 * both still waiting no chunk exceeds 3 * 2^61.
 */
void
ExactSumMergeTimes(ExactSum *sum, const ExactSum *other, int factor)
{
	int			i;

	for (i = other->low; i <= other->high; i++)
		sum->chunk[i] += factor * other->chunk[i];
	if (other->low < sum->low)
		sum->low = other->low;
	if (other->high > sum->high)
		sum->high = other->high;
	sum->terms += abs(factor) * other->terms;
	if (sum->terms >= EXACT_SUM_TERMS)
		ExactSumCarry(sum);
}

/*
 * Divide by 2^32 as often as said.  What falls below chunk 0 is lost: from
 * each term its own bits there, as if it had been added without them, since
 * carries have not been moved.
 */
void
ExactSumDropChunks(ExactSum *sum, int chunks)
{
	int			kept = sum->high - chunks + 1;

	if (kept <= 0)
	{
		ExactSumInit(sum);
		return;
	}
	memmove(sum->chunk, sum->chunk + chunks, kept * sizeof(int64_t));
	memset(sum->chunk + kept, 0, (EXACT_SUM_CHUNKS - kept) * sizeof(int64_t));
	sum->low = sum->low > chunks ? sum->low - chunks : 0;
	sum->high = kept - 1;
}

/*
 * Negate a carried number of n chunks whose sign has been split off.
 */
static void
complement(int64_t *chunk, int n)
{
	int64_t		borrow = 1;
	int			i;

	for (i = 0; i < n; i++)
	{
		chunk[i] = (int64_t) (~(uint64_t) chunk[i] & CHUNK_MASK) + borrow;
		borrow = chunk[i] >> CHUNK_BITS;
		chunk[i] &= (int64_t) CHUNK_MASK;
	}
}

/*
 * The highest 64 bits of a positive carried number whose top chunk is given,
 * and by how many bits its highest one lies below that of a full chunk.  The
 * lowest bit is set if anything non-zero lies below it.
 */
static uint64_t
highest_bits(const int64_t *chunk, int top, int *zeros)
{
	uint64_t	window = (uint64_t) chunk[top] << CHUNK_BITS;
	uint64_t	below;
	int			i;

	if (top >= 1)
		window |= (uint64_t) chunk[top - 1];
	for (*zeros = 0; (window & (UINT64_C(1) << 63)) == 0; (*zeros)++)
		window <<= 1;
	if (top >= 2)
	{
		below = (uint64_t) chunk[top - 2] << *zeros;
		window |= below >> CHUNK_BITS;
		below &= CHUNK_MASK;
		for (i = top - 3; below == 0 && i >= 0; i--)
			below = (uint64_t) chunk[i];
		if (below != 0)
			window |= 1;
	}
	return window;
}

/*
 * The double nearest to the sum (ties to even), infinite when it overflows.
 *
 * The one rounding is the conversion of the highest 64 bits to double; the
 * bit for what lies below tells it on which side of a tie the sum is.
 */
double
ExactSumRound(const ExactSum *sum)
{
	int64_t		chunk[EXACT_SUM_CHUNKS + 3];
	int			n = sum->high - sum->low + 1;
	int			top;
	int			zeros;
	int			i;
	bool		negative;
	double		result;

	if (n <= 0)
		return 0.0;

	/* A copy with two chunks more, so that the sign alone is carried out. */
	memcpy(chunk, &sum->chunk[sum->low], n * sizeof(int64_t));
	memset(chunk + n, 0, 3 * sizeof(int64_t));
	n += 2;
	for (i = 0; i < n; i++)
		move_carry(&chunk[i]);
	negative = chunk[n] < 0;
	if (negative)
		complement(chunk, n);

	for (top = n - 1; top >= 0 && chunk[top] == 0; top--)
		;
	if (top < 0)
		return 0.0;
	result = (double) highest_bits(chunk, top, &zeros);
	result = ldexp(result, CHUNK_BITS * (sum->low + top - 1) +
				   LOWEST_EXPONENT - zeros);
	return negative ? -result : result;
}
