/*
 * curve.c - a log-periodic power law at given nonlinear parameters
 *
 * Kernel: no PostgreSQL in here.  The method is described in curve.h.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "lppls/curve.h"

#include <math.h>
#include <string.h>

#include "foundation/pause.h"

/* A pivot below this share of its column's square depends on the others. */
#define DEPENDENT 1e-13

/* With exponents below, x^m - 1 would lose digits. */
#define SMALL_EXPONENT 0.05

/*
 * The columns, as they lie in the scratch of the rows.
 */
typedef struct Columns
{
	double	   *log;			/* ln x */
	double	   *power;			/* x^m */
	double	   *column[LPPLS_COLUMNS];
} Columns;

static Columns
columns_of(const LpplsRows *rows)
{
	double	   *from = rows->scratch;
	Columns		columns;
	int			i;

	columns.log = from;
	columns.power = from + rows->count;
	for (i = 0; i < LPPLS_COLUMNS; i++)
		columns.column[i] = from + (2 + i) * rows->count;
	return columns;
}

/* ---- columns ---- */

/*
 * (x^m - 1) / m by u = ln x, and how it changes with m.
 */
static double
small_power(double m, double u)
{
	const double z = m * u;

	return z == 0.0 ? u : expm1(z) / m;
}

static double
small_power_slope(double m, double u)
{
	const double z = m * u;

	if (fabs(z) < 0.02)
	{
		double		series = 1.0 / 144 + z / 840;

		series = series * z + 1.0 / 30;
		series = series * z + 1.0 / 8;
		series = series * z + 1.0 / 3;
		return u * u * (series * z + 0.5);
	}
	return (u * exp(z) - expm1(z) / m) / m;
}

/*
 * Fill the columns, and sum them up.
 */
UNROLLED void
fill_columns(const LpplsRows *rows, const LpplsPoint *point, Columns *columns,
			 double *sum)
{
	const double scale = 1.0 / (rows->earliest + point->ahead);
	const double m = point->exponent;
	const double per_m = 1.0 / m;
	const Lanes zero = {0.0};
	Lanes		first_sum = zero;
	Lanes		cosine_sum = zero;
	Lanes		sine_sum = zero;
	int64_t		i;
	int			j;

	for (i = 0; i < rows->count; i += LPPLS_LANES)
	{
		const Lanes weight = CONST_LANES_AT(rows->weight, i);
		Lanes		x = (CONST_LANES_AT(rows->ago, i) + point->ahead) * scale;
		Lanes		u;
		Lanes		power;
		Lanes		first;
		Lanes		cosine;
		Lanes		sine;

		PauseAt(i);
		LanesLog(&x, &u);
		x = u * m;
		LanesExp(&x, &power);
		x = u * point->frequency;
		LanesSinCos(&x, &sine, &cosine);
		cosine *= power;
		sine *= power;
		if (m >= SMALL_EXPONENT)
			first = (power - 1.0) * per_m;
		else
			for (j = 0; j < LPPLS_LANES; j++)
				first[j] = small_power(m, u[j]);
		LANES_AT(columns->log, i) = u;
		LANES_AT(columns->power, i) = power;
		LANES_AT(columns->column[0], i) = first;
		LANES_AT(columns->column[1], i) = cosine;
		LANES_AT(columns->column[2], i) = sine;
		first_sum += weight * first;
		cosine_sum += weight * cosine;
		sine_sum += weight * sine;
	}
	sum[0] = LanesSum(&first_sum);
	sum[1] = LanesSum(&cosine_sum);
	sum[2] = LanesSum(&sine_sum);
}

/* ---- normal equations ---- */

/*
 * A lower triangle L with L L' the matrix.  What depends on columns before it
 * has a zero on the diagonal.
 */
static void
decompose(double matrix[LPPLS_COLUMNS][LPPLS_COLUMNS])
{
	int			i;
	int			j;
	int			k;

	for (i = 0; i < LPPLS_COLUMNS; i++)
		for (j = 0; j <= i; j++)
		{
			double		left = matrix[i][j];

			for (k = 0; k < j; k++)
				left -= matrix[i][k] * matrix[j][k];
			if (i == j)
				matrix[i][i] = left > DEPENDENT * matrix[i][i] ?
					sqrt(left) : 0.0;
			else
				matrix[i][j] = matrix[j][j] > 0.0 ? left / matrix[j][j] : 0.0;
		}
}

static void
forward(double triangle[LPPLS_COLUMNS][LPPLS_COLUMNS], double *side)
{
	int			i;
	int			k;

	for (i = 0; i < LPPLS_COLUMNS; i++)
	{
		for (k = 0; k < i; k++)
			side[i] -= triangle[i][k] * side[k];
		side[i] = triangle[i][i] > 0.0 ? side[i] / triangle[i][i] : 0.0;
	}
}

static void
backward(double triangle[LPPLS_COLUMNS][LPPLS_COLUMNS], double *side)
{
	int			i;
	int			k;

	for (i = LPPLS_COLUMNS - 1; i >= 0; i--)
	{
		for (k = i + 1; k < LPPLS_COLUMNS; k++)
			side[i] -= triangle[k][i] * side[k];
		side[i] = triangle[i][i] > 0.0 ? side[i] / triangle[i][i] : 0.0;
	}
}

typedef struct Normal
{
	double		mean[LPPLS_COLUMNS];
	double		triangle[LPPLS_COLUMNS][LPPLS_COLUMNS];
	double		side[LPPLS_COLUMNS];
} Normal;

/*
 * Those of the centred columns.
 */
UNROLLED void
normal_equations(const LpplsRows *rows, const Columns *columns,
				 Normal *normal)
{
	const Lanes zero = {0.0};
	Lanes		g00 = zero;
	Lanes		g10 = zero;
	Lanes		g11 = zero;
	Lanes		g20 = zero;
	Lanes		g21 = zero;
	Lanes		g22 = zero;
	Lanes		s0 = zero;
	Lanes		s1 = zero;
	Lanes		s2 = zero;
	int64_t		i;

	for (i = 0; i < rows->count; i += LPPLS_LANES)
	{
		const Lanes weight = CONST_LANES_AT(rows->weight, i);
		const Lanes level = CONST_LANES_AT(rows->level, i);
		const Lanes x0 = LANES_AT(columns->column[0], i) - normal->mean[0];
		const Lanes x1 = LANES_AT(columns->column[1], i) - normal->mean[1];
		const Lanes x2 = LANES_AT(columns->column[2], i) - normal->mean[2];
		const Lanes w0 = weight * x0;
		const Lanes w1 = weight * x1;
		const Lanes w2 = weight * x2;

		PauseAt(i);
		g00 += w0 * x0;
		g10 += w1 * x0;
		g11 += w1 * x1;
		g20 += w2 * x0;
		g21 += w2 * x1;
		g22 += w2 * x2;
		s0 += w0 * level;
		s1 += w1 * level;
		s2 += w2 * level;
	}
	normal->triangle[0][0] = LanesSum(&g00);
	normal->triangle[1][0] = LanesSum(&g10);
	normal->triangle[1][1] = LanesSum(&g11);
	normal->triangle[2][0] = LanesSum(&g20);
	normal->triangle[2][1] = LanesSum(&g21);
	normal->triangle[2][2] = LanesSum(&g22);
	normal->side[0] = LanesSum(&s0);
	normal->side[1] = LanesSum(&s1);
	normal->side[2] = LanesSum(&s2);
	decompose(normal->triangle);
}

/* ---- residuals ---- */

/*
 * What residuals and slopes add up to.
 */
typedef struct Sums
{
	double		rest;			/* sum of the residuals */
	double		squares;
	double		column_rest[LPPLS_COLUMNS];
	double		slope_rest[LPPLS_PARAMETERS];
	double		slope[LPPLS_PARAMETERS];
	double		slope_column[LPPLS_PARAMETERS][LPPLS_COLUMNS];
	double		slopes[LPPLS_PARAMETERS][LPPLS_PARAMETERS];
} Sums;

UNROLLED void
add_rests(const LpplsRows *rows, const Columns *columns, const Normal *normal,
		  const double *coefficient, Sums *sums)
{
	const Lanes zero = {0.0};
	Lanes		all = zero;
	Lanes		squares = zero;
	Lanes		r0 = zero;
	Lanes		r1 = zero;
	Lanes		r2 = zero;
	int64_t		i;

	for (i = 0; i < rows->count; i += LPPLS_LANES)
	{
		const Lanes x0 = LANES_AT(columns->column[0], i) - normal->mean[0];
		const Lanes x1 = LANES_AT(columns->column[1], i) - normal->mean[1];
		const Lanes x2 = LANES_AT(columns->column[2], i) - normal->mean[2];
		const Lanes rest = CONST_LANES_AT(rows->level, i) -
			(x0 * coefficient[0] + x1 * coefficient[1] + x2 * coefficient[2]);
		const Lanes weighted = CONST_LANES_AT(rows->weight, i) * rest;

		PauseAt(i);
		all += weighted;
		squares += weighted * rest;
		r0 += weighted * x0;
		r1 += weighted * x1;
		r2 += weighted * x2;
	}
	sums->rest = LanesSum(&all);
	sums->squares = LanesSum(&squares);
	sums->column_rest[0] = LanesSum(&r0);
	sums->column_rest[1] = LanesSum(&r1);
	sums->column_rest[2] = LanesSum(&r2);
}

/*
 * The slopes of the fitted levels, the linear parts held fast, one parameter
 * in each array.
 */
UNROLLED void
slopes_of(const LpplsPoint *point, const Columns *columns, const Lanes *ago,
		  const double *coefficient, int64_t i, Lanes *slope)
{
	const double m = point->exponent;
	const Lanes u = LANES_AT(columns->log, i);
	const Lanes power = LANES_AT(columns->power, i);
	const Lanes cosine = LANES_AT(columns->column[1], i);
	const Lanes sine = LANES_AT(columns->column[2], i);
	const Lanes wave = cosine * coefficient[1] + sine * coefficient[2];
	const Lanes turned = cosine * coefficient[2] - sine * coefficient[1];
	Lanes		first;
	int			j;

	if (m >= SMALL_EXPONENT)
		first = (u * power - LANES_AT(columns->column[0], i)) * (1.0 / m);
	else
		for (j = 0; j < LPPLS_LANES; j++)
			first[j] = small_power_slope(m, u[j]);
	slope[0] = point->ahead / (*ago + point->ahead) *
		(power * coefficient[0] + wave * m + turned * point->frequency);
	slope[1] = first * coefficient[0] + u * wave;
	slope[2] = u * turned;
}

/*
 * What the slopes add up to with each other, the columns and the residuals.
 */
UNROLLED void
add_slopes(const LpplsRows *rows, const LpplsPoint *point,
		   const Columns *columns, const Normal *normal,
		   const double *coefficient, Sums *sums)
{
	Lanes		total[LPPLS_PARAMETERS][8];
	Lanes		slope[LPPLS_PARAMETERS];
	int64_t		i;
	int			j;
	int			k;

	memset(total, 0, sizeof(total));
	for (i = 0; i < rows->count; i += LPPLS_LANES)
	{
		const Lanes ago = CONST_LANES_AT(rows->ago, i);
		const Lanes weight = CONST_LANES_AT(rows->weight, i);
		const Lanes x0 = LANES_AT(columns->column[0], i) - normal->mean[0];
		const Lanes x1 = LANES_AT(columns->column[1], i) - normal->mean[1];
		const Lanes x2 = LANES_AT(columns->column[2], i) - normal->mean[2];
		const Lanes rest = CONST_LANES_AT(rows->level, i) -
			(x0 * coefficient[0] + x1 * coefficient[1] + x2 * coefficient[2]);

		PauseAt(i);
		slopes_of(point, columns, &ago, coefficient, i, slope);
		for (j = 0; j < LPPLS_PARAMETERS; j++)
		{
			const Lanes weighted = weight * slope[j];

			total[j][0] += weighted;
			total[j][1] += weighted * rest;
			total[j][2] += weighted * x0;
			total[j][3] += weighted * x1;
			total[j][4] += weighted * x2;
			for (k = 0; k <= j; k++)
				total[j][5 + k] += weighted * slope[k];
		}
	}
	for (j = 0; j < LPPLS_PARAMETERS; j++)
	{
		sums->slope[j] = LanesSum(&total[j][0]);
		sums->slope_rest[j] = LanesSum(&total[j][1]);
		for (k = 0; k < LPPLS_COLUMNS; k++)
			sums->slope_column[j][k] = LanesSum(&total[j][2 + k]);
		for (k = 0; k <= j; k++)
			sums->slopes[j][k] = LanesSum(&total[j][5 + k]);
	}
}

/*
 * The slopes less what the columns take up of them, after Kaufman.
 */
static void
project_slopes(const LpplsRows *rows, Normal *normal, Sums *sums,
			   LpplsSlope *slope)
{
	int			i;
	int			j;
	int			k;

	for (i = 0; i < LPPLS_PARAMETERS; i++)
	{
		forward(normal->triangle, sums->slope_column[i]);
		slope->gradient[i] = -sums->slope_rest[i];
		for (j = 0; j <= i; j++)
		{
			double		left = sums->slopes[i][j] -
				sums->slope[i] * sums->slope[j] / rows->weights;

			for (k = 0; k < LPPLS_COLUMNS; k++)
				left -= sums->slope_column[i][k] * sums->slope_column[j][k];
			slope->hessian[i][j] = slope->hessian[j][i] = left;
		}
	}
}

/*
 * The residuals' own solution, and what it takes from their squares.
 */
static void
correct(const LpplsRows *rows, Normal *normal, const Sums *sums,
		LpplsLinear *linear)
{
	const double shift = sums->rest / rows->weights;
	double		change[LPPLS_COLUMNS];
	int			i;

	memcpy(change, sums->column_rest, sizeof(change));
	forward(normal->triangle, change);
	linear->sse = sums->squares - shift * sums->rest;
	for (i = 0; i < LPPLS_COLUMNS; i++)
		linear->sse -= change[i] * change[i];
	linear->sse = fmax(linear->sse, 0.0);
	backward(normal->triangle, change);
	linear->constant = shift;
	for (i = 0; i < LPPLS_COLUMNS; i++)
	{
		linear->coefficient[i] += change[i];
		linear->constant -= linear->coefficient[i] * normal->mean[i];
	}
}

UNROLLED void
solve(const LpplsRows *rows, const LpplsPoint *point, LpplsLinear *linear,
	  LpplsSlope *slope)
{
	Columns		columns = columns_of(rows);
	Normal		normal;
	Sums		sums;
	int			i;

	fill_columns(rows, point, &columns, normal.mean);
	for (i = 0; i < LPPLS_COLUMNS; i++)
		normal.mean[i] /= rows->weights;
	normal_equations(rows, &columns, &normal);
	memcpy(linear->coefficient, normal.side, sizeof(normal.side));
	forward(normal.triangle, linear->coefficient);
	backward(normal.triangle, linear->coefficient);
	add_rests(rows, &columns, &normal, linear->coefficient, &sums);
	correct(rows, &normal, &sums, linear);
	if (slope == NULL)
		return;
	add_slopes(rows, point, &columns, &normal, linear->coefficient, &sums);
	project_slopes(rows, &normal, &sums, slope);
}

/* ---- the vectors ---- */

typedef void (*Solve) (const LpplsRows *rows, const LpplsPoint *point,
					   LpplsLinear *linear, LpplsSlope *slope);

#define SOLVE(name, target) \
static target void \
name(const LpplsRows *rows, const LpplsPoint *point, LpplsLinear *linear, \
	 LpplsSlope *slope) \
{ \
	solve(rows, point, linear, slope); \
}

SOLVE(solve_plain,)

#if WIDE_VECTORS
SOLVE(solve_avx2, __attribute__((target("avx2"))))

static bool
has_avx2(void)
{
	return __builtin_cpu_supports("avx2");
}
#endif

static const Vectors known_vectors[] = {
#if WIDE_VECTORS
	{"avx2", has_avx2},
#endif
	{"plain", NULL}
};

static VectorChoice choice = VECTOR_CHOICE(known_vectors);

/* In the same order. */
static const Solve solve_of[] = {
#if WIDE_VECTORS
	solve_avx2,
#endif
	solve_plain
};

const char *
LpplsVectors(int vectors)
{
	return VectorsName(&choice, vectors);
}

bool
LpplsUseVectors(int vectors)
{
	return UseVectors(&choice, vectors);
}

int
LpplsUsedVectors(void)
{
	return UsedVectors(&choice);
}

/* ---- what callers see ---- */

/*
 * The linear parts at a point, and, unless NULL, the slopes there.  The
 * columns stay in the scratch of the rows.
 */
void
LpplsSolve(const LpplsRows *rows, const LpplsPoint *point,
		   LpplsLinear *linear, LpplsSlope *slope)
{
	solve_of[LpplsUsedVectors()] (rows, point, linear, slope);
}

/*
 * The fitted level of a row, by the columns of the last LpplsSolve().
 */
double
LpplsFitted(const LpplsRows *rows, const LpplsLinear *linear, int64_t row)
{
	Columns		columns = columns_of(rows);
	double		fitted = linear->constant;
	int			i;

	for (i = 0; i < LPPLS_COLUMNS; i++)
		fitted += linear->coefficient[i] * columns.column[i][row];
	return fitted;
}
