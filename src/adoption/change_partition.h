/*
 * change_partition.h - the best cut of a series into pieces with a mean each
 *
 * Kernel: no PostgreSQL in here.
 *
 * Of all ways to cut n rows the one is wanted that has the least sum of
 * squares around the pieces' means plus a penalty a cut.  The last piece of
 * the best cut of the first t rows begins after some row s, so
 *
 *	best(t) = min over s < t of best(s) + penalty + squares(s + 1 ... t)
 *
 * The naive way tries all s for all t, in O(n^2).  PELT drops an s for ever
 * once best(s) + squares(s + 1 ... t) exceeds best(t): no later row can make
 * up for it.  That takes O(n) as long as cuts keep coming, but still O(n^2)
 * where none do.  Here an s is dropped sooner (functional pruning): the cost
 * of a last piece is kept as a function of that piece's mean,
 *
 *	cost(mean) = cost + rows * (mean - its best mean)^2
 *
 * and an s lives only as long as there is a mean for which no other s costs
 * less.  All means are tiled by intervals, each with its cheapest s:
 *
 *	lowest value |---- s = 3 ----|- s = 9 -|---- s = 3 ----| highest value
 *
 * A new s costs the same for every mean, best(s) + penalty, before the next
 * row.  It takes from each interval the ends where the one there costs more.
 * The answer is the same, exactly the best one.  Where there is noise few
 * intervals are alive at a time, tens of a million rows, with cuts or without.
 * On a smooth rise about as many live as pieces have rows, as in PELT.
 *
 * References: R. Killick, P. Fearnhead, I. A. Eckley, Optimal detection of
 * changepoints with a linear computational cost, Journal of the American
 * Statistical Association 107(500), 2012; R. Maidstone, T. Hocking,
 * G. Rigaill, P. Fearnhead, On optimal multiple changepoint algorithms for
 * large data, Statistics and Computing 27(2), 2017.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#ifndef BUBBLE_ADOPTION_CHANGE_PARTITION_H
#define BUBBLE_ADOPTION_CHANGE_PARTITION_H

#include <stdint.h>

typedef struct MeanInterval
{
	double		to;				/* where it ends; it begins where the one
								 * ahead of it ends */
	double		rows;			/* of the last piece */
	double		mean;			/* its best mean */
	double		cost;			/* of all rows, with that mean */
	int64_t		start;			/* rows ahead of the last piece */
} MeanInterval;

typedef struct Partition
{
	double		penalty;
	double		from;			/* the lowest value */
	int64_t		rows;			/* seen so far */
	int64_t		count;			/* intervals */
	int64_t		capacity;		/* of both arrays */
	MeanInterval *interval;
	MeanInterval *spare;		/* for the next ones */
	double		best;			/* cost of the rows so far */
	int64_t		start;			/* rows ahead of their last piece */
} Partition;

extern void PartitionStart(Partition *partition, double penalty,
						   double lowest, double highest);
extern void PartitionAdd(Partition *partition, double value);
extern void PartitionCut(Partition *partition);
extern int64_t PartitionPieces(const int64_t *start, int64_t rows);
extern void PartitionTrace(const int64_t *start, int64_t rows,
						   int64_t *piece, int64_t pieces);

/*
 * How many intervals a cut may need room for.
 */
static inline int64_t
PartitionNeeds(const Partition *partition)
{
	return 2 * partition->count + 1;
}

#endif							/* BUBBLE_ADOPTION_CHANGE_PARTITION_H */
