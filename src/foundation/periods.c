/*
 * periods.c - the months, quarters, years, weeks or days of the calendar
 *
 * The method is described in periods.h.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "postgres.h"

#include "datatype/timestamp.h"
#include "utils/fmgrprotos.h"

#include "foundation/arguments.h"
#include "foundation/periods.h"

/* Where periods are counted from: January 2000, and a Monday in it. */
#define ORIGIN_MONTH (INT64CONST(2000) * MONTHS_PER_YEAR)
#define ORIGIN_DAY INT64CONST(2)

/* The days that a timestamp can be on. */
#define FIRST_DAY ((int64) DATETIME_MIN_JULIAN - POSTGRES_EPOCH_JDATE)
#define DAY_AFTER_LAST ((int64) TIMESTAMP_END_JULIAN - POSTGRES_EPOCH_JDATE)

/* No calendar has a month before or after these. */
#define BEFORE_MONTHS (INT64CONST(-4750) * MONTHS_PER_YEAR)
#define AFTER_MONTHS (INT64CONST(300000) * MONTHS_PER_YEAR)

/*
 * A step, known to be positive: whole months or whole days.
 */
void
CheckStep(const Interval *step, const char *name)
{
	Datum		shown;

	if (step->time == 0 && (step->month == 0) != (step->day == 0))
		return;
	shown = DirectFunctionCall1(interval_out, IntervalPGetDatum(step));
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("\"%s\" must be whole months or whole days", name),
			 errdetail("The %s is %s.", name, DatumGetCString(shown)),
			 errhint("Use an interval such as '1 month', '3 months', "
					 "'1 year' or '7 days'.")));
}

Interval
StepArg(FunctionCallInfo fcinfo, int argno, const char *name, TimeKind kind)
{
	Interval	step = SpanArg(fcinfo, argno, name, kind);

	CheckStep(&step, name);
	return step;
}

static int64
floor_of_ratio(int64 a, int64 b)
{
	return a / b - (a % b < 0);
}

/*
 * The first day after a period, which may lie outside of the calendar.
 */
static int64
day_after(int64 period, const Interval *step)
{
	int64		month;

	if (step->month == 0)
		return ORIGIN_DAY + (period + 1) * step->day;
	month = ORIGIN_MONTH + (period + 1) * step->month;
	if (month < BEFORE_MONTHS)
		return FIRST_DAY;
	if (month > AFTER_MONTHS)
		return DAY_AFTER_LAST + 1;
	return FirstDayOfMonth((int32) month);
}

/*
 * The end of a period; before all times or after all of them where that is
 * outside of the calendar.
 */
int64
PeriodEnd(int64 period, const Interval *step, TimeKind kind)
{
	int64		day = day_after(period, step);

	if (day <= FIRST_DAY)
		return DT_NOBEGIN;
	if (kind == TIME_IS_DATE)
		return day > DAY_AFTER_LAST ? DT_NOEND : (day - 1) * USECS_PER_DAY;
	return day >= DAY_AFTER_LAST ? DT_NOEND :
		StartOfDay((DateADT) day, kind) - 1;
}

/*
 * The first period whose end is not before a time.  It need not be the one
 * that the calendar shows: a clock that is put back repeats hours, past the
 * beginning of a day too.
 */
int64
FirstPeriodEnding(int64 at, const Interval *step, TimeKind kind)
{
	int64		period;

	if (step->month == 0)
		period = floor_of_ratio(DayOf(at, kind) - ORIGIN_DAY, step->day);
	else
		period = floor_of_ratio(MonthOf(at, kind) - ORIGIN_MONTH,
								step->month);
	period--;
	while (PeriodEnd(period, step, kind) < at)
		period++;
	return period;
}

/*
 * The period after one that FirstPeriodEnding() or this has found.  A time
 * zone that has crossed the date line has left out a day: nothing is in it,
 * and it would end when the day before does.
 */
int64
PeriodAfter(int64 period, const Interval *step, TimeKind kind)
{
	const int64 end = PeriodEnd(period, step, kind);

	period++;
	while (kind == TIME_IS_TIMESTAMPTZ && !TIMESTAMP_NOT_FINITE(end) &&
		   PeriodEnd(period, step, kind) == end)
		period++;
	return period;
}
