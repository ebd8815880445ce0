/*
 * result_row.h - functions whose result is a row, or an array of rows
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#ifndef BUBBLE_RESULT_ROW_H
#define BUBBLE_RESULT_ROW_H

#include "access/htup.h"
#include "access/tupdesc.h"
#include "fmgr.h"
#include "utils/array.h"

#include "foundation/timeline.h"

/*
 * Rows being collected for a result of type rowtype[].
 */
typedef struct RowList
{
	TupleDesc	rowtype;
	ArrayBuildState *rows;
} RowList;

extern TupleDesc ResultRowType(FunctionCallInfo fcinfo);
extern Datum ResultTime(TupleDesc rowtype, int column, int64 at,
						TimeKind kind);
extern RowList StartRowList(FunctionCallInfo fcinfo);
extern void RowListAdd(RowList *list, HeapTuple row);
extern Datum RowListResult(RowList *list);

#endif							/* BUBBLE_RESULT_ROW_H */
