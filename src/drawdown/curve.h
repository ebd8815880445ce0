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

#include <stdbool.h>
#include <stdint.h>

typedef struct DrawdownPiece
{
	double		peak;
	double		trough;
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
