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
 * How many doubles the moments take, 0 at first, or the correlations.
 */
size_t
CissRoom(int indicators)
{
	return (size_t) indicators * (indicators + 1) / 2;
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
		for (j = 0; j <= i; j++, moment++)
		{
			*moment *= LAMBDA;
			if (!missing[i] && !missing[j])
				*moment += (score[i] - MIDDLE) * (score[j] - MIDDLE);
		}
}

static inline double
correlation_of(double moment, double lengths)
{
	if (!(lengths > 0.0))
		return 0.0;
	return fmax(-1.0, fmin(1.0, moment / lengths));
}

/*
 * The correlations.  Their diagonal serves as room for the lengths of the
 * indicators until all of them are done.
 */
void
CissCorrelations(const double *moment, int indicators, double *correlation)
{
	int			i;
	int			j;

	for (i = 0; i < indicators; i++)
		correlation[CissRoom(i) + i] = sqrt(moment[CissRoom(i) + i]);
	for (i = 0; i < indicators; i++)
		for (j = 0; j < i; j++)
			correlation[CissRoom(i) + j] =
				correlation_of(moment[CissRoom(i) + j],
							   correlation[CissRoom(i) + i] *
							   correlation[CissRoom(j) + j]);
	for (i = 0; i < indicators; i++)
		correlation[CissRoom(i) + i] = 1.0;
}

/*
 * What each indicator adds to the quadratic form of the shares, times 100.
 */
void
CissForm(const double *correlation, const double *share, int indicators,
		 double *part)
{
	int			i;
	int			j;

	for (i = 0; i < indicators; i++)
	{
		part[i] = 0.0;
		for (j = 0; j < i; j++, correlation++)
		{
			double		term = 100.0 * share[i] * share[j] * *correlation;

			part[i] += term;
			part[j] += term;
		}
		part[i] += 100.0 * share[i] * share[i] * *correlation++;
	}
}
