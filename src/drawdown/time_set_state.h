/*
 * time_set_state.h - the times of many rows, packed
 *
 * To count the rows between any two times all times have to be known, eight
 * bytes each.  But prices come once a day, or once a minute: what is stored
 * are the steps from each time to the next, and how often a step repeats.
 * A step is a number of the largest unit that divides it (a day, an hour, a
 * minute, a second, a millisecond, a microsecond), in one byte if that number
 * is below 8:
 *
 *	first byte		c n n n u u u r		u unit, n low bits of the number,
 *										c more bits follow, r repeats
 *	bytes after it	c n n n n n n n		seven bits of the number each
 *	if r			c n n n n n n n ...	how often the step occurs, at least 2
 *
 * Trading days cost 0.8 bytes a row, equidistant times nothing at all, random
 * ticks of a liquid share four or five.
 *
 * Times go in ascending order; the same time may occur more than once.  The
 * last run is kept open, as numbers, while more times may follow.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#ifndef BUBBLE_TIME_SET_STATE_H
#define BUBBLE_TIME_SET_STATE_H

#include "foundation/timeline.h"
#include "series/stored_text.h"

/*
 * Far more rows than anyone has, and far fewer than an int64 counts.  This is
 * checked where many come at once; one by one they never get there.
 */
#define MOST_TIMES (INT64CONST(1) << 62)

typedef struct TimeSet
{
	MemoryContext context;		/* owner of the bytes; NULL if read only */
	int64		count;
	int64		first;			/* the times at the ends, if there are any */
	int64		last;
	uint64		step;			/* the open run */
	int64		repeats;		/* 0 if none is open */
	uint8	   *bytes;			/* the runs before it */
	Size		length;
	int64		capacity;
	bool		joined;			/* may neighbouring runs have the same step? */
} TimeSet;

/*
 * Goes through a set.  "next" is the time that comes next, if "more".
 */
typedef struct TimeReader
{
	const TimeSet *set;
	Size		position;
	bool		open_read;
	bool		more;
	int64		next;
	uint64		step;
	int64		left;			/* steps left of the run */
} TimeReader;

extern void TimeSetInit(TimeSet *set, MemoryContext context);
extern void TimeSetCheckCount(const TimeSet *set, int64 more);
extern void TimeSetCloseRun(TimeSet *set);
extern void TimeSetRepeat(TimeSet *set, uint64 step, int64 repeats);
extern void TimeSetAppendSet(TimeSet *set, const TimeSet *later);
extern void TimeSetMerge(TimeSet *result, const TimeSet *a, const TimeSet *b);
extern void TimeSetJoinRuns(TimeSet *set);
extern int64 TimeSetUpTo(const TimeSet *set, int64 bound);
extern Size TimeSetPackedSize(const TimeSet *set);
extern void TimeSetPack(const TimeSet *set, uint8 *bytes);
extern TimeSet TimeSetPacked(int64 first, int64 last, int64 count,
							 const uint8 *bytes, Size length);
extern bool TimeSetUnpack(TimeSet *set, TimeKind kind, int64 first,
						  const uint8 *bytes, Size length);
extern int64 TimeSetTextSize(const TimeSet *set);
extern void TimeSetToText(StringInfo buf, const TimeSet *set, TimeKind kind);
extern void TimeSetFromText(TextReader *reader, TimeSet *set, TimeKind kind);

extern TimeReader TimeRead(const TimeSet *set);
extern int64 TimeReaderCountTo(TimeReader *reader, int64 bound);

/*
 * Add a time that is not before the last one.
 */
static inline void
TimeSetAppend(TimeSet *set, int64 at)
{
	uint64		step = (uint64) at - (uint64) set->last;

	Assert(set->count == 0 || at >= set->last);
	if (set->count == 0)
		set->first = at;
	else if (likely(set->repeats > 0 && step == set->step))
		set->repeats++;
	else
	{
		TimeSetCloseRun(set);
		set->step = step;
		set->repeats = 1;
	}
	set->count++;
	set->last = at;
}

#endif							/* BUBBLE_TIME_SET_STATE_H */
