/*
 * returns.h - drawdown along a sequence of simple returns
 *
 * Kernel: no PostgreSQL in here.
 *
 * The naive way turns returns into prices, the running product of 1 + return,
 * which overflows after a thousand doublings and, in a moving frame, has to
 * be divided by what was before the frame, which may be 0.  But a drawdown
 * asks only for quotients of wealth, later / earlier, and those are products
 * of the returns between.  With the wealth of 1 before the first return
 * counted, what has to be known of a piece of the sequence is
 *
 *	growth		wealth after its last / before its first return
 *	low_suffix	the smallest last / earlier wealth, 1 if none is higher: 1 -
 *				low_suffix is the drawdown at its end
 *	low_prefix	the smallest later / first wealth, 1 if none is lower
 *	retained	the smallest later / earlier wealth, 1 if it never falls
 *
 * and for a piece A followed by a piece B
 *
 *	growth(AB)		= growth(A) * growth(B)
 *	low_suffix(AB)	= min(low_suffix(B), low_suffix(A) * growth(B))
 *	low_prefix(AB)	= min(low_prefix(A), growth(A) * low_prefix(B))
 *	retained(AB)	= min(retained(A), retained(B),
 *						  low_suffix(A) * low_prefix(B)).
 *
 * Nothing is ever divided, so a return of -1, which loses all, leaves no
 * trace when it leaves a frame.  Growth stops at DBL_MAX, so that infinity
 * times 0 cannot arise: wealth that shrank by more than that is lost for good.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#ifndef BUBBLE_DRAWDOWN_RETURNS_H
#define BUBBLE_DRAWDOWN_RETURNS_H

#include <float.h>

typedef struct ReturnsPiece
{
	double		growth;
	double		low_suffix;
	double		low_prefix;
	double		retained;
} ReturnsPiece;

static inline double
Lesser(double a, double b)
{
	return a < b ? a : b;
}

/*
 * Go on to the next return, where none leaves: from what is retained of the
 * peak so far, and the least that was, both 1 before the first return.
 */
static inline void
ReturnStep(double *retained, double *least, double one_return)
{
	*retained = Lesser(*retained * (1.0 + one_return), 1.0);
	*least = Lesser(*retained, *least);
}

static inline ReturnsPiece
ReturnsPieceOf(double one_return)
{
	double		growth = 1.0 + one_return;
	double		low = Lesser(growth, 1.0);
	ReturnsPiece piece = {growth, low, low, low};

	return piece;
}

/*
 * Two pieces, the first before the second, as one.
 */
static inline ReturnsPiece
ReturnsPiecesJoined(const ReturnsPiece *first, const ReturnsPiece *second)
{
	ReturnsPiece piece;

	piece.growth = Lesser(first->growth * second->growth, DBL_MAX);
	piece.low_suffix = Lesser(first->low_suffix * second->growth,
							  second->low_suffix);
	piece.low_prefix = Lesser(first->growth * second->low_prefix,
							  first->low_prefix);
	piece.retained = Lesser(first->low_suffix * second->low_prefix,
							Lesser(first->retained, second->retained));
	return piece;
}

#endif							/* BUBBLE_DRAWDOWN_RETURNS_H */
