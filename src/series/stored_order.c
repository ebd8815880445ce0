/*
 * stored_order.c - equality, order and hashes of the types that hold rows
 *
 * Equal values of our types are the same bytes when flat, whatever they were
 * made of: rows are in order, zero has no sign, runs of times are as long as
 * they can be, and what is unused is zero.  So the bytes can be hashed, in
 * blocks, since a value may have a gigabyte of them.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "postgres.h"

#include "common/hashfn.h"
#include "miscadmin.h"
#include "utils/memutils.h"

#include "foundation/compat.h"
#include "series/stored_order.h"
#include "series/stored_value.h"

#define BLOCK_BYTES 1048576

static uint64
hash_blocks(const unsigned char *bytes, Size size, uint64 seed)
{
	uint64		hash = seed;
	Size		done;

	for (done = 0; done < size; done += BLOCK_BYTES)
	{
		Size		block = Min(size - done, BLOCK_BYTES);

		CHECK_FOR_INTERRUPTS();
		hash = hash_combine64(hash, hash_bytes_extended(bytes + done,
														(int) block, seed));
	}
	return hash;
}

/*
 * The hash of a value, which may be toasted or expanded.
 */
uint64
StoredHash(Datum value, uint64 seed, uint8 version, const char *type)
{
	MemoryContext scratch = AllocSetContextCreate(CurrentMemoryContext,
												  "bubble hash",
												  ALLOCSET_SMALL_SIZES);
	MemoryContext caller = MemoryContextSwitchTo(scratch);
	struct varlena *flat = PG_DETOAST_DATUM(value);
	uint64		hash;

	CheckStoredVersion((const StoredHead *) flat, version, type);
	hash = hash_blocks((const unsigned char *) VARDATA(flat),
					   VARSIZE(flat) - VARHDRSZ, seed);
	MemoryContextSwitchTo(caller);
	MemoryContextDelete(scratch);
	return hash;
}

/*
 * Compare the two arguments.  Copies of them do not outlive the comparison,
 * of which a sort may need many.
 */
int
CompareStored(FunctionCallInfo fcinfo, StoredComparison compare)
{
	MemoryContext scratch = AllocSetContextCreate(CurrentMemoryContext,
												  "bubble comparison",
												  ALLOCSET_SMALL_SIZES);
	MemoryContext caller = MemoryContextSwitchTo(scratch);
	int			result = compare(PG_GETARG_DATUM(0), PG_GETARG_DATUM(1));

	MemoryContextSwitchTo(caller);
	MemoryContextDelete(scratch);
	return result;
}
