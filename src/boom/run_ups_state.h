/*
 * run_ups_state.h - the run-ups of a price against a market
 *
 * The naive way joins every row with the one a span before it, and with the
 * rows of a span after it.  Here three hands follow the row along the times,
 * O(1) a row, each at the last row not later than so long ago:
 *
 *	at		. . . . L . . . . . . B . . . . . H . . . . . t
 *					2.5 spans	  span		  span / 2
 *
 * A row that a hand finds is too old if more than a quarter of that length
 * lies between: it is taken as unknown.  Of the long span it is enough then
 * that the price has risen since the first row after that.  Times are those of
 * the calendar (timeline.h), months end as months do.
 *
 * Rows ahead are looked at once a run-up, and there is none within a span of
 * another, so this is O(1) a row as well.
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

/* A hand that is at the last row not later than a length of time ago. */
typedef struct Hand
{
	Interval	back;
	int64		oldest;			/* microseconds that the row may be older */
	int64		border;			/* so long ago */
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
