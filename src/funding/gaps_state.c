/*
 * gaps_state.c - the days between consecutive rounds
 *
 * The method is described in gaps_state.h.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "postgres.h"

#include "miscadmin.h"

#include "funding/gaps_state.h"

#ifdef USE_ASSERT_CHECKING
static void
check_state(const GapState *state)
{
	int64		gaps = Max(SeriesLength(&state->rounds) - 1, 0);

	Assert(state->rounds.ties_ordered);
	Assert(!state->following || state->rounds.disorder == 0);
	Assert(!state->following || state->gaps.count == gaps);
}
#else
#define check_state(state) ((void) 0)
#endif

GapState *
GapCreate(MemoryContext context)
{
	GapState   *state = MemoryContextAllocZero(context, sizeof(GapState));

	SeriesInit(&state->rounds, context, true);
	SampleInit(&state->gaps, context, true);
	return state;
}

/*
 * The days to the round at a place from the one before it.
 */
static inline double
gap_before(const Series *rounds, int64 place)
{
	return DaysBetween(SeriesAt(rounds, place - 1), SeriesAt(rounds, place));
}

static void
add_gaps(Sample *gaps, const Series *rounds)
{
	int64		place;

	for (place = rounds->from + 1; place < rounds->to; place++)
	{
		CHECK_FOR_INTERRUPTS();
		SampleAdd(gaps, gap_before(rounds, place));
	}
}

/*
 * Let the gaps follow the newest round.
 */
static void
follow_newest(GapState *state)
{
	const Series *rounds = &state->rounds;

	if (rounds->disorder > 0)
		state->following = false;
	else if (!state->following)
	{
		SampleClear(&state->gaps);
		add_gaps(&state->gaps, rounds);
		state->following = true;
	}
	else if (SeriesLength(rounds) > 1)
		SampleAdd(&state->gaps, gap_before(rounds, rounds->to - 1));
}

/*
 * Add a round; "follow" keeps the gaps up to date.
 */
void
GapAdd(GapState *state, int64 at, bool follow)
{
	check_state(state);
	SeriesAppend(&state->rounds, at, 0.0);
	if (follow)
		follow_newest(state);
	check_state(state);
}

/*
 * Take out the round that was added first.
 */
void
GapRemoveFirst(GapState *state)
{
	const Series *rounds = &state->rounds;

	check_state(state);
	if (state->following && SeriesLength(rounds) > 1)
		SampleRemove(&state->gaps, gap_before(rounds, rounds->from + 1));
	SeriesDropFirst(&state->rounds);
	check_state(state);
}

/*
 * The median gap between rounds in order of time; false if there is none.
 */
bool
MedianGap(const Series *rounds, double *median)
{
	Sample		gaps;

	if (SeriesLength(rounds) < 2)
		return false;
	SampleInit(&gaps, CurrentMemoryContext, false);
	SampleReserve(&gaps, SeriesLength(rounds) - 1);
	add_gaps(&gaps, rounds);
	*median = SampleMedian(&gaps, 0);
	pfree(gaps.value);
	return true;
}

/*
 * The median gap of a state, which stays as it is; false if there is none.
 */
bool
GapMedian(const GapState *state, double *median)
{
	check_state(state);
	if (!state->following)
		return MedianGap(SeriesInOrder(&state->rounds), median);
	if (state->gaps.count == 0)
		return false;
	*median = SampleMedian(&state->gaps, 0);
	return true;
}
