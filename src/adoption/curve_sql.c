/*
 * curve_sql.c - SQL functions adoption_curve and adoption_forecast
 *
 * What a fitted curve says of a time.  An interval of a forecast allows for
 * the uncertainty of the parameters, by the delta method, and for what the
 * curve misses of a single level; where increments were fitted, for what it
 * misses of all those since the last row.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "postgres.h"

#include <math.h>

#include "common/int.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "utils/tuplestore.h"

#include "adoption/fit_row.h"
#include "foundation/aggregate_head.h"

#define FORECAST_COLUMNS 4
#define MOST_FORECASTS 1000000

PG_FUNCTION_INFO_V1(bubble_adoption_curve);
PG_FUNCTION_INFO_V1(bubble_adoption_forecast);

/*
 * The level of a fitted curve; NULL where no curve was found.
 */
Datum
bubble_adoption_curve(PG_FUNCTION_ARGS)
{
	const TimeKind kind = TimeKindOfArg(fcinfo, 1);
	FitRow		fit;
	double		variance;
	double		level;

	if (!FitRowOf(PG_GETARG_HEAPTUPLEHEADER(0), &fit))
		PG_RETURN_NULL();
	level = NaturalLevel(&fit.curve,
						 ScaleYears(&fit.scale,
									TimeArg(fcinfo, 1, kind, "at")),
						 &variance);
	PG_RETURN_FLOAT8(CheckResult(level));
}

static void
put_finite(int column, double number, Datum *values, bool *nulls)
{
	nulls[column] = !IsFinite(number);
	values[column] = Float8GetDatum(number + 0.0);
}

static void
put_forecast(ReturnSetInfo *result, const FitRow *fit, int64 at)
{
	const double t = ScaleYears(&fit->scale, at);
	const double steps = fit->increments ?
		fmax((t - fit->last) / fit->step, 1.0) : 1.0;
	Datum		values[FORECAST_COLUMNS];
	bool		nulls[FORECAST_COLUMNS] = {false};
	double		variance;
	double		level = NaturalLevel(&fit->curve, t, &variance);
	double		reach = FitQuantile((int64) fit->freedom) *
		sqrt(variance + steps * fit->variance);

	values[0] = TimeDatum(at, fit->scale.kind);
	put_finite(1, level, values, nulls);
	put_finite(2, level - reach, values, nulls);
	put_finite(3, level + reach, values, nulls);
	tuplestore_putvalues(result->setResult, result->setDesc, values, nulls);
}

/*
 * So many steps.  Are they an interval?
 */
static bool
times_span(const Interval *span, int64 times, Interval *product)
{
	int64		month = span->month * times;
	int64		day = span->day * times;

	if (month > PG_INT32_MAX || day > PG_INT32_MAX ||
		pg_mul_s64_overflow(span->time, times, &product->time))
		return false;
	product->month = (int32) month;
	product->day = (int32) day;
	return true;
}

pg_noreturn static void
too_many_rows(void)
{
	ereport(ERROR,
			(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
			 errmsg("the forecast has too many rows"),
			 errdetail("There are more than %d steps from from_at to to_at.",
					   MOST_FORECASTS),
			 errhint("Use a longer step.")));
}

static void
put_forecasts(FunctionCallInfo fcinfo, const FitRow *fit, TimeKind kind)
{
	const int64 from = TimeArg(fcinfo, 1, kind, "from_at");
	const int64 to = TimeArg(fcinfo, 2, kind, "to_at");
	const Interval step = SpanArg(fcinfo, 3, "step", kind);
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;
	Interval	since;
	int64		at = from;
	int64		i;

	for (i = 1; at <= to; i++)
	{
		CHECK_FOR_INTERRUPTS();
		if (i > MOST_FORECASTS)
			too_many_rows();
		put_forecast(result, fit, at);
		if (!times_span(&step, i, &since))
			break;
		at = TimePlusSpan(from, &since, kind);
		if (at == DT_NOEND)
			break;
		if (kind == TIME_IS_DATE)
			at -= at % USECS_PER_DAY;
	}
}

/*
 * The levels of a fitted curve with their intervals, a row a step; no row
 * where no curve was found.
 */
Datum
bubble_adoption_forecast(PG_FUNCTION_ARGS)
{
	static const char *const names[] = {"from_at", "to_at", "step"};
	const TimeKind kind = TimeKindOfArg(fcinfo, 1);
	FitRow		fit;
	int			i;

	for (i = 0; i < (int) lengthof(names); i++)
		if (PG_ARGISNULL(i + 1))
			NullParameterError(names[i]);
	InitMaterializedSRF(fcinfo, 0);
	if (!PG_ARGISNULL(0) && FitRowOf(PG_GETARG_HEAPTUPLEHEADER(0), &fit))
		put_forecasts(fcinfo, &fit, kind);
	return (Datum) 0;
}
