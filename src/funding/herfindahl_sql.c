/*
 * herfindahl_sql.c - SQL function herfindahl(amount)
 *
 * The sum of amounts and that of their squares are exact (exact_sum.h), hence
 * rows can come in any order and leave a moving frame without a residue.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "postgres.h"

#include "foundation/aggregate_head.h"
#include "foundation/arguments.h"
#include "foundation/exact_sum_io.h"
#include "funding/concentration.h"
#include "funding/concentration_state.h"

typedef struct HerfindahlState
{
	AggregateHead head;
	SmallSum	total;
	SmallSum	squares;
} HerfindahlState;

PG_FUNCTION_INFO_V1(bubble_herfindahl_finalfn);

static HerfindahlState *
herfindahl_create(const AggregateHead *head, MemoryContext context)
{
	HerfindahlState *state = MemoryContextAlloc(context,
												sizeof(HerfindahlState));

	SmallSumInit(&state->total);
	SmallSumInit(&state->squares);
	return state;
}

static void
herfindahl_add(HerfindahlState *state, FunctionCallInfo fcinfo)
{
	MemoryContext context = state->head.context;
	double		amount = CheckSquare(CheckAmount(PG_GETARG_FLOAT8(1),
												 "amount"));

	SmallSumAdd(&state->total, amount, context);
	SmallSumAddProduct(&state->squares, amount, amount, context);
}

static void
herfindahl_remove(HerfindahlState *state, FunctionCallInfo fcinfo)
{
	MemoryContext context = state->head.context;
	double		amount = PG_GETARG_FLOAT8(1);

	SmallSumAdd(&state->total, -amount, context);
	SmallSumAddProduct(&state->squares, amount, -amount, context);
}

static void
herfindahl_merge(HerfindahlState *state, const HerfindahlState *other)
{
	MemoryContext context = state->head.context;

	SmallSumMerge(&state->total, &other->total, context);
	SmallSumMerge(&state->squares, &other->squares, context);
}

static void
herfindahl_write(StringInfo buf, const HerfindahlState *state)
{
	SmallSumSerialize(buf, &state->total);
	SmallSumSerialize(buf, &state->squares);
}

static void
herfindahl_read(StringInfo buf, HerfindahlState *state)
{
	SmallSumDeserialize(buf, &state->total);
	SmallSumDeserialize(buf, &state->squares);
}

#define AGGREGATE herfindahl
#define AGGREGATE_STATE HerfindahlState
#define AGGREGATE_VALUES 1
#define AGGREGATE_MOVES
#define AGGREGATE_MERGES
#include "foundation/aggregate.h"

Datum
bubble_herfindahl_finalfn(PG_FUNCTION_ARGS)
{
	HerfindahlState *state = STATE_ARG(HerfindahlState, 0);
	double		total;
	double		squares;

	if (state == NULL)
		PG_RETURN_NULL();
	total = CheckResult(SmallSumRound(&state->total));
	if (total == 0.0)
		PG_RETURN_NULL();
	squares = CheckResult(SmallSumRound(&state->squares));
	PG_RETURN_FLOAT8(HerfindahlIndex(total, squares));
}
