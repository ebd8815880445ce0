/*
 * bootstrap_state.c - the statistics of many series without a bubble
 *
 * The method is described in bootstrap_state.h.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "postgres.h"

#include <math.h>

#include <gsl/gsl_sort_double.h>

#include "miscadmin.h"

#include "explosive/bootstrap_state.h"
#include "explosive/largest.h"
#include "explosive/null_state.h"
#include "explosive/replicate_state.h"
#include "foundation/progress.h"

/* Statistics that a path of critical values keeps: 128 MB. */
#define MOST_KEPT (INT64CONST(1) << 24)

static NullModel
model_for(const SeriesView *view, const BootstrapRule *rule,
		  const AdfSample *sample)
{
	if (rule->method == METHOD_HARVEY)
		return HarveyModel(view);
	return PhillipsShiModel(view, sample->lags, rule->control > 0 ?
							sample->min_window + rule->control - 1 :
							view->length);
}

/*
 * Ready to make series as the rule has them, with windows and lags as in the
 * sample.
 */
static Replicator
replicator_for(const NullModel *model, const BootstrapRule *rule,
			   const AdfSample *sample)
{
	Replicator	replicator = {
		.make = rule->method == METHOD_HARVEY ?
			HarveySeries : PhillipsShiSeries,
		.model = model, .rule = rule->adf, .seed = rule->seed
	};

	replicator.rule.min_window = sample->min_window;
	replicator.rule.choose_lags = false;
	replicator.rule.most_lags = sample->lags;
	ReplicatorInit(&replicator);
	return replicator;
}

Draws
BootstrapDraws(const SeriesView *view, const BootstrapRule *rule,
			   const AdfSample *sample)
{
	NullModel	model = model_for(view, rule, sample);
	Replicator	replicator = replicator_for(&model, rule, sample);
	Progress	progress = StartProgress("explosive_bootstrap",
										 "replications",
										 rule->replications);
	Draws		draws = {.count = rule->replications};
	int64		i;

	draws.sadf = palloc(draws.count * sizeof(double));
	draws.gsadf = palloc(draws.count * sizeof(double));
	for (i = 0; i < draws.count; i++)
	{
		SupDraw		draw = Replicate(&replicator, i);

		draws.sadf[i] = draw.sadf;
		draws.gsadf[i] = draw.gsadf;
		TellProgress(&progress, i + 1);
	}
	gsl_sort(draws.sadf, 1, draws.count);
	gsl_sort(draws.gsadf, 1, draws.count);
	return draws;
}

/* ---- critical values, row by row ---- */

/*
 * The largest statistics of each row.
 */
typedef struct Tails
{
	int64		rows;
	int64		kept;			/* of each row, at least 1 */
	double	   *heap;
} Tails;

static void
check_kept(int64 kept, int64 rows)
{
	if (kept > MOST_KEPT / rows)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("too many replications for critical values of this "
						"many rows"),
				 errdetail("Of each of " INT64_FORMAT " rows " INT64_FORMAT
						   " statistics had to be kept, " INT64_FORMAT
						   " at most in all.", rows, kept, MOST_KEPT),
				 errhint("Use fewer replications, a higher level, or a "
						 "shorter series.")));
}

static void
tails_init(Tails *tails, int64 rows, int64 kept)
{
	int64		i;

	check_kept(kept, rows);
	tails->rows = rows;
	tails->kept = kept;
	tails->heap = palloc(rows * kept * sizeof(double));
	for (i = 0; i < rows * kept; i++)
		tails->heap[i] = -INFINITY;
}

/*
 * The quantiles at "level" of all rows of the path, NaN where most series
 * have no statistic.
 */
double *
BootstrapQuantiles(const SeriesView *view, const BootstrapRule *rule,
				   const AdfSample *sample, double level)
{
	const double place = (rule->replications - 1) * level;
	NullModel	model = model_for(view, rule, sample);
	Replicator	replicator = replicator_for(&model, rule, sample);
	Progress	progress = StartProgress("explosive_bootstrap_path",
										 "replications",
										 rule->replications);
	Tails		tails;
	double	   *quantile;
	int64		i;
	int64		end;

	tails_init(&tails, sample->ends, rule->replications - (int64) place);
	for (i = 0; i < rule->replications; i++)
	{
		const double *path = ReplicatePath(&replicator, i);

		CHECK_FOR_INTERRUPTS();
		for (end = 0; path != NULL && end < tails.rows; end++)
			KeepLargest(tails.heap + end * tails.kept, tails.kept, path[end]);
		TellProgress(&progress, i + 1);
	}
	quantile = palloc(tails.rows * sizeof(double));
	for (end = 0; end < tails.rows; end++)
	{
		CHECK_FOR_INTERRUPTS();
		quantile[end] = LeastKept(tails.heap + end * tails.kept, tails.kept,
								  place - floor(place));
	}
	return quantile;
}
