/*
 * natural.h - fitted curves in the parameters that people know
 *
 * Kernel: no PostgreSQL in here.
 *
 * The search (fit.h) has parameters and units of its own.  The curves as the
 * literature writes them, over time t in years since their origin:
 *
 *	Bass		m (1 - exp(-(p + q) t)) / (1 + q / p exp(-(p + q) t))
 *	logistic	m / (1 + exp(-(t - x) / s))
 *	Gompertz	m exp(-b exp(-c t))
 *	exponential	exp(a + b t)
 *
 * Covariances go along linearly, which gives the same standard errors as a
 * search in these parameters.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#ifndef BUBBLE_ADOPTION_NATURAL_H
#define BUBBLE_ADOPTION_NATURAL_H

#include "adoption/fit.h"

typedef struct NaturalCurve
{
	CurveKind	kind;
	double		parameter[CURVE_PARAMETERS];	/* m first, if it has one */
	double		covariance[CURVE_PARAMETERS][CURVE_PARAMETERS];
} NaturalCurve;

extern void NaturalOfFit(const CurveFit *fit, CurveKind kind, double years,
						 double unit, NaturalCurve *natural);
extern double NaturalLevel(const NaturalCurve *curve, double t,
						   double *variance);
extern double NaturalPeak(const NaturalCurve *curve, double *variance);

#endif							/* BUBBLE_ADOPTION_NATURAL_H */
