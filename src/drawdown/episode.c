/*
 * episode.c - the drawdowns of a price curve, one after the other
 *
 * Kernel: no PostgreSQL in here.  The method is described in episode.h.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "drawdown/episode.h"

#include <math.h>
#include <stddef.h>

/*
 * A product of two numbers, exactly: (high + low) * 2^exponent.
 */
typedef struct ExactProduct
{
	double		high;
	double		low;
	int			exponent;
} ExactProduct;

/*
 * The mantissas lie in [0.5, 1), so neither their product nor its rounding
 * error, which fma() tells, is too small for a double.
 */
static ExactProduct
exact_product(double a, double b)
{
	ExactProduct product;
	int			exponent_a;
	int			exponent_b;
	double		mantissa_a = frexp(a, &exponent_a);
	double		mantissa_b = frexp(b, &exponent_b);

	product.high = mantissa_a * mantissa_b;
	product.low = fma(mantissa_a, mantissa_b, -product.high);
	product.exponent = exponent_a + exponent_b;
	return product;
}

/*
 * a * b < c * d, where none is negative?  High parts are rounded products, and
 * rounding keeps the order.  Those that are not 0 lie in [0.25, 1), so that a
 * distance of more than two between the exponents decides.
 */
static bool
product_less(double a, double b, double c, double d)
{
	ExactProduct left = exact_product(a, b);
	ExactProduct right = exact_product(c, d);
	int			shift = left.exponent - right.exponent;

	if (left.high == 0.0 || right.high == 0.0)
		return left.high < right.high;
	if (shift < -2 || shift > 2)
		return shift < 0;
	left.high = ldexp(left.high, shift);
	left.low = ldexp(left.low, shift);
	if (left.high != right.high)
		return left.high < right.high;
	return left.low < right.low;
}

/*
 * Did the price fall further?  The quotients decide if they differ.  Equal
 * ones may be two different ratios that are rounded to the same double, and
 * then the exact ratios decide: of all rows after a peak the one at the
 * lowest price is the deepest, of all peaks before a trough the highest one
 * gives the deepest fall, and both would be wrong with rounded ratios, of
 * which the earliest might be another row.  So the deepest episode is to be
 * found among the prefix maxima and suffix minima of a history alone.
 */
bool
EpisodeDeeper(const DrawdownEpisode *episode, const DrawdownEpisode *than)
{
	double		retained = EpisodeRetained(episode);
	double		compared = EpisodeRetained(than);

	if (retained != compared)
		return retained < compared;
	return product_less(episode->trough, than->peak,
						than->trough, episode->peak);
}

static void
start_episode(DrawdownEpisode *episode, int64_t at, double price)
{
	episode->peak_at = at;
	episode->peak = price;
	episode->trough_at = at;
	episode->trough = price;
	episode->recovered_at = 0;
	episode->recovered = false;
	episode->observations = 1;
	episode->last_at = at;
}

static bool
has_fallen(const DrawdownEpisode *episode)
{
	return episode->trough < episode->peak;
}

/*
 * Count a row at the time of the last recovery, or make that episode final.
 * Of equally deep ones the earliest stays the deepest.
 */
static bool
settle(EpisodeScan *scan, int64_t at)
{
	if (at == scan->finished.recovered_at)
	{
		scan->finished.observations++;
		return false;
	}
	if (!scan->any_final || EpisodeDeeper(&scan->finished, &scan->deepest))
		scan->deepest = scan->finished;
	scan->any_final = true;
	scan->waiting = false;
	return true;
}

/*
 * Back at the peak or above: an episode ends, the next one begins.
 */
static void
reach_peak(EpisodeScan *scan, int64_t at, double price)
{
	if (has_fallen(&scan->current))
	{
		scan->finished = scan->current;
		scan->finished.observations++;
		scan->finished.recovered = true;
		scan->finished.recovered_at = at;
		scan->finished.last_at = at;
		scan->waiting = true;
	}
	start_episode(&scan->current, at, price);
}

/*
 * Go on to the next row in time.  A scan starts with all bytes zero.  True
 * if this row has made the episode "finished" final.
 */
bool
EpisodeScanStep(EpisodeScan *scan, int64_t at, double price)
{
	DrawdownEpisode *current = &scan->current;
	bool		final = scan->waiting && settle(scan, at);

	if (scan->rows++ == 0 || price >= current->peak)
	{
		reach_peak(scan, at, price);
		return final;
	}
	current->observations++;
	current->last_at = at;
	if (price < current->trough)
	{
		current->trough = price;
		current->trough_at = at;
	}
	return final;
}

/*
 * The episode that rows to come may still change, if there is one: an open
 * one, or one that has recovered at the time of the last row.  It cannot be
 * both, because prices do not fall within one time.
 */
const DrawdownEpisode *
EpisodeScanPending(const EpisodeScan *scan)
{
	if (scan->waiting)
		return &scan->finished;
	return has_fallen(&scan->current) ? &scan->current : NULL;
}

/*
 * The deepest episode so far, the earliest of equally deep ones; NULL if the
 * price never fell.
 */
const DrawdownEpisode *
EpisodeScanDeepest(const EpisodeScan *scan)
{
	const DrawdownEpisode *pending = EpisodeScanPending(scan);

	if (!scan->any_final)
		return pending;
	if (pending != NULL && EpisodeDeeper(pending, &scan->deepest))
		return pending;
	return &scan->deepest;
}
