-- What remains of a series after controls.
\getenv srcdir PG_ABS_SRCDIR
\set setup :srcdir '/setup.sql'
\i :setup
SET datestyle = ISO;
SET timezone = 'UTC';
SET jit = off;

SELECT setseed(0.4);
CREATE TABLE controlled AS
SELECT g, i, date '2000-01-01' + i / 2 AS at, (8 * random())::int AS part,
	CASE WHEN random() < 0.03 THEN NULL ELSE (1000 * random())::int / 8.0 + 3 * a - b END AS y,
	CASE WHEN random() < 0.03 THEN NULL ELSE a END AS a, b, c
FROM (SELECT g, i, (1000 * random())::int / 16.0::float8 AS a, (100 * random())::int
	+ 1e6::float8 AS b, 1e-6 * random() AS c
	FROM unnest(ARRAY[1, 3, 10, 300]) WITH ORDINALITY AS u (n, g), generate_series(1, n) AS i) AS x;

-- One control: PostgreSQL's own regression; three: residuals that no control
-- and no constant can tell anything about, and that with y's part along the
-- controls make up y again, which only the projection does.
SELECT g, count(*) AS rows, max(abs(r.value - naive)) < 1e-9 AS as_regr
FROM (SELECT g, explosive_residuals(y, ARRAY[a], at) AS s, regr_slope(y, a) AS slope,
	regr_intercept(y, a) AS intercept
		FROM controlled GROUP BY g) AS f,
	LATERAL (SELECT row_number() OVER (ORDER BY at, value) AS i, value FROM unnest(s)) AS r
	JOIN LATERAL (SELECT row_number() OVER (ORDER BY at, y - intercept - slope * a) AS i,
		y - intercept - slope * a AS naive
		FROM controlled AS c WHERE c.g = f.g AND y IS NOT NULL AND a IS NOT NULL) AS n USING (i)
GROUP BY g ORDER BY g;
CREATE VIEW fitted AS
SELECT (row_number() OVER (ORDER BY at, value)) AS i, value
FROM (SELECT explosive_residuals(y, ARRAY[a, b, c], at) AS s FROM controlled
	WHERE g = 4 AND i % 2 = 0) AS f, unnest(s);
SELECT abs(sum(value)) < 1e-8 AS constant, abs(corr(value, a)) < 1e-12 AS a, abs(corr(value, b))
	< 1e-9 AS b, abs(corr(value, c)) < 1e-12 AS c,
	abs(1 - corr(value, y) ^ 2 - (1 - regr_r2(y, value))) < 1e-12 AS consistent
FROM fitted JOIN (SELECT row_number() OVER (ORDER BY at) AS i, *
	FROM (SELECT at, y, a, b, c FROM controlled
	WHERE g = 4 AND i % 2 = 0 AND y IS NOT NULL AND a IS NOT NULL) AS x) AS x USING (i);

-- Controls that depend on each other, or say nothing, change nothing.
SELECT q, (SELECT max(abs(one.value - two.value)) < 1e-8
	FROM unnest(r) WITH ORDINALITY AS one (at, value, n)
	JOIN unnest(reference) WITH ORDINALITY AS two (at, value, n) USING (n)) AS same
FROM (SELECT explosive_residuals(y, ARRAY[a, b], at) AS reference,
		explosive_residuals(y, ARRAY[a, b, 7], at) AS r1,
			explosive_residuals(y, ARRAY[a, b, a + 2 * b], at) AS r2,
		explosive_residuals(y, ARRAY[b, a, b, a], at) AS r3,
			explosive_residuals(y, ARRAY[1e9 * a, b / 1e9], at) AS r4,
		explosive_residuals(y + 5, ARRAY[a, b, 0.1], at) AS r5
	FROM controlled WHERE g = 4) AS x,
	LATERAL (VALUES ('constant', r1), ('sum', r2), ('twice', r3), ('units', r4), ('shifted', r5))
		AS v (q, r);
-- Many rows, factorised in blocks: the same as a regression of PostgreSQL's
-- own, and columns that are nearly the same still are taken out wholly.
SELECT count(*) AS rows, max(abs(r.value - (y - intercept - slope * a))) < 1e-9 AS as_regr
FROM (SELECT explosive_residuals(y, ARRAY[a], at) AS s, regr_slope(y, a) AS slope,
	regr_intercept(y, a) AS intercept
		FROM (SELECT date '2000-01-01' + i AS at, sin(i * i) AS a,
			cos(i * 0.7) + 3 * sin(i * i) AS y FROM generate_series(1, 20000) AS i) AS x) AS f,
	unnest(s) AS r, LATERAL (SELECT r.at::date - date '2000-01-01' AS i) AS n,
	LATERAL (SELECT sin(i * i) AS a, cos(i * 0.7) + 3 * sin(i * i) AS y) AS x;
SELECT abs(corr(r.value, sin(i * i))) < 1e-12 AS a, abs(corr(r.value, cos(i))) < 1e-9 AS difference
FROM unnest((SELECT explosive_residuals(cos(i * 0.7) + 3 * sin(i * i),
	ARRAY[sin(i * i), sin(i * i) + 1e-7 * cos(i)], date '2000-01-01' + i)
		FROM generate_series(1, 20000) AS i)) AS r,
			LATERAL (SELECT r.at::date - date '2000-01-01' AS i) AS n;
-- A perfect fit leaves rounding, a useless control the distances to the mean.
SELECT max(abs(value)) < 1e-9 AS perfect
FROM unnest((SELECT explosive_residuals(3 * a - 7, ARRAY[a], at) FROM controlled WHERE g = 4));
SELECT explosive_residuals(y, ARRAY[5], at)
FROM (VALUES (1.0, date '2000-01-01'), (2, '2000-01-02'), (6, '2000-01-03')) AS v (y, at);
SELECT explosive_residuals(5, ARRAY[a], at)
FROM (VALUES (1.0, date '2000-01-01'), (2, '2000-01-02'), (6, '2000-01-03')) AS v (a, at);

-- A degree of freedom must be left.
SELECT n, explosive_residuals(i * i, ARRAY[i, i % 2], timestamptz '2000-01-01' + i
	* interval '1 hour') IS NULL AS none
FROM generate_series(1, 4) AS n, generate_series(1, n) AS i GROUP BY n ORDER BY n;
-- Controls that depend on others take none: their rank counts, not their
-- number.
SELECT n, explosive_residuals(i * i, ARRAY[i, 2 * i, 5, i], date '2000-01-01' + i) IS NULL AS none,
	(SELECT max(abs(one.value - two.value)) < 1e-12
		FROM unnest(explosive_residuals(i * i, ARRAY[i, 2 * i, 5, i], date '2000-01-01' + i)) AS one
		JOIN unnest(explosive_residuals(i * i, ARRAY[i], date '2000-01-01' + i)) AS two USING (
			at)) AS as_one
FROM generate_series(1, 4) AS n, generate_series(1, n) AS i GROUP BY n ORDER BY n;
SELECT explosive_residuals(y, ARRAY[a], at) FROM controlled WHERE false;
SELECT explosive_residuals(y, ARRAY[a], at), explosive_residuals(1, NULL, at) AS no_controls
FROM controlled WHERE y IS NULL OR a IS NULL;

SELECT error_of(format('SELECT explosive_residuals(y, x, at) '
	'FROM (VALUES (1::float8, ARRAY[1::float8, 2], date ''2020-01-01''), (%s)) AS v (y, x, at)', r))
FROM unnest(ARRAY['''NaN'', ''{1,2}'', ''2020-01-01''', '1, ''{1,Infinity}'', ''2020-01-01''',
	'1, ''{1}'', ''2020-01-01''', '1, ''{}'', ''2020-01-01''',
	'1, ''{{1,2}}'', ''2020-01-01''', '1, ''{1,2}'', ''infinity''',
		'1, array_fill(1.0::float8, ARRAY[33]), ''2020-01-01''',
	'1.7e308, ''{1,3}'', ''2020-01-01''), (-1.7e308, ''{1,4}'', ''2020-01-01''), '
		'(-1.7e308, ''{1,4}'', ''2020-01-01''']) AS r;

-- Explosive before, not after: what drives the series is the control.
SELECT gsadf(y, at) > gsadf_critical_value(200) AS raw, gsadf(explosive_residuals(y, ARRAY[x], at))
	> gsadf_critical_value(200) AS adjusted
FROM (SELECT date '2000-01-01' + i AS at, exp(i / 20.0) AS x, 50 + 3 * exp(i / 20.0) + 10
	* sin(i * i * 0.7) AS y FROM generate_series(1, 200) AS i) AS s;

-- Any order, any parts.
SELECT $$ SELECT g, explosive_residuals(y, ARRAY[a, b], at {order})::text AS r FROM {rows}
GROUP BY g $$ AS query \gset
SELECT format('CREATE TABLE residuals_expected AS %s', filled(:'query', 'controlled')) \gexec
SELECT * FROM in_every_plan('residuals_expected', 'g', 'controlled', :'query', 'at');

DROP VIEW fitted;
DROP TABLE controlled, controlled_parts, residuals_expected;
