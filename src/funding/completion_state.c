/*
 * completion_state.c - amounts reported late, and the triangle that they make
 *
 * The method is described in completion_state.h.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "postgres.h"

#include "miscadmin.h"
#include "utils/memutils.h"

#include "foundation/arguments.h"
#include "foundation/exact_sum.h"
#include "foundation/serialised.h"
#include "funding/completion_state.h"

/* Cells of the largest triangle: 80 MB. */
#define MOST_CELLS (10 * 1000 * 1000)

/* A cell is numbered period * 2^22 + lag; all of the calendar fits. */
#define LAG_BITS 22

/*
 * A month is over when its last day is: on as_of itself, if that is a date.
 */
static int32
first_open_month(int64 as_of, TimeKind kind)
{
	return MonthOf(kind == TIME_IS_DATE ? as_of + USECS_PER_DAY : as_of,
				   kind);
}

CompletionState *
CompletionCreate(MemoryContext context, TimeKind kind, int64 as_of)
{
	CompletionState *state = MemoryContextAllocZero(context,
													sizeof(CompletionState));

	state->as_of = as_of;
	state->end = first_open_month(as_of, kind);
	SeriesInit(&state->amounts, context, false);
	return state;
}

/*
 * Keep an amount of a month that is over if it was known; a report from
 * before the round itself counts from the round on.
 */
void
CompletionAdd(CompletionState *state, double amount, int64 at,
			  int64 reported_at)
{
	int32		period = MonthOf(at, state->head.kind);
	int32		reported = MonthOf(reported_at, state->head.kind);

	if (period < state->end && reported_at <= state->as_of)
		SeriesAppend(&state->amounts,
					 period * (INT64CONST(1) << LAG_BITS) +
					 Max(reported - period, 0), amount);
}

static inline int32
period_of(int64 cell)
{
	return (int32) ((cell - (cell & ((1 << LAG_BITS) - 1))) /
					(INT64CONST(1) << LAG_BITS));
}

static inline int32
lag_of(int64 cell)
{
	return (int32) (cell & ((1 << LAG_BITS) - 1));
}

/*
 * Read the amounts, whose cells are of months that are over, and of reports
 * that were there.
 */
void
CompletionRead(StringInfo buf, CompletionState *state)
{
	const Series *amounts = &state->amounts;
	const int32 known = MonthOf(state->as_of, state->head.kind);
	const int32 first = MonthOf(MIN_TIMESTAMP, TIME_IS_DATE);
	int64		i;

	SeriesDeserializeAny(buf, &state->amounts);
	for (i = amounts->from; i < amounts->to; i++)
	{
		const int64 cell = SeriesAt(amounts, i);
		const int64 period = cell >> LAG_BITS;

		CHECK_FOR_INTERRUPTS();
		if (period < first || period >= state->end ||
			period + lag_of(cell) > known)
			DamagedStateError("cell of a triangle");
	}
}

/*
 * The longest lag in months that are over.
 */
static int32
longest_lag(const Series *amounts, int32 end)
{
	int32		longest = 0;
	int64		i;

	for (i = amounts->from; i < amounts->to; i++)
	{
		int64		cell = SeriesAt(amounts, i);

		CHECK_FOR_INTERRUPTS();
		if (period_of(cell) + lag_of(cell) < end)
			longest = Max(longest, lag_of(cell));
	}
	return longest;
}

static double *
zeros(int64 count)
{
	return MemoryContextAllocExtended(CurrentMemoryContext,
									  count * sizeof(double),
									  MCXT_ALLOC_HUGE | MCXT_ALLOC_ZERO);
}

/*
 * A triangle of zeros for the months from the first one on.
 */
static Triangle
empty_triangle(int32 first, int32 end, int32 longest)
{
	Triangle	triangle = {0};
	int64	   *last;
	int64		row;

	triangle.rows = end - first;
	triangle.columns = longest + 1;
	if (triangle.rows * triangle.columns > MOST_CELLS)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("too many months to complete"),
				 errdetail("Rounds span " INT64_FORMAT " months and reports "
						   "came up to %d months late.", triangle.rows,
						   longest),
				 errhint("Look for a mistyped time, or leave out old "
						 "rounds.")));
	last = palloc(triangle.rows * sizeof(int64));
	for (row = 0; row < triangle.rows; row++)
		last[row] = Min(longest, triangle.rows - 1 - row);
	triangle.last = last;
	triangle.cell = zeros(triangle.rows * triangle.columns);
	return triangle;
}

/*
 * Fill in what was known of a month at each lag, and all that is reported of
 * it: exact sums of the amounts, which come in the order of the cells, up to
 * the row after the month's.
 */
static int64
fill_month(const Series *amounts, int64 i, double *cell, int64 last,
		   double *reported)
{
	const int32 period = period_of(SeriesAt(amounts, i));
	ExactSum	known;
	int64		lag;

	ExactSumInit(&known);
	for (lag = 0; lag <= last + 1; lag++)
	{
		for (; i < amounts->to &&
			 period_of(SeriesAt(amounts, i)) == period &&
			 (lag > last || lag_of(SeriesAt(amounts, i)) == lag); i++)
		{
			CHECK_FOR_INTERRUPTS();
			ExactSumAdd(&known, SeriesValue(amounts, i));
		}
		*reported = CheckResult(ExactSumRound(&known));
		if (lag <= last)
			cell[lag] = *reported;
	}
	return i;
}

/*
 * The triangle of a state with rows, which stays as it is.
 */
Completion
CompletionOf(const CompletionState *state)
{
	const Series *amounts = SeriesInOrder(&state->amounts);
	int32		end = state->end;
	Completion	completion;
	const Triangle *triangle = &completion.triangle;
	double	   *cell;
	int64		i = amounts->from;

	completion.first = period_of(SeriesAt(amounts, i));
	completion.triangle = empty_triangle(completion.first, end,
										 longest_lag(amounts, end));
	completion.reported = zeros(triangle->rows);
	cell = unconstify(double *, triangle->cell);
	while (i < amounts->to)
	{
		int64		row = period_of(SeriesAt(amounts, i)) - completion.first;

		i = fill_month(amounts, i, cell + row * triangle->columns,
					   triangle->last[row], &completion.reported[row]);
	}
	return completion;
}
