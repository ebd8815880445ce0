/*
 * start.h - where the search for the best curve begins
 *
 * Kernel: no PostgreSQL in here.
 *
 * The sum of squares of a growth curve can have several minima, and where a
 * search ends depends on where it begins.  Nothing here is left to chance.
 * All curves with a saturation have the form y = m f(t; x, b): a midpoint x,
 * a speed b, and an m that follows from both by linear least squares.  So a
 * grid of (x, b) is looked at, the denser the faster the curve:
 *
 *	 b	 . . . . . . . . . .
 *		 .   .   o   .   .		o is better than its neighbours: the best of
 *		 .       .       .		these are where searches begin
 *						  x
 *
 * The exponential, y = A g(t; b), takes a grid of b and a line search.
 *
 * The infinitely fast curve is a jump: nothing, then a point anywhere in
 * between, then the mean of those that follow.  No search finds it, but it is
 * easily computed.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#ifndef BUBBLE_ADOPTION_START_H
#define BUBBLE_ADOPTION_START_H

#include "adoption/curve.h"

/* Most places where searches begin. */
#define MOST_STARTS 4

typedef struct CurveStart
{
	double		theta[CURVE_PARAMETERS];
	double		centre;
	double		squares;
} CurveStart;

extern int	CurveStarts(const CurveData *data, double given,
						CurveStart *start);
extern double JumpSquares(const CurveData *data);
extern CurveStart ExponentialStart(const CurveData *data);

#endif							/* BUBBLE_ADOPTION_START_H */
