/*
 * velocity_state.c - capital raised within a span that ends at the latest row
 *
 * The method is described in velocity_state.h.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "postgres.h"

#include "miscadmin.h"

#include "foundation/arguments.h"
#include "funding/velocity_state.h"

enum
{
	SPAN,
	AS_OF
};

static const ParameterDef velocity_defs[] = {
	{.name = "span",.kind = PARAMETER_SPAN,.span = {.month = MONTHS_PER_YEAR}},
	{.name = "as_of",.kind = PARAMETER_TIME,.omissible = true}
};

const ParameterTable VelocityParameters = PARAMETER_TABLE(velocity_defs);

/*
 * The span that a state's parameters describe.
 */
VelocitySpec
VelocitySpecOf(const AggregateHead *head)
{
	VelocitySpec spec = {0};

	spec.kind = head->kind;
	spec.span = head->parameter[SPAN].u.span;
	spec.has_as_of = head->parameter[AS_OF].given;
	spec.as_of = head->parameter[AS_OF].u.count;
	return spec;
}

static VelocityBorders
borders_at(const VelocitySpec *spec, int64 as_of)
{
	int64		border[2];
	VelocityBorders borders;

	SpanBorders(as_of, &spec->span, spec->kind, border, 2);
	borders.as_of = as_of;
	borders.recent = border[0];
	borders.earlier = border[1];
	return borders;
}

FundingState *
FundingCreate(MemoryContext context, const VelocitySpec *spec)
{
	FundingState *state = MemoryContextAllocZero(context,
												 sizeof(FundingState));

	state->spec = *spec;
	ExactSumInit(&state->recent);
	ExactSumInit(&state->earlier);
	SeriesInit(&state->rows, context, false);
	if (spec->has_as_of)
		state->borders = borders_at(spec, spec->as_of);
	return state;
}

/*
 * Let an amount enter the sum in which its time falls, if any; a negative
 * amount takes it out again.
 */
static inline void
book(FundingState *state, int64 at, double amount)
{
	if (at > state->borders.as_of || at <= state->borders.earlier)
		return;
	if (at > state->borders.recent)
		ExactSumAdd(&state->recent, amount);
	else
		ExactSumAdd(&state->earlier, amount);
}

/*
 * Add up all rows afresh.
 */
static void
book_all(FundingState *state, const Series *rows)
{
	int64		latest = SeriesAt(rows, rows->to - 1);
	int64		place;

	if (rows->disorder > 0)
		for (place = rows->from; place < rows->to; place++)
		{
			CHECK_FOR_INTERRUPTS();
			latest = Max(latest, SeriesAt(rows, place));
		}
	state->borders = borders_at(&state->spec, latest);
	ExactSumInit(&state->recent);
	ExactSumInit(&state->earlier);
	for (place = rows->from; place < rows->to; place++)
	{
		CHECK_FOR_INTERRUPTS();
		book(state, SeriesAt(rows, place), SeriesValue(rows, place));
	}
}

/*
 * Put the borders where the latest row wants them, from where they are.
 */
static void
move_borders(FundingState *state)
{
	const Series *rows = &state->rows;
	int64		latest = SeriesAt(rows, rows->to - 1);
	int64	   *recent = &state->recent_from;
	int64	   *earlier = &state->earlier_from;

	if (latest != state->borders.as_of)
		state->borders = borders_at(&state->spec, latest);

	/* Forward, which is the rule: out of recent, then out of earlier. */
	for (; *recent < rows->to &&
		 SeriesAt(rows, *recent) <= state->borders.recent; (*recent)++)
	{
		CHECK_FOR_INTERRUPTS();
		ExactSumSubtract(&state->recent, SeriesValue(rows, *recent));
		ExactSumAdd(&state->earlier, SeriesValue(rows, *recent));
	}
	for (; *earlier < *recent &&
		 SeriesAt(rows, *earlier) <= state->borders.earlier; (*earlier)++)
	{
		CHECK_FOR_INTERRUPTS();
		ExactSumSubtract(&state->earlier, SeriesValue(rows, *earlier));
	}

	/* Back, which hardly ever happens. */
	for (; *earlier > rows->from &&
		 SeriesAt(rows, *earlier - 1) > state->borders.earlier; (*earlier)--)
	{
		CHECK_FOR_INTERRUPTS();
		ExactSumAdd(&state->earlier, SeriesValue(rows, *earlier - 1));
	}
	for (; *recent > *earlier &&
		 SeriesAt(rows, *recent - 1) > state->borders.recent; (*recent)--)
	{
		CHECK_FOR_INTERRUPTS();
		ExactSumSubtract(&state->earlier, SeriesValue(rows, *recent - 1));
		ExactSumAdd(&state->recent, SeriesValue(rows, *recent - 1));
	}
}

/*
 * Begin to follow the rows, which are in order.
 */
static void
start_following(FundingState *state)
{
	const Series *rows = &state->rows;
	int64		place;

	ExactSumInit(&state->recent);
	ExactSumInit(&state->earlier);
	for (place = rows->from; place < rows->to; place++)
	{
		CHECK_FOR_INTERRUPTS();
		ExactSumAdd(&state->recent, SeriesValue(rows, place));
	}
	state->recent_from = rows->from;
	state->earlier_from = rows->from;
	state->borders = borders_at(&state->spec, SeriesAt(rows, rows->to - 1));
	state->following = true;
}

static void
follow_latest_row(FundingState *state)
{
	const Series *rows = &state->rows;

	if (rows->disorder > 0)
	{
		state->following = false;
		return;
	}
	if (state->following)
		ExactSumAdd(&state->recent, SeriesValue(rows, rows->to - 1));
	else
		start_following(state);
	move_borders(state);
}

/*
 * Add a row; "follow" keeps the sums up to date.
 */
void
FundingAdd(FundingState *state, int64 at, double amount, bool follow)
{
	state->observations++;
	if (state->spec.has_as_of)
	{
		book(state, at, amount);
		return;
	}
	SeriesAppend(&state->rows, at, amount);
	if (follow)
		follow_latest_row(state);
}

/*
 * Take out the row that was added first.
 */
void
FundingRemoveFirst(FundingState *state, int64 at, double amount)
{
	int64		first = state->rows.from;

	state->observations--;
	if (state->spec.has_as_of)
	{
		book(state, at, -amount);
		return;
	}
	if (state->following)
	{
		if (first >= state->recent_from)
			ExactSumSubtract(&state->recent, amount);
		else if (first >= state->earlier_from)
			ExactSumSubtract(&state->earlier, amount);
		state->recent_from = Max(state->recent_from, first + 1);
		state->earlier_from = Max(state->earlier_from, first + 1);
	}
	SeriesDropFirst(&state->rows);
}

/*
 * Add the rows of another state, which stays as it is.
 */
void
FundingMerge(FundingState *state, const FundingState *other)
{
	state->observations += other->observations;
	if (state->spec.has_as_of)
	{
		ExactSumMerge(&state->recent, &other->recent);
		ExactSumMerge(&state->earlier, &other->earlier);
		return;
	}
	state->following = false;
	SeriesMerge(&state->rows, &other->rows);
}

/*
 * The state itself if its sums are up to date, otherwise a copy with its
 * rows added up: final functions must not change their state.
 */
const FundingState *
FundingSettled(const FundingState *state)
{
	FundingState *copy;

	if (state->spec.has_as_of || state->observations == 0 ||
		(state->following && state->rows.disorder == 0))
		return state;
	copy = FundingCreate(CurrentMemoryContext, &state->spec);
	copy->observations = state->observations;
	book_all(copy, &state->rows);
	return copy;
}

/*
 * Capital raised in the span, per year; the sums are up to date.
 */
double
FundingVelocity(const FundingState *state)
{
	double		raised = CheckResult(ExactSumRound(&state->recent));

	return CheckResult(raised / SpanYears(&state->spec.span));
}

/*
 * The change against one span earlier; the length of the span cancels out.
 * False if it is undefined.
 */
bool
FundingAcceleration(const FundingState *state, double *acceleration)
{
	double		recent = CheckResult(ExactSumRound(&state->recent));
	double		earlier = CheckResult(ExactSumRound(&state->earlier));

	if (earlier == 0.0)
		return false;
	*acceleration = CheckResult(recent / earlier - 1.0);
	return true;
}
