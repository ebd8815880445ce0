/*
 * curve.c - drawdown along a price curve, row by row
 *
 * Kernel: no PostgreSQL in here.  The method is described in curve.h.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "drawdown/curve.h"

#include <stddef.h>

static void
start_episode(DrawdownEpisode *episode, int64_t at, double price)
{
	episode->peak_at = at;
	episode->peak = price;
	episode->trough_at = at;
	episode->trough = price;
	episode->recovered_at = 0;
	episode->recovered = false;
	episode->observations = 1;
}

static bool
has_fallen(const DrawdownEpisode *episode)
{
	return episode->trough < episode->peak;
}

static bool
deeper(const DrawdownEpisode *episode, const DrawdownEpisode *than)
{
	return EpisodeRetained(episode) < EpisodeRetained(than);
}

/*
 * Go on to the next row in time.  A scan starts with all bytes zero.
 */
void
EpisodeScanStep(EpisodeScan *scan, int64_t at, double price)
{
	DrawdownEpisode *current = &scan->current;

	if (scan->rows++ == 0)
	{
		start_episode(current, at, price);
		return;
	}
	if (price < current->peak)
	{
		current->observations++;
		if (price < current->trough)
		{
			current->trough = price;
			current->trough_at = at;
		}
		return;
	}

	/* Back at the peak or above: an episode ends, the next one begins. */
	if (has_fallen(current))
	{
		current->observations++;
		current->recovered = true;
		current->recovered_at = at;
		if (!scan->any_finished || deeper(current, &scan->deepest))
			scan->deepest = *current;
		scan->any_finished = true;
	}
	start_episode(current, at, price);
}

/*
 * The deepest episode so far, the earliest of equally deep ones; NULL if the
 * price never fell.
 */
const DrawdownEpisode *
EpisodeScanDeepest(const EpisodeScan *scan)
{
	bool		open = scan->rows > 0 && has_fallen(&scan->current);

	if (open && (!scan->any_finished ||
				 deeper(&scan->current, &scan->deepest)))
		return &scan->current;
	return scan->any_finished ? &scan->deepest : NULL;
}
