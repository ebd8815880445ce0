/*
 * trailing_periods_sql.c - SQL function trailing_periods
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "postgres.h"

#include "foundation/arguments.h"
#include "valuation/periods_state.h"

enum
{
	PERIODS,
	AS_OF
};

static const ParameterDef periods_defs[] = {
	{.name = "periods",.kind = PARAMETER_COUNT,.least = 1,
	.most = MOST_PERIODS,.sized = true,
	.hint = "Use 4 for the four quarters of a year, sum() for all periods, "
	"or trailing_revenue() for a span of time."},
	{.name = "as_of",.kind = PARAMETER_TIME,.omissible = true}
};

static const ParameterTable periods_parameters = PARAMETER_TABLE(periods_defs);

PG_FUNCTION_INFO_V1(bubble_trailing_periods_finalfn);

static PeriodsState *
trailing_periods_create(const AggregateHead *head, MemoryContext context)
{
	const ParameterValue *as_of = &head->parameter[AS_OF];

	return PeriodsCreate(context, (int32) head->parameter[PERIODS].u.count,
						 as_of->given ? as_of->u.count : PG_INT64_MAX);
}

static void
trailing_periods_add(PeriodsState *state, FunctionCallInfo fcinfo)
{
	TimeKind	kind = state->head.kind;

	PeriodsAdd(state, TimeArg(fcinfo, 2, kind, "period_end"),
			   CheckFiniteAt(PG_GETARG_FLOAT8(1), "amount", fcinfo, 2, kind),
			   state->head.in_window);
}

static void
trailing_periods_remove(PeriodsState *state, FunctionCallInfo fcinfo)
{
	PeriodsRemoveFirst(state, TimeArg(fcinfo, 2, state->head.kind,
									  "period_end"));
}

static void
trailing_periods_merge(PeriodsState *state, const PeriodsState *other)
{
	SeriesMerge(&state->rows, &other->rows);
}

static void
trailing_periods_write(StringInfo buf, const PeriodsState *state)
{
	SeriesSerialize(buf, &state->rows);
}

static void
trailing_periods_read(StringInfo buf, PeriodsState *state)
{
	SeriesDeserialize(buf, &state->rows, state->head.kind);
}

#define AGGREGATE trailing_periods
#define AGGREGATE_STATE PeriodsState
#define AGGREGATE_VALUES 2
#define AGGREGATE_AT 2
#define AGGREGATE_PARAMETERS periods_parameters
#define AGGREGATE_MOVES
#define AGGREGATE_MERGES
#include "foundation/aggregate.h"

/*
 * NULL where there are fewer periods or one is missing.
 */
Datum
bubble_trailing_periods_finalfn(PG_FUNCTION_ARGS)
{
	const PeriodsState *state = STATE_ARG(PeriodsState, 0);
	double		sum;

	if (state == NULL || !PeriodsSum(state, &sum))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(sum);
}
