/*
 * funding_summary_sql.c - SQL function funding_summary
 *
 * All measures of the funding of a group in one row.  Asked for one by one
 * they read and sort the rows as often as there are measures; here the rows
 * are kept once, 16 bytes each, put in order once, and gone through twice:
 * for the sums and for the gaps.
 *
 * Only rows not later than as_of count.  If it is given, those after it are
 * not kept but for their number, because a group whose rows are all later has
 * raised 0 so far; a group without rows is NULL.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "funcapi.h"
#include "libpq/pqformat.h"
#include "miscadmin.h"

#include "foundation/arguments.h"
#include "foundation/result_row.h"
#include "foundation/serialised.h"
#include "funding/gaps_state.h"
#include "funding/velocity_state.h"

typedef struct SummaryState
{
	AggregateHead head;
	VelocitySpec spec;
	int64		observations;	/* usable rows, whatever their time */
	Series		rounds;			/* those not later than as_of */
} SummaryState;

/* Columns of the SQL types funding_summary and funding_summary_date. */
enum
{
	COLUMN_ROUNDS,
	COLUMN_TOTAL,
	COLUMN_VELOCITY,
	COLUMN_ACCELERATION,
	COLUMN_LARGEST_SHARE,
	COLUMN_MEDIAN_GAP,
	COLUMN_LATEST_AT,
	COLUMN_LATEST_AMOUNT,
	SUMMARY_COLUMNS
};

typedef struct SummaryRow
{
	Datum		value[SUMMARY_COLUMNS];
	bool		isnull[SUMMARY_COLUMNS];
} SummaryRow;

PG_FUNCTION_INFO_V1(bubble_funding_summary_finalfn);

/* ---- the state ---- */

#ifdef USE_ASSERT_CHECKING
static void
check_state(const SummaryState *state)
{
	Assert(state->rounds.ties_ordered);
	Assert(SeriesLength(&state->rounds) <= state->observations);
	Assert(state->spec.has_as_of ||
		   SeriesLength(&state->rounds) == state->observations);
}
#else
#define check_state(state) ((void) 0)
#endif

static SummaryState *
funding_summary_create(const AggregateHead *head, MemoryContext context)
{
	SummaryState *state = MemoryContextAllocZero(context,
												 sizeof(SummaryState));

	state->spec = VelocitySpecOf(head);
	SeriesInit(&state->rounds, context, true);
	return state;
}

static void
funding_summary_add(SummaryState *state, FunctionCallInfo fcinfo)
{
	TimeKind	kind = state->head.kind;
	int64		at = TimeArg(fcinfo, 2, kind, "at");
	double		amount = CheckAmountAt(PG_GETARG_FLOAT8(1), "amount", fcinfo,
									   2, kind);

	state->observations++;
	if (!state->spec.has_as_of || at <= state->spec.as_of)
		SeriesAppend(&state->rounds, at, amount);
	check_state(state);
}

static void
funding_summary_merge(SummaryState *state, const SummaryState *other)
{
	state->observations += other->observations;
	SeriesMerge(&state->rounds, &other->rounds);
	check_state(state);
}

static void
funding_summary_write(StringInfo buf, const SummaryState *state)
{
	pq_sendint64(buf, state->observations);
	SeriesSerialize(buf, SeriesInOrder(&state->rounds));
}

static void
funding_summary_read(StringInfo buf, SummaryState *state)
{
	state->observations = RowCountFrom(buf);
	SeriesDeserialize(buf, &state->rounds, state->head.kind);
	if (state->spec.has_as_of ?
		state->observations < SeriesLength(&state->rounds) :
		state->observations != SeriesLength(&state->rounds))
		DamagedStateError("number of rows");
	check_state(state);
}

#define AGGREGATE funding_summary
#define AGGREGATE_STATE SummaryState
#define AGGREGATE_VALUES 2
#define AGGREGATE_AT 2
#define AGGREGATE_PARAMETERS VelocityParameters
#define AGGREGATE_MERGES
#include "foundation/aggregate.h"

/* ---- the row ---- */

static void
set_column(SummaryRow *row, int column, Datum value)
{
	row->value[column] = value;
	row->isnull[column] = false;
}

static SummaryRow
empty_row(void)
{
	SummaryRow	row;

	memset(&row, 0, sizeof(row));
	memset(row.isnull, true, sizeof(row.isnull));
	set_column(&row, COLUMN_ROUNDS, Int64GetDatum(0));
	set_column(&row, COLUMN_TOTAL, Float8GetDatum(0.0));
	set_column(&row, COLUMN_VELOCITY, Float8GetDatum(0.0));
	return row;
}

/*
 * What the sums of amounts tell.  When as_of is known the rows go to those of
 * the velocity one by one (velocity_state.h).
 */
static void
set_sums(SummaryRow *row, const Series *rounds, VelocitySpec spec)
{
	FundingState *flow;
	ExactSum	total;
	double		sum;
	double		largest = 0.0;
	double		acceleration;
	int64		place;

	if (!spec.has_as_of)
		spec.as_of = SeriesAt(rounds, rounds->to - 1);
	spec.has_as_of = true;
	flow = FundingCreate(CurrentMemoryContext, &spec);
	ExactSumInit(&total);
	for (place = rounds->from; place < rounds->to; place++)
	{
		double		amount = SeriesValue(rounds, place);

		CHECK_FOR_INTERRUPTS();
		FundingAdd(flow, SeriesAt(rounds, place), amount, false);
		ExactSumAdd(&total, amount);
		largest = Max(largest, amount);
	}
	sum = CheckResult(ExactSumRound(&total));
	set_column(row, COLUMN_TOTAL, Float8GetDatum(sum));
	set_column(row, COLUMN_VELOCITY, Float8GetDatum(FundingVelocity(flow)));
	if (FundingAcceleration(flow, &acceleration))
		set_column(row, COLUMN_ACCELERATION, Float8GetDatum(acceleration));
	if (sum > 0.0)
		set_column(row, COLUMN_LARGEST_SHARE, Float8GetDatum(largest / sum));
	pfree(flow);
}

static SummaryRow
summary_row(const Series *rounds, const VelocitySpec *spec)
{
	SummaryRow	row = empty_row();
	int64		last = rounds->to - 1;
	double		gap;

	if (SeriesLength(rounds) == 0)
		return row;
	set_column(&row, COLUMN_ROUNDS, Int64GetDatum(SeriesLength(rounds)));
	set_sums(&row, rounds, *spec);
	if (MedianGap(rounds, &gap))
		set_column(&row, COLUMN_MEDIAN_GAP, Float8GetDatum(gap));
	set_column(&row, COLUMN_LATEST_AT,
			   TimeDatum(SeriesAt(rounds, last), spec->kind));
	set_column(&row, COLUMN_LATEST_AMOUNT,
			   Float8GetDatum(SeriesValue(rounds, last)));
	return row;
}

Datum
bubble_funding_summary_finalfn(PG_FUNCTION_ARGS)
{
	SummaryState *state = STATE_ARG(SummaryState, 0);
	TupleDesc	rowtype;
	SummaryRow	row;

	if (state == NULL || state->observations == 0)
		PG_RETURN_NULL();
	rowtype = ResultRowType(fcinfo);
	if (rowtype->natts != SUMMARY_COLUMNS)
		elog(ERROR, "return type must be a funding summary");
	row = summary_row(SeriesInOrder(&state->rounds), &state->spec);
	return HeapTupleGetDatum(heap_form_tuple(rowtype, row.value, row.isnull));
}
