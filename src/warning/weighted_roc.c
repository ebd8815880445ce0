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
 * The rows of one score are complete.
 */
static void
end_score(WeightedRoc *roc)
{
	CompensatedAdd(&roc->halves, (double) roc->tied_events *
				   (2.0 * roc->nones + roc->tied_nones));
	roc->events += roc->tied_events;
	roc->nones += roc->tied_nones;
	roc->tied_events = roc->tied_nones = 0;
}

/*
 * The next rows, upwards, so many of them.  False when none is left.
 */
bool
StepWeightedRoc(WeightedRoc *roc, int64_t most)
{
	int64_t		end = roc->rows - roc->next < most ? roc->rows :
		roc->next + most;

	for (; roc->next < end; roc->next++)
	{
		const RankedRow *ranked = &roc->ranked[roc->next];

		if (roc->next > 0 && ranked[-1].score != ranked->score)
			end_score(roc);
		*(ranked->event ? &roc->tied_events : &roc->tied_nones) +=
			roc->times[ranked->row];
	}
	if (end < roc->rows)
		return true;
	end_score(roc);
	return false;
}

/*
 * The area, once none is left; NaN of a sample without an event or without its
 * contrary.
 */
double
WeightedArea(const WeightedRoc *roc)
{
	if (roc->events == 0 || roc->nones == 0)
		return NAN;
	return CompensatedTotal(&roc->halves) / (2.0 * roc->events * roc->nones);
}
