-- bubble_series from arrays, and as arrays, dates and JSON; counts of any
-- integer type.
\getenv srcdir PG_ABS_SRCDIR
\set setup :srcdir '/setup.sql'
\i :setup
SET datestyle = ISO;
SET timezone = 'America/New_York';

-- In: rows in any order, without those that are not complete.
SELECT bubble_series('{2000-01-02,2000-01-01,NULL,2000-01-03}'::date[], '{2,1,5,NULL}');
SELECT bubble_series(ARRAY['2000-01-01 12:00+00', '1999-12-31 12:00+00']::timestamptz[],
	ARRAY[1, -0.0]);
SELECT bubble_series(array_agg(d::date ORDER BY random()), array_agg(x ORDER BY random()))
	IS NOT NULL AS made
FROM generate_series(date '2000-01-01', '2000-02-01', '1 day') WITH ORDINALITY AS g (d, x);
SELECT bubble_series('{}'::date[], '{}') AS empty, bubble_series('{NULL}'::timestamptz[],
	'{1}') AS nothing,
	bubble_series(NULL::date[], '{1}') AS no_times, bubble_series('{2000-01-01}'::date[],
		NULL) AS no_values;
SELECT error_of(format('SELECT bubble_series(%s)', a)) FROM unnest(ARRAY[
	$$'{2000-01-01}'::date[], '{1,2}'$$, $$'{{2000-01-01,2000-01-02}}'::date[], '{1,2}'$$,
		$$'{2000-01-01,2000-01-02}'::date[], '{{1},{2}}'$$,
	$$'{2000-01-01}'::date[], '{NaN}'$$, $$'{infinity}'::date[], '{1}'$$,
		$$'{-infinity}'::timestamptz[], '{1}'$$,
	$$'{300000-01-01}'::date[], '{1}'$$]) AS a;

-- Out and in again, of every kind; dates are those in any time zone.
CREATE TABLE array_series AS
SELECT 'days' AS name, bubble_series(x, d::date) AS s
FROM generate_series(timestamp '2024-03-01', '2024-11-30', '1 day') WITH ORDINALITY AS g (d, x)
UNION ALL SELECT 'hours', bubble_series(x % 7 - 3, d) FROM generate_series(timestamptz '2024-03-01',
	'2024-11-30', '1 hour') WITH ORDINALITY AS g (d, x)
UNION ALL SELECT 'ties', bubble_series(x, date '2000-01-01') FROM generate_series(1, 3) AS x
UNION ALL SELECT 'ends',
	'timestamptz{4713-01-01 00:00:00+00 BC=1e-300,294276-12-31 23:59:59.999999+00=-1e+300}'
UNION ALL SELECT 'first days',
	'date{4713-01-01 BC=0.1,0001-01-01=123456789.125,294276-12-31=5e-324}';
SELECT name, cardinality(times(s)) = observations(s) AND cardinality(series_values(s))
	= observations(s) AS complete, is_same(times(s), (SELECT array_agg(at ORDER BY at, value)
	FROM unnest(s))) AS times, is_same(series_values(s), (SELECT array_agg(value ORDER BY at, value)
	FROM unnest(s))) AS "values", CASE WHEN s::text LIKE 'time%'
	THEN bubble_series(times(s), series_values(s))
		ELSE bubble_series(dates(s), series_values(s)) END = s AS same
FROM array_series ORDER BY name;
SELECT zone, count(*) AS rows, min((dates(s), expected)::text)
	FILTER (WHERE dates(s) IS DISTINCT FROM expected) AS dates, min((s, expected)::text)
	FILTER (WHERE ((SELECT array_agg(at ORDER BY at) FROM unnest_dates(s)) = expected)
	IS NOT TRUE) AS unnested
FROM (SELECT dates(s) AS expected FROM array_series WHERE name = 'days') AS e,
	unnest(ARRAY['Africa/Cairo', 'Pacific/Apia', 'America/Sao_Paulo', 'UTC']) AS zone,
	LATERAL (SELECT s FROM array_series, set_config('timezone', zone, true)
		WHERE name = 'days') AS x
GROUP BY zone ORDER BY zone;
SET timezone = 'America/New_York';
SELECT pg_typeof(at), at, value FROM unnest_dates('date{2000-01-01=1,2000-01-02=2}');
SELECT * FROM unnest_dates(NULL);
SELECT dates(s), series_values(s) FROM array_series WHERE name = 'first days';
SELECT error_of($$ SELECT dates('timestamptz{2000-01-01 00:00:00+00=1}') $$),
	error_of($$ SELECT * FROM unnest_dates('timestamptz{2000-01-01 00:00:00+00=1}') $$);
SELECT times(NULL), dates(NULL), series_values(NULL);

-- JSON, also within rows; times are UTC.
SELECT s::jsonb, s::json FROM array_series WHERE name = 'ties';
SELECT s::json FROM array_series WHERE name IN ('ends', 'first days') ORDER BY name;
SELECT 'timestamptz{2024-03-10 02:30:00.5+00=1.5}'::bubble_series::jsonb;
SELECT to_jsonb(x), row_to_json(x)
FROM (SELECT 1 AS id, bubble_series 'date{2000-01-01=1e-5,2000-01-02=1e+20}' AS prices) AS x;
SELECT name, bubble_series(array_agg((p->>0)::timestamptz), array_agg((p->>1)::float8)) = CASE
	WHEN name = 'hours' THEN s END AS from_json
FROM array_series, jsonb_array_elements(s::jsonb) AS p WHERE name = 'hours' GROUP BY name, s;

-- A jsonb is made in one go, which cannot be cancelled: not of any length.
SELECT error_of($$ SELECT rollup(s)::jsonb
	FROM (SELECT bubble_series(array_fill(date '2000-01-01' + i, ARRAY[100001]),
	array_fill(1::float8, ARRAY[100001])) AS s
	FROM generate_series(1, 10) AS i) AS x $$);

-- Counts of any integer type.
SELECT rolling_max_drawdown(s, observations(s) / 2), rolling_max_drawdown(s, 9223372036854775807)
	= rolling_max_drawdown(s, 3::smallint) AS all_rows
FROM (SELECT bubble_series 'date{2000-01-01=3,2000-01-02=2,2000-01-03=1}' AS s) AS x;
SELECT top_share(x, n), top_share(x, 2) AS by_integer, top_share(x, 2::smallint) AS by_smallint,
	top_share(x, 9223372036854775807) AS "all"
FROM generate_series(1, 4) AS x, (SELECT count(*) / 2 AS n FROM generate_series(1, 4)) AS c;
SELECT x, top_share(x, n) OVER (ORDER BY x ROWS 2 PRECEDING) FROM generate_series(1, 4) AS x,
	(SELECT count(*) - 1 AS n FROM generate_series(1, 2)) AS c;
SELECT error_of('SELECT top_share(1, 0::bigint)'),
	error_of($$ SELECT rolling_max_drawdown('date{2000-01-01=1}', -9223372036854775808) $$);

DROP TABLE array_series;
