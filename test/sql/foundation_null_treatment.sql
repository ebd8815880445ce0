-- IGNORE NULLS would change nothing in functions that leave rows with NULL out
-- anyway. Every window function refuses it: up to PostgreSQL 18 the server does,
-- which does not know it, since then the function itself.
\getenv srcdir PG_ABS_SRCDIR
\set setup :srcdir '/setup.sql'
\i :setup
SELECT p.oid::regprocedure AS not_refused, error
FROM pg_depend AS d JOIN pg_proc AS p ON p.oid = d.objid,
	LATERAL (SELECT string_agg(format('NULL::%s', format_type(t, NULL)), ', ' ORDER BY i)
		FROM unnest(p.proargtypes) WITH ORDINALITY AS u (t, i)) AS a (arguments),
	error_of(format('SELECT %I(%s) IGNORE NULLS OVER ()', p.proname, arguments)) AS error
WHERE d.classid = 'pg_proc'::regclass AND d.deptype = 'e' AND d.refclassid
	= 'pg_extension'::regclass
	AND d.refobjid = (SELECT oid FROM pg_extension WHERE extname = 'bubble')
	AND p.prokind = 'w'
	AND left(error, 5) <> CASE WHEN current_setting('server_version_num')::integer >= 190000
			THEN '0A000' ELSE '42601' END;
-- Without it they are as ever.
SELECT i, percentile_score(x) OVER (), minmax_score(x) OVER ()
FROM (VALUES (1, 10.0), (2, NULL), (3, 30.0), (4, 20.0)) AS v (i, x)
ORDER BY i;
