-- From one round to the next: how long it takes, up or down, and the ratios
-- of one company.
\getenv srcdir PG_ABS_SRCDIR
\set setup :srcdir '/setup.sql'
\i :setup
SET datestyle = ISO;
SET timezone = 'UTC';

-- ---------------------------------------------------------------------------
-- time_to_next_round
-- ---------------------------------------------------------------------------

-- The two groups of the leukaemia trial in Miller 1997, in which a plus means
-- that the patient was last seen then: medians of 31 and 23.
CREATE TEMP TABLE trial AS
SELECT g, rtrim(t, '+')::int AS days, t LIKE '%+' AS censored
FROM (VALUES (1, '9 13 13+ 18 23 28+ 31 34 45+ 48 161+'),
		(2, '5 5 8 8 12 16+ 23 27 30 33 43 45')) AS v (g, line),
	unnest(string_to_array(line, ' ')) AS t;
SELECT g, time_to_next_round(date '2000-01-01' - days, CASE WHEN NOT censored
	THEN date '2000-01-01' END, date '2000-01-01'),
	time_to_next_round('2000-01-01'::timestamptz - days * interval '1 day',
		CASE WHEN censored THEN '2000-01-02'::timestamptz ELSE '2000-01-01' END,
			'2000-01-01'::timestamptz) AS timestamptz
FROM trial GROUP BY g ORDER BY g;

-- Of an event and a censoring at one duration the event comes first: who is
-- censored then was still waiting.
SELECT d AS case, time_to_next_round(date '2000-01-01' - days, CASE WHEN NOT censored
	THEN date '2000-01-01' END, date '2000-01-01')
FROM (VALUES ('event first', 2, false), ('event first', 2, true), ('event later', 2, true),
	('event later', 3, false)) AS v (d, days, censored)
GROUP BY d ORDER BY d;

-- What is known on as_of, and only that: two rounds of 2020 had a next one.
CREATE TEMP TABLE round (company text, at date, next_at date);
INSERT INTO round VALUES ('a', '2020-01-01', '2020-04-10'), ('a', '2020-04-10', '2021-04-10'),
	('a', '2021-04-10', NULL),
	('b', '2020-06-01', '2020-12-18'), ('b', '2020-12-18', NULL), ('c', NULL, NULL),
		('c', NULL, '2020-01-01');
SELECT d AS as_of, time_to_next_round(at, next_at, d),
	time_to_next_round(at, next_at, d) FILTER (WHERE company = 'b') AS only_b,
	count(*) FILTER (WHERE at <= d) AS rounds, count(*)
		FILTER (WHERE next_at <= d AND at IS NOT NULL) AS with_a_next
FROM round, unnest('{2019-12-31,2020-01-01,2020-04-09,2020-04-10,2020-12-17,2020-12-18,2021-04-09,'
	'2021-04-10,2025-01-01}'::date[]) AS d
GROUP BY d ORDER BY d;

-- Not reached: NULL.  One half is reached when it is exact.
SELECT time_to_next_round(d, n, '2020-03-01') AS none
FROM (VALUES (date '2020-01-01', date '2020-01-05')) AS v (d, n) WHERE false;
SELECT time_to_next_round(d, n, '2020-03-01') AS all_censored
FROM (VALUES (date '2020-01-01', NULL::date), ('2020-02-01', '2020-03-02'), ('2020-03-01', NULL))
	AS v (d, n);
SELECT time_to_next_round(d, n, '2020-03-01') AS one_of_three
FROM (VALUES (date '2020-01-01', date '2020-01-05'), ('2020-02-01', NULL), ('2020-02-02', NULL))
	AS v (d, n);
SELECT time_to_next_round(d, n, '2020-03-01') AS one_of_two_by_then
FROM (VALUES (date '2020-01-01', date '2020-01-05'), ('2020-02-01', NULL), ('2020-02-27', NULL))
	AS v (d, n);
SELECT time_to_next_round(d, n, '2020-03-01') AS one_of_two
FROM (VALUES (date '2020-01-01', date '2020-01-05'), ('2020-02-01', NULL)) AS v (d, n);
SELECT time_to_next_round(d, n, '2020-03-01') AS at_once
FROM (VALUES (date '2020-01-01', date '2020-01-01')) AS v (d, n);
SELECT time_to_next_round(t, t + interval '1 day 06:00:00.000864',
	'2020-03-01') AS fraction_of_a_day
FROM (VALUES (timestamptz '2020-01-01')) AS v (t);
SELECT time_to_next_round(t, t + interval '1 day', '2024-01-01') AS spring
FROM (VALUES (timestamptz '2023-03-26 00:00 Europe/Berlin')) AS v (t);

-- Bad input.
SELECT error_of(format('SELECT time_to_next_round(d, n, o) '
	'FROM (VALUES (date ''2020-01-01'', date ''2020-02-01'', date ''2020-03-01''), (%s)) AS v '
	'(d, n, o)', r))
FROM unnest(ARRAY[
	'''2020-01-02'', ''2020-01-01'', ''2020-03-01''',
	'''2020-04-02'', ''2020-04-01'', ''2020-03-01''',
	'''infinity'', NULL, ''2020-03-01''',
	'''2020-01-01'', ''infinity'', ''2020-03-01''',
	'''2020-01-01'', NULL, NULL',
	'NULL, NULL, NULL',
	'''2020-01-01'', NULL, ''infinity''',
	'''2020-01-01'', NULL, ''2020-03-02''']) AS r;
SELECT error_of('SELECT time_to_next_round(timestamptz ''4714-11-24 '
	'BC'', ''294276-12-31'', ''294276-12-31'')');

-- The naive twin: products of whole numbers, which numeric has exactly.
CREATE AGGREGATE product(numeric) (SFUNC = numeric_mul, STYPE = numeric, INITCOND = '1');
CREATE FUNCTION naive_median(starts date[], nexts date[], as_of date) RETURNS float8
	LANGUAGE sql IMMUTABLE AS
$$
	SELECT min(days)
	FROM (SELECT days, 2 * product(waiting - events) OVER w <= product(waiting) OVER w AS halved
		FROM (SELECT days, count(*) FILTER (WHERE event) AS events, sum(count(*))
			OVER (ORDER BY days DESC) AS waiting
			FROM (SELECT coalesce(n <= as_of, false) AS event, CASE WHEN n <= as_of THEN n
				ELSE as_of END - d AS days
				FROM unnest(starts, nexts) AS u (d, n) WHERE d <= as_of) AS x
			GROUP BY days) AS y
		WINDOW w AS (ORDER BY days)) AS z
	WHERE halved
$$;

-- Exactly one half, where the product of doubles is a little more: on each day
-- one round gets a next one (e) or is censored (c).
SELECT days, time_to_next_round(d, e, '2000-01-01' ORDER BY i) AS median,
	naive_median(array_agg(d), array_agg(e), '2000-01-01') AS naive
FROM unnest('{ecceeecceeccccc,eecceeeecccecceccccc}'::text[]) AS days,
	generate_series(1, length(days)) AS i,
	LATERAL (SELECT date '2000-01-01' - i AS d, CASE WHEN substr(days, i, 1) = 'e'
		THEN date '2000-01-01' END AS e) AS x
GROUP BY days ORDER BY days;

-- All ways in which up to eleven rounds can have a next one or not, without
-- and with ties.
SELECT ties, count(*) AS groups, min((n, g, median, naive)::text)
	FILTER (WHERE median IS DISTINCT FROM naive) AS differing, count(DISTINCT naive) AS medians
FROM (SELECT n, g, ties, time_to_next_round(d, e, '2000-01-01') AS median,
	naive_median(array_agg(d), array_agg(e), '2000-01-01') AS naive
	FROM generate_series(1, 11) AS n, generate_series(0, (1 << n) - 1) AS g,
		unnest('{1,3}'::int[]) AS ties,
		generate_series(0, n - 1) AS i,
		LATERAL (SELECT date '2000-01-01' - i / ties AS d, CASE WHEN g >> i & 1 = 1
			THEN date '2000-01-01' END AS e) AS x
	GROUP BY n, g, ties) AS y
GROUP BY ties ORDER BY ties;

-- Random rounds, with many ties, some without a time, some not yet known.
SELECT setseed(0.6);
CREATE TABLE waiting_rows WITH (fillfactor = 10) AS
SELECT g, i, CASE WHEN random() > 0.03 THEN at END AS at, CASE WHEN random() > 0.4
	THEN at + (power(random(), 2) * 60)::int END AS next_at,
	(8 * random())::int AS part
FROM (SELECT row_number() OVER ()::int AS g, n
	FROM unnest(ARRAY[1, 2, 3, 10, 30, 100, 500, 500]) AS n) AS x,
	generate_series(1, n) AS i,
		LATERAL (SELECT date '2020-01-01' + (random() * 100 + 0 * i)::int AS at) AS y;
CREATE TABLE waiting_expected AS
SELECT g, ARRAY[naive_median(array_agg(at), array_agg(next_at), '2020-03-01'),
	naive_median(array_agg(at), array_agg(next_at), '2020-04-10'),
	naive_median(array_agg(at), array_agg(next_at), '2021-01-01')] AS medians
FROM waiting_rows GROUP BY g;
SELECT count(DISTINCT m) > 5 AS enough FROM waiting_expected, unnest(medians) AS m;
SELECT $$ SELECT g, ARRAY[time_to_next_round(at::{time}, next_at, '2020-03-01' {order}),
		time_to_next_round(at::{time}, next_at, '2020-04-10' {order}),
		time_to_next_round(at::{time}, next_at, '2021-01-01' {order})] AS medians
	FROM {rows} GROUP BY g $$ AS query \gset
SELECT * FROM in_every_plan('waiting_expected', 'g', 'waiting_rows', :'query', 'at');
-- Something else is found to be that.
SELECT count(*) AS differing
FROM differences('waiting_expected', 'g', replace(filled(:'query', 'waiting_rows'), '2020-04-10',
	'2020-02-10'));
SELECT error_of_parts('SELECT g, time_to_next_round(at, next_at, date ''2021-01-01'' + part / 4) '
	'FROM waiting_rows_parts GROUP BY g');
SELECT count(*) AS frames, min((g, i, median, starts, nexts)::text)
	FILTER (WHERE median IS DISTINCT FROM naive_median(starts, nexts, '2020-04-10')) AS differing
FROM (SELECT g, i, time_to_next_round(at, next_at, '2020-04-10') OVER w AS median,
	array_agg(at) OVER w AS starts, array_agg(next_at) OVER w AS nexts
	FROM waiting_rows WHERE g IN (4, 5, 6)
	WINDOW w AS (PARTITION BY g ORDER BY i ROWS BETWEEN 9 PRECEDING AND 2 FOLLOWING)) AS x;

-- ---------------------------------------------------------------------------
-- down_round_share
-- ---------------------------------------------------------------------------

-- Rounds of a generative-AI company: pre-money is post-money less what was
-- raised, both in billions of US dollars.
CREATE TEMP TABLE priced AS
SELECT at, post - raised AS pre, lag(post) OVER w AS prior_post, (at - lag(at) OVER w)
	* interval '1 day' AS elapsed
FROM (VALUES (date '2023-04-26', 0.3::float8, 27::float8), ('2024-10-02', 6.6, 157),
	('2025-03-31', 10, 300),
	('2025-08-01', 8.3, 300), ('2026-02-27', 110, 840), ('2026-03-31', 12, 852))
		AS v (at, raised, post)
WINDOW w AS (ORDER BY at);
SELECT at, round(pre::numeric, 1) AS pre, prior_post, round(step_up(pre, prior_post)::numeric,
	4) AS step_up,
	round(value_velocity(pre, prior_post, elapsed)::numeric, 4) AS value_velocity,
	down_round_share(pre, prior_post) OVER (ORDER BY at) AS so_far,
	down_round_share(pre, prior_post) OVER (ORDER BY at ROWS 1 PRECEDING) AS last_two
FROM priced ORDER BY at;

-- No priced round, or none with a prior one: NULL.
SELECT down_round_share(pre, prior_post) FROM priced WHERE false;
SELECT down_round_share(a, b) FROM (VALUES (1::float8, NULL::float8), (NULL, 1), (5, 0), (0, 0))
	AS v (a, b);
SELECT down_round_share(a, b) FROM (VALUES (1::float8, 1::float8), (0, 1), (5, 0)) AS v (a, b);
SELECT error_of(format('SELECT down_round_share(%s)', v))
FROM unnest(ARRAY['-1, 1', '1, -1', '''NaN'', 0', '1, ''Infinity''']) AS v;

CREATE TABLE down_rows WITH (fillfactor = 10) AS
SELECT g, i, CASE WHEN random() < 0.1 THEN NULL ELSE (random() * 5)::int::float8 END AS pre,
	CASE WHEN random() < 0.1 THEN NULL ELSE (random() * 5)::int::float8 END AS prior,
		(8 * random())::int AS part
FROM (SELECT row_number() OVER ()::int AS g, n FROM unnest(ARRAY[1, 2, 10, 300]) AS n) AS x,
	generate_series(1, n) AS i;
CREATE VIEW down_twin AS
SELECT g, avg((pre < prior)::int) FILTER (WHERE prior > 0)::float8 AS share FROM down_rows
GROUP BY g;
SELECT * FROM in_every_plan('down_twin', 'g', 'down_rows',
	'SELECT g, down_round_share(pre, prior {order}) AS share FROM {rows} GROUP BY g', 'pre');
SELECT count(*) AS differing
FROM differences('down_twin', 'g', 'SELECT g, down_round_share(prior, pre) AS share '
	'FROM down_rows GROUP BY g');
SELECT * FROM in_frames($$
	SELECT * FROM (
		SELECT g, i, down_round_share(pre, prior) OVER f AS share,
			(avg((pre < prior)::int) FILTER (WHERE prior > 0) OVER f)::float8 AS naive
		FROM down_rows WINDOW f AS (PARTITION BY g {frame})) AS x
	WHERE share IS DISTINCT FROM naive $$, ARRAY['ORDER BY i', 'ORDER BY i ROWS CURRENT ROW',
		'ORDER BY i ROWS 1 PRECEDING',
	'ORDER BY i ROWS 19 PRECEDING', 'ORDER BY i ROWS BETWEEN 7 FOLLOWING AND 9 FOLLOWING',
	'ORDER BY i ROWS BETWEEN 5 PRECEDING AND 5 FOLLOWING EXCLUDE CURRENT ROW',
	'ORDER BY part RANGE 2 PRECEDING', 'ORDER BY part GROUPS 3 PRECEDING']);

-- ---------------------------------------------------------------------------
-- Ratios of one company
-- ---------------------------------------------------------------------------
SELECT step_up(150, 100), step_up(50, 100) AS down, step_up(0, 100) AS worthless,
	step_up(5, 0) AS first, step_up('-0', 100) AS zero;
SELECT value_velocity(150, 100, '6 mons') AS half_a_year, value_velocity(150, 100, '2 years'),
	value_velocity(50, 100, '1 year') AS down, value_velocity(100, 100, '1 day') AS flat,
	value_velocity(150, 100, '365 days 05:49:12') AS days,
		value_velocity(150, 100, '1 year -182 days -14:54:36') AS mixed;
SELECT value_velocity(150, 0, '1 year') AS first, value_velocity(150, 100, '0') AS at_once,
	value_velocity(150, 100, '1 mon -30 days -10:29:06') AS also_at_once;
SELECT runway_months(1000, 100), runway_months(0, 100) AS out_of_cash,
	runway_months(1000, 0) AS no_burn, runway_months(1000, -5) AS earning;
SELECT burn_multiple(500e3, 250e3), burn_multiple(-100, 50) AS generating,
	burn_multiple(0, 50) AS balanced,
	burn_multiple(500, 0) AS no_growth, burn_multiple(500, -5) AS shrinking,
		burn_multiple('-1e-300', 1e300) AS tiny;
SELECT rule_of_40(30, 15) AS percent, rule_of_40(100, -60) AS at_a_loss,
	rule_of_40(0.25, 0.125) AS fractions, rule_of_40(-5, 5) AS zero;
SELECT hype_ratio(60, 15), hype_ratio(0, 15) AS bootstrapped, hype_ratio(60, 0) AS pre_revenue;
SELECT step_up(NULL, 1), value_velocity(1, 1, NULL), runway_months(1, NULL), burn_multiple(NULL, 1),
	rule_of_40(1, NULL), hype_ratio(NULL, 1);

-- Nearly the same valuation: the difference keeps its digits.
SELECT value_velocity(1 + 2.0::float8 ^ -40, 1, '1 year') = 2.0::float8 ^ -40 AS exact,
	value_velocity(3 + 2.0::float8 ^ -51, 3, '1 year') * 3 = 2.0::float8 ^ -51 AS nearly;

-- Bad input.
SELECT e AS call, error_of('SELECT ' || e)
FROM unnest(ARRAY['step_up(-1, 1)', 'step_up(1, -1)', 'step_up(''NaN'', 0)',
	'step_up(1e308, 1e-308)',
	'value_velocity(-1, 1, ''1 year'')', 'value_velocity(1, ''Infinity'', ''1 year'')',
		'value_velocity(2, 1, ''-1 day'')',
	'value_velocity(2, 1, ''1 mon -31 days'')', 'value_velocity(2, 1, ''178000000 years'')',
		'value_velocity(1e308, 1, ''1 microsecond'')',
	'runway_months(-1, 1)', 'runway_months(1, ''NaN'')', 'runway_months(1e308, 1e-308)',
	'burn_multiple(''Infinity'', 1)', 'burn_multiple(1, ''NaN'')', 'burn_multiple(-1e308, 1e-308)',
	'rule_of_40(''NaN'', 1)', 'rule_of_40(1, ''-Infinity'')', 'rule_of_40(1e308, 1e308)',
	'hype_ratio(-1, 1)', 'hype_ratio(1, -1)', 'hype_ratio(1e308, 1e-308)']) AS e;

-- Intervals can be infinite since PostgreSQL 17.
SELECT current_setting('server_version_num')::int < 170000 OR
	error_of('SELECT value_velocity(2, 1, ''infinity'')')
		LIKE '22023 elapsed must be finite and not negative | The elapsed interval is '
		'infinity%' AS infinite;

DROP VIEW down_twin;
DROP TABLE waiting_rows, waiting_expected, waiting_rows_parts, down_rows, down_rows_parts;
DROP AGGREGATE product(numeric);
DROP FUNCTION naive_median;
