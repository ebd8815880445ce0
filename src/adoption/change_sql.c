/*
 * change_sql.c - SQL functions change_point and change_points
 *
 * Both look for changes of a level: of growth, give them growth.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "postgres.h"

#include <math.h>

#include "access/htup_details.h"
#include "funcapi.h"
#include "miscadmin.h"

#include "adoption/change_split.h"
#include "adoption/change_state.h"
#include "foundation/result_row.h"
#include "series/series_state.h"

#define DEFAULT_TRIM 0.15

#define POINT_COLUMNS 5
#define POINTS_COLUMNS 4

#define MOST_CHANGES 1000000

PG_FUNCTION_INFO_V1(bubble_change_point);
PG_FUNCTION_INFO_V1(bubble_change_point_finalfn);
PG_FUNCTION_INFO_V1(bubble_change_points);
PG_FUNCTION_INFO_V1(bubble_change_points_finalfn);

static const ParameterDef point_defs[] = {
	{"trimming", PARAMETER_NUMBER, .least = 0.0, .most = 0.5,
		.above_least = true, .below_most = true, .number = DEFAULT_TRIM,
	.hint = "The default of 0.15 leaves at least 15 percent of the rows on "
		"each side of the change."}
};
static const ParameterTable point_parameters = PARAMETER_TABLE(point_defs);

static const ParameterDef points_defs[] = {
	{"penalty", PARAMETER_NUMBER, .optional = true, .least = 0.0,
		.most = INFINITY, .above_least = true,
	.hint = "Use NULL for twice the logarithm of the number of rows."}
};
static const ParameterTable points_parameters = PARAMETER_TABLE(points_defs);

/* ---- one change ---- */

static Datum
change_point(FunctionCallInfo fcinfo, const SeriesView *view, double trim)
{
	TupleDesc	rowtype;
	ChangeSplit split;
	Datum		value[POINT_COLUMNS];
	bool		isnull[POINT_COLUMNS] = {false};

	if (!ChangeSplitOf(view->value, view->at, view->length, trim, &split))
		PG_RETURN_NULL();
	rowtype = ResultRowType(fcinfo);
	value[0] = ResultTime(rowtype, 0, view->at[split.rows - 1], view->kind);
	value[1] = Float8GetDatum(split.statistic);
	value[2] = Float8GetDatum(split.p);
	value[3] = Float8GetDatum(split.before + 0.0);
	value[4] = Float8GetDatum(split.after + 0.0);
	return HeapTupleGetDatum(heap_form_tuple(rowtype, value, isnull));
}

Datum
bubble_change_point(PG_FUNCTION_ARGS)
{
	SeriesView	view;
	double		trim;

	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	trim = NumberNamed(ReadParameters(fcinfo, 1, &point_parameters,
									  TIME_IS_DATE),
					   &point_parameters, "trimming", DEFAULT_TRIM);
	view = SeriesViewOf(PG_GETARG_DATUM(0));
	return change_point(fcinfo, &view, trim);
}

#define AGGREGATE change_point
#define AGGREGATE_PARAMETERS point_parameters
#include "series/series_aggregate.h"

Datum
bubble_change_point_finalfn(PG_FUNCTION_ARGS)
{
	const KeptSeries *state = FilledKeptSeries(fcinfo);
	SeriesView	view;

	if (state == NULL)
		PG_RETURN_NULL();
	view = KeptSeriesView(state);
	return change_point(fcinfo, &view,
						NumberNamed(state->head.parameter, &point_parameters,
									"trimming", DEFAULT_TRIM));
}

/* ---- all of them ---- */

/*
 * The change ahead of a piece as a row.
 */
static HeapTuple
change_row(TupleDesc rowtype, const ChangePieces *pieces, int64 number,
		   double before, double after)
{
	const SeriesView *view = pieces->view;
	const int64 last = pieces->piece[number] - 1;
	Datum		value[POINTS_COLUMNS];
	bool		isnull[POINTS_COLUMNS] = {false};

	value[0] = ResultTime(rowtype, 0, view->at[last], view->kind);
	value[1] = Float8GetDatum(PieceGain(pieces, number, before, after));
	value[2] = Float8GetDatum(before + 0.0);
	value[3] = Float8GetDatum(after + 0.0);
	return heap_form_tuple(rowtype, value, isnull);
}

/*
 * An array of rows is put together at one go.
 */
static void
check_changes(int64 changes)
{
	if (changes > MOST_CHANGES)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("too many changes"),
				 errdetail("There are " INT64_FORMAT
						   ", at most %d can be listed.", changes,
						   MOST_CHANGES),
				 errhint("Use a higher penalty.")));
}

static Datum
change_points(FunctionCallInfo fcinfo, const SeriesView *view, double penalty)
{
	ChangePieces pieces;
	RowList		list;
	double		before = 0.0;
	int64		i;

	if (!ChangePiecesOf(view, penalty, &pieces))
		PG_RETURN_NULL();
	check_changes(pieces.count - 1);
	list = StartRowList(fcinfo);
	for (i = 0; pieces.count > 1 && i < pieces.count; i++)
	{
		const double after = PieceMean(&pieces, i);

		CHECK_FOR_INTERRUPTS();
		if (i > 0)
			RowListAdd(&list, change_row(list.rowtype, &pieces, i, before,
										 after));
		before = after;
	}
	return RowListResult(&list);
}

Datum
bubble_change_points(PG_FUNCTION_ARGS)
{
	SeriesView	view;
	double		penalty;

	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	penalty = NumberNamed(ReadParameters(fcinfo, 1, &points_parameters,
										 TIME_IS_DATE),
						  &points_parameters, "penalty", NAN);
	view = SeriesViewOf(PG_GETARG_DATUM(0));
	return change_points(fcinfo, &view, penalty);
}

#define AGGREGATE change_points
#define AGGREGATE_PARAMETERS points_parameters
#include "series/series_aggregate.h"

Datum
bubble_change_points_finalfn(PG_FUNCTION_ARGS)
{
	const KeptSeries *state = FilledKeptSeries(fcinfo);
	SeriesView	view;

	if (state == NULL)
		PG_RETURN_NULL();
	view = KeptSeriesView(state);
	return change_points(fcinfo, &view,
						 NumberNamed(state->head.parameter,
									 &points_parameters, "penalty", NAN));
}
