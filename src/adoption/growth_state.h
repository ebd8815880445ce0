/*
 * growth_state.h - how fast a level grows, and whether that slows down
 *
 * The naive way makes a regression of every frame.  In a window there is a
 * triangle (trend.h) for each 16 rows in order of time, for each 32, and so
 * on, and a frame is put together from a few of them and single rows at its
 * ends, O(log n) a row:
 *
 *	 64	|                       |
 *	 32	|           |***********|
 *	 16	|     |*****|     |     |*****|
 *		. . .*.* . . . . . . . . . . .*.*	rows of the frame: *
 *
 * A row's place does not change while it lives, so each triangle is made once.
 * Each is made over time in days and over time in months (time_state.h), since
 * frames differ in what they are counted in.
 *
 * In a group, or while rows are out of order, one regression over the rows in
 * order is made.  Both ways agree to ten digits or so.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#ifndef BUBBLE_ADOPTION_GROWTH_STATE_H
#define BUBBLE_ADOPTION_GROWTH_STATE_H

#include "adoption/time_state.h"
#include "adoption/trend.h"
#include "foundation/aggregate_head.h"
#include "foundation/series.h"
#include "series/stored_series.h"

/* Enough for all rows that there can be. */
#define GROWTH_LEVELS 48

typedef struct GrowthBlock
{
	int64		at;				/* of its last row, */
	int32		month;			/* that row's month, */
	double		y;				/* and the logarithm of its value */
	Trend		days;			/* n = 0: not all of its rows were there */
	Trend		months;
} GrowthBlock;

typedef struct GrowthLevel
{
	int64		first;			/* number of the block in slot 0 */
	int64		count;
	int64		capacity;
	GrowthBlock *block;
} GrowthLevel;

typedef struct GrowthState
{
	AggregateHead head;
	Series		rows;
	bool		following;		/* is all that follows up to date? */
	MonthPhase	phase;			/* of the newest row */
	int64		ends_from;		/* place from which on rows lie on last days */
	int64		days_from;		/* on the same day */
	int64		zeros_to;		/* place after the last 0 */
	GrowthLevel *level;			/* GROWTH_LEVELS of them, once following */
} GrowthState;

typedef struct GrowthRate
{
	double		level;
	TrendFit	trend;
} GrowthRate;

extern const ParameterTable GrowthParameters;

extern GrowthState *GrowthCreate(MemoryContext context);
extern void GrowthAdd(GrowthState *state, int64 at, double value);
extern void GrowthRemoveFirst(GrowthState *state);
extern GrowthRate GrowthOfState(const GrowthState *state);
extern GrowthRate GrowthOfSeries(const Series *rows, const Interval *span,
								 TimeKind kind);

#endif							/* BUBBLE_ADOPTION_GROWTH_STATE_H */
