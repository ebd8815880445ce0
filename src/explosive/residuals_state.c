/*
 * residuals_state.c - what remains of a series after controls
 *
 * The method is described in residuals_state.h.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "postgres.h"

#include <gsl/gsl_linalg.h>
#include <math.h>

#include "miscadmin.h"
#include "utils/memutils.h"

#include "explosive/residuals_state.h"
#include "foundation/arguments.h"
#include "foundation/compensated_sum.h"
#include "foundation/gsl_boundary.h"
#include "foundation/tall_qr.h"

/*
 * A column that is shorter than that, when the others' parts are taken out
 * of it, depends on them.
 */
#define DEPENDENT 1e-10

ResidualState *
ResidualCreate(MemoryContext context)
{
	ResidualState *state = MemoryContextAllocZero(context,
												  sizeof(ResidualState));

	RowMatrixInit(&state->rows, context, 1, TIME_AND_Y);
	return state;
}

/*
 * The first row says how many controls all of them have.
 */
void
ResidualSetControls(ResidualState *state, int controls)
{
	Assert(ControlsOf(state) == 0 && state->rows.count == 0);
	RowMatrixInit(&state->rows, state->rows.context, 1,
				  TIME_AND_Y + controls);
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
 * The rows as columns: y and times in order of time, and the controls.
 */
static double *
lay_out(const ResidualState *state, double *y, int64 *at)
{
	const int	controls = ControlsOf(state);
	const int64 count = state->rows.count;
	const RowElement *row = RowMatrixSorted(&state->rows);
	double	   *x = MemoryContextAllocHuge(CurrentMemoryContext,
										   count * controls * sizeof(double));
	int64		i;
	int			j;

	for (i = 0; i < count; i++, row += state->rows.columns)
	{
		CHECK_FOR_INTERRUPTS();
		at[i] = row[0].at;
		y[i] = row[1].value;
		for (j = 0; j < controls; j++)
			x[i * controls + j] = row[TIME_AND_Y + j].value;
	}
	return x;
}

/*
 * The residuals in order of time; NULL without a degree of freedom, which
 * only controls that are independent take.
 */
StoredSeries *
Residuals(const ResidualState *state)
{
	const int	controls = ControlsOf(state);
	const int64 count = state->rows.count;
	StoredSeries *result;
	double	   *x;
	double	   *y;
	int64	   *at;
	int64		i;
	int			j;

	if (count < 2)
		return NULL;
	result = AllocateStoredSeries(state->head.kind, count, &y, &at);
	x = lay_out(state, y, at);
	centre(y, count, 1, false);
	for (j = 0; j < controls; j++)
		centre(x + j, count, controls, true);
	if (project_out(y, x, count, controls) + 2 > count)
		return NULL;
	for (i = 0; i < count; i++)
		y[i] = CheckResult(y[i]) + 0.0;
	StoredSeriesOrderTies(result);
	return result;
}
