/*
 * ciss.c - scores that fire together count for more
 *
 * Kernel: no PostgreSQL in here.  The method is described in ciss.h.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "score/ciss.h"

#include <math.h>

#define LAMBDA 0.93
#define MIDDLE 50.0

/*
 * How many doubles the moments take: a square matrix, 0 at first.
 */
size_t
CissRoom(int indicators)
{
	return (size_t) indicators * indicators;
}

/*
 * Take the scores, 0 to 100, of one more row.
 */
void
CissAdd(double *moment, const double *score, const bool *missing,
		int indicators)
{
	int			i;
	int			j;

	for (i = 0; i < indicators; i++)
		for (j = 0; j < indicators; j++)
		{
			double	   *m = moment + (size_t) i * indicators + j;

			*m *= LAMBDA;
			if (!missing[i] && !missing[j])
				*m += (score[i] - MIDDLE) * (score[j] - MIDDLE);
		}
}

double
CissCorrelation(const double *moment, int indicators, int i, int j)
{
	const size_t n = indicators;
	double		lengths = sqrt(moment[i * n + i]) * sqrt(moment[j * n + j]);

	if (i == j)
		return 1.0;
	if (!(lengths > 0.0))
		return 0.0;
	return fmax(-1.0, fmin(1.0, moment[i * n + j] / lengths));
}
