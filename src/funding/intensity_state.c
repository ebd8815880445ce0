/*
 * intensity_state.c - exponentially weighted capital raised per year
 *
 * The method is described in intensity_state.h.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "postgres.h"

#include <math.h>

#include "miscadmin.h"

#include "foundation/arguments.h"
#include "funding/intensity_state.h"

/* How many rows can come and go before a sum has to move its carries. */
#define MOST_TERMS (EXACT_SUM_TERMS / 2)

/*
 * "moving" is for frames that rows leave.
 */
IntensityState *
IntensityCreate(MemoryContext context, const IntensitySpec *spec, bool moving)
{
	IntensityState *state = MemoryContextAllocZero(context,
												   sizeof(IntensityState));

	state->spec = *spec;
	state->moving = moving && !spec->has_as_of;
	DecayInit(&state->raised, spec->half_life);
	if (spec->has_as_of)
		DecayUntil(&state->raised, spec->as_of);
	SeriesInit(&state->rows, context, false);
	return state;
}

/*
 * Let a row enter the sum, and be the latest if it is.
 */
static inline void
book(const IntensitySpec *spec, DecayingSum *raised, int64 at, double amount)
{
	if (!spec->has_as_of)
		DecayUntil(raised, at);
	else if (at > spec->as_of)
		return;
	DecayAdd(raised, at, amount);
}

static void
book_all(const IntensitySpec *spec, DecayingSum *raised, const Series *rows)
{
	int64		place;

	DecayInit(raised, spec->half_life);
	for (place = rows->from; place < rows->to; place++)
	{
		CHECK_FOR_INTERRUPTS();
		book(spec, raised, SeriesAt(rows, place), SeriesValue(rows, place));
	}
}

/*
 * Add a row to those of a moving frame.
 */
static void
add_moving(IntensityState *state, int64 at, double amount)
{
	SeriesAppend(&state->rows, at, amount);
	if (state->rows.disorder > 0)
		state->following = false;
	else if (state->following && state->raised.sum.terms < MOST_TERMS)
		book(&state->spec, &state->raised, at, amount);
	else
	{
		book_all(&state->spec, &state->raised, &state->rows);
		state->following = true;
	}
}

/*
 * Take out the row of a moving frame that was added first.
 */
static void
remove_moving(IntensityState *state, int64 at, double amount)
{
	SeriesDropFirst(&state->rows);
	if (SeriesLength(&state->rows) == 0)
		state->following = false;	/* time may begin anywhere again */
	if (state->following)
		DecayRemove(&state->raised, at, amount);
}

void
IntensityAdd(IntensityState *state, int64 at, double amount)
{
	state->observations++;
	if (state->moving)
		add_moving(state, at, amount);
	else
		book(&state->spec, &state->raised, at, amount);
}

/*
 * Take out the row that was added first.
 */
void
IntensityRemoveFirst(IntensityState *state, int64 at, double amount)
{
	state->observations--;
	if (state->moving)
		remove_moving(state, at, amount);
	else if (at <= state->spec.as_of)
		DecayRemove(&state->raised, at, amount);
}

/*
 * Add the rows of another state, which stays as it is; both are those of
 * groups, which keep no rows.
 */
void
IntensityMerge(IntensityState *state, const IntensityState *other)
{
	Assert(!state->moving && !other->moving);
	state->observations += other->observations;
	DecayMerge(&state->raised, &other->raised);
}

/*
 * The weighted sum times ln 2 over the half life in years: capital raised at a
 * constant rate for ever gives that rate.  False without rows.
 */
bool
IntensityPerYear(const IntensityState *state, double *intensity)
{
	const DecayingSum *raised = &state->raised;
	DecayingSum afresh;
	double		lambda;

	if (state->observations == 0)
		return false;
	Assert(!state->following ||
		   (state->moving && state->rows.disorder == 0));
	if (state->moving && !state->following)
	{
		book_all(&state->spec, &afresh, &state->rows);
		raised = &afresh;
	}
	lambda = M_LN2 / YearsBetween(0, state->spec.half_life);
	*intensity = CheckResult(DecayTotal(raised, lambda));
	return true;
}
