/*
 * replicate_state.c - the sup tests on many made-up series
 *
 * The method is described in replicate_state.h.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "postgres.h"

#include <math.h>

#include "miscadmin.h"
#include "utils/memutils.h"

#include "explosive/replicate_state.h"
#include "foundation/arguments.h"
#include "foundation/array.h"
#include "foundation/random.h"

/*
 * Fill in what is left after make, model, rule and seed.
 */
void
ReplicatorInit(Replicator *replicator)
{
	replicator->generator = CreateGenerator();
	replicator->level = AllocateNumbers(replicator->model->length);
	replicator->context = AllocSetContextCreate(CurrentMemoryContext,
												"bubble replication",
												ALLOCSET_DEFAULT_SIZES);
}

static double
or_nothing(double statistic)
{
	return isnan(statistic) ? -INFINITY : statistic;
}

/*
 * Make the series of a replication and lay it out, in a context that the
 * caller leaves again; false if it is too short.
 */
static bool
make_sample(Replicator *replicator, int64 number, AdfSample *sample)
{
	CHECK_FOR_INTERRUPTS();
	MemoryContextReset(replicator->context);
	MemoryContextSwitchTo(replicator->context);
	SeedGenerator(replicator->generator, replicator->seed, number);
	replicator->make(replicator->model, replicator->generator,
					 replicator->level);
	CheckResult(replicator->level[replicator->model->length - 1]);
	return AdfSampleInit(sample, replicator->level,
						 replicator->model->length, &replicator->rule);
}

SupDraw
Replicate(Replicator *replicator, int64 number)
{
	MemoryContext caller = CurrentMemoryContext;
	SupDraw		draw = {-INFINITY, -INFINITY, -INFINITY};
	AdfSample	sample;
	double	   *forward;

	if (make_sample(replicator, number, &sample))
	{
		forward = AdfForwardPath(&sample);
		draw.adf = or_nothing(forward[sample.ends - 1]);
		draw.sadf = or_nothing(AdfPathMaximum(&sample, forward));
		draw.gsadf = or_nothing(AdfPathMaximum(&sample,
											   AdfBackwardPath(&sample)));
	}
	MemoryContextSwitchTo(caller);
	return draw;
}

/*
 * The backward path of a replication, which lives until the next one; NULL
 * if there is none.
 */
const double *
ReplicatePath(Replicator *replicator, int64 number)
{
	MemoryContext caller = CurrentMemoryContext;
	AdfSample	sample;
	double	   *path = NULL;

	if (make_sample(replicator, number, &sample))
		path = AdfBackwardPath(&sample);
	MemoryContextSwitchTo(caller);
	return path;
}
