-- ---------------------------------------------------------------------------
-- An aggregate is as stable as its functions
--
-- CREATE AGGREGATE calls every aggregate immutable, and nothing lets one say
-- otherwise.  But where months are taken from a timestamptz the answer depends
-- on the session's time zone.  postgres_fdw sends what is immutable to the
-- other server, whose sessions it keeps in GMT: the same query would have one
-- answer over a table and another one over the same table seen from elsewhere.
-- So the label is mended here, and these aggregates are computed where they
-- are asked for.  Dates know no time zone.  A function that is STABLE because
-- it also serves stored dates (bubble_series, drawdown_summary) gives times
-- of a timestamptz as they are.  This comes after the last aggregate.
-- ---------------------------------------------------------------------------

UPDATE pg_catalog.pg_proc AS aggregate
SET provolatile = 's'
FROM pg_catalog.pg_aggregate AS definition, pg_catalog.pg_depend AS member, pg_catalog.pg_extension AS extension, pg_catalog.pg_proc AS part
WHERE extension.extname OPERATOR(pg_catalog.=) 'bubble'
	AND member.refclassid OPERATOR(pg_catalog.=) extension.tableoid
	AND member.refobjid OPERATOR(pg_catalog.=) extension.oid
	AND member.deptype OPERATOR(pg_catalog.=) 'e'
	AND member.classid OPERATOR(pg_catalog.=) aggregate.tableoid
	AND member.objid OPERATOR(pg_catalog.=) aggregate.oid
	AND CAST(definition.aggfnoid AS pg_catalog.oid) OPERATOR(pg_catalog.=) aggregate.oid
	AND definition.aggtranstype OPERATOR(pg_catalog.=) CAST(CAST('pg_catalog.internal' AS pg_catalog.regtype) AS pg_catalog.oid)
	AND CAST(CAST('pg_catalog.timestamptz' AS pg_catalog.regtype) AS pg_catalog.oid) OPERATOR(pg_catalog.=) ANY (CAST(aggregate.proargtypes AS pg_catalog.oid[]))
	AND part.provolatile OPERATOR(pg_catalog.=) 's'
	AND part.oid OPERATOR(pg_catalog.=) ANY (ARRAY[CAST(definition.aggtransfn AS pg_catalog.oid), CAST(definition.aggfinalfn AS pg_catalog.oid)]);
