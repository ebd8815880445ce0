/*
 * parameters.c - the parameters of an aggregate, declared as a table
 *
 * The method is described in parameters.h.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "postgres.h"

#include <math.h>

#include "catalog/pg_type.h"
#include "libpq/pqformat.h"
#include "utils/array.h"

#include "foundation/arguments.h"
#include "foundation/parameters.h"
#include "foundation/serialised.h"

/*
 * The value of a parameter that an aggregate's shorter form lacks.
 */
static ParameterValue
default_of(const ParameterDef *def)
{
	ParameterValue	parameter = {.given = !def->optional && !def->omissible};

	if (!parameter.given)
		return parameter;
	if (def->kind == PARAMETER_SPAN)
		parameter.u.span = def->span;
	else if (def->kind == PARAMETER_NUMBER)
		parameter.u.number = def->number;
	else
		parameter.u.count = (int64) def->number;
	return parameter;
}

/*
 * What NULL means; most parameters must not be NULL.
 */
static ParameterValue
null_of(const ParameterDef *def)
{
	if (!def->optional && !def->null_is_default)
		NullParameterError(def->name);
	return default_of(def);
}

static bool
within_bounds(const ParameterDef *def, double value)
{
	if (def->least == def->most)
		return IsFinite(value);
	return (def->above_least ? value > def->least : value >= def->least) &&
		(def->below_most ? value < def->most : value <= def->most);
}

/*
 * The bounds as a message says them: "from 1 to 12".
 */
static const char *
show_bounds(const ParameterDef *def)
{
	if (def->least == def->most)
		return "finite";
	if (def->above_least && def->below_most)
		return psprintf("between %.15g and %.15g", def->least, def->most);
	if (def->most == DBL_MAX)
		return psprintf("finite and %s %.15g",
						def->above_least ? "above" : "at least", def->least);
	if (isinf(def->most))
		return psprintf(def->above_least ? "above %.15g" : "at least %.15g",
						def->least);
	if (def->above_least)
		return psprintf("above %.15g and at most %.15g", def->least,
						def->most);
	return psprintf("from %.15g to %s%.15g", def->least,
					def->below_most ? "less than " : "", def->most);
}

static void
bounds_error(const ParameterDef *def, double value, const char *shown)
{
	ereport(ERROR,
			(errcode(def->sized && value > def->most ?
					 ERRCODE_PROGRAM_LIMIT_EXCEEDED :
					 ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("\"%s\" must be %s", def->name, show_bounds(def)),
			 errdetail("The value given is %s.", shown),
			 def->hint != NULL ? errhint("%s", def->hint) : 0));
}

/*
 * A number that is not NULL.
 */
double
NumberArg(FunctionCallInfo fcinfo, int argno, const ParameterDef *def)
{
	double		number = PG_GETARG_FLOAT8(argno);

	if (!within_bounds(def, number))
		bounds_error(def, number, psprintf("%.15g", number));
	return number;
}

static int64
count_arg(FunctionCallInfo fcinfo, int argno, const ParameterDef *def)
{
	int64		count = PG_GETARG_INT64(argno);

	if (!within_bounds(def, (double) count))
		bounds_error(def, (double) count, psprintf(INT64_FORMAT, count));
	return count;
}

static int
names_of(const ParameterDef *def)
{
	int			count = 0;

	while (def->names[count] != NULL)
		count++;
	return count;
}

static ParameterValue
parameter_arg(FunctionCallInfo fcinfo, int argno, const ParameterDef *def,
			  TimeKind kind)
{
	ParameterValue	parameter = {.given = true};

	if (PG_ARGISNULL(argno))
		return null_of(def);
	switch (def->kind)
	{
		case PARAMETER_NUMBER:
			parameter.u.number = NumberArg(fcinfo, argno, def);
			break;
		case PARAMETER_COUNT:
			parameter.u.count = count_arg(fcinfo, argno, def);
			break;
		case PARAMETER_SEED:
			parameter.u.count = PG_GETARG_INT64(argno);
			break;
		case PARAMETER_SPAN:
			parameter.u.span = SpanArg(fcinfo, argno, def->name, kind);
			break;
		case PARAMETER_TIME:
			parameter.u.count = TimeArg(fcinfo, argno, kind, def->name);
			break;
		case PARAMETER_NAME:
			parameter.u.count = NameArg(fcinfo, argno, def->name, def->names,
										names_of(def));
			break;
		case PARAMETER_ARRAY:
			parameter.u.array = PG_GETARG_VARLENA_PP(argno);
			break;
	}
	return parameter;
}

static inline ParameterValue
parameter_of_call(FunctionCallInfo fcinfo, int argno,
				  const ParameterDef *def, TimeKind kind)
{
	return argno < PG_NARGS() ? parameter_arg(fcinfo, argno, def, kind) :
		default_of(def);
}

static ParameterValue *
no_parameters(const ParameterTable *table)
{
	return palloc0(Max(table->count, 1) * sizeof(ParameterValue));
}

/*
 * The parameters from argument argno on, in CurrentMemoryContext.
 */
ParameterValue *
ReadParameters(FunctionCallInfo fcinfo, int argno,
			   const ParameterTable *table, TimeKind kind)
{
	ParameterValue *parameter = no_parameters(table);
	int			i;

	for (i = 0; i < table->count; i++)
		parameter[i] = parameter_of_call(fcinfo, argno + i, &table->def[i],
										 kind);
	return parameter;
}

/*
 * An array with a header of the usual size, so that it is aligned.
 */
static struct varlena *
copy_array(const struct varlena *array, MemoryContext context)
{
	Size		size = VARSIZE_ANY_EXHDR(array);
	struct varlena *copy = MemoryContextAlloc(context, VARHDRSZ + size);

	SET_VARSIZE(copy, VARHDRSZ + size);
	memcpy(VARDATA(copy), VARDATA_ANY(array), size);
	return copy;
}

ParameterValue *
KeepParameters(const ParameterValue *parameter, const ParameterTable *table,
			   MemoryContext context)
{
	Size		size = table->count * sizeof(ParameterValue);
	ParameterValue *kept;
	int			i;

	if (size == 0)
		return NULL;
	kept = MemoryContextAlloc(context, size);
	memcpy(kept, parameter, size);
	for (i = 0; i < table->count; i++)
		if (kept[i].given && table->def[i].kind == PARAMETER_ARRAY)
			kept[i].u.array = copy_array(kept[i].u.array, context);
	return kept;
}

/*
 * The parameter of that name, or NULL where the table has none or it is not
 * given.
 */
static const ParameterValue *
given_by_name(const ParameterValue *parameter, const ParameterTable *table,
			  const char *name)
{
	int			i;

	for (i = 0; i < table->count; i++)
		if (strcmp(table->def[i].name, name) == 0)
			return parameter[i].given ? &parameter[i] : NULL;
	return NULL;
}

/*
 * A count, a seed or the place of a name.
 */
int64
CountNamed(const ParameterValue *parameter, const ParameterTable *table,
		   const char *name, int64 otherwise)
{
	const ParameterValue *found = given_by_name(parameter, table, name);

	return found == NULL ? otherwise : found->u.count;
}

double
NumberNamed(const ParameterValue *parameter, const ParameterTable *table,
			const char *name, double otherwise)
{
	const ParameterValue *found = given_by_name(parameter, table, name);

	return found == NULL ? otherwise : found->u.number;
}

static bool
same_array(const struct varlena *a, const struct varlena *b)
{
	return VARSIZE_ANY_EXHDR(a) == VARSIZE_ANY_EXHDR(b) &&
		memcmp(VARDATA_ANY(a), VARDATA_ANY(b), VARSIZE_ANY_EXHDR(a)) == 0;
}

static bool
same(const ParameterValue *a, const ParameterValue *b, ParameterKind kind)
{
	if (a->given != b->given)
		return false;
	if (!a->given)
		return true;
	if (kind == PARAMETER_SPAN)
		return SameSpan(&a->u.span, &b->u.span);
	if (kind == PARAMETER_ARRAY)
		return same_array(a->u.array, b->u.array);
	if (kind == PARAMETER_NUMBER)
		return a->u.number == b->u.number;
	return a->u.count == b->u.count;
}

void
CheckSameParameters(const ParameterValue *a, const ParameterValue *b,
					const ParameterTable *table)
{
	int			i;

	for (i = 0; i < table->count; i++)
		if (unlikely(!same(&a[i], &b[i], table->def[i].kind)))
			ChangedParameterError(table->def[i].name);
}

/*
 * Is a parameter identical to what was kept?  Then no other check is needed.
 */
static inline bool
plainly_same(FunctionCallInfo fcinfo, int argno, const ParameterValue *kept,
			 ParameterKind kind, TimeKind time_kind)
{
	if (!kept->given || PG_ARGISNULL(argno))
		return false;
	switch (kind)
	{
		case PARAMETER_NUMBER:
			return PG_GETARG_FLOAT8(argno) == kept->u.number;
		case PARAMETER_COUNT:
		case PARAMETER_SEED:
			return PG_GETARG_INT64(argno) == kept->u.count;
		case PARAMETER_SPAN:
			return SameSpan(PG_GETARG_INTERVAL_P(argno), &kept->u.span);
		case PARAMETER_TIME:
			return time_kind == TIME_IS_DATE ?
				PG_GETARG_DATEADT(argno) == kept->u.count / USECS_PER_DAY :
				PG_GETARG_TIMESTAMPTZ(argno) == kept->u.count;
		default:
			return false;
	}
}

/*
 * Are the parameters of a row those that were kept?
 */
void
CheckParametersOfRow(FunctionCallInfo fcinfo, int argno,
					 const ParameterValue *kept, const ParameterTable *table,
					 TimeKind kind)
{
	int			i;

	for (i = 0; i < table->count && argno + i < PG_NARGS(); i++)
	{
		ParameterValue	parameter;

		if (likely(plainly_same(fcinfo, argno + i, &kept[i],
								table->def[i].kind, kind)))
			continue;
		parameter = parameter_arg(fcinfo, argno + i, &table->def[i], kind);
		if (unlikely(!same(&parameter, &kept[i], table->def[i].kind)))
			ChangedParameterError(table->def[i].name);
	}
}

static void
write_array(StringInfo buf, const struct varlena *array)
{
	pq_sendint32(buf, VARSIZE_ANY_EXHDR(array));
	pq_sendbytes(buf, VARDATA_ANY(array), VARSIZE_ANY_EXHDR(array));
}

/*
 * Has an array of numbers all the bytes that its header tells of?
 */
static bool
array_is_whole(ArrayType *array)
{
	const Size	size = VARSIZE(array);
	const int	dimensions = size < sizeof(ArrayType) ? -1 : ARR_NDIM(array);
	Size		begin;
	int			count;

	if (dimensions < 0 || dimensions > MAXDIM ||
		size < ARR_OVERHEAD_NONULLS(dimensions) ||
		ARR_ELEMTYPE(array) != FLOAT8OID)
		return false;
	count = ArrayGetNItems(dimensions, ARR_DIMS(array));
	begin = ARR_HASNULL(array) ? ARR_OVERHEAD_WITHNULLS(dimensions, count) :
		ARR_OVERHEAD_NONULLS(dimensions);
	if (ARR_HASNULL(array))
		return ARR_DATA_OFFSET(array) == begin && size >= begin;
	return size == begin + count * sizeof(float8);
}

static struct varlena *
array_from(StringInfo buf)
{
	int			size = pq_getmsgint(buf, 4);
	const char *bytes = pq_getmsgbytes(buf, size);
	struct varlena *array = palloc(VARHDRSZ + size);

	SET_VARSIZE(array, VARHDRSZ + size);
	memcpy(VARDATA(array), bytes, size);
	if (!array_is_whole((ArrayType *) array))
		DamagedStateError("array");
	return array;
}

/*
 * Can a parameter that was read be what a transition function has let in?
 */
static bool
is_possible(const ParameterValue *parameter, const ParameterDef *def,
			TimeKind kind)
{
	if (!parameter->given)
		return def->optional || def->omissible;
	switch (def->kind)
	{
		case PARAMETER_NUMBER:
			return within_bounds(def, parameter->u.number);
		case PARAMETER_COUNT:
			return within_bounds(def, (double) parameter->u.count);
		case PARAMETER_NAME:
			return parameter->u.count >= 0 &&
				parameter->u.count < names_of(def);
		case PARAMETER_SPAN:
			return SpanIsPositive(&parameter->u.span);
		case PARAMETER_TIME:
			return TimeIsValid(parameter->u.count, kind);
		default:
			return true;
	}
}

/*
 * Write parameters: whether each is given, and what it is.
 */
void
WriteParameters(StringInfo buf, const ParameterValue *parameter,
				const ParameterTable *table)
{
	int			i;

	for (i = 0; i < table->count; i++)
	{
		pq_sendbyte(buf, parameter[i].given);
		if (!parameter[i].given)
			continue;
		if (table->def[i].kind == PARAMETER_SPAN)
			SpanSerialize(buf, &parameter[i].u.span);
		else if (table->def[i].kind == PARAMETER_ARRAY)
			write_array(buf, parameter[i].u.array);
		else if (table->def[i].kind == PARAMETER_NUMBER)
			pq_sendfloat8(buf, parameter[i].u.number);
		else
			pq_sendint64(buf, parameter[i].u.count);
	}
}

/*
 * Read them, in CurrentMemoryContext.
 */
ParameterValue *
ParametersFrom(StringInfo buf, const ParameterTable *table, TimeKind kind)
{
	ParameterValue *parameter = no_parameters(table);
	int			i;

	for (i = 0; i < table->count; i++)
	{
		parameter[i].given = FlagFrom(buf);
		if (!parameter[i].given)
			 /* nothing follows */ ;
		else if (table->def[i].kind == PARAMETER_SPAN)
			parameter[i].u.span = SpanDeserialize(buf);
		else if (table->def[i].kind == PARAMETER_ARRAY)
			parameter[i].u.array = array_from(buf);
		else if (table->def[i].kind == PARAMETER_NUMBER)
			parameter[i].u.number = pq_getmsgfloat8(buf);
		else
			parameter[i].u.count = pq_getmsgint64(buf);
		if (!is_possible(&parameter[i], &table->def[i], kind))
			DamagedStateError(table->def[i].name);
	}
	return parameter;
}
