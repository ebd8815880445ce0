-- Critical values, explosive episodes and the test.
\getenv srcdir PG_ABS_SRCDIR
\set setup :srcdir '/setup.sql'
\i :setup
SET datestyle = ISO;
SET timezone = 'UTC';
SET jit = off;

-- Against exuber's critical values of 2,000 replications, whose own error is
-- up to 0.05 at 90 and 95 percent and 0.15 at 99 percent; their shortest
-- window has one observation more.
SELECT n, level, is_near(sadf_critical_value(n, level => level), sadf, tolerance) AS sadf,
	is_near(gsadf_critical_value(n, level => level), gsadf, tolerance) AS gsadf
FROM (VALUES (100, 0.90::float8, 0.988, 1.710, 0.06), (100, 0.95, 1.295, 1.974, 0.06),
	(100, 0.99, 1.916, 2.571, 0.15),
	(200, 0.90, 1.093, 1.875, 0.06), (200, 0.95, 1.388, 2.114, 0.06),
		(200, 0.99, 1.950, 2.611, 0.15),
	(400, 0.90, 1.141, 1.918, 0.06), (400, 0.95, 1.441, 2.151, 0.06),
		(400, 0.99, 2.040, 2.602, 0.15)) AS v (n, level, sadf, gsadf, tolerance);

-- Against those of Dickey and Fuller for many observations, with constant.
SELECT abs((t).adf_90 + 0.44) < 0.06 AS adf_90, abs((t).adf_95 + 0.07) < 0.06 AS adf_95,
	abs((t).adf_99 - 0.60) < 0.06 AS adf_99
FROM (SELECT explosive_test(bubble_series(i % 7, date '1900-01-01' + i)) AS t
	FROM generate_series(1, 1000) AS i) AS x;

-- Critical values rise with the level and, at the usual ones, the GSADF's
-- are above the SADF's, which are above the ADF's.
SELECT count(*) AS cases, min((n, lags, s90, s95, s99, g90, g95, g99)::text)
	FILTER (WHERE (s90 < s95 AND s95 < s99 AND g90 < g95 AND g95 < g99 AND s95 < g95)
	IS NOT TRUE) AS ordered
FROM (SELECT n, lags, sadf_critical_value(n, NULL, lags, 0.90) AS s90,
	sadf_critical_value(n, NULL, lags) AS s95,
		sadf_critical_value(n, NULL, lags, 0.99) AS s99, gsadf_critical_value(n, NULL, lags,
			0.90) AS g90,
		gsadf_critical_value(n, NULL, lags) AS g95, gsadf_critical_value(n, NULL, lags, 0.99) AS g99
	FROM generate_series(100, 5000, 100) AS n, generate_series(0, 4) AS lags) AS x;
SELECT count(*) AS rows, min((l, b, a)::text) FILTER (WHERE b < a) AS monotone_in_level
FROM (SELECT l, gsadf_critical_value(300, level => l / 1000.0) AS b,
	lag(gsadf_critical_value(300, level => l / 1000.0)) OVER (ORDER BY l) AS a
	FROM generate_series(10, 999) AS l) AS x;
SELECT is_same(sadf_critical_value(500), sadf_critical_value(500, 45, 0, 0.95)) AS defaults,
	gsadf_critical_value(observations => 500, lags => 1) > gsadf_critical_value(500) AS by_name;

-- The p value of a critical value is 1 - level.
SELECT statistic, round(p::numeric, 3) AS p
FROM (SELECT explosive_test(bubble_series(y, date '1900-01-01' + i)) AS t
	FROM (SELECT i, 100 + 3 * sin(i * 0.9) + 0.01 * i AS y
		FROM generate_series(1, 300) AS i) AS s) AS x,
	LATERAL (VALUES ('adf', (t).adf_p), ('sadf', (t).sadf_p), ('gsadf', (t).gsadf_p))
		AS v (statistic, p);

SELECT error_of(q) FROM unnest(ARRAY['SELECT sadf_critical_value(19)',
	'SELECT gsadf_critical_value(50001)',
	'SELECT gsadf_critical_value(100, 8)', 'SELECT gsadf_critical_value(1000, 30)',
		'SELECT gsadf_critical_value(1000, 1001)',
	'SELECT gsadf_critical_value(1000, NULL, 13)', 'SELECT gsadf_critical_value(1000, NULL, -1)',
		'SELECT gsadf_critical_value(1000, level => 1.0)',
	'SELECT gsadf_critical_value(1000, level => ''NaN'')', 'SELECT gsadf_critical_value(NULL)',
		'SELECT gsadf_critical_value(1000, level => NULL)',
	'SELECT gsadf_critical_value(1000, NULL, NULL)', 'SELECT gsadf_critical_value(-5)',
		'SELECT gsadf_critical_value(50, 60)']) AS q;

-- A random walk with a bubble in its middle, which bursts, and a crash after
-- it: made of sines instead of random numbers.
CREATE TABLE walk AS
SELECT i, date '2000-01-01' + i AS at,
	round((100 + sum(CASE WHEN i BETWEEN 150 AND 190 THEN 0.04 * exp((i - 150) * 0.1)
		WHEN i BETWEEN 191 AND 195 THEN -4 WHEN i BETWEEN 240 AND 260
			THEN -0.04 * exp((i - 240) * 0.2) ELSE 0 END +
	0.5 * sin(i * i * 0.7)) OVER (ORDER BY i))::numeric, 6)::float8 AS y
FROM generate_series(1, 300) AS i;
SELECT unnest(explosive_episodes(y, at)) FROM walk;
SELECT cardinality(explosive_episodes(y, at, NULL, 0, 0.95, 1)) AS short_ones_too,
	cardinality(explosive_episodes(y, at, NULL, 0, 0.999)) AS sure_ones,
	explosive_episodes(y, at, NULL, 0, 0.999, 200) AS long_ones
FROM walk;
-- While it goes on it has no end.
SELECT unnest(explosive_episodes(y, at)) FROM walk WHERE i <= 185;

-- The naive way: rows of the BSADF window function above the SADF critical
-- values of the observations up to them, as runs of at least that many rows.
CREATE FUNCTION naive_episodes(window_ int, lags int, level float8, duration int)
RETURNS TABLE (started_at date, peak_at date, ended_at date, peak_statistic float8,
	is_bubble boolean) LANGUAGE sql AS
$$
	WITH path AS (
		SELECT i, at, y, lag(y) OVER w AS before, bsadf(y, window_, lags) OVER w AS b, count(*)
			OVER () AS n FROM walk WINDOW w AS (ORDER BY at)),
	above AS (
		SELECT *, b > CASE WHEN i >= window_
			THEN sadf_critical_value(i,
			greatest(least(window_, floor(i * (0.01 + 1.8 / sqrt(i)))::int), 2 * lags + 8), lags,
			level) END AS explosive FROM path),
	run AS (SELECT *, count(*) FILTER (WHERE explosive IS NOT TRUE) OVER (ORDER BY i) AS run
		FROM above)
	SELECT min(at), (array_agg(at ORDER BY b DESC, i))[1], CASE WHEN max(i) < max(n)
		THEN max(at) END, max(b),
		(array_agg(y ORDER BY b DESC, i))[1] > (array_agg(before ORDER BY i))[1]
	FROM run WHERE explosive GROUP BY run HAVING count(*) >= duration ORDER BY 1
$$;
SELECT w, lags, level, duration, episodes, is_same(rows, episodes) AS rows,
	is_same(series, episodes) AS series
FROM (SELECT w, lags, level, duration,
		(SELECT array_agg(ROW(n.*)::explosive_episode_date)
			FROM naive_episodes(w, lags, level, duration) AS n)::text AS episodes,
		(SELECT explosive_episodes(y, at, w, lags, level, duration) FROM walk)::text AS rows,
		(SELECT array_agg(ROW(e.started_at::date, e.peak_at::date, e.ended_at::date,
			e.peak_statistic, e.is_bubble)::explosive_episode_date)
			FROM unnest((SELECT explosive_episodes(bubble_series(y, at), w, lags, level, duration)
				FROM walk)) AS e)::text AS series
	FROM (VALUES (34, 0, 0.95::float8, 1), (34, 0, 0.95, 6), (34, 1, 0.9, 1), (40, 2, 0.99, 2),
		(20, 0, 0.9, 3)) AS v (w, lags, level, duration)) AS x;

-- The test is made of the single functions.
SELECT (t).observations, (t).min_window, (t).lags, is_same(((t).adf, (t).sadf, (t).gsadf),
	(adf(s), sadf(s), gsadf(s))) AS statistics, is_same(((t).sadf_90, (t).sadf_95, (t).gsadf_99),
	(sadf_critical_value(300, level => 0.9), sadf_critical_value(300),
	gsadf_critical_value(300, level => 0.99))) AS values, (t).sadf_p, (t).gsadf_p
FROM (SELECT explosive_test(s) AS t, s FROM (SELECT bubble_series(y, at) AS s FROM walk) AS b) AS x;
SELECT (t).lags, (t).min_window, is_same((t).gsadf, gsadf(bubble_series(y, at), 40, NULL, 4,
	'aic')) AS chosen
FROM (SELECT explosive_test(bubble_series(y, at), 40, NULL, 4, 'aic') AS t FROM walk) AS x, walk
GROUP BY t;

-- Too short, constant, nothing.
SELECT explosive_episodes(y, at) AS short, explosive_test(y, at) AS short_test FROM walk
WHERE i <= 3;
SELECT explosive_episodes(5, at) AS constant, explosive_test(5, at) AS constant_test FROM walk;
SELECT explosive_episodes(y, at), explosive_test(y, at) FROM walk WHERE false;
SELECT explosive_episodes(NULL::bubble_series), explosive_test(NULL::bubble_series);
SELECT error_of(format('SELECT %s FROM walk', q))
FROM unnest(ARRAY['explosive_episodes(y, at, 10)', 'explosive_episodes(y, at, 20, 7)',
	'explosive_episodes(y, at, NULL, 0, 1.5)', 'explosive_episodes(y, at, NULL, 0, NULL)',
		'explosive_episodes(y, at, NULL, 0, 0.95, 0)',
	'explosive_episodes(y, at, NULL, NULL)', 'explosive_episodes(y, at, NULL, 0, 0.5 + i / 1000.0)',
		'explosive_test(y, at, 10)',
	'explosive_test(y, at, 20, 7)', 'explosive_episodes(bubble_series(y, at), min_duration => -1)',
	'explosive_test(bubble_series(y, at), 400)']) AS q;

-- Any order, any parts.
CREATE TABLE walk_rows AS
SELECT g, i, at, y * CASE g WHEN 1 THEN 1 WHEN 2 THEN -1 ELSE 1000 END AS y,
	(8 * ((i * 7919) % 100) / 100)::int AS part
FROM walk, generate_series(1, 3) AS g;
SELECT $$ SELECT g, explosive_episodes(y, at, NULL, 1, 0.9, 2 {order})::text AS dated,
	explosive_test(y, at {order})::text AS tested FROM {rows} GROUP BY g $$ AS query \gset
SELECT format('CREATE TABLE walk_expected AS %s', filled(:'query', 'walk_rows')) \gexec
SELECT g, length(dated) > 2 AS episodes FROM walk_expected ORDER BY g;
SELECT * FROM in_every_plan('walk_expected', 'g', 'walk_rows', :'query', 'at');

-- The size: of random walks about 5 percent are rejected at 95 percent, give
-- or take three standard errors of 2,000 of them.
SELECT setseed(0.1);
CREATE TABLE null_walk AS
SELECT g, i, sum(sqrt(-2 * ln(1 - random())) * cos(2 * pi() * random()))
	OVER (PARTITION BY g ORDER BY i) AS y
FROM generate_series(1, 2000) AS g, generate_series(1, 100) AS i;
SELECT l.lags, abs(avg((t.gsadf > t.gsadf_95)::int) - 0.05) < 0.015 AS gsadf,
	abs(avg((t.sadf > t.sadf_95)::int) - 0.05) < 0.015 AS sadf,
	abs(avg((t.adf > t.adf_95)::int) - 0.05) < 0.015 AS adf, abs(avg((t.gsadf_p < 0.1)::int) - 0.1)
		< 0.02 AS p_10,
	abs(avg((t.gsadf_p < 0.5)::int) - 0.5) < 0.04 AS p_50
FROM (SELECT g, bubble_series(y, date '2000-01-01' + i) AS s FROM null_walk GROUP BY g) AS x,
	generate_series(0, 4, 2) AS l (lags), explosive_test(s, NULL, l.lags) AS t
GROUP BY l.lags ORDER BY l.lags;

DROP TABLE walk, walk_rows, walk_expected, walk_rows_parts, null_walk;
DROP FUNCTION naive_episodes;
