/*
 * natural.c - fitted curves in the parameters that people know
 *
 * Kernel: no PostgreSQL in here.  They are described in natural.h.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include <math.h>

#include "adoption/natural.h"

/* How the parameters change with those of the search, a row each. */
typedef double Change[CURVE_PARAMETERS][CURVE_PARAMETERS];

static void
natural_bass(const CurveFit *fit, double years, double unit,
			 double *parameter, Change change)
{
	const double k = exp(fit->theta[1]);
	const double v = fit->theta[2];
	const double begun = k * (1.0 + fit->centre);
	const double p = v * exp(fit->theta[0] - begun);

	parameter[0] = unit / v;
	parameter[1] = p / years;
	parameter[2] = (k - p) / years;
	change[0][2] = -unit / (v * v);
	change[1][0] = p / years;
	change[1][1] = -p * begun / years;
	change[1][2] = p / (v * years);
	change[2][0] = -change[1][0];
	change[2][1] = k / years - change[1][1];
	change[2][2] = -change[1][2];
}

static void
natural_logistic(const CurveFit *fit, double years, double unit,
				 double *parameter, Change change)
{
	const double s = years * exp(-fit->theta[1]);
	const double v = fit->theta[2];
	const double after = (fit->theta[0] + log(v)) * s;

	parameter[0] = unit / v;
	parameter[1] = (1.0 + fit->centre) * years - after;
	parameter[2] = s;
	change[0][2] = -unit / (v * v);
	change[1][0] = -s;
	change[1][1] = after;
	change[1][2] = -s / v;
	change[2][1] = -s;
}

static void
natural_gompertz(const CurveFit *fit, double years, double unit,
				 double *parameter, Change change)
{
	const double v = fit->theta[2];
	const double below = 1.0 / v - GOMPERTZ_SHIFT - fit->theta[0];
	const double c = exp(fit->theta[1]) / below;
	const double since = 1.0 + fit->centre;
	const double b = below * exp(c * since);
	const double m = unit * CurveSaturation(CURVE_GOMPERTZ, v);

	parameter[0] = m;
	parameter[1] = b;
	parameter[2] = c / years;
	change[0][2] = -m / (v * v);
	change[1][0] = b * (since * c - 1.0) / below;
	change[1][1] = b * since * c;
	change[1][2] = change[1][0] / (v * v);
	change[2][0] = c / (below * years);
	change[2][1] = c / years;
	change[2][2] = c / (below * v * v * years);
}

static void
natural_exponential(const CurveFit *fit, double years, double unit,
					double *parameter, Change change)
{
	const double since = 1.0 + fit->centre;

	parameter[0] = fit->theta[0] - since * fit->theta[1] + log(unit);
	parameter[1] = fit->theta[1] / years;
	change[0][0] = 1.0;
	change[0][1] = -since;
	change[1][1] = 1.0 / years;
}

static double
quadratic(const double covariance[CURVE_PARAMETERS][CURVE_PARAMETERS],
		  const double *a, const double *b)
{
	double		sum = 0.0;
	int			i;
	int			j;

	for (i = 0; i < CURVE_PARAMETERS; i++)
		for (j = 0; j < CURVE_PARAMETERS; j++)
			if (a[i] != 0.0 && b[j] != 0.0)
				sum += a[i] * covariance[i][j] * b[j];
	return sum;
}

/*
 * The curve of a fit: time from -1 to 0 was so many years, which the origin
 * begins, and 1 so many units of the level.
 */
void
NaturalOfFit(const CurveFit *fit, CurveKind kind, double years, double unit,
			 NaturalCurve *natural)
{
	Change		change = {{0.0}};
	int			i;
	int			j;

	natural->kind = kind;
	natural->parameter[2] = 0.0;
	if (kind == CURVE_BASS)
		natural_bass(fit, years, unit, natural->parameter, change);
	else if (kind == CURVE_LOGISTIC)
		natural_logistic(fit, years, unit, natural->parameter, change);
	else if (kind == CURVE_GOMPERTZ)
		natural_gompertz(fit, years, unit, natural->parameter, change);
	else
		natural_exponential(fit, years, unit, natural->parameter, change);
	for (i = 0; i < CURVE_PARAMETERS; i++)
		for (j = 0; j < CURVE_PARAMETERS; j++)
			natural->covariance[i][j] = quadratic(fit->covariance, change[i],
												  change[j]);
}

static double
bass_level(const double *parameter, double t, double *slope)
{
	const double m = parameter[0];
	const double p = parameter[1];
	const double q = parameter[2];
	const double rest = exp(-(p + q) * t);
	const double above = -p * expm1(-(p + q) * t);
	const double below = p + q * rest;
	const double share = above / below;

	slope[0] = share;
	slope[1] = m * (above / p + p * t * rest -
					share * (1.0 - q * t * rest)) / below;
	slope[2] = m * (p * t * rest - share * rest * (1.0 - q * t)) / below;
	return m * share;
}

static double
logistic_level(const double *parameter, double t, double *slope)
{
	const double m = parameter[0];
	const double steps = (t - parameter[1]) / parameter[2];
	const double share = 1.0 / (1.0 + exp(-steps));

	slope[0] = share;
	slope[1] = -m * share * (1.0 - share) / parameter[2];
	slope[2] = slope[1] * steps;
	return m * share;
}

static double
gompertz_level(const double *parameter, double t, double *slope)
{
	const double decayed = exp(-parameter[2] * t);
	const double share = exp(-parameter[1] * decayed);
	const double level = parameter[0] * share;

	slope[0] = share;
	slope[1] = level > 0.0 ? -level * decayed : 0.0;
	slope[2] = level > 0.0 ? level * parameter[1] * t * decayed : 0.0;
	return level;
}

/*
 * The level at a time, and how uncertain the parameters make it.  Before its
 * origin a Bass curve is 0.
 */
double
NaturalLevel(const NaturalCurve *curve, double t, double *variance)
{
	double		slope[CURVE_PARAMETERS] = {0.0, 0.0, 0.0};
	double		level = 0.0;

	if (curve->kind == CURVE_LOGISTIC)
		level = logistic_level(curve->parameter, t, slope);
	else if (curve->kind == CURVE_GOMPERTZ)
		level = gompertz_level(curve->parameter, t, slope);
	else if (curve->kind == CURVE_EXPONENTIAL)
	{
		level = exp(curve->parameter[0] + curve->parameter[1] * t);
		slope[0] = level;
		slope[1] = level * t;
	}
	else if (t > 0.0)
		level = bass_level(curve->parameter, t, slope);
	*variance = quadratic(curve->covariance, slope, slope);
	return level;
}

/*
 * When the level grows fastest, and how uncertain that is; NaN where it never
 * grows faster than in the beginning, or ever faster.
 */
double
NaturalPeak(const NaturalCurve *curve, double *variance)
{
	const double *parameter = curve->parameter;
	double		slope[CURVE_PARAMETERS] = {0.0, 0.0, 0.0};
	double		peak = NAN;

	if (curve->kind == CURVE_LOGISTIC)
	{
		peak = parameter[1];
		slope[1] = 1.0;
	}
	else if (curve->kind == CURVE_GOMPERTZ)
	{
		peak = log(parameter[1]) / parameter[2];
		slope[1] = 1.0 / (parameter[1] * parameter[2]);
		slope[2] = -peak / parameter[2];
	}
	else if (curve->kind == CURVE_BASS && parameter[2] > parameter[1])
	{
		const double k = parameter[1] + parameter[2];

		peak = log(parameter[2] / parameter[1]) / k;
		slope[1] = -1.0 / (parameter[1] * k) - peak / k;
		slope[2] = 1.0 / (parameter[2] * k) - peak / k;
	}
	*variance = quadratic(curve->covariance, slope, slope);
	return peak;
}
