/*
 * timeline.c - times and spans of time
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "postgres.h"

#include <math.h>

#include "common/int.h"
#include "datatype/timestamp.h"
#include "libpq/pqformat.h"
#include "miscadmin.h"
#include "utils/datetime.h"
#include "utils/fmgrprotos.h"

#include "foundation/arguments.h"
#include "foundation/compat.h"
#include "foundation/timeline.h"

/* Days in a year of the Gregorian calendar, on average. */
#define DAYS_IN_YEAR 365.2425

/* A twelfth of that year. */
#define USECS_PER_MONTH (INT64CONST(2629746) * USECS_PER_SEC)

/* Days in 400 years, after which the calendar repeats itself. */
#define DAYS_IN_CYCLE INT64CONST(146097)

typedef struct pg_tm CalendarDay;

void
InfiniteTimeError(const char *name)
{
	ereport(ERROR,
			(errcode(ERRCODE_DATETIME_VALUE_OUT_OF_RANGE),
			 errmsg("%s must be finite", name),
			 errdetail("The time is infinity or -infinity."),
			 errhint("Use NULL for an unknown time, or filter the row out.")));
}

void
DateRangeError(const char *name)
{
	ereport(ERROR,
			(errcode(ERRCODE_DATETIME_VALUE_OUT_OF_RANGE),
			 errmsg("%s is out of range", name),
			 errdetail("The date is beyond the range of timestamps, which "
					   "ends in the year 294276."),
			 errhint("Look for a mistyped year.")));
}

bool
SpanIsPositive(const Interval *span)
{
	return !INTERVAL_NOT_FINITE(span) &&
		span->month >= 0 && span->day >= 0 && span->time >= 0 &&
		(span->month > 0 || span->day > 0 || span->time > 0);
}

static void
negative_span(const Interval *span, const char *name)
{
	Datum		shown = DirectFunctionCall1(interval_out,
											IntervalPGetDatum(span));

	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("\"%s\" must be a positive interval", name),
			 errdetail("The %s is %s.", name, DatumGetCString(shown)),
			 errhint("Use an interval such as '1 year' or '90 days'.")));
}

/*
 * Was a number of seconds a number of something longer?  Not if it is one of
 * hours, or if so many days are more than a century.
 */
static bool
may_be_days(const Interval *span)
{
	return span->time % USECS_PER_SEC == 0 &&
		span->time % USECS_PER_HOUR != 0 &&
		span->time / USECS_PER_SEC < 36525;
}

/*
 * Dates are a day apart, so less has been written for something else: most
 * often a number without a unit, which PostgreSQL takes for seconds.
 */
static void
short_span(const Interval *span, const char *name)
{
	Datum		shown = DirectFunctionCall1(interval_out,
											IntervalPGetDatum(span));

	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("\"%s\" must be at least a day where times are dates",
					name),
			 errdetail("The %s is %s.", name, DatumGetCString(shown)),
			 may_be_days(span) ?
			 errhint("A number without a unit counts seconds: write "
					 "'" INT64_FORMAT " days', or another unit.",
					 span->time / USECS_PER_SEC) :
			 errhint("Use an interval such as '1 year' or '90 days'.")));
}

/*
 * A positive span of time; of dates, of a day or more.
 */
Interval
SpanArg(FunctionCallInfo fcinfo, int argno, const char *name, TimeKind kind)
{
	Interval	span;

	if (PG_ARGISNULL(argno))
		NullParameterError(name);
	span = *PG_GETARG_INTERVAL_P(argno);
	if (!SpanIsPositive(&span))
		negative_span(&span, name);
	if (kind == TIME_IS_DATE && span.month == 0 && span.day == 0 &&
		span.time < USECS_PER_DAY)
		short_span(&span, name);
	return span;
}

void
SpanSerialize(StringInfo buf, const Interval *span)
{
	pq_sendint32(buf, span->month);
	pq_sendint32(buf, span->day);
	pq_sendint64(buf, span->time);
}

Interval
SpanDeserialize(StringInfo buf)
{
	Interval	span;

	span.month = (int32) pq_getmsgint(buf, 4);
	span.day = (int32) pq_getmsgint(buf, 4);
	span.time = pq_getmsgint64(buf);
	return span;
}

/*
 * The length of a span in years: months are twelfths of a year, days and
 * seconds count in years of 365.2425 days.
 */
double
SpanYears(const Interval *span)
{
	double		days = span->day + (double) span->time / USECS_PER_DAY;

	return (double) span->month / MONTHS_PER_YEAR + days / DAYS_IN_YEAR;
}

/*
 * The same as a whole number of microseconds.
 */
int64
SpanMicroseconds(const Interval *span, const char *name)
{
	int64		months;
	int64		days;
	int64		result;

	if (pg_mul_s64_overflow(span->month, USECS_PER_MONTH, &months) ||
		pg_mul_s64_overflow(span->day, USECS_PER_DAY, &days) ||
		pg_add_s64_overflow(months, days, &result) ||
		pg_add_s64_overflow(result, span->time, &result))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("%s is out of range", name),
				 errdetail("The %s has more than the %.0f years that can be "
						   "counted in microseconds.", name,
						   floor(YearsBetween(0, PG_INT64_MAX))),
				 errhint("Use an interval such as '1 year' or '90 days'.")));
	return result;
}

/*
 * The days from one time to a later one, which may be more than an int64 can
 * count in microseconds.
 */
double
DaysBetween(int64 from, int64 to)
{
	return ((uint64) to - (uint64) from) / (double) USECS_PER_DAY;
}

/*
 * The years from one time to a later one.
 */
double
YearsBetween(int64 from, int64 to)
{
	return ((uint64) to - (uint64) from) /
		((double) USECS_PER_DAY * DAYS_IN_YEAR);
}

static int64
minus_span(int64 at, const Interval *span, TimeKind kind)
{
	PGFunction	minus = kind == TIME_IS_DATE ?
		timestamp_mi_interval : timestamptz_mi_interval;

	return DatumGetInt64(DirectFunctionCall2(minus, Int64GetDatum(at),
											 IntervalPGetDatum(span)));
}

/*
 * at - span as PostgreSQL computes it.  Dates know no time zone, a
 * timestamptz moves by the calendar of the session's time zone.
 *
 * A span that reaches back beyond the first day of the calendar begins before
 * all rows.  Near that day, where PostgreSQL would raise an ERROR, the border
 * is found 400 years later, after which the calendar repeats itself.
 */
int64
TimeMinusSpan(int64 at, const Interval *span, TimeKind kind)
{
	double		years = ((double) at - (double) MIN_TIMESTAMP) /
		((double) USECS_PER_DAY * DAYS_IN_YEAR);
	double		span_years = SpanYears(span);
	int64		border;

	if (span_years < years - 1.0)
		return minus_span(at, span, kind);
	if (span_years > years + 1.0)
		return DT_NOBEGIN;
	border = minus_span(at + DAYS_IN_CYCLE * USECS_PER_DAY, span, kind) -
		DAYS_IN_CYCLE * USECS_PER_DAY;
	return border < MIN_TIMESTAMP ? DT_NOBEGIN : border;
}

/*
 * at + span likewise; a span that reaches beyond the last day of the calendar
 * ends after all rows.
 */
int64
TimePlusSpan(int64 at, const Interval *span, TimeKind kind)
{
	const Interval back = {
		.time = -span->time, .day = -span->day, .month = -span->month
	};
	double		years = YearsBetween(at, END_TIMESTAMP);
	double		span_years = SpanYears(span);
	int64		border;

	if (span_years < years - 1.0)
		return minus_span(at, &back, kind);
	if (span_years > years + 1.0)
		return DT_NOEND;
	border = minus_span(at - DAYS_IN_CYCLE * USECS_PER_DAY, &back, kind);
	return border >= END_TIMESTAMP - DAYS_IN_CYCLE * USECS_PER_DAY ?
		DT_NOEND : border + DAYS_IN_CYCLE * USECS_PER_DAY;
}

/*
 * The calendar day of a time: of a date as it stands, of a timestamptz in the
 * session's time zone.
 */
static CalendarDay
calendar_day(int64 at, TimeKind kind)
{
	CalendarDay day;
	fsec_t		fsec;
	int			zone;

	if (timestamp2tm(at, kind == TIME_IS_DATE ? NULL : &zone, &day, &fsec,
					 NULL, NULL) != 0)
		ereport(ERROR,
				(errcode(ERRCODE_DATETIME_VALUE_OUT_OF_RANGE),
				 errmsg("timestamp out of range"),
				 errdetail("A time has no calendar month in the session's "
						   "time zone."),
				 errhint("Look for a mistyped time.")));
	return day;
}

/*
 * Its calendar month, counted from January of the year 0.
 */
int32
MonthOf(int64 at, TimeKind kind)
{
	CalendarDay day = calendar_day(at, kind);

	return day.tm_year * MONTHS_PER_YEAR + day.tm_mon - 1;
}

/*
 * Its calendar day.
 */
DateADT
DayOf(int64 at, TimeKind kind)
{
	CalendarDay day = calendar_day(at, kind);

	return date2j(day.tm_year, day.tm_mon, day.tm_mday) -
		POSTGRES_EPOCH_JDATE;
}

DateADT
FirstDayOfMonth(int32 month)
{
	int			year = month / MONTHS_PER_YEAR;
	int			rest = month % MONTHS_PER_YEAR;

	if (rest < 0)
	{
		year--;
		rest += MONTHS_PER_YEAR;
	}
	return date2j(year, rest + 1, 1) - POSTGRES_EPOCH_JDATE;
}

/*
 * The first moment of a date: of a timestamptz, in the session's time zone.
 */
int64
StartOfDay(DateADT date, TimeKind kind)
{
	if (kind == TIME_IS_DATE)
		return date * USECS_PER_DAY;
	return DatumGetTimestampTz(DirectFunctionCall1(date_timestamptz,
												   DateADTGetDatum(date)));
}

/*
 * Can a time be on the last day of a month in any time zone?  This is cheap,
 * and the answer is mostly no.
 */
static bool
near_month_end(int64 at)
{
	int64		day = at / USECS_PER_DAY - (at % USECS_PER_DAY < 0);
	int			year;
	int			month;
	int			mday;

	j2date((int) day + POSTGRES_EPOCH_JDATE + 2, &year, &month, &mday);
	return mday <= 3;
}

/*
 * Does a span end with a month: whole months up to a month's last day?
 */
static bool
ends_with_month(int64 as_of, const Interval *span, TimeKind kind)
{
	CalendarDay day;

	if (span->month == 0 || span->day != 0 || span->time != 0 ||
		!near_month_end(as_of))
		return false;
	day = calendar_day(as_of, kind);
	return day.tm_mday == day_tab[isleap(day.tm_year)][day.tm_mon - 1];
}

/*
 * The last moments before one span that ends at as_of, before two, and so on;
 * of dates, the last days.
 *
 * PostgreSQL takes a month from 30 June and arrives at the 30th of May, three
 * months and at the 30th of March.  But what ends with a month begins with
 * one: of quarter ends, three months up to 30 June hold 30 June and not
 * 31 March.
 */
void
SpanBorders(int64 as_of, const Interval *span, TimeKind kind, int64 *border,
			int spans)
{
	bool		months = ends_with_month(as_of, span, kind);
	int32		month = months ? MonthOf(as_of, kind) + 1 : 0;
	int64		before = as_of;
	int			i;

	for (i = 0; i < spans; i++)
	{
		if (before != DT_NOBEGIN)
			before = TimeMinusSpan(before, span, kind);
		border[i] = before;
		if (!months || before == DT_NOBEGIN)
			continue;
		month -= span->month;
		border[i] = StartOfDay(FirstDayOfMonth(month), kind) -
			(kind == TIME_IS_DATE ? USECS_PER_DAY : 1);
	}
}

/*
 * The oldest time that is no older than a span at as_of.  At the end of a
 * month that is the beginning of the earlier month's last day.
 */
int64
OldestWithin(int64 as_of, const Interval *span, TimeKind kind)
{
	int64		oldest = TimeMinusSpan(as_of, span, kind);
	int32		month;

	if (oldest == DT_NOBEGIN || !ends_with_month(as_of, span, kind))
		return oldest;
	month = MonthOf(as_of, kind) - span->month;
	return StartOfDay(FirstDayOfMonth(month + 1) - 1, kind);
}

/*
 * A time as the type that it came in.
 */
Datum
TimeDatum(int64 at, TimeKind kind)
{
	if (kind == TIME_IS_DATE)
		return DateADTGetDatum((DateADT) (at / USECS_PER_DAY));
	return TimestampTzGetDatum(at);
}

/*
 * A time as the session shows it, for messages.
 */
static char *
datum_shown(Datum time, TimeKind kind)
{
	PGFunction	out = kind == TIME_IS_DATE ? date_out : timestamptz_out;

	return DatumGetCString(DirectFunctionCall1(out, time));
}

char *
TimeShown(int64 at, TimeKind kind)
{
	return datum_shown(TimeDatum(at, kind), kind);
}

/*
 * The time of a row, argument argno, which may be infinite.
 */
char *
RowTimeShown(FunctionCallInfo fcinfo, int argno, TimeKind kind)
{
	return datum_shown(PG_GETARG_DATUM(argno), kind);
}

const char *
TimeKindName(TimeKind kind)
{
	return kind == TIME_IS_DATE ? "date" : "timestamptz";
}

/*
 * Can a finite time of this kind be what a stored value claims?
 */
bool
TimeIsValid(int64 at, TimeKind kind)
{
	return IS_VALID_TIMESTAMP(at) &&
		(kind != TIME_IS_DATE || at % USECS_PER_DAY == 0);
}

/*
 * Dates are asked for, which only a stored value of dates has: an instant
 * lies on two days, in different time zones.
 */
void
CheckDates(TimeKind kind)
{
	if (kind != TIME_IS_DATE)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("times are of type timestamptz, not date"),
				 errdetail("The function gives dates."),
				 errhint("Use the function for timestamptz, such as times() "
						 "or unnest(), and convert what it gives in a time "
						 "zone of your choice.")));
}

/*
 * A time from a stored value as a date, where only dates can be meant.
 */
Datum
DateOfStored(int64 at, TimeKind kind)
{
	CheckDates(kind);
	return TimeDatum(at, kind);
}

/*
 * A time from a stored value, whose kind no SQL function can tell beforehand,
 * as a timestamptz: a date is its midnight in the session's time zone, so
 * that a cast gives the date back.
 */
Datum
StoredTimeDatum(int64 at, TimeKind kind)
{
	if (kind == TIME_IS_DATE)
		return DirectFunctionCall1(date_timestamptz, TimeDatum(at, kind));
	return TimestampTzGetDatum(at);
}

/*
 * Is a time from a stored value before (negative), at (zero) or after a bound?
 * It is compared as the timestamptz that StoredTimeDatum() makes of it:
 * turning the bound into a date would be no inverse of that where a day begins
 * at one o'clock, and not monotone where a clock is put back past midnight.
 */
int
StoredTimeCompare(int64 at, TimeKind kind, TimestampTz bound)
{
	if (kind == TIME_IS_DATE)
		return DatumGetInt32(DirectFunctionCall2(date_cmp_timestamptz,
												 TimeDatum(at, kind),
												 TimestampTzGetDatum(bound)));
	return (at > bound) - (at < bound);
}

/*
 * ISO format and, for a timestamptz, UTC, whatever the session's settings.
 */
void
TimeToText(StringInfo buf, int64 at, TimeKind kind)
{
	char		text[MAXDATELEN + 1];
	struct pg_tm tm;
	fsec_t		fsec;

	if (timestamp2tm(at, NULL, &tm, &fsec, NULL, NULL) != 0)
		elog(ERROR, "invalid time in a stored value");
	if (kind == TIME_IS_DATE)
		EncodeDateOnly(&tm, USE_ISO_DATES, text);
	else
	{
		tm.tm_isdst = 0;		/* or no zone would be shown */
		EncodeDateTime(&tm, fsec, true, 0, NULL, USE_ISO_DATES, text);
	}
	appendStringInfoString(buf, text);
}

/*
 * A finite time in any format that PostgreSQL reads.
 */
int64
TimeFromText(const char *text, TimeKind kind)
{
	Datum		datum;
	int64		at;

	if (kind == TIME_IS_DATE)
	{
		datum = DirectFunctionCall1(date_in, CStringGetDatum(text));
		at = DateMicroseconds(DatumGetDateADT(datum), "at");
	}
	else
	{
		datum = DirectFunctionCall3(timestamptz_in, CStringGetDatum(text),
									ObjectIdGetDatum(InvalidOid),
									Int32GetDatum(-1));
		at = DatumGetTimestampTz(datum);
		if (TIMESTAMP_NOT_FINITE(at))
			InfiniteTimeError("at");
	}
	return at;
}
