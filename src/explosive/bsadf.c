/*
 * bsadf.c - the backward sup ADF statistic, row by row
 *
 * bsadf() is a window function: the statistic of a row is the largest of all
 * windows of rows that end there.  Computing it from the frame of each row
 * anew would also cost O(n^2) in all for n rows, but sweeps do several rows
 * at a time, and the window has to be told by the whole partition.  So all
 * of the partition is read when its first row comes:
 *
 *	row				y1   y2   NULL  y3   y4   y5		the order of the window
 *	level			[0]  [1]		[2]  [3]  [4]
 *	statistic		NULL NULL NULL  NULL s    s			min_window = 4
 *
 * and the statistics are read out.  Rows that are peers are taken in the
 * order in which the window has them.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "postgres.h"

#include <math.h>

#include "miscadmin.h"
#include "utils/memutils.h"
#include "windowapi.h"

#include "explosive/path.h"
#include "foundation/arguments.h"

PG_FUNCTION_INFO_V1(bubble_bsadf);
PG_FUNCTION_INFO_V1(bubble_bsadf_path);

/* ---- the window function ---- */

/* Arguments: y and two parameters. */
enum
{
	ARG_Y,
	ARG_PARAMETERS,
	BSADF_ARGS = 3
};

#define BSADF_PARAMETERS (BSADF_ARGS - ARG_PARAMETERS)

typedef struct Partition
{
	bool		computed;
	int64		rows;
	double	   *statistic;		/* of each row; NaN for NULL */
} Partition;

/*
 * An argument of a row, put where readers of arguments look for it.
 */
static void
fetch_argument(FunctionCallInfo fcinfo, int argno, int64 row)
{
	bool		isout;

	fcinfo->args[argno].value =
		WinGetFuncArgInPartition(PG_WINDOW_OBJECT(), argno, (int) row,
								 WINDOW_SEEK_HEAD, false,
								 &fcinfo->args[argno].isnull, &isout);
	if (isout)
		elog(ERROR, "row is not in the partition");
}

/*
 * The parameters of a row.
 */
static void
read_parameters(FunctionCallInfo fcinfo, int64 row, Parameter *parameter)
{
	int			i;

	for (i = 0; i < BSADF_PARAMETERS; i++)
	{
		fetch_argument(fcinfo, ARG_PARAMETERS + i, row);
		parameter[i] = AdfRuleReaders[i] (fcinfo, ARG_PARAMETERS + i);
	}
}

/*
 * The rule of the partition: all rows must have the same parameters.
 */
static AdfRule
partition_rule(FunctionCallInfo fcinfo, int64 rows)
{
	bool		stable = true;
	Parameter	parameter[BSADF_PARAMETERS];
	Parameter	other[BSADF_PARAMETERS];
	int64		row;
	int			i;

	for (i = ARG_PARAMETERS; i < BSADF_ARGS; i++)
		stable = stable && get_fn_expr_arg_stable(fcinfo->flinfo, i);
	read_parameters(fcinfo, 0, parameter);
	if (parameter[1].isnull)
		NullParameterError(parameter[1].name);
	for (row = 1; row < rows && !stable; row++)
	{
		CHECK_FOR_INTERRUPTS();
		read_parameters(fcinfo, row, other);
		for (i = 0; i < BSADF_PARAMETERS; i++)
			CheckSameParameter(&parameter[i], &other[i]);
	}
	return AdfRuleOf(parameter, BSADF_PARAMETERS, RULE_WITH_WINDOW);
}

/*
 * The levels of all rows that have one, as an array, and their number.  The
 * statistics become 0 for these rows, NaN for the others.
 */
static double *
read_levels(FunctionCallInfo fcinfo, Partition *partition, int64 *length)
{
	double	   *level = MemoryContextAllocHuge(CurrentMemoryContext,
											   partition->rows *
											   sizeof(double));
	int64		row;

	*length = 0;
	for (row = 0; row < partition->rows; row++)
	{
		CHECK_FOR_INTERRUPTS();
		fetch_argument(fcinfo, ARG_Y, row);
		partition->statistic[row] = PG_ARGISNULL(ARG_Y) ? NAN : 0.0;
		if (!PG_ARGISNULL(ARG_Y))
			level[(*length)++] = CheckFinite(PG_GETARG_FLOAT8(ARG_Y), "value");
	}
	return level;
}

/*
 * Hand the statistics of a path out to the rows; without a path there are
 * none.
 */
static void
spread_path(Partition *partition, const double *path, int64 min_window)
{
	int64		observations = 0;
	int64		row;

	for (row = 0; row < partition->rows; row++)
	{
		if (isnan(partition->statistic[row]))
			continue;
		observations++;
		partition->statistic[row] =
			path == NULL || observations < min_window ? NAN :
			path[observations - min_window];
	}
}

static void
compute_partition(FunctionCallInfo fcinfo, Partition *partition)
{
	AdfRule		rule;
	AdfSample	sample;
	double	   *level;
	double	   *path;
	int64		length;

	partition->rows = WinGetPartitionRowCount(PG_WINDOW_OBJECT());
	if (partition->rows > PG_INT32_MAX)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("too many rows in one partition"),
				 errdetail("The partition has " INT64_FORMAT " rows.",
						   partition->rows),
				 errhint("Partition by more columns, or use fewer rows.")));
	rule = partition_rule(fcinfo, partition->rows);
	partition->statistic =
		MemoryContextAllocHuge(GetMemoryChunkContext(partition),
							   partition->rows * sizeof(double));
	level = read_levels(fcinfo, partition, &length);
	if (!AdfSampleInit(&sample, level, length, &rule))
	{
		spread_path(partition, NULL, 0);
		return;
	}
	path = AdfBackwardPath(&sample);
	spread_path(partition, path, sample.min_window);
	pfree(path);
	AdfSampleFree(&sample);
	pfree(level);
}

Datum
bubble_bsadf(PG_FUNCTION_ARGS)
{
	WindowObject window = PG_WINDOW_OBJECT();
	Partition  *partition = WinGetPartitionLocalMemory(window,
													   sizeof(Partition));
	int64		row = WinGetCurrentPosition(window);

	if (!partition->computed)
	{
		compute_partition(fcinfo, partition);
		partition->computed = true;
	}
	/* No row is fetched any more. */
	WinSetMarkPosition(window, row);
	Assert(row < partition->rows);
	if (isnan(partition->statistic[row]))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(partition->statistic[row]);
}

/* ---- series in, series out ---- */

/*
 * The statistics of a path as a series, those that there are.
 */
static StoredSeries *
store_path(const SeriesView *view, const AdfSample *sample, const double *path)
{
	const int64 *at = view->at + sample->min_window - 1;
	StoredSeries *stored;
	double	   *stored_value;
	int64	   *stored_at;
	int64		count = 0;
	int64		i;

	for (i = 0; i < sample->ends; i++)
		count += !isnan(path[i]);
	if (count == 0)
		return NULL;
	stored = AllocateStoredSeries(view->kind, count, &stored_value,
								  &stored_at);
	for (i = 0; i < sample->ends; i++)
	{
		if (isnan(path[i]))
			continue;
		*stored_value++ = path[i];
		*stored_at++ = at[i];
	}
	StoredSeriesOrderTies(stored);
	return stored;
}

Datum
bubble_bsadf_path(PG_FUNCTION_ARGS)
{
	SeriesView	view;
	AdfRule		rule;
	AdfSample	sample;
	double	   *path;
	StoredSeries *stored;

	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	if (PG_ARGISNULL(2))
		NullParameterError("lags");
	rule = AdfRuleArgs(fcinfo, 1, RULE_WITH_WINDOW);
	view = SeriesViewOf(PG_GETARG_DATUM(0));
	if (!AdfSampleInit(&sample, view.value, view.length, &rule))
		PG_RETURN_NULL();
	path = AdfBackwardPath(&sample);
	stored = store_path(&view, &sample, path);
	pfree(path);
	AdfSampleFree(&sample);
	if (stored == NULL)
		PG_RETURN_NULL();
	PG_RETURN_POINTER(stored);
}
