/*
 * series_aggregate.h - the functions of an aggregate (value, at, parameters)
 *
 * This file is a template on top of foundation/aggregate.h for states that
 * are a series and parameters (series_state.h).  Before it is included, define
 *
 *	AGGREGATE			what names begin with
 *	AGGREGATE_PARAMETERS	the ParameterTable
 *	AGGREGATE_CHECK		optional: a function of the parameters that raises an
 *						ERROR unless they go together, called once a state
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "series/series_state.h"

#define SERIES_JOIN_(a, b) a##b
#define SERIES_JOIN(a, b) SERIES_JOIN_(a, b)
#define SERIES_OWN(suffix) SERIES_JOIN(AGGREGATE, suffix)

static KeptSeries *
SERIES_OWN(_create) (const AggregateHead *head, MemoryContext context)
{
#ifdef AGGREGATE_CHECK
	AGGREGATE_CHECK(head->parameter);
#endif
	return KeptSeriesCreate(context);
}

static inline void
SERIES_OWN(_add) (KeptSeries *state, FunctionCallInfo fcinfo)
{
	KeptSeriesAdd(state, fcinfo);
}

static void
SERIES_OWN(_merge) (KeptSeries *state, const KeptSeries *other)
{
	SeriesMerge(&state->rows, &other->rows);
}

static void
SERIES_OWN(_write) (StringInfo buf, const KeptSeries *state)
{
	SeriesSerialize(buf, SeriesInOrder(&state->rows));
}

static void
SERIES_OWN(_read) (StringInfo buf, KeptSeries *state)
{
	SeriesDeserialize(buf, &state->rows, state->head.kind);
}

#define AGGREGATE_STATE KeptSeries
#define AGGREGATE_VALUES 2
#define AGGREGATE_AT 2
#define AGGREGATE_MERGES
#include "foundation/aggregate.h"

#undef AGGREGATE_CHECK
#undef SERIES_JOIN_
#undef SERIES_JOIN
#undef SERIES_OWN
