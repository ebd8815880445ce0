/*
 * preference_arguments.h - how misses and false alarms are weighed
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#ifndef BUBBLE_PREFERENCE_ARGUMENTS_H
#define BUBBLE_PREFERENCE_ARGUMENTS_H

#include "foundation/parameters.h"

#define PREFERENCE_PARAMETER \
	{"preference", PARAMETER_NUMBER, .least = 0.0, .most = 1.0, \
		.above_least = true, .below_most = true, .number = 0.5, \
		.hint = "0.5 weighs missed events and false alarms alike; more of " \
		"it fears missed events more."}

#endif							/* BUBBLE_PREFERENCE_ARGUMENTS_H */
