-- Gaps between rounds, and all measures of funding in one row.
\getenv srcdir PG_ABS_SRCDIR
\set setup :srcdir '/setup.sql'
\i :setup
SET datestyle = ISO;
SET timezone = 'UTC';

-- A company's rounds.
CREATE TEMP TABLE raised (amount float8, at date);
INSERT INTO raised VALUES
	(1, '2019-07-22'), (2, '2021-03-15'), (10, '2023-01-23'),
	(0.5, '2023-04-26'), (6.5, '2024-10-02'), (10, '2025-03-31');

-- ---------------------------------------------------------------------------
-- round_gap
-- ---------------------------------------------------------------------------
-- Of an odd number of gaps the middle one, of an even number the mean of two.
SELECT at, at - lag(at) OVER w AS gap, round_gap(at) OVER w, round_gap(at)
	OVER (ORDER BY at ROWS 2 PRECEDING) AS of_three
FROM raised WINDOW w AS (ORDER BY at);
SELECT round_gap(at ORDER BY amount), round_gap(at::timestamptz ORDER BY amount DESC) AS timestamptz
FROM raised;

-- Rounds at one time have a gap of 0; a timestamptz counts parts of days, and
-- days of 24 hours whatever the clocks do.
SELECT round_gap(d) FROM unnest('{2020-01-01,2020-01-01,2020-01-01,2020-03-01}'::date[]) AS d;
SELECT round_gap(t) FROM unnest(
	'{2020-01-01 00:00,2020-01-01 06:00,2020-01-01 06:00:00.000864}'::timestamptz[]) AS t;
SET timezone = 'America/New_York';
SELECT round_gap(t) * 24 AS hours
FROM unnest('{2023-11-04 12:00,2023-11-05 12:00}'::timestamptz[]) AS t;
SET timezone = 'UTC';

-- All of the calendar is more than 2^63 microseconds, but not of dates.
SELECT round_gap(t) AS timestamptz
FROM unnest('{4714-11-24 00:00 BC,294276-12-31 00:00}'::timestamptz[]) AS t;
SELECT round_gap(d) AS date, max(d) - min(d) AS days
FROM unnest('{4714-11-24 BC,294276-12-31}'::date[]) AS d;

-- Fewer than two: NULL.
SELECT round_gap(d) AS one FROM (VALUES (date '2020-01-01'), (NULL)) AS v (d);
SELECT round_gap(at) AS none, round_gap(at::timestamptz) FROM raised WHERE false;
SELECT round_gap(NULL::date) AS null_date, round_gap(NULL::timestamptz) AS null_time;

-- Bad input.
SELECT error_of(format('SELECT %s', f))
FROM unnest(ARRAY['round_gap(date ''infinity'')', 'round_gap(timestamptz ''-infinity'')',
	'round_gap(date ''294277-01-01'')']) AS f;

-- ---------------------------------------------------------------------------
-- funding_summary
-- ---------------------------------------------------------------------------
SELECT (funding_summary(amount, at)).* FROM raised;
SELECT (funding_summary(amount, at, '2 years')).* FROM raised;
SELECT (funding_summary(amount, at::timestamptz, '2 years', '2023-12-31')).* FROM raised;
SELECT d AS as_of, (funding_summary(amount, at, '2 years', d)).*
FROM raised, unnest('{2019-07-21,2019-07-22,2023-12-31,2026-01-01,2040-01-01}'::date[]) AS d
GROUP BY d ORDER BY d;

-- At one time the larger amount is the later round; zero has no sign.
SELECT (funding_summary(a, d)).latest_amount
FROM unnest('{1,3,2}'::float8[]) AS a, unnest('{2020-01-01,2019-01-01}'::date[]) AS d;
SELECT funding_summary(a, date '2020-01-01' ORDER BY i) AS zero,
	funding_summary(a, date '2020-01-01' ORDER BY i DESC) AS also_zero
FROM (VALUES (1, float8 '0'), (2, '-0')) AS v (i, a);

-- No usable row: NULL.  Rows, but none up to as_of: 0, and nothing known.
SELECT funding_summary(amount, at) IS NULL AS none, funding_summary(amount, at::timestamptz,
	'1 year', '2030-01-01') IS NULL AS none_as_of
FROM raised WHERE false;
SELECT funding_summary(a, d) AS unusable,
	funding_summary(a, d, '1 year', '2030-01-01') AS unusable_as_of
FROM (VALUES (NULL::float8, date '2019-12-01'), (1, NULL)) AS v (a, d);
SELECT funding_summary(1, date '2020-01-01') AS one,
	funding_summary(0, date '2020-01-01') AS nothing_raised,
	funding_summary(1, date '2020-01-01', '1 year', '2019-12-31') AS none_yet;
SELECT pg_typeof(funding_summary(1, date '2020-01-01')) AS date,
	pg_typeof(funding_summary(1, timestamptz '2020-01-01')) AS timestamptz;

-- As a window aggregate, in growing and in moving frames.
SELECT at, (s).rounds, (s).total, (s).median_gap, (s).latest_amount, (m).rounds, (m).largest_share,
	(m).latest_at
FROM (SELECT at, funding_summary(amount, at) OVER (ORDER BY at) AS s,
	funding_summary(amount, at) OVER (ORDER BY at ROWS BETWEEN 1 FOLLOWING AND 2 FOLLOWING) AS m
		FROM raised) AS x ORDER BY at;

-- Bad input.
SELECT error_of(format('SELECT %s '
	'FROM (VALUES (1::float8, date ''2020-01-01'', interval ''1 year'', date ''2021-01-01''), '
	'(%s)) AS v (a, d, s, o)', f, r))
FROM (VALUES
	('funding_summary(a, d)', '-1, ''2020-02-01'', ''1 year'', ''2021-01-01'''),
	('funding_summary(a, d)', '''NaN'', ''2020-02-01'', ''1 year'', ''2021-01-01'''),
	('funding_summary(a, d)', '1, ''infinity'', ''1 year'', ''2021-01-01'''),
	('funding_summary(a, d::timestamptz)', '1, ''-infinity'', ''1 year'', ''2021-01-01'''),
	('funding_summary(a, d, s)', '1, ''2020-02-01'', NULL, ''2021-01-01'''),
	('funding_summary(a, d, s)', 'NULL, ''2020-02-01'', ''0 days'', ''2021-01-01'''),
	('funding_summary(a, d, s)', 'NULL, ''2020-02-01'', ''2 years'', ''2021-01-01'''),
	('funding_summary(a, d, s, o)', '1, ''2020-02-01'', ''1 year'', NULL'),
	('funding_summary(a, d, s, o)', '1, ''2020-02-01'', ''1 year'', ''infinity'''),
	('funding_summary(a, d, s, o)', '1, ''2020-02-01'', ''1 year'', ''2021-01-02'''),
	('funding_summary(1e308, d)', '1, ''2020-02-01'', ''1 year'', ''2021-01-02''')
) AS v (f, r);

-- ---------------------------------------------------------------------------
-- Properties.  Amounts are eighths, so that plain sums are exact as well.
-- ---------------------------------------------------------------------------
SELECT setseed(0.8);
CREATE TABLE summary_rows AS
SELECT g, i, CASE WHEN random() < 0.03 THEN NULL ELSE (power(10, 12 * random()))::bigint
	/ 8.0::float8 END AS amount,
	CASE WHEN random() < 0.03 THEN NULL
		ELSE timestamptz '2010-01-01' + (i * 9 - 40 * random()) * interval '1 day' END AS at,
	NULL::date AS day, (8 * random())::int AS part
FROM (SELECT row_number() OVER ()::int AS g, n FROM unnest(ARRAY[1, 2, 10, 100, 300]) AS n) AS x,
	generate_series(1, n) AS i;
UPDATE summary_rows SET day = at::date;

-- The naive twin: differences of neighbours, of any times given as an array.
CREATE FUNCTION naive_gap(times timestamp[]) RETURNS float8
LANGUAGE sql IMMUTABLE AS
$$
	SELECT min(gap) FILTER (WHERE 2 * r >= n) / 86400e6 / 2 + min(gap) FILTER (WHERE 2 * r > n)
		/ 86400e6 / 2
	FROM (SELECT gap, row_number() OVER (ORDER BY gap) AS r, count(*) OVER () AS n
		FROM (SELECT (1e6 * extract(epoch FROM t - lag(t) OVER (ORDER BY t)))::float8 AS gap
			FROM unnest(times) AS t WHERE t IS NOT NULL) AS x WHERE gap IS NOT NULL) AS y
$$;
SELECT naive_gap(array_agg(at)) AS example FROM raised;

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
-- One by one, up to as_of, which may be NULL.
CREATE FUNCTION naive_summary(amounts float8[], times timestamp[], span interval, years float8,
	as_of timestamp)
RETURNS funding_summary LANGUAGE sql IMMUTABLE AS
$$
	SELECT CASE WHEN count(*) > 0 THEN ROW(count(*) FILTER (WHERE now),
		coalesce(sum(amount) FILTER (WHERE now), 0),
		coalesce(sum(amount) FILTER (WHERE now AND at > r.recent), 0) / years,
		coalesce(sum(amount) FILTER (WHERE now AND at > r.recent), 0) /
		nullif(sum(amount) FILTER (WHERE at > r.earlier AND at <= r.recent), 0) - 1,
		max(amount) FILTER (WHERE now) / nullif(sum(amount) FILTER (WHERE now), 0),
		naive_gap(array_agg(at) FILTER (WHERE now)), max(at) FILTER (WHERE now) AT TIME ZONE 'UTC',
		(array_agg(amount ORDER BY at DESC, amount DESC)
			FILTER (WHERE now))[1])::funding_summary END
	FROM unnest(amounts, times) AS u (amount, at),
		(SELECT as_of, before_spans(as_of, span, 1) AS recent,
			before_spans(as_of, span, 2) AS earlier
		 FROM (SELECT coalesce(naive_summary.as_of, max(t)) AS as_of
			FROM unnest(amounts, times) AS v (a, t) WHERE a IS NOT NULL) AS x) AS r,
		LATERAL (SELECT at <= r.as_of AS now) AS n
	WHERE amount IS NOT NULL AND at IS NOT NULL
$$;

CREATE FUNCTION with_times(s funding_summary_date) RETURNS funding_summary
LANGUAGE sql STABLE PARALLEL SAFE AS
$$
	SELECT CASE WHEN s IS DISTINCT FROM NULL THEN ROW((s).rounds, (s).total, (s).velocity,
		(s).acceleration,
		(s).largest_share, (s).median_gap, (s).latest_at, (s).latest_amount)::funding_summary END
$$;

CREATE TABLE summary_expected AS
SELECT g, naive_gap(array_agg(day)) AS gap, naive_gap(array_agg(at::timestamp)) AS time_gap,
	naive_summary(array_agg(amount), array_agg(day), '1 year', 1, NULL) AS a_year,
	naive_summary(array_agg(amount), array_agg(at::timestamp), '90 days', 90 / 365.2425,
		NULL) AS days,
	naive_summary(array_agg(amount), array_agg(day), '7 mons', 7 / 12.0::float8,
		'2011-05-31') AS as_of,
	naive_summary(array_agg(amount), array_agg(at::timestamp), '7 mons', 7 / 12.0::float8,
		'2011-05-31') AS time_as_of
FROM summary_rows GROUP BY g;
SELECT count(*) AS groups, count((days).acceleration) AS accelerations,
	count((as_of).median_gap) AS gaps
FROM summary_expected;

SELECT * FROM in_every_plan('summary_expected', 'g', 'summary_rows', $$
	SELECT g, round_gap(day {order}) AS gap, round_gap(at {order}) AS time_gap,
		with_times(funding_summary(amount, day {order})) AS a_year,
			funding_summary(amount, at, '90 days' {order}) AS days,
		with_times(funding_summary(amount, day, '7 mons', '2011-05-31' {order})) AS as_of,
		funding_summary(amount, at, '7 mons', '2011-05-31' {order}) AS time_as_of
	FROM {rows} GROUP BY g $$, 'at');
-- Each partition has parameters of its own: only combining can tell.
SELECT error_of_parts('SELECT g, funding_summary(amount, day, (part + 1) * interval ''1 day'') '
	'FROM summary_rows_parts GROUP BY g') AS span,
	error_of_parts('SELECT g, funding_summary(amount, day, ''1 day'', date ''2020-01-01'' + part) '
		'FROM summary_rows_parts GROUP BY g') AS as_of;

-- The same as the single functions, before, between and after the rows, also
-- where clocks are changed.
CREATE FUNCTION summary_errors() RETURNS TABLE (groups bigint, filled bigint, differing text)
	LANGUAGE sql AS
$$
	SELECT count(*), count((s).median_gap), min((g, as_of, span, s, naive, d, naive_day)::text)
		FILTER (WHERE s IS DISTINCT FROM naive OR d IS DISTINCT FROM naive_day)
	FROM (SELECT g, as_of, span, funding_summary(amount, at, span, as_of) AS s,
			funding_summary(amount, day, span, as_of::date) AS d,
			CASE WHEN count(amount) FILTER (WHERE at IS NOT NULL) > 0
				THEN ROW(count(amount) FILTER (WHERE at <= as_of),
			coalesce(sum(amount) FILTER (WHERE at <= as_of), 0), funding_velocity(amount, at, span,
				as_of),
			funding_acceleration(amount, at, span, as_of), top_share(amount, 1)
				FILTER (WHERE at <= as_of),
			round_gap(at) FILTER (WHERE amount >= 0 AND at <= as_of), max(at)
				FILTER (WHERE amount >= 0 AND at <= as_of),
			(array_agg(amount ORDER BY at DESC, amount DESC)
				FILTER (WHERE amount >= 0 AND at <= as_of))[1])::funding_summary END AS naive,
			CASE WHEN count(amount) FILTER (WHERE at IS NOT NULL) > 0
				THEN ROW(count(amount) FILTER (WHERE day <= as_of::date),
			coalesce(sum(amount) FILTER (WHERE day <= as_of::date), 0),
				funding_velocity(amount, day, span, as_of::date),
			funding_acceleration(amount, day, span, as_of::date), top_share(amount, 1)
				FILTER (WHERE day <= as_of::date),
			round_gap(day) FILTER (WHERE amount >= 0 AND day <= as_of::date), max(day)
				FILTER (WHERE amount >= 0 AND day <= as_of::date),
			(array_agg(amount ORDER BY day DESC, amount DESC)
				FILTER (WHERE amount >= 0
				AND day <= as_of::date))[1])::funding_summary_date END AS naive_day
		FROM summary_rows, unnest(
			'{1999-01-01 00:00,2009-12-31 12:00,2010-03-14 18:00,2010-11-07 03:00,2011-11-06 '
			'12:00,2014-02-28 00:00,2040-01-01 00:00}'::timestamptz[]) AS as_of,
			unnest('{1 day,100 days,1 year,2 years 5 days 01:00}'::interval[]) AS span
		GROUP BY g, as_of, span) AS x
$$;
SELECT * FROM summary_errors();
SET timezone = 'America/New_York';
SELECT * FROM summary_errors();
SELECT *
FROM (SELECT g, m, part_of, funding_summary(amount, at) AS s,
	funding_velocity(amount, at) AS velocity, funding_acceleration(amount, at) AS acceleration,
		funding_summary(amount, at, '33 days') AS t,
			funding_velocity(amount, at, '33 days') AS velocity_t,
		funding_acceleration(amount, at, '33 days') AS acceleration_t
	FROM (SELECT *, i / m AS part_of FROM summary_rows, unnest('{7,20,1000}'::int[]) AS m) AS r
	GROUP BY g, m, part_of) AS x
WHERE (s).velocity IS DISTINCT FROM velocity OR (s).acceleration IS DISTINCT FROM acceleration OR
	(t).velocity IS DISTINCT FROM velocity_t OR (t).acceleration IS DISTINCT FROM acceleration_t;
SET timezone = 'UTC';

-- Growing and moving frames: rows that differ from the twin.
SELECT * FROM in_frames($$
	SELECT g, id, gap, naive_gap(days), time_gap, naive_gap(times) FROM (
		SELECT g, id, round_gap(day) OVER f AS gap, round_gap(at) OVER f AS time_gap,
			array_agg(day) OVER f AS days, array_agg(at::timestamp) OVER f AS times
		FROM (SELECT row_number() OVER (PARTITION BY g ORDER BY at, i) AS id, *
			FROM summary_rows) AS x
		WINDOW f AS (PARTITION BY g {frame})) AS x
	WHERE gap IS DISTINCT FROM naive_gap(days) OR time_gap IS DISTINCT FROM naive_gap(times) $$,
		ARRAY[
	'ORDER BY id',
	'ORDER BY id ROWS CURRENT ROW',
	'ORDER BY id ROWS 1 PRECEDING',
	'ORDER BY id ROWS 19 PRECEDING',
	'ORDER BY id ROWS 251 PRECEDING',
	'ORDER BY id ROWS BETWEEN 10 PRECEDING AND 5 FOLLOWING',
	'ORDER BY id ROWS BETWEEN 7 FOLLOWING AND 9 FOLLOWING',
	'ORDER BY id ROWS BETWEEN 5 PRECEDING AND 5 FOLLOWING EXCLUDE CURRENT ROW',
	'ORDER BY day RANGE ''1 year'' PRECEDING',
	'ORDER BY day RANGE BETWEEN ''200 days'' PRECEDING AND ''30 days'' PRECEDING',
	'ORDER BY day GROUPS BETWEEN 30 PRECEDING AND CURRENT ROW',
	'ORDER BY id DESC ROWS 19 PRECEDING',
	'ORDER BY i ROWS 3 PRECEDING',
	'ORDER BY i ROWS 40 PRECEDING',
	'ORDER BY md5(id::text) ROWS 30 PRECEDING']);

-- funding_summary has no moving form; frames are computed anew.
SELECT count(*) AS frames, min((g, i, moving, moving_twin)::text)
	FILTER (WHERE moving IS DISTINCT FROM moving_twin) AS moving,
	min((g, i, growing, growing_twin)::text)
		FILTER (WHERE growing IS DISTINCT FROM growing_twin) AS growing
FROM (SELECT *, naive_summary(amounts, times, '90 days', 90 / 365.2425, NULL) AS moving_twin,
		naive_summary(more_amounts, more_times, '90 days', 90 / 365.2425,
			'2011-05-31') AS growing_twin
	FROM (SELECT g, i, funding_summary(amount, at, '90 days') OVER m AS moving,
		funding_summary(amount, at, '90 days', '2011-05-31') OVER g AS growing,
		array_agg(amount) OVER m AS amounts, array_agg(at::timestamp) OVER m AS times,
		array_agg(amount) OVER g AS more_amounts, array_agg(at::timestamp) OVER g AS more_times
	FROM summary_rows
	WINDOW m AS (PARTITION BY g ORDER BY i ROWS BETWEEN 15 PRECEDING AND 1 FOLLOWING),
		g AS (PARTITION BY g ORDER BY i)) AS x) AS y;

DROP TABLE summary_rows, summary_expected, summary_rows_parts;
DROP FUNCTION naive_gap, naive_summary, before_spans, with_times, summary_errors;
