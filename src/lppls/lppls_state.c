/*
 * lppls_state.c - log-periodic power laws of stored series
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "postgres.h"

#include <math.h>

#include <gsl/gsl_cdf.h>

#include "miscadmin.h"
#include "utils/memutils.h"

#include "drawdown/prices_state.h"
#include "foundation/result_row.h"
#include "lppls/lppls_state.h"

/* The share of the rows within which the critical time is looked for. */
#define HORIZON_SHARE 0.2

/* ---- what is asked for ---- */

static void
check_order(double least, double most, const char *what)
{
	if (least > most)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("\"min_%s\" must not exceed \"max_%s\"", what, what),
				 errdetail("The bounds are %.15g and %.15g.", least, most),
				 errhint("Use the smaller one first.")));
}

LpplsRule
LpplsRuleOf(const ParameterValue *parameter, const ParameterTable *table)
{
	const double level = NumberNamed(parameter, table, "level", 0.95);
	LpplsRule	rule = {
		.horizon = CountNamed(parameter, table, "horizon", 0),
		.least.exponent = NumberNamed(parameter, table, "min_exponent", 0.0),
		.most.exponent = NumberNamed(parameter, table, "max_exponent", 2.0),
		.least.frequency = NumberNamed(parameter, table, "min_frequency",
									   1.0),
		.most.frequency = NumberNamed(parameter, table, "max_frequency",
									  50.0),
		.interval.chi_square = gsl_cdf_chisq_Pinv(level, 1.0),
		.interval.autocorrelated = true
	};

	check_order(rule.least.exponent, rule.most.exponent, "exponent");
	check_order(rule.least.frequency, rule.most.frequency, "frequency");
	return rule;
}

/* ---- fits ---- */

/*
 * The logarithms of prices; that of 0 is infinite.
 */
double *
LpplsLevels(const SeriesView *view)
{
	double	   *level;
	int64		i;

	(void) CheckPrices(view);
	level = MemoryContextAllocHuge(CurrentMemoryContext,
								   view->length * sizeof(double));
	for (i = 0; i < view->length; i++)
	{
		CHECK_FOR_INTERRUPTS();
		level[i] = log(view->value[i]);
	}
	return level;
}

static LpplsBox
box_of(const LpplsRule *rule, int64 rows)
{
	LpplsBox	box = {rule->least, rule->most};

	box.least.ahead = 1.0;
	box.most.ahead = rule->horizon > 0 ? (double) rule->horizon :
		HORIZON_SHARE * (rows - 1);
	return box;
}

/*
 * Has every price a logarithm?
 */
static bool
all_finite(const double *level, int64 rows)
{
	int64		i;

	for (i = 0; i < rows; i++)
		if (isinf(level[i]))
			return false;
	return true;
}

/*
 * The fit of so many logarithms; false if there is none: too few or too many
 * rows, a price of 0, or rows that any critical time fits.
 */
bool
LpplsFitLevels(const double *level, int64 rows, const LpplsRule *rule,
			   bool with_interval, LpplsFit *fit)
{
	LpplsBox	box;
	LpplsWork	work;
	double	   *space;

	if (rows < LPPLS_LEAST_ROWS || rows > LPPLS_MOST_ROWS ||
		!all_finite(level, rows) || LpplsIsStraight(level, rows))
		return false;
	CHECK_FOR_INTERRUPTS();
	box = box_of(rule, rows);
	space = MemoryContextAllocHuge(CurrentMemoryContext,
								   LpplsWorkSize(rows, &box) * sizeof(double));
	LpplsWorkInit(&work, space, level, rows, &box);
	CHECK_FOR_INTERRUPTS();
	*fit = LpplsFitOf(&work, with_interval ? &rule->interval : NULL);
	pfree(space);
	return true;
}

/* ---- rows ---- */

typedef enum FitColumn
{
	COLUMN_OBSERVATIONS,
	COLUMN_CRITICAL_AT,
	COLUMN_EXPONENT,
	COLUMN_FREQUENCY,
	COLUMN_A,
	COLUMN_B,
	COLUMN_C1,
	COLUMN_C2,
	COLUMN_SSE,
	COLUMN_DAMPING,
	COLUMN_OSCILLATIONS,
	COLUMN_RELATIVE_ERROR,
	COLUMN_ON_BOUND,
	COLUMN_CRITICAL_LOW,
	COLUMN_CRITICAL_HIGH,
	COLUMN_ROWS_AHEAD
} FitColumn;

typedef struct FitRow
{
	TupleDesc	rowtype;
	const SeriesView *view;
	Datum	   *value;
	bool	   *isnull;
} FitRow;

static void
put_number(FitRow *row, FitColumn column, double number)
{
	row->isnull[column] = !isfinite(number);
	row->value[column] = Float8GetDatum(row->isnull[column] ? 0.0 : number);
}

/*
 * So many rows after the last one, at the mean distance of the fitted rows; of
 * dates the nearest day.  A time outside of the calendar is NULL.
 */
static void
put_time(FitRow *row, FitColumn column, double ahead, int64 observations)
{
	const SeriesView *view = row->view;
	const int64 last = view->at[view->length - 1];
	const int64 first = view->at[view->length - observations];
	double		at = (double) last + ahead * ((double) last - (double) first) /
		(observations - 1);

	row->isnull[column] = true;
	row->value[column] = (Datum) 0;
	if (view->kind == TIME_IS_DATE)
		at = rint(at / USECS_PER_DAY) * USECS_PER_DAY;
	if (!(at >= (double) MIN_TIMESTAMP && at < (double) END_TIMESTAMP))
		return;
	row->isnull[column] = false;
	row->value[column] = ResultTime(row->rowtype, column, (int64) at,
									view->kind);
}

/*
 * The row of a fit; of all rows of the view without one.
 */
void
LpplsFillRow(TupleDesc rowtype, const SeriesView *view, const LpplsFit *fit,
			 Datum *value, bool *isnull)
{
	FitRow		row = {rowtype, view, value, isnull};

	if (rowtype->natts != LPPLS_FIT_COLUMNS)
		elog(ERROR, "return type must be a fit");
	memset(value, 0, LPPLS_FIT_COLUMNS * sizeof(Datum));
	memset(isnull, true, LPPLS_FIT_COLUMNS * sizeof(bool));
	isnull[COLUMN_OBSERVATIONS] = false;
	if (fit == NULL)
	{
		value[COLUMN_OBSERVATIONS] = Int64GetDatum(view->length);
		return;
	}
	value[COLUMN_OBSERVATIONS] = Int64GetDatum(fit->observations);
	put_time(&row, COLUMN_CRITICAL_AT, fit->point.ahead, fit->observations);
	put_number(&row, COLUMN_EXPONENT, fit->point.exponent);
	put_number(&row, COLUMN_FREQUENCY, fit->point.frequency);
	put_number(&row, COLUMN_A, fit->a);
	put_number(&row, COLUMN_B, fit->b);
	put_number(&row, COLUMN_C1, fit->c1);
	put_number(&row, COLUMN_C2, fit->c2);
	put_number(&row, COLUMN_SSE, fit->sse);
	put_number(&row, COLUMN_DAMPING, fit->damping);
	put_number(&row, COLUMN_OSCILLATIONS, fit->oscillations);
	put_number(&row, COLUMN_RELATIVE_ERROR, fit->relative_error);
	value[COLUMN_ON_BOUND] = BoolGetDatum(fit->on_bound);
	isnull[COLUMN_ON_BOUND] = false;
	if (!isnan(fit->low))
		put_time(&row, COLUMN_CRITICAL_LOW, fit->low, fit->observations);
	if (!isnan(fit->high))
		put_time(&row, COLUMN_CRITICAL_HIGH, fit->high, fit->observations);
	put_number(&row, COLUMN_ROWS_AHEAD, fit->point.ahead);
}
