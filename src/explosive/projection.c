/*
 * projection.c - what is left of a column when others are taken out of it
 *
 * Kernel: no PostgreSQL in here.  The method is described in projection.h.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "explosive/projection.h"

#include <float.h>
#include <math.h>
#include <string.h>

#include "foundation/compensated_sum.h"
#include "foundation/pause.h"

/*
 * A column that is shorter than that, when the others' parts are taken out
 * of it, depends on them.
 */
#define DEPENDENT 1e-10

/*
 * Take the mean out of a column, whose elements lie "stride" apart, and, if
 * asked to, make its largest element 1.  Returns how large that was, infinity
 * if out of range.  Dividing before adding cannot overflow.
 */
double
CentreColumn(double *column, int64_t count, int64_t stride, bool scaled)
{
	CompensatedSum sum = {0};
	double		largest = 0.0;
	double		unit;
	double		mean;
	int64_t		i;

	for (i = 0; i < count; i++)
	{
		PauseAt(i);
		CompensatedAdd(&sum, column[i * stride] / count);
	}
	mean = CompensatedTotal(&sum);
	for (i = 0; i < count; i++)
	{
		PauseAt(i);
		column[i * stride] -= mean;
		largest = fmax(largest, fabs(column[i * stride]));
	}
	/* What is left of equal numbers is rounding. */
	unit = largest <= fabs(mean) * 4.0 * DBL_EPSILON ? INFINITY : largest;
	for (i = 0; scaled && unit > 0.0 && i < count; i++)
	{
		PauseAt(i);
		column[i * stride] /= unit;
	}
	return largest;
}

/*
 * How many columns are independent, by the diagonal of the triangle, the
 * largest of which comes first.
 */
int
RankOf(const double *triangle, int columns)
{
	const double first = fabs(triangle[0]);
	int			i = 0;

	while (i < columns &&
		   fabs(triangle[i * columns + i]) > DEPENDENT * first)
		i++;
	return i;
}

/*
 * Turn a row into one of Q: solve q R = row.
 */
static void
orthonormal_row(double *row, const Basis *basis)
{
	double		q[MOST_CONTROLS];
	int			i;
	int			j;

	for (j = 0; j < basis->rank; j++)
	{
		q[j] = row[basis->order[j]];
		for (i = 0; i < j; i++)
			q[j] -= q[i] * basis->triangle[i * basis->columns + j];
		q[j] /= basis->triangle[j * basis->columns + j];
	}
	memcpy(row, q, basis->rank * sizeof(double));
}

/*
 * Take out of y what the first "rank" columns of q explain.
 */
static void
take_out(double *y, const double *q, int64_t count, int columns, int rank)
{
	double		along[MOST_CONTROLS] = {0.0};
	int64_t		i;
	int			j;

	for (i = 0; i < count; i++)
	{
		PauseAt(i);
		for (j = 0; j < rank; j++)
			along[j] += q[i * columns + j] * y[i];
	}
	for (i = 0; i < count; i++)
	{
		PauseAt(i);
		for (j = 0; j < rank; j++)
			y[i] -= q[i * columns + j] * along[j];
	}
}

/*
 * Take out of y what the columns of x, which is destroyed, explain: twice,
 * because columns that are nearly dependent are orthonormal only nearly.
 */
void
ProjectOut(double *y, double *x, int64_t count, const Basis *basis)
{
	int64_t		i;

	for (i = 0; i < count; i++)
	{
		PauseAt(i);
		orthonormal_row(x + i * basis->columns, basis);
	}
	take_out(y, x, count, basis->columns, basis->rank);
	take_out(y, x, count, basis->columns, basis->rank);
}
