/*
 * fit.c - the curve that fits best, and how sure its saturation is
 *
 * Kernel: no PostgreSQL in here.  The method is described in fit.h.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include <float.h>
#include <math.h>
#include <string.h>

#include <gsl/gsl_blas.h>
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_linalg.h>
#include <gsl/gsl_multifit_nlin.h>

#include "adoption/fit.h"
#include "adoption/start.h"

/* Steps of a search, and of the search for a bound of the interval. */
#define SEARCH_STEPS 200
#define BOUND_STEPS 60

/* Steps become so small, relative to the parameters. */
#define SEARCH_TOLERANCE 1e-7
#define GRADIENT_TOLERANCE 1e-14
#define POLISH_STEPS 30

/* At a minimum what is missed is at right angles to all slopes. */
#define ANGLE_TOLERANCE 1e-5

/* How near to its saturation a curve can be at its centre. */
#define LEAST_BELOW 0.3

/* Saturations among which bounds lie, in units of the largest value. */
#define LEAST_SATURATION 4e-3
#define MOST_SATURATION 1e12

/* How exactly RSS(v) = limit; how exactly if v has no more digits. */
#define BOUND_TOLERANCE 1e-10
#define LAST_TOLERANCE 1e-8

/* What is left of a value that the curve goes through, rounding errors. */
#define ROUNDING 1e-13
#define NEARLY 1e-9

/* By how much a curve must be better than the exponential, and a jump. */
#define ADVANTAGE 1e-9
#define NEAR_JUMP 1e-6

/* Slower exponentials do not grow. */
#define LEAST_GROWTH 2e-3

/*
 * What is fitted: all of theta, or all but v.  A Gompertz curve with a given
 * saturation is ln m - exp(x0 - exp(x1) t), where x0 and x1 may be anything.
 */
typedef struct Search
{
	const CurveData *data;
	int			parameters;
	double		below;			/* 1 / v - L = ln m, if a is below that */
	bool		is_below;
	double		theta[CURVE_PARAMETERS];
} Search;

/*
 * The method: Levenberg and Marquardt's, whatever the scale of a parameter.
 */
gsl_multifit_nlinear_parameters
FitMethod(void)
{
	gsl_multifit_nlinear_parameters method =
		gsl_multifit_nlinear_default_parameters();

	method.trs = gsl_multifit_nlinear_trs_lm;
	method.scale = gsl_multifit_nlinear_scale_more;
	method.solver = gsl_multifit_nlinear_solver_qr;
	return method;
}

/*
 * Student's quantile of intervals with 95 percent.
 */
double
FitQuantile(int64_t freedom)
{
	return gsl_cdf_tdist_Pinv(0.975, (double) freedom);
}

static const double *
theta_of(Search *search, const gsl_vector *x)
{
	int			i;

	for (i = 0; i < search->parameters; i++)
		search->theta[i] = gsl_vector_get(x, i);
	if (search->is_below)
	{
		search->theta[1] += search->theta[0];
		search->theta[0] = search->below - exp(search->theta[0]);
	}
	return search->theta;
}

static int
search_residuals(const gsl_vector *x, void *params, gsl_vector *f)
{
	Search	   *search = params;

	CurveResiduals(search->data, theta_of(search, x), f->data);
	return GSL_SUCCESS;
}

static int
search_jacobian(const gsl_vector *x, void *params, gsl_matrix *jacobian)
{
	Search	   *search = params;
	size_t		i;

	CurveSlopes(search->data, theta_of(search, x), jacobian->data,
				search->parameters, (int) jacobian->tda);
	if (search->is_below)
		for (i = 0; i < jacobian->size1; i++)
		{
			double	   *slope = jacobian->data + i * jacobian->tda;

			slope[0] *= search->theta[0] - search->below;
			slope[0] += slope[1];
		}
	return GSL_SUCCESS;
}

/*
 * The search for so many parameters, from theta.
 */
static Search
search_of(const CurveData *data, int parameters, const double *theta)
{
	Search		search = {
		.data = data,
		.parameters = parameters,
		.is_below = data->kind == CURVE_GOMPERTZ && parameters == 2 &&
			theta[2] > 0.0,
		.theta = {theta[0], theta[1], theta[2]}
	};

	if (search.is_below)
		search.below = 1.0 / theta[2] - GOMPERTZ_SHIFT;
	return search;
}

/*
 * Is what is missed at right angles to all slopes?
 */
static bool
at_minimum(const gsl_multifit_nlinear_workspace *space)
{
	const double missed = gsl_blas_dnrm2(space->f);
	size_t		j;

	for (j = 0; j < space->x->size; j++)
	{
		gsl_vector_const_view slope = gsl_matrix_const_column(space->J, j);

		if (fabs(gsl_vector_get(space->g, j)) >
			ANGLE_TOLERANCE * missed * gsl_blas_dnrm2(&slope.vector))
			return false;
	}
	return true;
}

/*
 * Go down from theta to a minimum.  Is there one?
 */
static bool
search_from(const CurveData *data, gsl_multifit_nlinear_workspace *space,
			double *theta, double *squares)
{
	Search		search = search_of(data, (int) space->x->size, theta);
	gsl_multifit_nlinear_fdf problem = {
		.f = search_residuals,
		.df = search_jacobian,
		.n = space->f->size,
		.p = space->x->size,
		.params = &search
	};
	gsl_vector_view start = gsl_vector_view_array(theta, space->x->size);
	int			status;
	int			info;

	if (search.is_below)
	{
		theta[0] = log(fmax(search.below - theta[0], LEAST_BELOW));
		theta[1] -= theta[0];
	}
	status = gsl_multifit_nlinear_init(&start.vector, &problem, space);
	if (status == GSL_SUCCESS)
		status = gsl_multifit_nlinear_driver(SEARCH_STEPS, SEARCH_TOLERANCE,
											 GRADIENT_TOLERANCE, 0.0, 0, 0,
											 &info, space);
	theta_of(&search, space->x);
	for (info = 0; info < search.parameters; info++)
		theta[info] = search.theta[info];
	*squares = CurveSquares(data, theta, 0);
	return *squares < CURVE_BROKEN &&
		(status == GSL_SUCCESS || at_minimum(space));
}

/*
 * The midpoint of a curve, or the end of the time observed that is nearer.
 */
static double
midpoint_of(const CurveData *data, const double *theta)
{
	const double b = exp(theta[1]);
	const double v = theta[2];
	double		x;

	if (data->kind == CURVE_GOMPERTZ)
	{
		const double below = 1.0 / v - GOMPERTZ_SHIFT - theta[0];

		x = data->centre + log(below) * below / b;
	}
	else if (data->kind == CURVE_LOGISTIC)
		x = data->centre - (theta[0] + log(v)) / b;
	else
		/* exp(b (1 + x)) = q / p, or here 1 + q / p = b / p */
		x = data->centre + (theta[1] - log(v) - theta[0]) / b;
	return x > -1.0 ? fmin(x, 0.0) : -1.0;
}

/*
 * The same curve with another centre.
 */
static void
move_centre(CurveData *data, double *theta, double centre)
{
	const double by = centre - data->centre;
	const double b = exp(theta[1]);

	data->centre = centre;
	if (data->kind == CURVE_GOMPERTZ)
	{
		const double most = 1.0 / theta[2] - GOMPERTZ_SHIFT;
		const double below = most - theta[0];
		const double decayed = -by * b / below;

		theta[0] = most - below * exp(decayed);
		theta[1] += decayed;
	}
	else
		theta[0] += b * by;
}

/*
 * The best of the minima that the starts lead to.  A minimum with a negative
 * v is no curve with a saturation.  Is there one?
 */
static bool
best_minimum(CurveData *data, const FitSpace *space, CurveFit *fit)
{
	CurveStart	start[MOST_STARTS];
	const int	count = CurveStarts(data, 0.0, start);
	bool		found = false;
	int			i;
	int			j;

	for (i = 0; i < count; i++)
	{
		double	   *theta = start[i].theta;
		double		squares;

		data->centre = start[i].centre;
		search_from(data, space->all, theta, &squares);
		if (!(squares < CURVE_BROKEN && theta[2] > 0.0))
			continue;
		move_centre(data, theta, midpoint_of(data, theta));
		if (!search_from(data, space->all, theta, &squares) ||
			!(theta[2] > 0.0) || (found && squares >= fit->squares))
			continue;
		found = true;
		fit->squares = squares;
		fit->centre = data->centre;
		for (j = 0; j < CURVE_PARAMETERS; j++)
			fit->theta[j] = theta[j];
	}
	data->centre = fit->centre;
	return found;
}

/*
 * The inverse of J'J.  GSL's own function for it would allocate, and not look
 * whether there was memory.
 */
static int
inverse_of_squares(const gsl_matrix *jacobian, double *room,
				   gsl_matrix *inverse)
{
	const size_t p = jacobian->size2;
	gsl_matrix_view qr = gsl_matrix_view_array(room, jacobian->size1, p);
	double		tau[CURVE_PARAMETERS];
	double		norm[CURVE_PARAMETERS];
	size_t		place[CURVE_PARAMETERS];
	gsl_vector_view taus = gsl_vector_view_array(tau, p);
	gsl_vector_view norms = gsl_vector_view_array(norm, p);
	gsl_permutation order = {.size = p, .data = place};
	int			sign;
	int			status;

	gsl_matrix_memcpy(&qr.matrix, jacobian);
	status = gsl_linalg_QRPT_decomp(&qr.matrix, &taus.vector, &order, &sign,
									&norms.vector);
	return status != GSL_SUCCESS ? status :
		gsl_multifit_covar_QRPT(&qr.matrix, &order, 0.0, inverse);
}

/*
 * The covariance of all parameters, at the minimum.  Does it exist?
 */
static bool
covariance_of(const CurveData *data, const FitSpace *space, CurveFit *fit)
{
	const int	p = CurveParameters(data->kind);
	const double variance = fit->squares / (double) (data->n - p);
	double		inverse[CURVE_PARAMETERS * CURVE_PARAMETERS];
	gsl_matrix_view view = gsl_matrix_view_array(inverse, p, p);
	int			i;
	int			j;

	CurveSlopes(data, fit->theta, space->all->J->data, p,
				(int) space->all->J->tda);
	if (inverse_of_squares(space->all->J, space->slopes, &view.matrix) !=
		GSL_SUCCESS)
		return false;
	for (i = 0; i < p; i++)
		for (j = 0; j < p; j++)
			fit->covariance[i][j] = variance * inverse[i * p + j];
	for (i = 0; i < p; i++)
		if (!(fit->covariance[i][i] >= 0.0 &&
			  fit->covariance[i][i] <= DBL_MAX))
			return false;
	return true;
}

/*
 * Where a step of Gauss and Newton leads, and how long it is, in standard
 * errors.
 */
static double
gauss_newton(const CurveData *data, const FitSpace *space,
			 const CurveFit *fit, double *theta)
{
	const int	p = CurveParameters(data->kind);
	const double variance = fit->squares / (double) (data->n - p);
	gsl_vector *gradient = space->all->g;
	double		length = 0.0;
	int			i;
	int			j;

	CurveResiduals(data, fit->theta, space->all->f->data);
	gsl_blas_dgemv(CblasTrans, 1.0, space->all->J, space->all->f, 0.0,
				   gradient);
	for (i = 0; i < p; i++)
	{
		double		step = 0.0;

		for (j = 0; j < p; j++)
			step -= fit->covariance[i][j] / variance *
				gsl_vector_get(gradient, j);
		theta[i] = fit->theta[i] + step;
		length = fmax(length, fabs(step) / sqrt(fit->covariance[i][i]));
	}
	return length;
}

/*
 * Near a minimum the sum of squares no longer tells which of two places is the
 * better one, long before the parameters have all their digits: those are
 * found by steps of Gauss and Newton, for as long as they become shorter.
 */
static void
polish(const CurveData *data, const FitSpace *space, CurveFit *fit)
{
	const int	p = CurveParameters(data->kind);
	double		theta[CURVE_PARAMETERS] = {0.0, 0.0, 0.0};
	double		last = 1e-3;
	int			round;
	int			i;

	for (round = 0; round < POLISH_STEPS; round++)
	{
		const double length = gauss_newton(data, space, fit, theta);
		const double squares = CurveSquares(data, theta, 0);

		if (!(length < 0.9 * last && squares <= fit->squares * (1.0 + 1e-12)))
			break;
		for (i = 0; i < p; i++)
			fit->theta[i] = theta[i];
		last = length;
		fit->squares = squares;
		if (!covariance_of(data, space, fit))
			break;
	}
}

/*
 * Fit the other parameters to a given saturation, from the best place of a
 * grid, and take them if they are better.
 */
static void
held_afresh(const CurveData *data, const FitSpace *space, double *theta,
			double *squares)
{
	const double m = CurveSaturation(data->kind, theta[2]);
	CurveStart	start[MOST_STARTS];
	CurveData	own = *data;
	double		found;

	if (!(theta[2] > 0.0) || CurveStarts(data, m, start) == 0)
		return;
	own.centre = start[0].centre;
	search_from(&own, space->held, start[0].theta, &found);
	if (!(found < *squares))
		return;
	move_centre(&own, start[0].theta, data->centre);
	theta[0] = start[0].theta[0];
	theta[1] = start[0].theta[1];
	*squares = found;
}

/*
 * RSS(v) and its slope: from other parameters nearby, which are fitted, and
 * where that leads nowhere, or might lead to the wrong place, from those of a
 * grid.  Searches that come to no end creep along a flat valley; what they
 * have found is good enough.
 */
static double
held_squares(const CurveData *data, const FitSpace *space, bool afresh,
			 double *theta, double *by_v)
{
	double		squares;

	search_from(data, space->held, theta, &squares);
	if (afresh || !(squares < CURVE_BROKEN))
		held_afresh(data, space, theta, &squares);
	return CurveSquares(data, theta, by_v);
}

/*
 * A bound of the interval that is looked for: between one v inside of it and
 * one outside, which is infinite as long as none is known.
 */
typedef struct Bracket
{
	double		inside;
	double		outside;
} Bracket;

/*
 * The v of a saturation a third of that of another v; of the exponential, of
 * what is the largest value or so.
 */
static double
lower_saturation(CurveKind kind, double v)
{
	const double m = CurveSaturation(kind, v);

	return CurveOfSaturation(kind, m < MOST_SATURATION ?
							 fmax(m / 3.0, LEAST_SATURATION) : 1.0);
}

/*
 * The next place to look at: Newton's, unless it is out of the bracket or too
 * far away.
 */
static double
next_place(CurveKind kind, const Bracket *bracket, double newton)
{
	const double low = fmin(bracket->inside, bracket->outside);
	const double high = fmin(fmax(bracket->inside, bracket->outside),
							 lower_saturation(kind, bracket->inside));

	if (newton > low && newton < high)
		return newton;
	return bracket->outside > DBL_MAX ? high : 0.5 * (low + high);
}

/*
 * The v where RSS(v) is the limit, beginning at v; NaN if there is none.
 */
static double
bound_from(const CurveData *data, const FitSpace *space, const CurveFit *fit,
		   double v, double outside, bool afresh)
{
	const double aim = sqrt(fit->limit - fit->squares);
	double		theta[CURVE_PARAMETERS] = {fit->theta[0], fit->theta[1], 0.0};
	Bracket		bracket = {fit->theta[2], outside};
	double		missed = INFINITY;
	int			i;

	for (i = 0; i < BOUND_STEPS; i++)
	{
		double		squares;
		double		by_v;
		double		root;

		v = next_place(data->kind, &bracket, v);
		if (v == bracket.inside || v == bracket.outside)
			return missed <= LAST_TOLERANCE * fit->limit ? v : NAN;
		theta[2] = v;
		squares = held_squares(data, space, afresh, theta, &by_v);
		missed = fabs(squares - fit->limit);
		if (missed <= BOUND_TOLERANCE * fit->limit)
			return v;
		if (squares < fit->limit)
			bracket.inside = v;
		else
			bracket.outside = v;
		root = sqrt(fmax(squares - fit->squares, 0.0));
		v += (aim - root) * 2.0 * root / by_v;
	}
	return missed <= LAST_TOLERANCE * fit->limit ? v : NAN;
}

/*
 * The same; where the other parameters, followed from place to place, end in
 * a valley of their own, all over with a grid at each place.
 */
static double
bound_of(const CurveData *data, const FitSpace *space, const CurveFit *fit,
		 double reach, double outside)
{
	const double v = fit->theta[2] + reach;
	double		bound = bound_from(data, space, fit, v, outside, false);

	if (isnan(bound))
		bound = bound_from(data, space, fit, v, outside, true);
	return bound;
}

/*
 * The interval of the saturation.
 */
static void
interval_of(const CurveData *data, const FitSpace *space, CurveFit *fit)
{
	const double t = FitQuantile(data->n - 3);
	const double reach = t * sqrt(fit->covariance[2][2]);
	double		nothing = 0.0;
	int64_t		i;

	fit->limit = fit->squares * (1.0 + t * t / (double) (data->n - 3));
	for (i = 0; i < data->n; i++)
		nothing += data->y[i] * data->y[i];
	if (fit->limit < nothing)
		fit->low = CurveSaturation(data->kind,
								   bound_of(data, space, fit, reach,
											INFINITY));
	fit->identified = fit->exponential_squares > fit->limit;
	if (fit->identified)
		fit->high = CurveSaturation(data->kind,
									bound_of(data, space, fit, -reach, 0.0));
}

/*
 * A curve that goes through all points has no errors to judge it by.
 */
static bool
goes_through(const CurveData *data, double squares, double rounding)
{
	return squares <= rounding * rounding * (double) data->n;
}

static void
certain(const CurveData *data, CurveFit *fit)
{
	fit->squares = 0.0;
	memset(fit->covariance, 0, sizeof(fit->covariance));
	fit->identified = true;
	fit->low = CurveSaturation(data->kind, fit->theta[2]);
	fit->high = fit->low;
	fit->limit = 0.0;
}

/*
 * The exponential that the curve becomes without a saturation.  Does it grow?
 */
static bool
exponential_of(const CurveData *data, const FitSpace *space,
			   double *exponential, CurveFit *fit)
{
	CurveStart	start = ExponentialStart(data);
	double		squares = DBL_MAX;

	if (!(start.theta[0] > -DBL_MAX))
		return false;
	start.theta[2] = 0.0;
	exponential[0] = start.theta[0];
	exponential[1] = start.theta[1];
	fit->exponential_squares = start.squares;
	search_from(data, space->held, start.theta, &squares);
	if (squares > start.squares)
		return true;
	exponential[0] = start.theta[0];
	exponential[1] = start.theta[1];
	fit->exponential_squares = squares;
	return true;
}

/*
 * No saturation is so large that a larger one would not fit better: there is
 * none that fits best, but there are some that are too small.
 */
static FitOutcome
without_end(CurveData *data, const FitSpace *space,
			const double *exponential, CurveFit *fit)
{
	data->centre = fit->centre = 0.0;
	fit->theta[0] = exponential[0];
	fit->theta[1] = exponential[1];
	fit->theta[2] = 0.0;
	fit->squares = fit->exponential_squares;
	if (covariance_of(data, space, fit) &&
		!goes_through(data, fit->squares, NEARLY))
		interval_of(data, space, fit);
	return FIT_EXPONENTIAL;
}

static FitOutcome
saturating(CurveData *data, const FitSpace *space, CurveFit *fit)
{
	double		exponential[2];
	const double jump = JumpSquares(data);
	bool		found;

	if (!exponential_of(data, space, exponential, fit))
		return FIT_FALLS;
	found = !goes_through(data, fit->exponential_squares, NEARLY) &&
		best_minimum(data, space, fit) &&
		fit->squares < fit->exponential_squares * (1.0 - ADVANTAGE);
	if (jump < (found ? fit->squares * (1.0 + NEAR_JUMP) :
				fit->exponential_squares * (1.0 - ADVANTAGE)))
	{
		fit->squares = jump;
		return FIT_JUMP;
	}
	if (!found)
		return exponential[1] < log(LEAST_GROWTH) && !data->increments ?
			FIT_FALLS : without_end(data, space, exponential, fit);
	if (!covariance_of(data, space, fit))
		return FIT_DIVERGED;
	polish(data, space, fit);
	if (goes_through(data, fit->squares, ROUNDING))
		certain(data, fit);
	else
		interval_of(data, space, fit);
	return FIT_DONE;
}

static bool
is_constant(const CurveData *data)
{
	int64_t		i;

	for (i = 1; i < data->n; i++)
		if (data->y[i] != data->y[0])
			return false;
	return true;
}

/*
 * An exponential that neither grows nor falls.
 */
static FitOutcome
constant(const CurveData *data, CurveFit *fit)
{
	if (!(data->y[0] > 0.0))
		return FIT_CONSTANT;
	fit->theta[0] = log(data->y[0]);
	fit->theta[1] = 0.0;
	fit->squares = 0.0;
	memset(fit->covariance, 0, sizeof(fit->covariance));
	return FIT_DONE;
}

/*
 * The exponential for its own sake, which may fall.
 */
static FitOutcome
exponential(const CurveData *data, const FitSpace *space, CurveFit *fit)
{
	CurveStart	start = ExponentialStart(data);

	if (is_constant(data))
		return constant(data, fit);
	if (!(start.theta[0] > -DBL_MAX) ||
		!search_from(data, space->all, start.theta, &fit->squares))
		return FIT_DIVERGED;
	fit->theta[0] = start.theta[0];
	fit->theta[1] = start.theta[1];
	if (!covariance_of(data, space, fit))
		return FIT_DIVERGED;
	polish(data, space, fit);
	if (goes_through(data, fit->squares, ROUNDING))
	{
		fit->squares = 0.0;
		memset(fit->covariance, 0, sizeof(fit->covariance));
	}
	return FIT_DONE;
}

/*
 * How many times there are.
 */
static int64_t
different_times(const CurveData *data)
{
	int64_t		times = data->n > 0;
	int64_t		i;

	for (i = 1; i < data->n; i++)
		times += data->t[i] != data->t[i - 1];
	return times;
}

/*
 * Fit a curve.  What there is not is NaN.
 */
void
FitCurve(const CurveData *given, const FitSpace *space, CurveFit *fit)
{
	const int	p = CurveParameters(given->kind);
	CurveData	own = *given;
	CurveData  *data = &own;

	data->centre = 0.0;
	fit->centre = 0.0;
	fit->limit = fit->low = fit->high = NAN;
	fit->identified = false;
	if (different_times(data) <= p)
		fit->outcome = FIT_TOO_FEW;
	else if (data->kind == CURVE_EXPONENTIAL)
		fit->outcome = exponential(data, space, fit);
	else if (!data->increments && is_constant(data))
		fit->outcome = FIT_CONSTANT;
	else
		fit->outcome = saturating(data, space, fit);
}
