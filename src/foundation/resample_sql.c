/*
 * resample_sql.c - SQL function bubble_resample_draws(): the parts of which a
 * replication is made, for whoever wants to compute an interval again
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "miscadmin.h"
#include "utils/array.h"

#include "foundation/parameters.h"
#include "foundation/resample.h"

#define MOST_DRAWS 1000000

PG_FUNCTION_INFO_V1(bubble_resample_draws);

enum
{
	SEED,
	REPLICATION,
	DRAWS,
	PARTS
};

static const ParameterDef draws_defs[] = {
	[SEED] = RESAMPLE_SEED_PARAMETER,
	[REPLICATION] = {"replication", PARAMETER_COUNT, .least = 1,
		.most = MOST_RESAMPLES, .hint = "Replications are counted from 1."},
	[DRAWS] = {"draws", PARAMETER_COUNT, .sized = true, .least = 1,
		.most = MOST_DRAWS, .hint = "Use the number of parts to be drawn."},
	[PARTS] = {"parts", PARAMETER_COUNT, .sized = true, .least = 1,
		.most = PG_UINT32_MAX, .hint = "Use the number of parts that there "
		"are."}
};
static const ParameterTable draws_parameters = PARAMETER_TABLE(draws_defs);

/*
 * Parts are counted from 1.
 */
Datum
bubble_resample_draws(PG_FUNCTION_ARGS)
{
	const ParameterValue *parameter = ReadParameters(fcinfo, 0,
													 &draws_parameters,
													 TIME_IS_DATE);
	int			draws = (int) parameter[DRAWS].u.count;
	Datum	   *part = palloc(draws * sizeof(Datum));
	gsl_rng    *generator = CreateGenerator();
	int			i;

	SeedGenerator(generator, parameter[SEED].u.count,
				  parameter[REPLICATION].u.count - 1);
	for (i = 0; i < draws; i++)
	{
		CHECK_FOR_INTERRUPTS();
		part[i] = Int64GetDatum(1 + DrawBelow(generator,
											  parameter[PARTS].u.count));
	}
	PG_RETURN_ARRAYTYPE_P(construct_array(part, draws, INT8OID, sizeof(int64),
										  FLOAT8PASSBYVAL, TYPALIGN_DOUBLE));
}
