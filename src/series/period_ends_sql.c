/*
 * period_ends_sql.c - SQL function period_ends
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "postgres.h"

#include "funcapi.h"

#include "foundation/aggregate_head.h"
#include "foundation/arguments.h"
#include "foundation/periods.h"

#define MOST_PERIOD_ENDS 1000000

/* Where the function is between two rows. */
typedef struct PeriodCursor
{
	TimeKind	kind;
	Interval	step;
	int64		next;			/* the period whose end comes next */
	int64		to_at;			/* the last end is not later */
} PeriodCursor;

PG_FUNCTION_INFO_V1(bubble_period_ends);

static void
check_number(int64 periods)
{
	if (periods > MOST_PERIOD_ENDS)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("too many periods"),
				 errdetail("There are " INT64_FORMAT ", and at most %d can be "
						   "listed.", periods, MOST_PERIOD_ENDS),
				 errhint("Use a longer step, or look for a mistyped year.")));
}

/*
 * A NULL time, such as the latest of no rows, has no periods.
 */
static PeriodCursor *
open_cursor(FunctionCallInfo fcinfo)
{
	PeriodCursor *cursor = palloc0(sizeof(PeriodCursor));
	int64		from_at;

	cursor->kind = TimeKindOfArg(fcinfo, 0);
	cursor->step = StepArg(fcinfo, 2, "step", cursor->kind);
	cursor->to_at = DT_NOBEGIN;
	if (PG_ARGISNULL(0) || PG_ARGISNULL(1))
		return cursor;
	from_at = TimeArg(fcinfo, 0, cursor->kind, "from_at");
	cursor->to_at = TimeArg(fcinfo, 1, cursor->kind, "to_at");
	cursor->next = FirstPeriodEnding(from_at, &cursor->step, cursor->kind);
	check_number(FirstPeriodEnding(cursor->to_at, &cursor->step,
								   cursor->kind) - cursor->next);
	return cursor;
}

/*
 * The ends of the periods that end between two times, both included.  A
 * period that is not over on to_at has not ended.
 */
Datum
bubble_period_ends(PG_FUNCTION_ARGS)
{
	FuncCallContext *funcctx;
	PeriodCursor *cursor;
	int64		end;

	if (SRF_IS_FIRSTCALL())
	{
		MemoryContext old;

		funcctx = SRF_FIRSTCALL_INIT();
		old = MemoryContextSwitchTo(funcctx->multi_call_memory_ctx);
		funcctx->user_fctx = open_cursor(fcinfo);
		MemoryContextSwitchTo(old);
	}
	funcctx = SRF_PERCALL_SETUP();
	cursor = funcctx->user_fctx;
	end = PeriodEnd(cursor->next, &cursor->step, cursor->kind);
	if (end > cursor->to_at)
		SRF_RETURN_DONE(funcctx);
	cursor->next = PeriodAfter(cursor->next, &cursor->step, cursor->kind);
	SRF_RETURN_NEXT(funcctx, TimeDatum(end, cursor->kind));
}
