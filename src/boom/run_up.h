/*
 * run_up.h - what a run-up was like, and whether it crashed
 *
 * Kernel: no PostgreSQL in here.
 *
 * A run-up is a price that has doubled within two years and doubled against
 * the market, too.  Which rows lie a span of the calendar back is found by
 * the caller; here the prices of those rows are compared:
 *
 *	row			long_from ...... base ....... half ....... at ...... ahead
 *				 |				  |<---- span / 2 ----->|		  |
 *				 |				  |<------- span ------>|<- span->|
 *				 |<------------- 2.5 spans ------------>|
 *
 * Of the rows ahead, the row of the run-up included, the largest drawdown is
 * asked: its peak may come later than the run-up was identified.
 *
 * What is not known is NaN.
 *
 * Reference: R. Greenwood, A. Shleifer, Y. You, Bubbles for Fama, Journal of
 * Financial Economics 131(1), 2019.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#ifndef BUBBLE_BOOM_RUN_UP_H
#define BUBBLE_BOOM_RUN_UP_H

#include <math.h>
#include <stdbool.h>
#include <stdint.h>

/* What a price must have gained over the long span. */
#define LONG_GAIN 0.5

/* A fall of that much is a crash. */
#define CRASH 0.4

/* Thresholds are meant in decimal; quotients are rounded. */
#define TOLERANCE 0x1p-40

typedef struct RunUp
{
	int64_t		at;				/* row that identified it */
	int64_t		long_from;		/* row from which the long span counts */
	double		run_up;			/* gain over a span, as a fraction */
	double		net_run_up;		/* that of the market taken off */
	double		long_run_up;	/* gain since long_from */
	double		acceleration;	/* gain less that of its first half */
	double		volatility;
	double		drawdown_ahead; /* the largest in the rows ahead so far */
	bool		closed;			/* is the span ahead over? */
} RunUp;

static inline bool
AtLeast(double value, double threshold)
{
	return value >= threshold - TOLERANCE;
}

/*
 * The gain from one price to another; NaN from a price of 0.
 */
static inline double
Gain(double from, double to)
{
	return from > 0.0 ? to / from - 1.0 : NAN;
}

/*
 * Has it crashed, at some time within the span ahead?
 */
static inline bool
Crashed(const RunUp *run_up)
{
	return AtLeast(run_up->drawdown_ahead, CRASH);
}

/*
 * Is it known how it ended?  A crash is, before the span is over.
 */
static inline bool
OutcomeKnown(const RunUp *run_up)
{
	return run_up->closed || Crashed(run_up);
}

#endif							/* BUBBLE_BOOM_RUN_UP_H */
