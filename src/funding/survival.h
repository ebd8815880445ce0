/*
 * survival.h - the Kaplan-Meier estimate of how many are still waiting
 *
 * Kernel: no PostgreSQL in here.
 *
 * Of some who wait for an event we know how long it took, of the others only
 * how long they have been waiting: these are censored.  To leave them out,
 * or to count them as if their event had come, makes waiting look shorter
 * than it is.  The estimated share still waiting after a duration t is
 *
 *	S(t) = product over durations u <= t of 1 - events(u) / waiting(u),
 *
 * where waiting(u) is the number of those who waited for u at least, so that
 * those censored at u still count among them.  The median is the smallest
 * duration at which S is one half or less.
 *
 * Taken literally the product rounds once or twice a duration, and whether it
 * is one half gets lost.  From one censoring to the next the factors
 * telescope:
 *
 *	durations:	 event event event | censored | event event ...
 *	factors:	 n-1/n n-2/n-1 ... = n-3/n    | of n-4
 *
 * So there is one factor for each run of events, and what its multiplication
 * and division round off is carried along (the compensated product of Ogita,
 * Rump and Oishi).  Without censoring S is a quotient of two counts, exact.
 * Even so a half may come out as a little more than one half, so a share
 * that exceeds it by one part in 10^12 counts as one half.
 *
 * Reference: Kaplan, Meier, Nonparametric estimation from incomplete
 * observations, Journal of the American Statistical Association 53, 1958.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#ifndef BUBBLE_FUNDING_SURVIVAL_H
#define BUBBLE_FUNDING_SURVIVAL_H

#include <stdbool.h>
#include <stdint.h>

/*
 * Goes through durations in ascending order, of equal ones events first.
 */
typedef struct Survival
{
	int64_t		waiting;		/* whose duration has not come yet */
	int64_t		before;			/* waiting when the run of events began */
	double		share;			/* still waiting when it began */
	double		lost;			/* what rounding took from that */
} Survival;

extern Survival SurvivalStart(int64_t waiting);
extern bool SurvivalEvent(Survival *survival);
extern void SurvivalCensored(Survival *survival);

#endif							/* BUBBLE_FUNDING_SURVIVAL_H */
