/*
 * filter.c - which fits count as signs of a bubble
 *
 * Kernel: no PostgreSQL in here.  Sources are named in filter.h.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "lppls/filter.h"

#include <math.h>

static const LpplsFilter filters[] = {
	[LPPLS_SORNETTE] = {0.01, 1.2, 2.0, 25.0, 0.1, INFINITY, 2.5, 0.8, 0.05},
	[LPPLS_TRUST] = {0.01, 0.99, 2.0, 25.0, 0.1, INFINITY, 2.5, 1.0, 0.20},
	[LPPLS_SHU_ZHU] = {0.01, 0.99, 2.0, 25.0, 0.2, INFINITY, 2.5, 1.0, 0.15},
	[LPPLS_PACKAGE] = {0.0, 1.0, 2.0, 15.0, 0.5, 252.0, 2.5, 0.5, INFINITY}
};

/*
 * Does a fit, wherever its critical time is, satisfy the conditions?
 */
bool
LpplsQualifies(const LpplsFit *fit, LpplsFilterName name)
{
	const LpplsFilter *filter = &filters[name];
	const LpplsPoint *point = &fit->point;

	return point->exponent >= filter->least_exponent &&
		point->exponent <= filter->most_exponent &&
		point->frequency >= filter->least_frequency &&
		point->frequency <= filter->most_frequency &&
		point->ahead <= filter->most_share * (fit->observations - 1) &&
		point->ahead <= filter->most_ahead &&
		fit->oscillations >= filter->least_oscillations &&
		fit->damping >= filter->least_damping &&
		fit->relative_error <= filter->most_error;
}
