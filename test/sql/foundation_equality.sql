-- Equality and order of bubble_series and drawdown_summary.
\getenv srcdir PG_ABS_SRCDIR
\set setup :srcdir '/setup.sql'
\i :setup
SET datestyle = ISO;
SET timezone = 'UTC';

-- The same rows are the same value, whatever it was made of: read from text,
-- in any order of rows, rolled up, in parts, from disk or just computed, with
-- zeros of any sign.
SELECT setseed(0.31);
CREATE TABLE equality_rows (k int, i int, at date, ts timestamptz, x float8, part int);
INSERT INTO equality_rows
SELECT k, i, date '2000-01-01' + i / (1 + k % 3) + i / 5 * 2, timestamptz '2000-01-01' + i
	* interval '1 hour' + (k % 2) * random() * interval '1 second',
	CASE k % 4 WHEN 0 THEN -0.0::float8 WHEN 1 THEN (2 * random())::int ELSE random() END,
		(8 * random())::int
FROM generate_series(1, 12) AS k, generate_series(1, 30 * k) AS i;
CREATE TABLE equality_whole AS
SELECT k, bubble_series(x, at) AS s, bubble_series(x, ts) AS t, drawdown_summary(x, at) AS d,
	drawdown_summary(x, ts) AS e
FROM equality_rows GROUP BY k;
SELECT $$ wanted.s = given.s AND wanted.t = given.t AND wanted.d = given.d
	AND wanted.e = given.e AND
	bubble_series_send(wanted.s) = bubble_series_send(given.s) AND drawdown_summary_send(wanted.e)
		= drawdown_summary_send(given.e) AND
	bubble_series_hash(wanted.s) = bubble_series_hash(given.s) AND
	bubble_series_hash_extended(wanted.t, 5) = bubble_series_hash_extended(given.t, 5) AND
	drawdown_summary_hash(wanted.d) = drawdown_summary_hash(given.d) AND
	drawdown_summary_hash_extended(wanted.e, 5) = drawdown_summary_hash_extended(given.e,
		5) $$ AS same \gset
SELECT made_by, d.* FROM (VALUES
	('rows in order', 'SELECT k, bubble_series(x, at ORDER BY i), bubble_series(x, ts '
		'ORDER BY i), drawdown_summary(x, at ORDER BY i), drawdown_summary(x, ts ORDER BY i) '
		'FROM equality_rows GROUP BY k'),
	('rows in any order', 'SELECT k, bubble_series(x, at ORDER BY random()), bubble_series(x, ts '
		'ORDER BY random()), drawdown_summary(x, at ORDER BY random()), drawdown_summary(x, ts '
		'ORDER BY random()) FROM equality_rows GROUP BY k'),
	('text', 'SELECT k, s::text::bubble_series, t::text::bubble_series, '
		'd::text::drawdown_summary, e::text::drawdown_summary FROM equality_whole'),
	('windows', 'SELECT DISTINCT ON (k) k, bubble_series(x, at) OVER w, bubble_series(x, ts) OVER '
		'w, drawdown_summary(x, at) OVER w, drawdown_summary(x, ts) OVER w
		FROM equality_rows WINDOW w AS (PARTITION BY k ORDER BY i) ORDER BY k, i DESC'),
	('rollup of parts by chance', 'SELECT k, rollup(s), rollup(t), rollup(d), rollup(e) '
		'FROM (SELECT k, part, bubble_series(x, at) AS s, bubble_series(x, ts) AS t, '
		'drawdown_summary(x, at) AS d,
		drawdown_summary(x, ts) AS e FROM equality_rows GROUP BY k, part) AS p GROUP BY k'),
	('rollup of parts in order', 'SELECT k, rollup(s ORDER BY part), rollup(t ORDER BY part), '
		'rollup(d ORDER BY part), rollup(e ORDER BY part) '
		'FROM (SELECT k, i / 7 AS part, bubble_series(x, at) AS s, bubble_series(x, ts) AS t,
		drawdown_summary(x, at) AS d, drawdown_summary(x, ts) AS e FROM equality_rows '
			'GROUP BY k, i / 7) AS p GROUP BY k'),
	('rollup of single rows', 'SELECT k, rollup(s ORDER BY i), rollup(t ORDER BY i DESC), '
		'rollup(d ORDER BY i), rollup(e ORDER BY i DESC) '
		'FROM (SELECT k, i, bubble_series(x, at) AS s, bubble_series(x, ts) AS t,
		drawdown_summary(x, at) AS d, drawdown_summary(x, ts) AS e FROM equality_rows '
			'GROUP BY k, i) AS p GROUP BY k')) AS v (made_by, query),
	differences('equality_whole', 'k', format('SELECT * FROM (%s) AS q (k, s, t, d, e)', query),
		:'same') AS d;
SELECT * FROM in_every_plan('equality_whole', 'k', 'equality_rows', $$
	SELECT k, bubble_series(x, at) AS s, bubble_series(x, ts) AS t, drawdown_summary(x, at) AS d,
		drawdown_summary(x, ts) AS e
	FROM {rows} GROUP BY k $$, same => :'same');

-- What differs, in one row, one value, one time or the kind, is not equal.
CREATE TABLE equality_few (n int, s bubble_series, d drawdown_summary);
INSERT INTO equality_few
SELECT row_number() OVER (), s::bubble_series, (SELECT drawdown_summary(abs(value), at)
	FROM unnest(s::bubble_series))
FROM unnest(ARRAY['date{2000-01-01=-1}', 'date{2000-01-01=-1,2000-01-02=0}',
	'date{2000-01-01=-1,2000-01-02=1e-320}', 'date{2000-01-01=-1,2000-01-03=0}',
	'date{2000-01-01=0}', 'date{2000-01-01=1}', 'date{2000-01-01=1,2000-01-01=1}',
		'date{2000-01-02=-5}', 'timestamptz{1999-01-01 00:00:00+00=1}',
	'timestamptz{2000-01-01 00:00:00+00=-1}']) AS s;
SELECT count(*) AS rows, min((a.n, b.n, a.s, b.s)::text)
	FILTER (WHERE ((a.s = b.s) = (a.n = b.n) AND (a.s <> b.s) = (a.n <> b.n) AND (a.s < b.s)
	= (a.n < b.n) AND (a.s <= b.s) = (a.n <= b.n) AND
	(a.s > b.s) = (a.n > b.n) AND (a.s >= b.s) = (a.n >= b.n) AND bubble_series_cmp(a.s, b.s)
		= sign(a.n - b.n)) IS NOT TRUE) AS in_order
FROM equality_few a, equality_few b;
SELECT array_agg(n ORDER BY s DESC) AS descending FROM equality_few;
SELECT min((a.n, b.n, a.d, b.d)::text)
	FILTER (WHERE ((a.d = b.d) = (a.d::text = b.d::text) AND (a.d < b.d) = (b.d > a.d)
	AND (a.d <= b.d) = (b.d >= a.d) AND (a.d < b.d) = NOT (a.d >= b.d) AND
	(a.d <> b.d) = NOT (a.d = b.d) AND drawdown_summary_cmp(a.d, b.d) = -drawdown_summary_cmp(b.d,
		a.d)) IS NOT TRUE) AS order_of_summaries,
	min((a.n, b.n, a.d, b.d)::text)
		FILTER (WHERE a.d = b.d AND (drawdown_summary_hash(a.d) = drawdown_summary_hash(b.d))
		IS NOT TRUE) AS same_hash, count(*) FILTER (WHERE a.d = b.d) AS equal
FROM equality_few a, equality_few b;
SELECT drawdown_summary(1, date '2000-01-01') = NULL AS "null", bubble_series(1, date '2000-01-01')
	= NULL AS null_series;
SELECT count(*) AS rows, min((n, s, d)::text)
	FILTER (WHERE (bubble_series_hash(s) = (bubble_series_hash_extended(s, 0) & 4294967295)::bit(
	32)::int AND
	bubble_series_hash_extended(s, 0) <> bubble_series_hash_extended(s, 1) AND
	drawdown_summary_hash(d) = (drawdown_summary_hash_extended(d, 0) & 4294967295)::bit(32)::int)
		IS NOT TRUE) AS extended
FROM equality_few;
-- A computed path is canonical too.
SELECT drawdown_path(s) = drawdown_path(s)::text::bubble_series AS path FROM equality_whole
WHERE k = 1;

-- DISTINCT, GROUP BY and UNION, by hashing and by sorting.
SET enable_sort = off;
SELECT count(*) FROM (SELECT DISTINCT t, e
	FROM (TABLE equality_whole UNION ALL TABLE equality_whole) AS x) AS y;
SELECT s, count(*), count(DISTINCT d) FROM (TABLE equality_few UNION ALL TABLE equality_few) AS x
WHERE n < 3 GROUP BY s ORDER BY min(n);
RESET enable_sort;
SET enable_hashagg = off;
SELECT count(*) FROM (SELECT DISTINCT t, e
	FROM (TABLE equality_whole UNION ALL TABLE equality_whole) AS x) AS y;
SELECT s FROM equality_few WHERE n < 3 UNION SELECT s FROM equality_few WHERE n < 4;
RESET enable_hashagg;
SELECT count(*) FROM equality_whole w, (SELECT k, bubble_series(x, ts) AS t FROM equality_rows
	GROUP BY k) AS c WHERE w.t = c.t;
SELECT count(*) FROM (SELECT DISTINCT ROW(s, d)
	FROM (TABLE equality_few UNION ALL TABLE equality_few) AS x) AS y;

-- An upsert that changes only what changed; MERGE; arrays.
CREATE TABLE equality_kept (k int PRIMARY KEY, s bubble_series, d drawdown_summary);
INSERT INTO equality_kept SELECT k, s, d FROM equality_whole;
INSERT INTO equality_kept SELECT k, CASE WHEN k = 3 THEN 'date{2000-01-01=1}' ELSE s END, d
FROM equality_whole
ON CONFLICT (k) DO UPDATE SET s = EXCLUDED.s, d = EXCLUDED.d
WHERE (equality_kept.s, equality_kept.d) IS DISTINCT FROM (EXCLUDED.s, EXCLUDED.d) RETURNING k, s;
MERGE INTO equality_kept e USING equality_whole w ON e.k = w.k
WHEN MATCHED AND e.s IS DISTINCT FROM w.s THEN UPDATE SET s = w.s
WHEN NOT MATCHED THEN INSERT VALUES (w.k, w.s, w.d);
SELECT count(*) FROM equality_kept JOIN equality_whole USING (k, s, d);
SELECT array_position(ARRAY[bubble_series(1, date '2000-01-01'),
	bubble_series(2, date '2000-01-01')], bubble_series(2, date '2000-01-01'));

-- Indexes.  A long value does not fit into a page of a btree; a hash index
-- takes it, and an exclusion constraint makes that one unique.
CREATE UNIQUE INDEX equality_few_s ON equality_few (s);
CREATE UNIQUE INDEX equality_few_n ON equality_few (n, d);
SELECT error_of($$ INSERT INTO equality_few SELECT 20, s, d FROM equality_few WHERE n = 2 $$);
SET enable_seqscan = off;
SELECT n FROM equality_few WHERE s = 'date{2000-01-01=0}';
SELECT array_agg(n ORDER BY s) FROM equality_few WHERE s > 'date{2000-01-01=0}'
	AND s < 'date{2000-01-02=0}';
RESET enable_seqscan;
SELECT error_of($$ CREATE INDEX ON equality_whole (t) $$)
	LIKE '54000 index row size % exceeds btree version 4 maximum%' AS too_long;
ALTER TABLE equality_whole ADD EXCLUDE USING hash (t WITH =), ADD EXCLUDE USING hash (e WITH =);
SELECT error_of($$ INSERT INTO equality_whole SELECT * FROM equality_whole WHERE k = 7 $$)
	LIKE '23P01 conflicting key value%' AS excluded;

-- Partitions by hash, and joins by sorting.
CREATE TABLE equality_hashed (k int, d drawdown_summary) PARTITION BY HASH (d);
CREATE TABLE equality_hashed_0 PARTITION OF equality_hashed FOR VALUES WITH (MODULUS 2,
	REMAINDER 0);
CREATE TABLE equality_hashed_1 PARTITION OF equality_hashed FOR VALUES WITH (MODULUS 2,
	REMAINDER 1);
INSERT INTO equality_hashed SELECT k, d FROM equality_whole;
SELECT count(*) AS both, count(DISTINCT tableoid) AS partitions FROM equality_hashed;
SET enable_hashjoin = off;
SET enable_nestloop = off;
SELECT plan_has('SELECT count(*) FROM equality_whole JOIN equality_hashed USING (k, d)',
	'Merge Join') AS merged,
	(SELECT count(*) FROM equality_whole JOIN equality_hashed USING (d)) AS joined;
RESET enable_hashjoin;
RESET enable_nestloop;
DROP TABLE equality_hashed;

-- REFRESH CONCURRENTLY.
CREATE MATERIALIZED VIEW equality_view AS SELECT s, d, n FROM equality_few;
CREATE UNIQUE INDEX ON equality_view (s);
DELETE FROM equality_few WHERE n = 1;
UPDATE equality_few SET d = 'date{2000-01-01;2000-01-01=7;2000-01-01=7}' WHERE n = 2;
REFRESH MATERIALIZED VIEW CONCURRENTLY equality_view;
SELECT count(*), count(*) FILTER (WHERE d = 'date{2000-01-01;2000-01-01=7;2000-01-01=7}') AS changed
FROM equality_view JOIN equality_few USING (n, s, d);

DROP MATERIALIZED VIEW equality_view;
DROP TABLE equality_rows, equality_rows_parts, equality_whole, equality_few, equality_kept;
