/*
 * episode_row.h - an episode as a row of SQL
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#ifndef BUBBLE_DRAWDOWN_EPISODE_ROW_H
#define BUBBLE_DRAWDOWN_EPISODE_ROW_H

#include "access/tupdesc.h"

#include "drawdown/episode.h"
#include "foundation/timeline.h"

/* How a time becomes a Datum: TimeDatum or StoredTimeDatum. */
typedef Datum (*TimeToDatum) (int64 at, TimeKind kind);

extern TupleDesc EpisodeRowDesc(FunctionCallInfo fcinfo);
extern Datum EpisodeRow(TupleDesc tupdesc, const DrawdownEpisode *episode,
						TimeKind kind, TimeToDatum time_datum);

#endif							/* BUBBLE_DRAWDOWN_EPISODE_ROW_H */
