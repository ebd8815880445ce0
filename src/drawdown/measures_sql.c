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

#include "miscadmin.h"

#include "drawdown/growth.h"
#include "drawdown/measures.h"
#include "drawdown/prices.h"
#include "drawdown/swing.h"
#include "drawdown/tail.h"
#include "drawdown/underwater.h"
#include "foundation/arguments.h"
#include "series/parameter_series.h"

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
PG_FUNCTION_INFO_V1(bubble_series_alpha_date_transfn);
PG_FUNCTION_INFO_V1(bubble_series_alpha_timestamptz_transfn);
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

Underwater
UnderwaterOf(const SeriesView *view)
{
	Underwater	water = {0};
	int64		done;
	int64		rows;

	for (done = 0; (rows = SeriesNextChunk(view, done)) > 0; done += rows)
		UnderwaterFollow(&water, view->value + done, rows);
	UnderwaterEnd(&water);
	return water;
}

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

/*
 * The growth rate a year, which may be infinite; false if no time has passed,
 * or from 0.
 */
bool
YearlyGrowth(const SeriesView *view, double *rate)
{
	int64		last = view->length - 1;
	double		years = YearsBetween(view->at[0], view->at[last]);

	if (years == 0.0 || view->value[0] == 0.0)
		return false;
	*rate = GrowthRate(view->value[0], view->value[last], years);
	return true;
}

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

/*
 * The share of rows that is the tail.
 */
static Parameter
alpha_arg(FunctionCallInfo fcinfo, int argno)
{
	Parameter	alpha = {"alpha", false, 0.0};

	if (PG_ARGISNULL(argno))
		NullParameterError(alpha.name);
	alpha.value = PG_GETARG_FLOAT8(argno);
	if (!(alpha.value > 0.0 && alpha.value <= 1.0))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("alpha must be above 0 and at most 1"),
				 errdetail("The alpha is %.15g.", alpha.value),
				 errhint("Use 0.05 for the worst 5 %% of the rows.")));
	return alpha;
}

/*
 * The drawdown of which so many rows have none that is larger, themselves
 * counted; this rank begins with 1.
 */
static double
drawdown_of_rank(const SeriesView *view, int64 rank)
{
	Selection	selection;
	double	   *drawdown;
	double		peak = 0.0;
	double		found;
	int64		done;
	int64		rows;

	drawdown = MemoryContextAllocHuge(CurrentMemoryContext,
									  view->length * sizeof(double));
	for (done = 0; (rows = SeriesNextChunk(view, done)) > 0; done += rows)
		DrawdownPath(&peak, view->value + done, rows, drawdown + done);
	selection = SelectionStart(drawdown, view->length, rank);
	while (SelectionStep(&selection))
		CHECK_FOR_INTERRUPTS();
	found = drawdown[0];
	pfree(drawdown);
	return found;
}

static double
at_risk(const SeriesView *view, double alpha)
{
	double		length = TailLength(alpha, view->length);

	return drawdown_of_rank(view, (int64) ceil(length));
}

double
ConditionalAtRisk(const SeriesView *view, double alpha)
{
	double		border = at_risk(view, alpha);
	CompensatedSum excess = {0};
	double		peak = 0.0;
	int64		done;
	int64		rows;

	for (done = 0; (rows = SeriesNextChunk(view, done)) > 0; done += rows)
		TailExcess(&excess, border, &peak, view->value + done, rows);
	return border +
		CompensatedTotal(&excess) / TailLength(alpha, view->length);
}

static Datum
tail_of_series(FunctionCallInfo fcinfo,
			   double (*measure) (const SeriesView *view, double alpha))
{
	SeriesView	view;
	double		alpha;

	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	alpha = alpha_arg(fcinfo, 1).value;
	view = RowsUnderPeak(PricesArg(fcinfo, 0));
	if (view.length == 0)
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(measure(&view, alpha));
}

Datum
bubble_drawdown_at_risk(PG_FUNCTION_ARGS)
{
	return tail_of_series(fcinfo, at_risk);
}

Datum
bubble_conditional_drawdown_at_risk(PG_FUNCTION_ARGS)
{
	return tail_of_series(fcinfo, ConditionalAtRisk);
}

static Datum
alpha_transfn(FunctionCallInfo fcinfo, TimeKind kind)
{
	const ParameterReader reader = alpha_arg;

	return ParameterSeriesTransfn(fcinfo, kind, &reader, 1);
}

Datum
bubble_series_alpha_date_transfn(PG_FUNCTION_ARGS)
{
	return alpha_transfn(fcinfo, TIME_IS_DATE);
}

Datum
bubble_series_alpha_timestamptz_transfn(PG_FUNCTION_ARGS)
{
	return alpha_transfn(fcinfo, TIME_IS_TIMESTAMPTZ);
}

static Datum
tail_finalfn(FunctionCallInfo fcinfo,
			 double (*measure) (const SeriesView *view, double alpha))
{
	const ParameterSeries *state = FilledParameterSeries(fcinfo);
	SeriesView	view;

	if (state == NULL)
		PG_RETURN_NULL();
	view = ParameterSeriesView(state);
	(void) CheckPrices(&view);
	view = RowsUnderPeak(view);
	if (view.length == 0)
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(measure(&view, state->parameter[0].value));
}

Datum
bubble_drawdown_at_risk_finalfn(PG_FUNCTION_ARGS)
{
	return tail_finalfn(fcinfo, at_risk);
}

Datum
bubble_conditional_drawdown_at_risk_finalfn(PG_FUNCTION_ARGS)
{
	return tail_finalfn(fcinfo, ConditionalAtRisk);
}
