/*
 * hype_state.c - where a quantity stands among all that it has been
 *
 * The state is described in hype_state.h.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "postgres.h"

#include <math.h>

#include "libpq/pqformat.h"
#include "miscadmin.h"

#include "adoption/hype_state.h"
#include "foundation/serialised.h"
#include "foundation/series.h"

/* Where values stand that do not differ. */
#define MIDDLE 50.0

void
StandingInit(Standing *standing, MemoryContext context, bool ranked)
{
	memset(standing, 0, sizeof(*standing));
	SampleInit(&standing->sample, context, ranked);
}

static void
follow_latest(Standing *standing, int64 at, double value)
{
	if (standing->sample.count > 0 &&
		RowBefore(at, value, standing->latest_at, standing->latest))
		return;
	standing->latest_at = at;
	standing->latest = value;
}

void
StandingAdd(Standing *standing, int64 at, double value)
{
	follow_latest(standing, at, value);
	SampleAdd(&standing->sample, value);
}

/*
 * Take out a value.  False if it was the latest one, which leaves another one
 * that is not known.
 */
bool
StandingRemove(Standing *standing, int64 at, double value)
{
	SampleRemove(&standing->sample, value);
	return standing->sample.count == 0 || at != standing->latest_at ||
		value != standing->latest;
}

void
StandingMerge(Standing *standing, const Standing *other)
{
	if (other->sample.count == 0)
		return;
	follow_latest(standing, other->latest_at, other->latest);
	SampleMerge(&standing->sample, &other->sample);
}

void
StandingSerialize(StringInfo buf, const Standing *standing)
{
	pq_sendint64(buf, standing->latest_at);
	pq_sendfloat8(buf, standing->latest);
	SampleSerialize(buf, &standing->sample);
}

void
StandingDeserialize(StringInfo buf, Standing *standing, TimeKind kind)
{
	standing->latest_at = TimeFrom(buf, kind);
	standing->latest = FiniteFrom(buf, "value");
	SampleDeserialize(buf, &standing->sample);
}

/*
 * The share of the other values below one, times 100.
 */
static double
standing_of_count(int64 below, int64 count, bool differ)
{
	if (count < 2)
		return NAN;
	return differ ? 100.0 * (double) below / (double) (count - 1) : MIDDLE;
}

static double
standing_among(double latest, const double *value, int64 count)
{
	int64		below = 0;
	bool		differ = false;
	int64		i;

	for (i = 0; i < count; i++)
	{
		CHECK_FOR_INTERRUPTS();
		below += value[i] < latest;
		differ = differ || value[i] != latest;
	}
	return standing_of_count(below, count, differ);
}

/*
 * Where the latest value stands, from 0 to 100; NaN without another one.
 */
double
StandingOf(const Standing *standing)
{
	const Sample *sample = &standing->sample;
	const Ranking *ranking = &sample->ranking;

	if (!sample->ranked)
		return standing_among(standing->latest, sample->value, sample->count);
	if (sample->count == 0)
		return NAN;
	return standing_of_count(RankingBelow(ranking, standing->latest),
							 sample->count,
							 RankingLowest(ranking) < RankingHighest(ranking));
}

/*
 * The same of rows in the order of time; there must be one.
 */
double
StandingOfLast(const double *value, int64 count)
{
	return standing_among(value[count - 1], value, count);
}
