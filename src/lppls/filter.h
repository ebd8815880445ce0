/*
 * filter.h - which fits count as signs of a bubble
 *
 * Kernel: no PostgreSQL in here.
 *
 * Conditions that were published for the LPPLS confidence indicator, the share
 * of windows whose fits satisfy them.  They do not ask whether the critical
 * time is on a bound of the search: whoever counts fits does.
 *
 * References: D. Sornette, G. Demos, Q. Zhang, P. Cauwels, V. Filimonov,
 * Q. Zhang, Real-time prediction and post-mortem analysis of the Shanghai 2015
 * stock market bubble and crash, Journal of Investment Strategies 4, 2015
 * (confidence and trust);  M. Shu, W. Zhu, Real-time prediction of Bitcoin
 * bubble crashes, Physica A 548, 2020;  the Python package lppls.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#ifndef BUBBLE_LPPLS_FILTER_H
#define BUBBLE_LPPLS_FILTER_H

#include "lppls/fit.h"

typedef struct LpplsFilter
{
	double		least_exponent;
	double		most_exponent;
	double		least_frequency;
	double		most_frequency;
	double		most_share;		/* rows ahead over rows of the window */
	double		most_ahead;		/* rows ahead */
	double		least_oscillations;
	double		least_damping;
	double		most_error;
} LpplsFilter;

typedef enum LpplsFilterName
{
	LPPLS_SORNETTE,
	LPPLS_TRUST,
	LPPLS_SHU_ZHU,
	LPPLS_PACKAGE
} LpplsFilterName;

extern bool LpplsQualifies(const LpplsFit *fit, LpplsFilterName name);

#endif							/* BUBBLE_LPPLS_FILTER_H */
