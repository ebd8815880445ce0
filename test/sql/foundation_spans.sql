-- An interval written as a number is one of seconds: where times are dates,
-- which are a day apart, that is an error and its hint says what to write.
\getenv srcdir PG_ABS_SRCDIR
\set setup :srcdir '/setup.sql'
\i :setup

CREATE TEMP TABLE call (name text, call text);
INSERT INTO call VALUES
('funding_velocity', $$funding_velocity(x, at, '365')$$),
('funding_velocity as of', $$funding_velocity(x, at, '365', min(at))$$),
('funding_acceleration', $$funding_acceleration(x, at, '90')$$),
('funding_intensity', $$funding_intensity(x, at, '180')$$),
('funding_summary', $$funding_summary(x, at, '365')$$),
('funding_path', $$funding_path(x, at, '30')$$),
('latest', $$latest(x, at, '365', day)$$),
('latest reported', $$latest(x, at, at, '365', day)$$),
('trailing_revenue', $$trailing_revenue(x, at, '365')$$),
('trailing_revenue as of', $$trailing_revenue(x, at, '365', day)$$),
('trailing_revenue reported', $$trailing_revenue(x, at, at, '365', day)$$),
('run_ups', $$run_ups(x, x, at, 1, '730')$$),
('run_ups eligible', $$run_ups(x, x, true, at, 1, '730')$$),
('run_ups of series', $$run_ups(bubble_series(x, at), bubble_series(x, at), 1, '730')$$),
('growth_rate', $$growth_rate(x, at, '730')$$),
('growth_rate of a series', $$growth_rate(bubble_series(x, at), '730')$$),
('adoption_forecast', $$(SELECT min(value) FROM adoption_forecast(exponential_fit(x, at), min(at),
	min(at), '30'))$$),
('drawdown_ahead', $$(SELECT max(d) FROM (SELECT drawdown_ahead(x, at, '730') OVER ()
	FROM rows) AS a (d))$$),
('auroc_interval', $$auroc_interval(x, x > 10, at, '3650')$$),
('period_ends', $$(SELECT count(*) FROM period_ends(min(at), min(at), '30'))$$);
CREATE FUNCTION called(call text, type text) RETURNS text LANGUAGE sql
RETURN error_of(format('WITH rows AS (SELECT i::float8 AS x, (date ''2020-01-01'' + 30 * i)::%1$s
	AS at FROM generate_series(1, 20) AS i) SELECT %2$s FROM rows', type,
	replace(replace(call, 'min(at)', format('%L::%s', '2020-06-01', type)),
		'day)', format('%L::%s)', '2020-06-01', type))));
SELECT name, called(call, 'date') FROM call ORDER BY name;

-- Of times it may be meant, but of steps of the calendar.
SELECT name, called(call, 'timestamptz') FROM call
WHERE called(call, 'timestamptz') <> 'no error' ORDER BY name;

-- A day or more, in any unit, and what is no number.
SELECT span, error_of(format('SELECT funding_velocity(1, date ''2020-01-01'', %L)', span))
FROM unnest('{24 hours,86400,1 day,1 month,12 hours,90,23:59:59,0.5,-365}'::text[]) AS span;
