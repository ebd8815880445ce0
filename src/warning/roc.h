/*
 * roc.h - a threshold that walks down through all scores
 *
 * Kernel: no PostgreSQL in here.
 *
 * Scores before an event and all others, each in ascending order,
 * are walked through from the highest down: at each step all rows with the
 * highest score that is left begin to warn.  What is counted on the way is
 * the ROC curve, one point a step.
 *
 * The area below it is the probability that of two rows drawn at random the
 * one before an event has the higher score, ties counting half: the
 * Mann-Whitney statistic over the number of pairs, of which there may be more
 * than an integer holds.
 *
 * Reference: J. A. Hanley, B. J. McNeil, The meaning and use of the area
 * under a ROC curve, Radiology 143(1), 1982.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#ifndef BUBBLE_ROC_H
#define BUBBLE_ROC_H

#include <stdbool.h>

#include "foundation/compensated_sum.h"
#include "warning/signal.h"

typedef struct RocWalk
{
	const double *event;		/* scores before an event, ascending */
	const double *none;			/* scores before none, ascending */
	SignalCounts counts;		/* at the threshold reached */
	double		threshold;
	CompensatedSum halves;		/* half pairs that rank as they should */
} RocWalk;

extern RocWalk RocStart(const double *event, int64_t events,
						const double *none, int64_t nones);
extern bool RocLower(RocWalk *walk);
extern double RocArea(const RocWalk *walk);

#endif							/* BUBBLE_ROC_H */
