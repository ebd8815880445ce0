/*
 * parameters.h - the parameters of an aggregate, declared as a table
 *
 * What follows the values of a row among an aggregate's arguments must be the
 * same for all rows.  A table says of each parameter what it is called, of
 * what kind it is, within which bounds, and what it is when it is left out:
 *
 *	static const ParameterDef velocity_parameters[] = {
 *		{"span", PARAMETER_SPAN, .span = {.month = 12}},
 *		{"as_of", PARAMETER_TIME, .omissible = true}
 *	};
 *
 * One reader checks them, one comparison finds what has changed between two
 * rows or two parts of an aggregate, one pair of functions sends them from
 * process to process.  Functions over a stored value read theirs by the same
 * table.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#ifndef BUBBLE_PARAMETERS_H
#define BUBBLE_PARAMETERS_H

#include "foundation/timeline.h"

/*
 * How often simulations, bootstraps and perturbations are repeated, and their
 * seed, unless the caller says: p values come in steps of 1 / 1000.
 * sql/expand.awk repeats the number.
 */
#define DEFAULT_REPLICATIONS 999
#define DEFAULT_SEED 1

typedef enum ParameterKind
{
	PARAMETER_NUMBER,			/* double precision */
	PARAMETER_COUNT,			/* bigint */
	PARAMETER_SEED,				/* bigint, any */
	PARAMETER_SPAN,				/* interval, positive */
	PARAMETER_TIME,				/* date or timestamptz, as the rows' */
	PARAMETER_NAME,				/* text, one of a list */
	PARAMETER_ARRAY				/* an array, read by who takes it */
} ParameterKind;

typedef struct ParameterDef
{
	const char *name;
	ParameterKind kind;
	bool		optional;		/* NULL, or leaving it out, means not given:
								 * there is no default */
	bool		omissible;		/* may be left out, but must not be NULL */
	bool		null_is_default;	/* NULL means the same as leaving it out */
	double		least;			/* bounds of a number or a count, both */
	double		most;			/* included; equal ones are none, and then a
								 * number is any finite one; most may be
								 * infinite */
	bool		above_least;	/* is the bound itself excluded? */
	bool		below_most;
	bool		sized;			/* is too large a value a program limit
								 * (54000), not a wrong value? */
	double		number;			/* the default of a number, count, seed or
								 * place in the list of names */
	Interval	span;			/* the default of a span */
	const char *const *names;	/* NULL at the end */
	const char *hint;			/* of what is out of bounds */
} ParameterDef;

typedef struct ParameterTable
{
	const ParameterDef *def;
	int			count;
} ParameterTable;

#define PARAMETER_TABLE(defs) {defs, lengthof(defs)}

typedef struct ParameterValue
{
	bool		given;			/* false: optional, and not there */
	union
	{
		double		number;
		int64		count;		/* or a seed, a time, a name's place */
		Interval	span;
		struct varlena *array;
	}			u;
} ParameterValue;

extern double NumberArg(FunctionCallInfo fcinfo, int argno,
						const ParameterDef *def);
extern ParameterValue *ReadParameters(FunctionCallInfo fcinfo, int argno,
									  const ParameterTable *table,
									  TimeKind kind);
extern ParameterValue *KeepParameters(const ParameterValue *parameter,
									  const ParameterTable *table,
									  MemoryContext context);
extern int64 CountNamed(const ParameterValue *parameter,
						const ParameterTable *table, const char *name,
						int64 otherwise);
extern double NumberNamed(const ParameterValue *parameter,
						  const ParameterTable *table, const char *name,
						  double otherwise);
extern void CheckSameParameters(const ParameterValue *a,
								const ParameterValue *b,
								const ParameterTable *table);
extern void CheckParametersOfRow(FunctionCallInfo fcinfo, int argno,
								 const ParameterValue *kept,
								 const ParameterTable *table, TimeKind kind);
extern void WriteParameters(StringInfo buf, const ParameterValue *parameter,
							const ParameterTable *table);
extern ParameterValue *ParametersFrom(StringInfo buf,
									  const ParameterTable *table,
									  TimeKind kind);

#endif							/* BUBBLE_PARAMETERS_H */
