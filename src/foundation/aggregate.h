/*
 * aggregate.h - the functions of an aggregate, from what its state can do
 *
 * This file is a template, like PostgreSQL's sort_template.h.  Before it is
 * included, define
 *
 *	AGGREGATE			what names begin with: down_round gives the functions
 *						bubble_down_round_transfn, ..._combinefn and so on
 *	AGGREGATE_STATE		type of the state, whose first member is an
 *						AggregateHead called head
 *	AGGREGATE_VALUES	how many arguments make a row; where one of them is
 *						NULL the row is skipped
 *	AGGREGATE_NEEDED	optional: how many of them, the first ones, must not be
 *						NULL
 *	AGGREGATE_AT		optional: which argument, counted from 1, is the time
 *						of the row, date or timestamptz
 *	AGGREGATE_PARAMETERS	optional: the ParameterTable of what follows them
 *	AGGREGATE_VARIANTS	optional: a list of AGGREGATE_VARIANT(word, number),
 *						each a transition function ..._word_<AGGREGATE>_transfn
 *						of its own, whose states have this number in the head;
 *						all other functions are shared
 *	AGGREGATE_IN_ORDER	optional: results depend on the order of the rows
 *	AGGREGATE_MOVES		optional: rows can leave, moving frames have states
 *	AGGREGATE_MERGES	optional: parts can be put together
 *
 * and these functions, whose names begin like AGGREGATE:
 *
 *	STATE *..._create(const AggregateHead *head, MemoryContext context)
 *						a state without rows; its head is filled in afterwards
 *	void ..._add(STATE *state, FunctionCallInfo fcinfo)
 *						let a row in, arguments 1 and following
 *	void ..._remove(STATE *state, FunctionCallInfo fcinfo)
 *						if it moves: let the oldest row go; where it cannot,
 *						fcinfo->isnull makes PostgreSQL start the frame again
 *	void ..._merge(STATE *state, const STATE *other)
 *						if it merges: add another one, which stays as it is
 *	void ..._write(StringInfo buf, const STATE *state)
 *	void ..._read(StringInfo buf, STATE *state)
 *						if it merges: what is not in the head
 *
 * What is the same for all of them is written here: rows with NULL, a state
 * for moving frames although all rows are NULL, the context of a state, looked
 * up when it is created, the kind of its times, from the function's own
 * declaration, parameters that must not change, parts that are missing, and
 * bytes that do not fit.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "libpq/pqformat.h"

#include "foundation/aggregate_head.h"
#include "foundation/serialised.h"

#define AGGREGATE_JOIN_(a, b, c) a##b##c
#define AGGREGATE_JOIN(a, b, c) AGGREGATE_JOIN_(a, b, c)
#define AGGREGATE_SQL(suffix) AGGREGATE_JOIN(bubble_, AGGREGATE, suffix)
#define AGGREGATE_OWN(suffix) AGGREGATE_JOIN(, AGGREGATE, suffix)

/* PG_FUNCTION_INFO_V1 takes the name as it is written. */
#define AGGREGATE_FUNCTION_(name) PG_FUNCTION_INFO_V1(name)
#define AGGREGATE_FUNCTION(suffix) AGGREGATE_FUNCTION_(AGGREGATE_SQL(suffix))

#ifndef AGGREGATE_NEEDED
#define AGGREGATE_NEEDED AGGREGATE_VALUES
#endif
#ifndef AGGREGATE_AT
#define AGGREGATE_AT 0
#endif
#ifndef AGGREGATE_PARAMETERS
#define AGGREGATE_PARAMETERS NoParameters
#endif

#define AGGREGATE_TRANSITION(function, number) \
	AGGREGATE_FUNCTION_(function); \
	Datum \
	function(PG_FUNCTION_ARGS) \
	{ \
		return AGGREGATE_OWN(_transition) (fcinfo, number); \
	}
#define AGGREGATE_VARIANT(word, number) \
	AGGREGATE_TRANSITION(AGGREGATE_JOIN(bubble_##word##_, AGGREGATE, \
										_transfn), number)

/*
 * A state without rows, with a head of its own.
 */
static AGGREGATE_STATE *
AGGREGATE_OWN(_new) (const AggregateHead *head, MemoryContext context)
{
	AGGREGATE_STATE *state = AGGREGATE_OWN(_create) (head, context);

	state->head = *head;
	state->head.context = context;
	state->head.parameter = KeepParameters(head->parameter,
										   &AGGREGATE_PARAMETERS, context);
	return state;
}

/*
 * The state of a call's first row.
 */
static AGGREGATE_STATE *
AGGREGATE_OWN(_first) (FunctionCallInfo fcinfo, int variant)
{
	MemoryContext context = AggregateContext(fcinfo);
	AggregateHead head;

	head.kind = AGGREGATE_AT > 0 ? TimeKindOfArg(fcinfo, AGGREGATE_AT) :
		TIME_IS_DATE;
	head.variant = variant;
	head.in_window = InWindow(fcinfo);
	head.context = context;
	head.parameter = ReadParameters(fcinfo, 1 + AGGREGATE_VALUES,
									&AGGREGATE_PARAMETERS, head.kind);
	return AGGREGATE_OWN(_new) (&head, context);
}

static inline Datum
AGGREGATE_OWN(_transition) (FunctionCallInfo fcinfo, int variant)
{
	AGGREGATE_STATE *state = STATE_ARG(AGGREGATE_STATE, 0);

	/* In moving frames there must be a state even when all rows are NULL. */
	if (unlikely(state == NULL))
		state = AGGREGATE_OWN(_first) (fcinfo, variant);
	else
	{
		if (AGGREGATE_PARAMETERS.count > 0)
			CheckParametersOfRow(fcinfo, 1 + AGGREGATE_VALUES,
								 state->head.parameter, &AGGREGATE_PARAMETERS,
								 state->head.kind);
#ifdef AGGREGATE_IN_ORDER
		NextRowInOrder(fcinfo);
#endif
	}
	if (!ValuesAreNull(fcinfo, AGGREGATE_NEEDED))
		AGGREGATE_OWN(_add) (state, fcinfo);
	PG_RETURN_POINTER(state);
}

#ifdef AGGREGATE_VARIANTS
AGGREGATE_VARIANTS
#else
AGGREGATE_TRANSITION(AGGREGATE_SQL(_transfn), 0)
#endif

#ifdef AGGREGATE_MOVES
AGGREGATE_FUNCTION(_invtransfn);

Datum
AGGREGATE_SQL(_invtransfn) (PG_FUNCTION_ARGS)
{
	AGGREGATE_STATE *state = STATE_ARG(AGGREGATE_STATE, 0);

	if (unlikely(state == NULL))
		elog(ERROR, "no row to remove");
	if (!ValuesAreNull(fcinfo, AGGREGATE_NEEDED))
		AGGREGATE_OWN(_remove) (state, fcinfo);
	PG_RETURN_POINTER(state);
}
#endif

#ifdef AGGREGATE_MERGES
AGGREGATE_FUNCTION(_combinefn);
AGGREGATE_FUNCTION(_serialfn);
AGGREGATE_FUNCTION(_deserialfn);

Datum
AGGREGATE_SQL(_combinefn) (PG_FUNCTION_ARGS)
{
	AGGREGATE_STATE *state = STATE_ARG(AGGREGATE_STATE, 0);
	AGGREGATE_STATE *other = STATE_ARG(AGGREGATE_STATE, 1);

	if (other == NULL)
		RETURN_STATE(state);
	if (state == NULL)
		state = AGGREGATE_OWN(_new) (&other->head, AggregateContext(fcinfo));
	else
		CheckSameParameters(state->head.parameter, other->head.parameter,
							&AGGREGATE_PARAMETERS);
	AGGREGATE_OWN(_merge) (state, other);
	PG_RETURN_POINTER(state);
}

Datum
AGGREGATE_SQL(_serialfn) (PG_FUNCTION_ARGS)
{
	AGGREGATE_STATE *state;
	StringInfoData buf;

	(void) AggregateContext(fcinfo);
	state = (AGGREGATE_STATE *) PG_GETARG_POINTER(0);
	pq_begintypsend(&buf);
	pq_sendbyte(&buf, state->head.kind);
	pq_sendbyte(&buf, state->head.variant);
	WriteParameters(&buf, state->head.parameter, &AGGREGATE_PARAMETERS);
	AGGREGATE_OWN(_write) (&buf, state);
	PG_RETURN_BYTEA_P(pq_endtypsend(&buf));
}

/*
 * Is there a transition function with this number?
 */
static bool
AGGREGATE_OWN(_has_variant) (int variant)
{
#ifdef AGGREGATE_VARIANTS
#undef AGGREGATE_VARIANT
#define AGGREGATE_VARIANT(word, number) || variant == (number)
	return false AGGREGATE_VARIANTS;
#else
	return variant == 0;
#endif
}

Datum
AGGREGATE_SQL(_deserialfn) (PG_FUNCTION_ARGS)
{
	AGGREGATE_STATE *state;
	AggregateHead head;
	StringInfoData buf;

	OpenAggregateBytea(fcinfo, 0, &buf);
	head.kind = pq_getmsgbyte(&buf);
	head.variant = pq_getmsgbyte(&buf);
	if ((head.kind != TIME_IS_DATE && head.kind != TIME_IS_TIMESTAMPTZ) ||
		!AGGREGATE_OWN(_has_variant) (head.variant))
		DamagedStateError("kind of state");
	head.in_window = false;
	head.context = CurrentMemoryContext;
	head.parameter = ParametersFrom(&buf, &AGGREGATE_PARAMETERS, head.kind);
	state = AGGREGATE_OWN(_new) (&head, CurrentMemoryContext);
	AGGREGATE_OWN(_read) (&buf, state);
	pq_getmsgend(&buf);
	PG_RETURN_POINTER(state);
}
#endif

#undef AGGREGATE
#undef AGGREGATE_STATE
#undef AGGREGATE_VALUES
#undef AGGREGATE_NEEDED
#undef AGGREGATE_AT
#undef AGGREGATE_PARAMETERS
#undef AGGREGATE_VARIANTS
#undef AGGREGATE_VARIANT
#undef AGGREGATE_TRANSITION
#undef AGGREGATE_IN_ORDER
#undef AGGREGATE_MOVES
#undef AGGREGATE_MERGES
#undef AGGREGATE_JOIN_
#undef AGGREGATE_JOIN
#undef AGGREGATE_SQL
#undef AGGREGATE_OWN
#undef AGGREGATE_FUNCTION_
#undef AGGREGATE_FUNCTION
