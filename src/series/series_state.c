/*
 * series_state.c - the state of (value, at, parameters...) aggregates
 *
 * The method is described in series_state.h.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "postgres.h"

#include "series/series_state.h"

KeptSeries *
KeptSeriesCreate(MemoryContext context)
{
	KeptSeries *state = MemoryContextAllocZero(context, sizeof(KeptSeries));

	SeriesInit(&state->rows, context, true);
	return state;
}

/*
 * The state of a final function; NULL without a usable row.
 */
const KeptSeries *
FilledKeptSeries(FunctionCallInfo fcinfo)
{
	KeptSeries *state = STATE_ARG(KeptSeries, 0);

	if (state == NULL || SeriesLength(&state->rows) == 0)
		return NULL;
	return state;
}
