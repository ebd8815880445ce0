/*
 * trend.h - least squares of y on 1, x and x^2, in pieces
 *
 * Kernel: no PostgreSQL in here.
 *
 * The regression of the logarithm of a level on time and its square gives the
 * level's growth and how that changes.  All of it follows from the triangle R
 * of a QR factorisation of the rows (1, x, x^2, y), which can be made in
 * pieces: the triangle of two pieces is that of their triangles, one put on
 * top of the other.  Nothing is ever subtracted, so nothing is lost in frames
 * that move for as long as they like.
 *
 *	  1  x  x^2  y
 *	( r  r   r   r )
 *	(    r   r   r )	x and y are counted from the piece's last row.  To
 *	(        r   r )	count them from another one, columns are added to each
 *	(            r )	other, which leaves the triangle one.
 *
 * Reference: G. Golub, C. Van Loan, Matrix computations, 4th edition, 2013,
 * section 5.2.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#ifndef BUBBLE_ADOPTION_TREND_H
#define BUBBLE_ADOPTION_TREND_H

#include <stdbool.h>
#include <stdint.h>

#define TREND_COLUMNS 4

typedef struct Trend
{
	int64_t		n;
	double		r[TREND_COLUMNS][TREND_COLUMNS];	/* 0 below the diagonal */
} Trend;

/*
 * At x = 0.  NaN is unknown.
 */
typedef struct TrendFit
{
	double		slope;
	double		slope_error;
	double		curvature;		/* second derivative */
	double		curvature_error;
	double		p;				/* two-sided, of no curvature */
} TrendFit;

extern void TrendAdd(Trend *trend, double x, double y);
extern void TrendMove(Trend *trend, double x, double y);
extern void TrendMerge(Trend *trend, const Trend *other);
extern TrendFit TrendSolve(const Trend *trend);

#endif							/* BUBBLE_ADOPTION_TREND_H */
