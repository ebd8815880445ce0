/*
 * velocity_spec.c - which span of time a velocity of funding is about
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "postgres.h"

#include "libpq/pqformat.h"

#include "foundation/arguments.h"
#include "funding/velocity_spec.h"

/*
 * The parameters behind (amount, at), as far as they are given.
 */
VelocitySpec
VelocitySpecArgs(FunctionCallInfo fcinfo, TimeKind kind)
{
	VelocitySpec spec = {0};

	spec.kind = kind;
	spec.span = PG_NARGS() > 3 ? SpanArg(fcinfo, 3, "span") : OneYear();
	spec.has_as_of = PG_NARGS() > 4;
	if (spec.has_as_of)
	{
		if (PG_ARGISNULL(4))
			NullParameterError("as_of");
		spec.as_of = TimeArg(fcinfo, 4, kind, "as_of");
	}
	return spec;
}

void
CheckSameVelocitySpec(const VelocitySpec *a, const VelocitySpec *b)
{
	if (!SameSpan(&a->span, &b->span))
		ChangedParameterError("span");
	if (a->as_of != b->as_of)
		ChangedParameterError("as_of");
}

void
VelocitySpecSerialize(StringInfo buf, const VelocitySpec *spec)
{
	pq_sendbyte(buf, spec->kind);
	SpanSerialize(buf, &spec->span);
	pq_sendbyte(buf, spec->has_as_of);
	pq_sendint64(buf, spec->as_of);
}

VelocitySpec
VelocitySpecDeserialize(StringInfo buf)
{
	VelocitySpec spec = {0};

	spec.kind = pq_getmsgbyte(buf);
	spec.span = SpanDeserialize(buf);
	spec.has_as_of = pq_getmsgbyte(buf) != 0;
	spec.as_of = pq_getmsgint64(buf);
	return spec;
}
