/*
 * survival.c - the Kaplan-Meier estimate of how many are still waiting
 *
 * Kernel: no PostgreSQL in here.  The method is described in survival.h.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "funding/survival.h"

#include <math.h>

/* What a share may exceed one half by, relative to it. */
#define SLACK 1e-12

Survival
SurvivalStart(int64_t waiting)
{
	Survival	survival = {waiting, waiting, 1.0, 0.0};

	return survival;
}

/*
 * End the run of events, if there is one: multiply its factor in.
 */
static void
end_run(Survival *survival)
{
	double		left = (double) survival->waiting;
	double		before = (double) survival->before;
	double		product;
	double		quotient;
	double		lost;

	if (survival->waiting == survival->before)
		return;
	product = survival->share * left;
	quotient = product / before;
	lost = fma(survival->share, left, -product) +
		fma(-quotient, before, product) + survival->lost * left;
	survival->share = quotient;
	survival->lost = lost / before;
}

void
SurvivalCensored(Survival *survival)
{
	end_run(survival);
	survival->waiting--;
	survival->before = survival->waiting;
}

/*
 * An event: has the share come down to one half?
 */
bool
SurvivalEvent(Survival *survival)
{
	Survival	now;

	survival->waiting--;
	now = *survival;
	end_run(&now);
	return now.share + now.lost <= 0.5 * (1.0 + SLACK);
}
