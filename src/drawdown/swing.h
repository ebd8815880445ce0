/*
 * swing.h - the largest fall or rise of a price curve
 *
 * Kernel: no PostgreSQL in here.
 *
 * The naive way divides every price by the highest one before it.  But of
 * all prices since a peak the lowest one has the smallest quotient, also
 * after rounding, since division by a positive number is monotone even when
 * rounded.  So one division is enough for each fall, when the next peak has
 * ended it, and gives the same digits.
 *
 * A rise is the same with lower and higher exchanged: it starts at the lowest
 * price so far and goes to the highest one since.
 *
 * Of balances, which may have any sign, the largest loss is a difference.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#ifndef BUBBLE_DRAWDOWN_SWING_H
#define BUBBLE_DRAWDOWN_SWING_H

#include <stdint.h>

typedef struct Swing
{
	double		start;			/* the highest price so far, or the lowest */
	double		end;			/* the lowest price since, or the highest */
	double		quotient;		/* end / start of the largest one before */
	double		amount;			/* the largest loss, start - end */
} Swing;

/*
 * Prices that belong together, to be checked before a percentage of any of
 * them is taken.
 */
typedef struct PriceRange
{
	double		lowest;
	double		highest;
} PriceRange;

extern Swing SwingStart(double price);
extern void SwingFall(Swing *swing, const double *price, int64_t rows);
extern void SwingRise(Swing *swing, const double *price, int64_t rows);
extern double SwingRetained(const Swing *swing);
extern double SwingMultiplied(const Swing *swing);
extern void SwingLose(Swing *swing, const double *value, int64_t rows);
extern void PriceRangeExtend(PriceRange *range, const double *price,
							 int64_t rows);

#endif							/* BUBBLE_DRAWDOWN_SWING_H */
