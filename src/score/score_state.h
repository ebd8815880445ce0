/*
 * score_state.h - the rows behind a composite score
 *
 * bubble_score, bubble_components, bubble_contributions and score_sensitivity
 * share one state:
 *
 *	 history[0]   of the first indicator: its values in the frame, in the
 *	 history[1]   form that the method needs (history_state.h)
 *	 ...
 *	 last[]       the indicators of the last row, whose standing in those
 *	              histories is asked for
 *	 moment[]     with the aggregation ciss, what its correlations are made of
 *	              (ciss.h)
 *
 * The naive way normalises the whole frame again for every row.  Here a row
 * that comes is added to the histories and a row that leaves is removed from
 * them, O(log n) each; its indicators are given again when it leaves, so
 * that the rows themselves need not be kept.  Only ciss depends on how each
 * row stood when it came, which no row can be taken out of: PostgreSQL then
 * starts again with the frame's first row.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#ifndef BUBBLE_SCORE_STATE_H
#define BUBBLE_SCORE_STATE_H

#include "foundation/aggregate_head.h"
#include "score/score_arguments.h"
#include "score/composite.h"
#include "score/history_state.h"

/* Places in the table of parameters. */
enum
{
	SCORE_WEIGHTS,
	SCORE_METHOD,
	SCORE_AGGREGATION,
	SCORE_MIN_HISTORY,
	SCORE_PERTURBATION,			/* this and the rest: of score_sensitivity */
	SCORE_REPLICATIONS,
	SCORE_SEED
};

extern const ParameterTable ScoreParameters;

typedef struct ScoreState
{
	AggregateHead head;
	bool		moving;			/* do rows leave? */
	ScoreMethod method;
	Aggregation aggregation;
	int			weights;		/* their number, 0 for equal ones */
	double	   *weight;			/* scaled, without their signs, or NULL */
	bool	   *turned;			/* was the weight negative? */
	int			indicators;		/* 0 until the first row has come */
	int64		rows;			/* in the frame, skipped ones not counted */
	History    *history;		/* one per indicator */
	double	   *last;			/* the last row */
	bool	   *last_missing;
	double	   *moment;			/* with ciss, otherwise NULL */
} ScoreState;

/*
 * The last row's indicators as scores, and their weights.
 */
typedef struct RowScores
{
	const ScoreState *state;
	double	   *score;			/* of each indicator */
	bool	   *missing;
	const double *weight;		/* NULL for equal ones */
	const double *correlation;	/* with ciss, otherwise NULL */
} RowScores;

/*
 * Can an indicator have a part in the score?
 */
static inline bool
HasWeight(const RowScores *scores, int indicator)
{
	return scores->weight == NULL || scores->weight[indicator] > 0.0;
}

extern ScoreState *ScoreCreate(const AggregateHead *head,
							   MemoryContext context, bool moving);
extern void ScoreAdd(ScoreState *state, ArrayType *indicators);
extern bool ScoreRemove(ScoreState *state, ArrayType *indicators);
extern RowScores StandingsOfLastRow(const ScoreState *state);
extern RowScores ScoresOfLastRow(const ScoreState *state);
extern const ScoreState *FilledScoreState(FunctionCallInfo fcinfo);
extern WeightedScore *RoomForScores(const ScoreState *state);
extern bool AggregateScores(const RowScores *scores, bool any_weight,
							double *result);
extern void CissParts(const RowScores *scores, double *part);
extern ArrayType *IndicatorArray(const double *value, const bool *missing,
								 int count);

#endif							/* BUBBLE_SCORE_STATE_H */
