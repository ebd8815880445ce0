/*
 * fit.h - a log-periodic power law fitted to prices, and what is said of it
 *
 * Kernel: no PostgreSQL in here.
 *
 * The interval of the critical time has all that the profile likelihood does
 * not reject: the times for which the smallest sum of squares S satisfies
 *
 *	n ln (S / smallest S of all) <= chi square (1 degree; 3.841 at 95 percent)
 *
 * Residuals of prices follow each other: with an autocorrelation r from row to
 * row n rows tell as much as n (1 - r) / (1 + r) independent ones, which takes
 * the place of n (a negative r counts as 0).  Where the interval goes on at an
 * end of the box it has no end.
 *
 * References: V. Filimonov, G. Demos, D. Sornette, Modified profile likelihood
 * inference and interval forecast of the burst of financial bubbles,
 * Quantitative Finance 17, 2017;  M. S. Bartlett, On the theoretical
 * specification and sampling properties of autocorrelated time-series,
 * Supplement to the Journal of the Royal Statistical Society 8, 1946.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#ifndef BUBBLE_LPPLS_FIT_H
#define BUBBLE_LPPLS_FIT_H

#include "lppls/search.h"

/* With fewer rows four linear and three other parameters fit anything. */
#define LPPLS_LEAST_ROWS 30

/* Nobody has more rows of a bubble. */
#define LPPLS_MOST_ROWS 1000000

/*
 * How an interval of the critical time is found.
 */
typedef struct LpplsInterval
{
	double		chi_square;		/* what its level makes of chi square with a
								 * degree of freedom */
	bool		autocorrelated; /* are the residuals? */
} LpplsInterval;

typedef struct LpplsFit
{
	int64_t		observations;
	LpplsPoint	point;
	double		a;
	double		b;				/* of ln tau, if the exponent is 0 */
	double		c1;
	double		c2;
	double		sse;
	double		damping;
	double		oscillations;
	double		relative_error; /* the largest of a price */
	bool		on_bound;		/* is the critical time one of the box? */
	double		low;			/* rows ahead, between which the critical time
								 * is; NaN for none */
	double		high;
} LpplsFit;

extern bool LpplsIsStraight(const double *level, int64_t rows);
extern LpplsFit LpplsFitOf(LpplsWork *work, const LpplsInterval *interval);

#endif							/* BUBBLE_LPPLS_FIT_H */
