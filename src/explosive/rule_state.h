/*
 * rule_state.h - the parameters of the explosive-root functions
 *
 * A rule says which windows count and how many lags their regressions have:
 *
 *	min_window		levels in the shortest window; NULL for the rule of
 *					Phillips, Shi and Yu on the number of rows
 *	lags			NULL for a choice on the whole sample
 *	max_lags		the most to choose from; ignored where lags is given
 *	criterion		'aic' or 'bic'
 *	deterministic	'none', 'constant' or 'trend'
 *
 * Functions of rows have the first two, in which lags must not be NULL, and
 * functions of a stored series all of them; adf() has no min_window.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#ifndef BUBBLE_EXPLOSIVE_RULE_STATE_H
#define BUBBLE_EXPLOSIVE_RULE_STATE_H

#include "explosive/adf_forward.h"
#include "foundation/parameters.h"

/* The most observations of a series that is made up. */
#define MOST_MADE_OBSERVATIONS 100000

typedef struct AdfRule
{
	int64		min_window;		/* 0 for the default */
	int			most_lags;
	bool		choose_lags;	/* up to most_lags, or just that many? */
	LagCriterion criterion;
	AdfTerms	terms;
} AdfRule;

extern const char *const CriterionNames[];
extern const char *const TermsNames[];

/* Rows of parameter tables. */
#define LAGS_HINT \
	"Few lags are enough as a rule: 0 or 1 for monthly values."
#define MIN_WINDOW_PARAMETER \
	{"min_window", PARAMETER_COUNT, .optional = true}
#define LAGS_PARAMETER \
	{"lags", PARAMETER_COUNT, .most = ADF_MOST_LAGS, .hint = LAGS_HINT}
#define LAGS_OR_NULL_PARAMETER \
	{"lags", PARAMETER_COUNT, .optional = true, .most = ADF_MOST_LAGS, \
	 .hint = LAGS_HINT}
#define MAX_LAGS_PARAMETER \
	{"max_lags", PARAMETER_COUNT, .optional = true, .most = ADF_MOST_LAGS, \
	 .hint = LAGS_HINT}
#define CRITERION_PARAMETER \
	{"criterion", PARAMETER_NAME, .number = LAGS_BY_BIC, \
	 .names = CriterionNames}
#define DETERMINISTIC_PARAMETER \
	{"deterministic", PARAMETER_NAME, .number = ADF_CONSTANT, \
	 .names = TermsNames}

/* min_window and lags, and for a series the others as well. */
extern const ParameterTable RowRule;
extern const ParameterTable SeriesRule;

extern AdfRule AdfRuleOf(const ParameterValue *parameter,
						 const ParameterTable *table);

#endif							/* BUBBLE_EXPLOSIVE_RULE_STATE_H */
