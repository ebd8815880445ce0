/*
 * return_measures.c - drawdown of simple returns
 *
 * The wealth of 1 before the first return counts as a peak.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "postgres.h"

#include <float.h>

#include "drawdown/return_step.h"
#include "foundation/arguments.h"
#include "foundation/stored_series.h"

PG_FUNCTION_INFO_V1(bubble_drawdown_of_returns);
PG_FUNCTION_INFO_V1(bubble_max_drawdown_of_returns);

/*
 * A simple return: finite, and nothing loses more than everything.
 */
static double
check_return(double simple_return)
{
	if (unlikely(!(simple_return >= -1.0 && simple_return <= DBL_MAX)))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("return must be finite and not below -1"),
				 errdetail("The return is %.15g.", simple_return),
				 errhint("Use simple returns as fractions, 0.05 for 5 %%, "
						 "and NULL for a missing one.")));
	return simple_return;
}

/*
 * Level of wealth below its peak after the last return, and its least.
 */
static double
follow_returns(const SeriesView *view, double *least)
{
	double		level = 1.0;
	int64		done;
	int64		rows;

	*least = level;
	for (done = 0; (rows = SeriesNextChunk(view, done)) > 0; done += rows)
	{
		int64		i;

		for (i = done; i < done + rows; i++)
		{
			level = ReturnStep(level, check_return(view->value[i]));
			*least = Min(*least, level);
		}
	}
	return level;
}

Datum
bubble_drawdown_of_returns(PG_FUNCTION_ARGS)
{
	SeriesView	view = SeriesValuesOf(PG_GETARG_DATUM(0));
	double		least;

	PG_RETURN_FLOAT8(1.0 - follow_returns(&view, &least));
}

Datum
bubble_max_drawdown_of_returns(PG_FUNCTION_ARGS)
{
	SeriesView	view = SeriesValuesOf(PG_GETARG_DATUM(0));
	double		least;

	(void) follow_returns(&view, &least);
	PG_RETURN_FLOAT8(1.0 - least);
}
