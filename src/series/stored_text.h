/*
 * stored_text.h - reading and writing the text of stored values
 *
 * What the types that hold rows have in common: a kind of time in front, then
 * rows written as time=value.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#ifndef BUBBLE_STORED_TEXT_H
#define BUBBLE_STORED_TEXT_H

#include "lib/stringinfo.h"

#include "foundation/timeline.h"

typedef struct TextReader
{
	const char *type;			/* name of the type being read */
	const char *text;			/* all of it, for messages */
	const char *cursor;
} TextReader;

extern TextReader ReadText(const char *text, const char *type);
pg_noreturn extern void MalformedError(const TextReader *reader,
									   const char *detail);
extern bool ReadChar(TextReader *reader, char wanted);
extern void ExpectChar(TextReader *reader, char wanted);
extern void ExpectEnd(TextReader *reader);
extern char *ReadToken(TextReader *reader, const char *delimiters);
extern TimeKind ReadKind(TextReader *reader);
extern void ReadRow(TextReader *reader, TimeKind kind, int64 *at,
					double *value);
extern void WriteRow(StringInfo buf, int64 at, double value, TimeKind kind);

extern int64 RowTextSize(TimeKind kind);
extern int64 MostTextSize(void);

pg_noreturn extern void BinaryVersionError(const char *type, int version);
pg_noreturn extern void InvalidBinaryError(const char *type,
										   const char *detail);

#endif							/* BUBBLE_STORED_TEXT_H */
