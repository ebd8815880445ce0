/*
 * fit.h - the curve that fits best, and how sure its saturation is
 *
 * Kernel: no PostgreSQL in here.
 *
 * From each start (start.h) GNU Scientific Library's trust region method goes
 * down to the minimum of the sum of squares; the lowest one counts.  Then the
 * saturation m is held at other values than the best, and the other parameters
 * fitted again: RSS(m).  The interval is
 *
 *	{m: RSS(m) <= RSS (1 + t^2 / (n - 3))}
 *
 * with t the quantile of Student's distribution.  In terms of v (curve.h) it
 * reads
 *
 *	RSS(v)	\                     /
 *			 \                   /
 *	limit	--\-----------------/---
 *			   \_            __/
 *			     \___x______/
 *			0  from       to		v
 *
 * and the root of RSS(v) = limit to each side is found by Newton's method on
 * the square root of RSS(v) - RSS, which is nearly a straight line; the slope
 * of RSS(v) is that with the other parameters held (envelope theorem).  If
 * RSS(0), the exponential's, is below the limit, no saturation is too large:
 * the data do not identify it.
 *
 * Reference: D. Bates, D. Watts, Nonlinear regression analysis and its
 * applications, 1988, section 6.1.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#ifndef BUBBLE_ADOPTION_FIT_H
#define BUBBLE_ADOPTION_FIT_H

#include <gsl/gsl_multifit_nlinear.h>

#include "adoption/curve.h"

typedef enum FitOutcome
{
	FIT_DONE,
	FIT_TOO_FEW,				/* observations, or times */
	FIT_CONSTANT,				/* the values are all the same */
	FIT_FALLS,					/* the exponential does not grow */
	FIT_EXPONENTIAL,			/* it fits as well as any saturation */
	FIT_JUMP,					/* all the growth is between two points */
	FIT_DIVERGED				/* the search came to no end */
} FitOutcome;

/*
 * Room for the library, which who calls allocates: for all parameters, for
 * all but v, and for the slopes of the curve once more.
 */
typedef struct FitSpace
{
	gsl_multifit_nlinear_workspace *all;
	gsl_multifit_nlinear_workspace *held;
	double	   *slopes;			/* n times the number of parameters */
} FitSpace;

/*
 * In units of CurveData.
 */
typedef struct CurveFit
{
	FitOutcome	outcome;
	double		theta[CURVE_PARAMETERS];
	double		centre;			/* of the curve */
	double		squares;		/* RSS */
	double		exponential_squares;	/* RSS(0) */
	double		limit;			/* of RSS in the interval; NaN for no fit with
								 * degrees of freedom */
	double		covariance[CURVE_PARAMETERS][CURVE_PARAMETERS];	/* of theta */
	bool		identified;
	double		low;			/* of the saturation; NaN: no bound */
	double		high;
} CurveFit;

extern gsl_multifit_nlinear_parameters FitMethod(void);
extern double FitQuantile(int64_t freedom);
extern void FitCurve(const CurveData *data, const FitSpace *space,
					 CurveFit *fit);

#endif							/* BUBBLE_ADOPTION_FIT_H */
