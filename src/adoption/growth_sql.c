/*
 * growth_sql.c - SQL function growth_rate
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "postgres.h"

#include <math.h>

#include "access/htup_details.h"
#include "funcapi.h"

#include "adoption/growth_state.h"
#include "foundation/result_row.h"

PG_FUNCTION_INFO_V1(bubble_growth_rate_finalfn);
PG_FUNCTION_INFO_V1(bubble_growth_rate);

static GrowthState *
growth_create(const AggregateHead *head, MemoryContext context)
{
	return GrowthCreate(context);
}

static void
growth_add(GrowthState *state, FunctionCallInfo fcinfo)
{
	const TimeKind kind = state->head.kind;

	GrowthAdd(state, TimeArg(fcinfo, 2, kind, "at"),
			  CheckAmountAt(PG_GETARG_FLOAT8(1), "value", fcinfo, 2, kind));
}

static void
growth_remove(GrowthState *state, FunctionCallInfo fcinfo)
{
	GrowthRemoveFirst(state);
}

static void
growth_merge(GrowthState *state, const GrowthState *other)
{
	SeriesMerge(&state->rows, &other->rows);
}

static void
growth_write(StringInfo buf, const GrowthState *state)
{
	SeriesSerialize(buf, SeriesInOrder(&state->rows));
}

static void
growth_read(StringInfo buf, GrowthState *state)
{
	SeriesDeserialize(buf, &state->rows, state->head.kind);
}

#define AGGREGATE growth
#define AGGREGATE_STATE GrowthState
#define AGGREGATE_VALUES 2
#define AGGREGATE_AT 2
#define AGGREGATE_PARAMETERS GrowthParameters
#define AGGREGATE_MOVES
#define AGGREGATE_MERGES
#include "foundation/aggregate.h"

/*
 * The row type growth_rate.
 */
static Datum
rate_row(FunctionCallInfo fcinfo, const GrowthRate *rate)
{
	const TrendFit *trend = &rate->trend;
	const double doubling = trend->slope > 0.0 ? M_LN2 / trend->slope : NAN;
	const double number[] = {
		rate->level, trend->slope, trend->slope_error, trend->curvature,
		trend->curvature_error, trend->p, doubling
	};
	Datum		value[lengthof(number)];
	bool		isnull[lengthof(number)];
	int			i;

	for (i = 0; i < (int) lengthof(number); i++)
	{
		isnull[i] = !IsFinite(number[i]);
		value[i] = Float8GetDatum(number[i] + 0.0);
	}
	return HeapTupleGetDatum(heap_form_tuple(ResultRowType(fcinfo), value,
											 isnull));
}

Datum
bubble_growth_rate_finalfn(PG_FUNCTION_ARGS)
{
	const GrowthState *state = STATE_ARG(GrowthState, 0);
	GrowthRate	rate;

	if (state == NULL || SeriesLength(&state->rows) == 0)
		PG_RETURN_NULL();
	rate = GrowthOfState(state);
	return rate_row(fcinfo, &rate);
}

/*
 * The same of a stored series.
 */
Datum
bubble_growth_rate(PG_FUNCTION_ARGS)
{
	SeriesView	view;
	Series		rows;
	GrowthRate	rate;
	int64		i;
	Interval	span;
	const bool	spans = PG_NARGS() > 1 && !PG_ARGISNULL(1);

	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	view = SeriesViewOf(PG_GETARG_DATUM(0));
	if (spans)
		span = SpanArg(fcinfo, 1, "span", view.kind);
	for (i = 0; i < view.length; i++)
		if (unlikely(!IsAmount(view.value[i])))
			AmountError(view.value[i], "value", SeriesTimeShown(&view, i));
	rows = SeriesWrapped(view.value, view.at, view.length);
	rate = GrowthOfSeries(&rows, spans ? &span : NULL, view.kind);
	return rate_row(fcinfo, &rate);
}
