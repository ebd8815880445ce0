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
#include "foundation/stored_text.h"

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
			 errmsg("malformed %s literal: \"%.80s%s\"", reader->type,
					reader->text, strlen(reader->text) > 80 ? "..." : ""),
			 errdetail("%s", detail),
			 errhint("Values of this type are made by the aggregate %s().",
					 reader->type)));
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
