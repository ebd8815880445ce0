/*
 * random.h - random numbers determined by a seed
 *
 * A statistic that needs random numbers takes them from a generator that is
 * seeded anew for each piece of work, by the seed and the number of that
 * piece.  So pieces can be computed in any order, by any process.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#ifndef BUBBLE_RANDOM_H
#define BUBBLE_RANDOM_H

#include <gsl/gsl_rng.h>

extern gsl_rng *CreateGenerator(void);
extern void SeedGenerator(gsl_rng *generator, int64 seed, int64 number);

#endif							/* BUBBLE_RANDOM_H */
