/*
 * lppls.c - kernels of log-periodic power laws, fed by libFuzzer
 *
 * cells, curve, descent, filter, fit and search.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "input.h"

#include "foundation/pause.h"
#include "lppls/cells.h"
#include "lppls/curve.h"
#include "lppls/descent.h"
#include "lppls/filter.h"
#include "lppls/fit.h"
#include "lppls/search.h"

#define MOST_ROWS 60

void
KernelPause(void)
{
}

/*
 * The logarithm of a price above 0.
 */
static double
take_level(Input *input)
{
	return log(take_positive(input));
}

/*
 * Few frequencies and critical times, so that a search is quick.
 */
static LpplsBox
take_box(Input *input)
{
	LpplsBox	box;
	const double exponent = take_between(input, 0.0, 5.0);
	const double frequency = take_between(input, 0.1, 100.0);

	box.least.ahead = 1.0;
	box.most.ahead = (double) (take_bool(input) ?
							   take_int(input, 1, LPPLS_MOST_ROWS) :
							   take_int(input, 1, 20));
	box.least.exponent = exponent;
	box.most.exponent = take_between(input, exponent, 5.0);
	box.least.frequency = frequency;
	box.most.frequency = take_between(input, frequency,
									  fmin(frequency + 5.0, 100.0));
	return box;
}

/*
 * Work that is laid out; NULL for rows that any curve fits.
 */
static double *
prepare(Input *input, LpplsWork *work)
{
	const int64_t rows = take_int(input, LPPLS_LEAST_ROWS, MOST_ROWS);
	const LpplsBox box = take_box(input);
	double	   *level = take_numbers(input, rows, take_level);
	double	   *space = NULL;

	if (!LpplsIsStraight(level, rows))
	{
		space = room_for(LpplsWorkSize(rows, &box));
		LpplsWorkInit(work, space, level, rows, &box);
	}
	free(level);
	return space;
}

static bool
within(const LpplsPoint *point, const LpplsBox *box)
{
	return point->ahead >= box->least.ahead &&
		point->ahead <= box->most.ahead &&
		point->exponent >= box->least.exponent &&
		point->exponent <= box->most.exponent &&
		point->frequency >= box->least.frequency &&
		point->frequency <= box->most.frequency;
}

static void
try_fit(Input *input)
{
	const LpplsInterval interval = {take_between(input, 1e-3, 50.0),
	take_bool(input)};
	LpplsWork	work;
	double	   *space = prepare(input, &work);
	LpplsFit	fit;
	int			name;

	if (space == NULL)
		return;
	fit = LpplsFitOf(&work, take_bool(input) ? &interval : NULL);
	holds(fit.sse >= 0.0 && isfinite(fit.sse), "a fit has a sum of squares");
	/* Of smaller exponents the powers have coefficients out of range. */
	holds((isfinite(fit.a) && isfinite(fit.b)) ||
		  (fit.point.exponent > 0.0 && fit.point.exponent < 1e-290),
		  "a fit has coefficients");
	holds(within(&fit.point, &work.grid.box), "a fit is within its box");
	holds(!(fit.low > fit.point.ahead * (1.0 + 1e-6)) &&
		  !(fit.high < fit.point.ahead * (1.0 - 1e-6)),
		  "an interval holds its critical time");
	for (name = LPPLS_SORNETTE; name <= LPPLS_PACKAGE; name++)
		(void) LpplsQualifies(&fit, (LpplsFilterName) name);
	free(space);
}

/*
 * With all vectors that the processor has, which give the same bits.
 */
static void
solve(const LpplsRows *rows, const LpplsPoint *point, LpplsLinear *linear,
	  LpplsSlope *slope)
{
	LpplsLinear other_linear;
	LpplsSlope	other_slope;
	int			vectors;

	LpplsUseVectors(0);
	LpplsSolve(rows, point, linear, slope);
	for (vectors = 1; LpplsVectors(vectors) != NULL; vectors++)
	{
		if (!LpplsUseVectors(vectors))
			continue;
		LpplsSolve(rows, point, &other_linear, &other_slope);
		holds(memcmp(linear, &other_linear, sizeof(other_linear)) == 0 &&
			  memcmp(slope, &other_slope, sizeof(other_slope)) == 0,
			  "all vectors give the same bits");
	}
}

static void
try_descent(Input *input)
{
	LpplsWork	work;
	double	   *space = prepare(input, &work);
	const LpplsBox *box = &work.grid.box;
	LpplsMinimum minimum;
	LpplsLinear linear;
	LpplsSlope	slope;

	if (space == NULL)
		return;
	minimum.point.ahead = take_between(input, box->least.ahead,
									   box->most.ahead);
	minimum.point.exponent = take_between(input, box->least.exponent,
										  box->most.exponent);
	minimum.point.frequency = take_between(input, box->least.frequency,
										   box->most.frequency);
	solve(&work.rows, &minimum.point, &linear, &slope);
	(void) LpplsFitted(&work.rows, &linear, 0);
	(void) LpplsDescend(&work.rows, box, 60, 1e-12, INFINITY, &minimum);
	holds(within(&minimum.point, box), "a descent stays in its box");
	holds(!(minimum.linear.sse > linear.sse), "a descent does not go up");
	free(space);
}

static void
try_cells(Input *input)
{
	LpplsWork	work;
	double	   *space = prepare(input, &work);
	int64_t		cell;

	if (space == NULL)
		return;
	LpplsFillCells(&work.means, &work.grid, work.cell_scratch, work.cells);
	for (cell = 0; cell < LpplsCellCount(&work.grid); cell++)
		if (LpplsIsLowest(&work.grid, work.cells, cell))
		{
			const LpplsPoint point = LpplsCellPoint(&work.grid, cell);

			holds(within(&point, &work.grid.box), "a cell is in the box");
		}
	free(space);
}

/*
 * Also what no fit gives.
 */
static void
try_filter(Input *input)
{
	LpplsFit	fit = {
		.observations = take_int(input, LPPLS_LEAST_ROWS, LPPLS_MOST_ROWS),
		.damping = take_number(input),
		.oscillations = take_number(input),
		.relative_error = take_number(input)
	};

	fit.point.ahead = take_number(input);
	fit.point.exponent = take_number(input);
	fit.point.frequency = take_number(input);
	holds(!LpplsQualifies(&fit, (LpplsFilterName)
						  take_int(input, LPPLS_SORNETTE, LPPLS_PACKAGE)) ||
		  !isnan(fit.point.exponent), "without an exponent nothing passes");
}

static const Trial trial[] = {
	try_fit, try_descent, try_cells, try_filter
};

TRIALS(trial);
