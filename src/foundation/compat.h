/*
 * compat.h - what differs between the supported PostgreSQL majors (15 to 19)
 *
 * The only file that looks at PG_VERSION_NUM.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#ifndef BUBBLE_COMPAT_H
#define BUBBLE_COMPAT_H

#include "utils/timestamp.h"

#if PG_VERSION_NUM < 150000
#error "bubble requires PostgreSQL 15 or later"
#endif

#if PG_VERSION_NUM >= 160000
#include "varatt.h"
#endif

/* Infinite intervals exist since 17. */
#if PG_VERSION_NUM < 170000
#define INTERVAL_NOT_FINITE(span) ((void) (span), false)
#endif

/* Since 18 the attribute comes before the declaration. */
#if PG_VERSION_NUM < 180000
#define pg_noreturn pg_attribute_noreturn()
#endif

/* Since 19 a window function says whether it knows IGNORE NULLS. */
#if PG_VERSION_NUM < 190000
#define WinCheckAndInitializeNullTreatment(window, allowed, fcinfo) ((void) 0)
#endif

/* The module's name and version are visible in pg_get_loaded_modules(). */
#if PG_VERSION_NUM >= 180000
#define BUBBLE_MODULE_MAGIC PG_MODULE_MAGIC_EXT(.name = "bubble")
#else
#define BUBBLE_MODULE_MAGIC PG_MODULE_MAGIC
#endif

#endif							/* BUBBLE_COMPAT_H */
