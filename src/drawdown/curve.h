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
 *	retained	the smallest quotient later / earlier price within it,
 *				1 if no price falls: 1 - retained is its maximum drawdown
 *
 * and for a piece A followed by a piece B
 *
 *	retained(AB) = min(retained(A), retained(B), trough(B) / peak(A)).
 *
 * Division by a positive number is monotone even when rounded, so every way
 * to cut the curve into pieces gives the same digits.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#ifndef BUBBLE_DRAWDOWN_CURVE_H
#define BUBBLE_DRAWDOWN_CURVE_H

typedef struct DrawdownPiece
{
	double		peak;
	double		trough;
	double		retained;
} DrawdownPiece;

static inline DrawdownPiece
PieceOf(double price)
{
	DrawdownPiece piece = {price, price, 1.0};

	return piece;
}

/*
 * Append one price to a piece.
 */
static inline void
PieceAppend(DrawdownPiece *piece, double price)
{
	if (price >= piece->peak)
		piece->peak = price;
	else
	{
		double		retained = price / piece->peak;

		if (retained < piece->retained)
			piece->retained = retained;
		if (price < piece->trough)
			piece->trough = price;
	}
}

/*
 * What is retained of two pieces, the first before the second.
 */
static inline double
PiecesRetained(const DrawdownPiece *first, const DrawdownPiece *second)
{
	double		retained = second->trough / first->peak;

	if (first->retained < retained)
		retained = first->retained;
	if (second->retained < retained)
		retained = second->retained;
	return retained;
}

#endif							/* BUBBLE_DRAWDOWN_CURVE_H */
