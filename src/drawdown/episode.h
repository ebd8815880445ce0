/*
 * episode.h - the drawdowns of a price curve, one after the other
 *
 * Kernel: no PostgreSQL in here.
 *
 * An episode runs from the last row at a peak through the first row at the
 * lowest price after it to the first row back at the peak or above:
 *
 *	price		P . . . . . . . . . . . . R		the row R ends the episode and
 *				  . . T . . . . . .				is the peak of the next one
 *				    . . . . . . .
 *	observations 1 2 3 . . . . .
 *
 * Rows are taken in the order of time and, at the same time, of price.  Only
 * rows at the time of the recovery can still change an episode that has
 * recovered: they count as its observations, whatever their prices are, so
 * that the count says how many rows lie between two times.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#ifndef BUBBLE_DRAWDOWN_EPISODE_H
#define BUBBLE_DRAWDOWN_EPISODE_H

#include <stdbool.h>
#include <stdint.h>

typedef struct DrawdownEpisode
{
	int64_t		peak_at;
	double		peak;
	int64_t		trough_at;
	double		trough;
	int64_t		recovered_at;	/* meaningful if recovered */
	bool		recovered;
	int64_t		observations;	/* the peak, and the rows later than it up to
								 * the time of the recovery or the last row */
	int64_t		last_at;		/* that time */
} DrawdownEpisode;

/*
 * Follows the curve from episode to episode.  "current" begins at the
 * running peak and has not fallen while its trough is its peak.  An episode
 * that has recovered moves to "finished", and is compared with the deepest
 * one when a later row makes it final.
 */
typedef struct EpisodeScan
{
	int64_t		rows;
	DrawdownEpisode current;
	DrawdownEpisode finished;	/* the last one that has recovered */
	DrawdownEpisode deepest;	/* of the final ones */
	bool		waiting;		/* may rows still be added to "finished"? */
	bool		any_final;		/* is there a deepest one? */
} EpisodeScan;

extern bool EpisodeDeeper(const DrawdownEpisode *episode,
						  const DrawdownEpisode *than);
extern bool EpisodeScanStep(EpisodeScan *scan, int64_t at, double price);
extern const DrawdownEpisode *EpisodeScanPending(const EpisodeScan *scan);
extern const DrawdownEpisode *EpisodeScanDeepest(const EpisodeScan *scan);

static inline double
EpisodeRetained(const DrawdownEpisode *episode)
{
	return episode->trough / episode->peak;
}

static inline double
EpisodeDepth(const DrawdownEpisode *episode)
{
	return 1.0 - EpisodeRetained(episode);
}

#endif							/* BUBBLE_DRAWDOWN_EPISODE_H */
