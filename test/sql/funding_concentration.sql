-- Concentration of funding: herfindahl, gini, top_share.
\getenv srcdir PG_ABS_SRCDIR
\set setup :srcdir '/setup.sql'
\i :setup
SET datestyle = ISO;
SET timezone = 'UTC';

-- Worked values: gini of 1, 2, 3, 4 is (-3 - 2 + 3 + 12) / (4 * 10).
SELECT name, herfindahl(x), gini(x), top_share(x, 1) AS top_1, top_share(x, 2) AS top_2,
	top_share(x, 2147483647) AS top_all
FROM (VALUES ('1 to 4', '{1,2,3,4}'::float8[]), ('backwards', '{4,3,2,1}'), ('equal', '{1,1,1,1}'),
	('shares', '{50,30,20}'), ('one has all', '{0,0,0,7}'), ('one', '{0.1}'),
		('with null', '{NULL,3,NULL,1}'),
	('zero', '{0,-0}'), ('null', '{NULL}'), ('empty', '{}')) AS v (name, amounts)
LEFT JOIN LATERAL unnest(amounts) AS x ON true
GROUP BY name ORDER BY name;
SELECT gini(x) AS least, top_share(x, 1), top_share(x, 2)
FROM (VALUES (float8 '4.9e-324'), (0), (4.9e-324)) AS v (x);
SELECT herfindahl(x), gini(x), top_share(x, 1) FROM generate_series(1, 0) AS x;

-- Rounding cannot make the share of all more than all: the squares lie half
-- between two doubles, and the least rest takes their sum to the larger one.
SELECT min(h), max(h), min(one) AS one FROM (
	SELECT herfindahl(x) AS h, herfindahl(x) FILTER (WHERE x > 1) AS one
	FROM generate_series(100000001, 100000101, 2) AS i, unnest(ARRAY[i, 1e-9]::float8[]) AS x
	GROUP BY i) AS y;

-- Bad input.
SELECT error_of(format('SELECT %s FROM (VALUES (1::float8, 2), (%s)) AS v (x, k)', f, r))
FROM (VALUES
	('herfindahl(x)', '-1, 2'), ('gini(x)', '''NaN'', 2'), ('top_share(x, k)', '''Infinity'', 2'),
	('gini(x) OVER (ORDER BY x ROWS 1 PRECEDING)', '-1, 2'),
	('herfindahl(x)', '1.4e154, 2'), ('herfindahl(x)', '1e-146, 2'), ('herfindahl(x)', '1e-300, 2'),
	('herfindahl(x)', '1.3e154, 2), (1.3e154, 2'),
	('gini(x)', '1e308, 2'), ('gini(x)', '1e308, 2), (1e308, 2'),
	('gini(x) OVER (ROWS 5 PRECEDING)', '1e308, 2'), ('gini(x) OVER (ROWS 5 PRECEDING)',
		'1e308, 2), (1e308, 2'),
	('top_share(x, k)', '1e308, 2), (1e308, 2'),
	('top_share(x, k)', '1, NULL'), ('top_share(x, k)', 'NULL, NULL'), ('top_share(x, k)', '1, 0'),
	('top_share(x, -2147483648)', '1, 2'), ('top_share(x, k)', '1, 3'),
		('top_share(x, k)', 'NULL, 3'),
	('top_share(x, k) OVER (ORDER BY k ROWS 1 PRECEDING)', '1, 3'),
	('herfindahl(x)', '1.3e154, 2'), ('herfindahl(x)', '1.1e-146, 2'), ('herfindahl(x)', '0, 2')
) AS v (f, r);

-- From a thousandth to a trillion in one frame, and nothing of it left in the
-- next: the last rows as if there had never been another.
SELECT i, x, herfindahl(x) OVER w, gini(x) OVER w, top_share(x, 1) OVER w
FROM unnest('{0.001,0.003,1e12,0.001,7e15,0.004,0.002,0.002}'::float8[]) WITH ORDINALITY AS u (x, i)
WINDOW w AS (ORDER BY i ROWS 1 PRECEDING) ORDER BY i;
SELECT i, h, h2, g, g2, t, t2
FROM (SELECT i, herfindahl(x) OVER w AS h, gini(x) OVER w AS g, top_share(x, 2) OVER w AS t,
		array_agg(x) OVER w AS xs
	FROM (SELECT i, CASE WHEN i % 50 = 0 THEN power(10, i % 13) * 1e3 / 7.0::float8 ELSE i * i % 31
		/ 1000.0::float8 END AS x
		FROM generate_series(1, 2000) AS i) AS r
	WINDOW w AS (ORDER BY i ROWS 40 PRECEDING)) AS y,
	LATERAL (SELECT herfindahl(x) AS h2, gini(x) AS g2, top_share(x, 2) AS t2
		FROM unnest(xs) AS x) AS z
WHERE (h, g, t) IS DISTINCT FROM (h2, g2, t2);

-- The answer does not depend on the order to the last bit.
SELECT count(DISTINCT h) AS herfindahl, count(DISTINCT g) AS gini, count(DISTINCT t) AS top_share
FROM (SELECT herfindahl(x ORDER BY md5(i || ' ' || k)) AS h,
	gini(x ORDER BY md5(i || ' ' || k)) AS g,
		top_share(x, 40 ORDER BY md5(i || ' ' || k)) AS t
	FROM generate_series(1, 20) AS k, (SELECT i, exp(40 * random()) AS x
		FROM generate_series(1, 100) AS i) AS r
	GROUP BY k) AS s;

-- ---------------------------------------------------------------------------
-- Properties.  Amounts are eighths of few digits, so that numeric is exact.
-- ---------------------------------------------------------------------------
SELECT setseed(0.4);
CREATE TABLE concentration_rows AS
SELECT g, i, (8 * random())::int AS part, date '2015-01-01' + (200 * random())::int AS at,
	CASE WHEN random() < 0.05 THEN NULL WHEN random() < 0.1 THEN 0 WHEN random() < 0.2 THEN 8
		ELSE (power(10, 12 * random()))::bigint / 8.0::float8 END AS x
FROM (SELECT row_number() OVER ()::int AS g, n FROM unnest(ARRAY[1, 2, 10, 300, 1500]) AS n) AS y,
	generate_series(1, n) AS i;

-- The naive twin: pairs by rank, of any rows given as an array.
CREATE FUNCTION naive_concentration(amounts float8[], k int) RETURNS float8[]
LANGUAGE sql IMMUTABLE AS
$$
	SELECT ARRAY[sum(x * x)::float8 / nullif(sum(x)::float8 * sum(x)::float8, 0),
		sum((2 * i - n - 1) * x)::float8 / nullif(sum(x)::float8 * max(n), 0),
		sum(x) FILTER (WHERE i > n - k)::float8 / nullif(sum(x)::float8, 0)]
	FROM (SELECT x::numeric AS x, row_number() OVER (ORDER BY x) AS i, count(*) OVER () AS n
		FROM unnest(amounts) AS x WHERE x IS NOT NULL) AS r
$$;
SELECT naive_concentration('{1,4,3,2}', 2);
CREATE VIEW concentration_twin AS
SELECT g, naive_concentration(array_agg(x), 5) AS c FROM concentration_rows GROUP BY g;

SELECT * FROM in_every_plan('concentration_twin', 'g', 'concentration_rows', $$
	SELECT g, ARRAY[herfindahl(x {order}), gini(x {order}), top_share(x, 5 {order})] AS c
	FROM {rows} GROUP BY g $$, 'x');
SELECT error_of('SELECT top_share(x, 1 + part % 2) FROM concentration_rows');
-- Each partition has a k of its own: only combining can tell.
SELECT error_of_parts('SELECT g, top_share(x, part + 1) FROM concentration_rows_parts '
	'GROUP BY g') AS combined;

-- Moving frames: rows that differ from the twin.
SELECT * FROM in_frames($$
	SELECT g, i, c, naive FROM (
		SELECT g, i, ARRAY[herfindahl(x) OVER f, gini(x) OVER f, top_share(x, 3) OVER f] AS c,
			naive_concentration(array_agg(x) OVER f, 3) AS naive
		FROM concentration_rows WHERE g < 5 WINDOW f AS (PARTITION BY g {frame})) AS y
	WHERE c IS DISTINCT FROM naive $$, ARRAY['ORDER BY i', 'ORDER BY i ROWS CURRENT ROW',
		'ORDER BY i ROWS 1 PRECEDING',
	'ORDER BY i ROWS 19 PRECEDING', 'ORDER BY i ROWS 251 PRECEDING', 'ORDER BY x ROWS 99 PRECEDING',
	'ORDER BY x DESC NULLS LAST ROWS 99 PRECEDING',
	'ORDER BY i ROWS BETWEEN 7 FOLLOWING AND 9 FOLLOWING',
	'ORDER BY i ROWS BETWEEN 5 PRECEDING AND 5 FOLLOWING EXCLUDE CURRENT ROW',
	'ORDER BY at RANGE ''30 days'' PRECEDING', 'ORDER BY at GROUPS 3 PRECEDING']);

-- Frames of many leaves of the ranking, which split and merge.
CREATE TEMP TABLE leaves AS
SELECT i, CASE WHEN i BETWEEN 2000 AND 4000 THEN i % 7 ELSE (random() * 1e5)::int
	/ 8.0::float8 END AS x
FROM generate_series(1, 6000) AS i;
SELECT count(*) AS rows, min((i, w, alone)::text)
	FILTER (WHERE (gini, top, growing) IS DISTINCT FROM (gini_alone, top_alone,
	growing_alone)) AS differing
FROM (SELECT i, gini(x) OVER (ORDER BY i ROWS 1500 PRECEDING) AS gini,
		top_share(x, 300) OVER (ORDER BY i ROWS 1500 PRECEDING) AS top, gini(x)
			OVER (ORDER BY i) AS growing
	FROM leaves) AS w,
	LATERAL (SELECT gini(x) FILTER (WHERE l.i >= w.i - 1500) AS gini_alone, top_share(x, 300)
		FILTER (WHERE l.i >= w.i - 1500) AS top_alone,
			gini(x) AS growing_alone
		FROM leaves AS l WHERE l.i <= w.i) AS alone
WHERE i % 40 = 0;

DROP VIEW concentration_twin;
DROP TABLE concentration_rows, concentration_rows_parts;
DROP FUNCTION naive_concentration;

-- Groups and frames of a few rows, which are kept, and of more, which are summed.
SELECT min((n, herfindahl, twin)::text)
	FILTER (WHERE (abs(herfindahl - twin) < 1e-15) IS NOT TRUE) AS herfindahl,
	min((n, multiple, ratio)::text)
	FILTER (WHERE (abs(multiple - ratio) < 1e-12) IS NOT TRUE) AS multiple, count(*)
FROM (
	SELECT n, herfindahl(x), sum(x * x) / sum(x) ^ 2 AS twin,
		valuation_to_revenue(x, x - 1) AS multiple, sum(x) / nullif(sum(x - 1), 0) AS ratio
	FROM generate_series(1, 30) AS n, generate_series(1, n) AS i,
		LATERAL (SELECT (1 + i * i % 7)::float8 AS x) AS v
	GROUP BY n
) AS q;
SELECT min((n, i, herfindahl, twin)::text)
	FILTER (WHERE (abs(herfindahl - twin) < 1e-15) IS NOT TRUE) AS herfindahl,
	min((n, i, multiple, ratio)::text)
	FILTER (WHERE (abs(multiple - ratio) < 1e-12) IS NOT TRUE) AS multiple, count(*)
FROM (
	SELECT n, i, herfindahl(x) OVER w, sum(x * x) OVER w / (sum(x) OVER w) ^ 2 AS twin,
		valuation_to_revenue(x, x - 1) OVER w AS multiple, sum(x) OVER w / nullif(sum(x - 1) OVER w,
			0) AS ratio
	FROM (VALUES (1), (2), (7), (8), (14), (15), (16), (20)) AS g (n), generate_series(1, 40) AS i,
		LATERAL (SELECT (1 + i * i % 7)::float8 AS x) AS v
	WINDOW w AS (PARTITION BY n ORDER BY i RANGE 9 PRECEDING)
) AS q;
