/*
 * rounds.c - from one funding round to the next: how long, and up or down
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "postgres.h"

#include "common/int.h"
#include "libpq/pqformat.h"
#include "miscadmin.h"

#include "foundation/arguments.h"
#include "foundation/compat.h"
#include "foundation/series.h"
#include "foundation/timeline.h"
#include "funding/survival.h"

/*
 * Of time_to_next_round(at, next_at, as_of).  A row of the series is a
 * duration in microseconds and a Fate; so it is in order when durations
 * ascend and, of equal ones, events come first.
 */
typedef struct WaitingState
{
	int64		as_of;
	Series		durations;
} WaitingState;

typedef enum Fate
{
	NEXT_ROUND_CAME,
	STILL_WAITING
} Fate;

typedef struct PricedRounds
{
	int64		priced;			/* rounds whose step-up is known */
	int64		down;			/* those below the previous post-money */
} PricedRounds;

PG_FUNCTION_INFO_V1(bubble_next_round_date_transfn);
PG_FUNCTION_INFO_V1(bubble_next_round_timestamptz_transfn);
PG_FUNCTION_INFO_V1(bubble_next_round_combinefn);
PG_FUNCTION_INFO_V1(bubble_next_round_serialfn);
PG_FUNCTION_INFO_V1(bubble_next_round_deserialfn);
PG_FUNCTION_INFO_V1(bubble_next_round_finalfn);
PG_FUNCTION_INFO_V1(bubble_down_round_transfn);
PG_FUNCTION_INFO_V1(bubble_down_round_invtransfn);
PG_FUNCTION_INFO_V1(bubble_down_round_combinefn);
PG_FUNCTION_INFO_V1(bubble_down_round_serialfn);
PG_FUNCTION_INFO_V1(bubble_down_round_deserialfn);
PG_FUNCTION_INFO_V1(bubble_down_round_finalfn);

/* ---- time_to_next_round(at, next_at, as_of) ---- */

static WaitingState *
create_waiting(MemoryContext context, int64 as_of)
{
	WaitingState *state = MemoryContextAlloc(context, sizeof(WaitingState));

	state->as_of = as_of;
	SeriesInit(&state->durations, context, true);
	return state;
}

static void
check_next_at(int64 at, int64 next_at)
{
	if (next_at < at)
		ereport(ERROR,
				(errcode(ERRCODE_DATETIME_VALUE_OUT_OF_RANGE),
				 errmsg("next_at must not be before at"),
				 errdetail("A round is followed by one that was %g days "
						   "earlier.",
						   ((double) at - next_at) / USECS_PER_DAY),
				 errhint("Take next_at from lead(at) OVER (PARTITION BY "
						 "company ORDER BY at).")));
}

static int64
duration(int64 from, int64 to)
{
	int64		result;

	if (pg_sub_s64_overflow(to, from, &result))
		ereport(ERROR,
				(errcode(ERRCODE_DATETIME_VALUE_OUT_OF_RANGE),
				 errmsg("duration is out of range"),
				 errdetail("More than 292000 years lie between two times."),
				 errhint("Look for a mistyped year.")));
	return result;
}

/*
 * Add a round, with what is known of the next one on as_of.
 */
static void
add_round(WaitingState *state, int64 at, const int64 *next_at)
{
	if (next_at != NULL)
		check_next_at(at, *next_at);
	if (at > state->as_of)
		return;
	if (next_at != NULL && *next_at <= state->as_of)
		SeriesAppend(&state->durations, duration(at, *next_at),
					 NEXT_ROUND_CAME);
	else
		SeriesAppend(&state->durations, duration(at, state->as_of),
					 STILL_WAITING);
}

static Datum
next_round_transfn(FunctionCallInfo fcinfo, TimeKind kind)
{
	WaitingState *state = STATE_ARG(WaitingState, 0);
	MemoryContext context = AggregateContext(fcinfo);
	int64		as_of = TimeParameterArg(fcinfo, 3, kind, "as_of");
	int64		at;
	int64		next_at;

	if (state == NULL)
		state = create_waiting(context, as_of);
	if (as_of != state->as_of)
		ChangedParameterError("as_of");
	if (PG_ARGISNULL(1))
		PG_RETURN_POINTER(state);

	at = TimeArg(fcinfo, 1, kind, "at");
	if (!PG_ARGISNULL(2))
		next_at = TimeArg(fcinfo, 2, kind, "next_at");
	add_round(state, at, PG_ARGISNULL(2) ? NULL : &next_at);
	PG_RETURN_POINTER(state);
}

Datum
bubble_next_round_date_transfn(PG_FUNCTION_ARGS)
{
	return next_round_transfn(fcinfo, TIME_IS_DATE);
}

Datum
bubble_next_round_timestamptz_transfn(PG_FUNCTION_ARGS)
{
	return next_round_transfn(fcinfo, TIME_IS_TIMESTAMPTZ);
}

Datum
bubble_next_round_combinefn(PG_FUNCTION_ARGS)
{
	WaitingState *state = STATE_ARG(WaitingState, 0);
	WaitingState *other = STATE_ARG(WaitingState, 1);
	MemoryContext context = AggregateContext(fcinfo);

	if (other == NULL)
		RETURN_STATE(state);
	if (state == NULL)
		state = create_waiting(context, other->as_of);
	if (other->as_of != state->as_of)
		ChangedParameterError("as_of");
	SeriesMerge(&state->durations, &other->durations);
	PG_RETURN_POINTER(state);
}

Datum
bubble_next_round_serialfn(PG_FUNCTION_ARGS)
{
	WaitingState *state;
	StringInfoData buf;

	(void) AggregateContext(fcinfo);
	state = (WaitingState *) PG_GETARG_POINTER(0);
	pq_begintypsend(&buf);
	pq_sendint64(&buf, state->as_of);
	SeriesSerialize(&buf, SeriesInOrder(&state->durations));
	PG_RETURN_BYTEA_P(pq_endtypsend(&buf));
}

Datum
bubble_next_round_deserialfn(PG_FUNCTION_ARGS)
{
	WaitingState *state;
	StringInfoData buf;

	OpenAggregateBytea(fcinfo, 0, &buf);
	state = create_waiting(CurrentMemoryContext, pq_getmsgint64(&buf));
	SeriesDeserialize(&buf, &state->durations);
	pq_getmsgend(&buf);
	PG_RETURN_POINTER(state);
}

/*
 * The median in days, NULL while more than half are estimated to wait.
 */
Datum
bubble_next_round_finalfn(PG_FUNCTION_ARGS)
{
	WaitingState *state = STATE_ARG(WaitingState, 0);
	const Series *durations;
	Survival	survival;
	int64		place;

	if (state == NULL)
		PG_RETURN_NULL();
	durations = SeriesInOrder(&state->durations);
	survival = SurvivalStart(SeriesLength(durations));
	for (place = durations->from; place < durations->to; place++)
	{
		CHECK_FOR_INTERRUPTS();
		if (SeriesValue(durations, place) == STILL_WAITING)
			SurvivalCensored(&survival);
		else if (SurvivalEvent(&survival))
			PG_RETURN_FLOAT8((double) SeriesAt(durations, place) /
							 USECS_PER_DAY);
	}
	PG_RETURN_NULL();
}

/* ---- down_round_share(pre_money, prior_post_money) ---- */

/*
 * Let a round enter the counts, or leave them.  Without a previous post-money
 * it is neither up nor down.
 */
static void
count_round(PricedRounds *state, double pre_money, double prior_post_money,
			int sign)
{
	if (prior_post_money == 0.0)
		return;
	state->priced += sign;
	if (pre_money < prior_post_money)
		state->down += sign;
}

Datum
bubble_down_round_transfn(PG_FUNCTION_ARGS)
{
	PricedRounds *state = STATE_ARG(PricedRounds, 0);
	MemoryContext context = AggregateContext(fcinfo);

	/* In moving frames there must be a state even when all rows are NULL. */
	if (state == NULL)
		state = MemoryContextAllocZero(context, sizeof(PricedRounds));
	if (!RowIsNull(fcinfo))
		count_round(state, CheckAmount(PG_GETARG_FLOAT8(1), "pre_money"),
					CheckAmount(PG_GETARG_FLOAT8(2), "prior_post_money"), 1);
	PG_RETURN_POINTER(state);
}

Datum
bubble_down_round_invtransfn(PG_FUNCTION_ARGS)
{
	PricedRounds *state = STATE_ARG(PricedRounds, 0);

	(void) AggregateContext(fcinfo);
	if (!RowIsNull(fcinfo))
		count_round(state, PG_GETARG_FLOAT8(1), PG_GETARG_FLOAT8(2), -1);
	RETURN_STATE(state);
}

Datum
bubble_down_round_combinefn(PG_FUNCTION_ARGS)
{
	PricedRounds *state = STATE_ARG(PricedRounds, 0);
	PricedRounds *other = STATE_ARG(PricedRounds, 1);
	MemoryContext context = AggregateContext(fcinfo);

	if (other == NULL)
		RETURN_STATE(state);
	if (state == NULL)
		state = MemoryContextAllocZero(context, sizeof(PricedRounds));
	state->priced += other->priced;
	state->down += other->down;
	PG_RETURN_POINTER(state);
}

Datum
bubble_down_round_serialfn(PG_FUNCTION_ARGS)
{
	PricedRounds *state;
	StringInfoData buf;

	(void) AggregateContext(fcinfo);
	state = (PricedRounds *) PG_GETARG_POINTER(0);
	pq_begintypsend(&buf);
	pq_sendint64(&buf, state->priced);
	pq_sendint64(&buf, state->down);
	PG_RETURN_BYTEA_P(pq_endtypsend(&buf));
}

Datum
bubble_down_round_deserialfn(PG_FUNCTION_ARGS)
{
	PricedRounds *state = palloc(sizeof(PricedRounds));
	StringInfoData buf;

	OpenAggregateBytea(fcinfo, 0, &buf);
	state->priced = pq_getmsgint64(&buf);
	state->down = pq_getmsgint64(&buf);
	pq_getmsgend(&buf);
	PG_RETURN_POINTER(state);
}

Datum
bubble_down_round_finalfn(PG_FUNCTION_ARGS)
{
	PricedRounds *state = STATE_ARG(PricedRounds, 0);

	if (state == NULL || state->priced == 0)
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8((double) state->down / (double) state->priced);
}
