/*
 * resample.c - what a statistic would have been of other samples
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "postgres.h"

#include <gsl/gsl_sort_double.h>

#include "foundation/quantile.h"
#include "foundation/resample.h"

/*
 * A whole number from 0 to below the bound, all equally likely.
 */
int64
DrawBelow(gsl_rng *generator, int64 bound)
{
	if (bound < 1 || bound > (int64) PG_UINT32_MAX)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("cannot draw from so many parts"),
				 errdetail("There are " INT64_FORMAT ", and 1 to %u can be "
						   "drawn from.", bound, PG_UINT32_MAX),
				 errhint("Use smaller groups.")));
	return (int64) gsl_rng_uniform_int(generator, (unsigned long) bound);
}

/*
 * The middle 95 % of statistics, which are put in order; there is at least
 * one.
 */
void
PercentileInterval(double *statistic, int64 count, double *low, double *high)
{
	Assert(count > 0 && count <= MOST_RESAMPLES);
	gsl_sort(statistic, 1, count);
	*low = Quantile(statistic, count, 0.025);
	*high = Quantile(statistic, count, 0.975);
}
