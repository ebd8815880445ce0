/*
 * shapley.h - what each of several players adds to what they reach together
 *
 * Kernel: no PostgreSQL in here.
 *
 * The Shapley value of a player is what it adds when the players join one
 * after the other, as a mean over all orders.  All subsets are looked at, 2^n
 * of n players; bit i of a subset's number stands for player i.
 *
 * Reference: L. S. Shapley, A value for n-person games, Contributions to the
 * Theory of Games II, 1953.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#ifndef BUBBLE_SHAPLEY_H
#define BUBBLE_SHAPLEY_H

#define MOST_SHAPLEY 16

extern void ShapleyValues(const double *reached, int players, double *value);

#endif							/* BUBBLE_SHAPLEY_H */
