/*
 * path_state.c - the explosive-root statistics of a sample, end by end
 *
 * The method is described in path_state.h.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "postgres.h"

#include <math.h>

#include "miscadmin.h"
#include "utils/memutils.h"

#include "explosive/adf_sweep.h"
#include "explosive/path_state.h"
#include "foundation/array.h"

/*
 * Lay a sample out, with the lags and the window that a rule gives for it.
 * False if it is too short for a statistic.  Lags are chosen among those that
 * the sample carries.
 */
bool
AdfSampleInit(AdfSample *sample, const double *level, int64 length,
			  const AdfRule *rule)
{
	const int	carried = AdfMostLags(length, rule->terms);

	sample->lags = rule->most_lags;
	if (rule->choose_lags)
		sample->lags = Min(rule->most_lags, carried);
	if (carried < 0 || sample->lags > carried || length < rule->min_window)
		return false;
	sample->room = AllocateNumbers(AdfSeriesRoom(length));
	AdfSeriesInit(&sample->series, level, length, sample->room);
	sample->series.terms = rule->terms;
	if (rule->choose_lags)
		sample->lags = AdfChooseLags(&sample->series, sample->lags,
									 rule->criterion);
	sample->min_window = rule->min_window;
	if (rule->min_window == 0)
		sample->min_window = Max(AdfDefaultWindow(length),
								 AdfLeastWindow(sample->lags, rule->terms));
	sample->ends = length - sample->min_window + 1;
	Assert(sample->ends > 0);
	return true;
}

void
AdfSampleFree(AdfSample *sample)
{
	pfree(sample->room);
}

/*
 * The ADF statistic of the whole sample.
 */
double
AdfOfSample(const AdfSample *sample)
{
	double		statistic;

	AdfForward(&sample->series, sample->lags, sample->series.length,
			   &statistic);
	return statistic;
}

double *
AdfForwardPath(const AdfSample *sample)
{
	double	   *path = AllocateNumbers(sample->ends);

	AdfForward(&sample->series, sample->lags, sample->min_window, path);
	return path;
}

/*
 * The windows from the first observation on count with their statistics in
 * the forward path, so that rounding cannot put the GSADF below the SADF.
 */
double *
AdfBackwardPath(const AdfSample *sample)
{
	double	   *path = AdfForwardPath(sample);
	double		backward[ADF_LANES];
	int64		done;
	int			i;

	for (done = 0; done < sample->ends; done += ADF_LANES)
	{
		CHECK_FOR_INTERRUPTS();
		AdfSweep(&sample->series, sample->lags, sample->min_window,
				 sample->min_window - 1 + done, backward, NULL);
		for (i = 0; i < ADF_LANES && done + i < sample->ends; i++)
			path[done + i] = fmax(path[done + i], backward[i]);
	}
	return path;
}

/*
 * Where a path is largest, the first place of several; -1 if all of it is NaN.
 */
static int64
largest_place(const AdfSample *sample, const double *path)
{
	int64		place = -1;
	int64		i;

	for (i = 0; i < sample->ends; i++)
	{
		CHECK_FOR_INTERRUPTS();
		if (!isnan(path[i]) && (place < 0 || path[i] > path[place]))
			place = i;
	}
	return place;
}

double
AdfPathMaximum(const AdfSample *sample, const double *path)
{
	int64		place = largest_place(sample, path);

	return place < 0 ? NAN : path[place];
}

/*
 * The numbers of a path as a series, without the NaNs.
 */
StoredSeries *
StoreAdfPath(const SeriesView *view, const AdfSample *sample,
			 const double *path)
{
	const int64 *at = view->at + sample->min_window - 1;
	StoredSeries *stored;
	double	   *stored_value;
	int64	   *stored_at;
	int64		count = 0;
	int64		i;

	for (i = 0; i < sample->ends; i++)
	{
		CHECK_FOR_INTERRUPTS();
		count += !isnan(path[i]);
	}
	if (count == 0)
		return NULL;
	stored = AllocateStoredSeries(view->kind, count, &stored_value,
								  &stored_at);
	for (i = 0; i < sample->ends; i++)
	{
		if (isnan(path[i]))
			continue;
		*stored_value++ = path[i];
		*stored_at++ = at[i];
	}
	StoredSeriesOrderTies(stored);
	return stored;
}
