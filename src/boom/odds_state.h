/*
 * odds_state.h - how many of the episodes that went so far crashed
 *
 * Episodes are kept by cluster and, within it, by the attribute asked for:
 *
 *	 row:	[ cluster ][ attribute ][ outcome: 0, 1, or 2 for unknown ]
 *
 * Episodes of one year share what happened to all of them in that year.  So a
 * cluster is drawn as a whole: the interval is that of shares in samples made
 * of clusters (resample.h), those that have an episode at the threshold.
 * Where all or none crashed every sample is the same, and a width of 0 is not
 * certainty.  How much the episodes of a cluster depend on each other cannot
 * be told then either: the cautious answer takes each cluster for one draw
 * (the effective sample size of Korn and Graubard at an intraclass correlation
 * of 1), and of m draws without a crash Wilson's interval is 0 to
 * z^2 / (m + z^2), about 4 / m.
 *
 * Reference: E. L. Korn and B. I. Graubard, Confidence intervals for
 * proportions with small expected number of positive counts estimated from
 * survey data, Survey Methodology 24(2), 1998.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#ifndef BUBBLE_BOOM_ODDS_STATE_H
#define BUBBLE_BOOM_ODDS_STATE_H

#include "foundation/proportion.h"
#include "foundation/row_matrix.h"

typedef enum EpisodeOutcome
{
	NO_CRASH,
	CRASH_CAME,
	OUTCOME_UNKNOWN
} EpisodeOutcome;

typedef struct Episodes
{
	RowMatrix	rows;
} Episodes;

typedef struct CrashOdds
{
	int64		count[3];		/* by outcome */
	Proportion	share;			/* of those that are known */
} CrashOdds;

extern void EpisodesInit(Episodes *episodes, MemoryContext context);
extern void EpisodesAdd(Episodes *episodes, double cluster, double attribute,
						EpisodeOutcome outcome);
extern CrashOdds OddsAt(const RowElement *row, int64 rows, double threshold);
extern void ClusterInterval(const RowElement *row, int64 rows,
							double threshold, int64 replications, int64 seed,
							Proportion *share);
extern void EpisodesDeserialize(StringInfo buf, Episodes *episodes);

#endif							/* BUBBLE_BOOM_ODDS_STATE_H */
