/*
 * measures_sql.c - measures of a whole price curve
 *
 * Each is a function of a bubble_series, and the final function of the
 * aggregate with its name, whose transition state is a bubble_series.  Only
 * those that have a parameter need a final function of their own.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "postgres.h"

#include <math.h>

#include "drawdown/measures_state.h"
#include "drawdown/prices_state.h"
#include "drawdown/swing.h"
#include "drawdown/underwater.h"
#include "foundation/arguments.h"
#include "series/series_state.h"

PG_FUNCTION_INFO_V1(bubble_drawdown);
PG_FUNCTION_INFO_V1(bubble_max_drawdown);
PG_FUNCTION_INFO_V1(bubble_runup);
PG_FUNCTION_INFO_V1(bubble_max_runup);
PG_FUNCTION_INFO_V1(bubble_drawdown_amount);
PG_FUNCTION_INFO_V1(bubble_max_drawdown_amount);
PG_FUNCTION_INFO_V1(bubble_ulcer_index);
PG_FUNCTION_INFO_V1(bubble_pain_index);
PG_FUNCTION_INFO_V1(bubble_drawdown_deviation);
PG_FUNCTION_INFO_V1(bubble_average_drawdown);
PG_FUNCTION_INFO_V1(bubble_time_under_water);
PG_FUNCTION_INFO_V1(bubble_cagr);
PG_FUNCTION_INFO_V1(bubble_calmar_ratio);
PG_FUNCTION_INFO_V1(bubble_sterling_ratio);
PG_FUNCTION_INFO_V1(bubble_burke_ratio);
PG_FUNCTION_INFO_V1(bubble_martin_ratio);
PG_FUNCTION_INFO_V1(bubble_pain_ratio);
PG_FUNCTION_INFO_V1(bubble_drawdown_at_risk);
PG_FUNCTION_INFO_V1(bubble_conditional_drawdown_at_risk);
PG_FUNCTION_INFO_V1(bubble_drawdown_at_risk_finalfn);
PG_FUNCTION_INFO_V1(bubble_conditional_drawdown_at_risk_finalfn);

/* ---- the last price and the largest swing ---- */

Datum
bubble_drawdown(PG_FUNCTION_ARGS)
{
	SeriesView	view = SeriesValuesOf(PG_GETARG_DATUM(0));
	PriceRange	range = CheckPrices(&view);

	if (range.highest == 0.0)
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(1.0 - view.value[view.length - 1] / range.highest);
}

Datum
bubble_runup(PG_FUNCTION_ARGS)
{
	SeriesView	view = SeriesValuesOf(PG_GETARG_DATUM(0));
	PriceRange	range = CheckPrices(&view);

	if (range.lowest == 0.0)
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(CheckResult(view.value[view.length - 1] / range.lowest -
								 1.0));
}

static Swing
largest_swing(const SeriesView *view,
			  void (*follow) (Swing *swing, const double *price,
							  int64_t rows))
{
	Swing		swing = SwingStart(view->value[0]);
	int64		done;
	int64		rows;

	for (done = 0; (rows = SeriesNextChunk(view, done)) > 0; done += rows)
		follow(&swing, view->value + done, rows);
	return swing;
}

Datum
bubble_max_drawdown(PG_FUNCTION_ARGS)
{
	SeriesView	view = SeriesValuesOf(PG_GETARG_DATUM(0));
	Swing		swing;

	if (CheckPrices(&view).highest == 0.0)
		PG_RETURN_NULL();
	swing = largest_swing(&view, SwingFall);
	PG_RETURN_FLOAT8(1.0 - SwingRetained(&swing));
}

/*
 * A rise from 0 has no rate, and is infinite.
 */
Datum
bubble_max_runup(PG_FUNCTION_ARGS)
{
	SeriesView	view = SeriesValuesOf(PG_GETARG_DATUM(0));
	PriceRange	range = CheckPrices(&view);
	Swing		swing = largest_swing(&view, SwingRise);
	double		multiplied = SwingMultiplied(&swing);

	if (range.highest == 0.0 || (range.lowest == 0.0 && isinf(multiplied)))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(CheckResult(multiplied - 1.0));
}

/*
 * Balances have any sign.
 */
Datum
bubble_drawdown_amount(PG_FUNCTION_ARGS)
{
	SeriesView	view = SeriesValuesOf(PG_GETARG_DATUM(0));
	PriceRange	range = {view.value[0], view.value[0]};
	int64		done;
	int64		rows;

	for (done = 0; (rows = SeriesNextChunk(&view, done)) > 0; done += rows)
		PriceRangeExtend(&range, view.value + done, rows);
	PG_RETURN_FLOAT8(CheckResult(range.highest -
								 view.value[view.length - 1]));
}

Datum
bubble_max_drawdown_amount(PG_FUNCTION_ARGS)
{
	SeriesView	view = SeriesValuesOf(PG_GETARG_DATUM(0));
	Swing		swing = largest_swing(&view, SwingLose);

	PG_RETURN_FLOAT8(CheckResult(swing.amount));
}

/* ---- sums over the underwater curve ---- */

/*
 * A measure of the rows that have a drawdown; NULL without any.
 */
static Datum
measure_of_series(FunctionCallInfo fcinfo,
				  double (*measure) (const Underwater *water))
{
	SeriesView	view = RowsUnderPeak(PricesArg(fcinfo, 0));
	Underwater	water;

	if (view.length == 0)
		PG_RETURN_NULL();
	water = UnderwaterOf(&view);
	PG_RETURN_FLOAT8(measure(&water));
}

Datum
bubble_ulcer_index(PG_FUNCTION_ARGS)
{
	return measure_of_series(fcinfo, UlcerIndex);
}

Datum
bubble_pain_index(PG_FUNCTION_ARGS)
{
	return measure_of_series(fcinfo, PainIndex);
}

Datum
bubble_drawdown_deviation(PG_FUNCTION_ARGS)
{
	return measure_of_series(fcinfo, DrawdownDeviation);
}

Datum
bubble_average_drawdown(PG_FUNCTION_ARGS)
{
	SeriesView	view = RowsUnderPeak(PricesArg(fcinfo, 0));
	Underwater	water = UnderwaterOf(&view);

	if (water.episodes == 0)
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(AverageDrawdown(&water));
}

Datum
bubble_time_under_water(PG_FUNCTION_ARGS)
{
	return measure_of_series(fcinfo, TimeUnderWater);
}

/* ---- growth, and its ratio to what had to be suffered for it ---- */

Datum
bubble_cagr(PG_FUNCTION_ARGS)
{
	SeriesView	view = TimedPricesArg(fcinfo, 0);
	double		rate;

	if (!YearlyGrowth(&view, &rate))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(CheckResult(rate));
}

static Datum
growth_ratio(FunctionCallInfo fcinfo, double (*risk) (const Underwater *water))
{
	SeriesView	view = TimedPricesArg(fcinfo, 0);
	Underwater	water;
	double		rate;
	double		suffered;

	if (!YearlyGrowth(&view, &rate))
		PG_RETURN_NULL();
	water = UnderwaterOf(&view);
	suffered = risk(&water);
	if (suffered == 0.0)
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(CheckResult(rate / suffered));
}

Datum
bubble_calmar_ratio(PG_FUNCTION_ARGS)
{
	return growth_ratio(fcinfo, MaxDrawdown);
}

Datum
bubble_sterling_ratio(PG_FUNCTION_ARGS)
{
	return growth_ratio(fcinfo, SterlingRisk);
}

Datum
bubble_burke_ratio(PG_FUNCTION_ARGS)
{
	return growth_ratio(fcinfo, BurkeRisk);
}

Datum
bubble_martin_ratio(PG_FUNCTION_ARGS)
{
	return growth_ratio(fcinfo, UlcerIndex);
}

Datum
bubble_pain_ratio(PG_FUNCTION_ARGS)
{
	return growth_ratio(fcinfo, PainIndex);
}

/* ---- the worst drawdowns ---- */

/* The share of rows that is the tail. */
static const ParameterDef alpha_def[] = {
	{"alpha", PARAMETER_NUMBER, .most = 1.0, .above_least = true,
	.hint = "Use 0.05 for the worst 5 % of the rows."}
};
static const ParameterTable alpha_table = PARAMETER_TABLE(alpha_def);

static Datum
tail_of_series(FunctionCallInfo fcinfo,
			   double (*measure) (const SeriesView *view, double alpha))
{
	SeriesView	view;
	double		alpha;

	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	alpha = ReadParameters(fcinfo, 1, &alpha_table, TIME_IS_DATE)->u.number;
	view = RowsUnderPeak(PricesArg(fcinfo, 0));
	if (view.length == 0)
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(measure(&view, alpha));
}

Datum
bubble_drawdown_at_risk(PG_FUNCTION_ARGS)
{
	return tail_of_series(fcinfo, AtRisk);
}

Datum
bubble_conditional_drawdown_at_risk(PG_FUNCTION_ARGS)
{
	return tail_of_series(fcinfo, ConditionalAtRisk);
}

#define AGGREGATE drawdown_at_risk
#define AGGREGATE_PARAMETERS alpha_table
#include "series/series_aggregate.h"

static Datum
tail_finalfn(FunctionCallInfo fcinfo,
			 double (*measure) (const SeriesView *view, double alpha))
{
	const KeptSeries *state = FilledKeptSeries(fcinfo);
	SeriesView	view;

	if (state == NULL)
		PG_RETURN_NULL();
	view = KeptSeriesView(state);
	(void) CheckPrices(&view);
	view = RowsUnderPeak(view);
	if (view.length == 0)
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(measure(&view, state->head.parameter[0].u.number));
}

Datum
bubble_drawdown_at_risk_finalfn(PG_FUNCTION_ARGS)
{
	return tail_finalfn(fcinfo, AtRisk);
}

Datum
bubble_conditional_drawdown_at_risk_finalfn(PG_FUNCTION_ARGS)
{
	return tail_finalfn(fcinfo, ConditionalAtRisk);
}
