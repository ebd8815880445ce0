/*
 * periods.c - revenue of the last so many periods
 *
 * trailing_periods(amount, period_end, periods [, as_of]) adds up the periods
 * themselves.  A span of time cannot: fiscal years of 52 weeks, with one of 53
 * now and then, end on another day every year, and a year up to one of them
 * holds three, four or five quarters.
 *
 * Counting periods hides one that is missing, whose place an older one takes.
 * It shows as a gap, so the sum is NULL if a gap between two of the periods is
 * longer than one and a half usual ones.  What is usual is told by the gaps
 * between the periods and as many before them, where there are so many:
 *
 *	  periods before     the last "periods" of them
 *	  |     |     |     |     |     |           |
 *	  +-----+-----+-----+-----+-----+-----------+
 *	   usual: the median gap, of two          twice as long: one is missing
 *	   middle ones the smaller
 *
 * Rows of one period_end are one period.
 *
 * The naive way sorts and groups all rows of every frame.  Here, as long as
 * rows come in the order of time, an exact sum (exact_sum.h) follows the last
 * periods, each row entering and leaving it once, and the ends are kept
 * besides: amortised O(1) a row, and O(periods log periods) for the gaps.  In
 * a group, and while rows are out of order, the same is put together from
 * rows in order, from the last one back.
 *
 * Memory: 16 bytes a row, in a window 32.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "postgres.h"

#include "libpq/pqformat.h"
#include "miscadmin.h"

#include "foundation/arguments.h"
#include "foundation/compat.h"
#include "foundation/exact_sum.h"
#include "foundation/series.h"

/* Days of forty years. */
#define MOST_PERIODS 10000

typedef struct PeriodsSpec
{
	TimeKind	kind;
	int32		periods;
	bool		has_as_of;
	int64		as_of;			/* meaningful if has_as_of, otherwise 0 */
} PeriodsSpec;

typedef struct PeriodsState
{
	PeriodsSpec spec;
	Series		rows;			/* not later than as_of */
	bool		following;		/* do the fields below follow the rows? */
	Series		ends;			/* of the periods; values are all 0 */
	int64		taken_from;		/* place of the first row in the sum */
	int32		taken;			/* periods in the sum */
	ExactSum	booked;
} PeriodsState;

PG_FUNCTION_INFO_V1(bubble_trailing_periods_date_transfn);
PG_FUNCTION_INFO_V1(bubble_trailing_periods_timestamptz_transfn);
PG_FUNCTION_INFO_V1(bubble_trailing_periods_date_invtransfn);
PG_FUNCTION_INFO_V1(bubble_trailing_periods_timestamptz_invtransfn);
PG_FUNCTION_INFO_V1(bubble_trailing_periods_combinefn);
PG_FUNCTION_INFO_V1(bubble_trailing_periods_serialfn);
PG_FUNCTION_INFO_V1(bubble_trailing_periods_deserialfn);
PG_FUNCTION_INFO_V1(bubble_trailing_periods_finalfn);

#define ST_SORT sort_gaps
#define ST_ELEMENT_TYPE uint64
#define ST_COMPARE(a, b) (*(a) < *(b) ? -1 : *(a) > *(b))
#define ST_SCOPE static
#define ST_CHECK_FOR_INTERRUPTS
#define ST_DECLARE
#define ST_DEFINE
#include "lib/sort_template.h"

/* ---- the state ---- */

#ifdef USE_ASSERT_CHECKING
static void
check_state(const PeriodsState *state)
{
	Assert(state->spec.periods >= 1 && state->spec.periods <= MOST_PERIODS);
	if (!state->following)
		return;
	Assert(state->rows.disorder == 0);
	Assert(state->taken == Min(SeriesLength(&state->ends),
							   state->spec.periods));
	Assert(state->taken_from >= state->rows.from &&
		   state->taken_from <= state->rows.to);
}
#else
#define check_state(state) ((void) 0)
#endif

static PeriodsState *
create_state(MemoryContext context, const PeriodsSpec *spec)
{
	PeriodsState *state = MemoryContextAllocZero(context,
												 sizeof(PeriodsState));

	state->spec = *spec;
	SeriesInit(&state->rows, context, false);
	SeriesInit(&state->ends, context, false);
	ExactSumInit(&state->booked);
	return state;
}

static void
check_same_spec(const PeriodsSpec *a, const PeriodsSpec *b)
{
	if (a->periods != b->periods)
		ChangedParameterError("periods");
	if (a->as_of != b->as_of)
		ChangedParameterError("as_of");
}

/*
 * Is the row at a place the first one of its period?
 */
static inline bool
begins_period(const Series *rows, int64 place)
{
	return place == rows->from ||
		SeriesAt(rows, place) != SeriesAt(rows, place - 1);
}

/*
 * Let the sum and the ends take in the row at a place, the newest so far.
 */
static void
take_row(PeriodsState *state, const Series *rows, int64 place)
{
	Series	   *ends = &state->ends;

	ExactSumAdd(&state->booked, SeriesValue(rows, place));
	if (!begins_period(rows, place))
		return;
	SeriesAppend(ends, SeriesAt(rows, place), 0.0);
	if (SeriesLength(ends) > 2 * (int64) state->spec.periods)
		SeriesDropFirst(ends);
	state->taken++;
	if (state->taken <= state->spec.periods)
		return;
	do
	{
		CHECK_FOR_INTERRUPTS();
		ExactSumSubtract(&state->booked,
						 SeriesValue(rows, state->taken_from));
		state->taken_from++;
	} while (!begins_period(rows, state->taken_from));
	state->taken--;
}

/*
 * Put the same together afresh from rows in order: from as many periods, if
 * there are so many, as gaps are looked at.
 */
static void
settle(PeriodsState *state, const Series *rows)
{
	int64		first = rows->to;
	int64		left = 2 * (int64) state->spec.periods;
	int64		place;

	while (first > rows->from && left > 0)
	{
		CHECK_FOR_INTERRUPTS();
		first--;
		if (begins_period(rows, first))
			left--;
	}
	ExactSumInit(&state->booked);
	while (SeriesLength(&state->ends) > 0)
		SeriesDropFirst(&state->ends);
	state->taken = 0;
	state->taken_from = first;
	for (place = first; place < rows->to; place++)
	{
		CHECK_FOR_INTERRUPTS();
		take_row(state, rows, place);
	}
}

/*
 * Add a row; "follow" keeps the sum up to date.
 */
static void
add_row(PeriodsState *state, int64 period_end, double amount, bool follow)
{
	Series	   *rows = &state->rows;

	if (state->spec.has_as_of && period_end > state->spec.as_of)
		return;
	SeriesAppend(rows, period_end, amount);
	if (!follow || rows->disorder > 0)
		state->following = false;
	else if (state->following)
		take_row(state, rows, rows->to - 1);
	else
	{
		settle(state, rows);
		state->following = true;
	}
	check_state(state);
}

/*
 * Take the first row, which a window that follows leaves behind, out of the
 * sum and the ends.
 */
static void
forget_first(PeriodsState *state)
{
	const Series *rows = &state->rows;
	const Series *ends = &state->ends;
	int64		first = rows->from;
	bool		ends_period = SeriesLength(rows) == 1 ||
		begins_period(rows, first + 1);

	if (first == state->taken_from)
	{
		ExactSumSubtract(&state->booked, SeriesValue(rows, first));
		state->taken_from++;
		state->taken -= ends_period;
	}
	if (ends_period && SeriesAt(ends, ends->from) == SeriesAt(rows, first))
		SeriesDropFirst(&state->ends);
}

/*
 * Take out the row that was added first.
 */
static void
remove_row(PeriodsState *state, int64 period_end)
{
	if (state->spec.has_as_of && period_end > state->spec.as_of)
		return;
	if (state->following)
		forget_first(state);
	SeriesDropFirst(&state->rows);
	check_state(state);
}

/* ---- the result ---- */

/*
 * The gap before the end at a place.
 */
static inline uint64
gap_before(const Series *ends, int64 place)
{
	return (uint64) SeriesAt(ends, place) - (uint64) SeriesAt(ends, place - 1);
}

/*
 * The smaller one of the middle gaps.
 */
static uint64
usual_gap(const Series *ends)
{
	int64		count = SeriesLength(ends) - 1;
	uint64	   *gap = palloc(count * sizeof(uint64));
	uint64		usual;
	int64		i;

	for (i = 0; i < count; i++)
		gap[i] = gap_before(ends, ends->from + 1 + i);
	sort_gaps(gap, count);
	usual = gap[(count - 1) / 2];
	pfree(gap);
	return usual;
}

/*
 * Is a gap between the last periods longer than one and a half usual ones?
 */
static bool
period_is_missing(const PeriodsState *state)
{
	const Series *ends = &state->ends;
	uint64		usual;
	int64		place;

	if (state->taken < 2)
		return false;
	usual = usual_gap(ends);
	for (place = ends->to - state->taken + 1; place < ends->to; place++)
	{
		uint64		gap = gap_before(ends, place);

		if (gap > usual && gap - usual > usual / 2)
			return true;
	}
	return false;
}

/*
 * The state itself if its sum is up to date, otherwise a copy that is: final
 * functions must not change their state.
 */
static const PeriodsState *
settled(const PeriodsState *state)
{
	PeriodsState *copy;

	if (state->following && state->rows.disorder == 0)
		return state;
	copy = create_state(CurrentMemoryContext, &state->spec);
	settle(copy, SeriesInOrder(&state->rows));
	return copy;
}

/*
 * NULL where there are fewer periods or one is missing.
 */
Datum
bubble_trailing_periods_finalfn(PG_FUNCTION_ARGS)
{
	const PeriodsState *state = STATE_ARG(PeriodsState, 0);

	if (state == NULL || SeriesLength(&state->rows) == 0)
		PG_RETURN_NULL();
	state = settled(state);
	if (state->taken < state->spec.periods || period_is_missing(state))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(CheckResult(ExactSumRound(&state->booked)));
}

/* ---- transitions ---- */

static int32
periods_arg(FunctionCallInfo fcinfo, int argno)
{
	int64		periods;

	if (PG_ARGISNULL(argno))
		NullParameterError("periods");
	periods = PG_GETARG_INT64(argno);
	if (periods < 1)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("periods must be positive"),
				 errdetail("The number of periods is " INT64_FORMAT ".",
						   periods),
				 errhint("Use 4 for the four quarters of a year.")));
	if (periods > MOST_PERIODS)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("too many periods"),
				 errdetail("The number of periods is " INT64_FORMAT
						   ", the most is %d.", periods, MOST_PERIODS),
				 errhint("Use sum() for all periods, or trailing_revenue() "
						 "for a span of time.")));
	return (int32) periods;
}

/*
 * The parameters behind (amount, period_end).
 */
static PeriodsSpec
spec_args(FunctionCallInfo fcinfo, TimeKind kind)
{
	PeriodsSpec spec = {0};

	spec.kind = kind;
	spec.periods = periods_arg(fcinfo, 3);
	spec.has_as_of = PG_NARGS() > 4;
	if (spec.has_as_of)
		spec.as_of = TimeParameterArg(fcinfo, 4, kind, "as_of");
	return spec;
}

static Datum
periods_transfn(FunctionCallInfo fcinfo, TimeKind kind)
{
	PeriodsState *state = STATE_ARG(PeriodsState, 0);
	MemoryContext context = AggregateContext(fcinfo);
	PeriodsSpec spec = spec_args(fcinfo, kind);

	/* In moving frames there must be a state even when all rows are NULL. */
	if (state == NULL)
		state = create_state(context, &spec);
	else
		check_same_spec(&state->spec, &spec);
	if (!RowIsNull(fcinfo))
		add_row(state, TimeArg(fcinfo, 2, kind, "period_end"),
				CheckFiniteAt(PG_GETARG_FLOAT8(1), "amount", fcinfo, 2, kind),
				InWindow(fcinfo));
	PG_RETURN_POINTER(state);
}

Datum
bubble_trailing_periods_date_transfn(PG_FUNCTION_ARGS)
{
	return periods_transfn(fcinfo, TIME_IS_DATE);
}

Datum
bubble_trailing_periods_timestamptz_transfn(PG_FUNCTION_ARGS)
{
	return periods_transfn(fcinfo, TIME_IS_TIMESTAMPTZ);
}

static Datum
periods_invtransfn(FunctionCallInfo fcinfo, TimeKind kind)
{
	PeriodsState *state = STATE_ARG(PeriodsState, 0);

	(void) AggregateContext(fcinfo);
	if (!RowIsNull(fcinfo))
		remove_row(state, TimeArg(fcinfo, 2, kind, "period_end"));
	RETURN_STATE(state);
}

Datum
bubble_trailing_periods_date_invtransfn(PG_FUNCTION_ARGS)
{
	return periods_invtransfn(fcinfo, TIME_IS_DATE);
}

Datum
bubble_trailing_periods_timestamptz_invtransfn(PG_FUNCTION_ARGS)
{
	return periods_invtransfn(fcinfo, TIME_IS_TIMESTAMPTZ);
}

Datum
bubble_trailing_periods_combinefn(PG_FUNCTION_ARGS)
{
	PeriodsState *state = STATE_ARG(PeriodsState, 0);
	PeriodsState *other = STATE_ARG(PeriodsState, 1);
	MemoryContext context = AggregateContext(fcinfo);

	if (other == NULL)
		RETURN_STATE(state);
	if (state == NULL)
		state = create_state(context, &other->spec);
	else
		check_same_spec(&state->spec, &other->spec);
	SeriesMerge(&state->rows, &other->rows);
	PG_RETURN_POINTER(state);
}

Datum
bubble_trailing_periods_serialfn(PG_FUNCTION_ARGS)
{
	PeriodsState *state;
	StringInfoData buf;

	(void) AggregateContext(fcinfo);
	state = (PeriodsState *) PG_GETARG_POINTER(0);
	pq_begintypsend(&buf);
	pq_sendbyte(&buf, state->spec.kind);
	pq_sendint32(&buf, state->spec.periods);
	pq_sendbyte(&buf, state->spec.has_as_of);
	pq_sendint64(&buf, state->spec.as_of);
	SeriesSerialize(&buf, &state->rows);
	PG_RETURN_BYTEA_P(pq_endtypsend(&buf));
}

Datum
bubble_trailing_periods_deserialfn(PG_FUNCTION_ARGS)
{
	PeriodsSpec spec = {0};
	PeriodsState *state;
	StringInfoData buf;

	OpenAggregateBytea(fcinfo, 0, &buf);
	spec.kind = pq_getmsgbyte(&buf);
	spec.periods = (int32) pq_getmsgint(&buf, 4);
	spec.has_as_of = pq_getmsgbyte(&buf) != 0;
	spec.as_of = pq_getmsgint64(&buf);
	state = create_state(CurrentMemoryContext, &spec);
	SeriesDeserialize(&buf, &state->rows);
	pq_getmsgend(&buf);
	PG_RETURN_POINTER(state);
}
