/*
 * weighted_roc.c - the area under the ROC curve of a sample drawn from rows
 *
 * Kernel: no PostgreSQL in here.  The method is described in weighted_roc.h.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "warning/weighted_roc.h"

/*
 * Add a block of at most all rows that begins at a row.  There is one place
 * more than rows, for blocks that end with the last one.
 */
void
AddBlock(int64_t *begins, int64_t rows, int64_t from, int64_t length)
{
	int64_t		to = from + length;

	begins[from]++;
	if (to <= rows)
		begins[to]--;
	else
	{
		begins[rows]--;
		begins[0]++;
		begins[to - rows]--;
	}
}

WeightedRoc
StartWeightedRoc(const RankedRow *ranked, int64_t rows, const int64_t *times)
{
	WeightedRoc roc = {.ranked = ranked, .rows = rows, .times = times};

	return roc;
}

/*
 * The next scores, upwards, until so many rows are done, those of one score
 * together.  False when none is left.
 */
bool
StepWeightedRoc(WeightedRoc *roc, int64_t most)
{
	int64_t		end = roc->rows - roc->next < most ? roc->rows :
		roc->next + most;

	while (roc->next < end)
	{
		const double score = roc->ranked[roc->next].score;
		int64_t		events = 0;
		int64_t		nones = 0;

		for (; roc->next < roc->rows &&
			 roc->ranked[roc->next].score == score; roc->next++)
		{
			const RankedRow *ranked = &roc->ranked[roc->next];

			*(ranked->event ? &events : &nones) += roc->times[ranked->row];
		}
		CompensatedAdd(&roc->halves,
					   (double) events * (2.0 * roc->nones + nones));
		roc->events += events;
		roc->nones += nones;
	}
	return roc->next < roc->rows;
}

/*
 * The area, when none is left; NaN of a sample without an event or without its
 * contrary.
 */
double
WeightedArea(const WeightedRoc *roc)
{
	if (roc->events == 0 || roc->nones == 0)
		return NAN;
	return CompensatedTotal(&roc->halves) / (2.0 * roc->events * roc->nones);
}
