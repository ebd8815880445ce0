/*
 * episode_row.h - drawdown episodes as SQL rows
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#ifndef BUBBLE_DRAWDOWN_EPISODE_ROW_H
#define BUBBLE_DRAWDOWN_EPISODE_ROW_H

#include "access/htup.h"
#include "access/tupdesc.h"
#include "fmgr.h"

#include "drawdown/episode.h"
#include "foundation/timeline.h"

/*
 * peak_at, peak, trough_at, trough, recovered_at, depth, observations,
 * last_at
 */
#define EPISODE_COLUMNS 8

extern HeapTuple EpisodeRow(TupleDesc rowtype, const DrawdownEpisode *episode,
							TimeKind kind);
extern Datum EpisodeResult(FunctionCallInfo fcinfo,
						   const DrawdownEpisode *episode, TimeKind kind);

#endif							/* BUBBLE_DRAWDOWN_EPISODE_ROW_H */
