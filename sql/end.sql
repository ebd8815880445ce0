-- ---------------------------------------------------------------------------
-- The catalogue: what there is to be called, topic by topic
-- ---------------------------------------------------------------------------

CREATE VIEW bubble_functions (topic, name, forms, meaning) AS
SELECT topic, name, pg_catalog.array_agg(form ORDER BY arguments, form),
	(pg_catalog.array_agg(meaning ORDER BY arguments, form))[1]
FROM (
	SELECT pg_catalog.split_part(told.description, ': ', 1) AS topic, CAST(callable.proname AS pg_catalog.text) AS name,
		pg_catalog.pg_get_function_arguments(callable.oid) AS form, callable.pronargs AS arguments,
		pg_catalog.substr(told.description, pg_catalog.strpos(told.description, ': ') OPERATOR(pg_catalog.+) 2) AS meaning
	FROM pg_catalog.pg_extension AS extension
	JOIN pg_catalog.pg_depend AS member ON member.refclassid OPERATOR(pg_catalog.=) extension.tableoid
		AND member.refobjid OPERATOR(pg_catalog.=) extension.oid AND member.deptype OPERATOR(pg_catalog.=) 'e'
	JOIN pg_catalog.pg_proc AS callable ON member.classid OPERATOR(pg_catalog.=) callable.tableoid
		AND member.objid OPERATOR(pg_catalog.=) callable.oid
	JOIN pg_catalog.pg_description AS told ON told.classoid OPERATOR(pg_catalog.=) callable.tableoid
		AND told.objoid OPERATOR(pg_catalog.=) callable.oid AND told.objsubid OPERATOR(pg_catalog.=) 0
	WHERE extension.extname OPERATOR(pg_catalog.=) 'bubble'
) AS functions
WHERE topic OPERATOR(pg_catalog.=) ANY (CAST('{series,drawdown,valuation,funding,explosive,score,warning}' AS pg_catalog.text[]))
GROUP BY topic, name;

COMMENT ON VIEW bubble_functions
	IS 'what users call: topic, name, its forms, what it means';

GRANT SELECT ON bubble_functions TO PUBLIC;

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
