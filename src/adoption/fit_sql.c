/*
 * fit_sql.c - SQL functions bass_fit, bass_fit_cumulative, logistic_fit,
 * gompertz_fit, exponential_fit and adoption_fit
 *
 * They take a stored series.  That of an aggregate is one, too, and these are
 * its final functions.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "postgres.h"

#include "adoption/fit_row.h"
#include "foundation/result_row.h"

PG_FUNCTION_INFO_V1(bubble_bass_fit);
PG_FUNCTION_INFO_V1(bubble_bass_fit_cumulative);
PG_FUNCTION_INFO_V1(bubble_logistic_fit);
PG_FUNCTION_INFO_V1(bubble_gompertz_fit);
PG_FUNCTION_INFO_V1(bubble_exponential_fit);
PG_FUNCTION_INFO_V1(bubble_adoption_fit);

static Datum
fit_of(FunctionCallInfo fcinfo, const FitModel *model)
{
	SeriesView	view;
	AdoptionFit fit;

	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	view = SeriesViewOf(PG_GETARG_DATUM(0));
	fit = model != NULL ? FitSeries(&view, model) : FitBest(&view);
	return FitRowDatum(ResultRowType(fcinfo), &fit);
}

Datum
bubble_bass_fit(PG_FUNCTION_ARGS)
{
	return fit_of(fcinfo, &BassModel);
}

Datum
bubble_bass_fit_cumulative(PG_FUNCTION_ARGS)
{
	return fit_of(fcinfo, &CumulativeModel);
}

Datum
bubble_logistic_fit(PG_FUNCTION_ARGS)
{
	return fit_of(fcinfo, &LogisticModel);
}

Datum
bubble_gompertz_fit(PG_FUNCTION_ARGS)
{
	return fit_of(fcinfo, &GompertzModel);
}

Datum
bubble_exponential_fit(PG_FUNCTION_ARGS)
{
	return fit_of(fcinfo, &ExponentialModel);
}

/*
 * The best of the curves of levels.
 */
Datum
bubble_adoption_fit(PG_FUNCTION_ARGS)
{
	return fit_of(fcinfo, NULL);
}
