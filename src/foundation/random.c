/*
 * random.c - random numbers determined by a seed
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "postgres.h"

#include "common/hashfn.h"

#include "foundation/gsl_boundary.h"
#include "foundation/random.h"

static void
free_generator(void *generator)
{
	gsl_rng_free(generator);
}

/*
 * A generator that goes with CurrentMemoryContext.
 */
gsl_rng *
CreateGenerator(void)
{
	return KeepGslObject(gsl_rng_alloc(gsl_rng_mt19937), free_generator);
}

/*
 * The generator takes 32 bits.  The last hash maps them one to one, so that no
 * two pieces of work with one seed share random numbers.
 */
void
SeedGenerator(gsl_rng *generator, int64 seed, int64 number)
{
	uint32		hash = murmurhash32((uint32) ((uint64) seed >> 32));

	hash = murmurhash32(hash ^ (uint32) seed);
	gsl_rng_set(generator, murmurhash32(hash + (uint32) number));
}
