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

typedef struct DrawdownScan
{
	DrawdownPiece piece;
	double		last;
} DrawdownScan;

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
