/*
 * whole_partition.h - window functions that look at their whole partition
 *
 * Like rank(), such a function ignores the frame: it reads all rows of the
 * partition when the first one is asked for, computes the results of all,
 * and reads them out row by row.
 *
 * What an argument's expression allocates, a detoasted value for instance,
 * would pile up over all of these rows.  So it goes into a context of its
 * own, which is emptied when the next row is looked at: an argument that is a
 * pointer has to be used, or copied, before anything else is fetched.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#ifndef BUBBLE_WHOLE_PARTITION_H
#define BUBBLE_WHOLE_PARTITION_H

#include "fmgr.h"

typedef struct WholePartition
{
	bool		computed;
	int64		rows;
	double	   *result;			/* of each row; NaN for NULL */
	MemoryContext row_context;	/* of the arguments of one row */
	int64		row;			/* whose arguments these are */
} WholePartition;

/* Fills in the results, all of them NaN before. */
typedef void (*PartitionFunction) (FunctionCallInfo fcinfo,
								   WholePartition *partition);

extern Datum WholePartitionResult(FunctionCallInfo fcinfo,
								  PartitionFunction compute);
extern void FetchRowArgument(FunctionCallInfo fcinfo, int argno, int64 row);
extern bool SameInAllRows(FunctionCallInfo fcinfo, int argno);

#endif							/* BUBBLE_WHOLE_PARTITION_H */
