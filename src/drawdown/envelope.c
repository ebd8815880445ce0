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

/* Late rows are not worked in before there are as many as this. */
#define FEWEST_LATE_ROWS 256

#ifdef USE_ASSERT_CHECKING
static void
check_envelope(const DrawdownEnvelope *envelope)
{
	const Series *peaks = &envelope->peaks;
	const Series *troughs = &envelope->troughs;

	Assert(envelope->retained >= 0.0 && envelope->retained <= 1.0);
	Assert(peaks->disorder == 0 && troughs->disorder == 0);
	Assert((SeriesLength(peaks) == 0) == (SeriesLength(troughs) == 0));
	if (SeriesLength(peaks) > 1)
		Assert(SeriesValue(peaks, peaks->to - 2) <
			   SeriesValue(peaks, peaks->to - 1));
	if (SeriesLength(troughs) > 1)
		Assert(SeriesValue(troughs, troughs->to - 2) <
			   SeriesValue(troughs, troughs->to - 1));
}
#else
#define check_envelope(envelope) ((void) 0)
#endif

static void
init_envelope(DrawdownEnvelope *envelope, MemoryContext context)
{
	envelope->context = context;
	envelope->retained = 1.0;
	SeriesInit(&envelope->peaks, context, true);
	SeriesInit(&envelope->troughs, context, true);
	SeriesInit(&envelope->late, context, true);
}

DrawdownEnvelope *
EnvelopeCreate(MemoryContext context)
{
	DrawdownEnvelope *envelope = MemoryContextAlloc(context,
													sizeof(DrawdownEnvelope));

	init_envelope(envelope, context);
	return envelope;
}

static bool
is_empty(const DrawdownEnvelope *envelope)
{
	return SeriesLength(&envelope->peaks) == 0;
}

/*
 * Work in a row that is not earlier than any before it.
 */
static inline void
extend(DrawdownEnvelope *envelope, int64 at, double price)
{
	Series	   *peaks = &envelope->peaks;
	Series	   *troughs = &envelope->troughs;

	if (SeriesLength(peaks) == 0 ||
		price > SeriesValue(peaks, peaks->to - 1))
		SeriesAppend(peaks, at, price);
	else
	{
		double		retained = price / SeriesValue(peaks, peaks->to - 1);

		if (retained < envelope->retained)
			envelope->retained = retained;
	}
	while (SeriesLength(troughs) > 0 &&
		   SeriesValue(troughs, troughs->to - 1) >= price)
		troughs->to--;
	SeriesAppend(troughs, at, price);
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
 * late rows included.
 */
static void
rebuild(DrawdownEnvelope *envelope, const DrawdownEnvelope *other)
{
	DrawdownEnvelope old = *envelope;
	Series		rows;
	int64		place;

	SeriesInit(&rows, CurrentMemoryContext, true);
	SeriesMerge(&rows, &old.late);
	if (other != NULL)
		SeriesMerge(&rows, &other->late);
	SeriesSort(&rows);
	SeriesMerge(&rows, &old.peaks);
	SeriesMerge(&rows, &old.troughs);
	if (other != NULL)
	{
		SeriesMerge(&rows, &other->peaks);
		SeriesMerge(&rows, &other->troughs);
	}
	SeriesSort(&rows);			/* merging a short series only appends it */

	init_envelope(envelope, old.context);
	envelope->retained = old.retained;
	if (other != NULL)
		envelope->retained = Min(old.retained, other->retained);
	for (place = rows.from; place < rows.to; place++)
	{
		CHECK_FOR_INTERRUPTS();
		extend(envelope, SeriesAt(&rows, place), SeriesValue(&rows, place));
	}
	free_series(&rows);
	free_series(&old.peaks);
	free_series(&old.troughs);
	free_series(&old.late);
	check_envelope(envelope);
}

/*
 * Add a row.  Late rows may wait unless the result is asked for after every
 * row: then it is cheaper to work each in at once.
 */
void
EnvelopeAdd(DrawdownEnvelope *envelope, int64 at, double price,
			bool late_may_wait)
{
	const Series *troughs = &envelope->troughs;

	if (is_empty(envelope) ||
		likely(!RowBefore(at, price, SeriesAt(troughs, troughs->to - 1),
						  SeriesValue(troughs, troughs->to - 1))))
	{
		extend(envelope, at, price);
		return;
	}
	SeriesAppend(&envelope->late, at, price);
	if (!late_may_wait ||
		SeriesLength(&envelope->late) >= FEWEST_LATE_ROWS +
		SeriesLength(&envelope->peaks) + SeriesLength(&envelope->troughs))
		rebuild(envelope, NULL);
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
 * The envelope itself if no late rows wait, otherwise a copy that has them
 * worked in: final functions must not change their state.
 */
const DrawdownEnvelope *
EnvelopeSettled(const DrawdownEnvelope *envelope)
{
	DrawdownEnvelope *copy;

	if (SeriesLength(&envelope->late) == 0)
		return envelope;
	copy = EnvelopeCreate(CurrentMemoryContext);
	rebuild(copy, envelope);
	return copy;
}

/*
 * Drawdown of the last row from the highest one.  The envelope has rows, and
 * none of them late.
 */
double
EnvelopeLast(const DrawdownEnvelope *envelope)
{
	const Series *peaks = &envelope->peaks;
	const Series *troughs = &envelope->troughs;

	check_envelope(envelope);
	return 1.0 - SeriesValue(troughs, troughs->to - 1) /
		SeriesValue(peaks, peaks->to - 1);
}

/*
 * Maximum drawdown, under the same conditions.
 */
double
EnvelopeWorst(const DrawdownEnvelope *envelope)
{
	check_envelope(envelope);
	return 1.0 - envelope->retained;
}
