/*
 * lead_lag_sql.c - SQL function lead_lag
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "funcapi.h"
#include "miscadmin.h"

#include "adoption/lead_lag.h"
#include "foundation/aggregate_head.h"
#include "foundation/array.h"
#include "foundation/result_row.h"
#include "foundation/row_matrix.h"
#include "series/stored_series.h"

/* What a row has: its time, a and b. */
#define ROW_COLUMNS 3

#define RESULT_COLUMNS 8

#define DEFAULT_MOST 12
#define LONGEST_LAG 10000

typedef struct LeadLagState
{
	AggregateHead head;
	RowMatrix	rows;
} LeadLagState;

static const ParameterDef lead_lag_defs[] = {
	{"most", PARAMETER_COUNT, .sized = true, .least = 0, .most = LONGEST_LAG,
		.number = DEFAULT_MOST,
	.hint = "Use the number of rows by which one series may follow the "
		"other."}
};
static const ParameterTable lead_lag_parameters =
PARAMETER_TABLE(lead_lag_defs);

PG_FUNCTION_INFO_V1(bubble_lead_lag);
PG_FUNCTION_INFO_V1(bubble_lead_lag_finalfn);

static LeadLagState *
lead_lag_create(const AggregateHead *head, MemoryContext context)
{
	LeadLagState *state = MemoryContextAllocZero(context,
												 sizeof(LeadLagState));

	RowMatrixInit(&state->rows, context, true, ROW_COLUMNS);
	return state;
}

static void
lead_lag_add(LeadLagState *state, FunctionCallInfo fcinfo)
{
	const TimeKind kind = state->head.kind;
	const int64 at = TimeArg(fcinfo, 3, kind, "at");
	const double a = CheckFiniteAt(PG_GETARG_FLOAT8(1), "a", fcinfo, 3, kind);
	const double b = CheckFiniteAt(PG_GETARG_FLOAT8(2), "b", fcinfo, 3, kind);
	RowElement *row = RowMatrixAdd(&state->rows);

	row[0].at = at;
	row[1].value = a;
	row[2].value = b;
}

static void
lead_lag_merge(LeadLagState *state, const LeadLagState *other)
{
	RowMatrixMerge(&state->rows, &other->rows);
}

static void
lead_lag_write(StringInfo buf, const LeadLagState *state)
{
	RowMatrixSerialize(buf, &state->rows);
}

static void
lead_lag_read(StringInfo buf, LeadLagState *state)
{
	RowMatrixDeserializeLike(buf, &state->rows, state->head.kind);
}

#define AGGREGATE lead_lag
#define AGGREGATE_STATE LeadLagState
#define AGGREGATE_VALUES 3
#define AGGREGATE_AT 3
#define AGGREGATE_PARAMETERS lead_lag_parameters
#define AGGREGATE_MERGES
#include "foundation/aggregate.h"

/* ---- the result ---- */

static Datum
lead_lag_row(FunctionCallInfo fcinfo, const LeadLag *found)
{
	Datum		value[RESULT_COLUMNS] = {
		Int64GetDatum(found->lag), Int64GetDatum(found->lag_low),
		Int64GetDatum(found->lag_high),
		Float8GetDatum(found->correlation + 0.0),
		Float8GetDatum(found->low + 0.0), Float8GetDatum(found->high + 0.0),
		Float8GetDatum(found->p), Int64GetDatum(found->pairs)
	};
	bool		isnull[RESULT_COLUMNS] = {false};

	return HeapTupleGetDatum(heap_form_tuple(ResultRowType(fcinfo), value,
											 isnull));
}

/*
 * Of levels side by side, in the order of time; their changes take their
 * place.
 */
static Datum
lead_lag(FunctionCallInfo fcinfo, double *a, double *b, int64 count,
		 int64 most)
{
	const int64 longest = MostLag(count - 1, most);
	double	   *correlation;
	LeadLag		found;
	int64		lag;

	if (longest < 0 || !Changes(a, count, a) || !Changes(b, count, b))
		PG_RETURN_NULL();
	correlation = AllocateNumbers(2 * longest + 1);
	for (lag = -longest; lag <= longest; lag++)
	{
		CHECK_FOR_INTERRUPTS();
		correlation[longest + lag] = LagCorrelation(a, b, count - 1, lag);
	}
	if (!LeadLagOf(correlation, count - 1, longest, &found))
		PG_RETURN_NULL();
	return lead_lag_row(fcinfo, &found);
}

Datum
bubble_lead_lag_finalfn(PG_FUNCTION_ARGS)
{
	const LeadLagState *state = STATE_ARG(LeadLagState, 0);
	const RowElement *row;
	double	   *a;
	double	   *b;
	int64		count;
	int64		i;

	if (state == NULL || state->rows.count == 0)
		PG_RETURN_NULL();
	count = state->rows.count;
	row = RowMatrixSorted(&state->rows);
	a = AllocateNumbers(count);
	b = AllocateNumbers(count);
	for (i = 0; i < count; i++, row += ROW_COLUMNS)
	{
		CHECK_FOR_INTERRUPTS();
		a[i] = row[1].value;
		b[i] = row[2].value;
	}
	return lead_lag(fcinfo, a, b, count, state->head.parameter[0].u.count);
}

/* ---- of two stored series ---- */

/*
 * The rows at times that both series have, side by side; their number.  Among
 * rows at the same time the first goes with the first.
 */
static int64
common_rows(const SeriesView *a, const SeriesView *b, double *of_a,
			double *of_b)
{
	int64		count = 0;
	int64		i = 0;
	int64		j = 0;

	while (i < a->length && j < b->length)
	{
		CHECK_FOR_INTERRUPTS();
		if (a->at[i] == b->at[j])
		{
			of_a[count] = a->value[i++];
			of_b[count++] = b->value[j++];
		}
		else if (a->at[i] < b->at[j])
			i++;
		else
			j++;
	}
	return count;
}

Datum
bubble_lead_lag(PG_FUNCTION_ARGS)
{
	SeriesView	a;
	SeriesView	b;
	double	   *of_a;
	double	   *of_b;
	ParameterValue *parameter;

	if (PG_ARGISNULL(0) || PG_ARGISNULL(1))
		PG_RETURN_NULL();
	parameter = ReadParameters(fcinfo, 2, &lead_lag_parameters, TIME_IS_DATE);
	a = SeriesViewOf(PG_GETARG_DATUM(0));
	b = SeriesViewOf(PG_GETARG_DATUM(1));
	if (a.kind != b.kind)
		MixedKindsError("call");
	of_a = AllocateNumbers(Min(a.length, b.length));
	of_b = AllocateNumbers(Min(a.length, b.length));
	return lead_lag(fcinfo, of_a, of_b, common_rows(&a, &b, of_a, of_b),
					parameter[0].u.count);
}
