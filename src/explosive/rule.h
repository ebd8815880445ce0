/*
 * rule.h - the parameters of the explosive-root functions
 *
 * A rule says which windows count and how many lags their regressions have:
 *
 *	min_window		levels in the shortest window; NULL for the rule of
 *					Phillips, Shi and Yu on the number of rows
 *	lags			NULL for a choice on the whole sample
 *	max_lags		the most to choose from; of no meaning where lags is given
 *	criterion		'aic' or 'bic'
 *	deterministic	'none', 'constant' or 'trend'
 *
 * Functions have all of them or the first few; adf() has no min_window.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#ifndef BUBBLE_EXPLOSIVE_RULE_H
#define BUBBLE_EXPLOSIVE_RULE_H

#include "explosive/adf_forward.h"
#include "series/parameter_series.h"

#define RULE_PARAMETERS 5

/* The most observations of a series that is made up. */
#define MOST_MADE_OBSERVATIONS 100000

typedef struct AdfRule
{
	int64		min_window;		/* 0 for the default */
	int			most_lags;
	bool		choose_lags;	/* from 0 to most_lags, or as many? */
	LagCriterion criterion;
	AdfTerms	terms;
} AdfRule;

/* Readers of the parameters, in their order. */
extern const ParameterReader AdfRuleReaders[RULE_PARAMETERS];

/* Where the parameters of a function begin that has no min_window. */
#define RULE_WITH_WINDOW 0
#define RULE_WITHOUT_WINDOW 1

/* The place of "deterministic" among the parameters. */
#define RULE_TERMS 4

extern void CheckMost(int64 value, int64 most, const char *name,
					  const char *hint);
extern AdfRule AdfRuleWithTerms(const Parameter *parameter, int count,
								const Parameter *terms);
extern AdfRule AdfRuleOf(const Parameter *parameter, int count, int first);
extern AdfRule AdfRuleArgs(FunctionCallInfo fcinfo, int argno, int first);

#endif							/* BUBBLE_EXPLOSIVE_RULE_H */
