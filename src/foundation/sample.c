/*
 * sample.c - values whose order by size matters, as for a median
 *
 * The method is described in sample.h.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "postgres.h"

#include <math.h>

#include "libpq/pqformat.h"
#include "miscadmin.h"

#include "foundation/arguments.h"
#include "foundation/array.h"
#include "foundation/sample.h"
#include "foundation/serialised.h"

static inline int
compare_values(const double *a, const double *b)
{
	return (*a > *b) - (*a < *b);
}

#define ST_SORT sort_values
#define ST_ELEMENT_TYPE double
#define ST_COMPARE(a, b) compare_values(a, b)
#define ST_SCOPE static
#define ST_CHECK_FOR_INTERRUPTS
#define ST_DECLARE
#define ST_DEFINE
#include "lib/sort_template.h"

/*
 * Put values in ascending order; can be cancelled.
 */
void
SortValues(double *value, int64 count)
{
	sort_values(value, count);
}

void
SampleInit(Sample *sample, MemoryContext context, bool ranked)
{
	memset(sample, 0, sizeof(*sample));
	sample->context = context;
	sample->ranked = ranked;
	RankingInit(&sample->ranking, context);
}

/*
 * Make room for "more" values in the array.
 */
void
SampleReserve(Sample *sample, int64 more)
{
	Assert(!sample->ranked);
	sample->value = GrowArray(sample->context, sample->value,
							  &sample->capacity, sample->count + more,
							  sizeof(double));
}

/*
 * Remove one of the values that are equal to this one.
 */
void
SampleRemove(Sample *sample, double value)
{
	Assert(sample->ranked);
	RankingRemove(&sample->ranking, value);
	sample->count--;
}

/*
 * Remove all values.
 */
void
SampleClear(Sample *sample)
{
	RankingClear(&sample->ranking);
	sample->count = 0;
}

/*
 * Add the values of another sample, which stays as it is.
 */
void
SampleMerge(Sample *sample, const Sample *other)
{
	if (other->count == 0)
		return;
	Assert(!sample->ranked && !other->ranked);
	SampleReserve(sample, other->count);
	CopyArray(sample->value + sample->count, other->value,
			  other->count * sizeof(double));
	sample->count += other->count;
}

/*
 * A copy of the values in ascending order, of a sample that is not ranked;
 * there must be one.
 */
double *
SampleSorted(const Sample *sample)
{
	double	   *value = AllocateNumbers(sample->count);

	Assert(!sample->ranked && sample->count > 0);
	CopyArray(value, sample->value, sample->count * sizeof(double));
	sort_values(value, sample->count);
	return value;
}

static double
middle(double lower, double upper)
{
	double		sum = lower + upper;

	return isfinite(sum) ? sum / 2.0 : lower / 2.0 + upper / 2.0;
}

/*
 * The median of the values and of some more that are infinite; of an even
 * number the mean of the two in the middle.  There must be one.
 */
double
SampleMedian(const Sample *sample, int64 infinite)
{
	int64		count = sample->count + infinite;
	int64		lower = (count - 1) / 2;
	int64		upper = count / 2;
	double	   *sorted;
	double		median;

	Assert(count > 0);
	if (upper >= sample->count)
		return INFINITY;
	if (sample->ranked)
		return middle(RankingSelect(&sample->ranking, lower),
					  RankingSelect(&sample->ranking, upper));
	sorted = SampleSorted(sample);
	median = middle(sorted[lower], sorted[upper]);
	pfree(sorted);
	return median;
}

/*
 * Add the "count" largest values, which must be finite, to a sum.
 */
void
SampleSumLargest(const Sample *sample, int64 count, ExactSum *sum)
{
	double	   *sorted;
	int64		i;

	Assert(count > 0 && count <= sample->count);
	if (sample->ranked)
	{
		RankingSumLargest(&sample->ranking, count, sum);
		return;
	}
	sorted = SampleSorted(sample);
	for (i = sample->count - count; i < sample->count; i++)
	{
		CHECK_FOR_INTERRUPTS();
		ExactSumAdd(sum, sorted[i]);
	}
	pfree(sorted);
}

void
SampleSerialize(StringInfo buf, const Sample *sample)
{
	int64		i;

	Assert(!sample->ranked);
	CheckHandOver(sample->count, sizeof(float8));
	pq_sendint64(buf, sample->count);
	enlargeStringInfo(buf, sample->count * sizeof(float8));
	for (i = 0; i < sample->count; i++)
	{
		CHECK_FOR_INTERRUPTS();
		pq_sendfloat8(buf, sample->value[i]);
	}
}

/*
 * Read a sample into one that has been initialised.
 */
void
SampleDeserialize(StringInfo buf, Sample *sample)
{
	int64		count = pq_getmsgint64(buf);

	if (count < 0 || count > (buf->len - buf->cursor) / (int) sizeof(float8))
		DamagedStateError("number of values");
	if (count > 0)
		SampleReserve(sample, count);
	for (; sample->count < count; sample->count++)
	{
		CHECK_FOR_INTERRUPTS();
		sample->value[sample->count] = FiniteFrom(buf, "value");
	}
}
