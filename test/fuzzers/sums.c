/*
 * sums.c - kernels of the foundation and of series, fed by libFuzzer
 *
 * exact_sum, small_sum, the headers compensated_sum.h, proportion.h and
 * quantile.h, and sparkline.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "input.h"

#include "foundation/compensated_sum.h"
#include "foundation/proportion.h"
#include "foundation/quantile.h"
#include "foundation/small_sum.h"
#include "series/sparkline.h"

#define MOST_ROWS 100
#define MOST_ROOMS 4

/* Sums that have outgrown their small form, until an input has been tried. */
static ExactSum *outgrown[MOST_ROOMS];
static int	rooms;

ExactSum *
SmallSumRoom(void *owner)
{
	(void) owner;
	return outgrown[rooms++] = malloc(sizeof(ExactSum));
}

/*
 * A sum of terms, of the same ones backwards, in parts, small and exact ones:
 * all have the same bits.
 */
static void
try_sums(Input *input)
{
	const int64_t count = take_int(input, 1, MOST_ROWS);
	double	   *term = take_numbers(input, count, take_finite);
	ExactSum	exact;
	ExactSum	backwards;
	ExactSum	copy;
	SmallSum	part[3];
	double		sum;
	int64_t		i;

	ExactSumInit(&exact);
	ExactSumInit(&backwards);
	ExactSumInit(&copy);
	for (i = 0; i < 3; i++)
		SmallSumInit(&part[i]);
	for (i = 0; i < count; i++)
	{
		ExactSumAdd(&exact, term[i]);
		ExactSumAdd(&backwards, term[count - 1 - i]);
		SmallSumAdd(&part[take_byte(input) % 2], term[i], NULL);
	}
	sum = ExactSumRound(&exact);
	ExactSumCarry(&backwards);
	holds(ExactSumRound(&backwards) == sum, "no order makes a difference");
	SmallSumMerge(&part[0], &part[1], NULL);
	holds(SmallSumRound(&part[0]) == sum, "small sums are exact");
	SmallSumAddTo(&part[0], &copy);
	holds(ExactSumRound(&copy) == sum, "small sums become large ones");
	SmallSumSet(&part[2], &copy, NULL);
	holds(SmallSumRound(&part[2]) == sum, "and small ones again");
	ExactSumMergeTimes(&exact, &copy, -1);
	holds(ExactSumRound(&exact) == 0.0,
		  "nothing is left of a sum less itself");
	for (i = 0; i < count; i++)
		ExactSumSubtract(&copy, term[i]);
	holds(ExactSumRound(&copy) == 0.0, "nor of a sum less its terms");
	ExactSumDropChunks(&backwards, (int) take_int(input, 0, EXACT_SUM_CHUNKS));
	(void) ExactSumRound(&backwards);
	free(term);
	while (rooms > 0)
		free(outgrown[--rooms]);
}

/*
 * Products that neither overflow nor lose bits below the smallest double.
 */
static void
try_products(Input *input)
{
	const int64_t count = take_int(input, 1, MOST_ROWS);
	ExactSum	exact;
	SmallSum	small;
	int64_t		i;

	ExactSumInit(&exact);
	SmallSumInit(&small);
	for (i = 0; i < count; i++)
	{
		const double a = take_between(input, -0x1p400, 0x1p400);
		const double b = take_between(input, -0x1p400, 0x1p400);

		ExactSumAddProduct(&exact, a, b);
		SmallSumAddProduct(&small, a, b, NULL);
		holds(SmallSumRound(&small) == ExactSumRound(&exact),
			  "sums of products are the same");
	}
	while (rooms > 0)
		free(outgrown[--rooms]);
}

/*
 * Of which many can be added.
 */
static double
take_middling(Input *input)
{
	return take_between(input, -1e300, 1e300);
}

static void
try_quantile(Input *input)
{
	const int64_t count = take_int(input, 1, MOST_ROWS);
	const int64_t total = take_int(input, 0, INT64_C(1) << 60);
	double	   *value = take_numbers(input, count, take_middling);
	const double level = take_between(input, 0.0, 1.0);
	CompensatedSum sum = {0};
	Proportion	share;
	double		quantile;
	int64_t		i;

	qsort(value, count, sizeof(double), compare_numbers);
	quantile = Quantile(value, count, level);
	holds(quantile >= value[0] && quantile <= value[count - 1],
		  "a quantile is among the values");
	for (i = 0; i < count; i++)
		CompensatedAdd(&sum, value[i]);
	holds(isfinite(CompensatedTotal(&sum)), "a sum is a number");
	share = ProportionOf(take_int(input, 0, total), total);
	holds(total == 0 ? isnan(share.share) :
		  share.low >= 0.0 && share.low <= share.share &&
		  share.high >= share.share && share.high <= 1.0,
		  "a share is within its interval");
	free(value);
}

static void
try_sparkline(Input *input)
{
	const int64_t rows = take_int(input, 1, MOST_ROWS);
	const int64_t width = take_int(input, 1, MOST_ROWS);
	int64_t    *at = take_times(input, rows);
	double	   *value = take_numbers(input, rows, take_finite);
	double	   *shown = room_for(rows < width ? rows : width);
	unsigned char *level;
	const int64_t count = SparklineValues(value, at, rows, width, shown);
	int64_t		i;

	holds(count == (rows < width ? rows : width), "so many are shown");
	holds(shown[count - 1] == value[rows - 1], "the last one is the latest");
	level = malloc(count);
	SparklineLevels(shown, count, level);
	for (i = 0; i < count; i++)
		holds(level[i] < SPARKLINE_LEVELS, "levels are those of characters");
	free(at);
	free(value);
	free(shown);
	free(level);
}

static const Trial trial[] = {
	try_sums, try_products, try_quantile, try_sparkline
};

TRIALS(trial);
