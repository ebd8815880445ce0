/*
 * expectations_sql.c - SQL functions on the growth that a valuation requires
 *
 * The method is described in implied_growth.h.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "postgres.h"

#include "foundation/arguments.h"
#include "foundation/parameters.h"
#include "valuation/implied_growth.h"

PG_FUNCTION_INFO_V1(bubble_implied_growth);
PG_FUNCTION_INFO_V1(bubble_justified_multiple);

static const ParameterDef exit_multiple = {
	.name = "exit_multiple",.kind = PARAMETER_NUMBER,.above_least = true,
	.least = 0.0,.most = DBL_MAX,
	.hint = "Use the multiple of revenue that the company can be sold for in "
	"the end."
};

static const ParameterDef years = {
	.name = "years",.kind = PARAMETER_NUMBER,.above_least = true,
	.least = 0.0,.most = DBL_MAX,
	.hint = "Use the years until the company is sold."
};

static const ParameterDef required_return = {
	.name = "required_return",.kind = PARAMETER_NUMBER,.above_least = true,
	.least = -1.0,.most = DBL_MAX,
	.hint = "Use a fraction a year: 0.2 is 20 % a year."
};

/*
 * Three arguments in the order in which both functions have them.
 */
static ExitPlan
exit_args(FunctionCallInfo fcinfo, int argno)
{
	ExitPlan	plan;

	plan.multiple = NumberArg(fcinfo, argno, &exit_multiple);
	plan.years = NumberArg(fcinfo, argno + 1, &years);
	plan.required_return = NumberArg(fcinfo, argno + 2, &required_return);
	return plan;
}

Datum
bubble_implied_growth(PG_FUNCTION_ARGS)
{
	double		valuation = CheckAmount(PG_GETARG_FLOAT8(0), "valuation");
	double		revenue = CheckAmount(PG_GETARG_FLOAT8(1), "revenue");
	ExitPlan	plan = exit_args(fcinfo, 2);

	if (revenue == 0.0)
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(CheckResult(ImpliedGrowth(valuation, revenue, &plan)));
}

static double
check_growth(double growth)
{
	if (!(growth >= -1.0 && growth <= DBL_MAX))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("growth must be finite and not below -1"),
				 errdetail("The growth is %.15g.", growth),
				 errhint("Growth is a fraction a year: 0.2 is 20 %% a year, "
						 "-1 leaves no revenue.  Use NULL if it is "
						 "unknown.")));
	return growth;
}

Datum
bubble_justified_multiple(PG_FUNCTION_ARGS)
{
	double		growth = check_growth(PG_GETARG_FLOAT8(0));
	ExitPlan	plan = exit_args(fcinfo, 1);

	PG_RETURN_FLOAT8(CheckResult(JustifiedMultiple(growth, &plan)));
}
