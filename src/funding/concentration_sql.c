/*
 * concentration_sql.c - SQL functions gini(amount) and top_share(amount, k)
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "postgres.h"

#include <math.h>

#include "foundation/arguments.h"
#include "foundation/serialised.h"
#include "funding/concentration_state.h"

/* Only top_share has k, the number of largest amounts. */
static const ParameterDef concentration_defs[] = {
	{.name = "k",.kind = PARAMETER_COUNT,.omissible = true,.least = 1,
		.most = INFINITY,
	.hint = "Use 1 for the share of the largest amount."}
};

static const ParameterTable concentration_parameters =
PARAMETER_TABLE(concentration_defs);

PG_FUNCTION_INFO_V1(bubble_gini_finalfn);
PG_FUNCTION_INFO_V1(bubble_top_share_finalfn);

static ConcentrationState *
concentration_create(const AggregateHead *head, MemoryContext context)
{
	const ParameterValue *k = &head->parameter[0];

	return ConcentrationCreate(context, k->given ? k->u.count : 0,
							   head->in_window);
}

static void
concentration_add(ConcentrationState *state, FunctionCallInfo fcinfo)
{
	ConcentrationAdd(state, CheckAmount(PG_GETARG_FLOAT8(1), "amount"));
}

static void
concentration_remove(ConcentrationState *state, FunctionCallInfo fcinfo)
{
	ConcentrationRemove(state, PG_GETARG_FLOAT8(1));
}

static void
concentration_merge(ConcentrationState *state,
					const ConcentrationState *other)
{
	SampleMerge(&state->amounts, &other->amounts);
}

static void
concentration_write(StringInfo buf, const ConcentrationState *state)
{
	SampleSerialize(buf, &state->amounts);
}

static void
concentration_read(StringInfo buf, ConcentrationState *state)
{
	SampleDeserialize(buf, &state->amounts);
}

#define AGGREGATE concentration
#define AGGREGATE_STATE ConcentrationState
#define AGGREGATE_VALUES 1
#define AGGREGATE_PARAMETERS concentration_parameters
#define AGGREGATE_MOVES
#define AGGREGATE_MERGES
#include "foundation/aggregate.h"

/*
 * The sum of all amounts; 0 if there are none.
 */
static double
total_of(const ConcentrationState *state)
{
	return state == NULL ? 0.0 : ConcentrationTotal(state);
}

Datum
bubble_gini_finalfn(PG_FUNCTION_ARGS)
{
	const ConcentrationState *state = STATE_ARG(ConcentrationState, 0);
	double		total = total_of(state);
	double		divisor;

	if (total == 0.0)
		PG_RETURN_NULL();
	divisor = CheckResult(total * (double) state->amounts.count);
	PG_RETURN_FLOAT8(ConcentrationDistances(state) / divisor);
}

Datum
bubble_top_share_finalfn(PG_FUNCTION_ARGS)
{
	const ConcentrationState *state = STATE_ARG(ConcentrationState, 0);
	double		total = total_of(state);
	ExactSum	largest;

	if (total == 0.0)
		PG_RETURN_NULL();
	/* Bytes that came from elsewhere may be those of a gini. */
	if (state->k < 1)
		DamagedStateError("k");
	if (state->k >= state->amounts.count)
		PG_RETURN_FLOAT8(1.0);
	ExactSumInit(&largest);
	SampleSumLargest(&state->amounts, state->k, &largest);
	PG_RETURN_FLOAT8(ExactSumRound(&largest) / total);
}
