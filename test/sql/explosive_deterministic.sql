-- Explosive roots with other deterministic terms than a constant, and lags
-- chosen among those that a short sample carries.
\getenv srcdir PG_ABS_SRCDIR
\set setup :srcdir '/setup.sql'
\i :setup
SET datestyle = ISO;
SET timezone = 'UTC';
SET jit = off;

-- Least squares in plain SQL: cross products, then Gauss and Jordan's sweeps
-- over them.  The statistic is the t value of the level, which comes last.
CREATE FUNCTION naive_adf(y float8[], lags int, terms int) RETURNS float8 LANGUAGE plpgsql AS
$$
DECLARE
	k CONSTANT int := lags + 1 + terms;	-- regressors
	x float8[];
	a float8[] := array_fill(0::float8, ARRAY[k + 1, k + 1]);
	pivot float8;
	level float8;
	rows int := 0;
BEGIN
	FOR t IN lags + 2 .. cardinality(y) LOOP
		x := ARRAY[]::float8[];
		IF terms >= 1 THEN x := x || 1::float8; END IF;
		IF terms = 2 THEN x := x || (t - cardinality(y) / 2)::float8; END IF;
		FOR i IN 1 .. lags LOOP x := x || (y[t - i] - y[t - i - 1]); END LOOP;
		x := x || y[t - 1] || (y[t] - y[t - 1]);
		FOR i IN 1 .. k + 1 LOOP FOR j IN 1 .. k + 1 LOOP a[i][j] := a[i][j] + x[i]
			* x[j]; END LOOP; END LOOP;
		rows := rows + 1;
	END LOOP;
	FOR p IN 1 .. k LOOP
		pivot := a[p][p];
		level := pivot;		-- of the last: what the others leave of its squares
		FOR j IN 1 .. k + 1 LOOP a[p][j] := a[p][j] / pivot; END LOOP;
		FOR i IN p + 1 .. k + 1 LOOP
			pivot := a[i][p];
			FOR j IN p .. k + 1 LOOP a[i][j] := a[i][j] - pivot * a[p][j]; END LOOP;
		END LOOP;
	END LOOP;
	RETURN a[k][k + 1] / sqrt(a[k + 1][k + 1] / (rows - k) / level);
END
$$;

SELECT setseed(0.6);
CREATE TABLE drifting AS
SELECT g, array_agg(y ORDER BY i) AS y, bubble_series(y, date '2000-01-01' + i) AS s
FROM (SELECT g, i, g * 3 + 0.3 * i + sum(random() - 0.45) OVER (PARTITION BY g ORDER BY i) AS y
	FROM generate_series(1, 3) AS g, generate_series(1, 40) AS i) AS x
GROUP BY g;
CREATE VIEW terms AS SELECT * FROM (VALUES (0, 'none'), (1, 'constant'), (2, 'trend'))
	AS v (terms, name);

-- PostgreSQL's own regression with a constant agrees with the naive one.
SELECT count(*) AS rows, min((g, naive_adf(y, 0, 1), adf(s))::text)
	FILTER (WHERE (abs(naive_adf(y, 0, 1) - adf(s)) < 1e-9) IS NOT TRUE) AS differing,
	min((g, adf(s))::text)
		FILTER (WHERE (abs(adf(s)
		- (SELECT regr_slope(d, l) / sqrt((regr_syy(d, l) - regr_sxy(d, l) ^ 2 / regr_sxx(d, l))
		/ 37 / regr_sxx(d, l))
		FROM (SELECT y[i] - y[i - 1] AS d, y[i - 1] AS l FROM generate_series(2, 40) AS i) AS x))
			< 1e-9) IS NOT TRUE) AS regr
FROM drifting;

-- adf, sadf, gsadf and bsadf_path: the largest of the naive ones.
SELECT name, lags, count(*) AS rows,
	min((g, adf(s, lags, deterministic => name), naive_adf(y, lags, terms))::text)
	FILTER (WHERE (abs(adf(s, lags, deterministic => name) - naive_adf(y, lags, terms)) < 1e-8)
	IS NOT TRUE) AS adf
FROM drifting, terms, generate_series(0, 3) AS lags GROUP BY name, lags ORDER BY name, lags;
CREATE TABLE naive_windows AS
SELECT g, name, lags, first, last, naive_adf(y[first:last], lags, terms) AS t
FROM drifting, terms, generate_series(0, 1) AS lags, generate_series(1, 29) AS first,
	generate_series(first + 11, 40) AS last;
SELECT name, lags, count(*) AS rows,
	min((g, sadf(s, 12, lags, deterministic => name), w.sadf)::text)
	FILTER (WHERE (abs(sadf(s, 12, lags, deterministic => name) - w.sadf) < 1e-8)
	IS NOT TRUE) AS sadf,
	min((g, gsadf(s, 12, lags, deterministic => name), w.gsadf)::text)
		FILTER (WHERE (abs(gsadf(s, 12, lags, deterministic => name) - w.gsadf) < 1e-8)
		IS NOT TRUE) AS gsadf
FROM drifting JOIN (SELECT g, name, lags, max(t) FILTER (WHERE first = 1) AS sadf, max(t) AS gsadf
	FROM naive_windows GROUP BY g, name, lags) AS w USING (g)
GROUP BY name, lags ORDER BY name, lags;
SELECT name, lags, count(*) AS ends, min((g, p.at, value, t)::text)
	FILTER (WHERE (abs(value - t) < 1e-8) IS NOT TRUE) AS differing
FROM drifting, terms, generate_series(0, 1) AS lags,
	unnest(bsadf_path(s, 12, lags, deterministic => name)) AS p
	JOIN LATERAL (SELECT max(t) AS t FROM naive_windows AS w WHERE w.g = drifting.g
		AND w.name = terms.name AND w.lags = lags.lags
		AND w.last = p.at::date - date '2000-01-01') AS n ON true
GROUP BY name, lags ORDER BY name, lags;

-- The default is a constant, case does not matter.
SELECT count(*) AS rows, min((g, adf(s, deterministic => 'Constant'), adf(s))::text)
	FILTER (WHERE (adf(s, deterministic => 'Constant') = adf(s)) IS NOT TRUE) AS adf,
	min((g, gsadf(s, 12, 1, deterministic => 'constant'), gsadf(s, 12, 1))::text)
	FILTER (WHERE (gsadf(s, 12, 1, deterministic => 'constant') = gsadf(s, 12, 1))
	IS NOT TRUE) AS gsadf
FROM drifting;
-- The unit changes nothing; the origin does without a constant, a trend that
-- is added only without one.
SELECT name, g, changed, before, after
FROM drifting, terms, LATERAL (SELECT bubble_series(v * 1000, at) AS scaled,
	bubble_series(v + 50, at) AS shifted, bubble_series(v + 2 * i, at) AS trending
	FROM (SELECT i, date '2000-01-01' + i::int AS at, v
		FROM unnest(y) WITH ORDINALITY AS u (v, i)) AS x) AS x,
	LATERAL (VALUES ('unit', true, gsadf(s, 12, deterministic => name),
			gsadf(scaled, 12, deterministic => name)),
		('origin', name <> 'none', gsadf(s, 12, deterministic => name),
			gsadf(shifted, 12, deterministic => name)),
		('trend', name = 'trend', adf(s, deterministic => name),
			adf(trending, deterministic => name))) AS v (changed, same, before, after)
WHERE (abs(before - after) < 1e-8) IS DISTINCT FROM same ORDER BY name, g, changed;

-- The least sample: one degree of freedom.
SELECT name, lags, min(n) AS least
FROM terms, generate_series(0, 2) AS lags, generate_series(1, 12) AS n,
	LATERAL (SELECT bubble_series(sin(i * i), date '2000-01-01' + i) AS s
		FROM generate_series(1, n) AS i) AS x
WHERE adf(s, lags, deterministic => name) IS NOT NULL GROUP BY name, lags ORDER BY name, lags;

-- The test has statistics, and critical values where the surface knows them.
SELECT name, count(*) AS rows, min((g, (t).gsadf, gsadf(s, 12, deterministic => name))::text)
	FILTER (WHERE ((t).gsadf = gsadf(s, 12, deterministic => name)) IS NOT TRUE) AS gsadf,
	min((g, (t).sadf, sadf(s, 12, deterministic => name))::text)
	FILTER (WHERE ((t).sadf = sadf(s, 12, deterministic => name)) IS NOT TRUE) AS sadf,
	min((g, (t).adf, adf(s, deterministic => name))::text)
		FILTER (WHERE ((t).adf = adf(s, deterministic => name)) IS NOT TRUE) AS adf,
		count((t).gsadf_95) AS values, count((t).adf_p) AS p
FROM (SELECT g, name, s, explosive_test(s, 12, deterministic => name) AS t FROM drifting, terms)
	AS x GROUP BY name ORDER BY name;
SELECT name, explosive_episodes(s, 12, deterministic => name) IS NULL AS by_surface,
	explosive_episodes(s, 12, deterministic => name, critical => -10, min_duration => 1)
		IS NULL AS by_own
FROM drifting, terms WHERE g = 1 ORDER BY name;
-- So the bootstrap: its statistics are those of the sample.
SELECT name, is_same((b).gsadf, gsadf(s, 12, deterministic => name)) AS gsadf,
	(b).gsadf_95 BETWEEN -3 AND 8 AS value, (b).gsadf_p BETWEEN 0 AND 1 AS p
FROM (SELECT name, s, explosive_bootstrap(s, 12, replications => 99, deterministic => name) AS b
	FROM drifting, terms WHERE g = 1) AS x ORDER BY name;

-- Simulated critical values are those of Dickey and Fuller (Fuller 1976, of
-- 250 observations), and of the supremum of all windows they are larger.
SELECT name, level, abs(adf - fuller) < 0.12 AS fuller, sadf > adf AND gsadf >= sadf AS ordered
FROM (VALUES ('none', 0.90, 0.89), ('none', 0.95, 1.29), ('none', 0.99, 2.01),
	('constant', 0.90, -0.42), ('constant', 0.95, -0.06),
		('constant', 0.99, 0.63), ('trend', 0.90, -1.23), ('trend', 0.95, -0.92),
			('trend', 0.99, -0.31)) AS v (name, level, fuller)
	JOIN (SELECT name, s.* FROM terms, explosive_simulate(250, 150, 0, 4000, 1,
		name) AS s) AS s USING (name, level)
ORDER BY name, level;
-- Size with a trend, by the bootstrap: random walks about which a trend says
-- nothing are found explosive about as often as they should be.
SELECT setseed(0.2);
SELECT avg(((explosive_bootstrap(s, 20, replications => 199,
	deterministic => 'trend')).gsadf_p <= 0.1)::int) BETWEEN 0.05 AND 0.16 AS size
FROM (SELECT bubble_series(y, date '2000-01-01' + i) AS s
	FROM (SELECT g, i, sum(sqrt(-2 * ln(1 - random())) * cos(2 * pi() * random()))
		OVER (PARTITION BY g ORDER BY i) AS y
		FROM generate_series(1, 300) AS g, generate_series(1, 60) AS i) AS x GROUP BY g) AS x;

SELECT error_of(format('SELECT %s FROM drifting', q))
FROM unnest(ARRAY['adf(s, deterministic => ''drift'')', 'sadf(s, deterministic => NULL)',
	'gsadf(s, 4, 0, deterministic => ''trend'')', 'gsadf(s, 4, 0, deterministic => ''none'')',
		'bsadf_path(s, 5, 1, deterministic => ''trend'')',
	'explosive_bootstrap(s, deterministic => ''quadratic'')']) AS q;

-- ---- short samples ----

-- Ten rows carry three lags: the choice is made among 0 to 3.
CREATE TABLE ten AS SELECT i, date '2000-01-01' + i AS at, 100 + 3 * sin(i * i) + i AS y
	FROM generate_series(1, 10) AS i;
SELECT is_same(adf(s, NULL, 4, 'aic'), adf(s, NULL, 3, 'aic')) AS adf,
	is_same(adf(s, NULL, 12, 'bic'), adf(s, NULL, 3, 'bic')) AS many,
	is_same(sadf(s, NULL, NULL, 12, 'aic'), sadf(s, NULL, NULL, 3, 'aic')) AS sadf,
	(explosive_test(s, NULL, NULL, 12, 'aic')).lags <= 3 AS test,
	adf(s, 4) IS NULL AS as_many_as_asked
FROM (SELECT bubble_series(y, at) AS s FROM ten) AS x;
-- By rows: some lags from four rows on, as many as they carry.
SELECT n, adf(bubble_series(y, at), NULL, 12, 'aic') IS NOT NULL AS statistic,
	(explosive_test(bubble_series(y, at), NULL, NULL, 12, 'aic')).lags <= (n - 4) / 2 AS carried
FROM generate_series(3, 10) AS n JOIN ten ON i <= n GROUP BY n ORDER BY n;

DROP VIEW terms;
DROP TABLE drifting, naive_windows, ten;
DROP FUNCTION naive_adf;
