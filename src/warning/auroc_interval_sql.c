/*
 * auroc_interval_sql.c - SQL function auroc_interval(score, event, at [, block
 * [, replications [, seed]]])
 *
 * The events of neighbouring rows are mostly one event, and scores move
 * slowly.  So rows are not drawn one by one but in blocks of neighbours
 * (weighted_roc.h), each as many rows as there are in that length of time on
 * average, until there are as many rows as in the sample.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "postgres.h"

#include <math.h>

#include "access/htup_details.h"
#include "funcapi.h"
#include "miscadmin.h"

#include "foundation/aggregate_head.h"
#include "foundation/arguments.h"
#include "foundation/resample.h"
#include "foundation/result_row.h"
#include "foundation/row_matrix.h"
#include "warning/weighted_roc.h"

/* Rows that are gone through without looking for a cancel. */
#define ROWS_AT_ONCE 65536

#define RESULT_COLUMNS 5

PG_FUNCTION_INFO_V1(bubble_auroc_interval_finalfn);

/* Of a row that is kept. */
enum
{
	ROW_AT,
	ROW_SCORE,
	ROW_EVENT,
	ROW_ELEMENTS
};

enum
{
	BLOCK,
	REPLICATIONS,
	SEED
};

static const ParameterDef interval_defs[] = {
	[BLOCK] = {"block", PARAMETER_SPAN, .span = {.month = 120}},
	[REPLICATIONS] = RESAMPLES_PARAMETER,
	[SEED] = RESAMPLE_SEED_PARAMETER
};
static const ParameterTable interval_parameters =
PARAMETER_TABLE(interval_defs);

typedef struct IntervalState
{
	AggregateHead head;
	RowMatrix	rows;
} IntervalState;

/* The rows in order of time, and in order of their scores. */
typedef struct Ranked
{
	int64		rows;
	int64		block;			/* rows */
	int64		episodes;		/* runs of events */
	RankedRow  *row;
	int64	   *times;			/* one more than rows */
} Ranked;

static inline int
compare_ranked(const RankedRow *a, const RankedRow *b)
{
	if (a->score != b->score)
		return a->score < b->score ? -1 : 1;
	return (a->row > b->row) - (a->row < b->row);
}

#define ST_SORT sort_ranked
#define ST_ELEMENT_TYPE RankedRow
#define ST_COMPARE(a, b) compare_ranked(a, b)
#define ST_SCOPE static
#define ST_CHECK_FOR_INTERRUPTS
#define ST_DECLARE
#define ST_DEFINE
#include "lib/sort_template.h"

static IntervalState *
auroc_interval_create(const AggregateHead *head, MemoryContext context)
{
	IntervalState *state = MemoryContextAlloc(context, sizeof(IntervalState));

	RowMatrixInit(&state->rows, context, true, ROW_ELEMENTS);
	return state;
}

static void
auroc_interval_add(IntervalState *state, FunctionCallInfo fcinfo)
{
	const TimeKind kind = state->head.kind;
	int64		at = TimeArg(fcinfo, 3, kind, "at");
	double		score = CheckFiniteAt(PG_GETARG_FLOAT8(1), "score", fcinfo, 3,
									  kind);
	RowElement *row = RowMatrixAdd(&state->rows);

	row[ROW_AT].at = at;
	row[ROW_SCORE].value = score;
	row[ROW_EVENT].value = PG_GETARG_BOOL(2);
}

static void
auroc_interval_merge(IntervalState *state, const IntervalState *other)
{
	RowMatrixMerge(&state->rows, &other->rows);
}

static void
auroc_interval_write(StringInfo buf, const IntervalState *state)
{
	RowMatrixSerialize(buf, &state->rows);
}

static void
auroc_interval_read(StringInfo buf, IntervalState *state)
{
	RowMatrixDeserializeLike(buf, &state->rows, state->head.kind);
}

#define AGGREGATE auroc_interval
#define AGGREGATE_STATE IntervalState
#define AGGREGATE_VALUES 3
#define AGGREGATE_AT 3
#define AGGREGATE_PARAMETERS interval_parameters
#define AGGREGATE_MERGES
#include "foundation/aggregate.h"

/*
 * How many rows a block has on average; all of them where no time has passed.
 */
static int64
rows_of_block(const RowElement *row, int64 rows, const Interval *block)
{
	double		years = YearsBetween(row[ROW_AT].at,
									 row[(rows - 1) * ROW_ELEMENTS].at);
	double		length = rint(SpanYears(block) * ((rows - 1) / years));

	if (years == 0.0 || length >= rows)
		return rows;
	return Max((int64) length, 1);
}

static Ranked
rank_rows(const IntervalState *state)
{
	Ranked		ranked = {.rows = state->rows.count};
	const RowElement *row = RowMatrixSorted(&state->rows);
	bool		before = false;
	int64		i;

	ranked.block = rows_of_block(row, ranked.rows,
								 &state->head.parameter[BLOCK].u.span);
	ranked.row = MemoryContextAllocHuge(CurrentMemoryContext,
										ranked.rows * sizeof(RankedRow));
	ranked.times = MemoryContextAllocHuge(CurrentMemoryContext,
										  (ranked.rows + 1) * sizeof(int64));
	for (i = 0; i < ranked.rows; i++, row += ROW_ELEMENTS)
	{
		bool		event = row[ROW_EVENT].value != 0.0;

		CHECK_FOR_INTERRUPTS();
		ranked.row[i] = (RankedRow) {row[ROW_SCORE].value, i, event};
		ranked.episodes += event && !before;
		before = event;
	}
	sort_ranked(ranked.row, ranked.rows);
	return ranked;
}

/* ---- samples ---- */

static void
fill_times(Ranked *ranked, int64 value)
{
	int64		i;

	for (i = 0; i <= ranked->rows; i++)
	{
		CHECK_FOR_INTERRUPTS();
		ranked->times[i] = value;
	}
}

/*
 * Draw blocks until there are as many rows as there were; the last one may be
 * shorter.
 */
static void
draw_blocks(Ranked *ranked, gsl_rng *generator)
{
	int64		left;
	int64		i;

	fill_times(ranked, 0);
	for (left = ranked->rows; left > 0; left -= ranked->block)
	{
		CHECK_FOR_INTERRUPTS();
		AddBlock(ranked->times, ranked->rows,
				 DrawBelow(generator, ranked->rows),
				 Min(left, ranked->block));
	}
	for (i = 1; i < ranked->rows; i++)
	{
		CHECK_FOR_INTERRUPTS();
		ranked->times[i] += ranked->times[i - 1];
	}
}

static WeightedRoc
roc_of(const Ranked *ranked)
{
	WeightedRoc roc = StartWeightedRoc(ranked->row, ranked->rows,
									   ranked->times);

	while (StepWeightedRoc(&roc, ROWS_AT_ONCE))
		CHECK_FOR_INTERRUPTS();
	return roc;
}

/*
 * The interval of the area; unknown of a sample of less than two blocks, and
 * where most samples have no area.
 */
static void
draw_interval(Ranked *ranked, const ParameterValue *parameter, double *low,
			  double *high)
{
	const int64 replications = parameter[REPLICATIONS].u.count;
	double	   *area = palloc(replications * sizeof(double));
	gsl_rng    *generator = CreateGenerator();
	int64		known = 0;
	int64		i;

	*low = *high = NAN;
	if (ranked->block > ranked->rows / 2)
		return;
	for (i = 0; i < replications; i++)
	{
		WeightedRoc roc;

		SeedGenerator(generator, parameter[SEED].u.count, i);
		draw_blocks(ranked, generator);
		roc = roc_of(ranked);
		area[known] = WeightedArea(&roc);
		known += !isnan(area[known]);
	}
	if (known > replications / 2)
		PercentileInterval(area, known, low, high);
}

/* ---- the result ---- */

Datum
bubble_auroc_interval_finalfn(PG_FUNCTION_ARGS)
{
	const IntervalState *state = STATE_ARG(IntervalState, 0);
	Ranked		ranked;
	WeightedRoc roc;
	double		number[3];		/* the area, low, high */
	Datum		values[RESULT_COLUMNS];
	bool		nulls[RESULT_COLUMNS] = {false};
	int			i;

	if (state == NULL || state->rows.count == 0)
		PG_RETURN_NULL();
	ranked = rank_rows(state);
	fill_times(&ranked, 1);
	roc = roc_of(&ranked);
	number[0] = WeightedArea(&roc);
	number[1] = number[2] = NAN;
	if (!isnan(number[0]))
		draw_interval(&ranked, state->head.parameter, &number[1], &number[2]);
	for (i = 0; i < lengthof(number); i++)
	{
		nulls[i] = isnan(number[i]);
		values[i] = Float8GetDatum(number[i]);
	}
	values[3] = Int64GetDatum(roc.events);
	values[4] = Int64GetDatum(ranked.episodes);
	return HeapTupleGetDatum(heap_form_tuple(ResultRowType(fcinfo), values,
											 nulls));
}
