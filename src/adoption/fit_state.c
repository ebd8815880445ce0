/*
 * fit_state.c - a series, and the curve of adoption that is fitted to it
 *
 * The method is described in fit_state.h.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "postgres.h"

#include <math.h>

#include "miscadmin.h"
#include "utils/memutils.h"

#include "adoption/fit_state.h"
#include "foundation/gsl_boundary.h"
#include "foundation/sample.h"

/* Each takes some 150 bytes while a curve is fitted. */
#define MOST_OBSERVATIONS INT64CONST(1000000)

/* The library keeps so many vectors, and two matrices, while it searches. */
#define SEARCH_VECTORS 9

/* A longer time between rows is a gap. */
#define GAP_STEPS 1.5

const FitModel BassModel = {"bass", CURVE_BASS, true};
const FitModel CumulativeModel = {"bass cumulative", CURVE_BASS, false};
const FitModel LogisticModel = {"logistic", CURVE_LOGISTIC, false};
const FitModel GompertzModel = {"gompertz", CURVE_GOMPERTZ, false};
const FitModel ExponentialModel = {"exponential", CURVE_EXPONENTIAL, false};

/*
 * Rows on their way to the kernel.
 */
typedef struct FitRows
{
	int64		n;
	int64	   *at;
	double	   *y;				/* over "unit" */
	double	   *t;				/* first in years, then from -1 to 0 */
	double	   *from;
	double		unit;
	double		years;			/* from the origin to the last row */
} FitRows;

static double *
room_for(int64 numbers)
{
	return MemoryContextAllocHuge(CurrentMemoryContext,
								  Max(numbers, 1) * sizeof(double));
}

/*
 * The rows of a series; increments at the same time are added up.
 */
static void
take_rows(const SeriesView *view, bool increments, FitRows *rows)
{
	int64		n = 0;
	int64		i;

	rows->at = MemoryContextAllocHuge(CurrentMemoryContext,
									  view->length * sizeof(int64));
	rows->y = room_for(view->length);
	for (i = 0; i < view->length; i++)
	{
		CHECK_FOR_INTERRUPTS();
		if (increments && n > 0 && rows->at[n - 1] == view->at[i])
		{
			rows->y[n - 1] += view->value[i];
			continue;
		}
		rows->at[n] = view->at[i];
		rows->y[n++] = view->value[i];
	}
	rows->n = n;
}

/*
 * Divide the values by what makes the level of the order of 1; a sum that
 * overflows is no level.
 */
static bool
scale_values(FitRows *rows, bool increments)
{
	double		unit = 0.0;
	int64		i;

	for (i = 0; i < rows->n; i++)
	{
		const double size = fabs(rows->y[i]);

		unit = increments ? unit + size : Max(unit, size);
	}
	rows->unit = unit > 0.0 ? unit : 1.0;
	for (i = 0; i < rows->n; i++)
		rows->y[i] /= rows->unit;
	return isfinite(unit);
}

/*
 * The times in years since the first one.
 */
static TimeUnit
count_years(const SeriesView *view, FitRows *rows)
{
	const TimeUnit unit = TimeUnitOf(rows->at, rows->n, view->kind);
	const TimeScale scale = TimeScaleFrom(rows->at[0], unit, view->kind);
	int64		i;

	rows->t = room_for(rows->n);
	for (i = 0; i < rows->n; i++)
	{
		CHECK_FOR_INTERRUPTS();
		rows->t[i] = ScaleYears(&scale, rows->at[i]);
	}
	return unit;
}

/*
 * The median of the times between rows that are not at the same time, of two
 * middle ones the shorter; NaN if there is none.
 */
static double
median_step(const FitRows *rows)
{
	Sample		steps;
	int64		i;
	double		median = NAN;

	SampleInit(&steps, CurrentMemoryContext, false);
	SampleReserve(&steps, rows->n);
	for (i = 1; i < rows->n; i++)
	{
		CHECK_FOR_INTERRUPTS();
		if (rows->at[i] > rows->at[i - 1])
			SampleAdd(&steps, rows->t[i] - rows->t[i - 1]);
	}
	if (steps.count > 0)
		median = SampleSorted(&steps)[(steps.count - 1) / 2];
	return median;
}

/*
 * From years since the first row to -1 at the origin and 0 at the last one.
 * "before" are the years from the origin to the first row.
 */
static void
scale_times(FitRows *rows, double before, double step)
{
	const double last = rows->t[rows->n - 1];
	double	   *t = rows->t;
	int64		i;

	rows->years = last + before;
	rows->from = room_for(rows->n);
	for (i = rows->n - 1; i >= 0; i--)
	{
		const double since = i > 0 ? t[i] - t[i - 1] : before;

		CHECK_FOR_INTERRUPTS();
		t[i] = (t[i] - last) / rows->years;
		rows->from[i] = t[i] - step / rows->years;
		if (i == 0)
			rows->from[i] = -1.0;
		else if (since <= GAP_STEPS * step)
			rows->from[i] = (t[i - 1] - last) / rows->years;
	}
}

static void
free_multifit(void *space)
{
	gsl_multifit_nlinear_free(space);
}

static gsl_multifit_nlinear_workspace *
search_space(int64 n, int parameters)
{
	const gsl_multifit_nlinear_parameters method = FitMethod();

	EnsureGslMemory(n * (2 * parameters + SEARCH_VECTORS) * sizeof(double));
	return KeepGslObject(gsl_multifit_nlinear_alloc(gsl_multifit_nlinear_trust,
													&method, n, parameters),
						 free_multifit);
}

/*
 * Fit the curve to rows that are scaled.
 */
static void
fit_rows(const FitRows *rows, const FitModel *model, CurveFit *found)
{
	const int	parameters = CurveParameters(model->kind);
	CurveData	data = {
		.kind = model->kind,
		.increments = model->increments,
		.n = rows->n,
		.t = rows->t,
		.from = rows->from,
		.y = rows->y
	};
	FitSpace	space;

	data.work = room_for(2 * rows->n);
	space.all = search_space(rows->n, parameters);
	space.held = search_space(rows->n, 2);
	space.slopes = room_for(parameters * rows->n);
	FitCurve(&data, &space, found);
}

/*
 * Akaike's criterion with Hurvich and Tsai's correction; of a curve through
 * all points, minus infinity.
 */
static double
corrected_aic(double rss, double n, double k)
{
	if (n <= k + 1.0)
		return NAN;
	return n * log(rss / n) + 2.0 * k + 2.0 * k * (k + 1.0) / (n - k - 1.0);
}

/*
 * What follows from the curve that was found.
 */
static void
tell_fit(const FitRows *rows, const CurveFit *found, AdoptionFit *fit)
{
	const CurveKind kind = fit->model->kind;
	const int	parameters = CurveParameters(kind);
	double		variance;

	fit->low = found->low * rows->unit;
	fit->high = found->high * rows->unit;
	if (found->outcome != FIT_DONE)
		return;
	fit->fitted = true;
	fit->identified = found->identified && !isinf(fit->high);
	NaturalOfFit(found, kind, rows->years, rows->unit, &fit->curve);
	fit->rss = found->squares * rows->unit * rows->unit;
	fit->aicc = corrected_aic(fit->rss, rows->n, parameters + 1);
	fit->peak = NaturalPeak(&fit->curve, &variance);
	fit->peak_error = FitQuantile(rows->n - parameters) * sqrt(variance);
	if (kind != CURVE_EXPONENTIAL)
		fit->share = NaturalLevel(&fit->curve, rows->years, &variance) /
			fit->curve.parameter[0];
}

/*
 * Where time begins: at the first row, of Bass's curve a step before it.
 */
static bool
find_origin(const SeriesView *view, const FitRows *rows, TimeUnit unit,
			AdoptionFit *fit)
{
	const TimeScale scale = TimeScaleFrom(rows->at[0], unit, view->kind);
	int64		origin = rows->at[0];

	fit->has_scale = fit->model->kind != CURVE_BASS ||
		ScaleTime(&scale, -fit->step, &origin);
	if (fit->has_scale)
		fit->scale = TimeScaleFrom(origin, unit, view->kind);
	return fit->has_scale;
}

static void
fit_series(const SeriesView *view, AdoptionFit *fit)
{
	FitRows		rows = {0};
	CurveFit	found = {0};
	TimeUnit	unit;
	double		before;

	take_rows(view, fit->model->increments, &rows);
	fit->observations = rows.n;
	fit->last_at = rows.at[rows.n - 1];
	if (rows.n > MOST_OBSERVATIONS)
	{
		fit->obstacle = "more than 1000000 observations";
		return;
	}
	unit = count_years(view, &rows);
	fit->step = median_step(&rows);
	if (unit != UNIT_DAY)
		fit->step = rint(fit->step * MONTHS_PER_YEAR) / MONTHS_PER_YEAR;
	if (isnan(fit->step))
		return;
	if (!find_origin(view, &rows, unit, fit))
		fit->obstacle = "no time lies a step before the first one";
	else if (!scale_values(&rows, fit->model->increments))
		fit->obstacle = "the values add up to more than a number holds";
	if (fit->obstacle != NULL)
		return;
	before = ScaleYears(&fit->scale, rows.at[0]);
	scale_times(&rows, before, fit->step);
	if (rows.n <= CurveParameters(fit->model->kind))
		return;
	fit_rows(&rows, fit->model, &found);
	fit->outcome = found.outcome;
	tell_fit(&rows, &found, fit);
}

/*
 * Fit a curve to a series.  All that it takes is freed.
 */
AdoptionFit
FitSeries(const SeriesView *view, const FitModel *model)
{
	MemoryContext scratch = AllocSetContextCreate(CurrentMemoryContext,
												  "bubble fit",
												  ALLOCSET_DEFAULT_SIZES);
	MemoryContext caller = MemoryContextSwitchTo(scratch);
	AdoptionFit fit = {
		.model = model,
		.outcome = FIT_TOO_FEW,
		.low = NAN,
		.high = NAN,
		.rss = NAN,
		.aicc = NAN,
		.peak = NAN,
		.peak_error = NAN,
		.share = NAN,
		.step = NAN
	};

	fit_series(view, &fit);
	MemoryContextSwitchTo(caller);
	MemoryContextDelete(scratch);
	return fit;
}

/*
 * Of the curves of levels the one with the lowest criterion; among equals, and
 * where too few rows have a criterion, the exponential with its fewer
 * parameters.
 */
AdoptionFit
FitBest(const SeriesView *view)
{
	const FitModel *const models[] = {
		&ExponentialModel, &LogisticModel, &GompertzModel
	};
	AdoptionFit best = {0};
	int			i;

	for (i = 0; i < (int) lengthof(models); i++)
	{
		AdoptionFit fit = FitSeries(view, models[i]);

		if (i == 0 || (fit.fitted && !isnan(fit.aicc) &&
					   !(best.fitted && best.aicc <= fit.aicc)))
			best = fit;
	}
	return best;
}

/*
 * Why something is missing; NULL if nothing is.
 */
const char *
FitReason(const AdoptionFit *fit)
{
	if (fit->obstacle != NULL)
		return fit->obstacle;
	switch (fit->outcome)
	{
		case FIT_DONE:
			break;
		case FIT_TOO_FEW:
			return fit->model->kind == CURVE_EXPONENTIAL ?
				"fewer than three times" : "fewer than four times";
		case FIT_CONSTANT:
			return "the values do not differ";
		case FIT_FALLS:
			return "the values do not grow";
		case FIT_EXPONENTIAL:
			return "an exponential fits as well as any saturation";
		case FIT_JUMP:
			return "a jump fits as well as any curve";
		case FIT_DIVERGED:
			return "the search did not converge";
	}
	if (fit->model->kind == CURVE_EXPONENTIAL)
		return NULL;
	if (!fit->identified)
		return "no saturation is too large for the data";
	return isnan(fit->low) || isnan(fit->high) ?
		"a bound of the saturation was not found" : NULL;
}
