-- What every aggregate gives lies in the tuples that a sort, a Gather Merge, a
-- materialised result is made of: states and results, of rows out of order,
-- wherever PostgreSQL keeps them.
\getenv srcdir PG_ABS_SRCDIR
\set setup :srcdir '/setup.sql'
\i :setup
\set ECHO none
SET client_min_messages = warning;
\set every_aggregate :srcdir '/every_aggregate.sql'
\i :every_aggregate
SET client_min_messages = error;
\set ECHO all
ALTER TABLE observed SET (parallel_workers = 2, autovacuum_enabled = off);
ANALYZE observed;
SET timezone = 'UTC';

-- Is there no argument that is not known?
SELECT aggregate FROM every_aggregate WHERE call IS NULL;

-- The rows of a query with a column k and the result v, in order of k.
CREATE FUNCTION answer(query text) RETURNS text
LANGUAGE plpgsql AS
$$
DECLARE
	answer text;
BEGIN
	EXECUTE format('SELECT string_agg(q.k || '':'' || coalesce(v::text, ''-''), '' '' '
		'ORDER BY q.k) FROM (%s) AS q', query) INTO answer;
	RETURN answer;
END
$$;

CREATE TABLE form (name text, query text, settings text);
INSERT INTO form VALUES
	('sort', 'SELECT k, %s AS v FROM observed GROUP BY k ORDER BY count(*), k DESC',
		'enable_sort=on'),
	('sort of groups', 'SELECT k, %s AS v FROM observed GROUP BY k ORDER BY k',
		'enable_hashagg=off'),
	('incremental sort', 'SELECT k, %s AS v FROM observed GROUP BY k ORDER BY k / 2, count(*), k',
		'enable_hashagg=off'),
	('distinct on', 'SELECT DISTINCT ON (n, k) k, v FROM (SELECT k, count(*) AS n, %s AS v '
		'FROM observed GROUP BY k) AS g', 'enable_hashagg=on'),
	('window', 'SELECT k, v FROM (SELECT k, v, row_number() OVER (ORDER BY n, -k) AS r '
		'FROM (SELECT k, count(*) AS n, %s AS v FROM observed GROUP BY k) AS g) AS w',
		'enable_hashagg=on'),
	('materialized', 'WITH g AS MATERIALIZED (SELECT k, %s AS v FROM observed GROUP BY k) SELECT '
		'a.k, a.v FROM g AS a, g AS b WHERE a.k = b.k', 'enable_hashagg=on'),
	('join', 'SELECT g.k, v FROM (SELECT k, %s AS v FROM observed GROUP BY k) AS g, '
		'generate_series(1, 4) AS o WHERE o = g.k', 'enable_hashjoin=off'),
	('lateral', 'SELECT g.k, v FROM generate_series(1, 4) AS o, LATERAL (SELECT k, %s AS v '
		'FROM observed WHERE k = o GROUP BY k OFFSET 0) AS g', 'enable_memoize=on');

-- Forms in which an aggregate answers otherwise than without a sort.
CREATE FUNCTION differences(parallel boolean) RETURNS TABLE (form text, aggregate regprocedure)
LANGUAGE plpgsql AS
$$
DECLARE
	a record;
	f record;
	wanted text;
BEGIN
	-- Those that draw hundreds of paths have the state of those that draw few.
	FOR a IN
		SELECT * FROM every_aggregate
		WHERE (in_parts OR NOT parallel) AND (call !~ 'explosive_bootstrap' OR call ~ '19')
		ORDER BY every_aggregate.aggregate
	LOOP
		SET LOCAL max_parallel_workers_per_gather = 0;
		wanted := answer(format('SELECT k, %s AS v FROM observed GROUP BY k', a.call));
		IF parallel THEN
			SET LOCAL max_parallel_workers_per_gather = 2;
		END IF;
		FOR f IN SELECT * FROM form LOOP
			EXECUTE 'SET LOCAL ' || f.settings;
			IF answer(format(f.query, a.call)) IS DISTINCT FROM wanted THEN
				form := f.name;
				aggregate := a.aggregate;
				RETURN NEXT;
			END IF;
			EXECUTE 'RESET ' || split_part(f.settings, '=', 1);
		END LOOP;
	END LOOP;
END
$$;
SELECT * FROM differences(false);

-- The same with states on their way between processes, sorted by groups: with
-- little memory and many groups to be expected that is the plan.
SET parallel_setup_cost = 0;
SET parallel_tuple_cost = 0;
SET min_parallel_table_scan_size = 0;
SET max_parallel_workers_per_gather = 2;
SET work_mem = '64kB';
SET hash_mem_multiplier = 6;
ALTER TABLE observed ALTER k SET (n_distinct = -0.003);
ANALYZE observed;
UPDATE pg_class SET reltuples = 200000 WHERE oid = 'observed'::regclass;
EXPLAIN (COSTS OFF) SELECT k, ulcer_index(value, at) AS v FROM observed GROUP BY k;
DELETE FROM form WHERE name NOT IN ('sort', 'materialized');
INSERT INTO form VALUES ('gather merge', 'SELECT k, %s AS v FROM observed GROUP BY k',
	'enable_hashagg=on');
SELECT * FROM differences(true);

-- A value that lives on is as it was after a function looked at it: a cursor,
-- a variable, a second function over the same state.
BEGIN;
DECLARE held CURSOR WITH HOLD FOR
	SELECT k, bubble_series(value, at) AS s, drawdown_summary(value, at) AS d FROM observed
	GROUP BY k ORDER BY count(*), k LIMIT 1;
COMMIT;
FETCH NEXT FROM held \gset
SELECT :'s'::bubble_series::text = bubble_series(value, at ORDER BY at)::text AS series,
	:'d'::drawdown_summary::text = drawdown_summary(value, at ORDER BY at)::text AS summary
FROM observed WHERE k = 1;
CLOSE held;
SELECT *
FROM (
	SELECT k, max_drawdown(bubble_series(value, at)) AS a, ulcer_index(value, at) AS b,
		pain_index(value, at) AS c,
		max_drawdown(bubble_series(value, at ORDER BY at)) AS e,
			ulcer_index(value, at ORDER BY at) AS f, pain_index(value, at ORDER BY at) AS g
	FROM observed GROUP BY k
) AS q
WHERE a <> e OR b <> f OR c <> g;

-- Sorts inside of aggregates, and containers of values that were never stored.
SELECT is_same(rollup(s ORDER BY n DESC)::text, rollup(s)::text) AS series,
	is_same(rollup(d ORDER BY n DESC)::text, rollup(d)::text) AS summary,
	count(DISTINCT s::text) AS distinct_values, (array_agg(s ORDER BY n DESC))[1]::text
	= max(s::text) FILTER (WHERE n = 4) AS in_array, (array_agg(ROW(s, d) ORDER BY n))[4]::text
	= max(ROW(s, d)::text) FILTER (WHERE n = 4) AS in_row
FROM (SELECT k AS n, bubble_series(value, at) AS s, drawdown_summary(value, at) AS d FROM observed
	GROUP BY k OFFSET 0) AS q;
SELECT count(*)
FROM (SELECT 'date{2000-01-03=3,2000-01-01=1,2000-01-02=2}'::bubble_series AS s, i
	FROM generate_series(1, 3) AS i ORDER BY -i) AS q
WHERE s::text = 'date{2000-01-01=1,2000-01-02=2,2000-01-03=3}';
DROP TABLE observed CASCADE;
DROP TABLE form;
DROP VIEW every_aggregate;
DROP FUNCTION argument, answer, differences(boolean);
