/*
 * summary_state.h - a price history as small as it can be and still be merged
 *
 * The type drawdown_summary.  The naive way to merge two parts of a history
 * takes the worse of the two maximum drawdowns and loses every drawdown from
 * a peak in one part to a trough in the other; keeping all rows is right but
 * large.  In between lies this: the deepest drawdown of the whole history,
 * whatever rows its other parts hold, goes
 *
 *	- from a row that no earlier row of its part is above (a prefix maximum),
 *	- to a row that no later row of its part is below (a suffix minimum),
 *	- and ends at a prefix maximum again,
 *
 * since otherwise there would be a deeper one.  All rows of equal price count,
 * because an episode goes from the last row at its peak to the first at its
 * trough.  So of the rows only those two envelopes are kept,
 *
 *	  price
 *	    |                o peak
 *	    |        o peak / \        .  = rows that are dropped
 *	    | o peak. .  ..    .  ..
 *	    |  .  ..             .   . . o trough (the last row always is)
 *	    |                       o trough
 *	    +--------------------------------- time
 *
 * and of the times all, packed (time_set_state.h), to count the rows of an
 * episode.
 *
 * A random walk of n rows keeps about sqrt(n) prices of each kind, the NASDAQ
 * Composite of 1971 to 2018 826 and 683 of 11,872; only a price that never
 * falls keeps all of its rows.
 *
 * Rows in order of time cost O(1) each.  A late one waits until there are
 * enough of them to be worth a merge.  So do whole summaries, unless they
 * continue where this one ends.  In a window, where the result is asked for
 * after every row, nothing waits.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#ifndef BUBBLE_DRAWDOWN_SUMMARY_H
#define BUBBLE_DRAWDOWN_SUMMARY_H

#include "drawdown/episode.h"
#include "drawdown/row_box_state.h"
#include "drawdown/time_set_state.h"
#include "series/stored_value.h"

/*
 * The flat form.  Values and times of the peaks come first, then those of the
 * troughs, then the packed times of all rows but the first.
 */
typedef struct StoredSummary
{
	StoredHead	head;
	int64		observations;
	uint32		peaks;
	uint32		troughs;
	double		data[FLEXIBLE_ARRAY_MEMBER];
} StoredSummary;

#define STORED_SUMMARY_VERSION 1

/*
 * What a summary knows, wherever it lies.
 */
typedef struct SummaryParts
{
	TimeKind	kind;
	Series		peaks;			/* prefix maxima, no two rows the same */
	Series		troughs;		/* suffix minima, the last row last */
	TimeSet		times;			/* of all rows */
} SummaryParts;

typedef struct DrawdownSummary
{
	ExpandedObjectHeader header;
	SummaryParts parts;
	RowBox		box;			/* rows not yet looked at */
	bool		in_window;
	bool		scanned;		/* is the scan up to date? */
	EpisodeScan scan;
	Series		late;			/* rows that came too early */
	StoredSummary **waiting;	/* summaries that overlap or come too early */
	int64		waiting_count;
	int64		waiting_capacity;
	int64		waiting_rows;	/* what it costs to merge those */
} DrawdownSummary;

extern DrawdownSummary *CreateSummary(MemoryContext context, TimeKind kind);
extern DrawdownSummary *SummaryState(FunctionCallInfo fcinfo, TimeKind kind);
extern void SummaryAdd(DrawdownSummary *summary, int64 at, double price);
extern void SummaryAddSummary(DrawdownSummary *summary,
							  const SummaryParts *parts, Datum other);
extern DrawdownSummary *SummaryOf(Datum datum);
extern SummaryParts SummaryPartsOf(Datum datum);
extern void CheckSummarySize(const SummaryParts *parts);
extern double SummaryRetained(const SummaryParts *parts);
extern const DrawdownEpisode *SummaryDeepest(DrawdownSummary *summary);
extern const char *SummaryDefect(const SummaryParts *parts);

#endif							/* BUBBLE_DRAWDOWN_SUMMARY_H */
