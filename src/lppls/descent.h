/*
 * descent.h - down to the nearest minimum within a box
 *
 * Kernel: no PostgreSQL in here.
 *
 * Levenberg and Marquardt's steps in the three nonlinear parameters of a
 * log-periodic power law, the linear ones solved for at each point.  A
 * parameter on a bound of the box that the gradient pushes outwards is held
 * there.  The critical time moves by the logarithm of its distance, since that
 * is how the curve feels it.
 *
 * References: D. Marquardt, An algorithm for least-squares estimation of
 * nonlinear parameters, SIAM Journal 11, 1963;  H. B. Nielsen, Damping
 * parameter in Marquardt's method, 1999.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#ifndef BUBBLE_LPPLS_DESCENT_H
#define BUBBLE_LPPLS_DESCENT_H

#include "lppls/curve.h"

typedef struct LpplsBox
{
	LpplsPoint	least;
	LpplsPoint	most;
} LpplsBox;

/*
 * A point and what is known of it.
 */
typedef struct LpplsMinimum
{
	LpplsPoint	point;
	LpplsLinear linear;
} LpplsMinimum;

extern int	LpplsDescend(const LpplsRows *rows, const LpplsBox *box,
						 int steps, double tolerance, double goal,
						 LpplsMinimum *minimum);

#endif							/* BUBBLE_LPPLS_DESCENT_H */
