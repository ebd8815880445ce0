/*
 * parameter_series.c - the state of (value, at, parameters...) aggregates
 *
 * The method is described in parameter_series.h.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "postgres.h"

#include "libpq/pqformat.h"

#include "foundation/arguments.h"
#include "series/parameter_series.h"

PG_FUNCTION_INFO_V1(bubble_parameter_series_combinefn);
PG_FUNCTION_INFO_V1(bubble_parameter_series_serialfn);
PG_FUNCTION_INFO_V1(bubble_parameter_series_deserialfn);

static ParameterSeries *
create_state(MemoryContext context, TimeKind kind)
{
	ParameterSeries *state = MemoryContextAllocZero(context,
													sizeof(ParameterSeries));

	state->kind = kind;
	SeriesInit(&state->rows, context, true);
	return state;
}

void
CheckSameParameter(const Parameter *a, const Parameter *b)
{
	if (a->isnull != b->isnull || a->value != b->value)
		ChangedParameterError(a->name);
}

/*
 * Take the parameters of a row: of the first one as they are, of later ones
 * to compare.  A row without value or time has parameters, too.
 */
static void
take_parameters(ParameterSeries *state, FunctionCallInfo fcinfo,
				const ParameterReader *reader, int count)
{
	int			i;

	Assert(count <= MOST_PARAMETERS);
	for (i = 0; i < count; i++)
	{
		Parameter	parameter = reader[i] (fcinfo, 3 + i);

		if (i < state->count)
			CheckSameParameter(&state->parameter[i], &parameter);
		else
			state->parameter[i] = parameter;
	}
	state->count = count;
}

Datum
ParameterSeriesTransfn(FunctionCallInfo fcinfo, TimeKind kind,
					   const ParameterReader *reader, int count)
{
	ParameterSeries *state = STATE_ARG(ParameterSeries, 0);
	MemoryContext context = AggregateContext(fcinfo);

	if (state == NULL)
		state = create_state(context, kind);
	take_parameters(state, fcinfo, reader, count);
	if (!RowIsNull(fcinfo))
		SeriesAppend(&state->rows, TimeArg(fcinfo, 2, kind, "at"),
					 CheckFiniteAt(PG_GETARG_FLOAT8(1), "value", fcinfo, 2,
								   kind));
	PG_RETURN_POINTER(state);
}

/*
 * The state of a final function; NULL without a usable row.
 */
const ParameterSeries *
FilledParameterSeries(FunctionCallInfo fcinfo)
{
	ParameterSeries *state = STATE_ARG(ParameterSeries, 0);

	if (state == NULL || SeriesLength(&state->rows) == 0)
		return NULL;
	return state;
}

/*
 * Parameters as another state has them; names there may not live on.
 */
static void
combine_parameters(ParameterSeries *state, const ParameterSeries *other,
				   MemoryContext context)
{
	int			i;

	for (i = 0; i < other->count; i++)
	{
		if (i < state->count)
			CheckSameParameter(&state->parameter[i], &other->parameter[i]);
		else
		{
			state->parameter[i] = other->parameter[i];
			state->parameter[i].name =
				MemoryContextStrdup(context, other->parameter[i].name);
		}
	}
	state->count = other->count;
}

Datum
bubble_parameter_series_combinefn(PG_FUNCTION_ARGS)
{
	ParameterSeries *state = STATE_ARG(ParameterSeries, 0);
	ParameterSeries *other = STATE_ARG(ParameterSeries, 1);
	MemoryContext context = AggregateContext(fcinfo);

	if (other == NULL)
		RETURN_STATE(state);
	if (state == NULL)
		state = create_state(context, other->kind);
	combine_parameters(state, other, context);
	SeriesMerge(&state->rows, &other->rows);
	PG_RETURN_POINTER(state);
}

Datum
bubble_parameter_series_serialfn(PG_FUNCTION_ARGS)
{
	ParameterSeries *state;
	StringInfoData buf;
	int			i;

	(void) AggregateContext(fcinfo);
	state = (ParameterSeries *) PG_GETARG_POINTER(0);
	pq_begintypsend(&buf);
	pq_sendbyte(&buf, state->kind);
	pq_sendbyte(&buf, state->count);
	for (i = 0; i < state->count; i++)
	{
		pq_sendstring(&buf, state->parameter[i].name);
		pq_sendbyte(&buf, state->parameter[i].isnull);
		pq_sendfloat8(&buf, state->parameter[i].value);
	}
	SeriesSort(&state->rows);
	SeriesSerialize(&buf, &state->rows);
	PG_RETURN_BYTEA_P(pq_endtypsend(&buf));
}

Datum
bubble_parameter_series_deserialfn(PG_FUNCTION_ARGS)
{
	ParameterSeries *state;
	StringInfoData buf;
	int			count;
	int			i;

	OpenAggregateBytea(fcinfo, 0, &buf);
	state = create_state(CurrentMemoryContext, pq_getmsgbyte(&buf));
	count = pq_getmsgbyte(&buf);
	if (count > MOST_PARAMETERS)
		elog(ERROR, "invalid number of parameters in a serialised state");
	for (i = 0; i < count; i++)
	{
		state->parameter[i].name = pstrdup(pq_getmsgstring(&buf));
		state->parameter[i].isnull = pq_getmsgbyte(&buf) != 0;
		state->parameter[i].value = pq_getmsgfloat8(&buf);
	}
	state->count = count;
	SeriesDeserialize(&buf, &state->rows);
	pq_getmsgend(&buf);
	PG_RETURN_POINTER(state);
}
