/*
 * tail.h - the worst drawdowns: their border and their mean
 *
 * Kernel: no PostgreSQL in here.
 *
 * Of T drawdowns d(1) >= d(2) >= ... and a share alpha of them, with
 * i = ceil(alpha T), the drawdown at risk is d(i), and the conditional one,
 * the mean of the tail in which d(i) fills up what the whole rows leave,
 *
 *	d(i) + sum over j < i of (d(j) - d(i)) / (alpha T).
 *
 * Sorting is not needed.  The bits of doubles that are not negative have the
 * order of their values, so d(i) is found byte by byte from the highest: count
 * how many values have each byte, keep those that share the byte of the
 * wanted one.  At most eight passes over ever fewer values, whatever they are.
 * The sum is one of max(d - d(i), 0) over all rows.
 *
 * Reference: Rockafellar, Uryasev, Conditional value-at-risk for general loss
 * distributions, Journal of Banking and Finance 26, 2002.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#ifndef BUBBLE_DRAWDOWN_TAIL_H
#define BUBBLE_DRAWDOWN_TAIL_H

#include <stdbool.h>
#include <stdint.h>

#include "foundation/compensated_sum.h"

/*
 * The rank-th largest (1 is the largest) of values that are not negative.
 */
typedef struct Selection
{
	double	   *value;			/* the candidates; all others are lost */
	int64_t		count;
	int64_t		rank;			/* among these */
	int			shift;			/* of the next byte, -8 after the last */
} Selection;

extern double TailLength(double alpha, int64_t rows);
extern Selection SelectionStart(double *value, int64_t count, int64_t rank);
extern bool SelectionStep(Selection *selection);
extern void TailExcess(CompensatedSum *excess, double border, double *peak,
					   const double *price, int64_t rows);

#endif							/* BUBBLE_DRAWDOWN_TAIL_H */
