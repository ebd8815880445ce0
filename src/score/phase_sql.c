/*
 * phase_sql.c - SQL function bubble_phase(score, drawdown)
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "postgres.h"

#include "utils/builtins.h"

#include "score/score_arguments.h"

PG_FUNCTION_INFO_V1(bubble_phase);

/* Where one phase ends and the next begins. */
#define BUILDING_FROM 40.0
#define ELEVATED_FROM 60.0
#define BUBBLE_FROM 80.0
#define BURSTING_ABOVE 0.20

/*
 * The part of a score or drawdown that is too small to matter: both are
 * rounded, and the limits are meant in decimal.  A fall from 10.1 to 8.08 is
 * not more than 0.2.
 */
#define LIMIT_TOLERANCE 0x1p-40

static void
check_drawdown(double drawdown)
{
	if (!(drawdown >= 0.0 && drawdown <= 1.0))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("drawdown must be from 0 to 1"),
				 errdetail("The drawdown is %g.", drawdown),
				 errhint("Use the fraction lost from the peak, such as "
						 "0.25, or NULL for an unknown drawdown.")));
}

static const char *
phase_of_score(double score)
{
	score += 100.0 * LIMIT_TOLERANCE;
	if (score < BUILDING_FROM)
		return "calm";
	if (score < ELEVATED_FROM)
		return "building";
	return score < BUBBLE_FROM ? "elevated" : "bubble";
}

Datum
bubble_phase(PG_FUNCTION_ARGS)
{
	if (!PG_ARGISNULL(0))
		CheckScore(PG_GETARG_FLOAT8(0));
	if (!PG_ARGISNULL(1))
	{
		check_drawdown(PG_GETARG_FLOAT8(1));
		if (PG_GETARG_FLOAT8(1) > BURSTING_ABOVE + LIMIT_TOLERANCE)
			PG_RETURN_TEXT_P(cstring_to_text("bursting"));
	}
	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	PG_RETURN_TEXT_P(cstring_to_text(phase_of_score(PG_GETARG_FLOAT8(0))));
}
