/*
 * explosive.c - SQL functions of the explosive-root statistics
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

#include "explosive/path.h"

PG_FUNCTION_INFO_V1(bubble_adf);
PG_FUNCTION_INFO_V1(bubble_sadf);
PG_FUNCTION_INFO_V1(bubble_gsadf);
PG_FUNCTION_INFO_V1(bubble_adf_date_transfn);
PG_FUNCTION_INFO_V1(bubble_adf_timestamptz_transfn);
PG_FUNCTION_INFO_V1(bubble_sadf_date_transfn);
PG_FUNCTION_INFO_V1(bubble_sadf_timestamptz_transfn);
PG_FUNCTION_INFO_V1(bubble_adf_finalfn);
PG_FUNCTION_INFO_V1(bubble_sadf_finalfn);
PG_FUNCTION_INFO_V1(bubble_gsadf_finalfn);

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
statistic_of_series(FunctionCallInfo fcinfo, int first, Statistic statistic)
{
	SeriesView	view;
	AdfRule		rule;

	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	rule = AdfRuleArgs(fcinfo, 1, first);
	view = SeriesValuesOf(PG_GETARG_DATUM(0));
	return statistic_of(fcinfo, &view, &rule, statistic);
}

Datum
bubble_adf(PG_FUNCTION_ARGS)
{
	return statistic_of_series(fcinfo, RULE_WITHOUT_WINDOW, AdfOfSample);
}

Datum
bubble_sadf(PG_FUNCTION_ARGS)
{
	return statistic_of_series(fcinfo, RULE_WITH_WINDOW, sadf_of_sample);
}

Datum
bubble_gsadf(PG_FUNCTION_ARGS)
{
	return statistic_of_series(fcinfo, RULE_WITH_WINDOW, gsadf_of_sample);
}

/* ---- of rows ---- */

/*
 * Each parameter is checked on every row, the rule that they make once.
 */
static Datum
transition(FunctionCallInfo fcinfo, TimeKind kind, int first)
{
	bool		is_first = PG_ARGISNULL(0);
	int			count = PG_NARGS() - 3;
	Datum		result = ParameterSeriesTransfn(fcinfo, kind,
												AdfRuleReaders + first, count);
	ParameterSeries *state = (ParameterSeries *) DatumGetPointer(result);

	if (is_first)
		(void) AdfRuleOf(state->parameter, state->count, first);
	return result;
}

Datum
bubble_adf_date_transfn(PG_FUNCTION_ARGS)
{
	return transition(fcinfo, TIME_IS_DATE, RULE_WITHOUT_WINDOW);
}

Datum
bubble_adf_timestamptz_transfn(PG_FUNCTION_ARGS)
{
	return transition(fcinfo, TIME_IS_TIMESTAMPTZ, RULE_WITHOUT_WINDOW);
}

Datum
bubble_sadf_date_transfn(PG_FUNCTION_ARGS)
{
	return transition(fcinfo, TIME_IS_DATE, RULE_WITH_WINDOW);
}

Datum
bubble_sadf_timestamptz_transfn(PG_FUNCTION_ARGS)
{
	return transition(fcinfo, TIME_IS_TIMESTAMPTZ, RULE_WITH_WINDOW);
}

static Datum
final(FunctionCallInfo fcinfo, int first, Statistic statistic)
{
	const ParameterSeries *state = FilledParameterSeries(fcinfo);
	SeriesView	view;
	AdfRule		rule;

	if (state == NULL)
		PG_RETURN_NULL();
	rule = AdfRuleOf(state->parameter, state->count, first);
	view = ParameterSeriesView(state);
	return statistic_of(fcinfo, &view, &rule, statistic);
}

Datum
bubble_adf_finalfn(PG_FUNCTION_ARGS)
{
	return final(fcinfo, RULE_WITHOUT_WINDOW, AdfOfSample);
}

Datum
bubble_sadf_finalfn(PG_FUNCTION_ARGS)
{
	return final(fcinfo, RULE_WITH_WINDOW, sadf_of_sample);
}

Datum
bubble_gsadf_finalfn(PG_FUNCTION_ARGS)
{
	return final(fcinfo, RULE_WITH_WINDOW, gsadf_of_sample);
}
