/*
 * run_ups_sql.c - SQL functions run_ups(price, market, at [, threshold [,
 * span]]), run_ups(price, market, eligible, at [, threshold [, span]]) and
 * run_ups(price, market, threshold, span) over two series
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "miscadmin.h"

#include "boom/run_ups_state.h"
#include "drawdown/prices_state.h"
#include "foundation/aggregate_head.h"
#include "foundation/arguments.h"
#include "foundation/result_row.h"
#include "foundation/row_matrix.h"
#include "series/stored_series.h"

PG_FUNCTION_INFO_V1(bubble_run_ups_finalfn);
PG_FUNCTION_INFO_V1(bubble_run_ups);

/* Of a row that is kept. */
enum
{
	ROW_AT,
	ROW_PRICE,
	ROW_MARKET,
	ROW_ELIGIBLE,
	ROW_ELEMENTS
};

enum
{
	COLUMN_IDENTIFIED_AT,
	COLUMN_RUN_UP,
	COLUMN_NET_RUN_UP,
	COLUMN_LONG_RUN_UP,
	COLUMN_ACCELERATION,
	COLUMN_VOLATILITY,
	COLUMN_DRAWDOWN_AHEAD,
	COLUMN_CRASHED,
	COLUMN_LONG_FROM_AT,
	RESULT_COLUMNS
};

enum
{
	THRESHOLD,
	SPAN
};

static const ParameterDef run_ups_defs[] = {
	[THRESHOLD] = {"threshold", PARAMETER_NUMBER, .least = 0.0,
		.most = DBL_MAX, .above_least = true, .number = 1.0,
		.hint = "Use a fraction, 1 for a price that has doubled."},
	[SPAN] = {"span", PARAMETER_SPAN, .span = {.month = 24}}
};
static const ParameterTable run_ups_parameters = PARAMETER_TABLE(run_ups_defs);

typedef struct BoomState
{
	AggregateHead head;
	RowMatrix	rows;
} BoomState;

/* ---- the result ---- */

static void
put_number(double number, Datum *value, bool *isnull)
{
	*isnull = isnan(number);
	*value = Float8GetDatum(*isnull ? 0.0 : CheckResult(number));
}

static HeapTuple
run_up_row(TupleDesc rowtype, const BoomRows *rows, const RunUp *found)
{
	Datum		values[RESULT_COLUMNS];
	bool		nulls[RESULT_COLUMNS] = {false};
	const double number[] = {
		found->run_up, found->net_run_up, found->long_run_up,
		found->acceleration, found->volatility, found->drawdown_ahead
	};
	int			i;

	if (rowtype->natts != RESULT_COLUMNS)
		elog(ERROR, "return type must be a run-up row");
	values[COLUMN_IDENTIFIED_AT] = ResultTime(rowtype, COLUMN_IDENTIFIED_AT,
											  rows->at[found->at], rows->kind);
	for (i = 0; i < lengthof(number); i++)
		put_number(number[i], &values[COLUMN_RUN_UP + i],
				   &nulls[COLUMN_RUN_UP + i]);
	values[COLUMN_CRASHED] = BoolGetDatum(Crashed(found));
	nulls[COLUMN_CRASHED] = !OutcomeKnown(found);
	values[COLUMN_LONG_FROM_AT] = ResultTime(rowtype, COLUMN_LONG_FROM_AT,
											 rows->at[found->long_from],
											 rows->kind);
	return heap_form_tuple(rowtype, values, nulls);
}

static Datum
list_run_ups(FunctionCallInfo fcinfo, const BoomRows *rows,
			 const ParameterValue *parameter)
{
	const RunUpRule rule = {
		.threshold = parameter[THRESHOLD].u.number,
		.span = parameter[SPAN].u.span
	};
	RowList		list = StartRowList(fcinfo);
	RunUpScan	scan = StartRunUps(rows, &rule);
	RunUp		found;

	while (NextRunUp(&scan, &found))
		RowListAdd(&list, run_up_row(list.rowtype, rows, &found));
	return RowListResult(&list);
}

/* ---- over rows ---- */

static BoomState *
run_ups_create(const AggregateHead *head, MemoryContext context)
{
	BoomState  *state = MemoryContextAlloc(context, sizeof(BoomState));

	RowMatrixInit(&state->rows, context, true, ROW_ELEMENTS);
	return state;
}

/*
 * Add a row whose time is argument "at".
 */
static inline void
add_row(BoomState *state, FunctionCallInfo fcinfo, int at, bool eligible)
{
	const TimeKind kind = state->head.kind;
	int64		time = TimeArg(fcinfo, at, kind, "at");
	double		price = CheckPriceAt(PG_GETARG_FLOAT8(1), fcinfo, at, kind);
	double		market = CheckAmountAt(PG_GETARG_FLOAT8(2), "market", fcinfo,
									   at, kind);
	RowElement *row = RowMatrixAdd(&state->rows);

	row[ROW_AT].at = time;
	row[ROW_PRICE].value = price;
	row[ROW_MARKET].value = market;
	row[ROW_ELIGIBLE].value = eligible;
}

static void
run_ups_add(BoomState *state, FunctionCallInfo fcinfo)
{
	add_row(state, fcinfo, 3, true);
}

static void
run_ups_merge(BoomState *state, const BoomState *other)
{
	RowMatrixMerge(&state->rows, &other->rows);
}

static void
run_ups_write(StringInfo buf, const BoomState *state)
{
	RowMatrixSerialize(buf, &state->rows);
}

static void
run_ups_read(StringInfo buf, BoomState *state)
{
	RowMatrixDeserializeLike(buf, &state->rows, state->head.kind);
}

#define AGGREGATE run_ups
#define AGGREGATE_STATE BoomState
#define AGGREGATE_VALUES 3
#define AGGREGATE_AT 3
#define AGGREGATE_PARAMETERS run_ups_parameters
#define AGGREGATE_MERGES
#include "foundation/aggregate.h"

#define eligible_run_ups_create run_ups_create
#define eligible_run_ups_merge run_ups_merge
#define eligible_run_ups_write run_ups_write
#define eligible_run_ups_read run_ups_read

static void
eligible_run_ups_add(BoomState *state, FunctionCallInfo fcinfo)
{
	add_row(state, fcinfo, 4, PG_GETARG_BOOL(3));
}

#define AGGREGATE eligible_run_ups
#define AGGREGATE_STATE BoomState
#define AGGREGATE_VALUES 4
#define AGGREGATE_AT 4
#define AGGREGATE_PARAMETERS run_ups_parameters
#define AGGREGATE_MERGES
#include "foundation/aggregate.h"

/*
 * The rows of a state, in order, as arrays.
 */
static BoomRows
rows_of(const BoomState *state)
{
	const int64 count = state->rows.count;
	const RowElement *row = RowMatrixSorted(&state->rows);
	int64	   *at = MemoryContextAllocHuge(CurrentMemoryContext,
											count * sizeof(int64));
	double	   *price = MemoryContextAllocHuge(CurrentMemoryContext,
											   count * sizeof(double));
	double	   *market = MemoryContextAllocHuge(CurrentMemoryContext,
												count * sizeof(double));
	bool	   *eligible = MemoryContextAllocHuge(CurrentMemoryContext,
												  count * sizeof(bool));
	int64		i;

	for (i = 0; i < count; i++, row += ROW_ELEMENTS)
	{
		CHECK_FOR_INTERRUPTS();
		at[i] = row[ROW_AT].at;
		price[i] = row[ROW_PRICE].value;
		market[i] = row[ROW_MARKET].value;
		eligible[i] = row[ROW_ELIGIBLE].value != 0.0;
	}
	return (BoomRows) {state->head.kind, count, at, price, market, eligible};
}

Datum
bubble_run_ups_finalfn(PG_FUNCTION_ARGS)
{
	const BoomState *state = STATE_ARG(BoomState, 0);
	BoomRows	rows;

	if (state == NULL || state->rows.count == 0)
		PG_RETURN_NULL();
	rows = rows_of(state);
	return list_run_ups(fcinfo, &rows, state->head.parameter);
}

/* ---- over two series ---- */

/*
 * The market at the times of a price: its last row not later than that, if it
 * is not older than a quarter of the span; NaN where there is none.
 */
static double *
market_at(const SeriesView *price, const SeriesView *market,
		  const Interval *span)
{
	const uint64 oldest = (uint64) SpanQuarter(span);
	double	   *value = MemoryContextAllocHuge(CurrentMemoryContext,
											   price->length *
											   sizeof(double));
	int64		next = 0;
	int64		i;

	if (market->kind != price->kind)
		MixedKindsError("call");
	for (i = 0; i < price->length; i++)
	{
		while (next < market->length && market->at[next] <= price->at[i])
		{
			CHECK_FOR_INTERRUPTS();
			next++;
		}
		CHECK_FOR_INTERRUPTS();
		value[i] = next > 0 && (uint64) price->at[i] -
			(uint64) market->at[next - 1] <= oldest ?
			market->value[next - 1] : NAN;
	}
	return value;
}

Datum
bubble_run_ups(PG_FUNCTION_ARGS)
{
	const ParameterValue *parameter;
	SeriesView	price;
	SeriesView	market;
	BoomRows	rows;

	if (PG_ARGISNULL(0) || PG_ARGISNULL(1))
		PG_RETURN_NULL();
	price = TimedPricesArg(fcinfo, 0);
	market = TimedPricesArg(fcinfo, 1);
	parameter = ReadParameters(fcinfo, 2, &run_ups_parameters, price.kind);
	rows = (BoomRows) {price.kind, price.length, price.at, price.value,
		market_at(&price, &market, &parameter[SPAN].u.span), NULL};
	return list_run_ups(fcinfo, &rows, parameter);
}
