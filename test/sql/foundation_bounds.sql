-- Values at the bounds of what can be counted, stored and written.
\getenv srcdir PG_ABS_SRCDIR
\set setup :srcdir '/setup.sql'
\i :setup
SET timezone = 'UTC';
SET datestyle = 'ISO, MDY';

-- Rows are counted up to 2^62, wherever many come at once.
SELECT 'date{2020-01-01,0us*9000000000000000000;2020-01-01=1;2020-01-01=1}'::drawdown_summary;
SELECT 'date{2020-01-01,0us*4611686018427387904;2020-01-01=1;2020-01-01=1}'::drawdown_summary;
SELECT observations(
	'date{2020-01-01,0us*4611686018427387903;2020-01-01=1;2020-01-01=1}'::drawdown_summary);
SELECT observations(
	'date{2020-01-01,0us*2305843009213693952,'
	'0us*2305843009213693951;2020-01-01=1;2020-01-01=1}'::drawdown_summary);
SELECT 'date{2020-01-01,0us*2305843009213693952,'
	'0us*2305843009213693952;2020-01-01=1;2020-01-01=1}'::drawdown_summary;
CREATE TABLE huge AS
SELECT 'date{2020-01-01,0us*4000000000000000000;2020-01-01=1;2020-01-01=1}'::drawdown_summary AS v;
SELECT observations(rollup(v)) FROM huge;
SELECT observations(rollup(v)) FROM (SELECT v FROM huge UNION ALL SELECT v FROM huge) AS q;
SELECT observations(rollup(v))
FROM (SELECT v FROM huge
	UNION ALL SELECT 'date{2020-01-02,0us*4000000000000000000;2020-01-02=1;2020-01-02=1}') AS q;
SELECT observations(rollup(v))
FROM (SELECT v FROM huge
	UNION ALL SELECT 'date{2019-01-01,365d;2019-01-01=1,2020-01-01=1;2019-01-01=1,'
	'2020-01-01=1}') AS q;
SELECT observations(
	bubble_summary_transfn('date{2020-01-01,0us*4611686018427387903;2020-01-01=1;2020-01-01=1}', 2,
	date '2020-01-02'));
SELECT observations((max_drawdown_episode(rollup(v)))) IS NULL AS no_fall FROM huge;

-- Many small summaries after a large one, all of them in its time.
SELECT observations(rollup(v ORDER BY n)) AS observations,
	max_drawdown(rollup(v ORDER BY n)) AS max_drawdown
FROM (
	SELECT 0 AS n, drawdown_summary(1000 + i % 3, date '2000-01-01' + i * 2) AS v
	FROM generate_series(1, 20000) AS i
	UNION ALL
	SELECT i, format('date{%1$s;%1$s=%2$s;%1$s=%2$s}', date '2000-01-02' + i % 39000,
		500 + i % 7)::drawdown_summary
	FROM generate_series(1, 100000) AS i
) AS q;

-- A final function for dates refuses times.
SELECT bubble_max_drawdown_episode_date_finalfn(drawdown_summary(x, t))
FROM (VALUES (2, timestamptz '1990-01-01 18:00+00'), (1, '1990-01-02 18:00+00')) AS v (x, t);
SELECT bubble_drawdown_episodes_date_finalfn(bubble_series(x, t))
FROM (VALUES (2, timestamptz '1990-01-01 18:00+00'), (1, '1990-01-02 18:00+00')) AS v (x, t);
SELECT bubble_explosive_episodes_date_finalfn(bubble_series(exp(i * i / 900.0 + (i * 7 % 5) / 50.0),
	timestamptz '1990-01-01 18:00+00' + i * interval '1 day'))
FROM generate_series(1, 60) AS i;

-- A value on disk in a form that is not known is no value.
SET client_min_messages = warning;
CREATE TYPE raw_value;
CREATE FUNCTION raw_in(cstring) RETURNS raw_value LANGUAGE internal IMMUTABLE STRICT AS 'byteain';
CREATE FUNCTION raw_out(raw_value) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'byteaout';
CREATE TYPE raw_value (INPUT = raw_in, OUTPUT = raw_out, ALIGNMENT = double, STORAGE = external);
CREATE CAST (raw_value AS bubble_series) WITHOUT FUNCTION;
CREATE CAST (raw_value AS drawdown_summary) WITHOUT FUNCTION;
CREATE CAST (bubble_series AS raw_value) WITHOUT FUNCTION;
CREATE CAST (drawdown_summary AS raw_value) WITHOUT FUNCTION;
CREATE TABLE stored AS
SELECT overlay(bubble_series(10 + i % 3, date '2000-01-01' + i)::raw_value::text PLACING '\x07'
	FROM 1 FOR 4)::raw_value::bubble_series AS s,
	overlay(drawdown_summary(10 + i % 3, date '2000-01-01' + i)::raw_value::text PLACING '\x07'
		FROM 1 FOR 4)::raw_value::drawdown_summary AS d
FROM generate_series(1, 1000) AS i;
SELECT s FROM stored;
SELECT max_drawdown(s) FROM stored;
SELECT slice(s, NULL, NULL) FROM stored;
SELECT rollup(s) FROM stored;
SELECT d FROM stored;
SELECT max_drawdown(d) FROM stored;
SELECT rollup(d) FROM stored;
SELECT rollup(d) FROM (SELECT drawdown_summary(1, '2010-01-01') AS d UNION ALL SELECT d
	FROM stored) AS q;
DROP TABLE stored;
DROP TYPE raw_value CASCADE;
RESET client_min_messages;

-- Texts are shown in part, in whole characters.
SELECT ('date{' || repeat('ü', 100))::bubble_series;
SELECT ('dates{' || repeat('ü', 100))::bubble_series;
SELECT ('date{2000-01-01,' || repeat('ü', 100) || ';2000-01-01=1;2000-01-01=1}')::drawdown_summary;
SELECT ('date{' || repeat('1', 3000) || '=1}')::bubble_series;
SELECT ('date{2000-01-01=' || repeat('1', 3000) || '}')::bubble_series;
SELECT length(('date{2000-01-01=' || repeat('1', 300) || '}')::bubble_series::text);
SELECT bubble_score(ARRAY[1.0, 2.0], ARRAY[1.0, 1.0], repeat('ü', 1000));
SELECT composite(ARRAY[1.0, 2.0], ARRAY[1.0, 1.0], repeat('x', 1000));

-- A share of the draws that does not exist.
SELECT count(*) FROM bubble_explosive_draws(100, NULL, 0, 10, 1, 8, 8);
SELECT count(*) FROM bubble_explosive_draws(100, NULL, 0, 10, 1, -1, 8);
SELECT count(*) FROM bubble_explosive_draws(100, NULL, 0, 10, 1, 0, 0);
SELECT count(*) FROM bubble_explosive_draws(100, NULL, 0, 1000000, 1, 9007199254740990,
	9007199254740991);

-- More rows than can be written as text: 17.2 million with times, 25.6 million
-- with dates.
CREATE TABLE million AS
SELECT bubble_series(i % 1000, timestamptz '2000-01-01' + i * interval '1 second') AS s
FROM generate_series(1, 1000000) AS i;
SELECT rollup(s) IS NULL FROM million, generate_series(1, 18);
SELECT max_drawdown_of_returns(rollup(s)) FROM million, generate_series(1, 18);
SELECT bubble_series(array_fill(timestamptz '2000-01-01', ARRAY[n]),
	array_fill(1.0::float8, ARRAY[n])) IS NULL
FROM (VALUES (17241379)) AS v (n);
DROP TABLE million, huge;

-- Days, too, can be more microseconds than can be counted.
SELECT days, split_part(error_of(format(call, days)), ' | ', 1) AS error
FROM unnest(ARRAY['SELECT funding_intensity(1, date ''2020-01-01'', ''%s days'')',
	'SELECT value_velocity(2, 1, ''%s days'')',
	'SELECT run_ups(1, 1, date ''2020-01-01'', 1, ''%s days'')']) WITH ORDINALITY AS c (call, n),
	unnest(ARRAY[20000000, 106751992, 213504000, 1431655681, 2147483647]) AS days
ORDER BY n, days;
