/*
 * envelope.h - what must be kept of a price history to merge it with others
 *
 * The naive way to merge two halves of a history takes the worse of the two
 * maximum drawdowns and loses every drawdown from a peak in one to a trough
 * in the other; keeping all rows is right but large.  In between lies this:
 * whatever rows other parts of the history hold, only
 *
 *	- a prefix maximum, a price above all earlier ones of its part, can be
 *	  the peak, and
 *	- a suffix minimum, a price below all later ones of its part, can be the
 *	  trough
 *
 * of a drawdown between two parts, because a row that is neither has a higher
 * peak before it, or a lower trough after it, in its own part.  So the state
 * is the envelope of the rows, plus the worst drawdown seen within them:
 *
 *	  price
 *	    |                o peak
 *	    |        o peak / \        .  = rows that are dropped
 *	    | o peak. .  ..    .  ..
 *	    |  .  ..             .   . . o trough (the last row always is)
 *	    |                       o trough
 *	    +--------------------------------- time
 *
 * Merging puts the rows of both envelopes in order and takes the envelope of
 * those.  A random walk of n rows keeps about sqrt(n) of each, the NASDAQ
 * Composite of 1971 to 2018 826 and 683 of 11,872; only a price that never
 * falls (or never rises) keeps them all.
 *
 * Rows in the order of time, the normal case, cost O(1) each.  A row that
 * comes too early waits in "late"; when those have become as many as the
 * envelope's rows they are sorted and merged, O(log n) a row.  In a window,
 * where the result is asked for after every row, late rows do not wait.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#ifndef BUBBLE_DRAWDOWN_ENVELOPE_H
#define BUBBLE_DRAWDOWN_ENVELOPE_H

#include "foundation/series.h"

typedef struct DrawdownEnvelope
{
	MemoryContext context;
	double		retained;		/* smallest later / earlier price of rows that
								 * were together in one part; 1 if none */
	Series		peaks;			/* prefix maxima, ascending in price */
	Series		troughs;		/* suffix minima, ascending in price; the last
								 * one is the last row */
	Series		late;			/* rows not yet worked in */
} DrawdownEnvelope;

extern DrawdownEnvelope *EnvelopeCreate(MemoryContext context);
extern void EnvelopeAdd(DrawdownEnvelope *envelope, int64 at, double price,
						bool late_may_wait);
extern void EnvelopeMerge(DrawdownEnvelope *envelope,
						  const DrawdownEnvelope *other);
extern const DrawdownEnvelope *
			EnvelopeSettled(const DrawdownEnvelope *envelope);
extern double EnvelopeLast(const DrawdownEnvelope *envelope);
extern double EnvelopeWorst(const DrawdownEnvelope *envelope);

#endif							/* BUBBLE_DRAWDOWN_ENVELOPE_H */
