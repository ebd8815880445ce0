/*
 * adoption.c - kernels of adoption, fed by libFuzzer
 *
 * change_level, change_partition, change_split, lead_lag, trend, and curve,
 * fit, natural and start.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "input.h"

#include <gsl/gsl_errno.h>

#include "adoption/change_level.h"
#include "adoption/change_partition.h"
#include "adoption/change_split.h"
#include "adoption/lead_lag.h"
#include "adoption/natural.h"
#include "adoption/start.h"
#include "adoption/trend.h"
#include "foundation/pause.h"

#define MOST_ROWS 100
#define MOST_POINTS 16

void
KernelPause(void)
{
}

/* ---- changes of a level ---- */

static void
try_level(Input *input)
{
	const int64_t rows = take_int(input, 1, MOST_ROWS);
	double	   *value = take_numbers(input, rows, take_finite);
	LevelScale	scale;
	double		mean;
	double		lowest = value[0];
	double		highest = value[0];
	bool		differ;
	int64_t		i;

	for (i = 0; i < rows; i++)
	{
		lowest = fmin(lowest, value[i]);
		highest = fmax(highest, value[i]);
	}
	differ = LevelScaleOf(value, rows, &scale);
	holds(differ == (lowest < highest), "values differ or do not");
	if (differ)
	{
		mean = MeanOf(value, 0, rows, &scale);
		holds(mean >= lowest && mean <= highest, "a mean is among the values");
		for (i = 0; i < rows; i++)
			holds(fabs(ScaledLevel(&scale, value[i])) <= 1.0,
				  "scaled levels are small");
	}
	free(value);
}

static void
try_partition(Input *input)
{
	const int64_t rows = take_int(input, 3, MOST_ROWS);
	const double penalty = take_positive(input);
	double	   *value = take_numbers(input, rows, take_finite);
	int64_t    *at = take_times(input, rows);
	int64_t    *start = malloc(rows * sizeof(int64_t));
	MeanInterval *intervals[2] = {
		malloc((2 * rows + 3) * sizeof(MeanInterval)),
		malloc((2 * rows + 3) * sizeof(MeanInterval))
	};
	Partition	partition = {.interval = intervals[0], .spare = intervals[1]};
	LevelScale	scale;
	int64_t    *piece;
	int64_t		pieces;
	int64_t		i;

	if (LevelScaleOf(value, rows, &scale))
	{
		double		lowest = value[0];
		double		highest = value[0];

		for (i = 1; i < rows; i++)
		{
			lowest = fmin(lowest, value[i]);
			highest = fmax(highest, value[i]);
		}
		PartitionStart(&partition, penalty, ScaledLevel(&scale, lowest),
					   ScaledLevel(&scale, highest));
		for (i = 0; i < rows; i++)
		{
			if (i > 0 && at[i - 1] != at[i] &&
				PartitionNeeds(&partition) <= 2 * rows + 3)
				PartitionCut(&partition);
			holds(partition.count > 0, "some piece is the best");
			PartitionAdd(&partition, ScaledLevel(&scale, value[i]));
			start[i] = partition.start;
			holds(start[i] >= 0 && start[i] <= i,
				  "a piece begins before it ends");
			holds(start[i] == 0 || at[start[i] - 1] != at[start[i]],
				  "rows at one time stay together");
		}
		pieces = PartitionPieces(start, rows);
		holds(pieces > 0 && pieces <= rows, "pieces have rows");
		piece = malloc(pieces * sizeof(int64_t));
		PartitionTrace(start, rows, piece, pieces);
		for (i = 0; i < pieces; i++)
			holds(i == 0 ? piece[0] == 0 : piece[i] > piece[i - 1],
				  "pieces are in order");
		free(piece);
	}
	free(value);
	free(at);
	free(start);
	free(intervals[0]);
	free(intervals[1]);
}

static void
try_split(Input *input)
{
	const int64_t rows = take_int(input, 1, MOST_ROWS);
	const double trim = take_between(input, 1e-9, 0.5);
	double	   *value = take_numbers(input, rows, take_finite);
	int64_t    *at = take_times(input, rows);
	ChangeSplit split;

	if (ChangeSplitOf(value, at, rows, trim, &split))
	{
		holds(split.rows > 0 && split.rows < rows &&
			  at[split.rows - 1] != at[split.rows],
			  "a change is between two times");
		holds(split.statistic >= 0.0, "an F statistic is not negative");
		holds(split.p >= 0.0 && split.p <= 1.0, "a p value");
		holds(isfinite(split.before) && isfinite(split.after), "means");
	}
	free(value);
	free(at);
}

static void
try_lead_lag(Input *input)
{
	const int64_t rows = take_int(input, 1, MOST_ROWS);
	const int64_t most = MostLag(rows - 1, take_int(input, 0, 50));
	double	   *a = take_numbers(input, rows, take_finite);
	double	   *b = take_numbers(input, rows, take_finite);
	double	   *correlation = room_for(2 * (most < 0 ? 0 : most) + 1);
	LeadLag		found;
	int64_t		lag;

	if (most >= 0 && Changes(a, rows, a) && Changes(b, rows, b))
	{
		for (lag = -most; lag <= most; lag++)
		{
			const double r = LagCorrelation(a, b, rows - 1, lag);

			holds(isnan(r) || (r >= -1.0 && r <= 1.0), "a correlation");
			correlation[most + lag] = r;
		}
		if (LeadLagOf(correlation, rows - 1, most, &found))
		{
			holds(found.lag >= -most && found.lag <= most &&
				  found.lag_low <= found.lag && found.lag_high >= found.lag,
				  "a lag is within its interval");
			holds(found.low <= found.correlation &&
				  found.high >= found.correlation, "so is a correlation");
			holds(found.p >= 0.0 && found.p <= 1.0, "a p value");
			holds(found.pairs >= LEAD_LAG_LEAST_PAIRS && found.pairs < rows,
				  "there are pairs");
		}
	}
	free(a);
	free(b);
	free(correlation);
}

static void
try_trend(Input *input)
{
	const int64_t rows = take_int(input, 1, MOST_ROWS);
	const int64_t cut = take_int(input, 0, rows);
	Trend		first = {0};
	Trend		second = {0};
	TrendFit	fit;
	double		x = -take_between(input, 0.0, 3e5);
	double		at_cut = 0.0;
	int64_t		i;

	for (i = 0; i < rows; i++)
	{
		/* Logarithms of levels, and years before the last one. */
		const double y = take_between(input, -1500.0, 1500.0);

		x = fmin(x + (double) take_byte(input) / 64.0, 0.0);
		TrendAdd(i < cut ? &first : &second, x, y);
		at_cut = i < cut ? x : at_cut;
	}
	TrendMove(&first, at_cut, take_between(input, -1500.0, 1500.0));
	TrendMerge(&second, &first);
	holds(second.n == rows, "rows are counted");
	fit = TrendSolve(&second);
	holds(isnan(fit.p) || (fit.p >= 0.0 && fit.p <= 1.0), "a p value");
	holds(!(fit.slope_error < 0.0) && !(fit.curvature_error < 0.0),
		  "errors are not negative");
}

/* ---- curves ---- */

static void
try_curve(Input *input)
{
	const CurveKind kind = (CurveKind) take_int(input, CURVE_BASS,
												CURVE_EXPONENTIAL);
	const double centre = take_between(input, -1.0, 0.0);
	double		theta[CURVE_PARAMETERS];
	double		slope[CURVE_PARAMETERS];
	Curve		curve;
	int			i;

	for (i = 0; i < CURVE_PARAMETERS; i++)
		theta[i] = take_finite(input);
	curve = CurveOf(kind, centre, theta);
	for (i = 0; i < 4; i++)
		(void) CurveLevel(&curve, take_between(input, -1.0, 0.0), slope);
	(void) CurveOfSaturation(kind, CurveSaturation(kind, theta[2]));
}

/*
 * As users may store it: anything.
 */
static void
try_natural(Input *input)
{
	NaturalCurve curve;
	double		variance;
	int			i;

	curve.kind = (CurveKind) take_int(input, CURVE_BASS, CURVE_EXPONENTIAL);
	for (i = 0; i < CURVE_PARAMETERS; i++)
		curve.parameter[i] = take_number(input);
	for (i = 0; i < CURVE_PARAMETERS * CURVE_PARAMETERS; i++)
		curve.covariance[i / CURVE_PARAMETERS][i % CURVE_PARAMETERS] =
			take_number(input);
	(void) NaturalLevel(&curve, take_number(input), &variance);
	(void) NaturalPeak(&curve, &variance);
}

/*
 * Times from -1 to 0 and values whose largest one, or whose sum, is 1.
 */
static int64_t
take_points(Input *input, bool increments, double *t, double *from, double *y)
{
	const int64_t n = take_int(input, 4, MOST_POINTS);
	double		years = 0.0;
	double		unit = 0.0;
	int64_t		i;

	for (i = 0; i < n; i++)
	{
		const uint8_t step = take_byte(input);

		years += step < 128 ? 1.0 : step < 250 ? step % 8 :
			take_between(input, 0.0, 1e5);
		t[i] = years;
		y[i] = take_finite(input);
		unit = increments ? unit + fabs(y[i]) : fmax(unit, fabs(y[i]));
	}
	if (!(unit < DBL_MAX) || !(years > 0.0))
		return 0;
	for (i = 0; i < n; i++)
	{
		t[i] = (t[i] - years) / years;
		y[i] /= unit > 0.0 ? unit : 1.0;
		from[i] = i > 0 ? t[i - 1] : -1.0;
	}
	return n;
}

static void
try_fit(Input *input)
{
	static double t[MOST_POINTS];
	static double from[MOST_POINTS];
	static double y[MOST_POINTS];
	static double work[2 * MOST_POINTS];
	static const CurveKind kinds[] = {
		CURVE_BASS, CURVE_LOGISTIC, CURVE_GOMPERTZ, CURVE_EXPONENTIAL,
		CURVE_BASS
	};
	const int	model = (int) take_int(input, 0, 4);
	CurveData	data = {
		.kind = kinds[model], .increments = model == 4, .t = t, .from = from,
		.y = y, .work = work
	};
	const gsl_multifit_nlinear_parameters method = FitMethod();
	static double slopes[CURVE_PARAMETERS * MOST_POINTS];
	FitSpace	space = {.slopes = slopes};
	CurveFit	fit = {0};
	CurveStart	start[MOST_STARTS];
	NaturalCurve natural;

	data.n = take_points(input, data.increments, t, from, y);
	if (data.n == 0)
		return;
	gsl_set_error_handler_off();
	space.all = gsl_multifit_nlinear_alloc(gsl_multifit_nlinear_trust, &method,
										   data.n, CurveParameters(data.kind));
	space.held = gsl_multifit_nlinear_alloc(gsl_multifit_nlinear_trust,
											&method, data.n, 2);
	(void) JumpSquares(&data);
	(void) ExponentialStart(&data);
	if (data.kind != CURVE_EXPONENTIAL)
	{
		const int	starts = CurveStarts(&data, 0.0, start);

		holds(starts >= 0 && starts <= MOST_STARTS, "places to begin at");
	}
	FitCurve(&data, &space, &fit);
	if (fit.outcome == FIT_DONE)
	{
		holds(fit.squares >= 0.0 && isfinite(fit.squares),
			  "a sum of squares");
		/* What cannot be found is NaN. */
		holds(!(fit.low > fit.high), "an interval");
		holds(FitQuantile(data.n - 2) > 1.9, "a quantile");
		NaturalOfFit(&fit, data.kind, take_between(input, 1e-3, 1e5),
					 take_positive(input), &natural);
	}
	gsl_multifit_nlinear_free(space.all);
	gsl_multifit_nlinear_free(space.held);
}

static const Trial trial[] = {
	try_level, try_partition, try_split, try_lead_lag, try_trend, try_curve,
	try_natural, try_fit
};

TRIALS(trial);
