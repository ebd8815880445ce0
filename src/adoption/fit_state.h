/*
 * fit_state.h - a series, and the curve of adoption that is fitted to it
 *
 * The kernels (fit.h, natural.h) take arrays from -1 to 0 and of the order of
 * 1.  Here rows become such arrays.  Of increments, those at the same time are
 * added up, and each is taken for what came since the row before, but after a
 * gap of more than one and a half steps for what came in one step: what was
 * before is not known, which is not zero.  A step is the median of the times
 * between rows.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#ifndef BUBBLE_ADOPTION_FIT_STATE_H
#define BUBBLE_ADOPTION_FIT_STATE_H

#include "adoption/natural.h"
#include "adoption/time_state.h"
#include "series/stored_series.h"

/* What is asked for. */
typedef struct FitModel
{
	const char *name;
	CurveKind	kind;
	bool		increments;
} FitModel;

/*
 * What is known of a series; NaN is unknown.  The curve is meaningful if
 * "fitted".
 */
typedef struct AdoptionFit
{
	const FitModel *model;
	int64		observations;	/* of increments, times */
	FitOutcome	outcome;
	const char *obstacle;		/* to a search; NULL if there is none */
	bool		fitted;
	bool		identified;
	NaturalCurve curve;
	double		low;			/* of the saturation */
	double		high;
	double		rss;
	double		aicc;
	double		peak;			/* years since the origin */
	double		peak_error;		/* half its interval */
	double		share;			/* of the saturation, at the last row */
	double		step;			/* years */
	bool		has_scale;
	TimeScale	scale;
	int64		last_at;
} AdoptionFit;

extern const FitModel BassModel;
extern const FitModel CumulativeModel;
extern const FitModel LogisticModel;
extern const FitModel GompertzModel;
extern const FitModel ExponentialModel;

extern AdoptionFit FitSeries(const SeriesView *view, const FitModel *model);
extern AdoptionFit FitBest(const SeriesView *view);
extern const char *FitReason(const AdoptionFit *fit);

#endif							/* BUBBLE_ADOPTION_FIT_STATE_H */
