/*
 * gsl_boundary.c - the only place where GSL's failures become ours
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "postgres.h"

#include <gsl/gsl_errno.h>

#include "utils/memutils.h"
#include "utils/palloc.h"

#include "foundation/gsl_boundary.h"

/* What heads of pieces, short pieces and whole pages take. */
#define GSL_OVERHEAD (64 * 1024)

/*
 * Keep GSL from aborting the backend.
 */
void
InitGsl(void)
{
	gsl_set_error_handler_off();
}

/*
 * Raise an ERROR unless status is GSL_SUCCESS.  "computing" says what was
 * being computed, for the message.
 */
void
CheckGsl(int status, const char *computing)
{
	if (status == GSL_SUCCESS)
		return;
	if (status == GSL_ENOMEM)
		ereport(ERROR,
				(errcode(ERRCODE_OUT_OF_MEMORY),
				 errmsg("out of memory"),
				 errdetail("The numerical library failed to allocate "
						   "memory while computing %s.", computing)));
	ereport(ERROR,
			(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
			 errmsg("could not compute %s", computing),
			 errdetail("The numerical library reports: %s.",
					   gsl_strerror(status)),
			 errhint("Look for values of very different or extreme size "
					 "in the input.")));
}

/*
 * Raise an ERROR unless so many bytes can be had, and the little that goes
 * with them.  To be called before GSL allocates an object of several pieces:
 * when it gets some of them only, it forgets those, for as long as the session
 * lives.
 */
void
EnsureGslMemory(size_t bytes)
{
	/* A pair of malloc and free that nobody looks at is left out. */
	void	   *volatile room = malloc(bytes + GSL_OVERHEAD);

	if (room == NULL)
		CheckGsl(GSL_ENOMEM, "a numerical workspace");
	free(room);
}

/*
 * Tie an object that GSL allocated with malloc to CurrentMemoryContext, so
 * that an ERROR or a cancel frees it too.  A NULL object means that the
 * allocation failed.  Returns the object.
 */
void *
KeepGslObject(void *object, void (*release) (void *object))
{
	MemoryContextCallback *callback;

	if (object == NULL)
		CheckGsl(GSL_ENOMEM, "a numerical workspace");
	callback = palloc_extended(sizeof(MemoryContextCallback),
							   MCXT_ALLOC_NO_OOM);
	if (callback == NULL)
	{
		release(object);
		CheckGsl(GSL_ENOMEM, "a numerical workspace");
	}
	callback->func = release;
	callback->arg = object;
	MemoryContextRegisterResetCallback(CurrentMemoryContext, callback);
	return object;
}
