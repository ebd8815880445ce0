/*
 * parameter_series.h - the state of (value, at, parameters...) aggregates
 *
 * A bubble_series holds rows and nothing else.  An aggregate that has
 * parameters needs those as well when its result is computed, so its state
 * is the rows and the parameters, which must be the same for all rows.
 *
 * A transition function names a reader for each parameter: it takes an
 * argument, checks it and gives it a name.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#ifndef BUBBLE_PARAMETER_SERIES_H
#define BUBBLE_PARAMETER_SERIES_H

#include "series/stored_series.h"

#define MOST_PARAMETERS 6

typedef struct Parameter
{
	const char *name;
	bool		isnull;			/* only of parameters that have a default */
	double		value;			/* 0 if null */
} Parameter;

typedef Parameter (*ParameterReader) (FunctionCallInfo fcinfo, int argno);

typedef struct ParameterSeries
{
	TimeKind	kind;
	int			count;			/* of parameters */
	Parameter	parameter[MOST_PARAMETERS];
	Series		rows;
} ParameterSeries;

extern void CheckSameParameter(const Parameter *a, const Parameter *b);
extern Datum ParameterSeriesTransfn(FunctionCallInfo fcinfo, TimeKind kind,
									const ParameterReader *reader, int count);
extern const ParameterSeries *FilledParameterSeries(FunctionCallInfo fcinfo);

static inline SeriesView
ParameterSeriesView(const ParameterSeries *state)
{
	return SeriesRowsView(unconstify(Series *, &state->rows), state->kind);
}

#endif							/* BUBBLE_PARAMETER_SERIES_H */
