/*
 * fit_row.c - the row types adoption_fit and adoption_fit_date
 *
 * A row holds all that its curve can be drawn from: the parameters, their
 * covariance, and how time is counted.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "postgres.h"

#include <math.h>

#include "catalog/pg_type.h"
#include "funcapi.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/typcache.h"

#include "adoption/fit_row.h"
#include "foundation/result_row.h"

/* The columns, in their order. */
enum
{
	COLUMN_MODEL,
	COLUMN_OBSERVATIONS,
	COLUMN_SATURATION,
	COLUMN_SATURATION_SE,
	COLUMN_SATURATION_LOW,
	COLUMN_SATURATION_HIGH,
	COLUMN_IDENTIFIED,
	COLUMN_P,
	COLUMN_P_SE,
	COLUMN_Q,
	COLUMN_Q_SE,
	COLUMN_X,
	COLUMN_X_SE,
	COLUMN_S,
	COLUMN_S_SE,
	COLUMN_A,
	COLUMN_A_SE,
	COLUMN_B,
	COLUMN_B_SE,
	COLUMN_C,
	COLUMN_C_SE,
	COLUMN_RSS,
	COLUMN_AICC,
	COLUMN_PEAK_AT,
	COLUMN_PEAK_LOW,
	COLUMN_PEAK_HIGH,
	COLUMN_SHARE_REACHED,
	COLUMN_ORIGIN_AT,
	COLUMN_LAST_AT,
	COLUMN_TIME_UNIT,
	COLUMN_STEP,
	COLUMN_COVARIANCE,
	COLUMN_REASON,
	FIT_COLUMNS
};

/*
 * A model's parameters: where they stand, in the order of NaturalCurve.
 */
typedef struct ModelColumns
{
	const FitModel *model;
	int			column[CURVE_PARAMETERS];
} ModelColumns;

static const ModelColumns models[] = {
	{&BassModel, {COLUMN_SATURATION, COLUMN_P, COLUMN_Q}},
	{&CumulativeModel, {COLUMN_SATURATION, COLUMN_P, COLUMN_Q}},
	{&LogisticModel, {COLUMN_SATURATION, COLUMN_X, COLUMN_S}},
	{&GompertzModel, {COLUMN_SATURATION, COLUMN_B, COLUMN_C}},
	{&ExponentialModel, {COLUMN_A, COLUMN_B}}
};

typedef struct RowBeingMade
{
	TupleDesc	rowtype;
	Datum		value[FIT_COLUMNS];
	bool		isnull[FIT_COLUMNS];
} RowBeingMade;

static const ModelColumns *
columns_of(const FitModel *model)
{
	int			i;

	for (i = 0; models[i].model != model; i++)
		Assert(i + 1 < (int) lengthof(models));
	return &models[i];
}

static void
put(RowBeingMade *row, int column, Datum value)
{
	row->value[column] = value;
	row->isnull[column] = false;
}

/*
 * A number, unless it is none.
 */
static void
put_number(RowBeingMade *row, int column, double number)
{
	if (number >= -DBL_MAX && number <= DBL_MAX)
		put(row, column, Float8GetDatum(number + 0.0));
}

static void
put_text(RowBeingMade *row, int column, const char *text)
{
	if (text != NULL)
		put(row, column, CStringGetTextDatum(text));
}

static void
put_at(RowBeingMade *row, int column, int64 at, TimeKind kind)
{
	put(row, column, ResultTime(row->rowtype, column, at, kind));
}

/*
 * A time given in years since the origin, unless the calendar ends before.
 */
static void
put_years(RowBeingMade *row, int column, double years,
		  const TimeScale *scale)
{
	int64		at;

	if (!isnan(years) && ScaleTime(scale, years, &at))
		put_at(row, column, at, scale->kind);
}

static void
put_covariance(RowBeingMade *row, const NaturalCurve *curve, int parameters)
{
	Datum		element[CURVE_PARAMETERS * CURVE_PARAMETERS];
	int			size[2] = {parameters, parameters};
	int			bound[2] = {1, 1};
	int			i;

	for (i = 0; i < parameters * parameters; i++)
		element[i] = Float8GetDatum(curve->covariance[i / parameters]
									[i % parameters]);
	put(row, COLUMN_COVARIANCE,
		PointerGetDatum(construct_md_array(element, NULL, 2, size, bound,
										   FLOAT8OID, sizeof(float8),
										   FLOAT8PASSBYVAL, TYPALIGN_DOUBLE)));
}

static void
put_curve(RowBeingMade *row, const AdoptionFit *fit)
{
	const NaturalCurve *curve = &fit->curve;
	const int	parameters = CurveParameters(curve->kind);
	const int  *column = columns_of(fit->model)->column;
	int			i;

	for (i = 0; i < parameters; i++)
	{
		put_number(row, column[i], curve->parameter[i]);
		put_number(row, column[i] + 1, sqrt(curve->covariance[i][i]));
	}
	put_covariance(row, curve, parameters);
	put_number(row, COLUMN_RSS, fit->rss);
	put_number(row, COLUMN_AICC, fit->aicc);
	put_years(row, COLUMN_PEAK_AT, fit->peak, &fit->scale);
	put_years(row, COLUMN_PEAK_LOW, fit->peak - fit->peak_error, &fit->scale);
	put_years(row, COLUMN_PEAK_HIGH, fit->peak + fit->peak_error,
			  &fit->scale);
	put_number(row, COLUMN_SHARE_REACHED, fit->share);
}

/*
 * The row of a fit.
 */
Datum
FitRowDatum(TupleDesc rowtype, const AdoptionFit *fit)
{
	RowBeingMade row = {.rowtype = rowtype};

	memset(row.isnull, true, sizeof(row.isnull));
	put_text(&row, COLUMN_MODEL, fit->model->name);
	put(&row, COLUMN_OBSERVATIONS, Int64GetDatum(fit->observations));
	put_number(&row, COLUMN_SATURATION_LOW, fit->low);
	put_number(&row, COLUMN_SATURATION_HIGH, fit->high);
	put(&row, COLUMN_IDENTIFIED, BoolGetDatum(fit->identified));
	if (fit->fitted)
		put_curve(&row, fit);
	if (fit->has_scale)
	{
		put_at(&row, COLUMN_ORIGIN_AT, fit->scale.origin, fit->scale.kind);
		put_at(&row, COLUMN_LAST_AT, fit->last_at, fit->scale.kind);
		put_text(&row, COLUMN_TIME_UNIT, TimeUnitNames[fit->scale.unit]);
		put_number(&row, COLUMN_STEP, fit->step);
	}
	put_text(&row, COLUMN_REASON, FitReason(fit));
	return HeapTupleGetDatum(heap_form_tuple(rowtype, row.value,
											 row.isnull));
}

/* ---- reading ---- */

typedef struct RowBeingRead
{
	Datum		value[FIT_COLUMNS];
	bool		isnull[FIT_COLUMNS];
	TimeKind	kind;
} RowBeingRead;

static void
open_row(HeapTupleHeader header, RowBeingRead *row)
{
	HeapTupleData tuple = {
		.t_len = HeapTupleHeaderGetDatumLength(header),
		.t_data = header
	};
	TupleDesc	rowtype =
		lookup_rowtype_tupdesc(HeapTupleHeaderGetTypeId(header),
							   HeapTupleHeaderGetTypMod(header));

	if (rowtype->natts != FIT_COLUMNS)
		elog(ERROR, "unexpected row type");
	row->kind = TupleDescAttr(rowtype, COLUMN_ORIGIN_AT)->atttypid ==
		DATEOID ? TIME_IS_DATE : TIME_IS_TIMESTAMPTZ;
	heap_deform_tuple(&tuple, rowtype, row->value, row->isnull);
	ReleaseTupleDesc(rowtype);
}

static const ModelColumns *
model_named(const RowBeingRead *row)
{
	const char *name = row->isnull[COLUMN_MODEL] ? "" :
		TextDatumGetCString(row->value[COLUMN_MODEL]);
	int			i;

	for (i = 0; i < (int) lengthof(models); i++)
		if (strcmp(models[i].model->name, name) == 0)
			return &models[i];
	return NULL;
}

/*
 * The numbers of some columns.  Are they all there?
 */
static bool
numbers_of(const RowBeingRead *row, const int *column, int count,
		   double *number)
{
	int			i;

	for (i = 0; i < count; i++)
	{
		if (row->isnull[column[i]])
			return false;
		number[i] = DatumGetFloat8(row->value[column[i]]);
	}
	return true;
}

static bool
covariance_of(const RowBeingRead *row, int parameters, NaturalCurve *curve)
{
	ArrayType  *array;
	int			i;

	if (row->isnull[COLUMN_COVARIANCE])
		return false;
	array = DatumGetArrayTypeP(row->value[COLUMN_COVARIANCE]);
	if (ARR_NDIM(array) != 2 || ARR_DIMS(array)[0] != parameters ||
		ARR_DIMS(array)[1] != parameters || ARR_HASNULL(array))
		return false;
	for (i = 0; i < parameters * parameters; i++)
		curve->covariance[i / parameters][i % parameters] =
			((const float8 *) ARR_DATA_PTR(array))[i];
	return true;
}

/*
 * How time is counted.  Is it told?
 */
static bool
scale_of(const RowBeingRead *row, FitRow *fit)
{
	char	   *name;
	int			unit;

	if (row->isnull[COLUMN_ORIGIN_AT] || row->isnull[COLUMN_LAST_AT] ||
		row->isnull[COLUMN_TIME_UNIT])
		return false;
	name = TextDatumGetCString(row->value[COLUMN_TIME_UNIT]);
	for (unit = UNIT_DAY; unit <= UNIT_MONTH_END; unit++)
		if (strcmp(name, TimeUnitNames[unit]) == 0)
			break;
	if (unit > UNIT_MONTH_END)
		return false;
	fit->scale = TimeScaleFrom(TimeOfDatum(row->value[COLUMN_ORIGIN_AT],
										   row->kind, "origin_at"),
							   (TimeUnit) unit, row->kind);
	fit->last = ScaleYears(&fit->scale,
						   TimeOfDatum(row->value[COLUMN_LAST_AT], row->kind,
									   "last_at"));
	return true;
}

/*
 * The curve of a row.  Has it one?
 */
bool
FitRowOf(HeapTupleHeader header, FitRow *fit)
{
	static const int rest[] = {COLUMN_RSS, COLUMN_STEP};
	RowBeingRead row;
	const ModelColumns *columns;
	double		number[lengthof(rest)];
	int			parameters;

	open_row(header, &row);
	columns = model_named(&row);
	if (columns == NULL || row.isnull[COLUMN_OBSERVATIONS])
		return false;
	memset(fit, 0, sizeof(FitRow));
	fit->curve.kind = columns->model->kind;
	fit->increments = columns->model->increments;
	parameters = CurveParameters(fit->curve.kind);
	if (!numbers_of(&row, columns->column, parameters,
					fit->curve.parameter) ||
		!numbers_of(&row, rest, lengthof(rest), number) ||
		!covariance_of(&row, parameters, &fit->curve) ||
		!scale_of(&row, fit))
		return false;
	fit->freedom = (double)
		(DatumGetInt64(row.value[COLUMN_OBSERVATIONS]) - parameters);
	fit->variance = number[0] / fit->freedom;
	fit->step = number[1];
	return fit->freedom >= 1.0 && fit->step > 0.0;
}
