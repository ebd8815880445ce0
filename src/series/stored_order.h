/*
 * stored_order.h - equality, order and hashes of the types that hold rows
 *
 * The SQL functions of a type are made of a comparison of two of its values,
 * which is less than, equal to or greater than 0 as they are, one that says if
 * they are equal and may be faster, and a hash.  Equal values are the same
 * bytes when flat, which is what a hash is of.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#ifndef BUBBLE_STORED_ORDER_H
#define BUBBLE_STORED_ORDER_H

#include "fmgr.h"

typedef int (*StoredComparison) (Datum a, Datum b);

extern int	CompareStored(FunctionCallInfo fcinfo, StoredComparison compare);
extern uint64 StoredHash(Datum value, uint64 seed, uint8 version,
						 const char *type);

#define ORDER_FUNCTION(name, result) PG_FUNCTION_INFO_V1(name); \
Datum \
name(PG_FUNCTION_ARGS) \
{ \
	return result; \
}

/*
 * With a seed of 0 the low bits of the extended hash are the other one.
 */
#define ORDER_FUNCTIONS(type, compare, equal, hash) \
ORDER_FUNCTION(type##_eq, BoolGetDatum(equal(fcinfo))) \
ORDER_FUNCTION(type##_ne, BoolGetDatum(!equal(fcinfo))) \
ORDER_FUNCTION(type##_lt, BoolGetDatum(CompareStored(fcinfo, compare) < 0)) \
ORDER_FUNCTION(type##_le, BoolGetDatum(CompareStored(fcinfo, compare) <= 0)) \
ORDER_FUNCTION(type##_gt, BoolGetDatum(CompareStored(fcinfo, compare) > 0)) \
ORDER_FUNCTION(type##_ge, BoolGetDatum(CompareStored(fcinfo, compare) >= 0)) \
ORDER_FUNCTION(type##_cmp, Int32GetDatum(CompareStored(fcinfo, compare))) \
ORDER_FUNCTION(type##_hash, \
			   Int32GetDatum((int32) hash(PG_GETARG_DATUM(0), 0))) \
ORDER_FUNCTION(type##_hash_extended, \
			   Int64GetDatum((int64) hash(PG_GETARG_DATUM(0), \
										  PG_GETARG_INT64(1))))

#endif							/* BUBBLE_STORED_ORDER_H */
