/*
 * ratios_sql.c - venture ratios of one company or one round
 *
 * A ratio without meaning is NULL: a runway without burn, a multiple of no
 * revenue.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "postgres.h"

#include "utils/fmgrprotos.h"

#include "foundation/arguments.h"
#include "foundation/compat.h"
#include "foundation/timeline.h"

PG_FUNCTION_INFO_V1(bubble_step_up);
PG_FUNCTION_INFO_V1(bubble_value_velocity);
PG_FUNCTION_INFO_V1(bubble_runway_months);
PG_FUNCTION_INFO_V1(bubble_burn_multiple);
PG_FUNCTION_INFO_V1(bubble_rule_of_40);
PG_FUNCTION_INFO_V1(bubble_hype_ratio);

static double
amount_arg(FunctionCallInfo fcinfo, int argno, const char *name)
{
	return CheckAmount(PG_GETARG_FLOAT8(argno), name);
}

static double
finite_arg(FunctionCallInfo fcinfo, int argno, const char *name)
{
	return CheckFinite(PG_GETARG_FLOAT8(argno), name);
}

/*
 * A quotient, NULL unless there is something to divide by.
 */
static Datum
ratio(FunctionCallInfo fcinfo, double upper, double lower)
{
	if (lower <= 0.0)
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(CheckResult(upper / lower) + 0.0);	/* 0, never -0 */
}

/*
 * Pre-money over previous post-money; below 1 it is a down round.
 */
Datum
bubble_step_up(PG_FUNCTION_ARGS)
{
	return ratio(fcinfo, amount_arg(fcinfo, 0, "pre_money"),
				 amount_arg(fcinfo, 1, "prior_post_money"));
}

pg_noreturn static void
elapsed_error(const Interval *elapsed)
{
	Datum		shown = DirectFunctionCall1(interval_out,
											IntervalPGetDatum(elapsed));

	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("elapsed must be finite and not negative"),
			 errdetail("The elapsed interval is %s.",
					   DatumGetCString(shown)),
			 errhint("Give the time from the previous round to this one.")));
}

/*
 * Argument argno in years.
 */
static double
elapsed_years(FunctionCallInfo fcinfo, int argno)
{
	const Interval *elapsed = PG_GETARG_INTERVAL_P(argno);
	int64		microseconds = -1;

	if (!INTERVAL_NOT_FINITE(elapsed))
		microseconds = SpanMicroseconds(elapsed, "elapsed");
	if (microseconds < 0)
		elapsed_error(elapsed);
	return YearsBetween(0, microseconds);
}

/*
 * The step-up's excess over 1, per year.  The difference of the two amounts
 * is taken first, since it keeps its digits when they are close.
 */
Datum
bubble_value_velocity(PG_FUNCTION_ARGS)
{
	double		pre_money = amount_arg(fcinfo, 0, "pre_money");
	double		prior = amount_arg(fcinfo, 1, "prior_post_money");
	double		years = elapsed_years(fcinfo, 2);

	if (prior == 0.0)
		PG_RETURN_NULL();
	return ratio(fcinfo, CheckResult((pre_money - prior) / prior), years);
}

/*
 * The months that the cash lasts; infinite if none is burnt.
 */
Datum
bubble_runway_months(PG_FUNCTION_ARGS)
{
	return ratio(fcinfo, amount_arg(fcinfo, 0, "cash"),
				 finite_arg(fcinfo, 1, "monthly_burn"));
}

/*
 * Money burnt for each unit of new yearly revenue; negative when the company
 * earns money instead.
 */
Datum
bubble_burn_multiple(PG_FUNCTION_ARGS)
{
	return ratio(fcinfo, finite_arg(fcinfo, 0, "net_burn"),
				 finite_arg(fcinfo, 1, "net_new_revenue"));
}

Datum
bubble_rule_of_40(PG_FUNCTION_ARGS)
{
	PG_RETURN_FLOAT8(CheckResult(finite_arg(fcinfo, 0, "growth") +
								 finite_arg(fcinfo, 1, "margin")));
}

Datum
bubble_hype_ratio(PG_FUNCTION_ARGS)
{
	return ratio(fcinfo, amount_arg(fcinfo, 0, "capital_raised"),
				 amount_arg(fcinfo, 1, "revenue"));
}
