/*
 * lppls_sql.c - SQL functions lppls_fit, lppls_windows and lppls_confidence
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "postgres.h"

#include <math.h>

#include "access/htup_details.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "utils/tuplestore.h"

#include "foundation/arguments.h"
#include "foundation/progress.h"
#include "foundation/result_row.h"
#include "lppls/lppls_state.h"
#include "series/series_state.h"

PG_FUNCTION_INFO_V1(bubble_lppls_fit);
PG_FUNCTION_INFO_V1(bubble_lppls_fit_finalfn);
PG_FUNCTION_INFO_V1(bubble_lppls_windows);
PG_FUNCTION_INFO_V1(bubble_lppls_confidence);

/*
 * A parameter that is true or false, after those of a table.
 */
static bool
flag_arg(FunctionCallInfo fcinfo, int argno, const char *name, bool otherwise)
{
	if (argno >= PG_NARGS())
		return otherwise;
	if (PG_ARGISNULL(argno))
		NullParameterError(name);
	return PG_GETARG_BOOL(argno);
}

/* ---- one fit ---- */

static const ParameterDef row_defs[] = {HORIZON_PARAMETER};
static const ParameterTable row_parameters = PARAMETER_TABLE(row_defs);

static const ParameterDef fit_defs[] = {
	HORIZON_PARAMETER, MIN_EXPONENT_PARAMETER, MAX_EXPONENT_PARAMETER,
	MIN_FREQUENCY_PARAMETER, MAX_FREQUENCY_PARAMETER, LPPLS_LEVEL_PARAMETER
};
static const ParameterTable fit_parameters = PARAMETER_TABLE(fit_defs);

#define ARG_FIT_AUTOCORRELATED (1 + (int) lengthof(fit_defs))

static Datum
fit_of(FunctionCallInfo fcinfo, const SeriesView *view, const LpplsRule *rule)
{
	TupleDesc	rowtype = ResultRowType(fcinfo);
	const double *level = LpplsLevels(view);
	Datum		value[LPPLS_FIT_COLUMNS];
	bool		isnull[LPPLS_FIT_COLUMNS];
	LpplsFit	fit;
	bool		fitted;

	fitted = LpplsFitLevels(level, view->length, rule, true, &fit);
	LpplsFillRow(rowtype, view, fitted ? &fit : NULL, value, isnull);
	return HeapTupleGetDatum(heap_form_tuple(rowtype, value, isnull));
}

/*
 * Of a series, and the final function of the shorter aggregate.
 */
Datum
bubble_lppls_fit(PG_FUNCTION_ARGS)
{
	SeriesView	view;
	LpplsRule	rule;

	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	rule = LpplsRuleOf(ReadParameters(fcinfo, 1, &fit_parameters,
									  TIME_IS_DATE), &fit_parameters);
	rule.interval.autocorrelated =
		flag_arg(fcinfo, ARG_FIT_AUTOCORRELATED, "autocorrelated", true);
	view = SeriesViewOf(PG_GETARG_DATUM(0));
	return fit_of(fcinfo, &view, &rule);
}

#define AGGREGATE lppls_fit
#define AGGREGATE_PARAMETERS row_parameters
#include "series/series_aggregate.h"

Datum
bubble_lppls_fit_finalfn(PG_FUNCTION_ARGS)
{
	const KeptSeries *state = FilledKeptSeries(fcinfo);
	SeriesView	view;
	LpplsRule	rule;

	if (state == NULL)
		PG_RETURN_NULL();
	rule = LpplsRuleOf(state->head.parameter, &row_parameters);
	view = KeptSeriesView(state);
	return fit_of(fcinfo, &view, &rule);
}

/* ---- windows that end at the last row ---- */

#define LONGEST_PARAMETER \
	{"longest", PARAMETER_COUNT, .least = LPPLS_LEAST_ROWS, \
	 .most = LPPLS_MOST_ROWS, .sized = true, .number = 750, \
	 .hint = "Use a number of rows, 750 for about three years of trading " \
	 "days."}
#define SHORTEST_PARAMETER \
	{"shortest", PARAMETER_COUNT, .least = LPPLS_LEAST_ROWS, \
	 .most = LPPLS_MOST_ROWS, .sized = true, .number = 125, \
	 .hint = "Use a number of rows, 125 for about half a year of trading " \
	 "days."}
#define STEP_PARAMETER \
	{"step", PARAMETER_COUNT, .least = 1, .most = LPPLS_MOST_ROWS, \
	 .sized = true, .number = 5, \
	 .hint = "Use the number of rows by which windows become shorter."}

static const ParameterDef windows_defs[] = {
	LONGEST_PARAMETER, SHORTEST_PARAMETER, STEP_PARAMETER, HORIZON_PARAMETER,
	MIN_EXPONENT_PARAMETER, MAX_EXPONENT_PARAMETER, MIN_FREQUENCY_PARAMETER,
	MAX_FREQUENCY_PARAMETER, LPPLS_LEVEL_PARAMETER
};
static const ParameterTable windows_parameters = PARAMETER_TABLE(windows_defs);

#define ARG_WINDOWS_AUTOCORRELATED (1 + (int) lengthof(windows_defs))

static const char *const filter_names[] = {
	[LPPLS_SORNETTE] = "sornette",
	[LPPLS_TRUST] = "trust",
	[LPPLS_SHU_ZHU] = "shu_zhu",
	[LPPLS_PACKAGE] = "lppls",
	NULL
};

static const ParameterDef confidence_defs[] = {
	LONGEST_PARAMETER, SHORTEST_PARAMETER, STEP_PARAMETER,
	{"filter", PARAMETER_NAME, .names = filter_names,
	.number = LPPLS_SORNETTE},
	HORIZON_PARAMETER, MIN_EXPONENT_PARAMETER, MAX_EXPONENT_PARAMETER,
	MIN_FREQUENCY_PARAMETER, MAX_FREQUENCY_PARAMETER
};
static const ParameterTable confidence_parameters =
	PARAMETER_TABLE(confidence_defs);

#define ARG_COUNT_BOUNDS (1 + (int) lengthof(confidence_defs))

typedef struct Windows
{
	SeriesView	view;			/* of the longest window */
	const double *level;
	LpplsRule	rule;
	int64		rows;			/* of the next window */
	int64		shortest;
	int64		step;
	Progress	progress;
	int64		done;
} Windows;

/*
 * From the longest window that the series has, whose rows alone count.  Those
 * that are longer are left out.
 */
static Windows
start_windows(const char *function, const SeriesView *view,
			  const ParameterValue *parameter, const ParameterTable *table)
{
	Windows		windows = {
		.view = *view,
		.rule = LpplsRuleOf(parameter, table),
		.rows = CountNamed(parameter, table, "longest", 750),
		.shortest = CountNamed(parameter, table, "shortest", 125),
		.step = CountNamed(parameter, table, "step", 5)
	};

	if (windows.shortest > windows.rows)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("\"shortest\" must not exceed \"longest\""),
				 errdetail("They are " INT64_FORMAT " and " INT64_FORMAT
						   " rows.", windows.shortest, windows.rows),
				 errhint("Use the larger one as longest.")));
	if (windows.rows > view->length)
		windows.rows -= (windows.rows - view->length + windows.step - 1) /
			windows.step * windows.step;
	if (windows.rows >= windows.shortest)
	{
		windows.view.value += view->length - windows.rows;
		windows.view.at += view->length - windows.rows;
		windows.view.length = windows.rows;
		windows.level = LpplsLevels(&windows.view);
	}
	windows.progress = StartProgress(function, "windows",
									 Max((windows.rows - windows.shortest) /
										 windows.step + 1, 0));
	return windows;
}

/*
 * The next window as a view; false after the last one.
 */
static bool
next_window(Windows *windows, SeriesView *window)
{
	int64		left;

	if (windows->rows < windows->shortest)
		return false;
	CHECK_FOR_INTERRUPTS();
	if (windows->done > 0)
		TellProgress(&windows->progress, windows->done);
	left = windows->view.length - windows->rows;
	*window = windows->view;
	window->length = windows->rows;
	window->value += left;
	window->at += left;
	windows->rows -= windows->step;
	windows->done++;
	return true;
}

static bool
fit_window(const Windows *windows, const SeriesView *window,
		   bool with_interval, LpplsFit *fit)
{
	return LpplsFitLevels(windows->level + windows->view.length -
						  window->length, window->length, &windows->rule,
						  with_interval, fit);
}

/*
 * A fit for each window, the longest first.
 */
Datum
bubble_lppls_windows(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;
	Datum		value[LPPLS_FIT_COLUMNS];
	bool		isnull[LPPLS_FIT_COLUMNS];
	const ParameterValue *parameter;
	SeriesView	view;
	SeriesView	window;
	Windows		windows;
	LpplsFit	fit;

	InitMaterializedSRF(fcinfo, 0);
	if (PG_ARGISNULL(0))
		return (Datum) 0;
	parameter = ReadParameters(fcinfo, 1, &windows_parameters, TIME_IS_DATE);
	view = SeriesViewOf(PG_GETARG_DATUM(0));
	windows = start_windows("lppls_windows", &view, parameter,
							&windows_parameters);
	windows.rule.interval.autocorrelated =
		flag_arg(fcinfo, ARG_WINDOWS_AUTOCORRELATED, "autocorrelated", true);
	while (next_window(&windows, &window))
	{
		bool		fitted = fit_window(&windows, &window, true, &fit);

		LpplsFillRow(result->setDesc, &window, fitted ? &fit : NULL, value,
					 isnull);
		tuplestore_putvalues(result->setResult, result->setDesc, value,
							 isnull);
	}
	return (Datum) 0;
}

/* ---- how many of them show a bubble ---- */

enum
{
	CONFIDENCE_WINDOWS,
	CONFIDENCE_POSITIVE,
	CONFIDENCE_NEGATIVE,
	CONFIDENCE_ON_BOUND,
	CONFIDENCE_COLUMNS
};

static void
count_fit(const LpplsFit *fit, LpplsFilterName filter, bool count_bounds,
		  int64 *count)
{
	if (fit->on_bound)
		count[CONFIDENCE_ON_BOUND]++;
	if ((fit->on_bound && !count_bounds) || !LpplsQualifies(fit, filter))
		return;
	count[fit->b < 0.0 ? CONFIDENCE_POSITIVE : CONFIDENCE_NEGATIVE]++;
}

Datum
bubble_lppls_confidence(PG_FUNCTION_ARGS)
{
	Datum		value[CONFIDENCE_COLUMNS];
	bool		isnull[CONFIDENCE_COLUMNS] = {false};
	int64		count[CONFIDENCE_COLUMNS] = {0};
	const ParameterTable *table = &confidence_parameters;
	const ParameterValue *parameter;
	LpplsFilterName filter;
	bool		count_bounds;
	SeriesView	view;
	SeriesView	window;
	Windows		windows;
	LpplsFit	fit;
	int			i;

	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	parameter = ReadParameters(fcinfo, 1, table, TIME_IS_DATE);
	filter = (LpplsFilterName) CountNamed(parameter, table, "filter", 0);
	count_bounds = flag_arg(fcinfo, ARG_COUNT_BOUNDS, "count_bounds", true);
	view = SeriesViewOf(PG_GETARG_DATUM(0));
	windows = start_windows("lppls_confidence", &view, parameter, table);
	while (next_window(&windows, &window))
	{
		count[CONFIDENCE_WINDOWS]++;
		if (fit_window(&windows, &window, false, &fit))
			count_fit(&fit, filter, count_bounds, count);
	}
	for (i = 0; i < CONFIDENCE_COLUMNS; i++)
		value[i] = Int64GetDatum(count[i]);
	return HeapTupleGetDatum(heap_form_tuple(ResultRowType(fcinfo), value,
											 isnull));
}
