/*
 * calibration_sql.c - SQL function calibration(score, event [, bins])
 *
 * Which share of the rows with such a score was followed by the event?  Bins
 * hold as many rows each, as far as equal scores, which are never parted, let
 * them: the bin of a row is told by how many rows have a lower score.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "miscadmin.h"

#include "foundation/arguments.h"
#include "foundation/compensated_sum.h"
#include "foundation/proportion.h"
#include "foundation/result_row.h"
#include "warning/warnings_state.h"

#define DEFAULT_BINS 10
#define MOST_BINS 1000

#define RESULT_COLUMNS 9

PG_FUNCTION_INFO_V1(bubble_calibration_finalfn);

static const ParameterDef calibration_defs[] = {
	{"bins", PARAMETER_COUNT, .sized = true, .least = 1, .most = MOST_BINS,
		.number = DEFAULT_BINS, .hint = "Use 10 for tenths of the rows."}
};
static const ParameterTable calibration_parameters =
PARAMETER_TABLE(calibration_defs);

/* The rows of one bin. */
typedef struct Bin
{
	int64		number;			/* from 0 */
	int64		rows;
	int64		events;
	double		lowest;
	double		highest;
	CompensatedSum scores;
} Bin;

/* All rows in order of their scores. */
typedef struct ScoreWalk
{
	const double *score[2];		/* before none, before an event: ascending */
	int64		count[2];
	int64		next[2];
} ScoreWalk;

static WarningState *
calibration_create(const AggregateHead *head, MemoryContext context)
{
	return WarningCreate(context);
}

#define calibration_add WarningAdd
#define calibration_merge WarningMerge
#define calibration_write WarningWrite
#define calibration_read WarningRead

#define AGGREGATE calibration
#define AGGREGATE_STATE WarningState
#define AGGREGATE_VALUES 2
#define AGGREGATE_PARAMETERS calibration_parameters
#define AGGREGATE_MERGES
#include "foundation/aggregate.h"

static HeapTuple
bin_row(TupleDesc rowtype, const Bin *bin)
{
	const Proportion share = ProportionOf(bin->events, bin->rows);
	Datum		values[RESULT_COLUMNS];
	bool		nulls[RESULT_COLUMNS] = {false};

	if (rowtype->natts != RESULT_COLUMNS)
		elog(ERROR, "return type must be a row of a calibration");
	values[0] = Int64GetDatum(bin->number + 1);
	values[1] = Float8GetDatum(bin->lowest);
	values[2] = Float8GetDatum(bin->highest);
	values[3] = Float8GetDatum(CheckResult(CompensatedTotal(&bin->scores)) /
							   bin->rows);
	values[4] = Int64GetDatum(bin->rows);
	values[5] = Int64GetDatum(bin->events);
	values[6] = Float8GetDatum(share.share);
	values[7] = Float8GetDatum(share.low);
	values[8] = Float8GetDatum(share.high);
	return heap_form_tuple(rowtype, values, nulls);
}

static bool
is_left(const ScoreWalk *walk, int kind)
{
	return walk->next[kind] < walk->count[kind];
}

static double
next_score(const ScoreWalk *walk, int kind)
{
	Assert(is_left(walk, kind));
	return walk->score[kind][walk->next[kind]];
}

/*
 * The lowest score that is left.
 */
static double
lowest_left(const ScoreWalk *walk)
{
	if (!is_left(walk, true))
		return next_score(walk, false);
	if (!is_left(walk, false))
		return next_score(walk, true);
	return Min(next_score(walk, false), next_score(walk, true));
}

/*
 * Put all rows of one score into a bin.
 */
static void
take_score(ScoreWalk *walk, double score, Bin *bin)
{
	int			kind;

	if (bin->rows == 0)
		bin->lowest = score;
	bin->highest = score;
	for (kind = 0; kind < 2; kind++)
		for (; is_left(walk, kind) && next_score(walk, kind) == score;
			 walk->next[kind]++)
		{
			CHECK_FOR_INTERRUPTS();
			bin->rows++;
			bin->events += kind;
			CompensatedAdd(&bin->scores, score);
		}
}

static ScoreWalk
start_walk(const WarningState *state)
{
	ScoreWalk	walk = {.next = {0}};
	int			kind;

	for (kind = 0; kind < 2; kind++)
	{
		walk.count[kind] = state->before[kind].count;
		if (walk.count[kind] > 0)
			walk.score[kind] = SampleSorted(&state->before[kind]);
	}
	return walk;
}

Datum
bubble_calibration_finalfn(PG_FUNCTION_ARGS)
{
	const WarningState *state = STATE_ARG(WarningState, 0);
	ScoreWalk	walk;
	Bin			bin = {0};
	RowList		list;
	int64		rows;
	int64		below;

	rows = state == NULL ? 0 :
		state->before[false].count + state->before[true].count;
	if (rows == 0)
		PG_RETURN_NULL();
	walk = start_walk(state);
	list = StartRowList(fcinfo);
	for (below = 0; below < rows; below = walk.next[false] + walk.next[true])
	{
		int64		number = below * state->head.parameter[0].u.count / rows;

		if (number > bin.number)
		{
			RowListAdd(&list, bin_row(list.rowtype, &bin));
			bin = (Bin) {.number = number};
		}
		take_score(&walk, lowest_left(&walk), &bin);
	}
	RowListAdd(&list, bin_row(list.rowtype, &bin));
	return RowListResult(&list);
}
