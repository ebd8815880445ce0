/*
 * curve.h - a log-periodic power law at given nonlinear parameters
 *
 * Kernel: no PostgreSQL in here.
 *
 * With tau the rows that are left until the critical time,
 *
 *	ln p = a + b tau^m + c1 tau^m cos(w ln tau) + c2 tau^m sin(w ln tau)
 *
 * Given the critical time, m and w, the other four are linear: least squares
 * find them, and what is left is a function of three parameters (Filimonov and
 * Sornette 2013).  Computed naively, tau^m and a constant become the same
 * column as m goes to 0, and powers of hundreds of rows swamp the rest; so the
 * columns that are used are, with x = tau over its largest value,
 *
 *	1
 *	(x^m - 1) / m		which is ln x where m is 0
 *	x^m cos(w ln x)
 *	x^m sin(w ln x)
 *
 * They span the same curves.  The normal equations of the centred columns are
 * solved, and the solution is corrected by that of its residuals, so that the
 * sum of squares has the digits of an orthogonal decomposition.
 *
 * References: V. Filimonov, D. Sornette, A stable and robust calibration
 * scheme of the log-periodic power law model, Physica A 392, 2013;  G. Golub,
 * V. Pereyra, The differentiation of pseudo-inverses and nonlinear least
 * squares problems whose variables separate, SIAM Journal on Numerical
 * Analysis 10, 1973;  L. Kaufman, A variable projection method for solving
 * separable nonlinear least squares problems, BIT 15, 1975.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#ifndef BUBBLE_LPPLS_CURVE_H
#define BUBBLE_LPPLS_CURVE_H

#include <stdbool.h>
#include <stdint.h>

#include "lppls/lanes.h"

/* What is nonlinear: the logarithm of "ahead", the exponent, the frequency. */
#define LPPLS_PARAMETERS 3
/* Columns beside the constant. */
#define LPPLS_COLUMNS 3

typedef struct LpplsPoint
{
	double		ahead;			/* rows from the last one to the critical
								 * time */
	double		exponent;
	double		frequency;
} LpplsPoint;

/*
 * What is fitted: single rows, or means of several, filled up to whole vectors
 * by rows without weight.
 */
typedef struct LpplsRows
{
	int64_t		count;			/* those without weight included */
	double		weights;		/* sum of all weights */
	double		earliest;		/* largest of "ago" */
	const double *ago;			/* rows before the last one */
	const double *weight;		/* how many rows this one stands for */
	const double *level;		/* logarithms of prices, less their mean */
	double	   *scratch;		/* LPPLS_SCRATCH for each */
} LpplsRows;

#define LPPLS_SCRATCH 5

#define LPPLS_WHOLE(rows) \
	(((rows) + LPPLS_LANES - 1) / LPPLS_LANES * LPPLS_LANES)

/*
 * The linear parts at a point.
 */
typedef struct LpplsLinear
{
	double		constant;
	double		coefficient[LPPLS_COLUMNS];
	double		sse;
} LpplsLinear;

/*
 * How the sum of squares changes with the parameters.
 */
typedef struct LpplsSlope
{
	double		gradient[LPPLS_PARAMETERS]; /* half of it */
	double		hessian[LPPLS_PARAMETERS][LPPLS_PARAMETERS];	/* half of
																 * it, about */
} LpplsSlope;

extern void LpplsSolve(const LpplsRows *rows, const LpplsPoint *point,
					   LpplsLinear *linear, LpplsSlope *slope);
extern double LpplsFitted(const LpplsRows *rows, const LpplsLinear *linear,
						  int64_t row);
extern const char *LpplsVectors(int vectors);
extern bool LpplsUseVectors(int vectors);
extern int	LpplsUsedVectors(void);

#endif							/* BUBBLE_LPPLS_CURVE_H */
