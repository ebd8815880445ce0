-- The shape of a series in one line.  Which characters there are depends on
-- the encoding of the database: here the digits 1 to 8 stand for them.
\getenv srcdir PG_ABS_SRCDIR
\set setup :srcdir '/setup.sql'
\i :setup
SET timezone = 'UTC';
CREATE FUNCTION levels(line text) RETURNS text LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
	IF getdatabaseencoding() <> 'UTF8' THEN
		RETURN line;
	END IF;
	RETURN (SELECT string_agg((ascii(c) - 9600)::text, '' ORDER BY place)
		FROM string_to_table(line, NULL) WITH ORDINALITY AS characters (c, place));
END $$;

-- ---- a character for each row ----
SELECT levels(sparkline(v, date '2020-01-01' + v)) FROM generate_series(1, 8) AS v;
SELECT levels(sparkline(v, date '2020-01-01' + v))
FROM unnest('{0,99,100,101,199,200,799,800}'::int[]) AS v;
-- In order of time, whatever comes first; of one time the larger value is last.
SELECT levels(sparkline(-v, date '2020-01-01' - v)), levels(sparkline(v, date '2020-01-01'))
FROM generate_series(1, 8) AS v;
-- Negative values; one row; lines that do not move are at middle height.
SELECT levels(sparkline(v, date '2020-01-01' + v)) AS negative,
	levels(sparkline(7, date '2020-01-01')) AS one_time,
	levels(sparkline(-0.5, date '2020-01-01' + v)) AS constant FROM generate_series(-4, -1) AS v;
SELECT levels(sparkline(0, date '2020-01-01')) AS one_row;
SELECT levels(sparkline(v, date '2020-01-01' + i::int)) AS wide,
	levels(sparkline(v / 1.7e308 * 4.9e-324, date '2020-01-01' + i::int)) AS narrow
FROM unnest('{-1.7e308,0,1.7e308,0.9e308}'::float8[]) WITH ORDINALITY AS r (v, i);
-- A row without a value or a time is not there; without any there is no line.
SELECT levels(sparkline(v, at)) FROM (VALUES (1, date '2020-01-01'), (NULL, '2020-01-02'),
	(2, NULL), (3, '2020-01-04')) AS r (v, at);
SELECT sparkline(v, at) IS NULL AS no_row, sparkline(v, at, 5) IS NULL AS no_row_either,
	sparkline(NULL::bubble_series) IS NULL AS no_series,
		sparkline(NULL::bubble_series, 3) IS NULL AS with_width
FROM (VALUES (1, NULL::date), (NULL, '2020-01-02')) AS r (v, at);

-- ---- more rows than characters: evenly in time ----
-- A jump after a tenth of the rows and three quarters of the time.
SELECT levels(sparkline(v, at, 8)) FROM (SELECT i >= 10 AS jumped, (i >= 10)::int AS v,
	CASE WHEN i < 10 THEN timestamptz '2020-01-01' + i * interval '1 hour'
		ELSE timestamptz '2020-03-16' + i * interval '1 minute' END AS at
	FROM generate_series(0, 99) AS i UNION ALL SELECT NULL, 1, timestamptz '2020-04-10') AS r;
SELECT levels(sparkline(i, date '2020-01-01' + i, 1)) AS one,
	levels(sparkline(i, date '2020-01-01' + i, 2)) AS two,
	levels(sparkline(i, date '2020-01-01' + i, 8)) AS eight,
		levels(sparkline(i, date '2020-01-01' + i)) AS twenty,
	length(sparkline(i, date '2020-01-01' + i, 10000)) AS as_many_as_rows
FROM generate_series(0, 365) AS i;
-- All of the calendar, all at one time.
SELECT levels(sparkline(v, at, 2)) FROM (VALUES (1, date '4714-11-24 BC'), (2, date '2020-01-01'),
	(3, date '294276-12-31')) AS r (v, at);
SELECT levels(sparkline(v, timestamptz '2020-01-01', 3)) FROM generate_series(1, 9) AS v;

-- The naive way, of rows and of a series: what was known at the end of each
-- part, and levels by width_bucket.
CREATE TABLE line_rows WITH (fillfactor = 10) AS
SELECT g, i, round((1e4 * sin(i * g / 97.0))::numeric) / 8 AS v,
	date '1990-01-01' + (i * i * g) % 9973 AS day,
	(8 * ((i * 7919 + g) % 100) / 100)::int AS part
FROM generate_series(1, 12) AS g, generate_series(0, g * g) AS i;
CREATE FUNCTION naive_line(days date[], "values" numeric[], width int) RETURNS text
	LANGUAGE sql IMMUTABLE AS $$
	WITH r AS (SELECT d, v, row_number() OVER (ORDER BY d, v) AS n, count(*) OVER () AS count,
			min(d) OVER () AS first, max(d) OVER () AS last
				FROM unnest(days, "values") AS x (d, v)),
	shown AS (SELECT n AS k, v FROM r WHERE count <= width
		UNION ALL SELECT k, (SELECT v FROM r
			WHERE (d - first)::numeric * width <= (last - first)::numeric * k
			ORDER BY d DESC, v DESC LIMIT 1)
		FROM generate_series(1, width) AS k WHERE (SELECT max(count) FROM r) > width),
	bounds AS (SELECT min(v) AS low, max(v) AS high FROM shown)
	SELECT string_agg(CASE WHEN low = high THEN 4
		ELSE least(width_bucket(v, low, high, 8), 8) END::text, '' ORDER BY k) FROM shown, bounds
$$;
SELECT g, width, naive, of_rows, of_times, of_series
FROM (SELECT g, width, naive_line(array_agg(day), array_agg(v), width) AS naive,
	levels(sparkline(v, day, width)) AS of_rows,
		levels(sparkline(v, day::timestamptz, width)) AS of_times,
			levels(sparkline(bubble_series(v, day), width)) AS of_series
	FROM line_rows, unnest('{1,2,7,20,60}'::int[]) AS width GROUP BY g, width) AS s
WHERE naive IS DISTINCT FROM of_rows OR naive IS DISTINCT FROM of_times
	OR naive IS DISTINCT FROM of_series;
SELECT g, is_same(levels(sparkline(v, day)), levels(sparkline(v, day, 20))) AS twenty,
	is_same(levels(sparkline(bubble_series(v, day))), levels(sparkline(v, day, 20))) AS of_series
FROM line_rows GROUP BY g HAVING g IN (2, 12) ORDER BY g;

-- As a window aggregate.
SELECT day, levels(sparkline(v, day) OVER (ORDER BY day)) AS growing,
	levels(sparkline(v, day, 2) OVER (ORDER BY day ROWS 3 PRECEDING)) AS moving
FROM line_rows WHERE g = 2 ORDER BY day;
-- In any order, in parallel, and put together from parts.
SELECT $$ SELECT g, sparkline(v, day::{time}, 30 {order}) AS line FROM {rows} GROUP BY g $$ AS query
\gset
CREATE TABLE line_expected AS SELECT g, sparkline(v, day, 30) AS line FROM line_rows GROUP BY g;
SELECT * FROM in_every_plan('line_expected', 'g', 'line_rows', :'query', 'day');
-- Something else is found to be that.
SELECT count(*) AS differing
FROM differences('line_expected', 'g', replace(filled(:'query', 'line_rows'), '30', '29'));

-- ---- errors ----
SELECT error_of(format('SELECT sparkline(%s) FROM (VALUES (1::float8, date ''2020-01-01'',
	bubble_series ''date{2020-01-01=1}'')) AS r (v, d, s)', arguments))
FROM unnest('{"v, d, 0","v, d, -1","v, d, 10001","v, d, NULL","s, 0","s, 10001",'
	'"s, NULL","''NaN'', d","''Infinity'', d","v, date ''infinity''"}'::text[]) AS arguments;
SELECT error_of('SELECT sparkline(v, date ''2020-01-01'' + v, v) FROM generate_series(1, 3) AS v');
SELECT error_of_parts('SELECT g, sparkline(v, day, 30 + part / 4) FROM line_rows_parts GROUP BY g');

DROP TABLE line_rows, line_rows_parts, line_expected;
DROP FUNCTION levels, naive_line;
