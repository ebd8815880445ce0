/*
 * pause.c - kernels in a server can be cancelled
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "postgres.h"

#include "miscadmin.h"

#include "foundation/pause.h"

void
KernelPause(void)
{
	CHECK_FOR_INTERRUPTS();
}
