/*
 * curve.c - the curves of adoption, and how they change with their parameters
 *
 * Kernel: no PostgreSQL in here.  The curves are described in curve.h.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include <math.h>

#include "adoption/curve.h"
#include "foundation/pause.h"

/* 1 + v G may not come closer to the pole of a curve with a negative v. */
#define LEAST_DENOMINATOR 1e-6

/* exp() of more is no level of adoption. */
#define MOST_EXPONENT 690.0

int
CurveParameters(CurveKind kind)
{
	return kind == CURVE_EXPONENTIAL ? 2 : 3;
}

/*
 * A curve that is none, which no search goes on with.
 */
static double
broken(double *slope)
{
	int			i;

	for (i = 0; slope != 0 && i < CURVE_PARAMETERS; i++)
		slope[i] = 0.0;
	return CURVE_BROKEN;
}

/*
 * A curve, with what is the same at all times.
 */
Curve
CurveOf(CurveKind kind, double centre, const double *theta)
{
	const double v = kind == CURVE_EXPONENTIAL ? 0.0 : theta[2];
	const double b = kind == CURVE_EXPONENTIAL ? theta[1] : exp(theta[1]);
	const double room = 1.0 - (GOMPERTZ_SHIFT + theta[0]) * v;
	Curve		curve = {
		.kind = kind,
		.a = theta[0],
		.b = b,
		.v = v,
		.centre = centre,
		.level = exp(theta[0]),
		.before = kind == CURVE_BASS ? exp(-b * (1.0 + centre)) : 0.0,
		.room = room,
		.e = v / room,
		.whole = theta[0] < MOST_EXPONENT &&
			(kind != CURVE_GOMPERTZ || room > LEAST_DENOMINATOR)
	};

	return curve;
}

/*
 * y = G / (1 + v G), and its derivatives from that of ln G by ln b.  A large G
 * may be infinite.
 */
static double
saturated(const Curve *curve, double g, double by_b, double *slope)
{
	const double inverse = 1.0 + curve->v * g;
	const double share = 1.0 / inverse;
	const double y = g < 1.0 ? g * share : 1.0 / (1.0 / g + curve->v);

	if (!(inverse > LEAST_DENOMINATOR && y < CURVE_BROKEN))
		return broken(slope);
	if (slope != 0)
	{
		slope[0] = y * share;
		slope[1] = by_b * y * share;
		slope[2] = -y * y;
	}
	return y;
}

/*
 * t is counted from the centre.
 */
static double
logistic_level(const Curve *curve, double t, double *slope)
{
	const double steps = curve->b * t;

	return saturated(curve, curve->level * exp(steps), steps, slope);
}

/*
 * Slow growth is a small difference.
 */
static double
bass_level(const Curve *curve, double t, double *slope)
{
	const double b = curve->b;
	const double since = t + 1.0 + curve->centre;
	const double now = exp(b * t);
	const double grown = b < 1.0 ? curve->before * expm1(b * since) :
		now - curve->before;
	const double by_b = grown > 0.0 ?
		b * (t + since * curve->before / grown) - 1.0 : 0.0;

	return saturated(curve, curve->level * grown / b, by_b, slope);
}

/*
 * (1 - exp(-x)) / x, and its derivative: of a small x by their series.
 */
static double
mean_decay(double x, double *derivative)
{
	const double rest = -expm1(-x);

	if (fabs(x) < 1e-4)
	{
		*derivative = -0.5 + x / 3.0 - x * x / 8.0;
		return 1.0 - x / 2.0 + x * x / 6.0 - x * x * x / 24.0;
	}
	*derivative = ((1.0 - rest) - rest / x) / x;
	return rest / x;
}

/*
 * ln y = a + b t h(e b t), h the mean of exp(-x) from 0 to its argument, t
 * counted from the centre.
 */
static double
gompertz_level(const Curve *curve, double t, double *slope)
{
	const double bt = curve->b * t;
	double		by_x;
	const double h = mean_decay(curve->e * bt, &by_x);
	const double exponent = curve->a + bt * h;
	double		y;

	if (!(exponent < MOST_EXPONENT))
		return broken(slope);
	y = exp(exponent);
	if (slope != 0)
	{
		const double by_e = bt == 0.0 || y == 0.0 ? 0.0 : y * bt * bt * by_x;

		slope[0] = y + by_e * curve->e * curve->e;
		slope[1] = y == 0.0 ? 0.0 : y * bt * (h + curve->e * bt * by_x);
		slope[2] = by_e / (curve->room * curve->room);
	}
	return y;
}

static double
exponential_level(const Curve *curve, double t, double *slope)
{
	const double exponent = curve->a + curve->b * t;
	double		y;

	if (!(exponent < MOST_EXPONENT))
		return broken(slope);
	y = exp(exponent);
	if (slope != 0)
	{
		slope[0] = y;
		slope[1] = y * t;
		slope[2] = 0.0;
	}
	return y;
}

/*
 * The level at a time, and unless NULL its derivatives by theta.
 */
double
CurveLevel(const Curve *curve, double t, double *slope)
{
	t -= curve->centre;
	if (!curve->whole)
		return broken(slope);
	switch (curve->kind)
	{
		case CURVE_BASS:
			return bass_level(curve, t, slope);
		case CURVE_LOGISTIC:
			return logistic_level(curve, t, slope);
		case CURVE_GOMPERTZ:
			return gompertz_level(curve, t, slope);
		case CURVE_EXPONENTIAL:
			break;
	}
	return exponential_level(curve, t, slope);
}

/*
 * What the curve says of point i: the level, or what came since "from".  The
 * end of an increment mostly is the beginning of the next one: "last" keeps
 * the level there and its slope.
 */
static double
point_value(const CurveData *data, const Curve *curve, int64_t i,
			double *last, double *slope)
{
	double		before[1 + CURVE_PARAMETERS];
	int			j;

	if (!data->increments)
		return CurveLevel(curve, data->t[i], slope);
	if (i > 0 && data->from[i] == data->t[i - 1])
		for (j = 0; j <= CURVE_PARAMETERS; j++)
			before[j] = last[j];
	else
		before[0] = CurveLevel(curve, data->from[i], before + 1);
	last[0] = CurveLevel(curve, data->t[i], last + 1);
	if (last[0] == CURVE_BROKEN || before[0] == CURVE_BROKEN)
		return broken(slope);
	for (j = 0; slope != 0 && j < CURVE_PARAMETERS; j++)
		slope[j] = last[1 + j] - before[1 + j];
	return last[0] - before[0];
}

/*
 * What the curve misses at each point.
 */
void
CurveResiduals(const CurveData *data, const double *theta, double *residual)
{
	const Curve curve = CurveOf(data->kind, data->centre, theta);
	double		last[1 + CURVE_PARAMETERS] = {0};
	int64_t		i;

	for (i = 0; i < data->n; i++)
	{
		PauseAt(i);
		residual[i] = point_value(data, &curve, i, last, 0) - data->y[i];
	}
}

/*
 * The derivatives of that by the first so many parameters, a row a point,
 * "stride" apart.
 */
void
CurveSlopes(const CurveData *data, const double *theta, double *jacobian,
			int columns, int stride)
{
	const Curve curve = CurveOf(data->kind, data->centre, theta);
	double		last[1 + CURVE_PARAMETERS] = {0};
	double		slope[CURVE_PARAMETERS];
	int64_t		i;
	int			j;

	for (i = 0; i < data->n; i++)
	{
		PauseAt(i);
		point_value(data, &curve, i, last, slope);
		for (j = 0; j < columns; j++)
			jacobian[i * stride + j] = slope[j];
	}
}

/*
 * The sum of squares of what the curve misses and, unless NULL, its
 * derivative by v.
 */
double
CurveSquares(const CurveData *data, const double *theta, double *by_v)
{
	const Curve curve = CurveOf(data->kind, data->centre, theta);
	double		last[1 + CURVE_PARAMETERS] = {0};
	double		slope[CURVE_PARAMETERS];
	double		squares = 0.0;
	double		by = 0.0;
	int64_t		i;

	for (i = 0; i < data->n; i++)
	{
		double		missed = point_value(data, &curve, i, last, slope) -
			data->y[i];

		PauseAt(i);
		squares += missed * missed;
		by += 2.0 * missed * slope[2];
	}
	if (by_v != 0)
		*by_v = by;
	return squares;
}

/*
 * The saturation that belongs to a v, infinite for 0, and the other way
 * around.
 */
double
CurveSaturation(CurveKind kind, double v)
{
	return kind == CURVE_GOMPERTZ ? exp(1.0 / v - GOMPERTZ_SHIFT) : 1.0 / v;
}

double
CurveOfSaturation(CurveKind kind, double saturation)
{
	return 1.0 / (kind == CURVE_GOMPERTZ ? log(saturation) + GOMPERTZ_SHIFT :
				  saturation);
}
