/*
 * chain_ladder_sql.c - SQL functions chain_ladder and completed_funding
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "postgres.h"

#include <math.h>

#include "access/htup_details.h"
#include "catalog/pg_type.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "utils/array.h"
#include "utils/memutils.h"

#include "foundation/arguments.h"
#include "foundation/array.h"
#include "foundation/result_row.h"
#include "funding/completion_state.h"

#define LADDER_COLUMNS 8
#define PERIOD_COLUMNS 4

static const ParameterDef completion_defs[] = {
	{.name = "as_of",.kind = PARAMETER_TIME}
};

static const ParameterTable completion_parameters =
PARAMETER_TABLE(completion_defs);

/* Cells of a triangle: a thousand periods, each of a thousand ages. */
#define MOST_CELLS (1000 * 1000)

PG_FUNCTION_INFO_V1(bubble_chain_ladder);
PG_FUNCTION_INFO_V1(bubble_completed_funding_finalfn);

/* ---- the kernel's arrays ---- */

static ChainLadder
fit(const Triangle *triangle)
{
	ChainLadder ladder;

	ladder.factor = AllocateNumbers(triangle->columns - 1);
	ladder.sigma_squared = AllocateNumbers(triangle->columns - 1);
	ladder.base = AllocateNumbers(triangle->columns - 1);
	ladder.ultimate = AllocateNumbers(triangle->rows);
	ladder.standard_error = AllocateNumbers(triangle->rows);
	ChainLadderFit(triangle, &ladder);
	return ladder;
}

static double
last_known(const Triangle *triangle, int64 row)
{
	return triangle->cell[row * triangle->columns + triangle->last[row]];
}

/*
 * What could not be estimated is NULL; what left the range of double
 * precision is an ERROR.
 */
static Datum
estimate(double value, bool *isnull)
{
	*isnull = isnan(value);
	return Float8GetDatum(*isnull ? 0.0 : CheckResult(value));
}

/* ---- chain_ladder(triangle) ---- */

pg_noreturn static void
triangle_error(const char *detail)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("triangle must be an array of rows of cumulative amounts"),
			 errdetail_internal("%s", detail),
			 errhint("Give each period a row, oldest first, with an element "
					 "for each age and NULL for what is not known yet.")));
}

/*
 * The last known column of a row; the unknown ones must come after it.
 */
static int64
check_row(const Datum *element, const bool *isnull, int64 columns,
		  double *cell)
{
	int64		last = -1;
	int64		column;

	for (column = 0; column < columns; column++)
	{
		cell[column] = 0.0;
		if (isnull[column])
			continue;
		if (last != column - 1)
			triangle_error("An amount is known after one that is not.");
		cell[column] = CheckAmount(DatumGetFloat8(element[column]),
								   "amount");
		last = column;
	}
	if (last < 0)
		triangle_error("A row has no amount at all.");
	return last;
}

/*
 * Its cells are deconstructed and fitted in one go.
 */
static void
check_size(int cells)
{
	if (cells > MOST_CELLS)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("too large a triangle"),
				 errdetail("It has %d cells, the most are %d.", cells,
						   MOST_CELLS),
				 errhint("Use longer periods, or leave out old ones.")));
}

static Triangle
triangle_of_array(ArrayType *array)
{
	Triangle	triangle = {0};
	Datum	   *element;
	bool	   *isnull;
	double	   *cell;
	int64	   *last;
	int64		longest = 0;
	int64		row;
	int			count;

	if (ARR_NDIM(array) != 2)
		triangle_error("The array has not two dimensions.");
	check_size(ArrayGetNItems(ARR_NDIM(array), ARR_DIMS(array)));
	deconstruct_array(array, FLOAT8OID, sizeof(float8), FLOAT8PASSBYVAL,
					  TYPALIGN_DOUBLE, &element, &isnull, &count);
	triangle.rows = ARR_DIMS(array)[0];
	triangle.columns = ARR_DIMS(array)[1];
	cell = AllocateNumbers(count);
	last = palloc(triangle.rows * sizeof(int64));
	for (row = 0; row < triangle.rows; row++)
	{
		int64		start = row * triangle.columns;

		CHECK_FOR_INTERRUPTS();
		last[row] = check_row(element + start, isnull + start,
							  triangle.columns, cell + start);
		longest = Max(longest, last[row]);
	}
	if (longest < triangle.columns - 1)
		triangle_error("No row is known to the last column.");
	triangle.cell = cell;
	triangle.last = last;
	return triangle;
}

static Datum
estimates_array(const double *value, int64 count)
{
	Datum	   *element = palloc(Max(count, 1) * sizeof(Datum));
	bool	   *isnull = palloc(Max(count, 1) * sizeof(bool));
	int			dims = (int) count;
	int			lower = 1;
	int64		i;

	if (count == 0)
		return PointerGetDatum(construct_empty_array(FLOAT8OID));
	for (i = 0; i < count; i++)
		element[i] = estimate(value[i], &isnull[i]);
	return PointerGetDatum(construct_md_array(element, isnull, 1, &dims,
											  &lower, FLOAT8OID,
											  sizeof(float8), FLOAT8PASSBYVAL,
											  TYPALIGN_DOUBLE));
}

Datum
bubble_chain_ladder(PG_FUNCTION_ARGS)
{
	Triangle	triangle = triangle_of_array(PG_GETARG_ARRAYTYPE_P(0));
	ChainLadder ladder = fit(&triangle);
	double	   *latest = AllocateNumbers(triangle.rows);
	double	   *outstanding = AllocateNumbers(triangle.rows);
	Datum		values[LADDER_COLUMNS];
	bool		nulls[LADDER_COLUMNS] = {false};
	int64		row;

	for (row = 0; row < triangle.rows; row++)
	{
		latest[row] = last_known(&triangle, row);
		outstanding[row] = ladder.ultimate[row] - latest[row];
	}
	values[0] = estimates_array(ladder.factor, triangle.columns - 1);
	values[1] = estimates_array(ladder.sigma_squared, triangle.columns - 1);
	values[2] = estimates_array(latest, triangle.rows);
	values[3] = estimates_array(ladder.ultimate, triangle.rows);
	values[4] = estimates_array(outstanding, triangle.rows);
	values[5] = estimates_array(ladder.standard_error, triangle.rows);
	values[6] = estimate(ladder.total, &nulls[6]);
	values[7] = estimate(ladder.total_error, &nulls[7]);
	return HeapTupleGetDatum(heap_form_tuple(ResultRowType(fcinfo), values,
											 nulls));
}

/* ---- completed_funding(amount, at, reported_at, as_of) ---- */

static CompletionState *
completion_create(const AggregateHead *head, MemoryContext context)
{
	return CompletionCreate(context, head->kind, head->parameter[0].u.count);
}

static void
completion_add(CompletionState *state, FunctionCallInfo fcinfo)
{
	TimeKind	kind = state->head.kind;
	double		amount = CheckAmountAt(PG_GETARG_FLOAT8(1), "amount", fcinfo,
									   2, kind);

	CompletionAdd(state, amount, TimeArg(fcinfo, 2, kind, "at"),
				  TimeArg(fcinfo, 3, kind, "reported_at"));
}

static void
completion_merge(CompletionState *state, const CompletionState *other)
{
	SeriesMerge(&state->amounts, &other->amounts);
}

static void
completion_write(StringInfo buf, const CompletionState *state)
{
	SeriesSerialize(buf, &state->amounts);
}

static void
completion_read(StringInfo buf, CompletionState *state)
{
	CompletionRead(buf, state);
}

#define AGGREGATE completion
#define AGGREGATE_STATE CompletionState
#define AGGREGATE_VALUES 3
#define AGGREGATE_AT 2
#define AGGREGATE_PARAMETERS completion_parameters
#define AGGREGATE_MERGES
#include "foundation/aggregate.h"

/*
 * A month as a row.  What was reported in the running month may already be
 * more than was estimated without it.
 */
static HeapTuple
period_row(TupleDesc rowtype, int32 month, double reported,
		   const ChainLadder *ladder, int64 row)
{
	Datum		values[PERIOD_COLUMNS];
	bool		nulls[PERIOD_COLUMNS] = {false};
	double		ultimate = ladder->ultimate[row];

	values[0] = DateADTGetDatum(FirstDayOfMonth(month));
	values[1] = Float8GetDatum(reported);
	if (ultimate < reported)
		ultimate = reported;
	values[2] = estimate(ultimate, &nulls[2]);
	values[3] = estimate(ladder->standard_error[row], &nulls[3]);
	return heap_form_tuple(rowtype, values, nulls);
}

Datum
bubble_completed_funding_finalfn(PG_FUNCTION_ARGS)
{
	CompletionState *state = STATE_ARG(CompletionState, 0);
	Completion	completion;
	ChainLadder ladder;
	RowList		list;
	int64		row;

	if (state == NULL || SeriesLength(&state->amounts) == 0)
		PG_RETURN_NULL();
	completion = CompletionOf(state);
	ladder = fit(&completion.triangle);
	list = StartRowList(fcinfo);
	for (row = 0; row < completion.triangle.rows; row++)
	{
		CHECK_FOR_INTERRUPTS();
		RowListAdd(&list, period_row(list.rowtype, completion.first + row,
									 completion.reported[row], &ladder,
									 row));
	}
	PG_RETURN_DATUM(RowListResult(&list));
}
