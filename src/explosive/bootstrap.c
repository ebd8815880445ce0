/*
 * bootstrap.c - critical values from the sample itself
 *
 * The response surface is made for shocks that are all alike.  Where their
 * variance changes, the sup tests find bubbles that are not there.  A wild
 * bootstrap keeps the variance where it is: it makes series without a bubble
 * whose shock at each time is that of the sample times N(0,1), drawn anew for
 * every time, and takes the statistics of those.
 *
 *	harvey			y*(t) = y*(t-1) + w(t) dy(t)
 *	phillips_shi	dy*(t) = c1 dy*(t-1) + ... + ck dy*(t-k) + w(t) e(l), with
 *					c and e from a regression of dy on a constant and k of its
 *					lags, and l drawn from all rows
 *
 * With "control" the latter takes series of min_window + control - 1 levels:
 * statistics of the last so many rows are then compared with the largest of
 * so many, whatever the length of the sample.
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

#include <gsl/gsl_multifit.h>
#include <gsl/gsl_randist.h>
#include <gsl/gsl_sort_double.h>
#include <gsl/gsl_statistics_double.h>

#include "access/htup_details.h"
#include "funcapi.h"
#include "utils/memutils.h"

#include "explosive/replicate.h"
#include "foundation/arguments.h"
#include "foundation/gsl_boundary.h"
#include "foundation/progress.h"
#include "foundation/result_row.h"

#define BOOTSTRAP_PARAMETERS 6
#define DEFAULT_REPLICATIONS 999
#define MOST_REPLICATIONS 10000000
#define MOST_SEED (INT64CONST(1) << 53)

/* The columns of a statistic: itself, its critical values, its p value. */
#define TESTED_LEVELS 3
#define STATISTIC_COLUMNS (2 + TESTED_LEVELS)
#define RESULT_COLUMNS (4 + 2 * STATISTIC_COLUMNS)

typedef enum BootstrapMethod
{
	METHOD_HARVEY,
	METHOD_PHILLIPS_SHI
} BootstrapMethod;

static const char *const method_names[] = {"harvey", "phillips_shi"};

typedef struct BootstrapRule
{
	AdfRule		adf;
	int64		replications;
	int64		seed;
	BootstrapMethod method;
	int64		control;		/* 0 for the whole sample */
} BootstrapRule;

PG_FUNCTION_INFO_V1(bubble_explosive_bootstrap);
PG_FUNCTION_INFO_V1(bubble_bootstrap_date_transfn);
PG_FUNCTION_INFO_V1(bubble_bootstrap_timestamptz_transfn);
PG_FUNCTION_INFO_V1(bubble_explosive_bootstrap_finalfn);

/* ---- parameters ---- */

static Parameter
replications_arg(FunctionCallInfo fcinfo, int argno)
{
	Parameter	replications = {"replications", false, 0.0};

	if (PG_ARGISNULL(argno))
		NullParameterError(replications.name);
	replications.value = CountArg(fcinfo, argno);
	if (replications.value < 1.0 || replications.value > MOST_REPLICATIONS)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("replications must be from 1 to %d",
						MOST_REPLICATIONS),
				 errdetail("The number of replications is %.0f.",
						   replications.value),
				 errhint("The default of %d gives p values in steps of "
						 "0.001.", DEFAULT_REPLICATIONS)));
	return replications;
}

static Parameter
seed_arg(FunctionCallInfo fcinfo, int argno)
{
	Parameter	seed = {"seed", false, 0.0};
	int64		value;

	if (PG_ARGISNULL(argno))
		NullParameterError(seed.name);
	value = PG_GETARG_INT64(argno);
	if (value < -MOST_SEED || value > MOST_SEED)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("seed must be from -2^53 to 2^53"),
				 errdetail("The seed is " INT64_FORMAT ".", value),
				 errhint("Any small number serves.")));
	seed.value = value;
	return seed;
}

static Parameter
method_arg(FunctionCallInfo fcinfo, int argno)
{
	Parameter	method = {"method", false, 0.0};

	method.value = NameArg(fcinfo, argno, method.name, method_names,
						   lengthof(method_names));
	return method;
}

static Parameter
control_arg(FunctionCallInfo fcinfo, int argno)
{
	Parameter	control = {"control", PG_ARGISNULL(argno), 0.0};

	if (control.isnull)
		return control;
	control.value = CountArg(fcinfo, argno);
	if (control.value < 1.0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("control must be at least 1"),
				 errdetail("The control is %.0f.", control.value),
				 errhint("Use the number of last rows to be tested, or NULL "
						 "for the whole sample.")));
	return control;
}

static void
bootstrap_readers(ParameterReader *reader)
{
	reader[0] = AdfRuleReaders[0];
	reader[1] = AdfRuleReaders[1];
	reader[2] = replications_arg;
	reader[3] = seed_arg;
	reader[4] = method_arg;
	reader[5] = control_arg;
}

static BootstrapRule
bootstrap_rule(const Parameter *parameter, int count)
{
	BootstrapRule rule = {.replications = DEFAULT_REPLICATIONS, .seed = 1};

	rule.adf = AdfRuleOf(parameter, Min(count, 2), RULE_WITH_WINDOW);
	if (count > 2)
		rule.replications = parameter[2].value;
	if (count > 3)
		rule.seed = parameter[3].value;
	if (count > 4)
		rule.method = (BootstrapMethod) parameter[4].value;
	if (count > 5)
		rule.control = parameter[5].value;
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

/* ---- series without a bubble ---- */

/*
 * Shocks of the sample, one for each of "count" times, and the regression
 * they come from, which has no coefficients with the method harvey.
 */
typedef struct NullModel
{
	int64		count;
	const double *shock;
	int			lags;
	const double *coefficient;	/* of the lagged changes */
	const double *change;		/* of the first lags times */
	int64		length;			/* of a series to be made */
} NullModel;

static double *
changes_of(const SeriesView *view)
{
	double	   *change = MemoryContextAllocHuge(CurrentMemoryContext,
												(view->length - 1) *
												sizeof(double));
	int64		t;

	for (t = 1; t < view->length; t++)
		change[t - 1] = CheckResult(view->value[t] - view->value[t - 1]);
	return change;
}

static void
free_fit(void *fit)
{
	gsl_multifit_linear_free(fit);
}

/*
 * Residuals that are no more than the rounding of the changes are none.
 */
static void
drop_rounding(double *shock, int64 rows, const double *change, int64 count)
{
	double		largest = 0.0;
	int64		t;

	for (t = 0; t < count; t++)
		largest = fmax(largest, fabs(change[t]));
	for (t = 0; t < rows; t++)
		if (fabs(shock[t]) <= 64.0 * DBL_EPSILON * largest)
			shock[t] = 0.0;
}

/*
 * Regress changes on a constant and their lags; the residuals are shocks.
 * Singular values that are next to nothing are left out, so that constant or
 * alternating changes do no harm.
 */
static void
fit_null(NullModel *model, const double *change, int64 count)
{
	const int64 rows = count - model->lags;
	const int	columns = model->lags + 1;
	gsl_matrix_view x = gsl_matrix_view_array(
		MemoryContextAllocHuge(CurrentMemoryContext,
							   rows * columns * sizeof(double)),
		rows, columns);
	gsl_vector_const_view y =
		gsl_vector_const_view_array(change + model->lags, rows);
	gsl_vector_view beta =
		gsl_vector_view_array(palloc(columns * sizeof(double)), columns);
	gsl_vector_view shock =
		gsl_vector_view_array(MemoryContextAllocHuge(CurrentMemoryContext,
													 rows * sizeof(double)),
							  rows);
	gsl_matrix_view covariance =
		gsl_matrix_view_array(palloc(columns * columns * sizeof(double)),
							  columns, columns);
	gsl_multifit_linear_workspace *fit =
		KeepGslObject(gsl_multifit_linear_alloc(rows, columns), free_fit);
	double		rss;
	int64		t;
	int			i;

	for (t = 0; t < rows; t++)
	{
		gsl_matrix_set(&x.matrix, t, 0, 1.0);
		for (i = 1; i < columns; i++)
			gsl_matrix_set(&x.matrix, t, i, change[t + model->lags - i]);
	}
	CheckGsl(gsl_multifit_linear(&x.matrix, &y.vector, &beta.vector,
								 &covariance.matrix, &rss, fit),
			 "an autoregression");
	CheckGsl(gsl_multifit_linear_residuals(&x.matrix, &y.vector, &beta.vector,
										   &shock.vector),
			 "an autoregression");
	drop_rounding(shock.vector.data, rows, change, count);
	model->count = rows;
	model->shock = shock.vector.data;
	model->coefficient = beta.vector.data + 1;
}

static NullModel
null_model(const SeriesView *view, const BootstrapRule *rule,
		   const AdfSample *sample)
{
	NullModel	model = {.length = view->length};

	model.change = changes_of(view);
	model.count = view->length - 1;
	model.shock = model.change;
	if (rule->method == METHOD_HARVEY)
		return model;
	model.lags = sample->lags;
	fit_null(&model, model.change, model.count);
	if (rule->control > 0)
		model.length = sample->min_window + rule->control - 1;
	return model;
}

static void
harvey_series(void *of, gsl_rng *generator, double *level)
{
	const NullModel *model = of;
	int64		t;

	level[0] = 0.0;
	for (t = 1; t < model->length; t++)
		level[t] = level[t - 1] +
			gsl_ran_gaussian_ziggurat(generator, 1.0) * model->shock[t - 1];
}

static void
phillips_shi_series(void *of, gsl_rng *generator, double *level)
{
	const NullModel *model = of;
	int64		t;
	int			i;

	level[0] = 0.0;
	for (t = 1; t <= model->lags; t++)
		level[t] = level[t - 1] + model->change[t - 1];
	for (; t < model->length; t++)
	{
		double		weight = gsl_ran_gaussian_ziggurat(generator, 1.0);
		double		change = weight *
			model->shock[gsl_rng_uniform_int(generator, model->count)];

		for (i = 1; i <= model->lags; i++)
			change += model->coefficient[i - 1] *
				(level[t - i] - level[t - i - 1]);
		level[t] = CheckResult(level[t - 1] + change);
	}
}

/* ---- the result ---- */

/*
 * The largest statistics of many replications, each sorted.
 */
typedef struct Draws
{
	int64		count;
	double	   *sadf;
	double	   *gsadf;
} Draws;

static Draws
draw_all(NullModel *model, const BootstrapRule *rule, const AdfSample *sample)
{
	Replicator	replicator = {
		.make = rule->method == METHOD_HARVEY ?
			harvey_series : phillips_shi_series,
		.of = model, .length = model->length, .rule = rule->adf,
		.seed = rule->seed
	};
	Progress	progress = StartProgress("explosive_bootstrap",
										 rule->replications);
	Draws		draws = {.count = rule->replications};
	int64		i;

	replicator.rule.min_window = sample->min_window;
	ReplicatorInit(&replicator);
	draws.sadf = palloc(draws.count * sizeof(double));
	draws.gsadf = palloc(draws.count * sizeof(double));
	for (i = 0; i < draws.count; i++)
	{
		SupDraw		draw = Replicate(&replicator, i);

		draws.sadf[i] = draw.sadf;
		draws.gsadf[i] = draw.gsadf;
		TellProgress(&progress, i + 1);
	}
	gsl_sort(draws.sadf, 1, draws.count);
	gsl_sort(draws.gsadf, 1, draws.count);
	return draws;
}

/*
 * How many of the sorted draws are at least the statistic?
 */
static int64
count_at_least(const double *draw, int64 count, double statistic)
{
	int64		less = 0;
	int64		step = count;

	while (less < step)
	{
		int64		middle = less + (step - less) / 2;

		if (draw[middle] < statistic)
			less = middle + 1;
		else
			step = middle;
	}
	return count - less;
}

/*
 * A statistic with its critical values and its p value, in which the sample
 * counts as one more draw; NULL for what there is not.
 */
static void
put_statistic(double statistic, const double *draw, int64 count,
			  Datum *value, bool *isnull)
{
	static const double level[TESTED_LEVELS] = {0.90, 0.95, 0.99};
	double		critical;
	int			i;

	value[0] = value[1 + TESTED_LEVELS] = Float8GetDatum(0.0);
	isnull[0] = isnull[1 + TESTED_LEVELS] = isnan(statistic);
	for (i = 0; i < TESTED_LEVELS; i++)
	{
		critical = gsl_stats_quantile_from_sorted_data(draw, 1, count,
													   level[i]);
		isnull[1 + i] = !isfinite(critical);
		value[1 + i] = Float8GetDatum(isnull[1 + i] ? 0.0 : critical);
	}
	if (isnan(statistic))
		return;
	value[0] = Float8GetDatum(statistic);
	value[1 + TESTED_LEVELS] =
		Float8GetDatum((1.0 + count_at_least(draw, count, statistic)) /
					   (1.0 + count));
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

static Datum
bootstrap_sample(FunctionCallInfo fcinfo, const SeriesView *view,
				 const BootstrapRule *rule)
{
	AdfSample	sample;
	NullModel	model;
	Draws		draws;
	Datum		values[RESULT_COLUMNS];
	bool		nulls[RESULT_COLUMNS] = {false};
	int64		tested;

	if (!AdfSampleInit(&sample, view->value, view->length, &rule->adf))
		PG_RETURN_NULL();
	tested = rule->control > 0 ? rule->control : sample.ends;
	model = null_model(view, rule, &sample);
	draws = draw_all(&model, rule, &sample);
	values[0] = Int64GetDatum(view->length);
	values[1] = Int64GetDatum(sample.min_window);
	values[2] = Int32GetDatum(sample.lags);
	values[3] = Int32GetDatum((int32) draws.count);
	put_statistic(maximum_of_last(&sample, AdfForwardPath(&sample), tested),
				  draws.sadf, draws.count, values + 4, nulls + 4);
	put_statistic(maximum_of_last(&sample, AdfBackwardPath(&sample), tested),
				  draws.gsadf, draws.count, values + 4 + STATISTIC_COLUMNS,
				  nulls + 4 + STATISTIC_COLUMNS);
	AdfSampleFree(&sample);
	return HeapTupleGetDatum(heap_form_tuple(ResultRowType(fcinfo), values,
											 nulls));
}

/* ---- SQL functions ---- */

Datum
bubble_explosive_bootstrap(PG_FUNCTION_ARGS)
{
	ParameterReader reader[BOOTSTRAP_PARAMETERS];
	Parameter	parameter[BOOTSTRAP_PARAMETERS];
	BootstrapRule rule;
	SeriesView	view;
	int			i;

	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	bootstrap_readers(reader);
	for (i = 0; i < PG_NARGS() - 1; i++)
		parameter[i] = reader[i] (fcinfo, 1 + i);
	rule = bootstrap_rule(parameter, PG_NARGS() - 1);
	view = SeriesValuesOf(PG_GETARG_DATUM(0));
	return bootstrap_sample(fcinfo, &view, &rule);
}

static Datum
bootstrap_transfn(FunctionCallInfo fcinfo, TimeKind kind)
{
	ParameterReader reader[BOOTSTRAP_PARAMETERS];
	bool		is_first = PG_ARGISNULL(0);
	Datum		result;
	ParameterSeries *state;

	bootstrap_readers(reader);
	result = ParameterSeriesTransfn(fcinfo, kind, reader, PG_NARGS() - 3);
	state = (ParameterSeries *) DatumGetPointer(result);
	if (is_first)
		(void) bootstrap_rule(state->parameter, state->count);
	return result;
}

Datum
bubble_bootstrap_date_transfn(PG_FUNCTION_ARGS)
{
	return bootstrap_transfn(fcinfo, TIME_IS_DATE);
}

Datum
bubble_bootstrap_timestamptz_transfn(PG_FUNCTION_ARGS)
{
	return bootstrap_transfn(fcinfo, TIME_IS_TIMESTAMPTZ);
}

Datum
bubble_explosive_bootstrap_finalfn(PG_FUNCTION_ARGS)
{
	const ParameterSeries *state = FilledParameterSeries(fcinfo);
	SeriesView	view;
	BootstrapRule rule;

	if (state == NULL)
		PG_RETURN_NULL();
	rule = bootstrap_rule(state->parameter, state->count);
	view = ParameterSeriesView(state);
	return bootstrap_sample(fcinfo, &view, &rule);
}
