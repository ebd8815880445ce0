/*
 * series_state.h - the state of (value, at, parameters...) aggregates
 *
 * A bubble_series holds rows and nothing else.  An aggregate that has
 * parameters needs those as well when its result is computed, so its state
 * is the rows and, in its head, the parameters.  series_aggregate.h makes the
 * functions.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#ifndef BUBBLE_SERIES_STATE_H
#define BUBBLE_SERIES_STATE_H

#include "foundation/aggregate_head.h"
#include "foundation/arguments.h"
#include "series/stored_series.h"

typedef struct KeptSeries
{
	AggregateHead head;
	Series		rows;
} KeptSeries;

extern KeptSeries *KeptSeriesCreate(MemoryContext context);
extern const KeptSeries *FilledKeptSeries(FunctionCallInfo fcinfo);

/*
 * Add the row of a transition function.
 */
static inline void
KeptSeriesAdd(KeptSeries *state, FunctionCallInfo fcinfo)
{
	const TimeKind kind = state->head.kind;

	SeriesAppend(&state->rows, TimeArg(fcinfo, 2, kind, "at"),
				 CheckFiniteAt(PG_GETARG_FLOAT8(1), "value", fcinfo, 2,
							   kind));
}

static inline SeriesView
KeptSeriesView(const KeptSeries *state)
{
	return SeriesRowsView(unconstify(Series *, &state->rows),
						  state->head.kind);
}

#endif							/* BUBBLE_SERIES_STATE_H */
