/*
 * arrays_sql.c - bubble_series from arrays, and as arrays and JSON
 *
 * What drivers and other programs take and give: two arrays of the same
 * length, and [[time, value], ...].
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "common/shortest_dec.h"
#include "miscadmin.h"
#include "utils/array.h"
#include "utils/datetime.h"
#include "utils/fmgrprotos.h"
#include "utils/json.h"

#include "foundation/arguments.h"
#include "series/stored_series.h"

#define MOST_JSONB_ROWS 1000000

PG_FUNCTION_INFO_V1(bubble_series_from_arrays);
PG_FUNCTION_INFO_V1(bubble_series_times);
PG_FUNCTION_INFO_V1(bubble_series_dates);
PG_FUNCTION_INFO_V1(bubble_series_values);
PG_FUNCTION_INFO_V1(bubble_series_to_json);
PG_FUNCTION_INFO_V1(bubble_series_to_jsonb);

/* ---- arrays in ---- */

static int
count_elements(ArrayType *array, const char *name)
{
	if (ARR_NDIM(array) > 1)
		ereport(ERROR,
				(errcode(ERRCODE_ARRAY_SUBSCRIPT_ERROR),
				 errmsg("%s must be an array of one dimension", name),
				 errdetail("It has %d dimensions.", ARR_NDIM(array)),
				 errhint("Make a series of each row of the array.")));
	return ArrayGetNItems(ARR_NDIM(array), ARR_DIMS(array));
}

static void
check_same_length(ArrayType *times, ArrayType *values)
{
	int			time_count = count_elements(times, "times");
	int			value_count = count_elements(values, "values");

	if (time_count != value_count)
		ereport(ERROR,
				(errcode(ERRCODE_ARRAY_SUBSCRIPT_ERROR),
				 errmsg("times and values must have the same length"),
				 errdetail("There are %d times and %d values.", time_count,
						   value_count),
				 errhint("Use NULL for a missing value.")));
}

static void
append_pair(Series *rows, int64 at, double value, TimeKind kind)
{
	if (!IsFinite(value))
		FiniteValueError(value, "value", TimeShown(at, kind));
	SeriesAppend(rows, at, value + 0.0);
}

/*
 * Rows may come in any order; one without a time or a value is skipped, and
 * without rows there is no series.
 */
Datum
bubble_series_from_arrays(PG_FUNCTION_ARGS)
{
	ArrayType  *times = PG_GETARG_ARRAYTYPE_P(0);
	ArrayType  *values = PG_GETARG_ARRAYTYPE_P(1);
	TimeKind	kind = ARR_ELEMTYPE(times) == DATEOID ? TIME_IS_DATE :
		TIME_IS_TIMESTAMPTZ;
	ArrayIterator next_time = array_create_iterator(times, 0, NULL);
	ArrayIterator next_value = array_create_iterator(values, 0, NULL);
	ExpandedSeries *series;
	Datum		at;
	Datum		value;
	bool		no_time;
	bool		no_value;

	check_same_length(times, values);
	series = CreateExpandedSeries(PrivateContext(), kind);
	while (array_iterate(next_time, &at, &no_time) &&
		   array_iterate(next_value, &value, &no_value))
	{
		CHECK_FOR_INTERRUPTS();
		if (!no_time && !no_value)
			append_pair(&series->rows, TimeOfDatum(at, kind, "time"),
						DatumGetFloat8(value), kind);
	}
	if (SeriesLength(&series->rows) == 0)
		PG_RETURN_NULL();
	CheckSeriesLength(SeriesLength(&series->rows), kind);
	PG_RETURN_DATUM(EOHPGetRODatum(&series->header));
}

/* ---- arrays out ---- */

/*
 * An array whose elements the caller fills in.
 */
static ArrayType *
create_array(Oid element_type, int64 length, Size element_size)
{
	Size		size = ARR_OVERHEAD_NONULLS(1) + length * element_size;
	ArrayType  *array = palloc(size);

	memset(array, 0, ARR_OVERHEAD_NONULLS(1));
	SET_VARSIZE(array, size);
	array->ndim = 1;
	array->elemtype = element_type;
	ARR_DIMS(array)[0] = (int) length;
	ARR_LBOUND(array)[0] = 1;
	return array;
}

Datum
bubble_series_times(PG_FUNCTION_ARGS)
{
	SeriesView	view = SeriesViewOf(PG_GETARG_DATUM(0));
	ArrayType  *array = create_array(TIMESTAMPTZOID, view.length,
									 sizeof(TimestampTz));
	TimestampTz *element = (TimestampTz *) ARR_DATA_PTR(array);
	int64		i;

	for (i = 0; i < view.length; i++)
	{
		CHECK_FOR_INTERRUPTS();
		element[i] = DatumGetTimestampTz(StoredTimeDatum(view.at[i],
														 view.kind));
	}
	PG_RETURN_ARRAYTYPE_P(array);
}

Datum
bubble_series_dates(PG_FUNCTION_ARGS)
{
	SeriesView	view = SeriesViewOf(PG_GETARG_DATUM(0));
	ArrayType  *array;
	DateADT    *element;
	int64		i;

	CheckDates(view.kind);
	array = create_array(DATEOID, view.length, sizeof(DateADT));
	element = (DateADT *) ARR_DATA_PTR(array);
	for (i = 0; i < view.length; i++)
	{
		CHECK_FOR_INTERRUPTS();
		element[i] = DatumGetDateADT(TimeDatum(view.at[i], TIME_IS_DATE));
	}
	PG_RETURN_ARRAYTYPE_P(array);
}

Datum
bubble_series_values(PG_FUNCTION_ARGS)
{
	SeriesView	view = SeriesValuesOf(PG_GETARG_DATUM(0));
	ArrayType  *array = create_array(FLOAT8OID, view.length, sizeof(double));

	memcpy(ARR_DATA_PTR(array), view.value, view.length * sizeof(double));
	PG_RETURN_ARRAYTYPE_P(array);
}

/* ---- JSON ---- */

/*
 * A date, or a time in UTC, as JSON writes it, whatever the session's
 * settings.
 */
static void
append_time(StringInfo buf, int64 at, TimeKind kind)
{
	const int	utc = 0;
	char		text[MAXDATELEN + 1];

	if (kind == TIME_IS_DATE)
		JsonEncodeDateTime(text, TimeDatum(at, kind), DATEOID, NULL);
	else
		JsonEncodeDateTime(text, TimestampTzGetDatum(at), TIMESTAMPTZOID,
						   &utc);
	appendStringInfo(buf, "\"%s\"", text);
}

static void
append_json(StringInfo buf, const SeriesView *view)
{
	char		digits[DOUBLE_SHORTEST_DECIMAL_LEN];
	int64		i;

	for (i = 0; i < view->length; i++)
	{
		CHECK_FOR_INTERRUPTS();
		appendStringInfoString(buf, i == 0 ? "[[" : ", [");
		append_time(buf, view->at[i], view->kind);
		double_to_shortest_decimal_buf(view->value[i], digits);
		appendStringInfo(buf, ", %s]", digits);
	}
	appendStringInfoChar(buf, ']');
}

Datum
bubble_series_to_json(PG_FUNCTION_ARGS)
{
	SeriesView	view = SeriesViewOf(PG_GETARG_DATUM(0));
	StringInfoData buf;

	initStringInfo(&buf);
	appendStringInfoSpaces(&buf, VARHDRSZ);
	append_json(&buf, &view);
	SET_VARSIZE(buf.data, buf.len);
	PG_RETURN_TEXT_P((text *) buf.data);
}

/*
 * PostgreSQL makes a jsonb in one go, which cannot be cancelled.
 */
static void
check_jsonb_rows(int64 rows)
{
	if (rows > MOST_JSONB_ROWS)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("too many rows for jsonb"),
				 errdetail("The series has " INT64_FORMAT " rows, of which "
						   "jsonb takes %d.", rows, MOST_JSONB_ROWS),
				 errhint("Cast to json, or take a slice().")));
}

Datum
bubble_series_to_jsonb(PG_FUNCTION_ARGS)
{
	SeriesView	view = SeriesViewOf(PG_GETARG_DATUM(0));
	StringInfoData buf;

	check_jsonb_rows(view.length);
	initStringInfo(&buf);
	append_json(&buf, &view);
	return DirectFunctionCall1(jsonb_in, CStringGetDatum(buf.data));
}
