-- Drawdown and run-up: values, rules, errors, and that every plan gives one
-- answer.
\getenv srcdir PG_ABS_SRCDIR
\set setup :srcdir '/setup.sql'
\i :setup
SET datestyle = ISO;

-- DolphinDB's example: maximum drawdown 0.75, and its path.
CREATE TEMP TABLE dolphin (i int, price float8);
INSERT INTO dolphin
SELECT i, x FROM unnest(ARRAY[36, 96, 42, 100, 59, 86, 25, 64, 72])
	WITH ORDINALITY AS u (x, i);
SELECT max_drawdown(price ORDER BY i), drawdown(price ORDER BY i),
	max_runup(price ORDER BY i), runup(price ORDER BY i) FROM dolphin;
SELECT i, price, drawdown(price) OVER w, max_drawdown(price) OVER w,
	runup(price) OVER w, max_runup(price) OVER w
FROM dolphin WINDOW w AS (ORDER BY i);

-- Bacon's monthly returns: maximum drawdown 0.14467295574.
CREATE TEMP TABLE bacon (i int, ret float8);
INSERT INTO bacon
SELECT i, x FROM unnest(ARRAY[0.003, 0.026, 0.011, -0.01, 0.015, 0.025, 0.016,
	0.067, -0.014, 0.04, -0.005, 0.081, 0.04, -0.037, -0.061, 0.017, -0.049,
	-0.022, 0.07, 0.058, -0.065, 0.024, -0.005, -0.009])
	WITH ORDINALITY AS u (x, i);
SELECT abs(max_drawdown_of_returns(ret ORDER BY i) - 0.14467295574) < 1e-9 AS max_drawdown,
	abs(drawdown_of_returns(ret ORDER BY i) - 0.08586581073639) < 1e-12 AS drawdown
FROM bacon;

-- The wealth before the first return counts, in every frame anew.
SELECT max_drawdown_of_returns(-0.1), drawdown_of_returns(-0.1),
	max_drawdown_of_returns(0.1) AS gain;
SELECT i, round(drawdown_of_returns(r) OVER f::numeric, 12) AS drawdown,
	round(max_drawdown_of_returns(r) OVER f::numeric, 12) AS max_drawdown
FROM unnest(ARRAY[0.1, -0.2, NULL, 0.05, -0.1, 0.5]) WITH ORDINALITY AS u (r, i)
WINDOW f AS (ORDER BY i ROWS 1 PRECEDING);

-- All is lost by a return of -1, until it has left the frame.
SELECT i, drawdown_of_returns(r) OVER w AS drawdown,
	drawdown_of_returns(r) OVER f AS drawdown_of_3,
	max_drawdown_of_returns(r) OVER f AS max_of_3
FROM unnest(ARRAY[0.5, -1, 1, 7, -0.5, -1, -1, 3, -0.25, -0.5]) WITH ORDINALITY AS u (r, i)
WINDOW w AS (ORDER BY i), f AS (ORDER BY i ROWS 2 PRECEDING);

-- The product of returns is too large for a double, or too small.
SELECT min(worst) AS worst_doubling, min(worst_of_1500) AS of_1500, max(halved) AS halved
FROM (SELECT max_drawdown_of_returns(1.0) OVER (ORDER BY i) AS worst,
		max_drawdown_of_returns(1.0) OVER f AS worst_of_1500,
		max_drawdown_of_returns(CASE i WHEN 1900 THEN -0.5 ELSE 1.0 END) OVER f AS halved
	FROM generate_series(1, 2000) AS i
	WINDOW f AS (ORDER BY i ROWS 1499 PRECEDING)) AS x;
SELECT max(drawdown) AS all_but_nothing, max(drawdown_of_1500) AS of_1500
FROM (SELECT drawdown_of_returns(-0.5) OVER (ORDER BY i) AS drawdown,
		drawdown_of_returns(CASE WHEN i > 1200 THEN 1e300 ELSE -0.5 END) OVER f AS drawdown_of_1500
	FROM generate_series(1, 2000) AS i
	WINDOW f AS (ORDER BY i ROWS 1499 PRECEDING)) AS x;

-- Other number types arrive by implicit casts.
SELECT max_drawdown(x::int ORDER BY i), max_drawdown(x::numeric ORDER BY i),
	max_drawdown(x::real ORDER BY i)
FROM (VALUES (1, 4), (2, 1)) AS v (i, x);

-- quantstats issue 233: a recovered and an open episode.
CREATE TEMP TABLE quantstats (at date, price float8);
INSERT INTO quantstats
SELECT date '2024-01-01' + i::int, x
FROM unnest(ARRAY[100, 101, 99, 98, 97, 101, 99]) WITH ORDINALITY AS u (x, i);
SELECT (max_drawdown_episode(price, at)).* FROM quantstats;
SELECT (max_drawdown_episode(price, at)).* FROM quantstats
WHERE at > '2024-01-06';

-- A date in gives a date out, a timestamptz a timestamptz.
SELECT pg_typeof((max_drawdown_episode(price, at)).peak_at) AS of_date,
	pg_typeof((max_drawdown_episode(price, at::timestamptz)).peak_at) AS of_time
FROM quantstats;

-- The peak is the last row at the peak price, the trough the first at the
-- lowest; a row back at exactly the peak ends the episode; of equally deep
-- episodes the earliest counts.
SELECT (max_drawdown_episode(price, date '2024-01-01' + i::int)).*
FROM unnest(ARRAY[8, 10, 10, 6, 5, 7, 5, 10, 9, 5, 10])
	WITH ORDINALITY AS u (price, i);

-- No usable row: NULL.  One row or no fall: 0 and no episode.
SELECT max_drawdown(price), max_drawdown(price, at),
	max_drawdown_episode(price, at), drawdown(price), drawdown(price, at),
	max_runup(price), max_runup(price, at), runup(price), runup(price, at),
	max_drawdown_of_returns(price), drawdown_of_returns(price)
FROM quantstats WHERE false;
SELECT max_drawdown(p), max_drawdown(p, d), max_drawdown_episode(p, d),
	drawdown(p), drawdown(p, d), max_runup(p), max_runup(p, d), runup(p),
	runup(p, d), max_drawdown_of_returns(p), drawdown_of_returns(p)
FROM (VALUES (NULL::float8, NULL::date), (NULL, '2000-01-01'))
	AS v (p, d);
SELECT max_drawdown(1.0, NULL::date), drawdown(1.0, NULL::date),
	max_drawdown_episode(1.0, NULL::date), max_runup(1.0, NULL::date),
	runup(1.0, NULL::timestamptz);
SELECT max_drawdown(p), max_drawdown(p, d), max_drawdown_episode(p, d),
	drawdown(p), drawdown(p, d), max_runup(p), max_runup(p, d), runup(p),
	runup(p, d)
FROM (VALUES (7.0, date '2000-01-01')) AS v (p, d);
SELECT max_drawdown(7, d), drawdown(7, d), max_drawdown_episode(7, d),
	max_runup(7, d), runup(7, d)
FROM generate_series(timestamptz '2000-01-01', '2000-02-01', '1 day') AS d;
SELECT max_drawdown(i, d), drawdown(i, d), max_drawdown_episode(i, d),
	max_runup(10 - i, d), runup(10 - i, d)
FROM generate_series(1, 9) AS i, LATERAL (SELECT date '2000-01-01' + i) AS x (d);

-- Of rows with the same time the larger value is the later one.
SELECT max_drawdown(p, d ORDER BY p) AS up, max_drawdown(p, d ORDER BY p DESC) AS down,
	drawdown(p, d ORDER BY p), (max_drawdown_episode(p, d ORDER BY p DESC)).observations,
	max_runup(p, d ORDER BY p) AS runup_up, max_runup(p, d ORDER BY p DESC) AS runup_down,
	runup(p, d ORDER BY p DESC)
FROM (VALUES (8.0, date '2000-01-01'), (10, '2000-01-02'), (5, '2000-01-02'),
	(9, '2000-01-02')) AS v (p, d);

-- Prices of any size; a quotient may be too small for a double, but not too
-- large.
SELECT max_drawdown(p, d), drawdown(p, d)
FROM (VALUES (1e300::float8, date '2020-01-01'), (1e-300, '2020-01-02')) AS v (p, d);
SELECT max_drawdown(p ORDER BY i), drawdown(p ORDER BY i)
FROM (VALUES (1, 1.7976931348623157e308::float8), (2, 5e-324), (3, 1e308))
	AS v (i, p);

SELECT runup(p, d), max_runup(p, d)
FROM (VALUES (1e-300::float8, date '2020-01-01'), (1e7, '2020-01-02')) AS v (p, d);
SELECT error_of(format('SELECT %s FROM (VALUES (1, 1e-300::float8, date ''2020-01-01''), '
	'(2, 1e300, ''2020-01-02'')) AS v (i, p, d)', f))
FROM unnest(ARRAY['runup(p ORDER BY i)', 'max_runup(p, d)',
	'max_runup(p) OVER (ORDER BY i ROWS 1 PRECEDING)']) AS f;

-- Bad input.
SELECT error_of(format('SELECT %s '
	'FROM (VALUES (1.0::float8, date ''2000-01-01''), (%L, ''2000-01-02'')) AS v (p, d)', f, p))
FROM unnest(ARRAY['max_drawdown(p)', 'drawdown(p)', 'max_drawdown(p, d)',
	'drawdown(p, d)', 'max_drawdown_episode(p, d)', 'max_drawdown(p, d::timestamptz)',
	'runup(p)', 'max_runup(p)', 'runup(p, d)', 'max_runup(p, d::timestamptz)',
	'max_drawdown(p) OVER (ORDER BY d ROWS 1 PRECEDING)',
	'max_runup(p) OVER (ORDER BY d ROWS 1 PRECEDING)',
	'drawdown(p, d) OVER (ORDER BY d ROWS 1 PRECEDING)']) AS f,
	unnest(ARRAY['NaN', 'Infinity', '-Infinity', '-1']) AS p
WHERE f LIKE 'max_drawdown(p)%' OR p = '-1';
SELECT error_of(format('SELECT %s FROM (VALUES (1, 0.5::float8), (2, %L)) AS v (i, r)', f, r))
FROM unnest(ARRAY['drawdown_of_returns(r)', 'max_drawdown_of_returns(r)',
	'drawdown_of_returns(r) OVER (ORDER BY i ROWS 1 PRECEDING)']) AS f,
	unnest(ARRAY['-1.01', 'NaN', 'Infinity', '-Infinity']) AS r
WHERE f LIKE 'max%' OR r = '-1.01';
SELECT error_of(format('SELECT %s(1.0, %s)', f, d))
FROM unnest(ARRAY['max_drawdown', 'drawdown', 'max_drawdown_episode', 'max_runup']) AS f,
	unnest(ARRAY['date ''infinity''', 'date ''-infinity''',
		'timestamptz ''infinity''', 'date ''300000-01-01''']) AS d
WHERE f = 'drawdown' OR d = 'date ''infinity''';

-- ---------------------------------------------------------------------------
-- Properties, on random series of many kinds
-- ---------------------------------------------------------------------------
SELECT setseed(0.42);
CREATE TABLE drawdown_series (
	series int, kind text, i int, at date, price float8, part int
);
INSERT INTO drawdown_series
SELECT s.series, kind, i,
	-- gaps between the times, and several rows at one time; some unknown
	CASE WHEN random() < 0.02 THEN NULL
		ELSE date '2000-01-01' + (i * 1.3 - 3 * random())::int END,
	CASE WHEN random() < 0.02 THEN NULL
		WHEN kind = 'constant' THEN 7
		WHEN kind = 'rising' THEN 1 + i
		WHEN kind = 'falling' THEN 1000 - i
		WHEN kind = 'tied' THEN 1 + (5 * random())::int
		WHEN kind = 'zeros' THEN (3 * random())::int
		WHEN kind = 'lost' THEN greatest(0, 20 - i)
		WHEN kind = 'nothing' THEN 0
		ELSE exp(sum(0.1 * (random() - 0.5)) OVER (PARTITION BY s.series ORDER BY i))
	END,
	(8 * random())::int
FROM (SELECT row_number() OVER ()::int AS series, kind, n
	FROM unnest(ARRAY['walk', 'walk', 'constant', 'rising', 'falling', 'tied', 'zeros', 'lost',
		'nothing']) AS kind,
		unnest(ARRAY[1, 2, 3, 10, 100, 700]) AS n
	WHERE n < 700 OR kind IN ('walk', 'constant', 'rising', 'falling', 'tied')) AS s,
	generate_series(1, n) AS i;

-- The naive twin: windows in plain SQL, in the order of time.  Of a peak of 0
-- nothing can be lost; a gain from 0 is infinite.
CREATE FUNCTION naive_gain(price float8, lowest float8) RETURNS float8 LANGUAGE sql IMMUTABLE
RETURN CASE WHEN lowest > 0 THEN price / lowest - 1 WHEN price > 0 THEN 'Infinity' END;
CREATE TABLE drawdown_usable AS
SELECT series, at, price, row_number() OVER w AS place,
	max(price) OVER w AS peak,
	1 - price / nullif(max(price) OVER w, 0) AS drawdown,
	naive_gain(price, min(price) OVER w) AS runup
FROM drawdown_series WHERE at IS NOT NULL AND price IS NOT NULL
WINDOW w AS (PARTITION BY series ORDER BY at, price
	ROWS UNBOUNDED PRECEDING);

CREATE VIEW drawdown_twin AS
WITH deepest AS (
	SELECT DISTINCT ON (series) series, place AS low, drawdown AS depth, peak
	FROM drawdown_usable
	ORDER BY series, drawdown DESC NULLS LAST, place
),
bounds AS (
	SELECT d.*,
		(SELECT max(place) FROM drawdown_usable u
		 WHERE u.series = d.series AND place < low AND price = d.peak) AS high,
		(SELECT min(place) FROM drawdown_usable u
		 WHERE u.series = d.series AND place > low AND price >= d.peak) AS back,
		(SELECT max(place) FROM drawdown_usable u
		 WHERE u.series = d.series) AS last
	FROM deepest d
)
SELECT b.series, depth AS max_drawdown, l.drawdown,
	(SELECT nullif(max(runup), 'Infinity') FROM drawdown_usable u
		WHERE u.series = b.series) AS max_runup,
	nullif(l.runup, 'Infinity') AS runup,
	CASE WHEN depth > 0 THEN ROW(h.at, h.price, t.at, t.price, r.at, depth,
		(SELECT 1 + count(*) FROM drawdown_usable u WHERE u.series = b.series
		 AND u.at > h.at AND u.at <= coalesce(r.at, 'infinity')),
			coalesce(r.at, l.at))::drawdown_episode_date
		END AS episode
FROM bounds b
	LEFT JOIN drawdown_usable h ON h.series = b.series AND h.place = high
	JOIN drawdown_usable t ON t.series = b.series AND t.place = low
	LEFT JOIN drawdown_usable r ON r.series = b.series AND r.place = back
	JOIN drawdown_usable l ON l.series = b.series AND l.place = last;

CREATE TABLE drawdown_expected AS
SELECT series, t.max_drawdown, t.drawdown, t.max_runup, t.runup, t.episode
FROM (SELECT DISTINCT series FROM drawdown_series) AS s
	LEFT JOIN drawdown_twin t USING (series);
SELECT count(*) AS series, count(max_drawdown) AS with_rows,
	count(*) FILTER (WHERE max_drawdown > 0) > 10 AS many_fall,
	count(*) FILTER (WHERE max_runup > 0) > 10 AS many_rise
FROM drawdown_expected;

SELECT * FROM in_every_plan('drawdown_expected', 'series', 'drawdown_series', $$
	SELECT series, max_drawdown(price, at {order}), drawdown(price, at {order}),
		max_runup(price, at {order}),
		runup(price, at {order}), max_drawdown_episode(price, at {order})
	FROM {rows} GROUP BY series $$, 'at');
SELECT form, d.* FROM (VALUES ('without time', $$
	SELECT series, max_drawdown(price ORDER BY at, price), drawdown(price ORDER BY at, price),
		max_runup(price ORDER BY at, price), runup(price ORDER BY at, price),
			max_drawdown_episode(price, at)
	FROM drawdown_series
	WHERE at IS NOT NULL OR series IN (SELECT series FROM drawdown_expected
		WHERE max_drawdown IS NULL)
	GROUP BY series $$)) AS v (form, query), differences('drawdown_expected', 'series', query) AS d;

-- timestamptz gives the same as date.
SELECT * FROM differences('drawdown_expected', 'series', $$
	SELECT series, max_drawdown(price, at::timestamptz), drawdown(price, at::timestamptz),
		max_runup(price, at::timestamptz), runup(price, at::timestamptz),
		CASE WHEN e IS NOT NULL OR (e).peak_at IS NOT NULL THEN
			ROW((e).peak_at::date, (e).peak, (e).trough_at::date, (e).trough,
				(e).recovered_at::date, (e).depth, (e).observations,
					(e).last_at::date)::drawdown_episode_date END
	FROM drawdown_series JOIN (SELECT series, max_drawdown_episode(price, at::timestamptz) AS e
		FROM drawdown_series GROUP BY series) AS x USING (series)
	GROUP BY series, e $$);

-- Moving frames against a twin that computes each frame from scratch.
CREATE TABLE drawdown_frames AS
SELECT row_number() OVER (ORDER BY series, at, price, i) AS id, *,
	CASE WHEN random() < 0.02 THEN NULL WHEN random() < 0.003 THEN -1
		ELSE 0.2 * (random() - 0.5) END AS ret
FROM drawdown_series
WHERE series IN (SELECT series FROM drawdown_series GROUP BY series
	HAVING count(*) IN (10, 100)) OR
	series = (SELECT min(series) FROM drawdown_series WHERE kind = 'walk'
		AND i = 700) OR
	series = (SELECT min(series) FROM drawdown_series WHERE kind = 'tied'
		AND i = 700);

-- All measures of an array of prices, in its order.
CREATE FUNCTION naive_drawdown(prices float8[]) RETURNS float8[]
LANGUAGE plpgsql IMMUTABLE STRICT AS
$$
DECLARE
	peak float8;
	trough float8;
	max_drawdown float8;
	max_runup float8;
	price float8;
BEGIN
	FOREACH price IN ARRAY array_remove(prices, NULL) LOOP
		peak := greatest(peak, price);
		trough := least(trough, price);
		max_drawdown := greatest(max_drawdown, 1 - price / nullif(peak, 0));
		max_runup := greatest(max_runup, naive_gain(price, trough));
	END LOOP;
	RETURN ARRAY[max_drawdown, 1 - price / nullif(peak, 0), nullif(max_runup, 'Infinity'),
		nullif(naive_gain(price, trough), 'Infinity')];
END
$$;

-- The same of returns: wealth is followed from 1 on.
CREATE FUNCTION naive_drawdown_of_returns(returns float8[]) RETURNS float8[]
LANGUAGE plpgsql IMMUTABLE STRICT AS
$$
DECLARE
	wealth float8 := 1;
	peak float8 := 1;
	worst float8;
	one float8;
BEGIN
	FOREACH one IN ARRAY array_remove(returns, NULL) LOOP
		wealth := wealth * (1 + one);
		peak := greatest(peak, wealth);
		worst := greatest(worst, 1 - wealth / peak);
	END LOOP;
	RETURN ARRAY[worst, CASE WHEN worst IS NOT NULL THEN 1 - wealth / peak END];
END
$$;

SELECT * FROM in_frames($$
	SELECT series, id, untimed, untimed_twin, timed, timed_twin, by_returns, returns_twin FROM (
		SELECT series, id, ARRAY[max_drawdown(price) OVER f, drawdown(price) OVER f,
				max_runup(price) OVER f, runup(price) OVER f] AS untimed,
			ARRAY[max_drawdown(price, at) OVER f, drawdown(price, at) OVER f,
				max_runup(price, at) OVER f, runup(price, at) OVER f] AS timed,
			ARRAY[max_drawdown_of_returns(ret) OVER f,
				drawdown_of_returns(ret) OVER f] AS by_returns,
			array_agg(price) OVER f AS prices, array_agg(at) OVER f AS times,
			array_agg(ret) OVER f AS returns
		FROM drawdown_frames
		WINDOW f AS (PARTITION BY series {frame})) AS x,
	LATERAL (
		SELECT coalesce(naive_drawdown(prices), '{NULL,NULL,NULL,NULL}') AS untimed_twin,
			coalesce(naive_drawdown((SELECT array_agg(u.p ORDER BY u.a, u.p)
				FROM unnest(prices, times) AS u (p, a)
				WHERE u.a IS NOT NULL)), '{NULL,NULL,NULL,NULL}') AS timed_twin,
			coalesce(naive_drawdown_of_returns(returns), '{NULL,NULL}') AS returns_twin) AS y
	WHERE untimed IS DISTINCT FROM untimed_twin OR
		timed IS DISTINCT FROM timed_twin OR
		(by_returns[1] IS NULL) <> (returns_twin[1] IS NULL) OR
		abs(by_returns[1] - returns_twin[1]) > 1e-12 OR
		(by_returns[2] IS NULL) <> (returns_twin[2] IS NULL) OR
		abs(by_returns[2] - returns_twin[2]) > 1e-12 $$,
	ARRAY[
	'ORDER BY id ROWS CURRENT ROW',
	'ORDER BY id ROWS 1 PRECEDING',
	'ORDER BY id ROWS 19 PRECEDING',
	'ORDER BY id ROWS 251 PRECEDING',
	'ORDER BY id ROWS UNBOUNDED PRECEDING',
	'ORDER BY id ROWS BETWEEN 10 PRECEDING AND 5 FOLLOWING',
	'ORDER BY id ROWS BETWEEN 7 FOLLOWING AND 9 FOLLOWING',
	'ORDER BY id ROWS BETWEEN 9 PRECEDING AND 7 PRECEDING',
	'ORDER BY id ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING',
	'ORDER BY id ROWS BETWEEN 5 PRECEDING AND 5 FOLLOWING EXCLUDE CURRENT ROW',
	'ORDER BY at RANGE ''10 days'' PRECEDING',
	'ORDER BY at RANGE BETWEEN ''9 days'' PRECEDING AND ''3 days'' PRECEDING',
	'ORDER BY at GROUPS BETWEEN 3 PRECEDING AND CURRENT ROW',
	'ORDER BY at GROUPS BETWEEN 2 PRECEDING AND 2 FOLLOWING EXCLUDE GROUP',
	'ORDER BY id DESC ROWS 19 PRECEDING',
	'ORDER BY md5(id::text) ROWS 30 PRECEDING',
	'ORDER BY md5(id::text) ROWS UNBOUNDED PRECEDING']);

-- Episodes in growing and moving frames: depth as max_drawdown says, rows as
-- they are there.
SELECT series, id, e, m, e20, m20
FROM (SELECT series, id, max_drawdown_episode(price, at) OVER f AS e,
	max_drawdown(price, at) OVER f AS m,
		max_drawdown_episode(price, at) OVER g AS e20, max_drawdown(price, at) OVER g AS m20
	FROM drawdown_frames
	WINDOW f AS (PARTITION BY series ORDER BY id),
		g AS (PARTITION BY series ORDER BY id ROWS 19 PRECEDING)) AS x
WHERE coalesce((e).depth, 0) IS DISTINCT FROM coalesce(m, 0) OR
	coalesce((e20).depth, 0) IS DISTINCT FROM coalesce(m20, 0) OR
	(e).depth IS DISTINCT FROM 1 - (e).trough / (e).peak OR
	(e).trough_at < (e).peak_at OR (e).recovered_at < (e).trough_at;

-- Episodes in growing frames with rows that are late, or tied in time.
SELECT series, id, e, twin
FROM (SELECT series, id, max_drawdown_episode(price, at) OVER f AS e,
	array_agg(price) OVER f AS prices,
		array_agg(at) OVER f AS times
	FROM drawdown_frames
	WINDOW f AS (PARTITION BY series ORDER BY (id * 7919 % 1009) / 300, at
		ROWS UNBOUNDED PRECEDING)) AS x,
	LATERAL (SELECT max_drawdown_episode(p, a ORDER BY a, p) AS twin
		FROM unnest(prices, times) AS u (p, a)) AS y
WHERE e IS DISTINCT FROM twin;

-- Late rows beyond what a state lets wait, and states merged again and again.
SELECT is_same(max_drawdown(p, t), max_drawdown(p, t ORDER BY t)) AS shuffled,
	is_same(drawdown(p, t), drawdown(p, t ORDER BY t)) AS last,
	is_same(max_runup(p, t), max_runup(p, t ORDER BY t)) AS runup_shuffled,
	is_same(runup(p, t), runup(p, t ORDER BY t DESC)) AS runup_last
FROM (SELECT exp(sum(0.02 * (random() - 0.5)) OVER (ORDER BY i)) AS p,
		timestamptz '2000-01-01' + i * interval '1 minute' AS t
	FROM generate_series(1, 20000) AS i ORDER BY md5(i::text)) AS x;

DROP VIEW drawdown_twin;
DROP TABLE drawdown_series, drawdown_usable, drawdown_expected, drawdown_series_parts,
	drawdown_frames;
DROP FUNCTION naive_gain, naive_drawdown, naive_drawdown_of_returns;

-- A moving frame of returns answers as the group of its rows does, to the last
-- digit.
CREATE TABLE some_return AS
SELECT i, date '2000-01-01' + i AS at, greatest(0.3 * sin(i * i * 0.7) * cos(i * 1.3), CASE i
	WHEN 700 THEN -1 ELSE -0.99 END) AS r
FROM generate_series(1, 1500) AS i;
SELECT count(*) AS frames, count(*)
	FILTER (WHERE f.drawdown IS DISTINCT FROM g.drawdown) AS drawdown_differs,
	count(*) FILTER (WHERE f.worst IS DISTINCT FROM g.worst) AS worst_differs,
		count(DISTINCT f.drawdown) > 1000 AS varied
FROM (
	SELECT i, drawdown_of_returns(r) OVER w AS drawdown, max_drawdown_of_returns(r) OVER w AS worst
	FROM some_return WINDOW w AS (ORDER BY i ROWS 90 PRECEDING)
) AS f, LATERAL (
	SELECT drawdown_of_returns(s.r, s.at) AS drawdown,
		max_drawdown_of_returns(s.r ORDER BY s.i) AS worst
	FROM some_return AS s WHERE s.i BETWEEN f.i - 90 AND f.i
) AS g;
DROP TABLE some_return;
