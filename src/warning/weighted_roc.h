/*
 * weighted_roc.h - the area under the ROC curve of a sample drawn from rows
 *
 * Kernel: no PostgreSQL in here.
 *
 * The naive way copies the rows that were drawn and sorts them.  But their
 * order by score is that of all rows, so the rows are sorted once, and of each
 * sample it is enough to know how often a row is in it.  Samples are made of
 * blocks of neighbours in time, the last row's neighbour being the first one;
 * a block adds 1 where it begins and takes 1 where it ends:
 *
 *	 begins		. +1 . . . -1 . +1 . -1 . .
 *	 times		0  1 1 1 1  0 0  1 1  0 0 0		running sum of these
 *
 * References: D. N. Politis, J. P. Romano, A circular block-resampling
 * procedure for stationary data, 1992; J. A. Hanley, B. J. McNeil, The meaning
 * and use of the area under a ROC curve, Radiology 143(1), 1982.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#ifndef BUBBLE_WARNING_WEIGHTED_ROC_H
#define BUBBLE_WARNING_WEIGHTED_ROC_H

#include <stdbool.h>
#include <stdint.h>

#include "foundation/compensated_sum.h"

/* A row in the order of scores. */
typedef struct RankedRow
{
	double		score;
	int64_t		row;			/* in the order of time */
	bool		event;
} RankedRow;

typedef struct WeightedRoc
{
	const RankedRow *ranked;
	int64_t		rows;
	const int64_t *times;		/* how often each row, in order of time, is
								 * in the sample */
	int64_t		next;
	int64_t		events;			/* with lower scores than the next row */
	int64_t		nones;
	int64_t		tied_events;	/* with the score of the last row */
	int64_t		tied_nones;
	CompensatedSum halves;		/* half pairs that rank as they should */
} WeightedRoc;

extern void AddBlock(int64_t *begins, int64_t rows, int64_t from,
					 int64_t length);
extern WeightedRoc StartWeightedRoc(const RankedRow *ranked, int64_t rows,
									const int64_t *times);
extern bool StepWeightedRoc(WeightedRoc *roc, int64_t most);
extern double WeightedArea(const WeightedRoc *roc);

#endif							/* BUBBLE_WARNING_WEIGHTED_ROC_H */
