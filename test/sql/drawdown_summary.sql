-- The type drawdown_summary: however a history is cut, rolling it up gives
-- what all rows give, and nothing that is not a history gets in.
\getenv srcdir PG_ABS_SRCDIR
\set setup :srcdir '/setup.sql'
\i :setup
SET datestyle = ISO;

CREATE TEMP TABLE few (at date, price float8);
INSERT INTO few
SELECT date '2024-01-01' + i::int, x
FROM unnest(ARRAY[10, 8, 9, 7, 11, 11, 10, 12, 6]) WITH ORDINALITY AS u (x, i);
SELECT drawdown_summary(price, at) FROM few;
SELECT drawdown_summary(price, at + time '16:00:00.25') FROM few WHERE price < 9;
SELECT drawdown(s), max_drawdown(s), observations(s), first_at(s)::date, last_at(s)::date
FROM (SELECT drawdown_summary(price, at) AS s FROM few) AS x;
SELECT (max_drawdown_episode(s)).* FROM (SELECT drawdown_summary(price, at::timestamptz) AS s
	FROM few) AS x;

-- Dates come back as midnight in the session's time zone.
SET timezone = 'America/New_York';
SELECT first_at(s), (max_drawdown_episode(s)).peak_at::date = '2024-01-09' AS peak_at
FROM (SELECT drawdown_summary(price, at) AS s FROM few) AS x;
RESET timezone;

-- No usable row: NULL.  No fall: no episode.
SELECT drawdown_summary(price, at) FROM few WHERE false;
SELECT drawdown_summary(1.0, NULL::date), drawdown_summary(NULL, date '2024-01-01'),
	rollup(NULL::drawdown_summary),
	max_drawdown(NULL::drawdown_summary);
SELECT drawdown(s), max_drawdown(s), max_drawdown_episode(s), observations(s), s
FROM (SELECT drawdown_summary(5.0, date '2024-01-01') AS s) AS x;

-- What is kept: prefix maxima, suffix minima, times as steps of any unit.
SELECT drawdown_summary(1 + i % 2, t)
FROM unnest(ARRAY['2024-01-01', '2024-01-02', '2024-01-03 12:00',
	'2024-01-03 12:05', '2024-01-03 12:05:07', '2024-01-03 12:05:07.008',
		'2024-01-03 12:05:07.008009',
	'2024-01-03 12:05:07.008009',
		'2024-01-11 12:05:07.008009']::timestamptz[]) WITH ORDINALITY AS u (t, i);
SELECT drawdown_summary(7, date '2000-01-01' + i) FROM generate_series(0, 3) AS i;
SELECT pg_column_size(drawdown_summary(5 + i % 1000, date '2000-01-01' + i)) AS bytes
FROM generate_series(1, 100000) AS i;
SELECT s, s::text::drawdown_summary::text = s::text AS same
FROM (SELECT drawdown_summary(p, t) AS s FROM (VALUES (1, timestamptz '4713-01-01 00:00Z BC'),
	(2, '294276-12-31 23:59:59.999999Z')) AS v (p, t)) AS x;

-- Text goes in and out without loss, whatever the settings.
SET extra_float_digits = -15;
SET datestyle = 'SQL, DMY';
SELECT s::text, s::text::drawdown_summary::text = s::text AS same
FROM (SELECT drawdown_summary(sqrt(i), timestamptz '2000-01-01' - i * interval '1 day 3 hours') AS s
	FROM generate_series(1, 3) AS i) AS x;
RESET extra_float_digits;
SET datestyle = ISO;
SELECT ' timestamptz { 2000-01-01 00:00:00+01 , 2h ; 2000-01-01 00:00+01 = 1 , '
	'2000-01-01 02:00+01 = 2 ; 1999-12-31 23:00Z = 1 ,
	2000-01-01 02:00+01 = 2 } '::drawdown_summary;

-- Nothing else gets in.
SELECT text, error_of(format('SELECT %L::drawdown_summary', text)) FROM unnest(ARRAY[
	'', 'date', 'time{}', 'date{}', 'date{2000-01-01}', 'date{2000-01-01;2000-01-01=1}',
	'date{2000-01-01;2000-01-01=1;2000-01-01=1', 'date{2000-01-01;2000-01-01=1;2000-01-01=1} x',
	'date{2000-01-01;2000-01-01=1;2000-01-01=x}', 'date{2000-01-01;2000-01-01=1;2000-01-01=}',
	'date{2000-01-01;2000-01-01=-1;2000-01-01=-1}',
		'date{2000-01-01;2000-01-01=NaN;2000-01-01=NaN}',
	'date{infinity;infinity=1;infinity=1}', 'date{5000000-01-01;2000-01-01=1;2000-01-01=1}',
	'date{2000-01-01,1;2000-01-01=1;2000-01-01=1}', 'date{2000-01-01,1y;2000-01-01=1;2000-01-01=1}',
	'date{2000-01-01,1d*0;2000-01-01=1;2000-01-01=1}',
		'date{2000-01-01,1d*1x;2000-01-01=1;2000-01-01=1}',
	'date{2000-01-01,12h*2;2000-01-01=1;2000-01-01=1}',
		'date{2000-01-01,-1d;2000-01-01=1;2000-01-01=1}',
	'date{2000-01-01,999999999999999999d;2000-01-01=1;2000-01-01=1}',
	'date{2000-01-01,1d*999999999999999999;2000-01-01=1;2000-01-01=1}',
	-- peaks and troughs out of order, twice the same, or no such
	'date{2000-01-01,1d;2000-01-02=2,2000-01-01=1;2000-01-01=1,2000-01-02=2}',
	'date{2000-01-01,1d;2000-01-01=1,2000-01-02=2;2000-01-01=1,2000-01-01=1,2000-01-02=2}',
	'date{2000-01-01,1d;2000-01-01=2,2000-01-02=1;2000-01-02=1}',
	'date{2000-01-01,1d;2000-01-01=1;2000-01-02=2}',
	'date{2000-01-01,1d;2000-01-01=3,2000-01-02=3;2000-01-02=2}',
	-- times that are missing, too many, or where no price can be
	'date{2000-01-01;2000-01-01=1,2000-01-02=2;2000-01-01=1,2000-01-02=2}',
	'date{2000-01-01,1d;2000-01-01=1;2000-01-01=1}',
	'date{2000-01-01,2d;2000-01-01=2;2000-01-02=1}',
	'date{2000-01-01,1d*2;2000-01-01=1,2000-01-03=2;2000-01-01=1,2000-01-03=2}',
	'date{2000-01-01,1d*2;2000-01-01=2;2000-01-03=1.9999999999999998}',
	'date{1999-12-31,1d;2000-01-01=2;2000-01-01=2}']) AS text;
-- But these are fine: a price between, a tie in time, the same row twice.
SELECT max_drawdown(text::drawdown_summary), observations(text::drawdown_summary) FROM unnest(ARRAY[
	'date{2000-01-01,1d*2;2000-01-01=2;2000-01-03=1.9999999999999996}',
	'date{2000-01-01,0us;2000-01-01=1,2000-01-01=2;2000-01-01=1,2000-01-01=2}',
	'date{2000-01-01,0us*4;2000-01-01=1;2000-01-01=1}']) AS text;

-- Dates and times do not mix.
SELECT error_of($$ SELECT rollup(s) FROM (SELECT drawdown_summary(1, date '2000-01-01') AS s
	UNION ALL SELECT drawdown_summary(1, timestamptz '2000-01-01')) AS x $$);
SELECT error_of($$ SELECT drawdown_summary(p, date '2000-01-01')
	FROM unnest('{1,-1}'::float8[]) AS p $$),
	error_of($$ SELECT drawdown_summary(1, date 'infinity') $$);

-- The functions behind the aggregate are functions like others.
SELECT bubble_summary_transfn(bubble_summary_transfn(NULL, 2, date '2000-01-02'), 1,
	date '2000-01-01');
SELECT bubble_summary_combinefn(s, s), bubble_summary_combinefn(NULL, s),
	bubble_summary_combinefn(s, NULL),
	bubble_summary_transfn(s, NULL, date '2000-01-01')
FROM (SELECT drawdown_summary(price, at) AS s FROM few WHERE price < 9) AS x;
SELECT error_of($$ SELECT bubble_summary_transfn(drawdown_summary(1, date '2000-01-01'), 1,
	timestamptz '2000-01-01') $$);

-- ---------------------------------------------------------------------------
-- Any split gives the answer of all rows
-- ---------------------------------------------------------------------------
SELECT setseed(0.17);
CREATE TABLE summary_rows (series int, kind text, i int, at date, price float8, part int);
INSERT INTO summary_rows
SELECT s.series, kind, i, date '2000-01-01' + (i * 1.3 - 3 * random())::int,
	CASE kind WHEN 'constant' THEN 7 WHEN 'rising' THEN 1 + i WHEN 'falling' THEN 3000 - i
		WHEN 'tied' THEN 1 + (5 * random())::int WHEN 'zeros' THEN (3 * random())::int WHEN 'lost'
			THEN greatest(0, 30 - i)
		WHEN 'nothing' THEN 0
		ELSE exp(sum(0.1 * (random() - 0.5)) OVER (PARTITION BY s.series ORDER BY i)) END,
	(8 * random())::int
FROM (SELECT row_number() OVER ()::int AS series, kind, n
	FROM unnest(ARRAY['walk', 'walk', 'walk', 'constant', 'rising', 'falling', 'tied', 'tied',
		'zeros', 'lost', 'nothing']) AS kind,
		unnest(ARRAY[1, 2, 5, 40, 300, 2000]) AS n
	WHERE n <= 300 OR kind NOT IN ('zeros', 'lost', 'nothing')) AS s,
	generate_series(1, n) AS i;

-- The naive twin, in plain SQL.
CREATE TABLE summary_usable AS
SELECT series, at, price, row_number() OVER w AS place, max(price) OVER w AS peak,
	1 - price / nullif(max(price) OVER w, 0) AS drawdown
FROM summary_rows WINDOW w AS (PARTITION BY series ORDER BY at, price ROWS UNBOUNDED PRECEDING);
CREATE INDEX ON summary_usable (series, place);
CREATE TABLE summary_expected AS
WITH deepest AS (
	SELECT DISTINCT ON (series) series, place AS low, drawdown AS depth, peak
	FROM summary_usable ORDER BY series, drawdown DESC NULLS LAST, place
),
bounds AS (
	SELECT d.*,
		(SELECT max(place) FROM summary_usable u WHERE u.series = d.series AND place < low
			AND price = d.peak) AS high,
		(SELECT min(place) FROM summary_usable u WHERE u.series = d.series AND place > low
			AND price >= d.peak) AS back,
		(SELECT max(place) FROM summary_usable u WHERE u.series = d.series) AS last
	FROM deepest d
)
SELECT b.series, depth AS max_drawdown, l.drawdown, last AS observations,
	CASE WHEN depth > 0 THEN ROW(h.at, h.price, t.at, t.price, r.at, depth,
		(SELECT count(*) + 1 FROM summary_usable u WHERE u.series = b.series AND u.at > h.at
			AND u.at <= coalesce(r.at, l.at)),
		coalesce(r.at, l.at))::drawdown_episode END AS episode
FROM bounds b
	LEFT JOIN summary_usable h ON h.series = b.series AND h.place = high
	JOIN summary_usable t ON t.series = b.series AND t.place = low
	LEFT JOIN summary_usable r ON r.series = b.series AND r.place = back
	JOIN summary_usable l ON l.series = b.series AND l.place = last;
SELECT count(*) AS series, count(*) FILTER (WHERE (episode).recovered_at IS NOT NULL)
	> 5 AS some_recover
FROM summary_expected;

-- Parts by month, by chance and by halves of halves; rolled up in order, in
-- any order, and in two steps; each is also read back from its text.
CREATE TABLE summary_parts AS
SELECT series, 'month' AS cut, extract(epoch FROM date_trunc('month', at))::bigint AS part,
	drawdown_summary(price, at) AS s
FROM summary_rows GROUP BY 1, 3
UNION ALL
SELECT series, 'chance', part, drawdown_summary(price, at ORDER BY random()) FROM summary_rows
GROUP BY 1, 3
UNION ALL
SELECT series, 'row', i, drawdown_summary(price, at) FROM summary_rows
WHERE i <= 300 OR kind = 'walk' GROUP BY 1, 3
UNION ALL
SELECT series, 'row', -1, drawdown_summary(price, at) FROM summary_rows
WHERE NOT (i <= 300 OR kind = 'walk') GROUP BY 1, 3;

CREATE VIEW summary_whole AS
SELECT series, drawdown_summary(price, at)::text AS whole FROM summary_rows GROUP BY series;
CREATE FUNCTION rolled_up(cut text, rolled text)
RETURNS TABLE (of_key text, expected text, got text) LANGUAGE plpgsql AS
$$
BEGIN
	EXECUTE format('CREATE TEMP TABLE rolled AS SELECT series, %2$s AS s FROM summary_parts '
		'WHERE cut = %1$L GROUP BY series', cut, rolled);
	RETURN QUERY
	SELECT * FROM differences('summary_expected', 'series',
		'SELECT series, max_drawdown(s), drawdown(s), observations(s), max_drawdown_episode(s) '
		'FROM rolled')
	UNION ALL SELECT * FROM differences('summary_whole', 'series',
		'SELECT series, s::text FROM rolled');
	DROP TABLE rolled;
END
$$;
SELECT cut, rolled, r.* FROM unnest(ARRAY['month', 'chance', 'row']) AS cut,
	unnest(ARRAY['rollup(s ORDER BY part)', 'rollup(s ORDER BY part DESC)',
		'rollup(s ORDER BY random())',
		'rollup(s::text::drawdown_summary ORDER BY random())']) AS rolled,
	LATERAL rolled_up(cut, rolled) AS r
WHERE cut <> 'row' OR rolled NOT LIKE '%::%';
-- In two steps.
SELECT * FROM differences('summary_expected', 'series', $$ SELECT series, max_drawdown(s),
	drawdown(s), observations(s), max_drawdown_episode(s)
	FROM (SELECT series, rollup(s ORDER BY random()) AS s
		FROM (SELECT series, rollup(s) AS s FROM summary_parts WHERE cut = 'chance' GROUP BY series,
			part % 4) AS steps
		GROUP BY series) AS x $$);

-- Straight from the rows, in every order; and without storing it between.
SELECT count(*) AS series, min((series, whole, s1, s2, s3)::text)
	FILTER (WHERE (s1::text = whole AND s2::text = whole AND s3::text = whole)
	IS NOT TRUE) AS differing
FROM summary_whole JOIN (SELECT series, drawdown_summary(price, at ORDER BY at) AS s1,
	drawdown_summary(price, at ORDER BY at DESC) AS s2,
		drawdown_summary(price, at ORDER BY random()) AS s3
	FROM summary_rows GROUP BY series) AS x USING (series);

-- Parallel plans and partition-wise ones, also of a rollup.
SELECT * FROM in_every_plan('summary_expected', 'series', 'summary_rows', $$
	SELECT series, max_drawdown(s), drawdown(s), observations(s), max_drawdown_episode(s)
	FROM (SELECT series, drawdown_summary(price, at) AS s FROM {rows} GROUP BY series) AS x $$);
CREATE TABLE summary_row AS SELECT series, s, (abs(part) % 9)::int AS part FROM summary_parts
	WHERE cut = 'row';
SELECT * FROM in_every_plan('summary_expected', 'series', 'summary_row', $$
	SELECT series, max_drawdown(s), drawdown(s), observations(s), max_drawdown_episode(s)
	FROM (SELECT series, rollup(s) AS s FROM {rows} GROUP BY series) AS x $$);

-- In windows: growing over rows that come early or late, growing over parts,
-- and moving.
SELECT series, i, s, twin
FROM (SELECT series, i, drawdown_summary(price, at) OVER (w ORDER BY i % 7, i) AS s,
		array_agg(price) OVER (w ORDER BY i % 7, i) AS prices, array_agg(at)
			OVER (w ORDER BY i % 7, i) AS times
	FROM summary_rows WHERE series % 6 IN (3, 4) WINDOW w AS (PARTITION BY series)) AS x,
	LATERAL (SELECT drawdown_summary(p, a) AS twin FROM unnest(prices, times) AS u (p, a)) AS y
WHERE s::text <> twin::text;
SELECT series, part, growing, twin, moving, moving_twin
FROM (SELECT series, part, rollup(s) OVER (PARTITION BY series ORDER BY part) AS growing,
		rollup(s) OVER (PARTITION BY series ORDER BY part ROWS 3 PRECEDING) AS moving, row_number()
			OVER (PARTITION BY series ORDER BY part) AS n
	FROM summary_parts WHERE cut = 'chance' AND series % 6 IN (3, 4)) AS x,
	LATERAL (SELECT drawdown_summary(price, at)::text AS twin,
			drawdown_summary(price, at) FILTER (WHERE r.part IN (SELECT part FROM summary_parts p
				WHERE p.series = x.series AND p.cut = 'chance'
				AND p.part <= x.part ORDER BY part DESC LIMIT 4))::text AS moving_twin
		FROM summary_rows r WHERE r.series = x.series AND r.part <= x.part) AS y
WHERE growing::text <> twin OR moving::text <> moving_twin;

-- ---------------------------------------------------------------------------
-- Kept up to date: one summary a series and month, of which a nightly job
-- renews what follows the last stored month, that one included: no night is
-- missed for good, here of nine eight, month ends among them
-- ---------------------------------------------------------------------------
CREATE TABLE summary_month (
	series int,
	month date,
	summary drawdown_summary NOT NULL,
	PRIMARY KEY (series, month)
);
CREATE VIEW summary_now AS
SELECT series, max_drawdown(s), drawdown(s), observations(s), max_drawdown_episode(s) AS episode
FROM (SELECT series, rollup(summary) AS s FROM summary_month GROUP BY series) AS x;
CREATE FUNCTION nightly(today date) RETURNS void LANGUAGE sql AS
$$
	INSERT INTO summary_month
	SELECT series, date_trunc('month', at), drawdown_summary(price, at)
	FROM summary_rows LEFT JOIN (
		SELECT series, max(month) AS last_month FROM summary_month
		GROUP BY series) AS stored USING (series)
	WHERE (last_month IS NULL OR at >= last_month) AND at <= today GROUP BY 1, 2
	ON CONFLICT (series, month) DO UPDATE SET summary = EXCLUDED.summary;
$$;
SELECT count(*) AS nights FROM (SELECT nightly(d::date)
	FROM generate_series(timestamp '1999-12-01', '2007-06-01', '9 days') AS d) AS x;
SELECT nightly('2007-06-30');
SELECT * FROM differences('summary_expected', 'series', 'SELECT * FROM summary_now');

DROP VIEW summary_now, summary_whole;
DROP TABLE summary_rows, summary_usable, summary_expected, summary_parts, summary_month,
	summary_rows_parts,
	summary_row, summary_row_parts;
DROP FUNCTION nightly, rolled_up;
