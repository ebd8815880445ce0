/*
 * periods.h - the months, quarters, years, weeks or days of the calendar
 *
 * A step of whole months or of whole days divides the calendar into periods.
 * They are the same ones wherever a question begins: months are counted from
 * January 2000, so that '3 months' are quarters, '1 year' calendar years and
 * '10 years' decades; days from Monday, 3 January 2000, so that weeks end on
 * Sunday, as those of ISO 8601 do.
 *
 *	  period:   -1      |       0       |       1       |
 *	  ----------------->|-------------->|-------------->|
 *	        its end, the last moment that belongs to it
 *
 * The end is the last day of a period, of times its last microsecond in the
 * session's time zone: what is not later than the end is in the period or
 * before it, as with as_of.
 *
 * Adding the step to the end of a period again and again does not give the
 * ends of the following ones: PostgreSQL comes from 31 January by way of
 * 28 February to 28 March.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#ifndef BUBBLE_PERIODS_H
#define BUBBLE_PERIODS_H

#include "foundation/timeline.h"

extern void CheckStep(const Interval *step, const char *name);
extern Interval StepArg(FunctionCallInfo fcinfo, int argno, const char *name,
						TimeKind kind);
extern int64 PeriodEnd(int64 period, const Interval *step, TimeKind kind);
extern int64 FirstPeriodEnding(int64 at, const Interval *step, TimeKind kind);
extern int64 PeriodAfter(int64 period, const Interval *step, TimeKind kind);

#endif							/* BUBBLE_PERIODS_H */
