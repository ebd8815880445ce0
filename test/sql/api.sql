-- The whole interface: a change of it cannot go unseen.
\getenv srcdir PG_ABS_SRCDIR
\set setup :srcdir '/setup.sql'
\i :setup

-- Every member object of the extension, but for the types of arrays and of the
-- view's rows, which newer
-- versions of PostgreSQL count as well.
SELECT pg_describe_object(classid, objid, 0) COLLATE "C" AS member
FROM pg_depend
WHERE refclassid = 'pg_extension'::regclass AND deptype = 'e' AND
	refobjid = (SELECT oid FROM pg_extension WHERE extname = 'bubble') AND
	pg_describe_object(classid, objid, 0) !~ '^type (.*\[\]|bubble_functions)$'
ORDER BY member;

-- How the public ones may be called: kind, volatility, parallel safety.
SELECT p.oid::regprocedure AS function, p.prorettype::regtype AS result,
	p.prokind AS kind, p.provolatile AS volatile, p.proisstrict AS strict
FROM pg_proc p JOIN pg_depend d ON d.classid = 'pg_proc'::regclass AND
	d.objid = p.oid AND d.deptype = 'e'
WHERE d.refobjid = (SELECT oid FROM pg_extension WHERE extname = 'bubble') AND
	(p.proname NOT LIKE 'bubble\_%' OR p.prokind = 'a' OR
	 p.proname = 'bubble_phase')
ORDER BY p.oid::regprocedure::text COLLATE "C";

-- Nothing is without a comment, nothing is unsafe in parallel plans
-- but what makes and refreshes a scoreboard, or repairs a catalogue.
SELECT pg_describe_object(classid, objid, 0) AS without_comment
FROM pg_depend
WHERE refclassid = 'pg_extension'::regclass AND deptype = 'e' AND
	refobjid = (SELECT oid FROM pg_extension WHERE extname = 'bubble') AND
	pg_describe_object(classid, objid, 0) !~ '^type (.*\[\]|bubble_functions)$' AND
	coalesce(obj_description(objid, classid::regclass::name), '') = '';
SELECT count(*) AS unsafe
FROM pg_proc p JOIN pg_depend d ON d.classid = 'pg_proc'::regclass AND
	d.objid = p.oid AND d.deptype = 'e'
WHERE d.refobjid = (SELECT oid FROM pg_extension WHERE extname = 'bubble') AND
	p.proparallel <> 's' AND p.proname !~ '^bubble_(create|load|refresh|board|in_block|repair)';

-- An aggregate that knows the time of its rows can be computed in parts; only
-- internal states need functions to travel between processes.
SELECT a.aggfnoid::regprocedure AS not_in_parts
FROM pg_aggregate a JOIN pg_depend d ON d.classid = 'pg_proc'::regclass AND
	d.objid = a.aggfnoid AND d.deptype = 'e'
WHERE d.refobjid = (SELECT oid FROM pg_extension WHERE extname = 'bubble') AND
	(a.aggcombinefn = 0 OR a.aggtranstype = 'internal'::regtype AND
	 (a.aggserialfn = 0 OR a.aggdeserialfn = 0))
ORDER BY a.aggfnoid::regprocedure::text COLLATE "C";

-- It can be moved to another schema, and works from there unaided.
BEGIN;
CREATE SCHEMA elsewhere;
ALTER EXTENSION bubble SET SCHEMA elsewhere;
SELECT elsewhere.max_drawdown(x, d) AS moved
FROM (VALUES (2.0, date '2000-01-01'), (1.0, '2000-01-02')) AS v (x, d);
ROLLBACK;

-- Counts in rows are bigint.
SELECT c.relname, a.attname AS no_bigint
FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid JOIN pg_depend d ON d.classid
	= 'pg_class'::regclass AND d.objid = c.oid OR
	d.classid = 'pg_type'::regclass AND d.objid = c.reltype
WHERE c.relkind = 'c' AND d.deptype = 'e' AND a.atttypid = 'integer'::regtype AND
	d.refobjid = (SELECT oid FROM pg_extension WHERE extname = 'bubble');

-- What it costs is said of every function over a whole stored value, and the
-- room of every state that keeps rows.
SELECT p.oid::regprocedure AS cheap
FROM pg_proc p JOIN pg_depend d ON d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype
	= 'e'
WHERE d.refobjid = (SELECT oid FROM pg_extension WHERE extname = 'bubble') AND p.prokind = 'f'
	AND p.procost < 10 AND
	(p.proname = 'bubble_series' OR
		p.proargtypes[0] IN ('bubble_series'::regtype, 'drawdown_summary'::regtype) AND
		p.proname !~ '(_out|_send|_transfn|_combinefn)$')
ORDER BY p.oid::regprocedure::text COLLATE "C";
SELECT a.aggfnoid::regprocedure AS without_room
FROM pg_aggregate a JOIN pg_depend d ON d.classid = 'pg_proc'::regclass AND d.objid = a.aggfnoid
	AND d.deptype = 'e'
	JOIN pg_type t ON t.oid = a.aggtranstype
WHERE d.refobjid = (SELECT oid FROM pg_extension WHERE extname = 'bubble') AND NOT t.typbyval
	AND a.aggtransspace = 0 OR
	t.typname = 'internal' AND a.aggtransspace = 0 AND d.refobjid = (SELECT oid FROM pg_extension
		WHERE extname = 'bubble');

-- So a dear function waits until a sort and LIMIT have chosen its rows.
CREATE TABLE many AS SELECT i, bubble_series(j + i, date '2000-01-01' + j) AS s
	FROM generate_series(1, 3) AS i, generate_series(1, 9) AS j GROUP BY i;
EXPLAIN (COSTS OFF, VERBOSE) SELECT gsadf(s) FROM many ORDER BY i LIMIT 1;
DROP TABLE many;

-- The catalogue has every public function, and nothing else.
SELECT topic, string_agg(name, ' ' ORDER BY name COLLATE "C") AS functions FROM bubble_functions
GROUP BY topic ORDER BY topic;
SELECT name, forms, meaning FROM bubble_functions WHERE name IN ('funding_velocity', 'hype_ratio');
