/*
 * time_set_state.c - the times of many rows, packed
 *
 * The layout is described in time_set_state.h.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "postgres.h"

#include <ctype.h>

#include "common/int.h"
#include "miscadmin.h"
#include "utils/memutils.h"

#include "drawdown/time_set_state.h"
#include "foundation/array.h"

/* The longest run: a step of ten bytes and a count of nine. */
#define RUN_MAX_BYTES 20

/* A packed byte is no more than this in text: ",7min". */
#define TEXT_OF_BYTE 5

typedef struct StepUnit
{
	const char *name;
	uint64		microseconds;	/* each one a multiple of the one before */
} StepUnit;

static const StepUnit units[] = {
	{"us", 1},
	{"ms", 1000},
	{"s", USECS_PER_SEC},
	{"min", USECS_PER_MINUTE},
	{"h", USECS_PER_HOUR},
	{"d", USECS_PER_DAY}
};

void
TimeSetInit(TimeSet *set, MemoryContext context)
{
	memset(set, 0, sizeof(*set));
	set->context = context;
}

/*
 * The largest unit that divides a step; for a step of 0, the smallest.
 */
static int
unit_of(uint64 step)
{
	int			unit = 0;

	while (step != 0 && unit + 1 < lengthof(units) &&
		   step % units[unit + 1].microseconds == 0)
		unit++;
	return unit;
}

static uint8 *
put_number(uint8 *out, uint64 number)
{
	while (number >= 0x80)
	{
		*out++ = 0x80 | (number & 0x7F);
		number >>= 7;
	}
	*out++ = number;
	return out;
}

/*
 * Write one run and return where it ends.
 */
static uint8 *
put_run(uint8 *out, uint64 step, int64 repeats)
{
	int			unit = unit_of(step);
	uint64		number = step / units[unit].microseconds;

	*out = (number & 7) << 4 | unit << 1 | (repeats > 1);
	if (number > 7)
	{
		*out++ |= 0x80;
		out = put_number(out, number >> 3);
	}
	else
		out++;
	return repeats > 1 ? put_number(out, repeats) : out;
}

static bool
get_number(const TimeSet *set, Size *position, uint64 *number)
{
	int			shift = 0;

	*number = 0;
	while (*position < set->length && shift < 64)
	{
		uint8		byte = set->bytes[(*position)++];

		if (shift == 63 && (byte & 0x7E) != 0)
			return false;
		*number |= (uint64) (byte & 0x7F) << shift;
		if ((byte & 0x80) == 0)
			return true;
		shift += 7;
	}
	return false;
}

/*
 * Read one run, of which there is a byte.  False if the bytes are not what
 * put_run() writes.
 */
static bool
get_run(const TimeSet *set, Size *position, uint64 *step, int64 *repeats)
{
	uint8		byte;
	int			unit;
	uint64		number;
	uint64		more;

	Assert(*position < set->length);
	byte = set->bytes[(*position)++];
	unit = byte >> 1 & 7;
	number = byte >> 4 & 7;
	if (unit >= lengthof(units))
		return false;
	if (byte & 0x80)
	{
		if (!get_number(set, position, &more) || more > PG_UINT64_MAX >> 3)
			return false;
		number |= more << 3;
	}
	if (pg_mul_u64_overflow(number, units[unit].microseconds, step))
		return false;
	*repeats = 1;
	if (byte & 1)
	{
		if (!get_number(set, position, &more) || more > PG_INT64_MAX)
			return false;
		*repeats = more;
	}
	return *repeats > 0;
}

static void
reserve(TimeSet *set, Size more)
{
	set->bytes = GrowArray(set->context, set->bytes, &set->capacity,
						   set->length + more, 1);
}

/*
 * Pack the open run.
 */
void
TimeSetCloseRun(TimeSet *set)
{
	if (set->repeats == 0)
		return;
	reserve(set, RUN_MAX_BYTES);
	set->length = put_run(set->bytes + set->length, set->step,
						  set->repeats) - set->bytes;
	set->repeats = 0;
}

/*
 * Can a set take this many more times?
 */
void
TimeSetCheckCount(const TimeSet *set, int64 more)
{
	if (more > MOST_TIMES - set->count)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("too many rows in one summary"),
				 errdetail("A summary can count " INT64_FORMAT " rows.",
						   MOST_TIMES),
				 errhint("Look for a value that was not made from rows.")));
}

/*
 * Add as many times as there are repeats, each a step after the one before.
 * The caller knows that the last one is a valid time.
 */
void
TimeSetRepeat(TimeSet *set, uint64 step, int64 repeats)
{
	if (repeats == 0)
		return;
	TimeSetCheckCount(set, repeats);
	TimeSetAppend(set, (int64) ((uint64) set->last + step));
	set->repeats += repeats - 1;
	set->count += repeats - 1;
	set->last = (int64) ((uint64) set->last + step * (repeats - 1));
}

/*
 * Add a set that begins no earlier than this one ends.
 */
void
TimeSetAppendSet(TimeSet *set, const TimeSet *later)
{
	TimeSetCheckCount(set, later->count);
	TimeSetAppend(set, later->first);
	if (later->length > 0)
	{
		TimeSetCloseRun(set);
		reserve(set, later->length);
		memcpy(set->bytes + set->length, later->bytes, later->length);
		set->length += later->length;
	}
	if (later->repeats > 0)
	{
		TimeSetCloseRun(set);
		set->step = later->step;
		set->repeats = later->repeats;
	}
	set->count += later->count - 1;
	set->last = later->last;
	set->joined = true;
}

/*
 * The number of times that are not after a bound.
 */
int64
TimeSetUpTo(const TimeSet *set, int64 bound)
{
	TimeReader	reader;

	if (set->count == 0 || bound >= set->last)
		return set->count;
	reader = TimeRead(set);
	return TimeReaderCountTo(&reader, bound);
}

/* ---- packed and unpacked ---- */

Size
TimeSetPackedSize(const TimeSet *set)
{
	uint8		run[RUN_MAX_BYTES];

	if (set->repeats == 0)
		return set->length;
	return set->length + (put_run(run, set->step, set->repeats) - run);
}

void
TimeSetPack(const TimeSet *set, uint8 *bytes)
{
	if (set->length > 0)
		memcpy(bytes, set->bytes, set->length);
	if (set->repeats > 0)
		put_run(bytes + set->length, set->step, set->repeats);
}

/*
 * A set, to be read only, over bytes that TimeSetPack() wrote.
 */
TimeSet
TimeSetPacked(int64 first, int64 last, int64 count, const uint8 *bytes,
			  Size length)
{
	TimeSet		set = {0};

	set.count = count;
	set.first = first;
	set.last = last;
	set.bytes = unconstify(uint8 *, bytes);
	set.length = length;
	return set;
}

/*
 * Can another run follow, without leaving the times of this kind?
 */
static bool
run_fits(const TimeSet *set, TimeKind kind, uint64 step, int64 repeats)
{
	uint64		room = (uint64) END_TIMESTAMP - 1 - (uint64) set->last;

	if (kind == TIME_IS_DATE && step % USECS_PER_DAY != 0)
		return false;
	return step == 0 || (uint64) repeats <= room / step;
}

/*
 * Read untrusted bytes into an empty set; false if they are not a valid set.
 * "first" is a valid time.
 */
bool
TimeSetUnpack(TimeSet *set, TimeKind kind, int64 first, const uint8 *bytes,
			  Size length)
{
	TimeSet		packed = TimeSetPacked(first, first, 1, bytes, length);
	Size		position = 0;

	TimeSetAppend(set, first);
	while (position < length)
	{
		uint64		step;
		int64		repeats;

		CHECK_FOR_INTERRUPTS();
		if (!get_run(&packed, &position, &step, &repeats) ||
			!run_fits(set, kind, step, repeats))
			return false;
		TimeSetRepeat(set, step, repeats);
	}
	return true;
}

/* ---- reading ---- */

TimeReader
TimeRead(const TimeSet *set)
{
	TimeReader	reader = {0};

	reader.set = set;
	reader.more = set->count > 0;
	reader.next = set->first;
	return reader;
}

static bool
next_run(TimeReader *reader)
{
	const TimeSet *set = reader->set;

	if (reader->position < set->length)
	{
		if (!get_run(set, &reader->position, &reader->step, &reader->left))
			elog(ERROR, "invalid packed times");
		return true;
	}
	if (reader->open_read || set->repeats == 0)
		return false;
	reader->open_read = true;
	reader->step = set->step;
	reader->left = set->repeats;
	return true;
}

static void
advance(TimeReader *reader)
{
	if (reader->left == 0 && !next_run(reader))
	{
		reader->more = false;
		return;
	}
	reader->next = (int64) ((uint64) reader->next + reader->step);
	reader->left--;
}

/*
 * Go on to the first time after a bound, a run in one go, and return how many
 * there were until then.  They are added to "copy" unless that is NULL.
 */
static int64
read_to(TimeReader *reader, int64 bound, TimeSet *copy)
{
	int64		count = 0;

	while (reader->more && reader->next <= bound)
	{
		int64		skipped = reader->left;

		if (skipped > 0 && reader->step != 0)
			skipped = Min(skipped, ((uint64) bound - (uint64) reader->next) /
						  reader->step);
		if (copy != NULL)
		{
			TimeSetAppend(copy, reader->next);
			TimeSetRepeat(copy, reader->step, skipped);
		}
		reader->next = (int64) ((uint64) reader->next +
								reader->step * skipped);
		reader->left -= skipped;
		count += skipped + 1;
		advance(reader);
	}
	return count;
}

int64
TimeReaderCountTo(TimeReader *reader, int64 bound)
{
	return read_to(reader, bound, NULL);
}

/*
 * Merge two sets into an empty one.
 */
void
TimeSetMerge(TimeSet *result, const TimeSet *a, const TimeSet *b)
{
	TimeReader	of_a = TimeRead(a);
	TimeReader	of_b = TimeRead(b);

	while (of_a.more && of_b.more)
	{
		CHECK_FOR_INTERRUPTS();
		if (of_a.next <= of_b.next)
			read_to(&of_a, of_b.next, result);
		else
			read_to(&of_b, of_a.next, result);
	}
	read_to(&of_a, PG_INT64_MAX, result);
	read_to(&of_b, PG_INT64_MAX, result);
}

/*
 * Where sets were put together, neighbouring runs may have the same step.
 * Make them one, so that the packed form depends on the times alone.
 */
void
TimeSetJoinRuns(TimeSet *set)
{
	TimeReader	reader = TimeRead(set);
	TimeSet		runs;

	if (!set->joined)
		return;
	TimeSetInit(&runs, set->context);
	TimeSetAppend(&runs, set->first);
	while (next_run(&reader))
	{
		CHECK_FOR_INTERRUPTS();
		TimeSetRepeat(&runs, reader.step, reader.left);
	}
	if (set->bytes != NULL)
		pfree(set->bytes);
	*set = runs;
}

/* ---- text: 2000-01-03,1d*4,3d ---- */

static void
run_to_text(StringInfo buf, uint64 step, int64 repeats)
{
	int			unit = unit_of(step);

	appendStringInfo(buf, "," UINT64_FORMAT "%s",
					 step / units[unit].microseconds, units[unit].name);
	if (repeats > 1)
		appendStringInfo(buf, "*" INT64_FORMAT, repeats);
}

/*
 * Runs of the same step that came together in a merge are written as one, so
 * that the text does not depend on how a set was made.
 */
void
TimeSetToText(StringInfo buf, const TimeSet *set, TimeKind kind)
{
	TimeReader	reader = TimeRead(set);
	uint64		step = 0;
	int64		repeats = 0;

	TimeToText(buf, set->first, kind);
	while (next_run(&reader))
	{
		CHECK_FOR_INTERRUPTS();
		if (repeats > 0 && reader.step != step)
		{
			run_to_text(buf, step, repeats);
			repeats = 0;
		}
		step = reader.step;
		repeats += reader.left;
	}
	if (repeats > 0)
		run_to_text(buf, step, repeats);
}

/*
 * Read an unsigned number and go on to what follows it.
 */
static bool
take_number(const char **text, uint64 *number)
{
	char	   *end;

	if (!isdigit((unsigned char) **text))
		return false;
	errno = 0;
	*number = strtoull(*text, &end, 10);
	*text = end;
	return errno == 0;
}

/*
 * A number, a unit and, after an asterisk, how often they repeat.
 */
static bool
run_from_text(const char *token, uint64 *step, int64 *repeats)
{
	uint64		times = 1;
	size_t		length;
	int			unit = 0;

	if (!take_number(&token, step))
		return false;
	length = strcspn(token, "*");
	while (strlen(units[unit].name) != length ||
		   strncmp(token, units[unit].name, length) != 0)
		if (++unit == lengthof(units))
			return false;
	token += length;
	if (*token == '*' && (token++, !take_number(&token, &times)))
		return false;
	*repeats = times;
	return *token == '\0' && times > 0 && times <= PG_INT64_MAX &&
		!pg_mul_u64_overflow(*step, units[unit].microseconds, step);
}

/*
 * Room for the text of the steps.
 */
int64
TimeSetTextSize(const TimeSet *set)
{
	TimeReader	reader = TimeRead(set);
	int64		size = TimeSetPackedSize(set) * TEXT_OF_BYTE;
	StringInfoData run;

	if (size <= MostTextSize() / 2)
		return size;
	size = 0;
	initStringInfo(&run);
	while (next_run(&reader))
	{
		CHECK_FOR_INTERRUPTS();
		resetStringInfo(&run);
		run_to_text(&run, reader.step, reader.left);
		size += run.len;
	}
	pfree(run.data);
	return size;
}

/*
 * Read an empty set from text.
 */
void
TimeSetFromText(TextReader *reader, TimeSet *set, TimeKind kind)
{
	TimeSetAppend(set, TimeFromText(ReadToken(reader, ",;{}"), kind));
	while (ReadChar(reader, ','))
	{
		char	   *token = ReadToken(reader, ",;{}");
		uint64		step;
		int64		repeats;

		CHECK_FOR_INTERRUPTS();
		if (!run_from_text(token, &step, &repeats) ||
			!run_fits(set, kind, step, repeats))
			MalformedError(reader,
						   psprintf("\"%s\" is no step from one time to the "
									"next.", Excerpt(token, strlen(token))));
		TimeSetRepeat(set, step, repeats);
		pfree(token);
	}
}
