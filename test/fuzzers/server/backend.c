/*
 * backend.c - what PostgreSQL reads from outside, fed by libFuzzer
 *
 * A server in single-user mode calls libFuzzer (preload.c), which calls back
 * for each input that it makes up:
 *
 *	text	the input functions of the types, and all functions that take one
 *	binary	the same by their receive functions
 *	states	the deserialise functions of the aggregates, then combine,
 *			serialise and final functions
 *
 * The first bytes choose the type or the aggregate by a hash of its name, so
 * that new ones leave the others where they are.  An ERROR is an answer.  What
 * is accepted must come out as it went in; whatever takes too long is
 * cancelled as a user would do it, and must end then.  For tests only.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "postgres.h"

#include <signal.h>
#include <sys/time.h>

#include "access/htup_details.h"
#include "access/xact.h"
#include "catalog/pg_aggregate.h"
#include "catalog/pg_collation.h"
#include "catalog/pg_type.h"
#include "executor/executor.h"
#include "executor/spi.h"
#include "fmgr.h"
#include "lib/stringinfo.h"
#include "miscadmin.h"
#include "nodes/execnodes.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"
#include "utils/resowner.h"
#include "utils/syscache.h"

#include "foundation/compat.h"

PG_MODULE_MAGIC;

/* Processor time after which a call is cancelled, in milliseconds. */
#define PATIENCE 100

/* Pieces of memory that an input is copied to. */
#define MOST_LOANS 16

/* What stands in the array of a target, one line for each of its objects. */
typedef struct Subject
{
	uint32		hash;			/* of its name, 16 bits */
	Oid			object;			/* type or aggregate */
	SPIPlanPtr *use;			/* queries whose $1 is a value of the type */
	int			uses;
} Subject;

static Subject *subject;
static int	subjects;
static const char *target;
static void *loan[MOST_LOANS];
static int	loans;

/* Of libFuzzer, in preload.c's library. */
extern int	LLVMFuzzerRunDriver(int *argc, char ***argv,
								int (*callback) (const uint8_t *, size_t));

PG_FUNCTION_INFO_V1(fuzz_backend);
PG_FUNCTION_INFO_V1(fuzz_state);

static void
fail(const char *what)
{
	fprintf(stderr, "backend: %s\n", what);
	abort();
}

/*
 * Memory whose end AddressSanitizer knows, until the input has been tried.
 */
static void *
lend(size_t size)
{
	if (loans == MOST_LOANS)
		fail("more loans than expected");
	return loan[loans++] = malloc(size);
}

/* ---- time ---- */

/*
 * What pg_cancel_backend() makes of SIGINT.
 */
static void
cancel(int signal)
{
	InterruptPending = true;
	QueryCancelPending = true;
}

static void
set_patience(long milliseconds)
{
	const struct itimerval timer = {
		{0, 0}, {milliseconds / 1000, milliseconds % 1000 * 1000}
	};

	setitimer(ITIMER_VIRTUAL, &timer, NULL);
	if (milliseconds == 0)
		QueryCancelPending = InterruptPending = false;
}

/* ---- a call that may raise an ERROR ---- */

typedef void (*Action) (void *argument);

/*
 * Returns whether there was none.
 */
static bool
attempt(Action action, void *argument)
{
	MemoryContext old = CurrentMemoryContext;
	ResourceOwner owner = CurrentResourceOwner;
	volatile bool done = true;

	BeginInternalSubTransaction(NULL);
	MemoryContextSwitchTo(old);
	PG_TRY();
	{
		action(argument);
		MemoryContextSwitchTo(old);
		ReleaseCurrentSubTransaction();
	}
	PG_CATCH();
	{
		MemoryContextSwitchTo(old);
		if (geterrcode() == ERRCODE_INTERNAL_ERROR)
		{
			ErrorData  *error = CopyErrorData();

			fprintf(stderr, "backend: internal error: %s\n", error->message);
			abort();
		}
		FlushErrorState();
		RollbackAndReleaseCurrentSubTransaction();
		done = false;
	}
	PG_END_TRY();
	MemoryContextSwitchTo(old);
	CurrentResourceOwner = owner;
	return done;
}

/* ---- values of types ---- */

typedef struct Value
{
	const Subject *subject;
	const uint8_t *data;		/* as it came */
	size_t		size;
	Datum		datum;
	int			use;
} Value;

static Datum
from_text(Oid type, char *text)
{
	Oid			input;
	Oid			param;

	getTypeInputInfo(type, &input, &param);
	return OidInputFunctionCall(input, text, param, -1);
}

/*
 * Messages end with a byte that does not count.
 */
static Datum
from_binary(Oid type, const void *data, size_t size)
{
	char	   *copy = lend(size + 1);
	StringInfoData message;
	Oid			receive;
	Oid			param;
	Datum		result;

	memcpy(copy, data, size);
	copy[size] = '\0';
	message.data = copy;
	message.len = message.maxlen = (int) size;
	message.cursor = 0;
	getTypeBinaryInputInfo(type, &receive, &param);
	result = OidReceiveFunctionCall(receive, &message, param, -1);
	if (message.cursor != message.len)
		ereport(ERROR, (errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
						errmsg("bytes were left")));
	return result;
}

static char *
to_text(Oid type, Datum datum)
{
	Oid			output;
	bool		is_varlena;

	getTypeOutputInfo(type, &output, &is_varlena);
	return OidOutputFunctionCall(output, datum);
}

static bytea *
to_binary(Oid type, Datum datum)
{
	Oid			send;
	bool		is_varlena;

	getTypeBinaryOutputInfo(type, &send, &is_varlena);
	return OidSendFunctionCall(send, datum);
}

static void
read_text(void *argument)
{
	Value	   *value = argument;
	char	   *text = lend(value->size + 1);

	memcpy(text, value->data, value->size);
	text[value->size] = '\0';
	value->datum = from_text(value->subject->object, text);
}

static void
read_binary(void *argument)
{
	Value	   *value = argument;

	value->datum = from_binary(value->subject->object, value->data,
							   value->size);
}

static bool
same_bytes(bytea *a, bytea *b)
{
	return VARSIZE_ANY_EXHDR(a) == VARSIZE_ANY_EXHDR(b) &&
		memcmp(VARDATA_ANY(a), VARDATA_ANY(b), VARSIZE_ANY_EXHDR(a)) == 0;
}

/*
 * A value that was accepted is the same by either way out and in.
 */
static void
check_round_trip(void *argument)
{
	Value	   *value = argument;
	const Oid	type = value->subject->object;
	char	   *text = to_text(type, value->datum);
	bytea	   *bytes = to_binary(type, value->datum);
	Datum		by_text = from_text(type, pstrdup(text));
	Datum		by_bytes = from_binary(type, VARDATA_ANY(bytes),
									   VARSIZE_ANY_EXHDR(bytes));

	if (strcmp(to_text(type, by_text), text) != 0)
		fail("text, in and out, is another text");
	if (!same_bytes(to_binary(type, by_text), bytes))
		fail("text, in and out, is another value");
	if (!same_bytes(to_binary(type, by_bytes), bytes))
		fail("bytes, in and out, are others");
	if (strcmp(to_text(type, by_bytes), text) != 0)
		fail("bytes, in and out, are another text");
}

static void
use_value(void *argument)
{
	Value	   *value = argument;

	SPI_execute_plan(value->subject->use[value->use], &value->datum, NULL,
					 true, 200);
}

static void
try_value(const Subject *of, const uint8_t *data, size_t size)
{
	Value		value = {.subject = of, .data = data + 2, .size = size - 2};

	if (!attempt(strcmp(target, "text") == 0 ? read_text : read_binary,
				 &value))
		return;
	set_patience(0);
	if (!attempt(check_round_trip, &value))
		fail("a value that was accepted has no round trip");
	if (of->uses == 0)
		return;
	set_patience(PATIENCE);
	value.use = data[1] % of->uses;
	(void) attempt(use_value, &value);
}

/* ---- states of aggregates ---- */

typedef struct StateTrial
{
	Oid			aggregate;
	const uint8_t *data;
	size_t		size;
	bytea	   *bytes;			/* the accepted state, serialised */
} StateTrial;

/*
 * Of an argument that is no NULL; the result may be.
 */
static Datum
call(Node *context, Oid function, int count, const NullableDatum *argument,
	 bool *isnull)
{
	LOCAL_FCINFO(fcinfo, FUNC_MAX_ARGS);
	FmgrInfo	flinfo;
	Datum		result;
	int			i;

	fmgr_info(function, &flinfo);
	InitFunctionCallInfoData(*fcinfo, &flinfo, count, DEFAULT_COLLATION_OID,
							 context, NULL);
	for (i = 0; i < count; i++)
		fcinfo->args[i] = argument[i];
	result = FunctionCallInvoke(fcinfo);
	*isnull = fcinfo->isnull;
	return result;
}

static FormData_pg_aggregate
aggregate_form(Oid aggregate)
{
	HeapTuple	tuple = SearchSysCache1(AGGFNOID, ObjectIdGetDatum(aggregate));
	FormData_pg_aggregate agg = *(Form_pg_aggregate) GETSTRUCT(tuple);

	ReleaseSysCache(tuple);
	return agg;
}

static Node *
aggregate_context(void)
{
	AggState   *agg = makeNode(AggState);

	agg->curaggcontext = CreateStandaloneExprContext();
	return (Node *) agg;
}

/*
 * Bytes as a state, put into an empty one, as bytes again.
 */
static bytea *
through_state(Node *context, const FormData_pg_aggregate *agg, bytea *bytes,
			  NullableDatum *state)
{
	NullableDatum argument[2] = {{0, true}, {0, false}};
	bool		isnull;

	argument[0].value = PointerGetDatum(bytes);
	argument[0].isnull = false;
	argument[1].value = call(context, agg->aggdeserialfn, 2, argument,
							 &isnull);
	argument[0].isnull = true;
	state->value = call(context, agg->aggcombinefn, 2, argument,
						&state->isnull);
	if (state->isnull)
		ereport(ERROR, (errmsg("no state")));
	return DatumGetByteaPCopy(call(context, agg->aggserialfn, 1, state,
								   &isnull));
}

/*
 * Out of memory of malloc(), whose ends are known.
 */
static void
read_state(void *argument)
{
	StateTrial *trial = argument;
	const FormData_pg_aggregate agg = aggregate_form(trial->aggregate);
	bytea	   *bytes = lend(VARHDRSZ + trial->size);
	NullableDatum state;

	memcpy(VARDATA(bytes), trial->data, trial->size);
	SET_VARSIZE(bytes, VARHDRSZ + trial->size);
	trial->bytes = through_state(aggregate_context(), &agg, bytes, &state);
}

/*
 * Sums in forged bytes may overlap, which each reading settles a bit more.
 */
#define MOST_READINGS 8

static void
check_state(void *argument)
{
	StateTrial *trial = argument;
	const FormData_pg_aggregate agg = aggregate_form(trial->aggregate);
	NullableDatum state;
	int			readings;

	for (readings = 0; readings < MOST_READINGS; readings++)
	{
		bytea	   *before = trial->bytes;

		trial->bytes = through_state(aggregate_context(), &agg, before,
									 &state);
		if (same_bytes(trial->bytes, before))
			return;
	}
	fail("a state, out and in, is another one");
}

static void
finish_state(void *argument)
{
	StateTrial *trial = argument;
	const FormData_pg_aggregate agg = aggregate_form(trial->aggregate);
	Node	   *context = aggregate_context();
	NullableDatum state[FUNC_MAX_ARGS];
	bool		isnull;
	Datum		result;
	int			i;

	for (i = 0; i < FUNC_MAX_ARGS; i++)
		state[i] = (NullableDatum) {0, true};
	(void) through_state(context, &agg, trial->bytes, &state[0]);
	result = call(context, agg.aggfinalfn, agg.aggfinalextra ?
				  get_func_nargs(agg.aggfinalfn) : 1, state, &isnull);
	if (!isnull)
		(void) to_text(get_func_rettype(trial->aggregate), result);
	/* Once more, of two that are combined. */
	state[1] = state[0];
	(void) through_state(context, &agg, trial->bytes, &state[0]);
	state[0].value = call(context, agg.aggcombinefn, 2, state,
						  &state[0].isnull);
	(void) call(context, agg.aggserialfn, 1, state, &isnull);
}

static void
try_state(const Subject *of, const uint8_t *data, size_t size)
{
	StateTrial	trial = {of->object, data + 2, size - 2, NULL};

	if (!attempt(read_state, &trial))
		return;
	set_patience(0);
	if (!attempt(check_state, &trial))
		fail("a state that was accepted has no round trip");
	set_patience(PATIENCE);
	(void) attempt(finish_state, &trial);
}

/* ---- libFuzzer ---- */

/*
 * The first one whose hash is not below that of the input.  There are few
 * types: for them the second byte chooses what is done with a value.
 */
static const Subject *
chosen(const uint8_t *data)
{
	const uint32 wanted = (uint32) data[0] << 8 |
		(strcmp(target, "states") == 0 ? data[1] : 0);
	int			i;

	for (i = 0; i < subjects; i++)
		if (subject[i].hash >= wanted)
			return &subject[i];
	return &subject[0];
}

static int
try_input(const uint8_t *data, size_t size)
{
	MemoryContext old = CurrentMemoryContext;
	MemoryContext context;

	if (size < 2)
		return -1;
	context = AllocSetContextCreateInternal(old, "input", 0, 1024, 1024);
	MemoryContextSwitchTo(context);
	set_patience(PATIENCE);
	if (strcmp(target, "states") == 0)
		try_state(chosen(data), data, size);
	else
		try_value(chosen(data), data, size);
	set_patience(0);
	MemoryContextSwitchTo(old);
	MemoryContextDelete(context);
	while (loans > 0)
		free(loan[--loans]);
	return 0;
}

/*
 * Subjects are rows (hash, object, queries) in the order of their hashes.
 */
static void
find_subjects(void)
{
	TupleDesc	columns;
	SPITupleTable *table;
	uint64		i;

	SPI_execute(psprintf("SELECT hash, object, uses FROM fuzz_%s ORDER BY 1",
						 target), true, 0);
	table = SPI_tuptable;
	columns = table->tupdesc;
	subjects = (int) SPI_processed;
	subject = palloc0(sizeof(Subject) * Max(subjects, 1));
	for (i = 0; i < table->numvals; i++)
	{
		Subject    *one = &subject[i];
		Datum	   *query;
		bool		isnull;
		int			use;

		one->hash = DatumGetInt32(SPI_getbinval(table->vals[i], columns, 1,
												&isnull));
		one->object = DatumGetObjectId(SPI_getbinval(table->vals[i], columns,
													 2, &isnull));
		deconstruct_array(DatumGetArrayTypeP(SPI_getbinval(table->vals[i],
														   columns, 3,
														   &isnull)),
						  TEXTOID, -1, false, TYPALIGN_INT, &query, NULL,
						  &one->uses);
		one->use = palloc(sizeof(SPIPlanPtr) * Max(one->uses, 1));
		for (use = 0; use < one->uses; use++)
		{
			one->use[use] = SPI_prepare(TextDatumGetCString(query[use]), 1,
										&one->object);
			SPI_keepplan(one->use[use]);
		}
	}
}

/*
 * (target, arguments of libFuzzer, its own name first): does not return.
 */
Datum
fuzz_backend(PG_FUNCTION_ARGS)
{
	Datum	   *word;
	int			argc;
	char	  **argv;
	int			i;

	target = text_to_cstring(PG_GETARG_TEXT_PP(0));
	deconstruct_array(PG_GETARG_ARRAYTYPE_P(1), TEXTOID, -1, false,
					  TYPALIGN_INT, &word, NULL, &argc);
	argv = palloc(sizeof(char *) * (argc + 1));
	for (i = 0; i < argc; i++)
		argv[i] = TextDatumGetCString(word[i]);
	argv[argc] = NULL;
	SPI_connect();
	/* libFuzzer looks at the libraries that are there when it begins. */
	SPI_execute("LOAD 'bubble'", false, 0);
	find_subjects();
	/* Whom libFuzzer starts is not to load what the server did. */
	unsetenv("LD_PRELOAD");
	signal(SIGVTALRM, cancel);
	exit(LLVMFuzzerRunDriver(&argc, &argv, try_input));
}

/*
 * (aggregate, query): the state over the rows of the query, whose columns are
 * the arguments, serialised.
 */
Datum
fuzz_state(PG_FUNCTION_ARGS)
{
	const FormData_pg_aggregate agg = aggregate_form(PG_GETARG_OID(0));
	Node	   *context = aggregate_context();
	NullableDatum argument[FUNC_MAX_ARGS] = {{0, true}};
	bytea	   *bytes;
	bool		isnull;
	uint64		row;
	int			i;

	SPI_connect();
	SPI_execute(text_to_cstring(PG_GETARG_TEXT_PP(1)), true, 0);
	for (row = 0; row < SPI_processed; row++)
	{
		for (i = 1; i <= SPI_tuptable->tupdesc->natts; i++)
			argument[i].value = SPI_getbinval(SPI_tuptable->vals[row],
											  SPI_tuptable->tupdesc, i,
											  &argument[i].isnull);
		argument[0].value = call(context, agg.aggtransfn, i, argument,
								 &argument[0].isnull);
	}
	if (argument[0].isnull)
		elog(ERROR, "no state");
	bytes = DatumGetByteaPP(call(context, agg.aggserialfn, 1, argument,
								 &isnull));
	bytes = (bytea *) DatumGetPointer(SPI_datumTransfer(PointerGetDatum(bytes),
														false, -1));
	SPI_finish();
	PG_RETURN_BYTEA_P(bytes);
}
