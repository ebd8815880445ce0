/*
 * latest_sql.c - SQL function latest: the last value known on a day
 *
 * latest(value, at, max_age, as_of) looks at the times of the values alone,
 * latest(value, at, reported_at, max_age, as_of) also at when they became
 * known.  Either keeps the best row so far.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "postgres.h"

#include "libpq/pqformat.h"
#include "utils/float.h"

#include "foundation/aggregate_head.h"
#include "foundation/serialised.h"

typedef struct LatestRow
{
	int64		at;
	int64		reported_at;	/* the same where that is not given */
	double		value;
} LatestRow;

typedef struct LatestState
{
	AggregateHead head;
	bool		found;			/* a row not later than as_of */
	LatestRow	row;			/* the best one so far */
} LatestState;

/* Without max_age there is no limit. */
enum
{
	MAX_AGE,
	AS_OF
};

static const ParameterDef latest_defs[] = {
	{.name = "max_age",.kind = PARAMETER_SPAN,.optional = true},
	{.name = "as_of",.kind = PARAMETER_TIME}
};

static const ParameterTable latest_parameters = PARAMETER_TABLE(latest_defs);

PG_FUNCTION_INFO_V1(bubble_latest_finalfn);

static LatestState *
latest_create(const AggregateHead *head, MemoryContext context)
{
	return MemoryContextAllocZero(context, sizeof(LatestState));
}

/*
 * Is a row to be preferred?  The later one is; at the same time the one
 * reported later, then the larger value (NaN is the largest, as everywhere in
 * PostgreSQL).
 */
static bool
row_is_later(const LatestRow *row, const LatestRow *than)
{
	if (row->at != than->at)
		return row->at > than->at;
	if (row->reported_at != than->reported_at)
		return row->reported_at > than->reported_at;
	return float8_gt(row->value, than->value);
}

/*
 * Keep a row if it was known and is later than the one so far.
 */
static void
offer_row(LatestState *state, LatestRow row)
{
	int64		as_of = state->head.parameter[AS_OF].u.count;

	if (Max(row.at, row.reported_at) > as_of)
		return;
	if (state->found && !row_is_later(&row, &state->row))
		return;
	state->found = true;
	state->row = row;
}

/*
 * A row's value; zero has no sign.
 */
static inline double
value_arg(FunctionCallInfo fcinfo)
{
	return PG_GETARG_FLOAT8(1) + 0.0;
}

static void
latest_add(LatestState *state, FunctionCallInfo fcinfo)
{
	int64		at = TimeArg(fcinfo, 2, state->head.kind, "at");

	offer_row(state, (LatestRow) {at, at, value_arg(fcinfo)});
}

static void
latest_merge(LatestState *state, const LatestState *other)
{
	if (other->found)
		offer_row(state, other->row);
}

static void
latest_write(StringInfo buf, const LatestState *state)
{
	pq_sendbyte(buf, state->found);
	pq_sendint64(buf, state->row.at);
	pq_sendint64(buf, state->row.reported_at);
	pq_sendfloat8(buf, state->row.value);
}

static void
latest_read(StringInfo buf, LatestState *state)
{
	const TimeKind kind = state->head.kind;

	state->found = FlagFrom(buf);
	state->row.at = TimeFrom(buf, kind);
	state->row.reported_at = TimeFrom(buf, kind);
	state->row.value = pq_getmsgfloat8(buf);
}

#define AGGREGATE latest
#define AGGREGATE_STATE LatestState
#define AGGREGATE_VALUES 2
#define AGGREGATE_AT 2
#define AGGREGATE_PARAMETERS latest_parameters
#define AGGREGATE_MERGES
#include "foundation/aggregate.h"

/*
 * With reported_at only the row differs.
 */
static void
latest_reported_add(LatestState *state, FunctionCallInfo fcinfo)
{
	TimeKind	kind = state->head.kind;
	int64		at = TimeArg(fcinfo, 2, kind, "at");
	int64		reported_at = TimeArg(fcinfo, 3, kind, "reported_at");

	offer_row(state, (LatestRow) {at, reported_at, value_arg(fcinfo)});
}

#define latest_reported_create latest_create
#define latest_reported_merge latest_merge
#define latest_reported_write latest_write
#define latest_reported_read latest_read
#define AGGREGATE latest_reported
#define AGGREGATE_STATE LatestState
#define AGGREGATE_VALUES 3
#define AGGREGATE_AT 2
#define AGGREGATE_PARAMETERS latest_parameters
#define AGGREGATE_MERGES
#include "foundation/aggregate.h"

Datum
bubble_latest_finalfn(PG_FUNCTION_ARGS)
{
	LatestState *state = STATE_ARG(LatestState, 0);
	const ParameterValue *max_age;
	int64		as_of;

	if (state == NULL || !state->found)
		PG_RETURN_NULL();
	max_age = &state->head.parameter[MAX_AGE];
	as_of = state->head.parameter[AS_OF].u.count;
	if (max_age->given &&
		state->row.at < OldestWithin(as_of, &max_age->u.span,
									 state->head.kind))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(state->row.value);
}
