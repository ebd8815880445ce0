/*
 * curve.h - the curves of adoption, and how they change with their parameters
 *
 * Kernel: no PostgreSQL in here.
 *
 * As their saturation m goes to infinity the logistic, the Gompertz and the
 * Bass curve all become an exponential.  Written as usual, with m among the
 * parameters, that is a valley without end, in which a search for the best fit
 * runs away.  So they are written here with a parameter v that is 0 for the
 * exponential, and in which everything is smooth there:
 *
 *	logistic	y = G / (1 + v G)	v = 1 / m	G = exp(a + b (t - c))
 *	Bass		y = G / (1 + v G)	v = 1 / m, b = p + q
 *						G = exp(a) (exp(b (t - c)) - exp(b (-1 - c))) / b
 *	Gompertz	ln y = a - (exp(-e b (t - c)) - 1) / e
 *						e = v / (1 - (L + a) v)		v = 1 / (L + ln m)
 *	exponential	ln y = a + b (t - c)
 *
 * What is looked for is theta = (a, ln b, v); of the exponential, which may
 * fall, (a, b).  The centre c, where a is measured, can be any time; where
 * much happens, a and b hardly depend on each other.  Time runs from -1 to 0,
 * where Bass's adoption begins at -1, and values are of the order of 1: who
 * calls scales them.
 *
 * Increments are differences of y between two times.
 *
 * Reference: F. Bass, A new product growth for model consumer durables,
 * Management Science 15(5), 1969.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#ifndef BUBBLE_ADOPTION_CURVE_H
#define BUBBLE_ADOPTION_CURVE_H

#include <stdbool.h>
#include <stdint.h>

/* Most parameters of a curve. */
#define CURVE_PARAMETERS 3

/* L: saturations down to exp(-L) are within reach of a Gompertz curve. */
#define GOMPERTZ_SHIFT 6.0

/* What a curve is worth that is none: no fit is so bad. */
#define CURVE_BROKEN 1e30

typedef enum CurveKind
{
	CURVE_BASS,
	CURVE_LOGISTIC,
	CURVE_GOMPERTZ,
	CURVE_EXPONENTIAL
} CurveKind;

/*
 * A curve, with what is the same at all times.
 */
typedef struct Curve
{
	CurveKind	kind;
	double		a;
	double		b;
	double		v;
	double		centre;
	double		level;			/* exp(a) */
	double		before;			/* exp(-b (1 + c)) */
	double		room;			/* 1 - (L + a) v, and */
	double		e;				/* v over it, of Gompertz */
	bool		whole;			/* is it a curve at all? */
} Curve;

/*
 * What a curve is fitted to.
 */
typedef struct CurveData
{
	CurveKind	kind;
	bool		increments;		/* is y what came from "from" to "t"? */
	int64_t		n;
	const double *t;			/* from -1 to 0, in order */
	const double *from;			/* only with increments */
	const double *y;
	double		centre;			/* c */
	double	   *work;			/* room for 2 n numbers */
} CurveData;

extern int	CurveParameters(CurveKind kind);
extern Curve CurveOf(CurveKind kind, double centre, const double *theta);
extern double CurveLevel(const Curve *curve, double t, double *slope);
extern void CurveResiduals(const CurveData *data, const double *theta,
						   double *residual);
extern void CurveSlopes(const CurveData *data, const double *theta,
						double *jacobian, int columns, int stride);
extern double CurveSquares(const CurveData *data, const double *theta,
						   double *by_v);
extern double CurveSaturation(CurveKind kind, double v);
extern double CurveOfSaturation(CurveKind kind, double saturation);

#endif							/* BUBBLE_ADOPTION_CURVE_H */
