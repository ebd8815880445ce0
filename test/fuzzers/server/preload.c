/*
 * preload.c - what the server and bubble find besides libFuzzer
 *
 * A library of this and of libFuzzer is loaded ahead of all others.  No data
 * of the server is named here, so that the programs that read symbols for the
 * sanitizers can load it as well.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include <stddef.h>

/* The server's. */
extern void *AllocSetContextCreateInternal(void *parent, const char *name,
										   size_t least, size_t first,
										   size_t most);

extern char *swift_demangle(void);
extern void *SmallBlocks(void *parent, const char *name, size_t least,
						 size_t first, size_t most);

/*
 * The sanitizer looks for a function of Swift's library, which may start a
 * thread too early where there is none.
 */
char *
swift_demangle(void)
{
	return NULL;
}

/*
 * The memory contexts of the extension are made by this, so that all but the
 * smallest pieces of memory are blocks of malloc(), whose ends the sanitizer
 * knows.
 */
void *
SmallBlocks(void *parent, const char *name, size_t least, size_t first,
			size_t most)
{
	(void) least;
	(void) first;
	(void) most;
	return AllocSetContextCreateInternal(parent, name, 0, 1024, 1024);
}
