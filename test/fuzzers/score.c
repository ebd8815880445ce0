/*
 * score.c - kernels of scores and of warnings, fed by libFuzzer
 *
 * ciss, composite, moments, shapley, weights, and loss, roc, signal and
 * weighted_roc.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "input.h"

#include <gsl/gsl_errno.h>

#include "foundation/pause.h"
#include "score/ciss.h"
#include "score/composite.h"
#include "score/moments.h"
#include "score/shapley.h"
#include "score/weights.h"
#include "warning/loss.h"
#include "warning/roc.h"
#include "warning/weighted_roc.h"

#define MOST_ROWS 60
#define MOST_COLUMNS 8

/* Sums that have outgrown their small form, until an input has been tried. */
static ExactSum *outgrown[2 * MAGNITUDES];
static int	rooms;

void
KernelPause(void)
{
}

ExactSum *
SmallSumRoom(void *owner)
{
	(void) owner;
	return outgrown[rooms++] = malloc(sizeof(ExactSum));
}

static double
take_score(Input *input)
{
	return take_between(input, 0.0, 100.0);
}

static void
take_flags(Input *input, bool *flag, int64_t count)
{
	int64_t		i;

	for (i = 0; i < count; i++)
		flag[i] = take_bool(input);
}

static void
try_composite(Input *input)
{
	const int	count = (int) take_int(input, 1, MOST_ROWS);
	double	   *score = take_numbers(input, count, take_score);
	double	   *weight = take_numbers(input, count, take_finite);
	const bool	equal = take_bool(input);
	const Aggregation aggregation = (Aggregation)
		take_int(input, AGGREGATION_ARITHMETIC, AGGREGATION_MEDIAN);
	WeightedScore gathered[MOST_ROWS];
	bool		missing[MOST_ROWS];
	int			n;
	int			i;

	take_flags(input, missing, count);
	ScaleWeights(weight, count);
	for (i = 0; i < count; i++)
		holds(weight[i] >= 0.0 && weight[i] <= 1.0, "weights are scaled");
	n = GatherScores(gathered, score, missing, equal ? NULL : weight, count,
					 take_between(input, 0.0, 1.0));
	holds(n >= 0 && n <= count, "scores are gathered");
	if (n > 0)
	{
		const double made = CompositeOf(gathered, n, aggregation);

		holds(made >= 0.0 && made <= 100.0, "a composite is a score");
	}
	free(score);
	free(weight);
}

static void
try_ciss(Input *input)
{
	const int	n = (int) take_int(input, 1, MOST_COLUMNS);
	const int64_t rows = take_int(input, 0, MOST_ROWS);
	double	   *moment = calloc(CissRoom(n), sizeof(double));
	double	   *correlation = room_for((int64_t) CissRoom(n));
	double	   *share = take_numbers(input, n, take_score);
	double		part[MOST_COLUMNS];
	bool		missing[MOST_COLUMNS];
	double		total = 0.0;
	int64_t		i;

	for (i = 0; i < rows; i++)
	{
		double	   *score = take_numbers(input, n, take_score);

		take_flags(input, missing, n);
		CissAdd(moment, score, missing, n);
		free(score);
	}
	CissCorrelations(moment, n, correlation);
	for (i = 0; i < (int64_t) CissRoom(n); i++)
		holds(fabs(correlation[i]) <= 1.0, "a correlation");
	for (i = 0; i < n; i++)
		total += share[i];
	for (i = 0; i < n; i++)
		share[i] = total > 0.0 ? share[i] / total : 1.0 / n;
	CissForm(correlation, share, n, part);
	for (total = 0.0, i = 0; i < n; i++)
		total += part[i];
	holds(total >= -1e-9 && total <= 100.0 + 1e-9, "a form is a score");
	free(moment);
	free(correlation);
	free(share);
}

static void
try_moments(Input *input)
{
	const int64_t count = take_int(input, 1, MOST_ROWS);
	const int64_t gone = take_int(input, 0, count - 1);
	double	   *value = take_numbers(input, count, take_finite);
	Moments		moments[MAGNITUDES];
	Moments    *given[MAGNITUDES];
	StandardScale scale;
	double		lowest = value[gone];
	double		highest = value[gone];
	int64_t		i;

	for (i = 0; i < MAGNITUDES; i++)
	{
		MomentsInit(&moments[i]);
		given[i] = &moments[i];
	}
	for (i = 0; i < count; i++)
		MomentsAdd(&moments[MagnitudeOf(value[i])], MagnitudeOf(value[i]),
				   value[i], NULL);
	for (i = 0; i < gone; i++)
		MomentsRemove(&moments[MagnitudeOf(value[i])], MagnitudeOf(value[i]),
					  value[i], NULL);
	for (i = gone; i < count; i++)
	{
		lowest = fmin(lowest, value[i]);
		highest = fmax(highest, value[i]);
	}
	StandardScaleInit(&scale, given);
	holds(scale.count == (double) (count - gone), "values are counted");
	holds(scale.deviation >= 0.0 && isfinite(scale.deviation),
		  "a deviation is a number");
	holds(lowest < highest || scale.deviation == 0.0,
		  "equal values have none");
	for (i = gone; i < count && scale.deviation > 0.0; i++)
		holds(fabs(StandardScore(&scale, value[i])) <=
			  sqrt((double) (count - gone)) + 1e-9,
			  "no score is larger than the number of values lets it be");
	free(value);
	while (rooms > 0)
		free(outgrown[--rooms]);
}

static void
try_shapley(Input *input)
{
	const int	players = (int) take_int(input, 1, 6);
	double	   *reached = take_numbers(input, (int64_t) 1 << players,
									   take_score);
	double		value[6];
	double		total = 0.0;
	int			i;

	ShapleyValues(reached, players, value);
	for (i = 0; i < players; i++)
		total += value[i];
	holds(fabs(total - (reached[(1 << players) - 1] - reached[0])) < 1e-9,
		  "values add up");
	free(reached);
}

static void
check_component(const Columns *columns)
{
	int			place[MOST_COLUMNS];
	double		loading[MOST_COLUMNS];
	const int	differing = DifferingColumns(columns, place);
	gsl_matrix *matrix;
	gsl_matrix *vectors;
	gsl_vector *values;
	gsl_eigen_symmv_workspace *workspace;
	int			i;

	if (differing == 0)
		return;
	matrix = gsl_matrix_alloc(differing, differing);
	vectors = gsl_matrix_alloc(differing, differing);
	values = gsl_vector_alloc(differing);
	workspace = gsl_eigen_symmv_alloc(differing);
	CorrelateColumns(columns, place, matrix);
	holds(FirstComponent(matrix, workspace, values, vectors, loading) == 0,
		  "a component is found");
	for (i = 0; i < differing; i++)
		holds(fabs(loading[i]) <= 1.0 + 1e-9, "a loading");
	gsl_matrix_free(matrix);
	gsl_matrix_free(vectors);
	gsl_vector_free(values);
	gsl_eigen_symmv_free(workspace);
}

static void
try_weights(Input *input)
{
	const int	count = (int) take_int(input, 1, MOST_COLUMNS);
	const int64_t rows = take_int(input, 2, 20);
	double	   *value = take_numbers(input, count * rows, take_finite);
	double	   *deviation = room_for(count * rows);
	double		length[MOST_COLUMNS];
	double		range[MOST_COLUMNS];
	double		weight[3][MOST_COLUMNS];
	Columns		columns = {count, rows, value, deviation, length, range};
	double		negative;
	bool		entropy;
	int			which;
	int			i;

	gsl_set_error_handler_off();
	entropy = EntropyWeights(&columns, weight[0], &negative);
	holds(entropy || negative < 0.0, "a negative value is told");
	ScaleColumns(&columns);
	DeviationWeights(&columns, weight[1]);
	CriticWeights(&columns, weight[2]);
	for (which = entropy ? 0 : 1; which < 3; which++)
	{
		ShareOut(weight[which], count);
		for (i = 0; i < count; i++)
			holds(weight[which][i] >= 0.0 && weight[which][i] <= 1.0,
				  "a weight is a share");
	}
	check_component(&columns);
	free(value);
	free(deviation);
}

static void
try_loss(Input *input)
{
	const double number = take_between(input, 0x1p-1074, 1.0 - 0x1p-53);
	const Preference preference = PreferenceOf(number);
	const bool	small = take_bool(input);
	const int64_t most = small ? 100 : INT64_C(1) << 52;
	const int64_t events = take_int(input, 1, most);
	const int64_t nones = take_int(input, 1, most);
	SignalCounts counts[2] = {{0}};
	int			i;

	holds(preference.part >= 1.0 && preference.part < preference.whole &&
		  preference.whole <= 0x1p53 &&
		  preference.part == rint(preference.part) &&
		  preference.whole == rint(preference.whole),
		  "a preference is a fraction");
	for (i = 0; i < 2; i++)
	{
		counts[i].hits = take_int(input, 0, events);
		counts[i].misses = events - counts[i].hits;
		counts[i].false_alarms = take_int(input, 0, nones);
		counts[i].quiet = nones - counts[i].false_alarms;
		holds(HitRate(&counts[i]) >= 0.0 && HitRate(&counts[i]) <= 1.0 &&
			  FalseAlarmRate(&counts[i]) >= 0.0 &&
			  FalseAlarmRate(&counts[i]) <= 1.0, "rates");
		holds(fabs(Usefulness(&counts[i], number)) <= 1.0, "a usefulness");
	}
	holds(CompareLosses(&preference, &counts[0], &counts[0]) == 0,
		  "no loss differs from itself");
	holds(CompareLosses(&preference, &counts[0], &counts[1]) ==
		  -CompareLosses(&preference, &counts[1], &counts[0]),
		  "losses are compared either way");
}

static int
by_score(const void *a, const void *b)
{
	const RankedRow *one = a;
	const RankedRow *two = b;

	return (one->score > two->score) - (one->score < two->score);
}

/*
 * The same area by the walk and by the rows, each of them taken once.
 */
static void
try_roc(Input *input)
{
	const int64_t rows = take_int(input, 1, MOST_ROWS);
	double	   *score[2] = {room_for(rows), room_for(rows)};
	RankedRow  *ranked = malloc(rows * sizeof(RankedRow));
	int64_t    *times = calloc(rows + 1, sizeof(int64_t));
	int64_t		count[2] = {0, 0};
	const int64_t from = take_int(input, 0, rows - 1);
	WeightedRoc roc;
	RocWalk		walk;
	double		area;
	int64_t		i;

	for (i = 0; i < rows; i++)
	{
		const int	event = take_bool(input);
		const double one = take_finite(input);

		score[event][count[event]++] = one;
		ranked[i] = (RankedRow) {one, i, event == 1};
	}
	qsort(score[0], count[0], sizeof(double), compare_numbers);
	qsort(score[1], count[1], sizeof(double), compare_numbers);
	qsort(ranked, rows, sizeof(RankedRow), by_score);
	walk = RocStart(score[1], count[1], score[0], count[0]);
	while (RocLower(&walk))
		holds(walk.counts.hits + walk.counts.misses == count[1] &&
			  walk.counts.false_alarms + walk.counts.quiet == count[0],
			  "rows are counted");
	area = RocArea(&walk);
	holds(isnan(area) == (count[0] == 0 || count[1] == 0),
		  "there is an area, or one of the two is missing");
	holds(isnan(area) || (area >= 0.0 && area <= 1.0), "an area");
	AddBlock(times, rows, from, rows);
	for (i = 1; i < rows; i++)
		times[i] += times[i - 1];
	roc = StartWeightedRoc(ranked, rows, times);
	while (StepWeightedRoc(&roc, take_int(input, 1, rows)))
		;
	holds(same_number(WeightedArea(&roc), area), "the same area by rows");
	free(score[0]);
	free(score[1]);
	free(ranked);
	free(times);
}

static const Trial trial[] = {
	try_composite, try_ciss, try_moments, try_shapley, try_weights, try_loss,
	try_roc
};

TRIALS(trial);
