/*
 * curve_tree.h - the piece of a price curve between any two of its rows
 *
 * Kernel: no PostgreSQL in here.
 *
 * A tree of the pieces of 1, 2, 4, ... rows, in an array of twice as many
 * pieces as there are rows: node i joins nodes 2i and 2i + 1, the rows are
 * nodes "count" onwards.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#ifndef BUBBLE_CURVE_TREE_H
#define BUBBLE_CURVE_TREE_H

#include "drawdown/curve.h"

extern void CurveTreeGrow(DrawdownPiece *tree, int64_t count,
						  CurveDirection direction);
extern DrawdownPiece CurveTreeBetween(const DrawdownPiece *tree,
									  int64_t count, int64_t from, int64_t to,
									  CurveDirection direction);

#endif							/* BUBBLE_CURVE_TREE_H */
