/*
 * multiples.c - single companies' multiples, their harmonic mean and median
 *
 * A multiple is valuation over revenue.  The arithmetic mean of multiples is
 * biased upward and has no place for a company without revenue, whose
 * multiple is infinite.  Both averages here have:
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

#include "foundation/arguments.h"
#include "foundation/compat.h"
#include "foundation/exact_sum_io.h"
#include "foundation/sample.h"

typedef struct Company
{
	double		valuation;
	double		revenue;
} Company;

/* Counts are of companies in the frame. */
typedef struct HarmonicState
{
	int64		companies;		/* that have a multiple, finite or not */
	int64		earning;		/* of these: with revenue */
	int64		worthless;		/* of these: with a valuation of zero */
	SmallSum	yields;			/* of the earning ones that are worth some */
} HarmonicState;

typedef struct MedianState
{
	Sample		multiples;		/* the finite ones; ranked in a window */
	int64		infinite;		/* how many are infinite */
} MedianState;

PG_FUNCTION_INFO_V1(bubble_revenue_multiple);
PG_FUNCTION_INFO_V1(bubble_harmonic_multiple_transfn);
PG_FUNCTION_INFO_V1(bubble_harmonic_multiple_invtransfn);
PG_FUNCTION_INFO_V1(bubble_harmonic_multiple_combinefn);
PG_FUNCTION_INFO_V1(bubble_harmonic_multiple_serialfn);
PG_FUNCTION_INFO_V1(bubble_harmonic_multiple_deserialfn);
PG_FUNCTION_INFO_V1(bubble_harmonic_multiple_finalfn);
PG_FUNCTION_INFO_V1(bubble_median_multiple_transfn);
PG_FUNCTION_INFO_V1(bubble_median_multiple_invtransfn);
PG_FUNCTION_INFO_V1(bubble_median_multiple_combinefn);
PG_FUNCTION_INFO_V1(bubble_median_multiple_serialfn);
PG_FUNCTION_INFO_V1(bubble_median_multiple_deserialfn);
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
create_harmonic_state(MemoryContext context)
{
	HarmonicState *state = MemoryContextAllocZero(context,
												  sizeof(HarmonicState));

	SmallSumInit(&state->yields);
	return state;
}

/*
 * Let a company enter the mean (sign 1), or leave it (sign -1).
 */
static void
count_yield(HarmonicState *state, Company company, int sign,
			MemoryContext context)
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
					context);
}

Datum
bubble_harmonic_multiple_transfn(PG_FUNCTION_ARGS)
{
	HarmonicState *state = STATE_ARG(HarmonicState, 0);
	MemoryContext context = AggregateContext(fcinfo);

	/* In moving frames there must be a state even when all rows are NULL. */
	if (state == NULL)
		state = create_harmonic_state(context);
	if (!RowIsNull(fcinfo))
		count_yield(state, company_args(fcinfo, 1), 1, context);
	PG_RETURN_POINTER(state);
}

Datum
bubble_harmonic_multiple_invtransfn(PG_FUNCTION_ARGS)
{
	HarmonicState *state = STATE_ARG(HarmonicState, 0);
	MemoryContext context = AggregateContext(fcinfo);

	if (!RowIsNull(fcinfo))
		count_yield(state, company_args(fcinfo, 1), -1, context);
	RETURN_STATE(state);
}

Datum
bubble_harmonic_multiple_combinefn(PG_FUNCTION_ARGS)
{
	HarmonicState *state = STATE_ARG(HarmonicState, 0);
	HarmonicState *other = STATE_ARG(HarmonicState, 1);
	MemoryContext context = AggregateContext(fcinfo);

	if (other == NULL)
		RETURN_STATE(state);
	if (state == NULL)
		state = create_harmonic_state(context);
	state->companies += other->companies;
	state->earning += other->earning;
	state->worthless += other->worthless;
	SmallSumMerge(&state->yields, &other->yields, context);
	PG_RETURN_POINTER(state);
}

Datum
bubble_harmonic_multiple_serialfn(PG_FUNCTION_ARGS)
{
	HarmonicState *state;
	StringInfoData buf;

	(void) AggregateContext(fcinfo);
	state = (HarmonicState *) PG_GETARG_POINTER(0);
	pq_begintypsend(&buf);
	pq_sendint64(&buf, state->companies);
	pq_sendint64(&buf, state->earning);
	pq_sendint64(&buf, state->worthless);
	SmallSumSerialize(&buf, &state->yields);
	PG_RETURN_BYTEA_P(pq_endtypsend(&buf));
}

Datum
bubble_harmonic_multiple_deserialfn(PG_FUNCTION_ARGS)
{
	HarmonicState *state;
	StringInfoData buf;

	OpenAggregateBytea(fcinfo, 0, &buf);
	state = create_harmonic_state(CurrentMemoryContext);
	state->companies = pq_getmsgint64(&buf);
	state->earning = pq_getmsgint64(&buf);
	state->worthless = pq_getmsgint64(&buf);
	SmallSumDeserialize(&buf, &state->yields);
	pq_getmsgend(&buf);
	PG_RETURN_POINTER(state);
}

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

static MedianState *
create_median_state(MemoryContext context, bool ranked)
{
	MedianState *state = MemoryContextAllocZero(context, sizeof(MedianState));

	SampleInit(&state->multiples, context, ranked);
	return state;
}

Datum
bubble_median_multiple_transfn(PG_FUNCTION_ARGS)
{
	MedianState *state = STATE_ARG(MedianState, 0);
	MemoryContext context = AggregateContext(fcinfo);
	Company		company;

	/* In moving frames there must be a state even when all rows are NULL. */
	if (state == NULL)
		state = create_median_state(context, InWindow(fcinfo));
	if (RowIsNull(fcinfo))
		PG_RETURN_POINTER(state);
	company = company_args(fcinfo, 1);
	if (company.revenue != 0.0)
		SampleAdd(&state->multiples, multiple_of(company));
	else if (has_multiple(company))
		state->infinite++;
	PG_RETURN_POINTER(state);
}

/*
 * Only windows have frames that move, so the sample is ranked here.
 */
Datum
bubble_median_multiple_invtransfn(PG_FUNCTION_ARGS)
{
	MedianState *state = STATE_ARG(MedianState, 0);
	Company		company;

	(void) AggregateContext(fcinfo);
	if (RowIsNull(fcinfo))
		RETURN_STATE(state);
	company = company_args(fcinfo, 1);
	if (company.revenue != 0.0)
		SampleRemove(&state->multiples, multiple_of(company));
	else if (has_multiple(company))
		state->infinite--;
	RETURN_STATE(state);
}

/*
 * States are combined in groups only, so neither is ranked here.
 */
Datum
bubble_median_multiple_combinefn(PG_FUNCTION_ARGS)
{
	MedianState *state = STATE_ARG(MedianState, 0);
	MedianState *other = STATE_ARG(MedianState, 1);
	MemoryContext context = AggregateContext(fcinfo);

	if (other == NULL)
		RETURN_STATE(state);
	if (state == NULL)
		state = create_median_state(context, false);
	SampleMerge(&state->multiples, &other->multiples);
	state->infinite += other->infinite;
	PG_RETURN_POINTER(state);
}

Datum
bubble_median_multiple_serialfn(PG_FUNCTION_ARGS)
{
	MedianState *state;
	StringInfoData buf;

	(void) AggregateContext(fcinfo);
	state = (MedianState *) PG_GETARG_POINTER(0);
	pq_begintypsend(&buf);
	pq_sendint64(&buf, state->infinite);
	SampleSerialize(&buf, &state->multiples);
	PG_RETURN_BYTEA_P(pq_endtypsend(&buf));
}

Datum
bubble_median_multiple_deserialfn(PG_FUNCTION_ARGS)
{
	MedianState *state;
	StringInfoData buf;

	OpenAggregateBytea(fcinfo, 0, &buf);
	state = create_median_state(CurrentMemoryContext, false);
	state->infinite = pq_getmsgint64(&buf);
	SampleDeserialize(&buf, &state->multiples);
	pq_getmsgend(&buf);
	PG_RETURN_POINTER(state);
}

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
