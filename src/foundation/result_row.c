/*
 * result_row.c - functions whose result is a row, or an array of rows
 *
 * The type is taken from the function's own declaration.  The calling
 * expression would tell it too, but engines that take aggregates apart call
 * functions without one.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "catalog/pg_type.h"
#include "funcapi.h"
#include "utils/lsyscache.h"
#include "utils/typcache.h"

#include "foundation/result_row.h"

/*
 * The row type that the SQL function is declared to return, ready for rows
 * that leave the function.
 */
TupleDesc
ResultRowType(FunctionCallInfo fcinfo)
{
	TupleDesc	rowtype;

	if (get_func_result_type(fcinfo->flinfo->fn_oid, NULL, &rowtype) !=
		TYPEFUNC_COMPOSITE)
		elog(ERROR, "return type must be a row");
	return BlessTupleDesc(rowtype);
}

/*
 * A stored time, which has no SQL type of its own, as a column has it: a date
 * where only dates can be meant.
 */
Datum
ResultTime(TupleDesc rowtype, int column, int64 at, TimeKind kind)
{
	if (TupleDescAttr(rowtype, column)->atttypid == DATEOID)
		return DateOfStored(at, kind);
	return StoredTimeDatum(at, kind);
}

/*
 * An empty list of the rows that the SQL function is declared to return.
 */
RowList
StartRowList(FunctionCallInfo fcinfo)
{
	Oid			type;
	RowList		list;

	type = get_element_type(get_func_rettype(fcinfo->flinfo->fn_oid));
	if (!OidIsValid(type))
		elog(ERROR, "return type must be an array");
	list.rowtype = lookup_rowtype_tupdesc_copy(type, -1);
	list.rows = initArrayResult(type, CurrentMemoryContext, false);
	return list;
}

/*
 * Add a row, which is freed.
 */
void
RowListAdd(RowList *list, HeapTuple row)
{
	accumArrayResult(list->rows, HeapTupleGetDatum(row), false,
					 list->rows->element_type, CurrentMemoryContext);
	heap_freetuple(row);
}

Datum
RowListResult(RowList *list)
{
	return makeArrayResult(list->rows, CurrentMemoryContext);
}
