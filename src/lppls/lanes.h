/*
 * lanes.h - several rows or frequencies at a time, each in a lane of a vector
 *
 * Kernel: no PostgreSQL in here.
 *
 * Logarithms, exponentials, sines and cosines of LPPLS_LANES numbers by
 * polynomials, to a few units in the last place, within the range that is
 * needed here: logarithms of positive normal numbers, exponentials of -700 to
 * 700, angles below 10^5.  They consist of sums and products alone, so that
 * all processors give the same digits, however wide their vectors are; even
 * and odd powers are summed apart, since a processor does both at a time.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#ifndef BUBBLE_LPPLS_LANES_H
#define BUBBLE_LPPLS_LANES_H

#include <stdint.h>

#include "foundation/vectors.h"

#define LPPLS_LANES 4

#define UNROLLED static inline __attribute__((always_inline))

typedef double Lanes __attribute__((vector_size(LPPLS_LANES * 8)));
typedef uint64_t Bits __attribute__((vector_size(LPPLS_LANES * 8)));
/* The same in an array of doubles, wherever that begins. */
typedef Lanes InArray __attribute__((aligned(sizeof(double)), may_alias));

#define LANES_AT(array, i) (*(InArray *) ((array) + (i)))
#define CONST_LANES_AT(array, i) (*(const InArray *) ((array) + (i)))

/* a where the mask is set, b where it is not */
#define CHOOSE(mask, a, b) \
	((Lanes) (((Bits) (mask) & (Bits) (a)) | (~(Bits) (mask) & (Bits) (b))))

/* A sum with this has its integer in the lowest bits. */
#define ROUNDER 0x1.8p52

/*
 * Vectors are handed over by pointers: how they would be by value depends on
 * the processor that is compiled for.
 */
UNROLLED double
LanesSum(const Lanes *x)
{
	return ((*x)[0] + (*x)[1]) + ((*x)[2] + (*x)[3]);
}

/*
 * x = 2^e m with m around 1; ln m = 2 artanh((m - 1) / (m + 1)).
 */
UNROLLED void
LanesLog(const Lanes *x, Lanes *logarithm)
{
	const Bits	bits = (Bits) *x;
	Lanes		e = (Lanes) ((bits >> 52) | (uint64_t) 0x4330000000000000) -
		(0x1p52 + 1023.0);
	Lanes		m = (Lanes) ((bits & (uint64_t) 0xfffffffffffff) |
							 (uint64_t) 0x3ff0000000000000);
	const Bits	large = (Bits) (m > 1.41421356237309515);
	Lanes		s;
	Lanes		z;
	Lanes		zz;
	Lanes		odd;
	Lanes		even;
	Lanes		p;

	m = CHOOSE(large, m * 0.5, m);
	e = CHOOSE(large, e + 1.0, e);
	s = (m - 1.0) / (m + 1.0);
	z = s * s;
	zz = z * z;
	odd = zz * (1.0 / 21) + 1.0 / 17;
	even = zz * (1.0 / 19) + 1.0 / 15;
	odd = odd * zz + 1.0 / 13;
	even = even * zz + 1.0 / 11;
	odd = odd * zz + 1.0 / 9;
	even = even * zz + 1.0 / 7;
	odd = odd * zz + 1.0 / 5;
	even = even * zz + 1.0 / 3;
	p = odd * z + even;
	*logarithm = e * 0x1.62e42feep-1 +
		(e * 0x1.a39ef35793c76p-33 + (s * z * p + s) * 2.0);
}

/*
 * x = k ln 2 + r, then a Taylor polynomial.
 */
UNROLLED void
LanesExp(const Lanes *x, Lanes *exponential)
{
	const Lanes shifted = *x * 0x1.71547652b82fep0 + ROUNDER;
	const Lanes k = shifted - ROUNDER;
	const Lanes r = (*x - k * 0x1.62e42feep-1) - k * 0x1.a39ef35793c76p-33;
	const Lanes rr = r * r;
	Lanes		odd;
	Lanes		even;
	Lanes		p;

	odd = rr * (1.0 / 6227020800) + 1.0 / 39916800;
	even = rr * (1.0 / 479001600) + 1.0 / 3628800;
	odd = odd * rr + 1.0 / 362880;
	even = even * rr + 1.0 / 40320;
	odd = odd * rr + 1.0 / 5040;
	even = even * rr + 1.0 / 720;
	odd = odd * rr + 1.0 / 120;
	even = even * rr + 1.0 / 24;
	odd = odd * rr + 1.0 / 6;
	even = even * rr + 0.5;
	p = (odd * r + even) * rr + r + 1.0;
	*exponential = (Lanes) ((Bits) p + ((Bits) shifted << 52));
}

/*
 * x = k pi / 2 + r, with pi / 2 in three parts of which k times the first two
 * is exact, then Taylor polynomials; k says which is which, and the signs.
 */
UNROLLED void
LanesSinCos(const Lanes *x, Lanes *sine, Lanes *cosine)
{
	const Lanes shifted = *x * 0x1.45f306dc9c883p-1 + ROUNDER;
	const Lanes k = shifted - ROUNDER;
	const Lanes r = ((*x - k * 0x1.921fb544p0) - k * 0x4.2d18469p-36) -
		k * 0x8.98cc51701b839p-68;
	const Bits	quarter = (Bits) shifted;
	const Bits	odd = -(quarter & 1);
	const Lanes z = r * r;
	Lanes		s;
	Lanes		c;

	s = z * (-1.0 / 1307674368000.0) + 1.0 / 6227020800;
	s = s * z - 1.0 / 39916800;
	s = s * z + 1.0 / 362880;
	s = s * z - 1.0 / 5040;
	s = s * z + 1.0 / 120;
	s = s * z - 1.0 / 6;
	s = s * z * r + r;
	c = z * (1.0 / 20922789888000.0) - 1.0 / 87178291200.0;
	c = c * z + 1.0 / 479001600;
	c = c * z - 1.0 / 3628800;
	c = c * z + 1.0 / 40320;
	c = c * z - 1.0 / 720;
	c = c * z + 1.0 / 24;
	c = c * z * z - z * 0.5 + 1.0;
	*sine = (Lanes) ((Bits) CHOOSE(odd, c, s) ^ ((quarter & 2) << 62));
	*cosine = (Lanes) ((Bits) CHOOSE(odd, s, c) ^
					   (((quarter + 1) & 2) << 62));
}

#endif							/* BUBBLE_LPPLS_LANES_H */
