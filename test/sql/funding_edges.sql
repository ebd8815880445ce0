-- Funding at the edges: sums of so many terms that their carries have to move,
-- and the last month of the calendar.
\getenv srcdir PG_ABS_SRCDIR
\set setup :srcdir '/setup.sql'
\i :setup
SET datestyle = ISO;
SET timezone = 'UTC';

-- The amounts k + 1 ... k + n have a Gini coefficient of (n^2 - 1) / (6 n mean).
-- Behind 20,000 rows stand more than 2^29 terms, one for each pair.
SELECT i, got, expected
FROM (SELECT i, gini(i) OVER (ORDER BY i) AS got, (i - 1) / (3.0::float8 * i) AS expected
	FROM generate_series(1, 22000) AS i) AS g
WHERE (abs(got - expected) <= 1e-15) IS NOT TRUE ORDER BY i LIMIT 5;
SELECT i, got, expected
FROM (SELECT i, gini(i) OVER (ORDER BY i ROWS 20999 PRECEDING) AS got,
		(n ^ 2 - 1) / (6 * n * (i - (n - 1) / 2)) AS expected
	FROM generate_series(1, 24000) AS i,
		LATERAL (SELECT least(i, 21000)::float8 AS n) AS f) AS g
WHERE (abs(got - expected) <= 1e-15) IS NOT TRUE ORDER BY i LIMIT 5;
SELECT is_same(gini(i), 21999 / 66000.0::float8) FROM generate_series(1, 22000) AS i;

SELECT error_of('SELECT funding_path(5, timestamptz ''294276-12-30 00:00+00'', ''1 month'')');
SELECT p.* FROM (SELECT funding_path(amount, at, '1 month') AS path
	FROM (VALUES (5, date '294276-11-30'), (7, date '294276-12-30')) AS v (amount, at)) AS f,
	unnest(path) AS p;
