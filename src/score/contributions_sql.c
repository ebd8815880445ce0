/*
 * contributions_sql.c - final function of bubble_contributions(indicators,
 * ...): what each indicator adds to the score
 *
 * bubble_contributions() splits the score into parts that add up to it.  An
 * arithmetic mean and the quadratic form of ciss are sums already.  Of the
 * others a part is the indicator's Shapley value (shapley.h).  The composite
 * of no indicators is 0.
 *
 * An indicator without weight adds 0, known or not.  The part of any other
 * unknown indicator is unknown too.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "postgres.h"

#include "miscadmin.h"

#include "foundation/arguments.h"
#include "score/score_state.h"
#include "score/shapley.h"

PG_FUNCTION_INFO_V1(bubble_contributions_finalfn);

/*
 * The indicators that are there, with weight.
 */
typedef struct Players
{
	int			count;
	WeightedScore *player;
	int		   *place;			/* of each among the indicators */
} Players;

static Players
find_players(const RowScores *scores)
{
	const int	n = scores->state->indicators;
	Players		players = {.player = RoomForScores(scores->state)};
	int			i;

	players.place = palloc(n * sizeof(int));
	for (i = 0; i < n; i++)
	{
		double		weight = scores->weight == NULL ? 1.0 : scores->weight[i];

		if (scores->missing[i] || weight == 0.0)
			continue;
		players.player[players.count].score = scores->score[i];
		players.player[players.count].weight = weight;
		players.place[players.count++] = i;
	}
	return players;
}

static void
mean_parts(const Players *players, double *part)
{
	double		total = 0.0;
	int			i;

	for (i = 0; i < players->count; i++)
		total += players->player[i].weight;
	for (i = 0; i < players->count; i++)
		part[i] = players->player[i].weight * players->player[i].score / total;
}

/*
 * The composite of every subset; bit i of its number stands for player i.
 */
static double *
composites(const Players *players, Aggregation aggregation)
{
	const uint32 subsets = (uint32) 1 << players->count;
	double	   *composite = palloc(subsets * sizeof(double));
	WeightedScore member[MOST_SHAPLEY];
	uint32		subset;
	int			i;

	composite[0] = 0.0;
	for (subset = 1; subset < subsets; subset++)
	{
		int			members = 0;

		CHECK_FOR_INTERRUPTS();
		for (i = 0; i < players->count; i++)
			if (subset & ((uint32) 1 << i))
				member[members++] = players->player[i];
		composite[subset] = CompositeOf(member, members, aggregation);
	}
	return composite;
}

static void
shapley_parts(const Players *players, Aggregation aggregation, double *part)
{
	const int	n = players->count;

	if (n > MOST_SHAPLEY)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("too many indicators to take this score apart"),
				 errdetail("There are %d indicators; the parts of this "
						   "aggregation are found for up to %d.", n,
						   MOST_SHAPLEY),
				 errhint("Use the aggregation arithmetic or ciss, or put "
						 "similar indicators together first.")));
	ShapleyValues(composites(players, aggregation), n, part);
}

/*
 * The parts of all indicators, 0 for those that take no part.
 */
static double *
parts_of(const RowScores *scores)
{
	const ScoreState *state = scores->state;
	double	   *result = palloc0(state->indicators * sizeof(double));
	Players		players;
	double	   *part;
	int			i;

	if (state->aggregation == AGGREGATION_CISS)
	{
		CissParts(scores, result);
		return result;
	}
	players = find_players(scores);
	part = palloc(players.count * sizeof(double));
	if (state->aggregation == AGGREGATION_ARITHMETIC)
		mean_parts(&players, part);
	else
		shapley_parts(&players, state->aggregation, part);
	for (i = 0; i < players.count; i++)
		result[players.place[i]] = part[i];
	return result;
}

Datum
bubble_contributions_finalfn(PG_FUNCTION_ARGS)
{
	const ScoreState *state = FilledScoreState(fcinfo);
	RowScores	scores;
	double	   *part;
	bool	   *unknown;
	double		score;
	int			i;

	if (state == NULL)
		PG_RETURN_NULL();
	scores = ScoresOfLastRow(state);
	if (!AggregateScores(&scores, false, &score))
		PG_RETURN_NULL();
	part = parts_of(&scores);
	unknown = palloc(state->indicators);
	for (i = 0; i < state->indicators; i++)
		unknown[i] = scores.missing[i] && HasWeight(&scores, i);
	PG_RETURN_ARRAYTYPE_P(IndicatorArray(part, unknown, state->indicators));
}
