/*
 * arguments.c - what every binding asks of its arguments
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "postgres.h"

#include <math.h>

#include "access/xact.h"
#include "mb/pg_wchar.h"
#include "nodes/primnodes.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"

#include "foundation/arguments.h"
#include "foundation/compat.h"

/* How much of a user's text is shown in a message. */
#define EXCERPT_BYTES 80

/*
 * The memory context in which a transition state lives.
 */
MemoryContext
AggregateContext(FunctionCallInfo fcinfo)
{
	MemoryContext context;

	if (!AggCheckCallContext(fcinfo, &context))
		elog(ERROR, "aggregate function called in non-aggregate context");
	return context;
}

/*
 * Does a call give its rows in an order of its own, whatever the plan?  A
 * window does, an aggregate only with an ORDER BY inside.
 */
static bool
order_is_given(FunctionCallInfo fcinfo)
{
	Aggref	   *call = AggGetAggref(fcinfo);

	return call == NULL || call->aggorder != NIL;
}

/*
 * Warn of rows in no particular order, once a statement: a second group or
 * function would say nothing new.
 */
static void
warn_of_disorder(const char *function)
{
	static TimestampTz warned = 0;

	if (warned == GetCurrentStatementStartTimestamp())
		return;
	warned = GetCurrentStatementStartTimestamp();
	ereport(WARNING,
			(errmsg("%s takes rows in whatever order they come", function),
			 errdetail("Its result depends on the order of the rows, and the "
					   "call names none."),
			 errhint("Write %s(... ORDER BY ...), add the time of the row as "
					 "an argument where there is such a form, or use OVER "
					 "(ORDER BY ...).", function)));
}

/*
 * Warn unless the order of a second row is given.  A function looks once: the
 * mark in fn_extra saves time and no answer depends on it.
 */
void
CheckOrderOfRows(FunctionCallInfo fcinfo)
{
	fcinfo->flinfo->fn_extra = fcinfo->flinfo;
	if (!order_is_given(fcinfo))
		warn_of_disorder(get_func_name(AggGetAggref(fcinfo)->aggfnoid));
}

/*
 * Is the aggregate used as a window function, so that its result is asked
 * for after every row?
 */
bool
InWindow(FunctionCallInfo fcinfo)
{
	return AggCheckCallContext(fcinfo, NULL) == AGG_CONTEXT_WINDOW;
}

/*
 * Open a serialised state, the bytea in argument argno, for reading.
 */
void
OpenAggregateBytea(FunctionCallInfo fcinfo, int argno, StringInfo reader)
{
	bytea	   *serialised;

	(void) AggregateContext(fcinfo);
	serialised = PG_GETARG_BYTEA_PP(argno);
	reader->data = VARDATA_ANY(serialised);
	reader->len = VARSIZE_ANY_EXHDR(serialised);
	reader->maxlen = 0;
	reader->cursor = 0;
}

/*
 * How a message names a row's value.
 */
static int
value_detail(const char *name, const char *when, double value)
{
	if (when == NULL)
		return errdetail("The %s is %.10g.", name, value);
	return errdetail("The %s at %s is %.10g.", name, when, value);
}

void
PriceError(double price, const char *when)
{
	ereport(ERROR,
			(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
			 errmsg("price must be finite and not negative"),
			 value_detail("price", when, price),
			 errhint("Use NULL for a missing price.  A percentage of a "
					 "negative price has no meaning; for balances there is "
					 "drawdown_amount().")));
}

void
ReturnError(double one_return, const char *when)
{
	ereport(ERROR,
			(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
			 errmsg("return must be finite and not below -1"),
			 value_detail("return", when, one_return),
			 errhint("A return of -1 loses everything.  Divide percentages by "
					 "100.  For prices there are functions of their own.")));
}

void
AmountError(double amount, const char *name, const char *when)
{
	ereport(ERROR,
			(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
			 errmsg("%s must be finite and not negative", name),
			 value_detail(name, when, amount),
			 errhint("Use NULL for an unknown %s.", name)));
}

void
FiniteValueError(double value, const char *name, const char *when)
{
	ereport(ERROR,
			(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
			 errmsg("%s must be finite", name),
			 value_detail(name, when, value),
			 errhint("Use NULL for a missing %s.", name)));
}

void
NullParameterError(const char *name)
{
	ereport(ERROR,
			(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
			 errmsg("\"%s\" must not be null", name),
			 errdetail("Only the values of a row can be null, not a "
					   "parameter."),
			 errhint("Give %s a value, or use COALESCE.", name)));
}

void
ChangedParameterError(const char *name)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("\"%s\" must be the same for all rows", name),
			 errdetail("A parameter of an aggregate may not change within a "
					   "group or a window frame."),
			 errhint("Group or partition by %s too, or leave it out where a "
					 "default serves.", name)));
}

/*
 * The beginning of a text of any length, in whole characters, for a message.
 */
char *
Excerpt(const char *text, Size length)
{
	int			clipped;

	if (length <= EXCERPT_BYTES)
		return pnstrdup(text, length);
	clipped = pg_mbcliplen(text, EXCERPT_BYTES + MAX_MULTIBYTE_CHAR_LEN,
						   EXCERPT_BYTES);
	return psprintf("%.*s...", clipped, text);
}

/*
 * What an argument that takes one of several names may be: "a, b or c".
 */
static char *
list_names(const char *const *names, int count)
{
	StringInfoData list;
	int			i;

	initStringInfo(&list);
	for (i = 0; i < count; i++)
		appendStringInfo(&list, "%s%s", i == 0 ? "" :
						 i == count - 1 ? " or " : ", ", names[i]);
	return list.data;
}

/*
 * Which of the names, in upper or lower case, is an argument of type text, not
 * NULL?
 */
int
NameArg(FunctionCallInfo fcinfo, int argno, const char *what,
		const char *const *names, int count)
{
	const text *name;
	Size		size;
	int			i;

	Assert(!PG_ARGISNULL(argno));
	name = PG_GETARG_TEXT_PP(argno);
	size = VARSIZE_ANY_EXHDR(name);
	for (i = 0; i < count; i++)
		if (strlen(names[i]) == size &&
			pg_strncasecmp(names[i], VARDATA_ANY(name), size) == 0)
			return i;
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("unknown %s", what),
			 errdetail("The %s is \"%s\".", what,
					   Excerpt(VARDATA_ANY(name), size)),
			 errhint("Use %s.", list_names(names, count))));
	return count;				/* not reached */
}

/*
 * A result that left the range of double precision is an ERROR.
 */
double
CheckResult(double result)
{
	if (isinf(result) || isnan(result))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("result is out of range for double precision"),
				 errdetail("The input values are too large or too small for "
						   "their sum or ratio to be represented."),
				 errhint("Use other units, or look for a mistyped value.")));
	return result;
}

/*
 * Rows that one process hands over to another must fit into one allocation.
 */
void
CheckHandOver(int64 rows, size_t row_bytes)
{
	if (rows > (int64) (MaxAllocSize / 2 / row_bytes))
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("too many rows to hand over between processes"),
				 errdetail("One parallel worker collected " INT64_FORMAT
						   " rows of one group.", rows),
				 errhint("Set max_parallel_workers_per_gather to 0 for this "
						 "query.")));
}
