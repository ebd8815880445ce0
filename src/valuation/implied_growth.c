/*
 * implied_growth.c - the growth that a valuation requires
 *
 * Kernel: no PostgreSQL in here.  The method is described in
 * implied_growth.h.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "valuation/implied_growth.h"

#include <math.h>

static const double ln_2 = 0.69314718055994530942;

/* Within these exponents exp() gives normal numbers only. */
static const double safe_exponent = 700.0;

/*
 * log(upper / (a b)) of positive numbers.  Mantissas and exponents go apart:
 * nothing overflows.  The rounding error of the product is known exactly, and
 * so is the difference to the product where the quotient is close to one.
 */
static double
log_quotient(double upper, double a, double b)
{
	int			upper_exponent;
	int			a_exponent;
	int			b_exponent;
	int			exponent;
	double		product;
	double		lost;
	double		scaled;

	upper = frexp(upper, &upper_exponent);
	a = frexp(a, &a_exponent);
	b = frexp(b, &b_exponent);
	product = a * b;			/* from 1/4 to 1 */
	lost = fma(a, b, -product);
	exponent = upper_exponent - a_exponent - b_exponent;
	if (exponent >= -2 && exponent <= 1)
	{
		scaled = ldexp(upper, exponent);
		if (scaled > 0.5 * product && scaled < 2.0 * product)
			return log1p((scaled - product - lost) / product);
	}
	return log(upper / product) + exponent * ln_2;
}

/*
 * log((1 + a) / (1 + b)) of rates above -1.
 */
static double
log_rate_quotient(double a, double b)
{
	double		difference = a - b;
	double		base = 1.0 + b;

	if (fabs(difference) < 0.5 * base)
		return log1p(difference / base);
	return log1p(a) - log1p(b);
}

/*
 * scale e^exponent, where e^exponent alone may be out of range.
 */
static double
scaled_exp(double scale, double exponent)
{
	double		third;

	if (fabs(exponent) < safe_exponent)
		return scale * exp(exponent);
	third = exp(exponent / 3.0);
	return scale * third * third * third;
}

/*
 * The growth a year, -1 for a valuation of zero; infinite when it overflows.
 * Revenue is positive.
 */
double
ImpliedGrowth(double valuation, double revenue, const ExitPlan *plan)
{
	if (valuation == 0.0)
		return -1.0;
	return expm1(log1p(plan->required_return) +
				 log_quotient(valuation, plan->multiple, revenue) /
				 plan->years);
}

/*
 * The multiple today that a growth a year, at least -1, justifies; infinite
 * when it overflows.
 */
double
JustifiedMultiple(double growth, const ExitPlan *plan)
{
	if (growth == -1.0)
		return 0.0;
	return scaled_exp(plan->multiple, plan->years *
					  log_rate_quotient(growth, plan->required_return));
}
