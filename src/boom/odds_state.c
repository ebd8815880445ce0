/*
 * odds_state.c - how many of the episodes that went so far crashed
 *
 * The method is described in odds_state.h.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "postgres.h"

#include "miscadmin.h"

#include "boom/odds_state.h"
#include "boom/run_up.h"
#include "foundation/resample.h"
#include "foundation/serialised.h"

enum
{
	ROW_CLUSTER,
	ROW_ATTRIBUTE,
	ROW_OUTCOME,
	ROW_ELEMENTS
};

/* The episodes of a cluster whose outcome is known. */
typedef struct Cluster
{
	int64		episodes;
	int64		crashes;
} Cluster;

void
EpisodesInit(Episodes *episodes, MemoryContext context)
{
	RowMatrixInit(&episodes->rows, context, false, ROW_ELEMENTS);
}

void
EpisodesAdd(Episodes *episodes, double cluster, double attribute,
			EpisodeOutcome outcome)
{
	RowElement *row = RowMatrixAdd(&episodes->rows);

	row[ROW_CLUSTER].value = cluster;
	row[ROW_ATTRIBUTE].value = attribute;
	row[ROW_OUTCOME].value = outcome;
}

void
EpisodesDeserialize(StringInfo buf, Episodes *episodes)
{
	const RowElement *row;
	int64		i;

	RowMatrixDeserializeLike(buf, &episodes->rows, TIME_IS_DATE);
	row = episodes->rows.element;
	for (i = 0; i < episodes->rows.count; i++, row += ROW_ELEMENTS)
	{
		CHECK_FOR_INTERRUPTS();
		if (row[ROW_OUTCOME].value != NO_CRASH &&
			row[ROW_OUTCOME].value != CRASH_CAME &&
			row[ROW_OUTCOME].value != OUTCOME_UNKNOWN)
			DamagedStateError("outcome");
	}
}

static inline EpisodeOutcome
outcome_of(const RowElement *row)
{
	return (EpisodeOutcome) row[ROW_OUTCOME].value;
}

/*
 * The episodes at a threshold, and Wilson's interval of the share that
 * crashed.
 */
CrashOdds
OddsAt(const RowElement *row, int64 rows, double threshold)
{
	CrashOdds	odds = {.count = {0}};
	int64		i;

	for (i = 0; i < rows; i++, row += ROW_ELEMENTS)
	{
		CHECK_FOR_INTERRUPTS();
		if (AtLeast(row[ROW_ATTRIBUTE].value, threshold))
			odds.count[outcome_of(row)]++;
	}
	odds.share = ProportionOf(odds.count[CRASH_CAME], odds.count[CRASH_CAME] +
							  odds.count[NO_CRASH]);
	return odds;
}

/*
 * The clusters that have an episode at the threshold whose outcome is known,
 * and their number.
 */
static Cluster *
clusters_at(const RowElement *row, int64 rows, double threshold, int64 *count)
{
	Cluster    *cluster = MemoryContextAllocHuge(CurrentMemoryContext,
												 Max(rows, 1) *
												 sizeof(Cluster));
	double		last = 0.0;
	int64		i;

	*count = 0;
	for (i = 0; i < rows; i++, row += ROW_ELEMENTS)
	{
		CHECK_FOR_INTERRUPTS();
		if (!AtLeast(row[ROW_ATTRIBUTE].value, threshold) ||
			outcome_of(row) == OUTCOME_UNKNOWN)
			continue;
		if (*count == 0 || row[ROW_CLUSTER].value != last)
			cluster[(*count)++] = (Cluster) {0, 0};
		last = row[ROW_CLUSTER].value;
		cluster[*count - 1].episodes++;
		cluster[*count - 1].crashes += outcome_of(row) == CRASH_CAME;
	}
	return cluster;
}

/*
 * The share that crashed in one sample of clusters.
 */
static double
share_drawn(const Cluster *cluster, int64 clusters, gsl_rng *generator)
{
	int64		episodes = 0;
	int64		crashes = 0;
	int64		i;

	for (i = 0; i < clusters; i++)
	{
		const Cluster *drawn = &cluster[DrawBelow(generator, clusters)];

		CHECK_FOR_INTERRUPTS();
		episodes += drawn->episodes;
		crashes += drawn->crashes;
	}
	return (double) crashes / episodes;
}

static void
resample(const Cluster *cluster, int64 clusters, int64 replications,
		 int64 seed, Proportion *share)
{
	double	   *drawn = palloc(replications * sizeof(double));
	gsl_rng    *generator = CreateGenerator();
	int64		i;

	for (i = 0; i < replications; i++)
	{
		SeedGenerator(generator, seed, i);
		drawn[i] = share_drawn(cluster, clusters, generator);
	}
	PercentileInterval(drawn, replications, &share->low, &share->high);
	pfree(drawn);
}

/*
 * The interval of the share by resampling clusters; of less than two it cannot
 * be told.  Where all or none crashed every sample says the same, which tells
 * nothing: there the interval is Wilson's of as many draws as there are
 * clusters.
 */
void
ClusterInterval(const RowElement *row, int64 rows, double threshold,
				int64 replications, int64 seed, Proportion *share)
{
	int64		clusters;
	Cluster    *cluster = clusters_at(row, rows, threshold, &clusters);
	Proportion	draws;

	if (clusters < 2)
		share->low = share->high = NAN;
	else if (share->share > 0.0 && share->share < 1.0)
		resample(cluster, clusters, replications, seed, share);
	else
	{
		draws = ProportionOf(share->share > 0.0 ? clusters : 0, clusters);
		share->low = draws.low;
		share->high = draws.high;
	}
	pfree(cluster);
}
