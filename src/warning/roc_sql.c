/*
 * roc_sql.c - SQL functions auroc(score, event) and
 * best_threshold(score, event [, preference])
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "postgres.h"

#include "miscadmin.h"

#include "foundation/arguments.h"
#include "warning/loss.h"
#include "warning/preference_arguments.h"
#include "warning/roc.h"
#include "warning/warnings_state.h"

PG_FUNCTION_INFO_V1(bubble_auroc_finalfn);
PG_FUNCTION_INFO_V1(bubble_best_threshold_finalfn);

static const ParameterDef warnings_defs[] = {PREFERENCE_PARAMETER};
static const ParameterTable warnings_parameters =
PARAMETER_TABLE(warnings_defs);

static WarningState *
warnings_create(const AggregateHead *head, MemoryContext context)
{
	return WarningCreate(context);
}

#define warnings_add WarningAdd
#define warnings_merge WarningMerge
#define warnings_write WarningWrite
#define warnings_read WarningRead

#define AGGREGATE warnings
#define AGGREGATE_STATE WarningState
#define AGGREGATE_VALUES 2
#define AGGREGATE_PARAMETERS warnings_parameters
#define AGGREGATE_MERGES
#include "foundation/aggregate.h"

/*
 * The state of a final function if both kinds of rows have come.
 */
static const WarningState *
both_kinds(FunctionCallInfo fcinfo)
{
	const WarningState *state = STATE_ARG(WarningState, 0);

	if (state == NULL || state->before[false].count == 0 ||
		state->before[true].count == 0)
		return NULL;
	return state;
}

static RocWalk
start_walk(const WarningState *state)
{
	return RocStart(SampleSorted(&state->before[true]),
					state->before[true].count,
					SampleSorted(&state->before[false]),
					state->before[false].count);
}

Datum
bubble_auroc_finalfn(PG_FUNCTION_ARGS)
{
	const WarningState *state = both_kinds(fcinfo);
	RocWalk		walk;

	if (state == NULL)
		PG_RETURN_NULL();
	walk = start_walk(state);
	while (RocLower(&walk))
		CHECK_FOR_INTERRUPTS();
	PG_RETURN_FLOAT8(RocArea(&walk));
}

/*
 * The score that makes the most useful threshold, the one that loses least,
 * and the highest of several.
 */
Datum
bubble_best_threshold_finalfn(PG_FUNCTION_ARGS)
{
	const WarningState *state = both_kinds(fcinfo);
	Preference	preference;
	RocWalk		walk;
	RocWalk		best;

	if (state == NULL)
		PG_RETURN_NULL();
	preference = PreferenceOf(state->head.parameter[0].u.number);
	walk = start_walk(state);
	(void) RocLower(&walk);
	best = walk;
	while (RocLower(&walk))
	{
		CHECK_FOR_INTERRUPTS();
		if (CompareLosses(&preference, &walk.counts, &best.counts) < 0)
			best = walk;
	}
	PG_RETURN_FLOAT8(best.threshold);
}
