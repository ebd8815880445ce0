/*
 * curve_tree.c - the piece of a price curve between any two of its rows
 *
 * Kernel: no PostgreSQL in here.  The method is described in curve_tree.h.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "drawdown/curve_tree.h"

#include "foundation/pause.h"

/*
 * Join the pieces of the rows, which must be in place.
 */
void
CurveTreeGrow(DrawdownPiece *tree, int64_t count, CurveDirection direction)
{
	int64_t		i;

	for (i = count - 1; i > 0; i--)
	{
		PauseAt(i);
		tree[i] = PiecesJoined(&tree[2 * i], &tree[2 * i + 1], direction);
	}
}

/*
 * The piece of the rows from one up to another, which is left out; there is
 * at least one.  It grows from both ends inwards, up the tree.
 */
DrawdownPiece
CurveTreeBetween(const DrawdownPiece *tree, int64_t count, int64_t from,
				 int64_t to, CurveDirection direction)
{
	DrawdownPiece head = tree[from + count];
	DrawdownPiece tail = tree[to - 1 + count];
	const bool	has_tail = to - from > 1;

	for (from += count + 1, to += count - 1; from < to; from /= 2, to /= 2)
	{
		if (from % 2 == 1)
			head = PiecesJoined(&head, &tree[from++], direction);
		if (to % 2 == 1)
			tail = PiecesJoined(&tree[--to], &tail, direction);
	}
	return has_tail ? PiecesJoined(&head, &tail, direction) : head;
}
