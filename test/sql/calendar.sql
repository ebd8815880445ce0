-- The calendar: ends of months, clocks put forward and back, days that begin
-- late or never.
SET timezone = 'UTC';
SET jit = off;

-- ---- drawdown_ahead where at + horizon is not monotone ----
CREATE TABLE month_end (at timestamptz, price float8);
INSERT INTO month_end VALUES ('2023-01-30 12:00', 100), ('2023-01-31 08:00', 100), ('2023-02-28 09:00', 60), ('2023-02-28 12:00', 60);
SELECT at, price, drawdown_ahead(price, at, '1 month') OVER () AS ahead FROM month_end ORDER BY at;

-- The naive way in every zone, with hours, repeated times, and a price that
-- falls within the hours that belong to one row's horizon and not to a later
-- one's.
CREATE FUNCTION naive_ahead(zone text, start text, days int, horizon interval, seed float8,
	OUT rows bigint, OUT differing bigint, OUT ahead bigint, OUT moved_back bigint) LANGUAGE plpgsql AS $$
BEGIN
	PERFORM set_config('timezone', zone, true), setseed(seed);
	CREATE TEMP TABLE walk AS
	SELECT i, start::timestamptz + interval '40 minutes' * (i + (random() < 0.1)::int) AS at, CASE WHEN random() < 0.01 THEN 50 ELSE 90 + floor(20 * random()) END::float8 AS price
	FROM generate_series(0, days * 36) AS i;
	SELECT count(*), count(*) FILTER (WHERE a.ahead IS DISTINCT FROM CASE WHEN w.at + horizon <= last THEN n.ahead END), count(a.ahead)
	INTO rows, differing, ahead
	FROM walk AS w JOIN (SELECT i, drawdown_ahead(price, walk.at, horizon) OVER (ORDER BY i % 7) AS ahead FROM walk) AS a USING (i),
		(SELECT max(walk.at) AS last FROM walk) AS l, LATERAL (SELECT max_drawdown(f.price, f.at) AS ahead FROM walk AS f WHERE f.at >= w.at AND f.at <= w.at + horizon) AS n;
	SELECT count(*) FROM (SELECT (w.at + horizon) < max(w.at + horizon) OVER (ORDER BY w.at) AS back FROM walk AS w) AS b WHERE back INTO moved_back;
	DROP TABLE walk;
	PERFORM set_config('timezone', 'UTC', true);
END $$;
SELECT zone, n.*
FROM (VALUES ('UTC', '2023-01-24 00:00+00', 45, '1 month', 0.1), ('America/New_York', '2023-01-26', 45, '1 month', 0.2),
	('America/New_York', '2023-10-30', 14, '1 day', 0.3), ('America/New_York', '2023-03-06', 14, '1 day', 0.4), ('Africa/Cairo', '2024-04-20', 14, '1 day', 0.5),
	('Africa/Cairo', '2024-10-25', 14, '2 days', 0.6), ('Australia/Lord_Howe', '2024-04-01', 14, '1 day', 0.7), ('Australia/Lord_Howe', '2024-10-01', 14, '1 day', 0.8),
	('Pacific/Apia', '2011-12-25', 14, '1 day', 0.9)) AS z (zone, start, days, horizon, seed),
	LATERAL naive_ahead(zone, start, days, horizon::interval, seed) AS n;
-- Hours from 28 January to the end of March, with one short fall.
CREATE VIEW short_fall AS
SELECT h AS at, CASE WHEN h = '2023-02-28 20:00+00' THEN 50 ELSE 100 END AS price FROM generate_series(timestamptz '2023-01-28 00:00+00', '2023-03-31 00:00+00', '1 hour') AS h;
CREATE VIEW short_fall_ahead AS
SELECT count(*) AS rows, count(ahead) AS known, count(*) FILTER (WHERE ahead = 0.5) AS falls,
	count(*) FILTER (WHERE ahead IS DISTINCT FROM CASE WHEN at + interval '1 month' <= '2023-03-31 00:00+00'
		THEN (at < '2023-02-28 20:00+00' AND at + interval '1 month' >= '2023-02-28 20:00+00')::int * 0.5 END) AS wrong
FROM (SELECT at, drawdown_ahead(price, at, '1 month') OVER () AS ahead FROM short_fall) AS a;
TABLE short_fall_ahead;
SET timezone = 'America/New_York';
TABLE short_fall_ahead;
SET timezone = 'UTC';

-- ---- A series of dates in every time zone ----
-- Where the clock is put forward at midnight, a day begins at one o'clock.
SET timezone = 'Africa/Cairo';
SELECT slice(s, '2024-04-26', NULL) AS since, slice(s, NULL, '2024-04-26') AS until, slice(s, '2024-04-26', '2024-04-26') AS that_day,
	slice(s, '2024-04-26 01:00', NULL) AS since_one, slice(s, '2024-04-26 01:01', NULL) AS since_later, first_at(slice(s, '2024-04-26', NULL))
FROM (VALUES (bubble_series 'date{2024-04-25=1,2024-04-26=2,2024-04-27=3}')) AS v (s);
SET timezone = 'UTC';
-- From its first row to its last one a series is itself, and so are the rows
-- before, at and after any of its times: in every zone.
CREATE FUNCTION sliced(zone text, OUT days bigint, OUT whole boolean, OUT parts boolean, OUT backward bigint) LANGUAGE plpgsql AS $$
DECLARE
	s bubble_series;
BEGIN
	PERFORM set_config('timezone', zone, true);
	SELECT bubble_series(d - date '2000-01-01', d), count(*), count(*) FILTER (WHERE d::timestamptz < (d - 1)::timestamptz) INTO s, days, backward
	FROM (SELECT year + n AS d FROM (VALUES (date '1989-01-01'), ('2011-01-01'), ('2024-01-01')) AS y (year), generate_series(0, 365) AS n) AS d;
	whole := slice(s, first_at(s), last_at(s))::text = s::text;
	SELECT bool_and(observations(slice(s, NULL, at)) + observations(slice(s, at, NULL)) - observations(slice(s, at, at)) = days
		AND observations(slice(s, at, at)) = same AND first_at(slice(s, at, NULL)) = at) INTO parts
	FROM (SELECT at, count(*) AS same FROM unnest(s) GROUP BY at) AS t WHERE random() < 0.01;
	PERFORM set_config('timezone', 'UTC', true);
END $$;
SELECT count(*) > 300 AS zones, bool_and(days = 3 * 366) AS days, bool_and(whole) AS whole, bool_and(parts) AS parts, sum(backward) AS backward
FROM pg_timezone_names, sliced(name);
