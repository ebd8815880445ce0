/*
 * rolling.h - maximum drawdown of the last n rows, for every row
 *
 * Kernel: no PostgreSQL in here.
 *
 * The naive way follows every window from its first row, O(window) a row.
 * Here the curve is cut into blocks of the length of the window.  A window
 * that ends at row k of a block is the rest of the block before it, from
 * its row k + 1 on, and the first k + 1 rows of this block:
 *
 *	  block before		 this block
 *	[ . . . k+1 . . . ][ . . . k . . . . ]
 *			[ rest	   ][ begin ]
 *
 * What is retained of a window is the least of what is retained of either
 * part and of trough(begin) / peak(rest).  The rests are computed in one pass
 * from the end of the block before to its beginning, the begins along with
 * the results: O(1) a row, whatever the window is.  Since rounded division is
 * monotone, the digits are those of every window followed by itself.  A window
 * in which all prices are 0 has no drawdown: NaN.
 *
 * References: van Herk, A fast algorithm for local minimum and maximum
 * filters, Pattern Recognition Letters 13, 1992; Gil, Werman, Computing 2-D
 * min, median, and max filters, IEEE PAMI 15, 1993.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#ifndef BUBBLE_DRAWDOWN_ROLLING_H
#define BUBBLE_DRAWDOWN_ROLLING_H

#include <stdint.h>

typedef struct RollingCurve
{
	const double *price;
	int64_t		rows;			/* of the whole curve */
	int64_t		window;			/* 1 to rows */
	double	   *rest_peak;		/* room for a window of doubles */
	double	   *drawdown;		/* the results, one a row */
} RollingCurve;

extern void RollingBlock(const RollingCurve *curve, int64_t start);

#endif							/* BUBBLE_DRAWDOWN_ROLLING_H */
