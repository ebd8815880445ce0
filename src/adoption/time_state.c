/*
 * time_state.c - times of adoption, counted in years
 *
 * The method is described in time_state.h.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "postgres.h"

#include <math.h>

#include "miscadmin.h"
#include "pgtime.h"
#include "utils/datetime.h"

#include "adoption/time_state.h"

#define USECS_PER_YEAR (365.2425 * (double) USECS_PER_DAY)

/* In the order of TimeUnit. */
const char *const TimeUnitNames[] = {"day", "month", "month end", NULL};

static int32
days_in_month(int32 month)
{
	const int	year = month / MONTHS_PER_YEAR;

	return day_tab[isleap(year)][month % MONTHS_PER_YEAR];
}

MonthPhase
MonthPhaseOf(int64 at, TimeKind kind)
{
	struct pg_tm day;
	fsec_t		fsec;
	int			zone;
	MonthPhase	phase;

	if (timestamp2tm(at, kind == TIME_IS_DATE ? NULL : &zone, &day, &fsec,
					 NULL, NULL) != 0)
		DateRangeError("at");
	phase.month = day.tm_year * MONTHS_PER_YEAR + day.tm_mon - 1;
	phase.day = day.tm_mday;
	phase.last = day.tm_mday ==
		day_tab[isleap(day.tm_year)][day.tm_mon - 1];
	phase.time = ((day.tm_hour * INT64CONST(60) + day.tm_min) * 60 +
				  day.tm_sec) * USECS_PER_SEC + fsec;
	return phase;
}

/*
 * Do two times lie at the same place of their months?
 */
bool
SameMonthPhase(const MonthPhase *a, const MonthPhase *b, TimeUnit unit)
{
	return a->time == b->time &&
		(unit == UNIT_MONTH_END ? a->last && b->last : a->day == b->day);
}

/*
 * The unit in which times, which are in order, are counted.
 */
TimeUnit
TimeUnitOf(const int64 *at, int64 length, TimeKind kind)
{
	bool		ends = true;
	bool		days = true;
	MonthPhase	first;
	int64		i;

	if (length < 2 || at[0] == at[length - 1])
		return UNIT_DAY;
	first = MonthPhaseOf(at[0], kind);
	for (i = 1; i < length && (ends || days); i++)
	{
		MonthPhase	phase = MonthPhaseOf(at[i], kind);

		CHECK_FOR_INTERRUPTS();
		ends = ends && SameMonthPhase(&first, &phase, UNIT_MONTH_END);
		days = days && SameMonthPhase(&first, &phase, UNIT_MONTH);
	}
	return ends ? UNIT_MONTH_END : days ? UNIT_MONTH : UNIT_DAY;
}

TimeScale
TimeScaleFrom(int64 origin, TimeUnit unit, TimeKind kind)
{
	TimeScale	scale = {.kind = kind, .unit = unit, .origin = origin};

	if (unit != UNIT_DAY)
		scale.phase = MonthPhaseOf(origin, kind);
	return scale;
}

/*
 * The time so many months after the origin, at the same place of its month or,
 * where that has no such day, on its last one.  Is it in the calendar?
 */
static bool
month_later(const TimeScale *scale, double months, int64 *at)
{
	const double month = scale->phase.month + months;
	struct pg_tm day = {0};
	int			zone = 0;
	int32		last;
	int64		time = scale->phase.time;

	if (!(month >= 0.0 && month < 12.0 * JULIAN_MAXYEAR))
		return false;
	last = days_in_month((int32) month);
	day.tm_year = (int32) month / MONTHS_PER_YEAR;
	day.tm_mon = (int32) month % MONTHS_PER_YEAR + 1;
	day.tm_mday = scale->unit == UNIT_MONTH_END ? last :
		Min(scale->phase.day, last);
	day.tm_hour = (int) (time / USECS_PER_HOUR);
	day.tm_min = (int) (time / USECS_PER_MINUTE % 60);
	day.tm_sec = (int) (time / USECS_PER_SEC % 60);
	if (scale->kind == TIME_IS_TIMESTAMPTZ)
		zone = DetermineTimeZoneOffset(&day, session_timezone);
	return tm2timestamp(&day, (fsec_t) (time % USECS_PER_SEC),
						scale->kind == TIME_IS_TIMESTAMPTZ ? &zone : NULL,
						at) == 0;
}

static double
days_scale(const TimeScale *scale, int64 at)
{
	return at >= scale->origin ? YearsBetween(scale->origin, at) :
		-YearsBetween(at, scale->origin);
}

/*
 * The years from the origin to a time, negative before it.
 */
double
ScaleYears(const TimeScale *scale, int64 at)
{
	double		months;
	int64		begun;
	int64		next;

	if (scale->unit == UNIT_DAY)
		return days_scale(scale, at);
	months = MonthPhaseOf(at, scale->kind).month - scale->phase.month;
	if (!month_later(scale, months, &begun))
		return days_scale(scale, at);
	if (at < begun)
	{
		next = begun;
		months--;
		if (!month_later(scale, months, &begun))
			return days_scale(scale, at);
	}
	else if (at == begun)
		return months / MONTHS_PER_YEAR;
	else if (!month_later(scale, months + 1.0, &next))
		return days_scale(scale, at);
	return (months + (double) (at - begun) / (double) (next - begun)) /
		MONTHS_PER_YEAR;
}

static bool
time_of_days(const TimeScale *scale, double years, int64 *at)
{
	const double time = (double) scale->origin + years * USECS_PER_YEAR;

	if (!(time > (double) MIN_TIMESTAMP && time < (double) END_TIMESTAMP))
		return false;
	*at = scale->origin + (int64) rint(years * USECS_PER_YEAR);
	return true;
}

/*
 * The time so many years after the origin, of dates the nearest one.  Is it
 * in the calendar?
 */
bool
ScaleTime(const TimeScale *scale, double years, int64 *at)
{
	const double whole = floor(years * MONTHS_PER_YEAR);
	const double part = years * MONTHS_PER_YEAR - whole;
	int64		begun;
	int64		next;

	if (scale->unit == UNIT_DAY)
	{
		if (!time_of_days(scale, years, at))
			return false;
	}
	else if (month_later(scale, whole, &begun) &&
			 month_later(scale, whole + 1.0, &next))
		*at = begun + (int64) rint(part * (double) (next - begun));
	else
		return false;
	if (scale->kind == TIME_IS_DATE)
		*at = (int64) rint((double) *at / (double) USECS_PER_DAY) *
			USECS_PER_DAY;
	return IS_VALID_TIMESTAMP(*at);
}
