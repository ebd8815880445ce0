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
 * Nothing is ever divided, so a return of -1, which loses everything, has no
 * effect once it has left a frame.  Growth stops at DBL_MAX, so that infinity
 * times 0 cannot arise: wealth that shrank by more than that is lost for good.
 *
 * A product of many doubles depends in its last digits on how they are put
 * together, and a moving frame puts them together otherwise than a group.  So
 * wealth is the sum of two doubles, with 106 bits; what rounding loses of it,
 * some 2^-104 a return, is far from what a result shows.
 *
 * Reference for sums and products of two doubles: T. J. Dekker, A floating-
 * point technique for extending the available precision, Numerische
 * Mathematik 18, 1971.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#ifndef BUBBLE_DRAWDOWN_RETURNS_H
#define BUBBLE_DRAWDOWN_RETURNS_H

#include <float.h>
#include <math.h>
#include <stdint.h>

/*
 * high + low, where high is the sum rounded to a double.
 */
typedef struct Wealth
{
	double		high;
	double		low;
} Wealth;

typedef struct ReturnsPiece
{
	Wealth		growth;
	Wealth		low_suffix;
	Wealth		low_prefix;
	Wealth		retained;
} ReturnsPiece;

static inline Wealth
LesserWealth(Wealth a, Wealth b)
{
	if (a.high < b.high || (a.high == b.high && a.low < b.low))
		return a;
	return b;
}

/*
 * 1 + return, exactly.
 */
static inline Wealth
WealthAfter(double one_return)
{
	double		high = 1.0 + one_return;
	double		added = high - 1.0;
	Wealth		wealth;

	wealth.high = high;
	wealth.low = (1.0 - (high - added)) + (one_return - added);
	return wealth;
}

static inline Wealth
WealthTimes(Wealth a, Wealth b)
{
	double		product = a.high * b.high;
	double		rest = fma(a.high, b.high, -product) +
		(a.high * b.low + a.low * b.high);
	const Wealth most = {DBL_MAX, 0.0};
	Wealth		wealth;

	wealth.high = product + rest;
	wealth.low = rest - (wealth.high - product);
	return wealth.high <= DBL_MAX ? wealth : most;
}

/*
 * What is lost of a wealth of 1.
 */
static inline double
WealthLost(Wealth wealth)
{
	double		lost = 1.0 - wealth.high;
	double		rest = (1.0 - lost) - wealth.high;

	return lost + (rest - wealth.low);
}

/* The wealth before the first return. */
static const Wealth full_wealth = {1.0, 0.0};

extern void ReturnStep(Wealth *retained, Wealth *least, double one_return);
extern void ReturnsFollow(Wealth *retained, Wealth *least,
						  const double *returns, int64_t count);
extern ReturnsPiece ReturnsPiecesJoined(const ReturnsPiece *first,
										const ReturnsPiece *second);

static inline ReturnsPiece
ReturnsPieceOf(double one_return)
{
	Wealth		growth = WealthAfter(one_return);
	Wealth		low = LesserWealth(growth, full_wealth);
	ReturnsPiece piece = {growth, low, low, low};

	return piece;
}

#endif							/* BUBBLE_DRAWDOWN_RETURNS_H */
