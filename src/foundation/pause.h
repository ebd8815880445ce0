/*
 * pause.h - loops of kernels that can be interrupted
 *
 * Kernel: no PostgreSQL in here.  Whoever uses a kernel defines what a pause
 * does.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#ifndef BUBBLE_PAUSE_H
#define BUBBLE_PAUSE_H

#include <stdint.h>

#define ROWS_BETWEEN_PAUSES 4096

/* May not return. */
extern void KernelPause(void);

static inline void
PauseAt(int64_t row)
{
	if (row % ROWS_BETWEEN_PAUSES == 0)
		KernelPause();
}

#endif							/* BUBBLE_PAUSE_H */
