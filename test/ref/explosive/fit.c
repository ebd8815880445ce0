/*
 * fit.c - turns simulated histograms into the coefficients of the surface
 *
 *	 fit DIRECTORY > src/explosive/surface_table.c
 *	 fit DIRECTORY check
 *
 * For each statistic and each level the quantiles at all nodes of plan.h are
 * fitted by least squares weighted with their Monte Carlo errors.  First those
 * without lags.  Then, together, those of all numbers of lags k from 1 on: the
 * coefficients that are not the same for all k are polynomials in k, and even
 * and odd k differ, so that what is simulated for one k helps the others.
 *
 * Long walks cost too much for the outer levels.  There the distance from the
 * last level that there are walks enough for is taken to be that without lags,
 * and without lags that of a quarter of the length and the window, with the
 * error UNSURE.
 *
 * Walks of the greatest length take no part.  "check" compares the surface
 * that is compiled in with them, and with all others.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include <glob.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <gsl/gsl_blas.h>
#include <gsl/gsl_linalg.h>

#include "explosive/surface.h"
#include "plan.h"

/* Misfit that is let pass, so that it is spread over all lengths. */
#define LEAST_ERROR 0.003

/* Walks that there must be beyond a quantile. */
#define LEAST_BEYOND 10.0

/* Degrees of freedom from which on that is done, and its relative error. */
#define LONG_WINDOW 40
#define UNSURE 0.15

/* Terms that are fitted without lags. */
#define FIRST_TERMS 40

/* Functions of k in a coefficient: cubic, and another constant for odd k. */
#define SHAPES 5

typedef struct Node
{
	int			length;
	int			min_window;
	double		walks[SUP_STATISTICS];
	uint32_t	count[SUP_STATISTICS][BINS];
} Node;

static Node *node;
static int	nodes;

/* ---- histograms ---- */

static uint32_t
get_number(FILE *file)
{
	uint32_t	number = 0;
	int			shift = 0;
	int			c;

	for (c = getc(file); c >= 128; c = getc(file), shift += 7)
		number |= (uint32_t) (c - 128) << shift;
	return number | (uint32_t) c << shift;
}

/*
 * The node of a length and a window, the last of them most likely.
 */
static Node *
node_of(int min_window, int length)
{
	static int	last = 0;
	int			i;

	for (i = 0; i < nodes; i++)
	{
		last = (last + 1) % nodes;
		if (node[last].length == length && node[last].min_window == min_window)
			return &node[last];
	}
	node = realloc(node, (nodes + 1) * sizeof(Node));
	if (node == NULL)
		exit(1);
	last = nodes++;
	memset(&node[last], 0, sizeof(Node));
	node[last].length = length;
	node[last].min_window = min_window;
	return &node[last];
}

static void
add_histogram(FILE *file, Node *to, int statistic)
{
	int			first = get_number(file);
	int			last = get_number(file);
	int			i;

	for (i = first; i <= last; i++)
	{
		uint32_t	more = get_number(file);

		if (to == NULL)
			continue;
		to->count[statistic][i] += more;
		to->walks[statistic] += more;
	}
}

static void
add_file(const char *name, int lags)
{
	FILE	   *file = fopen(name, "rb");
	int			c;
	int			i;

	if (file == NULL)
		exit(1);
	(void) get_number(file);	/* replications */
	while ((c = getc(file)) != EOF)
	{
		int			min_window = get_number(file);
		int			length = get_number(file);
		Node	   *to = c == lags ? node_of(min_window, length) : NULL;

		for (i = 0; i < SUP_STATISTICS; i++)
			add_histogram(file, to, i);
	}
	fclose(file);
}

static int
has_lags(const char *list, int lags)
{
	char	   *next = (char *) list;

	for (; *next >= '0' && *next <= '9'; next += *next == ',')
		if (strtol(next, &next, 10) == lags)
			return 1;
	return 0;
}

/*
 * All histograms of one number of lags, of walks that took part in the fit or of
 * those that did not.
 */
static void
read_nodes(const char *directory, int lags, int held_out)
{
	char		pattern[4096];
	glob_t		files;
	size_t		i;

	nodes = 0;
	snprintf(pattern, sizeof(pattern), "%s/*.hist", directory);
	if (glob(pattern, 0, NULL, &files) != 0)
		return;
	for (i = 0; i < files.gl_pathc; i++)
	{
		const char *base = strrchr(files.gl_pathv[i], '/') + 1;

		if ((atoi(base) == PLAN_MOST_LENGTH) == held_out &&
			has_lags(strchr(base, '_') + 1, lags))
			add_file(files.gl_pathv[i], lags);
	}
	globfree(&files);
}

static double
quantile_of(const Node *n, int statistic, double level)
{
	const uint32_t *count = n->count[statistic];
	const double rank = fmin(fmax(level, 0.0), 1.0) *
		n->walks[statistic];
	double		below = 0.0;
	int			bin = 0;

	while (bin < BINS - 1 && (count[bin] == 0 || below + count[bin] < rank))
		below += count[bin++];
	return bin_start(bin) + (bin_start(bin + 1) - bin_start(bin)) *
		fmin((rank - below) / fmax(count[bin], 1.0), 1.0);
}

/*
 * Half of the way between the quantiles one standard deviation of the rank
 * away.
 */
static double
error_of(const Node *n, int statistic, double level)
{
	const double spread = sqrt(level * (1.0 - level) /
									 n->walks[statistic]);

	return (quantile_of(n, statistic, level + spread) -
			quantile_of(n, statistic, level - spread)) / 2.0;
}

/*
 * The share of the walks above a critical value.
 */
static double
size_of(const Node *n, int statistic, double critical)
{
	const uint32_t *count = n->count[statistic];
	double		above = n->walks[statistic];
	int			bin = 0;

	while (bin < BINS - 1 && bin_start(bin + 1) <= critical)
		above -= count[bin++];
	return (above - count[bin] * fmax(critical - bin_start(bin), 0.0) /
			(bin_start(bin + 1) - bin_start(bin))) / n->walks[statistic];
}

/* ---- fits ---- */

/* What the fits know of a node. */
typedef struct Point
{
	int			lags;
	int			length;
	int			min_window;
	double		walks[SUP_STATISTICS];
	double		quantile[SUP_STATISTICS][SURFACE_LEVELS];
	double		error[SUP_STATISTICS][SURFACE_LEVELS];
} Point;

static Point *point;
static int	points;

typedef struct Fit
{
	double		coefficient[SURFACE_TERMS];
	double		left_over;		/* root mean square of the residuals */
	double		simulated;		/* of the errors of the quantiles */
	double		size;			/* of what is wrong with the size */
	double		worst_size;		/* the most that is */
} Fit;

static Fit	fits[SURFACE_MOST_LAGS + 1][SUP_STATISTICS][SURFACE_LEVELS];

static int
is_usable(double walks, double level)
{
	return walks * fmin(level, 1.0 - level) >= LEAST_BEYOND;
}

static void
add_point(int lags, const Node *n)
{
	Point	   *p;
	int			i;
	int			j;

	point = realloc(point, (points + 1) * sizeof(Point));
	if (point == NULL)
		exit(1);
	p = &point[points++];
	p->lags = lags;
	p->length = n->length;
	p->min_window = n->min_window;
	memcpy(p->walks, n->walks, sizeof(p->walks));
	for (i = 0; i < SUP_STATISTICS; i++)
		for (j = 0; j < SURFACE_LEVELS; j++)
		{
			p->quantile[i][j] = quantile_of(n, i, SurfaceLevel[j]);
			p->error[i][j] = error_of(n, i, SurfaceLevel[j]);
		}
}

static void
read_points(const char *directory)
{
	int			lags;
	int			i;

	for (lags = 0; lags <= SURFACE_MOST_LAGS; lags++)
	{
		read_nodes(directory, lags, 0);
		for (i = 0; i < nodes; i++)
			add_point(lags, &node[i]);
	}
}

static double
value_at(const Fit *fit, int lags, int length, int min_window, int terms)
{
	double		term[SURFACE_TERMS];
	double		value = 0.0;
	int			i;

	SurfaceTerms(length, min_window, lags, term);
	for (i = 0; i < terms; i++)
		value += fit->coefficient[i] * term[i];
	return value;
}

/*
 * How far two levels are apart by the surface without lags.
 */
static double
distance(int statistic, int from, int to, int length, int min_window)
{
	return value_at(&fits[0][statistic][to], 0, length, min_window,
					SURFACE_TERMS) -
		value_at(&fits[0][statistic][from], 0, length, min_window,
				 SURFACE_TERMS);
}

/*
 * The quantile of a point and its error; of an outer level that there are not
 * enough walks for by the distance from an inner one, if "outer" is set.
 * Returns false if there is none.
 */
static int
observe(const Point *p, int statistic, int level, int outer,
		double *quantile, double *error)
{
	const int	inwards = level < SURFACE_LEVELS / 2 ? 1 : -1;
	const int	shrink = p->lags > 0 ? 1 : 4;
	double		apart;
	int			from = level;

	while (!is_usable(p->walks[statistic], SurfaceLevel[from]))
	{
		if (from == SURFACE_LEVELS / 2)
			return 0;
		from += inwards;
	}
	*quantile = p->quantile[statistic][from];
	*error = fmax(p->error[statistic][from], LEAST_ERROR);
	if (from == level)
		return 1;
	if (!outer ||
		p->min_window / shrink - 2 * p->lags - 3 < LONG_WINDOW)
		return 0;
	apart = distance(statistic, from, level, p->length / shrink,
					 p->min_window / shrink);
	*quantile += apart;
	*error = hypot(*error, UNSURE * apart);
	return 1;
}

static double
shape(int lags, int i)
{
	return i == SHAPES - 1 ? lags % 2 :
		pow((double) lags / SURFACE_MOST_LAGS, i);
}

/*
 * Minimise the squares of the residuals.
 */
static void
solve(gsl_matrix *matrix, const gsl_vector *observed, gsl_vector *c)
{
	gsl_vector *residual = gsl_vector_alloc(observed->size);
	gsl_vector *tau = gsl_vector_alloc(c->size);

	gsl_linalg_QR_decomp(matrix, tau);
	gsl_linalg_QR_lssolve(matrix, tau, observed, c, residual);
	gsl_vector_free(residual);
	gsl_vector_free(tau);
}

/*
 * Points that take no part leave a row of zeros.
 */
static void
fit_without_lags(int statistic, int level, int outer)
{
	Fit		   *fit = &fits[0][statistic][level];
	gsl_matrix *matrix = gsl_matrix_calloc(points, FIRST_TERMS);
	gsl_vector *observed = gsl_vector_calloc(points);
	gsl_vector_view c = gsl_vector_view_array(fit->coefficient, FIRST_TERMS);
	double		term[SURFACE_TERMS];
	double		quantile;
	double		error;
	int			i;

	for (i = 0; i < points; i++)
	{
		gsl_vector_view row = gsl_matrix_row(matrix, i);

		if (point[i].lags > 0 ||
			!observe(&point[i], statistic, level, outer, &quantile, &error))
			continue;
		SurfaceTerms(point[i].length, point[i].min_window, 0, term);
		memcpy(row.vector.data, term, sizeof(double) * FIRST_TERMS);
		gsl_vector_scale(&row.vector, 1.0 / error);
		gsl_vector_set(observed, i, quantile / error);
	}
	solve(matrix, observed, &c.vector);
	gsl_matrix_free(matrix);
	gsl_vector_free(observed);
}

/*
 * The terms that lags have a part in, times each function of k.
 */
static void
lag_terms(const Point *p, double scale, double *row)
{
	double		term[SURFACE_TERMS];
	int			i;
	int			j;

	SurfaceTerms(p->length, p->min_window, p->lags, term);
	for (i = 0; i < SHAPES; i++)
		for (j = SURFACE_LIMIT_TERMS; j < SURFACE_TERMS; j++)
			*row++ = scale * shape(p->lags, i) * term[j];
}

static void
keep_coefficients(const double *c, int statistic, int level)
{
	const double *limit = fits[0][statistic][level].coefficient;
	int			lags;
	int			i;
	int			j;

	for (lags = 1; lags <= SURFACE_MOST_LAGS; lags++)
	{
		double	   *to = fits[lags][statistic][level].coefficient;

		memcpy(to, limit, SURFACE_LIMIT_TERMS * sizeof(double));
		for (i = 0; i < SHAPES; i++)
			for (j = 0; j < SURFACE_LAG_TERMS; j++)
				to[SURFACE_LIMIT_TERMS + j] += shape(lags, i) *
					c[i * SURFACE_LAG_TERMS + j];
	}
}

static void
fit_with_lags(int statistic, int level)
{
	gsl_matrix *matrix =
		gsl_matrix_calloc(points, SHAPES * SURFACE_LAG_TERMS);
	gsl_vector *observed = gsl_vector_calloc(points);
	gsl_vector *c = gsl_vector_alloc(SHAPES * SURFACE_LAG_TERMS);
	double		quantile;
	double		error;
	int			i;

	for (i = 0; i < points; i++)
	{
		const Point *p = &point[i];

		if (p->lags == 0 ||
			!observe(p, statistic, level, 1, &quantile, &error))
			continue;
		lag_terms(p, 1.0 / error, gsl_matrix_ptr(matrix, i, 0));
		quantile -= value_at(&fits[0][statistic][level], p->lags, p->length,
							 p->min_window, SURFACE_LIMIT_TERMS);
		gsl_vector_set(observed, i, quantile / error);
	}
	solve(matrix, observed, c);
	keep_coefficients(c->data, statistic, level);
	gsl_matrix_free(matrix);
	gsl_vector_free(observed);
	gsl_vector_free(c);
}

static void
fit_all(void)
{
	int			statistic;
	int			level;

	for (statistic = 0; statistic < SUP_STATISTICS; statistic++)
	{
		for (level = 0; level < SURFACE_LEVELS; level++)
			fit_without_lags(statistic, level, 0);
		for (level = 0; level < SURFACE_LEVELS; level++)
			fit_without_lags(statistic, level, 1);
		for (level = 0; level < SURFACE_LEVELS; level++)
			fit_with_lags(statistic, level);
	}
}

/*
 * How well the fit does, over all nodes in use.
 */
static void
judge(Fit *fit, int lags, int statistic, double level)
{
	int			used = 0;
	int			i;

	for (i = 0; i < nodes; i++)
	{
		double		value = value_at(fit, lags, node[i].length,
									 node[i].min_window, SURFACE_TERMS);
		double		left = value - quantile_of(&node[i], statistic, level);
		double		error = error_of(&node[i], statistic, level);
		double		wrong = size_of(&node[i], statistic, value) -
			(1.0 - level);

		if (!is_usable(node[i].walks[statistic], level))
			continue;
		fit->left_over += left * left;
		fit->simulated += error * error;
		fit->size += wrong * wrong;
		fit->worst_size = fmax(fit->worst_size, fabs(wrong));
		used++;
	}
	fit->left_over = sqrt(fit->left_over / used);
	fit->simulated = sqrt(fit->simulated / used);
	fit->size = sqrt(fit->size / used);
}

static void
judge_lags(int lags)
{
	int			statistic;
	int			level;

	for (statistic = 0; statistic < SUP_STATISTICS; statistic++)
		for (level = 0; level < SURFACE_LEVELS; level++)
			judge(&fits[lags][statistic][level], lags, statistic,
				  SurfaceLevel[level]);
}

/* ---- output ---- */

static const char *const name[SUP_STATISTICS] = {"BSADF", "GSADF", "SADF"};

static void
print_walks(int lags, int statistic)
{
	int			i;
	int			j;

	printf(" * %2d %-5s", lags, name[statistic]);
	for (i = 0; i < WALK_LENGTHS - 1; i++)
	{
		double		walks = 0.0;

		for (j = 0; j < nodes; j++)
			if (node[j].length == walk_length[i] &&
				node[j].min_window < node[j].length)
				walks = fmax(walks, node[j].walks[statistic]);
		printf(" %7.0f", walks);
	}
	printf("\n");
}

static void
print_errors(int lags, int statistic)
{
	static const int shown[] = {14, 16, 19};
	size_t		i;

	printf(" * %2d %-5s", lags, name[statistic]);
	for (i = 0; i < sizeof(shown) / sizeof(shown[0]); i++)
	{
		const Fit  *fit = &fits[lags][statistic][shown[i]];

		printf("  %.3f %.3f", fit->simulated, fit->left_over);
		if (i < 2)
			printf(" %.2f %.2f", 100.0 * fit->size, 100.0 * fit->worst_size);
	}
	printf("\n");
}

/*
 * The coefficients of a term at all levels.
 */
static void
print_term(int lags, int statistic, int term)
{
	int			i;

	printf("\t\t\t{");
	for (i = 0; i < SURFACE_LEVELS; i++)
		printf("%s%.9g", i == 0 ? "" : i % 4 == 0 ? ",\n\t\t\t" : ", ",
			   fits[lags][statistic][i].coefficient[term]);
	printf("}");
}

static void
print_block(int lags, int first, int last)
{
	int			statistic;
	int			term;

	printf("\t{\n");
	for (statistic = 0; statistic < SUP_STATISTICS; statistic++)
	{
		printf("\t\t/* %d lags, %s */\n\t\t{\n", lags, name[statistic]);
		for (term = first; term <= last; term++)
		{
			print_term(lags, statistic, term);
			printf(term < last ? ",\n" : "\n");
		}
		printf("\t\t}%s\n", statistic < SUP_STATISTICS - 1 ? "," : "");
	}
	printf("\t}");
}

static void
print_table(void)
{
	int			lags;

	printf("const double SurfaceLimit[SUP_STATISTICS][SURFACE_LIMIT_TERMS]\n"
		   "[SURFACE_LEVELS] =\n");
	print_block(0, 0, SURFACE_LIMIT_TERMS - 1);
	printf(";\n\nconst double SurfaceCoefficient[SURFACE_MOST_LAGS + 1]"
		   "[SUP_STATISTICS]\n[SURFACE_LAG_TERMS][SURFACE_LEVELS] = {\n");
	for (lags = 0; lags <= SURFACE_MOST_LAGS; lags++)
	{
		print_block(lags, SURFACE_LIMIT_TERMS, SURFACE_TERMS - 1);
		printf("%s\n", lags < SURFACE_MOST_LAGS ? "," : "");
	}
	printf("};\n");
}

static void
print_all(const char *directory)
{
	int			lags;
	int			statistic;
	int			i;

	read_points(directory);
	fit_all();
	printf("/*\n * surface_table.c - coefficients of the response surface, "
		   "see surface.h\n *\n"
		   " * Written by test/ref/explosive/fit.c from random walks without "
		   "drift that\n * test/ref/explosive/simulate.c made.  Their "
		   "numbers by lags (rows) and\n * length, in which longer walks "
		   "count as shorter ones as well; those of\n * the BSADF are the "
		   "GSADF's:\n *\n *         ");
	for (i = 0; i < WALK_LENGTHS - 1; i++)
		printf(" %7d", walk_length[i]);
	printf("\n");
	for (lags = 0; lags <= SURFACE_MOST_LAGS; lags++)
	{
		read_nodes(directory, lags, 0);
		print_walks(lags, SUP_GSADF);
		print_walks(lags, SUP_SADF);
		judge_lags(lags);
	}
	printf(" *\n * At the levels 0.95, 0.99 and 0.999, over all nodes: root "
		   "mean squares of the\n * standard error of the simulated "
		   "quantiles and of what the surface leaves\n * over, then, at the "
		   "first two, of what is wrong with the size, in percentage\n"
		   " * points, and the most that is.  All have the errors of the "
		   "nodes in them, and\n * those of the surface are less.\n *\n");
	for (lags = 0; lags <= SURFACE_MOST_LAGS; lags++)
		for (statistic = 0; statistic < SUP_STATISTICS; statistic++)
			print_errors(lags, statistic);
	printf(" *\n * Copyright (c) 2026, the bubble authors\n"
		   " * Released under the PostgreSQL License, see LICENSE.\n */\n"
		   "#include \"explosive/surface.h\"\n\n");
	print_table();
}

/* ---- check ---- */

/*
 * The size in percent of tests at 5, 1 and 0.1 percent, over the lengths from
 * one walk's to the next's: least, mean and largest of all nodes.
 */
static void
check_range(int lags, int statistic, int level, int above, int up_to)
{
	double		quantile[SURFACE_LEVELS];
	double		least = 1.0;
	double		largest = 0.0;
	double		sum = 0.0;
	double		walks = 0.0;
	int			used = 0;
	int			i;

	for (i = 0; i < nodes; i++)
	{
		double		size;

		if (node[i].length <= above || node[i].length > up_to ||
			node[i].walks[statistic] == 0.0)
			continue;
		SurfaceQuantiles(statistic, node[i].length, node[i].min_window, lags,
						 quantile);
		size = size_of(&node[i], statistic, quantile[level]);
		least = fmin(least, size);
		largest = fmax(largest, size);
		sum += size;
		walks = node[i].walks[statistic];
		used++;
	}
	if (used > 0)
		printf("%2d %-5s %5.1f %%  n to %5d: %6.3f %6.3f %6.3f (%.3f), "
			   "%d nodes\n", lags, name[statistic],
			   100.0 * (1.0 - SurfaceLevel[level]), up_to, 100.0 * least,
			   100.0 * sum / used, 100.0 * largest,
			   100.0 * sqrt(SurfaceLevel[level] *
							(1.0 - SurfaceLevel[level]) / walks), used);
}

static void
check(const char *directory)
{
	static const int shown[] = {14, 16, 19};
	int			held_out;
	int			lags;
	int			i;
	int			j;

	for (held_out = 0; held_out <= 1; held_out++)
	{
		printf("Walks of %s:\n", held_out ? "the greatest length" : "the fit");
		for (lags = 0; lags <= SURFACE_MOST_LAGS; lags++)
		{
			read_nodes(directory, lags, held_out);
			for (i = 0; i < 3 * SUP_STATISTICS; i++)
				for (j = 0; j < WALK_LENGTHS; j++)
					check_range(lags, i % SUP_STATISTICS,
								shown[i / SUP_STATISTICS],
								j > 0 ? walk_length[j - 1] : 0,
								walk_length[j]);
		}
	}
}

int
main(int argc, char **argv)
{
	if (argc == 3)
		check(argv[1]);
	else if (argc == 2)
		print_all(argv[1]);
	else
		return 2;
	return 0;
}
