/*
 * cells.c - the sum of squares over a grid of nonlinear parameters
 *
 * Kernel: no PostgreSQL in here.  The method is described in cells.h.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "lppls/cells.h"

#include <math.h>
#include <string.h>

#include "foundation/pause.h"

/* Means for every factor e of time, beyond the rows that stand alone. */
#define MEANS 25
/* The ratio of distances of the critical time, at most. */
#define AHEAD_RATIO 1.25
#define EXPONENT_STEP 0.4
/* Exponents up to here are 0 as far as cells are concerned. */
#define LEAST_EXPONENT 1e-6
/* A step of the frequency turns the curve by so much from end to end. */
#define FREQUENCY_TURN 3.0

/* ---- means of rows ---- */

/*
 * How many rows make the mean that ends so many rows before the last one.
 */
static int64_t
rows_of_mean(int64_t ago)
{
	return ago < MEANS ? 1 : ago / MEANS;
}

int64_t
LpplsMeansCount(int64_t rows)
{
	int64_t		count = 0;
	int64_t		ago;

	for (ago = 0; ago < rows; ago += rows_of_mean(ago))
		count++;
	return LPPLS_WHOLE(count);
}

/*
 * The means of "rows" levels, latest first: when, of how many rows, what.  The
 * arrays have LpplsMeansCount() places.
 */
void
LpplsTakeMeans(const double *latest, int64_t rows, double *ago, double *weight,
			   double *level)
{
	int64_t		done = 0;
	int64_t		i;

	for (i = 0; done < rows; i++)
	{
		int64_t		taken = rows_of_mean(done);
		double		sum = 0.0;
		int64_t		j;

		if (taken > rows - done)
			taken = rows - done;
		for (j = done; j < done + taken; j++)
			sum += *(latest - j);
		ago[i] = done + (taken - 1) / 2.0;
		weight[i] = (double) taken;
		level[i] = sum / taken;
		done += taken;
	}
	for (; i % LPPLS_LANES != 0; i++)
	{
		ago[i] = weight[i] = level[i] = 0.0;
	}
}

/* ---- the grid ---- */

static int
steps_of(double range, double step)
{
	return 1 + (int) ceil(range / step - 1e-9);
}

LpplsGrid
LpplsGridOf(const LpplsBox *box, double earliest)
{
	const double span = log((earliest + box->least.ahead) / box->least.ahead);
	LpplsGrid	grid = {*box, 1, 1, 1, 1};

	grid.aheads = steps_of(log(box->most.ahead / box->least.ahead),
						   log(AHEAD_RATIO));
	grid.exponents = steps_of(box->most.exponent - box->least.exponent,
							  EXPONENT_STEP);
	grid.frequencies = steps_of(box->most.frequency - box->least.frequency,
								FREQUENCY_TURN / span);
	grid.lanes = (grid.frequencies + LPPLS_LANES - 1) / LPPLS_LANES *
		LPPLS_LANES;
	return grid;
}

int64_t
LpplsCellCount(const LpplsGrid *grid)
{
	return (int64_t) grid->aheads * grid->exponents * grid->lanes;
}

static double
part_of(double least, double most, int i, int count)
{
	return i == 0 ? least : i >= count - 1 ? most :
		least + (most - least) * i / (count - 1);
}

static double
ahead_of(const LpplsGrid *grid, int i)
{
	const double least = grid->box.least.ahead;
	const double most = grid->box.most.ahead;

	return i == 0 ? least : i >= grid->aheads - 1 ? most :
		least * pow(most / least, (double) i / (grid->aheads - 1));
}

static double
frequency_step(const LpplsGrid *grid)
{
	return grid->frequencies < 2 ? 0.0 :
		(grid->box.most.frequency - grid->box.least.frequency) /
		(grid->frequencies - 1);
}

LpplsPoint
LpplsCellPoint(const LpplsGrid *grid, int64_t cell)
{
	const int	frequency = (int) (cell % grid->lanes);
	const int	exponent = (int) (cell / grid->lanes % grid->exponents);
	LpplsPoint	point;

	point.ahead = ahead_of(grid, (int) (cell / grid->lanes / grid->exponents));
	point.exponent = part_of(grid->box.least.exponent,
							 grid->box.most.exponent, exponent,
							 grid->exponents);
	point.frequency = part_of(grid->box.least.frequency,
							  grid->box.most.frequency, frequency,
							  grid->frequencies);
	return point;
}

/* ---- sums of squares, several frequencies at a time ---- */

/*
 * What the cells of one critical time need.  A row has in
 *
 *	turn	the cosine and the sine of a step of all lanes
 *	wave	cosine, sine, cosine squared, cosine times sine, a vector each
 *	power	for each exponent: x^m, its square, x^m times the first column,
 *			x^m times the level, all with the weight
 */
typedef struct Work
{
	double	   *log;
	double	   *turn;
	double	   *wave;
	double	   *power;
	double	   *total;			/* for each exponent */
} Work;

enum
{
	TURN = 2,
	WAVE = 4 * LPPLS_LANES,
	POWER = 4,
	TOTAL = 4					/* sums of the squares of x^m and of the first
								 * column, of its products with the level,
								 * what the latter leave of the squares */
};

int64_t
LpplsCellScratch(const LpplsGrid *grid, int64_t rows)
{
	return rows * (1 + TURN + WAVE + POWER * grid->exponents) +
		TOTAL * grid->exponents;
}

static Work
work_in(double *scratch, const LpplsGrid *grid, int64_t rows)
{
	Work		work;

	work.log = scratch;
	work.turn = work.log + rows;
	work.wave = work.turn + TURN * rows;
	work.power = work.wave + WAVE * rows;
	work.total = work.power + POWER * rows * grid->exponents;
	return work;
}

/*
 * The logarithms of a critical time, and the waves of the first frequencies.
 */
UNROLLED void
start_waves(const LpplsRows *rows, const LpplsGrid *grid, double ahead,
			Work *work)
{
	const double largest = rows->earliest + ahead;
	const double step = frequency_step(grid);
	Lanes		frequency;
	int64_t		i;
	int			j;

	for (j = 0; j < LPPLS_LANES; j++)
		frequency[j] = grid->box.least.frequency + j * step;
	for (i = 0; i < rows->count; i += LPPLS_LANES)
	{
		const Lanes x = (CONST_LANES_AT(rows->ago, i) + ahead) / largest;
		Lanes		u;
		Lanes		phase;
		Lanes		sine;
		Lanes		cosine;

		LanesLog(&x, &u);
		LANES_AT(work->log, i) = u;
		phase = u * (LPPLS_LANES * step);
		LanesSinCos(&phase, &sine, &cosine);
		for (j = 0; j < LPPLS_LANES; j++)
		{
			double	   *wave = work->wave + WAVE * (i + j);
			Lanes		sine_of_row;
			Lanes		cosine_of_row;

			work->turn[TURN * (i + j)] = cosine[j];
			work->turn[TURN * (i + j) + 1] = sine[j];
			phase = frequency * u[j];
			LanesSinCos(&phase, &sine_of_row, &cosine_of_row);
			LANES_AT(wave, 0) = cosine_of_row;
			LANES_AT(wave, LPPLS_LANES) = sine_of_row;
		}
	}
}

/*
 * What an exponent's cells have in common.  The first column is centred.
 */
UNROLLED void
fill_powers(const LpplsRows *rows, double exponent, const double *log,
			double *power, double *total)
{
	const Lanes zero = {0.0};
	Lanes		sum = zero;
	Lanes		totals[TOTAL] = {zero, zero, zero, zero};
	double		mean;
	int64_t		i;
	int			j;

	for (i = 0; i < rows->count; i += LPPLS_LANES)
	{
		const Lanes z = CONST_LANES_AT(log, i) * exponent;
		Lanes		x;
		Lanes		first = CONST_LANES_AT(log, i);

		LanesExp(&z, &x);
		if (exponent > LEAST_EXPONENT)
			first = (x - 1.0) / exponent;
		sum += CONST_LANES_AT(rows->weight, i) * first;
		for (j = 0; j < LPPLS_LANES; j++)
		{
			power[POWER * (i + j)] = x[j];
			power[POWER * (i + j) + 2] = first[j];
		}
	}
	mean = LanesSum(&sum) / rows->weights;
	for (i = 0; i < rows->count; i += LPPLS_LANES)
	{
		const Lanes weight = CONST_LANES_AT(rows->weight, i);
		const Lanes level = CONST_LANES_AT(rows->level, i);
		Lanes		x;
		Lanes		first;
		Lanes		weighted;

		for (j = 0; j < LPPLS_LANES; j++)
		{
			x[j] = power[POWER * (i + j)];
			first[j] = power[POWER * (i + j) + 2];
		}
		first -= mean;
		weighted = x * weight;
		totals[0] += weighted * x;
		totals[1] += weight * first * first;
		totals[2] += weight * first * level;
		totals[3] += weight * level * level;
		for (j = 0; j < LPPLS_LANES; j++)
		{
			power[POWER * (i + j)] = weighted[j];
			power[POWER * (i + j) + 1] = weighted[j] * x[j];
			power[POWER * (i + j) + 2] = weighted[j] * first[j];
			power[POWER * (i + j) + 3] = weighted[j] * level[j];
		}
	}
	for (j = 0; j < TOTAL; j++)
		total[j] = LanesSum(&totals[j]);
	total[3] -= total[2] * total[2] / total[1];
}

/*
 * Squares and products of the waves.
 */
UNROLLED void
multiply_waves(int64_t rows, double *wave)
{
	int64_t		i;

	for (i = 0; i < rows; i++)
	{
		InArray    *w = (InArray *) (wave + WAVE * i);

		w[2] = w[0] * w[0];
		w[3] = w[0] * w[1];
	}
}

/*
 * On to the next frequencies.
 */
UNROLLED void
turn_waves(int64_t rows, const double *turn, double *wave)
{
	int64_t		i;

	for (i = 0; i < rows; i++)
	{
		InArray    *w = (InArray *) (wave + WAVE * i);
		const double cosine = turn[TURN * i];
		const double sine = turn[TURN * i + 1];
		const Lanes turned = w[0] * cosine - w[1] * sine;

		w[1] = w[1] * cosine + w[0] * sine;
		w[0] = turned;
	}
}

/*
 * The sums of squares of one exponent and LPPLS_LANES frequencies.
 */
UNROLLED void
fill_cell(int64_t rows, double weights, const double *wave,
		  const double *power, const double *total, double *cell)
{
	const Lanes zero = {0.0};
	Lanes		cosines = zero;
	Lanes		sines = zero;
	Lanes		squares = zero;
	Lanes		products = zero;
	Lanes		first_cosine = zero;
	Lanes		first_sine = zero;
	Lanes		level_cosine = zero;
	Lanes		level_sine = zero;
	Lanes		other_squares;
	Lanes		slope;
	Lanes		left;
	int64_t		i;

	for (i = 0; i < rows; i++)
	{
		const InArray *w = (const InArray *) (wave + WAVE * i);
		const double *p = power + POWER * i;

		cosines += p[0] * w[0];
		sines += p[0] * w[1];
		squares += p[1] * w[2];
		products += p[1] * w[3];
		first_cosine += p[2] * w[0];
		first_sine += p[2] * w[1];
		level_cosine += p[3] * w[0];
		level_sine += p[3] * w[1];
	}

	/* Centred, and the first column taken out. */
	other_squares = total[0] - squares;
	squares -= cosines * cosines / weights + first_cosine * first_cosine /
		total[1];
	other_squares -= sines * sines / weights + first_sine * first_sine /
		total[1];
	products -= cosines * sines / weights + first_cosine * first_sine /
		total[1];
	level_cosine -= first_cosine * total[2] / total[1];
	level_sine -= first_sine * total[2] / total[1];

	/* Then the cosine, and the sine. */
	slope = products / squares;
	left = total[3] - level_cosine * level_cosine / squares;
	level_sine -= slope * level_cosine;
	left -= level_sine * level_sine / (other_squares - slope * products);

	/* Waves that are no more than the first column leave what that leaves. */
	left = CHOOSE(left <= total[3], left, zero + total[3]);
	memcpy(cell, &left, sizeof(left));
}

UNROLLED void
fill_ahead(const LpplsRows *rows, const LpplsGrid *grid, double ahead,
		   Work *work, double *cells)
{
	int			j;
	int			k;

	start_waves(rows, grid, ahead, work);
	for (k = 0; k < grid->exponents; k++)
		fill_powers(rows, part_of(grid->box.least.exponent,
								  grid->box.most.exponent, k,
								  grid->exponents),
					work->log, work->power + POWER * rows->count * k,
					work->total + TOTAL * k);
	for (j = 0; j < grid->lanes; j += LPPLS_LANES)
	{
		multiply_waves(rows->count, work->wave);
		for (k = 0; k < grid->exponents; k++)
			fill_cell(rows->count, rows->weights, work->wave,
					  work->power + POWER * rows->count * k,
					  work->total + TOTAL * k, cells + k * grid->lanes + j);
		turn_waves(rows->count, work->turn, work->wave);
	}
}

/* ---- the vectors ---- */

typedef void (*FillAhead) (const LpplsRows *rows, const LpplsGrid *grid,
						   double ahead, Work *work, double *cells);

#define FILL_AHEAD(name, target) \
static target void \
name(const LpplsRows *rows, const LpplsGrid *grid, double ahead, Work *work, \
	 double *cells) \
{ \
	fill_ahead(rows, grid, ahead, work, cells); \
}

FILL_AHEAD(fill_ahead_plain,)

#if WIDE_VECTORS
FILL_AHEAD(fill_ahead_avx2, __attribute__((target("avx2"))))
#endif

/* In the order of LpplsVectors(). */
static const FillAhead fill_of[] = {
#if WIDE_VECTORS
	fill_ahead_avx2,
#endif
	fill_ahead_plain
};

/* ---- what callers see ---- */

/*
 * The sums of squares of all cells, from means of rows.  Where columns can
 * hardly be told apart they are rough, and settled by going down from there.
 */
void
LpplsFillCells(const LpplsRows *rows, const LpplsGrid *grid, double *scratch,
			   double *cells)
{
	const int64_t cells_ahead = (int64_t) grid->exponents * grid->lanes;
	Work		work = work_in(scratch, grid, rows->count);
	int			i;

	for (i = 0; i < grid->aheads; i++)
	{
		KernelPause();
		fill_of[LpplsUsedVectors()] (rows, grid, ahead_of(grid, i), &work,
									 cells + i * cells_ahead);
	}
}

/*
 * Has none of the neighbours of a cell with the same critical time a smaller
 * sum of squares?  Of equal ones the first counts.
 */
bool
LpplsIsLowest(const LpplsGrid *grid, const double *cells, int64_t cell)
{
	const int	exponent = (int) (cell / grid->lanes % grid->exponents);
	const int	frequency = (int) (cell % grid->lanes);
	int			i;
	int			j;

	if (frequency >= grid->frequencies || !(cells[cell] < INFINITY))
		return false;
	for (i = -1; i <= 1; i++)
		for (j = -1; j <= 1; j++)
		{
			const int64_t other = cell + i * grid->lanes + j;

			if (exponent + i < 0 || exponent + i >= grid->exponents ||
				frequency + j < 0 || frequency + j >= grid->frequencies)
				continue;
			if (cells[other] < cells[cell] ||
				(cells[other] == cells[cell] && other < cell))
				return false;
		}
	return true;
}
