/*
 * crash_odds_sql.c - SQL functions crash_odds(attribute, crashed [,
 * thresholds]) and crash_odds(attribute, crashed, cluster, thresholds [,
 * replications [, seed]])
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "catalog/pg_type.h"

#include "boom/odds_state.h"
#include "foundation/aggregate_head.h"
#include "foundation/arguments.h"
#include "foundation/resample.h"
#include "foundation/result_row.h"

#define MOST_THRESHOLDS 1000

#define RESULT_COLUMNS 7

PG_FUNCTION_INFO_V1(bubble_crash_odds_finalfn);
PG_FUNCTION_INFO_V1(bubble_clustered_crash_odds_finalfn);

enum
{
	THRESHOLDS,
	REPLICATIONS,
	SEED
};

#define THRESHOLDS_PARAMETER {"thresholds", PARAMETER_ARRAY, .omissible = true}

static const ParameterDef odds_defs[] = {[THRESHOLDS] = THRESHOLDS_PARAMETER};
static const ParameterTable odds_parameters = PARAMETER_TABLE(odds_defs);
static const ParameterDef clustered_defs[] = {
	[THRESHOLDS] = THRESHOLDS_PARAMETER,
	[REPLICATIONS] = RESAMPLES_PARAMETER,
	[SEED] = RESAMPLE_SEED_PARAMETER
};
static const ParameterTable clustered_parameters =
PARAMETER_TABLE(clustered_defs);

/* Those of the published table. */
static const double usual_thresholds[] = {0.5, 0.75, 1.0, 1.25, 1.5};

typedef struct OddsState
{
	AggregateHead head;
	Episodes	episodes;
} OddsState;

/* ---- thresholds ---- */

static void
check_thresholds(const ArrayType *array)
{
	int			count = ArrayGetNItems(ARR_NDIM(array), ARR_DIMS(array));

	if (ARR_NDIM(array) != 1 || count > MOST_THRESHOLDS)
		ereport(ERROR,
				(errcode(count > MOST_THRESHOLDS ?
						 ERRCODE_PROGRAM_LIMIT_EXCEEDED :
						 ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("\"thresholds\" must be an array of 1 to %d numbers",
						MOST_THRESHOLDS),
				 errdetail("The array has %d dimensions and %d elements.",
						   ARR_NDIM(array), count),
				 errhint("Write ARRAY[0.5, 1, 1.5].")));
	if (array_contains_nulls(unconstify(ArrayType *, array)))
		NullParameterError("thresholds");
}

/*
 * The thresholds, which are finite, and their number.
 */
static const double *
thresholds_of(const ParameterValue *parameter, int *count)
{
	const ArrayType *array;
	const double *threshold;
	int			i;

	*count = lengthof(usual_thresholds);
	if (!parameter->given)
		return usual_thresholds;
	array = DatumGetArrayTypeP(PointerGetDatum(parameter->u.array));
	check_thresholds(array);
	*count = ARR_DIMS(array)[0];
	threshold = (const double *) ARR_DATA_PTR(array);
	for (i = 0; i < *count; i++)
		(void) CheckFinite(threshold[i], "threshold");
	return threshold;
}

/* ---- the aggregates ---- */

static OddsState *
create_state(const AggregateHead *head, MemoryContext context)
{
	OddsState  *state = MemoryContextAlloc(context, sizeof(OddsState));
	int			count;

	(void) thresholds_of(&head->parameter[THRESHOLDS], &count);
	EpisodesInit(&state->episodes, context);
	return state;
}

static void
add_episode(OddsState *state, FunctionCallInfo fcinfo, double cluster)
{
	EpisodesAdd(&state->episodes, cluster,
				CheckFinite(PG_GETARG_FLOAT8(1), "attribute"),
				PG_ARGISNULL(2) ? OUTCOME_UNKNOWN :
				PG_GETARG_BOOL(2) ? CRASH_CAME : NO_CRASH);
}

static void
merge_states(OddsState *state, const OddsState *other)
{
	RowMatrixMerge(&state->episodes.rows, &other->episodes.rows);
}

static void
write_state(StringInfo buf, const OddsState *state)
{
	RowMatrixSerialize(buf, &state->episodes.rows);
}

static void
read_state(StringInfo buf, OddsState *state)
{
	EpisodesDeserialize(buf, &state->episodes);
}

#define crash_odds_create create_state
#define crash_odds_merge merge_states
#define crash_odds_write write_state
#define crash_odds_read read_state

static void
crash_odds_add(OddsState *state, FunctionCallInfo fcinfo)
{
	add_episode(state, fcinfo, 0.0);
}

#define AGGREGATE crash_odds
#define AGGREGATE_STATE OddsState
#define AGGREGATE_VALUES 2
#define AGGREGATE_NEEDED 1
#define AGGREGATE_PARAMETERS odds_parameters
#define AGGREGATE_MERGES
#include "foundation/aggregate.h"

#define clustered_crash_odds_create create_state
#define clustered_crash_odds_merge merge_states
#define clustered_crash_odds_write write_state
#define clustered_crash_odds_read read_state

static void
clustered_crash_odds_add(OddsState *state, FunctionCallInfo fcinfo)
{
	if (!PG_ARGISNULL(3))
		add_episode(state, fcinfo,
					CheckFinite(PG_GETARG_FLOAT8(3), "cluster"));
}

#define AGGREGATE clustered_crash_odds
#define AGGREGATE_STATE OddsState
#define AGGREGATE_VALUES 3
#define AGGREGATE_NEEDED 1
#define AGGREGATE_PARAMETERS clustered_parameters
#define AGGREGATE_MERGES
#include "foundation/aggregate.h"

/* ---- the result ---- */

static HeapTuple
odds_row(TupleDesc rowtype, double threshold, const CrashOdds *odds)
{
	Datum		values[RESULT_COLUMNS];
	bool		nulls[RESULT_COLUMNS] = {false};

	if (rowtype->natts != RESULT_COLUMNS)
		elog(ERROR, "return type must be a row of odds");
	values[0] = Float8GetDatum(threshold);
	values[1] = Int64GetDatum(odds->count[CRASH_CAME] +
							  odds->count[NO_CRASH]);
	values[2] = Int64GetDatum(odds->count[CRASH_CAME]);
	values[3] = Int64GetDatum(odds->count[OUTCOME_UNKNOWN]);
	values[4] = Float8GetDatum(odds->share.share);
	values[5] = Float8GetDatum(odds->share.low);
	values[6] = Float8GetDatum(odds->share.high);
	nulls[4] = isnan(odds->share.share);
	nulls[5] = isnan(odds->share.low);
	nulls[6] = isnan(odds->share.high);
	return heap_form_tuple(rowtype, values, nulls);
}

static Datum
list_odds(FunctionCallInfo fcinfo, bool clustered)
{
	const OddsState *state = STATE_ARG(OddsState, 0);
	const ParameterValue *parameter;
	const RowElement *row;
	const double *threshold;
	RowList		list;
	int64		rows;
	int			count;
	int			i;

	if (state == NULL || state->episodes.rows.count == 0)
		PG_RETURN_NULL();
	parameter = state->head.parameter;
	rows = state->episodes.rows.count;
	row = RowMatrixSorted(&state->episodes.rows);
	threshold = thresholds_of(&parameter[THRESHOLDS], &count);
	list = StartRowList(fcinfo);
	for (i = 0; i < count; i++)
	{
		CrashOdds	odds = OddsAt(row, rows, threshold[i]);

		if (clustered)
			ClusterInterval(row, rows, threshold[i],
							parameter[REPLICATIONS].u.count,
							parameter[SEED].u.count, &odds.share);
		RowListAdd(&list, odds_row(list.rowtype, threshold[i], &odds));
	}
	return RowListResult(&list);
}

Datum
bubble_crash_odds_finalfn(PG_FUNCTION_ARGS)
{
	return list_odds(fcinfo, false);
}

Datum
bubble_clustered_crash_odds_finalfn(PG_FUNCTION_ARGS)
{
	return list_odds(fcinfo, true);
}
