/*
 * residuals_sql.c - SQL function explosive_residuals(y, controls, at)
 *
 * Prices may run away because everything does: the market, the sector, real
 * use of a technology.  explosive_residuals() takes that out before the test:
 * the residuals of a least-squares regression on a constant and the controls.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "utils/array.h"

#include "explosive/residuals_state.h"
#include "foundation/arguments.h"
#include "foundation/serialised.h"

PG_FUNCTION_INFO_V1(bubble_explosive_residuals_finalfn);

static void
check_controls(const ArrayType *array, const ResidualState *state)
{
	int			controls = ARR_NDIM(array) == 1 ? ARR_DIMS(array)[0] : 0;

	if (controls < 1 || controls > MOST_CONTROLS)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("\"controls\" must be an array of 1 to %d numbers",
						MOST_CONTROLS),
				 errdetail("The array has %d dimensions and %d elements.",
						   ARR_NDIM(array),
						   ArrayGetNItems(ARR_NDIM(array), ARR_DIMS(array))),
				 errhint("Write ARRAY[market, sector].")));
	if (ControlsOf(state) > 0 && ControlsOf(state) != controls)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("\"controls\" must be as many in all rows"),
				 errdetail("An array has %d elements, one before it %d.",
						   controls, ControlsOf(state)),
				 errhint("Use NULL for an unknown control: its row is "
						 "skipped.")));
}

/*
 * Add a row unless a control is unknown.
 */
static void
add_row(ResidualState *state, int64 at, double y, ArrayType *array)
{
	Datum	   *control;
	bool	   *isnull;
	RowElement *row;
	int			count;
	int			i;

	if (array_contains_nulls(array))
		return;
	deconstruct_array(array, FLOAT8OID, sizeof(float8), FLOAT8PASSBYVAL,
					  TYPALIGN_DOUBLE, &control, &isnull, &count);
	row = RowMatrixAdd(&state->rows);
	row[0].at = at;
	row[1].value = y;
	for (i = 0; i < count; i++)
	{
		double		value = DatumGetFloat8(control[i]);

		if (unlikely(!IsFinite(value)))
			FiniteValueError(value, "control",
							 TimeShown(at, state->head.kind));
		row[TIME_AND_Y + i].value = value + 0.0;
	}
	pfree(control);
	pfree(isnull);
}

static ResidualState *
explosive_residuals_create(const AggregateHead *head, MemoryContext context)
{
	return ResidualCreate(context);
}

static void
explosive_residuals_add(ResidualState *state, FunctionCallInfo fcinfo)
{
	const TimeKind kind = state->head.kind;
	ArrayType  *array = PG_GETARG_ARRAYTYPE_P(2);

	check_controls(array, state);
	if (ControlsOf(state) == 0)
		ResidualSetControls(state, ARR_DIMS(array)[0]);
	add_row(state, TimeArg(fcinfo, 3, kind, "at"),
			CheckFiniteAt(PG_GETARG_FLOAT8(1), "y", fcinfo, 3, kind), array);
	PG_FREE_IF_COPY(array, 2);
}

static void
explosive_residuals_merge(ResidualState *state, const ResidualState *other)
{
	if (ControlsOf(other) == 0)
		return;
	if (ControlsOf(state) == 0)
		ResidualSetControls(state, ControlsOf(other));
	if (ControlsOf(other) != ControlsOf(state))
		ChangedParameterError("number of controls");
	RowMatrixMerge(&state->rows, &other->rows);
}

static void
explosive_residuals_write(StringInfo buf, const ResidualState *state)
{
	RowMatrixSerialize(buf, &state->rows);
}

static void
explosive_residuals_read(StringInfo buf, ResidualState *state)
{
	RowMatrixDeserialize(buf, &state->rows, state->head.kind,
						 CurrentMemoryContext, TIME_AND_Y + MOST_CONTROLS);
	if (state->rows.times != 1 || state->rows.columns < TIME_AND_Y)
		DamagedStateError("columns");
}

#define AGGREGATE explosive_residuals
#define AGGREGATE_STATE ResidualState
#define AGGREGATE_VALUES 3
#define AGGREGATE_AT 3
#define AGGREGATE_MERGES
#include "foundation/aggregate.h"

Datum
bubble_explosive_residuals_finalfn(PG_FUNCTION_ARGS)
{
	const ResidualState *state = STATE_ARG(ResidualState, 0);
	StoredSeries *result = state == NULL ? NULL : Residuals(state);

	if (result == NULL)
		PG_RETURN_NULL();
	PG_RETURN_POINTER(result);
}
