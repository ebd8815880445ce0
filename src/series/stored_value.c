/*
 * stored_value.c - what the types that hold rows have in common
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "postgres.h"

#include "access/detoast.h"
#include "utils/memutils.h"

#include "foundation/compat.h"
#include "series/stored_value.h"

#define STATES_CONTEXT "bubble aggregate states"

void
StoredVersionError(const char *type, int version)
{
	ereport(ERROR,
			(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
			 errmsg("version %d of a stored %s is not known", version, type),
			 errdetail("It was written by another version of the extension, "
					   "or is damaged."),
			 errhint("Use the library that wrote it, or make it anew.")));
}

/*
 * The version of a value that is not expanded, of which no more is read.
 */
uint8
StoredVersion(Datum flat)
{
	struct varlena *value = (struct varlena *) DatumGetPointer(flat);

	StaticAssertStmt(offsetof(StoredHead, version) == VARHDRSZ,
					 "the version comes first");
	if (VARATT_IS_EXTERNAL(value) || VARATT_IS_COMPRESSED(value))
		value = detoast_attr_slice(value, 0, sizeof(uint8));
	return *(uint8 *) VARDATA_ANY(value);
}

/*
 * The expanded object in argument argno if it may be changed in place, as a
 * transition state may; NULL if there is no state yet, or a flat one.
 */
void *
StateOfArg(FunctionCallInfo fcinfo, int argno)
{
	Datum		datum = PG_GETARG_DATUM(argno);

	if (PG_ARGISNULL(argno) ||
		!VARATT_IS_EXTERNAL_EXPANDED_RW(DatumGetPointer(datum)))
		return NULL;
	return DatumGetEOHP(datum);
}

/*
 * What a transition function returns that adds nothing.
 */
Datum
UnchangedState(FunctionCallInfo fcinfo)
{
	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	PG_RETURN_DATUM(PG_GETARG_DATUM(0));
}

/*
 * Where a new state lives: if a transition function is called by itself, in a
 * context of its own as any expanded object; otherwise all states of an
 * aggregate's context share one, since hashed grouping looks at each context
 * below its own for every new group.  States are never freed one by one.
 */
MemoryContext
StateContext(FunctionCallInfo fcinfo)
{
	MemoryContext parent;
	MemoryContext child;

	if (!AggCheckCallContext(fcinfo, &parent))
		return PrivateContext();
	for (child = parent->firstchild; child != NULL; child = child->nextchild)
		if (strcmp(child->name, STATES_CONTEXT) == 0)
			return child;
	return AllocSetContextCreate(parent, STATES_CONTEXT,
								 ALLOCSET_DEFAULT_SIZES);
}

/*
 * A context for an expanded object that stands alone.
 */
MemoryContext
PrivateContext(void)
{
	return AllocSetContextCreate(CurrentMemoryContext, "bubble value",
								 ALLOCSET_SMALL_SIZES);
}

void
MixedKindsError(const char *type)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("cannot mix dates and times in one %s", type),
			 errdetail("One part has times of type date, another of type "
					   "timestamptz."),
			 errhint("Build all parts from columns of the same type.")));
}
