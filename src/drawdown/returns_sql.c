/*
 * returns_sql.c - SQL functions of the drawdown family over simple returns
 *
 * Three states:
 *
 *	ReturnsScan		(return) over rows as they come, in groups and growing
 *					frames
 *	ReturnsState	the same in moving frames: rows can leave
 *	bubble_series	(return, at) in any order of rows, and stored series
 *
 * wealth_series() makes a curve of returns, for all that measures curves.  It
 * begins with the wealth of 1 before the first return, or a first loss would
 * be invisible; that row is one mean step from return to return earlier, as
 * returns that are evenly spaced in time began there.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "postgres.h"

#include "miscadmin.h"

#include "drawdown/returns.h"
#include "foundation/aggregate_head.h"
#include "foundation/arguments.h"
#include "series/stored_series.h"

#define FRAME_NAME ReturnsFrame
#define FRAME_PIECE ReturnsPiece
#define FRAME_JOIN(first, second) ReturnsPiecesJoined(first, second)
#include "drawdown/moving_frame.h"

typedef struct ReturnsScan
{
	AggregateHead head;
	Wealth		retained;		/* wealth now / highest wealth so far */
	Wealth		least;			/* the smallest that ever was */
	bool		filled;			/* are there rows? */
} ReturnsScan;

typedef struct ReturnsState
{
	AggregateHead head;
	ReturnsFrame frame;
} ReturnsState;

PG_FUNCTION_INFO_V1(bubble_drawdown_of_returns);
PG_FUNCTION_INFO_V1(bubble_max_drawdown_of_returns);
PG_FUNCTION_INFO_V1(bubble_wealth_series);
PG_FUNCTION_INFO_V1(bubble_returns_scan_last_finalfn);
PG_FUNCTION_INFO_V1(bubble_returns_scan_max_finalfn);
PG_FUNCTION_INFO_V1(bubble_returns_frame_last_finalfn);
PG_FUNCTION_INFO_V1(bubble_returns_frame_max_finalfn);

/* ---- rows as they come ---- */

static ReturnsScan *
returns_scan_create(const AggregateHead *head, MemoryContext context)
{
	ReturnsScan *scan = MemoryContextAllocZero(context, sizeof(ReturnsScan));

	scan->retained = scan->least = full_wealth;
	return scan;
}

static void
returns_scan_add(ReturnsScan *scan, FunctionCallInfo fcinfo)
{
	double		one_return = CheckReturn(PG_GETARG_FLOAT8(1));

	if (scan->filled)
		NextRowInOrder(fcinfo);
	scan->filled = true;
	ReturnStep(&scan->retained, &scan->least, one_return);
}

#define AGGREGATE returns_scan
#define AGGREGATE_STATE ReturnsScan
#define AGGREGATE_VALUES 1
#include "foundation/aggregate.h"

Datum
bubble_returns_scan_last_finalfn(PG_FUNCTION_ARGS)
{
	ReturnsScan *scan = STATE_ARG(ReturnsScan, 0);

	if (scan == NULL || !scan->filled)
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(WealthLost(scan->retained));
}

Datum
bubble_returns_scan_max_finalfn(PG_FUNCTION_ARGS)
{
	ReturnsScan *scan = STATE_ARG(ReturnsScan, 0);

	if (scan == NULL || !scan->filled)
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(WealthLost(scan->least));
}

/* ---- moving frames: rows come and go ---- */

static ReturnsState *
returns_frame_create(const AggregateHead *head, MemoryContext context)
{
	ReturnsState *state = MemoryContextAllocZero(context,
												 sizeof(ReturnsState));

	state->frame.context = context;
	return state;
}

static void
returns_frame_add(ReturnsState *state, FunctionCallInfo fcinfo)
{
	ReturnsFramePush(&state->frame,
					 ReturnsPieceOf(CheckReturn(PG_GETARG_FLOAT8(1))));
}

static void
returns_frame_remove(ReturnsState *state, FunctionCallInfo fcinfo)
{
	ReturnsFramePop(&state->frame);
}

#define AGGREGATE returns_frame
#define AGGREGATE_STATE ReturnsState
#define AGGREGATE_VALUES 1
#define AGGREGATE_MOVES
#include "foundation/aggregate.h"

Datum
bubble_returns_frame_last_finalfn(PG_FUNCTION_ARGS)
{
	ReturnsState *state = STATE_ARG(ReturnsState, 0);

	if (state == NULL || ReturnsFrameLength(&state->frame) == 0)
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(WealthLost(ReturnsFrameTotal(&state->frame).low_suffix));
}

Datum
bubble_returns_frame_max_finalfn(PG_FUNCTION_ARGS)
{
	ReturnsState *state = STATE_ARG(ReturnsState, 0);

	if (state == NULL || ReturnsFrameLength(&state->frame) == 0)
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(WealthLost(ReturnsFrameTotal(&state->frame).retained));
}

/* ---- (return, at): any order of rows, through a bubble_series ---- */

/*
 * What is retained of the highest wealth after the last return, and the least
 * that ever was.
 */
static Wealth
follow_returns(const SeriesView *view, Wealth *least)
{
	Wealth		retained = full_wealth;
	int64		done;
	int64		rows;

	*least = retained;
	for (done = 0; (rows = SeriesNextChunk(view, done)) > 0; done += rows)
	{
		int64		i;

		for (i = done; i < done + rows; i++)
			if (unlikely(!IsReturn(view->value[i])))
				ReturnError(view->value[i], SeriesTimeShown(view, i));
		ReturnsFollow(&retained, least, view->value + done, rows);
	}
	return retained;
}

Datum
bubble_drawdown_of_returns(PG_FUNCTION_ARGS)
{
	SeriesView	view = SeriesValuesOf(PG_GETARG_DATUM(0));
	Wealth		least;

	PG_RETURN_FLOAT8(WealthLost(follow_returns(&view, &least)));
}

Datum
bubble_max_drawdown_of_returns(PG_FUNCTION_ARGS)
{
	SeriesView	view = SeriesValuesOf(PG_GETARG_DATUM(0));
	Wealth		least;

	(void) follow_returns(&view, &least);
	PG_RETURN_FLOAT8(WealthLost(least));
}

/* ---- a curve of wealth ---- */

static int64
count_times(const SeriesView *view)
{
	int64		count = 1;
	int64		i;

	for (i = 1; i < view->length; i++)
	{
		CHECK_FOR_INTERRUPTS();
		count += view->at[i] != view->at[i - 1];
	}
	return count;
}

/*
 * The mean step from time to time; a day if there is but one.  Dates are
 * whole days apart.
 */
static uint64
mean_step(const SeriesView *view, int64 times)
{
	uint64		span = (uint64) view->at[view->length - 1] -
		(uint64) view->at[0];
	uint64		step = times > 1 ? span / (times - 1) : USECS_PER_DAY;

	if (view->kind == TIME_IS_DATE)
		step = (step + USECS_PER_DAY / 2) / USECS_PER_DAY * USECS_PER_DAY;
	return step;
}

static int64
time_before(const SeriesView *view, int64 times)
{
	uint64		step = mean_step(view, times);

	if (step > (uint64) view->at[0] - (uint64) MIN_TIMESTAMP)
		ereport(ERROR,
				(errcode(ERRCODE_DATETIME_VALUE_OUT_OF_RANGE),
				 errmsg("time before the first return is out of range"),
				 errdetail("Wealth begins one mean step before the first "
						   "return."),
				 errhint("Look for a mistyped year.")));
	return view->at[0] - (int64) step;
}

/*
 * Wealth before the first return and after each time.  Returns at one time
 * are compounded, since their order is unknown.
 */
Datum
bubble_wealth_series(PG_FUNCTION_ARGS)
{
	SeriesView	view = SeriesViewOf(PG_GETARG_DATUM(0));
	int64		times = count_times(&view);
	int64		row = 0;
	int64		i;
	double	   *wealth;
	int64	   *at;
	StoredSeries *curve = AllocateStoredSeries(view.kind, times + 1, &wealth,
											   &at);

	wealth[0] = 1.0;
	at[0] = time_before(&view, times);
	for (i = 0; i < view.length; i++)
	{
		CHECK_FOR_INTERRUPTS();
		if (view.at[i] != at[row])
		{
			row++;
			wealth[row] = wealth[row - 1];
		}
		if (unlikely(!IsReturn(view.value[i])))
			ReturnError(view.value[i], SeriesTimeShown(&view, i));
		at[row] = view.at[i];
		wealth[row] = CheckResult(wealth[row] * (1.0 + view.value[i]));
	}
	PG_RETURN_POINTER(curve);
}
