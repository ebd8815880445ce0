/*
 * input.h - numbers from the bytes that libFuzzer makes up
 *
 * The first byte of an input chooses the kernel, the others are what it gets.
 * Where they end, zeros follow.  Doubles take few bytes where they are simple
 * ones, and are often those at which things break.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#ifndef BUBBLE_INPUT_H
#define BUBBLE_INPUT_H

#include <float.h>
#include <math.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct Input
{
	const uint8_t *data;
	size_t		left;
} Input;

typedef void (*Trial) (Input *input);

/* What libFuzzer calls. */
extern int	LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/*
 * What must hold whatever the input is.
 */
static inline void
holds(bool good, const char *what)
{
	if (good)
		return;
	fprintf(stderr, "does not hold: %s\n", what);
	abort();
}

static inline int
try_one(const uint8_t *data, size_t size, const Trial *trial, size_t trials)
{
	Input		input = {data + 1, size - 1};

	if (size == 0)
		return -1;
	trial[data[0] % trials] (&input);
	return 0;
}

#define TRIALS(trial) \
	int \
	LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) \
	{ \
		return try_one(data, size, trial, sizeof(trial) / sizeof(trial[0])); \
	} \
	extern int	LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)

static inline uint8_t
take_byte(Input *input)
{
	if (input->left == 0)
		return 0;
	input->left--;
	return *input->data++;
}

static inline uint64_t
take_bits(Input *input, int bytes)
{
	uint64_t	bits = 0;

	while (bytes-- > 0)
		bits = bits << 8 | take_byte(input);
	return bits;
}

/*
 * From one number to another one, of a byte, or of two or eight.
 */
static inline int64_t
take_int(Input *input, int64_t least, int64_t most)
{
	const uint64_t range = (uint64_t) most - (uint64_t) least;
	const int	bytes = range < 256 ? 1 : range < 65536 ? 2 : 8;
	const uint64_t bits = take_bits(input, bytes);

	return (int64_t) ((uint64_t) least +
					  (range == UINT64_MAX ? bits : bits % (range + 1)));
}

static inline bool
take_bool(Input *input)
{
	return take_byte(input) & 1;
}

static const double odd_number[] = {
	0.0, -0.0, INFINITY, -INFINITY, NAN, DBL_MAX, -DBL_MAX, DBL_MIN, -DBL_MIN,
	0x1p-1074, -0x1p-1074, 1e300, -1e300, 1e-300, -1e-300, 1e154, 1e155,
	1e-162, DBL_EPSILON, 1.0 + DBL_EPSILON, 1.0 - DBL_EPSILON / 2.0,
	0x1p52, 0x1p53, -0x1p53, 0x1p63, -0x1p63, 0x1p64, 1e16, 1e-16, 0.1,
	1.0 / 3.0, 0.5, 0.95, -1.0, 100.0, 700.0, -745.0
};

/*
 * Any double.
 */
static inline double
take_number(Input *input)
{
	const uint8_t kind = take_byte(input);
	uint64_t	bits;
	double		number;

	if (kind < 128)
		return kind;
	if (kind < 160)
		return (double) (int16_t) take_bits(input, 2) / 64.0;
	if (kind < 176)
		return ldexp((int8_t) take_byte(input),
					 (int) take_int(input, -1082, 1016));
	if (kind < 192)
		return 100.0 + (int8_t) take_byte(input) * 0x1p-40;
	if (kind < 250)
		return odd_number[(kind - 192) %
						  (sizeof(odd_number) / sizeof(odd_number[0]))];
	bits = take_bits(input, 8);
	memcpy(&number, &bits, sizeof(number));
	return number;
}

static inline double
take_finite(Input *input)
{
	const double number = take_number(input);

	return isfinite(number) ? number : 1.0;
}

static inline double
take_not_negative(Input *input)
{
	return fabs(take_finite(input));
}

static inline double
take_positive(Input *input)
{
	const double number = take_not_negative(input);

	return number > 0.0 ? number : 1.0;
}

/*
 * From one number to another one, which are finite.
 */
static inline double
take_between(Input *input, double least, double most)
{
	const double number = take_number(input);

	if (number >= least && number <= most)
		return number;
	if (!isfinite(number))
		return number > 0.0 ? most : least;
	return least + (most - least) * (fmod(fabs(number), 7.0) / 7.0);
}

/*
 * Memory whose end AddressSanitizer knows; even of nothing.
 */
static inline double *
room_for(int64_t numbers)
{
	return malloc(numbers * sizeof(double));
}

static inline double *
take_numbers(Input *input, int64_t count, double (*take) (Input *))
{
	double	   *number = room_for(count);
	int64_t		i;

	for (i = 0; i < count; i++)
		number[i] = take(input);
	return number;
}

/* The times of PostgreSQL, in microseconds. */
#define FIRST_TIME (-INT64_C(211813488000000000))
#define LAST_TIME (INT64_C(9223371331200000000) - 1)

/*
 * Times in order, some of them equal.
 */
static inline int64_t *
take_times(Input *input, int64_t count)
{
	int64_t    *at = malloc(count * sizeof(int64_t));
	int64_t		now = take_int(input, 0, 3) ? take_int(input, -100, 100) :
		take_int(input, FIRST_TIME, LAST_TIME);
	int64_t		i;

	for (i = 0; i < count; i++)
	{
		const uint8_t step = take_byte(input);
		const int64_t further = step < 250 ? step % 32 :
			take_int(input, 0, LAST_TIME);

		now = now > LAST_TIME - further ? LAST_TIME : now + further;
		at[i] = now;
	}
	return at;
}

static inline bool
same_number(double a, double b)
{
	return a == b || (isnan(a) && isnan(b));
}

static inline int
compare_numbers(const void *a, const void *b)
{
	const double x = *(const double *) a;
	const double y = *(const double *) b;

	return (x > y) - (x < y);
}

#endif							/* BUBBLE_INPUT_H */
