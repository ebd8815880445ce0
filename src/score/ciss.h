/*
 * ciss.h - scores that fire together count for more
 *
 * Kernel: no PostgreSQL in here.
 *
 * The ECB's Composite Indicator of Systemic Stress aggregates indicators as
 * the risk of a portfolio of them: with scores s from 0 to 1 and weights w
 *
 *	ciss = (w s)' C (w s),		C(i, j) = m(i, j) / sqrt(m(i, i) m(j, j)),
 *	m = lambda m + (s - 1/2)(s - 1/2)'		row by row, lambda = 0.93
 *
 * Where all scores move together it is the square of their mean; where they do
 * not, less.  A score that is missing in a row takes no part in that row's
 * update, as if it stood at the middle, so that C stays a correlation matrix.
 * Unknown correlations are 0.
 *
 * Of the symmetric matrices m and C only the lower triangle is kept, row by
 * row:  (0, 0)  (1, 0) (1, 1)  (2, 0) (2, 1) (2, 2) ...
 *
 * Reference: D. Hollo, M. Kremer, M. Lo Duca, CISS - a composite indicator of
 * systemic stress in the financial system, ECB Working Paper 1426, 2012.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#ifndef BUBBLE_CISS_H
#define BUBBLE_CISS_H

#include <stdbool.h>
#include <stddef.h>

extern size_t CissRoom(int indicators);
extern void CissAdd(double *moment, const double *score, const bool *missing,
					int indicators);
extern void CissCorrelations(const double *moment, int indicators,
							 double *correlation);
extern void CissForm(const double *correlation, const double *share,
					 int indicators, double *part);

#endif							/* BUBBLE_CISS_H */
