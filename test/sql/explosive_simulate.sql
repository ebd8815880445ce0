-- Simulated and bootstrapped critical values.
\getenv srcdir PG_ABS_SRCDIR
\set setup :srcdir '/setup.sql'
\i :setup
SET datestyle = ISO;
SET timezone = 'UTC';
SET jit = off;

-- ---- simulation ----

-- Against exuber's critical values of 2,000 replications, whose own error is
-- up to 0.05 at 90 and 95 percent and 0.15 at 99 percent.
WITH simulated AS MATERIALIZED (
	SELECT n, s.* FROM unnest(ARRAY[100, 200]) AS n,
		explosive_simulate(n, replications => 10000) AS s
)
SELECT n, level, is_near(s.sadf, v.sadf, tolerance) AS sadf,
	is_near(s.gsadf, v.gsadf, tolerance) AS gsadf
FROM simulated AS s
	JOIN (VALUES (100, 0.90::float8, 0.988, 1.710, 0.07), (100, 0.95, 1.295, 1.974, 0.07),
		(100, 0.99, 1.916, 2.571, 0.17),
		(200, 0.90, 1.093, 1.875, 0.07), (200, 0.95, 1.388, 2.114, 0.07),
			(200, 0.99, 1.950, 2.611, 0.17)) AS v (n, level, sadf, gsadf, tolerance) USING (n,
			level)
ORDER BY n, level;

-- Against the response surface, with lags and another window.
SELECT level, abs(sadf - sadf_critical_value(150, 40, 2, level)) < 0.07 AS sadf,
	abs(gsadf - gsadf_critical_value(150, 40, 2, level)) < 0.07 AS gsadf
FROM explosive_simulate(150, 40, 2, 10000, 5) WHERE level IN (0.5, 0.8, 0.9, 0.95);
-- Size: of random walks the critical values at 95 percent reject 5 percent.
SELECT n, lags, avg((sadf > sadf_critical_value(n, NULL, lags))::int) BETWEEN 0.04 AND 0.06 AS sadf,
	avg((gsadf > gsadf_critical_value(n, NULL, lags))::int) BETWEEN 0.04 AND 0.06 AS gsadf
FROM (VALUES (100, 0, 2000), (100, 1, 2000), (100, 4, 2000), (400, 0, 2000), (400, 1, 2000))
	AS v (n, lags, replications),
	bubble_explosive_draws(n, NULL, lags, replications, 77, 0, 1)
GROUP BY n, lags ORDER BY n, lags;
-- Where there is no surface: a window of a quarter of the rows.
SELECT error_of('SELECT gsadf_critical_value(60, 7)');
SELECT count(*) AS levels, min((level, gsadf, sadf, adf)::text)
	FILTER (WHERE (gsadf >= sadf AND sadf >= adf) IS NOT TRUE) AS nested
FROM explosive_simulate(60, 7, 0, 500);

-- The naive way: the aggregates over random walks of SQL's own numbers.
CREATE FUNCTION normal() RETURNS float8 LANGUAGE sql RETURN sqrt(-2 * ln(1 - random()))
	* cos(2 * pi() * random());
SELECT setseed(0.25);
CREATE TABLE naive AS
SELECT k, adf(y, at, 1) AS adf, sadf(y, at, 20, 1) AS sadf, gsadf(y, at, 20, 1) AS gsadf
FROM (SELECT k, date '2000-01-01' + i AS at, sum(normal()) OVER (PARTITION BY k ORDER BY i) AS y
	FROM generate_series(1, 4000) AS k, generate_series(1, 60) AS i) AS x
GROUP BY k;
SELECT s.level, is_near(s.adf, n.adf, tolerance) AS adf,
	is_near(s.sadf, n.sadf, tolerance) AS sadf, is_near(s.gsadf, n.gsadf, tolerance) AS gsadf
FROM explosive_simulate(60, 20, 1, 10000) AS s, (VALUES (0.1::float8, 0.1), (0.5, 0.1), (0.9, 0.1),
	(0.95, 0.13)) AS v (level, tolerance),
	LATERAL (SELECT percentile_cont(v.level) WITHIN GROUP (ORDER BY adf) AS adf,
		percentile_cont(v.level) WITHIN GROUP (ORDER BY sadf) AS sadf,
		percentile_cont(v.level) WITHIN GROUP (ORDER BY gsadf) AS gsadf FROM naive) AS n
WHERE s.level = v.level;

-- The same for one process and for several, and in any slices; another seed
-- gives other numbers, and no replication comes twice.
CREATE TABLE simulated AS SELECT * FROM explosive_simulate(80, NULL, 0, 1000, 42);
SET parallel_setup_cost = 0;
SET parallel_tuple_cost = 0;
SET max_parallel_workers_per_gather = 4;
SELECT plan_has('SELECT * FROM explosive_simulate(80, NULL, 0, 1000, 42)',
	'Parallel Append') AS parallel_plan;
SELECT * FROM differences('simulated', 'level',
	'SELECT * FROM explosive_simulate(80, NULL, 0, 1000, 42)');
SET max_parallel_workers_per_gather = 0;
SELECT plan_has('SELECT * FROM explosive_simulate(80, NULL, 0, 1000, 42)',
	'Parallel Append') AS parallel_plan;
SELECT * FROM differences('simulated', 'level',
	'SELECT * FROM explosive_simulate(80, NULL, 0, 1000, 42)');
SELECT (SELECT array_agg(d ORDER BY d) FROM generate_series(0, n - 1) AS i,
	bubble_explosive_draws(30, NULL, 0, 100, 9, i, n) AS d) =
	(SELECT array_agg(d ORDER BY d) FROM bubble_explosive_draws(30, NULL, 0, 100, 9, 0,
		1) AS d) AS any_slices
FROM unnest(ARRAY[2, 7, 100, 130]) AS n;
SELECT count(*), count(DISTINCT gsadf) AS different
FROM unnest(ARRAY[0, 1, -1, 4294967296, 9223372036854775807, -9223372036854775808]) AS seed,
	bubble_explosive_draws(30, NULL, 0, 500, seed, 0, 1);

SELECT error_of(format('SELECT explosive_simulate(%s)', q))
FROM unnest(ARRAY['4', '0', 'NULL', '100, 101', '100, 3', '100, NULL, 13',
	'100, NULL, NULL', '100, NULL, 0, 0', '100, NULL, 0, NULL', '100, NULL, 0, 100, NULL',
		'-2147483648']) AS q;

-- ---- bootstrap ----

SELECT setseed(0.75);
CREATE TABLE sample AS
SELECT i, date '2000-01-01' + i AS at, sum(normal() * CASE WHEN i > 70 THEN 6 ELSE 1 END)
	OVER (ORDER BY i) AS y,
	sum(normal()) OVER (ORDER BY i) AS calm
FROM generate_series(1, 100) AS i;

-- The naive way, with SQL's own numbers: every shock times a normal one.
CREATE TABLE wild AS
SELECT k, sadf(y, at, 20) AS sadf, gsadf(y, at, 20) AS gsadf
FROM (SELECT k, at, sum(normal() * d) OVER (PARTITION BY k ORDER BY at) AS y
	FROM (SELECT at, coalesce(y - lag(y) OVER (ORDER BY at), 0) AS d FROM sample) AS s,
		generate_series(1, 4000) AS k) AS x
GROUP BY k;
SELECT (b).observations, (b).min_window, (b).lags, (b).replications,
	is_same((b).sadf, sadf(y, at, 20)) AS sadf, is_same((b).gsadf, gsadf(y, at, 20)) AS gsadf
FROM (SELECT explosive_bootstrap(y, at, 20, 0, 4000, 3) AS b FROM sample) AS x, sample GROUP BY b;
SELECT is_near((b).sadf_90, s[1], 0.15) AS sadf_90, is_near((b).sadf_95, s[2], 0.2) AS sadf_95,
	is_near((b).sadf_99, s[3], 0.5) AS sadf_99,
	is_near((b).gsadf_90, g[1], 0.15) AS gsadf_90, is_near((b).gsadf_95, g[2], 0.2) AS gsadf_95,
		is_near((b).gsadf_99, g[3], 0.6) AS gsadf_99,
	is_near((b).sadf_p, (SELECT avg((w.sadf >= (b).sadf)::int) FROM wild AS w), 0.03) AS sadf_p,
	is_near((b).gsadf_p, (SELECT avg((w.gsadf >= (b).gsadf)::int) FROM wild AS w), 0.03) AS gsadf_p
FROM (SELECT explosive_bootstrap(y, at, 20, 0, 4000, 3) AS b FROM sample) AS x,
	(SELECT percentile_cont(ARRAY[0.9, 0.95, 0.99]) WITHIN GROUP (ORDER BY sadf) AS s,
		percentile_cont(ARRAY[0.9, 0.95, 0.99]) WITHIN GROUP (ORDER BY gsadf) AS g FROM wild) AS w;

-- Phillips and Shi with a lag and a control window: regression by regr_slope,
-- residuals drawn by random(), the series made row by row.
CREATE TABLE shocks AS
WITH change AS (SELECT i, y - lag(y) OVER (ORDER BY i) AS d FROM sample),
	pair AS (SELECT i, d, lag(d) OVER (ORDER BY i) AS before FROM change),
	fit AS (SELECT regr_slope(d, before) AS slope, regr_intercept(d, before) AS intercept FROM pair)
SELECT (row_number() OVER (ORDER BY i))::int AS l, d - intercept - slope * before AS e, slope,
	(SELECT d FROM change WHERE i = 2) AS first
FROM pair, fit WHERE before IS NOT NULL;
CREATE TABLE monitored AS
WITH RECURSIVE made AS (
	SELECT k, 2 AS i, first AS d, first AS y FROM generate_series(1, 4000) AS k, shocks WHERE l = 1
	UNION ALL
	SELECT k, i + 1, new.d, y + new.d
	FROM (SELECT *, 1 + floor(random() * 98)::int AS l, normal() AS w FROM made
		WHERE i < 30 + 12 - 1 OFFSET 0) AS made JOIN shocks USING (l),
		LATERAL (SELECT slope * made.d + w * e AS d) AS new)
SELECT k, sadf(y, date '2000-01-01' + i, 30, 1) AS sadf, gsadf(y, date '2000-01-01' + i, 30,
	1) AS gsadf
FROM (SELECT k, i, y FROM made UNION ALL SELECT DISTINCT k, 1, 0 FROM made) AS x
GROUP BY k;
SELECT is_near((b).sadf_90, s[1], 0.15) AS sadf_90, is_near((b).sadf_95, s[2], 0.2) AS sadf_95,
	is_near((b).sadf_99, s[3], 0.5) AS sadf_99,
	is_near((b).gsadf_90, g[1], 0.15) AS gsadf_90, is_near((b).gsadf_95, g[2], 0.2) AS gsadf_95,
		is_near((b).gsadf_99, g[3], 0.6) AS gsadf_99,
	is_near((b).gsadf_p, (SELECT avg((w.gsadf >= (b).gsadf)::int) FROM monitored AS w),
		0.03) AS gsadf_p
FROM (SELECT explosive_bootstrap(bubble_series(y, at), 30, 1, 4000, 3, 'phillips_shi', 12) AS b
	FROM sample) AS x,
	(SELECT percentile_cont(ARRAY[0.9, 0.95, 0.99]) WITHIN GROUP (ORDER BY sadf) AS s,
		percentile_cont(ARRAY[0.9, 0.95, 0.99]) WITHIN GROUP (ORDER BY gsadf) AS g
			FROM monitored) AS w;
-- The statistic is the largest of the last rows.
SELECT (SELECT (explosive_bootstrap(bubble_series(y, at), 30, 1, 9, 3, 'phillips_shi', 12)).gsadf
	FROM sample) =
	(SELECT max(b) FROM (SELECT i, bsadf(y, 30, 1) OVER (ORDER BY at) AS b FROM sample) AS x
		WHERE i > 100 - 12) AS of_last_rows,
	(SELECT (explosive_bootstrap(bubble_series(y, at), 30, 1, 9, 3, 'phillips_shi', NULL)).gsadf
		= gsadf(y, at, 30, 1) FROM sample) AS of_all,
	(SELECT (explosive_bootstrap(bubble_series(y, at), 30, 1, 9, 3, 'phillips_shi', 1000)).gsadf
		= gsadf(y, at, 30, 1) FROM sample) AS of_more;

-- Lags that are chosen are chosen once, on the sample: the series have as many.
SELECT method, explosive_bootstrap(s, lags => NULL, max_lags => 3, criterion => 'aic',
	replications => 19, method => method) =
		explosive_bootstrap(s, lags => (t).lags, replications => 19, method => method) AS as_given,
	explosive_bootstrap_path(s, lags => NULL, max_lags => 3, criterion => 'aic', replications => 19,
		method => method)::text =
		explosive_bootstrap_path(s, lags => (t).lags, replications => 19,
			method => method)::text AS path
FROM (SELECT s, explosive_test(s, lags => NULL, max_lags => 3, criterion => 'aic') AS t
	FROM (SELECT bubble_series(y, at) AS s FROM sample) AS x) AS t,
	unnest(ARRAY['harvey', 'phillips_shi']) AS method ORDER BY method;

-- Size: of series without a bubble no more than 5 percent are to be rejected,
-- although their volatility jumps; the response surface rejects far more.
CREATE TABLE walks AS
SELECT k, bubble_series(y, at) AS s
FROM (SELECT k, date '2000-01-01' + i AS at, sum(normal() * CASE WHEN i > 50 THEN 5 ELSE 1 END)
	OVER (PARTITION BY k ORDER BY i) AS y
	FROM generate_series(1, 500) AS k, generate_series(1, 100) AS i) AS x
GROUP BY k;
SELECT avg(((explosive_bootstrap(s, replications => 299)).gsadf_p <= 0.05)::int) BETWEEN 0.01
	AND 0.08 AS wild_size,
	avg(((explosive_bootstrap(s, replications => 299)).sadf_p <= 0.05)::int) BETWEEN 0.02
		AND 0.08 AS wild_size_sadf,
	avg(((explosive_test(s)).gsadf_p <= 0.05)::int) > 0.3 AS surface_fails
FROM walks;
-- Power: a bubble in calm times is found.
SELECT avg(((explosive_bootstrap(s, replications => 299)).gsadf_p <= 0.05)::int) > 0.9 AS power
FROM (SELECT bubble_series(y, at) AS s
	FROM (SELECT k, date '2000-01-01' + i AS at, sum(normal() + CASE WHEN i BETWEEN 60 AND 85
		THEN exp((i - 60) * 0.15) ELSE 0 END) OVER (PARTITION BY k ORDER BY i) AS y
		FROM generate_series(1, 100) AS k, generate_series(1, 100) AS i) AS x
	GROUP BY k) AS b;

-- The seed decides, nothing else does: not the order of rows, not the units.
SELECT is_same(explosive_bootstrap(y, at), explosive_bootstrap(bubble_series(y, at))) AS series,
	explosive_bootstrap(y, at, NULL) = explosive_bootstrap(y, at, NULL, 0)
	AND explosive_bootstrap(y, at, NULL, 0, 999) = explosive_bootstrap(y, at) AS defaults,
	is_same(explosive_bootstrap(bubble_series(y, at), NULL, 0, 999, 1, 'HARVEY', NULL),
	explosive_bootstrap(y, at::timestamptz, NULL, 0, 999, 1)) AS all_arguments,
	is_same(explosive_bootstrap(y, at ORDER BY random()), explosive_bootstrap(y, at)) AS shuffled,
	is_same(explosive_bootstrap(1024 * y, at), explosive_bootstrap(y, at)) AS units,
	explosive_bootstrap(y, at, NULL, 0, 999, 2) <> explosive_bootstrap(y, at) AS other_seed,
	explosive_bootstrap(y, at, NULL, 0, 99, 9223372036854775807) <> explosive_bootstrap(y, at, NULL,
	0, 99, 9223372036854775806) AS every_seed, is_same(explosive_bootstrap(y, at, NULL, 1, 99, -5),
	explosive_bootstrap(bubble_series(y, at), seed => -5, replications => 99, lags => 1)) AS by_name
FROM sample;
CREATE TABLE sample_rows AS SELECT g, i, at, y * CASE g WHEN 1 THEN 1 ELSE -1 END AS y,
	(8 * ((i * 7919) % 100) / 100)::int AS part
FROM sample, generate_series(1, 2) AS g;
SELECT $$ SELECT g, explosive_bootstrap(y, at, NULL, 1, 199, 4)::text AS b FROM {rows}
GROUP BY g $$ AS query \gset
SELECT format('CREATE TABLE bootstrap_expected AS %s', filled(:'query', 'sample_rows')) \gexec
SELECT * FROM in_every_plan('bootstrap_expected', 'g', 'sample_rows', :'query');

-- Constant, too short, without a single row; changes that a lag explains
-- wholly, and a first half that stands still.
SELECT explosive_bootstrap(5, at, 20, 0, 19, 1) AS constant,
	explosive_bootstrap(bubble_series(5, at), 20, 2, 19, 1, 'phillips_shi', 5) AS constant_fit
FROM sample;
SELECT explosive_bootstrap(y, at) AS short FROM sample WHERE i <= 3;
SELECT explosive_bootstrap(y, at) AS no_rows, explosive_bootstrap(NULL::bubble_series) AS no_series
FROM sample WHERE false;
SELECT (explosive_bootstrap(bubble_series(i % 2, at), 20, 1, 19, 1, 'phillips_shi', NULL)).gsadf_99
	IS NULL AS no_shocks FROM sample;
SELECT (b).sadf IS NOT NULL AS statistic, (b).sadf_p > 0 AS p
FROM (SELECT explosive_bootstrap(greatest(i - 50, 0) * y, at, 20, 0, 199, 1) AS b FROM sample) AS x;

SELECT error_of(format('SELECT explosive_bootstrap(%s) FROM sample', q))
FROM unnest(ARRAY['y, at, 3, 0', 'y, at, 10, NULL', 'y, at, 10, 13',
	'y, at, NULL, 0, 0, 1', 'y, at, NULL, 0, 10000001, 1', 'y, at, NULL, 0, NULL, 1',
		'y, at, NULL, 0, 9, NULL',
	'bubble_series(y, at), method => ''rademacher''', 'bubble_series(y, at), method => NULL',
		'bubble_series(y, at), method => ''phillips_shi'', control => 0',
	'bubble_series(y, at), lags => NULL', 'bubble_series(y, at), max_lags => 13',
		'y, at, NULL, 0, i, 1', 'bubble_series(y, at), control => 12',
		'bubble_series(y, at), replications => -1',
	'CASE i % 2 WHEN 1 THEN 1.5e308 ELSE -1.5e308 END, at',
		'bubble_series(exp(i * 7), at), NULL, 1, 99, 1, ''phillips_shi'', 1000']) AS q;


-- Replications that leave the range of doubles are an error with either method.
SELECT function, method, error
FROM unnest('{explosive_bootstrap,explosive_bootstrap_path}'::text[]) AS function,
	unnest('{harvey,phillips_shi}'::text[]) AS method,
	error_of(format('SELECT %s(bubble_series(i %% 2 * 1e308, at), replications => 99, '
		'method => %L) FROM sample', function, method)) AS error
WHERE error NOT LIKE '22003 result is out of range for double precision |%';
SELECT error_of('SELECT explosive_bootstrap(i % 2 * 1e308, at, NULL, 0, 99) FROM sample');
-- Within it they are judged as in any other unit.
SELECT method, is_same(explosive_bootstrap(bubble_series(y * 2.0 ^ 900, at), 20, 0, 99, 1, method,
		NULL)::text,
	explosive_bootstrap(bubble_series(y, at), 20, 0, 99, 1, method, NULL)::text) AS same
FROM sample, unnest('{harvey,phillips_shi}'::text[]) AS method GROUP BY method ORDER BY method;

DROP TABLE naive, simulated, sample, wild, shocks, monitored, walks, sample_rows, sample_rows_parts,
	bootstrap_expected;
DROP FUNCTION normal;

-- One number of replications wherever none is given.
SELECT DISTINCT substring(pg_get_function_arguments(p.oid), 'replications bigint DEFAULT ([0-9]+)')
	AS replications
FROM pg_proc AS p JOIN pg_depend AS d ON d.classid = 'pg_proc'::regclass AND d.objid = p.oid
	AND d.deptype = 'e'
	JOIN pg_extension AS e ON d.refobjid = e.oid AND e.extname = 'bubble'
WHERE pg_get_function_arguments(p.oid) LIKE '%replications bigint DEFAULT%';
