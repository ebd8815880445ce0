/*
 * whole_partition.h - window functions that look at their whole partition
 *
 * Like rank(), such a function ignores the frame: it reads all rows of the
 * partition when the first one is asked for, computes the results of all,
 * and reads them out row by row.
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
} WholePartition;

/* Fills in the results, all of them NaN before. */
typedef void (*PartitionFunction) (FunctionCallInfo fcinfo,
								   WholePartition *partition);

extern Datum WholePartitionResult(FunctionCallInfo fcinfo,
								  PartitionFunction compute);
extern void FetchRowArgument(FunctionCallInfo fcinfo, int argno, int64 row);
extern bool SameInAllRows(FunctionCallInfo fcinfo, int argno);

#endif							/* BUBBLE_WHOLE_PARTITION_H */
