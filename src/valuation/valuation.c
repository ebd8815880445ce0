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
#include "foundation/exact_sum.h"
#include "foundation/exact_sum_io.h"
#include "foundation/timeline.h"

typedef struct ValuationSums
{
	ExactSum	valuation;
	ExactSum	pre_revenue;	/* valuation of companies without revenue */
	ExactSum	revenue;
} ValuationSums;

/* Exact sums are large; groups of a few rows do without. */
#define FEW_ROWS 7

typedef struct ValuationRow
{
	double		valuation;
	double		revenue;
} ValuationRow;

typedef struct ValuationState
{
	ValuationSums *sums;		/* NULL while there are few rows */
	int32		rows;			/* otherwise not used */
	ValuationRow row[FEW_ROWS];
} ValuationState;

/* Parameters and best row so far of latest(value, at, as_of, max_age). */
typedef struct LatestState
{
	TimeKind	kind;
	int64		as_of;
	Interval	max_age;
	bool		found;			/* a row not later than as_of */
	int64		at;
	double		value;
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

/*
 * Let a row enter the sums, or leave them.
 */
static void
sum_row(ValuationSums *sums, ValuationRow row, int sign)
{
	ExactSumAdd(&sums->valuation, sign * row.valuation);
	if (row.revenue == 0.0)
		ExactSumAdd(&sums->pre_revenue, sign * row.valuation);
	else
		ExactSumAdd(&sums->revenue, sign * row.revenue);
}

/*
 * The sums of a state, in "scratch" if it has few rows.
 */
static ValuationSums *
summed(const ValuationState *state, ValuationSums *scratch)
{
	int			i;

	if (state->sums != NULL)
		return state->sums;
	ExactSumInit(&scratch->valuation);
	ExactSumInit(&scratch->pre_revenue);
	ExactSumInit(&scratch->revenue);
	for (i = 0; i < state->rows; i++)
		sum_row(scratch, state->row[i], 1);
	return scratch;
}

/*
 * Give a state sums of its own.
 */
static ValuationSums *
own_sums(ValuationState *state, MemoryContext context)
{
	if (state->sums == NULL)
		state->sums = summed(state, MemoryContextAlloc(context,
													   sizeof(ValuationSums)));
	return state->sums;
}

/*
 * Let a row enter, or leave.
 */
static void
count_row(ValuationState *state, MemoryContext context, ValuationRow row,
		  int sign)
{
	if (state->sums == NULL && sign > 0 && state->rows < FEW_ROWS)
		state->row[state->rows++] = row;
	else
		sum_row(own_sums(state, context), row, sign);
}

Datum
bubble_valuation_transfn(PG_FUNCTION_ARGS)
{
	ValuationState *state = STATE_ARG(ValuationState, 0);
	MemoryContext context = AggregateContext(fcinfo);
	ValuationRow row;

	/* In moving frames there must be a state even when all rows are NULL. */
	if (state == NULL)
		state = MemoryContextAllocZero(context, sizeof(ValuationState));
	if (!RowIsNull(fcinfo))
	{
		row.valuation = CheckAmount(PG_GETARG_FLOAT8(1), "valuation");
		row.revenue = CheckAmount(PG_GETARG_FLOAT8(2), "revenue");
		count_row(state, context, row, 1);
	}
	PG_RETURN_POINTER(state);
}

Datum
bubble_valuation_invtransfn(PG_FUNCTION_ARGS)
{
	ValuationState *state = STATE_ARG(ValuationState, 0);
	MemoryContext context = AggregateContext(fcinfo);
	ValuationRow row;

	if (!RowIsNull(fcinfo))
	{
		row.valuation = PG_GETARG_FLOAT8(1);
		row.revenue = PG_GETARG_FLOAT8(2);
		count_row(state, context, row, -1);
	}
	RETURN_STATE(state);
}

Datum
bubble_valuation_combinefn(PG_FUNCTION_ARGS)
{
	ValuationState *state = STATE_ARG(ValuationState, 0);
	ValuationState *other = STATE_ARG(ValuationState, 1);
	MemoryContext context = AggregateContext(fcinfo);
	ValuationSums *sums;
	int			i;

	if (other == NULL)
		RETURN_STATE(state);
	if (state == NULL)
		state = MemoryContextAllocZero(context, sizeof(ValuationState));
	if (other->sums == NULL)
	{
		for (i = 0; i < other->rows; i++)
			count_row(state, context, other->row[i], 1);
		PG_RETURN_POINTER(state);
	}
	sums = own_sums(state, context);
	ExactSumMerge(&sums->valuation, &other->sums->valuation);
	ExactSumMerge(&sums->pre_revenue, &other->sums->pre_revenue);
	ExactSumMerge(&sums->revenue, &other->sums->revenue);
	PG_RETURN_POINTER(state);
}

/*
 * The number of rows if they are few and the rows, or else -1 and the sums.
 */
Datum
bubble_valuation_serialfn(PG_FUNCTION_ARGS)
{
	ValuationState *state;
	StringInfoData buf;
	int			i;

	(void) AggregateContext(fcinfo);
	state = (ValuationState *) PG_GETARG_POINTER(0);
	pq_begintypsend(&buf);
	pq_sendint32(&buf, state->sums != NULL ? -1 : state->rows);
	for (i = 0; state->sums == NULL && i < state->rows; i++)
	{
		pq_sendfloat8(&buf, state->row[i].valuation);
		pq_sendfloat8(&buf, state->row[i].revenue);
	}
	if (state->sums != NULL)
	{
		ExactSumSerialize(&buf, &state->sums->valuation);
		ExactSumSerialize(&buf, &state->sums->pre_revenue);
		ExactSumSerialize(&buf, &state->sums->revenue);
	}
	PG_RETURN_BYTEA_P(pq_endtypsend(&buf));
}

Datum
bubble_valuation_deserialfn(PG_FUNCTION_ARGS)
{
	ValuationState *state = palloc0(sizeof(ValuationState));
	StringInfoData buf;
	ValuationSums *sums;
	int32		rows;
	int			i;

	OpenAggregateBytea(fcinfo, 0, &buf);
	rows = (int32) pq_getmsgint(&buf, 4);
	if (rows < -1 || rows > FEW_ROWS)
		elog(ERROR, "invalid number of rows in a serialised state");
	for (i = 0; i < rows; i++)
	{
		state->row[i].valuation = pq_getmsgfloat8(&buf);
		state->row[i].revenue = pq_getmsgfloat8(&buf);
	}
	state->rows = Max(rows, 0);
	if (rows < 0)
	{
		sums = own_sums(state, CurrentMemoryContext);
		ExactSumDeserialize(&buf, &sums->valuation);
		ExactSumDeserialize(&buf, &sums->pre_revenue);
		ExactSumDeserialize(&buf, &sums->revenue);
	}
	pq_getmsgend(&buf);
	PG_RETURN_POINTER(state);
}

/*
 * A ratio of two exact sums, NULL if the lower one is zero.
 */
static Datum
ratio_of_sums(FunctionCallInfo fcinfo, const ExactSum *upper,
			  const ExactSum *lower)
{
	double		divisor = CheckResult(ExactSumRound(lower));

	if (divisor == 0.0)
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(CheckResult(CheckResult(ExactSumRound(upper)) / divisor));
}

Datum
bubble_valuation_to_revenue_finalfn(PG_FUNCTION_ARGS)
{
	ValuationState *state = STATE_ARG(ValuationState, 0);
	ValuationSums scratch;
	const ValuationSums *sums;

	if (state == NULL)
		PG_RETURN_NULL();
	sums = summed(state, &scratch);
	return ratio_of_sums(fcinfo, &sums->valuation, &sums->revenue);
}

Datum
bubble_pre_revenue_share_finalfn(PG_FUNCTION_ARGS)
{
	ValuationState *state = STATE_ARG(ValuationState, 0);
	ValuationSums scratch;
	const ValuationSums *sums;

	if (state == NULL)
		PG_RETURN_NULL();
	sums = summed(state, &scratch);
	return ratio_of_sums(fcinfo, &sums->pre_revenue, &sums->valuation);
}

/* ---- latest(value, at, as_of, max_age) ---- */

/*
 * The state of an aggregate whose parameters are checked, without a row.
 */
static LatestState *
latest_state_for(FunctionCallInfo fcinfo, TimeKind kind)
{
	LatestState *state = STATE_ARG(LatestState, 0);
	MemoryContext context = AggregateContext(fcinfo);
	Interval	max_age = SpanArg(fcinfo, 4, "max_age");
	int64		as_of = TimeParameterArg(fcinfo, 3, kind, "as_of");

	if (state == NULL)
	{
		state = MemoryContextAllocZero(context, sizeof(LatestState));
		state->kind = kind;
		state->as_of = as_of;
		state->max_age = max_age;
	}
	if (as_of != state->as_of)
		ChangedParameterError("as_of");
	if (!SameSpan(&max_age, &state->max_age))
		ChangedParameterError("max_age");
	return state;
}

/*
 * Keep the later of the rows, of equally late ones the larger value (NaN is
 * the largest, as everywhere in PostgreSQL).
 */
static void
offer_row(LatestState *state, int64 at, double value)
{
	if (at > state->as_of)
		return;
	if (state->found && at < state->at)
		return;
	if (state->found && at == state->at && float8_lt(value, state->value))
		return;
	state->found = true;
	state->at = at;
	state->value = value + 0.0; /* of 0 and -0 at one time, always 0 */
}

static Datum
latest_transfn(FunctionCallInfo fcinfo, TimeKind kind)
{
	LatestState *state = latest_state_for(fcinfo, kind);

	if (!RowIsNull(fcinfo))
		offer_row(state, TimeArg(fcinfo, 2, kind, "at"),
				  PG_GETARG_FLOAT8(1));
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
	if (other->as_of != state->as_of)
		ChangedParameterError("as_of");
	if (!SameSpan(&other->max_age, &state->max_age))
		ChangedParameterError("max_age");
	if (other->found)
		offer_row(state, other->at, other->value);
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
	pq_sendint64(&buf, state->as_of);
	SpanSerialize(&buf, &state->max_age);
	pq_sendbyte(&buf, state->found);
	pq_sendint64(&buf, state->at);
	pq_sendfloat8(&buf, state->value);
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
	state->as_of = pq_getmsgint64(&buf);
	state->max_age = SpanDeserialize(&buf);
	state->found = pq_getmsgbyte(&buf) != 0;
	state->at = pq_getmsgint64(&buf);
	state->value = pq_getmsgfloat8(&buf);
	pq_getmsgend(&buf);
	PG_RETURN_POINTER(state);
}

Datum
bubble_latest_finalfn(PG_FUNCTION_ARGS)
{
	LatestState *state = STATE_ARG(LatestState, 0);

	if (state == NULL || !state->found ||
		state->at < TimeMinusSpan(state->as_of, &state->max_age, state->kind))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(state->value);
}

/* ---- locf(value) ---- */

Datum
bubble_locf_transfn(PG_FUNCTION_ARGS)
{
	LocfState  *state = STATE_ARG(LocfState, 0);

	if (state == NULL)
		state = MemoryContextAllocZero(ContextOfRowsInOrder(fcinfo),
									   sizeof(LocfState));
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
