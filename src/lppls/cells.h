/*
 * cells.h - the sum of squares over a grid of nonlinear parameters
 *
 * Kernel: no PostgreSQL in here.
 *
 * The sum of squares has many minima, and the lowest is not found by going
 * down from a few points that chance has chosen.  So all of the box is looked
 * at: a grid that is fine enough for every minimum to have a cell of its own.
 *
 *	critical time	its distance from the last row in equal ratios: near to the
 *					last row minima are near to each other
 *	exponent		in equal steps, few: the curve hardly feels it
 *	frequency		in equal steps, a fraction of what ln tau can tell apart
 *
 * Far from the critical time a curve changes little from row to row, so that
 * the grid is computed of means of several rows, the more the longer ago:
 * about 25 means for every factor e of time, whose number grows with the
 * logarithm of the number of rows.  Frequencies are LPPLS_LANES at a time, one
 * in each lane of a vector; a rotation leads from some of them to the next.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#ifndef BUBBLE_LPPLS_CELLS_H
#define BUBBLE_LPPLS_CELLS_H

#include "lppls/descent.h"

typedef struct LpplsGrid
{
	LpplsBox	box;
	int			aheads;
	int			exponents;
	int			frequencies;	/* of the box; cells have more, full lanes */
	int			lanes;			/* frequencies of the cells */
} LpplsGrid;

extern int64_t LpplsMeansCount(int64_t rows);
extern void LpplsTakeMeans(const double *latest, int64_t rows, double *ago,
						   double *weight, double *level);
extern LpplsGrid LpplsGridOf(const LpplsBox *box, double earliest);
extern int64_t LpplsCellCount(const LpplsGrid *grid);
extern int64_t LpplsCellScratch(const LpplsGrid *grid, int64_t rows);
extern LpplsPoint LpplsCellPoint(const LpplsGrid *grid, int64_t cell);
extern void LpplsFillCells(const LpplsRows *rows, const LpplsGrid *grid,
						   double *scratch, double *cells);
extern bool LpplsIsLowest(const LpplsGrid *grid, const double *cells,
						  int64_t cell);

#endif							/* BUBBLE_LPPLS_CELLS_H */
