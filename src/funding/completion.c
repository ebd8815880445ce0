/*
 * completion.c - SQL functions of the chain ladder
 *
 * completed_funding() keeps an amount for each row and the cell of the
 * triangle that it belongs to: the month of the round, and how many months
 * later it was reported.  Which months are over is known from as_of, so what
 * was not known then is not kept.
 *
 * A report of the running month is known, but says nothing yet about how
 * months develop: half a month of reports would look like a dry-up.
 *
 *	 as of 30 March:	lag 0	lag 1	lag 2
 *	 January			  x		  x		  r		x  in the triangle
 *	 February			  x		  r				r  reported, only added to it
 *	 March				  .						.  not over, left out
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "postgres.h"

#include <math.h>

#include "access/htup_details.h"
#include "catalog/pg_type.h"
#include "funcapi.h"
#include "libpq/pqformat.h"
#include "miscadmin.h"
#include "utils/array.h"
#include "utils/memutils.h"

#include "foundation/arguments.h"
#include "foundation/exact_sum.h"
#include "foundation/result_row.h"
#include "foundation/series.h"
#include "foundation/timeline.h"
#include "funding/chain_ladder.h"

/* Cells of the largest triangle: 80 MB. */
#define MOST_CELLS (10 * 1000 * 1000)

/* A cell is numbered period * 2^22 + lag; all of the calendar fits. */
#define LAG_BITS 22

#define LADDER_COLUMNS 8
#define PERIOD_COLUMNS 4

typedef struct CompletionState
{
	TimeKind	kind;
	int64		as_of;
	int32		end;			/* the first month that is not over */
	Series		amounts;		/* of cells */
} CompletionState;

PG_FUNCTION_INFO_V1(bubble_chain_ladder);
PG_FUNCTION_INFO_V1(bubble_completion_date_transfn);
PG_FUNCTION_INFO_V1(bubble_completion_timestamptz_transfn);
PG_FUNCTION_INFO_V1(bubble_completion_combinefn);
PG_FUNCTION_INFO_V1(bubble_completion_serialfn);
PG_FUNCTION_INFO_V1(bubble_completion_deserialfn);
PG_FUNCTION_INFO_V1(bubble_completed_funding_finalfn);

/* ---- the kernel's arrays ---- */

static double *
allocate_doubles(int64 count)
{
	return MemoryContextAllocHuge(CurrentMemoryContext,
								  Max(count, 1) * sizeof(double));
}

static ChainLadder
fit(const Triangle *triangle)
{
	ChainLadder ladder;

	ladder.factor = allocate_doubles(triangle->columns - 1);
	ladder.sigma_squared = allocate_doubles(triangle->columns - 1);
	ladder.base = allocate_doubles(triangle->columns - 1);
	ladder.ultimate = allocate_doubles(triangle->rows);
	ladder.standard_error = allocate_doubles(triangle->rows);
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
	deconstruct_array(array, FLOAT8OID, sizeof(float8), FLOAT8PASSBYVAL,
					  TYPALIGN_DOUBLE, &element, &isnull, &count);
	triangle.rows = ARR_DIMS(array)[0];
	triangle.columns = ARR_DIMS(array)[1];
	cell = allocate_doubles(count);
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
	double	   *latest = allocate_doubles(triangle.rows);
	double	   *outstanding = allocate_doubles(triangle.rows);
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

/* ---- completed_funding(amount, at, reported_at, as_of): the state ---- */

/*
 * A month is over when its last day is: on as_of itself, if that is a date.
 */
static int32
first_open_month(int64 as_of, TimeKind kind)
{
	return MonthOf(kind == TIME_IS_DATE ? as_of + USECS_PER_DAY : as_of,
				   kind);
}

static CompletionState *
create_state(MemoryContext context, TimeKind kind, int64 as_of)
{
	CompletionState *state = MemoryContextAllocZero(context,
													sizeof(CompletionState));

	state->kind = kind;
	state->as_of = as_of;
	state->end = first_open_month(as_of, kind);
	SeriesInit(&state->amounts, context, false);
	return state;
}

/*
 * Keep an amount of a month that is over if it was known; a report from
 * before the round itself counts from the round on.
 */
static void
keep_amount(CompletionState *state, double amount, int64 at,
			int64 reported_at)
{
	int32		period = MonthOf(at, state->kind);
	int32		reported = MonthOf(reported_at, state->kind);

	if (period < state->end && reported_at <= state->as_of)
		SeriesAppend(&state->amounts,
					 period * (INT64CONST(1) << LAG_BITS) +
					 Max(reported - period, 0), amount);
}

static Datum
completion_transfn(FunctionCallInfo fcinfo, TimeKind kind)
{
	CompletionState *state = STATE_ARG(CompletionState, 0);
	MemoryContext context = AggregateContext(fcinfo);
	int64		as_of;

	if (PG_ARGISNULL(4))
		NullParameterError("as_of");
	as_of = TimeArg(fcinfo, 4, kind, "as_of");
	if (state == NULL)
		state = create_state(context, kind, as_of);
	if (as_of != state->as_of)
		ChangedParameterError("as_of");
	if (!RowIsNull(fcinfo) && !PG_ARGISNULL(3))
		keep_amount(state,
					CheckAmountAt(PG_GETARG_FLOAT8(1), "amount", fcinfo, 2,
								  kind),
					TimeArg(fcinfo, 2, kind, "at"),
					TimeArg(fcinfo, 3, kind, "reported_at"));
	PG_RETURN_POINTER(state);
}

Datum
bubble_completion_date_transfn(PG_FUNCTION_ARGS)
{
	return completion_transfn(fcinfo, TIME_IS_DATE);
}

Datum
bubble_completion_timestamptz_transfn(PG_FUNCTION_ARGS)
{
	return completion_transfn(fcinfo, TIME_IS_TIMESTAMPTZ);
}

Datum
bubble_completion_combinefn(PG_FUNCTION_ARGS)
{
	CompletionState *state = STATE_ARG(CompletionState, 0);
	CompletionState *other = STATE_ARG(CompletionState, 1);
	MemoryContext context = AggregateContext(fcinfo);

	if (other == NULL)
		RETURN_STATE(state);
	if (state == NULL)
		state = create_state(context, other->kind, other->as_of);
	if (other->as_of != state->as_of)
		ChangedParameterError("as_of");
	SeriesMerge(&state->amounts, &other->amounts);
	PG_RETURN_POINTER(state);
}

Datum
bubble_completion_serialfn(PG_FUNCTION_ARGS)
{
	CompletionState *state;
	StringInfoData buf;

	(void) AggregateContext(fcinfo);
	state = (CompletionState *) PG_GETARG_POINTER(0);
	pq_begintypsend(&buf);
	pq_sendbyte(&buf, state->kind);
	pq_sendint64(&buf, state->as_of);
	SeriesSerialize(&buf, &state->amounts);
	PG_RETURN_BYTEA_P(pq_endtypsend(&buf));
}

Datum
bubble_completion_deserialfn(PG_FUNCTION_ARGS)
{
	CompletionState *state;
	StringInfoData buf;
	TimeKind	kind;

	OpenAggregateBytea(fcinfo, 0, &buf);
	kind = pq_getmsgbyte(&buf);
	state = create_state(CurrentMemoryContext, kind, pq_getmsgint64(&buf));
	SeriesDeserialize(&buf, &state->amounts);
	pq_getmsgend(&buf);
	PG_RETURN_POINTER(state);
}

/* ---- completed_funding: the result ---- */

static inline int32
period_of(int64 cell)
{
	return (int32) ((cell - (cell & ((1 << LAG_BITS) - 1))) /
					(INT64CONST(1) << LAG_BITS));
}

static inline int32
lag_of(int64 cell)
{
	return (int32) (cell & ((1 << LAG_BITS) - 1));
}

/*
 * The longest lag in months that are over.
 */
static int32
longest_lag(const Series *amounts, int32 end)
{
	int32		longest = 0;
	int64		i;

	for (i = amounts->from; i < amounts->to; i++)
	{
		int64		cell = SeriesAt(amounts, i);

		CHECK_FOR_INTERRUPTS();
		if (period_of(cell) + lag_of(cell) < end)
			longest = Max(longest, lag_of(cell));
	}
	return longest;
}

/*
 * A triangle of zeros for the months from the first one on.
 */
static Triangle
empty_triangle(int32 first, int32 end, int32 longest)
{
	Triangle	triangle = {0};
	int64	   *last;
	int64		row;

	triangle.rows = end - first;
	triangle.columns = longest + 1;
	if (triangle.rows * triangle.columns > MOST_CELLS)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("too many months to complete"),
				 errdetail("Rounds span " INT64_FORMAT " months and reports "
						   "came up to %d months late.", triangle.rows,
						   longest),
				 errhint("Look for a mistyped time, or leave out old "
						 "rounds.")));
	last = palloc(triangle.rows * sizeof(int64));
	for (row = 0; row < triangle.rows; row++)
		last[row] = Min(longest, triangle.rows - 1 - row);
	triangle.last = last;
	triangle.cell =
		MemoryContextAllocExtended(CurrentMemoryContext,
								   triangle.rows * triangle.columns *
								   sizeof(double),
								   MCXT_ALLOC_HUGE | MCXT_ALLOC_ZERO);
	return triangle;
}

/*
 * Fill in what was known of a month at each lag, and all that is reported of
 * it: exact sums of the amounts, which come in the order of the cells, up to
 * the row after the month's.
 */
static int64
fill_month(const Series *amounts, int64 i, double *cell, int64 last,
		   double *reported)
{
	const int32 period = period_of(SeriesAt(amounts, i));
	ExactSum	known;
	int64		lag;

	ExactSumInit(&known);
	for (lag = 0; lag <= last + 1; lag++)
	{
		for (; i < amounts->to &&
			 period_of(SeriesAt(amounts, i)) == period &&
			 (lag > last || lag_of(SeriesAt(amounts, i)) == lag); i++)
		{
			CHECK_FOR_INTERRUPTS();
			ExactSumAdd(&known, SeriesValue(amounts, i));
		}
		*reported = CheckResult(ExactSumRound(&known));
		if (lag <= last)
			cell[lag] = *reported;
	}
	return i;
}

/*
 * The triangle of what was known at the end of each month, and what is
 * reported of each of them.
 */
static Triangle
triangle_of_amounts(const Series *amounts, int32 first, int32 end,
					double **reported)
{
	Triangle	triangle = empty_triangle(first, end,
										  longest_lag(amounts, end));
	double	   *cell = unconstify(double *, triangle.cell);
	int64		i = amounts->from;

	*reported = allocate_doubles(triangle.rows);
	memset(*reported, 0, triangle.rows * sizeof(double));
	while (i < amounts->to)
	{
		int64		row = period_of(SeriesAt(amounts, i)) - first;

		i = fill_month(amounts, i, cell + row * triangle.columns,
					   triangle.last[row], &(*reported)[row]);
	}
	return triangle;
}

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
	const Series *amounts;
	Triangle	triangle;
	ChainLadder ladder;
	RowList		list;
	double	   *reported;
	int32		first;
	int64		row;

	if (state == NULL || SeriesLength(&state->amounts) == 0)
		PG_RETURN_NULL();
	amounts = SeriesInOrder(&state->amounts);
	first = period_of(SeriesAt(amounts, amounts->from));
	triangle = triangle_of_amounts(amounts, first, state->end, &reported);
	ladder = fit(&triangle);
	list = StartRowList(fcinfo);
	for (row = 0; row < triangle.rows; row++)
	{
		CHECK_FOR_INTERRUPTS();
		RowListAdd(&list, period_row(list.rowtype, first + row,
									 reported[row], &ladder, row));
	}
	PG_RETURN_DATUM(RowListResult(&list));
}
