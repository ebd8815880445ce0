/*
 * sample.h - values whose order by size matters, as for a median
 *
 * In a group the values are needed in order once: they are kept as they come,
 * 8 bytes each, and sorted at the end.  In a window the question comes after
 * every row, and rows leave: there they are kept in a ranking (ranking.h).
 *
 * Values may be anything but NaN.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#ifndef BUBBLE_SAMPLE_H
#define BUBBLE_SAMPLE_H

#include "lib/stringinfo.h"

#include "foundation/ranking.h"

typedef struct Sample
{
	MemoryContext context;		/* owner of the arrays */
	bool		ranked;			/* are the values in the ranking? */
	int64		count;
	int64		capacity;		/* of the array, if not ranked */
	double	   *value;			/* the values in any order, if not ranked */
	Ranking		ranking;
} Sample;

extern void SortValues(double *value, int64 count);
extern void SampleInit(Sample *sample, MemoryContext context, bool ranked);
extern void SampleReserve(Sample *sample, int64 more);
extern void SampleRemove(Sample *sample, double value);
extern void SampleClear(Sample *sample);
extern void SampleMerge(Sample *sample, const Sample *other);
extern double *SampleSorted(const Sample *sample);
extern double SampleMedian(const Sample *sample, int64 infinite);
extern void SampleSumLargest(const Sample *sample, int64 count,
							 ExactSum *sum);
extern void SampleSerialize(StringInfo buf, const Sample *sample);
extern void SampleDeserialize(StringInfo buf, Sample *sample);

static inline void
SampleAdd(Sample *sample, double value)
{
	if (sample->ranked)
		RankingInsert(&sample->ranking, value);
	else
	{
		if (unlikely(sample->count >= sample->capacity))
			SampleReserve(sample, 1);
		sample->value[sample->count] = value;
	}
	sample->count++;
}

#endif							/* BUBBLE_SAMPLE_H */
