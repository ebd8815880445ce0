/*
 * history_state.c - where a value stands in its history, 0 to 100
 *
 * The methods are described in history_state.h.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "postgres.h"

#include <float.h>
#include <math.h>

#include <gsl/gsl_cdf.h>

#include "miscadmin.h"
#include "utils/memutils.h"

#include "foundation/array.h"
#include "score/history_state.h"

#define MIDDLE 50.0
#define MIDDLE_DEVIATIONS 0.0

/* Makes the median distance an estimate of a normal standard deviation. */
#define MAD_FACTOR 1.4826

/* The same for the mean distance. */
#define MEAN_FACTOR 1.253314

/* Distances of ranked values from their centre, in a unit that fits. */
typedef struct Distances
{
	const Ranking *ranking;
	double		unit;			/* 1, or 1/4 where the range overflows */
	double		centre;			/* in that unit */
	int64		below;			/* values below the centre */
} Distances;

/*
 * An empty history.  In a moving frame values can be removed.
 */
void
HistoryInit(History *history, ScoreMethod method, bool moving,
			MemoryContext context)
{
	memset(history, 0, sizeof(*history));
	history->method = method;
	if (method == METHOD_ZSCORE)
	{
		history->form = HISTORY_MOMENTS;
		history->u.moments.context = context;
	}
	else if (method == METHOD_MINMAX && !moving)
	{
		history->form = HISTORY_RANGE;
		history->u.range.lowest = DBL_MAX;
		history->u.range.highest = -DBL_MAX;
	}
	else
	{
		history->form = HISTORY_RANKING;
		RankingInit(&history->u.ranking, context);
	}
}

static Moments *
moments_for(History *history, int magnitude)
{
	Moments   **moments = &history->u.moments.of[magnitude];

	if (*moments == NULL)
	{
		*moments = MemoryContextAlloc(history->u.moments.context,
									  sizeof(Moments));
		MomentsInit(*moments);
	}
	return *moments;
}

/*
 * Add a finite value.
 */
void
HistoryAdd(History *history, double value)
{
	int			magnitude;

	history->count++;
	switch (history->form)
	{
		case HISTORY_RANKING:
			RankingInsert(&history->u.ranking, value);
			break;
		case HISTORY_RANGE:
			history->u.range.lowest = Min(history->u.range.lowest, value);
			history->u.range.highest = Max(history->u.range.highest, value);
			break;
		case HISTORY_MOMENTS:
			magnitude = MagnitudeOf(value);
			MomentsAdd(moments_for(history, magnitude), magnitude, value,
					   history->u.moments.context);
			break;
	}
}

/*
 * Remove a value that was added.
 */
void
HistoryRemove(History *history, double value)
{
	int			magnitude;

	history->count--;
	switch (history->form)
	{
		case HISTORY_RANKING:
			RankingRemove(&history->u.ranking, value);
			break;
		case HISTORY_RANGE:
			elog(ERROR, "a range cannot forget");
			break;
		case HISTORY_MOMENTS:
			magnitude = MagnitudeOf(value);
			MomentsRemove(moments_for(history, magnitude), magnitude, value,
						  history->u.moments.context);
			break;
	}
}

/* ---- the four methods ---- */

/*
 * A unit in which distances, and a little more, do not overflow.
 */
static double
unit_for(double lowest, double highest)
{
	return highest - lowest > DBL_MAX / 4.0 ? 0.25 : 1.0;
}

static double
percentile_standing(const Ranking *ranking, double value)
{
	return 100.0 * RankingBelow(ranking, value) / (ranking->count - 1);
}

static double
minmax_standing(double lowest, double highest, double value)
{
	double		unit = unit_for(lowest, highest);

	return 100.0 * ((value * unit - lowest * unit) /
					(highest * unit - lowest * unit));
}

/*
 * The middle of two values in ascending order.
 */
static double
middle_of(double low, double high)
{
	return low + (high - low) / 2.0;
}

static double
ranked(const Distances *distances, int64 place)
{
	return RankingSelect(distances->ranking, place) * distances->unit;
}

/*
 * The i-th smallest distance among the values below the centre, and among
 * the others, counted from 0.
 */
static double
distance_below(const Distances *distances, int64 i)
{
	return distances->centre - ranked(distances, distances->below - 1 - i);
}

static double
distance_above(const Distances *distances, int64 i)
{
	return ranked(distances, distances->below + i) - distances->centre;
}

static double
median_of_ranking(const Ranking *ranking, double unit)
{
	int64		n = ranking->count;
	double		upper = RankingSelect(ranking, n / 2) * unit;

	if (n % 2 == 1)
		return upper;
	return middle_of(RankingSelect(ranking, n / 2 - 1) * unit, upper);
}

/*
 * How many of the k smallest distances belong to values below the centre?
 * The fewest, i, such that none of the k - i from the other side exceeds the
 * next one from this side.
 */
static int64
smallest_from_below(const Distances *distances, int64 k)
{
	int64		others = distances->ranking->count - distances->below;
	int64		least = Max(k - others, 0);
	int64		most = Min(k, distances->below);

	while (least < most)
	{
		int64		i = least + (most - least) / 2;

		if (distance_above(distances, k - i - 1) <=
			distance_below(distances, i))
			most = i;
		else
			least = i + 1;
	}
	return least;
}

/*
 * The median distance.  Half of the distances, rounded up, are its lower
 * half; the largest of those and, for an even number, the smallest of the
 * rest are its neighbours.
 */
static double
median_distance(const Distances *distances)
{
	int64		n = distances->ranking->count;
	int64		k = (n + 1) / 2;
	int64		below = smallest_from_below(distances, k);
	int64		above = k - below;
	double		largest = 0.0;
	double		next = DBL_MAX;

	if (below > 0)
		largest = distance_below(distances, below - 1);
	if (above > 0)
		largest = Max(largest, distance_above(distances, above - 1));
	if (n % 2 == 1)
		return largest;
	if (below < distances->below)
		next = distance_below(distances, below);
	if (above < n - distances->below)
		next = Min(next, distance_above(distances, above));
	return middle_of(largest, next);
}

static void
robust_yardstick(Yardstick *yardstick, const Ranking *ranking)
{
	Distances	distances;

	distances.ranking = ranking;
	distances.unit = unit_for(RankingLowest(ranking), RankingHighest(ranking));
	distances.centre = median_of_ranking(ranking, distances.unit);
	distances.below = RankingBelow(ranking,
								   distances.centre / distances.unit);
	yardstick->u.robust.unit = distances.unit;
	yardstick->u.robust.centre = distances.centre;
	yardstick->u.robust.spread = MAD_FACTOR * median_distance(&distances);
}

static void
ranking_yardstick(Yardstick *yardstick, const Ranking *ranking)
{
	double		lowest = RankingLowest(ranking);
	double		highest = RankingHighest(ranking);

	yardstick->flat = lowest == highest;
	if (yardstick->flat)
		return;
	if (yardstick->history->method == METHOD_ROBUST)
		robust_yardstick(yardstick, ranking);
	else
	{
		yardstick->u.range.lowest = lowest;
		yardstick->u.range.highest = highest;
	}
}

/*
 * The yardstick of a history that has values.
 */
void
YardstickInit(Yardstick *yardstick, const History *history)
{
	Assert(history->count > 0);
	yardstick->history = history;
	switch (history->form)
	{
		case HISTORY_RANKING:
			ranking_yardstick(yardstick, &history->u.ranking);
			break;
		case HISTORY_RANGE:
			yardstick->u.range.lowest = history->u.range.lowest;
			yardstick->u.range.highest = history->u.range.highest;
			yardstick->flat =
				history->u.range.lowest == history->u.range.highest;
			break;
		case HISTORY_MOMENTS:
			StandardScaleInit(&yardstick->u.scale, history->u.moments.of);
			yardstick->flat = yardstick->u.scale.deviation == 0.0;
			break;
	}
}

static double
range_of(const Yardstick *yardstick, const Ranking *ranking)
{
	return RankingHighest(ranking) * yardstick->u.robust.unit -
		RankingLowest(ranking) * yardstick->u.robust.unit;
}

/*
 * The mean distance, whatever the order in which the values came.  Distances
 * are added up in a unit in which none exceeds 1.
 */
static double
mean_distance(const Yardstick *yardstick, const Ranking *ranking)
{
	double	   *value = AllocateNumbers(ranking->count);
	double		unit = yardstick->u.robust.unit;
	ExactSum	sum;
	int			exponent;
	int64		i;

	RankingCopy(ranking, value);
	(void) frexp(range_of(yardstick, ranking), &exponent);
	ExactSumInit(&sum);
	for (i = 0; i < ranking->count; i++)
	{
		CHECK_FOR_INTERRUPTS();
		ExactSumAdd(&sum, ldexp(fabs(value[i] * unit -
									 yardstick->u.robust.centre),
								-exponent));
	}
	pfree(value);
	return ldexp(ExactSumRound(&sum) / ranking->count, exponent);
}

/*
 * Where the median distance is 0, or next to it, measure with the mean
 * distance: no measure is infinite then.
 */
void
YardstickMakeFinite(Yardstick *yardstick)
{
	const Ranking *ranking = &yardstick->history->u.ranking;
	double		spread;

	if (yardstick->history->method != METHOD_ROBUST || yardstick->flat ||
		isfinite(range_of(yardstick, ranking) / yardstick->u.robust.spread))
		return;
	spread = MEAN_FACTOR * mean_distance(yardstick, ranking);
	yardstick->u.robust.spread = Max(spread, DBL_TRUE_MIN);
}

/*
 * Infinitely many deviations where most values are equal and this one is not,
 * unless the yardstick was made finite.
 */
static double
robust_measure(const Yardstick *yardstick, double value)
{
	double		distance = value * yardstick->u.robust.unit -
		yardstick->u.robust.centre;

	if (distance == 0.0)
		return MIDDLE_DEVIATIONS;
	return distance / yardstick->u.robust.spread;
}

/*
 * The measure of a value of the history: on a scale of 0 to 100 or, for the
 * methods zscore and robust, in deviations from the centre.
 */
double
YardstickMeasure(const Yardstick *yardstick, double value)
{
	switch (yardstick->history->method)
	{
		case METHOD_PERCENTILE:
			return yardstick->flat ? MIDDLE :
				percentile_standing(&yardstick->history->u.ranking, value);
		case METHOD_MINMAX:
			return yardstick->flat ? MIDDLE :
				minmax_standing(yardstick->u.range.lowest,
								yardstick->u.range.highest, value);
		case METHOD_ZSCORE:
			return yardstick->flat ? MIDDLE_DEVIATIONS :
				StandardScore(&yardstick->u.scale, value);
		case METHOD_ROBUST:
			return yardstick->flat ? MIDDLE_DEVIATIONS :
				robust_measure(yardstick, value);
	}
	pg_unreachable();
}

/*
 * The standing of a value of the history, from 0 to 100.
 */
double
YardstickStanding(const Yardstick *yardstick, double value)
{
	double		measure = YardstickMeasure(yardstick, value);

	if (yardstick->history->method == METHOD_ZSCORE ||
		yardstick->history->method == METHOD_ROBUST)
		return 100.0 * gsl_cdf_ugaussian_P(measure);
	return measure;
}
