/*
 * ranking.c - a multiset of doubles that knows ranks
 *
 * The layout is described in ranking.h.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "postgres.h"

#include "miscadmin.h"
#include "utils/memutils.h"

#include "foundation/array.h"
#include "foundation/ranking.h"

#define FIRST_LEAF_VALUES 8
#define FIRST_LEAVES 4

/* Two neighbours are merged when together they are no larger than this. */
#define MERGED_LEAF_VALUES (RANKING_LEAF_VALUES / 2)

#ifdef USE_ASSERT_CHECKING
static void
check_ranking(const Ranking *ranking)
{
	int64		count = 0;
	int32		i;

	Assert(ranking->leaves <= ranking->capacity);
	for (i = 0; i < ranking->leaves; i++)
	{
		const RankingLeaf *leaf = &ranking->leaf[i];

		Assert(leaf->count > 0 || ranking->leaves == 1);
		Assert(leaf->count <= leaf->capacity);
		Assert(leaf->capacity == RANKING_LEAF_VALUES || ranking->leaves == 1);
		Assert(leaf->count == 0 ||
			   ranking->top[i] == leaf->value[leaf->count - 1]);
		Assert(i == 0 || ranking->top[i - 1] <= leaf->value[0]);
		Assert((leaf->sum != NULL) == ranking->keeps_sums);
		count += leaf->count;
	}
	Assert(count == ranking->count);
}
#else
#define check_ranking(ranking) ((void) 0)
#endif

/*
 * An empty ranking; its arrays will live in the given context.
 */
void
RankingInit(Ranking *ranking, MemoryContext context)
{
	memset(ranking, 0, sizeof(*ranking));
	ranking->context = context;
}

/*
 * Make leaves keep their sums; to be called before the first value.
 */
void
RankingKeepSums(Ranking *ranking)
{
	Assert(ranking->leaves == 0);
	ranking->keeps_sums = true;
}

/* ---- searching and counting ---- */

/*
 * How many of the ascending values lie below x?
 */
static inline int32
count_below(const double *value, int32 count, double x)
{
	const double *from = value;

	if (count == 0)
		return 0;
	while (count > 1)
	{
		int32		half = count / 2;

		from += from[half - 1] < x ? half : 0;
		count -= half;
	}
	return (int32) (from - value) + (from[0] < x ? 1 : 0);
}

/*
 * The first leaf whose top is not below x, or the last leaf.
 */
static inline int32
leaf_for(const Ranking *ranking, double x)
{
	return count_below(ranking->top, ranking->leaves - 1, x);
}

/*
 * Count one value more or less in a leaf.
 */
static inline void
count_in_leaf(Ranking *ranking, int32 at, int32 change)
{
	int32		i;

	ranking->count += change;
	ranking->leaf[at].count += change;
	for (i = at + 1; i <= ranking->leaves; i += i & -i)
		ranking->tree[i - 1] += change;
}

/*
 * Count anew how many values each node of the tree stands for.
 */
static void
build_tree(Ranking *ranking)
{
	int32		i;

	for (i = 0; i < ranking->leaves; i++)
		ranking->tree[i] = ranking->leaf[i].count;
	for (i = 1; i <= ranking->leaves; i++)
	{
		int32		parent = i + (i & -i);

		if (parent <= ranking->leaves)
			ranking->tree[parent - 1] += ranking->tree[i - 1];
	}
}

/* ---- rearranging leaves ---- */

static void
grow_arrays(Ranking *ranking)
{
	int32		capacity;

	if (ranking->capacity > PG_INT32_MAX / 2)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("too many rows in one group"),
				 errdetail("A ranking cannot hold more values."),
				 errhint("Use smaller groups or shorter frames.")));
	capacity = (int32) GrownCapacity(ranking->capacity, ranking->leaves + 1,
									 sizeof(RankingLeaf));
	ranking->leaf = repalloc_huge(ranking->leaf,
								  capacity * sizeof(RankingLeaf));
	ranking->top = repalloc_huge(ranking->top, capacity * sizeof(double));
	ranking->tree = repalloc_huge(ranking->tree, capacity * sizeof(int64));
	ranking->capacity = capacity;
}

static ExactSum *
new_sum(const Ranking *ranking)
{
	ExactSum   *sum = NULL;

	if (ranking->keeps_sums)
	{
		sum = MemoryContextAlloc(ranking->context, sizeof(ExactSum));
		ExactSumInit(sum);
	}
	return sum;
}

static void
free_leaf(RankingLeaf *leaf)
{
	pfree(leaf->value);
	if (leaf->sum != NULL)
		pfree(leaf->sum);
}

/*
 * The first leaf starts small, since most groups are small.
 */
static void
start_leaves(Ranking *ranking)
{
	MemoryContext context = ranking->context;

	ranking->leaf = MemoryContextAllocZero(context,
										   FIRST_LEAVES * sizeof(RankingLeaf));
	ranking->top = MemoryContextAlloc(context, FIRST_LEAVES * sizeof(double));
	ranking->tree = MemoryContextAllocZero(context,
										   FIRST_LEAVES * sizeof(int64));
	ranking->leaf[0].value =
		MemoryContextAlloc(context, FIRST_LEAF_VALUES * sizeof(double));
	ranking->leaf[0].capacity = FIRST_LEAF_VALUES;
	ranking->leaf[0].sum = new_sum(ranking);
	ranking->capacity = FIRST_LEAVES;
	ranking->leaves = 1;
}

static void
grow_leaf(RankingLeaf *leaf)
{
	leaf->capacity *= 2;
	leaf->value = repalloc(leaf->value, leaf->capacity * sizeof(double));
}

/*
 * Let the sums follow all values of one leaf, which have left the other one.
 */
static void
move_sum(RankingLeaf *from, RankingLeaf *to)
{
	int32		i;

	if (from->sum == NULL)
		return;
	for (i = 0; i < to->count; i++)
		ExactSumAdd(to->sum, to->value[i]);
	ExactSumMergeTimes(from->sum, to->sum, -1);
}

/*
 * Move the upper half of a full leaf to a new one after it.
 */
static void
split_leaf(Ranking *ranking, int32 at)
{
	const int32 half = RANKING_LEAF_VALUES / 2;
	int32		after = ranking->leaves - at - 1;
	RankingLeaf *lower;
	RankingLeaf *upper;

	if (ranking->leaves == ranking->capacity)
		grow_arrays(ranking);
	lower = &ranking->leaf[at];
	upper = lower + 1;
	memmove(upper + 1, upper, after * sizeof(RankingLeaf));
	memmove(&ranking->top[at + 2], &ranking->top[at + 1],
			after * sizeof(double));
	upper->value = MemoryContextAlloc(ranking->context,
									  RANKING_LEAF_VALUES * sizeof(double));
	upper->capacity = RANKING_LEAF_VALUES;
	upper->count = half;
	upper->sum = new_sum(ranking);
	lower->count = half;
	memcpy(upper->value, lower->value + half, half * sizeof(double));
	move_sum(lower, upper);
	ranking->top[at + 1] = ranking->top[at];
	ranking->top[at] = lower->value[half - 1];
	ranking->leaves++;
	build_tree(ranking);
}

/*
 * Move all values of the leaf after this one into this one.
 */
static void
merge_with_next(Ranking *ranking, int32 at)
{
	int32		after = ranking->leaves - at - 2;
	RankingLeaf *lower = &ranking->leaf[at];
	RankingLeaf *upper = lower + 1;

	memcpy(lower->value + lower->count, upper->value,
		   upper->count * sizeof(double));
	lower->count += upper->count;
	ranking->top[at] = lower->value[lower->count - 1];
	if (lower->sum != NULL)
		ExactSumMerge(lower->sum, upper->sum);
	free_leaf(upper);
	memmove(upper, upper + 1, after * sizeof(RankingLeaf));
	memmove(&ranking->top[at + 1], &ranking->top[at + 2],
			after * sizeof(double));
	ranking->leaves--;
	build_tree(ranking);
}

/*
 * After a removal: keep neighbours from becoming many and small, and none
 * empty.
 */
static bool
should_merge(const Ranking *ranking, int32 at)
{
	int32		lower;
	int32		upper;

	if (at < 0 || at + 1 >= ranking->leaves)
		return false;
	lower = ranking->leaf[at].count;
	upper = ranking->leaf[at + 1].count;
	return lower == 0 || upper == 0 || lower + upper <= MERGED_LEAF_VALUES;
}

/* ---- values come and go ---- */

void
RankingInsert(Ranking *ranking, double value)
{
	RankingLeaf *leaf;
	int32		at;
	int32		slot;

	if (ranking->leaves == 0)
		start_leaves(ranking);
	at = leaf_for(ranking, value);
	if (ranking->leaf[at].count == RANKING_LEAF_VALUES)
	{
		split_leaf(ranking, at);
		at = leaf_for(ranking, value);
	}
	leaf = &ranking->leaf[at];
	if (leaf->count == leaf->capacity)
		grow_leaf(leaf);
	slot = count_below(leaf->value, leaf->count, value);
	memmove(leaf->value + slot + 1, leaf->value + slot,
			(leaf->count - slot) * sizeof(double));
	leaf->value[slot] = value;
	if (leaf->sum != NULL)
		ExactSumAdd(leaf->sum, value);
	count_in_leaf(ranking, at, 1);
	ranking->top[at] = leaf->value[leaf->count - 1];
	check_ranking(ranking);
}

/*
 * Remove one of the values that are equal to this one.
 */
void
RankingRemove(Ranking *ranking, double value)
{
	RankingLeaf *leaf;
	int32		at;
	int32		slot;

	if (ranking->count == 0)
		elog(ERROR, "no value left to remove from a ranking");
	at = leaf_for(ranking, value);
	leaf = &ranking->leaf[at];
	slot = count_below(leaf->value, leaf->count, value);
	if (slot == leaf->count || leaf->value[slot] != value)
		elog(ERROR, "value to remove is not in the ranking");
	memmove(leaf->value + slot, leaf->value + slot + 1,
			(leaf->count - slot - 1) * sizeof(double));
	if (leaf->sum != NULL)
		ExactSumSubtract(leaf->sum, value);
	count_in_leaf(ranking, at, -1);
	if (leaf->count > 0)
		ranking->top[at] = leaf->value[leaf->count - 1];
	if (should_merge(ranking, at))
		merge_with_next(ranking, at);
	if (should_merge(ranking, at - 1))
		merge_with_next(ranking, at - 1);
	check_ranking(ranking);
}

/*
 * Remove all values.
 */
void
RankingClear(Ranking *ranking)
{
	bool		keeps_sums = ranking->keeps_sums;
	int32		i;

	if (ranking->leaves == 0)
		return;
	for (i = 0; i < ranking->leaves; i++)
	{
		CHECK_FOR_INTERRUPTS();
		free_leaf(&ranking->leaf[i]);
	}
	pfree(ranking->leaf);
	pfree(ranking->top);
	pfree(ranking->tree);
	RankingInit(ranking, ranking->context);
	ranking->keeps_sums = keeps_sums;
}

/* ---- questions ---- */

/*
 * How many values are below this one?
 */
int64
RankingBelow(const Ranking *ranking, double value)
{
	int64		below;
	int32		at;
	int32		i;

	Assert(ranking->count > 0);
	at = leaf_for(ranking, value);
	below = count_below(ranking->leaf[at].value, ranking->leaf[at].count,
						value);
	for (i = at; i > 0; i -= i & -i)
		below += ranking->tree[i - 1];
	return below;
}

/*
 * The same, and add their sum to "sum"; the ranking keeps sums, and there is a
 * value.
 */
int64
RankingSumBelow(const Ranking *ranking, double value, ExactSum *sum)
{
	const RankingLeaf *leaf = ranking->leaf;
	int64		below = 0;
	int32		at;
	int32		slot;
	int32		i;

	Assert(ranking->keeps_sums && ranking->count > 0);
	at = leaf_for(ranking, value);
	for (i = 0; i < at; i++, leaf++)
	{
		CHECK_FOR_INTERRUPTS();
		ExactSumMerge(sum, leaf->sum);
		below += leaf->count;
	}
	slot = count_below(leaf->value, leaf->count, value);
	for (i = 0; i < slot; i++)
		ExactSumAdd(sum, leaf->value[i]);
	return below + slot;
}

/*
 * Add the "count" largest values to a sum.
 */
void
RankingSumLargest(const Ranking *ranking, int64 count, ExactSum *sum)
{
	int32		at = ranking->leaves;
	int32		slot = 0;

	Assert(count <= ranking->count);
	for (; count > 0; count--)
	{
		CHECK_FOR_INTERRUPTS();
		if (slot == 0)
			slot = ranking->leaf[--at].count;
		ExactSumAdd(sum, ranking->leaf[at].value[--slot]);
	}
}

/*
 * The value that has "place" values before it in ascending order.
 */
double
RankingSelect(const Ranking *ranking, int64 place)
{
	int32		at = 0;
	int32		step = 1;

	Assert(place >= 0 && place < ranking->count);
	while (step <= ranking->leaves / 2)
		step *= 2;
	for (; step > 0; step /= 2)
	{
		if (at + step > ranking->leaves ||
			ranking->tree[at + step - 1] > place)
			continue;
		at += step;
		place -= ranking->tree[at - 1];
	}
	return ranking->leaf[at].value[place];
}

/*
 * All values in ascending order.
 */
void
RankingCopy(const Ranking *ranking, double *value)
{
	int32		i;

	for (i = 0; i < ranking->leaves; i++)
	{
		const RankingLeaf *leaf = &ranking->leaf[i];

		CHECK_FOR_INTERRUPTS();
		memcpy(value, leaf->value, leaf->count * sizeof(double));
		value += leaf->count;
	}
}
