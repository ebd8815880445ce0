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
	CURVE_RISES					/* run-up */
} CurveDirection;

typedef struct DrawdownPiece
{
	double		peak;
	double		trough;
	double		last;
	double		retained;
} DrawdownPiece;

/*
 * An episode: from the last row at a peak through the first row at the
 * lowest price after it to the first row back at the peak or above.
 */
typedef struct DrawdownEpisode
{
	int64_t		peak_at;
	double		peak;
	int64_t		trough_at;
	double		trough;
	int64_t		recovered_at;	/* meaningful if recovered */
	bool		recovered;
	int64_t		observations;	/* from the peak to the recovery, both
								 * counted, or to the last row */
} DrawdownEpisode;

/*
 * Follows the curve from episode to episode.  "current" begins at the
 * running peak and has not fallen while its trough is its peak.
 */
typedef struct EpisodeScan
{
	int64_t		rows;
	DrawdownEpisode current;
	DrawdownEpisode deepest;	/* of the finished ones; the earliest of
								 * equally deep ones */
	bool		any_finished;
} EpisodeScan;

extern void EpisodeScanStep(EpisodeScan *scan, int64_t at, double price);
extern const DrawdownEpisode *EpisodeScanDeepest(const EpisodeScan *scan);

static inline double
EpisodeRetained(const DrawdownEpisode *episode)
{
	return episode->trough / episode->peak;
}

/*
 * A price as it is measured in this direction.
 */
static inline double
Turned(double price, CurveDirection direction)
{
	return direction == CURVE_RISES ? -price : price;
}

static inline DrawdownPiece
PieceOf(double turned)
{
	DrawdownPiece piece = {turned, turned, turned, copysign(1.0, turned)};

	return piece;
}

/*
 * Two pieces, the first before the second, as one.
 */
static inline DrawdownPiece
PiecesJoined(const DrawdownPiece *first, const DrawdownPiece *second)
{
	DrawdownPiece piece = *second;
	double		retained = second->trough / fabs(first->peak);

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
 * Drawdown or run-up of the last price, and the largest one.
 */
static inline double
PieceLast(const DrawdownPiece *piece)
{
	return copysign(1.0, piece->peak) - piece->last / fabs(piece->peak);
}

static inline double
PieceLargest(const DrawdownPiece *piece)
{
	return copysign(1.0, piece->peak) - piece->retained;
}

#endif							/* BUBBLE_DRAWDOWN_CURVE_H */
