/*
 * rule.c - the parameters of the explosive-root functions
 *
 * They are described in rule.h.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "postgres.h"

#include "explosive/rule.h"
#include "foundation/arguments.h"

/* In the order of LagCriterion. */
static const char *const criterion_names[] = {"aic", "bic"};

/* In the order of AdfTerms. */
static const char *const terms_names[] = {"none", "constant", "trend"};

/*
 * A parameter that sizes memory or work must not be larger than that.
 */
void
CheckMost(int64 value, int64 most, const char *name, const char *hint)
{
	if (value > most)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("%s must be at most " INT64_FORMAT, name, most),
				 errdetail("The value given is " INT64_FORMAT ".", value),
				 errhint("%s", hint)));
}

/* ---- readers ---- */

static Parameter
integer_arg(FunctionCallInfo fcinfo, int argno, const char *name)
{
	Parameter	parameter = {name, PG_ARGISNULL(argno), 0.0};

	if (!parameter.isnull)
		parameter.value = CountArg(fcinfo, argno);
	return parameter;
}

static Parameter
min_window_arg(FunctionCallInfo fcinfo, int argno)
{
	return integer_arg(fcinfo, argno, "min_window");
}

static Parameter
lags_range_arg(FunctionCallInfo fcinfo, int argno, const char *name)
{
	Parameter	lags = integer_arg(fcinfo, argno, name);

	if (!(lags.value >= 0.0 && lags.value <= ADF_MOST_LAGS))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("%s must be from 0 to %d", name, ADF_MOST_LAGS),
				 errdetail("The value of %s is %.0f.", name, lags.value),
				 errhint("Few lags are enough as a rule: 0 or 1 for monthly "
						 "values.")));
	return lags;
}

static Parameter
lags_arg(FunctionCallInfo fcinfo, int argno)
{
	return lags_range_arg(fcinfo, argno, "lags");
}

static Parameter
max_lags_arg(FunctionCallInfo fcinfo, int argno)
{
	return lags_range_arg(fcinfo, argno, "max_lags");
}

static Parameter
criterion_arg(FunctionCallInfo fcinfo, int argno)
{
	Parameter	criterion = {"criterion", false, 0.0};

	criterion.value = NameArg(fcinfo, argno, criterion.name, criterion_names,
							  lengthof(criterion_names));
	return criterion;
}

static Parameter
deterministic_arg(FunctionCallInfo fcinfo, int argno)
{
	Parameter	terms = {"deterministic", false, 0.0};

	terms.value = NameArg(fcinfo, argno, terms.name, terms_names,
						  lengthof(terms_names));
	return terms;
}

const ParameterReader AdfRuleReaders[RULE_PARAMETERS] = {
	min_window_arg, lags_arg, max_lags_arg, criterion_arg, deterministic_arg
};

/* ---- the rule ---- */

/*
 * A window must leave a degree of freedom, whichever lags are chosen.
 */
static void
check_window(int64 min_window, int lags, AdfTerms terms)
{
	const int64 least = AdfLeastWindow(lags, terms);

	if (min_window < least)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("min_window is too short"),
				 errdetail("The min_window is " INT64_FORMAT ", but a "
						   "regression with %d lags takes at least "
						   INT64_FORMAT " observations.",
						   min_window, lags, least),
				 errhint("Use a longer window, fewer lags, or NULL for the "
						 "default window.")));
}

static void
lags_missing(void)
{
	ereport(ERROR,
			(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
			 errmsg("lags must not be null without max_lags"),
			 errdetail("Null lags are chosen from 0 to max_lags, which is not "
					   "given."),
			 errhint("Give a number of lags, such as 0, or max_lags in a "
					 "form that has it.")));
}

/*
 * The rule that parameters make, from the one at "first" on.
 */
AdfRule
AdfRuleOf(const Parameter *parameter, int count, int first)
{
	Parameter	all[RULE_PARAMETERS] = {
		{"min_window", true, 0.0}, {"lags", false, 0.0},
		{"max_lags", true, 0.0}, {"criterion", false, LAGS_BY_BIC},
		{"deterministic", false, ADF_CONSTANT}
	};
	AdfRule		rule;

	Assert(first + count <= RULE_PARAMETERS);
	memcpy(all + first, parameter, count * sizeof(Parameter));
	rule.choose_lags = all[1].isnull;
	if (rule.choose_lags && all[2].isnull)
		lags_missing();
	rule.most_lags = rule.choose_lags ? all[2].value : all[1].value;
	rule.criterion = (LagCriterion) all[3].value;
	rule.terms = (AdfTerms) all[RULE_TERMS].value;
	rule.min_window = all[0].value;
	if (!all[0].isnull)
		check_window(rule.min_window, rule.most_lags, rule.terms);
	return rule;
}

/*
 * The rule of min_window and lags, the first "count" of these two, for
 * regressions with these terms, or with a constant if NULL.
 */
AdfRule
AdfRuleWithTerms(const Parameter *parameter, int count, const Parameter *terms)
{
	Parameter	all[RULE_PARAMETERS] = {
		{"min_window", true, 0.0}, {"lags", false, 0.0},
		{"max_lags", true, 0.0}, {"criterion", false, LAGS_BY_BIC}
	};

	Assert(count <= 2);
	if (terms == NULL)
		return AdfRuleOf(parameter, count, RULE_WITH_WINDOW);
	memcpy(all, parameter, count * sizeof(Parameter));
	all[RULE_TERMS] = *terms;
	return AdfRuleOf(all, RULE_PARAMETERS, RULE_WITH_WINDOW);
}

/*
 * The rule that the arguments from argno on make.
 */
AdfRule
AdfRuleArgs(FunctionCallInfo fcinfo, int argno, int first)
{
	Parameter	parameter[RULE_PARAMETERS] = {{0}};
	int			count = PG_NARGS() - argno;
	int			i;

	for (i = 0; i < count; i++)
		parameter[i] = AdfRuleReaders[first + i] (fcinfo, argno + i);
	return AdfRuleOf(parameter, count, first);
}
