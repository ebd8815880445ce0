-- The calendar: ends of months, clocks put forward and back, days that begin
-- late or never.
\getenv srcdir PG_ABS_SRCDIR
\set setup :srcdir '/setup.sql'
\i :setup
SET timezone = 'UTC';
SET jit = off;

-- ---- drawdown_ahead where at + horizon is not monotone ----
CREATE TABLE month_end (at timestamptz, price float8);
INSERT INTO month_end VALUES ('2023-01-30 12:00', 100), ('2023-01-31 08:00', 100),
	('2023-02-28 09:00', 60), ('2023-02-28 12:00', 60);
SELECT at, price, drawdown_ahead(price, at, '1 month') OVER () AS ahead FROM month_end ORDER BY at;

-- The naive way in every zone, with hours, repeated times, and a price that
-- falls within the hours that belong to one row's horizon and not to a later
-- one's.
CREATE FUNCTION naive_ahead(zone text, start text, days int, horizon interval, seed float8,
	OUT rows bigint, OUT differing text, OUT ahead bigint, OUT moved_back bigint) LANGUAGE plpgsql
		AS $$
BEGIN
	PERFORM set_config('timezone', zone, true), setseed(seed);
	CREATE TEMP TABLE walk AS
	SELECT i, start::timestamptz + interval '40 minutes' * (i + (random() < 0.1)::int) AS at, CASE
		WHEN random() < 0.01 THEN 50 ELSE 90 + floor(20 * random()) END::float8 AS price
	FROM generate_series(0, days * 36) AS i;
	SELECT count(*), min((w.at, a.ahead, n.ahead, last)::text)
		FILTER (WHERE a.ahead IS DISTINCT FROM CASE WHEN w.at + horizon <= last THEN n.ahead END),
		count(a.ahead)
	INTO rows, differing, ahead
	FROM walk AS w JOIN (SELECT i, drawdown_ahead(price, walk.at, horizon)
		OVER (ORDER BY i % 7) AS ahead FROM walk) AS a USING (i),
		(SELECT max(walk.at) AS last FROM walk) AS l,
			LATERAL (SELECT max_drawdown(f.price, f.at) AS ahead FROM walk AS f WHERE f.at >= w.at
			AND f.at <= w.at + horizon) AS n;
	SELECT count(*) FROM (SELECT (w.at + horizon) < max(w.at + horizon) OVER (ORDER BY w.at) AS back
		FROM walk AS w) AS b WHERE back INTO moved_back;
	DROP TABLE walk;
	PERFORM set_config('timezone', 'UTC', true);
END $$;
SELECT zone, n.*
FROM (VALUES ('UTC', '2023-01-24 00:00+00', 45, '1 month', 0.1), ('America/New_York', '2023-01-26',
	45, '1 month', 0.2),
	('America/New_York', '2023-10-30', 14, '1 day', 0.3), ('America/New_York', '2023-03-06', 14,
		'1 day', 0.4), ('Africa/Cairo', '2024-04-20', 14, '1 day', 0.5),
	('Africa/Cairo', '2024-10-25', 14, '2 days', 0.6), ('Australia/Lord_Howe', '2024-04-01', 14,
		'1 day', 0.7), ('Australia/Lord_Howe', '2024-10-01', 14, '1 day', 0.8),
	('Pacific/Apia', '2011-12-25', 14, '1 day', 0.9)) AS z (zone, start, days, horizon, seed),
	LATERAL naive_ahead(zone, start, days, horizon::interval, seed) AS n;
-- Hours from 28 January to the end of March, with one short fall.
CREATE VIEW short_fall AS
SELECT h AS at, CASE WHEN h = '2023-02-28 20:00+00' THEN 50 ELSE 100 END AS price
FROM generate_series(timestamptz '2023-01-28 00:00+00', '2023-03-31 00:00+00', '1 hour') AS h;
CREATE VIEW short_fall_ahead AS
SELECT count(*) AS rows, count(ahead) AS known, count(*) FILTER (WHERE ahead = 0.5) AS falls,
	min((at, ahead)::text) FILTER (WHERE ahead IS DISTINCT FROM CASE
		WHEN at + interval '1 month' <= '2023-03-31 00:00+00'
		THEN (at < '2023-02-28 20:00+00' AND at + interval '1 month' >= '2023-02-28 20:00+00')::int
			* 0.5 END) AS wrong
FROM (SELECT at, drawdown_ahead(price, at, '1 month') OVER () AS ahead FROM short_fall) AS a;
TABLE short_fall_ahead;
SET timezone = 'America/New_York';
TABLE short_fall_ahead;
SET timezone = 'UTC';

-- ---- A series of dates in every time zone ----
-- Where the clock is put forward at midnight, a day begins at one o'clock.
SET timezone = 'Africa/Cairo';
SELECT slice(s, '2024-04-26', NULL) AS since, slice(s, NULL, '2024-04-26') AS until,
	slice(s, '2024-04-26', '2024-04-26') AS that_day,
	slice(s, '2024-04-26 01:00', NULL) AS since_one,
		slice(s, '2024-04-26 01:01', NULL) AS since_later, first_at(slice(s, '2024-04-26', NULL))
FROM (VALUES (bubble_series 'date{2024-04-25=1,2024-04-26=2,2024-04-27=3}')) AS v (s);
SET timezone = 'UTC';
-- From its first row to its last one a series is itself, and so are the rows
-- before, at and after any of its times: in every zone.
CREATE FUNCTION sliced(zone text, OUT days bigint, OUT whole boolean, OUT parts text,
	OUT backward bigint) LANGUAGE plpgsql AS $$
DECLARE
	s bubble_series;
BEGIN
	PERFORM set_config('timezone', zone, true);
	SELECT bubble_series(d - date '2000-01-01', d), count(*), count(*)
		FILTER (WHERE d::timestamptz < (d - 1)::timestamptz) INTO s, days, backward
	FROM (SELECT year + n AS d FROM (VALUES (date '1989-01-01'), ('2011-01-01'),
		('2024-01-01')) AS y (year), generate_series(0, 365) AS n) AS d;
	whole := slice(s, first_at(s), last_at(s))::text = s::text;
	SELECT min((at, same, slice(s, at, at), first_at(slice(s, at, NULL)))::text)
		FILTER (WHERE (observations(slice(s, NULL, at)) + observations(slice(s, at, NULL))
		- observations(slice(s, at, at)) = days
		AND observations(slice(s, at, at)) = same AND first_at(slice(s, at, NULL)) = at)
			IS NOT TRUE) INTO parts
	FROM (SELECT at, count(*) AS same FROM unnest(s) GROUP BY at) AS t WHERE random() < 0.01;
	PERFORM set_config('timezone', 'UTC', true);
END $$;
SELECT count(*) > 300 AS zones, min((name, days)::text) FILTER (WHERE days <> 3 * 366) AS days,
	min(name) FILTER (WHERE NOT whole) AS whole, min((name, parts)::text)
	FILTER (WHERE parts <> '') AS parts, sum(backward) AS backward
FROM pg_timezone_names, sliced(name);

-- ---- Spans that end with a month ----
-- Quarter ends, booked 1, 2, 4, ...: up to a month's last day whole months
-- begin after a month's last day.
CREATE TABLE quarter AS
SELECT q AS day, q::timestamp AS start, 2.0::float8 ^ (row_number() OVER (ORDER BY q) - 1) AS amount
FROM unnest('{2023-12-31,2024-02-29,2024-03-31,2024-06-30,2024-09-30,2024-12-31,2025-02-28,'
	'2025-03-31,2025-06-30}'::date[]) AS q;
TABLE quarter;
CREATE VIEW month_spans AS
SELECT n, as_of, span, trailing_revenue(amount, day, span, as_of) AS revenue,
	trailing_revenue(amount, day, day, span, as_of) AS known,
	funding_velocity(amount, day, span, as_of) AS raised,
	funding_acceleration(amount, day, span, as_of) AS acceleration,
		(funding_summary(amount, day, span, as_of)).acceleration = funding_acceleration(amount, day,
		span, as_of) AS summary
FROM quarter, (VALUES (1, date '2025-06-30', interval '3 months'), (2, '2025-06-29', '3 months'),
	(3, '2025-06-30', '91 days'), (4, '2025-06-30', '3 months 1 day'),
	(5, '2025-03-31', '3 months'), (6, '2025-02-28', '1 month'), (7, '2025-02-28', '1 year'),
	(8, '2024-02-29', '2 months'), (9, '2024-02-28', '2 months'), (10, '2025-06-30', '4 months'),
		(11, '2025-06-30', '1 year'), (12, '2025-07-01', '3 months'),
		(13, '2024-12-31', '6 months')) AS v (n, as_of, span)
GROUP BY n, as_of, span;
SELECT * FROM month_spans ORDER BY n;
-- As timestamps, at midnight and at another hour of the day, in zones on both
-- sides of the first one: the same.
CREATE FUNCTION as_timestamps(zone text, OUT rows bigint, OUT revenue text, OUT known text,
	OUT velocity text, OUT acceleration text) LANGUAGE plpgsql AS $$
BEGIN
	PERFORM set_config('timezone', zone, true);
	SELECT count(*), min((n, hour, t.revenue, m.revenue)::text)
		FILTER (WHERE t.revenue IS DISTINCT FROM m.revenue),
		min((n, hour, t.known, m.known)::text) FILTER (WHERE t.known IS DISTINCT FROM m.known),
		min((n, hour, t.raised, m.raised)::text) FILTER (WHERE t.raised IS DISTINCT FROM m.raised),
		min((n, hour, t.acceleration, m.acceleration)::text)
			FILTER (WHERE t.acceleration IS DISTINCT FROM m.acceleration)
	INTO rows, revenue, known, velocity, acceleration
	FROM month_spans AS m, (VALUES (interval '0', interval '0'), ('20:30', '20:30'),
		('20:30', '23:59:59.999999')) AS h (hour, until),
		LATERAL (SELECT trailing_revenue(amount, start::timestamptz + hour, m.span,
			m.as_of::timestamptz + until) AS revenue,
			trailing_revenue(amount, start::timestamptz + hour, start::timestamptz + hour, m.span,
				m.as_of::timestamptz + until) AS known,
			funding_velocity(amount, start::timestamptz + hour, m.span, m.as_of::timestamptz
				+ until) AS raised,
			funding_acceleration(amount, start::timestamptz + hour, m.span, m.as_of::timestamptz
				+ until) AS acceleration FROM quarter) AS t
	WHERE until = hour OR m.as_of IN ('2025-06-30', '2025-03-31') AND m.span = '3 months';
	PERFORM set_config('timezone', 'UTC', true);
END $$;
SELECT zone, t.* FROM unnest(
	'{UTC,America/New_York,Asia/Tokyo,Africa/Cairo,Australia/Lord_Howe}'::text[]) AS zone,
	as_timestamps(zone) AS t;
-- Every day of five years: the months up to a month's last day are the sum of
-- those months, up to another day PostgreSQL's; in every kind of frame.
CREATE TABLE any_day AS SELECT day::date AS day, (random() * 1000)::int::float8 AS amount
	FROM generate_series(timestamp '2022-12-01', '2026-03-01', '1 day') AS day;
CREATE FUNCTION months_differ(zone text, months int, OUT days bigint, OUT of_days text,
	OUT of_times text, OUT frames text, OUT time_frames text) LANGUAGE plpgsql AS $$
DECLARE
	span interval := interval '1 month' * months;
BEGIN
	PERFORM set_config('timezone', zone, true);
	SELECT count(*), min((day, n, of_day)::text)
		FILTER (WHERE (of_day.revenue, of_day.grown) IS DISTINCT FROM (n.revenue, n.grown)),
		min((day, n, of_time)::text)
			FILTER (WHERE (of_time.revenue, of_time.grown) IS DISTINCT FROM (n.revenue, n.grown)),
		min((day, n, frame, frame_grown)::text) FILTER (WHERE (frame * months / 12, frame_grown)
			IS DISTINCT FROM (n.revenue, n.grown)),
		min((day, n, time_frame, time_frame_grown)::text)
			FILTER (WHERE (time_frame * months / 12, time_frame_grown) IS DISTINCT FROM (n.revenue,
			n.grown))
	INTO days, of_days, of_times, frames, time_frames
	FROM (SELECT day, day::timestamptz AS start,
		funding_velocity(amount, day, span) OVER w AS frame, funding_acceleration(amount, day,
		span) OVER w AS frame_grown,
			funding_velocity(amount, day::timestamptz, span) OVER w AS time_frame,
				funding_acceleration(amount, day::timestamptz, span) OVER w AS time_frame_grown
			FROM any_day WINDOW w AS (ORDER BY day ROWS 1100 PRECEDING)) AS a,
		LATERAL (SELECT CASE WHEN extract(day FROM day + 1) = 1 THEN ((day + 1 - span)::date - 1)
			ELSE (day - span)::date END AS recent,
			CASE WHEN extract(day FROM day + 1) = 1 THEN ((day + 1 - span - span)::date - 1)
				ELSE (day - span - span)::date END AS earlier) AS border,
		LATERAL (SELECT sum(b.amount) FILTER (WHERE b.day > recent) AS revenue, sum(b.amount)
			FILTER (WHERE b.day > recent) / sum(b.amount) FILTER (WHERE b.day <= recent)
			- 1 AS grown FROM any_day AS b WHERE b.day > earlier AND b.day <= a.day) AS n,
		LATERAL (SELECT trailing_revenue(b.amount, b.day, span, a.day) AS revenue,
			funding_acceleration(b.amount, b.day, span, a.day) AS grown
			FROM any_day AS b) AS of_day,
		LATERAL (SELECT trailing_revenue(b.amount, b.day::timestamptz, span, a.start) AS revenue,
			funding_acceleration(b.amount, b.day::timestamptz, span, a.start) AS grown
			FROM any_day AS b) AS of_time
	WHERE a.day >= '2023-12-31' AND (extract(day FROM day) IN (1, 15, 28, 29, 30, 31));
	PERFORM set_config('timezone', 'UTC', true);
END $$;
SELECT zone, months, e.* FROM unnest('{America/New_York,Africa/Cairo}'::text[]) AS zone,
	unnest('{1,3,12}'::int[]) AS months, months_differ(zone, months) AS e;
-- latest: at the end of a month what is as old as the last day of the month so
-- many months before it is not too old.
SELECT as_of, max_age, at, latest(1, at, max_age, as_of) IS NOT NULL AS known,
	latest(1, at::timestamptz + '13:00', max_age, as_of::timestamptz + '13:00')
	IS NOT NULL AS timestamptz
FROM (VALUES (date '2025-06-30', interval '3 months', date '2025-03-31'),
	('2025-06-30', '3 months', '2025-03-30'), ('2025-06-29', '3 months', '2025-03-29'),
	('2025-06-29', '3 months', '2025-03-28'),
	('2025-02-28', '1 month', '2025-01-31'), ('2025-02-28', '1 month', '2025-01-30'),
		('2024-02-28', '1 month', '2024-01-28'), ('2025-02-28', '1 year', '2024-02-29'),
		('2025-02-28', '1 year', '2024-02-28'),
	('2025-06-30', '91 days', '2025-03-31'), ('2025-06-30', '92 days', '2025-03-30'),
		('2025-03-31', '1 month', '2025-02-28')) AS v (as_of, max_age, at)
GROUP BY as_of, max_age, at ORDER BY as_of, max_age, at;
-- A span that reaches back beyond the first day of the calendar.
SELECT trailing_revenue(1, d, '1 month', '4713-11-30 BC') AS first,
	trailing_revenue(1, d, '100 years', '4713-12-31 BC') AS dates,
	trailing_revenue(1, d::timestamptz, '1 month', '4713-12-31 BC') AS times,
	latest(1, d, '1 month', '4713-12-31 BC') AS latest, funding_velocity(1, d, '12 months',
		'4713-12-31 BC') AS velocity
FROM (VALUES (date '4714-11-25 BC'), ('4713-11-30 BC'), ('4713-12-31 BC')) AS v (d);

-- ---- What depends on the session's time zone says so ----
SELECT p.oid::regprocedure AS immutable_but_of_stable_functions
FROM pg_proc AS p JOIN pg_aggregate AS a ON a.aggfnoid = p.oid, pg_proc AS t, pg_depend AS d,
	pg_extension AS e
WHERE 'timestamptz'::regtype = ANY (p.proargtypes::oid[]) AND a.aggtranstype = 'internal'::regtype
	AND t.oid IN (a.aggtransfn, a.aggfinalfn) AND t.provolatile = 's' AND p.provolatile = 'i'
	AND d.objid = p.oid AND d.deptype = 'e' AND d.refobjid = e.oid AND e.extname = 'bubble';
SELECT p.proname, count(*) AS stable, count(*)
	FILTER (WHERE 'timestamptz'::regtype = ANY (p.proargtypes::oid[])) AS of_timestamptz
FROM pg_proc AS p, pg_depend AS d, pg_extension AS e
WHERE p.prokind = 'a' AND p.provolatile = 's' AND d.objid = p.oid AND d.deptype = 'e' AND d.refobjid
	= e.oid AND e.extname = 'bubble' GROUP BY p.proname ORDER BY p.proname;
-- A date in gives a date out, whatever the session's time zone.
SELECT p.oid::regprocedure AS stable_but_of_dates
FROM pg_proc AS p, pg_depend AS d, pg_extension AS e
WHERE p.proname LIKE '%\_date\_finalfn' AND p.provolatile <> 'i' AND d.objid = p.oid AND d.deptype
	= 'e' AND d.refobjid = e.oid AND e.extname = 'bubble';

-- ---- Revenue of the last periods ----
-- A fiscal year of 52 weeks and one of 53 (billions of dollars), as of and up
-- to its ends; trailing_revenue knows spans of time only.
CREATE TABLE fiscal (period_end date, amount float8);
INSERT INTO fiscal VALUES ('2024-01-28', 22.103), ('2024-04-28', 26.044), ('2024-07-28', 30.040),
	('2024-10-27', 35.082), ('2025-01-26', 39.331);
SELECT trailing_periods(amount, period_end, 4) AS latest, trailing_periods(amount, period_end, 4,
	'2025-01-25') AS before, trailing_periods(amount, period_end, 1) AS one,
	trailing_periods(amount, period_end, 5) AS five, trailing_periods(amount, period_end, 6) AS six,
		trailing_revenue(amount, period_end) AS a_year, trailing_revenue(amount, period_end,
		'1 year', '2025-01-26') AS year_as_of
FROM fiscal;
SELECT round(trailing_periods(amount, period_end, 4)::numeric, 9) = 130.497 AS sum,
	trailing_periods(amount, period_end::timestamptz, 4) = trailing_periods(amount, period_end,
	4) AS timestamps,
	trailing_periods(amount, period_end::timestamptz, 4, '2024-12-31') = trailing_periods(amount,
		period_end, 4, '2024-12-31') AS timestamps_as_of FROM fiscal;
-- One is missing; the amount of one is not known; there are too few.
SELECT trailing_periods(amount, period_end, 4) AS missing, trailing_periods(amount, period_end,
	3) AS missing_of_three, trailing_periods(amount, period_end, 2) AS later_ones FROM fiscal
WHERE period_end <> '2024-07-28';
SELECT trailing_periods(nullif(amount, 30.040), period_end, 4) AS unknown,
	trailing_periods(amount, period_end, 4)
	FILTER (WHERE amount IN (26.044, 35.082, 39.331)) AS too_few FROM fiscal;
-- 53 weeks; months, quarters and halves of the calendar; gaps of a different
-- kind before, of which as many count.
SELECT what, trailing_periods(1, e, periods) AS sum, trailing_periods(1, e, periods)
	FILTER (WHERE n <> hole) AS with_hole
FROM (SELECT 'weeks' AS what, 4 AS periods, n, date '2016-09-24' + (91 * n + CASE WHEN n >= 2 THEN 7
	ELSE 0 END)::int AS e, 3 AS hole FROM generate_series(0, 5) AS n
	UNION ALL SELECT 'months', 12, n, (date '2024-01-01' + interval '1 month' * (n + 1))::date - 1,
		7 FROM generate_series(0, 13) AS n
	UNION ALL SELECT 'quarters', 4, n, (date '2024-01-01' + interval '3 months' * (n + 1))::date
		- 1, 2 FROM generate_series(0, 3) AS n
	UNION ALL SELECT 'halves after quarters', 2, n,
		(date '2024-01-01' + CASE WHEN n < 8 THEN interval '3 months' * (n + 1)
		ELSE interval '24 months' + interval '6 months' * (n - 7) END)::date - 1, 11
	FROM generate_series(0, 11) AS n
	UNION ALL SELECT 'two', 2, n, (date '2024-01-01' + interval '3 months' * (n + 1))::date - 1, 3
	FROM generate_series(0, 4) AS n) AS p
GROUP BY what, periods ORDER BY what;
-- Just one and a half usual gaps, and a microsecond more.
SELECT trailing_periods(1, t, 3) AS just, trailing_periods(1, t + CASE WHEN t < '2020-01-02'
	THEN interval '-1 microsecond' ELSE '0' END, 3) AS more
FROM unnest('{2020-01-01 00:00,2020-01-02 12:00,2020-01-03 12:00}'::timestamptz[]) AS t;
-- As window functions.
SELECT period_end, amount, trailing_periods(amount, period_end, 4) OVER w AS periods,
	trailing_revenue(amount, period_end) OVER w AS a_year,
	trailing_periods(amount, period_end, 4) OVER (ORDER BY period_end ROWS 3 PRECEDING) AS frame,
		trailing_periods(amount, period_end, 4) OVER () AS whole
FROM (VALUES (date '2022-12-31', 76.048), ('2023-03-31', 69.787), ('2022-06-30', 69.685),
	('2022-09-30', 69.092), ('2023-09-30', 76.693), ('2023-06-30', 74.604))
	AS v (period_end, amount)
WINDOW w AS (ORDER BY period_end) ORDER BY period_end;
-- Nothing, and what is refused.
SELECT trailing_periods(a, d, 4) AS periods, trailing_revenue(a, d) AS a_year
FROM (VALUES (NULL::float8, date '2020-01-01'), (1, NULL)) AS v (a, d);
SELECT error_of(format('SELECT trailing_periods(%s) FROM fiscal', q))
FROM unnest(ARRAY['amount, period_end, NULL', 'amount, period_end, 0', 'amount, period_end, -1',
	'amount, period_end, 10001', 'amount, period_end, 4, NULL',
	'amount, period_end, extract(day FROM period_end)::int', 'amount, period_end, 4, period_end',
		'''NaN'', period_end, 4', 'amount, ''infinity''::date, 4']) AS q;
SELECT error_of('SELECT trailing_revenue(''NaN'', period_end) FROM fiscal'),
	error_of('SELECT trailing_revenue(amount, ''infinity''::date) FROM fiscal');
SELECT error_of(format('SELECT trailing_revenue(amount, period_end, %s) FROM fiscal', q))
FROM unnest(ARRAY['NULL', '''0 days''', '''-1 year''',
	'make_interval(months => extract(month FROM period_end)::int)', '''1 year'', NULL',
	'NULL, ''2024-01-01''']) AS q;

-- The naive twin, in groups of any plan and frames of any kind.
SELECT setseed(0.31);
CREATE TABLE period_row AS
SELECT g, i, CASE WHEN random() < 0.05 THEN NULL ELSE (10000 * random() - 3000)::int
	/ 8.0::float8 END AS amount, (8 * random())::int AS part,
	CASE WHEN random() < 0.02 THEN NULL WHEN g % 2 = 0 THEN date '2010-01-03' + 91 * (i / 2) + 7
		* (i / 40) ELSE date '2010-01-01' + (i * 10 + 60 * random())::int END AS period_end
FROM generate_series(1, 8) AS g, LATERAL generate_series(1, g * g * 3) AS i WHERE random() < 0.97;
CREATE FUNCTION naive_periods(amounts float8[], ends timestamp[], periods int, as_of timestamp)
	RETURNS float8 LANGUAGE sql IMMUTABLE AS $$
	WITH period AS (SELECT e, sum(amount::numeric) AS amount, row_number()
		OVER (ORDER BY e DESC) AS n, e - lag(e) OVER (ORDER BY e) AS gap
		FROM unnest(amounts, ends) AS u (amount, e) WHERE amount IS NOT NULL
			AND e <= naive_periods.as_of GROUP BY e)
	SELECT CASE WHEN count(*) >= periods AND coalesce(max(gap) FILTER (WHERE n < periods) <= 1.5
		* percentile_disc(0.5) WITHIN GROUP (ORDER BY gap) FILTER (WHERE n < 2 * periods), true)
		THEN sum(amount) FILTER (WHERE n <= periods) END FROM period
$$;
CREATE FUNCTION naive_span(amounts float8[], ends timestamp[], span interval) RETURNS float8
	LANGUAGE sql IMMUTABLE AS $$
	SELECT sum(amount::numeric) FROM unnest(amounts, ends) AS u (amount, e),
		(SELECT max(e) FILTER (WHERE amount IS NOT NULL) AS latest FROM unnest(amounts, ends)
		AS v (amount, e)) AS l
	WHERE e > CASE WHEN extract(day FROM latest + interval '1 day') = 1
		THEN latest + interval '1 day' - span - interval '1 day' ELSE latest - span END
$$;
CREATE TABLE period_expected AS
SELECT g, naive_periods(array_agg(amount), array_agg(period_end), 4, 'infinity') AS four,
	naive_periods(array_agg(amount), array_agg(period_end), 2, 'infinity') AS two,
	naive_periods(array_agg(amount), array_agg(period_end), 4, '2010-12-12') AS as_of,
		naive_span(array_agg(amount), array_agg(period_end), '1 year') AS a_year,
	naive_span(array_agg(amount), array_agg(period_end), '7 mons') AS months
FROM period_row GROUP BY g;
SELECT count(*), count(four) AS four, count(two) AS two, count(as_of) AS as_of,
	count(a_year) AS a_year, count(DISTINCT (a_year, months)) AS spans FROM period_expected;
SELECT * FROM in_every_plan('period_expected', 'g', 'period_row', $$
	SELECT g, trailing_periods(amount, period_end::{time}, 4 {order}) AS four,
		trailing_periods(amount, period_end::{time}, 2 {order}) AS two,
		trailing_periods(amount, period_end::{time}, 4, '2010-12-12' {order}) AS as_of,
		trailing_revenue(amount, period_end::{time} {order}) AS a_year,
		trailing_revenue(amount, period_end::{time}, '7 mons' {order}) AS months
	FROM {rows} GROUP BY g $$, 'period_end');
CREATE FUNCTION period_frames_differ(zone text, frame text, OUT frames bigint, OUT known bigint,
	OUT four text, OUT two text, OUT as_of text, OUT a_year text, OUT months text) LANGUAGE plpgsql
	AS $$
BEGIN
	PERFORM set_config('timezone', zone, true);
	EXECUTE format('SELECT count(*), count(four), min((g, i, four, time_four, amounts, ends)::text)
			FILTER (WHERE four IS DISTINCT FROM naive_periods(amounts, ends, 4, ''infinity'') OR '
				'g & 1 = 0 AND four IS DISTINCT FROM time_four), '
				'min((g, i, two, amounts, ends)::text) FILTER (WHERE two IS DISTINCT '
				'FROM naive_periods(amounts, ends, 2, ''infinity'')),
			min((g, i, as_of, amounts, ends)::text) FILTER (WHERE as_of IS DISTINCT '
				'FROM naive_periods(amounts, ends, 4, ''2011-06-05'')), '
				'min((g, i, a_year, time_year, amounts, ends)::text) FILTER '
				'(WHERE a_year IS DISTINCT FROM naive_span(amounts, ends, ''1 year'') OR a_year '
				'IS DISTINCT FROM time_year),
			min((g, i, months, amounts, ends)::text) FILTER (WHERE months IS DISTINCT '
				'FROM naive_span(amounts, ends, ''7 mons''))
		FROM (SELECT g, i, trailing_periods(amount, period_end, 4) OVER f AS four, '
			'trailing_periods(amount, period_end::timestamptz, 4) OVER f AS time_four, '
			'trailing_periods(amount, period_end, 2) OVER f AS two,
			trailing_periods(amount, period_end, 4, ''2011-06-05'') OVER f AS as_of, '
				'trailing_revenue(amount, period_end) OVER f AS a_year, '
				'trailing_revenue(amount, period_end::timestamptz) OVER f AS time_year,
			trailing_revenue(amount, period_end, ''7 mons'') OVER f AS months,
			array_agg(amount) OVER f AS amounts, array_agg(period_end) OVER f AS ends '
				'FROM period_row WINDOW f AS (PARTITION BY g %s)) AS x', frame)
	INTO frames, known, four, two, as_of, a_year, months;
	PERFORM set_config('timezone', 'UTC', true);
END $$;
SELECT zone, frame, e.* FROM unnest('{UTC,Africa/Cairo}'::text[]) AS zone,
	unnest(ARRAY['ORDER BY period_end', 'ORDER BY period_end, i ROWS 11 PRECEDING',
	'ORDER BY period_end, i ROWS 3 PRECEDING', 'ORDER BY i ROWS 20 PRECEDING',
	'ORDER BY period_end, i ROWS BETWEEN 7 FOLLOWING AND 29 FOLLOWING',
		'ORDER BY period_end, i ROWS BETWEEN 9 PRECEDING AND 5 FOLLOWING EXCLUDE CURRENT ROW',
		'ORDER BY period_end DESC, i ROWS 12 PRECEDING',
	'ORDER BY md5(i::text) ROWS 25 PRECEDING', 'ORDER BY period_end RANGE ''1 year'' PRECEDING',
		'ORDER BY period_end, i ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING', '']) AS frame,
		period_frames_differ(zone, frame) AS e;

-- ---- latest() as it was reported ----
-- A year's revenue that was reported five months after its end, corrected
-- later, and the next one, reported early.
CREATE TABLE report (revenue float8, year_end date, reported date);
INSERT INTO report VALUES (80, '2022-12-31', '2023-05-20'), (100, '2023-12-31', '2024-05-31'),
	(97, '2023-12-31', '2024-11-15'), (98, '2023-12-31', '2024-11-15'),
	(130, '2024-12-31', '2024-12-20'), (1, '2024-12-31', NULL), (NULL, '2025-01-31', '2025-01-31');
SELECT as_of, latest(revenue, year_end, '2 years', as_of) AS looks_ahead,
	latest(revenue, year_end, reported, '2 years', as_of) AS known,
	latest(revenue, year_end, reported, '1 year', as_of) AS of_the_year,
	latest(revenue, year_end, reported, NULL, as_of) AS no_limit,
		latest(revenue, year_end, NULL, as_of) AS no_limit_ahead
FROM report, unnest(
	'{2023-05-19,2023-05-20,2024-03-31,2024-05-31,2024-11-14,2024-11-15,2024-12-20,2024-12-31,'
	'2025-12-31,2026-01-01,2040-01-01}'::date[]) AS as_of GROUP BY as_of ORDER BY as_of;
SELECT zone, count(d) AS known, min((as_of, n, d, t)::text)
	FILTER (WHERE d IS DISTINCT FROM t) AS differing
FROM unnest('{UTC,America/New_York,Asia/Tokyo}'::text[]) AS zone,
	LATERAL (SELECT set_config('timezone', zone, true)) AS s,
	LATERAL (SELECT as_of, n, latest(revenue, year_end, reported, max_age, as_of) AS d,
		latest(revenue, year_end::timestamptz, reported::timestamptz, max_age,
		as_of::timestamptz) AS t
		FROM report, generate_series(date '2023-01-01', '2027-01-31', '7 days') AS g,
			LATERAL (SELECT g::date AS as_of) AS o, (VALUES (1, interval '1 year'), (2, '90 days'),
			(3, NULL)) AS a (n, max_age)
		WHERE s IS NOT NULL GROUP BY as_of, n, max_age) AS x
GROUP BY zone;
-- The naive twin: shuffled, in parts, in frames.
SELECT setseed(0.41);
CREATE TABLE report_row AS
SELECT i, i % 7 AS g, CASE WHEN random() < 0.05 THEN NULL
	ELSE (20 * random())::int END::float8 AS revenue, date '2020-01-31' + 30
	* (20 * random())::int AS year_end,
	CASE WHEN random() < 0.05 THEN NULL ELSE date '2020-01-01'
		+ (900 * random())::int END AS reported, (8 * random())::int AS part
FROM generate_series(1, 800) AS i;
CREATE TABLE report_expected AS
SELECT g, (array_agg(revenue ORDER BY year_end DESC, reported DESC, revenue DESC)
	FILTER (WHERE revenue IS NOT NULL AND reported <= '2021-06-15' AND year_end <= '2021-06-15'
	AND year_end >= '2021-02-15'))[1] AS limited,
	(array_agg(revenue ORDER BY year_end DESC, reported DESC, revenue DESC)
		FILTER (WHERE revenue IS NOT NULL AND reported <= '2020-04-15'
		AND year_end <= '2020-04-15'))[1] AS no_limit
FROM report_row GROUP BY g;
SELECT count(*), count(limited) AS limited, count(no_limit) AS no_limit FROM report_expected;
SELECT * FROM in_every_plan('report_expected', 'g', 'report_row', $$
	SELECT g, latest(revenue, year_end::{time}, reported::{time}, '4 months',
		'2021-06-15'::{time} {order}) AS limited,
		latest(revenue, year_end::{time}, reported::{time}, NULL,
			'2020-04-15'::{time} {order}) AS no_limit
	FROM {rows} GROUP BY g $$, 'year_end');
SELECT count(known) AS known, min((g, i, known, revenues, ends, reports)::text)
	FILTER (WHERE known IS DISTINCT FROM (SELECT revenue
	FROM unnest(revenues, ends, reports) AS u (revenue, e, reported) WHERE revenue IS NOT NULL
	AND reported <= '2021-03-31' AND e <= '2021-03-31' AND e >= '2020-09-30'
	ORDER BY e DESC, reported DESC, revenue DESC LIMIT 1)) AS differing
FROM (SELECT g, i, latest(revenue, year_end, reported, '6 months', '2021-03-31') OVER w AS known,
	array_agg(revenue) OVER w AS revenues, array_agg(year_end) OVER w AS ends,
	array_agg(reported) OVER w AS reports
	FROM report_row WINDOW w AS (PARTITION BY g ORDER BY year_end, i ROWS BETWEEN 20 PRECEDING
		AND 3 FOLLOWING)) AS x;

SELECT error_of(format('SELECT latest(%s) FROM report', q))
FROM unnest(ARRAY['revenue, year_end, reported, ''1 year'', NULL',
	'revenue, year_end, reported, ''-1 year'', ''2024-01-01''',
	'revenue, year_end, reported, ''1 year'', reported',
	'revenue, year_end, ''infinity''::date, ''1 year'', ''2024-01-01''',
		'revenue, year_end, reported, CASE WHEN revenue > 90 THEN interval ''1 year'' '
		'END, ''2024-01-01''', 'revenue, year_end, ''1 year'', NULL']) AS q;

-- ---- An error names the time of its row ----
SET datestyle = 'ISO, MDY';
CREATE TABLE wrong_row (v float8, d date);
INSERT INTO wrong_row VALUES (1, '2020-05-31'), (-5, '2020-06-01'), (2, '2020-06-02');
CREATE FUNCTION wrong(call text, kind text, value text DEFAULT 'v') RETURNS text LANGUAGE sql AS $$
	SELECT (regexp_match(error_of(replace(format('SELECT %s FROM wrong_row', call), 'V_AT',
		format('(%s), d::%s', value, kind))), '^22003 .*\| The (.*)\. \|'))[1]
$$;
SELECT wrong('max_drawdown(V_AT)', 'date') AS date,
	wrong('max_drawdown(V_AT)', 'timestamptz') AS timestamptz;
SET timezone = 'America/New_York';
SELECT wrong('max_drawdown(V_AT)', 'date') AS date,
	wrong('max_drawdown(V_AT)', 'timestamptz') AS timestamptz;
SET timezone = 'UTC';
-- Everything over a price, a return, an amount or a value and a time.
SELECT call, wrong(call, kind, value) AS wrong
FROM (VALUES ('v', ARRAY['drawdown(V_AT)', 'max_drawdown(V_AT)', 'runup(V_AT)', 'max_runup(V_AT)',
	'max_drawdown_episode(V_AT)', 'drawdown_episodes(V_AT)', 'drawdown_episodes(V_AT, 0.1)',
	'drawdown_summary(V_AT)', 'ulcer_index(V_AT)',
		'pain_index(V_AT)', 'drawdown_deviation(V_AT)', 'average_drawdown(V_AT)',
			'time_under_water(V_AT)', 'cagr(V_AT)', 'calmar_ratio(V_AT)', 'sterling_ratio(V_AT)',
			'burke_ratio(V_AT)', 'martin_ratio(V_AT)', 'pain_ratio(V_AT)',
		'drawdown_at_risk(V_AT, 0.5)', 'conditional_drawdown_at_risk(V_AT, 0.5)',
			'drawdown_of_returns(V_AT)', 'max_drawdown_of_returns(V_AT)',
			'drawdown_ahead(V_AT, ''1 day'') OVER ()',
			'max_drawdown(V_AT) OVER (ORDER BY d ROWS 1 PRECEDING)',
		'funding_velocity(V_AT)', 'funding_acceleration(V_AT, ''1 year'')', 'funding_summary(V_AT)',
			'funding_intensity(V_AT, ''1 year'')', 'completed_funding(V_AT, d, ''2021-01-01'')']),
	('CASE WHEN v < 0 THEN ''NaN'' ELSE v END',
		ARRAY['bubble_series(V_AT)', 'trailing_revenue(V_AT)',
		'trailing_revenue(V_AT, ''2 years'')',
		'trailing_revenue(V_AT, ''2 years'', ''2021-01-01'')',
		'trailing_revenue(V_AT, d, ''2 years'', ''2021-01-01'')', 'trailing_periods(V_AT, 4)',
		'sadf(V_AT)', 'gsadf(V_AT)', 'adf(V_AT)', 'explosive_test(V_AT)',
			'explosive_episodes(V_AT)'])) AS c (value, calls), unnest(calls) AS call,
			unnest('{date,timestamptz}'::text[]) AS kind
WHERE wrong(call, kind, value) IS DISTINCT FROM CASE
	WHEN call ~ 'drawdown|runup|index|cagr|_ratio|water' AND call !~ 'returns' THEN 'price'
	WHEN call ~ 'returns' THEN 'return' WHEN call ~ 'funding|trailing' THEN 'amount'
	ELSE 'value' END
	|| CASE kind WHEN 'date' THEN ' at 2020-06-01 is ' ELSE ' at 2020-06-01 00:00:00+00 is ' END
		|| CASE value WHEN 'v' THEN '-5' ELSE 'NaN' END;
SELECT error_of('SELECT explosive_residuals(v, ARRAY[''NaN''::float8], d) FROM wrong_row');
-- Over stored series: of many wrong rows the first one, wherever the times lie.
CREATE TABLE wrong_series (s bubble_series);
ALTER TABLE wrong_series ALTER s SET STORAGE EXTERNAL;
INSERT INTO wrong_series SELECT bubble_series(CASE WHEN i >= 4000 AND i % 2 = 0 THEN -i ELSE i END,
	date '2000-01-01' + i) FROM generate_series(1, 5000) AS i;
SELECT call, error_of(format('SELECT %s FROM wrong_series', call))
FROM unnest(ARRAY['drawdown(s)', 'max_drawdown(s)', 'ulcer_index(s)', 'cagr(s)', 'drawdown_path(s)',
	'drawdown_episodes(s)', 'max_drawdown_of_returns(s)']) AS call;
SET datestyle = 'Postgres, MDY';

-- ---- Windows whose border moves back ----
-- Hours around the end of February and around the clock's changes: up to a
-- later row a month can begin earlier, and a day, too.
SELECT setseed(0.51);
CREATE FUNCTION back_differ(zone text, start text, rows int, step interval, span interval,
	OUT rows_seen bigint, OUT moved_back bigint, OUT velocity text, OUT acceleration text,
	OUT frames text) LANGUAGE plpgsql AS $$
BEGIN
	PERFORM set_config('timezone', zone, true);
	CREATE TEMP TABLE hour AS SELECT i, start::timestamptz + step * i AS at,
		(1 + 1000 * random())::int::float8 AS amount FROM generate_series(0, rows) AS i;
	SELECT count(*), count(*) FILTER (WHERE recent < latest_border),
		min((at, v, known / years)::text) FILTER (WHERE v IS DISTINCT FROM known / years),
		min((at, a, known / before - 1)::text) FILTER (WHERE a IS DISTINCT FROM known / before - 1),
			min((at, f, framed / years)::text) FILTER (WHERE f IS DISTINCT FROM framed / years)
	INTO rows_seen, moved_back, velocity, acceleration, frames
	FROM (SELECT i, at, CASE span WHEN '1 month' THEN 1 / 12.0::float8
		ELSE 1 / 365.2425::float8 END AS years, funding_velocity(amount, at, span)
		OVER (ORDER BY at) AS v,
			funding_acceleration(amount, at, span) OVER (ORDER BY at) AS a,
				funding_velocity(amount, at, span) OVER (ORDER BY at ROWS 500 PRECEDING) AS f,
			b.recent, b.earlier, max(b.recent) OVER (ORDER BY at) AS latest_border
			FROM hour, LATERAL (SELECT span = '1 month' AND extract(day FROM at + interval '1 day')
				= 1 AS ends) AS e,
			LATERAL (SELECT CASE WHEN ends THEN date_trunc('month', at) - interval '1 microsecond'
				ELSE at - span END AS recent,
				CASE WHEN ends THEN date_trunc('month', at) - interval '1 month'
					- interval '1 microsecond' ELSE at - span - span END AS earlier) AS b) AS w,
		LATERAL (SELECT sum(amount) FILTER (WHERE h.at > recent) AS known, sum(amount)
			FILTER (WHERE h.at <= recent) AS before, sum(amount)
			FILTER (WHERE h.at > recent AND h.i >= w.i - 500) AS framed FROM hour AS h
			WHERE h.at <= w.at AND h.at > earlier) AS n;
	DROP TABLE hour;
	PERFORM set_config('timezone', 'UTC', true);
END $$;
SELECT zone, e.* FROM (VALUES ('UTC', '2023-01-25', 400, '4 hours', '1 month'),
	('America/New_York', '2023-01-25 00:30', 400, '4 hours', '1 month'),
	('Africa/Cairo', '2024-03-20', 400, '4 hours', '1 month'),
	('America/New_York', '2023-11-03', 300, '20 minutes', '1 day'),
		('Africa/Cairo', '2024-10-29', 300, '20 minutes', '1 day'),
		('Australia/Lord_Howe', '2024-04-05', 300, '10 minutes', '1 day'))
		AS v (zone, start, rows, step, span),
	back_differ(zone, start, rows, step::interval, span::interval) AS e;
