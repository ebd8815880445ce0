/*
 * ranking.h - a multiset of doubles that knows ranks
 *
 * The naive way sorts the values for every question, or keeps one sorted
 * array and moves half of it for every value that comes or goes: O(n) a row.
 * Here the sorted values lie in leaves of at most 256, so that little is
 * moved, and a Fenwick tree over the sizes of the leaves counts what lies
 * before a leaf:
 *
 *	 top     [   3.1    ][   4.0    ][   9.9    ]     largest of each leaf
 *	 leaf    [1.0 .. 3.1][3.1 .. 4.0][4.2 .. 9.9]     sorted, none empty
 *	 tree    [    2     ][    5     ][    3     ]     partial sums of sizes
 *
 * A value is looked for in "top", then in one leaf: its first occurrence is
 * in the first leaf whose top is not below it.  Insert, remove, rank and
 * select cost O(log n); only when a leaf is split, once in 128 insertions,
 * or merged, the three arrays are rearranged, which takes n / 128 steps.
 *
 * Values may be anything but NaN.  Memory: 8 to 16 bytes a value.
 *
 * If asked for, each leaf knows the exact sum of its values (exact_sum.h), so
 * that all values below some value can be added up in n / 200 steps and one
 * leaf.  Values must be finite then and cost up to 5 bytes more.
 *
 * Reference: P. M. Fenwick, A new data structure for cumulative frequency
 * tables, Software: Practice and Experience 24(3), 1994.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#ifndef BUBBLE_RANKING_H
#define BUBBLE_RANKING_H

#include "utils/palloc.h"

#include "foundation/exact_sum.h"

#define RANKING_LEAF_VALUES 256

typedef struct RankingLeaf
{
	int32		count;
	int32		capacity;		/* of a full leaf, or less in an only leaf */
	double	   *value;			/* ascending */
	ExactSum   *sum;			/* of the values, or NULL */
} RankingLeaf;

typedef struct Ranking
{
	MemoryContext context;		/* owner of all arrays */
	bool		keeps_sums;		/* do leaves know the sum of their values? */
	int64		count;			/* values in all leaves */
	int32		leaves;			/* 0 before the first value, then at least 1 */
	int32		capacity;		/* leaves that the arrays have room for */
	RankingLeaf *leaf;
	double	   *top;			/* largest value of a leaf, unless empty */
	int64	   *tree;			/* tree[i]: values in the (i + 1) & -(i + 1)
								 * leaves that end with leaf i */
} Ranking;

extern void RankingInit(Ranking *ranking, MemoryContext context);
extern void RankingKeepSums(Ranking *ranking);
extern void RankingClear(Ranking *ranking);
extern void RankingInsert(Ranking *ranking, double value);
extern void RankingRemove(Ranking *ranking, double value);
extern int64 RankingBelow(const Ranking *ranking, double value);
extern int64 RankingSumBelow(const Ranking *ranking, double value,
							 ExactSum *sum);
extern void RankingSumLargest(const Ranking *ranking, int64 count,
							  ExactSum *sum);
extern double RankingSelect(const Ranking *ranking, int64 place);
extern void RankingCopy(const Ranking *ranking, double *value);

/*
 * The lowest and the highest value; there must be one.
 */
static inline double
RankingLowest(const Ranking *ranking)
{
	Assert(ranking->count > 0);
	return ranking->leaf[0].value[0];
}

static inline double
RankingHighest(const Ranking *ranking)
{
	Assert(ranking->count > 0);
	return ranking->top[ranking->leaves - 1];
}

#endif							/* BUBBLE_RANKING_H */
