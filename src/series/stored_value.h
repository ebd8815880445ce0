/*
 * stored_value.h - what the types that hold rows have in common
 *
 * A value on disk begins with its version and the kind of its times,
 *
 *	+--------+---------+------+--------+----
 *	| length | version | kind | unused | ...
 *	| 4      | 1       | 1    | 2      |
 *	+--------+---------+------+--------+----
 *
 * and is an expanded object while rows are being collected.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#ifndef BUBBLE_STORED_VALUE_H
#define BUBBLE_STORED_VALUE_H

#include "utils/expandeddatum.h"

#include "foundation/timeline.h"

typedef struct StoredHead
{
	int32		vl_len_;		/* varlena header, never touched directly */
	uint8		version;
	uint8		kind;			/* a TimeKind */
	uint16		unused;			/* zero */
} StoredHead;

/*
 * Begin a value of the given number of bytes.
 */
static inline void
StoredHeadInit(StoredHead *head, Size size, uint8 version, TimeKind kind)
{
	memset(head, 0, sizeof(*head));
	SET_VARSIZE(head, size);
	head->version = version;
	head->kind = kind;
}

pg_noreturn extern void StoredVersionError(const char *type, int version);
pg_noreturn extern void MixedKindsError(const char *type);

/*
 * Values are read in the form in which this version of the extension writes
 * them; those that come from the disk may have been written by another one.
 */
static inline void
CheckStoredVersion(const StoredHead *head, uint8 version, const char *type)
{
	if (unlikely(head->version != version))
		StoredVersionError(type, head->version);
}

extern uint8 StoredVersion(Datum flat);
extern void *StateOfArg(FunctionCallInfo fcinfo, int argno);
extern Datum UnchangedState(FunctionCallInfo fcinfo);
extern MemoryContext StateContext(FunctionCallInfo fcinfo);
extern MemoryContext PrivateContext(void);

#endif							/* BUBBLE_STORED_VALUE_H */
