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
#include "utils/memutils.h"

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

static Parameter
critical_arg(FunctionCallInfo fcinfo, int argno)
{
	Parameter	critical = {"critical", PG_ARGISNULL(argno), 0.0};

	if (!critical.isnull)
		critical.value = CheckFinite(PG_GETARG_FLOAT8(argno),
									  "critical value");
	return critical;
}

/*
 * What explosive_episodes() is asked for.
 */
typedef struct DatingRule
{
	AdfRule		adf;
	double		level;
	int64		min_duration;	/* 0 for the default */
	double		critical;		/* of all rows; NaN if not given */
	SeriesView	critical_path;	/* of some rows; without length if not given */
} DatingRule;

/* Those of the aggregates, which can be stored in their state. */
#define DATING_PARAMETERS 4

/* Arguments that the function over a series has after those. */
enum
{
	ARG_CRITICAL = 1 + DATING_PARAMETERS,
	ARG_CRITICAL_PATH,
	ARG_DETERMINISTIC,
	DATING_ARGS
};

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
dating_rule(const Parameter *parameter, int count, const Parameter *terms)
{
	DatingRule	rule = {.level = 0.95, .critical = NAN};

	rule.adf = AdfRuleWithTerms(parameter, Min(count, 2), terms);
	if (count > 2)
		rule.level = parameter[2].value;
	if (count > 3)
		rule.min_duration = parameter[3].value;
	return rule;
}

/*
 * The caller's own critical values, if he has any.
 */
static void
own_critical_values(FunctionCallInfo fcinfo, DatingRule *rule)
{
	Parameter	critical = critical_arg(fcinfo, ARG_CRITICAL);

	if (!critical.isnull && !PG_ARGISNULL(ARG_CRITICAL_PATH))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("critical and critical_path must not both be given"),
				 errdetail("A row is dated by one critical value."),
				 errhint("Use critical for the same value in all rows, "
						 "critical_path for a value a row.")));
	if (!critical.isnull)
		rule->critical = critical.value;
	if (!PG_ARGISNULL(ARG_CRITICAL_PATH))
		rule->critical_path =
			SeriesViewOf(PG_GETARG_DATUM(ARG_CRITICAL_PATH));
}

/*
 * The rule of a call over a series, whose later arguments may be missing.
 */
static DatingRule
dating_rule_args(FunctionCallInfo fcinfo)
{
	ParameterReader reader[DATING_PARAMETERS];
	Parameter	parameter[DATING_PARAMETERS] = {{0}};
	const int	count = Min(PG_NARGS() - 1, DATING_PARAMETERS);
	Parameter	terms;
	DatingRule	rule;
	int			i;

	dating_readers(reader);
	for (i = 0; i < count; i++)
		parameter[i] = reader[i] (fcinfo, 1 + i);
	if (PG_NARGS() < DATING_ARGS)
		return dating_rule(parameter, count, NULL);
	terms = AdfRuleReaders[RULE_TERMS] (fcinfo, ARG_DETERMINISTIC);
	rule = dating_rule(parameter, count, &terms);
	own_critical_values(fcinfo, &rule);
	return rule;
}

/* ---- critical values ---- */

/*
 * Of each row of the path the value that "given" has at its time, NaN where
 * it has none; NULL if no row has one.  Of rows at the same time the first
 * one has the first value.
 */
static double *
values_at_times(const AdfSample *sample, const SeriesView *view,
				const SeriesView *given)
{
	const int64 *at = view->at + sample->min_window - 1;
	double	   *value = MemoryContextAllocHuge(CurrentMemoryContext,
											   sample->ends * sizeof(double));
	bool		found = false;
	int64		next = 0;
	int64		i;

	if (given->kind != view->kind)
		MixedKindsError("call");
	for (i = 0; i < sample->ends; i++)
	{
		CHECK_FOR_INTERRUPTS();
		while (next < given->length && given->at[next] < at[i])
		{
			CHECK_FOR_INTERRUPTS();
			next++;
		}
		value[i] = NAN;
		if (next < given->length && given->at[next] == at[i])
		{
			value[i] = given->value[next++];
			found = true;
		}
	}
	return found ? value : NULL;
}

static double *
same_value(const AdfSample *sample, double critical)
{
	double	   *value = MemoryContextAllocHuge(CurrentMemoryContext,
											   sample->ends * sizeof(double));
	int64		i;

	for (i = 0; i < sample->ends; i++)
	{
		CHECK_FOR_INTERRUPTS();
		value[i] = critical;
	}
	return value;
}

/*
 * What the rows of the path are compared with; NULL if that is not known.
 */
static double *
critical_values(const AdfSample *sample, const SeriesView *view,
				const DatingRule *rule)
{
	if (rule->critical_path.length > 0)
		return values_at_times(sample, view, &rule->critical_path);
	if (!isnan(rule->critical))
		return same_value(sample, rule->critical);
	return SurfacePath(sample, rule->level);
}

/* ---- episodes ---- */

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
		return DateOfStored(at, kind);
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
 * All episodes in the order of time; NULL if the sample is too short, or
 * without critical values for it.
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
	critical = critical_values(&sample, view, rule);
	if (critical == NULL)
		PG_RETURN_NULL();
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
	DatingRule	rule;
	SeriesView	view;

	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	rule = dating_rule_args(fcinfo);
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
	rule = dating_rule(state->parameter, state->count, NULL);
	view = ParameterSeriesView(state);
	return list_episodes(fcinfo, &view, &rule);
}

/* ---- explosive_test ---- */

/*
 * A statistic of the sample, its critical values and its p value, which are
 * so many columns; NULL what there is not.
 */
static void
test_columns(const AdfSample *sample, SupStatistic tested, int64 min_window,
			 double statistic, Datum *value, bool *isnull)
{
	static const double level[TESTED_LEVELS] = {0.90, 0.95, 0.99};
	double		quantile[SURFACE_LEVELS];
	const bool	known = SupQuantiles(tested, sample, sample->series.length,
									 min_window, quantile);
	int			i;

	memset(isnull, true, (2 + TESTED_LEVELS) * sizeof(bool));
	if (!isnan(statistic))
	{
		isnull[0] = false;
		value[0] = Float8GetDatum(statistic);
	}
	if (!known)
		return;
	for (i = 1; i <= TESTED_LEVELS; i++)
	{
		isnull[i] = false;
		value[i] =
			Float8GetDatum(SurfaceCriticalValue(quantile, level[i - 1]));
	}
	if (isnan(statistic))
		return;
	isnull[1 + TESTED_LEVELS] = false;
	value[1 + TESTED_LEVELS] =
		Float8GetDatum(SurfacePValue(quantile, statistic));
}

/*
 * All columns but the first.
 */
static void
all_columns(AdfSample *sample, Datum *values, bool *nulls)
{
	const int	step = 2 + TESTED_LEVELS;

	values[1] = Int64GetDatum(sample->min_window);
	values[2] = Int64GetDatum(sample->lags);
	/* The whole sample is one window. */
	test_columns(sample, SUP_BSADF, sample->series.length,
				 AdfOfSample(sample), values + 3, nulls + 3);
	test_columns(sample, SUP_SADF, sample->min_window,
				 AdfPathMaximum(sample, AdfForwardPath(sample)),
				 values + 3 + step, nulls + 3 + step);
	test_columns(sample, SUP_GSADF, sample->min_window,
				 AdfPathMaximum(sample, AdfBackwardPath(sample)),
				 values + 3 + 2 * step, nulls + 3 + 2 * step);
}

/*
 * A sample without a window has observations and nothing else.
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
