/*
 * adf_sql.c - SQL functions adf, sadf and gsadf
 *
 * A bubble is looked for as an explosive root: an ADF t statistic that is
 * large, not small.  adf() is that of the whole sample, sadf() the largest of
 * the windows from the first observation on, gsadf() that of all windows.
 *
 * References: P. C. B. Phillips, Y. Wu, J. Yu, Explosive behavior in the 1990s
 * Nasdaq, International Economic Review 52(1), 2011; P. C. B. Phillips,
 * S. Shi, J. Yu, Testing for multiple bubbles, International Economic Review
 * 56(4), 2015.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "postgres.h"

#include <math.h>

#include "explosive/path_state.h"
#include "series/series_state.h"

PG_FUNCTION_INFO_V1(bubble_adf);
PG_FUNCTION_INFO_V1(bubble_sadf);
PG_FUNCTION_INFO_V1(bubble_gsadf);
PG_FUNCTION_INFO_V1(bubble_adf_finalfn);
PG_FUNCTION_INFO_V1(bubble_sadf_finalfn);
PG_FUNCTION_INFO_V1(bubble_gsadf_finalfn);

/* The parameters of adf(), which has no window. */
static const ParameterDef adf_row_defs[] = {LAGS_PARAMETER};
static const ParameterTable adf_row_rule = PARAMETER_TABLE(adf_row_defs);
static const ParameterDef adf_series_defs[] = {
	LAGS_OR_NULL_PARAMETER, MAX_LAGS_PARAMETER, CRITERION_PARAMETER,
	DETERMINISTIC_PARAMETER
};
static const ParameterTable adf_series_rule = PARAMETER_TABLE(adf_series_defs);

/* ---- the statistics ---- */

typedef double (*Statistic) (const AdfSample *sample);

static double
sadf_of_sample(const AdfSample *sample)
{
	double	   *path = AdfForwardPath(sample);
	double		statistic = AdfPathMaximum(sample, path);

	pfree(path);
	return statistic;
}

static double
gsadf_of_sample(const AdfSample *sample)
{
	double	   *path = AdfBackwardPath(sample);
	double		statistic = AdfPathMaximum(sample, path);

	pfree(path);
	return statistic;
}

/*
 * The statistic of a sample, NULL if it has none.
 */
static Datum
statistic_of(FunctionCallInfo fcinfo, const SeriesView *view,
			 const AdfRule *rule, Statistic statistic)
{
	AdfSample	sample;
	double		result;

	if (!AdfSampleInit(&sample, view->value, view->length, rule))
		PG_RETURN_NULL();
	result = statistic(&sample);
	AdfSampleFree(&sample);
	if (isnan(result))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(result);
}

/* ---- of a stored series ---- */

static Datum
statistic_of_series(FunctionCallInfo fcinfo, const ParameterTable *table,
					Statistic statistic)
{
	SeriesView	view;
	AdfRule		rule;

	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	rule = AdfRuleOf(ReadParameters(fcinfo, 1, table, TIME_IS_DATE), table);
	view = SeriesValuesOf(PG_GETARG_DATUM(0));
	return statistic_of(fcinfo, &view, &rule, statistic);
}

Datum
bubble_adf(PG_FUNCTION_ARGS)
{
	return statistic_of_series(fcinfo, &adf_series_rule, AdfOfSample);
}

Datum
bubble_sadf(PG_FUNCTION_ARGS)
{
	return statistic_of_series(fcinfo, &SeriesRule, sadf_of_sample);
}

Datum
bubble_gsadf(PG_FUNCTION_ARGS)
{
	return statistic_of_series(fcinfo, &SeriesRule, gsadf_of_sample);
}

/* ---- of rows ---- */

static void
check_adf(const ParameterValue *parameter)
{
	(void) AdfRuleOf(parameter, &adf_row_rule);
}

#define AGGREGATE adf
#define AGGREGATE_PARAMETERS adf_row_rule
#define AGGREGATE_CHECK check_adf
#include "series/series_aggregate.h"

static void
check_sadf(const ParameterValue *parameter)
{
	(void) AdfRuleOf(parameter, &RowRule);
}

/* gsadf() and explosive_test() have this state, too. */
#define AGGREGATE sadf
#define AGGREGATE_PARAMETERS RowRule
#define AGGREGATE_CHECK check_sadf
#include "series/series_aggregate.h"

static Datum
final(FunctionCallInfo fcinfo, const ParameterTable *table,
	  Statistic statistic)
{
	const KeptSeries *state = FilledKeptSeries(fcinfo);
	SeriesView	view;
	AdfRule		rule;

	if (state == NULL)
		PG_RETURN_NULL();
	rule = AdfRuleOf(state->head.parameter, table);
	view = KeptSeriesView(state);
	return statistic_of(fcinfo, &view, &rule, statistic);
}

Datum
bubble_adf_finalfn(PG_FUNCTION_ARGS)
{
	return final(fcinfo, &adf_row_rule, AdfOfSample);
}

Datum
bubble_sadf_finalfn(PG_FUNCTION_ARGS)
{
	return final(fcinfo, &RowRule, sadf_of_sample);
}

Datum
bubble_gsadf_finalfn(PG_FUNCTION_ARGS)
{
	return final(fcinfo, &RowRule, gsadf_of_sample);
}
