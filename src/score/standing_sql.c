/*
 * standing_sql.c - where values stand within their partition
 *
 * zscore(), robust_zscore(), minmax_score() and percentile_score() are window
 * functions that, like rank(), ignore the frame: they look at later rows, too.
 * Without look-ahead, latest_zscore() and latest_percentile() say where the
 * last row of the frame stands in it.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "postgres.h"

#include <math.h>

#include "miscadmin.h"

#include "foundation/aggregate_head.h"
#include "foundation/arguments.h"
#include "foundation/whole_partition.h"
#include "score/history_state.h"

PG_FUNCTION_INFO_V1(bubble_zscore);
PG_FUNCTION_INFO_V1(bubble_robust_zscore);
PG_FUNCTION_INFO_V1(bubble_minmax_score);
PG_FUNCTION_INFO_V1(bubble_percentile_score);
PG_FUNCTION_INFO_V1(bubble_latest_standing_finalfn);

/* ---- the whole partition ---- */

/*
 * Results start as the values of the rows; NULL for a row without.
 */
static void
read_values(FunctionCallInfo fcinfo, WholePartition *partition,
			History *history)
{
	int64		row;

	for (row = 0; row < partition->rows; row++)
	{
		FetchRowArgument(fcinfo, 0, row);
		if (PG_ARGISNULL(0))
			continue;
		partition->result[row] = CheckFinite(PG_GETARG_FLOAT8(0), "value");
		HistoryAdd(history, partition->result[row]);
	}
}

static void
measure_all(FunctionCallInfo fcinfo, WholePartition *partition,
			ScoreMethod method)
{
	History		history;
	Yardstick	yardstick;
	int64		row;

	HistoryInit(&history, method, false, CurrentMemoryContext);
	read_values(fcinfo, partition, &history);
	if (history.count == 0)
		return;
	YardstickInit(&yardstick, &history);
	YardstickMakeFinite(&yardstick);
	for (row = 0; row < partition->rows; row++)
	{
		CHECK_FOR_INTERRUPTS();
		if (!isnan(partition->result[row]))
			partition->result[row] = YardstickMeasure(&yardstick,
													  partition->result[row]);
	}
}

static void
measure_zscores(FunctionCallInfo fcinfo, WholePartition *partition)
{
	measure_all(fcinfo, partition, METHOD_ZSCORE);
}

static void
measure_robust_zscores(FunctionCallInfo fcinfo, WholePartition *partition)
{
	measure_all(fcinfo, partition, METHOD_ROBUST);
}

static void
measure_ranges(FunctionCallInfo fcinfo, WholePartition *partition)
{
	measure_all(fcinfo, partition, METHOD_MINMAX);
}

static void
measure_percentiles(FunctionCallInfo fcinfo, WholePartition *partition)
{
	measure_all(fcinfo, partition, METHOD_PERCENTILE);
}

Datum
bubble_zscore(PG_FUNCTION_ARGS)
{
	return WholePartitionResult(fcinfo, measure_zscores);
}

Datum
bubble_robust_zscore(PG_FUNCTION_ARGS)
{
	return WholePartitionResult(fcinfo, measure_robust_zscores);
}

Datum
bubble_minmax_score(PG_FUNCTION_ARGS)
{
	return WholePartitionResult(fcinfo, measure_ranges);
}

Datum
bubble_percentile_score(PG_FUNCTION_ARGS)
{
	return WholePartitionResult(fcinfo, measure_percentiles);
}

/* ---- the last row of a frame ---- */

typedef struct LatestState
{
	AggregateHead head;
	History		history;
	double		last;
	bool		last_missing;
} LatestState;

/*
 * Both methods serve moving frames as they are.
 */
static LatestState *
create_latest(ScoreMethod method, MemoryContext context)
{
	LatestState *state = MemoryContextAlloc(context, sizeof(LatestState));

	HistoryInit(&state->history, method, true, context);
	return state;
}

static LatestState *
latest_percentile_create(const AggregateHead *head, MemoryContext context)
{
	return create_latest(METHOD_PERCENTILE, context);
}

static LatestState *
latest_zscore_create(const AggregateHead *head, MemoryContext context)
{
	return create_latest(METHOD_ZSCORE, context);
}

static inline void
add_latest(LatestState *state, FunctionCallInfo fcinfo)
{
	state->last_missing = PG_ARGISNULL(1);
	if (state->last_missing)
		return;
	state->last = CheckFinite(PG_GETARG_FLOAT8(1), "value");
	HistoryAdd(&state->history, state->last);
}

/*
 * Rows leave in the order in which they came: a frame that has rows still has
 * its last one.
 */
static inline void
remove_oldest(LatestState *state, FunctionCallInfo fcinfo)
{
	if (!PG_ARGISNULL(1))
		HistoryRemove(&state->history, PG_GETARG_FLOAT8(1) + 0.0);
}

#define latest_percentile_add add_latest
#define latest_percentile_remove remove_oldest
#define latest_zscore_add add_latest
#define latest_zscore_remove remove_oldest

/* A NULL row can be the last row: none is skipped. */
#define AGGREGATE latest_percentile
#define AGGREGATE_STATE LatestState
#define AGGREGATE_VALUES 1
#define AGGREGATE_NEEDED 0
#define AGGREGATE_IN_ORDER
#define AGGREGATE_MOVES
#include "foundation/aggregate.h"

#define AGGREGATE latest_zscore
#define AGGREGATE_STATE LatestState
#define AGGREGATE_VALUES 1
#define AGGREGATE_NEEDED 0
#define AGGREGATE_IN_ORDER
#define AGGREGATE_MOVES
#include "foundation/aggregate.h"

Datum
bubble_latest_standing_finalfn(PG_FUNCTION_ARGS)
{
	const LatestState *state = STATE_ARG(LatestState, 0);
	Yardstick	yardstick;

	if (state == NULL || state->last_missing || state->history.count == 0)
		PG_RETURN_NULL();
	YardstickInit(&yardstick, &state->history);
	PG_RETURN_FLOAT8(YardstickMeasure(&yardstick, state->last));
}
