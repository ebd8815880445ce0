/*
 * warnings_state.h - scores before an event and scores before none
 *
 * A score is given to each row, and later it turns out whether the event
 * came.  The scores are collected in two samples.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#ifndef BUBBLE_WARNING_WARNINGS_STATE_H
#define BUBBLE_WARNING_WARNINGS_STATE_H

#include "foundation/aggregate_head.h"
#include "foundation/sample.h"

typedef struct WarningState
{
	AggregateHead head;
	Sample		before[2];		/* before no event, before an event */
} WarningState;

extern WarningState *WarningCreate(MemoryContext context);
extern void WarningMerge(WarningState *state, const WarningState *other);
extern void WarningWrite(StringInfo buf, const WarningState *state);
extern void WarningRead(StringInfo buf, WarningState *state);

/*
 * Add the row of a transition function.
 */
static inline void
WarningAdd(WarningState *state, FunctionCallInfo fcinfo)
{
	SampleAdd(&state->before[PG_GETARG_BOOL(2)],
			  CheckFinite(PG_GETARG_FLOAT8(1), "score"));
}

#endif							/* BUBBLE_WARNING_WARNINGS_STATE_H */
