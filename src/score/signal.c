/*
 * signal.c - does a score warn?
 *
 * A score is given to each row and later it turns out whether the event came.
 * Both are collected in two samples: scores before an event, scores before
 * none.  Where only a threshold matters, four counts will do.
 *
 *					event came		event did not come
 *	score >= theta	hit				false alarm
 *	score <  theta	miss			quiet
 *
 * References: G. L. Kaminsky, C. M. Reinhart, The twin crises, American
 * Economic Review 89(3), 1999; L. Alessi, C. Detken, Quasi real time early
 * warning indicators for costly asset price boom/bust cycles, European
 * Journal of Political Economy 27(3), 2011; J. A. Hanley, B. J. McNeil, The
 * meaning and use of the area under a ROC curve, Radiology 143(1), 1982.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "postgres.h"

#include <math.h>

#include "access/htup_details.h"
#include "funcapi.h"
#include "libpq/pqformat.h"
#include "miscadmin.h"

#include "foundation/arguments.h"
#include "foundation/result_row.h"
#include "foundation/sample.h"
#include "score/loss.h"

PG_FUNCTION_INFO_V1(bubble_warnings_transfn);
PG_FUNCTION_INFO_V1(bubble_warnings_combinefn);
PG_FUNCTION_INFO_V1(bubble_warnings_serialfn);
PG_FUNCTION_INFO_V1(bubble_warnings_deserialfn);
PG_FUNCTION_INFO_V1(bubble_auroc_finalfn);
PG_FUNCTION_INFO_V1(bubble_best_threshold_finalfn);
PG_FUNCTION_INFO_V1(bubble_signal_quality_transfn);
PG_FUNCTION_INFO_V1(bubble_signal_quality_combinefn);
PG_FUNCTION_INFO_V1(bubble_signal_quality_serialfn);
PG_FUNCTION_INFO_V1(bubble_signal_quality_deserialfn);
PG_FUNCTION_INFO_V1(bubble_signal_quality_finalfn);

#define EQUAL_PREFERENCE 0.5

/* ---- rates ---- */

/* A rate of nothing is NaN. */
static double
hit_rate(const SignalCounts *counts)
{
	return (double) counts->hits / (counts->hits + counts->misses);
}

static double
false_alarm_rate(const SignalCounts *counts)
{
	return (double) counts->false_alarms /
		(counts->false_alarms + counts->quiet);
}

/*
 * How much better than the best of two policies that need no score, always
 * and never to warn, for somebody to whom a missed event is worth
 * "preference" and a false alarm 1 - preference.
 */
static double
usefulness(const SignalCounts *counts, double preference)
{
	return Min(preference, 1.0 - preference) -
		(preference * (1.0 - hit_rate(counts)) +
		 (1.0 - preference) * false_alarm_rate(counts));
}

static double
preference_arg(FunctionCallInfo fcinfo, int argno)
{
	double		preference;

	if (PG_NARGS() <= argno)
		return EQUAL_PREFERENCE;
	if (PG_ARGISNULL(argno))
		NullParameterError("preference");
	preference = PG_GETARG_FLOAT8(argno);
	if (!(preference > 0.0 && preference < 1.0))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("preference must be between 0 and 1"),
				 errdetail("The preference is %g.", preference),
				 errhint("0.5 weighs missed events and false alarms alike; "
						 "more of it fears missed events more.")));
	return preference;
}

/* ---- scores before events and before none ---- */

typedef struct WarningState
{
	double		preference;
	Sample		before[2];		/* before no event, before an event */
} WarningState;

static WarningState *
create_state(MemoryContext context, double preference)
{
	WarningState *state = MemoryContextAlloc(context, sizeof(WarningState));

	state->preference = preference;
	SampleInit(&state->before[false], context, false);
	SampleInit(&state->before[true], context, false);
	return state;
}

static void
check_same_preference(double a, double b)
{
	if (a != b)
		ChangedParameterError("preference");
}

/*
 * (score, event [, preference])
 */
Datum
bubble_warnings_transfn(PG_FUNCTION_ARGS)
{
	WarningState *state = STATE_ARG(WarningState, 0);
	MemoryContext context = AggregateContext(fcinfo);
	double		preference = preference_arg(fcinfo, 3);

	if (state == NULL)
		state = create_state(context, preference);
	check_same_preference(state->preference, preference);
	if (!RowIsNull(fcinfo))
		SampleAdd(&state->before[PG_GETARG_BOOL(2)],
				  CheckFinite(PG_GETARG_FLOAT8(1), "score"));
	PG_RETURN_POINTER(state);
}

Datum
bubble_warnings_combinefn(PG_FUNCTION_ARGS)
{
	WarningState *state = STATE_ARG(WarningState, 0);
	WarningState *other = STATE_ARG(WarningState, 1);
	MemoryContext context = AggregateContext(fcinfo);

	if (other == NULL)
		RETURN_STATE(state);
	if (state == NULL)
		state = create_state(context, other->preference);
	check_same_preference(state->preference, other->preference);
	SampleMerge(&state->before[false], &other->before[false]);
	SampleMerge(&state->before[true], &other->before[true]);
	PG_RETURN_POINTER(state);
}

Datum
bubble_warnings_serialfn(PG_FUNCTION_ARGS)
{
	WarningState *state;
	StringInfoData buf;

	(void) AggregateContext(fcinfo);
	state = (WarningState *) PG_GETARG_POINTER(0);
	pq_begintypsend(&buf);
	pq_sendfloat8(&buf, state->preference);
	SampleSerialize(&buf, &state->before[false]);
	SampleSerialize(&buf, &state->before[true]);
	PG_RETURN_BYTEA_P(pq_endtypsend(&buf));
}

Datum
bubble_warnings_deserialfn(PG_FUNCTION_ARGS)
{
	WarningState *state;
	StringInfoData buf;

	OpenAggregateBytea(fcinfo, 0, &buf);
	state = create_state(CurrentMemoryContext, pq_getmsgfloat8(&buf));
	SampleDeserialize(&buf, &state->before[false]);
	SampleDeserialize(&buf, &state->before[true]);
	pq_getmsgend(&buf);
	PG_RETURN_POINTER(state);
}

/*
 * The state of a final function if both kinds of rows have come.
 */
static const WarningState *
both_kinds(FunctionCallInfo fcinfo)
{
	const WarningState *state = STATE_ARG(WarningState, 0);

	if (state == NULL || state->before[false].count == 0 ||
		state->before[true].count == 0)
		return NULL;
	return state;
}

/*
 * The probability that of two rows drawn at random the one before an event
 * has the higher score, ties counting half: the Mann-Whitney statistic over
 * the number of pairs.
 */
Datum
bubble_auroc_finalfn(PG_FUNCTION_ARGS)
{
	const WarningState *state = both_kinds(fcinfo);
	const double *event;
	const double *none;
	int64		events;
	int64		nones;
	int64		below = 0;		/* scores before none below this event's */
	int64		not_above = 0;
	int64		halves = 0;		/* half pairs that rank as they should */
	int64		i;

	if (state == NULL)
		PG_RETURN_NULL();
	event = SampleSorted(&state->before[true]);
	none = SampleSorted(&state->before[false]);
	events = state->before[true].count;
	nones = state->before[false].count;
	for (i = 0; i < events; i++)
	{
		CHECK_FOR_INTERRUPTS();
		for (; below < nones && none[below] < event[i]; below++)
			CHECK_FOR_INTERRUPTS();
		not_above = Max(not_above, below);
		for (; not_above < nones && none[not_above] == event[i]; not_above++)
			CHECK_FOR_INTERRUPTS();
		halves += below + not_above;
	}
	PG_RETURN_FLOAT8((double) halves / (2.0 * events * nones));
}

/*
 * Let all rows with the highest score that is left warn.  Returns that score.
 */
static double
lower_threshold(SignalCounts *counts, const double *event, const double *none)
{
	double		score = Max(
		counts->misses > 0 ? event[counts->misses - 1] : -INFINITY,
		counts->quiet > 0 ? none[counts->quiet - 1] : -INFINITY);

	for (; counts->misses > 0 && event[counts->misses - 1] == score;
		 counts->misses--)
	{
		CHECK_FOR_INTERRUPTS();
		counts->hits++;
	}
	for (; counts->quiet > 0 && none[counts->quiet - 1] == score;
		 counts->quiet--)
	{
		CHECK_FOR_INTERRUPTS();
		counts->false_alarms++;
	}
	return score;
}

/*
 * The score that makes the most useful threshold, the one that loses least,
 * and the highest of several.  Walks down through all scores.
 */
Datum
bubble_best_threshold_finalfn(PG_FUNCTION_ARGS)
{
	const WarningState *state = both_kinds(fcinfo);
	SignalCounts counts = {0};
	SignalCounts best;
	Preference	preference;
	const double *event;
	const double *none;
	double		threshold;

	if (state == NULL)
		PG_RETURN_NULL();
	preference = PreferenceOf(state->preference);
	event = SampleSorted(&state->before[true]);
	none = SampleSorted(&state->before[false]);
	counts.misses = state->before[true].count;
	counts.quiet = state->before[false].count;
	threshold = lower_threshold(&counts, event, none);
	best = counts;
	while (counts.misses + counts.quiet > 0)
	{
		double		score = lower_threshold(&counts, event, none);

		if (CompareLosses(&preference, &counts, &best) < 0)
		{
			best = counts;
			threshold = score;
		}
	}
	PG_RETURN_FLOAT8(threshold);
}

/* ---- signal_quality(score, event, threshold [, preference]) ---- */

#define QUALITY_COLUMNS 9

typedef struct QualityState
{
	double		threshold;
	double		preference;
	SignalCounts counts;
} QualityState;

static void
check_same_threshold(double a, double b)
{
	if (a != b)
		ChangedParameterError("threshold");
}

static void
count_row(SignalCounts *counts, bool warned, bool event)
{
	if (event)
		(*(warned ? &counts->hits : &counts->misses))++;
	else
		(*(warned ? &counts->false_alarms : &counts->quiet))++;
}

static double
threshold_arg(FunctionCallInfo fcinfo, int argno)
{
	double		threshold;

	if (PG_ARGISNULL(argno))
		NullParameterError("threshold");
	threshold = PG_GETARG_FLOAT8(argno);
	if (!isfinite(threshold))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("threshold must be finite"),
				 errdetail("The threshold is %g.", threshold),
				 errhint("Use the score from which on it warns, such as "
						 "80.")));
	return threshold;
}

Datum
bubble_signal_quality_transfn(PG_FUNCTION_ARGS)
{
	QualityState *state = STATE_ARG(QualityState, 0);
	MemoryContext context = AggregateContext(fcinfo);
	double		preference = preference_arg(fcinfo, 4);
	double		threshold = threshold_arg(fcinfo, 3);

	if (state == NULL)
	{
		state = MemoryContextAllocZero(context, sizeof(QualityState));
		state->threshold = threshold;
		state->preference = preference;
	}
	check_same_threshold(state->threshold, threshold);
	check_same_preference(state->preference, preference);
	if (!RowIsNull(fcinfo))
		count_row(&state->counts,
				  CheckFinite(PG_GETARG_FLOAT8(1), "score") >= threshold,
				  PG_GETARG_BOOL(2));
	PG_RETURN_POINTER(state);
}

Datum
bubble_signal_quality_combinefn(PG_FUNCTION_ARGS)
{
	QualityState *state = STATE_ARG(QualityState, 0);
	QualityState *other = STATE_ARG(QualityState, 1);
	MemoryContext context = AggregateContext(fcinfo);

	if (other == NULL)
		RETURN_STATE(state);
	if (state == NULL)
	{
		state = MemoryContextAlloc(context, sizeof(QualityState));
		*state = *other;
		PG_RETURN_POINTER(state);
	}
	check_same_threshold(state->threshold, other->threshold);
	check_same_preference(state->preference, other->preference);
	state->counts.hits += other->counts.hits;
	state->counts.misses += other->counts.misses;
	state->counts.false_alarms += other->counts.false_alarms;
	state->counts.quiet += other->counts.quiet;
	PG_RETURN_POINTER(state);
}

Datum
bubble_signal_quality_serialfn(PG_FUNCTION_ARGS)
{
	QualityState *state;
	StringInfoData buf;

	(void) AggregateContext(fcinfo);
	state = (QualityState *) PG_GETARG_POINTER(0);
	pq_begintypsend(&buf);
	pq_sendfloat8(&buf, state->threshold);
	pq_sendfloat8(&buf, state->preference);
	pq_sendint64(&buf, state->counts.hits);
	pq_sendint64(&buf, state->counts.misses);
	pq_sendint64(&buf, state->counts.false_alarms);
	pq_sendint64(&buf, state->counts.quiet);
	PG_RETURN_BYTEA_P(pq_endtypsend(&buf));
}

Datum
bubble_signal_quality_deserialfn(PG_FUNCTION_ARGS)
{
	QualityState *state = palloc(sizeof(QualityState));
	StringInfoData buf;

	OpenAggregateBytea(fcinfo, 0, &buf);
	state->threshold = pq_getmsgfloat8(&buf);
	state->preference = pq_getmsgfloat8(&buf);
	state->counts.hits = pq_getmsgint64(&buf);
	state->counts.misses = pq_getmsgint64(&buf);
	state->counts.false_alarms = pq_getmsgint64(&buf);
	state->counts.quiet = pq_getmsgint64(&buf);
	pq_getmsgend(&buf);
	PG_RETURN_POINTER(state);
}

/*
 * A rate that there is not is NULL.
 */
static void
put_rate(double rate, Datum *value, bool *isnull)
{
	*isnull = !isfinite(rate);
	*value = Float8GetDatum(*isnull ? 0.0 : rate);
}

Datum
bubble_signal_quality_finalfn(PG_FUNCTION_ARGS)
{
	const QualityState *state = STATE_ARG(QualityState, 0);
	const SignalCounts *counts;
	Datum		values[QUALITY_COLUMNS];
	bool		nulls[QUALITY_COLUMNS] = {false};

	if (state == NULL)
		PG_RETURN_NULL();
	counts = &state->counts;
	if (counts->hits + counts->misses + counts->false_alarms +
		counts->quiet == 0)
		PG_RETURN_NULL();
	values[0] = Float8GetDatum(state->threshold);
	values[1] = Int64GetDatum(counts->hits);
	values[2] = Int64GetDatum(counts->misses);
	values[3] = Int64GetDatum(counts->false_alarms);
	values[4] = Int64GetDatum(counts->quiet);
	put_rate(hit_rate(counts), &values[5], &nulls[5]);
	put_rate(false_alarm_rate(counts), &values[6], &nulls[6]);
	put_rate(false_alarm_rate(counts) / hit_rate(counts), &values[7],
			 &nulls[7]);
	put_rate(usefulness(counts, state->preference), &values[8], &nulls[8]);
	return HeapTupleGetDatum(heap_form_tuple(ResultRowType(fcinfo), values,
											 nulls));
}
