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
#include "drawdown/wealth.h"
#include "foundation/aggregate_head.h"
#include "foundation/arguments.h"
#include "series/stored_series.h"

#define FRAME_NAME ReturnsFrame
#define FRAME_PIECE ReturnsPiece
#define FRAME_JOIN(first, second) ReturnsPiecesJoined(first, second)
#include "drawdown/moving_frame_state.h"

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
time_before(const SeriesView *view, int64 times)
{
	const uint64 step = MeanStep(view->at[0], view->at[view->length - 1],
								 times, USECS_PER_DAY,
								 view->kind == TIME_IS_DATE);

	if (step > (uint64) view->at[0] - (uint64) MIN_TIMESTAMP)
		ereport(ERROR,
				(errcode(ERRCODE_DATETIME_VALUE_OUT_OF_RANGE),
				 errmsg("time before the first return is out of range"),
				 errdetail("Wealth begins one mean step before the first "
						   "return."),
				 errhint("Look for a mistyped year.")));
	return view->at[0] - (int64) step;
}

Datum
bubble_wealth_series(PG_FUNCTION_ARGS)
{
	SeriesView	view = SeriesViewOf(PG_GETARG_DATUM(0));
	int64		times = CountTimes(view.at, view.length);
	int64		done;
	int64		rows;
	int64		i;
	WealthCurve curve = {0};
	StoredSeries *result = AllocateStoredSeries(view.kind, times + 1,
												&curve.wealth, &curve.at);

	curve.wealth[0] = 1.0;
	curve.at[0] = time_before(&view, times);
	for (done = 0; (rows = SeriesNextChunk(&view, done)) > 0; done += rows)
	{
		for (i = done; i < done + rows; i++)
			if (unlikely(!IsReturn(view.value[i])))
				ReturnError(view.value[i], SeriesTimeShown(&view, i));
		WealthFollow(&curve, view.value + done, view.at + done, rows);
		CheckResult(curve.wealth[curve.row]);
	}
	PG_RETURN_POINTER(result);
}
