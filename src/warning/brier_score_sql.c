/*
 * brier_score_sql.c - SQL function brier_score(probability, event)
 *
 * The mean of the squared distances of probabilities from what came, 1 or 0.
 * Their sum is exact (exact_sum.h), hence rows can come in any order and leave
 * a moving frame without a residue.
 *
 * Reference: G. W. Brier, Verification of forecasts expressed in terms of
 * probability, Monthly Weather Review 78(1), 1950.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "postgres.h"

#include <math.h>

#include "libpq/pqformat.h"

#include "foundation/aggregate_head.h"
#include "foundation/arguments.h"
#include "foundation/exact_sum_io.h"
#include "foundation/serialised.h"

/* Distances whose square is less than a sum of doubles can show. */
#define NO_DISTANCE 0x1p-485

PG_FUNCTION_INFO_V1(bubble_brier_score_finalfn);

typedef struct BrierState
{
	AggregateHead head;
	int64		rows;
	SmallSum	squares;
} BrierState;

static BrierState *
brier_score_create(const AggregateHead *head, MemoryContext context)
{
	BrierState *state = MemoryContextAllocZero(context, sizeof(BrierState));

	SmallSumInit(&state->squares);
	return state;
}

static double
check_probability(double probability)
{
	if (!(probability >= 0.0 && probability <= 1.0))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("probability must be from 0 to 1"),
				 errdetail("The probability is %.15g.", probability),
				 errhint("Divide a score of 0 to 100 by 100, or use the share "
						 "of events in its bin, see calibration().")));
	return probability;
}

/*
 * The distance of a row's probability from what came.
 */
static double
distance(FunctionCallInfo fcinfo)
{
	double		away = fabs(check_probability(PG_GETARG_FLOAT8(1)) -
							PG_GETARG_BOOL(2));

	return away < NO_DISTANCE ? 0.0 : away;
}

static void
brier_score_add(BrierState *state, FunctionCallInfo fcinfo)
{
	double		away = distance(fcinfo);

	state->rows++;
	SmallSumAddProduct(&state->squares, away, away, state->head.context);
}

static void
brier_score_remove(BrierState *state, FunctionCallInfo fcinfo)
{
	double		away = distance(fcinfo);

	state->rows--;
	SmallSumAddProduct(&state->squares, away, -away, state->head.context);
}

static void
brier_score_merge(BrierState *state, const BrierState *other)
{
	state->rows += other->rows;
	SmallSumMerge(&state->squares, &other->squares, state->head.context);
}

static void
brier_score_write(StringInfo buf, const BrierState *state)
{
	pq_sendint64(buf, state->rows);
	SmallSumSerialize(buf, &state->squares);
}

static void
brier_score_read(StringInfo buf, BrierState *state)
{
	state->rows = RowCountFrom(buf);
	SmallSumDeserialize(buf, &state->squares);
}

#define AGGREGATE brier_score
#define AGGREGATE_STATE BrierState
#define AGGREGATE_VALUES 2
#define AGGREGATE_MOVES
#define AGGREGATE_MERGES
#include "foundation/aggregate.h"

Datum
bubble_brier_score_finalfn(PG_FUNCTION_ARGS)
{
	BrierState *state = STATE_ARG(BrierState, 0);

	if (state == NULL || state->rows == 0)
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(SmallSumRound(&state->squares) / state->rows);
}
