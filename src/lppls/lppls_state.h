/*
 * lppls_state.h - log-periodic power laws of stored series
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#ifndef BUBBLE_LPPLS_STATE_H
#define BUBBLE_LPPLS_STATE_H

#include "access/tupdesc.h"

#include "foundation/parameters.h"
#include "lppls/filter.h"
#include "series/stored_series.h"

/* Those that say where the search is, and how sure the interval is. */
#define HORIZON_PARAMETER \
	{"horizon", PARAMETER_COUNT, .optional = true, .least = 1, \
	 .most = LPPLS_MOST_ROWS, .sized = true, \
	 .hint = "Use a number of rows, or NULL for a fifth of the series."}
#define MIN_EXPONENT_PARAMETER \
	{"min_exponent", PARAMETER_NUMBER, .least = 0.0, .most = 5.0, \
	 .number = 0.0, \
	 .hint = "The exponent is usually sought between 0 and 2."}
#define MAX_EXPONENT_PARAMETER \
	{"max_exponent", PARAMETER_NUMBER, .least = 0.0, .most = 5.0, \
	 .number = 2.0, \
	 .hint = "The exponent is usually sought between 0 and 2."}
#define MIN_FREQUENCY_PARAMETER \
	{"min_frequency", PARAMETER_NUMBER, .least = 0.1, .most = 100.0, \
	 .number = 1.0, \
	 .hint = "The angular frequency is usually sought between 1 and 50."}
#define MAX_FREQUENCY_PARAMETER \
	{"max_frequency", PARAMETER_NUMBER, .least = 0.1, .most = 100.0, \
	 .number = 50.0, \
	 .hint = "The angular frequency is usually sought between 1 and 50."}
#define LPPLS_LEVEL_PARAMETER \
	{"level", PARAMETER_NUMBER, .most = 1.0, .above_least = true, \
	 .below_most = true, .number = 0.95, \
	 .hint = "Use a probability, 0.95 for 95 %."}

/*
 * What a fit is asked for.
 */
typedef struct LpplsRule
{
	int64		horizon;		/* rows; 0 for the default */
	LpplsPoint	least;			/* exponent and frequency */
	LpplsPoint	most;
	LpplsInterval interval;
} LpplsRule;

extern LpplsRule LpplsRuleOf(const ParameterValue *parameter,
							 const ParameterTable *table);
extern double *LpplsLevels(const SeriesView *view);
extern bool LpplsFitLevels(const double *level, int64 rows,
						   const LpplsRule *rule, bool with_interval,
						   LpplsFit *fit);
extern void LpplsFillRow(TupleDesc rowtype, const SeriesView *view,
						 const LpplsFit *fit, Datum *value, bool *isnull);

#define LPPLS_FIT_COLUMNS 16

#endif							/* BUBBLE_LPPLS_STATE_H */
