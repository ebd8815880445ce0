/*
 * summary_state.c - a price history as small as it can be and still be merged
 *
 * The method is described in summary_state.h.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "postgres.h"

#include <math.h>

#include "miscadmin.h"
#include "utils/memutils.h"

#include "drawdown/summary_state.h"
#include "foundation/arguments.h"
#include "foundation/array.h"
#include "series/stored_series.h"
#include "series/stored_text.h"

/*
 * Rows, and rows of whole summaries, do not wait for fewer than this to come
 * together.  Summaries can wait longer: merged all at once those that only
 * came in the wrong order are put one after the other.
 */
#define FEWEST_LATE_ROWS 256
#define FEWEST_WAITING_ROWS 16384

#define HEADER_SIZE offsetof(StoredSummary, data)
#define ROW_SIZE (sizeof(double) + sizeof(int64))

static Size summary_flat_size(ExpandedObjectHeader *header);
static void summary_flatten(ExpandedObjectHeader *header, void *result,
							Size size);

static const ExpandedObjectMethods summary_methods = {
	summary_flat_size,
	summary_flatten
};

static inline int64
first_time(const SummaryParts *parts)
{
	return parts->times.first;
}

static inline int64
last_time(const SummaryParts *parts)
{
	return parts->times.last;
}

static inline bool
is_empty(const SummaryParts *parts)
{
	return parts->times.count == 0;
}

static int64
envelope_rows(const SummaryParts *parts)
{
	return SeriesLength(&parts->peaks) + SeriesLength(&parts->troughs);
}

static void
init_parts(SummaryParts *parts, TimeKind kind, MemoryContext context)
{
	parts->kind = kind;
	SeriesInit(&parts->peaks, context, true);
	SeriesInit(&parts->troughs, context, true);
	TimeSetInit(&parts->times, context);
}

/* ---- the envelopes ---- */

static inline bool
last_row_is(const Series *rows, int64 at, double price)
{
	return SeriesValue(rows, rows->to - 1) == price &&
		SeriesAt(rows, rows->to - 1) == at;
}

/*
 * The next row in order of time and price.
 */
static inline void
extend_envelopes(SummaryParts *parts, int64 at, double price)
{
	Series	   *peaks = &parts->peaks;
	Series	   *troughs = &parts->troughs;

	if (SeriesLength(peaks) == 0)
	{
		SeriesAppend(peaks, at, price);
		SeriesAppend(troughs, at, price);
		return;
	}
	if (price >= SeriesValue(peaks, peaks->to - 1) &&
		!last_row_is(peaks, at, price))
		SeriesAppend(peaks, at, price);
	while (SeriesLength(troughs) > 0 &&
		   SeriesValue(troughs, troughs->to - 1) > price)
		troughs->to--;
	if (SeriesLength(troughs) == 0 || !last_row_is(troughs, at, price))
		SeriesAppend(troughs, at, price);
}

/*
 * Goes through the rows of both envelopes in order.
 */
typedef struct EnvelopeWalk
{
	const Series *peaks;
	const Series *troughs;
	int64		peak;			/* places of the next rows */
	int64		trough;
} EnvelopeWalk;

static EnvelopeWalk
walk_envelopes(const SummaryParts *parts)
{
	EnvelopeWalk walk;

	walk.peaks = &parts->peaks;
	walk.troughs = &parts->troughs;
	walk.peak = parts->peaks.from;
	walk.trough = parts->troughs.from;
	return walk;
}

/*
 * The next row; one that is in both envelopes comes once.
 */
static bool
next_row(EnvelopeWalk *walk, int64 *at, double *price)
{
	const Series *peaks = walk->peaks;
	const Series *troughs = walk->troughs;
	bool		has_peak = walk->peak < peaks->to;
	bool		has_trough = walk->trough < troughs->to;

	if (!has_peak && !has_trough)
		return false;
	if (has_peak && has_trough)
	{
		int64		peak_at = SeriesAt(peaks, walk->peak);
		double		peak = SeriesValue(peaks, walk->peak);
		int64		trough_at = SeriesAt(troughs, walk->trough);
		double		trough = SeriesValue(troughs, walk->trough);

		has_peak = !RowBefore(trough_at, trough, peak_at, peak);
		has_trough = !RowBefore(peak_at, peak, trough_at, trough);
	}
	*at = has_peak ? SeriesAt(peaks, walk->peak) :
		SeriesAt(troughs, walk->trough);
	*price = has_peak ? SeriesValue(peaks, walk->peak) :
		SeriesValue(troughs, walk->trough);
	walk->peak += has_peak;
	walk->trough += has_trough;
	return true;
}

/* ---- episodes ---- */

/*
 * A scan of the envelopes finds the deepest episode, but has not seen all
 * rows of it.
 */
static void
count_observations(DrawdownEpisode *episode, const SummaryParts *parts)
{
	int64		end = episode->recovered ? episode->recovered_at :
		last_time(parts);

	episode->observations = 1 + TimeSetUpTo(&parts->times, end) -
		TimeSetUpTo(&parts->times, episode->peak_at);
}

static void
scan_again(DrawdownSummary *summary)
{
	EnvelopeWalk walk = walk_envelopes(&summary->parts);
	EpisodeScan *scan = &summary->scan;
	int64		at;
	double		price;

	if (summary->scanned)
		return;
	memset(scan, 0, sizeof(*scan));
	while (next_row(&walk, &at, &price))
		EpisodeScanStep(scan, at, price);
	count_observations(&scan->current, &summary->parts);
	if (scan->finished.recovered)
		count_observations(&scan->finished, &summary->parts);
	if (scan->any_final)
		count_observations(&scan->deepest, &summary->parts);
	summary->scanned = true;
}

/*
 * The deepest episode of a summary that has rows; NULL if the price never
 * fell.
 */
const DrawdownEpisode *
SummaryDeepest(DrawdownSummary *summary)
{
	scan_again(summary);
	return EpisodeScanDeepest(&summary->scan);
}

/*
 * The smallest quotient later / earlier price, 1 if no price ever fell.  Of a
 * peak of 0 it is NaN, never the smallest.
 */
double
SummaryRetained(const SummaryParts *parts)
{
	const Series *peaks = &parts->peaks;
	const Series *troughs = &parts->troughs;
	int64		peak = peaks->from;
	double		retained = 1.0;
	int64		place;

	for (place = troughs->from; place < troughs->to; place++)
	{
		int64		at = SeriesAt(troughs, place);
		double		trough = SeriesValue(troughs, place);
		double		quotient;

		while (peak + 1 < peaks->to &&
			   RowBefore(SeriesAt(peaks, peak + 1),
						 SeriesValue(peaks, peak + 1), at, trough))
			peak++;
		quotient = trough / SeriesValue(peaks, peak);
		if (quotient < retained)
			retained = quotient;
	}
	return retained;
}

/* ---- merging ---- */

/*
 * The place of the first peak that is not below a price.
 */
static int64
first_peak_from(const Series *peaks, double price)
{
	int64		low = peaks->from;
	int64		high = peaks->to;

	while (low < high)
	{
		int64		middle = low + (high - low) / 2;

		if (SeriesValue(peaks, middle) < price)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/*
 * Add a part that begins after this one ends.
 */
static void
append_parts(SummaryParts *parts, const SummaryParts *later)
{
	Series	   *troughs = &parts->troughs;
	Series		peaks = later->peaks;
	double		lowest = SeriesValue(&later->troughs, later->troughs.from);

	if (!is_empty(parts))
		peaks.from = first_peak_from(&peaks,
									 SeriesValue(&parts->peaks,
												 parts->peaks.to - 1));
	while (SeriesLength(troughs) > 0 &&
		   SeriesValue(troughs, troughs->to - 1) > lowest)
		troughs->to--;
	SeriesMerge(&parts->peaks, &peaks);
	SeriesMerge(troughs, &later->troughs);
	TimeSetAppendSet(&parts->times, &later->times);
}

/*
 * Merge two parts, which may overlap in time, into an empty one.
 */
static void
interleave_parts(SummaryParts *result, const SummaryParts *a,
				 const SummaryParts *b)
{
	EnvelopeWalk walk_a = walk_envelopes(a);
	EnvelopeWalk walk_b = walk_envelopes(b);
	int64		at_a;
	int64		at_b;
	double		price_a;
	double		price_b;
	bool		more_a = next_row(&walk_a, &at_a, &price_a);
	bool		more_b = next_row(&walk_b, &at_b, &price_b);

	while (more_a || more_b)
	{
		CHECK_FOR_INTERRUPTS();
		if (more_a && (!more_b || !RowBefore(at_b, price_b, at_a, price_a)))
		{
			extend_envelopes(result, at_a, price_a);
			more_a = next_row(&walk_a, &at_a, &price_a);
		}
		else
		{
			extend_envelopes(result, at_b, price_b);
			more_b = next_row(&walk_b, &at_b, &price_b);
		}
	}
	TimeSetMerge(&result->times, &a->times, &b->times);
}

/*
 * What is to be merged: parts, or a stored summary.
 */
typedef struct MergeItem
{
	int64		first;			/* time */
	const SummaryParts *parts;	/* or NULL */
	const StoredSummary *stored;
} MergeItem;

static SummaryParts parts_of_stored(const StoredSummary *stored);

/*
 * The first row is the first peak.
 */
static int64
stored_first_time(const StoredSummary *stored)
{
	return ((const int64 *) (stored->data + stored->peaks))[0];
}

static inline int
compare_items(const MergeItem *a, const MergeItem *b)
{
	return (a->first > b->first) - (a->first < b->first);
}

#define ST_SORT sort_items
#define ST_ELEMENT_TYPE MergeItem
#define ST_COMPARE(a, b) compare_items(a, b)
#define ST_SCOPE static
#define ST_CHECK_FOR_INTERRUPTS
#define ST_DECLARE
#define ST_DEFINE
#include "lib/sort_template.h"

static void
free_parts(SummaryParts *parts)
{
	SeriesFree(&parts->peaks);
	SeriesFree(&parts->troughs);
	if (parts->times.bytes != NULL)
		pfree(parts->times.bytes);
}

/*
 * Merge items in order of their first times, by halves, so that each row is
 * moved no more often than the logarithm of their number.  What was merged
 * on the way is freed.
 */
static SummaryParts
merge_range(const MergeItem *items, int64 count)
{
	int64		half = count / 2;
	SummaryParts first;
	SummaryParts second;
	SummaryParts result;

	CHECK_FOR_INTERRUPTS();
	if (count == 1)
		return items->parts != NULL ? *items->parts :
			parts_of_stored(items->stored);
	first = merge_range(items, half);
	second = merge_range(items + half, count - half);
	init_parts(&result, first.kind, CurrentMemoryContext);
	if (first_time(&second) > last_time(&first))
	{
		append_parts(&result, &first);
		append_parts(&result, &second);
	}
	else
		interleave_parts(&result, &first, &second);
	if (half > 1)
		free_parts(&first);
	if (count - half > 1)
		free_parts(&second);
	return result;
}

static SummaryParts
parts_of_rows(const Series *rows, TimeKind kind)
{
	SummaryParts parts;
	int64		place;

	init_parts(&parts, kind, CurrentMemoryContext);
	for (place = rows->from; place < rows->to; place++)
	{
		CHECK_FOR_INTERRUPTS();
		extend_envelopes(&parts, SeriesAt(rows, place),
						 SeriesValue(rows, place));
		TimeSetAppend(&parts.times, SeriesAt(rows, place));
	}
	return parts;
}

static SummaryParts
parts_of_stored(const StoredSummary *stored)
{
	const double *peak = stored->data;
	const int64 *peak_at = (const int64 *) (peak + stored->peaks);
	const double *trough = (const double *) (peak_at + stored->peaks);
	const int64 *trough_at = (const int64 *) (trough + stored->troughs);
	const uint8 *packed = (const uint8 *) (trough_at + stored->troughs);
	SummaryParts parts;

	CheckStoredVersion(&stored->head, STORED_SUMMARY_VERSION,
					   "drawdown_summary");
	parts.kind = stored->head.kind;
	parts.peaks = SeriesWrapped(peak, peak_at, stored->peaks);
	parts.troughs = SeriesWrapped(trough, trough_at, stored->troughs);
	parts.times = TimeSetPacked(peak_at[0], trough_at[stored->troughs - 1],
								stored->observations, packed,
								(const uint8 *) stored + VARSIZE(stored) -
								packed);
	return parts;
}

static MergeItem
item_of_parts(const SummaryParts *parts)
{
	MergeItem	item = {first_time(parts), parts, NULL};

	return item;
}

/*
 * All that a summary knows as one, in CurrentMemoryContext.
 */
static SummaryParts
merge_all(const DrawdownSummary *summary)
{
	Size		most = summary->waiting_count + 2;
	MergeItem  *all = MemoryContextAllocHuge(CurrentMemoryContext,
											 most * sizeof(MergeItem));
	SummaryParts late;
	int64		count = 0;
	int64		i;

	if (!is_empty(&summary->parts))
		all[count++] = item_of_parts(&summary->parts);
	if (SeriesLength(&summary->late) > 0)
	{
		late = parts_of_rows(SeriesInOrder(&summary->late),
							 summary->parts.kind);
		all[count++] = item_of_parts(&late);
	}
	for (i = 0; i < summary->waiting_count; i++)
	{
		MergeItem  *item = &all[count++];

		item->stored = summary->waiting[i];
		item->parts = NULL;
		item->first = stored_first_time(item->stored);
	}
	sort_items(all, count);
	return merge_range(all, count);
}

static void empty_box(DrawdownSummary *summary);

/*
 * Work in what waits.  That changes the form of a summary, not its value, so
 * it may also be done to one that is only read.
 */
static void
settle(DrawdownSummary *summary)
{
	MemoryContext context = summary->header.eoh_context;
	MemoryContext scratch;
	MemoryContext old_context;
	SummaryParts merged;
	SummaryParts settled;
	int64		i;

	empty_box(summary);
	if (SeriesLength(&summary->late) == 0 && summary->waiting_count == 0)
		return;
	scratch = AllocSetContextCreate(CurrentMemoryContext, "bubble merge",
									ALLOCSET_DEFAULT_SIZES);
	old_context = MemoryContextSwitchTo(scratch);
	merged = merge_all(summary);
	init_parts(&settled, merged.kind, context);
	append_parts(&settled, &merged);
	MemoryContextSwitchTo(old_context);
	MemoryContextDelete(scratch);

	free_parts(&summary->parts);
	summary->parts = settled;
	summary->scanned = false;
	summary->late.to = summary->late.from;
	summary->late.disorder = 0;
	for (i = 0; i < summary->waiting_count; i++)
		pfree(summary->waiting[i]);
	summary->waiting_count = 0;
	summary->waiting_rows = 0;
}

/* ---- the expanded object ---- */

DrawdownSummary *
CreateSummary(MemoryContext context, TimeKind kind)
{
	DrawdownSummary *summary = MemoryContextAllocZero(context,
													  sizeof(DrawdownSummary));

	EOH_init_header(&summary->header, &summary_methods, context);
	init_parts(&summary->parts, kind, context);
	SeriesInit(&summary->late, context, true);
	RowBoxInit(&summary->box, false);
	summary->scanned = true;
	return summary;
}

/*
 * The state in argument 0 of a transition function, ready to be changed.
 */
DrawdownSummary *
SummaryState(FunctionCallInfo fcinfo, TimeKind kind)
{
	DrawdownSummary *summary = StateOfArg(fcinfo, 0);

	if (summary == NULL)
	{
		summary = CreateSummary(StateContext(fcinfo), kind);
		summary->in_window = InWindow(fcinfo);
		RowBoxInit(&summary->box, summary->in_window);
		if (!PG_ARGISNULL(0))
		{
			SummaryParts parts = SummaryPartsOf(PG_GETARG_DATUM(0));

			summary->parts.kind = parts.kind;
			append_parts(&summary->parts, &parts);
			summary->scanned = false;
		}
	}
	if (unlikely(summary->parts.kind != kind))
		MixedKindsError("drawdown_summary");
	return summary;
}

/*
 * A merge goes through all rows of the envelopes and unpacks all times, which
 * take about a byte each where they are not a run; as many rows as are worth
 * that may wait.
 */
static int64
merge_cost(const SummaryParts *parts)
{
	return envelope_rows(parts) + parts->times.length / 8;
}

static void
add_row(DrawdownSummary *summary, int64 at, double price)
{
	SummaryParts *parts = &summary->parts;
	const Series *troughs = &parts->troughs;

	if (is_empty(parts) ||
		likely(!RowBefore(at, price, last_time(parts),
						  SeriesValue(troughs, troughs->to - 1))))
	{
		if (unlikely(!summary->scanned))
			scan_again(summary);
		extend_envelopes(parts, at, price);
		TimeSetAppend(&parts->times, at);
		EpisodeScanStep(&summary->scan, at, price);
		return;
	}
	SeriesAppend(&summary->late, at, price);
}

/*
 * This is not interrupted, so that no row of the box can be lost.
 */
static void
empty_box(DrawdownSummary *summary)
{
	int			count = summary->box.count;
	int			i;

	summary->box.count = 0;
	for (i = 0; i < count; i++)
		add_row(summary, summary->box.row[i].at, summary->box.row[i].value);
}

/*
 * Add a row.
 */
void
SummaryAdd(DrawdownSummary *summary, int64 at, double price)
{
	int64		late;

	if (!RowBoxPut(&summary->box, at, price))
		return;
	empty_box(summary);
	late = SeriesLength(&summary->late);
	if (late > 0 && (summary->in_window || late >= FEWEST_LATE_ROWS +
					 merge_cost(&summary->parts)))
		settle(summary);
}

static void
let_wait(DrawdownSummary *summary, Datum other)
{
	MemoryContext context = summary->header.eoh_context;
	MemoryContext old_context = MemoryContextSwitchTo(context);

	summary->waiting = GrowArray(context, summary->waiting,
								 &summary->waiting_capacity,
								 summary->waiting_count + 1,
								 sizeof(StoredSummary *));
	summary->waiting[summary->waiting_count++] =
		(StoredSummary *) PG_DETOAST_DATUM_COPY(other);
	MemoryContextSwitchTo(old_context);
}

/*
 * Add all that another summary knows, given as its parts and as itself; that
 * one stays as it is.
 */
void
SummaryAddSummary(DrawdownSummary *summary, const SummaryParts *parts,
				  Datum other)
{
	empty_box(summary);
	if (is_empty(&summary->parts) ||
		first_time(parts) > last_time(&summary->parts))
	{
		append_parts(&summary->parts, parts);
		summary->scanned = false;
		return;
	}
	let_wait(summary, other);
	summary->waiting_rows += merge_cost(parts);
	if (summary->in_window || summary->waiting_rows >=
		FEWEST_WAITING_ROWS + merge_cost(&summary->parts))
		settle(summary);
}

static bool
is_expanded(Datum datum)
{
	return VARATT_IS_EXTERNAL_EXPANDED(DatumGetPointer(datum));
}

SummaryParts
SummaryPartsOf(Datum datum)
{
	DrawdownSummary *summary;

	if (!is_expanded(datum))
		return parts_of_stored((StoredSummary *) PG_DETOAST_DATUM(datum));
	summary = (DrawdownSummary *) DatumGetEOHP(datum);
	settle(summary);
	TimeSetJoinRuns(&summary->parts.times);
	return summary->parts;
}

/*
 * A drawdown_summary to ask questions of.
 */
DrawdownSummary *
SummaryOf(Datum datum)
{
	DrawdownSummary *summary;

	if (is_expanded(datum))
	{
		summary = (DrawdownSummary *) DatumGetEOHP(datum);
		settle(summary);
		return summary;
	}
	summary = palloc0(sizeof(DrawdownSummary));
	summary->parts = SummaryPartsOf(datum);
	return summary;
}

static Size
summary_flat_size(ExpandedObjectHeader *header)
{
	DrawdownSummary *summary = (DrawdownSummary *) header;
	Size		size;

	settle(summary);
	TimeSetJoinRuns(&summary->parts.times);
	size = HEADER_SIZE + envelope_rows(&summary->parts) * ROW_SIZE +
		TimeSetPackedSize(&summary->parts.times);
	if (size > MaxAllocSize)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("drawdown_summary is too large"),
				 errdetail("It keeps " INT64_FORMAT " prices and the times "
						   "of " INT64_FORMAT " rows.",
						   envelope_rows(&summary->parts),
						   summary->parts.times.count),
				 errhint("Make one for each of several shorter periods.")));
	return size;
}

/*
 * Can a summary be dumped and restored, that is written as text?
 */
void
CheckSummarySize(const SummaryParts *parts)
{
	int64		size = envelope_rows(parts) * RowTextSize(parts->kind) +
		TimeSetTextSize(&parts->times);

	TimeSetCheckCount(&parts->times, 0);
	if (size > MostTextSize())
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("drawdown_summary is too large"),
				 errdetail("It keeps " INT64_FORMAT " prices and the times "
						   "of " INT64_FORMAT " rows; their text can take "
						   INT64_FORMAT " bytes, and more than "
						   INT64_FORMAT " cannot be written.",
						   envelope_rows(parts), parts->times.count, size,
						   MostTextSize()),
				 errhint("Make one for each of several shorter periods.")));
}

static char *
put_rows(char *out, const Series *rows)
{
	int64		length = SeriesLength(rows);
	int64		first = rows->from - rows->base;

	memcpy(out, rows->value + first, length * sizeof(double));
	out += length * sizeof(double);
	memcpy(out, rows->at + first, length * sizeof(int64));
	return out + length * sizeof(int64);
}

static void
summary_flatten(ExpandedObjectHeader *header, void *result, Size size)
{
	const SummaryParts *parts = &((DrawdownSummary *) header)->parts;
	StoredSummary *stored = result;
	char	   *out;

	StoredHeadInit(&stored->head, size, STORED_SUMMARY_VERSION, parts->kind);
	stored->observations = parts->times.count;
	stored->peaks = SeriesLength(&parts->peaks);
	stored->troughs = SeriesLength(&parts->troughs);
	out = put_rows((char *) stored->data, &parts->peaks);
	out = put_rows(out, &parts->troughs);
	TimeSetPack(&parts->times, (uint8 *) out);
}

/* ---- what cannot be a summary ---- */

static const char *
rows_defect(const Series *rows, TimeKind kind)
{
	int64		i;

	if (rows->to == 0)
		return "It has no rows.";
	for (i = 0; i < rows->to; i++)
	{
		CHECK_FOR_INTERRUPTS();
		if (!TimeIsValid(rows->at[i], kind))
			return "A time is out of range.";
		if (!IsPrice(rows->value[i]))
			PriceError(rows->value[i], TimeShown(rows->at[i], kind));
		if (i > 0 && (rows->value[i] < rows->value[i - 1] ||
					  !RowBefore(rows->at[i - 1], rows->value[i - 1],
								 rows->at[i], rows->value[i])))
			return "Peaks and troughs must ascend in time and in price.";
	}
	return NULL;
}

static bool
same_rows(const Series *a, const Series *b)
{
	return SeriesLength(a) == SeriesLength(b) &&
		memcmp(a->at, b->at, SeriesLength(a) * sizeof(int64)) == 0 &&
		memcmp(a->value, b->value, SeriesLength(a) * sizeof(double)) == 0;
}

/*
 * Can prices that are neither a peak nor a trough lie between a row and the
 * next?  They would have to be below a price before and above one after them.
 */
static bool
has_room(double highest_before, double lowest_after)
{
	return nextafter(lowest_after, highest_before) < highest_before;
}

/*
 * The times must be those of the peaks and troughs, and of rows between them
 * that can be neither.
 */
static const char *
times_defect(const SummaryParts *parts)
{
	const Series *troughs = &parts->troughs;
	int64		trough = troughs->from;
	TimeReader	reader = TimeRead(&parts->times);
	EnvelopeWalk walk = walk_envelopes(parts);
	double		highest = 0.0;
	int64		at;
	double		price;
	bool		more = next_row(&walk, &at, &price);

	while (more)
	{
		int64		now = at;
		int64		rows = 0;

		CHECK_FOR_INTERRUPTS();
		while (SeriesAt(troughs, trough) < now)
			trough++;
		if (TimeReaderCountTo(&reader, now - 1) > 0 &&
			!has_room(highest, SeriesValue(troughs, trough)))
			return "There are times at which no price can be.";
		for (; more && at == now; rows++)
		{
			highest = Max(highest, price);
			more = next_row(&walk, &at, &price);
		}
		if (TimeReaderCountTo(&reader, now) < rows)
			return "The time of a peak or trough is missing.";
	}
	return reader.more ? "There are times after the last trough." : NULL;
}

/*
 * What is wrong with parts that come from outside; NULL if they are those of
 * some price history.
 */
const char *
SummaryDefect(const SummaryParts *parts)
{
	const char *defect = rows_defect(&parts->peaks, parts->kind);
	EnvelopeWalk walk = walk_envelopes(parts);
	SummaryParts again;
	int64		at;
	double		price;

	if (defect == NULL)
		defect = rows_defect(&parts->troughs, parts->kind);
	if (defect != NULL)
		return defect;
	init_parts(&again, parts->kind, CurrentMemoryContext);
	while (next_row(&walk, &at, &price))
	{
		CHECK_FOR_INTERRUPTS();
		extend_envelopes(&again, at, price);
	}
	if (!same_rows(&again.peaks, &parts->peaks) ||
		!same_rows(&again.troughs, &parts->troughs))
		return "Its peaks and troughs cannot belong to one price history.";
	return times_defect(parts);
}
