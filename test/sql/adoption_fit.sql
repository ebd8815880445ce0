-- Fitted curves of adoption.
\getenv srcdir PG_ABS_SRCDIR
\set setup :srcdir '/setup.sql'
\i :setup
CREATE FUNCTION digits(x float8, n int) RETURNS numeric LANGUAGE sql IMMUTABLE
RETURN CASE WHEN x = 0 THEN 0 ELSE round(x::numeric, n - 1 - floor(log(abs(x)))::int) END;

-- Increments from 1980 on, of which levels follow.
CREATE TABLE sold AS
SELECT series, i::int AS i, make_date(first - 1 + i::int, 12, 31) AS at, n,
	sum(n) OVER (PARTITION BY series ORDER BY i) AS level
FROM (VALUES ('vcr', 1980, '{840,1470,2110,4000,7590,10950,10530,9470,7790,5890}'::float8[]),
	('air', 1949, '{96,195,238,380,1045,1230,1267,1828,1586,1673,1800,1580,1500}'))
	AS s (series, first, increments),
	unnest(increments) WITH ORDINALITY AS u (n, i);
-- NIST's data set Rat42, its x as days and as months.
CREATE TABLE rat42 AS
SELECT x, y, date '2000-01-01' + x AS day,
	(date '2000-01-01' + x * interval '1 month')::date AS month
FROM unnest('{9,14,21,28,42,57,63,70,79}'::int[],
	'{8.930,10.800,18.590,22.330,39.350,56.110,61.730,64.620,67.080}'::float8[]) AS u (x, y);

-- The numbers of the literature.
SELECT series, model, observations, digits(saturation, 10) AS m, digits(saturation_se, 8) AS m_se,
	digits(p, 9) AS p, digits(p_se, 8) AS p_se, digits(q, 9) AS q, digits(q_se, 8) AS q_se
FROM (SELECT series, (bass_fit(n, at)).* FROM sold GROUP BY series) AS f
UNION ALL
SELECT series, model, observations, digits(saturation, 10), digits(saturation_se, 8),
	digits(p, 9), digits(p_se, 8), digits(q, 9), digits(q_se, 8)
FROM (SELECT series, (bass_fit_cumulative(level, at)).* FROM sold WHERE series = 'vcr'
	GROUP BY series) AS f
ORDER BY series, model;
SELECT series, digits(rss, 12) AS rss, digits(saturation_low, 8) AS low,
	digits(saturation_high, 8) AS high, identified, peak_at, peak_low, peak_high,
	digits(share_reached, 6) AS share, origin_at, last_at, time_unit, step, reason
FROM (SELECT series, (bass_fit(n, at)).* FROM sold GROUP BY series) AS f ORDER BY series;
SELECT digits(saturation, 10) AS m, digits(saturation_se, 10) AS m_se,
	digits(x * 12 + 9, 8) AS x, digits(s * 12, 8) AS s,
	digits(rss, 10) AS rss, digits(saturation_low, 9) AS low, digits(saturation_high, 9) AS high
FROM (SELECT (logistic_fit(y, month)).* FROM rat42) AS f;
SELECT digits(saturation, 10) AS m, digits(saturation_se, 10) AS m_se,
	digits(x * 365.2425 + (origin_at - date '2000-01-01'), 8) AS x, digits(s * 365.2425, 8) AS s,
	digits(rss, 10) AS rss, time_unit, peak_at
FROM (SELECT (logistic_fit(y, day)).* FROM rat42) AS f;
SELECT digits(saturation, 9) AS m, digits(saturation_se, 5) AS m_se,
	digits(b * exp(c * 9 / 12), 9) AS b, digits(c / 12, 9) AS c, digits(rss, 12) AS rss
FROM (SELECT (gompertz_fit(y, month)).* FROM rat42) AS f;
SELECT model, digits(aicc, 8) AS aicc FROM (SELECT (adoption_fit(y, month)).* FROM rat42) AS f
UNION ALL SELECT model, digits(aicc, 8) FROM (SELECT (gompertz_fit(y, month)).* FROM rat42) AS f
UNION ALL SELECT model, digits(aicc, 8) FROM (SELECT (exponential_fit(y, month)).* FROM rat42) AS f
ORDER BY aicc, model;

-- Video recorders, by the years used.
SELECT years, round(saturation) AS m, round(saturation_low) AS low, round(saturation_high) AS high,
	identified, reason
FROM generate_series(3, 8) AS years,
	LATERAL (SELECT (bass_fit(n, at)).* FROM sold WHERE series = 'vcr' AND i <= years) AS f
ORDER BY years;
SELECT round(saturation_low) AS low, round(saturation) AS m, round(saturation_high) AS high
FROM (SELECT (bass_fit(n, at)).* FROM sold WHERE series = 'air' AND i <= 7) AS f;

-- A curve is drawn from its row, whatever the row's times are: an hour of summer
-- time is no more than 2. Levels of Bass's are the sums of its increments.
SELECT at, digits(value, 8) AS value, digits(low, 6) AS low, digits(high, 6) AS high
FROM (SELECT bass_fit(n, at) AS fit FROM sold WHERE series = 'vcr') AS f,
	adoption_forecast(fit, '1979-12-31', '1992-12-31', '1 year') ORDER BY at;
SELECT at, adoption_curve(a, at) AS dates, adoption_curve(b, at::timestamptz) AS times,
	adoption_curve(c, at::timestamptz) AS stored
FROM (SELECT bass_fit(n, at) AS a, bass_fit(n, at::timestamptz) AS b,
		bass_fit(bubble_series(n, at)) AS c
	FROM sold WHERE series = 'vcr') AS f, generate_series(0, 60) AS m,
	LATERAL (SELECT (date '1978-01-31' + m * interval '100 days')::date AS at) AS t
WHERE abs(adoption_curve(a, at) - adoption_curve(b, at::timestamptz)) > 2
	OR abs(adoption_curve(a, at) - adoption_curve(c, at::timestamptz)) > 2
ORDER BY at;
SELECT model, digits(adoption_curve(fit, '2006-08-01'), 8) AS level
FROM (SELECT (fit).model, fit FROM (SELECT logistic_fit(y, month) AS fit FROM rat42
	UNION ALL SELECT gompertz_fit(y, month) FROM rat42
	UNION ALL SELECT exponential_fit(y, month) FROM rat42
	UNION ALL SELECT bass_fit_cumulative(y, month) FROM rat42) AS f) AS g ORDER BY model;
SELECT is_near(sum((y - adoption_curve(fit, month)) ^ 2) / min((fit).rss), 1, 1e-9) AS rss
FROM rat42, (SELECT gompertz_fit(y, month) AS fit FROM rat42) AS f;
-- No curve, no value; a crafted row without what a curve needs has none.
SELECT adoption_curve(fit, '2000-01-01') AS level,
	(SELECT count(*) FROM adoption_forecast(fit, '2000-01-01', '2001-01-01', '1 month')) AS rows
FROM (SELECT bass_fit(n, at) AS fit FROM sold WHERE series = 'vcr' AND i <= 5) AS f;
SELECT adoption_curve(NULL::adoption_fit, now()) IS NULL AS null,
	adoption_curve(row_of, now()) IS NULL AS crafted
FROM (SELECT jsonb_populate_record(NULL::adoption_fit, '{"model": "logistic", "saturation": 3}')
	AS row_of) AS r;
SELECT count(*) FROM (SELECT bass_fit(n, at) AS fit FROM sold WHERE series = 'vcr') AS f,
	adoption_forecast(fit, '2000-01-01', '1999-01-01', '1 month');
SELECT f.* FROM (SELECT bass_fit(n, at) AS fit FROM sold WHERE series = 'vcr') AS s,
	adoption_forecast(fit, '2000-01-01', NULL, '1 month') AS f;
SELECT f.* FROM (SELECT bass_fit(n, at) AS fit FROM sold WHERE series = 'vcr') AS s,
	adoption_forecast(fit, '2000-01-01', '2001-01-01', '-1 month') AS f;
SELECT f.* FROM (SELECT bass_fit(n, at::timestamptz) AS fit FROM sold WHERE series = 'vcr') AS s,
	adoption_forecast(fit, '2000-01-01', '2001-01-01', '1 second') AS f;

-- What there is not, and why.
CREATE TABLE odd AS
SELECT name, i::int AS i, date '2020-01-01' + 7 * i::int AS at, y
FROM (VALUES ('constant', '{5,5,5,5,5,5}'::float8[]), ('zeros', '{0,0,0,0,0,0}'),
	('falling', '{9,8,7,5,4,2}'), ('jump', '{0,0,0,7,7,7}'), ('three', '{1,2,3}'),
	('four', '{1,3,8,9}'), ('exponential', '{1,4,16,64,256,1024}'), ('negative', '{-1,1,3,8,9,9}'),
	('returns', '{1,3,8,9,4,1,-0.5,-0.2}'), ('one', '{3}'),
	('huge', '{1e300,3e300,8e300,9e300,9.5e300}'),
	('tiny', '{1e-300,3e-300,8e-300,9e-300,9.5e-300}'))
	AS s (name, series), unnest(series) WITH ORDINALITY AS u (y, i);
SELECT name, model, observations AS n, digits(saturation, 5) AS m, digits(saturation_low, 5) AS low,
	digits(saturation_high, 5) AS high, digits(aicc, 4) AS aicc, reason
FROM (SELECT name, (logistic_fit(y, at)).* FROM odd GROUP BY name
	UNION ALL SELECT name, (gompertz_fit(y, at)).* FROM odd GROUP BY name
	UNION ALL SELECT name, (bass_fit(y, at)).* FROM odd GROUP BY name
	UNION ALL SELECT name, (bass_fit_cumulative(y, at)).* FROM odd GROUP BY name
	UNION ALL SELECT name, (exponential_fit(y, at)).* FROM odd GROUP BY name) AS f
WHERE name NOT IN ('huge', 'tiny') ORDER BY name, model;
SELECT name, model,
	digits(CASE name WHEN 'huge' THEN saturation / 1e300 ELSE saturation * 1e300 END, 5) AS m
FROM (SELECT name, (logistic_fit(y, at)).* FROM odd WHERE name IN ('huge', 'tiny')
	GROUP BY name) AS f
ORDER BY name;
SELECT name, model, digits(b, 5) AS b, digits(aicc, 4) AS aicc, reason
FROM (SELECT name, (adoption_fit(y, at)).* FROM odd GROUP BY name) AS f
WHERE name NOT IN ('huge', 'tiny') ORDER BY name;
SELECT logistic_fit(y, at) IS NULL AS "none", logistic_fit(NULL::bubble_series) IS NULL AS "null"
FROM odd WHERE false;
SELECT logistic_fit('NaN'::float8, date '2020-01-01');
SELECT bass_fit(1, timestamptz 'infinity');

-- Increments at the same time are added up, levels are two observations; what
-- is missing is not zero.
SELECT observations, digits(saturation, 8) AS m FROM (SELECT (bass_fit(n / 2, at)).*
	FROM (SELECT n, at FROM sold WHERE series = 'vcr'
		UNION ALL SELECT n, at FROM sold WHERE series = 'vcr') AS s) AS f
UNION ALL
SELECT observations, digits(saturation, 8) FROM (SELECT (logistic_fit(y, month)).*
	FROM (SELECT y, month FROM rat42 UNION ALL SELECT y, month FROM rat42) AS s) AS f;
SELECT digits(saturation, 6) AS m, digits(p, 6) AS p, digits(q, 6) AS q, step
FROM (SELECT (bass_fit(round(100000 * (f - before)), at)).* FROM (
	SELECT i, make_date(2000, 1, 1) + (i || ' months')::interval AS at,
		lag((1 - exp(-0.5 * i / 12)) / (1 + 24 * exp(-0.5 * i / 12)), 1, 0)
			OVER (ORDER BY i) AS before,
		(1 - exp(-0.5 * i / 12)) / (1 + 24 * exp(-0.5 * i / 12)) AS f
	FROM generate_series(1, 120) AS i) AS s WHERE i NOT IN (20, 21, 22, 50, 77)) AS f;

-- Any order, any plan.
CREATE TABLE mixed AS
SELECT g, day AS at, 100 / (1 + exp(-(i - 20 - g) / (4.0 + g))) + sin(i * i + g) AS level
FROM generate_series(1, 6) AS g, generate_series(1, 40) AS i,
	LATERAL (SELECT date '2020-01-01' + 7 * i AS day) AS d;
ANALYZE mixed;
SELECT g, a.fit AS ordered, b.fit AS shuffled FROM
	(SELECT g, adoption_fit(level, at ORDER BY at) AS fit FROM mixed GROUP BY g) AS a JOIN
	(SELECT g, adoption_fit(level, at ORDER BY md5(at::text)) AS fit FROM mixed GROUP BY g) AS b
	USING (g)
WHERE a.fit::text <> b.fit::text;
SET parallel_setup_cost = 0;
SET parallel_tuple_cost = 0;
SET min_parallel_table_scan_size = 0;
CREATE TEMP TABLE parallel_fit AS SELECT g, gompertz_fit(level, at) AS fit FROM mixed GROUP BY g;
RESET parallel_setup_cost;
RESET parallel_tuple_cost;
RESET min_parallel_table_scan_size;
SELECT g, s.fit AS serial, p.fit AS parallel FROM parallel_fit AS p
	JOIN (SELECT g, gompertz_fit(level, at) AS fit FROM mixed GROUP BY g) AS s USING (g)
WHERE p.fit::text <> s.fit::text;

-- Other units change the parameters that have them.
SELECT g, a, b AS times_1000, c AS thrice_as_long FROM (
	SELECT g, logistic_fit(level, at) AS a, logistic_fit(1000 * level, at) AS b,
		logistic_fit(level, date '1990-01-01' + 3 * (at - date '2020-01-01')) AS c
	FROM mixed GROUP BY g) AS f
WHERE abs((b).saturation / (a).saturation / 1000 - 1) > 1e-9
	OR abs((c).saturation / (a).saturation - 1) > 1e-9
	OR abs((b).saturation_high / (a).saturation_high / 1000 - 1) > 1e-8
	OR abs((c).saturation_low / (a).saturation_low - 1) > 1e-8 OR abs((c).s / (a).s / 3 - 1) > 1e-8
	OR abs((b).aicc - (a).aicc - 40 * ln(1e6)) > 1e-6;
-- Each series stands for itself: the same alone as among others.
SELECT g, fit, alone FROM (SELECT g, gompertz_fit(level, at) AS fit FROM mixed GROUP BY g) AS a,
	LATERAL (SELECT gompertz_fit(level, at) AS alone FROM mixed WHERE mixed.g = a.g) AS b
WHERE fit::text <> alone::text;
-- A grid in SQL, the saturation by least squares, is never better.
SELECT g, rss, least FROM (SELECT g, (logistic_fit(level, at)).rss FROM mixed GROUP BY g) AS f,
	LATERAL (SELECT min(missed) AS least FROM (
		SELECT sum(level ^ 2) - sum(level * f) ^ 2 / nullif(sum(f ^ 2), 0) AS missed
		FROM generate_series(-10, 60, 2) AS x, generate_series(4, 60, 4) AS s, mixed,
			LATERAL (SELECT 1 / (1 + exp(-((at - date '2020-01-01') / 7.0 - x) / (s * 0.25)))
				AS f) AS l
		WHERE mixed.g = f.g GROUP BY x, s) AS grid) AS searched
WHERE rss > least * (1 + 1e-9);
DROP TABLE sold, rat42, odd, mixed, parallel_fit;
DROP FUNCTION digits;
