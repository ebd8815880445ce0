/*
 * funding.c - kernels of funding and of valuations, fed by libFuzzer
 *
 * chain_ladder, concentration, decay, survival, and implied_growth.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "input.h"

#include "funding/chain_ladder.h"
#include "funding/concentration.h"
#include "funding/decay.h"
#include "funding/survival.h"
#include "valuation/implied_growth.h"

#define MOST_ROWS 100
#define MOST_SIDE 12

static void
try_decay(Input *input)
{
	const int64_t rows = take_int(input, 1, MOST_ROWS);
	const int64_t half_life = take_bool(input) ? take_int(input, 1, 1000) :
		take_int(input, 1, INT64_MAX);
	int64_t    *at = take_times(input, rows);
	double	   *amount = take_numbers(input, rows, take_not_negative);
	DecayingSum parts[2];
	DecayingSum whole;
	DecayingSum kept;
	int64_t		i;

	DecayInit(&parts[0], half_life);
	DecayInit(&parts[1], half_life);
	DecayInit(&whole, half_life);
	DecayInit(&kept, half_life);
	for (i = 0; i < rows; i++)
	{
		const int	part = take_byte(input) % 2;

		DecayUntil(&whole, at[i]);
		DecayAdd(&whole, at[i], amount[i]);
		DecayUntil(&parts[part], at[i]);
		DecayAdd(&parts[part], at[i], amount[i]);
	}
	DecayUntil(&kept, at[rows - 1]);
	for (i = rows - 1; i >= 0; i--)
		DecayAdd(&kept, at[i], amount[i]);
	holds(same_number(DecayTotal(&whole, 1.0), DecayTotal(&kept, 1.0)),
		  "no order makes a difference");
	if (parts[0].latest > INT64_MIN && parts[1].latest > INT64_MIN)
	{
		DecayMerge(&parts[0], &parts[1]);
		holds(same_number(DecayTotal(&parts[0], 1.0),
						  DecayTotal(&whole, 1.0)),
			  "nor do parts that are put together");
	}
	holds(DecayTotal(&whole, 1.0) >= 0.0, "a sum of amounts");
	(void) DecayTotal(&whole, take_positive(input));
	for (i = 0; i < rows; i++)
		DecayRemove(&whole, at[i], amount[i]);
	holds(DecayTotal(&whole, 1.0) == 0.0, "nothing remains of what left");
	free(at);
	free(amount);
}

static void
try_chain_ladder(Input *input)
{
	const int64_t rows = take_int(input, 1, MOST_SIDE);
	const int64_t columns = take_int(input, 1, MOST_SIDE);
	double	   *cell = take_numbers(input, rows * columns, take_finite);
	int64_t    *last = malloc(rows * sizeof(int64_t));
	const Triangle triangle = {rows, columns, cell, last};
	ChainLadder ladder = {
		room_for(columns - 1), room_for(columns - 1), room_for(columns - 1),
		room_for(rows), room_for(rows), 0.0, 0.0
	};
	int64_t		i;

	for (i = 0; i < rows; i++)
		last[i] = take_int(input, 0, columns - 1);
	ChainLadderFit(&triangle, &ladder);
	for (i = 0; i < rows; i++)
		if (last[i] == columns - 1)
			holds(ladder.ultimate[i] == cell[i * columns + last[i]] &&
				  ladder.standard_error[i] == 0.0,
				  "what is known to the end is what is known");
	free(cell);
	free(last);
	free(ladder.factor);
	free(ladder.sigma_squared);
	free(ladder.base);
	free(ladder.ultimate);
	free(ladder.standard_error);
}

static void
try_concentration(Input *input)
{
	const int64_t count = take_int(input, 1, MOST_ROWS);
	const int64_t split = take_int(input, 0, count);
	double	   *amount = take_numbers(input, count, take_not_negative);
	const double total = take_positive(input);
	double		largest;
	double		index;
	ExactSum	distances[2];

	qsort(amount, count, sizeof(double), compare_numbers);
	largest = amount[count - 1];
	if (largest * count * count < DBL_MAX)
	{
		ExactSumInit(&distances[0]);
		ExactSumInit(&distances[1]);
		AddPairDistances(&distances[0], amount, 0, count, count);
		AddPairDistances(&distances[1], amount, 0, split, count);
		AddPairDistances(&distances[1], amount, split, count, count);
		holds(ExactSumRound(&distances[0]) == ExactSumRound(&distances[1]),
			  "parts add up");
		holds(ExactSumRound(&distances[0]) >= 0.0, "a sum of distances");
	}
	index = HerfindahlIndex(total, take_not_negative(input));
	holds(index >= 0.0 && index <= 1.0, "an index");
	free(amount);
}

static void
try_survival(Input *input)
{
	const int64_t count = take_int(input, 1, 60000);
	Survival	survival = SurvivalStart(count);
	int64_t		events = 0;
	int64_t		censored = 0;
	int64_t		i;

	for (i = 0; i < count; i++)
	{
		if (input->left > 0 && take_bool(input))
		{
			SurvivalCensored(&survival);
			censored++;
			continue;
		}
		events++;
		if (SurvivalEvent(&survival))
			break;
	}
	holds(survival.waiting == count - events - censored, "some wait");
	holds(censored > 0 || 2 * events == count + count % 2,
		  "half of all, without censoring");
}

static void
try_growth(Input *input)
{
	const double valuation = take_not_negative(input);
	const double revenue = take_positive(input);
	const ExitPlan plan = {
		take_positive(input), take_positive(input),
		fmax(take_finite(input), -1.0 + DBL_EPSILON)
	};
	const double growth = ImpliedGrowth(valuation, revenue, &plan);

	holds(growth >= -1.0, "nobody loses more than all");
	if (isfinite(growth))
		holds(JustifiedMultiple(growth, &plan) >= 0.0, "a multiple");
	holds(JustifiedMultiple(fmax(take_finite(input), -1.0), &plan) >= 0.0,
		  "a multiple of any growth");
}

static const Trial trial[] = {
	try_decay, try_chain_ladder, try_concentration, try_survival, try_growth
};

TRIALS(trial);
