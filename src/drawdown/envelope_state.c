/*
 * envelope_state.c - what to keep of a price history to merge it with others
 *
 * The method is described in envelope_state.h.
 *
 * A summary (summary_state.h) keeps extremes too, and is not this structure:
 *
 *	- It must find the rows of the deepest episode, from the last row at the
 *	  peak to the first at the trough, and so keeps all rows at equal prices.
 *	  Of a price that takes ten values it keeps a fifth of the rows, an
 *	  envelope twenty rows at most: "retained" stands for the others.
 *	- An envelope falls, rises or counts amounts, so that it compares turned
 *	  prices; a summary compares prices.
 *	- An envelope works rows in by two passes over a box; a summary row by
 *	  row, along with its episode scan and its packed times.
 *
 * One structure would take strictness and direction as parameters, asked at
 * every row, and have three members that either use leaves alone.  What is
 * the same, series in order and boxes of rows, is shared.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "postgres.h"

#include "libpq/pqformat.h"
#include "miscadmin.h"

#include "drawdown/envelope_state.h"
#include "foundation/serialised.h"

/* Late rows are merged once there are at least this many. */
#define FEWEST_LATE_ROWS 256

/*
 * The price at a place of one of an envelope's series, as it is measured.
 */
static inline double
turned_at(const DrawdownEnvelope *envelope, const Series *rows, int64 place)
{
	return Turned(SeriesValue(rows, place), EnvelopeDirection(envelope));
}

static bool
has_settled_rows(const DrawdownEnvelope *envelope)
{
	return SeriesLength(&envelope->troughs) > 0;
}

static bool
all_ascend(const DrawdownEnvelope *envelope, const Series *rows)
{
	int64		place;

	if (rows->disorder > 0)
		return false;
	for (place = rows->from + 1; place < rows->to; place++)
	{
		CHECK_FOR_INTERRUPTS();
		if (turned_at(envelope, rows, place - 1) >=
			turned_at(envelope, rows, place))
			return false;
	}
	return true;
}

/*
 * Read what settled rows have left.
 */
void
EnvelopeRead(StringInfo buf, DrawdownEnvelope *envelope)
{
	const TimeKind kind = envelope->head.kind;

	envelope->retained = pq_getmsgfloat8(buf);
	SeriesDeserialize(buf, &envelope->peaks, kind);
	SeriesDeserialize(buf, &envelope->troughs, kind);
	if (!(envelope->retained <= AllRetained(EnvelopeDirection(envelope))) ||
		!all_ascend(envelope, &envelope->peaks) ||
		!all_ascend(envelope, &envelope->troughs) ||
		(SeriesLength(&envelope->peaks) > 0) != has_settled_rows(envelope))
		DamagedStateError("envelope");
}

#ifdef USE_ASSERT_CHECKING
/*
 * Are rows in order of time, and the last two in order of price?
 */
static bool
last_ascend(const DrawdownEnvelope *envelope, const Series *rows)
{
	return rows->disorder == 0 &&
		(SeriesLength(rows) < 2 ||
		 turned_at(envelope, rows, rows->to - 2) <
		 turned_at(envelope, rows, rows->to - 1));
}

static void
check_envelope(const DrawdownEnvelope *envelope)
{
	Assert(envelope->retained <= AllRetained(EnvelopeDirection(envelope)));
	Assert(last_ascend(envelope, &envelope->peaks));
	Assert(last_ascend(envelope, &envelope->troughs));
	Assert((SeriesLength(&envelope->peaks) > 0) ==
		   has_settled_rows(envelope));
	Assert(envelope->box.count < envelope->box.room);
}
#else
#define check_envelope(envelope) ((void) 0)
#endif

/*
 * Empty an envelope; its head stays.
 */
static void
clear_envelope(DrawdownEnvelope *envelope)
{
	MemoryContext context = envelope->head.context;

	RowBoxInit(&envelope->box, envelope->head.in_window);
	envelope->retained = AllRetained(EnvelopeDirection(envelope));
	SeriesInit(&envelope->peaks, context, true);
	SeriesInit(&envelope->troughs, context, true);
	SeriesInit(&envelope->late, context, true);
}

/*
 * An empty envelope.  In a window the result is asked for after every row.
 */
DrawdownEnvelope *
EnvelopeCreate(const AggregateHead *head, MemoryContext context)
{
	DrawdownEnvelope *envelope = MemoryContextAlloc(context,
													sizeof(DrawdownEnvelope));

	envelope->head = *head;
	envelope->head.context = context;
	clear_envelope(envelope);
	return envelope;
}

/*
 * Forward along new rows for the prefix maxima and what is retained of them.
 */
static void
extend_peaks(DrawdownEnvelope *envelope, const Series *rows)
{
	Series	   *peaks = &envelope->peaks;
	CurveDirection direction = EnvelopeDirection(envelope);
	double		peak = -INFINITY;
	double		least = envelope->retained;
	int64		place;

	if (SeriesLength(peaks) > 0)
		peak = turned_at(envelope, peaks, peaks->to - 1);
	for (place = rows->from; place < rows->to; place++)
	{
		double		price = turned_at(envelope, rows, place);
		double		retained = Retained(peak, price, direction);

		CHECK_FOR_INTERRUPTS();
		if (price > peak)
		{
			peak = price;
			SeriesAppend(peaks, SeriesAt(rows, place),
						 SeriesValue(rows, place));
		}
		else if (retained < least)
			least = retained;
	}
	envelope->retained = least;
}

/*
 * Backward along new rows for the suffix minima.  They are gathered at the
 * end of the new rows, which are used up.
 */
static void
extend_troughs(DrawdownEnvelope *envelope, Series *rows)
{
	Series	   *troughs = &envelope->troughs;
	double		trough = INFINITY;
	int64		kept = rows->to;
	int64		place;

	for (place = rows->to - 1; place >= rows->from; place--)
	{
		double		price = turned_at(envelope, rows, place);

		CHECK_FOR_INTERRUPTS();
		if (price < trough)
		{
			trough = price;
			kept--;
			rows->at[kept - rows->base] = rows->at[place - rows->base];
			rows->value[kept - rows->base] = rows->value[place - rows->base];
		}
	}
	rows->from = kept;
	while (SeriesLength(troughs) > 0 &&
		   turned_at(envelope, troughs, troughs->to - 1) >= trough)
		troughs->to--;
	SeriesMerge(troughs, rows);
}

/*
 * Work in rows in order, none of which belongs before a settled one.
 */
static void
extend(DrawdownEnvelope *envelope, Series *rows)
{
	extend_peaks(envelope, rows);
	extend_troughs(envelope, rows);
}

static void
gather_waiting(Series *rows, const DrawdownEnvelope *envelope)
{
	SeriesMerge(rows, &envelope->late);
	RowBoxCopy(&envelope->box, rows);
}

/*
 * Replace an envelope by that of its own rows and those of another one, rows
 * that wait included.
 */
static void
rebuild(DrawdownEnvelope *envelope, const DrawdownEnvelope *other)
{
	DrawdownEnvelope old = *envelope;
	Series		rows;

	SeriesInit(&rows, CurrentMemoryContext, true);
	gather_waiting(&rows, &old);
	if (other != NULL)
		gather_waiting(&rows, other);
	SeriesSort(&rows);
	SeriesMerge(&rows, &old.peaks);
	SeriesMerge(&rows, &old.troughs);
	if (other != NULL)
	{
		SeriesMerge(&rows, &other->peaks);
		SeriesMerge(&rows, &other->troughs);
	}

	clear_envelope(envelope);
	envelope->retained = old.retained;
	if (other != NULL)
		envelope->retained = Min(old.retained, other->retained);
	extend(envelope, &rows);
	SeriesFree(&rows);
	SeriesFree(&old.peaks);
	SeriesFree(&old.troughs);
	SeriesFree(&old.late);
	check_envelope(envelope);
}

/*
 * Do all rows that wait follow the settled ones in order?
 */
static bool
all_in_order(const DrawdownEnvelope *envelope)
{
	const Series *settled = &envelope->troughs;

	if (SeriesLength(&envelope->late) > 0)
		return false;
	if (!has_settled_rows(envelope))
		return RowBoxInOrder(&envelope->box, PG_INT64_MIN, 0.0);
	return RowBoxInOrder(&envelope->box, SeriesAt(settled, settled->to - 1),
						 SeriesValue(settled, settled->to - 1));
}

/*
 * Work in the rows of the box, which are in order.
 */
static void
extend_by_box(DrawdownEnvelope *envelope)
{
	int64		at[ROW_BOX_ROOM];
	double		value[ROW_BOX_ROOM];
	Series		rows = SeriesWrapped(value, at, envelope->box.count);
	int			i;

	for (i = 0; i < envelope->box.count; i++)
	{
		at[i] = envelope->box.row[i].at;
		value[i] = envelope->box.row[i].value;
	}
	extend(envelope, &rows);
}

/*
 * The box is full: work its rows in, or let late ones wait until merging them
 * pays.
 */
void
EnvelopeEmptyBox(DrawdownEnvelope *envelope)
{
	if (all_in_order(envelope))
		extend_by_box(envelope);
	else
		RowBoxCopy(&envelope->box, &envelope->late);
	envelope->box.count = 0;
	if (SeriesLength(&envelope->late) > 0 &&
		(envelope->head.in_window || SeriesLength(&envelope->late) >=
		 FEWEST_LATE_ROWS + SeriesLength(&envelope->peaks) +
		 SeriesLength(&envelope->troughs)))
		rebuild(envelope, NULL);
	check_envelope(envelope);
}

static bool
nothing_waits(const DrawdownEnvelope *envelope)
{
	return envelope->box.count == 0 && SeriesLength(&envelope->late) == 0;
}

bool
EnvelopeIsEmpty(const DrawdownEnvelope *envelope)
{
	return !has_settled_rows(envelope) && nothing_waits(envelope);
}

/*
 * Add all that another envelope knows; that one stays as it is.
 */
void
EnvelopeMerge(DrawdownEnvelope *envelope, const DrawdownEnvelope *other)
{
	if (!EnvelopeIsEmpty(other))
		rebuild(envelope, other);
}

/*
 * The envelope itself if no rows wait, otherwise a copy that has them
 * worked in: final functions must not change their state.
 */
const DrawdownEnvelope *
EnvelopeSettled(const DrawdownEnvelope *envelope)
{
	DrawdownEnvelope *copy;

	if (nothing_waits(envelope))
		return envelope;
	copy = EnvelopeCreate(&envelope->head, CurrentMemoryContext);
	rebuild(copy, envelope);
	return copy;
}

/*
 * The settled rows as a piece of the curve.
 */
static DrawdownPiece
settled_piece(const DrawdownEnvelope *envelope)
{
	const Series *peaks = &envelope->peaks;
	const Series *troughs = &envelope->troughs;
	DrawdownPiece piece;

	piece.peak = turned_at(envelope, peaks, peaks->to - 1);
	piece.trough = turned_at(envelope, troughs, troughs->from);
	piece.last = turned_at(envelope, troughs, troughs->to - 1);
	piece.retained = envelope->retained;
	return piece;
}

static DrawdownPiece
row_piece(const DrawdownEnvelope *envelope, double price)
{
	CurveDirection direction = EnvelopeDirection(envelope);

	return PieceOf(Turned(price, direction), direction);
}

/*
 * All rows as a piece of the curve; there must be one.
 */
DrawdownPiece
EnvelopeTotal(const DrawdownEnvelope *envelope)
{
	const RowBox *box = &envelope->box;
	DrawdownPiece total;
	int			i = 0;

	check_envelope(envelope);
	if (!all_in_order(envelope))
		return settled_piece(EnvelopeSettled(envelope));
	total = has_settled_rows(envelope) ? settled_piece(envelope) :
		row_piece(envelope, box->row[i++].value);
	for (; i < box->count; i++)
	{
		DrawdownPiece row = row_piece(envelope, box->row[i].value);

		total = PiecesJoined(&total, &row, EnvelopeDirection(envelope));
	}
	return total;
}
