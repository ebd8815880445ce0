/*
 * lead_lag.h - by how many rows one series follows another
 *
 * Kernel: no PostgreSQL in here.
 *
 * Levels that both grow are correlated at any lag, so changes from row to row
 * are compared: those of a with those of b so many rows later, at each lag
 * from -most to most,
 *
 *	lag 2:	a	x x x x x x . .
 *			b	. . x x x x x x
 *
 * where the pairs are at least half of the changes, and LEAD_LAG_LEAST_PAIRS.
 * The correlation's interval is Fisher's; the lag's holds all lags whose
 * correlation is within that.  The p value is that of the highest of as many
 * correlations of changes that have nothing to do with each other (Sidak).
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#ifndef BUBBLE_ADOPTION_LEAD_LAG_H
#define BUBBLE_ADOPTION_LEAD_LAG_H

#include <stdbool.h>
#include <stdint.h>

#define LEAD_LAG_LEAST_PAIRS 4

typedef struct LeadLag
{
	int64_t		lag;			/* above zero: b follows a */
	int64_t		lag_low;
	int64_t		lag_high;
	double		correlation;
	double		low;
	double		high;
	double		p;
	int64_t		pairs;
} LeadLag;

extern bool Changes(const double *level, int64_t count, double *change);
extern int64_t MostLag(int64_t changes, int64_t most);
extern double LagCorrelation(const double *a, const double *b,
							 int64_t changes, int64_t lag);
extern bool LeadLagOf(const double *correlation, int64_t changes,
					  int64_t most, LeadLag *found);

#endif							/* BUBBLE_ADOPTION_LEAD_LAG_H */
