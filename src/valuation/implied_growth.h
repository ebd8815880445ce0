/*
 * implied_growth.h - the growth that a valuation requires
 *
 * Kernel: no PostgreSQL in here.
 *
 * A buyer who pays a valuation today and wants a return of r a year has to
 * own valuation (1 + r)^years at the end.  If the company is then worth an
 * exit multiple of its revenue, revenue must have grown to that over the exit
 * multiple:
 *
 *	 revenue (1 + growth)^years exit_multiple = valuation (1 + r)^years
 *
 * ImpliedGrowth solves this for the growth, JustifiedMultiple for valuation
 * over revenue: they are each other's inverse.
 *
 * Powers and products of the terms overflow long before the answers do, so
 * both work with logarithms.  A logarithm of a quotient close to one is taken
 * from how far it is from one, so that a small growth keeps its digits.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#ifndef BUBBLE_IMPLIED_GROWTH_H
#define BUBBLE_IMPLIED_GROWTH_H

/* What the investor expects. */
typedef struct ExitPlan
{
	double		multiple;		/* of revenue, at the end; positive */
	double		years;			/* until then; positive */
	double		required_return;	/* a year; above -1 */
} ExitPlan;

extern double ImpliedGrowth(double valuation, double revenue,
							const ExitPlan *plan);
extern double JustifiedMultiple(double growth, const ExitPlan *plan);

#endif							/* BUBBLE_IMPLIED_GROWTH_H */
