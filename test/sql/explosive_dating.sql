-- Explosive episodes and tests where the response surface knows nothing, and
-- dating by critical values of one's own.
\getenv srcdir PG_ABS_SRCDIR
\set setup :srcdir '/setup.sql'
\i :setup
SET datestyle = ISO;
SET timezone = 'UTC';
SET jit = off;

-- ---- one symbol must not take the answers of the others away ----

-- Symbols of many lengths: each has its statistics, as the functions of the
-- statistic alone give them, and critical values where they are known.
CREATE TABLE symbol AS
SELECT n, bubble_series(y, date '1900-01-01' + i) AS s
FROM (SELECT n, i, 100 + sum(sin(i::float8 * i * 0.7) + 0.1 * cos(n::float8 * i))
	OVER (PARTITION BY n ORDER BY i) AS y
	FROM unnest(ARRAY[1, 3, 4, 10, 18, 19, 30, 42, 73, 300, 60000]) AS n,
		generate_series(1, n) AS i) AS x
GROUP BY n;
SELECT n, lags, (t).adf IS NOT DISTINCT FROM adf(s, lags) AS adf,
	(t).sadf IS NOT DISTINCT FROM sadf(s, NULL, lags) AS sadf,
	(t).gsadf IS NOT NULL AS gsadf, (t).adf_p IS NOT NULL AS adf_p,
		(t).sadf_95 IS NOT NULL AS sadf_95, (t).gsadf_p IS NOT NULL AS gsadf_p
FROM (SELECT n, lags, s, explosive_test(s, NULL, lags) AS t FROM symbol,
	unnest(ARRAY[0, 1, 2]) AS lags WHERE n < 60000) AS x
ORDER BY n, lags;
SELECT (t).observations, is_same((t).adf, adf(s)) AS adf, is_same((t).sadf, sadf(s, 59000)) AS sadf,
	(t).adf_95, (t).sadf_p, (t).gsadf_99
FROM (SELECT s, explosive_test(s, 59000) AS t FROM symbol WHERE n = 60000) AS x;
-- In one statement, over rows, with lags that no surface knows and windows
-- that are too short for that many rows.
SELECT n, explosive_episodes(value, at, NULL, 0, 0.9) IS NOT NULL AS dated,
	(explosive_test(value, at)).gsadf IS NOT NULL AS tested,
	is_same((explosive_test(value, at, 8)).gsadf, gsadf(value, at, 8)) AS short_window,
	(explosive_test(value, at, NULL, 12)).lags AS lags
FROM symbol, unnest(s) WHERE n <= 300 GROUP BY n ORDER BY n;
-- Critical values are NULL or right, never an error, row by row from the first.
SELECT n, s IS NOT NULL AS sadf, g IS NOT NULL AS gsadf, s <= lead(s, 1, 'Infinity')
	OVER (ORDER BY n) AS rising
FROM (SELECT n, sadf_critical_value(n) AS s, gsadf_critical_value(n) AS g
	FROM unnest(ARRAY[0, 1, 2, 17, 18, 19, 20, 100, 1000]) AS n) AS x ORDER BY n;
SELECT count(*) AS rows, min(n) FILTER (WHERE v IS NOT NULL) AS first_known,
	bool_or(v IS NULL AND n BETWEEN 19 AND 3000) AS holes
FROM (SELECT n, sadf_critical_value(n::int) AS v FROM generate_series(1, 3000) AS n) AS x;
SELECT gsadf_critical_value(2147483647) AS many,
	sadf_critical_value(20, 40) AS fewer_than_the_window,
	sadf_critical_value(20, NULL, 4) AS few_for_lags;
-- A parameter that is off for any number of rows is named.
SELECT error_of(q) FROM unnest(ARRAY['SELECT sadf_critical_value(100, 7)',
	'SELECT sadf_critical_value(100, 15, 4)',
	'SELECT gsadf_critical_value(100, NULL, -1)', 'SELECT gsadf_critical_value(-1)']) AS q;

-- ---- by one's own critical values ----

-- A random walk with a bubble, made of sines.
CREATE TABLE course AS
SELECT i, date '2000-01-01' + i AS at,
	round((100 + sum(CASE WHEN i BETWEEN 150 AND 190 THEN 0.04 * exp((i - 150) * 0.1)
		WHEN i BETWEEN 191 AND 195 THEN -4 ELSE 0 END + 0.5 * sin(i * i * 0.7))
			OVER (ORDER BY i))::numeric, 6)::float8 AS y
FROM generate_series(1, 300) AS i;
CREATE TABLE stored AS SELECT bubble_series(y, at) AS s, bubble_series(y, at::timestamptz) AS z
	FROM course;

-- The surface's own values, as a series, date the same episodes.
SELECT w, lags, level, explosive_episodes(s, w, lags, level, duration) =
		explosive_episodes(s, w, lags, min_duration => duration,
			critical_path => bsadf_critical_path(s, w, lags, level)) AS same,
	cardinality(explosive_episodes(s, w, lags, level, duration)) AS episodes
FROM stored, (VALUES (NULL, 0, 0.95, 1), (NULL, 1, 0.9, NULL), (40, 2, 0.99, 2), (20, 0, 0.9, 3))
	AS v (w, lags, level, duration);
-- So do lags that are chosen, in the path of statistics, too.
SELECT is_same(explosive_episodes(s, lags => NULL, max_lags => 4, criterion => 'aic', level => 0.9),
	explosive_episodes(s, lags => l, level => 0.9)) AS episodes,
	is_same(bsadf_critical_path(s, lags => NULL, max_lags => 4, criterion => 'aic')::text,
	bsadf_critical_path(s, lags => l)::text) AS critical_path,
	is_same(bsadf_path(s, lags => NULL, max_lags => 4, criterion => 'aic')::text, bsadf_path(s,
		lags => l)::text) AS path
FROM stored, LATERAL (SELECT (explosive_test(s, lags => NULL, max_lags => 4,
	criterion => 'aic')).lags AS l) AS t;
-- They are those of the SADF statistic of i rows, with the default
-- window of i, at most min_window and at least 8 + 2 lags.
SELECT w, lags, count(*) AS rows, min(i) AS first,
	min((i, value, sadf_critical_value(i, greatest(least(w, floor(i * (0.01 + 1.8 / sqrt(i)))::int),
		8 + 2 * lags), lags, 0.9))::text)
		FILTER (WHERE (value = sadf_critical_value(i,
		greatest(least(w, floor(i * (0.01 + 1.8 / sqrt(i)))::int), 8 + 2 * lags), lags, 0.9))
		IS NOT TRUE) AS differing
FROM stored, (VALUES (34, 0), (40, 2), (20, 0)) AS v (w, lags),
	unnest(bsadf_critical_path(s, w, lags, 0.9)) AS c,
	LATERAL (SELECT c.at::date - date '2000-01-01' AS i) AS n
GROUP BY w, lags ORDER BY w, lags;
SELECT is_same(bsadf_critical_path(s, 34)::text, bsadf_critical_path(s)::text) AS defaults,
	bsadf_critical_path(s, 400) AS too_long, bsadf_critical_path(NULL) AS nothing
FROM stored;

-- Runs above a constant and above a series of values, the naive way.
CREATE TABLE path_with_values AS
SELECT i, at, bsadf(y, 30, 1) OVER (ORDER BY at) AS b, NULL::float8 AS c FROM course;
CREATE FUNCTION naive_runs(duration int) RETURNS TABLE (started_at date, peak_at date,
	ended_at date, peak_statistic float8) LANGUAGE sql AS
$$
	WITH above AS (SELECT *, b > c AS explosive FROM path_with_values),
	run AS (SELECT *, count(*) FILTER (WHERE explosive IS NOT TRUE) OVER (ORDER BY i) AS run
		FROM above)
	SELECT min(at), (array_agg(at ORDER BY b DESC, i))[1], CASE WHEN max(i) < 300 THEN max(at) END,
		max(b)
	FROM run WHERE explosive GROUP BY run HAVING count(*) >= duration ORDER BY 1
$$;
CREATE FUNCTION dated(e explosive_episode[]) RETURNS text LANGUAGE sql
RETURN (SELECT array_agg((started_at::date, peak_at::date, ended_at::date, peak_statistic)
	ORDER BY started_at)::text FROM unnest(e));
UPDATE path_with_values SET c = 0.7;
SELECT d, dated(explosive_episodes(s, 30, 1, critical => 0.7, min_duration => d)) =
	(SELECT array_agg((started_at, peak_at, ended_at, peak_statistic) ORDER BY started_at)::text
		FROM naive_runs(d)) AS constant
FROM stored, unnest(ARRAY[1, 2, 6]) AS d;
-- A row without a value of its own is not explosive.
UPDATE path_with_values SET c = CASE WHEN i % 50 < 40 THEN sin(i / 10.0) END;
SELECT d, dated(explosive_episodes(s, 30, 1, min_duration => d, critical_path => c)) =
	(SELECT array_agg((started_at, peak_at, ended_at, peak_statistic) ORDER BY started_at)::text
		FROM naive_runs(d)) AS series
FROM stored, (SELECT bubble_series(c, at) AS c FROM path_with_values) AS v,
	unnest(ARRAY[1, 2, 6]) AS d;
-- From the end on, at infinity, and where the surface is of no help.
SELECT cardinality(explosive_episodes(s, critical => -100, min_duration => 1)) AS all_of_it,
	explosive_episodes(s, critical => 100) AS nothing,
	(SELECT ended_at FROM unnest(explosive_episodes(s, critical => -100))) AS open,
	explosive_episodes(s, NULL, 12, critical => 0) IS NOT NULL AS by_own
FROM stored;
-- min_duration NULL is ln 300 = 5.7, rounded: 6.
SELECT is_same(explosive_episodes(s, critical => 0.7), explosive_episodes(s, critical => 0.7,
	min_duration => 6)) AS rounded,
	cardinality(explosive_episodes(s, critical => 0.7, min_duration => 5)) AS five,
	cardinality(explosive_episodes(s, critical => 0.7)) AS six
FROM stored;
-- A path made of rows, dates for dates; no time in common is no critical value.
SELECT is_same(explosive_episodes(s, critical_path => c), explosive_episodes(s)) AS made_of_rows,
	explosive_episodes(later, critical_path => c) IS NULL AS elsewhere
FROM stored, LATERAL (SELECT bubble_series(value, at) AS c
	FROM unnest_dates(bsadf_critical_path(s))) AS c,
	LATERAL (SELECT bubble_series(value, at + 100000) AS later FROM unnest_dates(s)) AS o;
SELECT error_of('SELECT explosive_episodes(s, critical_path => c) '
	'FROM stored, LATERAL (SELECT bubble_series(value, at) AS c '
	'FROM unnest(bsadf_critical_path(s))) AS c');
-- Rows at the same time are paired in order.
SELECT cardinality(explosive_episodes(t, 8, critical_path => p, min_duration => 1)) AS paired
FROM (SELECT bubble_series(y, date '2000-01-01' + i / 2) AS t FROM course) AS t,
	LATERAL (SELECT bubble_series(value + CASE WHEN i % 2 = 0 THEN -1 ELSE 1 END, at) AS p
		FROM unnest_dates(bsadf_path(t, 8)) WITH ORDINALITY AS u (at, value, i)) AS p;

-- From a simulation.
SELECT is_same(dated(explosive_episodes(s, critical => sadf)),
	dated(explosive_episodes(s))) AS simulated
FROM stored, explosive_simulate(300, 34, 0, 2000, 1) WHERE level = 0.95;

-- From the bootstrap: a value from a control window, or a value a row.
SELECT cardinality(explosive_episodes(s,
	critical => (explosive_bootstrap(s, 34, 0, 499, 1, 'phillips_shi',
	24)).gsadf_95)) AS by_control,
	cardinality(explosive_episodes(s, critical_path => explosive_bootstrap_path(s))) AS by_path
FROM stored;
-- The path's values are quantiles of bootstrapped statistics, row by row:
-- against SQL's own numbers and percentile_cont.
CREATE FUNCTION normal() RETURNS float8 LANGUAGE sql VOLATILE RETURN sqrt(-2 * ln(1 - random()))
	* cos(2 * pi() * random());
SELECT setseed(0.5);
CREATE TABLE wild AS
SELECT k, i, bsadf(y, 20) OVER (PARTITION BY k ORDER BY i) AS b
FROM (SELECT k, i, sum(normal() * d) OVER (PARTITION BY k ORDER BY i) AS y
	FROM (SELECT i, coalesce(y - lag(y) OVER (ORDER BY i), 0) AS d FROM course WHERE i <= 60) AS d,
		generate_series(1, 3000) AS k) AS x;
SELECT level, count(*) AS rows, max(abs(value - naive)) < tolerance AS near
FROM (VALUES (0.5, 0.15), (0.9, 0.25), (0.95, 0.3)) AS v (level, tolerance),
	(SELECT bubble_series(y, at) AS s FROM course WHERE i <= 60) AS s,
	unnest(explosive_bootstrap_path(s, 20, level => level, replications => 3000)) AS p,
	LATERAL (SELECT percentile_cont(level) WITHIN GROUP (ORDER BY b) AS naive FROM wild
		WHERE i = p.at::date - date '2000-01-01') AS n
GROUP BY level, tolerance ORDER BY level;
-- The last row's value is the quantile of that row alone: of one window only,
-- it is the GSADF's of explosive_bootstrap, to the last digit.
SELECT method, replications, (SELECT array_agg(value)
	FROM unnest(explosive_bootstrap_path(s, 60, 1, 0.95, replications, 3, method))) =
		ARRAY[(b).gsadf_95] AS as_bootstrap, (SELECT array_agg(value)
			FROM unnest(explosive_bootstrap_path(s, 60, 1, 0.90, replications, 3, method)))
			= ARRAY[(b).gsadf_90] AS at_90
FROM (SELECT bubble_series(y, at) AS s FROM course WHERE i <= 60) AS s,
	unnest(ARRAY['harvey', 'phillips_shi']) AS method,
	unnest(ARRAY[1, 2, 3, 20, 199]) AS replications,
		LATERAL (SELECT explosive_bootstrap(s, 60, 1, replications, 3, method) AS b) AS b
ORDER BY method, replications;
SELECT is_same(explosive_bootstrap_path(s, replications => 9)::text,
	explosive_bootstrap_path(s, 34, 0,
	0.95, 9, 1, 'harvey', deterministic => 'constant')::text) AS defaults,
		explosive_bootstrap_path(s, replications => 9, seed => 2)::text <> explosive_bootstrap_path(
		s, replications => 9)::text AS other_seed,
		(SELECT explosive_bootstrap_path(bubble_series(5, at), replications => 9)
		FROM course) AS constant, explosive_bootstrap_path(NULL) AS nothing,
		(SELECT explosive_bootstrap_path(bubble_series(y, at)) FROM course WHERE i <= 3) AS short
FROM stored;

SELECT error_of(format('SELECT %s FROM stored', q))
FROM unnest(ARRAY['explosive_episodes(s, critical => 1, critical_path => s)',
	'explosive_episodes(s, critical => ''NaN'')',
		'explosive_episodes(s, critical => ''Infinity'')', 
	'explosive_episodes(s, level => 2, critical => 1)', 'bsadf_critical_path(s, 3)',
		'bsadf_critical_path(s, level => NULL)', 'bsadf_critical_path(s, lags => NULL)',
	'explosive_bootstrap_path(s, level => 1)', 'explosive_bootstrap_path(s, level => NULL)',
		'explosive_bootstrap_path(s, method => ''dry'')']) AS q;

-- ---- every size has a maximum, checked before anything is allocated ----

SELECT error_of('SELECT explosive_simulate(' || q || ')')
FROM unnest(ARRAY['100001', '150000000, 100, 0, 8', '2147483647', '100, replications => 1000001',
	'2147483647, 2147483647, 12, 2147483647']) AS q;
SELECT error_of(format('SELECT %s FROM stored', q))
FROM unnest(ARRAY['explosive_bootstrap(s, replications => 100001)',
	'explosive_bootstrap(s, method => ''phillips_shi'', control => 200000000)',
		'explosive_bootstrap_path(s, replications => 2147483647)',
	'explosive_bootstrap_path(s, level => 0.01, replications => 100000)']) AS q;

-- Lags that are not given are none, or are chosen up to max_lags.
SELECT is_same(gsadf(s), gsadf(s, lags => 0)) AS none,
	is_same(gsadf(s, lags => NULL), gsadf(s, lags => 0)) AS null_is_none,
	is_same(gsadf(s, max_lags => 4, criterion => 'aic'), gsadf(s, lags => t.lags)) AS chosen,
	t.lags > 0 AS some
FROM (SELECT bubble_series(y + 0.4 * sin(2.1 * i), date '2000-01-01' + i) AS s FROM course) AS c,
	LATERAL explosive_test(s, max_lags => 4, criterion => 'aic') AS t;

DROP TABLE symbol, course, stored, path_with_values, wild;
DROP FUNCTION naive_runs, dated, normal;
