/*
 * parameters.c - the parameters of an aggregate, declared as a table
 *
 * The method is described in parameters.h.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "postgres.h"

#include "libpq/pqformat.h"

#include "foundation/arguments.h"
#include "foundation/parameters.h"

/*
 * What a parameter is that an aggregate's shorter form has not.
 */
static ParameterValue
default_of(const ParameterDef *def)
{
	ParameterValue	parameter = {.given = !def->optional};

	if (def->optional)
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
 * What is meant by NULL, which most parameters must not be.
 */
static ParameterValue
null_of(const ParameterDef *def)
{
	if (!def->optional && !def->null_is_default)
		NullParameterError(def->name);
	return default_of(def);
}

static bool
out_of_bounds(const ParameterDef *def, double value)
{
	return def->least < def->most &&
		!(value >= def->least && value <= def->most);
}

static void
bounds_error(const ParameterDef *def, const char *shown)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("\"%s\" must be from %.15g to %.15g", def->name,
					def->least, def->most),
			 errdetail("The value given is %s.", shown),
			 def->hint != NULL ? errhint("%s", def->hint) : 0));
}

static double
number_arg(FunctionCallInfo fcinfo, int argno, const ParameterDef *def)
{
	double		number = PG_GETARG_FLOAT8(argno);

	if (out_of_bounds(def, number))
		bounds_error(def, psprintf("%.15g", number));
	return number;
}

static int64
count_arg(FunctionCallInfo fcinfo, int argno, const ParameterDef *def)
{
	int64		count = PG_GETARG_INT64(argno);

	if (out_of_bounds(def, (double) count))
		bounds_error(def, psprintf(INT64_FORMAT, count));
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
			parameter.u.number = number_arg(fcinfo, argno, def);
			break;
		case PARAMETER_COUNT:
			parameter.u.count = count_arg(fcinfo, argno, def);
			break;
		case PARAMETER_SEED:
			parameter.u.count = PG_GETARG_INT64(argno);
			break;
		case PARAMETER_SPAN:
			parameter.u.span = SpanArg(fcinfo, argno, def->name);
			break;
		case PARAMETER_TIME:
			parameter.u.count = TimeArg(fcinfo, argno, kind, def->name);
			break;
		case PARAMETER_NAME:
			parameter.u.count = NameArg(fcinfo, argno, def->name, def->names,
										names_of(def));
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

ParameterValue *
KeepParameters(const ParameterValue *parameter, const ParameterTable *table,
			   MemoryContext context)
{
	Size		size = table->count * sizeof(ParameterValue);
	ParameterValue *kept;

	if (size == 0)
		return NULL;
	kept = MemoryContextAlloc(context, size);
	memcpy(kept, parameter, size);
	return kept;
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
		ParameterValue	parameter = parameter_arg(fcinfo, argno + i,
											  &table->def[i], kind);

		if (unlikely(!same(&parameter, &kept[i], table->def[i].kind)))
			ChangedParameterError(table->def[i].name);
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
ParametersFrom(StringInfo buf, const ParameterTable *table)
{
	ParameterValue *parameter = no_parameters(table);
	int			i;

	for (i = 0; i < table->count; i++)
	{
		parameter[i].given = pq_getmsgbyte(buf) != 0;
		if (!parameter[i].given)
			continue;
		if (table->def[i].kind == PARAMETER_SPAN)
			parameter[i].u.span = SpanDeserialize(buf);
		else if (table->def[i].kind == PARAMETER_NUMBER)
			parameter[i].u.number = pq_getmsgfloat8(buf);
		else
			parameter[i].u.count = pq_getmsgint64(buf);
	}
	return parameter;
}
