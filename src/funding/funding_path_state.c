/*
 * funding_path_state.c - the funding of a group at the end of every period
 *
 * The method is described in funding_path_state.h.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "postgres.h"

#include "miscadmin.h"
#include "utils/memutils.h"

#include "foundation/arguments.h"
#include "foundation/periods.h"
#include "funding/concentration.h"
#include "funding/concentration_state.h"
#include "funding/funding_path_state.h"

#define MOST_PATH_PERIODS 100000

/* Velocity and concentration are those of a year. */
static const Interval one_year = {.month = MONTHS_PER_YEAR};

FundingPathState *
FundingPathCreate(MemoryContext context, const Interval *step)
{
	FundingPathState *state = MemoryContextAllocZero(context,
													 sizeof(*state));

	state->step = *step;
	RowMatrixInit(&state->rounds, context, 1, 2);
	return state;
}

/*
 * Rounds are of one kind, all with a report or all without.
 */
static void
set_times(FundingPathState *state, int times)
{
	if (state->rounds.times != times)
		RowMatrixInit(&state->rounds, state->rounds.context, times,
					  times + 1);
}

/*
 * Add a round; what was reported before it happened is known when it does.
 */
void
FundingPathAdd(FundingPathState *state, int64 at, const int64 *reported_at,
			   double amount)
{
	RowElement *row;

	set_times(state, reported_at == NULL ? 1 : PATH_TIMES);
	row = RowMatrixAdd(&state->rounds);
	(row++)->at = at;
	if (reported_at != NULL)
		(row++)->at = Max(at, *reported_at);
	row->value = amount;
}

/*
 * Add the rounds of another state, which stays as it is.
 */
void
FundingPathMerge(FundingPathState *state, const FundingPathState *other)
{
	if (other->rounds.count == 0)
		return;
	set_times(state, other->rounds.times);
	RowMatrixMerge(&state->rounds, &other->rounds);
}

/* ---- the rounds in both orders ---- */

static KnownRound *
rounds_in_order(const RowMatrix *rounds)
{
	const RowElement *row = RowMatrixSorted(rounds);
	KnownRound *round = MemoryContextAllocHuge(CurrentMemoryContext,
											   rounds->count *
											   sizeof(KnownRound));
	int64		i;

	for (i = 0; i < rounds->count; i++, row += rounds->columns)
	{
		CHECK_FOR_INTERRUPTS();
		round[i].at = row[0].at;
		round[i].known_at = row[rounds->times - 1].at;
		round[i].amount = row[rounds->times].value;
	}
	return round;
}

/*
 * The places of rounds in the order in which they became known.
 */
static int64 *
order_of_reports(const KnownRound *round, int64 count)
{
	int64	   *order = MemoryContextAllocHuge(CurrentMemoryContext,
											   count * sizeof(int64));
	RowMatrix	reports;
	const RowElement *row;
	int64		i;

	RowMatrixInit(&reports, CurrentMemoryContext, 2, 2);
	for (i = 0; i < count; i++)
	{
		RowElement *report = RowMatrixAdd(&reports);

		CHECK_FOR_INTERRUPTS();
		report[0].at = round[i].known_at;
		report[1].at = i;
	}
	row = RowMatrixSorted(&reports);
	for (i = 0; i < count; i++)
		order[i] = row[2 * i + 1].at;
	pfree(reports.element);
	return order;
}

static inline const KnownRound *
round_by_report(const FundingPath *path, int64 place)
{
	return &path->round[path->known == NULL ? place : path->known[place]];
}

/* ---- the path ---- */

static void
check_number(int64 periods)
{
	if (periods > MOST_PATH_PERIODS)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("too many periods"),
				 errdetail("Rounds and reports span " INT64_FORMAT
						   " periods, and there can be %d.", periods,
						   MOST_PATH_PERIODS),
				 errhint("Use a longer step, or look for a mistyped year.")));
}

static void
find_periods(FundingPath *path)
{
	const KnownRound *first = round_by_report(path, 0);
	const KnownRound *last = round_by_report(path, path->count - 1);

	path->period = FirstPeriodEnding(first->known_at, &path->step,
									 path->kind);
	path->last = FirstPeriodEnding(last->known_at, &path->step, path->kind);
	check_number(path->last - path->period + 1);
	path->before = PeriodEnd(path->period - 1, &path->step, path->kind);
	if (PeriodEnd(path->last, &path->step, path->kind) == DT_NOEND)
		DateRangeError("period_end");
}

/*
 * The path of a state with rounds, before its first row.
 */
FundingPath *
FundingPathOpen(const FundingPathState *state)
{
	FundingPath *path = palloc0(sizeof(FundingPath));
	VelocitySpec spec = {.kind = state->head.kind, .span = one_year};
	const KnownRound *round = rounds_in_order(&state->rounds);

	path->kind = state->head.kind;
	path->step = state->step;
	path->count = state->rounds.count;
	path->round = round;
	if (state->rounds.times == PATH_TIMES)
		path->known = order_of_reports(round, path->count);
	path->flow = FundingCreate(CurrentMemoryContext, &spec);
	SmallSumInit(&path->squares);
	RankingInit(&path->sizes, CurrentMemoryContext);
	find_periods(path);
	return path;
}

static void
enter_recent(FundingPath *path, double amount)
{
	ExactSumAdd(&path->flow->recent, amount);
	SmallSumAddProduct(&path->squares, amount, amount, CurrentMemoryContext);
	RankingInsert(&path->sizes, amount);
}

static void
leave_recent(FundingPath *path, double amount)
{
	ExactSumSubtract(&path->flow->recent, amount);
	SmallSumAddProduct(&path->squares, amount, -amount, CurrentMemoryContext);
	RankingRemove(&path->sizes, amount);
}

/*
 * Let the borders pass what is too old for them; only rounds known before
 * are in the sums.
 */
static void
move_borders(FundingPath *path)
{
	const VelocityBorders *borders = &path->flow->borders;
	const KnownRound *round = path->round;

	for (; path->to_recent < path->count &&
		 round[path->to_recent].at <= borders->recent; path->to_recent++)
	{
		CHECK_FOR_INTERRUPTS();
		if (round[path->to_recent].known_at > path->before)
			continue;
		leave_recent(path, round[path->to_recent].amount);
		ExactSumAdd(&path->flow->earlier, round[path->to_recent].amount);
	}
	for (; path->to_earlier < path->count &&
		 round[path->to_earlier].at <= borders->earlier; path->to_earlier++)
	{
		CHECK_FOR_INTERRUPTS();
		if (round[path->to_earlier].known_at <= path->before)
			ExactSumSubtract(&path->flow->earlier,
							 round[path->to_earlier].amount);
	}
}

/*
 * Let in what has become known since the end before.
 */
static void
enter_known(FundingPath *path, FundingPathRow *row)
{
	const VelocityBorders *borders = &path->flow->borders;
	ExactSum	raised;

	ExactSumInit(&raised);
	for (; path->entered < path->count; path->entered++)
	{
		const KnownRound *round = round_by_report(path, path->entered);

		CHECK_FOR_INTERRUPTS();
		if (round->known_at > borders->as_of)
			break;
		if (round->at > path->before)
		{
			ExactSumAdd(&raised, round->amount);
			row->deals++;
		}
		if (round->at > borders->recent)
			enter_recent(path, round->amount);
		else if (round->at > borders->earlier)
			ExactSumAdd(&path->flow->earlier, round->amount);
	}
	row->amount = CheckResult(ExactSumRound(&raised));
}

static void
measure(const FundingPath *path, FundingPathRow *row)
{
	double		total = CheckResult(ExactSumRound(&path->flow->recent));

	row->velocity = FundingVelocity(path->flow);
	row->has_acceleration = FundingAcceleration(path->flow,
												&row->acceleration);
	row->has_concentration = total != 0.0;
	if (!row->has_concentration)
		return;
	row->concentration =
		HerfindahlIndex(total, CheckResult(SmallSumRound(&path->squares)));
	row->largest_share = RankingHighest(&path->sizes) / total;
}

/*
 * The next row of the path.  Is there one?
 */
bool
FundingPathNext(FundingPath *path, FundingPathRow *row)
{
	memset(row, 0, sizeof(*row));
	if (path->period > path->last)
		return false;
	row->period_end = PeriodEnd(path->period, &path->step, path->kind);
	path->flow->borders = VelocityBordersAt(&path->flow->spec,
											row->period_end);
	move_borders(path);
	enter_known(path, row);
	measure(path, row);
	path->before = row->period_end;
	path->period = PeriodAfter(path->period, &path->step, path->kind);
	return true;
}
