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

#include "miscadmin.h"
#include "utils/memutils.h"

#include "explosive/residuals_state.h"
#include "explosive/tall_qr_state.h"
#include "foundation/arguments.h"
#include "foundation/array.h"
#include "foundation/gsl_boundary.h"

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

static void
free_permutation(void *permutation)
{
	gsl_permutation_free(permutation);
}

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

/*
 * The triangle and the order that tell which columns are independent.
 */
static Basis
basis_of(const double *x, int64 count, int controls)
{
	gsl_vector_view tau =
		gsl_vector_view_array(palloc(controls * sizeof(double)), controls);
	gsl_vector_view norm =
		gsl_vector_view_array(palloc(controls * sizeof(double)), controls);
	gsl_matrix *triangle = triangle_of(x, count, controls);
	gsl_permutation *order = KeepGslObject(gsl_permutation_alloc(controls),
										   free_permutation);
	Basis		basis = {.columns = controls, .triangle = triangle->data,
	.order = order->data};
	int			sign;

	CheckGsl(gsl_linalg_QRPT_decomp(triangle, &tau.vector, order, &sign,
									&norm.vector), "a regression");
	basis.rank = RankOf(basis.triangle, controls);
	return basis;
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
	double	   *x = AllocateNumbers(count * controls);
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
	Basis		basis;
	double	   *x;
	double	   *y;
	int64	   *at;
	int64		i;
	int			j;

	if (count < 2)
		return NULL;
	result = AllocateStoredSeries(state->head.kind, count, &y, &at);
	x = lay_out(state, y, at);
	CheckResult(CentreColumn(y, count, 1, false));
	for (j = 0; j < controls; j++)
		CheckResult(CentreColumn(x + j, count, controls, true));
	basis = basis_of(x, count, controls);
	if (basis.rank + 2 > count)
		return NULL;
	ProjectOut(y, x, count, &basis);
	for (i = 0; i < count; i++)
		y[i] = CheckResult(y[i]) + 0.0;
	StoredSeriesOrderTies(result);
	return result;
}
