-- Writes the values of a version of the extension, as this directory keeps them:
--	cd test/stored && psql -d DATABASE -f write.sql >VERSION.csv
-- on a machine whose numbers begin with their low bytes, in a database with the
-- extension and nothing else. A file is never written again: later versions read
-- it. Columns: label, type, bytes on disk, bytes sent, text, answers.
\set QUIET on
\set ON_ERROR_STOP on
SET client_min_messages = warning;
SET timezone = 'UTC';
SET datestyle = 'ISO, MDY';
\i raw.sql
\i answers.sql

-- Prices without functions of the library of mathematics.
CREATE TABLE row AS
SELECT i, 16 + (i * 7919) % 613 / 8.0 AS price, date '2000-01-31' + i AS day,
	timestamptz '2000-01-31 09:30:00Z' + i * interval '1 second' AS ts
FROM generate_series(0, 399) AS i;

CREATE TABLE made (n serial, label text, s bubble_series, d drawdown_summary);
INSERT INTO made (label, s, d)
SELECT 'one day', bubble_series(0.1, date '1999-12-31'), drawdown_summary(0.1, date '1999-12-31')
UNION ALL
SELECT 'one time', bubble_series(1e-300, timestamptz '1999-12-31 23:59:59.999999Z'),
	drawdown_summary(1e300, timestamptz '1999-12-31 23:59:59.999999Z')
UNION ALL
SELECT 'days in a row', bubble_series(price, day), drawdown_summary(price, day) FROM row WHERE i < 20
UNION ALL
SELECT 'working days', bubble_series(price, day), drawdown_summary(price, day)
FROM row WHERE i < 30 AND extract(isodow FROM day) < 6
UNION ALL
SELECT 'ends of months', bubble_series(price, day), drawdown_summary(price, day)
FROM row WHERE extract(day FROM day + 1) = 1
UNION ALL
SELECT 'days here and there', bubble_series(price, day), drawdown_summary(price, day)
FROM row WHERE i * i % 23 < 2 AND i < 200
UNION ALL
SELECT 'seconds in a row', bubble_series(price, ts), drawdown_summary(price, ts) FROM row WHERE i < 20
UNION ALL
SELECT 'milliseconds', bubble_series(price, ts + i * interval '0.001 s'),
	drawdown_summary(price, ts + i * interval '0.001 s') FROM row WHERE i < 20
UNION ALL
SELECT 'microseconds here and there', bubble_series(price, ts + i * i * interval '0.000001 s'),
	drawdown_summary(price, ts + i * i * interval '0.000001 s') FROM row WHERE i < 20
UNION ALL
SELECT 'hours and pauses', bubble_series(price, ts + (i + i / 8 * 16) * interval '1 hour'),
	drawdown_summary(price, ts + (i + i / 8 * 16) * interval '1 hour') FROM row WHERE i < 40
UNION ALL
SELECT 'years far apart', bubble_series(price, day - 1000 * i), drawdown_summary(price, day - 1000 * i)
FROM row WHERE i < 9
UNION ALL
SELECT 'the ends of time', bubble_series(x, t), drawdown_summary(x, t)
FROM (VALUES (0.5, timestamptz '4713-01-01 00:00Z BC'), (0.25, '294276-12-31 23:59:59.999999Z'))
	AS v (x, t)
UNION ALL
SELECT 'the last date', bubble_series(x, t), drawdown_summary(x, t)
FROM (VALUES (2, date '4713-01-01 BC'), (1, '294276-12-31')) AS v (x, t)
UNION ALL
SELECT 'the same row many times', bubble_series(7, date '2020-02-29'), drawdown_summary(7, date
	'2020-02-29')
FROM row WHERE i < 30
UNION ALL
SELECT 'many prices a day', bubble_series(price, date '2000-01-01' + i / 10),
	drawdown_summary(price, date '2000-01-01' + i / 10) FROM row WHERE i < 30
UNION ALL
SELECT 'prices that return', bubble_series(i % 4 + 1, day), drawdown_summary(i % 4 + 1, day)
FROM row WHERE i < 24
UNION ALL
SELECT 'a rise', bubble_series(i + 1, day), drawdown_summary(i + 1, day) FROM row WHERE i < 24
UNION ALL
SELECT 'a fall', bubble_series(1.0 / (i + 1), ts), drawdown_summary(1.0 / (i + 1), ts)
FROM row WHERE i < 24
UNION ALL
SELECT 'down to zero', bubble_series(9 - i, day), drawdown_summary(9 - i, day) FROM row WHERE i < 10
UNION ALL
SELECT 'nothing but zero', bubble_series(-0.0, day), drawdown_summary(-0.0, day) FROM row WHERE i < 3
UNION ALL
SELECT 'values below zero', bubble_series(i % 5 - 2.5, ts), NULL FROM row WHERE i < 12
UNION ALL
SELECT 'the largest and smallest', bubble_series(x, date '2000-01-01' + i::int), NULL
FROM unnest('{1.7976931348623157e308,-1.7976931348623157e308,5e-324,-5e-324,0}'::float8[])
	WITH ORDINALITY AS u (x, i)
UNION ALL
SELECT 'rows without a price or a day', bubble_series(nullif(price, 16), nullif(day, '2000-02-03')),
	drawdown_summary(nullif(price, 16), nullif(day, '2000-02-03')) FROM row WHERE i < 12
UNION ALL
SELECT 'long', bubble_series(price, day), drawdown_summary(price, day) FROM row
UNION ALL
SELECT 'long, of times', bubble_series(price, ts + i / 7 * interval '3 s'),
	drawdown_summary(price, ts + i / 7 * interval '3 s') FROM row
UNION ALL
SELECT 'rolled up', rollup(s), rollup(d)
FROM (SELECT bubble_series(price, ts) AS s, drawdown_summary(price, ts) AS d FROM row WHERE i < 100
	GROUP BY i % 7) AS parts
UNION ALL
SELECT 'sliced', slice(bubble_series(price, day), '2000-02-10', '2000-03-01'), NULL FROM row;

COPY (
	SELECT label, t.* FROM made, LATERAL (VALUES
		('bubble_series', s::raw::text, bubble_series_send(s), s::text, answers(s)),
		('drawdown_summary', d::raw::text, drawdown_summary_send(d), d::text, answers(d)))
		AS t (type, stored, sent, text, answers)
	WHERE stored IS NOT NULL ORDER BY n, type
) TO STDOUT (FORMAT csv);
