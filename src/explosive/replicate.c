/*
 * replicate.c - the sup tests on many made-up series
 *
 * The method is described in replicate.h.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "postgres.h"

#include <math.h>

#include "miscadmin.h"
#include "utils/memutils.h"

#include "explosive/replicate.h"
#include "foundation/random.h"

/*
 * Fill in what is left after make, of, length, rule and seed.
 */
void
ReplicatorInit(Replicator *replicator)
{
	replicator->generator = CreateGenerator();
	replicator->level = MemoryContextAllocHuge(CurrentMemoryContext,
											   replicator->length *
											   sizeof(double));
	replicator->context = AllocSetContextCreate(CurrentMemoryContext,
												"bubble replication",
												ALLOCSET_DEFAULT_SIZES);
}

static double
or_nothing(double statistic)
{
	return isnan(statistic) ? -INFINITY : statistic;
}

SupDraw
Replicate(Replicator *replicator, int64 number)
{
	MemoryContext caller = MemoryContextSwitchTo(replicator->context);
	SupDraw		draw = {-INFINITY, -INFINITY, -INFINITY};
	AdfSample	sample;
	double	   *forward;

	CHECK_FOR_INTERRUPTS();
	SeedGenerator(replicator->generator, replicator->seed, number);
	replicator->make(replicator->of, replicator->generator,
					 replicator->level);
	if (AdfSampleInit(&sample, replicator->level, replicator->length,
					  &replicator->rule))
	{
		forward = AdfForwardPath(&sample);
		draw.adf = or_nothing(forward[sample.ends - 1]);
		draw.sadf = or_nothing(AdfPathMaximum(&sample, forward));
		draw.gsadf = or_nothing(AdfPathMaximum(&sample,
											   AdfBackwardPath(&sample)));
	}
	MemoryContextSwitchTo(caller);
	MemoryContextReset(replicator->context);
	return draw;
}
