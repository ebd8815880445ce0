/*
 * intensity.c - exponentially weighted capital raised per year
 *
 * The sum is that of decay.h.  Neither a group nor a growing window needs
 * more, nor does any frame whose as_of is given.  Only in a moving frame, the
 * time of which is its latest row's, rows are kept:
 *
 *	- as long as they come in the order of time, the latest row is the last
 *	  one, and the sum follows: a row enters it, a row leaves it,
 *	- while they are out of order, the latest row may leave, and time would
 *	  have to go back.  Then the rows are added up for each result.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "postgres.h"

#include <math.h>

#include "libpq/pqformat.h"
#include "miscadmin.h"

#include "foundation/arguments.h"
#include "foundation/compat.h"
#include "foundation/exact_sum_io.h"
#include "foundation/series.h"
#include "foundation/timeline.h"
#include "funding/decay.h"

/* Until so many rows have come and gone a sum need not move its carries. */
#define MOST_TERMS (EXACT_SUM_TERMS / 2)

typedef struct IntensitySpec
{
	int64		half_life;		/* microseconds */
	bool		has_as_of;
	int64		as_of;			/* meaningful if has_as_of */
} IntensitySpec;

typedef struct IntensityState
{
	IntensitySpec spec;
	bool		moving;			/* are rows kept? */
	bool		following;		/* is the sum theirs?  Only if moving, and only
								 * while they are in order. */
	int64		observations;	/* usable rows, whatever their time */
	DecayingSum raised;
	Series		rows;			/* if moving */
} IntensityState;

PG_FUNCTION_INFO_V1(bubble_intensity_date_transfn);
PG_FUNCTION_INFO_V1(bubble_intensity_timestamptz_transfn);
PG_FUNCTION_INFO_V1(bubble_intensity_date_moving_transfn);
PG_FUNCTION_INFO_V1(bubble_intensity_timestamptz_moving_transfn);
PG_FUNCTION_INFO_V1(bubble_intensity_date_invtransfn);
PG_FUNCTION_INFO_V1(bubble_intensity_timestamptz_invtransfn);
PG_FUNCTION_INFO_V1(bubble_intensity_combinefn);
PG_FUNCTION_INFO_V1(bubble_intensity_serialfn);
PG_FUNCTION_INFO_V1(bubble_intensity_deserialfn);
PG_FUNCTION_INFO_V1(bubble_intensity_finalfn);

/* ---- the state ---- */

static IntensityState *
create_state(MemoryContext context, const IntensitySpec *spec, bool moving)
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

/* ---- SQL functions ---- */

/*
 * The parameters behind (amount, at).
 */
static IntensitySpec
spec_args(FunctionCallInfo fcinfo, TimeKind kind)
{
	IntensitySpec spec = {0};
	Interval	half_life = SpanArg(fcinfo, 3, "half_life");

	spec.half_life = SpanMicroseconds(&half_life, "half_life");
	spec.has_as_of = PG_NARGS() > 4;
	if (spec.has_as_of)
		spec.as_of = TimeParameterArg(fcinfo, 4, kind, "as_of");
	return spec;
}

static void
check_same_spec(const IntensitySpec *a, const IntensitySpec *b)
{
	if (a->half_life != b->half_life)
		ChangedParameterError("half_life");
	if (a->as_of != b->as_of)
		ChangedParameterError("as_of");
}

static Datum
intensity_transfn(FunctionCallInfo fcinfo, TimeKind kind, bool moving)
{
	IntensityState *state = STATE_ARG(IntensityState, 0);
	MemoryContext context = AggregateContext(fcinfo);
	IntensitySpec spec = spec_args(fcinfo, kind);
	double		amount;
	int64		at;

	/* In moving frames there must be a state even when all rows are NULL. */
	if (state == NULL)
		state = create_state(context, &spec, moving);
	else
		check_same_spec(&state->spec, &spec);
	if (RowIsNull(fcinfo))
		PG_RETURN_POINTER(state);

	amount = CheckAmountAt(PG_GETARG_FLOAT8(1), "amount", fcinfo, 2, kind);
	at = TimeArg(fcinfo, 2, kind, "at");
	state->observations++;
	if (state->moving)
		add_moving(state, at, amount);
	else
		book(&state->spec, &state->raised, at, amount);
	PG_RETURN_POINTER(state);
}

Datum
bubble_intensity_date_transfn(PG_FUNCTION_ARGS)
{
	return intensity_transfn(fcinfo, TIME_IS_DATE, false);
}

Datum
bubble_intensity_timestamptz_transfn(PG_FUNCTION_ARGS)
{
	return intensity_transfn(fcinfo, TIME_IS_TIMESTAMPTZ, false);
}

Datum
bubble_intensity_date_moving_transfn(PG_FUNCTION_ARGS)
{
	return intensity_transfn(fcinfo, TIME_IS_DATE, true);
}

Datum
bubble_intensity_timestamptz_moving_transfn(PG_FUNCTION_ARGS)
{
	return intensity_transfn(fcinfo, TIME_IS_TIMESTAMPTZ, true);
}

static Datum
intensity_invtransfn(FunctionCallInfo fcinfo, TimeKind kind)
{
	IntensityState *state = STATE_ARG(IntensityState, 0);
	double		amount;
	int64		at;

	(void) AggregateContext(fcinfo);
	if (RowIsNull(fcinfo))
		RETURN_STATE(state);
	amount = PG_GETARG_FLOAT8(1);
	at = TimeArg(fcinfo, 2, kind, "at");
	state->observations--;
	if (state->moving)
		remove_moving(state, at, amount);
	else if (at <= state->spec.as_of)
		DecayRemove(&state->raised, at, amount);
	PG_RETURN_POINTER(state);
}

Datum
bubble_intensity_date_invtransfn(PG_FUNCTION_ARGS)
{
	return intensity_invtransfn(fcinfo, TIME_IS_DATE);
}

Datum
bubble_intensity_timestamptz_invtransfn(PG_FUNCTION_ARGS)
{
	return intensity_invtransfn(fcinfo, TIME_IS_TIMESTAMPTZ);
}

/*
 * States of groups, which keep no rows.
 */
Datum
bubble_intensity_combinefn(PG_FUNCTION_ARGS)
{
	IntensityState *state = STATE_ARG(IntensityState, 0);
	IntensityState *other = STATE_ARG(IntensityState, 1);
	MemoryContext context = AggregateContext(fcinfo);

	if (other == NULL)
		RETURN_STATE(state);
	if (state == NULL)
		state = create_state(context, &other->spec, false);
	else
		check_same_spec(&state->spec, &other->spec);
	state->observations += other->observations;
	DecayMerge(&state->raised, &other->raised);
	PG_RETURN_POINTER(state);
}

Datum
bubble_intensity_serialfn(PG_FUNCTION_ARGS)
{
	IntensityState *state;
	StringInfoData buf;

	(void) AggregateContext(fcinfo);
	state = (IntensityState *) PG_GETARG_POINTER(0);
	pq_begintypsend(&buf);
	pq_sendint64(&buf, state->spec.half_life);
	pq_sendbyte(&buf, state->spec.has_as_of);
	pq_sendint64(&buf, state->spec.as_of);
	pq_sendint64(&buf, state->observations);
	pq_sendint64(&buf, state->raised.latest);
	ExactSumSerialize(&buf, &state->raised.sum);
	PG_RETURN_BYTEA_P(pq_endtypsend(&buf));
}

Datum
bubble_intensity_deserialfn(PG_FUNCTION_ARGS)
{
	IntensitySpec spec = {0};
	IntensityState *state;
	StringInfoData buf;

	OpenAggregateBytea(fcinfo, 0, &buf);
	spec.half_life = pq_getmsgint64(&buf);
	if (spec.half_life <= 0)
		elog(ERROR, "invalid half life of a serialised state");
	spec.has_as_of = pq_getmsgbyte(&buf) != 0;
	spec.as_of = pq_getmsgint64(&buf);
	state = create_state(CurrentMemoryContext, &spec, false);
	state->observations = pq_getmsgint64(&buf);
	DecayUntil(&state->raised, pq_getmsgint64(&buf));
	ExactSumDeserialize(&buf, &state->raised.sum);
	pq_getmsgend(&buf);
	PG_RETURN_POINTER(state);
}

/*
 * The weighted sum times ln 2 over the half life in years: capital raised at
 * a constant rate for ever gives that rate.
 */
Datum
bubble_intensity_finalfn(PG_FUNCTION_ARGS)
{
	IntensityState *state = STATE_ARG(IntensityState, 0);
	DecayingSum afresh;
	const DecayingSum *raised;
	double		lambda;

	if (state == NULL || state->observations == 0)
		PG_RETURN_NULL();
	Assert(!state->following ||
		   (state->moving && state->rows.disorder == 0));
	raised = &state->raised;
	if (state->moving && !state->following)
	{
		book_all(&state->spec, &afresh, &state->rows);
		raised = &afresh;
	}
	lambda = M_LN2 / YearsBetween(0, state->spec.half_life);
	PG_RETURN_FLOAT8(CheckResult(DecayTotal(raised, lambda)));
}
