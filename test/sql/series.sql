-- The type bubble_series: input and output, errors, and what is in a series.
\getenv srcdir PG_ABS_SRCDIR
\set setup :srcdir '/setup.sql'
\i :setup
SET datestyle = ISO;
SET timezone = 'UTC';

CREATE TABLE series_row (at date, value float8);
INSERT INTO series_row VALUES ('2000-01-03', 1455.22), ('2000-01-04', 1399.42),
	('2000-01-05', 1402.11), ('2000-01-05', -7), (NULL, 1), ('2000-01-06', NULL);

-- Rows without time or value are skipped, the others put in order, ties by
-- their values.
SELECT bubble_series(value, at) FROM series_row;
SELECT bubble_series(value, at ORDER BY at DESC) FROM series_row;
SELECT bubble_series(value, at::timestamptz + interval '1.5 seconds') FROM series_row;
SELECT bubble_series(value, at) AS none FROM series_row WHERE at IS NULL;
SELECT bubble_series(x::numeric, date '2000-01-01'), bubble_series(x::int, date '2000-01-01')
FROM (VALUES (1)) AS v (x);

-- Text: rows in any order, blanks anywhere, other formats of dates, years BC.
SELECT 'date{2000-01-02=2,2000-01-01=1}'::bubble_series;
SELECT E'  date { 2000-01-02 = 2 ,\n Jan 1 2000=1e3 } '::bubble_series;
SELECT 'timestamptz{2000-01-01 12:00+02=0.1,2000-01-01 00:00:00.000001+00=-5e-324}'::bubble_series;
SELECT 'date{0044-03-15 BC=1,5874-01-01=1.7976931348623157e+308}'::bubble_series;
SELECT 'date{2000-01-01=1,2000-01-01=1}'::bubble_series AS twice;

-- The text does not depend on the session.
SET datestyle = 'German';
SET timezone = 'America/New_York';
SET extra_float_digits = 0;
SELECT bubble_series(0.1::float8 + 0.2, timestamptz '2000-07-01 00:00+00');
SET timezone = 'UTC';
RESET extra_float_digits;
SET datestyle = ISO;

-- Malformed text.
SELECT literal, error_of(format('SELECT %L::bubble_series', literal))
FROM unnest(ARRAY['', 'x', 'date', 'date{', 'date{}', 'date{2000-01-01}',
	'date{2000-01-01=}', 'date{=1}', 'date{2000-01-01=1', 'date{2000-01-01=1,}',
	'date{2000-01-01=1;2000-01-02=1}', 'date{2000-01-01=1}x', 'time{2000-01-01=1}',
	'date{2000-02-30=1}', 'date{2000-01-01=one}', 'date{2000-01-01=NaN}',
	'date{2000-01-01=Infinity}', 'date{infinity=1}', 'timestamptz{-infinity=1}',
	'date{300000-01-01=1}', 'date{2000-01-01=1e999}']) AS literal;
SELECT error_of(format('SELECT bubble_series(%L::float8, date %L)', v, d))
FROM (VALUES ('NaN', '2000-01-01'), ('Infinity', '2000-01-01'),
	('-Infinity', '2000-01-01'), ('1', 'infinity'), ('1', '-infinity'),
	('1', '300000-01-01')) AS x (v, d);

-- Text and binary round trips, on series of many lengths.
CREATE TABLE series_kept (id int, part int, s bubble_series);
INSERT INTO series_kept
SELECT n, n % 9, bubble_series(v, d)
FROM (SELECT n, random() - 0.5 AS v, date '2000-01-01' + (i / 1.2)::int AS d
	FROM unnest(ARRAY[1, 2, 3, 10, 100, 3000]) AS n, generate_series(1, n) AS i) AS x
GROUP BY n
UNION ALL
SELECT -n, n % 9, bubble_series(v, d)
FROM (SELECT n, 1e9 * random() AS v, timestamptz '2000-01-01' + i * interval '1.000001 hours' AS d
	FROM unnest(ARRAY[1, 2, 3, 10, 100, 3000]) AS n, generate_series(1, n) AS i) AS x
GROUP BY n;
SELECT count(*) AS rows, min((id, s)::text) FILTER (WHERE (s::text::bubble_series::text = s::text)
	IS NOT TRUE) AS text_again,
	min((id, s)::text) FILTER (WHERE (bubble_series_send(s::text::bubble_series)
		= bubble_series_send(s)) IS NOT TRUE) AS same_binary,
	min((id, length(bubble_series_send(s)), 10 + 16 * observations(s))::text)
		FILTER (WHERE (length(bubble_series_send(s)) = 10 + 16 * observations(s))
		IS NOT TRUE) AS length
FROM series_kept;
SELECT bubble_series_send('date{2000-01-01=1,2000-01-02=2}');

-- Values are stored out of line and not compressed, in short form if small.
SELECT typstorage, typalign, typlen FROM pg_type WHERE typname = 'bubble_series';
SELECT id, pg_column_size(s) FROM series_kept WHERE id IN (100, 3000) ORDER BY id;
CREATE TABLE series_compressed (id int, s bubble_series);
ALTER TABLE series_compressed ALTER s SET STORAGE extended;
INSERT INTO series_compressed
SELECT n, bubble_series(1 + i % 2, date '2000-01-01' + i)
FROM unnest(ARRAY[10, 1000, 20000]) AS n, generate_series(1, n) AS i GROUP BY n;
SELECT id, pg_column_size(s) < 10 * id AS compressed, observations(s), max_drawdown(s),
	last_at(s)::date - date '2000-01-01' AS days
FROM series_compressed ORDER BY id;
SELECT count(*) AS rows, min((id, max_drawdown(s), of_rows)::text)
	FILTER (WHERE max_drawdown(s) IS DISTINCT FROM of_rows) AS read_where_it_lies
FROM series_kept, LATERAL (SELECT max_drawdown(value, at) AS of_rows FROM unnest(s)) AS r
WHERE id < 0;

-- What is in a series.
SELECT observations(s), first_at(s), last_at(s), pg_typeof(first_at(s))
FROM (SELECT bubble_series(value, at) AS s FROM series_row) AS x;
SELECT r.* FROM (SELECT bubble_series(value, at) AS s FROM series_row) AS x, unnest(s) AS r;
SELECT (unnest(bubble_series(value, at))).value FROM series_row;
SELECT count(*) AS rows, count(DISTINCT at) AS times FROM series_kept, unnest(s);
SELECT observations(NULL::bubble_series), first_at(NULL::bubble_series),
	last_at(NULL::bubble_series), slice(NULL, NULL, NULL);
SELECT count(*) AS rows FROM unnest(NULL::bubble_series);

-- Slices: both bounds are in, NULL is no bound, nothing is NULL.
SELECT slice(s, '2000-01-04', '2000-01-05') AS two_days, slice(s, NULL, '2000-01-03') AS until,
	slice(s, '2000-01-05', NULL) AS since, slice(s, '-infinity', 'infinity') AS everything,
	slice(s, '2000-01-06', NULL) AS after, slice(s, '2000-01-05', '2000-01-03') AS reversed,
	slice(s, '2000-01-03 00:00:01', '2000-01-04 23:59:59') AS within
FROM (SELECT bubble_series(value, at) AS s FROM series_row) AS x;
SELECT count(*) AS rows, min((id, a, b, slice(s, a, b))::text)
	FILTER (WHERE (slice(s, a, b)::text IS NOT DISTINCT FROM
	(SELECT bubble_series(value, at)::text FROM unnest(s) WHERE at BETWEEN a AND b))
		IS NOT TRUE) AS slices
FROM series_kept, LATERAL (SELECT timestamptz '2000-01-01' + random() * interval '90 days',
	timestamptz '2000-01-01' + random() * interval '90 days') AS bound (a, b)
WHERE id < 0;

-- Dates stay dates in any time zone.
SET timezone = 'America/New_York';
SELECT (unnest(s)).at::date, (unnest(s)).at, first_at(s)::date AS first, last_at(s)::date AS last
FROM (VALUES (bubble_series 'date{2000-01-01=1,2000-07-01=2}')) AS v (s);
SELECT slice(s, '2000-07-01', '2000-07-01') AS that_day
FROM (VALUES (bubble_series 'date{2000-01-01=1,2000-07-01=2,2000-07-02=3}')) AS v (s);
SELECT count(*) AS rows, min((id, s)::text)
	FILTER (WHERE (bubble_series_send((SELECT bubble_series(value, at::date) FROM unnest(s))) =
	bubble_series_send(s)) IS NOT TRUE) AS differing
FROM series_kept WHERE id > 0;
SET timezone = 'UTC';

-- Overlapping parts rolled up are the series of all rows.
CREATE TABLE series_all AS
SELECT g, random() AS value, date '2000-01-01' + (200 * random())::int AS at,
	(8 * random())::int AS part
FROM generate_series(1, 5) AS g, generate_series(1, 300);
CREATE TABLE series_part AS
SELECT g, part, bubble_series(value, at) AS s FROM series_all GROUP BY g, part;
CREATE VIEW series_expected AS
SELECT g, bubble_series(value, at)::text AS s FROM series_all GROUP BY g;
SELECT form, d.* FROM (VALUES
	('rolled up', 'SELECT g, rollup(s)::text FROM series_part GROUP BY g'),
	('shuffled', 'SELECT g, rollup(s ORDER BY random())::text FROM series_part GROUP BY g'),
	('twice', 'SELECT g, rollup(r)::text FROM (SELECT g, rollup(s) AS r FROM series_part '
		'GROUP BY g, part % 3) AS x GROUP BY g'))
	AS v (form, query), differences('series_expected', 'g', query) AS d;
SELECT rollup(s) FROM (VALUES (NULL::bubble_series), ('date{2000-01-02=2}'), (NULL),
	('date{2000-01-01=1}')) AS v (s);
SELECT rollup(s) FROM (VALUES (NULL::bubble_series)) AS v (s);

-- In a growing window, whose result is asked for again and again.
SELECT part, rollup(s) OVER (ORDER BY part)
FROM (VALUES (1, bubble_series 'date{2000-01-02=2,2000-01-04=4}'), (2, NULL),
	(3, 'date{2000-01-01=1,2000-01-03=3}'), (4, 'date{2000-01-03=2}')) AS v (part, s);
SELECT count(*) AS rows, min((at, value, windowed::text, together::text)::text)
	FILTER (WHERE (windowed::text = together::text) IS NOT TRUE) AS growing
FROM (SELECT at, value, bubble_series(value, at) OVER (PARTITION BY g ORDER BY at,
	value ROWS UNBOUNDED PRECEDING) AS windowed,
		array_agg(value) OVER f AS values, array_agg(at) OVER f AS times
	FROM series_all WHERE g = 1
	WINDOW f AS (PARTITION BY g ORDER BY at, value ROWS UNBOUNDED PRECEDING)) AS x,
	LATERAL (SELECT bubble_series(v, a) AS together FROM unnest(values, times) AS u (v, a)) AS y;

-- Kinds do not mix.
SELECT error_of($$ SELECT rollup(s) FROM (VALUES (bubble_series 'date{2000-01-02=2}'),
	('timestamptz{2000-01-02=2}')) AS v (s) $$);
SELECT error_of($$ SELECT bubble_series_transfn('timestamptz{2000-01-02=2}', 1,
	date '2000-01-01') $$);

-- Functions of aggregates called by themselves change nothing.
CREATE TABLE series_one AS SELECT bubble_series 'date{2000-01-02=2}' AS s;
SELECT bubble_series_transfn(s, 1, date '2000-01-01'),
	bubble_series_transfn(s, NULL, date '2000-01-01'),
	bubble_series_transfn(NULL, 1, timestamptz '2000-01-01 00:00+00'),
		bubble_series_transfn(NULL, NULL, date '2000-01-01'),
	bubble_series_combinefn(s, s), bubble_series_combinefn(NULL, s),
		bubble_series_combinefn(s, NULL), bubble_series_combinefn(NULL, NULL)
FROM series_one;
SELECT s FROM series_one;

-- Parallel and partition-wise, the state itself travels between processes.
SELECT * FROM in_every_plan('series_expected', 'g', 'series_all', $$
	SELECT g, bubble_series(value, at {order})::text AS s FROM {rows} GROUP BY g $$, 'at');

DROP VIEW series_expected;
DROP TABLE series_row, series_kept, series_compressed, series_all, series_part, series_all_parts,
	series_one;

-- Zero has no sign, so no order of arrival can be seen.
SELECT bubble_series(x, date '2000-01-01' ORDER BY i)::text = bubble_series(x, date '2000-01-01'
	ORDER BY -i)::text AS same,
	'date{2000-01-01=-0}'::bubble_series
FROM (VALUES (1, float8 '0'), (2, '-0')) AS v (i, x);
