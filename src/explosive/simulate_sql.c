/*
 * simulate_sql.c - the statistics of simulated random walks, as rows
 *
 * The null of the sup tests: y(t) = y(t-1) + N(0,1), without drift.
 *
 * A slice of the replications is a function call, so that a plan can give
 * slices to parallel workers; explosive_simulate() puts them together.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "postgres.h"

#include <math.h>

#include "funcapi.h"
#include "miscadmin.h"
#include "utils/tuplestore.h"

#include "explosive/replicate_state.h"
#include "foundation/progress.h"

#define DRAW_COLUMNS 3
#define MOST_REPLICATIONS 1000000

PG_FUNCTION_INFO_V1(bubble_explosive_draws);

static const ParameterDef draw_defs[] = {
	{"observations", PARAMETER_COUNT, .sized = true, .least = 3,
		.most = MOST_MADE_OBSERVATIONS,
	.hint = "Critical values hardly change with more observations."},
	MIN_WINDOW_PARAMETER,
	LAGS_PARAMETER,
	{"replications", PARAMETER_COUNT, .sized = true, .least = 1,
		.most = MOST_REPLICATIONS,
	.hint = "A thousand give critical values at 95 percent."},
	{"seed", PARAMETER_SEED, .number = DEFAULT_SEED},
	{"slice", PARAMETER_COUNT, .most = INFINITY,
	.hint = "Slices are counted from 0."},
	{"slices", PARAMETER_COUNT, .sized = true, .least = 1,
		.most = MOST_REPLICATIONS,
	.hint = "More slices than replications are empty."},
	DETERMINISTIC_PARAMETER
};
static const ParameterTable draw_table = PARAMETER_TABLE(draw_defs);

/* In the order of the table. */
enum
{
	OBSERVATIONS,
	MIN_WINDOW,
	LAGS,
	REPLICATIONS,
	SEED,
	SLICE,
	SLICES
};

static void
check_observations(int64 observations, const AdfRule *rule)
{
	const int64 least = Max(AdfLeastWindow(rule->most_lags, rule->terms),
							rule->min_window);

	if (observations < least)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("\"observations\" must be at least " INT64_FORMAT,
						least),
				 errdetail("The number of observations is " INT64_FORMAT
						   ", too few for a window.", observations),
				 errhint("Use more observations or a shorter min_window.")));
}

static void
put_draw(ReturnSetInfo *result, const SupDraw *draw)
{
	Datum		values[DRAW_COLUMNS];
	bool		nulls[DRAW_COLUMNS] = {false};

	values[0] = Float8GetDatum(draw->adf);
	values[1] = Float8GetDatum(draw->sadf);
	values[2] = Float8GetDatum(draw->gsadf);
	tuplestore_putvalues(result->setResult, result->setDesc, values, nulls);
}

static void
check_slice(int64 slice, int64 slices)
{
	if (slice >= slices)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("\"slice\" must be one of the slices"),
				 errdetail("It is " INT64_FORMAT " of " INT64_FORMAT ".",
						   slice, slices),
				 errhint("Slices are counted from 0.")));
}

/*
 * The statistics of the replications of one slice, counted from 0.
 */
Datum
bubble_explosive_draws(PG_FUNCTION_ARGS)
{
	const ParameterValue *parameter =
		ReadParameters(fcinfo, 0, &draw_table, TIME_IS_DATE);
	const int64 replications = parameter[REPLICATIONS].u.count;
	const int64 slice = parameter[SLICE].u.count;
	const int64 slices = parameter[SLICES].u.count;
	const NullModel model = {.length = parameter[OBSERVATIONS].u.count};
	Replicator	replicator = {
		.make = RandomWalk,
		.model = &model,
		.rule = AdfRuleOf(parameter, &draw_table),
		.seed = parameter[SEED].u.count
	};
	Progress	progress;
	SupDraw		draw;
	int64		first;
	int64		count;
	int64		i;

	check_observations(model.length, &replicator.rule);
	check_slice(slice, slices);
	first = replications * slice / slices;
	count = replications * (slice + 1) / slices - first;

	InitMaterializedSRF(fcinfo, 0);
	ReplicatorInit(&replicator);
	progress = StartProgress("explosive_simulate", "replications", count);
	for (i = 0; i < count; i++)
	{
		draw = Replicate(&replicator, first + i);
		put_draw((ReturnSetInfo *) fcinfo->resultinfo, &draw);
		TellProgress(&progress, i + 1);
	}
	return (Datum) 0;
}
