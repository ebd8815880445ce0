/*
 * bare_calls.c - an aggregate taken apart, as distributed engines do it
 *
 * Calls the transition, combine, serialise, deserialise, inverse and final
 * functions of an aggregate one by one, each time through a new FmgrInfo that
 * has no expression and remembers nothing.  States are replaced as the
 * executor does it, the old ones freed, and handed over as bytes or as text,
 * the latter between sessions that differ in how values are written.  For
 * tests only.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "access/xact.h"
#include "catalog/pg_aggregate.h"
#include "catalog/pg_collation.h"
#include "catalog/pg_proc.h"
#include "executor/executor.h"
#include "executor/spi.h"
#include "fmgr.h"
#include "nodes/execnodes.h"
#include "utils/builtins.h"
#include "utils/datum.h"
#include "utils/expandeddatum.h"
#include "utils/guc.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"
#include "utils/resowner.h"
#include "utils/syscache.h"

#include "foundation/compat.h"

PG_MODULE_MAGIC;

/* A state or result, or an argument. */
typedef struct Value
{
	Datum		value;
	bool		isnull;
} Value;

typedef struct Bare
{
	Node	   *context;		/* what AggCheckCallContext() looks at */
	MemoryContext states;
	int16		typlen;			/* of the state */
	bool		typbyval;
} Bare;

PG_FUNCTION_INFO_V1(bare_aggregate);
PG_FUNCTION_INFO_V1(bare_moving);
PG_FUNCTION_INFO_V1(bare_damaged);
PG_FUNCTION_INFO_V1(bare_answer);

static Value
call(Bare *bare, Oid function, int count, const Value *argument)
{
	LOCAL_FCINFO(fcinfo, FUNC_MAX_ARGS);
	Value		result = {0, true};
	FmgrInfo	flinfo;
	int			i;

	fmgr_info(function, &flinfo);
	InitFunctionCallInfoData(*fcinfo, &flinfo, count, DEFAULT_COLLATION_OID,
							 bare->context, NULL);
	for (i = 0; i < count; i++)
	{
		if (flinfo.fn_strict && argument[i].isnull)
			return result;
		fcinfo->args[i].value = argument[i].value;
		fcinfo->args[i].isnull = argument[i].isnull;
	}
	result.value = FunctionCallInvoke(fcinfo);
	result.isnull = fcinfo->isnull;
	return result;
}

/*
 * The state that takes the place of another one: it outlives the call that
 * made it, and the other one is freed.
 */
static Value
replaced(Bare *bare, Value old, Value state)
{
	MemoryContext caller = CurrentMemoryContext;

	if (bare->typbyval || (!old.isnull && old.value == state.value))
		return state;
	if (!state.isnull &&
		!(DatumIsReadWriteExpandedObject(state.value, false, bare->typlen) &&
		  MemoryContextGetParent(DatumGetEOHP(state.value)->eoh_context) ==
		  bare->states))
	{
		MemoryContextSwitchTo(bare->states);
		state.value = datumCopy(state.value, bare->typbyval, bare->typlen);
		MemoryContextSwitchTo(caller);
	}
	if (old.isnull)
		return state;
	if (DatumIsReadWriteExpandedObject(old.value, false, bare->typlen))
		DeleteExpandedObject(old.value);
	else
		pfree(DatumGetPointer(old.value));
	return state;
}

/*
 * The next state; what strict functions leave out is left out.
 */
static Value
advance(Bare *bare, Oid function, int count, Value *argument)
{
	Value		state = argument[0];
	Value		none = {0, true};
	bool		missing = false;
	int			i;

	for (i = 1; i < count; i++)
		missing = missing || argument[i].isnull;
	if (func_strict(function) && missing)
		return state;
	if (func_strict(function) && state.isnull)
		return replaced(bare, none, argument[1]);
	return replaced(bare, state, call(bare, function, count, argument));
}

static Value
initial(Oid type, HeapTuple tuple, int column)
{
	Value		state;
	Oid			input;
	Oid			param;

	state.value = SysCacheGetAttr(AGGFNOID, tuple, column, &state.isnull);
	if (!state.isnull)
	{
		getTypeInputInfo(type, &input, &param);
		state.value = OidInputFunctionCall(input,
										   TextDatumGetCString(state.value),
										   param, -1);
	}
	return state;
}

static void
start(Bare *bare, Oid state_type, bool in_window)
{
	ExprContext *states = CreateStandaloneExprContext();
	AggState   *agg = makeNode(AggState);
	WindowAggState *window = makeNode(WindowAggState);

	bare->states = states->ecxt_per_tuple_memory;
	agg->curaggcontext = states;
	window->curaggcontext = bare->states;
	bare->context = in_window ? (Node *) window : (Node *) agg;
	get_typlenbyval(state_type, &bare->typlen, &bare->typbyval);
}

/*
 * Give a row of the query to a function, after the state.
 */
static Value
advance_row(Bare *bare, Oid function, Value state, uint64 row)
{
	TupleDesc	columns = SPI_tuptable->tupdesc;
	Value		argument[FUNC_MAX_ARGS];
	int			i;

	argument[0] = state;
	for (i = 1; i <= columns->natts; i++)
		argument[i].value = SPI_getbinval(SPI_tuptable->vals[row], columns, i,
										  &argument[i].isnull);
	return advance(bare, function, columns->natts + 1, argument);
}

/*
 * How this session writes values and reads them: nothing of it may matter to
 * one that hands a state over, or to one that takes it.
 */
static void
write_like(const char *zone, const char *style, const char *digits)
{
	SetConfigOption("timezone", zone, PGC_USERSET, PGC_S_SESSION);
	SetConfigOption("datestyle", style, PGC_USERSET, PGC_S_SESSION);
	SetConfigOption("extra_float_digits", digits, PGC_USERSET, PGC_S_SESSION);
}

static Value
through_text(Bare *bare, Oid type, Value state)
{
	Value		argument[3] = {{0, false}, {0, false}, {Int32GetDatum(-1), false}};
	Oid			output;
	Oid			input;
	Oid			param;
	bool		is_varlena;

	getTypeOutputInfo(type, &output, &is_varlena);
	getTypeInputInfo(type, &input, &param);
	argument[1].value = ObjectIdGetDatum(param);
	write_like("Asia/Tokyo", "SQL, DMY", "0");
	argument[0] = call(bare, output, 1, &state);
	write_like("America/St_Johns", "German", "-15");
	state = call(bare, input, 3, argument);
	write_like("UTC", "ISO, MDY", "1");
	return state;
}

static Value
through_binary(Bare *bare, Oid type, Value state)
{
	Value		argument[3] = {{0, false}, {0, false}, {Int32GetDatum(-1), false}};
	StringInfoData buffer;
	bytea	   *bytes;
	Oid			send;
	Oid			receive;
	Oid			param;
	bool		is_varlena;

	getTypeBinaryOutputInfo(type, &send, &is_varlena);
	getTypeBinaryInputInfo(type, &receive, &param);
	bytes = DatumGetByteaP(call(bare, send, 1, &state).value);
	initStringInfo(&buffer);
	appendBinaryStringInfo(&buffer, VARDATA_ANY(bytes),
						   VARSIZE_ANY_EXHDR(bytes));
	argument[0].value = PointerGetDatum(&buffer);
	argument[1].value = ObjectIdGetDatum(param);
	return call(bare, receive, 3, argument);
}

/*
 * A state as another process has it: an internal one serialised and read, one
 * of a type that is stored likewise as text or in binary form.
 */
static Value
handed_over(Bare *bare, Form_pg_aggregate agg, bool as_text, Value state)
{
	Value		argument[2] = {{0, true}, {0, false}};

	if (state.isnull)
		return state;
	if (agg->aggtranstype != INTERNALOID)
		return as_text ? through_text(bare, agg->aggtranstype, state) :
			through_binary(bare, agg->aggtranstype, state);
	argument[0] = call(bare, agg->aggserialfn, 1, &state);
	return call(bare, agg->aggdeserialfn, 2, argument);
}

static Datum
final_text(Bare *bare, Oid aggregate, Oid function, bool extra, Value state,
		   bool *isnull)
{
	Value		argument[FUNC_MAX_ARGS];
	Value		result = state;
	Oid			output;
	bool		is_varlena;
	int			i;

	for (i = 1; i < FUNC_MAX_ARGS; i++)
		argument[i].isnull = true;
	argument[0] = state;
	if (!state.isnull && bare->typlen == -1)
		argument[0].value = MakeExpandedObjectReadOnlyInternal(state.value);
	if (OidIsValid(function))
		result = call(bare, function,
					  extra ? get_func_nargs(function) : 1, argument);
	*isnull = result.isnull;
	if (result.isnull)
		return (Datum) 0;
	getTypeOutputInfo(get_func_rettype(aggregate), &output, &is_varlena);
	return SPI_datumTransfer(CStringGetTextDatum(OidOutputFunctionCall(output,
																	   result.value)),
							 false, -1);
}

/*
 * The state over some of the rows of the query: the first one and, after it,
 * every one that lies so far behind.
 */
static Value
state_of(Bare *bare, HeapTuple tuple, uint64 row, uint64 step)
{
	Form_pg_aggregate agg = (Form_pg_aggregate) GETSTRUCT(tuple);
	Value		state = initial(agg->aggtranstype, tuple,
								Anum_pg_aggregate_agginitval);

	for (; row < SPI_processed; row += step)
		state = advance_row(bare, agg->aggtransfn, state, row);
	return state;
}

/*
 * Put parts together that others collected, the way a coordinator does it: of
 * states handed over, beginning with none.  A part more than there are rows
 * is one without rows.
 */
static Value
combined(Bare *bare, HeapTuple tuple, int first, int last, int parts,
		 bool as_text)
{
	Form_pg_aggregate agg = (Form_pg_aggregate) GETSTRUCT(tuple);
	Value		state[2];

	state[0] = initial(agg->aggtranstype, tuple, Anum_pg_aggregate_agginitval);
	for (; first < last; first++)
	{
		state[1] = handed_over(bare, agg, as_text,
							   state_of(bare, tuple, first, parts));
		state[0] = advance(bare, agg->aggcombinefn, 2, state);
	}
	return state[0];
}

/*
 * (aggregate, query, parts, as text): the answer of the aggregate, as text,
 * over the rows of a query whose columns are its arguments, collected in so
 * many parts that are combined: in two halves, each of which is handed over
 * as well.
 */
Datum
bare_aggregate(PG_FUNCTION_ARGS)
{
	Oid			aggregate = PG_GETARG_OID(0);
	int			parts = PG_GETARG_INT32(2);
	bool		as_text = PG_GETARG_BOOL(3);
	HeapTuple	tuple = SearchSysCache1(AGGFNOID, ObjectIdGetDatum(aggregate));
	Form_pg_aggregate agg = (Form_pg_aggregate) GETSTRUCT(tuple);
	Bare		bare;
	Value		state[2];
	Datum		result;
	bool		isnull;

	start(&bare, agg->aggtranstype, false);
	SPI_connect();
	SPI_execute(text_to_cstring(PG_GETARG_TEXT_PP(1)), true, 0);
	if (parts == 1)
		state[0] = state_of(&bare, tuple, 0, 1);
	else
	{
		state[0] = combined(&bare, tuple, 0, parts / 2, parts, as_text);
		state[1] = handed_over(&bare, agg, as_text,
							   combined(&bare, tuple, parts / 2, parts, parts,
										as_text));
		state[0] = advance(&bare, agg->aggcombinefn, 2, state);
	}
	result = final_text(&bare, aggregate, agg->aggfinalfn,
						agg->aggfinalextra, state[0], &isnull);
	SPI_finish();
	ReleaseSysCache(tuple);
	if (isnull)
		PG_RETURN_NULL();
	PG_RETURN_DATUM(result);
}

/*
 * (aggregate, query, frame): the answer over the last rows, so many of them,
 * after all the others came and left.
 */
Datum
bare_moving(PG_FUNCTION_ARGS)
{
	Oid			aggregate = PG_GETARG_OID(0);
	uint64		frame = PG_GETARG_INT32(2);
	HeapTuple	tuple = SearchSysCache1(AGGFNOID, ObjectIdGetDatum(aggregate));
	Form_pg_aggregate agg = (Form_pg_aggregate) GETSTRUCT(tuple);
	Bare		bare;
	Value		state;
	Datum		result;
	bool		isnull;
	uint64		row;

	start(&bare, agg->aggmtranstype, true);
	SPI_connect();
	SPI_execute(text_to_cstring(PG_GETARG_TEXT_PP(1)), true, 0);
	state = initial(agg->aggmtranstype, tuple,
					Anum_pg_aggregate_aggminitval);
	for (row = 0; row < SPI_processed; row++)
	{
		state = advance_row(&bare, agg->aggmtransfn, state, row);
		if (row >= frame)
			state = advance_row(&bare, agg->aggminvtransfn, state,
								row - frame);
	}
	result = final_text(&bare, aggregate, agg->aggmfinalfn,
						agg->aggmfinalextra, state, &isnull);
	SPI_finish();
	ReleaseSysCache(tuple);
	if (isnull)
		PG_RETURN_NULL();
	PG_RETURN_DATUM(result);
}

/*
 * A state over the rows of the query, serialised.
 */
static bytea *
serialised(Bare *bare, Form_pg_aggregate agg)
{
	Value		state = {0, true};
	uint64		row;

	for (row = 0; row < SPI_processed; row++)
		state = advance_row(bare, agg->aggtransfn, state, row);
	return DatumGetByteaPCopy(call(bare, agg->aggserialfn, 1, &state).value);
}

/* Places that are damaged one after the other lie so far apart. */
#define STRIDE 37

/*
 * Change bytes that are "length" long, the same way for the same trial: one
 * of 8 bytes gets a wrong bit, bytes are cut off, or eight become those of a
 * number that is large, or negative.  Returns the new length.
 */
static int
damage(unsigned char *bytes, int length, int trial)
{
	static const unsigned char number[][2] = {
		{0x7f, 0xff}, {0xff, 0xff}, {0x00, 0xff}, {0x80, 0x00}, {0x00, 0x00},
		{0x7f, 0xf0}
	};
	const uint32 random = ((uint32) trial + 1) * 2654435761u;
	const int	place = (trial / 12) * STRIDE % length;
	const int	way = trial % 12;

	if (way == 0)
		return place;
	if (way < 6)
		bytes[place] ^= 1 << ((random >> 16) + way) % 8;
	else
	{
		bytes[place] = number[way - 6][0];
		memset(bytes + place + 1, number[way - 6][1],
			   Min((random >> 16) % 2 ? 7 : 3, length - place - 1));
	}
	return length;
}

/*
 * Take the bytes for those of a part, and answer.  Damage that is found is an
 * ERROR, of which nothing remains.
 */
static bool
answers(Bare *bare, Form_pg_aggregate agg, Oid aggregate, bytea *bytes)
{
	MemoryContext old = CurrentMemoryContext;
	ResourceOwner owner = CurrentResourceOwner;
	volatile bool answered = true;

	BeginInternalSubTransaction(NULL);
	MemoryContextSwitchTo(old);
	PG_TRY();
	{
		Value		state[2] = {{0, true}, {0, true}};
		Value		argument[2] = {{PointerGetDatum(bytes), false}, {0, false}};
		bool		isnull;

		state[1] = call(bare, agg->aggdeserialfn, 2, argument);
		state[0] = advance(bare, agg->aggcombinefn, 2, state);
		(void) call(bare, agg->aggserialfn, 1, &state[0]);
		(void) final_text(bare, aggregate, agg->aggfinalfn,
						  agg->aggfinalextra, state[0], &isnull);
		ReleaseCurrentSubTransaction();
	}
	PG_CATCH();
	{
		MemoryContextSwitchTo(old);
		if (geterrcode() == ERRCODE_QUERY_CANCELED)
			PG_RE_THROW();
		FlushErrorState();
		RollbackAndReleaseCurrentSubTransaction();
		answered = false;
	}
	PG_END_TRY();
	MemoryContextSwitchTo(old);
	CurrentResourceOwner = owner;
	return answered;
}

/*
 * (aggregate, query, from, to): how many trials with a serialised state whose
 * bytes are damaged, those from one number to another, give an answer instead
 * of an ERROR.
 */
Datum
bare_damaged(PG_FUNCTION_ARGS)
{
	Oid			aggregate = PG_GETARG_OID(0);
	HeapTuple	tuple = SearchSysCache1(AGGFNOID, ObjectIdGetDatum(aggregate));
	Form_pg_aggregate agg = (Form_pg_aggregate) GETSTRUCT(tuple);
	int			answered = 0;
	Bare		bare;
	bytea	   *whole;
	int			length;
	int			trial;

	start(&bare, agg->aggtranstype, false);
	SPI_connect();
	SPI_execute(text_to_cstring(PG_GETARG_TEXT_PP(1)), true, 0);
	whole = serialised(&bare, agg);
	length = VARSIZE(whole) - VARHDRSZ;
	for (trial = PG_GETARG_INT32(2); trial < PG_GETARG_INT32(3); trial++)
	{
		bytea	   *bytes = palloc(VARSIZE(whole));

		memcpy(bytes, whole, VARSIZE(whole));
		SET_VARSIZE(bytes, damage((unsigned char *) VARDATA(bytes), length,
								  trial) + VARHDRSZ);
		answered += answers(&bare, agg, aggregate, bytes);
		pfree(bytes);
	}
	SPI_finish();
	ReleaseSysCache(tuple);
	PG_RETURN_INT32(answered);
}

/*
 * (aggregate, bytes): the answer of the aggregate, as text, of a part that was
 * handed over as these bytes.
 */
Datum
bare_answer(PG_FUNCTION_ARGS)
{
	Oid			aggregate = PG_GETARG_OID(0);
	HeapTuple	tuple = SearchSysCache1(AGGFNOID, ObjectIdGetDatum(aggregate));
	Form_pg_aggregate agg = (Form_pg_aggregate) GETSTRUCT(tuple);
	Value		state[2] = {{0, true}, {0, true}};
	Value		argument[2] = {{PG_GETARG_DATUM(1), false}, {0, false}};
	Bare		bare;
	Datum		result;
	bool		isnull;

	start(&bare, agg->aggtranstype, false);
	SPI_connect();
	state[1] = call(&bare, agg->aggdeserialfn, 2, argument);
	state[0] = advance(&bare, agg->aggcombinefn, 2, state);
	result = final_text(&bare, aggregate, agg->aggfinalfn,
						agg->aggfinalextra, state[0], &isnull);
	SPI_finish();
	ReleaseSysCache(tuple);
	if (isnull)
		PG_RETURN_NULL();
	PG_RETURN_DATUM(result);
}
