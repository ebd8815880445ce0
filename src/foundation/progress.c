/*
 * progress.c - how far a long computation is
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "postgres.h"

#include "utils/guc.h"

#include "foundation/progress.h"

#define MILLISECONDS_BETWEEN 2000

static bool progress_on = false;

void
InitProgress(void)
{
	DefineCustomBoolVariable("bubble.progress",
							 "Tells every two seconds how far a simulation "
							 "or bootstrap is.",
							 "The NOTICE comes from every process that takes "
							 "part.",
							 &progress_on, false, PGC_USERSET, 0,
							 NULL, NULL, NULL);
	MarkGUCPrefixReserved("bubble");
}

static void
set_next(Progress *progress)
{
	progress->next = TimestampTzPlusMilliseconds(GetCurrentTimestamp(),
												 MILLISECONDS_BETWEEN);
}

Progress
StartProgress(const char *function, const char *unit, int64 steps)
{
	Progress	progress = {function, unit, steps, 0};

	set_next(&progress);
	return progress;
}

/*
 * To be called after every step.
 */
void
TellProgress(Progress *progress, int64 done)
{
	if (!progress_on || GetCurrentTimestamp() < progress->next)
		return;
	ereport(NOTICE,
			(errmsg("%s: " INT64_FORMAT " of " INT64_FORMAT
					" %s done", progress->function, done, progress->steps,
					progress->unit)));
	set_next(progress);
}
