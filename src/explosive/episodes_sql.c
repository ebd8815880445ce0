/*
 * episodes_sql.c - SQL function explosive_episodes
 *
 * It compares the BSADF path with its critical values.
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
#include "funcapi.h"
#include "miscadmin.h"
#include "utils/memutils.h"

#include "explosive/critical_state.h"
#include "explosive/dating.h"
#include "explosive/path_state.h"
#include "foundation/arguments.h"
#include "foundation/array.h"
#include "foundation/result_row.h"
#include "series/series_state.h"

#define EPISODE_COLUMNS 5

PG_FUNCTION_INFO_V1(bubble_explosive_episodes);
PG_FUNCTION_INFO_V1(bubble_explosive_episodes_finalfn);

/* ---- parameters ---- */

#define MIN_DURATION_PARAMETER \
	{"min_duration", PARAMETER_COUNT, .optional = true, .least = 1, \
	 .most = INFINITY, \
	 .hint = "Use a number of observations, or NULL for the natural " \
	 "logarithm of their number."}

static const ParameterDef row_defs[] = {
	MIN_WINDOW_PARAMETER, LAGS_PARAMETER, LEVEL_PARAMETER,
	MIN_DURATION_PARAMETER
};
static const ParameterTable row_parameters = PARAMETER_TABLE(row_defs);

/* After them comes critical_path, a series. */
static const ParameterDef series_defs[] = {
	MIN_WINDOW_PARAMETER, LAGS_OR_NULL_PARAMETER, LEVEL_PARAMETER,
	MIN_DURATION_PARAMETER, MAX_LAGS_PARAMETER, CRITERION_PARAMETER,
	DETERMINISTIC_PARAMETER,
	{"critical", PARAMETER_NUMBER, .optional = true,
	.hint = "Use NULL for the critical values of the response surface."}
};
static const ParameterTable series_parameters = PARAMETER_TABLE(series_defs);

#define ARG_CRITICAL_PATH (1 + (int) lengthof(series_defs))

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

static DatingRule
dating_rule(const ParameterValue *parameter, const ParameterTable *table)
{
	DatingRule	rule = {
		.adf = AdfRuleOf(parameter, table),
		.level = NumberNamed(parameter, table, "level", DEFAULT_LEVEL),
		.min_duration = CountNamed(parameter, table, "min_duration", 0),
		.critical = NAN
	};

	return rule;
}

/*
 * The caller's own critical values, if any.
 */
static void
own_critical_values(FunctionCallInfo fcinfo, const ParameterValue *critical,
					DatingRule *rule)
{
	const bool	path_given = PG_NARGS() > ARG_CRITICAL_PATH &&
		!PG_ARGISNULL(ARG_CRITICAL_PATH);

	if (critical->given && path_given)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("\"critical\" and \"critical_path\" must not both be "
						"given"),
				 errdetail("A row is dated by one critical value."),
				 errhint("Use critical for the same value in all rows, "
						 "critical_path for a value a row.")));
	if (critical->given)
		rule->critical = critical->u.number;
	if (path_given)
		rule->critical_path =
			SeriesViewOf(PG_GETARG_DATUM(ARG_CRITICAL_PATH));
}

/*
 * The rule of a call over a series.
 */
static DatingRule
dating_rule_args(FunctionCallInfo fcinfo)
{
	const ParameterValue *parameter =
		ReadParameters(fcinfo, 1, &series_parameters, TIME_IS_DATE);
	DatingRule	rule = dating_rule(parameter, &series_parameters);

	own_critical_values(fcinfo, &parameter[series_parameters.count - 1],
						&rule);
	return rule;
}

/* ---- critical values ---- */

/*
 * For each row of the path the value that "given" has at its time, NaN where
 * it has none; NULL if no row has one.  Among rows at the same time the first
 * gets the first value.
 */
static double *
values_at_times(const AdfSample *sample, const SeriesView *view,
				const SeriesView *given)
{
	const int64 *at = view->at + sample->min_window - 1;
	double	   *value = AllocateNumbers(sample->ends);
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
	double	   *value = AllocateNumbers(sample->ends);
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

	values[0] = ResultTime(rowtype, 0, view->at[start], view->kind);
	values[1] = ResultTime(rowtype, 1, view->at[peak], view->kind);
	values[2] = (Datum) 0;
	nulls[2] = end == view->length - 1;
	if (!nulls[2])
		values[2] = ResultTime(rowtype, 2, view->at[end], view->kind);
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

static void
check_rule(const ParameterValue *parameter)
{
	(void) AdfRuleOf(parameter, &row_parameters);
}

#define AGGREGATE explosive_episodes
#define AGGREGATE_PARAMETERS row_parameters
#define AGGREGATE_CHECK check_rule
#include "series/series_aggregate.h"

Datum
bubble_explosive_episodes_finalfn(PG_FUNCTION_ARGS)
{
	const KeptSeries *state = FilledKeptSeries(fcinfo);
	SeriesView	view;
	DatingRule	rule;

	if (state == NULL)
		PG_RETURN_NULL();
	rule = dating_rule(state->head.parameter, &row_parameters);
	view = KeptSeriesView(state);
	return list_episodes(fcinfo, &view, &rule);
}
