/*
 * valuation.c - valuation to revenue, and what was known when
 *
 * The average of single multiples is dominated by companies with hardly any
 * revenue and undefined for those with none.  The aggregate multiple, the
 * sum of valuations over the sum of revenues, is neither; its sums are exact
 * (exact_sum.h), so that rows can come in any order and leave a moving frame
 * without a residue.  Better averages of single multiples: multiples.c.
 *
 * Reference: M. Baker, R. S. Ruback, Estimating industry multiples, 1999.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "postgres.h"

#include "libpq/pqformat.h"
#include "utils/float.h"

#include "foundation/arguments.h"
#include "foundation/compat.h"
#include "foundation/exact_sum_io.h"
#include "foundation/timeline.h"

typedef struct ValuationState
{
	SmallSum	valuation;
	SmallSum	pre_revenue;	/* valuation of companies without revenue */
	SmallSum	revenue;
} ValuationState;

/* A row of latest(). */
typedef struct LatestRow
{
	int64		at;
	int64		reported_at;	/* if that is given, otherwise 0 */
	double		value;
} LatestRow;

/*
 * Parameters and best row so far of latest(value, at, as_of, max_age) and
 * latest(value, at, reported_at, max_age, as_of).
 */
typedef struct LatestState
{
	TimeKind	kind;
	bool		reported;		/* is reported_at given? */
	int64		as_of;
	Interval	max_age;		/* zero: no limit */
	bool		found;			/* a row not later than as_of */
	LatestRow	row;
} LatestState;

typedef struct LocfState
{
	int64		rows;			/* values in the frame */
	double		last;
} LocfState;

PG_FUNCTION_INFO_V1(bubble_valuation_transfn);
PG_FUNCTION_INFO_V1(bubble_valuation_invtransfn);
PG_FUNCTION_INFO_V1(bubble_valuation_combinefn);
PG_FUNCTION_INFO_V1(bubble_valuation_serialfn);
PG_FUNCTION_INFO_V1(bubble_valuation_deserialfn);
PG_FUNCTION_INFO_V1(bubble_valuation_to_revenue_finalfn);
PG_FUNCTION_INFO_V1(bubble_pre_revenue_share_finalfn);
PG_FUNCTION_INFO_V1(bubble_latest_date_transfn);
PG_FUNCTION_INFO_V1(bubble_latest_timestamptz_transfn);
PG_FUNCTION_INFO_V1(bubble_latest_combinefn);
PG_FUNCTION_INFO_V1(bubble_latest_serialfn);
PG_FUNCTION_INFO_V1(bubble_latest_deserialfn);
PG_FUNCTION_INFO_V1(bubble_latest_finalfn);
PG_FUNCTION_INFO_V1(bubble_locf_transfn);
PG_FUNCTION_INFO_V1(bubble_locf_invtransfn);
PG_FUNCTION_INFO_V1(bubble_locf_finalfn);

/* ---- aggregate multiples ---- */

static ValuationState *
create_valuation_state(MemoryContext context)
{
	ValuationState *state = MemoryContextAlloc(context,
											   sizeof(ValuationState));

	SmallSumInit(&state->valuation);
	SmallSumInit(&state->pre_revenue);
	SmallSumInit(&state->revenue);
	return state;
}

/*
 * Let a row enter the sums, or leave them.
 */
static void
count_row(ValuationState *state, double valuation, double revenue, int sign,
		  MemoryContext context)
{
	SmallSumAdd(&state->valuation, sign * valuation, context);
	if (revenue == 0.0)
		SmallSumAdd(&state->pre_revenue, sign * valuation, context);
	else
		SmallSumAdd(&state->revenue, sign * revenue, context);
}

Datum
bubble_valuation_transfn(PG_FUNCTION_ARGS)
{
	ValuationState *state = STATE_ARG(ValuationState, 0);
	MemoryContext context = AggregateContext(fcinfo);

	/* In moving frames there must be a state even when all rows are NULL. */
	if (state == NULL)
		state = create_valuation_state(context);
	if (!RowIsNull(fcinfo))
		count_row(state,
				  CheckAmount(PG_GETARG_FLOAT8(1), "valuation"),
				  CheckAmount(PG_GETARG_FLOAT8(2), "revenue"), 1, context);
	PG_RETURN_POINTER(state);
}

Datum
bubble_valuation_invtransfn(PG_FUNCTION_ARGS)
{
	ValuationState *state = STATE_ARG(ValuationState, 0);
	MemoryContext context = AggregateContext(fcinfo);

	if (!RowIsNull(fcinfo))
		count_row(state, PG_GETARG_FLOAT8(1), PG_GETARG_FLOAT8(2), -1,
				  context);
	RETURN_STATE(state);
}

Datum
bubble_valuation_combinefn(PG_FUNCTION_ARGS)
{
	ValuationState *state = STATE_ARG(ValuationState, 0);
	ValuationState *other = STATE_ARG(ValuationState, 1);
	MemoryContext context = AggregateContext(fcinfo);

	if (other == NULL)
		RETURN_STATE(state);
	if (state == NULL)
		state = create_valuation_state(context);
	SmallSumMerge(&state->valuation, &other->valuation, context);
	SmallSumMerge(&state->pre_revenue, &other->pre_revenue, context);
	SmallSumMerge(&state->revenue, &other->revenue, context);
	PG_RETURN_POINTER(state);
}

Datum
bubble_valuation_serialfn(PG_FUNCTION_ARGS)
{
	ValuationState *state;
	StringInfoData buf;

	(void) AggregateContext(fcinfo);
	state = (ValuationState *) PG_GETARG_POINTER(0);
	pq_begintypsend(&buf);
	SmallSumSerialize(&buf, &state->valuation);
	SmallSumSerialize(&buf, &state->pre_revenue);
	SmallSumSerialize(&buf, &state->revenue);
	PG_RETURN_BYTEA_P(pq_endtypsend(&buf));
}

Datum
bubble_valuation_deserialfn(PG_FUNCTION_ARGS)
{
	ValuationState *state;
	StringInfoData buf;

	OpenAggregateBytea(fcinfo, 0, &buf);
	state = create_valuation_state(CurrentMemoryContext);
	SmallSumDeserialize(&buf, &state->valuation);
	SmallSumDeserialize(&buf, &state->pre_revenue);
	SmallSumDeserialize(&buf, &state->revenue);
	pq_getmsgend(&buf);
	PG_RETURN_POINTER(state);
}

/*
 * A ratio of two exact sums, NULL if the lower one is zero.
 */
static Datum
ratio_of_sums(FunctionCallInfo fcinfo, const SmallSum *upper,
			  const SmallSum *lower)
{
	double		divisor = CheckResult(SmallSumRound(lower));

	if (divisor == 0.0)
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(CheckResult(CheckResult(SmallSumRound(upper)) / divisor));
}

Datum
bubble_valuation_to_revenue_finalfn(PG_FUNCTION_ARGS)
{
	ValuationState *state = STATE_ARG(ValuationState, 0);

	if (state == NULL)
		PG_RETURN_NULL();
	return ratio_of_sums(fcinfo, &state->valuation, &state->revenue);
}

Datum
bubble_pre_revenue_share_finalfn(PG_FUNCTION_ARGS)
{
	ValuationState *state = STATE_ARG(ValuationState, 0);

	if (state == NULL)
		PG_RETURN_NULL();
	return ratio_of_sums(fcinfo, &state->pre_revenue, &state->valuation);
}

/* ---- latest(value, at, as_of, max_age) ---- */

static inline bool
has_limit(const Interval *max_age)
{
	return max_age->month != 0 || max_age->day != 0 || max_age->time != 0;
}

/*
 * The parameters, without a row.
 */
static LatestState
latest_args(FunctionCallInfo fcinfo, TimeKind kind)
{
	LatestState state = {0};

	state.kind = kind;
	state.reported = PG_NARGS() > 5;
	if (!PG_ARGISNULL(4))
		state.max_age = SpanArg(fcinfo, 4, "max_age");
	state.as_of = TimeParameterArg(fcinfo, state.reported ? 5 : 3, kind,
								   "as_of");
	return state;
}

static void
check_same_latest(const LatestState *a, const LatestState *b)
{
	if (a->as_of != b->as_of)
		ChangedParameterError("as_of");
	if (!SameSpan(&a->max_age, &b->max_age))
		ChangedParameterError("max_age");
}

/*
 * Is a row to be preferred?  The later one is, of equally late ones the one
 * reported later, and of these the larger value (NaN is the largest, as
 * everywhere in PostgreSQL).
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
	if (row.at > state->as_of)
		return;
	if (state->reported && row.reported_at > state->as_of)
		return;
	row.value += 0.0;			/* of 0 and -0 at one time, always 0 */
	if (state->found && !row_is_later(&row, &state->row))
		return;
	state->found = true;
	state->row = row;
}

static Datum
latest_transfn(FunctionCallInfo fcinfo, TimeKind kind)
{
	LatestState *state = STATE_ARG(LatestState, 0);
	MemoryContext context = AggregateContext(fcinfo);
	LatestState given = latest_args(fcinfo, kind);
	LatestRow	row = {0};

	if (state == NULL)
	{
		state = MemoryContextAlloc(context, sizeof(LatestState));
		*state = given;
	}
	else
		check_same_latest(state, &given);
	if (RowIsNull(fcinfo) || (state->reported && PG_ARGISNULL(3)))
		PG_RETURN_POINTER(state);
	row.at = TimeArg(fcinfo, 2, kind, "at");
	if (state->reported)
		row.reported_at = TimeArg(fcinfo, 3, kind, "reported_at");
	row.value = PG_GETARG_FLOAT8(1);
	offer_row(state, row);
	PG_RETURN_POINTER(state);
}

Datum
bubble_latest_date_transfn(PG_FUNCTION_ARGS)
{
	return latest_transfn(fcinfo, TIME_IS_DATE);
}

Datum
bubble_latest_timestamptz_transfn(PG_FUNCTION_ARGS)
{
	return latest_transfn(fcinfo, TIME_IS_TIMESTAMPTZ);
}

Datum
bubble_latest_combinefn(PG_FUNCTION_ARGS)
{
	LatestState *state = STATE_ARG(LatestState, 0);
	LatestState *other = STATE_ARG(LatestState, 1);
	MemoryContext context = AggregateContext(fcinfo);

	if (other == NULL)
		RETURN_STATE(state);
	if (state == NULL)
	{
		state = MemoryContextAlloc(context, sizeof(LatestState));
		*state = *other;
		PG_RETURN_POINTER(state);
	}
	check_same_latest(state, other);
	if (other->found)
		offer_row(state, other->row);
	PG_RETURN_POINTER(state);
}

Datum
bubble_latest_serialfn(PG_FUNCTION_ARGS)
{
	LatestState *state;
	StringInfoData buf;

	(void) AggregateContext(fcinfo);
	state = (LatestState *) PG_GETARG_POINTER(0);
	pq_begintypsend(&buf);
	pq_sendbyte(&buf, state->kind);
	pq_sendbyte(&buf, state->reported);
	pq_sendint64(&buf, state->as_of);
	SpanSerialize(&buf, &state->max_age);
	pq_sendbyte(&buf, state->found);
	pq_sendint64(&buf, state->row.at);
	pq_sendint64(&buf, state->row.reported_at);
	pq_sendfloat8(&buf, state->row.value);
	PG_RETURN_BYTEA_P(pq_endtypsend(&buf));
}

Datum
bubble_latest_deserialfn(PG_FUNCTION_ARGS)
{
	LatestState *state;
	StringInfoData buf;

	OpenAggregateBytea(fcinfo, 0, &buf);
	state = palloc0(sizeof(LatestState));
	state->kind = pq_getmsgbyte(&buf);
	state->reported = pq_getmsgbyte(&buf) != 0;
	state->as_of = pq_getmsgint64(&buf);
	state->max_age = SpanDeserialize(&buf);
	state->found = pq_getmsgbyte(&buf) != 0;
	state->row.at = pq_getmsgint64(&buf);
	state->row.reported_at = pq_getmsgint64(&buf);
	state->row.value = pq_getmsgfloat8(&buf);
	pq_getmsgend(&buf);
	PG_RETURN_POINTER(state);
}

Datum
bubble_latest_finalfn(PG_FUNCTION_ARGS)
{
	LatestState *state = STATE_ARG(LatestState, 0);

	if (state == NULL || !state->found)
		PG_RETURN_NULL();
	if (has_limit(&state->max_age) &&
		state->row.at < OldestWithin(state->as_of, &state->max_age,
									 state->kind))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(state->row.value);
}

/* ---- locf(value) ---- */

Datum
bubble_locf_transfn(PG_FUNCTION_ARGS)
{
	LocfState  *state = STATE_ARG(LocfState, 0);

	if (state == NULL)
		state = MemoryContextAllocZero(AggregateContext(fcinfo),
									   sizeof(LocfState));
	else
		NextRowInOrder(fcinfo);
	if (!PG_ARGISNULL(1))
	{
		state->rows++;
		state->last = PG_GETARG_FLOAT8(1);
	}
	PG_RETURN_POINTER(state);
}

/*
 * The last value stays the last one until no value is left.
 */
Datum
bubble_locf_invtransfn(PG_FUNCTION_ARGS)
{
	LocfState  *state = STATE_ARG(LocfState, 0);

	(void) AggregateContext(fcinfo);
	if (!PG_ARGISNULL(1))
		state->rows--;
	RETURN_STATE(state);
}

Datum
bubble_locf_finalfn(PG_FUNCTION_ARGS)
{
	LocfState  *state = STATE_ARG(LocfState, 0);

	if (state == NULL || state->rows == 0)
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(state->last);
}
