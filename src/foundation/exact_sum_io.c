/*
 * exact_sum_io.c - exact sums on their way between processes
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "postgres.h"

#include "libpq/pqformat.h"
#include "utils/palloc.h"

#include "foundation/exact_sum_io.h"
#include "foundation/serialised.h"

/*
 * Write the chunks in use, after which chunk they begin, and how full they
 * are.
 */
void
ExactSumSerialize(StringInfo buf, const ExactSum *sum)
{
	int			i;

	pq_sendint32(buf, sum->low);
	pq_sendint32(buf, sum->high);
	pq_sendint64(buf, sum->terms);
	for (i = sum->low; i <= sum->high; i++)
		pq_sendint64(buf, sum->chunk[i]);
}

/*
 * No chunk can be larger than the parts of that many terms, and what a carry
 * has left of those before.
 */
void
ExactSumDeserialize(StringInfo buf, ExactSum *sum)
{
	int64		most;
	int			i;

	ExactSumInit(sum);
	sum->low = (int32) pq_getmsgint(buf, 4);
	sum->high = (int32) pq_getmsgint(buf, 4);
	sum->terms = pq_getmsgint64(buf);
	if (sum->low < 0 || sum->low > EXACT_SUM_CHUNKS || sum->high < -1 ||
		sum->high >= EXACT_SUM_CHUNKS ||
		sum->terms < 0 || sum->terms > EXACT_SUM_TERMS)
		DamagedStateError("range of a sum");
	most = (sum->terms + 2) << EXACT_SUM_BITS;
	for (i = sum->low; i <= sum->high; i++)
	{
		sum->chunk[i] = pq_getmsgint64(buf);
		if (sum->chunk[i] < -most || sum->chunk[i] > most)
			DamagedStateError("part of a sum");
	}
}

/*
 * The owner of a SmallSum is a memory context.
 */
ExactSum *
SmallSumRoom(void *owner)
{
	return MemoryContextAlloc((MemoryContext) owner, sizeof(ExactSum));
}

void
SmallSumSerialize(StringInfo buf, const SmallSum *sum)
{
	ExactSum	total;

	ExactSumInit(&total);
	SmallSumAddTo(sum, &total);
	ExactSumSerialize(buf, &total);
}

/*
 * What does not fit into a small sum goes to CurrentMemoryContext.
 */
void
SmallSumDeserialize(StringInfo buf, SmallSum *sum)
{
	ExactSum	total;

	ExactSumDeserialize(buf, &total);
	SmallSumInit(sum);
	SmallSumSet(sum, &total, CurrentMemoryContext);
}
