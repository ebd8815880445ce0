/*
 * search.c - the lowest minimum within a box
 *
 * Kernel: no PostgreSQL in here.  The method is described in search.h.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "lppls/search.h"

#include <math.h>

/* In means: how far down, and how many steps. */
#define ROUGH 1e-3
#define ROUGH_STEPS 30
/* In rows. */
#define FINE 1e-12
#define FINE_STEPS 100

/* Minima in rows that are gone down to, at most. */
#define FINALS 24
/* Minima in means that are higher than the lowest by more are not. */
#define HIGHER 1.2

/* ---- the work space ---- */

static void
lay_out(LpplsRows *rows, double **space, int64_t count)
{
	rows->count = count;
	rows->ago = *space;
	rows->weight = *space + count;
	rows->level = *space + 2 * count;
	rows->scratch = *space + 3 * count;
	*space += (3 + LPPLS_SCRATCH) * count;
}

/*
 * How many doubles a search of so many rows within a box needs.
 */
int64_t
LpplsWorkSize(int64_t rows, const LpplsBox *box)
{
	const LpplsGrid grid = LpplsGridOf(box, (double) (rows - 1));
	const int64_t means = LpplsMeansCount(rows);

	return (3 + LPPLS_SCRATCH) * (LPPLS_WHOLE(rows) + means) +
		LpplsCellCount(&grid) + LpplsCellScratch(&grid, means);
}

/*
 * Single rows: the logarithms of prices, their mean, which is returned, taken
 * off.
 */
static double
fill_rows(LpplsRows *rows, const double *level, int64_t count)
{
	double	   *ago = (double *) rows->ago;
	double	   *weight = (double *) rows->weight;
	double	   *centred = (double *) rows->level;
	double		mean = 0.0;
	int64_t		i;

	for (i = 0; i < count; i++)
		mean += level[i] - level[0];
	mean = level[0] + mean / count;
	for (i = 0; i < rows->count; i++)
	{
		ago[i] = i < count ? (double) (count - 1 - i) : 0.0;
		weight[i] = i < count ? 1.0 : 0.0;
		centred[i] = i < count ? level[i] - mean : 0.0;
	}
	return mean;
}

/*
 * Ready for LpplsSearch().  The space has LpplsWorkSize() doubles.
 */
void
LpplsWorkInit(LpplsWork *work, double *space, const double *level,
			  int64_t rows, const LpplsBox *box)
{
	LpplsRows  *means = &work->means;

	lay_out(&work->rows, &space, LPPLS_WHOLE(rows));
	work->observations = rows;
	work->mean = fill_rows(&work->rows, level, rows);
	lay_out(means, &space, LpplsMeansCount(rows));
	LpplsTakeMeans(work->rows.level + rows - 1, rows, (double *) means->ago,
				   (double *) means->weight, (double *) means->level);
	work->rows.weights = means->weights = (double) rows;
	work->rows.earliest = means->earliest = (double) (rows - 1);
	work->grid = LpplsGridOf(box, (double) (rows - 1));
	work->cells = space;
	work->cell_scratch = space + LpplsCellCount(&work->grid);
	work->starts = 0;
}

/* ---- the search ---- */

/*
 * Keep a cell if it is among the lowest; of equal ones the first.
 */
static void
keep_start(LpplsWork *work, int64_t cell)
{
	int			i = work->starts;

	if (i == LPPLS_STARTS)
	{
		if (!(work->cells[cell] < work->cells[work->start[i - 1]]))
			return;
		i--;
	}
	else
		work->starts++;
	for (; i > 0 && work->cells[cell] < work->cells[work->start[i - 1]]; i--)
		work->start[i] = work->start[i - 1];
	work->start[i] = cell;
}

/*
 * Down from a cell in means, and where that led to among the others.
 */
static void
keep_minimum(LpplsWork *work, int i)
{
	LpplsMinimum minimum;

	minimum.point = LpplsCellPoint(&work->grid, work->start[i]);
	(void) LpplsDescend(&work->means, &work->grid.box, ROUGH_STEPS, ROUGH,
						i == 0 ? INFINITY :
						HIGHER * work->minimum[0].linear.sse, &minimum);
	for (; i > 0 && minimum.linear.sse < work->minimum[i - 1].linear.sse; i--)
		work->minimum[i] = work->minimum[i - 1];
	work->minimum[i] = minimum;
}

static bool
near(const LpplsPoint *a, const LpplsPoint *b)
{
	return fabs(log(a->ahead / b->ahead)) < 0.05 &&
		fabs(a->exponent - b->exponent) < 0.05 &&
		fabs(a->frequency - b->frequency) < 0.1;
}

/*
 * Has one of the minima before this one led the way down already?
 */
static bool
is_known(const LpplsWork *work, int i)
{
	int			j;

	for (j = 0; j < i; j++)
		if (near(&work->minimum[j].point, &work->minimum[i].point))
			return true;
	return false;
}

LpplsMinimum
LpplsSearch(LpplsWork *work)
{
	const int64_t cells = LpplsCellCount(&work->grid);
	LpplsMinimum lowest;
	int64_t		cell;
	int			finals = 0;
	int			i;

	LpplsFillCells(&work->means, &work->grid, work->cell_scratch,
				   work->cells);
	for (cell = 0; cell < cells; cell++)
		if (LpplsIsLowest(&work->grid, work->cells, cell))
			keep_start(work, cell);
	if (work->starts == 0)
		keep_start(work, 0);
	for (i = 0; i < work->starts; i++)
		keep_minimum(work, i);
	lowest.linear.sse = INFINITY;
	for (i = 0; i < work->starts && finals < FINALS; i++)
	{
		LpplsMinimum minimum = work->minimum[i];

		if (minimum.linear.sse > HIGHER * work->minimum[0].linear.sse)
			break;
		if (is_known(work, i))
			continue;
		(void) LpplsDescend(&work->rows, &work->grid.box, FINE_STEPS, FINE,
							lowest.linear.sse, &minimum);
		finals++;
		if (minimum.linear.sse < lowest.linear.sse)
			lowest = minimum;
	}
	return lowest;
}
