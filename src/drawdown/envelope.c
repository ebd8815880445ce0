/*
 * envelope.c - what must be kept of a price history to merge it with others
 *
 * The method is described in envelope.h.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "postgres.h"

#include "miscadmin.h"

#include "drawdown/envelope.h"

/* So many rows wait before they are worked in. */
#define FRESH_ROWS 32

/*
 * The price at a place of one of an envelope's series, as it is measured.
 */
static inline double
turned_at(const DrawdownEnvelope *envelope, const Series *rows, int64 place)
{
	return Turned(SeriesValue(rows, place), envelope->direction);
}

static bool
has_settled_rows(const DrawdownEnvelope *envelope)
{
	return SeriesLength(&envelope->troughs) > 0;
}

#ifdef USE_ASSERT_CHECKING
static bool
ascends(const DrawdownEnvelope *envelope, const Series *rows)
{
	return rows->disorder == 0 &&
		(SeriesLength(rows) < 2 ||
		 turned_at(envelope, rows, rows->to - 2) <
		 turned_at(envelope, rows, rows->to - 1));
}

static void
check_envelope(const DrawdownEnvelope *envelope)
{
	Assert(envelope->retained <= Turned(1.0, envelope->direction));
	Assert(ascends(envelope, &envelope->peaks));
	Assert(ascends(envelope, &envelope->troughs));
	Assert((SeriesLength(&envelope->peaks) > 0) ==
		   has_settled_rows(envelope));
	Assert(SeriesLength(&envelope->fresh) < envelope->fresh_limit);
}
#else
#define check_envelope(envelope) ((void) 0)
#endif

static void
init_envelope(DrawdownEnvelope *envelope, MemoryContext context,
			  CurveDirection direction, bool in_window)
{
	SeriesInit(&envelope->fresh, context, true);
	envelope->fresh_limit = in_window ? 1 : FRESH_ROWS;
	envelope->context = context;
	envelope->direction = direction;
	envelope->in_window = in_window;
	envelope->retained = Turned(1.0, direction);
	SeriesInit(&envelope->peaks, context, true);
	SeriesInit(&envelope->troughs, context, true);
}

/*
 * An empty envelope.  In a window the result is asked for after every row.
 */
DrawdownEnvelope *
EnvelopeCreate(MemoryContext context, CurveDirection direction,
			   bool in_window)
{
	DrawdownEnvelope *envelope = MemoryContextAlloc(context,
													sizeof(DrawdownEnvelope));

	init_envelope(envelope, context, direction, in_window);
	return envelope;
}

/*
 * Forward along new rows for the prefix maxima and what is retained of them.
 */
static void
extend_peaks(DrawdownEnvelope *envelope, const Series *rows)
{
	Series	   *peaks = &envelope->peaks;
	double		peak = -INFINITY;
	double		least = envelope->retained;
	int64		place;

	if (SeriesLength(peaks) > 0)
		peak = turned_at(envelope, peaks, peaks->to - 1);
	for (place = rows->from; place < rows->to; place++)
	{
		double		price = turned_at(envelope, rows, place);
		double		retained = price / fabs(peak);

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
	rows->base = rows->from = rows->to;
}

static void
free_series(Series *series)
{
	if (series->at == NULL)
		return;
	pfree(series->at);
	pfree(series->value);
}

/*
 * Replace an envelope by that of its own rows and those of another one,
 * fresh rows included.
 */
static void
rebuild(DrawdownEnvelope *envelope, const DrawdownEnvelope *other)
{
	DrawdownEnvelope old = *envelope;
	Series		rows;

	SeriesInit(&rows, CurrentMemoryContext, true);
	SeriesMerge(&rows, &old.fresh);
	if (other != NULL)
		SeriesMerge(&rows, &other->fresh);
	SeriesSort(&rows);
	SeriesMerge(&rows, &old.peaks);
	SeriesMerge(&rows, &old.troughs);
	if (other != NULL)
	{
		SeriesMerge(&rows, &other->peaks);
		SeriesMerge(&rows, &other->troughs);
	}
	SeriesSort(&rows);			/* merging a short series only appends it */

	init_envelope(envelope, old.context, old.direction, old.in_window);
	envelope->retained = old.retained;
	if (other != NULL)
		envelope->retained = Min(old.retained, other->retained);
	extend(envelope, &rows);
	free_series(&rows);
	free_series(&old.peaks);
	free_series(&old.troughs);
	free_series(&old.fresh);
	check_envelope(envelope);
}

/*
 * Do the fresh rows follow the settled ones in order?
 */
static bool
fresh_in_order(const DrawdownEnvelope *envelope)
{
	const Series *fresh = &envelope->fresh;
	const Series *settled = &envelope->troughs;

	return fresh->disorder == 0 &&
		(SeriesLength(settled) == 0 ||
		 !RowBefore(SeriesAt(fresh, fresh->from),
					SeriesValue(fresh, fresh->from),
					SeriesAt(settled, settled->to - 1),
					SeriesValue(settled, settled->to - 1)));
}

/*
 * There are as many fresh rows as the limit: work them in, or let late ones
 * wait until merging them pays.
 */
void
EnvelopeConsiderFresh(DrawdownEnvelope *envelope)
{
	int64		enough = FRESH_ROWS + SeriesLength(&envelope->peaks) +
		SeriesLength(&envelope->troughs);

	if (fresh_in_order(envelope))
		extend(envelope, &envelope->fresh);
	else if (envelope->in_window || envelope->fresh_limit >= enough)
		rebuild(envelope, NULL);
	else
		envelope->fresh_limit = enough;
	check_envelope(envelope);
}

static bool
is_empty(const DrawdownEnvelope *envelope)
{
	return !has_settled_rows(envelope) &&
		SeriesLength(&envelope->fresh) == 0;
}

/*
 * Add all that another envelope knows; that one stays as it is.
 */
void
EnvelopeMerge(DrawdownEnvelope *envelope, const DrawdownEnvelope *other)
{
	if (!is_empty(other))
		rebuild(envelope, other);
}

/*
 * The envelope itself if no fresh rows wait, otherwise a copy that has them
 * worked in: final functions must not change their state.
 */
const DrawdownEnvelope *
EnvelopeSettled(const DrawdownEnvelope *envelope)
{
	DrawdownEnvelope *copy;

	if (SeriesLength(&envelope->fresh) == 0)
		return envelope;
	copy = EnvelopeCreate(CurrentMemoryContext, envelope->direction, false);
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

/*
 * All rows as a piece of the curve; there are some.
 */
DrawdownPiece
EnvelopeTotal(const DrawdownEnvelope *envelope)
{
	const Series *fresh = &envelope->fresh;
	DrawdownPiece total;
	int64		place = fresh->from;

	check_envelope(envelope);
	if (SeriesLength(fresh) > 0 && !fresh_in_order(envelope))
		return settled_piece(EnvelopeSettled(envelope));
	total = has_settled_rows(envelope) ? settled_piece(envelope) :
		PieceOf(turned_at(envelope, fresh, place++));
	for (; place < fresh->to; place++)
	{
		DrawdownPiece row = PieceOf(turned_at(envelope, fresh, place));

		CHECK_FOR_INTERRUPTS();
		total = PiecesJoined(&total, &row);
	}
	return total;
}
