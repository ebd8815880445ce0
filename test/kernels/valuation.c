/*
 * valuation.c - the growth that a valuation asks for, against its formula
 *
 * implied_growth.h solves revenue (1 + growth)^years exit_multiple =
 * valuation (1 + r)^years, in long double here where that has the range, and
 * its two functions are each other's inverse.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "check.h"
#include "valuation/implied_growth.h"

static double
draw_scale(int magnitude)
{
	return (1.0 + draw(1000000) / 1e5) * pow(10.0, draw(2 * magnitude + 1) -
											  magnitude);
}

static double
naive_growth(double valuation, double revenue, const ExitPlan *plan)
{
	const long double quotient = (long double) valuation /
		((long double) plan->multiple * revenue);

	return (double) ((1.0L + plan->required_return) *
					 powl(quotient, 1.0L / plan->years) - 1.0L);
}

int
main(void)
{
	bool		solved = true;
	bool		inverse = true;
	ExitPlan	plan = {10.0, 10.0, 0.0};
	int			i;

	for (i = 0; i < 10000; i++)
	{
		const double valuation = draw_scale(9);
		const double revenue = draw_scale(9);
		double		growth;

		plan.multiple = draw_scale(1);
		plan.years = 1 + draw(200) / 10.0;
		plan.required_return = draw(100) / 100.0 - 0.2;
		growth = ImpliedGrowth(valuation, revenue, &plan);
		solved = solved && fabs(growth - naive_growth(valuation, revenue,
													  &plan)) <=
			1e-11 * (1.0 + growth);
		/* Close to a loss of everything growth has few digits. */
		inverse = inverse && (growth < -0.99 ||
							  fabs(JustifiedMultiple(growth, &plan) /
								   (valuation / revenue) - 1.0) < 1e-10);
	}
	check(solved, "implied_growth: what the equation says");
	check(inverse, "implied_growth: the multiple that growth justifies");
	plan.multiple = 10.0;
	plan.years = 10.0;
	plan.required_return = 0.0;
	check(ImpliedGrowth(0.0, 1.0, &plan) == -1.0 &&
		  JustifiedMultiple(-1.0, &plan) == 0.0,
		  "implied_growth: nothing is paid for nothing");
	check(ImpliedGrowth(1e300, 1e299, &plan) == 0.0 &&
		  close_to(ImpliedGrowth(1e308, 1e-300, &plan),
				   (double) powl(10.0L, 60.7L) - 1.0) &&
		  isinf(JustifiedMultiple(1e300, &plan)),
		  "implied_growth: where products overflow");
	return failures > 0;
}
