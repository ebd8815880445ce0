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
 * An argument of a row, put where readers of arguments look for it.
 */
void
FetchRowArgument(FunctionCallInfo fcinfo, int argno, int64 row)
{
	bool		isout;

	CHECK_FOR_INTERRUPTS();
	fcinfo->args[argno].value =
		WinGetFuncArgInPartition(PG_WINDOW_OBJECT(), argno, (int) row,
								 WINDOW_SEEK_HEAD, false,
								 &fcinfo->args[argno].isnull, &isout);
	if (isout)
		elog(ERROR, "row is not in the partition");
}

/*
 * Is an argument the same in all rows, whatever they are?
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
		partition->result[row] = NAN;
	work = AllocSetContextCreate(CurrentMemoryContext, "bubble partition",
								 ALLOCSET_DEFAULT_SIZES);
	caller = MemoryContextSwitchTo(work);
	compute(fcinfo, partition);
	MemoryContextSwitchTo(caller);
	MemoryContextDelete(work);
	partition->computed = true;
}

/*
 * The result of the current row.
 */
Datum
WholePartitionResult(FunctionCallInfo fcinfo, PartitionFunction compute)
{
	WindowObject window = PG_WINDOW_OBJECT();
	WholePartition *partition =
		WinGetPartitionLocalMemory(window, sizeof(WholePartition));
	int64		row = WinGetCurrentPosition(window);

	if (!partition->computed)
		compute_all(fcinfo, partition, compute);
	WinSetMarkPosition(window, row);
	if (isnan(partition->result[row]))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(partition->result[row]);
}
