/*
 * refresh_sql.c - SQL function bubble_in_block(), for bubble_refresh
 *
 * A procedure commits between its steps only where it was not called in a
 * transaction block: plpgsql cannot tell, and would end with an ERROR.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "postgres.h"

#include "access/xact.h"
#include "fmgr.h"

PG_FUNCTION_INFO_V1(bubble_in_block);

/*
 * Is the statement part of a transaction block, an implicit one included?
 */
Datum
bubble_in_block(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(IsTransactionBlock());
}
