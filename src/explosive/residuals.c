/*
 * residuals.c - what remains of a series after controls
 *
 * Prices may run away because everything does: the market, the sector, real
 * use of a technology.  explosive_residuals() takes that out before the test:
 * the residuals of a least-squares regression on a constant and the controls.
 *
 * Columns are centred and scaled.  The triangle of their QR factorisation is
 * made in blocks (tall_qr.h) and factorised once more with pivoting, which
 * tells how many columns are independent.  Those are made orthonormal, row by
 * row, with the help of the triangle, and residuals are what is left of the
 * dependent variable when its part along them is taken out, so that controls
 * which depend on each other do no harm.  It is taken out twice: columns that
 * are nearly dependent are orthonormal only nearly.
 *
 * Rows are sorted before the regression (row_matrix.h):
 *
 *	 row:	[ at ][ y ][ control 1 ] ... [ control k ]
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "postgres.h"

#include <gsl/gsl_linalg.h>
#include <math.h>

#include "catalog/pg_type.h"
#include "libpq/pqformat.h"
#include "miscadmin.h"
#include "utils/array.h"
#include "utils/memutils.h"

#include "foundation/arguments.h"
#include "foundation/compensated_sum.h"
#include "foundation/gsl_boundary.h"
#include "foundation/row_matrix.h"
#include "foundation/tall_qr.h"
#include "series/stored_series.h"

#define MOST_CONTROLS 32

/*
 * A column that is shorter than that, when the others' parts are taken out
 * of it, depends on them.
 */
#define DEPENDENT 1e-10

/* What a row has before its controls. */
#define TIME_AND_Y 2

typedef struct ResidualState
{
	TimeKind	kind;
	RowMatrix	rows;			/* each of 2 + controls elements */
} ResidualState;

PG_FUNCTION_INFO_V1(bubble_residuals_date_transfn);
PG_FUNCTION_INFO_V1(bubble_residuals_timestamptz_transfn);
PG_FUNCTION_INFO_V1(bubble_residuals_combinefn);
PG_FUNCTION_INFO_V1(bubble_residuals_serialfn);
PG_FUNCTION_INFO_V1(bubble_residuals_deserialfn);
PG_FUNCTION_INFO_V1(bubble_explosive_residuals_finalfn);

/* ---- the state ---- */

static ResidualState *
create_state(MemoryContext context, TimeKind kind, int controls)
{
	ResidualState *state = MemoryContextAlloc(context, sizeof(ResidualState));

	state->kind = kind;
	RowMatrixInit(&state->rows, context, true, TIME_AND_Y + controls);
	return state;
}

static inline int
controls_of(const ResidualState *state)
{
	return state->rows.columns - TIME_AND_Y;
}

/* ---- arguments ---- */

static void
check_controls(const ArrayType *array, const ResidualState *state)
{
	int			controls = ARR_NDIM(array) == 1 ? ARR_DIMS(array)[0] : 0;

	if (controls < 1 || controls > MOST_CONTROLS)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("controls must be an array of 1 to %d numbers",
						MOST_CONTROLS),
				 errdetail("The array has %d dimensions and %d elements.",
						   ARR_NDIM(array),
						   ArrayGetNItems(ARR_NDIM(array), ARR_DIMS(array))),
				 errhint("Write ARRAY[market, sector].")));
	if (state != NULL && controls_of(state) != controls)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("controls must be as many in all rows"),
				 errdetail("An array has %d elements, one before it %d.",
						   controls, controls_of(state)),
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
			FiniteValueError(value, "control", TimeShown(at, state->kind));
		row[TIME_AND_Y + i].value = value + 0.0;
	}
	pfree(control);
	pfree(isnull);
}

static Datum
residuals_transfn(FunctionCallInfo fcinfo, TimeKind kind)
{
	ResidualState *state = STATE_ARG(ResidualState, 0);
	MemoryContext context = AggregateContext(fcinfo);
	ArrayType  *array;

	if (PG_ARGISNULL(1) || PG_ARGISNULL(2) || PG_ARGISNULL(3))
		RETURN_STATE(state);
	array = PG_GETARG_ARRAYTYPE_P(2);
	check_controls(array, state);
	if (state == NULL)
		state = create_state(context, kind, ARR_DIMS(array)[0]);
	add_row(state, TimeArg(fcinfo, 3, kind, "at"),
			CheckFiniteAt(PG_GETARG_FLOAT8(1), "y", fcinfo, 3, kind), array);
	PG_FREE_IF_COPY(array, 2);
	PG_RETURN_POINTER(state);
}

Datum
bubble_residuals_date_transfn(PG_FUNCTION_ARGS)
{
	return residuals_transfn(fcinfo, TIME_IS_DATE);
}

Datum
bubble_residuals_timestamptz_transfn(PG_FUNCTION_ARGS)
{
	return residuals_transfn(fcinfo, TIME_IS_TIMESTAMPTZ);
}

Datum
bubble_residuals_combinefn(PG_FUNCTION_ARGS)
{
	ResidualState *state = STATE_ARG(ResidualState, 0);
	ResidualState *other = STATE_ARG(ResidualState, 1);
	MemoryContext context = AggregateContext(fcinfo);

	if (other == NULL)
		RETURN_STATE(state);
	if (state == NULL)
		state = create_state(context, other->kind, controls_of(other));
	if (other->rows.columns != state->rows.columns)
		ChangedParameterError("number of controls");
	RowMatrixMerge(&state->rows, &other->rows);
	PG_RETURN_POINTER(state);
}

Datum
bubble_residuals_serialfn(PG_FUNCTION_ARGS)
{
	ResidualState *state;
	StringInfoData buf;

	(void) AggregateContext(fcinfo);
	state = (ResidualState *) PG_GETARG_POINTER(0);
	pq_begintypsend(&buf);
	pq_sendbyte(&buf, state->kind);
	RowMatrixSerialize(&buf, &state->rows);
	PG_RETURN_BYTEA_P(pq_endtypsend(&buf));
}

Datum
bubble_residuals_deserialfn(PG_FUNCTION_ARGS)
{
	ResidualState *state = palloc(sizeof(ResidualState));
	StringInfoData buf;

	OpenAggregateBytea(fcinfo, 0, &buf);
	state->kind = pq_getmsgbyte(&buf);
	RowMatrixDeserialize(&buf, &state->rows, CurrentMemoryContext,
						 TIME_AND_Y + MOST_CONTROLS);
	pq_getmsgend(&buf);
	PG_RETURN_POINTER(state);
}

/* ---- the regression ---- */

/*
 * Take the mean out of a column, whose elements lie "stride" apart, and make
 * its largest element 1.  Dividing before adding cannot overflow.
 */
static void
centre(double *column, int64 count, int64 stride, bool scaled)
{
	CompensatedSum sum = {0};
	double		largest = 0.0;
	double		mean;
	int64		i;

	for (i = 0; i < count; i++)
	{
		CHECK_FOR_INTERRUPTS();
		CompensatedAdd(&sum, column[i * stride] / count);
	}
	mean = CompensatedTotal(&sum);
	for (i = 0; i < count; i++)
	{
		CHECK_FOR_INTERRUPTS();
		column[i * stride] = CheckResult(column[i * stride] - mean);
		largest = fmax(largest, fabs(column[i * stride]));
	}
	/* What is left of equal numbers is rounding. */
	if (largest <= fabs(mean) * 4.0 * DBL_EPSILON)
		largest = INFINITY;
	for (i = 0; scaled && largest > 0.0 && i < count; i++)
	{
		CHECK_FOR_INTERRUPTS();
		column[i * stride] /= largest;
	}
}

/*
 * How many columns are independent, by the diagonal of the triangle.
 */
static int
rank_of(const gsl_matrix *qr)
{
	double		first = fabs(gsl_matrix_get(qr, 0, 0));
	int			i = 0;

	while (i < (int) qr->size2 &&
		   fabs(gsl_matrix_get(qr, i, i)) > DEPENDENT * first)
		i++;
	return i;
}

static void
free_permutation(void *permutation)
{
	gsl_permutation_free(permutation);
}

/*
 * A triangle R and an order of the columns such that the first of them, in
 * that order, are Q R with orthonormal columns Q.  They are as many as are
 * independent.
 */
typedef struct Basis
{
	gsl_matrix *triangle;
	gsl_permutation *order;
	int			rank;
} Basis;

static gsl_matrix *
triangle_of(const double *x, int64 count, int controls)
{
	TallQr		qr;
	int64		i;
	gsl_matrix_view *view = palloc(sizeof(gsl_matrix_view));

	TallQrInit(&qr, controls);
	for (i = 0; i < count; i++)
		memcpy(TallQrAdd(&qr), x + i * controls, controls * sizeof(double));
	(void) TallQrTriangle(&qr);
	*view = gsl_matrix_view_array(qr.row, controls, controls);
	return &view->matrix;
}

static Basis
basis_of(const double *x, int64 count, int controls)
{
	gsl_vector_view tau =
		gsl_vector_view_array(palloc(controls * sizeof(double)), controls);
	gsl_vector_view norm =
		gsl_vector_view_array(palloc(controls * sizeof(double)), controls);
	Basis		basis;
	int			sign;

	basis.triangle = triangle_of(x, count, controls);
	basis.order = KeepGslObject(gsl_permutation_alloc(controls),
								free_permutation);
	CheckGsl(gsl_linalg_QRPT_decomp(basis.triangle, &tau.vector, basis.order,
									&sign, &norm.vector), "a regression");
	basis.rank = rank_of(basis.triangle);
	return basis;
}

/*
 * Turn a row of controls into one of Q: solve q R = row.
 */
static void
orthonormal_row(double *row, const Basis *basis)
{
	double		q[MOST_CONTROLS];
	int			i;
	int			j;

	for (j = 0; j < basis->rank; j++)
	{
		q[j] = row[gsl_permutation_get(basis->order, j)];
		for (i = 0; i < j; i++)
			q[j] -= q[i] * gsl_matrix_get(basis->triangle, i, j);
		q[j] /= gsl_matrix_get(basis->triangle, j, j);
	}
	memcpy(row, q, basis->rank * sizeof(double));
}

/*
 * Take out of y what the first "rank" columns of q explain.
 */
static void
take_out(double *y, const double *q, int64 count, int controls, int rank)
{
	double		along[MOST_CONTROLS] = {0.0};
	int64		i;
	int			j;

	for (i = 0; i < count; i++)
	{
		CHECK_FOR_INTERRUPTS();
		for (j = 0; j < rank; j++)
			along[j] += q[i * controls + j] * y[i];
	}
	for (i = 0; i < count; i++)
	{
		CHECK_FOR_INTERRUPTS();
		for (j = 0; j < rank; j++)
			y[i] -= q[i * controls + j] * along[j];
	}
}

/*
 * Take out of y what the columns of x, which is destroyed, explain.  Returns
 * how many columns are independent.
 */
static int
project_out(double *y, double *x, int64 count, int controls)
{
	const Basis basis = basis_of(x, count, controls);
	int64		i;

	for (i = 0; i < count; i++)
	{
		CHECK_FOR_INTERRUPTS();
		orthonormal_row(x + i * controls, &basis);
	}
	take_out(y, x, count, controls, basis.rank);
	take_out(y, x, count, controls, basis.rank);
	return basis.rank;
}

/*
 * The residuals in order of time; NULL without a degree of freedom, which
 * only controls that are independent take.
 */
Datum
bubble_explosive_residuals_finalfn(PG_FUNCTION_ARGS)
{
	const ResidualState *state = STATE_ARG(ResidualState, 0);
	StoredSeries *result;
	RowElement *row;
	double	   *x;
	double	   *y;
	int64	   *at;
	int64		count;
	int64		i;
	int			controls;
	int			j;

	if (state == NULL || state->rows.count < 2)
		PG_RETURN_NULL();
	count = state->rows.count;
	controls = controls_of(state);
	row = RowMatrixSorted(&state->rows);
	result = AllocateStoredSeries(state->kind, count, &y, &at);
	x = MemoryContextAllocHuge(CurrentMemoryContext,
							   count * controls * sizeof(double));
	for (i = 0; i < count; i++, row += state->rows.columns)
	{
		CHECK_FOR_INTERRUPTS();
		at[i] = row[0].at;
		y[i] = row[1].value;
		for (j = 0; j < controls; j++)
			x[i * controls + j] = row[TIME_AND_Y + j].value;
	}
	centre(y, count, 1, false);
	for (j = 0; j < controls; j++)
		centre(x + j, count, controls, true);
	if (project_out(y, x, count, controls) + 2 > count)
		PG_RETURN_NULL();
	for (i = 0; i < count; i++)
		y[i] = CheckResult(y[i]) + 0.0;
	StoredSeriesOrderTies(result);
	PG_RETURN_POINTER(result);
}
