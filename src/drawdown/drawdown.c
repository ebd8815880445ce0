/*
 * drawdown.c - SQL functions of the drawdown family over prices
 *
 * Three states serve drawdown and max_drawdown, runup and max_runup:
 *
 *	DrawdownPiece		the (price) forms over rows as they come, in groups and
 *						growing frames
 *	DrawdownEnvelope	the (price, at) forms: any order of rows, mergeable
 *	DrawdownQueue		all of them in moving frames: rows can leave
 *
 * Each can be asked for the piece of the curve that its rows make, and knows
 * its direction: only the functions that create one exist twice.  A state can
 * only have been created in an aggregate, so it is there, and not for every
 * row, that the context of the call is looked up.
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
PG_FUNCTION_INFO_V1(bubble_runup_scan_transfn);
PG_FUNCTION_INFO_V1(bubble_scan_last_finalfn);
PG_FUNCTION_INFO_V1(bubble_scan_max_finalfn);
PG_FUNCTION_INFO_V1(bubble_drawdown_queue_transfn);
PG_FUNCTION_INFO_V1(bubble_drawdown_queue_date_transfn);
PG_FUNCTION_INFO_V1(bubble_drawdown_queue_timestamptz_transfn);
PG_FUNCTION_INFO_V1(bubble_runup_queue_transfn);
PG_FUNCTION_INFO_V1(bubble_runup_queue_date_transfn);
PG_FUNCTION_INFO_V1(bubble_runup_queue_timestamptz_transfn);
PG_FUNCTION_INFO_V1(bubble_queue_invtransfn);
PG_FUNCTION_INFO_V1(bubble_queue_last_finalfn);
PG_FUNCTION_INFO_V1(bubble_queue_max_finalfn);
PG_FUNCTION_INFO_V1(bubble_drawdown_envelope_date_transfn);
PG_FUNCTION_INFO_V1(bubble_drawdown_envelope_timestamptz_transfn);
PG_FUNCTION_INFO_V1(bubble_runup_envelope_date_transfn);
PG_FUNCTION_INFO_V1(bubble_runup_envelope_timestamptz_transfn);
PG_FUNCTION_INFO_V1(bubble_envelope_combinefn);
PG_FUNCTION_INFO_V1(bubble_envelope_serialfn);
PG_FUNCTION_INFO_V1(bubble_envelope_deserialfn);
PG_FUNCTION_INFO_V1(bubble_envelope_last_finalfn);
PG_FUNCTION_INFO_V1(bubble_envelope_max_finalfn);
PG_FUNCTION_INFO_V1(bubble_episode_date_transfn);
PG_FUNCTION_INFO_V1(bubble_episode_timestamptz_transfn);
PG_FUNCTION_INFO_V1(bubble_episode_combinefn);
PG_FUNCTION_INFO_V1(bubble_episode_serialfn);
PG_FUNCTION_INFO_V1(bubble_episode_deserialfn);
PG_FUNCTION_INFO_V1(bubble_max_drawdown_episode_date_finalfn);
PG_FUNCTION_INFO_V1(bubble_max_drawdown_episode_timestamptz_finalfn);

/*
 * What the final functions answer; NULL without rows.
 */
static Datum
last_of(FunctionCallInfo fcinfo, const DrawdownPiece *total)
{
	if (total == NULL)
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(CheckResult(PieceLast(total)));
}

static Datum
largest_of(FunctionCallInfo fcinfo, const DrawdownPiece *total)
{
	if (total == NULL)
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(CheckResult(PieceLargest(total)));
}

/* ---- (price): rows as they come ---- */

static Datum
scan_transfn(FunctionCallInfo fcinfo, CurveDirection direction)
{
	DrawdownPiece *scan = STATE_ARG(DrawdownPiece, 0);
	DrawdownPiece row;

	if (PG_ARGISNULL(1))
		RETURN_STATE(scan);
	row = PieceOf(Turned(CheckPrice(PG_GETARG_FLOAT8(1)), direction));
	if (scan == NULL)
	{
		scan = MemoryContextAlloc(AggregateContext(fcinfo),
								  sizeof(DrawdownPiece));
		*scan = row;
	}
	else
		*scan = PiecesJoined(scan, &row);
	PG_RETURN_POINTER(scan);
}

Datum
bubble_drawdown_scan_transfn(PG_FUNCTION_ARGS)
{
	return scan_transfn(fcinfo, CURVE_FALLS);
}

Datum
bubble_runup_scan_transfn(PG_FUNCTION_ARGS)
{
	return scan_transfn(fcinfo, CURVE_RISES);
}

Datum
bubble_scan_last_finalfn(PG_FUNCTION_ARGS)
{
	return last_of(fcinfo, STATE_ARG(DrawdownPiece, 0));
}

Datum
bubble_scan_max_finalfn(PG_FUNCTION_ARGS)
{
	return largest_of(fcinfo, STATE_ARG(DrawdownPiece, 0));
}

/* ---- all forms in moving frames: rows come and go ---- */

/*
 * A moving transition function must not return NULL, so that a queue is
 * created even for a row that is skipped.
 */
static DrawdownQueue *
queue_for(FunctionCallInfo fcinfo, CurveDirection direction, bool timed)
{
	if (!PG_ARGISNULL(0))
		return (DrawdownQueue *) PG_GETARG_POINTER(0);
	return DrawdownQueueCreate(AggregateContext(fcinfo), direction, timed);
}

static Datum
queue_transfn(FunctionCallInfo fcinfo, CurveDirection direction)
{
	DrawdownQueue *queue = queue_for(fcinfo, direction, false);

	if (!PG_ARGISNULL(1))
		DrawdownQueuePush(queue, 0, CheckPrice(PG_GETARG_FLOAT8(1)));
	PG_RETURN_POINTER(queue);
}

static Datum
queue_at_transfn(FunctionCallInfo fcinfo, CurveDirection direction,
				 TimeKind kind)
{
	DrawdownQueue *queue = queue_for(fcinfo, direction, true);

	if (!RowIsNull(fcinfo))
		DrawdownQueuePush(queue, TimeArg(fcinfo, 2, kind, "at"),
						  CheckPrice(PG_GETARG_FLOAT8(1)));
	PG_RETURN_POINTER(queue);
}

Datum
bubble_drawdown_queue_transfn(PG_FUNCTION_ARGS)
{
	return queue_transfn(fcinfo, CURVE_FALLS);
}

Datum
bubble_drawdown_queue_date_transfn(PG_FUNCTION_ARGS)
{
	return queue_at_transfn(fcinfo, CURVE_FALLS, TIME_IS_DATE);
}

Datum
bubble_drawdown_queue_timestamptz_transfn(PG_FUNCTION_ARGS)
{
	return queue_at_transfn(fcinfo, CURVE_FALLS, TIME_IS_TIMESTAMPTZ);
}

Datum
bubble_runup_queue_transfn(PG_FUNCTION_ARGS)
{
	return queue_transfn(fcinfo, CURVE_RISES);
}

Datum
bubble_runup_queue_date_transfn(PG_FUNCTION_ARGS)
{
	return queue_at_transfn(fcinfo, CURVE_RISES, TIME_IS_DATE);
}

Datum
bubble_runup_queue_timestamptz_transfn(PG_FUNCTION_ARGS)
{
	return queue_at_transfn(fcinfo, CURVE_RISES, TIME_IS_TIMESTAMPTZ);
}

/*
 * Rows leave in the order in which they came; those that were skipped are
 * skipped again.
 */
Datum
bubble_queue_invtransfn(PG_FUNCTION_ARGS)
{
	DrawdownQueue *queue = STATE_ARG(DrawdownQueue, 0);
	bool		skipped = PG_ARGISNULL(1) ||
		(PG_NARGS() > 2 && PG_ARGISNULL(2));

	if (!skipped)
		DrawdownQueuePop(queue);
	RETURN_STATE(queue);
}

/*
 * The curve in a frame, or NULL if it has no rows.
 */
static const DrawdownPiece *
queue_total(FunctionCallInfo fcinfo, DrawdownPiece *total)
{
	DrawdownQueue *queue = STATE_ARG(DrawdownQueue, 0);

	if (queue == NULL || DrawdownQueueIsEmpty(queue))
		return NULL;
	*total = DrawdownQueueTotal(queue);
	return total;
}

Datum
bubble_queue_last_finalfn(PG_FUNCTION_ARGS)
{
	DrawdownPiece total;

	return last_of(fcinfo, queue_total(fcinfo, &total));
}

Datum
bubble_queue_max_finalfn(PG_FUNCTION_ARGS)
{
	DrawdownPiece total;

	return largest_of(fcinfo, queue_total(fcinfo, &total));
}

/* ---- (price, at): any order of rows, any plan ---- */

static Datum
envelope_transfn(FunctionCallInfo fcinfo, CurveDirection direction,
				 TimeKind kind)
{
	DrawdownEnvelope *envelope = STATE_ARG(DrawdownEnvelope, 0);
	double		price;
	int64		at;

	if (RowIsNull(fcinfo))
		RETURN_STATE(envelope);
	price = CheckPrice(PG_GETARG_FLOAT8(1));
	at = TimeArg(fcinfo, 2, kind, "at");
	if (envelope == NULL)
		envelope = EnvelopeCreate(AggregateContext(fcinfo), direction,
								  InWindow(fcinfo));
	EnvelopeAdd(envelope, at, price);
	PG_RETURN_POINTER(envelope);
}

Datum
bubble_drawdown_envelope_date_transfn(PG_FUNCTION_ARGS)
{
	return envelope_transfn(fcinfo, CURVE_FALLS, TIME_IS_DATE);
}

Datum
bubble_drawdown_envelope_timestamptz_transfn(PG_FUNCTION_ARGS)
{
	return envelope_transfn(fcinfo, CURVE_FALLS, TIME_IS_TIMESTAMPTZ);
}

Datum
bubble_runup_envelope_date_transfn(PG_FUNCTION_ARGS)
{
	return envelope_transfn(fcinfo, CURVE_RISES, TIME_IS_DATE);
}

Datum
bubble_runup_envelope_timestamptz_transfn(PG_FUNCTION_ARGS)
{
	return envelope_transfn(fcinfo, CURVE_RISES, TIME_IS_TIMESTAMPTZ);
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
		envelope = EnvelopeCreate(context, other->direction, false);
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
	pq_sendbyte(&buf, envelope->direction);
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
	envelope = EnvelopeCreate(CurrentMemoryContext,
							  pq_getmsgbyte(&buf) == CURVE_RISES ?
							  CURVE_RISES : CURVE_FALLS, false);
	envelope->retained = pq_getmsgfloat8(&buf);
	SeriesDeserialize(&buf, &envelope->peaks);
	SeriesDeserialize(&buf, &envelope->troughs);
	pq_getmsgend(&buf);
	PG_RETURN_POINTER(envelope);
}

/*
 * The curve of a group, or NULL if it has no rows.
 */
static const DrawdownPiece *
envelope_total(FunctionCallInfo fcinfo, DrawdownPiece *total)
{
	DrawdownEnvelope *envelope = STATE_ARG(DrawdownEnvelope, 0);

	if (envelope == NULL)
		return NULL;
	*total = EnvelopeTotal(envelope);
	return total;
}

Datum
bubble_envelope_last_finalfn(PG_FUNCTION_ARGS)
{
	DrawdownPiece total;

	return last_of(fcinfo, envelope_total(fcinfo, &total));
}

Datum
bubble_envelope_max_finalfn(PG_FUNCTION_ARGS)
{
	DrawdownPiece total;

	return largest_of(fcinfo, envelope_total(fcinfo, &total));
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
