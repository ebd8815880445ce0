/*
 * change_partition.c - the best cut of a series into pieces with a mean each
 *
 * The method is described in change_partition.h.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include <math.h>

#include "adoption/change_partition.h"
#include "foundation/pause.h"

/*
 * Begin with no rows, all of whose values will lie between two; there must be
 * room for an interval.
 */
void
PartitionStart(Partition *partition, double penalty, double lowest,
			   double highest)
{
	const MeanInterval all = {highest, 0.0, 0.0, 0.0, 0};

	partition->penalty = penalty;
	partition->from = lowest;
	partition->rows = 0;
	partition->count = 1;
	partition->interval[0] = all;
	partition->best = 0.0;
	partition->start = 0;
}

/*
 * Add a row to the last piece, wherever that begins.
 */
void
PartitionAdd(Partition *partition, double value)
{
	int64_t		i;

	partition->rows++;
	partition->best = INFINITY;
	for (i = 0; i < partition->count; i++)
	{
		MeanInterval *interval = &partition->interval[i];
		const double distance = value - interval->mean;

		interval->rows += 1.0;
		interval->mean += distance / interval->rows;
		interval->cost += distance * (value - interval->mean);
		if (interval->cost < partition->best)
		{
			partition->best = interval->cost;
			partition->start = interval->start;
		}
	}
}

/*
 * Put an interval after those of the next list that begins where they end,
 * unless it is empty; neighbours of the same start become one.
 */
static inline int64_t
append(MeanInterval *next, int64_t count, double begin,
	   const MeanInterval *interval, double to)
{
	if (to <= begin)
		return count;
	if (count > 0 && next[count - 1].start == interval->start)
		next[count - 1].to = to;
	else
	{
		next[count] = *interval;
		next[count].to = to;
		count++;
	}
	return count;
}

/*
 * Let the last piece also begin after the newest row.  There must be room.
 */
void
PartitionCut(Partition *partition)
{
	const double cost = partition->best + partition->penalty;
	const MeanInterval cut = {0.0, 0.0, 0.0, cost, partition->rows};
	MeanInterval *next = partition->spare;
	double		begin = partition->from;
	int64_t		count = 0;
	int64_t		i;

	for (i = 0; i < partition->count; i++)
	{
		const MeanInterval *old = &partition->interval[i];
		const double spare = cost - old->cost;
		const double reach = spare > 0.0 ? sqrt(spare / old->rows) : 0.0;
		const double low = fmin(fmax(old->mean - reach, begin), old->to);
		const double high = fmin(fmax(old->mean + reach, low), old->to);

		count = append(next, count, begin, &cut, low);
		count = append(next, count, low, old, high);
		count = append(next, count, high, &cut, old->to);
		begin = old->to;
	}
	partition->spare = partition->interval;
	partition->interval = next;
	partition->count = count;
}

/*
 * How many pieces the best cut of so many rows has: start[t - 1] are the rows
 * ahead of the last piece of the first t.
 */
int64_t
PartitionPieces(const int64_t *start, int64_t rows)
{
	int64_t		pieces = 0;

	for (; rows > 0; rows = start[rows - 1])
	{
		pieces++;
		PauseAt(pieces);
	}
	return pieces;
}

/*
 * The rows ahead of each of these pieces.
 */
void
PartitionTrace(const int64_t *start, int64_t rows, int64_t *piece,
			   int64_t pieces)
{
	for (; rows > 0; rows = start[rows - 1])
	{
		PauseAt(pieces);
		piece[--pieces] = start[rows - 1];
	}
}
