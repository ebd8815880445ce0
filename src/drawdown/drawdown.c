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
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "postgres.h"

#include "libpq/pqformat.h"

#include "drawdown/curve.h"
#include "drawdown/envelope.h"
#include "drawdown/queue.h"
#include "foundation/arguments.h"
#include "foundation/compat.h"
#include "foundation/series.h"


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
						  CheckPriceAt(PG_GETARG_FLOAT8(1), fcinfo, 2, kind));
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
	price = CheckPriceAt(PG_GETARG_FLOAT8(1), fcinfo, 2, kind);
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
