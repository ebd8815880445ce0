/*
 * down_round_sql.c - SQL function down_round_share(pre_money,
 * prior_post_money)
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "postgres.h"

#include "libpq/pqformat.h"

#include "foundation/aggregate_head.h"
#include "foundation/arguments.h"
#include "foundation/serialised.h"

typedef struct PricedRounds
{
	AggregateHead head;
	int64		priced;			/* rounds whose step-up is known */
	int64		down;			/* those below the previous post-money */
} PricedRounds;

PG_FUNCTION_INFO_V1(bubble_down_round_finalfn);

static PricedRounds *
down_round_create(const AggregateHead *head, MemoryContext context)
{
	return MemoryContextAllocZero(context, sizeof(PricedRounds));
}

/*
 * Let a round enter the counts, or leave them.  Without a previous post-money
 * it is neither up nor down.
 */
static void
count_round(PricedRounds *state, double pre_money, double prior_post_money,
			int sign)
{
	if (prior_post_money == 0.0)
		return;
	state->priced += sign;
	if (pre_money < prior_post_money)
		state->down += sign;
}

static void
down_round_add(PricedRounds *state, FunctionCallInfo fcinfo)
{
	count_round(state, CheckAmount(PG_GETARG_FLOAT8(1), "pre_money"),
				CheckAmount(PG_GETARG_FLOAT8(2), "prior_post_money"), 1);
}

static void
down_round_remove(PricedRounds *state, FunctionCallInfo fcinfo)
{
	count_round(state, PG_GETARG_FLOAT8(1), PG_GETARG_FLOAT8(2), -1);
}

static void
down_round_merge(PricedRounds *state, const PricedRounds *other)
{
	state->priced += other->priced;
	state->down += other->down;
}

static void
down_round_write(StringInfo buf, const PricedRounds *state)
{
	pq_sendint64(buf, state->priced);
	pq_sendint64(buf, state->down);
}

static void
down_round_read(StringInfo buf, PricedRounds *state)
{
	state->priced = RowCountFrom(buf);
	state->down = RowCountFrom(buf);
}

#define AGGREGATE down_round
#define AGGREGATE_STATE PricedRounds
#define AGGREGATE_VALUES 2
#define AGGREGATE_MOVES
#define AGGREGATE_MERGES
#include "foundation/aggregate.h"

Datum
bubble_down_round_finalfn(PG_FUNCTION_ARGS)
{
	PricedRounds *state = STATE_ARG(PricedRounds, 0);

	if (state == NULL || state->priced == 0)
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8((double) state->down / (double) state->priced);
}
