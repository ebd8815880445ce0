/*
 * fit_row.h - the row types adoption_fit and adoption_fit_date
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#ifndef BUBBLE_ADOPTION_FIT_ROW_H
#define BUBBLE_ADOPTION_FIT_ROW_H

#include "access/htup_details.h"

#include "adoption/fit_state.h"

/*
 * What a row tells of its curve.
 */
typedef struct FitRow
{
	NaturalCurve curve;
	TimeScale	scale;
	double		variance;		/* of what the curve misses */
	double		freedom;		/* degrees of it */
	bool		increments;
	double		step;			/* years */
	double		last;			/* the last row, years since the origin */
} FitRow;

extern Datum FitRowDatum(TupleDesc rowtype, const AdoptionFit *fit);
extern bool FitRowOf(HeapTupleHeader row, FitRow *fit);

#endif							/* BUBBLE_ADOPTION_FIT_ROW_H */
