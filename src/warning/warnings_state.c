/*
 * warnings_state.c - scores before an event and scores before none
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "postgres.h"

#include "warning/warnings_state.h"

WarningState *
WarningCreate(MemoryContext context)
{
	WarningState *state = MemoryContextAlloc(context, sizeof(WarningState));

	SampleInit(&state->before[false], context, false);
	SampleInit(&state->before[true], context, false);
	return state;
}

void
WarningMerge(WarningState *state, const WarningState *other)
{
	SampleMerge(&state->before[false], &other->before[false]);
	SampleMerge(&state->before[true], &other->before[true]);
}

void
WarningWrite(StringInfo buf, const WarningState *state)
{
	SampleSerialize(buf, &state->before[false]);
	SampleSerialize(buf, &state->before[true]);
}

void
WarningRead(StringInfo buf, WarningState *state)
{
	SampleDeserialize(buf, &state->before[false]);
	SampleDeserialize(buf, &state->before[true]);
}
