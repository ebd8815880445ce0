/*
 * explosive.c - kernels of the explosive tests, fed by libFuzzer
 *
 * adf_series, adf_forward, adf_sweep, dating, largest, null_model, projection
 * and surface with its surface_table.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "input.h"

#include "explosive/adf_forward.h"
#include "explosive/adf_sweep.h"
#include "explosive/dating.h"
#include "explosive/largest.h"
#include "explosive/null_model.h"
#include "explosive/projection.h"
#include "explosive/surface.h"
#include "foundation/pause.h"
#include "foundation/quantile.h"

#define MOST_ROWS 80

void
KernelPause(void)
{
}

static bool
is_statistic(double t)
{
	return isnan(t) || isfinite(t);
}

/*
 * Sweep with all vectors that the processor has, which give the same bits.
 */
static void
sweep(const AdfSeries *series, int lags, int64_t window, int64_t end,
	  double swept[2][ADF_LANES])
{
	double		other[2][ADF_LANES];
	int			vectors;

	AdfUseVectors(0);
	AdfSweep(series, lags, window, end, swept[0], swept[1]);
	for (vectors = 1; AdfVectors(vectors) != NULL; vectors++)
	{
		if (!AdfUseVectors(vectors))
			continue;
		AdfSweep(series, lags, window, end, other[0], other[1]);
		holds(memcmp(swept, other, sizeof(other)) == 0,
			  "all vectors give the same bits");
	}
}

static void
try_adf(Input *input)
{
	const AdfTerms terms = (AdfTerms) take_int(input, ADF_NONE, ADF_TREND);
	const int64_t length = take_int(input, 3, MOST_ROWS);
	const int	carried = AdfMostLags(length, terms);
	const int	lags = carried < 0 ? -1 : (int) take_int(input, 0, carried);
	double	   *level = take_numbers(input, length, take_finite);
	double	   *room = room_for((int64_t) AdfSeriesRoom(length));
	double	   *forward;
	double		swept[2][ADF_LANES];
	AdfSeries	series;
	int64_t		window;
	int64_t		end;
	int			i;

	AdfSeriesInit(&series, level, length, room);
	series.terms = terms;
	if (lags >= 0)
	{
		const int	chosen = AdfChooseLags(&series, lags, take_bool(input) ?
										   LAGS_BY_AIC : LAGS_BY_BIC);

		holds(chosen >= 0 && chosen <= lags, "lags are chosen");
		window = take_int(input, AdfLeastWindow(lags, terms), length);
		forward = room_for(length - window + 1);
		AdfForward(&series, lags, window, forward);
		for (end = window - 1; end < length; end += ADF_LANES)
		{
			sweep(&series, lags, window, end, swept);
			for (i = 0; i < ADF_LANES && end + i < length; i++)
			{
				holds(is_statistic(swept[0][i]) && is_statistic(swept[1][i]) &&
					  is_statistic(forward[end + i + 1 - window]),
					  "a statistic is finite, or there is none");
				holds(!(swept[0][i] < swept[1][i]),
					  "no window passes the largest");
			}
		}
		free(forward);
	}
	free(level);
	free(room);
}

static void
try_dating(Input *input)
{
	const int64_t length = take_int(input, 1, MOST_ROWS);
	double	   *path = take_numbers(input, length, take_number);
	double	   *critical = take_numbers(input, length, take_number);
	ExplosiveRun run;
	int64_t		from = 0;
	int64_t		above = 0;
	int64_t		i;

	for (i = 0; i < length; i++)
		above += path[i] > critical[i];
	while (NextExplosiveRun(path, critical, length, from, &run))
	{
		holds(run.start >= from && run.start <= run.peak &&
			  run.peak <= run.end && run.end < length, "a run is in order");
		above -= run.end - run.start + 1;
		from = run.end + 1;
	}
	holds(above == 0, "every explosive row is in a run");
	free(path);
	free(critical);
}

static void
try_largest(Input *input)
{
	const int64_t count = take_int(input, 1, MOST_ROWS);
	const double level = take_between(input, 0.0, 1.0);
	const double place = (double) (count - 1) * level;
	const int64_t kept = count - (int64_t) place;
	double	   *draw = take_numbers(input, count, take_finite);
	double	   *heap = room_for(kept);
	double		p;
	double		quantile;
	int64_t		i;

	for (i = 0; i < kept; i++)
		heap[i] = -INFINITY;
	for (i = 0; i < count; i++)
		KeepLargest(heap, kept, draw[i]);
	qsort(draw, count, sizeof(double), compare_numbers);
	p = BootstrapP(draw, count, take_finite(input));
	holds(p > 0.0 && p <= 1.0, "a p value");
	quantile = Quantile(draw, count, level);
	holds(same_number(LeastKept(heap, kept, place - floor(place)),
					  isfinite(quantile) ? quantile : NAN),
		  "the quantile of the sorted draws");
	free(draw);
	free(heap);
}

/*
 * Series from shocks.
 */
static void
try_null_model(Input *input)
{
	gsl_rng    *generator = gsl_rng_alloc(gsl_rng_mt19937);
	const int	lags = (int) take_int(input, 0, ADF_MOST_LAGS);
	const int64_t count = take_int(input, lags + 1, MOST_ROWS);
	double	   *change = take_numbers(input, count, take_finite);
	double	   *beta = take_numbers(input, lags + 1, take_finite);
	double	   *shock = room_for(count - lags);
	NullModel	model = {
		.count = count - lags, .shock = shock, .lags = lags,
		.coefficient = beta + 1, .change = change, .length = count + 1
	};
	double	   *level = room_for(count + 1);

	gsl_rng_set(generator, (unsigned long) take_int(input, 0, 255));
	NullShocks(change, count, lags, beta, shock);
	RandomWalk(&model, generator, level);
	holds(level[0] == 0.0 && isfinite(level[count]), "a random walk");
	PhillipsShiSeries(&model, generator, level);
	model.lags = 0;
	model.count = count;
	model.shock = change;
	HarveySeries(&model, generator, level);
	gsl_rng_free(generator);
	free(change);
	free(beta);
	free(shock);
	free(level);
}

static void
try_projection(Input *input)
{
	const int	columns = (int) take_int(input, 1, MOST_CONTROLS);
	const int64_t count = take_int(input, 1, 20);
	double	   *y = take_numbers(input, count, take_finite);
	double	   *x = take_numbers(input, count * columns, take_finite);
	double	   *triangle = take_numbers(input, (int64_t) columns * columns,
										take_finite);
	size_t	   *order = malloc(columns * sizeof(size_t));
	Basis		basis = {columns, triangle, order, 0};
	int			i;

	for (i = 0; i < columns; i++)
		order[i] = (i + count) % columns;
	(void) CentreColumn(y, count, 1, false);
	for (i = 0; i < columns; i++)
		(void) CentreColumn(x + i, count, columns, true);
	basis.rank = RankOf(triangle, columns);
	holds(basis.rank >= 0 && basis.rank <= columns, "a rank");
	ProjectOut(y, x, count, &basis);
	free(y);
	free(x);
	free(triangle);
	free(order);
}

static void
try_surface(Input *input)
{
	const int64_t length = take_int(input, 0, SURFACE_MOST_LENGTH + 1);
	const int64_t window = take_int(input, 0, SURFACE_MOST_WINDOW + 1);
	const int	lags = (int) take_int(input, -1, SURFACE_MOST_LAGS + 1);
	double		quantile[SURFACE_LEVELS];
	double		p;
	int			i;

	if (!SurfaceCovers(length, window, lags))
		return;
	SurfaceQuantiles((SupStatistic) take_int(input, 0, SUP_STATISTICS - 1),
					 length, window, lags, quantile);
	for (i = 0; i < SURFACE_LEVELS; i++)
		holds(isfinite(quantile[i]) &&
			  (i == 0 || quantile[i] >= quantile[i - 1]),
			  "quantiles ascend");
	holds(isfinite(SurfaceCriticalValue(quantile,
										take_between(input,
													 SURFACE_LOWEST_LEVEL,
													 SURFACE_HIGHEST_LEVEL))),
		  "a critical value");
	p = SurfacePValue(quantile, take_finite(input));
	holds(p >= SURFACE_SMALLEST_P && p <= SURFACE_LARGEST_P, "a p value");
}

static const Trial trial[] = {
	try_adf, try_adf, try_dating, try_largest, try_null_model, try_projection,
	try_surface
};

TRIALS(trial);
