/*
 * search.h - the lowest minimum within a box
 *
 * Kernel: no PostgreSQL in here.
 *
 * From a grid of cells (cells.h) the way goes down, in means of rows, from
 * every cell that is the lowest of its neighbours with the same critical time,
 * the lowest LPPLS_STARTS of those; then, in single rows, from the lowest of
 * the minima that were found, each once.  No step depends on chance.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#ifndef BUBBLE_LPPLS_SEARCH_H
#define BUBBLE_LPPLS_SEARCH_H

#include "lppls/cells.h"

#define LPPLS_STARTS 96

/*
 * What a search needs, laid out in one array of doubles.
 */
typedef struct LpplsWork
{
	int64_t		observations;
	double		mean;			/* of the logarithms of prices */
	LpplsRows	rows;
	LpplsRows	means;
	LpplsGrid	grid;
	double	   *cells;
	double	   *cell_scratch;
	int			starts;
	int64_t		start[LPPLS_STARTS];	/* cells, lowest first */
	LpplsMinimum minimum[LPPLS_STARTS]; /* in means, lowest first */
} LpplsWork;

extern int64_t LpplsWorkSize(int64_t rows, const LpplsBox *box);
extern void LpplsWorkInit(LpplsWork *work, double *space, const double *level,
						  int64_t rows, const LpplsBox *box);
extern LpplsMinimum LpplsSearch(LpplsWork *work);

#endif							/* BUBBLE_LPPLS_SEARCH_H */
