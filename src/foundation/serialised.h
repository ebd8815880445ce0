/*
 * serialised.h - what is read from the bytes of a serialised state
 *
 * The bytes come from another process, and in distributed engines from
 * another machine.  Whatever is damaged in them is an ERROR, so that no state
 * is one that rows could not have made.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#ifndef BUBBLE_SERIALISED_H
#define BUBBLE_SERIALISED_H

#include "lib/stringinfo.h"

#include "foundation/timeline.h"

pg_noreturn extern void DamagedStateError(const char *what);
extern bool FlagFrom(StringInfo buf);
extern int64 RowCountFrom(StringInfo buf);
extern int64 TimeFrom(StringInfo buf, TimeKind kind);
extern double FiniteFrom(StringInfo buf, const char *what);

#endif							/* BUBBLE_SERIALISED_H */
