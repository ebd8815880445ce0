/*
 * round_gap.c - SQL function round_gap(at)
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "postgres.h"

#include "libpq/pqformat.h"

#include "foundation/arguments.h"
#include "foundation/compat.h"
#include "funding/gaps.h"

PG_FUNCTION_INFO_V1(bubble_round_gap_date_transfn);
PG_FUNCTION_INFO_V1(bubble_round_gap_timestamptz_transfn);
PG_FUNCTION_INFO_V1(bubble_round_gap_invtransfn);
PG_FUNCTION_INFO_V1(bubble_round_gap_combinefn);
PG_FUNCTION_INFO_V1(bubble_round_gap_serialfn);
PG_FUNCTION_INFO_V1(bubble_round_gap_deserialfn);
PG_FUNCTION_INFO_V1(bubble_round_gap_finalfn);

static Datum
round_gap_transfn(FunctionCallInfo fcinfo, TimeKind kind)
{
	GapState   *state = STATE_ARG(GapState, 0);
	MemoryContext context = AggregateContext(fcinfo);

	/* In moving frames there must be a state even when all rows are NULL. */
	if (state == NULL)
		state = GapCreate(context);
	if (!PG_ARGISNULL(1))
		GapAdd(state, TimeArg(fcinfo, 1, kind, "at"), InWindow(fcinfo));
	PG_RETURN_POINTER(state);
}

Datum
bubble_round_gap_date_transfn(PG_FUNCTION_ARGS)
{
	return round_gap_transfn(fcinfo, TIME_IS_DATE);
}

Datum
bubble_round_gap_timestamptz_transfn(PG_FUNCTION_ARGS)
{
	return round_gap_transfn(fcinfo, TIME_IS_TIMESTAMPTZ);
}

Datum
bubble_round_gap_invtransfn(PG_FUNCTION_ARGS)
{
	GapState   *state = STATE_ARG(GapState, 0);

	(void) AggregateContext(fcinfo);
	if (!PG_ARGISNULL(1))
		GapRemoveFirst(state);
	RETURN_STATE(state);
}

Datum
bubble_round_gap_combinefn(PG_FUNCTION_ARGS)
{
	GapState   *state = STATE_ARG(GapState, 0);
	GapState   *other = STATE_ARG(GapState, 1);
	MemoryContext context = AggregateContext(fcinfo);

	if (other == NULL)
		RETURN_STATE(state);
	if (state == NULL)
		state = GapCreate(context);
	SeriesMerge(&state->rounds, &other->rounds);
	PG_RETURN_POINTER(state);
}

Datum
bubble_round_gap_serialfn(PG_FUNCTION_ARGS)
{
	GapState   *state;
	StringInfoData buf;

	(void) AggregateContext(fcinfo);
	state = (GapState *) PG_GETARG_POINTER(0);
	pq_begintypsend(&buf);
	SeriesSerialize(&buf, SeriesInOrder(&state->rounds));
	PG_RETURN_BYTEA_P(pq_endtypsend(&buf));
}

Datum
bubble_round_gap_deserialfn(PG_FUNCTION_ARGS)
{
	GapState   *state;
	StringInfoData buf;

	OpenAggregateBytea(fcinfo, 0, &buf);
	state = GapCreate(CurrentMemoryContext);
	SeriesDeserialize(&buf, &state->rounds);
	pq_getmsgend(&buf);
	PG_RETURN_POINTER(state);
}

/*
 * The median of the days between consecutive rounds.
 */
Datum
bubble_round_gap_finalfn(PG_FUNCTION_ARGS)
{
	GapState   *state = STATE_ARG(GapState, 0);
	double		median;

	if (state == NULL || !GapMedian(state, &median))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(median);
}
