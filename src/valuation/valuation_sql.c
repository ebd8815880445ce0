/*
 * valuation_sql.c - SQL functions valuation_to_revenue, pre_revenue_share
 *
 * The average of single multiples is dominated by companies with hardly any
 * revenue and undefined for those with none.  The aggregate multiple, the
 * sum of valuations over the sum of revenues, is neither; its sums are exact
 * (exact_sum.h), so that rows can come in any order and leave a moving frame
 * without a residue.  Better averages of single multiples: multiples_sql.c.
 *
 * Reference: M. Baker, R. S. Ruback, Estimating industry multiples, 1999.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "postgres.h"

#include "foundation/aggregate_head.h"
#include "foundation/exact_sum_io.h"

typedef struct ValuationState
{
	AggregateHead head;
	SmallSum	valuation;
	SmallSum	pre_revenue;	/* valuation of companies without revenue */
	SmallSum	revenue;
} ValuationState;

PG_FUNCTION_INFO_V1(bubble_valuation_to_revenue_finalfn);
PG_FUNCTION_INFO_V1(bubble_pre_revenue_share_finalfn);

static ValuationState *
valuation_create(const AggregateHead *head, MemoryContext context)
{
	ValuationState *state = MemoryContextAlloc(context,
											   sizeof(ValuationState));

	SmallSumInit(&state->valuation);
	SmallSumInit(&state->pre_revenue);
	SmallSumInit(&state->revenue);
	return state;
}

/*
 * Let a row enter the sums (sign 1), or leave them (sign -1).
 */
static inline void
count_row(ValuationState *state, double valuation, double revenue, int sign)
{
	MemoryContext context = state->head.context;

	SmallSumAdd(&state->valuation, sign * valuation, context);
	if (revenue == 0.0)
		SmallSumAdd(&state->pre_revenue, sign * valuation, context);
	else
		SmallSumAdd(&state->revenue, sign * revenue, context);
}

static void
valuation_add(ValuationState *state, FunctionCallInfo fcinfo)
{
	count_row(state, CheckAmount(PG_GETARG_FLOAT8(1), "valuation"),
			  CheckAmount(PG_GETARG_FLOAT8(2), "revenue"), 1);
}

static void
valuation_remove(ValuationState *state, FunctionCallInfo fcinfo)
{
	count_row(state, PG_GETARG_FLOAT8(1), PG_GETARG_FLOAT8(2), -1);
}

static void
valuation_merge(ValuationState *state, const ValuationState *other)
{
	MemoryContext context = state->head.context;

	SmallSumMerge(&state->valuation, &other->valuation, context);
	SmallSumMerge(&state->pre_revenue, &other->pre_revenue, context);
	SmallSumMerge(&state->revenue, &other->revenue, context);
}

static void
valuation_write(StringInfo buf, const ValuationState *state)
{
	SmallSumSerialize(buf, &state->valuation);
	SmallSumSerialize(buf, &state->pre_revenue);
	SmallSumSerialize(buf, &state->revenue);
}

static void
valuation_read(StringInfo buf, ValuationState *state)
{
	SmallSumDeserialize(buf, &state->valuation);
	SmallSumDeserialize(buf, &state->pre_revenue);
	SmallSumDeserialize(buf, &state->revenue);
}

#define AGGREGATE valuation
#define AGGREGATE_STATE ValuationState
#define AGGREGATE_VALUES 2
#define AGGREGATE_MOVES
#define AGGREGATE_MERGES
#include "foundation/aggregate.h"

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
