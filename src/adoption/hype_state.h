/*
 * hype_state.h - where a quantity stands among all that it has been
 *
 * All values are kept (sample.h), and which of them is the latest one.  Of
 * values at the same time the larger one is the later one, as in series.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#ifndef BUBBLE_ADOPTION_HYPE_STATE_H
#define BUBBLE_ADOPTION_HYPE_STATE_H

#include "foundation/sample.h"
#include "foundation/timeline.h"

typedef struct Standing
{
	Sample		sample;
	int64		latest_at;		/* of the latest value, if there is one */
	double		latest;
} Standing;

extern void StandingInit(Standing *standing, MemoryContext context,
						 bool ranked);
extern void StandingAdd(Standing *standing, int64 at, double value);
extern bool StandingRemove(Standing *standing, int64 at, double value);
extern void StandingMerge(Standing *standing, const Standing *other);
extern void StandingSerialize(StringInfo buf, const Standing *standing);
extern void StandingDeserialize(StringInfo buf, Standing *standing,
								TimeKind kind);
extern double StandingOf(const Standing *standing);
extern double StandingOfLast(const double *value, int64 count);

#endif							/* BUBBLE_ADOPTION_HYPE_STATE_H */
