/*
 * result_row.h - functions whose result is a row
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#ifndef BUBBLE_RESULT_ROW_H
#define BUBBLE_RESULT_ROW_H

#include "access/tupdesc.h"
#include "fmgr.h"

extern TupleDesc ResultRowType(FunctionCallInfo fcinfo);

#endif							/* BUBBLE_RESULT_ROW_H */
