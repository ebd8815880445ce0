/*
 * growth_state.c - how fast a level grows, and whether that slows down
 *
 * The method is described in growth_state.h.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "postgres.h"

#include <math.h>

#include "miscadmin.h"
#include "utils/memutils.h"

#include "adoption/growth_state.h"
#include "foundation/array.h"

/* Rows of a block of the lowest level, as a power of 2. */
#define BLOCK_BITS 4

static const ParameterDef growth_defs[] = {
	{"span", PARAMETER_SPAN, .omissible = true}
};

const ParameterTable GrowthParameters = PARAMETER_TABLE(growth_defs);

#ifdef USE_ASSERT_CHECKING
static void
check_state(const GrowthState *state)
{
	Assert(state->rows.ties_ordered);
	Assert(!state->following || state->rows.disorder == 0);
	Assert(!state->following || state->ends_from <= state->rows.to);
	Assert(!state->following || state->zeros_to <= state->rows.to);
}
#else
#define check_state(state) ((void) 0)
#endif

GrowthState *
GrowthCreate(MemoryContext context)
{
	GrowthState *state = MemoryContextAllocZero(context, sizeof(GrowthState));

	SeriesInit(&state->rows, context, true);
	return state;
}

static double
years_before(int64 at, int64 last)
{
	return -YearsBetween(at, last);
}

/* ---- blocks ---- */

static const GrowthBlock *
block_at(const GrowthLevel *level, int64 number)
{
	if (number < level->first || number >= level->first + level->count)
		return NULL;
	return level->block[number - level->first].days.n > 0 ?
		&level->block[number - level->first] : NULL;
}

/*
 * Room for a block; those that end before the first row are dropped when they
 * are half of all.
 */
static GrowthBlock *
next_block(GrowthState *state, int which, int64 number)
{
	GrowthLevel *level = &state->level[which];
	const int64 gone = (state->rows.from >> (BLOCK_BITS + which)) -
		level->first;

	if (level->count == 0)
		level->first = number;
	else if (gone > level->count / 2)
	{
		const int64 dropped = Min(gone, level->count);

		level->count -= dropped;
		level->first += dropped;
		memmove(level->block, level->block + dropped,
				level->count * sizeof(GrowthBlock));
		if (level->count == 0)
			level->first = number;
	}
	level->block = GrowArray(state->rows.context, level->block,
							 &level->capacity, level->count + 1,
							 sizeof(GrowthBlock));
	return &level->block[level->count++];
}

/*
 * The lowest block that ends with the newest row.
 */
static void
fill_block(const GrowthState *state, GrowthBlock *block)
{
	const Series *rows = &state->rows;
	const int64 last = rows->to - 1;
	const int64 first = rows->to - (INT64CONST(1) << BLOCK_BITS);
	int64		place;

	memset(block, 0, sizeof(GrowthBlock));
	if (first < rows->from || first < state->zeros_to)
		return;
	block->at = SeriesAt(rows, last);
	block->month = state->phase.month;
	block->y = log(SeriesValue(rows, last));
	for (place = first; place <= last; place++)
	{
		const int64 at = SeriesAt(rows, place);
		const double y = log(SeriesValue(rows, place)) - block->y;
		const int32 month = MonthPhaseOf(at, state->head.kind).month;

		TrendAdd(&block->days, years_before(at, block->at), y);
		TrendAdd(&block->months, (month - block->month) /
				 (double) MONTHS_PER_YEAR, y);
	}
}

/*
 * A block of two.
 */
static void
join_blocks(const GrowthBlock *first, const GrowthBlock *second,
			GrowthBlock *both)
{
	GrowthBlock sum = {0};
	Trend		moved;

	if (first != NULL && second != NULL)
	{
		sum = *second;
		moved = first->days;
		TrendMove(&moved, years_before(first->at, second->at),
				  first->y - second->y);
		TrendMerge(&sum.days, &moved);
		moved = first->months;
		TrendMove(&moved, (first->month - second->month) /
				  (double) MONTHS_PER_YEAR, first->y - second->y);
		TrendMerge(&sum.months, &moved);
	}
	*both = sum;
}

/*
 * The blocks that end with the newest row.
 */
static void
add_blocks(GrowthState *state)
{
	int64		number = (state->rows.to >> BLOCK_BITS) - 1;
	int			which;

	fill_block(state, next_block(state, 0, number));
	for (which = 1; which < GROWTH_LEVELS && number % 2 == 1; which++)
	{
		const GrowthLevel *lower = &state->level[which - 1];
		GrowthBlock both;

		join_blocks(block_at(lower, number - 1), block_at(lower, number),
					&both);
		number /= 2;
		*next_block(state, which, number) = both;
	}
}

/* ---- following ---- */

/*
 * Let all that is known of the rows know the newest one.
 */
static void
follow_row(GrowthState *state)
{
	const Series *rows = &state->rows;
	const int64 place = rows->to - 1;
	const MonthPhase phase = MonthPhaseOf(SeriesAt(rows, place),
										  state->head.kind);
	const MonthPhase before = state->phase;

	if (place > rows->from &&
		!SameMonthPhase(&before, &phase, UNIT_MONTH_END))
		state->ends_from = place;
	if (place > rows->from && !SameMonthPhase(&before, &phase, UNIT_MONTH))
		state->days_from = place;
	state->phase = phase;
	if (SeriesValue(rows, place) == 0.0)
		state->zeros_to = rows->to;
	if (rows->to % (INT64CONST(1) << BLOCK_BITS) == 0)
		add_blocks(state);
}

/*
 * The same of all rows.
 */
static void
follow_all(GrowthState *state)
{
	Series	   *rows = &state->rows;
	const int64 to = rows->to;
	int			which;

	if (state->level == NULL)
		state->level = MemoryContextAllocZero(rows->context, GROWTH_LEVELS *
											  sizeof(GrowthLevel));
	for (which = 0; which < GROWTH_LEVELS; which++)
		state->level[which].count = 0;
	state->ends_from = state->days_from = state->zeros_to = rows->from;
	for (rows->to = rows->from + 1; rows->to < to; rows->to++)
		follow_row(state);
	follow_row(state);
	state->following = true;
}

/*
 * Add a row.
 */
void
GrowthAdd(GrowthState *state, int64 at, double value)
{
	check_state(state);
	SeriesAppend(&state->rows, at, value);
	if (!state->head.in_window || state->rows.disorder > 0)
		state->following = false;
	else if (state->following)
		follow_row(state);
	else
		follow_all(state);
	check_state(state);
}

/*
 * Take out the row that was added first.
 */
void
GrowthRemoveFirst(GrowthState *state)
{
	check_state(state);
	SeriesDropFirst(&state->rows);
	check_state(state);
}

/* ---- results ---- */

/*
 * A regression being put together, counted from the last row.
 */
typedef struct GrowthSum
{
	TimeKind	kind;
	bool		in_months;
	int64		at;
	int32		month;
	double		y;
	Trend		trend;
} GrowthSum;

static GrowthSum
start_sum(const Series *rows, bool in_months, TimeKind kind)
{
	GrowthSum	sum = {.kind = kind, .in_months = in_months};

	sum.at = SeriesAt(rows, rows->to - 1);
	sum.y = log(SeriesValue(rows, rows->to - 1));
	if (in_months)
		sum.month = MonthPhaseOf(sum.at, kind).month;
	return sum;
}

static void
add_row(GrowthSum *sum, const Series *rows, int64 place)
{
	const int64 at = SeriesAt(rows, place);
	double		x;

	if (sum->in_months)
		x = (MonthPhaseOf(at, sum->kind).month - sum->month) /
			(double) MONTHS_PER_YEAR;
	else
		x = years_before(at, sum->at);
	TrendAdd(&sum->trend, x, log(SeriesValue(rows, place)) - sum->y);
}

static void
add_block(GrowthSum *sum, const GrowthBlock *block)
{
	Trend		moved = sum->in_months ? block->months : block->days;
	const double x = sum->in_months ?
		(block->month - sum->month) / (double) MONTHS_PER_YEAR :
		years_before(block->at, sum->at);

	TrendMove(&moved, x, block->y - sum->y);
	TrendMerge(&sum->trend, &moved);
}

/*
 * The place of the first row within the span, if there is one, that ends with
 * the last row.
 */
static int64
first_within(const Series *rows, const Interval *span, TimeKind kind)
{
	int64		low = rows->from;
	int64		high = rows->to - 1;
	int64		border;

	if (span == NULL)
		return low;
	SpanBorders(SeriesAt(rows, high), span, kind, &border, 1);
	while (low < high)
	{
		const int64 middle = low + (high - low) / 2;

		if (SeriesAt(rows, middle) > border)
			high = middle;
		else
			low = middle + 1;
	}
	return low;
}

static GrowthRate
unknown_rate(const Series *rows)
{
	GrowthRate	rate = {
		SeriesValue(rows, rows->to - 1), {NAN, NAN, NAN, NAN, NAN}
	};

	return rate;
}

/*
 * Rows in order, from scratch.
 */
GrowthRate
GrowthOfSeries(const Series *rows, const Interval *span, TimeKind kind)
{
	const int64 from = first_within(rows, span, kind);
	const int64 *at = rows->at + (from - rows->base);
	GrowthRate	rate = unknown_rate(rows);
	GrowthSum	sum;
	int64		place;

	for (place = from; place < rows->to; place++)
	{
		CHECK_FOR_INTERRUPTS();
		if (SeriesValue(rows, place) == 0.0)
			return rate;
	}
	sum = start_sum(rows, TimeUnitOf(at, rows->to - from, kind) != UNIT_DAY,
					kind);
	for (place = from; place < rows->to; place++)
	{
		CHECK_FOR_INTERRUPTS();
		add_row(&sum, rows, place);
	}
	rate.trend = TrendSolve(&sum.trend);
	return rate;
}

/*
 * The largest block that begins at a place and ends before another one; its
 * rows are counted.
 */
static const GrowthBlock *
largest_block(const GrowthState *state, int64 from, int64 to, int64 *rows)
{
	const GrowthBlock *found = NULL;
	int			which;

	for (which = 0; which < GROWTH_LEVELS; which++)
	{
		const int	bits = BLOCK_BITS + which;
		const int64 size = INT64CONST(1) << bits;
		const GrowthBlock *block;

		if (from % size != 0 || to - from < size)
			break;
		block = block_at(&state->level[which], from >> bits);
		if (block == NULL)
			break;
		found = block;
		*rows = size;
	}
	return found;
}

/*
 * Rows in order, from blocks.
 */
static GrowthRate
growth_of_blocks(const GrowthState *state, const Interval *span)
{
	const Series *rows = &state->rows;
	const int64 from = first_within(rows, span, state->head.kind);
	const bool	in_months = from >= Min(state->ends_from, state->days_from) &&
		SeriesAt(rows, from) < SeriesAt(rows, rows->to - 1);
	GrowthRate	rate = unknown_rate(rows);
	GrowthSum	sum;
	int64		place = from;

	if (from < state->zeros_to)
		return rate;
	sum = start_sum(rows, in_months, state->head.kind);
	while (place < rows->to)
	{
		int64		taken = 1;
		const GrowthBlock *block = largest_block(state, place, rows->to,
												 &taken);

		if (block != NULL)
			add_block(&sum, block);
		else
			add_row(&sum, rows, place);
		place += taken;
	}
	rate.trend = TrendSolve(&sum.trend);
	return rate;
}

/*
 * The growth of a state, which has rows and stays as it is.
 */
GrowthRate
GrowthOfState(const GrowthState *state)
{
	const ParameterValue *span = &state->head.parameter[0];
	const Interval *length = span->given ? &span->u.span : NULL;

	check_state(state);
	if (state->following)
		return growth_of_blocks(state, length);
	return GrowthOfSeries(SeriesInOrder(&state->rows), length,
						  state->head.kind);
}
