/*
 * serialised.c - what is read from the bytes of a serialised state
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "postgres.h"

#include "libpq/pqformat.h"

#include "foundation/serialised.h"

/* More rows than there are; sums of such numbers do not overflow. */
#define MOST_ROWS (INT64CONST(1) << 48)

void
DamagedStateError(const char *what)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
			 errmsg("invalid %s in a serialised state", what)));
}

bool
FlagFrom(StringInfo buf)
{
	const int	flag = pq_getmsgbyte(buf);

	if (flag > 1)
		DamagedStateError("flag");
	return flag != 0;
}

int64
RowCountFrom(StringInfo buf)
{
	const int64 count = pq_getmsgint64(buf);

	if (count < 0 || count > MOST_ROWS)
		DamagedStateError("number of rows");
	return count;
}

int64
TimeFrom(StringInfo buf, TimeKind kind)
{
	const int64 at = pq_getmsgint64(buf);

	if (!TimeIsValid(at, kind))
		DamagedStateError("time");
	return at;
}

double
FiniteFrom(StringInfo buf, const char *what)
{
	const double value = pq_getmsgfloat8(buf);

	if (!IsFinite(value))
		DamagedStateError(what);
	return value;
}
