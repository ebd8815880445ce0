/*
 * tested_state.c - a statistic with its critical values and its p value
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "postgres.h"

#include <math.h>

#include "explosive/tested_state.h"

const double TestedLevel[TESTED_LEVELS] = {0.90, 0.95, 0.99};

static void
put(double number, Datum *value, bool *isnull)
{
	*isnull = isnan(number);
	*value = Float8GetDatum(*isnull ? 0.0 : number);
}

/*
 * Fill in its columns of a row.
 */
void
PutTestedStatistic(const TestedStatistic *tested, Datum *value, bool *isnull)
{
	int			i;

	put(tested->statistic, &value[0], &isnull[0]);
	for (i = 0; i < TESTED_LEVELS; i++)
		put(tested->critical[i], &value[1 + i], &isnull[1 + i]);
	put(tested->p, &value[1 + TESTED_LEVELS], &isnull[1 + TESTED_LEVELS]);
}
