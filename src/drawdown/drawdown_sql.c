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
 * Each gives the piece of the curve that its rows make, and knows its
 * direction; only the transition functions differ by that.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "postgres.h"

#include "libpq/pqformat.h"

#include "drawdown/curve.h"
#include "drawdown/envelope_state.h"
#include "drawdown/queue_state.h"
#include "foundation/aggregate_head.h"
#include "foundation/arguments.h"
#include "foundation/series.h"

typedef struct DrawdownScan
{
	AggregateHead head;			/* its variant is a CurveDirection, as those
								 * of the other states are */
	DrawdownPiece total;		/* the rows so far; last is NaN without any */
} DrawdownScan;

typedef struct QueueState
{
	AggregateHead head;
	DrawdownQueue *queue;
} QueueState;

PG_FUNCTION_INFO_V1(bubble_scan_last_finalfn);
PG_FUNCTION_INFO_V1(bubble_scan_max_finalfn);
PG_FUNCTION_INFO_V1(bubble_queue_last_finalfn);
PG_FUNCTION_INFO_V1(bubble_queue_max_finalfn);
PG_FUNCTION_INFO_V1(bubble_envelope_last_finalfn);
PG_FUNCTION_INFO_V1(bubble_envelope_max_finalfn);

/* The transition functions of each state. */
#define CURVE_DIRECTIONS \
	AGGREGATE_VARIANT(drawdown, CURVE_FALLS) \
	AGGREGATE_VARIANT(runup, CURVE_RISES) \
	AGGREGATE_VARIANT(amount, CURVE_LOSES)

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
static inline double
value_arg(FunctionCallInfo fcinfo, int direction)
{
	if (direction == CURVE_LOSES)
		return CheckFinite(PG_GETARG_FLOAT8(1), "value");
	return CheckPrice(PG_GETARG_FLOAT8(1));
}

/*
 * The same for a row with a time, argument 2.
 */
static double
value_at_arg(FunctionCallInfo fcinfo, const AggregateHead *head)
{
	if (head->variant == CURVE_LOSES)
		return CheckFiniteAt(PG_GETARG_FLOAT8(1), "value", fcinfo, 2,
							 head->kind);
	return CheckPriceAt(PG_GETARG_FLOAT8(1), fcinfo, 2, head->kind);
}

/* ---- (price): rows as they come ---- */

static DrawdownScan *
scan_create(const AggregateHead *head, MemoryContext context)
{
	DrawdownScan *scan = MemoryContextAllocZero(context, sizeof(DrawdownScan));

	scan->total.last = NAN;
	return scan;
}

static inline void
follow(DrawdownScan *scan, FunctionCallInfo fcinfo, CurveDirection direction)
{
	DrawdownPiece row = PieceOf(Turned(value_arg(fcinfo, direction),
									   direction), direction);

	if (unlikely(isnan(scan->total.last)))
	{
		scan->total = row;
		return;
	}
	NextRowInOrder(fcinfo);
	scan->total = PiecesJoined(&scan->total, &row, direction);
}

/*
 * Each direction has code of its own.
 */
static void
scan_add(DrawdownScan *scan, FunctionCallInfo fcinfo)
{
	if (scan->head.variant == CURVE_FALLS)
		follow(scan, fcinfo, CURVE_FALLS);
	else if (scan->head.variant == CURVE_RISES)
		follow(scan, fcinfo, CURVE_RISES);
	else
		follow(scan, fcinfo, CURVE_LOSES);
}

#define AGGREGATE scan
#define AGGREGATE_STATE DrawdownScan
#define AGGREGATE_VALUES 1
#define AGGREGATE_VARIANTS CURVE_DIRECTIONS
#include "foundation/aggregate.h"

static Datum
scan_answer(FunctionCallInfo fcinfo,
			double (*measure) (const DrawdownPiece *piece,
							   CurveDirection direction))
{
	const DrawdownScan *scan = STATE_ARG(DrawdownScan, 0);

	if (scan == NULL || isnan(scan->total.last))
		PG_RETURN_NULL();
	return answer(fcinfo, measure(&scan->total, scan->head.variant));
}

Datum
bubble_scan_last_finalfn(PG_FUNCTION_ARGS)
{
	return scan_answer(fcinfo, PieceLast);
}

Datum
bubble_scan_max_finalfn(PG_FUNCTION_ARGS)
{
	return scan_answer(fcinfo, PieceLargest);
}

/* ---- all forms in moving frames: rows come and go ---- */

static QueueState *
create_queue(const AggregateHead *head, MemoryContext context, bool timed)
{
	QueueState *state = MemoryContextAlloc(context, sizeof(QueueState));

	state->queue = DrawdownQueueCreate(context, head->variant, timed);
	return state;
}

static QueueState *
queue_create(const AggregateHead *head, MemoryContext context)
{
	return create_queue(head, context, false);
}

static void
queue_add(QueueState *state, FunctionCallInfo fcinfo)
{
	DrawdownQueuePush(state->queue, 0,
					  value_arg(fcinfo, state->head.variant));
}

static void
queue_remove(QueueState *state, FunctionCallInfo fcinfo)
{
	DrawdownQueuePop(state->queue);
}

#define AGGREGATE queue
#define AGGREGATE_STATE QueueState
#define AGGREGATE_VALUES 1
#define AGGREGATE_VARIANTS CURVE_DIRECTIONS
#define AGGREGATE_MOVES
#include "foundation/aggregate.h"

static QueueState *
timed_queue_create(const AggregateHead *head, MemoryContext context)
{
	return create_queue(head, context, true);
}

static void
timed_queue_add(QueueState *state, FunctionCallInfo fcinfo)
{
	DrawdownQueuePush(state->queue,
					  TimeArg(fcinfo, 2, state->head.kind, "at"),
					  value_at_arg(fcinfo, &state->head));
}

static void
timed_queue_remove(QueueState *state, FunctionCallInfo fcinfo)
{
	DrawdownQueuePop(state->queue);
}

#define AGGREGATE timed_queue
#define AGGREGATE_STATE QueueState
#define AGGREGATE_VALUES 2
#define AGGREGATE_AT 2
#define AGGREGATE_VARIANTS CURVE_DIRECTIONS
#define AGGREGATE_MOVES
#include "foundation/aggregate.h"

Datum
bubble_queue_last_finalfn(PG_FUNCTION_ARGS)
{
	const QueueState *state = STATE_ARG(QueueState, 0);

	return answer(fcinfo, state == NULL ? NAN :
				  DrawdownQueueLast(state->queue));
}

Datum
bubble_queue_max_finalfn(PG_FUNCTION_ARGS)
{
	const QueueState *state = STATE_ARG(QueueState, 0);

	return answer(fcinfo, state == NULL ? NAN :
				  DrawdownQueueLargest(state->queue));
}

/* ---- (price, at): any order of rows, any plan ---- */

static DrawdownEnvelope *
envelope_create(const AggregateHead *head, MemoryContext context)
{
	return EnvelopeCreate(head, context);
}

static void
envelope_add(DrawdownEnvelope *envelope, FunctionCallInfo fcinfo)
{
	double		price = value_at_arg(fcinfo, &envelope->head);

	EnvelopeAdd(envelope, TimeArg(fcinfo, 2, envelope->head.kind, "at"),
				price);
}

static void
envelope_merge(DrawdownEnvelope *envelope, const DrawdownEnvelope *other)
{
	EnvelopeMerge(envelope, other);
}

static void
envelope_write(StringInfo buf, const DrawdownEnvelope *envelope)
{
	envelope = EnvelopeSettled(envelope);
	pq_sendfloat8(buf, envelope->retained);
	SeriesSerialize(buf, &envelope->peaks);
	SeriesSerialize(buf, &envelope->troughs);
}

static void
envelope_read(StringInfo buf, DrawdownEnvelope *envelope)
{
	EnvelopeRead(buf, envelope);
}

#define AGGREGATE envelope
#define AGGREGATE_STATE DrawdownEnvelope
#define AGGREGATE_VALUES 2
#define AGGREGATE_AT 2
#define AGGREGATE_VARIANTS CURVE_DIRECTIONS
#define AGGREGATE_MERGES
#include "foundation/aggregate.h"

static Datum
envelope_answer(FunctionCallInfo fcinfo,
				double (*measure) (const DrawdownPiece *piece,
								   CurveDirection direction))
{
	const DrawdownEnvelope *envelope = STATE_ARG(DrawdownEnvelope, 0);
	DrawdownPiece total;

	if (envelope == NULL || EnvelopeIsEmpty(envelope))
		PG_RETURN_NULL();
	total = EnvelopeTotal(envelope);
	return answer(fcinfo, measure(&total, EnvelopeDirection(envelope)));
}

Datum
bubble_envelope_last_finalfn(PG_FUNCTION_ARGS)
{
	return envelope_answer(fcinfo, PieceLast);
}

Datum
bubble_envelope_max_finalfn(PG_FUNCTION_ARGS)
{
	return envelope_answer(fcinfo, PieceLargest);
}
