/*
 * drawdown_sql.c - SQL functions of the drawdown family over prices
 *
 * Three states serve drawdown and max_drawdown, runup and max_runup,
 * drawdown_amount and max_drawdown_amount:
 *
 *	DrawdownScan		the (price) forms over rows as they come, in groups and
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
#include "drawdown/envelope_state.h"
#include "drawdown/queue_state.h"
#include "foundation/arguments.h"
#include "foundation/compat.h"
#include "foundation/series.h"

typedef struct DrawdownScan
{
	CurveDirection direction;
	DrawdownPiece total;		/* the rows so far */
} DrawdownScan;

PG_FUNCTION_INFO_V1(bubble_drawdown_scan_transfn);
PG_FUNCTION_INFO_V1(bubble_runup_scan_transfn);
PG_FUNCTION_INFO_V1(bubble_amount_scan_transfn);
PG_FUNCTION_INFO_V1(bubble_scan_last_finalfn);
PG_FUNCTION_INFO_V1(bubble_scan_max_finalfn);
PG_FUNCTION_INFO_V1(bubble_drawdown_queue_transfn);
PG_FUNCTION_INFO_V1(bubble_drawdown_queue_date_transfn);
PG_FUNCTION_INFO_V1(bubble_drawdown_queue_timestamptz_transfn);
PG_FUNCTION_INFO_V1(bubble_runup_queue_transfn);
PG_FUNCTION_INFO_V1(bubble_runup_queue_date_transfn);
PG_FUNCTION_INFO_V1(bubble_runup_queue_timestamptz_transfn);
PG_FUNCTION_INFO_V1(bubble_amount_queue_transfn);
PG_FUNCTION_INFO_V1(bubble_amount_queue_date_transfn);
PG_FUNCTION_INFO_V1(bubble_amount_queue_timestamptz_transfn);
PG_FUNCTION_INFO_V1(bubble_queue_invtransfn);
PG_FUNCTION_INFO_V1(bubble_queue_last_finalfn);
PG_FUNCTION_INFO_V1(bubble_queue_max_finalfn);
PG_FUNCTION_INFO_V1(bubble_drawdown_envelope_date_transfn);
PG_FUNCTION_INFO_V1(bubble_drawdown_envelope_timestamptz_transfn);
PG_FUNCTION_INFO_V1(bubble_runup_envelope_date_transfn);
PG_FUNCTION_INFO_V1(bubble_runup_envelope_timestamptz_transfn);
PG_FUNCTION_INFO_V1(bubble_amount_envelope_date_transfn);
PG_FUNCTION_INFO_V1(bubble_amount_envelope_timestamptz_transfn);
PG_FUNCTION_INFO_V1(bubble_envelope_combinefn);
PG_FUNCTION_INFO_V1(bubble_envelope_serialfn);
PG_FUNCTION_INFO_V1(bubble_envelope_deserialfn);
PG_FUNCTION_INFO_V1(bubble_envelope_last_finalfn);
PG_FUNCTION_INFO_V1(bubble_envelope_max_finalfn);

/*
 * What the final functions answer; NULL without rows, or where the answer is
 * not defined.
 */
static Datum
answer(FunctionCallInfo fcinfo, double result)
{
	if (isnan(result))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(CheckResult(result));
}

/*
 * Argument 1 as it is measured in this direction: a price, or a balance.
 */
static double
value_arg(FunctionCallInfo fcinfo, CurveDirection direction)
{
	if (direction == CURVE_LOSES)
		return CheckFinite(PG_GETARG_FLOAT8(1), "value");
	return CheckPrice(PG_GETARG_FLOAT8(1));
}

/*
 * The same of a row that has a time, argument 2.
 */
static double
value_at_arg(FunctionCallInfo fcinfo, CurveDirection direction, TimeKind kind)
{
	if (direction == CURVE_LOSES)
		return CheckFiniteAt(PG_GETARG_FLOAT8(1), "value", fcinfo, 2, kind);
	return CheckPriceAt(PG_GETARG_FLOAT8(1), fcinfo, 2, kind);
}

/* ---- (price): rows as they come ---- */

static Datum
scan_transfn(FunctionCallInfo fcinfo, CurveDirection direction)
{
	DrawdownScan *scan = STATE_ARG(DrawdownScan, 0);
	DrawdownPiece row;

	if (PG_ARGISNULL(1))
		RETURN_STATE(scan);
	row = PieceOf(Turned(value_arg(fcinfo, direction), direction), direction);
	if (scan == NULL)
	{
		scan = MemoryContextAlloc(AggregateContext(fcinfo),
								  sizeof(DrawdownScan));
		scan->direction = direction;
		scan->total = row;
	}
	else
	{
		NextRowInOrder(fcinfo);
		scan->total = PiecesJoined(&scan->total, &row, direction);
	}
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
bubble_amount_scan_transfn(PG_FUNCTION_ARGS)
{
	return scan_transfn(fcinfo, CURVE_LOSES);
}

Datum
bubble_scan_last_finalfn(PG_FUNCTION_ARGS)
{
	const DrawdownScan *scan = STATE_ARG(DrawdownScan, 0);

	return answer(fcinfo, scan == NULL ? NAN :
				  PieceLast(&scan->total, scan->direction));
}

Datum
bubble_scan_max_finalfn(PG_FUNCTION_ARGS)
{
	const DrawdownScan *scan = STATE_ARG(DrawdownScan, 0);

	return answer(fcinfo, scan == NULL ? NAN :
				  PieceLargest(&scan->total, scan->direction));
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
		DrawdownQueuePush(queue, 0, value_arg(fcinfo, direction));
	PG_RETURN_POINTER(queue);
}

static Datum
queue_at_transfn(FunctionCallInfo fcinfo, CurveDirection direction,
				 TimeKind kind)
{
	DrawdownQueue *queue = queue_for(fcinfo, direction, true);

	if (!RowIsNull(fcinfo))
		DrawdownQueuePush(queue, TimeArg(fcinfo, 2, kind, "at"),
						  value_at_arg(fcinfo, direction, kind));
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

Datum
bubble_amount_queue_transfn(PG_FUNCTION_ARGS)
{
	return queue_transfn(fcinfo, CURVE_LOSES);
}

Datum
bubble_amount_queue_date_transfn(PG_FUNCTION_ARGS)
{
	return queue_at_transfn(fcinfo, CURVE_LOSES, TIME_IS_DATE);
}

Datum
bubble_amount_queue_timestamptz_transfn(PG_FUNCTION_ARGS)
{
	return queue_at_transfn(fcinfo, CURVE_LOSES, TIME_IS_TIMESTAMPTZ);
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

Datum
bubble_queue_last_finalfn(PG_FUNCTION_ARGS)
{
	const DrawdownQueue *queue = STATE_ARG(DrawdownQueue, 0);

	return answer(fcinfo, queue == NULL ? NAN : DrawdownQueueLast(queue));
}

Datum
bubble_queue_max_finalfn(PG_FUNCTION_ARGS)
{
	const DrawdownQueue *queue = STATE_ARG(DrawdownQueue, 0);

	return answer(fcinfo, queue == NULL ? NAN : DrawdownQueueLargest(queue));
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
	price = value_at_arg(fcinfo, direction, kind);
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
bubble_amount_envelope_date_transfn(PG_FUNCTION_ARGS)
{
	return envelope_transfn(fcinfo, CURVE_LOSES, TIME_IS_DATE);
}

Datum
bubble_amount_envelope_timestamptz_transfn(PG_FUNCTION_ARGS)
{
	return envelope_transfn(fcinfo, CURVE_LOSES, TIME_IS_TIMESTAMPTZ);
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

static CurveDirection
direction_of(int byte)
{
	if (byte > CURVE_LOSES)
		elog(ERROR, "invalid direction of a serialised price history");
	return (CurveDirection) byte;
}

Datum
bubble_envelope_deserialfn(PG_FUNCTION_ARGS)
{
	DrawdownEnvelope *envelope;
	StringInfoData buf;

	OpenAggregateBytea(fcinfo, 0, &buf);
	envelope = EnvelopeCreate(CurrentMemoryContext,
							  direction_of(pq_getmsgbyte(&buf)), false);
	envelope->retained = pq_getmsgfloat8(&buf);
	SeriesDeserialize(&buf, &envelope->peaks);
	SeriesDeserialize(&buf, &envelope->troughs);
	pq_getmsgend(&buf);
	PG_RETURN_POINTER(envelope);
}

Datum
bubble_envelope_last_finalfn(PG_FUNCTION_ARGS)
{
	const DrawdownEnvelope *envelope = STATE_ARG(DrawdownEnvelope, 0);
	DrawdownPiece total;

	if (envelope == NULL)
		PG_RETURN_NULL();
	total = EnvelopeTotal(envelope);
	return answer(fcinfo, PieceLast(&total, envelope->direction));
}

Datum
bubble_envelope_max_finalfn(PG_FUNCTION_ARGS)
{
	const DrawdownEnvelope *envelope = STATE_ARG(DrawdownEnvelope, 0);
	DrawdownPiece total;

	if (envelope == NULL)
		PG_RETURN_NULL();
	total = EnvelopeTotal(envelope);
	return answer(fcinfo, PieceLargest(&total, envelope->direction));
}
