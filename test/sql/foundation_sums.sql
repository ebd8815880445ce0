-- Sums that start small are exact whatever comes next: terms far above and
-- below the first one, their leaving again, and parts that are put together.
\getenv srcdir PG_ABS_SRCDIR
\set setup :srcdir '/setup.sql'
\i :setup
SET client_min_messages = error;
SET jit = off;

-- Integers times powers of two, so that numeric has them exactly: close
-- together, a little apart, and over the whole range.
SELECT setseed(0.2026);
CREATE TABLE terms AS
SELECT g, i, m * 2.0::float8 ^ k AS x, m * 2::numeric ^ k AS n,
	(8 * ((i * 7919) % 100) / 100)::int AS part
FROM (SELECT g, i, floor(1e6 * random())::int AS m,
	floor(random() * (ARRAY[1, 60, 300, 900])[1 + g % 4])::int AS k
	FROM generate_series(1, 40) AS g, generate_series(1, 200) AS i) AS t;
-- A revenue of 1 makes the ratio the sum of valuations.
CREATE TABLE sums AS SELECT g, sum(n)::float8 AS total FROM terms GROUP BY g;
SELECT $$ SELECT g, valuation_to_revenue(x, (i = 7)::int {order}) AS total FROM {rows}
GROUP BY g $$ AS query \gset
SELECT * FROM in_every_plan('sums', 'g', 'terms', :'query', 'x');
SELECT count(*) AS rows, min((g, i, w, n)::text) FILTER (WHERE w IS DISTINCT FROM n) AS moving
FROM (SELECT g, i, valuation_to_revenue(x, 1) OVER f AS w, (sum(n) OVER f)::float8
	/ count(*) OVER f AS n FROM terms
	WINDOW f AS (PARTITION BY g % 4 ORDER BY g, i ROWS 5 PRECEDING)) AS x;
SELECT min((g, h, n)::text) FILTER (WHERE abs(h - n) > 1e-15) AS differing, count(h) AS groups
FROM (SELECT g, herfindahl(x) AS h FROM terms WHERE g % 4 < 3 GROUP BY g) AS a
	JOIN (SELECT g, (sum(n * n) / sum(n) ^ 2)::float8 AS n FROM terms GROUP BY g) AS b USING (g);

-- The mean and deviation of a zscore: what has left leaves no residue.
SELECT count(*) AS rows, min((i, a, b)::text) FILTER (WHERE a IS DISTINCT FROM b) AS no_residue
FROM (SELECT i, latest_zscore(CASE WHEN i % 50 = 0 THEN 1e200 WHEN i % 50 = 1 THEN 1e-200
	ELSE sin(i) END) OVER (ORDER BY i ROWS 9 PRECEDING) AS a FROM generate_series(1, 500) AS i) AS x
JOIN (SELECT i, latest_zscore(sin(i)) OVER (ORDER BY i ROWS 9 PRECEDING) AS b
	FROM generate_series(1, 500) AS i) AS y USING (i) WHERE i % 50 > 11;

-- Memory of a group, in bytes.
CREATE FUNCTION group_bytes(aggregate text) RETURNS numeric LANGUAGE plpgsql AS
$$
DECLARE
	plan json;
BEGIN
	EXECUTE format('EXPLAIN (ANALYZE, FORMAT json) SELECT k, %s '
		'FROM (SELECT i %% 10000 AS k, i * 1.5::float8 AS a, 1000.25::float8 + i AS b '
		'FROM generate_series(1, 300000) AS i) AS r GROUP BY k', aggregate) INTO plan;
	RETURN round((plan -> 0 -> 'Plan' ->> 'Peak Memory Usage')::numeric * 1024 / 10000);
END
$$;
SET work_mem = '1GB';
SET enable_sort = off;
SELECT aggregate, group_bytes(aggregate) < most AS small
FROM (VALUES ('bubble_score(ARRAY[a, b, a + b, a - b], NULL, ''zscore'')', 3000),
	('latest_zscore(a)', 1024), ('valuation_to_revenue(a, b)', 1024),
	('pre_revenue_share(a, b)', 1024), ('herfindahl(a)', 600),
	('harmonic_multiple(a, b)', 600)) AS v (aggregate, most);
RESET enable_sort;
RESET work_mem;

DROP TABLE terms, terms_parts, sums;
DROP FUNCTION group_bytes;
