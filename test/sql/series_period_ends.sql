-- Ends of calendar periods.
\getenv srcdir PG_ABS_SRCDIR
\set setup :srcdir '/setup.sql'
\i :setup
SET timezone = 'UTC';

-- ---- months, quarters, years ----
SELECT array_agg(e) FROM period_ends(date '2023-12-31', '2024-06-30', '1 month') AS e;
-- A period that is not over has not ended.
SELECT array_agg(e) FROM period_ends(date '2024-01-01', '2024-06-29', '1 month') AS e;
SELECT array_agg(e) FROM period_ends(date '2023-02-17', '2024-03-31', '3 months') AS e;
SELECT array_agg(e) FROM period_ends(date '1899-06-01', '1904-12-31', '1 year') AS e;
SELECT array_agg(e) FROM period_ends(date '1975-01-01', '2025-01-01', '10 years') AS e;
-- Which periods they are does not depend on where the question begins.
SELECT array_agg(e) FROM period_ends(date '2000-01-15', '2002-06-01', '5 months') AS e;
SELECT array_agg(e) FROM period_ends(date '2000-11-15', '2002-06-01', '5 months') AS e;
SELECT array_agg(e) FROM period_ends(date '1999-01-15', '2000-06-01', '5 months') AS e;

-- ---- weeks end on Sunday ----
SELECT array_agg(e) FROM period_ends(date '2024-02-14', '2024-03-10', '1 week') AS e;
SELECT min(extract(isodow FROM e)), max(extract(isodow FROM e)), count(*)
FROM period_ends(date '0001-01-01', '2024-03-10', '1 week') AS e;
SELECT array_agg(e) FROM period_ends(date '2000-01-01', '2000-02-14', '14 days') AS e;
SELECT array_agg(e) FROM period_ends(date '2024-02-28', '2024-03-02', '1 day') AS e;

-- ---- the naive way, over two turns of the calendar ----
CREATE FUNCTION naive_ends(from_at date, to_at date, months int)
	RETURNS SETOF date LANGUAGE sql AS $$
	SELECT e
	FROM (SELECT (make_date(y, m, 1) + make_interval(months => 1) - interval '1 day')::date AS e
		FROM generate_series(extract(year FROM from_at)::int, extract(year FROM to_at)::int) AS y,
			generate_series(months, 12, months) AS m) AS ends
	WHERE e BETWEEN from_at AND to_at
$$;
WITH expected AS (SELECT months, e FROM unnest('{1,2,3,4,6,12}'::int[]) AS months,
	naive_ends('1583-02-11', '2419-11-29', months) AS e),
	got AS (SELECT months, e FROM unnest('{1,2,3,4,6,12}'::int[]) AS months,
		period_ends(date '1583-02-11', '2419-11-29', make_interval(months => months)) AS e)
SELECT months, e AS period_end, expected.e AS expected, got.e AS got
FROM expected FULL JOIN got USING (months, e)
WHERE expected.e IS NULL OR got.e IS NULL;

-- ---- times: the last microsecond in the session's time zone ----
SELECT e FROM period_ends(timestamptz '2024-01-31 12:00', '2024-04-30 23:59:59.999999',
	'1 month') AS e;
SELECT count(*) FROM period_ends(timestamptz '2024-01-31 12:00', '2024-04-30 23:59:59.999998',
	'1 month') AS e;
SET timezone = 'America/New_York';
SELECT e FROM period_ends(timestamptz '2024-01-31 12:00', '2024-04-30 23:59:59.999999',
	'1 month') AS e;
SELECT e FROM period_ends(timestamptz '2023-10-30 12:00', '2023-11-10 12:00', '7 days') AS e;
-- The same, whatever the zone: midnights that are missing or come twice.
CREATE FUNCTION ends_of_zone(zone text, step interval, OUT ends bigint, OUT differing text)
	LANGUAGE plpgsql AS $$
BEGIN
	PERFORM set_config('timezone', zone, true);
	SELECT count(*), min((d, t)::text) FILTER (WHERE t IS DISTINCT FROM
		(d + 1)::timestamptz - interval '1 microsecond')
	INTO ends, differing
	FROM (SELECT row_number() OVER (), t
			FROM period_ends(timestamptz '1999-12-31 12:00+00', '2025-03-01 12:00+00', step) AS t)
				AS times
		FULL JOIN (SELECT row_number() OVER (), d
			FROM period_ends(date '1999-12-31', '2025-03-01', step) AS d) AS days
		USING (row_number);
END $$;
SELECT zone, step, e.*
FROM unnest('{UTC,America/New_York,Africa/Cairo,America/Sao_Paulo,America/Havana,Pacific/Apia,'
		'Asia/Kathmandu,America/St_Johns}'::text[]) AS zone,
	unnest('{1 month,1 week}'::interval[]) AS step, ends_of_zone(zone, step) AS e
ORDER BY zone COLLATE "C", step;
-- Of hours that are repeated, each is before the first end that is not earlier.
CREATE FUNCTION first_end_wrong(zone text, from_at timestamptz)
	RETURNS TABLE (at timestamptz, first_end timestamptz) LANGUAGE plpgsql AS $$
BEGIN
	PERFORM set_config('timezone', zone, true);
	RETURN QUERY SELECT t, (SELECT min(e) FROM period_ends(t, t + interval '3 days', '1 day') AS e)
	FROM generate_series(from_at, from_at + interval '60 hours', '10 minutes') AS t
	WHERE (SELECT min(e) FROM period_ends(t, t + interval '3 days', '1 day') AS e) IS DISTINCT FROM
		(SELECT min(e) FROM period_ends(t - interval '5 days', t + interval '3 days', '1 day') AS e
			WHERE e >= t);
END $$;
SELECT * FROM first_end_wrong('America/Havana', '2023-11-04 00:00+00');
SELECT * FROM first_end_wrong('America/St_Johns', '2010-11-06 00:00+00');
SELECT * FROM first_end_wrong('Africa/Cairo', '2024-04-25 00:00+00');
SET timezone = 'UTC';

-- ---- the edges of the calendar ----
SELECT array_agg(e) FROM period_ends(date '0003-06-01 BC', '0003-06-01', '1 year') AS e;
SELECT array_agg(e) FROM period_ends(date '0005-02-28 BC', '0005-03-02 BC', '1 month') AS e;
SELECT array_agg(e) FROM period_ends(date '4714-11-24 BC', '4713-02-01 BC', '1 month') AS e;
SELECT array_agg(e) FROM period_ends(timestamptz '4714-11-24 00:00 BC', '4713-02-01 BC',
	'1 month') AS e;
SELECT array_agg(e) FROM period_ends(date '294276-10-01', '294276-12-31', '1 month') AS e;
SELECT array_agg(e) FROM period_ends(timestamptz '294276-10-01', '294276-12-31 23:59:59.999999',
	'1 month') AS e;
SELECT array_agg(e) FROM period_ends(date '4714-11-24 BC', '294276-12-31',
	'2147483647 months') AS e;
SELECT array_agg(e) FROM period_ends(date '4714-11-24 BC', '294276-12-31', '2147483647 days') AS e;
SELECT array_agg(e) FROM period_ends(date '4714-11-24 BC', '294276-12-31', '100000 years') AS e;

-- ---- none ----
SELECT count(*) FROM period_ends(date '2024-02-01', '2024-02-28', '1 month');
SELECT count(*) FROM period_ends(date '2024-03-01', '2024-02-01', '1 month');
SELECT count(*) FROM period_ends(NULL, date '2024-02-01', '1 month');
SELECT count(*) FROM period_ends((SELECT min(d) FROM unnest('{}'::date[]) AS d),
	(SELECT max(d) FROM unnest('{}'::date[]) AS d), '1 month');

-- ---- errors ----
SELECT error_of(format('SELECT period_ends(date %L, %L, %L)', f, t, step))
FROM (VALUES ('2024-01-01', '2024-12-31', NULL), ('2024-01-01', '2024-12-31', '0'),
	('2024-01-01', '2024-12-31', '-1 month'),
	('2024-01-01', '2024-12-31', '1 month 1 day'), ('2024-01-01', '2024-12-31', '36 hours'),
		('2024-01-01', '2024-12-31', '1 day 1 second'),
	('-infinity', '2024-12-31', '1 month'), ('2024-01-01', 'infinity', '1 month'),
		('2024-01-01', '300000-01-01', '1 month'),
	('0101-01-01 BC', '294276-12-31', '1 day')) AS v (f, t, step);
SELECT error_of($$SELECT period_ends(timestamptz '-infinity', now(), '1 month')$$);
SELECT error_of($$SELECT period_ends(date '2024-01-01', NULL, NULL)$$);

-- Only as many as are asked for are made; dates are immutable, times are not.
SELECT e FROM period_ends(date '0001-01-01', '2024-12-31', '1 day') AS e LIMIT 1;
SELECT array_agg(period_ends) FROM (SELECT period_ends(date '2024-01-01', '2024-03-31',
	'1 month')) AS s;
SELECT proargtypes[0]::regtype, provolatile, proretset FROM pg_proc WHERE proname = 'period_ends'
ORDER BY 1::text;

DROP FUNCTION naive_ends, ends_of_zone, first_end_wrong;

-- Samoa had no 30 December 2011: that day has no end.
SET timezone = 'Pacific/Apia';
SELECT e FROM period_ends(timestamptz '2011-12-29', '2012-01-01', '1 day') AS e;
SELECT e FROM period_ends(timestamptz '2011-12-31', '2012-01-01', '1 day') AS e;
SET timezone = 'UTC';
