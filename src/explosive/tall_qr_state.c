/*
 * tall_qr_state.c - the triangle of a QR factorisation of many rows, in blocks
 *
 * The method is described in tall_qr_state.h.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "postgres.h"

#include <gsl/gsl_linalg.h>

#include "miscadmin.h"

#include "explosive/tall_qr_state.h"
#include "foundation/gsl_boundary.h"

/*
 * No rows: a triangle of zeros.
 */
void
TallQrInit(TallQr *qr, int columns)
{
	qr->columns = columns;
	qr->rows = columns;
	qr->row = palloc0((Size) (columns + TALL_QR_BLOCK) * columns *
					  sizeof(double));
	qr->tau = palloc(columns * sizeof(double));
}

/*
 * Make a triangle of the rows that there are.
 */
static void
fold(TallQr *qr)
{
	gsl_matrix_view rows = gsl_matrix_view_array(qr->row, qr->rows,
												 qr->columns);
	gsl_vector_view tau = gsl_vector_view_array(qr->tau, qr->columns);
	int			i;

	CHECK_FOR_INTERRUPTS();
	CheckGsl(gsl_linalg_QR_decomp(&rows.matrix, &tau.vector), "a regression");
	/* Below the diagonal are the reflections. */
	for (i = 1; i < qr->columns; i++)
		memset(qr->row + i * qr->columns, 0, i * sizeof(double));
	qr->rows = qr->columns;
}

/*
 * The place of one more row, to be filled in.
 */
double *
TallQrAdd(TallQr *qr)
{
	if (qr->rows == qr->columns + TALL_QR_BLOCK)
		fold(qr);
	return qr->row + (Size) qr->columns * qr->rows++;
}

/*
 * The triangle of all rows, as many lines as columns, with zeros below the
 * diagonal.
 */
const double *
TallQrTriangle(TallQr *qr)
{
	if (qr->rows > qr->columns)
		fold(qr);
	return qr->row;
}
