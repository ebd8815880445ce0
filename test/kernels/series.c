/*
 * series.c - lines of characters against naive ones
 *
 * What is shown of a series (sparkline.h) is compared with what a loop over
 * all rows finds, in whole numbers, over all numbers of rows and characters
 * up to a few dozen, with repeated times and gaps.  Output is one line a
 * check, "ok - ..." or "not ok - ...".  test/t/016_topic_kernels.pl compiles
 * and runs it.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include <float.h>
#include <string.h>

#include "check.h"
#include "series/sparkline.h"

#define MOST_ROWS 40
#define MOST_WIDTH 40

/*
 * The last of all rows in the first "part" of "width" parts of the time.
 */
static double
naive_value(const double *value, const int64_t *at, int length, int part,
			int width)
{
	double		found = value[0];
	int			i;

	for (i = 0; i < length; i++)
		if ((at[i] - at[0]) * width <= (at[length - 1] - at[0]) * part)
			found = value[i];
	return found;
}

static bool
same_as_naive(int length, int width)
{
	double		value[MOST_ROWS];
	int64_t		at[MOST_ROWS];
	double		shown[MOST_WIDTH];
	int64_t		count;
	int			i;

	for (i = 0; i < length; i++)
	{
		value[i] = (double) draw(1000);
		at[i] = i == 0 ? -draw(1000) : at[i - 1] + draw(4) * draw(50);
	}
	count = SparklineValues(value, at, length, width, shown);
	if (length <= width)
		return count == length &&
			memcmp(shown, value, length * sizeof(double)) == 0;
	for (i = 0; i < width; i++)
		if (shown[i] != naive_value(value, at, length, i + 1, width))
			return false;
	return count == width;
}

static void
check_values(void)
{
	bool		good = true;
	int			length;
	int			width;

	for (length = 1; length <= MOST_ROWS; length++)
		for (width = 1; width <= MOST_WIDTH; width++)
			good = good && same_as_naive(length, width);
	check(good, "the latest value at the end of each part of the time");
}

static void
check_levels(void)
{
	const double steps[] = {0, 1, 2, 3, 4, 5, 6, 7, 8};
	const double widest[] = {-DBL_MAX, 0, DBL_MAX};
	const double narrow[] = {0, 4.9e-324};
	const double constant[] = {-3, -3};
	unsigned char level[9];

	SparklineLevels(steps, 9, level);
	check(memcmp(level, "\0\1\2\3\4\5\6\7\7", 9) == 0,
		  "levels of equal height, the highest value in the last");
	SparklineLevels(widest, 3, level);
	check(memcmp(level, "\0\4\7", 3) == 0, "all of double precision");
	SparklineLevels(narrow, 2, level);
	check(memcmp(level, "\0\7", 2) == 0, "the least difference");
	SparklineLevels(constant, 2, level);
	check(memcmp(level, "\3\3", 2) == 0, "no difference");
}

static void
check_longest(void)
{
	const double value[] = {1, 2, 3, 4};
	const int64_t at[] = {INT64_MIN, -1, INT64_MAX - 1, INT64_MAX};
	double		shown[3];

	SparklineValues(value, at, 4, 3, shown);
	check(shown[0] == 1 && shown[1] == 2 && shown[2] == 4,
		  "times as far apart as an int64 can count");
}

int
main(void)
{
	check_values();
	check_levels();
	check_longest();
	return failures > 0;
}
