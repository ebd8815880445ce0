/*
 * bootstrap_sql.c - critical values from the sample itself
 *
 * The response surface is made for shocks that are all alike.  Where their
 * variance changes, the sup tests find bubbles that are not there.  A wild
 * bootstrap keeps the variance where it is: it makes series without a bubble
 * whose shock at each time is that of the sample times N(0,1), drawn anew for
 * every time, and takes the statistics of those (null_state.h).
 *
 * With "control" the method phillips_shi makes series of min_window + control
 * - 1 levels: statistics of the last "control" rows are then compared with
 * the largest of as many, whatever the length of the sample.
 *
 * explosive_bootstrap_path() asks for each row what its BSADF statistic is in
 * series without a bubble, and gives the quantile at "level" as a series that
 * explosive_episodes() can date by.
 *
 * References: D. I. Harvey, S. J. Leybourne, R. Sollis, A. M. R. Taylor, Tests
 * for explosive financial bubbles in the presence of non-stationary
 * volatility, Journal of Empirical Finance 38, 2016; P. C. B. Phillips,
 * S. Shi, Real time monitoring of asset markets: bubbles and crises, Handbook
 * of Statistics 42, 2020.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "postgres.h"

#include <math.h>

#include "access/htup_details.h"
#include "funcapi.h"

#include "explosive/bootstrap_state.h"
#include "explosive/critical_state.h"
#include "explosive/largest.h"
#include "explosive/tested_state.h"
#include "foundation/quantile.h"
#include "foundation/result_row.h"
#include "series/series_state.h"

#define MOST_REPLICATIONS 100000

#define RESULT_COLUMNS (4 + 2 * TESTED_COLUMNS)

PG_FUNCTION_INFO_V1(bubble_explosive_bootstrap);
PG_FUNCTION_INFO_V1(bubble_explosive_bootstrap_finalfn);
PG_FUNCTION_INFO_V1(bubble_explosive_bootstrap_path);

/* ---- parameters ---- */

/* In the order of BootstrapMethod. */
static const char *const method_names[] = {"harvey", "phillips_shi", NULL};

#define REPLICATIONS_PARAMETER \
	{"replications", PARAMETER_COUNT, .sized = true, .least = 1, \
	 .most = MOST_REPLICATIONS, .number = DEFAULT_REPLICATIONS, \
	 .hint = "The default of 999 gives p values in steps of 0.001."}
#define SEED_PARAMETER {"seed", PARAMETER_SEED, .number = DEFAULT_SEED}
#define METHOD_PARAMETER {"method", PARAMETER_NAME, .names = method_names}
#define CONTROL_PARAMETER \
	{"control", PARAMETER_COUNT, .optional = true, .sized = true, \
	 .least = 1, .most = MOST_MADE_OBSERVATIONS, \
	 .hint = "Use the number of last rows to be tested, or NULL for the " \
	 "whole sample."}

static const ParameterDef row_defs[] = {
	MIN_WINDOW_PARAMETER, LAGS_PARAMETER, REPLICATIONS_PARAMETER,
	SEED_PARAMETER
};
static const ParameterTable row_parameters = PARAMETER_TABLE(row_defs);

static const ParameterDef series_defs[] = {
	MIN_WINDOW_PARAMETER, LAGS_OR_NULL_PARAMETER, REPLICATIONS_PARAMETER,
	SEED_PARAMETER, METHOD_PARAMETER, CONTROL_PARAMETER, MAX_LAGS_PARAMETER,
	CRITERION_PARAMETER, DETERMINISTIC_PARAMETER
};
static const ParameterTable series_parameters = PARAMETER_TABLE(series_defs);

static const ParameterDef path_defs[] = {
	MIN_WINDOW_PARAMETER, LAGS_OR_NULL_PARAMETER, LEVEL_PARAMETER,
	REPLICATIONS_PARAMETER, SEED_PARAMETER, METHOD_PARAMETER,
	MAX_LAGS_PARAMETER, CRITERION_PARAMETER, DETERMINISTIC_PARAMETER
};
static const ParameterTable path_parameters = PARAMETER_TABLE(path_defs);

static BootstrapRule
bootstrap_rule(const ParameterValue *parameter, const ParameterTable *table)
{
	BootstrapRule rule = {
		.adf = AdfRuleOf(parameter, table),
		.replications = CountNamed(parameter, table, "replications",
								   DEFAULT_REPLICATIONS),
		.seed = CountNamed(parameter, table, "seed", DEFAULT_SEED),
		.method = (BootstrapMethod) CountNamed(parameter, table, "method",
											   METHOD_HARVEY),
		.control = CountNamed(parameter, table, "control", 0)
	};

	if (rule.control > 0 && rule.method == METHOD_HARVEY)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("the method harvey has no control window"),
				 errdetail("Its series are as long as the sample, with the "
						   "shock of each time where it was."),
				 errhint("Use the method phillips_shi, or NULL as "
						 "control.")));
	return rule;
}

/* ---- the result ---- */

/*
 * Put a statistic with its critical values and its p value.
 */
static void
put_statistic(double statistic, const double *draw, int64 count,
			  Datum *value, bool *isnull)
{
	TestedStatistic tested = {statistic, {0.0}, NAN};
	int			i;

	for (i = 0; i < TESTED_LEVELS; i++)
	{
		double		critical = Quantile(draw, count, TestedLevel[i]);

		tested.critical[i] = isfinite(critical) ? critical : NAN;
	}
	if (!isnan(statistic))
		tested.p = BootstrapP(draw, count, statistic);
	PutTestedStatistic(&tested, value, isnull);
}

/*
 * The largest statistic of the windows that end in the last rows.
 */
static double
maximum_of_last(AdfSample *sample, const double *path, int64 rows)
{
	AdfSample	last = *sample;

	last.ends = Min(rows, sample->ends);
	return AdfPathMaximum(&last, path + sample->ends - last.ends);
}

/*
 * All columns but the first.
 */
static void
result_columns(AdfSample *sample, const SeriesView *view,
			   const BootstrapRule *rule, Datum *values, bool *nulls)
{
	int64		tested = rule->control > 0 ? rule->control : sample->ends;
	Draws		draws = BootstrapDraws(view, rule, sample);

	values[1] = Int64GetDatum(sample->min_window);
	values[2] = Int64GetDatum(sample->lags);
	values[3] = Int64GetDatum(draws.count);
	put_statistic(maximum_of_last(sample, AdfForwardPath(sample), tested),
				  draws.sadf, draws.count, values + 4, nulls + 4);
	put_statistic(maximum_of_last(sample, AdfBackwardPath(sample), tested),
				  draws.gsadf, draws.count, values + 4 + TESTED_COLUMNS,
				  nulls + 4 + TESTED_COLUMNS);
}

/*
 * A sample too short for a window has observations and nothing else.
 */
static Datum
bootstrap_sample(FunctionCallInfo fcinfo, const SeriesView *view,
				 const BootstrapRule *rule)
{
	AdfSample	sample;
	Datum		values[RESULT_COLUMNS] = {0};
	bool		nulls[RESULT_COLUMNS] = {false};

	values[0] = Int64GetDatum(view->length);
	if (AdfSampleInit(&sample, view->value, view->length, &rule->adf))
	{
		result_columns(&sample, view, rule, values, nulls);
		AdfSampleFree(&sample);
	}
	else
		memset(nulls + 1, true, (RESULT_COLUMNS - 1) * sizeof(bool));
	return HeapTupleGetDatum(heap_form_tuple(ResultRowType(fcinfo), values,
											 nulls));
}

/* ---- SQL functions ---- */

Datum
bubble_explosive_bootstrap(PG_FUNCTION_ARGS)
{
	const ParameterTable *table = &series_parameters;
	BootstrapRule rule;
	SeriesView	view;

	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	rule = bootstrap_rule(ReadParameters(fcinfo, 1, table, TIME_IS_DATE),
						  table);
	view = SeriesValuesOf(PG_GETARG_DATUM(0));
	return bootstrap_sample(fcinfo, &view, &rule);
}

static void
check_rule(const ParameterValue *parameter)
{
	(void) bootstrap_rule(parameter, &row_parameters);
}

#define AGGREGATE explosive_bootstrap
#define AGGREGATE_PARAMETERS row_parameters
#define AGGREGATE_CHECK check_rule
#include "series/series_aggregate.h"

Datum
bubble_explosive_bootstrap_finalfn(PG_FUNCTION_ARGS)
{
	const KeptSeries *state = FilledKeptSeries(fcinfo);
	SeriesView	view;
	BootstrapRule rule;

	if (state == NULL)
		PG_RETURN_NULL();
	rule = bootstrap_rule(state->head.parameter, &row_parameters);
	view = KeptSeriesView(state);
	return bootstrap_sample(fcinfo, &view, &rule);
}

Datum
bubble_explosive_bootstrap_path(PG_FUNCTION_ARGS)
{
	const ParameterTable *table = &path_parameters;
	const ParameterValue *parameter;
	BootstrapRule rule;
	SeriesView	view;
	AdfSample	sample;
	StoredSeries *stored;
	double		level;

	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	parameter = ReadParameters(fcinfo, 1, table, TIME_IS_DATE);
	rule = bootstrap_rule(parameter, table);
	level = NumberNamed(parameter, table, "level", DEFAULT_LEVEL);
	view = SeriesViewOf(PG_GETARG_DATUM(0));
	if (!AdfSampleInit(&sample, view.value, view.length, &rule.adf))
		PG_RETURN_NULL();
	stored = StoreAdfPath(&view, &sample,
						  BootstrapQuantiles(&view, &rule, &sample, level));
	if (stored == NULL)
		PG_RETURN_NULL();
	PG_RETURN_POINTER(stored);
}
