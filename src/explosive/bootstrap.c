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
 * explosive_bootstrap_path() asks of each row by itself what the BSADF
 * statistic of that row is in series without a bubble, and gives the quantile
 * at "level" as a series, by which explosive_episodes() can date.  Of all
 * replications only the largest statistics of a row, those from the quantile
 * on, are kept, in a heap for each row with the smallest of them at its root:
 *
 *	 row	[0] [1] ... [kept - 1]	[0] [1] ... [kept - 1]	...
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
#include "miscadmin.h"
#include "utils/memutils.h"

#include "explosive/critical.h"
#include "explosive/replicate.h"
#include "foundation/arguments.h"
#include "foundation/gsl_boundary.h"
#include "foundation/progress.h"
#include "foundation/result_row.h"
#include "foundation/tall_qr.h"

/* Those of the aggregates; the function over a series has one more. */
#define BOOTSTRAP_PARAMETERS 6
#define ARG_DETERMINISTIC (1 + BOOTSTRAP_PARAMETERS)
#define DEFAULT_REPLICATIONS 999
#define MOST_REPLICATIONS 100000

/* Statistics that a path of critical values keeps: 128 MB. */
#define MOST_KEPT (INT64CONST(1) << 24)
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
PG_FUNCTION_INFO_V1(bubble_explosive_bootstrap_path);

/* ---- parameters ---- */

static Parameter
replications_arg(FunctionCallInfo fcinfo, int argno)
{
	Parameter	replications = {"replications", false, 0.0};

	if (PG_ARGISNULL(argno))
		NullParameterError(replications.name);
	replications.value = CountArg(fcinfo, argno);
	if (replications.value < 1.0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("replications must be at least 1"),
				 errdetail("The number of replications is %.0f.",
						   replications.value),
				 errhint("The default of %d gives p values in steps of "
						 "0.001.", DEFAULT_REPLICATIONS)));
	CheckMost(replications.value, MOST_REPLICATIONS, replications.name,
			  "The default of 999 gives p values in steps of 0.001.");
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
	CheckMost(control.value, MOST_MADE_OBSERVATIONS, control.name,
			  "Use the number of last rows to be tested, or NULL for the "
			  "whole sample.");
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
bootstrap_rule(const Parameter *parameter, int count, const Parameter *terms)
{
	BootstrapRule rule = {.replications = DEFAULT_REPLICATIONS, .seed = 1};

	rule.adf = AdfRuleWithTerms(parameter, Min(count, 2), terms);
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
	{
		CHECK_FOR_INTERRUPTS();
		change[t - 1] = CheckResult(view->value[t] - view->value[t - 1]);
	}
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
	{
		CHECK_FOR_INTERRUPTS();
		largest = fmax(largest, fabs(change[t]));
	}
	for (t = 0; t < rows; t++)
		if (fabs(shock[t]) <= 64.0 * DBL_EPSILON * largest)
			shock[t] = 0.0;
}

/*
 * The triangle of a constant, "lags" changes before each one and the change
 * itself, lags + 2 columns.  Its lines have the same regression as the rows.
 */
static double *
triangle_of_changes(const double *change, int64 count, int lags)
{
	TallQr		qr;
	int64		t;
	int			i;

	TallQrInit(&qr, lags + 2);
	for (t = lags; t < count; t++)
	{
		double	   *row = TallQrAdd(&qr);

		row[0] = 1.0;
		for (i = 1; i <= lags; i++)
			row[i] = change[t - i];
		row[lags + 1] = change[t];
	}
	(void) TallQrTriangle(&qr);
	return qr.row;
}

/*
 * The coefficients of changes on a constant and their lags, lags + 1 of them.
 * Singular values that are next to nothing are left out, so that constant or
 * alternating changes do no harm.
 */
static const double *
autoregression(const double *change, int64 count, int lags)
{
	const int	columns = lags + 1;
	gsl_matrix_view triangle =
		gsl_matrix_view_array(triangle_of_changes(change, count, lags),
							  columns + 1, columns + 1);
	gsl_matrix_view x = gsl_matrix_submatrix(&triangle.matrix, 0, 0,
											 columns + 1, columns);
	gsl_vector_view y = gsl_matrix_column(&triangle.matrix, columns);
	gsl_vector_view beta =
		gsl_vector_view_array(palloc(columns * sizeof(double)), columns);
	gsl_matrix_view covariance =
		gsl_matrix_view_array(palloc(columns * columns * sizeof(double)),
							  columns, columns);
	gsl_multifit_linear_workspace *fit =
		KeepGslObject(gsl_multifit_linear_alloc(columns + 1, columns),
					  free_fit);
	double		rss;

	CheckGsl(gsl_multifit_linear(&x.matrix, &y.vector, &beta.vector,
								 &covariance.matrix, &rss, fit),
			 "an autoregression");
	return beta.vector.data;
}

/*
 * Regress changes on a constant and their lags; the residuals are shocks.
 */
static void
fit_null(NullModel *model, const double *change, int64 count)
{
	const int64 rows = count - model->lags;
	const double *beta = autoregression(change, count, model->lags);
	double	   *shock = MemoryContextAllocHuge(CurrentMemoryContext,
											   rows * sizeof(double));
	int64		t;
	int			i;

	for (t = 0; t < rows; t++)
	{
		CHECK_FOR_INTERRUPTS();
		shock[t] = change[t + model->lags] - beta[0];
		for (i = 1; i <= model->lags; i++)
			shock[t] -= beta[i] * change[t + model->lags - i];
	}
	drop_rounding(shock, rows, change, count);
	model->count = rows;
	model->shock = shock;
	model->coefficient = beta + 1;
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
	{
		CHECK_FOR_INTERRUPTS();
		level[t] = level[t - 1] +
			gsl_ran_gaussian_ziggurat(generator, 1.0) * model->shock[t - 1];
	}
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

		CHECK_FOR_INTERRUPTS();
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

/*
 * Ready to make series as the rule has them, with windows as in the sample.
 */
static Replicator
replicator_for(NullModel *model, const BootstrapRule *rule,
			   const AdfSample *sample)
{
	Replicator	replicator = {
		.make = rule->method == METHOD_HARVEY ?
			harvey_series : phillips_shi_series,
		.of = model, .length = model->length, .rule = rule->adf,
		.seed = rule->seed
	};

	replicator.rule.min_window = sample->min_window;
	ReplicatorInit(&replicator);
	return replicator;
}

static Draws
draw_all(NullModel *model, const BootstrapRule *rule, const AdfSample *sample)
{
	Replicator	replicator = replicator_for(model, rule, sample);
	Progress	progress = StartProgress("explosive_bootstrap",
										 rule->replications);
	Draws		draws = {.count = rule->replications};
	int64		i;

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

/*
 * All columns but the first.
 */
static void
result_columns(AdfSample *sample, const SeriesView *view,
			   const BootstrapRule *rule, Datum *values, bool *nulls)
{
	int64		tested = rule->control > 0 ? rule->control : sample->ends;
	NullModel	model = null_model(view, rule, sample);
	Draws		draws = draw_all(&model, rule, sample);

	values[1] = Int64GetDatum(sample->min_window);
	values[2] = Int64GetDatum(sample->lags);
	values[3] = Int64GetDatum(draws.count);
	put_statistic(maximum_of_last(sample, AdfForwardPath(sample), tested),
				  draws.sadf, draws.count, values + 4, nulls + 4);
	put_statistic(maximum_of_last(sample, AdfBackwardPath(sample), tested),
				  draws.gsadf, draws.count, values + 4 + STATISTIC_COLUMNS,
				  nulls + 4 + STATISTIC_COLUMNS);
}

/*
 * A sample without a window has observations and nothing else.
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

/* ---- critical values, row by row ---- */

/*
 * The largest statistics of each row.
 */
typedef struct Tails
{
	int64		rows;
	int64		kept;			/* of each row, at least 1 */
	double	   *heap;
} Tails;

static void
check_kept(int64 kept, int64 rows)
{
	if (kept > MOST_KEPT / rows)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("too many replications for critical values of so many "
						"rows"),
				 errdetail("Of each of " INT64_FORMAT " rows " INT64_FORMAT
						   " statistics had to be kept, " INT64_FORMAT
						   " at most in all.", rows, kept, MOST_KEPT),
				 errhint("Use fewer replications, a higher level, or a "
						 "shorter series.")));
}

static void
tails_init(Tails *tails, int64 rows, int64 kept)
{
	int64		i;

	check_kept(kept, rows);
	tails->rows = rows;
	tails->kept = kept;
	tails->heap = palloc(rows * kept * sizeof(double));
	for (i = 0; i < rows * kept; i++)
		tails->heap[i] = -INFINITY;
}

/*
 * Put a value in the place of the smallest of a heap, if it is larger.
 */
static void
offer(double *heap, int64 kept, double value)
{
	int64		place = 0;
	int64		child;

	if (!(value > heap[0]))
		return;
	for (;;)
	{
		child = 2 * place + 1;
		if (child + 1 < kept && heap[child + 1] < heap[child])
			child++;
		if (child >= kept || heap[child] >= value)
			break;
		heap[place] = heap[child];
		place = child;
	}
	heap[place] = value;
}

/*
 * The quantile of a heap whose smallest value has that many values of the
 * draws below it; "share" is how far it is from the smallest to the next.
 */
static double
quantile_of(const double *heap, int64 kept, double share)
{
	double		next = heap[0];
	double		quantile;

	if (kept > 1)
		next = kept > 2 ? Min(heap[1], heap[2]) : heap[1];
	quantile = (1.0 - share) * heap[0] + share * next;
	return isfinite(quantile) ? quantile : NAN;
}

/*
 * The quantiles at "level" of all rows of the path, NaN where most series
 * have no statistic.
 */
static double *
bootstrap_quantiles(NullModel *model, const BootstrapRule *rule,
					const AdfSample *sample, double level)
{
	const double place = (rule->replications - 1) * level;
	Replicator	replicator = replicator_for(model, rule, sample);
	Progress	progress = StartProgress("explosive_bootstrap_path",
										 rule->replications);
	Tails		tails;
	double	   *quantile;
	int64		i;
	int64		end;

	tails_init(&tails, sample->ends, rule->replications - (int64) place);
	for (i = 0; i < rule->replications; i++)
	{
		const double *path = ReplicatePath(&replicator, i);

		CHECK_FOR_INTERRUPTS();
		for (end = 0; path != NULL && end < tails.rows; end++)
			offer(tails.heap + end * tails.kept, tails.kept, path[end]);
		TellProgress(&progress, i + 1);
	}
	quantile = palloc(tails.rows * sizeof(double));
	for (end = 0; end < tails.rows; end++)
	{
		CHECK_FOR_INTERRUPTS();
		quantile[end] = quantile_of(tails.heap + end * tails.kept, tails.kept,
									place - floor(place));
	}
	return quantile;
}

/* ---- SQL functions ---- */

/*
 * The rule of a call over a series, whose later arguments may be missing.
 */
static BootstrapRule
bootstrap_rule_args(FunctionCallInfo fcinfo)
{
	ParameterReader reader[BOOTSTRAP_PARAMETERS];
	Parameter	parameter[BOOTSTRAP_PARAMETERS] = {{0}};
	const int	count = Min(PG_NARGS() - 1, BOOTSTRAP_PARAMETERS);
	Parameter	terms;
	int			i;

	bootstrap_readers(reader);
	for (i = 0; i < count; i++)
		parameter[i] = reader[i] (fcinfo, 1 + i);
	if (PG_NARGS() <= ARG_DETERMINISTIC)
		return bootstrap_rule(parameter, count, NULL);
	terms = AdfRuleReaders[RULE_TERMS] (fcinfo, ARG_DETERMINISTIC);
	return bootstrap_rule(parameter, count, &terms);
}

Datum
bubble_explosive_bootstrap(PG_FUNCTION_ARGS)
{
	BootstrapRule rule;
	SeriesView	view;

	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	rule = bootstrap_rule_args(fcinfo);
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
		(void) bootstrap_rule(state->parameter, state->count, NULL);
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
	rule = bootstrap_rule(state->parameter, state->count, NULL);
	view = ParameterSeriesView(state);
	return bootstrap_sample(fcinfo, &view, &rule);
}

/*
 * The rule of explosive_bootstrap_path(series, min_window, lags, level,
 * replications, seed, method, deterministic).
 */
static BootstrapRule
path_rule_args(FunctionCallInfo fcinfo)
{
	ParameterReader reader[BOOTSTRAP_PARAMETERS];
	Parameter	parameter[BOOTSTRAP_PARAMETERS - 1] = {{0}};
	Parameter	terms = AdfRuleReaders[RULE_TERMS] (fcinfo, 7);
	int			i;

	bootstrap_readers(reader);
	for (i = 0; i < BOOTSTRAP_PARAMETERS - 1; i++)
		parameter[i] = reader[i] (fcinfo, i < 2 ? 1 + i : 2 + i);
	return bootstrap_rule(parameter, BOOTSTRAP_PARAMETERS - 1, &terms);
}

Datum
bubble_explosive_bootstrap_path(PG_FUNCTION_ARGS)
{
	BootstrapRule rule;
	SeriesView	view;
	AdfSample	sample;
	NullModel	model;
	StoredSeries *stored;
	double		level;

	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	if (PG_ARGISNULL(3))
		NullParameterError("level");
	level = CheckLevel(PG_GETARG_FLOAT8(3));
	rule = path_rule_args(fcinfo);
	view = SeriesViewOf(PG_GETARG_DATUM(0));
	if (!AdfSampleInit(&sample, view.value, view.length, &rule.adf))
		PG_RETURN_NULL();
	model = null_model(&view, &rule, &sample);
	stored = StoreAdfPath(&view, &sample,
						  bootstrap_quantiles(&model, &rule, &sample, level));
	if (stored == NULL)
		PG_RETURN_NULL();
	PG_RETURN_POINTER(stored);
}
