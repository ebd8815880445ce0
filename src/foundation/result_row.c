/*
 * result_row.c - functions whose result is a row
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "postgres.h"

#include "funcapi.h"

#include "foundation/result_row.h"

/*
 * The row type that the SQL function is declared to return, ready for rows
 * that leave the function.
 */
TupleDesc
ResultRowType(FunctionCallInfo fcinfo)
{
	TupleDesc	rowtype;

	if (get_call_result_type(fcinfo, NULL, &rowtype) != TYPEFUNC_COMPOSITE)
		elog(ERROR, "return type must be a row");
	return BlessTupleDesc(rowtype);
}
