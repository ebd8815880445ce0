-- The funding of a group at the end of every period.
\getenv srcdir PG_ABS_SRCDIR
\set setup :srcdir '/setup.sql'
\i :setup
SET timezone = 'UTC';

-- ---- by hand ----
CREATE TABLE path_round (amount float8, at date, reported_at date);
INSERT INTO path_round VALUES (10, '2022-11-30', '2022-12-01'), (30, '2023-01-31', '2023-01-31'),
	(10, '2023-02-01', '2023-03-31'),
	(60, '2024-01-31', '2024-02-29'), (20, '2024-02-29', '2024-02-28'),
		(NULL, '2024-03-05', '2024-03-05'), (7, NULL, '2024-03-05'),
	(20, '2024-02-28', NULL);
SELECT p.* FROM (SELECT funding_path(amount, at, '1 month') AS path FROM path_round
	WHERE at < '2024-02-28') AS s, unnest(path) AS p;
SELECT p.* FROM (SELECT funding_path(amount, at, '1 month', reported_at) AS path
	FROM path_round) AS s, unnest(path) AS p;
SELECT p.* FROM (SELECT funding_path(amount, at, '1 year') AS path FROM path_round) AS s,
	unnest(path) AS p;
SELECT p.period_end, p.amount, p.deals FROM (SELECT funding_path(amount, at, '7 days') AS path
	FROM path_round WHERE at > '2024-01-01') AS s, unnest(path) AS p;
SELECT p.* FROM (SELECT funding_path(amount, at::timestamptz, '3 months',
	reported_at::timestamptz) AS path FROM path_round) AS s, unnest(path) AS p;

-- ---- no rows, one row, nothing raised ----
SELECT funding_path(a, d, '1 month') IS NULL AS no_row,
	funding_path(a, d, '1 month', d) IS NULL AS none_reported
	FROM (VALUES (NULL::float8, date '2024-01-01'), (1, NULL)) AS v (a, d);
SELECT funding_path(1, date '2024-01-01', '1 month') AS one,
	funding_path(0, date '2024-01-01', '1 month') AS nothing,
	funding_path(1, date '2024-01-01', '1 month', '2023-01-01') AS reported_before;
SELECT pg_typeof(funding_path(1, date '2020-01-01', '1 month')) AS date,
	pg_typeof(funding_path(1, timestamptz '2020-01-01', '1 month')) AS timestamptz;
SELECT pg_typeof(p.period_end), pg_typeof(p.deals)
FROM (SELECT funding_path(1, date '2020-01-01', '1 month') AS path) AS s, unnest(path) AS p;

-- As a window aggregate, in growing and in moving frames.
SELECT at, cardinality(g) AS growing, (g[cardinality(g)]).velocity, (m[1]).amount, (m[1]).period_end
FROM (SELECT at, funding_path(amount, at, '3 months') OVER (ORDER BY at) AS g,
	funding_path(amount, at, '3 months') OVER (ORDER BY at ROWS BETWEEN 1 FOLLOWING
		AND 1 FOLLOWING) AS m FROM path_round WHERE at IS NOT NULL) AS x ORDER BY at;

-- ---- bad input ----
SELECT error_of(format('SELECT %s FROM (VALUES (1::float8, date ''2020-01-01'', '
	'interval ''1 month'', date ''2021-01-01''), (%s)) AS v (a, d, s, r)', f, r))
FROM (VALUES
	('funding_path(a, d, s)', '-1, ''2020-02-01'', ''1 month'', ''2021-01-01'''),
	('funding_path(a, d, s)', '''NaN'', ''2020-02-01'', ''1 month'', ''2021-01-01'''),
	('funding_path(a, d, s)', '1, ''infinity'', ''1 month'', ''2021-01-01'''),
	('funding_path(a, d, s, r)', '1, ''2020-02-01'', ''1 month'', ''infinity'''),
	('funding_path(a, d, s)', '1, ''2020-02-01'', NULL, ''2021-01-01'''),
	('funding_path(a, d, s)', 'NULL, ''2020-02-01'', ''1 year'', ''2021-01-01'''),
	('funding_path(a, d, s)', 'NULL, ''2020-02-01'', ''0 days'', ''2021-01-01'''),
	('funding_path(a, d, ''36 hours'')', '1, ''2020-02-01'', ''1 month'', ''2021-01-01'''),
	('funding_path(a, d, ''1 month 1 day'')', '1, ''2020-02-01'', ''1 month'', ''2021-01-01'''),
	('funding_path(1e200, d, s)', '1, ''2020-02-01'', ''1 month'', ''2021-01-01'''),
	('funding_path(1e-200, d, s)', '1, ''2020-02-01'', ''1 month'', ''2021-01-01'''),
	('funding_path(a, d, ''1 day'')', '1, ''0202-02-01'', ''1 month'', ''2021-01-01'''),
	('funding_path(a, d::timestamptz, ''1 year'')',
		'1, ''294276-12-31'', ''1 month'', ''2021-01-01''')
) AS v (f, r);
SELECT p.period_end FROM (SELECT funding_path(1, d, '1 year') AS path
	FROM (VALUES (date '294276-12-31')) AS v (d)) AS s, unnest(path) AS p;
SELECT p.* FROM (SELECT funding_path(1, d, '1 year') AS path
	FROM (VALUES (date '4714-11-24 BC'), ('4712-05-05 BC')) AS v (d)) AS s, unnest(path) AS p;

-- ---------------------------------------------------------------------------
-- Every end asked for alone.  Amounts are eighths, so that plain sums are
-- exact as well.
-- ---------------------------------------------------------------------------
SELECT setseed(0.3);
CREATE TABLE path_rows AS
SELECT g, i, CASE WHEN random() < 0.03 THEN NULL WHEN random() < 0.1 THEN 0
	ELSE (power(10, 9 * random()))::bigint / 8.0::float8 END AS amount, at, NULL::date AS day,
	CASE WHEN random() < 0.05 THEN NULL WHEN random() < 0.2 THEN at
		ELSE at + (power(random(), 3) * 700 - 5)::int * interval '1 day' END AS reported_at,
	NULL::date AS reported_on, (8 * ((i * 7919 + g) % 100) / 100)::int AS part
FROM (SELECT g, i, CASE WHEN random() < 0.03 THEN NULL WHEN random() < 0.2
		THEN date_trunc('month', w) + interval '1 month' - interval '1 microsecond' ELSE w END AS at
	FROM (SELECT g, i, timestamptz '2016-01-15' +
			(i * 30 / sqrt(n) * 5 * random()) * interval '1 day' AS w
		FROM (SELECT row_number() OVER ()::int AS g, n
			FROM unnest(ARRAY[1, 2, 10, 100, 400]) AS n) AS x,
			generate_series(1, n) AS i) AS y) AS z;
UPDATE path_rows SET day = at::date, reported_on = reported_at::date;
ANALYZE path_rows;

-- The last moment before so many years; what ends with a month begins with one.
CREATE FUNCTION a_year_before(at timestamptz) RETURNS timestamptz LANGUAGE sql STABLE AS $$
	SELECT CASE WHEN extract(day FROM at::date + 1) = 1
		THEN (date_trunc('month', at::timestamp) + interval '1 month'
			- interval '1 year')::timestamptz - interval '1 microsecond'
		ELSE at - interval '1 year' END
$$;
CREATE FUNCTION naive_path(step interval, late boolean)
RETURNS TABLE (g int, period_end timestamptz, amount float8, deals bigint, velocity float8,
	acceleration float8, concentration float8, largest_share float8) LANGUAGE sql STABLE AS $$
	WITH rounds AS (SELECT g, amount, at, CASE WHEN late THEN greatest(at, reported_at)
		ELSE at END AS known
		FROM path_rows
		WHERE amount IS NOT NULL AND at IS NOT NULL AND (NOT late OR reported_at IS NOT NULL)),
	spans AS (SELECT g, min(known) AS first, max(known) AS last FROM rounds GROUP BY g),
	ends AS (SELECT g, e, lag(e) OVER (PARTITION BY g ORDER BY e) AS before, first
		FROM spans, period_ends(first - step * 2, last + step * 2, step) AS e
		WHERE e <= (SELECT min(l) FROM period_ends(last, last + step * 2, step) AS l))
	SELECT g, e, coalesce(sum(amount) FILTER (WHERE at > before), 0),
		count(*) FILTER (WHERE at > before), funding_velocity(amount, at, '1 year', e),
		funding_acceleration(amount, at, '1 year', e),
		herfindahl(amount) FILTER (WHERE at > a_year_before(e)),
		top_share(amount, 1) FILTER (WHERE at > a_year_before(e))
	FROM ends JOIN rounds USING (g)
	WHERE e >= first AND known <= e GROUP BY g, e, before
$$;
CREATE FUNCTION path_differences(step interval, late boolean, zone text)
RETURNS TABLE (there boolean, expected text, got text) LANGUAGE plpgsql AS $$
BEGIN
	PERFORM set_config('timezone', zone, true);
	RETURN QUERY
	WITH e AS MATERIALIZED (SELECT * FROM naive_path(step, late)),
		r AS (SELECT * FROM path_rows ORDER BY md5(i::text)),
		s AS (SELECT g, CASE WHEN late THEN funding_path(amount, at, step, reported_at)
			ELSE funding_path(amount, at, step) END AS path FROM r GROUP BY g),
		p AS MATERIALIZED (SELECT g, u.* FROM s, unnest(path) AS u)
	SELECT count(*) > 5, NULL, NULL FROM p
	UNION ALL (SELECT NULL, e::text, p::text
		FROM e FULL JOIN p ON e.g = p.g AND e.period_end = p.period_end
		WHERE e::text IS DISTINCT FROM p::text LIMIT 5);
END $$;
SELECT step, late, zone, d.*
FROM unnest('{1 month,3 months,1 year,7 days,5 months}'::interval[]) AS step,
	unnest('{f,t}'::boolean[]) AS late,
	unnest('{UTC,America/New_York,Africa/Cairo}'::text[]) AS zone,
	path_differences(step, late, zone) AS d
ORDER BY step, late, zone COLLATE "C", d.expected, d.got;

-- Dates are times at midnight, UTC, and their ends the days of theirs.
CREATE VIEW path_of_days AS
SELECT g, u.* FROM (SELECT g, funding_path(amount, day, '1 month', reported_on) AS path
	FROM path_rows GROUP BY g) AS s, unnest(path) AS u;
CREATE VIEW path_of_times AS
SELECT g, u.* FROM (SELECT g,
		funding_path(amount, day::timestamptz, '1 month', reported_on::timestamptz) AS path
	FROM path_rows GROUP BY g) AS s, unnest(path) AS u;
SELECT d, t
FROM path_of_days AS d FULL JOIN path_of_times AS t ON d.g = t.g
	AND d.period_end = t.period_end::date
WHERE (d.amount, d.deals, d.velocity, d.acceleration, d.concentration, d.largest_share)
	IS DISTINCT FROM (t.amount, t.deals, t.velocity, t.acceleration, t.concentration,
		t.largest_share);

-- Every amount is in one period of a path without reports.
SELECT g, is_same((SELECT sum(p.amount) FROM unnest(path) AS p), total) AS amounts,
	is_same((SELECT sum(p.deals) FROM unnest(path) AS p), rounds) AS deals
FROM (SELECT g, funding_path(amount, at, '7 days') AS path, sum(amount) AS total,
	count(amount) AS rounds
	FROM path_rows WHERE at IS NOT NULL GROUP BY g) AS s ORDER BY g;

-- No look-ahead: what happened or was reported later changes no earlier row.
WITH later AS MATERIALIZED (SELECT g, p.*
	FROM (SELECT g, funding_path(amount, at, '1 month', reported_at) AS path
		FROM path_rows GROUP BY g) AS s, unnest(path) AS p),
	ends AS (SELECT e FROM period_ends(timestamptz '2016-01-31', '2021-12-31', '7 months') AS e),
	earlier AS MATERIALIZED (SELECT e, g, p.*
		FROM (SELECT e, g, funding_path(amount, at, '1 month', reported_at) AS path
		FROM path_rows, ends WHERE at <= e AND reported_at <= e GROUP BY e, g) AS s,
			unnest(path) AS p)
SELECT count(*) > 100 AS there, min((a, b)::text) FILTER (WHERE
	(a.amount, a.deals, a.velocity, a.acceleration, a.concentration, a.largest_share)
	IS DISTINCT FROM (b.amount, b.deals, b.velocity, b.acceleration, b.concentration,
		b.largest_share)) AS changed
FROM earlier AS a LEFT JOIN later AS b USING (g, period_end);

-- In any order, in parallel, and put together from parts.
SELECT $$ SELECT g, funding_path(amount, at, '1 month' {order}) AS plain,
		funding_path(amount, at, '1 month', reported_at {order}) AS reported,
		funding_path(amount, day, '1 week', reported_on {order}) AS of_days
	FROM {rows} GROUP BY g $$ AS query \gset
SELECT format('CREATE TABLE path_expected AS %s', filled(:'query', 'path_rows')) \gexec
SELECT * FROM in_every_plan('path_expected', 'g', 'path_rows', :'query', 'at');
-- Something else is found to be that.
SELECT count(*) AS differing
FROM differences('path_expected', 'g', replace(filled(:'query', 'path_rows'), '1 week', '8 days'));
SELECT error_of($$SELECT funding_path(amount, at, i * interval '1 month') FROM path_rows$$);
SELECT error_of_parts($$SELECT g, funding_path(amount, at, (1 + part / 4) * interval '1 month')
	FROM path_rows_parts GROUP BY g$$);

DROP VIEW path_of_days, path_of_times;
DROP TABLE path_round, path_rows, path_rows_parts, path_expected;
DROP FUNCTION a_year_before, naive_path, path_differences;

-- A day that a time zone has left out has no row.
SET timezone = 'Pacific/Apia';
SELECT p.period_end, p.amount, p.deals FROM unnest((SELECT funding_path(amount, at, '1 day')
FROM (VALUES (1, timestamptz '2011-12-29 12:00'), (2, '2011-12-31 12:00')) AS v (amount, at))) AS p;
RESET timezone;
