/*
 * vectors.h - functions that are compiled once for each kind of vector
 *
 * Kernel: no PostgreSQL in here.
 *
 * Such a function, and all that it calls in its loops, is UNROLLED into
 * functions that differ in __attribute__((target(...))) alone.  The best one
 * that the processor has is chosen when it is first needed.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#ifndef BUBBLE_VECTORS_H
#define BUBBLE_VECTORS_H

/*
 * Bitcode, which clang makes, could not ask which processor it runs on.
 */
#ifndef WIDE_VECTORS
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__)
#define WIDE_VECTORS 1
#else
#define WIDE_VECTORS 0
#endif
#endif

#define UNROLLED static inline __attribute__((always_inline))

#endif							/* BUBBLE_VECTORS_H */
