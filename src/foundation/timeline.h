/*
 * timeline.h - times and spans of time
 *
 * Functions over (value, at) exist for date and for timestamptz.  Inside, a
 * time is always a count of microseconds (a date counts from its midnight,
 * without any time zone), so that there is one code for both; its kind is
 * remembered so that a date in gives a date out.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#ifndef BUBBLE_TIMELINE_H
#define BUBBLE_TIMELINE_H

#include "fmgr.h"
#include "lib/stringinfo.h"
#include "utils/date.h"
#include "utils/timestamp.h"

#include "foundation/arguments.h"
#include "foundation/compat.h"

typedef enum TimeKind
{
	TIME_IS_DATE,
	TIME_IS_TIMESTAMPTZ
} TimeKind;

pg_noreturn extern void InfiniteTimeError(const char *name);
pg_noreturn extern void DateRangeError(const char *name);

extern bool SpanIsPositive(const Interval *span);
extern Interval SpanArg(FunctionCallInfo fcinfo, int argno, const char *name,
						TimeKind kind);
extern void SpanSerialize(StringInfo buf, const Interval *span);
extern Interval SpanDeserialize(StringInfo buf);
extern double SpanYears(const Interval *span);
extern int64 SpanMicroseconds(const Interval *span, const char *name);
extern double DaysBetween(int64 from, int64 to);
extern double YearsBetween(int64 from, int64 to);
extern int64 TimeMinusSpan(int64 at, const Interval *span, TimeKind kind);
extern int64 TimePlusSpan(int64 at, const Interval *span, TimeKind kind);
extern void SpanBorders(int64 as_of, const Interval *span, TimeKind kind,
						int64 *border, int spans);
extern int64 OldestWithin(int64 as_of, const Interval *span, TimeKind kind);
extern int32 MonthOf(int64 at, TimeKind kind);
extern DateADT DayOf(int64 at, TimeKind kind);
extern DateADT FirstDayOfMonth(int32 month);
extern int64 StartOfDay(DateADT date, TimeKind kind);
extern Datum TimeDatum(int64 at, TimeKind kind);
extern char *TimeShown(int64 at, TimeKind kind);
extern char *RowTimeShown(FunctionCallInfo fcinfo, int argno, TimeKind kind);

/* Times inside of stored values, which remember their kind. */
extern const char *TimeKindName(TimeKind kind);
extern bool TimeIsValid(int64 at, TimeKind kind);
extern void CheckDates(TimeKind kind);
extern Datum DateOfStored(int64 at, TimeKind kind);
extern Datum StoredTimeDatum(int64 at, TimeKind kind);
extern int StoredTimeCompare(int64 at, TimeKind kind, TimestampTz bound);
extern void TimeToText(StringInfo buf, int64 at, TimeKind kind);
extern int64 TimeFromText(const char *text, TimeKind kind);

static inline bool
SameSpan(const Interval *a, const Interval *b)
{
	return a->month == b->month && a->day == b->day && a->time == b->time;
}

static inline int64
DateMicroseconds(DateADT date, const char *name)
{
	if (unlikely(DATE_NOT_FINITE(date)))
		InfiniteTimeError(name);
	if (unlikely(date >= TIMESTAMP_END_JULIAN - POSTGRES_EPOCH_JDATE))
		DateRangeError(name);
	return date * USECS_PER_DAY;
}

/*
 * A date or timestamptz as a count of microseconds.  An infinite time, or a
 * date beyond the range of timestamps, is an ERROR.
 */
static inline int64
TimeOfDatum(Datum time, TimeKind kind, const char *name)
{
	TimestampTz timestamp;

	if (kind == TIME_IS_DATE)
		return DateMicroseconds(DatumGetDateADT(time), name);
	timestamp = DatumGetTimestampTz(time);
	if (unlikely(TIMESTAMP_NOT_FINITE(timestamp)))
		InfiniteTimeError(name);
	return timestamp;
}

/*
 * The same for argument argno, which is not NULL.
 */
static inline int64
TimeArg(FunctionCallInfo fcinfo, int argno, TimeKind kind, const char *name)
{
	return TimeOfDatum(PG_GETARG_DATUM(argno), kind, name);
}

/*
 * Check a row's value, whose time is argument "argno" and is named in
 * messages.
 */
static inline double
CheckPriceAt(double price, FunctionCallInfo fcinfo, int argno, TimeKind kind)
{
	if (unlikely(!IsPrice(price)))
		PriceError(price, RowTimeShown(fcinfo, argno, kind));
	return price + 0.0;
}

static inline double
CheckReturnAt(double one_return, FunctionCallInfo fcinfo, int argno,
			  TimeKind kind)
{
	if (unlikely(!IsReturn(one_return)))
		ReturnError(one_return, RowTimeShown(fcinfo, argno, kind));
	return one_return;
}

static inline double
CheckFiniteAt(double value, const char *name, FunctionCallInfo fcinfo,
			  int argno, TimeKind kind)
{
	if (unlikely(!IsFinite(value)))
		FiniteValueError(value, name, RowTimeShown(fcinfo, argno, kind));
	return value + 0.0;
}

static inline double
CheckAmountAt(double amount, const char *name, FunctionCallInfo fcinfo,
			  int argno, TimeKind kind)
{
	if (unlikely(!IsAmount(amount)))
		AmountError(amount, name, RowTimeShown(fcinfo, argno, kind));
	return amount + 0.0;
}

#endif							/* BUBBLE_TIMELINE_H */
