/*
 * run_ups_state.h - the run-ups of a price against a market
 *
 * The naive way joins every row with the one a span before it, and with the
 * rows of a span after it.  Here three hands follow the row along the times,
 * O(1) a row, each on the last row that is older than it by a length or more:
 *
 *	at		. . . . L . . . . . . B . . . . . H . . . . . t
 *					2.5 spans	  span		  span / 2
 *
 * A row that is older by more than a quarter of the length again is too old,
 * and the price then is taken as unknown.  For the long span the first row
 * after it serves in its place.  Lengths are those of the calendar
 * (timeline.h).
 *
 * Rows ahead are looked at once for each run-up.  Run-ups are a span apart, so
 * this is O(1) a row as well.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#ifndef BUBBLE_BOOM_RUN_UPS_STATE_H
#define BUBBLE_BOOM_RUN_UPS_STATE_H

#include "boom/run_up.h"
#include "foundation/timeline.h"

/*
 * Rows in order of time.
 */
typedef struct BoomRows
{
	TimeKind	kind;
	int64		count;
	const int64 *at;
	const double *price;
	const double *market;		/* NaN where unknown */
	const bool *eligible;		/* NULL: all are */
} BoomRows;

typedef struct RunUpRule
{
	double		threshold;
	Interval	span;
} RunUpRule;

/* On the last row that is older by a length of time or more. */
typedef struct Hand
{
	Interval	back;
	int64		oldest;			/* microseconds that the row may be older */
	int64		border;			/* the time that rows must not be after */
	int64		row;			/* -1: before the first one */
} Hand;

typedef struct RunUpScan
{
	const BoomRows *rows;
	RunUpRule	rule;
	Hand		base;
	Hand		half;
	Hand		far;
	int64		next;			/* row to be looked at */
	int64		last_at;		/* time of the last run-up */
	bool		any;			/* was there one? */
} RunUpScan;

extern int64 SpanQuarter(const Interval *span);
extern RunUpScan StartRunUps(const BoomRows *rows, const RunUpRule *rule);
extern bool NextRunUp(RunUpScan *scan, RunUp *found);

#endif							/* BUBBLE_BOOM_RUN_UPS_STATE_H */
