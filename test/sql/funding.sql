-- Funding: velocity and acceleration, their rules, errors, and that every
-- plan and every frame gives one answer.
\getenv srcdir PG_ABS_SRCDIR
\set setup :srcdir '/setup.sql'
\i :setup
SET datestyle = ISO;
SET timezone = 'UTC';

-- A company's rounds: what was raised in the year up to each of them.
CREATE TEMP TABLE raised (amount float8, at date);
INSERT INTO raised VALUES
	(1, '2019-07-22'), (2, '2021-03-15'), (10, '2023-01-23'),
	(0.5, '2023-04-26'), (6.5, '2024-10-02'), (10, '2025-03-31');
SELECT at, amount, funding_velocity(amount, at) OVER w AS a_year,
	funding_velocity(amount, at, '2 years') OVER w AS two_years,
	funding_acceleration(amount, at, '2 years') OVER w AS acceleration
FROM raised WINDOW w AS (ORDER BY at);

-- Per year, whatever the span: 10 in 73.0485 days are 50 a year.
SELECT funding_velocity(10, date '2020-01-01', '73 days 01:09:50.4') AS days,
	funding_velocity(10, date '2020-01-01', '3 mons') AS months,
	funding_velocity(10, timestamptz '2020-01-01', '1 mon 15 days 12:00') =
		10 / (1 / 12.0::float8 + 15.5 / 365.2425::float8) AS mixed;

-- as_of belongs to its span, as_of - span to the one before.
SELECT d AS as_of, funding_velocity(amount, at, '1 year', d),
	funding_acceleration(amount, at, '1 year', d)
FROM (VALUES (8.0, date '2020-06-30'), (2, '2021-06-30')) AS v (amount, at),
	unnest(ARRAY['2020-06-29', '2020-06-30', '2021-06-29', '2021-06-30',
		'2022-06-29', '2022-06-30', '2023-07-01']::date[]) AS d
GROUP BY d ORDER BY d;

-- One span earlier is as_of - span, whose span begins at as_of - span - span:
-- from 31 March by way of 28 February to 28 January.
SELECT funding_acceleration(a, d, '1 mon', date '2023-03-31')
FROM (VALUES (3.0, date '2023-03-01'), (2, '2023-02-28'), (4, '2023-01-28')) AS v (a, d);

-- A span may reach back beyond the beginning of the calendar.
SELECT funding_velocity(a, d, '100000 years'), funding_acceleration(a, d, '100000 years')
FROM (VALUES (3e5, date '4714-11-24 BC'), (2e5, '2020-01-01')) AS v (a, d);

SELECT funding_velocity(a, d, '2 mons') AS short_span, funding_velocity(a, d, '20 mons') AS all_rows
FROM (VALUES (1, date '4713-12-01 BC'), (5, '4713-02-01 BC')) AS v (a, d);

-- No usable row: NULL; rows, but none in the span: 0; nothing earlier: NULL.
SELECT funding_velocity(amount, at), funding_acceleration(amount, at),
	funding_velocity(amount, at, '1 year', '2020-01-01')
FROM raised WHERE false;
SELECT funding_velocity(a, d), funding_acceleration(a, d),
	funding_velocity(a, d, '1 year', '2020-01-01')
FROM (VALUES (NULL::float8, date '2019-12-01'), (1, NULL)) AS v (a, d);
SELECT funding_velocity(1, date '2010-01-01', '1 year', date '2020-01-01') AS none_in_span,
	funding_velocity(1, date '2030-01-01', '1 year', date '2020-01-01') AS none_yet,
	funding_acceleration(1, date '2010-01-01', '1 year', date '2020-01-01') AS undefined,
	funding_velocity(0, date '2020-01-01') AS nothing_raised;

-- Bad input.
SELECT error_of(format('SELECT %s '
	'FROM (VALUES (1::float8, date ''2020-01-01'', interval ''1 year'', date ''2021-01-01''), '
	'(%s)) AS v (a, d, s, o)', f, r))
FROM (VALUES
	('funding_velocity(a, d)', '-1, ''2020-02-01'', ''1 year'', ''2021-01-01'''),
	('funding_acceleration(a, d)', '''NaN'', ''2020-02-01'', ''1 year'', ''2021-01-01'''),
	('funding_velocity(a, d) OVER (ORDER BY d ROWS 1 PRECEDING)',
		'''Infinity'', ''2020-02-01'', ''1 year'', ''2021-01-01'''),
	('funding_velocity(a, d)', '1, ''infinity'', ''1 year'', ''2021-01-01'''),
	('funding_velocity(a, d, s)', '1, ''2020-02-01'', NULL, ''2021-01-01'''),
	('funding_velocity(a, d, s)', '1, ''2020-02-01'', ''0 days'', ''2021-01-01'''),
	('funding_acceleration(a, d, s)', '1, ''2020-02-01'', ''-1 year'', ''2021-01-01'''),
	('funding_acceleration(a, d, s)', '1, ''2020-02-01'', ''1 year -1 day'', ''2021-01-01'''),
	('funding_velocity(a, d, s)', '1, ''2020-02-01'', ''2 years'', ''2021-01-01'''),
	('funding_velocity(a, d, s, o)', '1, ''2020-02-01'', ''1 year'', NULL'),
	('funding_velocity(a, d, s, o)', '1, ''2020-02-01'', ''1 year'', ''infinity'''),
	('funding_velocity(a, d, s, o)', '1, ''2020-02-01'', ''1 year'', ''2021-01-02'''),
	('funding_velocity(1e308, d)', '1, ''2020-02-01'', ''1 year'', ''2021-01-02''')
) AS v (f, r);

-- After a trillion has slid out of the frame nothing of it remains.
SELECT at, funding_velocity(amount, at) OVER year AS sliding,
	funding_velocity(amount, at) OVER everything AS growing
FROM (VALUES (0.1, date '2020-01-01'), (1e12, '2020-06-01'), (0.2, '2020-12-01'),
	(1e16, '2021-01-01'), (0.3, '2022-03-01'), (0.4, '2022-04-01')) AS v (amount, at)
WINDOW year AS (ORDER BY at RANGE '364 days' PRECEDING), everything AS (ORDER BY at)
ORDER BY at;

-- ---------------------------------------------------------------------------
-- Properties.  Amounts are eighths, so that plain sums are exact as well.
-- ---------------------------------------------------------------------------
SELECT setseed(0.7);
CREATE TABLE funding_rows AS
SELECT g, i, CASE WHEN random() < 0.03 THEN NULL ELSE (power(10, 12 * random()))::bigint
	/ 8.0::float8 END AS amount,
	CASE WHEN random() < 0.03 THEN NULL
		ELSE date '2010-01-01' + (i * 9 - 40 * random())::int END AS at,
	(8 * random())::int AS part
FROM (SELECT row_number() OVER ()::int AS g, n FROM unnest(ARRAY[1, 2, 10, 100, 300]) AS n) AS x,
	generate_series(1, n) AS i;

-- The naive twin: filtered sums, here of any rows given as arrays.
-- The last moment before several spans; whole months that end with a month
-- begin with one.
CREATE FUNCTION before_spans(as_of timestamp, span interval, spans int) RETURNS timestamp
	LANGUAGE sql IMMUTABLE AS
$$
	SELECT CASE WHEN span = date_trunc('month', span) AND extract(day FROM as_of + interval '1 day')
		= 1
		THEN date_trunc('month', as_of) + interval '1 month' - span * spans
			- interval '1 microsecond'
		ELSE CASE spans WHEN 1 THEN as_of - span ELSE as_of - span - span END END
$$;
CREATE FUNCTION naive_funding(amounts float8[], times timestamp[],
	span interval, years float8, as_of timestamp) RETURNS float8[]
LANGUAGE sql IMMUTABLE AS
$$
	SELECT CASE WHEN count(*) = 0 THEN '{NULL,NULL}' ELSE ARRAY[
		coalesce(sum(amount) FILTER (WHERE at > r.recent AND at <= r.as_of), 0) / years,
		coalesce(sum(amount) FILTER (WHERE at > r.recent AND at <= r.as_of), 0) /
		nullif(sum(amount) FILTER (WHERE at > r.earlier AND at <= r.recent), 0) - 1] END
	FROM unnest(amounts, times) AS u (amount, at),
		(SELECT as_of, before_spans(as_of, span, 1) AS recent,
			before_spans(as_of, span, 2) AS earlier
		 FROM (SELECT coalesce(naive_funding.as_of, max(t)) AS as_of
			FROM unnest(amounts, times) AS v (a, t) WHERE a IS NOT NULL) AS x) AS r
	WHERE amount IS NOT NULL AND at IS NOT NULL
$$;

CREATE TABLE funding_expected AS
SELECT g,
	naive_funding(array_agg(amount), array_agg(at), '1 year', 1, NULL) AS a_year,
	naive_funding(array_agg(amount), array_agg(at), '90 days', 90 / 365.2425, NULL) AS days,
	naive_funding(array_agg(amount), array_agg(at), '7 mons', 7 / 12.0::float8,
		'2011-05-31') AS as_of
FROM funding_rows GROUP BY g;
SELECT count(*) FILTER (WHERE a_year[2] IS NOT NULL) AS accelerations FROM funding_expected;

SELECT * FROM in_every_plan('funding_expected', 'g', 'funding_rows', $$
	SELECT g, ARRAY[funding_velocity(amount, at::{time} {order}),
		funding_acceleration(amount, at::{time} {order})] AS a_year,
		ARRAY[funding_velocity(amount, at::{time}, '90 days' {order}),
			funding_acceleration(amount, at::{time}, '90 days' {order})] AS days,
		ARRAY[funding_velocity(amount, at::{time}, '7 mons', '2011-05-31' {order}),
			funding_acceleration(amount, at::{time}, '7 mons', '2011-05-31' {order})] AS as_of
	FROM {rows} GROUP BY g $$, 'at');

-- Growing and moving frames: rows that differ from the twin.
SELECT type, f.* FROM unnest('{date,timestamptz}'::text[]) AS type, in_frames(format($$
	SELECT g, id, a_year, days, as_of, amounts, times FROM (
		SELECT g, id, ARRAY[funding_velocity(amount, %1$s) OVER f,
			funding_acceleration(amount, %1$s) OVER f] AS a_year,
			ARRAY[funding_velocity(amount, %1$s, '90 days') OVER f,
				funding_acceleration(amount, %1$s, '90 days') OVER f] AS days,
			ARRAY[funding_velocity(amount, %1$s, '7 mons', '2011-05-31') OVER f,
				funding_acceleration(amount, %1$s, '7 mons', '2011-05-31') OVER f] AS as_of,
			array_agg(amount) OVER f AS amounts, array_agg(at) OVER f AS times
		FROM (SELECT row_number() OVER (PARTITION BY g ORDER BY at, i) AS id, *
			FROM funding_rows) AS x
		WINDOW f AS (PARTITION BY g {frame})) AS x
	WHERE a_year IS DISTINCT FROM naive_funding(amounts, times, '1 year', 1, NULL) OR
		days IS DISTINCT FROM naive_funding(amounts, times, '90 days', 90 / 365.2425, NULL) OR
		as_of IS DISTINCT FROM naive_funding(amounts, times, '7 mons', 7 / 12.0::float8,
			'2011-05-31') $$,
	'at::' || type), ARRAY[
	'ORDER BY id',
	'ORDER BY id ROWS CURRENT ROW',
	'ORDER BY id ROWS 1 PRECEDING',
	'ORDER BY id ROWS 19 PRECEDING',
	'ORDER BY id ROWS 251 PRECEDING',
	'ORDER BY id ROWS BETWEEN 10 PRECEDING AND 5 FOLLOWING',
	'ORDER BY id ROWS BETWEEN 7 FOLLOWING AND 9 FOLLOWING',
	'ORDER BY id ROWS BETWEEN 5 PRECEDING AND 5 FOLLOWING EXCLUDE CURRENT ROW',
	'ORDER BY at RANGE ''1 year'' PRECEDING',
	'ORDER BY at RANGE BETWEEN ''200 days'' PRECEDING AND ''30 days'' PRECEDING',
	'ORDER BY at GROUPS BETWEEN 30 PRECEDING AND CURRENT ROW',
	'ORDER BY id DESC ROWS 19 PRECEDING',
	'ORDER BY i ROWS 40 PRECEDING',
	'ORDER BY md5(id::text) ROWS 30 PRECEDING']) AS f;

-- The end of daylight-saving time: a later row can have an earlier border.
SET timezone = 'America/New_York';
SELECT min((at, velocity, naive)::text) FILTER (WHERE velocity IS DISTINCT FROM naive) AS differing,
	count(*) FILTER (WHERE border < border_before) > 0 AS borders_move_back
FROM (SELECT at, funding_velocity(amount, at, '1 day') OVER w AS velocity,
		array_agg(amount) OVER w AS amounts, array_agg(at) OVER w AS times,
		at - interval '1 day' AS border,
		lag(at - interval '1 day') OVER w AS border_before
	FROM (SELECT i::float8 AS amount, timestamptz '2023-11-03 00:00' + i
		* interval '20 minutes' AS at
		FROM generate_series(1, 300) AS i) AS x
	WINDOW w AS (ORDER BY at)) AS y,
	LATERAL (SELECT sum(amount) / (1 / 365.2425::float8) AS naive
		FROM unnest(amounts, times) AS u (amount, t)
		WHERE t > border) AS n;
RESET timezone;

DROP TABLE funding_rows, funding_expected, funding_rows_parts;
DROP FUNCTION naive_funding, before_spans;
