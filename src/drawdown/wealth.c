/*
 * wealth.c - the curve of wealth that returns make
 *
 * Kernel: no PostgreSQL in here.  The method is described in wealth.h.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "drawdown/wealth.h"

#include "foundation/pause.h"

/*
 * How many different times rows in order have; at least one.
 */
int64_t
CountTimes(const int64_t *at, int64_t rows)
{
	int64_t		count = 1;
	int64_t		i;

	for (i = 1; i < rows; i++)
	{
		PauseAt(i);
		count += at[i] != at[i - 1];
	}
	return count;
}

/*
 * The mean step from time to time; a day if there is but one.
 */
uint64_t
MeanStep(int64_t first, int64_t last, int64_t times, uint64_t day,
		 bool whole_days)
{
	const uint64_t span = (uint64_t) last - (uint64_t) first;
	const uint64_t step = times > 1 ? span / (uint64_t) (times - 1) : day;

	return whole_days ? (step + day / 2) / day * day : step;
}

/*
 * Go on along returns that make sense.  Wealth that has left the range of
 * doubles does not come back.
 */
void
WealthFollow(WealthCurve *curve, const double *returns, const int64_t *at,
			 int64_t rows)
{
	double	   *wealth = curve->wealth + curve->row;
	int64_t    *time = curve->at + curve->row;
	double		now = *wealth;
	int64_t		i;

	for (i = 0; i < rows; i++)
	{
		const bool	later = at[i] != *time;

		wealth += later;
		time += later;
		now *= 1.0 + returns[i];
		*wealth = now;
		*time = at[i];
	}
	curve->row = wealth - curve->wealth;
}
