/*
 * exact_sum_io.h - exact sums on their way between processes
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#ifndef BUBBLE_EXACT_SUM_IO_H
#define BUBBLE_EXACT_SUM_IO_H

#include "lib/stringinfo.h"

#include "foundation/exact_sum.h"
#include "foundation/small_sum.h"

extern void ExactSumSerialize(StringInfo buf, const ExactSum *sum);
extern void ExactSumDeserialize(StringInfo buf, ExactSum *sum);
extern void SmallSumSerialize(StringInfo buf, const SmallSum *sum);
extern void SmallSumDeserialize(StringInfo buf, SmallSum *sum);

#endif							/* BUBBLE_EXACT_SUM_IO_H */
