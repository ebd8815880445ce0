/*
 * bsadf.c - the backward sup ADF statistic, row by row
 *
 * bsadf() is a window function: the statistic of a row is the largest of all
 * windows of rows that end there.  Computing it from the frame of each row
 * anew would also cost O(n^2) in all for n rows, but sweeps do several rows
 * at a time, and the window has to be told by the whole partition.  So all
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

#include "explosive/critical.h"
#include "explosive/path.h"
#include "foundation/arguments.h"
#include "foundation/whole_partition.h"

PG_FUNCTION_INFO_V1(bubble_bsadf);
PG_FUNCTION_INFO_V1(bubble_bsadf_path);
PG_FUNCTION_INFO_V1(bubble_bsadf_critical_path);

/* ---- the window function ---- */

/* Arguments: y and two parameters. */
enum
{
	ARG_Y,
	ARG_PARAMETERS,
	BSADF_ARGS = 3
};

#define BSADF_PARAMETERS (BSADF_ARGS - ARG_PARAMETERS)

/*
 * The parameters of a row.
 */
static void
read_parameters(FunctionCallInfo fcinfo, int64 row, Parameter *parameter)
{
	int			i;

	for (i = 0; i < BSADF_PARAMETERS; i++)
	{
		FetchRowArgument(fcinfo, ARG_PARAMETERS + i, row);
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
	Parameter	parameter[BSADF_PARAMETERS] = {{0}};
	Parameter	other[BSADF_PARAMETERS];
	int64		row;
	int			i;

	for (i = ARG_PARAMETERS; i < BSADF_ARGS; i++)
		stable = stable && SameInAllRows(fcinfo, i);
	read_parameters(fcinfo, 0, parameter);
	if (parameter[1].isnull)
		NullParameterError(parameter[1].name);
	for (row = 1; row < rows && !stable; row++)
	{
		read_parameters(fcinfo, row, other);
		for (i = 0; i < BSADF_PARAMETERS; i++)
			CheckSameParameter(&parameter[i], &other[i]);
	}
	return AdfRuleOf(parameter, BSADF_PARAMETERS, RULE_WITH_WINDOW);
}

/*
 * The levels of all rows that have one, as an array, and their number.  The
 * results become 0 for these rows.
 */
static double *
read_levels(FunctionCallInfo fcinfo, WholePartition *partition, int64 *length)
{
	double	   *level = MemoryContextAllocHuge(CurrentMemoryContext,
											   partition->rows *
											   sizeof(double));
	int64		row;

	*length = 0;
	for (row = 0; row < partition->rows; row++)
	{
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

/*
 * The rule of min_window and lags, arguments 1 and 2, and of the argument
 * "terms", or with a constant if that is 0.
 */
static AdfRule
path_rule(FunctionCallInfo fcinfo, int terms_argno)
{
	Parameter	parameter[2] = {{0}};
	Parameter	terms;

	if (PG_ARGISNULL(2))
		NullParameterError("lags");
	parameter[0] = AdfRuleReaders[0] (fcinfo, 1);
	parameter[1] = AdfRuleReaders[1] (fcinfo, 2);
	if (terms_argno == 0)
		return AdfRuleWithTerms(parameter, 2, NULL);
	terms = AdfRuleReaders[RULE_TERMS] (fcinfo, terms_argno);
	return AdfRuleWithTerms(parameter, 2, &terms);
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
	rule = path_rule(fcinfo, 3);
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

/*
 * (series, min_window, lags, level): what explosive_episodes() compares the
 * path with, unless it is given other values.
 */
Datum
bubble_bsadf_critical_path(PG_FUNCTION_ARGS)
{
	SeriesView	view;
	AdfRule		rule;
	AdfSample	sample;
	double		level;
	double	   *critical;
	StoredSeries *stored;

	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	if (PG_ARGISNULL(3))
		NullParameterError("level");
	rule = path_rule(fcinfo, 0);
	level = CheckLevel(PG_GETARG_FLOAT8(3));
	view = SeriesViewOf(PG_GETARG_DATUM(0));
	if (!AdfSampleInit(&sample, view.value, view.length, &rule))
		PG_RETURN_NULL();
	critical = SurfacePath(&sample, level);
	if (critical == NULL)
		PG_RETURN_NULL();
	stored = StoreAdfPath(&view, &sample, critical);
	if (stored == NULL)
		PG_RETURN_NULL();
	PG_RETURN_POINTER(stored);
}
