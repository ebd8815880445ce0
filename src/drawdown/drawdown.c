/*
 * drawdown.c - SQL functions of the drawdown family
 *
 * Three states serve all of them:
 *
 *	DrawdownScan		drawdown(price), max_drawdown(price) over rows as they
 *						come, in groups and growing frames: a piece of the
 *						curve and its last price
 *	DrawdownEnvelope	the (price, at) forms: any order of rows, mergeable
 *	DrawdownQueue		all of them in moving frames: rows can leave
 *
 * max_drawdown_episode needs to count the rows of the episode, so it keeps
 * the whole series.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "funcapi.h"
#include "libpq/pqformat.h"
#include "miscadmin.h"

#include "drawdown/curve.h"
#include "drawdown/envelope.h"
#include "drawdown/queue.h"
#include "foundation/arguments.h"
#include "foundation/compat.h"
#include "foundation/series.h"

typedef struct DrawdownScan
{
	DrawdownPiece piece;
	double		last;
} DrawdownScan;

/*
 * State of max_drawdown_episode.  Rows in the order of time are followed as
 * they come, so that a growing window frame costs O(1) a row.  The rows at
 * the latest time have to wait, because their order is that of their prices.
 */
typedef struct EpisodeState
{
	Series		rows;
	EpisodeScan scan;			/* of the rows before the latest time */
	int64		scanned;		/* place of the first row after those */
} EpisodeState;

PG_FUNCTION_INFO_V1(bubble_drawdown_scan_transfn);
PG_FUNCTION_INFO_V1(bubble_drawdown_scan_finalfn);
PG_FUNCTION_INFO_V1(bubble_max_drawdown_scan_finalfn);
PG_FUNCTION_INFO_V1(bubble_drawdown_queue_transfn);
PG_FUNCTION_INFO_V1(bubble_drawdown_queue_date_transfn);
PG_FUNCTION_INFO_V1(bubble_drawdown_queue_timestamptz_transfn);
PG_FUNCTION_INFO_V1(bubble_drawdown_queue_invtransfn);
PG_FUNCTION_INFO_V1(bubble_drawdown_queue_finalfn);
PG_FUNCTION_INFO_V1(bubble_max_drawdown_queue_finalfn);
PG_FUNCTION_INFO_V1(bubble_envelope_date_transfn);
PG_FUNCTION_INFO_V1(bubble_envelope_timestamptz_transfn);
PG_FUNCTION_INFO_V1(bubble_envelope_combinefn);
PG_FUNCTION_INFO_V1(bubble_envelope_serialfn);
PG_FUNCTION_INFO_V1(bubble_envelope_deserialfn);
PG_FUNCTION_INFO_V1(bubble_drawdown_envelope_finalfn);
PG_FUNCTION_INFO_V1(bubble_max_drawdown_envelope_finalfn);
PG_FUNCTION_INFO_V1(bubble_episode_date_transfn);
PG_FUNCTION_INFO_V1(bubble_episode_timestamptz_transfn);
PG_FUNCTION_INFO_V1(bubble_episode_combinefn);
PG_FUNCTION_INFO_V1(bubble_episode_serialfn);
PG_FUNCTION_INFO_V1(bubble_episode_deserialfn);
PG_FUNCTION_INFO_V1(bubble_max_drawdown_episode_date_finalfn);
PG_FUNCTION_INFO_V1(bubble_max_drawdown_episode_timestamptz_finalfn);

/* ---- (price): rows as they come ---- */

Datum
bubble_drawdown_scan_transfn(PG_FUNCTION_ARGS)
{
	DrawdownScan *scan = STATE_ARG(DrawdownScan, 0);
	MemoryContext context = AggregateContext(fcinfo);
	double		price;

	if (PG_ARGISNULL(1))
		RETURN_STATE(scan);
	price = CheckPrice(PG_GETARG_FLOAT8(1));
	if (scan == NULL)
	{
		scan = MemoryContextAlloc(context, sizeof(DrawdownScan));
		scan->piece = PieceOf(price);
	}
	else
		PieceAppend(&scan->piece, price);
	scan->last = price;
	PG_RETURN_POINTER(scan);
}

Datum
bubble_drawdown_scan_finalfn(PG_FUNCTION_ARGS)
{
	DrawdownScan *scan = STATE_ARG(DrawdownScan, 0);

	if (scan == NULL)
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(1.0 - scan->last / scan->piece.peak);
}

Datum
bubble_max_drawdown_scan_finalfn(PG_FUNCTION_ARGS)
{
	DrawdownScan *scan = STATE_ARG(DrawdownScan, 0);

	if (scan == NULL)
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(1.0 - scan->piece.retained);
}

/* ---- all forms in moving frames: rows come and go ---- */

static DrawdownQueue *
queue_for(FunctionCallInfo fcinfo, bool timed)
{
	DrawdownQueue *queue = STATE_ARG(DrawdownQueue, 0);
	MemoryContext context = AggregateContext(fcinfo);

	return queue != NULL ? queue : DrawdownQueueCreate(context, timed);
}

Datum
bubble_drawdown_queue_transfn(PG_FUNCTION_ARGS)
{
	DrawdownQueue *queue = queue_for(fcinfo, false);

	if (!PG_ARGISNULL(1))
		DrawdownQueuePush(queue, 0, CheckPrice(PG_GETARG_FLOAT8(1)));
	PG_RETURN_POINTER(queue);
}

static Datum
queue_at_transfn(FunctionCallInfo fcinfo, TimeKind kind)
{
	DrawdownQueue *queue = queue_for(fcinfo, true);

	if (!RowIsNull(fcinfo))
		DrawdownQueuePush(queue, TimeArg(fcinfo, 2, kind, "at"),
						  CheckPrice(PG_GETARG_FLOAT8(1)));
	PG_RETURN_POINTER(queue);
}

Datum
bubble_drawdown_queue_date_transfn(PG_FUNCTION_ARGS)
{
	return queue_at_transfn(fcinfo, TIME_IS_DATE);
}

Datum
bubble_drawdown_queue_timestamptz_transfn(PG_FUNCTION_ARGS)
{
	return queue_at_transfn(fcinfo, TIME_IS_TIMESTAMPTZ);
}

/*
 * Rows leave in the order in which they came; those that were skipped are
 * skipped again.
 */
Datum
bubble_drawdown_queue_invtransfn(PG_FUNCTION_ARGS)
{
	DrawdownQueue *queue = STATE_ARG(DrawdownQueue, 0);
	bool		skipped = PG_ARGISNULL(1) ||
		(PG_NARGS() > 2 && PG_ARGISNULL(2));

	(void) AggregateContext(fcinfo);
	if (!skipped)
		DrawdownQueuePop(queue);
	RETURN_STATE(queue);
}

static DrawdownQueue *
filled_queue(FunctionCallInfo fcinfo)
{
	DrawdownQueue *queue = STATE_ARG(DrawdownQueue, 0);

	return queue != NULL && SeriesLength(&queue->rows) > 0 ? queue : NULL;
}

Datum
bubble_drawdown_queue_finalfn(PG_FUNCTION_ARGS)
{
	DrawdownQueue *queue = filled_queue(fcinfo);

	if (queue == NULL)
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(DrawdownQueueLast(queue));
}

Datum
bubble_max_drawdown_queue_finalfn(PG_FUNCTION_ARGS)
{
	DrawdownQueue *queue = filled_queue(fcinfo);

	if (queue == NULL)
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(DrawdownQueueWorst(queue));
}

/* ---- (price, at): any order of rows, any plan ---- */

static Datum
envelope_transfn(FunctionCallInfo fcinfo, TimeKind kind)
{
	DrawdownEnvelope *envelope = STATE_ARG(DrawdownEnvelope, 0);
	MemoryContext context = AggregateContext(fcinfo);
	double		price;
	int64		at;

	if (RowIsNull(fcinfo))
		RETURN_STATE(envelope);
	price = CheckPrice(PG_GETARG_FLOAT8(1));
	at = TimeArg(fcinfo, 2, kind, "at");
	if (envelope == NULL)
		envelope = EnvelopeCreate(context);
	EnvelopeAdd(envelope, at, price, !InWindow(fcinfo));
	PG_RETURN_POINTER(envelope);
}

Datum
bubble_envelope_date_transfn(PG_FUNCTION_ARGS)
{
	return envelope_transfn(fcinfo, TIME_IS_DATE);
}

Datum
bubble_envelope_timestamptz_transfn(PG_FUNCTION_ARGS)
{
	return envelope_transfn(fcinfo, TIME_IS_TIMESTAMPTZ);
}

Datum
bubble_envelope_combinefn(PG_FUNCTION_ARGS)
{
	DrawdownEnvelope *envelope = STATE_ARG(DrawdownEnvelope, 0);
	DrawdownEnvelope *other = STATE_ARG(DrawdownEnvelope, 1);
	MemoryContext context = AggregateContext(fcinfo);

	if (other == NULL)
		RETURN_STATE(envelope);
	if (envelope == NULL)
		envelope = EnvelopeCreate(context);
	EnvelopeMerge(envelope, other);
	PG_RETURN_POINTER(envelope);
}

Datum
bubble_envelope_serialfn(PG_FUNCTION_ARGS)
{
	const DrawdownEnvelope *envelope;
	StringInfoData buf;

	(void) AggregateContext(fcinfo);
	envelope = EnvelopeSettled((DrawdownEnvelope *) PG_GETARG_POINTER(0));
	pq_begintypsend(&buf);
	pq_sendfloat8(&buf, envelope->retained);
	SeriesSerialize(&buf, &envelope->peaks);
	SeriesSerialize(&buf, &envelope->troughs);
	PG_RETURN_BYTEA_P(pq_endtypsend(&buf));
}

Datum
bubble_envelope_deserialfn(PG_FUNCTION_ARGS)
{
	DrawdownEnvelope *envelope;
	StringInfoData buf;

	OpenAggregateBytea(fcinfo, 0, &buf);
	envelope = EnvelopeCreate(CurrentMemoryContext);
	envelope->retained = pq_getmsgfloat8(&buf);
	SeriesDeserialize(&buf, &envelope->peaks);
	SeriesDeserialize(&buf, &envelope->troughs);
	pq_getmsgend(&buf);
	PG_RETURN_POINTER(envelope);
}

Datum
bubble_drawdown_envelope_finalfn(PG_FUNCTION_ARGS)
{
	DrawdownEnvelope *envelope = STATE_ARG(DrawdownEnvelope, 0);

	if (envelope == NULL)
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(EnvelopeLast(EnvelopeSettled(envelope)));
}

Datum
bubble_max_drawdown_envelope_finalfn(PG_FUNCTION_ARGS)
{
	DrawdownEnvelope *envelope = STATE_ARG(DrawdownEnvelope, 0);

	if (envelope == NULL)
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(EnvelopeWorst(EnvelopeSettled(envelope)));
}

/* ---- max_drawdown_episode(price, at) ---- */

static EpisodeState *
create_episode_state(MemoryContext context, bool ties_ordered)
{
	EpisodeState *state = MemoryContextAllocZero(context,
												 sizeof(EpisodeState));

	SeriesInit(&state->rows, context, ties_ordered);
	return state;
}

/*
 * Follow the rows from a place on, in the order of time and of price.
 */
static void
follow_rows(EpisodeScan *scan, const Series *rows, int64 from)
{
	int64		place;

	if (rows->to - from > 1)
	{
		rows = from == rows->from ? SeriesInOrder(rows) :
			SeriesSortedFrom(rows, from);
		from = rows->from;
	}
	for (place = from; place < rows->to; place++)
	{
		CHECK_FOR_INTERRUPTS();
		EpisodeScanStep(scan, SeriesAt(rows, place),
						SeriesValue(rows, place));
	}
}

static Datum
episode_transfn(FunctionCallInfo fcinfo, TimeKind kind)
{
	EpisodeState *state = STATE_ARG(EpisodeState, 0);
	MemoryContext context = AggregateContext(fcinfo);
	Series	   *rows;
	double		price;
	int64		at;

	if (RowIsNull(fcinfo))
		RETURN_STATE(state);
	price = CheckPrice(PG_GETARG_FLOAT8(1));
	at = TimeArg(fcinfo, 2, kind, "at");
	if (state == NULL)
		state = create_episode_state(context, false);
	rows = &state->rows;
	if (rows->disorder == 0 && SeriesLength(rows) > 0 &&
		at > SeriesAt(rows, rows->to - 1))
	{
		follow_rows(&state->scan, rows, state->scanned);
		state->scanned = rows->to;
	}
	SeriesAppend(rows, at, price);
	PG_RETURN_POINTER(state);
}

Datum
bubble_episode_date_transfn(PG_FUNCTION_ARGS)
{
	return episode_transfn(fcinfo, TIME_IS_DATE);
}

Datum
bubble_episode_timestamptz_transfn(PG_FUNCTION_ARGS)
{
	return episode_transfn(fcinfo, TIME_IS_TIMESTAMPTZ);
}

Datum
bubble_episode_combinefn(PG_FUNCTION_ARGS)
{
	EpisodeState *state = STATE_ARG(EpisodeState, 0);
	EpisodeState *other = STATE_ARG(EpisodeState, 1);
	MemoryContext context = AggregateContext(fcinfo);

	if (other == NULL)
		RETURN_STATE(state);
	if (state == NULL)
		state = create_episode_state(context, true);
	SeriesMerge(&state->rows, &other->rows);
	PG_RETURN_POINTER(state);
}

Datum
bubble_episode_serialfn(PG_FUNCTION_ARGS)
{
	EpisodeState *state;
	StringInfoData buf;

	(void) AggregateContext(fcinfo);
	state = (EpisodeState *) PG_GETARG_POINTER(0);
	pq_begintypsend(&buf);
	SeriesSerialize(&buf, SeriesInOrder(&state->rows));
	PG_RETURN_BYTEA_P(pq_endtypsend(&buf));
}

Datum
bubble_episode_deserialfn(PG_FUNCTION_ARGS)
{
	EpisodeState *state;
	StringInfoData buf;

	OpenAggregateBytea(fcinfo, 0, &buf);
	state = create_episode_state(CurrentMemoryContext, true);
	SeriesDeserialize(&buf, &state->rows);
	pq_getmsgend(&buf);
	PG_RETURN_POINTER(state);
}

/*
 * A scan of all rows, from where it has come or from the beginning.
 */
static const EpisodeScan *
complete_scan(const EpisodeState *state)
{
	EpisodeScan *scan = palloc0(sizeof(EpisodeScan));

	if (state->rows.disorder > 0)
		follow_rows(scan, &state->rows, state->rows.from);
	else
	{
		*scan = state->scan;
		follow_rows(scan, &state->rows, state->scanned);
	}
	return scan;
}

/*
 * An episode as a row of the SQL type that the function returns.
 */
static Datum
episode_row(FunctionCallInfo fcinfo, const DrawdownEpisode *episode,
			TimeKind kind)
{
	TupleDesc	tupdesc;
	Datum		values[7];
	bool		nulls[7] = {false};

	if (get_call_result_type(fcinfo, NULL, &tupdesc) != TYPEFUNC_COMPOSITE ||
		tupdesc->natts != lengthof(values))
		elog(ERROR, "return type must be an episode row");
	values[0] = TimeDatum(episode->peak_at, kind);
	values[1] = Float8GetDatum(episode->peak);
	values[2] = TimeDatum(episode->trough_at, kind);
	values[3] = Float8GetDatum(episode->trough);
	nulls[4] = !episode->recovered;
	values[4] = TimeDatum(episode->recovered_at, kind);
	values[5] = Float8GetDatum(1.0 - EpisodeRetained(episode));
	values[6] = Int64GetDatum(episode->observations);
	return HeapTupleGetDatum(heap_form_tuple(BlessTupleDesc(tupdesc),
											 values, nulls));
}

static Datum
max_episode_finalfn(FunctionCallInfo fcinfo, TimeKind kind)
{
	EpisodeState *state = STATE_ARG(EpisodeState, 0);
	const DrawdownEpisode *deepest = NULL;

	if (state != NULL)
		deepest = EpisodeScanDeepest(complete_scan(state));
	if (deepest == NULL)
		PG_RETURN_NULL();
	PG_RETURN_DATUM(episode_row(fcinfo, deepest, kind));
}

Datum
bubble_max_drawdown_episode_date_finalfn(PG_FUNCTION_ARGS)
{
	return max_episode_finalfn(fcinfo, TIME_IS_DATE);
}

Datum
bubble_max_drawdown_episode_timestamptz_finalfn(PG_FUNCTION_ARGS)
{
	return max_episode_finalfn(fcinfo, TIME_IS_TIMESTAMPTZ);
}
