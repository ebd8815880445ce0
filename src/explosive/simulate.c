/*
 * simulate.c - the statistics of simulated random walks, as rows
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

#include <gsl/gsl_randist.h>

#include "funcapi.h"
#include "miscadmin.h"
#include "utils/tuplestore.h"

#include "explosive/replicate.h"
#include "foundation/arguments.h"
#include "foundation/progress.h"

#define DRAW_COLUMNS 3
#define MOST_REPLICATIONS 1000000

PG_FUNCTION_INFO_V1(bubble_explosive_draws);

static void
random_walk(void *of, gsl_rng *generator, double *level)
{
	const int64 length = *(const int64 *) of;
	int64		t;

	level[0] = 0.0;
	for (t = 1; t < length; t++)
	{
		CHECK_FOR_INTERRUPTS();
		level[t] = level[t - 1] + gsl_ran_gaussian_ziggurat(generator, 1.0);
	}
}

static int64
integer_arg(FunctionCallInfo fcinfo, int argno, const char *name)
{
	if (PG_ARGISNULL(argno))
		NullParameterError(name);
	return CountArg(fcinfo, argno);
}

static void
check_replications(int64 replications)
{
	if (replications < 1)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("replications must be at least 1"),
				 errdetail("The number of replications is " INT64_FORMAT ".",
						   replications),
				 errhint("Critical values at 95 percent take some 2000.")));
	CheckMost(replications, MOST_REPLICATIONS, "replications",
			  "Critical values at 95 percent take some 2000.");
}

static void
check_observations(int64 observations, const AdfRule *rule)
{
	const int64 least = Max(AdfLeastWindow(rule->most_lags, rule->terms),
							rule->min_window);

	CheckMost(observations, MOST_MADE_OBSERVATIONS, "observations",
			  "Critical values hardly change with more observations.");
	if (observations < least)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("observations must be at least " INT64_FORMAT, least),
				 errdetail("The number of observations is " INT64_FORMAT
						   ", too few for a window.", observations),
				 errhint("Use more observations or a shorter min_window.")));
}

/*
 * The rule of min_window and lags, arguments 1 and 2, and of deterministic,
 * the last one.
 */
static AdfRule
rule_args(FunctionCallInfo fcinfo)
{
	Parameter	terms = AdfRuleReaders[RULE_TERMS] (fcinfo, 7);
	Parameter	parameter[2] = {{0}};

	parameter[0] = AdfRuleReaders[0] (fcinfo, 1);
	parameter[1] = AdfRuleReaders[1] (fcinfo, 2);
	return AdfRuleWithTerms(parameter, 2, &terms);
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

/*
 * (observations, min_window, lags, replications, seed, slice, slices,
 * deterministic): the statistics of the replications of one slice, counted
 * from 0.
 */
Datum
bubble_explosive_draws(PG_FUNCTION_ARGS)
{
	Replicator	replicator = {.make = random_walk};
	Progress	progress;
	SupDraw		draw;
	int64		replications = integer_arg(fcinfo, 3, "replications");
	int64		slice = integer_arg(fcinfo, 5, "slice");
	int64		slices = integer_arg(fcinfo, 6, "slices");
	int64		first;
	int64		count;
	int64		i;

	replicator.length = integer_arg(fcinfo, 0, "observations");
	replicator.of = &replicator.length;
	replicator.rule = rule_args(fcinfo);
	check_observations(replicator.length, &replicator.rule);
	check_replications(replications);
	if (PG_ARGISNULL(4))
		NullParameterError("seed");
	replicator.seed = PG_GETARG_INT64(4);
	if (slices < 1 || slice < 0 || slice >= slices)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("slice must be one of the slices"),
				 errdetail("It is " INT64_FORMAT " of " INT64_FORMAT ".",
						   slice, slices),
				 errhint("Slices are counted from 0.")));
	CheckMost(slices, MOST_REPLICATIONS, "slices",
			  "More slices than replications are empty.");
	first = replications * slice / slices;
	count = replications * (slice + 1) / slices - first;

	InitMaterializedSRF(fcinfo, 0);
	ReplicatorInit(&replicator);
	progress = StartProgress("explosive_simulate", count);
	for (i = 0; i < count; i++)
	{
		draw = Replicate(&replicator, first + i);
		put_draw((ReturnSetInfo *) fcinfo->resultinfo, &draw);
		TellProgress(&progress, i + 1);
	}
	return (Datum) 0;
}
