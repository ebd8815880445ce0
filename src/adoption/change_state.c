/*
 * change_state.c - all changes of the mean of a series
 *
 * The method is described in change_state.h.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "postgres.h"

#include <float.h>
#include <math.h>

#include "miscadmin.h"

#include "adoption/change_partition.h"
#include "adoption/change_state.h"
#include "foundation/array.h"
#include "foundation/compensated_sum.h"

/* Room for intervals at first. */
#define FEW_INTERVALS 64

/* Half the variance of differences needs two of them. */
#define LEAST_ROWS 3

/*
 * The variance of the noise, on the scale; 0 if differences are the same but
 * for rounding.
 */
static double
noise_of(const double *value, int64 count, const LevelScale *scale)
{
	const double rounding = 4.0 * DBL_EPSILON * scale->largest * scale->zoom;
	const double rise = (ScaledLevel(scale, value[count - 1]) -
						 ScaledLevel(scale, value[0])) / (double) (count - 1);
	CompensatedSum sum = {0.0, 0.0};
	double		noise;
	int64		i;

	for (i = 1; i < count; i++)
	{
		const double difference = ScaledLevel(scale, value[i]) -
			ScaledLevel(scale, value[i - 1]) - rise;

		CHECK_FOR_INTERRUPTS();
		CompensatedAdd(&sum, difference * difference);
	}
	noise = CompensatedTotal(&sum) / (double) (count - 2) / 2.0;
	return noise > rounding * rounding ? noise : 0.0;
}

static void
start_partition(Partition *partition, double penalty, const double *value,
				int64 count, const LevelScale *scale)
{
	double		lowest = value[0];
	double		highest = value[0];
	int64		i;

	for (i = 1; i < count; i++)
	{
		CHECK_FOR_INTERRUPTS();
		lowest = Min(lowest, value[i]);
		highest = Max(highest, value[i]);
	}
	partition->capacity = FEW_INTERVALS;
	partition->interval = palloc(FEW_INTERVALS * sizeof(MeanInterval));
	partition->spare = palloc(FEW_INTERVALS * sizeof(MeanInterval));
	PartitionStart(partition, penalty, ScaledLevel(scale, lowest),
				   ScaledLevel(scale, highest));
}

static void
make_room(Partition *partition)
{
	int64		capacity = partition->capacity;

	if (PartitionNeeds(partition) <= capacity)
		return;
	partition->interval = GrowArray(CurrentMemoryContext, partition->interval,
									&partition->capacity,
									PartitionNeeds(partition),
									sizeof(MeanInterval));
	partition->spare = GrowArray(CurrentMemoryContext, partition->spare,
								 &capacity, PartitionNeeds(partition),
								 sizeof(MeanInterval));
}

/*
 * For each row where the last piece begins of the best cut of all rows up to
 * it.  Rows at the same time are not cut apart.
 */
static int64 *
starts_of(const ChangePieces *pieces, double penalty)
{
	const SeriesView *view = pieces->view;
	Partition	partition;
	int64		room = 0;
	int64	   *start = GrowArray(CurrentMemoryContext, NULL, &room,
								  view->length, sizeof(int64));
	int64		i;

	start_partition(&partition, penalty, view->value, view->length,
					&pieces->scale);
	for (i = 0; i < view->length; i++)
	{
		CHECK_FOR_INTERRUPTS();
		if (i > 0 && view->at[i - 1] != view->at[i])
		{
			make_room(&partition);
			PartitionCut(&partition);
		}
		PartitionAdd(&partition, ScaledLevel(&pieces->scale, view->value[i]));
		start[i] = partition.start;
	}
	pfree(partition.interval);
	pfree(partition.spare);
	return start;
}

/*
 * The pieces of the best cut.  "penalty" is that of a cut over the variance
 * of the noise, NaN for 2 ln n.  False if there is no noise to be seen: of
 * less than three rows, or on a straight line.
 */
bool
ChangePiecesOf(const SeriesView *view, double penalty, ChangePieces *pieces)
{
	const int64 count = view->length;
	int64	   *start;
	int64		room = 0;

	pieces->view = view;
	pieces->count = 1;
	if (count < LEAST_ROWS)
		return false;
	if (!LevelScaleOf(view->value, count, &pieces->scale))
		return true;
	pieces->noise = noise_of(view->value, count, &pieces->scale);
	if (pieces->noise == 0.0)
		return false;
	if (isnan(penalty))
		penalty = 2.0 * log((double) count);
	start = starts_of(pieces, penalty * pieces->noise);
	pieces->count = PartitionPieces(start, count);
	pieces->piece = GrowArray(CurrentMemoryContext, NULL, &room,
							  pieces->count, sizeof(int64));
	PartitionTrace(start, count, pieces->piece, pieces->count);
	pfree(start);
	return true;
}

static int64
piece_end(const ChangePieces *pieces, int64 number)
{
	return number + 1 < pieces->count ? pieces->piece[number + 1] :
		pieces->view->length;
}

double
PieceMean(const ChangePieces *pieces, int64 number)
{
	return MeanOf(pieces->view->value, pieces->piece[number],
				  piece_end(pieces, number), &pieces->scale);
}

/*
 * What squares lose by the cut ahead of a piece, over the variance of the
 * noise.
 */
double
PieceGain(const ChangePieces *pieces, int64 number, double before,
		  double after)
{
	const double middle = (double) pieces->piece[number];
	const double rows_before = middle - (double) pieces->piece[number - 1];
	const double rows_after = (double) piece_end(pieces, number) - middle;
	const double change = ScaledLevel(&pieces->scale, after) -
		ScaledLevel(&pieces->scale, before);

	return change * change / pieces->noise /
		(1.0 / rows_before + 1.0 / rows_after);
}
