-- Aggregates that depend on the order of their rows and know no time: a
-- WARNING where a call leaves the order to the plan, once a statement.
\getenv srcdir PG_ABS_SRCDIR
\set setup :srcdir '/setup.sql'
\i :setup
CREATE VIEW order_matters AS
SELECT p.proname AS name,
	CASE p.proargtypes[0] WHEN 'double precision[]'::regtype THEN 'ARRAY[x]'
		ELSE 'x' END AS argument
FROM pg_proc p JOIN pg_aggregate a ON a.aggfnoid = p.oid JOIN pg_depend d ON d.objid = p.oid
	AND d.deptype = 'e'
WHERE d.refobjid = (SELECT oid FROM pg_extension WHERE extname = 'bubble') AND p.pronargs = 1
	AND a.aggcombinefn = 0;
CREATE TABLE few AS SELECT x FROM unnest('{0.3,0.1,0.4,0.2}'::float8[]) AS x;
\pset format unaligned

-- Each of them.
SELECT format('SELECT pg_typeof(%s(%s)) AS %1$s FROM few', name, argument) FROM order_matters
	ORDER BY name COLLATE "C" \gexec

-- None of these: an order inside, a window, no rows, a form with a time.
SELECT format('SELECT pg_typeof(%s(%s ORDER BY x)) AS %1$s FROM few', name, argument)
FROM order_matters ORDER BY name COLLATE "C" \gexec
SELECT format('SELECT count(*) AS %1$s FROM (SELECT %1$s(%s) OVER (ORDER BY x ROWS 1 PRECEDING) '
	'FROM few) AS rows', name, argument)
	FROM order_matters ORDER BY name COLLATE "C" \gexec
SELECT max_drawdown(x) AS no_rows FROM few WHERE x > 1;
SELECT round(max_drawdown(x, date '2000-01-01' - (10 * x)::int)::numeric, 2) AS with_time FROM few;

-- Once a statement, however many groups and functions; again in the next one.
SELECT x > 0.2 AS high, count(max_drawdown(x)) OVER () + count(max_runup(x)) OVER () AS groups
FROM few GROUP BY 1 ORDER BY 1;
SELECT round(max_drawdown(x)::numeric, 2) AS again FROM few;

DROP VIEW order_matters;
DROP TABLE few;
