/*
 * bsadf_sql.c - the backward sup ADF statistic, row by row
 *
 * bsadf() is a window function: the statistic of a row is the largest of all
 * windows of rows that end there.  Computing it from the frame of each row
 * anew would also cost O(n^2) in all for n rows, but sweeps do several rows
 * at a time, and the default window depends on the whole partition.  So all
 * rows are read at once (whole_partition.h):
 *
 *	row				y1   y2   NULL  y3   y4   y5		the order of the window
 *	level			[0]  [1]		[2]  [3]  [4]
 *	result			NULL NULL NULL  NULL s    s			min_window = 4
 *
 * Rows that are peers are taken in the order in which the window has them.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "postgres.h"

#include <math.h>

#include "miscadmin.h"
#include "utils/memutils.h"

#include "explosive/critical_state.h"
#include "explosive/path_state.h"
#include "foundation/arguments.h"
#include "foundation/array.h"
#include "foundation/whole_partition.h"

PG_FUNCTION_INFO_V1(bubble_bsadf);
PG_FUNCTION_INFO_V1(bubble_bsadf_path);
PG_FUNCTION_INFO_V1(bubble_bsadf_critical_path);

/* ---- the window function ---- */

/* Arguments: y and two parameters. */
enum
{
	ARG_Y,
	ARG_MIN_WINDOW,
	ARG_LAGS
};

static void
fetch_parameters(FunctionCallInfo fcinfo, int64 row)
{
	FetchRowArgument(fcinfo, ARG_MIN_WINDOW, row);
	FetchRowArgument(fcinfo, ARG_LAGS, row);
}

/*
 * The rule of the partition: all rows must have the same parameters.
 */
static AdfRule
partition_rule(FunctionCallInfo fcinfo, int64 rows)
{
	const bool	stable = SameInAllRows(fcinfo, ARG_MIN_WINDOW) &&
		SameInAllRows(fcinfo, ARG_LAGS);
	const ParameterValue *parameter;
	int64		row;

	fetch_parameters(fcinfo, 0);
	parameter = ReadParameters(fcinfo, ARG_MIN_WINDOW, &RowRule,
							   TIME_IS_DATE);
	for (row = 1; row < rows && !stable; row++)
	{
		CHECK_FOR_INTERRUPTS();
		fetch_parameters(fcinfo, row);
		CheckParametersOfRow(fcinfo, ARG_MIN_WINDOW, parameter, &RowRule,
							 TIME_IS_DATE);
	}
	return AdfRuleOf(parameter, &RowRule);
}

/*
 * The levels of all rows that have one, as an array, and their number.  The
 * results become 0 for these rows.
 */
static double *
read_levels(FunctionCallInfo fcinfo, WholePartition *partition, int64 *length)
{
	double	   *level = AllocateNumbers(partition->rows);
	int64		row;

	*length = 0;
	for (row = 0; row < partition->rows; row++)
	{
		CHECK_FOR_INTERRUPTS();
		FetchRowArgument(fcinfo, ARG_Y, row);
		if (PG_ARGISNULL(ARG_Y))
			continue;
		partition->result[row] = 0.0;
		level[(*length)++] = CheckFinite(PG_GETARG_FLOAT8(ARG_Y), "value");
	}
	return level;
}

/*
 * Hand the statistics of a path out to the rows; without a path there are
 * none.
 */
static void
spread_path(WholePartition *partition, const double *path, int64 min_window)
{
	int64		observations = 0;
	int64		row;

	for (row = 0; row < partition->rows; row++)
	{
		CHECK_FOR_INTERRUPTS();
		if (isnan(partition->result[row]))
			continue;
		observations++;
		partition->result[row] =
			path == NULL || observations < min_window ? NAN :
			path[observations - min_window];
	}
}

static void
compute_bsadf(FunctionCallInfo fcinfo, WholePartition *partition)
{
	AdfRule		rule = partition_rule(fcinfo, partition->rows);
	AdfSample	sample;
	double	   *level;
	int64		length;

	level = read_levels(fcinfo, partition, &length);
	if (AdfSampleInit(&sample, level, length, &rule))
		spread_path(partition, AdfBackwardPath(&sample), sample.min_window);
	else
		spread_path(partition, NULL, 0);
}

Datum
bubble_bsadf(PG_FUNCTION_ARGS)
{
	return WholePartitionResult(fcinfo, compute_bsadf);
}

/* ---- series in, series out ---- */

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
	rule = AdfRuleOf(ReadParameters(fcinfo, 1, &SeriesRule, TIME_IS_DATE),
					 &SeriesRule);
	view = SeriesViewOf(PG_GETARG_DATUM(0));
	if (!AdfSampleInit(&sample, view.value, view.length, &rule))
		PG_RETURN_NULL();
	path = AdfBackwardPath(&sample);
	stored = StoreAdfPath(&view, &sample, path);
	pfree(path);
	AdfSampleFree(&sample);
	if (stored == NULL)
		PG_RETURN_NULL();
	PG_RETURN_POINTER(stored);
}

static const ParameterDef critical_path_defs[] = {
	MIN_WINDOW_PARAMETER, LAGS_OR_NULL_PARAMETER, LEVEL_PARAMETER,
	MAX_LAGS_PARAMETER, CRITERION_PARAMETER
};
static const ParameterTable critical_path_table =
	PARAMETER_TABLE(critical_path_defs);

/*
 * What explosive_episodes() compares the
 * path with, unless it is given other values.
 */
Datum
bubble_bsadf_critical_path(PG_FUNCTION_ARGS)
{
	const ParameterTable *table = &critical_path_table;
	const ParameterValue *parameter;
	SeriesView	view;
	AdfRule		rule;
	AdfSample	sample;
	double	   *critical;
	StoredSeries *stored;

	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	parameter = ReadParameters(fcinfo, 1, table, TIME_IS_DATE);
	rule = AdfRuleOf(parameter, table);
	view = SeriesViewOf(PG_GETARG_DATUM(0));
	if (!AdfSampleInit(&sample, view.value, view.length, &rule))
		PG_RETURN_NULL();
	critical = SurfacePath(&sample, NumberNamed(parameter, table, "level",
												DEFAULT_LEVEL));
	if (critical == NULL)
		PG_RETURN_NULL();
	stored = StoreAdfPath(&view, &sample, critical);
	if (stored == NULL)
		PG_RETURN_NULL();
	PG_RETURN_POINTER(stored);
}
