/*
 * episodes.c - SQL functions that date explosive episodes, and the test
 *
 * explosive_episodes() compares the BSADF path with its critical values;
 * explosive_test() gives the statistics of the whole sample with theirs.
 *
 * Reference: P. C. B. Phillips, S. Shi, J. Yu, Testing for multiple bubbles,
 * International Economic Review 56(4), 2015.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "postgres.h"

#include <math.h>

#include "access/htup_details.h"
#include "catalog/pg_type.h"
#include "funcapi.h"
#include "miscadmin.h"

#include "explosive/critical.h"
#include "explosive/dating.h"
#include "explosive/path.h"
#include "foundation/arguments.h"
#include "foundation/result_row.h"

#define EPISODE_COLUMNS 5

/* Three levels and a p value for each of three statistics. */
#define TESTED_LEVELS 3
#define TEST_COLUMNS (3 + 3 * (2 + TESTED_LEVELS))

PG_FUNCTION_INFO_V1(bubble_explosive_episodes);
PG_FUNCTION_INFO_V1(bubble_explosive_date_transfn);
PG_FUNCTION_INFO_V1(bubble_explosive_timestamptz_transfn);
PG_FUNCTION_INFO_V1(bubble_explosive_episodes_finalfn);
PG_FUNCTION_INFO_V1(bubble_explosive_test);
PG_FUNCTION_INFO_V1(bubble_explosive_test_finalfn);

/* ---- parameters ---- */

static Parameter
level_arg(FunctionCallInfo fcinfo, int argno)
{
	Parameter	level = {"level", false, 0.0};

	if (PG_ARGISNULL(argno))
		NullParameterError(level.name);
	level.value = CheckLevel(PG_GETARG_FLOAT8(argno));
	return level;
}

static Parameter
min_duration_arg(FunctionCallInfo fcinfo, int argno)
{
	Parameter	duration = {"min_duration", PG_ARGISNULL(argno), 0.0};

	if (duration.isnull)
		return duration;
	duration.value = CountArg(fcinfo, argno);
	if (duration.value < 1.0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("min_duration must be at least 1"),
				 errdetail("The min_duration is %.0f.", duration.value),
				 errhint("Use a number of observations, or NULL for the "
						 "natural logarithm of their number.")));
	return duration;
}

/*
 * What explosive_episodes() is asked for.
 */
typedef struct DatingRule
{
	AdfRule		adf;
	double		level;
	int64		min_duration;	/* 0 for the default */
} DatingRule;

#define DATING_PARAMETERS 4

/*
 * min_window and lags, read as everywhere, then level and min_duration.
 */
static void
dating_readers(ParameterReader *reader)
{
	reader[0] = AdfRuleReaders[0];
	reader[1] = AdfRuleReaders[1];
	reader[2] = level_arg;
	reader[3] = min_duration_arg;
}

static DatingRule
dating_rule(const Parameter *parameter, int count)
{
	DatingRule	rule = {.level = 0.95};

	rule.adf = AdfRuleOf(parameter, Min(count, 2), RULE_WITH_WINDOW);
	if (count > 2)
		rule.level = parameter[2].value;
	if (count > 3)
		rule.min_duration = parameter[3].value;
	return rule;
}

/* ---- episodes ---- */

/*
 * The critical values of the path: of each row, after Phillips, Shi and Yu,
 * that of the SADF statistic of the observations up to it.  Fewer
 * observations than the sample's have a shorter default window, so that the
 * first rows, with hardly a window to choose from, are not dated too easily.
 */
static double *
critical_path(const AdfSample *sample, double level)
{
	double	   *critical = palloc(sample->ends * sizeof(double));
	double		quantile[SURFACE_LEVELS];
	int64		i;

	SupQuantiles(SUP_SADF, sample->series.length, sample->min_window,
				 sample->lags, quantile);
	for (i = 0; i < sample->ends; i++)
	{
		const int64 observations = sample->min_window + i;
		const int64 window = Min(sample->min_window,
								 AdfDefaultWindow(observations));

		CHECK_FOR_INTERRUPTS();
		SupQuantiles(SUP_SADF, observations,
					 Max(window, SurfaceLeastWindow(sample->lags)),
					 sample->lags, quantile);
		critical[i] = SurfaceCriticalValue(quantile, level);
	}
	return critical;
}

static int64
least_duration(const DatingRule *rule, int64 observations)
{
	if (rule->min_duration > 0)
		return rule->min_duration;
	return Max((int64) rint(log((double) observations)), 1);
}

static Datum
time_datum(TupleDesc rowtype, int64 at, TimeKind kind)
{
	if (TupleDescAttr(rowtype, 0)->atttypid == DATEOID)
		return TimeDatum(at, TIME_IS_DATE);
	return StoredTimeDatum(at, kind);
}

/*
 * An episode as a row.  "first" is the place of the path's first row in the
 * series.  It is a bubble if the values are higher at its peak than they were
 * before it began, otherwise a crash.
 */
static HeapTuple
episode_row(TupleDesc rowtype, const SeriesView *view, int64 first,
			const double *path, const ExplosiveRun *run)
{
	Datum		values[EPISODE_COLUMNS];
	bool		nulls[EPISODE_COLUMNS] = {false};
	const int64 start = first + run->start;
	const int64 peak = first + run->peak;
	const int64 end = first + run->end;

	values[0] = time_datum(rowtype, view->at[start], view->kind);
	values[1] = time_datum(rowtype, view->at[peak], view->kind);
	values[2] = (Datum) 0;
	nulls[2] = end == view->length - 1;
	if (!nulls[2])
		values[2] = time_datum(rowtype, view->at[end], view->kind);
	values[3] = Float8GetDatum(path[run->peak]);
	values[4] = BoolGetDatum(view->value[peak] > view->value[start - 1]);
	return heap_form_tuple(rowtype, values, nulls);
}

/*
 * All episodes in the order of time; NULL if the sample is too short.
 */
static Datum
list_episodes(FunctionCallInfo fcinfo, const SeriesView *view,
			  const DatingRule *rule)
{
	AdfSample	sample;
	RowList		list;
	ExplosiveRun run;
	double	   *path;
	double	   *critical;
	int64		least = least_duration(rule, view->length);
	int64		from = 0;

	if (!AdfSampleInit(&sample, view->value, view->length, &rule->adf))
		PG_RETURN_NULL();
	critical = critical_path(&sample, rule->level);
	path = AdfBackwardPath(&sample);
	list = StartRowList(fcinfo);
	for (; NextExplosiveRun(path, critical, sample.ends, from, &run);
		 from = run.end + 1)
		if (run.end - run.start + 1 >= least)
			RowListAdd(&list, episode_row(list.rowtype, view,
										  sample.min_window - 1, path, &run));
	AdfSampleFree(&sample);
	PG_RETURN_DATUM(RowListResult(&list));
}

Datum
bubble_explosive_episodes(PG_FUNCTION_ARGS)
{
	ParameterReader reader[DATING_PARAMETERS];
	Parameter	parameter[DATING_PARAMETERS];
	DatingRule	rule;
	SeriesView	view;
	int			i;

	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	dating_readers(reader);
	for (i = 0; i < PG_NARGS() - 1; i++)
		parameter[i] = reader[i] (fcinfo, 1 + i);
	rule = dating_rule(parameter, PG_NARGS() - 1);
	view = SeriesViewOf(PG_GETARG_DATUM(0));
	return list_episodes(fcinfo, &view, &rule);
}

static Datum
explosive_transfn(FunctionCallInfo fcinfo, TimeKind kind)
{
	ParameterReader reader[DATING_PARAMETERS];

	dating_readers(reader);
	return ParameterSeriesTransfn(fcinfo, kind, reader, PG_NARGS() - 3);
}

Datum
bubble_explosive_date_transfn(PG_FUNCTION_ARGS)
{
	return explosive_transfn(fcinfo, TIME_IS_DATE);
}

Datum
bubble_explosive_timestamptz_transfn(PG_FUNCTION_ARGS)
{
	return explosive_transfn(fcinfo, TIME_IS_TIMESTAMPTZ);
}

Datum
bubble_explosive_episodes_finalfn(PG_FUNCTION_ARGS)
{
	const ParameterSeries *state = FilledParameterSeries(fcinfo);
	SeriesView	view;
	DatingRule	rule;

	if (state == NULL)
		PG_RETURN_NULL();
	rule = dating_rule(state->parameter, state->count);
	view = ParameterSeriesView(state);
	return list_episodes(fcinfo, &view, &rule);
}

/* ---- explosive_test ---- */

/*
 * A statistic, its critical values and its p value, which are so many
 * columns; NULL if there is none.
 */
static void
test_columns(double statistic, const double *quantile, Datum *value,
			 bool *isnull)
{
	static const double level[TESTED_LEVELS] = {0.90, 0.95, 0.99};
	int			i;

	isnull[0] = isnull[1 + TESTED_LEVELS] = isnan(statistic);
	value[0] = value[1 + TESTED_LEVELS] = Float8GetDatum(0.0);
	for (i = 0; i < TESTED_LEVELS; i++)
		value[1 + i] =
			Float8GetDatum(SurfaceCriticalValue(quantile, level[i]));
	if (isnan(statistic))
		return;
	value[0] = Float8GetDatum(statistic);
	value[1 + TESTED_LEVELS] =
		Float8GetDatum(SurfacePValue(quantile, statistic));
}

static Datum
test_sample(FunctionCallInfo fcinfo, const SeriesView *view,
			const AdfRule *rule)
{
	const int	step = 2 + TESTED_LEVELS;
	AdfSample	sample;
	Datum		values[TEST_COLUMNS];
	bool		nulls[TEST_COLUMNS] = {false};
	double		quantile[SURFACE_LEVELS];

	if (!AdfSampleInit(&sample, view->value, view->length, rule))
		PG_RETURN_NULL();
	values[0] = Int64GetDatum(view->length);
	values[1] = Int64GetDatum(sample.min_window);
	values[2] = Int32GetDatum(sample.lags);
	SupQuantiles(SUP_BSADF, view->length, view->length, sample.lags,
				 quantile);
	test_columns(AdfOfSample(&sample), quantile, values + 3, nulls + 3);
	SupQuantiles(SUP_SADF, view->length, sample.min_window, sample.lags,
				 quantile);
	test_columns(AdfPathMaximum(&sample, AdfForwardPath(&sample)), quantile,
				 values + 3 + step, nulls + 3 + step);
	SupQuantiles(SUP_GSADF, view->length, sample.min_window, sample.lags,
				 quantile);
	test_columns(AdfPathMaximum(&sample, AdfBackwardPath(&sample)), quantile,
				 values + 3 + 2 * step, nulls + 3 + 2 * step);
	AdfSampleFree(&sample);
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
	rule = AdfRuleArgs(fcinfo, 1, RULE_WITH_WINDOW);
	view = SeriesValuesOf(PG_GETARG_DATUM(0));
	return test_sample(fcinfo, &view, &rule);
}

Datum
bubble_explosive_test_finalfn(PG_FUNCTION_ARGS)
{
	const ParameterSeries *state = FilledParameterSeries(fcinfo);
	SeriesView	view;
	AdfRule		rule;

	if (state == NULL)
		PG_RETURN_NULL();
	rule = AdfRuleOf(state->parameter, state->count, RULE_WITH_WINDOW);
	view = ParameterSeriesView(state);
	return test_sample(fcinfo, &view, &rule);
}
