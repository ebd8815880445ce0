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

/* The squares of amounts in between are exact in two doubles (exact_sum.h). */
#define SQUARE_FROM 0x1p-485
#define SQUARE_BELOW 0x1p512

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

/*
 * An amount that can be squared without overflow and without loss.
 */
static double
check_square(double amount)
{
	if (amount != 0.0 && !(amount >= SQUARE_FROM && amount < SQUARE_BELOW))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("amount is out of range for a sum of squares"),
				 errdetail("The amount is %g.  Its square cannot be "
						   "represented without loss.", amount),
				 errhint("Use other units, or look for a mistyped value.")));
	return amount;
}

static void
herfindahl_add(HerfindahlState *state, FunctionCallInfo fcinfo)
{
	MemoryContext context = state->head.context;
	double		amount = CheckAmount(PG_GETARG_FLOAT8(1), "amount");

	(void) check_square(amount);
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
