/*
 * projection.h - what is left of a column when others are taken out of it
 *
 * Kernel: no PostgreSQL in here.
 *
 * The others are rows of "columns" numbers, and a triangle R and an order of
 * them are known such that the first of them, in that order, are Q R with
 * orthonormal columns Q.  They are as many as are independent.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#ifndef BUBBLE_PROJECTION_H
#define BUBBLE_PROJECTION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define MOST_CONTROLS 32

typedef struct Basis
{
	int			columns;		/* at most MOST_CONTROLS */
	const double *triangle;		/* columns lines of columns numbers */
	const size_t *order;
	int			rank;			/* the independent ones */
} Basis;

extern double CentreColumn(double *column, int64_t count, int64_t stride,
						   bool scaled);
extern int	RankOf(const double *triangle, int columns);
extern void ProjectOut(double *y, double *x, int64_t count,
					   const Basis *basis);

#endif							/* BUBBLE_PROJECTION_H */
