/*
 * whole_partition.c - window functions that look at their whole partition
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "postgres.h"

#include <math.h>

#include "miscadmin.h"
#include "utils/memutils.h"
#include "windowapi.h"

#include "foundation/compat.h"
#include "foundation/whole_partition.h"

/*
 * The state of the current row's partition; all zeros when it is new.
 */
static WholePartition *
current_partition(FunctionCallInfo fcinfo)
{
	return WinGetPartitionLocalMemory(PG_WINDOW_OBJECT(),
									  sizeof(WholePartition));
}

/*
 * Fetch a row's argument and put it where readers of arguments look for it.
 */
void
FetchRowArgument(FunctionCallInfo fcinfo, int argno, int64 row)
{
	WholePartition *partition = current_partition(fcinfo);
	MemoryContext caller;
	bool		isout;

	CHECK_FOR_INTERRUPTS();
	if (row != partition->row)
		MemoryContextReset(partition->row_context);
	partition->row = row;
	caller = MemoryContextSwitchTo(partition->row_context);
	fcinfo->args[argno].value =
		WinGetFuncArgInPartition(PG_WINDOW_OBJECT(), argno, (int) row,
								 WINDOW_SEEK_HEAD, false,
								 &fcinfo->args[argno].isnull, &isout);
	MemoryContextSwitchTo(caller);
	if (isout)
		elog(ERROR, "row is not in the partition");
}

/*
 * Is an argument known to be the same in all rows?  Without an expression to
 * look at it is not, and callers compare the rows.
 */
bool
SameInAllRows(FunctionCallInfo fcinfo, int argno)
{
	return get_fn_expr_arg_stable(fcinfo->flinfo, argno);
}

/*
 * Results live as long as the partition does; what the computation leaves
 * behind goes at its end.  Rows with NULL take no part in any case, so that
 * IGNORE NULLS would change nothing, and is refused.
 */
static void
compute_all(FunctionCallInfo fcinfo, WholePartition *partition,
			PartitionFunction compute)
{
	MemoryContext work;
	MemoryContext caller;
	int64		row;

	WinCheckAndInitializeNullTreatment(PG_WINDOW_OBJECT(), false, fcinfo);
	partition->rows = WinGetPartitionRowCount(PG_WINDOW_OBJECT());
	if (partition->rows > PG_INT32_MAX)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("too many rows in one partition"),
				 errdetail("The partition has " INT64_FORMAT " rows.",
						   partition->rows),
				 errhint("Partition by more columns, or use fewer rows.")));
	partition->result =
		MemoryContextAllocHuge(GetMemoryChunkContext(partition),
							   partition->rows * sizeof(double));
	for (row = 0; row < partition->rows; row++)
	{
		CHECK_FOR_INTERRUPTS();
		partition->result[row] = NAN;
	}
	work = AllocSetContextCreate(CurrentMemoryContext, "bubble partition",
								 ALLOCSET_DEFAULT_SIZES);
	partition->row_context = AllocSetContextCreate(work, "bubble row",
												   ALLOCSET_DEFAULT_SIZES);
	caller = MemoryContextSwitchTo(work);
	compute(fcinfo, partition);
	MemoryContextSwitchTo(caller);
	MemoryContextDelete(work);
	partition->row_context = NULL;
	partition->computed = true;
}

/*
 * The result of the current row.
 */
Datum
WholePartitionResult(FunctionCallInfo fcinfo, PartitionFunction compute)
{
	WindowObject window = PG_WINDOW_OBJECT();
	WholePartition *partition = current_partition(fcinfo);
	int64		row = WinGetCurrentPosition(window);

	if (!partition->computed)
		compute_all(fcinfo, partition, compute);
	WinSetMarkPosition(window, row);
	if (isnan(partition->result[row]))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(partition->result[row]);
}
