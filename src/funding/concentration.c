/*
 * concentration.c - on how few the money falls
 *
 * herfindahl	sum of a^2 / (sum of a)^2, the sum of squared shares
 * gini			sum of |a - b| over all pairs / (n sum of a); no correction
 *				for small samples, so that one of n who has all gives
 *				1 - 1 / n
 * top_share	sum of the k largest a / sum of a
 *
 * All sums are exact (exact_sum.h), hence rows can come in any order and
 * leave a moving frame without a residue.
 *
 * herfindahl needs nothing but its two sums.  The other two need the amounts
 * in order of size (sample.h).  In a group gini is computed at the end, from
 * ascending amounts, in which a(i) is the larger one of i - 1 pairs and the
 * smaller one of n - i:
 *
 *	sum of |a - b| = sum over i of (2 i - n - 1) a(i)
 *
 * Done anew for every row of a window, that is O(frame) a row.  There the sum
 * over pairs follows the rows instead: when x comes to n others or leaves
 * them, of which m are smaller and add up to s, and all to t, it changes by
 *
 *	sum over the others of |x - a| = (t - s - (n - m) x) + (m x - s)
 *								   = t - 2 s + (2 m - n) x
 *
 * and the ranking knows m and s in O(log n + n / 200).
 *
 * References: C. Gini, Variabilita e mutabilita, 1912; A. O. Hirschman, The
 * paternity of an index, American Economic Review 54(5), 1964.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "postgres.h"

#include <math.h>

#include "libpq/pqformat.h"
#include "miscadmin.h"

#include "foundation/arguments.h"
#include "foundation/compat.h"
#include "foundation/exact_sum_io.h"
#include "foundation/sample.h"

/* The squares of amounts in between are exact in two doubles (exact_sum.h). */
#define SQUARE_FROM 0x1p-485
#define SQUARE_BELOW 0x1p512

typedef struct HerfindahlState
{
	SmallSum	total;
	SmallSum	squares;
} HerfindahlState;

/* What follows the rows of a window. */
typedef struct ConcentrationSums
{
	ExactSum	total;
	ExactSum	distances;		/* of |a - b| over all pairs, only for gini */
} ConcentrationSums;

typedef struct ConcentrationState
{
	int64		k;				/* of top_share, 0 for gini */
	Sample		amounts;
	ConcentrationSums *sums;	/* in a window, otherwise NULL */
} ConcentrationState;

PG_FUNCTION_INFO_V1(bubble_herfindahl_transfn);
PG_FUNCTION_INFO_V1(bubble_herfindahl_invtransfn);
PG_FUNCTION_INFO_V1(bubble_herfindahl_combinefn);
PG_FUNCTION_INFO_V1(bubble_herfindahl_serialfn);
PG_FUNCTION_INFO_V1(bubble_herfindahl_deserialfn);
PG_FUNCTION_INFO_V1(bubble_herfindahl_finalfn);
PG_FUNCTION_INFO_V1(bubble_concentration_transfn);
PG_FUNCTION_INFO_V1(bubble_concentration_invtransfn);
PG_FUNCTION_INFO_V1(bubble_concentration_combinefn);
PG_FUNCTION_INFO_V1(bubble_concentration_serialfn);
PG_FUNCTION_INFO_V1(bubble_concentration_deserialfn);
PG_FUNCTION_INFO_V1(bubble_gini_finalfn);
PG_FUNCTION_INFO_V1(bubble_top_share_finalfn);

/* ---- herfindahl ---- */

static HerfindahlState *
create_herfindahl_state(MemoryContext context)
{
	HerfindahlState *state = MemoryContextAlloc(context,
												sizeof(HerfindahlState));

	SmallSumInit(&state->total);
	SmallSumInit(&state->squares);
	return state;
}

/*
 * An amount that can be squared without overflow and without loss.
 */
static double
check_square(double amount)
{
	if (amount != 0.0 && !(amount >= SQUARE_FROM && amount < SQUARE_BELOW))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("amount is out of range for a sum of squares"),
				 errdetail("The amount is %g.  Its square cannot be "
						   "represented without loss.", amount),
				 errhint("Use other units, or look for a mistyped value.")));
	return amount;
}

Datum
bubble_herfindahl_transfn(PG_FUNCTION_ARGS)
{
	HerfindahlState *state = STATE_ARG(HerfindahlState, 0);
	MemoryContext context = AggregateContext(fcinfo);
	double		amount;

	/* In moving frames there must be a state even when all rows are NULL. */
	if (state == NULL)
		state = create_herfindahl_state(context);
	if (!PG_ARGISNULL(1))
	{
		amount = check_square(CheckAmount(PG_GETARG_FLOAT8(1), "amount"));
		SmallSumAdd(&state->total, amount, context);
		SmallSumAddProduct(&state->squares, amount, amount, context);
	}
	PG_RETURN_POINTER(state);
}

Datum
bubble_herfindahl_invtransfn(PG_FUNCTION_ARGS)
{
	HerfindahlState *state = STATE_ARG(HerfindahlState, 0);
	MemoryContext context = AggregateContext(fcinfo);
	double		amount;

	if (!PG_ARGISNULL(1))
	{
		amount = PG_GETARG_FLOAT8(1);
		SmallSumAdd(&state->total, -amount, context);
		SmallSumAddProduct(&state->squares, amount, -amount, context);
	}
	RETURN_STATE(state);
}

Datum
bubble_herfindahl_combinefn(PG_FUNCTION_ARGS)
{
	HerfindahlState *state = STATE_ARG(HerfindahlState, 0);
	HerfindahlState *other = STATE_ARG(HerfindahlState, 1);
	MemoryContext context = AggregateContext(fcinfo);

	if (other == NULL)
		RETURN_STATE(state);
	if (state == NULL)
		state = create_herfindahl_state(context);
	SmallSumMerge(&state->total, &other->total, context);
	SmallSumMerge(&state->squares, &other->squares, context);
	PG_RETURN_POINTER(state);
}

Datum
bubble_herfindahl_serialfn(PG_FUNCTION_ARGS)
{
	HerfindahlState *state;
	StringInfoData buf;

	(void) AggregateContext(fcinfo);
	state = (HerfindahlState *) PG_GETARG_POINTER(0);
	pq_begintypsend(&buf);
	SmallSumSerialize(&buf, &state->total);
	SmallSumSerialize(&buf, &state->squares);
	PG_RETURN_BYTEA_P(pq_endtypsend(&buf));
}

Datum
bubble_herfindahl_deserialfn(PG_FUNCTION_ARGS)
{
	HerfindahlState *state;
	StringInfoData buf;

	OpenAggregateBytea(fcinfo, 0, &buf);
	state = create_herfindahl_state(CurrentMemoryContext);
	SmallSumDeserialize(&buf, &state->total);
	SmallSumDeserialize(&buf, &state->squares);
	pq_getmsgend(&buf);
	PG_RETURN_POINTER(state);
}

/*
 * The sum of squares over the squared sum, both scaled by a power of two so
 * that the square cannot leave the range.  Rounding alone could pass 1.
 */
Datum
bubble_herfindahl_finalfn(PG_FUNCTION_ARGS)
{
	HerfindahlState *state = STATE_ARG(HerfindahlState, 0);
	double		total;
	double		squares;
	int			exponent;

	if (state == NULL)
		PG_RETURN_NULL();
	total = frexp(CheckResult(SmallSumRound(&state->total)), &exponent);
	if (total == 0.0)
		PG_RETURN_NULL();
	squares = ldexp(CheckResult(SmallSumRound(&state->squares)),
					-2 * exponent);
	PG_RETURN_FLOAT8(Min(squares / (total * total), 1.0));
}

/* ---- gini and top_share: the state ---- */

#ifdef USE_ASSERT_CHECKING
static void
check_state(const ConcentrationState *state)
{
	Assert(state->k >= 0);
	Assert(state->amounts.ranked == (state->sums != NULL));
	Assert(state->amounts.ranking.keeps_sums ==
		   (state->amounts.ranked && state->k == 0));
}
#else
#define check_state(state) ((void) 0)
#endif

static ConcentrationState *
create_state(MemoryContext context, int64 k, bool in_window)
{
	ConcentrationState *state;

	state = MemoryContextAllocZero(context, sizeof(ConcentrationState));
	state->k = k;
	SampleInit(&state->amounts, context, in_window);
	if (in_window)
	{
		state->sums = MemoryContextAlloc(context, sizeof(ConcentrationSums));
		ExactSumInit(&state->sums->total);
		ExactSumInit(&state->sums->distances);
		if (k == 0)
			RankingKeepSums(&state->amounts.ranking);
	}
	check_state(state);
	return state;
}

/*
 * How many of the largest amounts are asked for; 0 in gini, where nobody asks.
 */
static int64
k_arg(FunctionCallInfo fcinfo)
{
	int64		k;

	if (PG_NARGS() <= 2)
		return 0;
	if (PG_ARGISNULL(2))
		NullParameterError("k");
	k = PG_GETARG_INT64(2);
	if (k < 1)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("k must be at least 1"),
				 errdetail("The k is " INT64_FORMAT ".", k),
				 errhint("Use 1 for the share of the largest amount.")));
	return k;
}

/*
 * Let the sum over pairs follow an amount that comes (1) or leaves (-1); at
 * the moment neither the ranking nor the total has it.
 */
static void
follow_distances(ConcentrationState *state, double amount, int sign)
{
	ConcentrationSums *sums = state->sums;
	int64		others = state->amounts.count;
	ExactSum	smaller;
	int64		below;

	if (state->k != 0 || others == 0)
		return;
	(void) CheckResult(amount * (double) others);
	ExactSumInit(&smaller);
	below = RankingSumBelow(&state->amounts.ranking, amount, &smaller);
	ExactSumMergeTimes(&sums->distances, &sums->total, sign);
	ExactSumMergeTimes(&sums->distances, &smaller, -2 * sign);
	ExactSumAddProduct(&sums->distances, amount,
					   (double) (sign * (2 * below - others)));
}

Datum
bubble_concentration_transfn(PG_FUNCTION_ARGS)
{
	ConcentrationState *state = STATE_ARG(ConcentrationState, 0);
	MemoryContext context = AggregateContext(fcinfo);
	int64		k = k_arg(fcinfo);
	double		amount;

	/* In moving frames there must be a state even when all rows are NULL. */
	if (state == NULL)
		state = create_state(context, k, InWindow(fcinfo));
	else if (state->k != k)
		ChangedParameterError("k");
	if (!PG_ARGISNULL(1))
	{
		amount = CheckAmount(PG_GETARG_FLOAT8(1), "amount");
		if (state->sums != NULL)
		{
			follow_distances(state, amount, 1);
			ExactSumAdd(&state->sums->total, amount);
		}
		SampleAdd(&state->amounts, amount);
	}
	PG_RETURN_POINTER(state);
}

Datum
bubble_concentration_invtransfn(PG_FUNCTION_ARGS)
{
	ConcentrationState *state = STATE_ARG(ConcentrationState, 0);
	double		amount;

	(void) AggregateContext(fcinfo);
	if (!PG_ARGISNULL(1))
	{
		amount = PG_GETARG_FLOAT8(1);
		SampleRemove(&state->amounts, amount);
		ExactSumSubtract(&state->sums->total, amount);
		follow_distances(state, amount, -1);
	}
	RETURN_STATE(state);
}

Datum
bubble_concentration_combinefn(PG_FUNCTION_ARGS)
{
	ConcentrationState *state = STATE_ARG(ConcentrationState, 0);
	ConcentrationState *other = STATE_ARG(ConcentrationState, 1);
	MemoryContext context = AggregateContext(fcinfo);

	if (other == NULL)
		RETURN_STATE(state);
	if (state == NULL)
		state = create_state(context, other->k, false);
	else if (state->k != other->k)
		ChangedParameterError("k");
	SampleMerge(&state->amounts, &other->amounts);
	PG_RETURN_POINTER(state);
}

Datum
bubble_concentration_serialfn(PG_FUNCTION_ARGS)
{
	ConcentrationState *state;
	StringInfoData buf;

	(void) AggregateContext(fcinfo);
	state = (ConcentrationState *) PG_GETARG_POINTER(0);
	pq_begintypsend(&buf);
	pq_sendint64(&buf, state->k);
	SampleSerialize(&buf, &state->amounts);
	PG_RETURN_BYTEA_P(pq_endtypsend(&buf));
}

Datum
bubble_concentration_deserialfn(PG_FUNCTION_ARGS)
{
	ConcentrationState *state;
	StringInfoData buf;
	int64		k;

	OpenAggregateBytea(fcinfo, 0, &buf);
	k = pq_getmsgint64(&buf);
	if (k < 0)
		elog(ERROR, "invalid k in a serialised state");
	state = create_state(CurrentMemoryContext, k, false);
	SampleDeserialize(&buf, &state->amounts);
	pq_getmsgend(&buf);
	PG_RETURN_POINTER(state);
}

/* ---- gini and top_share: the results ---- */

/*
 * The sum of all amounts; 0 also if there is none.
 */
static double
total_of(const ConcentrationState *state)
{
	ExactSum	total;
	int64		i;

	if (state == NULL)
		return 0.0;
	check_state(state);
	if (state->sums != NULL)
		return CheckResult(ExactSumRound(&state->sums->total));
	ExactSumInit(&total);
	for (i = 0; i < state->amounts.count; i++)
	{
		CHECK_FOR_INTERRUPTS();
		ExactSumAdd(&total, state->amounts.value[i]);
	}
	return CheckResult(ExactSumRound(&total));
}

/*
 * The sum of |a - b| over all pairs of amounts.  No product overflows if n
 * times the total is in range, and none can lose a bit: a weight is an
 * integer.
 */
static double
distances_of(const ConcentrationState *state)
{
	int64		n = state->amounts.count;
	ExactSum	distances;
	double	   *sorted;
	int64		i;

	if (state->sums != NULL)
		return ExactSumRound(&state->sums->distances);
	ExactSumInit(&distances);
	sorted = SampleSorted(&state->amounts);
	for (i = 0; i < n; i++)
	{
		CHECK_FOR_INTERRUPTS();
		ExactSumAddProduct(&distances, sorted[i], (double) (2 * i + 1 - n));
	}
	pfree(sorted);
	return ExactSumRound(&distances);
}

Datum
bubble_gini_finalfn(PG_FUNCTION_ARGS)
{
	const ConcentrationState *state = STATE_ARG(ConcentrationState, 0);
	double		total = total_of(state);
	double		divisor;

	if (total == 0.0)
		PG_RETURN_NULL();
	divisor = CheckResult(total * (double) state->amounts.count);
	PG_RETURN_FLOAT8(distances_of(state) / divisor);
}

Datum
bubble_top_share_finalfn(PG_FUNCTION_ARGS)
{
	const ConcentrationState *state = STATE_ARG(ConcentrationState, 0);
	double		total = total_of(state);
	ExactSum	largest;

	if (total == 0.0)
		PG_RETURN_NULL();
	if (state->k >= state->amounts.count)
		PG_RETURN_FLOAT8(1.0);
	ExactSumInit(&largest);
	SampleSumLargest(&state->amounts, state->k, &largest);
	PG_RETURN_FLOAT8(ExactSumRound(&largest) / total);
}
