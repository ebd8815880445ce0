/*
 * test_sql.c - SQL function explosive_test
 *
 * The statistics of the whole sample with their critical values and p values.
 * Its state over rows is that of sadf().
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "postgres.h"

#include <math.h>

#include "access/htup_details.h"
#include "funcapi.h"

#include "explosive/critical_state.h"
#include "explosive/tested_state.h"
#include "foundation/result_row.h"
#include "series/series_state.h"

#define TEST_COLUMNS (3 + 3 * TESTED_COLUMNS)

PG_FUNCTION_INFO_V1(bubble_explosive_test);
PG_FUNCTION_INFO_V1(bubble_explosive_test_finalfn);

/*
 * Put a statistic of the sample, with what the surface knows of it.
 */
static void
put_tested(const AdfSample *sample, SupStatistic tested, int64 min_window,
		   double statistic, Datum *value, bool *isnull)
{
	TestedStatistic result = {statistic, {NAN, NAN, NAN}, NAN};
	double		quantile[SURFACE_LEVELS];
	int			i;

	if (SupQuantiles(tested, sample, sample->series.length, min_window,
					 quantile))
	{
		for (i = 0; i < TESTED_LEVELS; i++)
			result.critical[i] = SurfaceCriticalValue(quantile,
													  TestedLevel[i]);
		if (!isnan(statistic))
			result.p = SurfacePValue(quantile, statistic);
	}
	PutTestedStatistic(&result, value, isnull);
}

/*
 * All columns but the first.
 */
static void
all_columns(AdfSample *sample, Datum *values, bool *nulls)
{
	const int	step = TESTED_COLUMNS;

	values[1] = Int64GetDatum(sample->min_window);
	values[2] = Int64GetDatum(sample->lags);
	/* The whole sample is one window. */
	put_tested(sample, SUP_BSADF, sample->series.length,
			   AdfOfSample(sample), values + 3, nulls + 3);
	put_tested(sample, SUP_SADF, sample->min_window,
			   AdfPathMaximum(sample, AdfForwardPath(sample)),
			   values + 3 + step, nulls + 3 + step);
	put_tested(sample, SUP_GSADF, sample->min_window,
			   AdfPathMaximum(sample, AdfBackwardPath(sample)),
			   values + 3 + 2 * step, nulls + 3 + 2 * step);
}

/*
 * A sample too short for a window has observations and nothing else.
 */
static Datum
test_sample(FunctionCallInfo fcinfo, const SeriesView *view,
			const AdfRule *rule)
{
	AdfSample	sample;
	Datum		values[TEST_COLUMNS] = {0};
	bool		nulls[TEST_COLUMNS] = {false};

	values[0] = Int64GetDatum(view->length);
	if (AdfSampleInit(&sample, view->value, view->length, rule))
	{
		all_columns(&sample, values, nulls);
		AdfSampleFree(&sample);
	}
	else
		memset(nulls + 1, true, (TEST_COLUMNS - 1) * sizeof(bool));
	return HeapTupleGetDatum(heap_form_tuple(ResultRowType(fcinfo), values,
											 nulls));
}

Datum
bubble_explosive_test(PG_FUNCTION_ARGS)
{
	SeriesView	view;
	AdfRule		rule;

	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	rule = AdfRuleOf(ReadParameters(fcinfo, 1, &SeriesRule, TIME_IS_DATE),
					 &SeriesRule);
	view = SeriesValuesOf(PG_GETARG_DATUM(0));
	return test_sample(fcinfo, &view, &rule);
}

Datum
bubble_explosive_test_finalfn(PG_FUNCTION_ARGS)
{
	const KeptSeries *state = FilledKeptSeries(fcinfo);
	SeriesView	view;
	AdfRule		rule;

	if (state == NULL)
		PG_RETURN_NULL();
	rule = AdfRuleOf(state->head.parameter, &RowRule);
	view = KeptSeriesView(state);
	return test_sample(fcinfo, &view, &rule);
}
