-- Log-periodic power laws.
\getenv srcdir PG_ABS_SRCDIR
\set setup :srcdir '/setup.sql'
\i :setup
SET datestyle = ISO;
SET timezone = 'UTC';
SET jit = off;

-- ln p = 7 - 0.03 t^0.6 + 0.004 t^0.6 cos(8 ln t) - 0.002 t^0.6 sin(8 ln t), t
-- the rows that are left until 20.5 rows after the last one; with noise, and a
-- NULL that is skipped.
CREATE TABLE lppls_price AS
SELECT i, date '2020-01-01' + i + i / 5 * 2 AS at, exp(level) AS clean,
	exp(level + 0.02 * sin(i * i)) AS price
FROM generate_series(1, 300) AS i, LATERAL (SELECT 300 - i + 20.5::float8 AS t) AS x,
	LATERAL (SELECT t ^ 0.6::float8 AS power) AS y,
	LATERAL (SELECT 7 - 0.03 * power + 0.004 * power * cos(8 * ln(t))
		- 0.002 * power * sin(8 * ln(t)) AS level) AS z;
INSERT INTO lppls_price VALUES (301, '2021-12-31', NULL, NULL);
CREATE TABLE lppls_series AS
SELECT bubble_series(price, at) AS s, bubble_series(price,
	at + time '16:00' AT TIME ZONE 'UTC') AS times FROM lppls_price;

-- A curve without noise is found; with noise, nearly.
SELECT observations, critical_at, round(exponent::numeric, 6) AS exponent,
	round(frequency::numeric, 5) AS frequency, round(a::numeric, 6) AS a,
	round(b::numeric, 7) AS b, round(c1::numeric, 7) AS c1, round(c2::numeric, 7) AS c2,
		sse < 1e-15 AS exact, round(damping::numeric, 5) AS damping,
	round(oscillations::numeric, 5) AS oscillations, relative_error < 1e-7 AS close, on_bound,
		round(rows_ahead::numeric, 4) AS rows_ahead
FROM (SELECT (lppls_fit(clean, at)).* FROM lppls_price) AS f;
SELECT critical_at, round(exponent::numeric, 4) AS exponent, round(frequency::numeric,
	4) AS frequency, round(sse::numeric, 8) AS sse,
	round(relative_error::numeric, 6) AS relative_error, on_bound, critical_low, critical_high,
		round(rows_ahead::numeric, 3) AS rows_ahead
FROM (SELECT (lppls_fit(price, at)).* FROM lppls_price) AS f;

-- What the row says is so: residuals of the curve, damping, oscillations, and
-- the critical time at the mean distance of rows.
SELECT is_near(sse / sum(rest ^ 2), 1, 1e-9) AS sse,
	is_near(relative_error / max(abs(exp(-rest) - 1)), 1, 1e-9) AS relative_error,
	is_near(damping / (exponent * abs(b) / frequency / sqrt(c1 ^ 2 + c2 ^ 2)), 1, 1e-12) AS damping,
	is_near(oscillations / (frequency / (2 * pi()) * ln((299 + rows_ahead) / rows_ahead)), 1,
		1e-12) AS oscillations,
	is_same(critical_at, max(at) +
		round((max(at) - min(at)) / 299.0 * rows_ahead::numeric)::int) AS critical_at
FROM (SELECT (lppls_fit(price, at)).* FROM lppls_price) AS f,
	LATERAL (SELECT p.at, 300 - i + rows_ahead AS t, price FROM lppls_price AS p
		WHERE price IS NOT NULL) AS x,
	LATERAL (SELECT ln(price) - a - t ^ exponent *
		(b + c1 * cos(frequency * ln(t)) + c2 * sin(frequency * ln(t))) AS rest) AS y
GROUP BY f.*, sse, relative_error, damping, exponent, b, frequency, c1, c2, oscillations,
	rows_ahead, critical_at;

-- The naive way: regressions by covariances at each point of a grid; none has a
-- smaller sum of squares.
CREATE TABLE lppls_short WITH (fillfactor = 10) AS
SELECT k, i, date '2020-01-01' + i AS at,
	100 * exp(0.01 * sum(sin(i * i * k)) OVER (PARTITION BY k ORDER BY i)) AS price,
	(8 * ((i * 7919 + k) % 100) / 100)::int AS part
FROM generate_series(1, 3) AS k, generate_series(1, 60) AS i;
WITH point AS MATERIALIZED (
	SELECT exp(h * ln(11.8::float8) / 9) AS ahead, m * 0.25::float8 AS exponent,
		1 + w * 1.5::float8 AS frequency
	FROM generate_series(0, 9) AS h, generate_series(1, 7) AS m, generate_series(0, 32) AS w
), moments AS (
	SELECT k, ahead, exponent, frequency, 60 * var_pop(y) AS yy, covar_pop(f, f) AS a,
		covar_pop(g, g) AS b, covar_pop(h, h) AS c,
		covar_pop(f, g) AS d, covar_pop(f, h) AS e, covar_pop(g, h) AS j, covar_pop(f, y) AS p,
			covar_pop(g, y) AS q, covar_pop(h, y) AS r
	FROM lppls_short, point, LATERAL (SELECT 60 - i + ahead AS t) AS x,
		LATERAL (SELECT t ^ exponent AS f, t ^ exponent * cos(frequency * ln(t)) AS g,
			t ^ exponent * sin(frequency * ln(t)) AS h, ln(price) AS y
			OFFSET 0) AS z
	GROUP BY k, ahead, exponent, frequency
), naive AS (
	SELECT k, min(yy - 60 *
		(p * p * (b * c - j * j) + q * q * (a * c - e * e) + r * r * (a * b - d * d) +
			2 * p * q * (e * j - d * c) + 2 * p * r * (d * j - e * b) + 2 * q * r * (d * e - a * j))
				/
		(a * (b * c - j * j) - d * (d * c - e * j) + e * (d * j - e * b))) AS sse
	FROM moments GROUP BY k
)
SELECT k, got.sse AS got, naive.sse AS naive
FROM naive JOIN (SELECT k, (lppls_fit(price, at)).sse FROM lppls_short GROUP BY k) AS got USING (k)
WHERE NOT (got.sse <= naive.sse * (1 + 1e-9) AND got.sse > 0.5 * naive.sse);

-- Any order of rows, over a stored series, by times, with the horizon that is
-- the default: the same to the last digit.
CREATE TABLE lppls_same AS
SELECT 'ordered' AS how, lppls_fit(price, at ORDER BY at) AS f FROM lppls_price
UNION ALL SELECT 'shuffled', lppls_fit(price, at ORDER BY md5(i::text)) FROM lppls_price
UNION ALL SELECT 'backwards', lppls_fit(price, at ORDER BY i DESC) FROM lppls_price
UNION ALL SELECT 'window', (SELECT lppls_fit(price, at) OVER (ORDER BY at)
	FROM lppls_price ORDER BY at DESC NULLS LAST LIMIT 1);
SELECT a.*, b.* FROM lppls_same AS a, lppls_same AS b
WHERE a.how < b.how AND a.f IS DISTINCT FROM b.f;
SELECT is_same((f).sse, s.sse) AS sse, is_same((f).rows_ahead, s.rows_ahead) AS rows_ahead,
	is_same((f).critical_at, s.critical_at::date) AS critical_at,
	is_same((f).critical_low, s.critical_low::date) AS low,
	is_same((f).critical_high, s.critical_high::date) AS high,
	is_same(t.sse, s.sse) AS times,
	t.critical_at - s.critical_at BETWEEN interval '4 hours' AND interval '28 hours' AS later
FROM lppls_same, lppls_series, lppls_fit(s) AS s, lppls_fit(times) AS t WHERE how = 'ordered';
SELECT h.observations, is_same(h.sse, l.sse) AS horizon, is_same(h.rows_ahead, l.rows_ahead) AS time
FROM (SELECT (lppls_fit(price, at, 30)).* FROM lppls_price) AS h, lppls_series,
	lppls_fit(s, 30) AS l;
CREATE TABLE lppls_expected AS
SELECT k, lppls_fit(price, at) AS f, lppls_fit(price, at, 8) AS h FROM lppls_short GROUP BY k;
SELECT $$ SELECT k, lppls_fit(price, at {order}) AS f, lppls_fit(price, at, 8 {order}) AS h
	FROM {rows} GROUP BY k $$ AS query \gset
SELECT * FROM in_every_plan('lppls_expected', 'k', 'lppls_short', :'query', 'at');
-- Something else is found to be that.
SELECT count(*) AS differing
FROM differences('lppls_expected', 'k', replace(filled(:'query', 'lppls_short'), '8', '2'));
SELECT error_of_parts('SELECT k, lppls_fit(price, at, 8 + part / 4) FROM lppls_short_parts '
	'GROUP BY k');

-- Prices in another currency, other times: the same curve.
SELECT is_near(scaled.sse / f.sse, 1, 1e-9) AS sse,
	is_near(scaled.rows_ahead / f.rows_ahead, 1, 1e-6) AS rows_ahead,
	is_near(scaled.b / f.b, 1, 1e-6) AS b, is_near(scaled.a - f.a, ln(1000), 1e-6) AS a,
	is_same(moved.sse, f.sse) AS moved, is_same(moved.critical_at, f.critical_at + 36500) AS later,
	is_same(stretched.sse, f.sse) AS stretched, is_same(stretched.on_bound, f.on_bound) AS on_bound
FROM (SELECT (lppls_fit(price, at)).* FROM lppls_price) AS f,
	(SELECT (lppls_fit(1000 * price, at)).* FROM lppls_price) AS scaled,
	(SELECT (lppls_fit(price, at + 36500)).* FROM lppls_price) AS moved,
	(SELECT (lppls_fit(price, timestamptz '2020-01-01' + i * interval '90 days')).*
		FROM lppls_price) AS stretched;

-- A wider box is never worse; exponents and frequencies stay inside; a box can
-- be a point.
SELECT wide.sse <= narrow.sse * (1 + 1e-12) AS wider,
	narrow.exponent BETWEEN 0.1 AND 0.9 AS exponent, narrow.frequency BETWEEN 6 AND 13 AS frequency,
	point.exponent, point.frequency, point.rows_ahead, point.on_bound,
		point.sse >= wide.sse AS worse
FROM lppls_series, lppls_fit(s) AS wide,
	lppls_fit(s, min_exponent => 0.1, max_exponent => 0.9, min_frequency => 6, max_frequency => 13)
		AS narrow,
	lppls_fit(s, 1, 0.5, 0.5, 7, 7) AS point;
-- Exponent 0: b is of ln t.
SELECT exponent, damping,
	is_near(sse / sum((ln(price) - a - b * ln(t) - c1 * cos(frequency * ln(t))
		- c2 * sin(frequency * ln(t))) ^ 2), 1, 1e-9) AS sse
FROM lppls_series, lppls_fit(s, max_exponent => 0) AS f, LATERAL (SELECT price,
	300 - i + rows_ahead AS t FROM lppls_price WHERE price IS NOT NULL) AS x
GROUP BY exponent, damping, sse;

-- Intervals: narrower at a lower level, and as if residuals were independent.
CREATE TABLE lppls_walk AS
SELECT bubble_series(exp(1 - 0.05 * t ^ 0.5 + 0.008 * t ^ 0.5 * cos(7 * ln(t))
	+ 0.004 * sin(i / 9.0)), date '2020-01-01' + i) AS s
FROM generate_series(1, 200) AS i, LATERAL (SELECT 212.5 - i AS t) AS x;
SELECT what, f.critical_low::date AS low, f.critical_at::date AS critical_at,
	f.critical_high::date AS high
FROM lppls_walk, LATERAL (VALUES
	(1, 'autocorrelated', lppls_fit(s)),
	(2, 'at 50 percent', lppls_fit(s, level => 0.5)),
	(3, 'independent', lppls_fit(s, autocorrelated => false))) AS v (n, what, fit),
	LATERAL (SELECT (fit).*) AS f
ORDER BY n;

-- No fit: constants, straight lines, too few rows, a price of 0.  Gaps do not
-- count: rows do.
SELECT what, lppls_fit(price, date '2020-01-01' + i)
FROM generate_series(1, 100) AS i, LATERAL (VALUES ('constant', 5.0), ('growth',
	2 * exp(0.01 * i)), ('zero', (i - 1) / 7.0),
	('20 rows', CASE WHEN i <= 20 THEN i * i END), ('29 rows',
		CASE WHEN i <= 29 THEN i * i END)) AS v (what, price)
GROUP BY what ORDER BY what;
SELECT lppls_fit(NULL::float8, at) AS nulls, lppls_fit(price, at) FILTER (WHERE false) AS no_rows
	FROM lppls_price;
SELECT (lppls_fit(price, at)).observations AS enough, (lppls_fit(price,
	at)).sse IS NOT NULL AS fitted FROM lppls_short WHERE k = 1 AND i <= 30;
SELECT is_same(f.sse, g.sse) AS gaps, is_same(f.rows_ahead, g.rows_ahead) AS rows,
	f.critical_at < g.critical_at AS later
FROM (SELECT (lppls_fit(price, date '2020-01-01' + i)).* FROM lppls_price) AS f,
	(SELECT (lppls_fit(price, date '2020-01-01' + i + i / 50 * 30)).* FROM lppls_price) AS g;
SELECT lppls_fit(CASE WHEN i = 7 THEN 'NaN' ELSE price END, at) FROM lppls_price;
SELECT lppls_fit(CASE WHEN i = 7 THEN 'Infinity' ELSE price END, at) FROM lppls_price;
SELECT lppls_fit(CASE WHEN i = 7 THEN -1 ELSE price END, at) FROM lppls_price;
-- Extreme prices; a straight line that is not one of logarithms; all rows at the
-- same time; a critical time that no calendar has.
SELECT what, (lppls_fit(price, at)).sse >= 0 AS fitted, (lppls_fit(price, at)).critical_at::date,
	(lppls_fit(price, at)).rows_ahead > 0 AS ahead
FROM generate_series(1, 60) AS i, LATERAL (VALUES ('large', 1e307 * (1 + i % 7),
	timestamptz '2020-01-01' + i * interval '1 day'),
	('line', i, timestamptz '2020-01-01' + i * interval '1 day'),
	('small', 1e-310 * (1 + i % 7), timestamptz '2020-01-01' + i * interval '1 day'),
	('same time', 1 + i * i, timestamptz '2020-01-01'),
	('too late', 1 + i % 7, timestamptz '294271-12-01' + i * interval '1 month')) AS v (what,
		price, at)
GROUP BY what ORDER BY what;

-- Windows: each is the fit of its rows; windows longer than the series are left
-- out.
CREATE VIEW lppls_rows AS SELECT row_number() OVER (ORDER BY at DESC) AS back, price, at
	FROM lppls_price WHERE price IS NOT NULL;
WITH got AS (
	SELECT w.* FROM lppls_series, lppls_windows(s, 320, 100, 40) AS w
), expected AS (
	SELECT f.* FROM generate_series(320, 100, -40) AS n,
		LATERAL (SELECT bubble_series(price, at) AS s FROM lppls_rows WHERE back <= n) AS x,
		lppls_fit(s) AS f
	WHERE n <= 300
)
SELECT expected, got FROM expected FULL JOIN got USING (observations)
WHERE expected IS DISTINCT FROM got;
SELECT array_agg(observations ORDER BY observations DESC) AS observations FROM lppls_series,
	lppls_windows(s, 320, 100, 40);
SELECT count(*) AS none FROM lppls_series, lppls_windows(s, 500, 301);
SELECT count(*) AS none FROM lppls_windows(NULL);
SELECT observations, sse IS NULL AS no_fit
FROM (SELECT bubble_series(3.0, date '2020-01-01' + i) AS s FROM generate_series(1,
	140) AS i) AS x, lppls_windows(s) ORDER BY observations;
-- What lies before a window does not touch it: here prices of 0 and below.
SELECT observations, sse IS NULL AS no_fit
FROM (SELECT bubble_series(i - 60 + 0.3 * sin(i * i), date '2020-01-01' + i) AS s
		FROM generate_series(1, 140) AS i) AS x, lppls_windows(s, 79, 60, 10)
ORDER BY observations;
SELECT observations, sse IS NULL AS no_fit
FROM (SELECT bubble_series(CASE WHEN i > 60 THEN i + 0.3 * sin(i * i) ELSE 0 END,
			date '2020-01-01' + i) AS s
		FROM generate_series(1, 140) AS i) AS x, lppls_windows(s, 100, 60, 20)
ORDER BY observations;

-- Confidence: what plain SQL counts among the windows, of a bubble, its mirror
-- image, and the prices above.
CREATE TABLE lppls_bubble AS
SELECT k, bubble_series(CASE k WHEN 2 THEN 1 / price ELSE price END, date '2020-01-01' + i) AS s
FROM generate_series(1, 2) AS k, generate_series(1, 300) AS i,
	LATERAL (SELECT 300 - i + 20.5::float8 AS t) AS x, LATERAL (SELECT
	exp(7 - t ^ 0.6 * (0.03 - 0.0015 * cos(8 * ln(t)) + 0.001 * sin(8 * ln(t)))
		+ 0.004 * sin(i * i) + 0.003 * sin(i / 5.0)) AS price) AS y
GROUP BY k
UNION ALL SELECT 3, s FROM lppls_series;
CREATE TABLE lppls_filters (filter text, m_low float8, m_high float8, w_low float8, w_high float8,
	share float8, rows float8, periods float8, damping float8, error float8);
INSERT INTO lppls_filters VALUES ('sornette', 0.01, 1.2, 2, 25, 0.1, 'Infinity', 2.5, 0.8, 0.05),
	('trust', 0.01, 0.99, 2, 25, 0.1, 'Infinity', 2.5, 1, 0.2),
	('shu_zhu', 0.01, 0.99, 2, 25, 0.2, 'Infinity', 2.5, 1, 0.15), ('lppls', 0, 1, 2, 15, 0.5,
		252, 2.5, 0.5, 'Infinity');
WITH counted AS (
	SELECT k, filter, bounds, s, (SELECT ROW(count(*), count(*) FILTER (WHERE good AND b < 0),
		count(*) FILTER (WHERE good AND b > 0),
			count(*) FILTER (WHERE on_bound))::lppls_confidence
		FROM lppls_windows(s, 280, 60, 20) AS w, LATERAL (SELECT exponent BETWEEN m_low AND m_high
			AND frequency BETWEEN w_low AND w_high AND
			rows_ahead <= least(share * (observations - 1), rows) AND oscillations >= periods
				AND w.damping >= f.damping AND relative_error <= error AND
			(bounds OR NOT on_bound) AS good) AS x) AS c
	FROM lppls_bubble, lppls_filters AS f, unnest('{f,t}'::boolean[]) AS bounds
)
SELECT k, filter, bounds, c AS counted, got
FROM counted, lppls_confidence(s, 280, 60, 20, filter, count_bounds => bounds) AS got
	WHERE got IS DISTINCT FROM c;
SELECT k, filter, c.* FROM lppls_bubble, lppls_filters, lppls_confidence(s, 280, 60, 20,
	upper(filter)) AS c ORDER BY k, filter;
SELECT lppls_confidence(s, 500, 301) AS no_window, lppls_confidence(NULL) AS no_series
	FROM lppls_series;

-- Parameters.
SELECT lppls_fit(price, at, 0) FROM lppls_price;
SELECT lppls_fit(price, at, 1000001) FROM lppls_price;
SELECT lppls_fit(price, at, i) FROM lppls_price;
SELECT lppls_fit(s, min_exponent => -0.1) FROM lppls_series;
SELECT lppls_fit(s, min_exponent => 1, max_exponent => 0.5) FROM lppls_series;
SELECT lppls_fit(s, max_exponent => 'NaN') FROM lppls_series;
SELECT lppls_fit(s, min_frequency => 0) FROM lppls_series;
SELECT lppls_fit(s, max_frequency => 101) FROM lppls_series;
SELECT lppls_fit(s, min_frequency => 9, max_frequency => 8) FROM lppls_series;
SELECT lppls_fit(s, level => 1) FROM lppls_series;
SELECT lppls_fit(s, autocorrelated => NULL) FROM lppls_series;
SELECT lppls_fit(s, max_exponent => NULL) FROM lppls_series;
SELECT count(*) FROM lppls_series, lppls_windows(s, 100, 101);
SELECT count(*) FROM lppls_series, lppls_windows(s, shortest => 29);
SELECT count(*) FROM lppls_series, lppls_windows(s, longest => 1000001);
SELECT count(*) FROM lppls_series, lppls_windows(s, step => 0);
SELECT lppls_confidence(s, filter => 'demos') FROM lppls_series;
SELECT lppls_confidence(s, filter => NULL) FROM lppls_series;
SELECT lppls_confidence(s, count_bounds => NULL) FROM lppls_series;

DROP VIEW lppls_rows;
DROP TABLE lppls_price, lppls_series, lppls_short, lppls_short_parts, lppls_expected, lppls_same,
	lppls_walk, lppls_bubble,
	lppls_filters;
