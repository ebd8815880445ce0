/*
 * multiples_sql.c - SQL functions over single companies' multiples: of one,
 * harmonic mean and median
 *
 * A multiple is valuation over revenue.  The arithmetic mean of multiples is
 * biased upward and has no place for a company without revenue, whose multiple
 * is infinite.  Both averages here give it one:
 *
 *	valuation  revenue   yield              multiple   what it counts as
 *	  v > 0     r > 0     r / v              v / r      itself
 *	  v > 0       0       0                  infinite   a yield of nothing; the
 *														largest multiple
 *	    0       r > 0     infinite           0          a harmonic mean of 0;
 *														the smallest multiple
 *	    0         0       none               none       no company at all
 *
 * The harmonic mean is the number of companies over the sum of their yields
 * (revenue over valuation).  The yields are rounded once each, their sum is
 * exact (exact_sum.h), so that rows can come in any order and leave a moving
 * frame without a residue.  The median keeps the finite multiples in a sample
 * (sample.h) and counts the infinite ones.
 *
 * Reference: M. Baker, R. S. Ruback, Estimating industry multiples, 1999.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "postgres.h"

#include <math.h>

#include "libpq/pqformat.h"

#include "foundation/aggregate_head.h"
#include "foundation/exact_sum_io.h"
#include "foundation/sample.h"
#include "foundation/serialised.h"

typedef struct Company
{
	double		valuation;
	double		revenue;
} Company;

/* All counts are of companies in the frame. */
typedef struct HarmonicState
{
	AggregateHead head;
	int64		companies;		/* that have a multiple, finite or not */
	int64		earning;		/* of these: with revenue */
	int64		worthless;		/* of these: with a valuation of zero */
	SmallSum	yields;			/* of companies with revenue and value */
} HarmonicState;

typedef struct MedianState
{
	AggregateHead head;
	Sample		multiples;		/* the finite ones; ranked in a window */
	int64		infinite;		/* how many are infinite */
} MedianState;

PG_FUNCTION_INFO_V1(bubble_revenue_multiple);
PG_FUNCTION_INFO_V1(bubble_harmonic_multiple_finalfn);
PG_FUNCTION_INFO_V1(bubble_median_multiple_finalfn);

/* ---- one company ---- */

/*
 * Two arguments, not NULL, as a company.
 */
static Company
company_args(FunctionCallInfo fcinfo, int argno)
{
	Company		company;

	company.valuation = CheckAmount(PG_GETARG_FLOAT8(argno), "valuation");
	company.revenue = CheckAmount(PG_GETARG_FLOAT8(argno + 1), "revenue");
	return company;
}

/*
 * Is there anything to form a multiple of?
 */
static inline bool
has_multiple(Company company)
{
	return company.valuation != 0.0 || company.revenue != 0.0;
}

/*
 * The multiple of a company that has revenue; zero has no sign.
 */
static inline double
multiple_of(Company company)
{
	return CheckResult(company.valuation / company.revenue) + 0.0;
}

/*
 * One company's multiple; NULL where there is no revenue.
 */
Datum
bubble_revenue_multiple(PG_FUNCTION_ARGS)
{
	Company		company = company_args(fcinfo, 0);

	if (company.revenue == 0.0)
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(multiple_of(company));
}

/* ---- harmonic mean ---- */

static HarmonicState *
harmonic_multiple_create(const AggregateHead *head, MemoryContext context)
{
	HarmonicState *state = MemoryContextAllocZero(context,
												  sizeof(HarmonicState));

	SmallSumInit(&state->yields);
	return state;
}

/*
 * Let a company enter the mean (sign 1), or leave it (sign -1).
 */
static inline void
count_yield(HarmonicState *state, Company company, int sign)
{
	if (!has_multiple(company))
		return;
	state->companies += sign;
	if (company.revenue == 0.0)
		return;
	state->earning += sign;
	if (company.valuation == 0.0)
		state->worthless += sign;
	else
		SmallSumAdd(&state->yields, sign *
					CheckResult(company.revenue / company.valuation),
					state->head.context);
}

static void
harmonic_multiple_add(HarmonicState *state, FunctionCallInfo fcinfo)
{
	count_yield(state, company_args(fcinfo, 1), 1);
}

static void
harmonic_multiple_remove(HarmonicState *state, FunctionCallInfo fcinfo)
{
	count_yield(state, company_args(fcinfo, 1), -1);
}

static void
harmonic_multiple_merge(HarmonicState *state, const HarmonicState *other)
{
	state->companies += other->companies;
	state->earning += other->earning;
	state->worthless += other->worthless;
	SmallSumMerge(&state->yields, &other->yields, state->head.context);
}

static void
harmonic_multiple_write(StringInfo buf, const HarmonicState *state)
{
	pq_sendint64(buf, state->companies);
	pq_sendint64(buf, state->earning);
	pq_sendint64(buf, state->worthless);
	SmallSumSerialize(buf, &state->yields);
}

static void
harmonic_multiple_read(StringInfo buf, HarmonicState *state)
{
	state->companies = RowCountFrom(buf);
	state->earning = RowCountFrom(buf);
	state->worthless = RowCountFrom(buf);
	SmallSumDeserialize(buf, &state->yields);
}

#define AGGREGATE harmonic_multiple
#define AGGREGATE_STATE HarmonicState
#define AGGREGATE_VALUES 2
#define AGGREGATE_MOVES
#define AGGREGATE_MERGES
#include "foundation/aggregate.h"

/*
 * NULL where no company has revenue: the mean would be infinite.
 */
Datum
bubble_harmonic_multiple_finalfn(PG_FUNCTION_ARGS)
{
	HarmonicState *state = STATE_ARG(HarmonicState, 0);
	double		yields;

	if (state == NULL || state->earning == 0)
		PG_RETURN_NULL();
	if (state->worthless > 0)
		PG_RETURN_FLOAT8(0.0);
	yields = CheckResult(SmallSumRound(&state->yields));
	PG_RETURN_FLOAT8(CheckResult(state->companies / yields));
}

/* ---- median ---- */

/*
 * Only in a window is the sample ranked: frames move in windows only, and
 * states are merged in groups only.
 */
static MedianState *
median_multiple_create(const AggregateHead *head, MemoryContext context)
{
	MedianState *state = MemoryContextAllocZero(context, sizeof(MedianState));

	SampleInit(&state->multiples, context, head->in_window);
	return state;
}

static void
median_multiple_add(MedianState *state, FunctionCallInfo fcinfo)
{
	Company		company = company_args(fcinfo, 1);

	if (company.revenue != 0.0)
		SampleAdd(&state->multiples, multiple_of(company));
	else if (has_multiple(company))
		state->infinite++;
}

static void
median_multiple_remove(MedianState *state, FunctionCallInfo fcinfo)
{
	Company		company = company_args(fcinfo, 1);

	if (company.revenue != 0.0)
		SampleRemove(&state->multiples, multiple_of(company));
	else if (has_multiple(company))
		state->infinite--;
}

static void
median_multiple_merge(MedianState *state, const MedianState *other)
{
	SampleMerge(&state->multiples, &other->multiples);
	state->infinite += other->infinite;
}

static void
median_multiple_write(StringInfo buf, const MedianState *state)
{
	pq_sendint64(buf, state->infinite);
	SampleSerialize(buf, &state->multiples);
}

static void
median_multiple_read(StringInfo buf, MedianState *state)
{
	state->infinite = RowCountFrom(buf);
	SampleDeserialize(buf, &state->multiples);
}

#define AGGREGATE median_multiple
#define AGGREGATE_STATE MedianState
#define AGGREGATE_VALUES 2
#define AGGREGATE_MOVES
#define AGGREGATE_MERGES
#include "foundation/aggregate.h"

/*
 * NULL where the median is infinite.
 */
Datum
bubble_median_multiple_finalfn(PG_FUNCTION_ARGS)
{
	MedianState *state = STATE_ARG(MedianState, 0);
	double		median;

	if (state == NULL || state->multiples.count + state->infinite == 0)
		PG_RETURN_NULL();
	median = SampleMedian(&state->multiples, state->infinite);
	if (isinf(median))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(median);
}
