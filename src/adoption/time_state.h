/*
 * time_state.h - times of adoption, counted in years
 *
 * A year has 365.2425 days.  But series of months, quarters and years are
 * observed in steps that calendars make unequal, and what is published of such
 * series counts the steps.  So where all rows lie on the same day of their
 * months, or all on the last one, at the same time of day, a month is a
 * twelfth of a year, whichever it is.  Between such days time goes on evenly.
 *
 * Of a timestamptz the calendar is that of the session's time zone.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#ifndef BUBBLE_ADOPTION_TIME_STATE_H
#define BUBBLE_ADOPTION_TIME_STATE_H

#include "foundation/timeline.h"

typedef enum TimeUnit
{
	UNIT_DAY,
	UNIT_MONTH,					/* the same day of the month */
	UNIT_MONTH_END				/* its last day */
} TimeUnit;

/*
 * Where in its month a time lies.
 */
typedef struct MonthPhase
{
	int32		month;			/* counted from January of the year 0 */
	int32		day;			/* 1 to 31 */
	bool		last;			/* is it the last one? */
	int64		time;			/* of day, in microseconds */
} MonthPhase;

/*
 * Years since an origin.
 */
typedef struct TimeScale
{
	TimeKind	kind;
	TimeUnit	unit;
	int64		origin;
	MonthPhase	phase;			/* the origin's, unless the unit is the day */
} TimeScale;

extern const char *const TimeUnitNames[];

extern MonthPhase MonthPhaseOf(int64 at, TimeKind kind);
extern bool SameMonthPhase(const MonthPhase *a, const MonthPhase *b,
						   TimeUnit unit);
extern TimeUnit TimeUnitOf(const int64 *at, int64 length, TimeKind kind);
extern TimeScale TimeScaleFrom(int64 origin, TimeUnit unit, TimeKind kind);
extern double ScaleYears(const TimeScale *scale, int64 at);
extern bool ScaleTime(const TimeScale *scale, double years, int64 *at);

#endif							/* BUBBLE_ADOPTION_TIME_STATE_H */
