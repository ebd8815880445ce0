/*
 * bubble.c - the module: what happens once, when the library is loaded
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "postgres.h"

#include "fmgr.h"

#include "foundation/compat.h"
#include "foundation/gsl_boundary.h"
#include "foundation/progress.h"

BUBBLE_MODULE_MAGIC;

PGDLLEXPORT void _PG_init(void);

void
_PG_init(void)
{
	InitGsl();
	InitProgress();
}
