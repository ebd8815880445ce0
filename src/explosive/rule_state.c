/*
 * rule_state.c - the parameters of the explosive-root functions
 *
 * They are described in rule_state.h.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "postgres.h"

#include "explosive/rule_state.h"

/* In the order of LagCriterion. */
const char *const CriterionNames[] = {"aic", "bic", NULL};

/* In the order of AdfTerms. */
const char *const TermsNames[] = {"none", "constant", "trend", NULL};

static const ParameterDef row_rule[] = {MIN_WINDOW_PARAMETER, LAGS_PARAMETER};
static const ParameterDef series_rule[] = {
	MIN_WINDOW_PARAMETER, LAGS_OR_NULL_PARAMETER, MAX_LAGS_PARAMETER,
	CRITERION_PARAMETER, DETERMINISTIC_PARAMETER
};

const ParameterTable RowRule = PARAMETER_TABLE(row_rule);
const ParameterTable SeriesRule = PARAMETER_TABLE(series_rule);

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
				 errmsg("\"min_window\" is too short"),
				 errdetail("The min_window is " INT64_FORMAT ", but a "
						   "regression with %d lags takes at least "
						   INT64_FORMAT " observations.",
						   min_window, lags, least),
				 errhint("Use a longer window, fewer lags, or NULL for the "
						 "default window.")));
}

/*
 * The rule that parameters make.  What the table lacks has its default.  Lags
 * that are not given are chosen up to max_lags, or none.
 */
AdfRule
AdfRuleOf(const ParameterValue *parameter, const ParameterTable *table)
{
	const int64 lags = CountNamed(parameter, table, "lags", -1);
	const int64 max_lags = CountNamed(parameter, table, "max_lags", -1);
	const int64 by_default = PG_INT64_MIN;
	const int64 window = CountNamed(parameter, table, "min_window",
									by_default);
	AdfRule		rule = {0};

	rule.choose_lags = lags < 0 && max_lags >= 0;
	rule.most_lags = (int) (rule.choose_lags ? max_lags : Max(lags, 0));
	rule.criterion = (LagCriterion) CountNamed(parameter, table, "criterion",
											   LAGS_BY_BIC);
	rule.terms = (AdfTerms) CountNamed(parameter, table, "deterministic",
									   ADF_CONSTANT);
	if (window == by_default)
		return rule;
	check_window(window, rule.most_lags, rule.terms);
	rule.min_window = window;
	return rule;
}
