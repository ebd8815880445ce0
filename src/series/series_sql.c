/*
 * series_sql.c - SQL functions of the type bubble_series
 *
 * Text form:		date{2000-01-03=1455.22,2000-01-04=1399.42}
 * Binary form:		version, kind, number of rows, values, times
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "funcapi.h"
#include "libpq/pqformat.h"
#include "miscadmin.h"

#include "foundation/aggregate_head.h"
#include "foundation/arguments.h"
#include "foundation/result_row.h"
#include "series/stored_series.h"
#include "series/stored_text.h"

PG_FUNCTION_INFO_V1(bubble_series_in);
PG_FUNCTION_INFO_V1(bubble_series_out);
PG_FUNCTION_INFO_V1(bubble_series_recv);
PG_FUNCTION_INFO_V1(bubble_series_send);
PG_FUNCTION_INFO_V1(bubble_series_transfn);
PG_FUNCTION_INFO_V1(bubble_series_combinefn);
PG_FUNCTION_INFO_V1(bubble_series_finalfn);
PG_FUNCTION_INFO_V1(bubble_series_observations);
PG_FUNCTION_INFO_V1(bubble_series_first_at);
PG_FUNCTION_INFO_V1(bubble_series_last_at);
PG_FUNCTION_INFO_V1(bubble_series_slice);
PG_FUNCTION_INFO_V1(bubble_series_unnest);
PG_FUNCTION_INFO_V1(bubble_series_unnest_dates);

/* ---- input and output ---- */

/*
 * Rows may be written in any order.
 */
Datum
bubble_series_in(PG_FUNCTION_ARGS)
{
	TextReader	reader = ReadText(PG_GETARG_CSTRING(0), "bubble_series");
	TimeKind	kind = ReadKind(&reader);
	ExpandedSeries *series = CreateExpandedSeries(PrivateContext(), kind);

	ExpectChar(&reader, '{');
	do
	{
		int64		at;
		double		value;

		CHECK_FOR_INTERRUPTS();
		ReadRow(&reader, kind, &at, &value);
		SeriesAppend(&series->rows, at, value);
	} while (ReadChar(&reader, ','));
	ExpectChar(&reader, '}');
	ExpectEnd(&reader);
	CheckSeriesLength(SeriesLength(&series->rows), kind);
	PG_RETURN_DATUM(EOHPGetRODatum(&series->header));
}

Datum
bubble_series_out(PG_FUNCTION_ARGS)
{
	SeriesView	view = SeriesViewOf(PG_GETARG_DATUM(0));
	StringInfoData buf;
	int64		i;

	initStringInfo(&buf);
	appendStringInfoString(&buf, TimeKindName(view.kind));
	for (i = 0; i < view.length; i++)
	{
		CHECK_FOR_INTERRUPTS();
		appendStringInfoChar(&buf, i == 0 ? '{' : ',');
		WriteRow(&buf, view.at[i], view.value[i], view.kind);
	}
	appendStringInfoChar(&buf, '}');
	PG_RETURN_CSTRING(buf.data);
}

static void
invalid(const char *detail)
{
	InvalidBinaryError("bubble_series", detail);
}

/*
 * The input is not trusted: rows that are not finite or not in order would
 * make later answers wrong.
 */
static void
check_rows(double *value, const int64 *at, int64 length, TimeKind kind)
{
	int64		i;

	for (i = 0; i < length; i++)
	{
		CHECK_FOR_INTERRUPTS();
		if (!TimeIsValid(at[i], kind))
			invalid("A time is out of range.");
		if (!IsFinite(value[i]))
			FiniteValueError(value[i], "value", TimeShown(at[i], kind));
		value[i] += 0.0;
		if (i > 0 && RowBefore(at[i], value[i], at[i - 1], value[i - 1]))
			invalid("The rows are not in order of time and value.");
	}
}

Datum
bubble_series_recv(PG_FUNCTION_ARGS)
{
	StringInfo	buf = (StringInfo) PG_GETARG_POINTER(0);
	StoredSeries *stored;
	TimeKind	kind;
	int64		length;
	double	   *value;
	int64	   *at;
	int64		i;
	int			version = pq_getmsgbyte(buf);

	if (version != STORED_SERIES_VERSION)
		BinaryVersionError("bubble_series", version);
	kind = pq_getmsgbyte(buf);
	if (kind != TIME_IS_DATE && kind != TIME_IS_TIMESTAMPTZ)
		invalid("The kind of time is not known.");
	length = pq_getmsgint64(buf);
	if (length < 1 ||
		length > (buf->len - buf->cursor) / (sizeof(double) + sizeof(int64)))
		invalid("The number of rows does not fit the length.");
	stored = AllocateStoredSeries(kind, length, &value, &at);
	for (i = 0; i < length; i++)
	{
		CHECK_FOR_INTERRUPTS();
		value[i] = pq_getmsgfloat8(buf);
	}
	for (i = 0; i < length; i++)
	{
		CHECK_FOR_INTERRUPTS();
		at[i] = pq_getmsgint64(buf);
	}
	check_rows(value, at, length, kind);
	PG_RETURN_POINTER(stored);
}

Datum
bubble_series_send(PG_FUNCTION_ARGS)
{
	SeriesView	view = SeriesViewOf(PG_GETARG_DATUM(0));
	StringInfoData buf;
	int64		i;

	pq_begintypsend(&buf);
	pq_sendbyte(&buf, STORED_SERIES_VERSION);
	pq_sendbyte(&buf, view.kind);
	pq_sendint64(&buf, view.length);
	for (i = 0; i < view.length; i++)
	{
		CHECK_FOR_INTERRUPTS();
		pq_sendfloat8(&buf, view.value[i]);
	}
	for (i = 0; i < view.length; i++)
	{
		CHECK_FOR_INTERRUPTS();
		pq_sendint64(&buf, view.at[i]);
	}
	PG_RETURN_BYTEA_P(pq_endtypsend(&buf));
}

/* ---- aggregates ---- */

/*
 * A state as the result of a function.  One that no aggregate works on is a
 * value, which must be one that can be stored.
 */
static Datum
state_result(FunctionCallInfo fcinfo, ExpandedSeries *state)
{
	if (!AggCheckCallContext(fcinfo, NULL))
		CheckSeriesLength(SeriesLength(&state->rows), state->kind);
	PG_RETURN_DATUM(EOHPGetRWDatum(&state->header));
}

Datum
bubble_series_transfn(PG_FUNCTION_ARGS)
{
	TimeKind	kind = TimeKindOfCall(fcinfo, 2);
	ExpandedSeries *state;

	if (RowIsNull(fcinfo))
		return UnchangedState(fcinfo);
	state = SeriesState(fcinfo, kind);
	SeriesAppend(&state->rows, TimeArg(fcinfo, 2, kind, "at"),
				 CheckFiniteAt(PG_GETARG_FLOAT8(1), "value", fcinfo, 2, kind));
	return state_result(fcinfo, state);
}

/*
 * Adds one series to another: combines parts of an aggregate, and is the
 * transition of rollup().
 */
Datum
bubble_series_combinefn(PG_FUNCTION_ARGS)
{
	ExpandedSeries *state;
	SeriesView	view;

	if (PG_ARGISNULL(1))
		return UnchangedState(fcinfo);
	view = SeriesViewOf(PG_GETARG_DATUM(1));
	state = SeriesState(fcinfo, view.kind);
	SeriesMergeView(&state->rows, &view);
	return state_result(fcinfo, state);
}

/*
 * What has been collected as a value.
 */
Datum
bubble_series_finalfn(PG_FUNCTION_ARGS)
{
	ExpandedSeries *series;

	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	if (VARATT_IS_EXTERNAL_EXPANDED(PG_GETARG_POINTER(0)))
	{
		series = (ExpandedSeries *) DatumGetEOHP(PG_GETARG_DATUM(0));
		CheckSeriesLength(SeriesLength(&series->rows), series->kind);
	}
	PG_RETURN_DATUM(PG_GETARG_DATUM(0));
}

/* ---- what is in a series ---- */

Datum
bubble_series_observations(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT64(StoredSeriesLength(PG_GETARG_DATUM(0)));
}

Datum
bubble_series_first_at(PG_FUNCTION_ARGS)
{
	SeriesView	view = SeriesViewOf(PG_GETARG_DATUM(0));

	return StoredTimeDatum(view.at[0], view.kind);
}

Datum
bubble_series_last_at(PG_FUNCTION_ARGS)
{
	SeriesView	view = SeriesViewOf(PG_GETARG_DATUM(0));

	return StoredTimeDatum(view.at[view.length - 1], view.kind);
}

/*
 * The number of rows whose time is before a bound, or at it if "included".
 */
static int64
rows_before(const SeriesView *view, TimestampTz bound, bool included)
{
	int64		low = 0;
	int64		high = view->length;

	while (low < high)
	{
		int64		middle = low + (high - low) / 2;

		if (StoredTimeCompare(view->at[middle], view->kind, bound) < included)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/*
 * The rows from one time to another, both included; a NULL bound is none.
 */
Datum
bubble_series_slice(PG_FUNCTION_ARGS)
{
	StoredSeries *result;
	SeriesView	view;
	int64		from = 0;
	int64		to;
	double	   *value;
	int64	   *at;

	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	view = SeriesViewOf(PG_GETARG_DATUM(0));
	to = view.length;
	if (!PG_ARGISNULL(1))
		from = rows_before(&view, PG_GETARG_TIMESTAMPTZ(1), false);
	if (!PG_ARGISNULL(2))
		to = rows_before(&view, PG_GETARG_TIMESTAMPTZ(2), true);
	if (from >= to)
		PG_RETURN_NULL();
	result = AllocateStoredSeries(view.kind, to - from, &value, &at);
	memcpy(value, view.value + from, (to - from) * sizeof(double));
	memcpy(at, view.at + from, (to - from) * sizeof(int64));
	PG_RETURN_POINTER(result);
}

/*
 * A series as rows.  The argument may live no longer than the first call.
 */
static void
start_unnest(FunctionCallInfo fcinfo, bool dates)
{
	FuncCallContext *funcctx = SRF_FIRSTCALL_INIT();
	MemoryContext old = MemoryContextSwitchTo(funcctx->multi_call_memory_ctx);
	ExpandedSeries *copy;
	SeriesView *view = palloc(sizeof(SeriesView));

	funcctx->tuple_desc = ResultRowType(fcinfo);
	*view = SeriesViewOf(PG_GETARG_DATUM(0));
	if (dates)
		CheckDates(view->kind);
	copy = CreateExpandedSeries(PrivateContext(), view->kind);
	SeriesMergeView(&copy->rows, view);
	*view = SeriesViewOf(EOHPGetRODatum(&copy->header));
	funcctx->user_fctx = view;
	funcctx->max_calls = view->length;
	MemoryContextSwitchTo(old);
}

static Datum
next_row(FunctionCallInfo fcinfo, bool dates)
{
	FuncCallContext *funcctx;
	const SeriesView *view;
	Datum		values[2];
	bool		nulls[2] = {false};

	if (SRF_IS_FIRSTCALL())
		start_unnest(fcinfo, dates);
	funcctx = SRF_PERCALL_SETUP();
	view = funcctx->user_fctx;
	if (funcctx->call_cntr >= funcctx->max_calls)
		SRF_RETURN_DONE(funcctx);
	values[0] = dates ?
		TimeDatum(view->at[funcctx->call_cntr], TIME_IS_DATE) :
		StoredTimeDatum(view->at[funcctx->call_cntr], view->kind);
	values[1] = Float8GetDatum(view->value[funcctx->call_cntr]);
	SRF_RETURN_NEXT(funcctx,
					HeapTupleGetDatum(heap_form_tuple(funcctx->tuple_desc,
													  values, nulls)));
}

Datum
bubble_series_unnest(PG_FUNCTION_ARGS)
{
	return next_row(fcinfo, false);
}

Datum
bubble_series_unnest_dates(PG_FUNCTION_ARGS)
{
	return next_row(fcinfo, true);
}
