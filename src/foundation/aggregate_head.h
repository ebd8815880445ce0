/*
 * aggregate_head.h - what every transition state begins with
 *
 * The template aggregate.h fills it in.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#ifndef BUBBLE_AGGREGATE_HEAD_H
#define BUBBLE_AGGREGATE_HEAD_H

#include "foundation/parameters.h"

typedef struct AggregateHead
{
	TimeKind	kind;			/* of the rows' times, if they have any */
	bool		in_window;		/* is a result wanted after every row? */
	uint8		variant;		/* the number of the transition function */
	MemoryContext context;		/* in which the state lives */
	ParameterValue *parameter;		/* those of the table, or NULL */
} AggregateHead;

/* The table of an aggregate without parameters. */
extern const ParameterTable NoParameters;

extern TimeKind TimeKindOfArg(FunctionCallInfo fcinfo, int argno);
extern void RememberTimeKind(FunctionCallInfo fcinfo, int argno);

/*
 * The same, cached in fn_extra: for functions that need it for every row and
 * keep nothing else there.
 */
static inline TimeKind
TimeKindOfCall(FunctionCallInfo fcinfo, int argno)
{
	if (unlikely(fcinfo->flinfo->fn_extra == NULL))
		RememberTimeKind(fcinfo, argno);
	return *(const TimeKind *) fcinfo->flinfo->fn_extra;
}

/*
 * Is one of the values of a row NULL?
 */
static inline bool
ValuesAreNull(FunctionCallInfo fcinfo, int values)
{
	int			i;

	for (i = 1; i <= values; i++)
		if (PG_ARGISNULL(i))
			return true;
	return false;
}

#endif							/* BUBBLE_AGGREGATE_HEAD_H */
