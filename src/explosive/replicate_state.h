/*
 * replicate_state.h - the sup tests on many made-up series
 *
 * A replication makes a series from random numbers and takes its statistics.
 * Its random numbers depend on the seed and the replication's number alone,
 * so that replications can be computed in any order, by any process.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#ifndef BUBBLE_EXPLOSIVE_REPLICATE_STATE_H
#define BUBBLE_EXPLOSIVE_REPLICATE_STATE_H

#include "explosive/null_model.h"
#include "explosive/path_state.h"

/* Statistics of a series; -infinity for one that it does not have. */
typedef struct SupDraw
{
	double		adf;
	double		sadf;
	double		gsadf;
} SupDraw;

/* Makes the levels of a series. */
typedef void (*MakeSeries) (const NullModel *model, gsl_rng *generator,
							double *level);

typedef struct Replicator
{
	MakeSeries	make;
	const NullModel *model;
	AdfRule		rule;
	int64		seed;
	gsl_rng    *generator;
	double	   *level;
	MemoryContext context;		/* emptied before each replication */
} Replicator;

extern void ReplicatorInit(Replicator *replicator);
extern SupDraw Replicate(Replicator *replicator, int64 number);
extern const double *ReplicatePath(Replicator *replicator, int64 number);

#endif							/* BUBBLE_EXPLOSIVE_REPLICATE_STATE_H */
