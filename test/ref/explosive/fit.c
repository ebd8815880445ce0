/*
 * fit.c - turns simulated draws into the coefficients of the response surface
 *
 *	 fit DIRECTORY > src/explosive/surface_table.c
 *
 * For each number of lags, each statistic and each level: the quantiles at
 * all nodes of plan.h, fitted by least squares weighted with their Monte
 * Carlo errors.  What is left over, and the error of the fitted surface, are
 * written into the head of the table.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include <glob.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include <gsl/gsl_multifit.h>
#include <gsl/gsl_sort_float.h>

#include "explosive/surface.h"
#include "plan.h"

#define MOST_POINTS 1000

typedef struct Points
{
	int			count;
	int			length[MOST_POINTS];
	int			min_window[MOST_POINTS];
	double		quantile[SUP_STATISTICS][SURFACE_LEVELS][MOST_POINTS];
	double		error[SUP_STATISTICS][SURFACE_LEVELS][MOST_POINTS];
} Points;

static Points points;

/* ---- draws ---- */

/*
 * All draws of one case; returns the number of replications.
 */
static size_t
read_draws(const char *directory, const Plan *plan, float **draws)
{
	const size_t row = 3 * sizeof(float) * plan->nodes;
	char		pattern[4096];
	glob_t		files;
	size_t		replications = 0;
	size_t		i;

	*draws = NULL;
	snprintf(pattern, sizeof(pattern), "%s/%d_%d_*.f32", directory,
			 plan->lags, plan->min_window);
	if (glob(pattern, 0, NULL, &files) != 0)
		return 0;
	for (i = 0; i < files.gl_pathc; i++)
	{
		FILE	   *file = fopen(files.gl_pathv[i], "rb");
		size_t		more;

		fseek(file, 0, SEEK_END);
		more = (size_t) ftell(file) / row;
		rewind(file);
		*draws = realloc(*draws, (replications + more) * row);
		if (fread((char *) *draws + replications * row, row, more,
				  file) != more)
			exit(1);
		replications += more;
		fclose(file);
	}
	globfree(&files);
	return replications;
}

static double
quantile_at(const float *sorted, size_t count, double place)
{
	size_t		lower = (size_t) fmin(fmax(place, 0.0), count - 1.0);
	size_t		upper = lower + 1 < count ? lower + 1 : lower;

	return sorted[lower] + (place - lower) * (sorted[upper] - sorted[lower]);
}

/*
 * The quantiles of a sample and their standard errors, from the order
 * statistics one standard deviation of the rank away.
 */
static void
take_quantiles(const float *sorted, size_t count, int statistic)
{
	int			level;

	for (level = 0; level < SURFACE_LEVELS; level++)
	{
		double		p = SurfaceLevel[level];
		double		place = p * (count - 1.0);
		double		spread = sqrt(p * (1.0 - p) * count);
		double		lower = quantile_at(sorted, count, fmax(place - spread, 0.0));
		double		upper = quantile_at(sorted, count,
										fmin(place + spread, count - 1.0));

		points.quantile[statistic][level][points.count] =
			quantile_at(sorted, count, place);
		points.error[statistic][level][points.count] =
			fmax((upper - lower) / 2.0, 0.001);
	}
}

static size_t
read_case(const char *directory, int lags, int min_window)
{
	Plan		plan;
	float	   *draws;
	float	   *column;
	size_t		replications;
	size_t		i;
	int			node;
	int			statistic;

	make_plan(&plan, lags, min_window);
	replications = read_draws(directory, &plan, &draws);
	column = malloc(replications * sizeof(float));
	for (node = 0; node < plan.nodes && replications > 0; node++)
	{
		for (statistic = 0; statistic < SUP_STATISTICS; statistic++)
		{
			for (i = 0; i < replications; i++)
				column[i] = draws[(i * plan.nodes + node) * 3 + statistic];
			gsl_sort_float(column, 1, replications);
			take_quantiles(column, replications, statistic);
		}
		points.length[points.count] = plan.node[node];
		points.min_window[points.count] = min_window;
		points.count++;
	}
	free(column);
	free(draws);
	return replications;
}

/* ---- fits ---- */

typedef struct Fit
{
	double		coefficient[SURFACE_TERMS];
	double		left_over;		/* root mean square of the residuals */
	double		simulated;		/* of the errors of the quantiles */
	double		fitted;			/* of the errors of the surface */
	double		chi_square;		/* a point */
} Fit;

static Fit
fit_level(int lags, int statistic, int level)
{
	const int	n = points.count;
	const double *quantile = points.quantile[statistic][level];
	const double *error = points.error[statistic][level];
	gsl_matrix *terms = gsl_matrix_alloc(n, SURFACE_TERMS);
	gsl_matrix *covariance = gsl_matrix_alloc(SURFACE_TERMS, SURFACE_TERMS);
	gsl_vector *c = gsl_vector_alloc(SURFACE_TERMS);
	gsl_vector *weight = gsl_vector_alloc(n);
	gsl_multifit_linear_workspace *work =
		gsl_multifit_linear_alloc(n, SURFACE_TERMS);
	gsl_vector_const_view observed = gsl_vector_const_view_array(quantile, n);
	Fit			fit = {0};
	int			i;

	for (i = 0; i < n; i++)
	{
		SurfaceTerms(points.length[i], points.min_window[i], lags,
					 gsl_matrix_ptr(terms, i, 0));
		gsl_vector_set(weight, i, 1.0 / (error[i] * error[i]));
	}
	gsl_multifit_wlinear(terms, weight, &observed.vector, c, covariance,
						 &fit.chi_square, work);
	fit.chi_square /= n;
	for (i = 0; i < n; i++)
	{
		gsl_vector_view row = gsl_matrix_row(terms, i);
		double		value;
		double		value_error;

		gsl_multifit_linear_est(&row.vector, c, covariance, &value,
								&value_error);
		fit.left_over += (value - quantile[i]) * (value - quantile[i]) / n;
		fit.simulated += error[i] * error[i] / n;
		fit.fitted += value_error * value_error / n;
	}
	for (i = 0; i < SURFACE_TERMS; i++)
		fit.coefficient[i] = gsl_vector_get(c, i);
	gsl_matrix_free(terms);
	gsl_matrix_free(covariance);
	gsl_vector_free(c);
	gsl_vector_free(weight);
	gsl_multifit_linear_free(work);
	return fit;
}

/* ---- output ---- */

static const char *const name[SUP_STATISTICS] = {"BSADF", "GSADF", "SADF"};
static Fit	fits[SURFACE_MOST_LAGS + 1][SUP_STATISTICS][SURFACE_LEVELS];

static void
print_errors(int lags, int statistic)
{
	static const int shown[] = {7, 12, 14, 16, 18};
	size_t		i;

	printf(" * %d %-5s", lags, name[statistic]);
	for (i = 0; i < sizeof(shown) / sizeof(shown[0]); i++)
	{
		const Fit  *fit = &fits[lags][statistic][shown[i]];

		printf(" %.3f %.3f", sqrt(fit->simulated),
			   sqrt(fit->left_over));
	}
	printf("\n");
}

static void
print_coefficients(const Fit *fit)
{
	int			i;

	printf("\t\t\t{");
	for (i = 0; i < SURFACE_TERMS; i++)
		printf("%s%.9g", i == 0 ? "" : i % 4 == 0 ? ",\n\t\t\t" : ", ",
			   fit->coefficient[i]);
	printf("}");
}

static void
print_table(void)
{
	int			lags;
	int			statistic;
	int			level;

	printf("const double SurfaceCoefficient[SURFACE_MOST_LAGS + 1]"
		   "[SUP_STATISTICS]\n[SURFACE_LEVELS][SURFACE_TERMS] = {\n");
	for (lags = 0; lags <= SURFACE_MOST_LAGS; lags++)
	{
		printf("\t{\n");
		for (statistic = 0; statistic < SUP_STATISTICS; statistic++)
		{
			printf("\t\t/* %d lags, %s */\n\t\t{\n", lags, name[statistic]);
			for (level = 0; level < SURFACE_LEVELS; level++)
			{
				print_coefficients(&fits[lags][statistic][level]);
				printf(level < SURFACE_LEVELS - 1 ? ",\n" : "\n");
			}
			printf("\t\t}%s\n", statistic < SUP_STATISTICS - 1 ? "," : "");
		}
		printf("\t}%s\n", lags < SURFACE_MOST_LAGS ? "," : "");
	}
	printf("};\n");
}

int
main(int argc, char **argv)
{
	static const int window[] = {8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 21, 28, 37, 50,
	67, 90, 120, 160, 210, 280, 354, 500, 700, 1000, 1400, 2000, 2800, 5000};
	int			lags;
	int			statistic;
	int			level;
	size_t		i;
	int			shown;

	if (argc != 2)
		return 2;
	printf("/*\n * surface_table.c - coefficients of the response surface, "
		   "see surface.h\n *\n"
		   " * Written by test/ref/explosive/fit.c from random walks without "
		   "drift that\n * test/ref/explosive/simulate.c made.  "
		   "Replications by lags and window:\n *\n");
	for (lags = 0; lags <= SURFACE_MOST_LAGS; lags++)
	{
		points.count = 0;
		shown = 0;
		for (i = 0; i < sizeof(window) / sizeof(window[0]); i++)
		{
			size_t		replications = window[i] < SurfaceLeastWindow(lags) ?
				0 : read_case(argv[1], lags, window[i]);

			if (replications == 0)
				continue;
			if (shown++ % 6 == 0)
				printf(shown == 1 ? " * %d " : "\n *   ", lags);
			printf(" %d: %zu", window[i], replications);
		}
		printf("\n");
		for (statistic = 0; statistic < SUP_STATISTICS; statistic++)
			for (level = 0; level < SURFACE_LEVELS; level++)
				fits[lags][statistic][level] =
					fit_level(lags, statistic, level);
	}
	printf(" *\n * Standard error of the simulated quantiles, and what the "
		   "surface leaves over,\n * both as root mean squares over all "
		   "nodes, at the levels 0.5, 0.9, 0.95,\n"
		   " * 0.99, 0.999:\n *\n");
	for (lags = 0; lags <= SURFACE_MOST_LAGS; lags++)
		for (statistic = 0; statistic < SUP_STATISTICS; statistic++)
			print_errors(lags, statistic);
	printf(" *\n * Copyright (c) 2026, the bubble authors\n"
		   " * Released under the PostgreSQL License, see LICENSE.\n */\n"
		   "#include \"explosive/surface.h\"\n\n");
	print_table();
	return 0;
}
