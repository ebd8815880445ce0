/*
 * tail.c - the worst drawdowns: their border and their mean
 *
 * Kernel: no PostgreSQL in here.  The method is described in tail.h.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "drawdown/tail.h"

#include <string.h>

#include "drawdown/underwater.h"

#define BYTES 256
#define BLOCK_ROWS 128

/* A length this close to an integer, relative to it, is that integer. */
#define TAIL_TOLERANCE 1e-12

/*
 * alpha T.  A share is meant in decimal: 0.1 of 30 rows are 3, though the
 * double nearest to 0.1 is a little more.
 */
double
TailLength(double alpha, int64_t rows)
{
	double		length = alpha * rows;
	double		whole = rint(length);

	return fabs(length - whole) <= TAIL_TOLERANCE * length ? whole : length;
}

Selection
SelectionStart(double *value, int64_t count, int64_t rank)
{
	Selection	selection = {value, count, rank, 56};

	return selection;
}

static inline int
byte_of(double value, int shift)
{
	uint64_t	bits;

	memcpy(&bits, &value, sizeof(bits));
	return (bits >> shift) & (BYTES - 1);
}

/*
 * Look at the next byte.  False when the value is found: then it is the
 * first one.
 */
bool
SelectionStep(Selection *selection)
{
	int64_t		having[BYTES] = {0};
	int64_t		kept = 0;
	int64_t		i;
	int			byte = BYTES - 1;

	if (selection->count == 1 || selection->shift < 0)
		return false;
	for (i = 0; i < selection->count; i++)
		having[byte_of(selection->value[i], selection->shift)]++;
	while (having[byte] < selection->rank)
		selection->rank -= having[byte--];
	for (i = 0; i < selection->count; i++)
		if (byte_of(selection->value[i], selection->shift) == byte)
			selection->value[kept++] = selection->value[i];
	selection->count = kept;
	selection->shift -= 8;
	return true;
}

/*
 * By how much the drawdowns of these rows are beyond the border, in sum;
 * "peak" as in DrawdownPath.
 */
void
TailExcess(CompensatedSum *excess, double border, double *peak,
		   const double *price, int64_t rows)
{
	double		drawdown[BLOCK_ROWS];
	int64_t		done;

	for (done = 0; done < rows; done += BLOCK_ROWS)
	{
		int64_t		more = rows - done;
		double		sum = 0.0;
		int64_t		i;

		if (more > BLOCK_ROWS)
			more = BLOCK_ROWS;
		DrawdownPath(peak, price + done, more, drawdown);
		for (i = 0; i < more; i++)
			sum += drawdown[i] > border ? drawdown[i] - border : 0.0;
		CompensatedAdd(excess, sum);
	}
}
