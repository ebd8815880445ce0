/*
 * change_state.h - all changes of the mean of a series
 *
 * The best cut (change_partition.h) with a penalty in units of the noise's
 * variance, which is half of the variance of differences from row to row:
 * changes of the mean are few of those and do not matter.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#ifndef BUBBLE_ADOPTION_CHANGE_STATE_H
#define BUBBLE_ADOPTION_CHANGE_STATE_H

#include "adoption/change_level.h"
#include "series/stored_series.h"

typedef struct ChangePieces
{
	const SeriesView *view;
	LevelScale	scale;
	double		noise;			/* variance, on the scale */
	int64		count;			/* pieces */
	int64	   *piece;			/* the rows ahead of each */
} ChangePieces;

extern bool ChangePiecesOf(const SeriesView *view, double penalty,
						   ChangePieces *pieces);
extern double PieceMean(const ChangePieces *pieces, int64 number);
extern double PieceGain(const ChangePieces *pieces, int64 number,
						double before, double after);

#endif							/* BUBBLE_ADOPTION_CHANGE_STATE_H */
