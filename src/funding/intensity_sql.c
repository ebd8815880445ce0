/*
 * intensity_sql.c - SQL function funding_intensity
 *
 * States that rows can leave keep rows; those of groups and growing windows do
 * not.  All else is the same.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "postgres.h"

#include "libpq/pqformat.h"

#include "foundation/arguments.h"
#include "foundation/exact_sum_io.h"
#include "foundation/serialised.h"
#include "funding/intensity_state.h"

enum
{
	HALF_LIFE,
	AS_OF
};

static const ParameterDef intensity_defs[] = {
	{.name = "half_life",.kind = PARAMETER_SPAN},
	{.name = "as_of",.kind = PARAMETER_TIME,.omissible = true}
};

static const ParameterTable intensity_parameters =
PARAMETER_TABLE(intensity_defs);

PG_FUNCTION_INFO_V1(bubble_intensity_finalfn);

static IntensitySpec
spec_of(const AggregateHead *head)
{
	const ParameterValue *as_of = &head->parameter[AS_OF];
	IntensitySpec spec;

	spec.half_life = SpanMicroseconds(&head->parameter[HALF_LIFE].u.span,
									  "half_life");
	if (spec.half_life <= 0)
		DamagedStateError("half life");
	spec.has_as_of = as_of->given;
	spec.as_of = as_of->given ? as_of->u.count : 0;
	return spec;
}

static IntensityState *
intensity_create(const AggregateHead *head, MemoryContext context)
{
	IntensitySpec spec = spec_of(head);

	return IntensityCreate(context, &spec, false);
}

static IntensityState *
moving_intensity_create(const AggregateHead *head, MemoryContext context)
{
	IntensitySpec spec = spec_of(head);

	return IntensityCreate(context, &spec, true);
}

static void
intensity_add(IntensityState *state, FunctionCallInfo fcinfo)
{
	TimeKind	kind = state->head.kind;
	double		amount = CheckAmountAt(PG_GETARG_FLOAT8(1), "amount", fcinfo,
									   2, kind);

	IntensityAdd(state, TimeArg(fcinfo, 2, kind, "at"), amount);
}

static void
moving_intensity_remove(IntensityState *state, FunctionCallInfo fcinfo)
{
	IntensityRemoveFirst(state, TimeArg(fcinfo, 2, state->head.kind, "at"),
						 PG_GETARG_FLOAT8(1));
}

static void
intensity_write(StringInfo buf, const IntensityState *state)
{
	pq_sendint64(buf, state->observations);
	pq_sendint64(buf, state->raised.latest);
	ExactSumSerialize(buf, &state->raised.sum);
}

static void
intensity_read(StringInfo buf, IntensityState *state)
{
	int64		latest;

	state->observations = RowCountFrom(buf);
	latest = pq_getmsgint64(buf);
	if (latest != PG_INT64_MIN && !TimeIsValid(latest, state->head.kind))
		DamagedStateError("time");
	DecayUntil(&state->raised, latest);
	ExactSumDeserialize(buf, &state->raised.sum);
}

#define intensity_merge IntensityMerge
#define AGGREGATE intensity
#define AGGREGATE_STATE IntensityState
#define AGGREGATE_VALUES 2
#define AGGREGATE_AT 2
#define AGGREGATE_PARAMETERS intensity_parameters
#define AGGREGATE_MERGES
#include "foundation/aggregate.h"

#define moving_intensity_add intensity_add
#define AGGREGATE moving_intensity
#define AGGREGATE_STATE IntensityState
#define AGGREGATE_VALUES 2
#define AGGREGATE_AT 2
#define AGGREGATE_PARAMETERS intensity_parameters
#define AGGREGATE_MOVES
#include "foundation/aggregate.h"

Datum
bubble_intensity_finalfn(PG_FUNCTION_ARGS)
{
	IntensityState *state = STATE_ARG(IntensityState, 0);
	double		intensity;

	if (state == NULL || !IntensityPerYear(state, &intensity))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(intensity);
}
