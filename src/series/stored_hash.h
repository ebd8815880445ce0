/*
 * stored_hash.h - hashes of stored values
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#ifndef BUBBLE_STORED_HASH_H
#define BUBBLE_STORED_HASH_H

#include "fmgr.h"

extern uint64 StoredHash(Datum value, uint64 seed);

#endif							/* BUBBLE_STORED_HASH_H */
