/*
 * velocity_spec.h - which span of time a velocity of funding is about
 *
 * The parameters behind (amount, at): span, one year if not given, and as_of,
 * the latest row if not given.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#ifndef BUBBLE_FUNDING_VELOCITY_SPEC_H
#define BUBBLE_FUNDING_VELOCITY_SPEC_H

#include "foundation/timeline.h"

typedef struct VelocitySpec
{
	TimeKind	kind;
	Interval	span;
	bool		has_as_of;
	int64		as_of;			/* meaningful if has_as_of, otherwise 0 */
} VelocitySpec;

extern VelocitySpec VelocitySpecArgs(FunctionCallInfo fcinfo, TimeKind kind);
extern void CheckSameVelocitySpec(const VelocitySpec *a,
								  const VelocitySpec *b);
extern void VelocitySpecSerialize(StringInfo buf, const VelocitySpec *spec);
extern VelocitySpec VelocitySpecDeserialize(StringInfo buf);

#endif							/* BUBBLE_FUNDING_VELOCITY_SPEC_H */
