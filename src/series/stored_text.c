/*
 * stored_text.c - reading and writing the text of stored values
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "postgres.h"

#include <ctype.h>

#include "common/shortest_dec.h"
#include "utils/fmgrprotos.h"

#include "foundation/arguments.h"
#include "series/stored_text.h"

/* No time and no number with a point to it is longer. */
#define TOKEN_BYTES 2000

/* The longest text of a time, and of a value with what stands around it. */
#define DATE_BYTES strlen("4714-11-24 BC")
#define TIMESTAMPTZ_BYTES strlen("4714-11-24 00:00:00.000001+00 BC")
#define VALUE_BYTES strlen("=-2.2250738585072014e-308,")

/* Text that can be written, with room for other columns of a dumped row. */
#define MOST_TEXT_BYTES INT64CONST(1000000000)

TextReader
ReadText(const char *text, const char *type)
{
	TextReader	reader = {type, text, text};

	return reader;
}

void
MalformedError(const TextReader *reader, const char *detail)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
			 errmsg("malformed %s literal: \"%s\"", reader->type,
					Excerpt(reader->text, strlen(reader->text))),
			 errdetail("%s", detail),
			 errhint("Values of this type are made by the aggregate %s().",
					 reader->type)));
}

/*
 * The longest text of one row.
 */
int64
RowTextSize(TimeKind kind)
{
	return (kind == TIME_IS_DATE ? DATE_BYTES : TIMESTAMPTZ_BYTES) +
		VALUE_BYTES;
}

/*
 * How much of that, with 32 bytes around it, makes a text that can be dumped.
 */
int64
MostTextSize(void)
{
	return MOST_TEXT_BYTES - 32;
}

void
BinaryVersionError(const char *type, int version)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
			 errmsg("version %d of a binary %s is not known", version, type),
			 errdetail("It was sent by another version of the extension, or "
					   "is damaged."),
			 errhint("Send it as text, or use the same version of the "
					 "extension on both sides.")));
}

void
InvalidBinaryError(const char *type, const char *detail)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
			 errmsg("invalid binary value of type %s", type),
			 errdetail("%s", detail),
			 errhint("Values of this type are made by the aggregate %s().",
					 type)));
}

static void
skip_space(TextReader *reader)
{
	while (isspace((unsigned char) *reader->cursor))
		reader->cursor++;
}

/*
 * Take a character if it is the next one that is not white space.
 */
bool
ReadChar(TextReader *reader, char wanted)
{
	skip_space(reader);
	if (*reader->cursor != wanted)
		return false;
	reader->cursor++;
	return true;
}

void
ExpectChar(TextReader *reader, char wanted)
{
	if (!ReadChar(reader, wanted))
		MalformedError(reader,
					   psprintf("Expected \"%c\" after %d characters.",
								wanted,
								(int) (reader->cursor - reader->text)));
}

void
ExpectEnd(TextReader *reader)
{
	skip_space(reader);
	if (*reader->cursor != '\0')
		MalformedError(reader, "Text follows after the end.");
}

/*
 * What comes before any of the delimiters, without white space around it, as
 * a string of its own.
 */
char *
ReadToken(TextReader *reader, const char *delimiters)
{
	const char *end;
	char	   *token;

	skip_space(reader);
	end = reader->cursor + strcspn(reader->cursor, delimiters);
	while (end > reader->cursor && isspace((unsigned char) end[-1]))
		end--;
	if (end - reader->cursor > TOKEN_BYTES)
		MalformedError(reader,
					   psprintf("No time or number is as long as \"%s\".",
								Excerpt(reader->cursor,
										end - reader->cursor)));
	if (end == reader->cursor)
		MalformedError(reader,
					   psprintf("Something is missing after %d characters.",
								(int) (reader->cursor - reader->text)));
	token = pnstrdup(reader->cursor, end - reader->cursor);
	reader->cursor = end;
	return token;
}

TimeKind
ReadKind(TextReader *reader)
{
	const char *date = TimeKindName(TIME_IS_DATE);
	const char *timestamptz = TimeKindName(TIME_IS_TIMESTAMPTZ);

	skip_space(reader);
	if (strncmp(reader->cursor, date, strlen(date)) == 0)
	{
		reader->cursor += strlen(date);
		return TIME_IS_DATE;
	}
	if (strncmp(reader->cursor, timestamptz, strlen(timestamptz)) == 0)
	{
		reader->cursor += strlen(timestamptz);
		return TIME_IS_TIMESTAMPTZ;
	}
	MalformedError(reader, "It must begin with \"date\" or \"timestamptz\".");
}

void
ReadRow(TextReader *reader, TimeKind kind, int64 *at, double *value)
{
	char	   *token = ReadToken(reader, "=,;{}");
	Datum		number;

	*at = TimeFromText(token, kind);
	pfree(token);
	ExpectChar(reader, '=');
	token = ReadToken(reader, "=,;{}");
	number = DirectFunctionCall1(float8in, CStringGetDatum(token));
	*value = DatumGetFloat8(number) + 0.0;
	if (!IsFinite(*value))
		FiniteValueError(*value, "value", TimeShown(*at, kind));
	pfree(token);
}

/*
 * The shortest digits that give the same value again, whatever the session's
 * extra_float_digits.
 */
void
WriteRow(StringInfo buf, int64 at, double value, TimeKind kind)
{
	char		digits[DOUBLE_SHORTEST_DECIMAL_LEN];

	TimeToText(buf, at, kind);
	double_to_shortest_decimal_buf(value, digits);
	appendStringInfoChar(buf, '=');
	appendStringInfoString(buf, digits);
}
