/*
 * funding_path_sql.c - SQL function funding_path
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "miscadmin.h"

#include "foundation/arguments.h"
#include "foundation/periods.h"
#include "foundation/result_row.h"
#include "foundation/serialised.h"
#include "funding/concentration_state.h"
#include "funding/funding_path_state.h"

/* Columns of the SQL types funding_path and funding_path_date. */
enum
{
	COLUMN_PERIOD_END,
	COLUMN_AMOUNT,
	COLUMN_DEALS,
	COLUMN_VELOCITY,
	COLUMN_ACCELERATION,
	COLUMN_CONCENTRATION,
	COLUMN_LARGEST_SHARE,
	PATH_COLUMNS
};

/* The argument behind the parameters, which one form has. */
#define REPORTED_AT 4

static const ParameterDef path_defs[] = {
	{.name = "step",.kind = PARAMETER_SPAN}
};

static const ParameterTable path_parameters = PARAMETER_TABLE(path_defs);

PG_FUNCTION_INFO_V1(bubble_funding_path_finalfn);

static FundingPathState *
funding_path_create(const AggregateHead *head, MemoryContext context)
{
	const Interval *step = &head->parameter[0].u.span;

	CheckStep(step, path_defs[0].name);
	return FundingPathCreate(context, step);
}

/*
 * A round that has not been reported is not there yet.
 */
static void
funding_path_add(FundingPathState *state, FunctionCallInfo fcinfo)
{
	TimeKind	kind = state->head.kind;
	bool		reported = PG_NARGS() > REPORTED_AT;
	int64		at = TimeArg(fcinfo, 2, kind, "at");
	double		amount = CheckAmountAt(PG_GETARG_FLOAT8(1), "amount", fcinfo,
									   2, kind);
	int64		reported_at = 0;

	if (reported && PG_ARGISNULL(REPORTED_AT))
		return;
	if (reported)
		reported_at = TimeArg(fcinfo, REPORTED_AT, kind, "reported_at");
	FundingPathAdd(state, at, reported ? &reported_at : NULL,
				   CheckSquare(amount));
}

static void
funding_path_write(StringInfo buf, const FundingPathState *state)
{
	RowMatrixSerialize(buf, &state->rounds);
}

static void
funding_path_read(StringInfo buf, FundingPathState *state)
{
	RowMatrix  *rounds = &state->rounds;

	RowMatrixDeserialize(buf, rounds, state->head.kind, state->head.context,
						 PATH_TIMES + 1);
	if (rounds->times < 1 || rounds->columns != rounds->times + 1)
		DamagedStateError("rows");
}

#define funding_path_merge FundingPathMerge
#define AGGREGATE funding_path
#define AGGREGATE_STATE FundingPathState
#define AGGREGATE_VALUES 2
#define AGGREGATE_AT 2
#define AGGREGATE_PARAMETERS path_parameters
#define AGGREGATE_MERGES
#include "foundation/aggregate.h"

static HeapTuple
path_tuple(TupleDesc rowtype, const FundingPathRow *row, TimeKind kind)
{
	Datum		values[PATH_COLUMNS];
	bool		nulls[PATH_COLUMNS] = {false};

	values[COLUMN_PERIOD_END] = TimeDatum(row->period_end, kind);
	values[COLUMN_AMOUNT] = Float8GetDatum(row->amount);
	values[COLUMN_DEALS] = Int64GetDatum(row->deals);
	values[COLUMN_VELOCITY] = Float8GetDatum(row->velocity);
	values[COLUMN_ACCELERATION] = Float8GetDatum(row->acceleration);
	nulls[COLUMN_ACCELERATION] = !row->has_acceleration;
	values[COLUMN_CONCENTRATION] = Float8GetDatum(row->concentration);
	nulls[COLUMN_CONCENTRATION] = !row->has_concentration;
	values[COLUMN_LARGEST_SHARE] = Float8GetDatum(row->largest_share);
	nulls[COLUMN_LARGEST_SHARE] = !row->has_concentration;
	return heap_form_tuple(rowtype, values, nulls);
}

/*
 * A row for every period from the first one by whose end something was
 * known.
 */
Datum
bubble_funding_path_finalfn(PG_FUNCTION_ARGS)
{
	const FundingPathState *state = STATE_ARG(FundingPathState, 0);
	FundingPath *path;
	FundingPathRow row;
	RowList		list;

	if (state == NULL || state->rounds.count == 0)
		PG_RETURN_NULL();
	path = FundingPathOpen(state);
	list = StartRowList(fcinfo);
	if (list.rowtype->natts != PATH_COLUMNS)
		elog(ERROR, "return type must be rows of a funding path");
	while (FundingPathNext(path, &row))
	{
		CHECK_FOR_INTERRUPTS();
		RowListAdd(&list, path_tuple(list.rowtype, &row, state->head.kind));
	}
	PG_RETURN_DATUM(RowListResult(&list));
}
