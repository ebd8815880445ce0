/*
 * history_state.h - where a value stands in its history, 0 to 100
 *
 * A history holds the values of one indicator in the frame, in whatever form
 * the method asks for:
 *
 *	percentile	100 (rank - 1) / (n - 1)		a ranking (ranking.h)
 *	minmax		100 (x - min) / (max - min)		two numbers while rows only
 *												come, a ranking if they go
 *	zscore		100 Phi((x - mean) / s)			exact sums (moments.h)
 *	robust		100 Phi((x - median) / MAD')	a ranking
 *
 * where rank is the lowest one among equal values, s the sample standard
 * deviation, Phi the normal distribution function and MAD' 1.4826 times the
 * median of |x - median|.  The naive way computes that median from all n
 * distances; here it is found by binary search, because the distances ascend
 * on both sides of the median of a ranking.
 *
 * Where MAD' is 0, most values are equal, and all others stand at an end of
 * the scale.  Their number of deviations would be infinite; where it is asked
 * for, it is measured with 1.253314 times the mean of |x - median|, which is a
 * normal standard deviation too.
 *
 * Values that do not differ stand at the middle, 50, whatever the method.  The
 * measure of a value is its standing before Phi is taken, for zscore and
 * robust the number of deviations from the centre.
 * Distances are taken at a quarter of their size where they would overflow.
 *
 * Reference: B. Iglewicz, D. C. Hoaglin, How to detect and handle outliers,
 * 1993.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#ifndef BUBBLE_HISTORY_STATE_H
#define BUBBLE_HISTORY_STATE_H

#include "foundation/ranking.h"
#include "score/moments.h"

typedef enum ScoreMethod
{
	METHOD_PERCENTILE,
	METHOD_MINMAX,
	METHOD_ZSCORE,
	METHOD_ROBUST
} ScoreMethod;

typedef enum HistoryForm
{
	HISTORY_RANKING,
	HISTORY_RANGE,
	HISTORY_MOMENTS
} HistoryForm;

typedef struct History
{
	ScoreMethod method;
	HistoryForm form;			/* which one of these is in use */
	int64		count;			/* values */
	union
	{
		Ranking		ranking;
		struct
		{
			double		lowest;
			double		highest;
		}			range;
		struct
		{
			MemoryContext context;
			Moments    *of[MAGNITUDES]; /* NULL until needed */
		}			moments;
	}			u;
} History;

/*
 * What all values of a history are measured with: made once, used for as many
 * values as there are, as long as the history does not change.
 */
typedef struct Yardstick
{
	const History *history;
	bool		flat;			/* do the values not differ? */
	union
	{
		struct
		{
			double		lowest;
			double		highest;
		}			range;
		struct
		{
			double		unit;	/* 1, or 1/4 where the range overflows */
			double		centre; /* in that unit */
			double		spread;
		}			robust;
		StandardScale scale;
	}			u;
} Yardstick;

extern void HistoryInit(History *history, ScoreMethod method, bool moving,
						MemoryContext context);
extern void HistoryAdd(History *history, double value);
extern void HistoryRemove(History *history, double value);
extern void YardstickInit(Yardstick *yardstick, const History *history);
extern void YardstickMakeFinite(Yardstick *yardstick);
extern double YardstickMeasure(const Yardstick *yardstick, double value);
extern double YardstickStanding(const Yardstick *yardstick, double value);

#endif							/* BUBBLE_HISTORY_STATE_H */
