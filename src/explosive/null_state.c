/*
 * null_state.c - the shocks of a sample and their regression
 *
 * The method is described in null_state.h.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "postgres.h"

#include <float.h>

#include <gsl/gsl_blas.h>
#include <gsl/gsl_linalg.h>

#include "miscadmin.h"
#include "utils/memutils.h"

#include "explosive/null_state.h"
#include "explosive/tall_qr_state.h"
#include "foundation/arguments.h"
#include "foundation/array.h"
#include "foundation/gsl_boundary.h"

static double *
changes_of(const SeriesView *view)
{
	double	   *change = AllocateNumbers(view->length - 1);
	int64		t;

	for (t = 1; t < view->length; t++)
	{
		CHECK_FOR_INTERRUPTS();
		change[t - 1] = CheckResult(view->value[t] - view->value[t - 1]);
	}
	return change;
}

/*
 * The triangle of a constant, "lags" changes before each one and the change
 * itself, lags + 2 columns.  Its lines have the same regression as the rows.
 */
static double *
triangle_of_changes(const double *change, int64 count, int lags)
{
	TallQr		qr;
	int64		t;
	int			i;

	TallQrInit(&qr, lags + 2);
	for (t = lags; t < count; t++)
	{
		double	   *row = TallQrAdd(&qr);

		row[0] = 1.0;
		for (i = 1; i <= lags; i++)
			row[i] = change[t - i];
		row[lags + 1] = change[t];
	}
	(void) TallQrTriangle(&qr);
	return qr.row;
}

static gsl_vector_view
vector_of(size_t size)
{
	return gsl_vector_view_array(palloc(size * sizeof(double)), size);
}

/*
 * The coefficients of y on the columns of x, which is overwritten.  Singular
 * values that are next to nothing are left out.  GSL's own function for least
 * squares would allocate, and not look whether there was memory.
 */
static double *
least_squares(gsl_matrix *x, const gsl_vector *y)
{
	const size_t columns = x->size2;
	gsl_vector_view scale = vector_of(columns);
	gsl_vector_view singular = vector_of(columns);
	gsl_vector_view turned = vector_of(columns);
	gsl_vector_view beta = vector_of(columns);
	gsl_matrix_view q =
		gsl_matrix_view_array(palloc(columns * columns * sizeof(double)),
							  columns, columns);
	const double *s = singular.vector.data;
	size_t		i;

	CheckGsl(gsl_linalg_balance_columns(x, &scale.vector), "a regression");
	CheckGsl(gsl_linalg_SV_decomp_jacobi(x, &q.matrix, &singular.vector),
			 "a regression");
	gsl_blas_dgemv(CblasTrans, 1.0, x, y, 0.0, &turned.vector);
	for (i = 0; i < columns; i++)
		turned.vector.data[i] = s[i] > DBL_EPSILON * s[0] ?
			turned.vector.data[i] / s[i] : 0.0;
	gsl_blas_dgemv(CblasNoTrans, 1.0, &q.matrix, &turned.vector, 0.0,
				   &beta.vector);
	gsl_vector_div(&beta.vector, &scale.vector);
	return beta.vector.data;
}

/*
 * The coefficients of changes on a constant and their lags, lags + 1 of them.
 * Constant or alternating changes do no harm.
 */
static const double *
autoregression(const double *change, int64 count, int lags)
{
	const int	columns = lags + 1;
	gsl_matrix_view triangle =
		gsl_matrix_view_array(triangle_of_changes(change, count, lags),
							  columns + 1, columns + 1);
	gsl_matrix_view x = gsl_matrix_submatrix(&triangle.matrix, 0, 0,
											 columns + 1, columns);
	gsl_vector_view y = gsl_matrix_column(&triangle.matrix, columns);

	return least_squares(&x.matrix, &y.vector);
}

/*
 * Regress changes on a constant and their lags; the residuals are shocks.
 */
static void
fit_null(NullModel *model, const double *change, int64 count)
{
	const int64 rows = count - model->lags;
	const double *beta = autoregression(change, count, model->lags);
	double	   *shock = AllocateNumbers(rows);

	NullShocks(change, count, model->lags, beta, shock);
	model->count = rows;
	model->shock = shock;
	model->coefficient = beta + 1;
}

/*
 * Shocks that stay where they are.
 */
NullModel
HarveyModel(const SeriesView *view)
{
	NullModel	model = {.length = view->length};

	model.change = changes_of(view);
	model.count = view->length - 1;
	model.shock = model.change;
	return model;
}

/*
 * Shocks that remain with "lags" lags, to make series of that length.
 */
NullModel
PhillipsShiModel(const SeriesView *view, int lags, int64 length)
{
	NullModel	model = {.length = length, .lags = lags};

	model.change = changes_of(view);
	fit_null(&model, model.change, view->length - 1);
	return model;
}
