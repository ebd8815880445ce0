-- How fast a level grows.
\getenv srcdir PG_ABS_SRCDIR
\set setup :srcdir '/setup.sql'
\i :setup
CREATE FUNCTION digits(x float8, n int) RETURNS numeric LANGUAGE sql IMMUTABLE
RETURN CASE WHEN x = 0 THEN 0 ELSE round(x::numeric, n - 1 - floor(log(abs(x)))::int) END;

-- Airline passengers of 1949 to 1960, thousands a year.
CREATE TABLE passengers AS
SELECT make_date(1948 + i::int, 12, 31) AS at, n
FROM unnest('{1520,1676,2042,2364,2700,2867,3408,3939,4421,4572,5140,5714}'::float8[])
	WITH ORDINALITY AS u (n, i);
SELECT level, digits(rate, 10) AS rate, digits(rate_se, 8) AS rate_se,
	digits(acceleration, 9) AS acceleration, digits(acceleration_se, 8) AS acceleration_se,
	digits(p_decelerating, 3) AS p, digits(doubling_time, 6) AS doubling
FROM (SELECT (growth_rate(n, at)).* FROM passengers) AS g;
SELECT is_same(growth_rate(n, at), growth_rate(n, at::timestamptz)) AS timestamptz,
	is_same(growth_rate(n, at), growth_rate(bubble_series(n, at))) AS series,
	is_same(growth_rate(n, at, '5 years'), growth_rate(bubble_series(n, at), span => '5 years'))
		AS of_span,
	is_same(growth_rate(n, at, '5 years'), growth_rate(n, at) FILTER (WHERE at > '1955-12-31'))
		AS five
FROM passengers;
-- In days a year has 365.2425 of them.
SELECT digits(rate / 365.2425, 10) AS rate, digits(acceleration / 365.2425 ^ 2, 9) AS acceleration
FROM (SELECT (growth_rate(n, date '2000-01-01' + (extract(year FROM at) - 1949)::int)).*
	FROM passengers) AS g;

-- The regression in SQL: of all rows, over time in days.
CREATE TABLE daily AS
SELECT i, date '2020-01-01' + i + i / 50 AS at,
	exp(i / 300.0 + 0.1 * sin(i * 1.7) + sin(i / 200.0)) AS v
FROM generate_series(1, 400) AS i;
CREATE FUNCTION naive(y float8[], x float8[]) RETURNS float8[] LANGUAGE sql IMMUTABLE
BEGIN ATOMIC
	-- x and x^2 with their means taken out
	WITH r AS (SELECT a AS x, a ^ 2 AS z, ln(b) AS y FROM unnest(x, y) AS u (a, b)),
		s AS (SELECT regr_sxx(x, x) AS xx, regr_sxx(z, z) AS zz, regr_sxy(x, z) AS xz,
			regr_sxy(y, x) AS xy, regr_sxy(y, z) AS zy FROM r)
	SELECT ARRAY[xy * zz - zy * xz, 2 * (zy * xx - xy * xz), xx * zz - xz ^ 2] FROM s;
END;
CREATE VIEW framed AS
SELECT d.i, growth_rate(f.v, f.at) AS whole, naive(array_agg(f.v ORDER BY f.at),
	array_agg((f.at - d.at) / 365.2425::float8 ORDER BY f.at)) AS n
FROM daily AS d JOIN daily AS f ON f.i BETWEEN d.i - 60 AND d.i GROUP BY d.i, d.at;
SELECT i, w.g AS moving, whole, n[1] / n[3] AS rate, n[2] / n[3] AS acceleration
FROM framed AS f JOIN
	(SELECT i, growth_rate(v, at) OVER (ORDER BY at ROWS 60 PRECEDING) AS g FROM daily) AS w
	USING (i)
WHERE i > 4 AND (abs((w.g).rate - n[1] / n[3]) > 1e-6 * (w.g).rate_se
	OR abs((w.g).acceleration - n[2] / n[3]) > 1e-6 * (w.g).acceleration_se
	OR abs((w.g).rate - (whole).rate) > 1e-9 * (w.g).rate_se
	OR abs((w.g).rate_se / (whole).rate_se - 1) > 1e-9
	OR abs((w.g).acceleration_se / (whole).acceleration_se - 1) > 1e-9
	OR abs((w.g).p_decelerating - (whole).p_decelerating) > 1e-9 OR (w.g).level <> (whole).level);

-- Any frame, whether rows come in order, are counted in months, or hold zeros.
CREATE TABLE monthly AS
SELECT i, CASE WHEN i < 150 THEN (m + interval '1 month - 1 day')::date ELSE m + 13 END AS at,
	CASE WHEN i % 97 = 50 THEN 0 ELSE exp(i / 300.0 + 0.1 * sin(i * 1.7) + sin(i / 200.0)) END AS v
FROM generate_series(1, 300) AS i,
	LATERAL (SELECT (date '1990-01-01' + i * interval '1 month')::date AS m) AS l;
CREATE FUNCTION differ(rows_of text, frame text, span text)
RETURNS TABLE (i int, moving growth_rate, fresh growth_rate)
LANGUAGE plpgsql AS $$
BEGIN
	RETURN QUERY EXECUTE format($q$
		SELECT w.i, w.g, f.g
		FROM (SELECT i, growth_rate(v, at %3$s) OVER x AS g, array_agg(i) OVER x AS rows FROM %1$s
				WINDOW x AS (%2$s)) AS w,
			LATERAL (SELECT growth_rate(v, at %3$s) AS g FROM %1$s AS t
				WHERE t.i = ANY (w.rows)) AS f
		WHERE (w.g).level <> (f.g).level OR ((w.g).rate IS NULL) <> ((f.g).rate IS NULL)
			OR abs((w.g).rate - (f.g).rate) > 1e-9 * abs((f.g).rate)
			OR abs((w.g).rate_se - (f.g).rate_se) > 1e-9 * (f.g).rate_se
			OR abs((w.g).acceleration - (f.g).acceleration) > 1e-9 * (f.g).acceleration_se
			OR abs((w.g).p_decelerating - (f.g).p_decelerating) > 1e-9
		$q$, rows_of, frame, span);
END $$;
SELECT frame, span, rows_of, d.*
FROM unnest('{monthly,daily}'::text[]) AS rows_of,
	unnest(ARRAY['ORDER BY at, v ROWS 100 PRECEDING', 'ORDER BY at, v ROWS 3 PRECEDING',
		'ORDER BY at, v', 'ORDER BY at, v ROWS BETWEEN 150 PRECEDING AND 10 FOLLOWING',
		'ORDER BY at DESC, v DESC ROWS 40 PRECEDING',
		'ORDER BY i % 7, at, v ROWS 80 PRECEDING']) AS frame,
	unnest('{"",", interval ''90 days''",", interval ''5 years''"}'::text[]) AS span,
	differ(rows_of, frame, span) AS d ORDER BY 1, 2, 3, 4;
SELECT (growth_rate(v, at)).rate IS NULL AS with_zeros,
	(growth_rate(v, at, '2 years')).rate IS NULL AS without
FROM monthly;

-- Any order, any plan.
CREATE TABLE grown AS
SELECT i % 20 AS g, i, date '2020-01-01' + i AS at, 10 + i + i % 7 AS v
FROM generate_series(1, 2000) AS i;
ANALYZE grown;
SET parallel_setup_cost = 0;
SET parallel_tuple_cost = 0;
SET min_parallel_table_scan_size = 0;
SELECT g, a, c, b, d
FROM (SELECT g, growth_rate(v, at) AS a, growth_rate(v, at, '1 year') AS b
		FROM grown GROUP BY g) AS p JOIN
	(SELECT g, growth_rate(v, at ORDER BY md5(i::text)) AS c,
			growth_rate(v, at, '1 year' ORDER BY md5(i::text)) AS d
		FROM grown GROUP BY g) AS o USING (g)
WHERE a IS DISTINCT FROM c OR b IS DISTINCT FROM d;
RESET parallel_setup_cost;
RESET parallel_tuple_cost;
RESET min_parallel_table_scan_size;

-- What there is not.
SELECT name, g.* FROM (
	SELECT name, growth_rate(y, date '2020-01-01' + i::int
		- CASE WHEN name = 'tied' AND i > 3 THEN 1 ELSE 0 END) AS g
	FROM (VALUES ('constant', '{5,5,5,5,5}'::float8[]), ('two', '{5,6}'), ('three', '{1,2,4}'),
			('one', '{5}'), ('zero', '{0,1,2,3,4}'), ('exponential', '{1,2,4,8,16}'),
			('tied', '{1,2,3,5}')) AS s (name, series),
		unnest(series) WITH ORDINALITY AS u (y, i) GROUP BY name) AS q,
	LATERAL (SELECT (g).level, digits((g).rate, 6) AS rate, digits((g).rate_se, 3) AS rate_se,
		round((g).acceleration::numeric, 3) AS acceleration,
		digits((g).acceleration_se, 3) AS acceleration_se,
		digits((g).p_decelerating, 3) AS p, digits((g).doubling_time * 365.2425, 6) AS days) AS g
ORDER BY name;
SELECT growth_rate(v, at) IS NULL AS "none", growth_rate(NULL::bubble_series) IS NULL AS "null"
FROM daily WHERE false;
SELECT growth_rate(-1, date '2020-01-01');
SELECT growth_rate('date{2020-01-01=1,2020-01-02=-2}'::bubble_series);
SELECT growth_rate(1, date '2020-01-01', NULL);
SELECT growth_rate(1, date '2020-01-01', '-1 day');
SELECT growth_rate(1, date '2020-01-01', make_interval(days => i)) FROM generate_series(1, 2) AS i;
DROP VIEW framed;
DROP TABLE passengers, daily, monthly, grown;
DROP FUNCTION digits, naive, differ;
