/*
 * signal_quality_sql.c - SQL function
 * signal_quality(score, event, threshold [, preference])
 *
 * Where only a threshold matters, four counts will do.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "postgres.h"

#include <math.h>

#include "access/htup_details.h"
#include "funcapi.h"
#include "libpq/pqformat.h"

#include "foundation/aggregate_head.h"
#include "foundation/arguments.h"
#include "foundation/result_row.h"
#include "foundation/serialised.h"
#include "warning/preference_arguments.h"
#include "warning/signal.h"

#define RESULT_COLUMNS 9

PG_FUNCTION_INFO_V1(bubble_signal_quality_finalfn);

typedef struct QualityState
{
	AggregateHead head;
	SignalCounts counts;
} QualityState;

enum
{
	THRESHOLD,
	PREFERENCE
};

static const ParameterDef quality_defs[] = {
	[THRESHOLD] = {"threshold", PARAMETER_NUMBER,
		.hint = "Use the score from which on it warns, such as 80."},
	[PREFERENCE] = PREFERENCE_PARAMETER
};
static const ParameterTable quality_parameters = PARAMETER_TABLE(quality_defs);

static QualityState *
signal_quality_create(const AggregateHead *head, MemoryContext context)
{
	return MemoryContextAllocZero(context, sizeof(QualityState));
}

static void
signal_quality_add(QualityState *state, FunctionCallInfo fcinfo)
{
	SignalCounts *counts = &state->counts;
	double		score = CheckFinite(PG_GETARG_FLOAT8(1), "score");
	bool		warned = score >= state->head.parameter[THRESHOLD].u.number;

	if (PG_GETARG_BOOL(2))
		(*(warned ? &counts->hits : &counts->misses))++;
	else
		(*(warned ? &counts->false_alarms : &counts->quiet))++;
}

static void
signal_quality_merge(QualityState *state, const QualityState *other)
{
	state->counts.hits += other->counts.hits;
	state->counts.misses += other->counts.misses;
	state->counts.false_alarms += other->counts.false_alarms;
	state->counts.quiet += other->counts.quiet;
}

static void
signal_quality_write(StringInfo buf, const QualityState *state)
{
	pq_sendint64(buf, state->counts.hits);
	pq_sendint64(buf, state->counts.misses);
	pq_sendint64(buf, state->counts.false_alarms);
	pq_sendint64(buf, state->counts.quiet);
}

static void
signal_quality_read(StringInfo buf, QualityState *state)
{
	state->counts.hits = RowCountFrom(buf);
	state->counts.misses = RowCountFrom(buf);
	state->counts.false_alarms = RowCountFrom(buf);
	state->counts.quiet = RowCountFrom(buf);
}

#define AGGREGATE signal_quality
#define AGGREGATE_STATE QualityState
#define AGGREGATE_VALUES 2
#define AGGREGATE_PARAMETERS quality_parameters
#define AGGREGATE_MERGES
#include "foundation/aggregate.h"

/*
 * A rate of nothing is NULL.
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
	const ParameterValue *parameter;
	Datum		values[RESULT_COLUMNS];
	bool		nulls[RESULT_COLUMNS] = {false};

	if (state == NULL)
		PG_RETURN_NULL();
	counts = &state->counts;
	parameter = state->head.parameter;
	if (counts->hits + counts->misses + counts->false_alarms +
		counts->quiet == 0)
		PG_RETURN_NULL();
	values[0] = Float8GetDatum(parameter[THRESHOLD].u.number);
	values[1] = Int64GetDatum(counts->hits);
	values[2] = Int64GetDatum(counts->misses);
	values[3] = Int64GetDatum(counts->false_alarms);
	values[4] = Int64GetDatum(counts->quiet);
	put_rate(HitRate(counts), &values[5], &nulls[5]);
	put_rate(FalseAlarmRate(counts), &values[6], &nulls[6]);
	put_rate(FalseAlarmRate(counts) / HitRate(counts), &values[7], &nulls[7]);
	put_rate(Usefulness(counts, parameter[PREFERENCE].u.number), &values[8],
			 &nulls[8]);
	return HeapTupleGetDatum(heap_form_tuple(ResultRowType(fcinfo), values,
											 nulls));
}
