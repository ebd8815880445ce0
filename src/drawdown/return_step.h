/*
 * return_step.h - the level of wealth below its peak, return by return
 *
 * Kernel: no PostgreSQL in here.
 *
 * With wealth as a share of its highest level so far, which starts at 1, a
 * return r takes it to level * (1 + r), or back to 1 at a new peak: no wealth
 * has to be carried along that could grow out of range.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#ifndef BUBBLE_DRAWDOWN_RETURN_STEP_H
#define BUBBLE_DRAWDOWN_RETURN_STEP_H

static inline double
ReturnStep(double level, double simple_return)
{
	double		next = level * (1.0 + simple_return);

	return next < 1.0 ? next : 1.0;
}

#endif							/* BUBBLE_DRAWDOWN_RETURN_STEP_H */
