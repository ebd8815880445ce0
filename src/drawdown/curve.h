/*
 * curve.h - drawdown along a price curve, row by row
 *
 * Kernel: no PostgreSQL in here.
 *
 * The naive way computes the running maximum, divides every price by it and
 * takes the worst quotient, in three passes over the rows.  All of it fits
 * in one step per row, because drawdown is a monoid.  What has to be known
 * of a piece of the curve is
 *
 *	peak		its highest price
 *	trough		its lowest price
 *	last		its last price
 *	retained	the smallest quotient later / |earlier| price within it, a
 *				price and itself included: 1 - retained is its maximum
 *				drawdown
 *
 * and for a piece A followed by a piece B
 *
 *	retained(AB) = min(retained(A), retained(B), trough(B) / |peak(A)|).
 *
 * Division by a positive number is monotone even when rounded, so every way
 * to cut the curve into pieces gives the same digits.
 *
 * A run-up is the drawdown of the curve turned upside down: with the sign of
 * every price changed the lowest price is the peak, the quotient above is
 * minus what became of a unit of money, and the smallest one the largest
 * gain, -1 - retained.  So all that follows serves both.
 *
 * The drawdown of a balance, which may have any sign, is an amount instead of
 * a fraction: peak - later.  Then "retained" is the smallest difference later
 * - earlier, 0 within one row, and all else stays: a rounded difference is as
 * monotone as a rounded quotient.
 *
 * A price of 0 is a loss of everything.  Of a peak of 0 nothing can be lost,
 * and growth from 0 has no rate, so these have no quotient: 0 / 0 is NaN,
 * which is never the smallest one, and a rise from 0 is infinite.  An
 * undefined result is NaN.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#ifndef BUBBLE_DRAWDOWN_CURVE_H
#define BUBBLE_DRAWDOWN_CURVE_H

#include <math.h>
#include <stdbool.h>
#include <stdint.h>

typedef enum CurveDirection
{
	CURVE_FALLS,				/* drawdown */
	CURVE_RISES,				/* run-up */
	CURVE_LOSES					/* drawdown as an amount */
} CurveDirection;

typedef struct DrawdownPiece
{
	double		peak;
	double		trough;
	double		last;
	double		retained;
} DrawdownPiece;

/*
 * A price as it is measured in this direction.
 */
static inline double
Turned(double price, CurveDirection direction)
{
	return direction == CURVE_RISES ? -price : price;
}

/*
 * What is retained where the price neither falls nor rises.
 */
static inline double
AllRetained(CurveDirection direction)
{
	return direction == CURVE_LOSES ? 0.0 : Turned(1.0, direction);
}

static inline double
Retained(double peak, double later, CurveDirection direction)
{
	return direction == CURVE_LOSES ? later - peak : later / fabs(peak);
}

static inline DrawdownPiece
PieceOf(double turned, CurveDirection direction)
{
	DrawdownPiece piece = {turned, turned, turned, AllRetained(direction)};

	return piece;
}

/*
 * Two pieces, the first before the second, as one.
 */
static inline DrawdownPiece
PiecesJoined(const DrawdownPiece *first, const DrawdownPiece *second,
			 CurveDirection direction)
{
	DrawdownPiece piece = *second;
	double		retained = Retained(first->peak, second->trough, direction);

	if (first->peak > piece.peak)
		piece.peak = first->peak;
	if (first->trough < piece.trough)
		piece.trough = first->trough;
	if (first->retained < piece.retained)
		piece.retained = first->retained;
	if (retained < piece.retained)
		piece.retained = retained;
	return piece;
}

/*
 * Drawdown or run-up of the last price; NaN if the highest price, or the
 * lowest one, is 0.
 */
static inline double
PieceLast(const DrawdownPiece *piece, CurveDirection direction)
{
	if (direction == CURVE_LOSES)
		return piece->peak - piece->last;
	if (piece->peak == 0.0)
		return NAN;
	return AllRetained(direction) - piece->last / fabs(piece->peak);
}

/*
 * The largest one; NaN if all prices are 0, or if one rose from 0.
 */
static inline double
PieceLargest(const DrawdownPiece *piece, CurveDirection direction)
{
	if (direction != CURVE_LOSES && piece->peak == 0.0 &&
		(piece->trough == 0.0 || isinf(piece->retained)))
		return NAN;
	return AllRetained(direction) - piece->retained;
}

#endif							/* BUBBLE_DRAWDOWN_CURVE_H */
