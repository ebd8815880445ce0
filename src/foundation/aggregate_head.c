/*
 * aggregate_head.c - what every transition state begins with
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "utils/lsyscache.h"

#include "foundation/aggregate_head.h"

const ParameterTable NoParameters = {NULL, 0};

/*
 * The kind of time in argument argno, by the declaration of the SQL function:
 * engines that take aggregates apart give a call no expression.
 */
TimeKind
TimeKindOfArg(FunctionCallInfo fcinfo, int argno)
{
	Oid		   *types;
	int			count;
	Oid			type;

	(void) get_func_signature(fcinfo->flinfo->fn_oid, &types, &count);
	if (argno >= count)
		elog(ERROR, "function has no argument %d", argno);
	type = types[argno];
	pfree(types);
	if (type == DATEOID)
		return TIME_IS_DATE;
	if (type == TIMESTAMPTZOID)
		return TIME_IS_TIMESTAMPTZ;
	elog(ERROR, "argument %d is no time", argno);
}

void
RememberTimeKind(FunctionCallInfo fcinfo, int argno)
{
	static const TimeKind kinds[] = {TIME_IS_DATE, TIME_IS_TIMESTAMPTZ};
	bool		date = TimeKindOfArg(fcinfo, argno) == TIME_IS_DATE;

	fcinfo->flinfo->fn_extra = unconstify(TimeKind *, &kinds[date ? 0 : 1]);
}
