/*
 * arguments.h - what every binding asks of its arguments
 *
 * Values (price, amount, ...) are skipped when NULL and must otherwise make
 * sense; parameters (span, weights, ...) must not be NULL and must be the
 * same for all rows of one aggregate.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#ifndef BUBBLE_ARGUMENTS_H
#define BUBBLE_ARGUMENTS_H

#include <float.h>

#include "fmgr.h"
#include "lib/stringinfo.h"

#include "foundation/compat.h"

extern MemoryContext AggregateContext(FunctionCallInfo fcinfo);
extern void CheckOrderOfRows(FunctionCallInfo fcinfo);
extern bool InWindow(FunctionCallInfo fcinfo);
extern void OpenAggregateBytea(FunctionCallInfo fcinfo, int argno,
							   StringInfo reader);

/* "when" is the time of the row, or NULL if it has none. */
pg_noreturn extern void PriceError(double price, const char *when);
pg_noreturn extern void ReturnError(double one_return, const char *when);
pg_noreturn extern void AmountError(double amount, const char *name,
									const char *when);
pg_noreturn extern void FiniteValueError(double value, const char *name,
										 const char *when);
pg_noreturn extern void NullParameterError(const char *name);
pg_noreturn extern void ChangedParameterError(const char *name);
extern char *Excerpt(const char *text, Size length);
extern int	NameArg(FunctionCallInfo fcinfo, int argno, const char *what,
					const char *const *names, int count);
extern double CheckResult(double result);
extern void CheckHandOver(int64 rows, size_t row_bytes);

/*
 * A price: finite and not negative, because percentages of it are taken.  Zero
 * is what is left after a loss of everything, and has no sign.
 */
static inline bool
IsPrice(double price)
{
	return price >= 0.0 && price <= DBL_MAX;
}

static inline bool
IsFinite(double value)
{
	return value >= -DBL_MAX && value <= DBL_MAX;
}

/*
 * A simple return, the relative change of wealth: no one loses more than all.
 */
static inline bool
IsReturn(double one_return)
{
	return one_return >= -1.0 && one_return <= DBL_MAX;
}

/*
 * An amount of money: finite and not negative.
 */
static inline bool
IsAmount(double amount)
{
	return amount >= 0.0 && amount <= DBL_MAX;
}

/*
 * The checks of values that have no time; of a row's value at a time there are
 * others in timeline.h.
 */
static inline double
CheckPrice(double price)
{
	if (unlikely(!IsPrice(price)))
		PriceError(price, NULL);
	return price + 0.0;
}

/*
 * Zero has no sign, so that equal values are the same.
 */
static inline double
CheckFinite(double value, const char *name)
{
	if (unlikely(!IsFinite(value)))
		FiniteValueError(value, name, NULL);
	return value + 0.0;
}

static inline double
CheckReturn(double one_return)
{
	if (unlikely(!IsReturn(one_return)))
		ReturnError(one_return, NULL);
	return one_return;
}

static inline double
CheckAmount(double amount, const char *name)
{
	if (unlikely(!IsAmount(amount)))
		AmountError(amount, name, NULL);
	return amount + 0.0;
}

/*
 * A number of rows, lags or the like, of type bigint, limited to what a double
 * holds exactly: nobody has more.
 */
static inline int64
CountArg(FunctionCallInfo fcinfo, int argno)
{
	const int64 most = INT64CONST(1) << 53;

	return Max(Min(PG_GETARG_INT64(argno), most), -most);
}

/*
 * Is a row, arguments 1 and 2 of a transition function, to be skipped?
 */
static inline bool
RowIsNull(FunctionCallInfo fcinfo)
{
	return PG_ARGISNULL(1) || PG_ARGISNULL(2);
}

/*
 * A transition function whose result depends on the order of its rows has
 * come to a second one.
 */
static inline void
NextRowInOrder(FunctionCallInfo fcinfo)
{
	if (unlikely(fcinfo->flinfo->fn_extra == NULL))
		CheckOrderOfRows(fcinfo);
}

/* The transition state, or NULL before the first row. */
#define STATE_ARG(type, n) \
	(PG_ARGISNULL(n) ? NULL : (type *) PG_GETARG_POINTER(n))

/* Return a transition state that may still be missing. */
#define RETURN_STATE(state) \
	do { \
		if ((state) == NULL) \
			PG_RETURN_NULL(); \
		PG_RETURN_POINTER(state); \
	} while (0)

#endif							/* BUBBLE_ARGUMENTS_H */
