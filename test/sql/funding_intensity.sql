-- Funding intensity: exponentially weighted capital raised per year, its
-- rules, errors, and that every plan and every frame gives the same bits.
\getenv srcdir PG_ABS_SRCDIR
\set setup :srcdir '/setup.sql'
\i :setup
SET datestyle = ISO;
SET timezone = 'UTC';
CREATE FUNCTION relative_error(result float8, expected float8) RETURNS float8
	LANGUAGE sql IMMUTABLE AS
$$ SELECT CASE WHEN result = expected THEN 0 ELSE abs(result / nullif(expected, 0) - 1) END $$;

-- An amount counts half after each half life.  The rate a year is that times
-- ln 2 over the half life in years: 100 raised just now are 69.3 a year.
SELECT age, round(funding_intensity(100, timestamptz '2020-01-01', '1 year',
	'2020-01-01'::timestamptz + age)::numeric, 9) AS a_year,
	round(funding_intensity(100, timestamptz '2020-01-01', '3 mons', '2020-01-01'::timestamptz
		+ age)::numeric, 9) AS three_months
FROM unnest('{0 days,30 days 10:29:06,365 days 05:49:12,730 days 11:38:24}'::interval[]) AS age
GROUP BY age ORDER BY age;

-- Raised at a constant rate for ever it is that rate: 1 a day.
SELECT round(funding_intensity(1, d, '2 years')::numeric, 2) AS a_year
FROM generate_series(date '1900-01-01', '2020-01-01', interval '1 day') AS d;

-- as_of is the latest row by default; what comes after it is not known yet.
CREATE TEMP TABLE raised (amount float8, at date);
INSERT INTO raised VALUES
	(1, '2019-07-22'), (2, '2021-03-15'), (10, '2023-01-23'),
	(0.3, '2023-04-26'), (6.6, '2024-10-02'), (10, '2025-03-31');
SELECT at, amount, round(funding_intensity(amount, at, '1 year') OVER w::numeric, 9) AS so_far,
	round(funding_intensity(amount, at, '1 year', '2023-04-26') OVER w::numeric, 9) AS in_2023,
	round(funding_intensity(amount, at, '1 year') OVER (w ROWS 1 PRECEDING)::numeric, 9) AS last_two
FROM raised WINDOW w AS (ORDER BY at);
SELECT d AS as_of, funding_intensity(amount, at, '1 year', d) =
	(SELECT funding_intensity(amount, at, '1 year') FROM raised WHERE at <= d) AS same
FROM raised, (SELECT at AS d FROM raised) AS x GROUP BY d ORDER BY d;

-- No usable row: NULL; rows, but none up to as_of: 0.
SELECT funding_intensity(amount, at, '1 year'), funding_intensity(amount, at, '1 year',
	'2020-01-01')
FROM raised WHERE false;
SELECT funding_intensity(a, d, '1 year'), funding_intensity(a, d, '1 year', '2020-01-01')
FROM (VALUES (NULL::float8, date '2019-12-01'), (1, NULL)) AS v (a, d);
SELECT funding_intensity(1, date '2030-01-01', '1 year', date '2020-01-01') AS none_yet,
	funding_intensity(0, date '2020-01-01', '1 year') AS nothing_raised,
	funding_intensity('-0', date '2020-01-01', '1 year') AS nothing_at_all;

-- A month is a twelfth of a year of 365.2425 days, whatever the month.
SELECT funding_intensity(10, date '2020-01-01', '1 mon', date '2020-03-01') =
	funding_intensity(10, date '2020-01-01', '30 days 10:29:06', date '2020-03-01') AS month,
	funding_intensity(10, date '2020-01-01', '1 year 12:00', date '2020-03-01') =
	funding_intensity(10, date '2020-01-01', '12 mons 12:00', date '2020-03-01') AS year;

-- Ages are elapsed time: daylight saving makes no difference.
SELECT funding_intensity(10, timestamptz '2023-03-01 00:00-05', '1 day',
	timestamptz '2023-03-31 00:00-04') AS utc
\gset
SET timezone = 'America/New_York';
SELECT funding_intensity(10, timestamptz '2023-03-01 00:00-05', '1 day',
	timestamptz '2023-03-31 00:00-04') = :utc AS same;
RESET timezone;
SET timezone = 'UTC';

-- Half lives from the shortest to the longest that microseconds can count,
-- and times from the first of the calendar to the last.
SELECT h AS half_life, relative_error(result, naive) < 1e-12 AS good, result
FROM (VALUES ('1 microsecond'::interval, 1 / 86400e6::float8 / 365.2425),
	('1 second', 1 / 86400::float8 / 365.2425),
		('1 day', 1 / 365.2425), ('100000 years', 100000), ('292277 years', 292277)) AS h (h,
			years),
	LATERAL (SELECT round(funding_intensity(a, t, h)::numeric, 6) AS result,
		sum(a * ln(2::float8) / years
			* power(2, greatest(-extract(epoch FROM timestamptz '2020-03-01' - t) / 86400 / 365.2425
			/ years, -1000))) AS naive
		FROM (VALUES (1.5::float8, timestamptz '2020-03-01'), (7e11, '2020-02-29 23:59:59.99999'),
			(2e10, '2020-02-29 23:59:35'), (3e9, '2020-02-20'), (10, '2000-01-01'))
				AS v (a, t)) AS x
ORDER BY h;
SELECT funding_intensity(1e6, t, '1 microsecond') = funding_intensity(1e6, t, '1 microsecond')
	FILTER (WHERE t > '2020-01-01') AS all_of_time,
	round((funding_intensity(1e6, t, '292277 years') * 292277 / ln(2::float8))::numeric,
		3) AS long_half_life
FROM (VALUES (timestamptz '4714-11-24 BC'), ('294276-12-31 23:59:59.999999')) AS v (t);
SELECT relative_error(funding_intensity(1e308, d, '100000 years'), 1e303 * 731 * ln(2::float8))
	< 1e-4 AS sum_beyond_double
FROM generate_series(date '2020-01-01', '2021-12-31', interval '1 day') AS d;
SELECT relative_error(funding_intensity(1e307, date '2020-01-01', '1 day', date '2020-01-01'
	+ 1900),
	1e307 / 2.0::float8 ^ 950 / 2.0::float8 ^ 950 * ln(2::float8) * 365.2425)
		< 1e-12 AS many_half_lives;

-- Bad input.
SELECT error_of(format('SELECT %s '
	'FROM (VALUES (1::float8, date ''2020-01-01'', interval ''1 year'', date ''2021-01-01''), '
	'(%s)) AS v (a, d, h, o)', f, r))
FROM (VALUES
	('funding_intensity(a, d, h)', '-1, ''2020-02-01'', ''1 year'', ''2021-01-01'''),
	('funding_intensity(a, d, h)', '''NaN'', ''2020-02-01'', ''1 year'', ''2021-01-01'''),
	('funding_intensity(a, d, h) OVER (ORDER BY d ROWS 1 PRECEDING)',
		'''Infinity'', ''2020-02-01'', ''1 year'', ''2021-01-01'''),
	('funding_intensity(a, d, h)', '1, ''infinity'', ''1 year'', ''2021-01-01'''),
	('funding_intensity(a, d, h)', '1, ''2020-02-01'', NULL, ''2021-01-01'''),
	('funding_intensity(a, d, h)', '1, ''2020-02-01'', ''0 days'', ''2021-01-01'''),
	('funding_intensity(a, d, h)', '1, ''2020-02-01'', ''1 year -1 day'', ''2021-01-01'''),
	('funding_intensity(a, d, interval ''292278 years'')',
		'1, ''2020-02-01'', ''1 year'', ''2021-01-01'''),
	('funding_intensity(a, d, interval ''178000000 years'')',
		'1, ''2020-02-01'', ''1 year'', ''2021-01-01'''),
	('funding_intensity(a, d, h)', '1, ''2020-02-01'', ''2 years'', ''2021-01-01'''),
	('funding_intensity(a, d, h, o)', '1, ''2020-02-01'', ''1 year'', NULL'),
	('funding_intensity(a, d, h, o)', '1, ''2020-02-01'', ''1 year'', ''infinity'''),
	('funding_intensity(a, d, h, o)', '1, ''2020-02-01'', ''1 year'', ''2021-01-02'''),
	('funding_intensity(a, d, h, o)', 'NULL, NULL, ''1 year'', ''2021-01-02'''),
	('funding_intensity(a * 1.7e308, d, h)', '1, ''2020-01-02'', ''1 year'', ''2021-01-02'''),
	('funding_intensity(a * 1e306, d, interval ''1 day'')',
		'1, ''2020-01-02'', ''1 day'', ''2021-01-02'''),
	('funding_intensity(a * 1e306, d, interval ''1 day'') OVER (ORDER BY d ROWS 1 PRECEDING)',
		'1, ''2020-01-02'', ''1 day'', ''2021-01-02''')
) AS v (f, r);

-- After a trillion has left the frame nothing of it remains.
SELECT at, amount, intensity = (SELECT funding_intensity(a, d, '30 days')
	FROM unnest(amounts, times) AS u (a, d)) AS exact,
	relative_error(intensity,
		(SELECT sum(a * ln(2::float8) * 365.2425 / 30 * power(2, -(at - d) / 30::float8))
		FROM unnest(amounts, times) AS u (a, d))) < 1e-12 AS good
FROM (SELECT at, amount, funding_intensity(amount, at, '30 days') OVER w AS intensity,
		array_agg(amount) OVER w AS amounts, array_agg(at) OVER w AS times
	FROM (VALUES (0.1::float8, date '2020-01-01'), (1e12, '2020-01-02'), (0.2, '2020-12-01'),
		(1e16, '2021-01-01'), (0.3, '2021-03-01'), (0.4, '2021-12-03')) AS v (amount, at)
	WINDOW w AS (ORDER BY at ROWS 1 PRECEDING)) AS x
ORDER BY at;

-- ---------------------------------------------------------------------------
-- Properties.  Amounts are from 1 to 1e12, all bits of them set, so that no
-- sum of doubles would be exact.  Half lives of a day and of an hour make many
-- thousands of them.
-- ---------------------------------------------------------------------------
SELECT setseed(0.4);
CREATE TABLE intensity_rows WITH (fillfactor = 10) AS
SELECT g, i, CASE WHEN random() < 0.03 THEN NULL WHEN random() < 0.05 THEN 0
	ELSE power(10, 12 * random()) END AS amount,
	CASE WHEN random() < 0.03 THEN NULL
		ELSE date '2010-01-01' + (i * 9 - 40 * random())::int END AS at,
	(8 * random())::int AS part
FROM (SELECT row_number() OVER ()::int AS g, n FROM unnest(ARRAY[1, 2, 10, 80, 400]) AS n) AS x,
	generate_series(1, n) AS i;

-- The naive twin, and the aggregate over a group, of rows given as arrays.
CREATE FUNCTION naive_intensity(amounts float8[], times timestamp[],
	years float8, as_of timestamp DEFAULT NULL) RETURNS float8 LANGUAGE sql IMMUTABLE AS
$$
	SELECT CASE WHEN count(*) > 0 THEN
		coalesce(sum(amount * ln(2::float8) / years * CASE WHEN age < 1000 THEN power(2, -age)
			ELSE 0 END) FILTER (WHERE age >= 0), 0) END
	FROM (SELECT amount, extract(epoch FROM coalesce(as_of, max(at) OVER ()) - at) / 86400
		/ 365.2425 / years AS age
		FROM unnest(amounts, times) AS u (amount, at)
		WHERE amount IS NOT NULL AND at IS NOT NULL) AS x
$$;
CREATE FUNCTION group_intensity(amounts float8[], times date[]) RETURNS float8[]
	LANGUAGE sql IMMUTABLE AS
$$
	SELECT ARRAY[funding_intensity(amount, at, '30 days'), funding_intensity(amount, at, '7 mons'),
		funding_intensity(amount, at, '1 day'), funding_intensity(amount, at, '25 hours'),
		funding_intensity(amount, at, '1 year', '2011-05-31')]
	FROM unnest(amounts, times) AS u (amount, at)
$$;
CREATE FUNCTION close_to_twin(results float8[], amounts float8[], times timestamp[]) RETURNS boolean
	LANGUAGE sql IMMUTABLE AS
$$
	SELECT coalesce(bool_and((result IS NULL) = (naive IS NULL)
		AND coalesce(relative_error(result, naive), 0) < 1e-12), false)
	FROM unnest(results, ARRAY[naive_intensity(amounts, times, 30 / 365.2425),
		naive_intensity(amounts, times, 7 / 12.0::float8),
		naive_intensity(amounts, times, 1 / 365.2425),
			naive_intensity(amounts, times, 25 / 24.0::float8 / 365.2425),
		naive_intensity(amounts, times, 1, '2011-05-31')]) AS u (result, naive)
$$;
CREATE TABLE intensity_expected AS
SELECT g, group_intensity(array_agg(amount), array_agg(at)) AS results
FROM intensity_rows GROUP BY g;
SELECT count(*) AS rows, min((g, results, amounts, times)::text)
	FILTER (WHERE (close_to_twin(results, amounts, times)) IS NOT TRUE) AS as_the_twin,
	close_to_twin('{1,1,1,1,1}', '{1}', '{2010-01-01}') AS of_anything
FROM intensity_expected JOIN (SELECT g, array_agg(amount) AS amounts,
	array_agg(at::timestamp) AS times
	FROM intensity_rows GROUP BY g) AS x USING (g);

SELECT $$ SELECT g, ARRAY[funding_intensity(amount, at::{time}, '30 days' {order}),
		funding_intensity(amount, at::{time}, '7 mons' {order}),
			funding_intensity(amount, at::{time}, '1 day' {order}),
		funding_intensity(amount, at::{time}, '25 hours' {order}),
		funding_intensity(amount, at::{time}, '1 year', '2011-05-31' {order})] AS results
	FROM {rows} GROUP BY g $$ AS query \gset
SELECT * FROM in_every_plan('intensity_expected', 'g', 'intensity_rows', :'query', 'at');
-- Something else is found to be that.
SELECT count(*) AS differing
FROM differences('intensity_expected', 'g', replace(filled(:'query', 'intensity_rows'), '30 days',
	'31 days'));
SELECT error_of_parts('SELECT g, funding_intensity(amount, at, CASE WHEN part < 4 THEN '
	'interval ''1 day'' ELSE ''2 days'' END) FROM intensity_rows_parts GROUP BY g'),
	error_of_parts('SELECT g, funding_intensity(amount, at, ''1 day'', date ''2020-01-01'' + part '
		'/ 4) FROM intensity_rows_parts GROUP BY g');

-- Growing and moving frames: rows that are not the same to the bit as the
-- group of the frame's rows, and rows that are not close to the twin.
SELECT type, f.* FROM unnest('{date,timestamptz}'::text[]) AS type, in_frames(format($$
	SELECT g, id, results, group_intensity(amounts, times), close_to_twin(results, amounts, times),
		amounts, times
	FROM (
		SELECT g, id, ARRAY[funding_intensity(amount, %1$s, '30 days') OVER f,
			funding_intensity(amount, %1$s, '7 mons') OVER f,
				funding_intensity(amount, %1$s, '1 day') OVER f,
					funding_intensity(amount, %1$s, '25 hours') OVER f,
				funding_intensity(amount, %1$s, '1 year', '2011-05-31') OVER f] AS results,
			array_agg(amount) OVER f AS amounts, array_agg(at) OVER f AS times
		FROM (SELECT row_number() OVER (PARTITION BY g ORDER BY at, i) AS id, * FROM intensity_rows
			WHERE g < 5) AS x
		WINDOW f AS (PARTITION BY g {frame})) AS x
	WHERE results IS DISTINCT FROM group_intensity(amounts, times) OR NOT close_to_twin(results,
		amounts, times) $$,
	'at::' || type), ARRAY[
	'ORDER BY id',
	'ORDER BY id ROWS CURRENT ROW',
	'ORDER BY id ROWS 1 PRECEDING',
	'ORDER BY id ROWS 19 PRECEDING',
	'ORDER BY id ROWS 70 PRECEDING',
	'ORDER BY id ROWS BETWEEN 10 PRECEDING AND 5 FOLLOWING',
	'ORDER BY id ROWS BETWEEN 7 FOLLOWING AND 9 FOLLOWING',
	'ORDER BY id ROWS BETWEEN 5 PRECEDING AND 5 FOLLOWING EXCLUDE CURRENT ROW',
	'ORDER BY at RANGE ''1 year'' PRECEDING',
	'ORDER BY at RANGE BETWEEN ''200 days'' PRECEDING AND ''30 days'' PRECEDING',
	'ORDER BY at GROUPS BETWEEN 30 PRECEDING AND CURRENT ROW',
	'ORDER BY id DESC',
	'ORDER BY id DESC ROWS 19 PRECEDING',
	'ORDER BY i ROWS 40 PRECEDING',
	'ORDER BY md5(id::text) ROWS 30 PRECEDING']) AS f;

-- A state goes through many eras at once, and rows from long before count
-- nothing: forward, backward, and when nothing usable is left in between.
SELECT count(*) AS frames, count(intensity) AS results, min((i, intensity, alone)::text)
	FILTER (WHERE intensity IS DISTINCT FROM alone) AS differing
FROM (SELECT i, funding_intensity(a, t, '1 second') OVER w AS intensity,
	array_agg(a) OVER w AS amounts, array_agg(t) OVER w AS times
	FROM (SELECT i, CASE WHEN i % 50 < 47 THEN i % 7 + 0.1::float8 END AS a,
		timestamptz '2020-01-01' + power(i % 50, 5) * interval '1 second' AS t
		FROM generate_series(1, 400) AS i) AS x
	WINDOW w AS (ORDER BY i ROWS BETWEEN 4 PRECEDING AND 2 PRECEDING)) AS y,
	LATERAL (SELECT funding_intensity(a, t, '1 second' ORDER BY t DESC) AS alone
		FROM unnest(amounts, times) AS u (a, t)) AS z;

-- What has decayed below 1e-304 is cut off, of each row by itself.
SELECT count(*) AS frames, count(DISTINCT intensity) > 300 AS different,
	min((i, intensity, alone)::text) FILTER (WHERE intensity IS DISTINCT FROM alone) AS differing
FROM (SELECT i, funding_intensity(a, t, '1 day') OVER w AS intensity,
	array_agg(a) OVER w AS amounts, array_agg(t) OVER w AS times
	FROM (SELECT i, 1e-300 * (1 + random()) AS a, date '2020-01-01' + i / 3 AS t
		FROM generate_series(1, 400) AS i) AS x
	WINDOW w AS (ORDER BY i ROWS 200 PRECEDING)) AS y,
	LATERAL (SELECT funding_intensity(a, t, '1 day' ORDER BY t DESC) AS alone
		FROM unnest(amounts, times) AS u (a, t)) AS z;

DROP TABLE intensity_rows, intensity_expected, intensity_rows_parts;
DROP FUNCTION relative_error, naive_intensity, group_intensity, close_to_twin;
