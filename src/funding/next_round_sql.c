/*
 * next_round_sql.c - SQL function time_to_next_round(at, next_at, as_of)
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "postgres.h"

#include "common/int.h"
#include "miscadmin.h"

#include "foundation/aggregate_head.h"
#include "foundation/arguments.h"
#include "foundation/serialised.h"
#include "foundation/series.h"
#include "funding/survival.h"

/*
 * A row of the series is a duration in microseconds and a Fate; so it is in
 * order when durations ascend and, of equal ones, events come first.
 */
typedef struct WaitingState
{
	AggregateHead head;
	int64		as_of;
	Series		durations;
} WaitingState;

typedef enum Fate
{
	NEXT_ROUND_CAME,
	STILL_WAITING
} Fate;

static const ParameterDef next_round_defs[] = {
	{.name = "as_of",.kind = PARAMETER_TIME}
};

static const ParameterTable next_round_parameters =
PARAMETER_TABLE(next_round_defs);

PG_FUNCTION_INFO_V1(bubble_next_round_finalfn);

static WaitingState *
next_round_create(const AggregateHead *head, MemoryContext context)
{
	WaitingState *state = MemoryContextAllocZero(context,
												 sizeof(WaitingState));

	state->as_of = head->parameter[0].u.count;
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

static void
next_round_add(WaitingState *state, FunctionCallInfo fcinfo)
{
	TimeKind	kind = state->head.kind;
	int64		at = TimeArg(fcinfo, 1, kind, "at");
	int64		next_at;

	if (!PG_ARGISNULL(2))
		next_at = TimeArg(fcinfo, 2, kind, "next_at");
	add_round(state, at, PG_ARGISNULL(2) ? NULL : &next_at);
}

static void
next_round_merge(WaitingState *state, const WaitingState *other)
{
	SeriesMerge(&state->durations, &other->durations);
}

static void
next_round_write(StringInfo buf, const WaitingState *state)
{
	SeriesSerialize(buf, SeriesInOrder(&state->durations));
}

static void
next_round_read(StringInfo buf, WaitingState *state)
{
	const Series *durations = &state->durations;
	int64		i;

	SeriesDeserializeAny(buf, &state->durations);
	for (i = durations->from; i < durations->to; i++)
	{
		const double fate = SeriesValue(durations, i);

		CHECK_FOR_INTERRUPTS();
		if (SeriesAt(durations, i) < 0 ||
			(fate != NEXT_ROUND_CAME && fate != STILL_WAITING))
			DamagedStateError("duration");
	}
}

#define AGGREGATE next_round
#define AGGREGATE_STATE WaitingState
#define AGGREGATE_VALUES 2
#define AGGREGATE_NEEDED 1
#define AGGREGATE_AT 1
#define AGGREGATE_PARAMETERS next_round_parameters
#define AGGREGATE_MERGES
#include "foundation/aggregate.h"

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
