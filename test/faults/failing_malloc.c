/*
 * failing_malloc.c - memory that is refused when a test says so
 *
 * Preloaded into a server (LD_PRELOAD) it stands between every caller and the
 * C library's malloc, calloc, realloc and free.  The same file is the library
 * of SQL functions that tell it, in their backend, which allocation is to be
 * refused.  It asks for nothing of the server, so that other programs can be
 * started with it.  It tells apart who asks: GSL and bubble on one side, the
 * server on the other.  Objects of GSL are counted while they live.
 *
 * For tests only, with the GNU C library.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "postgres.h"

#include <link.h>
#include <malloc.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "fmgr.h"

PG_MODULE_MAGIC;

/* Address ranges of the libraries, and objects of theirs, at the most. */
#define RANGES 16
#define OBJECTS 4096

extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t count, size_t size);
extern void *__libc_realloc(void *old, size_t size);
extern void __libc_free(void *old);

typedef struct Range
{
	const char *from;
	const char *to;
} Range;

static struct
{
	Range		range[RANGES];	/* code of GSL and bubble */
	int			ranges;
	bool		armed;
	bool		of_library;		/* only their allocations count */
	bool		cancels;		/* the statement, instead of being refused */
	int64		refused_at;		/* which one is refused; 0: none */
	int64		most;			/* bytes that objects may take */
	int64		seen;			/* since it was armed */
	int64		refused;
	void	   *object[OBJECTS];	/* of GSL and bubble, that live */
	int			objects;
	int64		bytes;			/* that they take */
	int64		peak;			/* since it was armed */
} fault;

PG_FUNCTION_INFO_V1(malloc_fails_at);
PG_FUNCTION_INFO_V1(malloc_cancels_at);
PG_FUNCTION_INFO_V1(malloc_fails_beyond);
PG_FUNCTION_INFO_V1(malloc_refused);
PG_FUNCTION_INFO_V1(malloc_seen);
PG_FUNCTION_INFO_V1(library_peak);
PG_FUNCTION_INFO_V1(library_objects);
PG_FUNCTION_INFO_V1(malloc_in_use);
PG_FUNCTION_INFO_V1(limit_memory);
PG_FUNCTION_INFO_V1(memory_lost);

/* ---- what stands in for the C library ---- */

static bool
of_library(const void *caller)
{
	int			i;

	for (i = 0; i < fault.ranges; i++)
		if ((const char *) caller >= fault.range[i].from &&
			(const char *) caller < fault.range[i].to)
			return true;
	return false;
}

static bool
refuses(const void *caller, size_t size)
{
	if (!fault.armed || (fault.of_library && !of_library(caller)))
		return false;
	fault.seen++;
	if (fault.seen != fault.refused_at &&
		(int64) size <= fault.most - fault.bytes)
		return false;
	fault.refused++;
	if (fault.cancels)
		kill(getpid(), SIGINT);
	return !fault.cancels;
}

/*
 * More objects than there is room for are too many, which the count tells.
 */
static void *
remember(void *object, const void *caller)
{
	if (object == NULL || fault.objects == OBJECTS || !of_library(caller))
		return object;
	fault.object[fault.objects++] = object;
	fault.bytes += malloc_usable_size(object);
	if (fault.bytes > fault.peak)
		fault.peak = fault.bytes;
	return object;
}

static bool
forget(void *object)
{
	int			i;

	for (i = 0; i < fault.objects; i++)
		if (fault.object[i] == object)
		{
			fault.object[i] = fault.object[--fault.objects];
			fault.bytes -= malloc_usable_size(object);
			return true;
		}
	return false;
}

void *
malloc(size_t size)
{
	const void *caller = __builtin_return_address(0);

	return refuses(caller, size) ? NULL :
		remember(__libc_malloc(size), caller);
}

void *
calloc(size_t count, size_t size)
{
	const void *caller = __builtin_return_address(0);

	return refuses(caller, count * size) ? NULL :
		remember(__libc_calloc(count, size), caller);
}

void *
realloc(void *old, size_t size)
{
	const void *caller = __builtin_return_address(0);
	void	   *object;
	bool		known;

	if (refuses(caller, size))
		return NULL;
	known = old == NULL || forget(old);
	object = __libc_realloc(old, size);
	if (object == NULL && old != NULL && known)
		return remember(old, caller), NULL;
	return known ? remember(object, caller) : object;
}

void
free(void *old)
{
	if (old != NULL && fault.objects > 0)
		(void) forget(old);
	__libc_free(old);
}

/* ---- functions ---- */

static int
find_range(struct dl_phdr_info *library, size_t size, void *unused)
{
	int			i;

	if (strstr(library->dlpi_name, "/libgsl") == NULL &&
		strstr(library->dlpi_name, "/bubble.so") == NULL)
		return 0;
	for (i = 0; i < library->dlpi_phnum && fault.ranges < RANGES; i++)
	{
		const ElfW(Phdr) *part = &library->dlpi_phdr[i];
		const char *from = (const char *) library->dlpi_addr + part->p_vaddr;

		if (part->p_type == PT_LOAD && (part->p_flags & PF_X) != 0)
			fault.range[fault.ranges++] =
				(Range) {from, from + part->p_memsz};
	}
	return 0;
}

static void
arm(bool library, int64 number, int64 most)
{
	fault.ranges = 0;
	(void) dl_iterate_phdr(find_range, NULL);
	fault.of_library = library;
	fault.cancels = false;
	fault.refused_at = number;
	fault.most = most;
	fault.seen = 0;
	fault.refused = 0;
	fault.peak = fault.bytes;
	fault.armed = true;
}

/*
 * (number, of_library): from here on the allocation of that number, counted
 * from 1, is refused, once.
 */
Datum
malloc_fails_at(PG_FUNCTION_ARGS)
{
	arm(PG_GETARG_BOOL(1), PG_GETARG_INT64(0), PG_INT64_MAX);
	PG_RETURN_VOID();
}

/*
 * (number, of_library): at that allocation the statement is cancelled.
 */
Datum
malloc_cancels_at(PG_FUNCTION_ARGS)
{
	arm(PG_GETARG_BOOL(1), PG_GETARG_INT64(0), PG_INT64_MAX);
	fault.cancels = true;
	PG_RETURN_VOID();
}

/*
 * (bytes): from here on objects of GSL and bubble take no more than that.
 */
Datum
malloc_fails_beyond(PG_FUNCTION_ARGS)
{
	arm(true, 0, PG_GETARG_INT64(0));
	PG_RETURN_VOID();
}

/*
 * Was it refused?  Nothing is any more.
 */
Datum
malloc_refused(PG_FUNCTION_ARGS)
{
	fault.armed = false;
	PG_RETURN_BOOL(fault.refused > 0);
}

/*
 * How many allocations were counted.
 */
Datum
malloc_seen(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT64(fault.seen);
}

/*
 * The most bytes that objects of GSL and bubble took.
 */
Datum
library_peak(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT64(fault.peak);
}

/*
 * How many objects of GSL and bubble live.
 */
Datum
library_objects(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT32(fault.objects);
}

/*
 * Bytes that were asked for and not given back, by whomever; what is free is
 * given back to the system.
 */
Datum
malloc_in_use(PG_FUNCTION_ARGS)
{
	struct mallinfo2 info;

	(void) malloc_trim(0);
	info = mallinfo2();
	PG_RETURN_INT64(info.uordblks + info.hblkhd);
}

/*
 * Kilobytes of address space of this process.
 */
static int64
address_space(void)
{
	int64		pages = 0;
	FILE	   *file = fopen("/proc/self/statm", "r");

	if (file != NULL)
	{
		if (fscanf(file, INT64_FORMAT, &pages) != 1)
			pages = 0;
		fclose(file);
	}
	return pages * (sysconf(_SC_PAGESIZE) / 1024);
}

/*
 * The stack cannot grow at the limit: the process would be ended.  So it
 * grows before.
 */
static pg_noinline void
grow_stack(void)
{
	volatile char room[1536 * 1024];
	size_t		i;

	for (i = 0; i < sizeof(room); i += 1024)
		room[i] = 1;
}

/*
 * (kilobytes): so many more than there are now; negative: as many as one likes.
 */
Datum
limit_memory(PG_FUNCTION_ARGS)
{
	const int64 more = PG_GETARG_INT64(0);
	struct rlimit limit;

	grow_stack();
	(void) malloc_trim(0);
	getrlimit(RLIMIT_AS, &limit);
	limit.rlim_cur = more < 0 ? limit.rlim_max :
		(rlim_t) (address_space() + more) * 1024;
	PG_RETURN_BOOL(setrlimit(RLIMIT_AS, &limit) == 0);
}

/*
 * (bytes): takes so many and forgets them, to see that a test notices.
 */
Datum
memory_lost(PG_FUNCTION_ARGS)
{
	const size_t bytes = PG_GETARG_INT64(0);
	void	   *volatile lost = malloc(bytes);

	if (lost != NULL)
		memset(lost, 1, bytes);
	PG_RETURN_BOOL(lost != NULL);
}
