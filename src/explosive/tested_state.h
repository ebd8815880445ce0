/*
 * tested_state.h - a statistic with its critical values and its p value
 *
 * They are these columns of a row:
 *
 *	statistic | at 90 percent | at 95 percent | at 99 percent | p value
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#ifndef BUBBLE_EXPLOSIVE_TESTED_STATE_H
#define BUBBLE_EXPLOSIVE_TESTED_STATE_H

#define TESTED_LEVELS 3
#define TESTED_COLUMNS (2 + TESTED_LEVELS)

/* NaN for what is unknown. */
typedef struct TestedStatistic
{
	double		statistic;
	double		critical[TESTED_LEVELS];
	double		p;
} TestedStatistic;

extern const double TestedLevel[TESTED_LEVELS];

extern void PutTestedStatistic(const TestedStatistic *tested, Datum *value,
							   bool *isnull);

#endif							/* BUBBLE_EXPLOSIVE_TESTED_STATE_H */
