/*
 * chain_ladder.h - what is still to come, from how earlier periods developed
 *
 * Kernel: no PostgreSQL in here.
 *
 * Amounts of a period become known little by little: a row of the triangle
 * is what was known of it in all, at each age.  The chain ladder completes
 * the rows with the average growth from age to age of the rows before them:
 *
 *	 age:	   0	 1	   2	 3
 *	 row 0	  357  1124  1735  2218		factor f(j) = sum of the column j + 1
 *	 row 1	  352  1236  2170	 .		over that of column j, of the rows
 *	 row 2	  290  1292    .	 .		known in both
 *	 row 3	  310	 .	   .	 .
 *
 * The standard error is Mack's, which assumes no distribution.  Where only
 * one row is left to take the variance of a factor from, it is extrapolated
 * as Mack does.  Rows may end anywhere, so that many complete ones can stand
 * before the triangle.  What cannot be estimated is NaN.
 *
 * Reference: T. Mack, Distribution-free calculation of the standard error of
 * chain ladder reserve estimates, ASTIN Bulletin 23(2), 1993.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#ifndef BUBBLE_CHAIN_LADDER_H
#define BUBBLE_CHAIN_LADDER_H

#include <stdint.h>

typedef struct Triangle
{
	int64_t		rows;
	int64_t		columns;
	const double *cell;			/* row by row, cumulative */
	const int64_t *last;		/* last column known of each row */
} Triangle;

/*
 * All arrays are the caller's.
 */
typedef struct ChainLadder
{
	double	   *factor;			/* columns - 1: growth to the next column */
	double	   *sigma_squared;	/* columns - 1: its variance parameter */
	double	   *base;			/* columns - 1: sum that the factor is over */
	double	   *ultimate;		/* rows */
	double	   *standard_error; /* rows */
	double		total;			/* still to come in all rows */
	double		total_error;
} ChainLadder;

extern void ChainLadderFit(const Triangle *triangle, ChainLadder *ladder);

#endif							/* BUBBLE_CHAIN_LADDER_H */
