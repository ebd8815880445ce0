/*
 * periods_state.c - revenue of the last n periods
 *
 * The method is described in periods_state.h.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "postgres.h"

#include "miscadmin.h"

#include "foundation/arguments.h"
#include "valuation/periods_state.h"

#define ST_SORT sort_gaps
#define ST_ELEMENT_TYPE uint64
#define ST_COMPARE(a, b) (*(a) < *(b) ? -1 : *(a) > *(b))
#define ST_SCOPE static
#define ST_CHECK_FOR_INTERRUPTS
#define ST_DECLARE
#define ST_DEFINE
#include "lib/sort_template.h"

#ifdef USE_ASSERT_CHECKING
static void
check_state(const PeriodsState *state)
{
	Assert(state->periods >= 1 && state->periods <= MOST_PERIODS);
	if (!state->following)
		return;
	Assert(state->rows.disorder == 0);
	Assert(state->taken == Min(SeriesLength(&state->ends),
							   state->periods));
	Assert(state->taken_from >= state->rows.from &&
		   state->taken_from <= state->rows.to);
}
#else
#define check_state(state) ((void) 0)
#endif

PeriodsState *
PeriodsCreate(MemoryContext context, int32 periods, int64 as_of)
{
	PeriodsState *state = MemoryContextAllocZero(context,
												 sizeof(PeriodsState));

	state->periods = periods;
	state->as_of = as_of;
	SeriesInit(&state->rows, context, false);
	SeriesInit(&state->ends, context, false);
	ExactSumInit(&state->booked);
	return state;
}

/*
 * Is the row at a place the first one of its period?
 */
static inline bool
begins_period(const Series *rows, int64 place)
{
	return place == rows->from ||
		SeriesAt(rows, place) != SeriesAt(rows, place - 1);
}

/*
 * Let the sum and the ends take in the row at a place, the newest so far.
 */
static void
take_row(PeriodsState *state, const Series *rows, int64 place)
{
	Series	   *ends = &state->ends;

	ExactSumAdd(&state->booked, SeriesValue(rows, place));
	if (!begins_period(rows, place))
		return;
	SeriesAppend(ends, SeriesAt(rows, place), 0.0);
	if (SeriesLength(ends) > 2 * (int64) state->periods)
		SeriesDropFirst(ends);
	state->taken++;
	if (state->taken <= state->periods)
		return;
	do
	{
		CHECK_FOR_INTERRUPTS();
		ExactSumSubtract(&state->booked,
						 SeriesValue(rows, state->taken_from));
		state->taken_from++;
	} while (!begins_period(rows, state->taken_from));
	state->taken--;
}

/*
 * Compute the same anew from rows in order, from as many periods as gaps are
 * looked at.
 */
static void
settle(PeriodsState *state, const Series *rows)
{
	int64		first = rows->to;
	int64		left = 2 * (int64) state->periods;
	int64		place;

	while (first > rows->from && left > 0)
	{
		CHECK_FOR_INTERRUPTS();
		first--;
		if (begins_period(rows, first))
			left--;
	}
	ExactSumInit(&state->booked);
	while (SeriesLength(&state->ends) > 0)
		SeriesDropFirst(&state->ends);
	state->taken = 0;
	state->taken_from = first;
	for (place = first; place < rows->to; place++)
	{
		CHECK_FOR_INTERRUPTS();
		take_row(state, rows, place);
	}
}

/*
 * Add a row; "follow" keeps the sum up to date.
 */
void
PeriodsAdd(PeriodsState *state, int64 period_end, double amount, bool follow)
{
	Series	   *rows = &state->rows;

	if (period_end > state->as_of)
		return;
	SeriesAppend(rows, period_end, amount);
	if (!follow || rows->disorder > 0)
		state->following = false;
	else if (state->following)
		take_row(state, rows, rows->to - 1);
	else
	{
		settle(state, rows);
		state->following = true;
	}
	check_state(state);
}

/*
 * Take the first row, which a window that follows leaves behind, out of the
 * sum and the ends.
 */
static void
forget_first(PeriodsState *state)
{
	const Series *rows = &state->rows;
	const Series *ends = &state->ends;
	int64		first = rows->from;
	bool		ends_period = SeriesLength(rows) == 1 ||
		begins_period(rows, first + 1);

	if (first == state->taken_from)
	{
		ExactSumSubtract(&state->booked, SeriesValue(rows, first));
		state->taken_from++;
		state->taken -= ends_period;
	}
	if (ends_period && SeriesAt(ends, ends->from) == SeriesAt(rows, first))
		SeriesDropFirst(&state->ends);
}

/*
 * Take out the row that was added first.
 */
void
PeriodsRemoveFirst(PeriodsState *state, int64 period_end)
{
	if (period_end > state->as_of)
		return;
	if (state->following)
		forget_first(state);
	SeriesDropFirst(&state->rows);
	check_state(state);
}

/*
 * The gap before the end at a place.
 */
static inline uint64
gap_before(const Series *ends, int64 place)
{
	return (uint64) SeriesAt(ends, place) - (uint64) SeriesAt(ends, place - 1);
}

/*
 * The smaller one of the middle gaps.
 */
static uint64
usual_gap(const Series *ends)
{
	int64		count = SeriesLength(ends) - 1;
	uint64	   *gap = palloc(count * sizeof(uint64));
	uint64		usual;
	int64		i;

	for (i = 0; i < count; i++)
		gap[i] = gap_before(ends, ends->from + 1 + i);
	sort_gaps(gap, count);
	usual = gap[(count - 1) / 2];
	pfree(gap);
	return usual;
}

/*
 * Is a gap between the last periods longer than one and a half usual ones?
 */
static bool
period_is_missing(const PeriodsState *state)
{
	const Series *ends = &state->ends;
	uint64		usual;
	int64		place;

	if (state->taken < 2)
		return false;
	usual = usual_gap(ends);
	for (place = ends->to - state->taken + 1; place < ends->to; place++)
	{
		uint64		gap = gap_before(ends, place);

		if (gap > usual && gap - usual > usual / 2)
			return true;
	}
	return false;
}

/*
 * The state itself if its sum is up to date, otherwise a copy that is: final
 * functions must not change their state.
 */
static const PeriodsState *
settled(const PeriodsState *state)
{
	PeriodsState *copy;

	if (state->following && state->rows.disorder == 0)
		return state;
	copy = PeriodsCreate(CurrentMemoryContext, state->periods, state->as_of);
	settle(copy, SeriesInOrder(&state->rows));
	return copy;
}

/*
 * The sum; false if there are fewer periods or one is missing.
 */
bool
PeriodsSum(const PeriodsState *state, double *sum)
{
	if (SeriesLength(&state->rows) == 0)
		return false;
	state = settled(state);
	if (state->taken < state->periods || period_is_missing(state))
		return false;
	*sum = CheckResult(ExactSumRound(&state->booked));
	return true;
}
