/*
 * underwater.h - the drawdowns of all rows of a price curve, and their sums
 *
 * Kernel: no PostgreSQL in here.
 *
 * The drawdown of a row is 1 - price / highest price so far.  All measures
 * of the whole curve are sums over these, or over the episodes, which are
 * the runs of rows whose drawdown is not zero: a quotient of two different
 * doubles never rounds to 1, so zero means a row at a peak.
 *
 * One pass gathers everything.  Rows are taken in blocks that stay in the
 * processor's cache.  Sums of a block are plain sums in independent lanes;
 * only whole blocks are added with compensation, so that millions of rows
 * are summed as exactly as a few and still at the speed of the divisions.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#ifndef BUBBLE_DRAWDOWN_UNDERWATER_H
#define BUBBLE_DRAWDOWN_UNDERWATER_H

#include <stdint.h>

#include "foundation/compensated_sum.h"

/*
 * Starts with all bytes zero.  The first price is above 0, no price below.
 */
typedef struct Underwater
{
	double		peak;			/* highest price so far */
	int64_t		rows;
	int64_t		rows_under;		/* below the highest price so far */
	CompensatedSum drawdowns;
	CompensatedSum drawdown_squares;
	double		depth;			/* of the episode under way, or 0 */
	int64_t		episodes;		/* those that have ended */
	CompensatedSum depths;
	CompensatedSum depth_squares;
	double		max_drawdown;	/* of the episodes that have ended */
} Underwater;

extern void DrawdownPath(double *peak, const double *price, int64_t rows,
						 double *drawdown);
extern void UnderwaterFollow(Underwater *water, const double *price,
							 int64_t rows);
extern void UnderwaterEnd(Underwater *water);

/* After the end of the curve, which has rows. */
extern double UlcerIndex(const Underwater *water);
extern double PainIndex(const Underwater *water);
extern double DrawdownDeviation(const Underwater *water);
extern double AverageDrawdown(const Underwater *water);
extern double TimeUnderWater(const Underwater *water);
extern double MaxDrawdown(const Underwater *water);
extern double SterlingRisk(const Underwater *water);
extern double BurkeRisk(const Underwater *water);

#endif							/* BUBBLE_DRAWDOWN_UNDERWATER_H */
