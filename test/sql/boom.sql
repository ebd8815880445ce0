-- Run-ups of a price against its market, and the odds that such ones crash.
\getenv srcdir PG_ABS_SRCDIR
\set setup :srcdir '/setup.sql'
\i :setup
SET datestyle = ISO;
SET timezone = 'UTC';
SET jit = off;

-- ---- run_ups ----

-- By hand: a price that grows two and a half times in 24 months, a market that
-- stands still, and a fall of 45 % in the month after.
CREATE VIEW by_hand AS
SELECT (date '2000-01-01' + i * interval '1 month')::date AS month, 7.0::float8 AS market,
	100 * 2.5 ^ (least(i, 24) / 24.0) * CASE WHEN i > 24 THEN 0.55 ELSE 1 END AS price
FROM generate_series(0, 40) AS i;
SELECT identified_at, run_up, net_run_up, long_run_up, round(acceleration::numeric, 10) AS
	acceleration,
	round(volatility::numeric, 12) = 0 AS smooth, round(drawdown_ahead::numeric, 12) AS ahead,
		crashed, long_from_at
FROM unnest((SELECT run_ups(price, market, month) FROM by_hand)) AS r;
-- Volatility is that of price_summary() over the same rows.
SELECT abs(r.volatility - p.volatility) < 1e-12 AS volatility
FROM unnest((SELECT run_ups(price, market, month) FROM
	(SELECT month, market, price * CASE WHEN month < '2002-01-01' THEN 1 + 0.1 *
	(extract(month FROM month)::int % 2) ELSE 1 END AS price FROM by_hand) AS b)) AS r,
	(SELECT (price_summary(price * CASE WHEN month < '2002-01-01' THEN 1 + 0.1 *
		(extract(month FROM month)::int % 2) ELSE 1 END, month)).volatility FROM by_hand WHERE
		month <= '2002-01-01') AS p;

-- Exactly double, exactly as much more than the market, exactly 40 % lost: in
-- decimal, whatever rounding says.  A hair less is less.
SELECT factor, fall, (SELECT format('%s %s', count(*), string_agg(crashed::text, ' ')) FROM
	unnest(r)) AS run_ups
FROM (SELECT factor, fall, run_ups(price, market, day) AS r
	FROM (VALUES (2.2, 0.6), (2.2, 0.61), (2.19, 0.6)) AS v (factor, fall),
		LATERAL (VALUES (date '2000-01-01', 0.1, 0.7), ('2002-01-01', 0.1 * factor, 0.7 * 1.2),
			('2003-01-01', 0.1 * factor * fall, 1), ('2004-01-01', 0.1 * factor, 1)) AS p
			(day, price, market)
	GROUP BY factor, fall) AS x ORDER BY factor, fall;

-- The outcome is open until the 24 months are over, unless it has crashed.
SELECT last, (SELECT format('%s %s', round(drawdown_ahead::numeric, 2), crashed) FROM unnest(r)) AS
	so_far
FROM unnest('{2002-01-01,2002-02-01,2002-12-01,2003-12-01,2004-01-01}'::date[]) AS last,
	LATERAL (SELECT run_ups(price, 1, month) AS r FROM
		(SELECT month, CASE WHEN month = '2002-02-01' THEN price * 1.2 ELSE price END AS price FROM
		(SELECT month, CASE WHEN month >= '2003-01-01' THEN 140 WHEN month > '2002-01-01' THEN 160
		ELSE 100 * 2.5 ^ ((extract(year FROM month) - 2000) / 2) END AS price
		FROM generate_series(timestamp '2000-01-01', '2005-01-01', '1 month') AS t, LATERAL
			(SELECT t::date AS month) AS m) AS p) AS q WHERE month <= last) AS l;
SELECT (SELECT format('%s %s', round(drawdown_ahead::numeric, 2), crashed) FROM unnest(r)) AS
	crashed_already
FROM (SELECT run_ups(price, market, month) AS r FROM by_hand WHERE month <= '2002-02-01') AS x;

-- Threshold and span: other run-ups, of other lengths of time.  There is no
-- second one within a span of the first.
CREATE VIEW doubling AS
SELECT (date '2000-01-01' + i * interval '1 month')::date AS month, 2 ^ (i / 12.0) AS price,
	5.0::float8 AS market FROM generate_series(0, 72) AS i;
SELECT span, threshold, (SELECT string_agg(format('%s %s', identified_at,
	round(run_up::numeric, 2)), ', ' ORDER BY identified_at) FROM unnest(r)) AS run_ups
FROM (SELECT span, threshold, run_ups(price, market, month, threshold, span) AS r
	FROM doubling, (VALUES (interval '24 months', 1.0), ('24 months', 3), ('24 months', 3.1),
		('1 year', 1), ('1 year', 0.5), ('6 months', 0.4), ('730 days', 2)) AS v (span, threshold)
		GROUP BY span, threshold) AS x ORDER BY span, threshold;
SELECT run_ups(price, market, month) = run_ups(price, market, month, 1) AS default_threshold,
	run_ups(price, market, month, 0.5) = run_ups(price, market, month, 0.5, '24 months') AS
	default_span FROM doubling;

-- The calendar: monthly rows at the first or the last day of the month,
-- quarterly and daily ones, dates and times, find the same run-up.  The year
-- 2004 has a 29 February, 2002 and 2006 have none.
CREATE FUNCTION growth(date) RETURNS float8 LANGUAGE sql IMMUTABLE
RETURN CASE WHEN $1 < '2004-03-01' THEN 100 + ($1 - date '2000-01-01') / 1000.0 WHEN $1 <
	'2006-03-01' THEN 203.5 ELSE 120 END;
SELECT kind, e.identified_at, round(e.run_up::numeric, 3) AS run_up,
	round(e.acceleration::numeric, 3) AS acceleration, e.crashed, e.long_from_at
FROM (SELECT kind, run_ups(growth(day), 1, day) AS r
	FROM (SELECT 'daily' AS kind, d::date AS day FROM
		generate_series(timestamp '2001-02-28', '2006-06-30', '1 day') AS d
		UNION ALL SELECT 'first of the month', d::date FROM
			generate_series(timestamp '2001-02-01', '2006-06-01', '1 month') AS d
		UNION ALL SELECT 'last of the month', (d - interval '1 day')::date FROM
			generate_series(timestamp '2001-03-01', '2006-07-01', '1 month') AS d
		UNION ALL SELECT 'quarter ends', (d - interval '1 day')::date FROM
			generate_series(timestamp '2001-01-01', '2006-07-01', '3 months') AS d) AS days GROUP
			BY kind) AS x,
	unnest(r) AS e ORDER BY kind;
-- The last of February 2006 is within 24 months of the last of February 2004.
SELECT (SELECT format('%s %s %s', identified_at, drawdown_ahead, crashed) FROM unnest(run_ups)) AS
	leap
FROM (SELECT run_ups(price, 1, at) FROM (VALUES (date '2002-02-28', 1), ('2004-02-29', 2.5),
	('2005-02-28', 2), ('2006-02-28', 1)) AS v (at, price)) AS x;
SELECT (SELECT format('%s %s', identified_at, crashed) FROM unnest(run_ups)) AS leap_back
FROM (SELECT run_ups(price, 1, at) FROM (VALUES (date '2004-02-29', 1), ('2006-02-28', 2.5),
	('2008-02-29', 1)) AS v (at, price)) AS x;
-- So it is of times, at the hour of all rows and at a later one; it is not if
-- the day is not the last of a month.
SELECT day, clock, (SELECT format('%s %s', identified_at, crashed) FROM unnest(r)) AS run_up
FROM unnest('{31,30}'::int[]) AS day, unnest('{21:30,22:30,20:30}'::time[]) AS clock,
	LATERAL (SELECT run_ups(price, 1, at2) AS r FROM (VALUES (timestamptz '2000-03-01 21:30', 1),
		('2002-03-01 21:30', 2.5), (timestamptz '2004-03-01' + clock::interval, 1)) AS v
		(at, price),
		LATERAL (SELECT at + (day - 1) * interval '1 day') AS a (at2)) AS l ORDER BY 1, 2;
-- Gaps: the price of 24 months ago is the last one not later, if it is not
-- older than six months more; the long span is as long as it can be.
SELECT first, (SELECT string_agg(format('%s %s from %s', identified_at, run_up, long_from_at),
	', ') FROM unnest(r)) AS run_ups
FROM unnest('{1999-12-31,1999-07-05,1999-06-30,1995-01-01}'::date[]) AS first,
	LATERAL (SELECT run_ups(price, 1, at) AS r FROM (VALUES (first, 1.0), ('2002-01-01', 3)) AS v
		(at, price)) AS l;
-- Half a span ago, and the market, can be unknown as well.
SELECT (SELECT format('%s %s', run_up, coalesce(acceleration::text, 'unknown')) FROM
	unnest(run_ups)) AS half FROM (SELECT run_ups(price, 1, at) FROM
	(VALUES (date '2000-01-01', 1), ('2001-09-01', 2), ('2002-01-01', 3)) AS v (at, price)) AS x;
-- Rows without a price, a market or a time are left out.
SELECT run_ups(price, market, month) = (SELECT run_ups(price, market, month) FROM by_hand) AS
	skipped
FROM (TABLE by_hand UNION ALL VALUES (date '2001-05-05', NULL, 3.0::float8),
	('2001-05-06', 3, NULL), (NULL, 3, 3)) AS v (month, market, price);

-- Nothing, one row, twenty, no change, straight lines, zeros: no run-up.
SELECT run_ups(1, 1, day) AS nothing FROM (SELECT date '2000-01-01' AS day WHERE false) AS n;
SELECT run_ups(NULL, 1, date '2000-01-01') AS unknown, run_ups(1, 1, date '2000-01-01') AS one;
SELECT run_ups(5, 5, day) AS constant, run_ups(i, i, day) AS as_the_market, run_ups(0, 1, day) AS
	worthless, run_ups(i, 0, day) AS no_market, run_ups(i % 30, 1, day) AS from_zero
FROM generate_series(0, 29) AS i, LATERAL (SELECT
	(date '2000-01-01' + i * interval '1 month')::date AS day) AS d;
SELECT run_ups(i, 1, (date '2000-01-01' + i * interval '1 month')::date) AS twenty FROM
	generate_series(1, 20) AS i;
-- A loss of everything.
SELECT (SELECT format('%s %s', drawdown_ahead, crashed) FROM unnest(run_ups)) AS all_lost FROM
	(SELECT run_ups(price, 1, at) FROM (VALUES (date '2000-01-01', 1), ('2002-01-01', 3),
	('2002-02-01', 0), ('2004-01-01', 2)) AS v (at, price)) AS x;
SELECT error_of(format('SELECT run_ups(%s) FROM doubling', a)) FROM
	unnest(ARRAY['''NaN''::float8, market, month', 'price, ''NaN''::float8, month',
	'-price, market, month', 'price, -market, month', '''Infinity''::float8, market, month',
	'price, market, ''infinity''::date', 'price, market, month, 0', 'price, market, month, -1',
		'price, market, month, NULL', 'price, market, month, ''NaN''',
		'price, market, month, price', 'price, market, month, 1, ''0 days''',
		'price, market, month, 1, NULL',
	'price, market, month, 1, ''300000 years''',
		'CASE WHEN month < ''2001-01-01'' THEN 1e-300 ELSE 1e300 END, market, month']) AS a;

-- Where run-ups may be identified: the first month that qualifies and is
-- eligible.  What has no say there is left out with its price.
SELECT (SELECT string_agg(format('%s %s', identified_at, round(run_up::numeric, 2)), ', ') FROM
	unnest(r)) AS eligible
FROM (SELECT run_ups(price, market, month >= '2003-05-01', month) AS r FROM doubling) AS x;
SELECT run_ups(price, market, true, month) = run_ups(price, market, month) AS all_are,
	run_ups(price, market, false, month) AS none_is, run_ups(price, market, NULL, month) AS unknown,
	run_ups(price, market, true, month, 0.5, '1 year') =
		run_ups(price, market, month, 0.5, '1 year') AS parameters FROM doubling;

-- The naive way: joins of rows that lie a span apart.
SELECT setseed(0.271828);
CREATE TABLE walk AS
SELECT g, i, (date '1990-01-01' + i * interval '1 month')::date AS month,
	exp(sum(0.02 + 0.34 * (random() - 0.5)) OVER (PARTITION BY g ORDER BY i)) AS price,
	exp(sum(0.005 + 0.1 * (random() - 0.5)) OVER (PARTITION BY g ORDER BY i)) AS market
FROM generate_series(1, 40) AS g, generate_series(1, 100 + g * 3) AS i;
ANALYZE walk;
CREATE VIEW naive_run_ups AS
WITH RECURSIVE qualified AS (
	SELECT n.g, n.month, n.price / b.price - 1 AS run_up, n.price / b.price - n.market / b.market
		AS net_run_up, n.price / l.price - 1 AS long_run_up, (n.price - h.price) / b.price AS
		acceleration, l.month AS long_from_at
	FROM walk AS n JOIN walk AS b ON b.g = n.g AND b.month = n.month - interval '24 months' JOIN
		walk AS h ON h.g = n.g AND h.month = n.month - interval '12 months',
		LATERAL (SELECT * FROM walk AS l WHERE l.g = n.g AND l.month >= n.month - interval
			'60 months' ORDER BY month LIMIT 1) AS l
	WHERE n.price / b.price - 1 >= 1 AND n.price / b.price - n.market / b.market >= 1 AND n.price /
		l.price - 1 >= 0.5),
taken AS (SELECT DISTINCT ON (g) * FROM qualified ORDER BY g, month),
found AS (
	TABLE taken UNION ALL
	SELECT q.* FROM found AS f, LATERAL (SELECT * FROM qualified AS q WHERE q.g = f.g AND q.month
		>= f.month + interval '24 months' ORDER BY q.month LIMIT 1) AS q)
SELECT f.*, volatility, ahead AS drawdown_ahead, CASE WHEN ahead >= 0.4 THEN true WHEN
	(SELECT max(month) FROM walk AS w WHERE w.g = f.g) >= f.month + interval '24 months' THEN false
	END AS crashed
FROM found AS f, LATERAL (SELECT 1 - min(later.price / earlier.price) AS ahead FROM walk AS
	earlier, walk AS later
		WHERE earlier.g = f.g AND later.g = f.g AND f.month <= earlier.month AND earlier.month <=
			later.month AND later.month <= f.month + interval '24 months') AS a,
	LATERAL (SELECT stddev_samp(ln(price / before)) * sqrt(24 * 365.2425 /
		(f.month - (f.month - interval '24 months')::date)) AS volatility
		FROM (SELECT month, price, lag(price) OVER (ORDER BY month) AS before FROM walk AS w WHERE
			w.g = f.g AND w.month BETWEEN f.month - interval '24 months' AND f.month) AS p) AS v;
SELECT count(*) > 30 AS many, count(*) FILTER (WHERE crashed) > 5 AS crashes, count(*) FILTER
	(WHERE NOT crashed) > 5 AS others, count(*) FILTER (WHERE crashed IS NULL) > 2 AS open FROM
	naive_run_ups;
SELECT n.*, o.* FROM naive_run_ups AS n FULL JOIN (SELECT g, e.* FROM
	(SELECT g, run_ups(price, market, month) AS r FROM walk GROUP BY g) AS x, unnest(r) AS e) AS o
	ON o.g = n.g AND o.identified_at = n.month
WHERE n.g IS NULL OR o.g IS NULL OR n.crashed IS DISTINCT FROM o.crashed OR n.long_from_at <>
	o.long_from_at OR
	NOT abs(n.run_up - o.run_up) + abs(n.net_run_up - o.net_run_up) +
		abs(n.long_run_up - o.long_run_up) + abs(n.acceleration - o.acceleration) +
		abs(n.volatility - o.volatility) + abs(n.drawdown_ahead - o.drawdown_ahead) < 1e-9;

-- Other units change nothing; a market multiplied is the same market.
SELECT g FROM walk GROUP BY g HAVING run_ups(price, market, month) <>
	run_ups(1024 * price, market / 64, month);
-- No look-ahead: what was identified by a month is the same without all later
-- rows, but for the outcome.
SELECT g, cut, o, e FROM (SELECT g, cut, run_ups(price, market, month) AS whole,
	run_ups(price, market, month) FILTER (WHERE month <= cut) AS part
		FROM walk, unnest('{1995-06-01,1997-11-01}'::date[]) AS cut GROUP BY g, cut) AS x,
	LATERAL (SELECT * FROM unnest(whole) WHERE identified_at <= cut) AS o FULL JOIN LATERAL
		unnest(part) AS e USING (identified_at)
WHERE ROW(o.run_up, o.net_run_up, o.long_run_up, o.acceleration, o.volatility) IS DISTINCT FROM
	ROW(e.run_up, e.net_run_up, e.long_run_up, e.acceleration, e.volatility) OR e.crashed AND NOT
	o.crashed;

-- Stored series; the market's rows need not be the price's.
SELECT g FROM (SELECT g, run_ups(price, market, month, 0.8) AS rows,
	run_ups(bubble_series(price, month), bubble_series(market, month), 0.8) AS series,
		run_ups(bubble_series(price, month), bubble_series(market, month) FILTER
			(WHERE i % 3 = 1 OR market > 0), threshold => 0.8, span => '2 years') AS named FROM
			walk GROUP BY g) AS x
WHERE named <> series OR rows <> ARRAY(SELECT ROW(identified_at::date, run_up, net_run_up,
	long_run_up, acceleration, volatility, drawdown_ahead, crashed,
	long_from_at::date)::run_up_date FROM unnest(series));
SELECT market, (SELECT count(*) FROM unnest(run_ups('date{2000-01-01=1,2002-01-01=3,2004-01-01=3}',
	market::bubble_series))) AS known
FROM unnest(ARRAY['date{2000-01-01=1,2002-01-01=1}', 'date{1999-12-20=1,2001-12-31=1}',
	'date{1999-12-20=1}', 'date{1999-12-20=1,2001-07-05=1}', 'date{2000-01-02=1}',
	'date{2000-01-01=1,2002-01-01=2.1}', 'date{2000-01-01=0,2002-01-01=2.1}']) AS market;
SELECT run_ups(NULL::bubble_series, 'date{2000-01-01=1}') AS unknown,
	run_ups('date{2000-01-01=1}', NULL::bubble_series) AS unknown_market;
SELECT error_of(format('SELECT run_ups(%s)', a)) FROM
	unnest(ARRAY['''date{2000-01-01=1}''::bubble_series,
		''timestamptz{2000-01-01 00:00+00=1}''::bubble_series',
		'''date{2000-01-01=-1}''::bubble_series, ''date{2000-01-01=1}''::bubble_series',
		'''date{2000-01-01=1}''::bubble_series, ''date{2000-01-01=-1}''::bubble_series',
	'''date{2000-01-01=1}''::bubble_series, ''date{2000-01-01=1}''::bubble_series, NULL',
		'''date{2000-01-01=1}''::bubble_series, ''date{2000-01-01=1}''::bubble_series, 1,
		''-1 day''']) AS a;

-- ---- crash_odds ----

CREATE VIEW outcome AS SELECT * FROM (VALUES (0.4, true, 2000), (0.5, false, 2000),
	(0.5, true, 2001), (0.9, NULL, 2001), (1, true, 2002), (1.2, false, 2003), (2, true, 2003),
	(3, NULL, 2004), (NULL, true, 2004)) AS v (attribute, crashed, year);
SELECT e.* FROM unnest((SELECT crash_odds(attribute, crashed) FROM outcome)) AS e;
SELECT e.threshold, e.episodes, e.crashes, e.unknown, e.share FROM
	unnest((SELECT crash_odds(attribute, crashed, '{9,-1,0.5,0.5}') FROM outcome)) AS e;
-- Wilson's interval, as his formula says, and at its ends.
SELECT k, n, o.low, o.high
FROM (SELECT k, n, (crash_odds(1, i <= k, '{1}'))[1] AS o FROM
	(VALUES (0, 1), (1, 1), (0, 10), (10, 10), (7, 10), (23, 48), (51, 202)) AS v (k, n),
	generate_series(1, n) AS i GROUP BY k, n) AS x,
	LATERAL (SELECT (o).*) AS o, LATERAL (SELECT 1.959963984540054 AS z, k::float8 / n AS p) AS w
WHERE NOT abs(o.share - p) + abs(o.low - (p + z ^ 2 / (2 * n) - z *
	sqrt(p * (1 - p) / n + z ^ 2 / (4 * n ^ 2))) / (1 + z ^ 2 / n)) +
	abs(o.high - (p + z ^ 2 / (2 * n) + z * sqrt(p * (1 - p) / n + z ^ 2 / (4 * n ^ 2))) /
	(1 + z ^ 2 / n)) < 1e-12
	OR (k = 0) <> (o.low = 0) OR (k = n) <> (o.high = 1);
-- The naive way, in plain SQL.
SELECT g, t, o, n FROM (SELECT g, crash_odds(price, i % 3 = 0, ARRAY[0.5, 2, 1, 40]) AS odds FROM
	walk GROUP BY g) AS x, unnest(odds) AS o,
	LATERAL (SELECT o.threshold AS t, count(*) AS episodes, count(*) FILTER (WHERE i % 3 = 0) AS
		crashes, avg((i % 3 = 0)::int) AS share FROM walk AS w WHERE w.g = x.g AND w.price >=
		o.threshold) AS n
WHERE n.episodes <> o.episodes OR n.crashes <> o.crashes OR o.unknown <> 0 OR n.share IS NULL <>
	(o.share IS NULL) OR abs(n.share - o.share) > 1e-12;
-- Thresholds are meant in decimal.
SELECT e.episodes FROM unnest((SELECT crash_odds(0.1 * i * 3, true, '{0.3,0.9}') FROM
	generate_series(1, 3) AS i)) AS e;

-- Clusters: the same draws in plain SQL.
SELECT e.threshold, e.episodes, e.crashes, e.unknown, round(e.share::numeric, 4) AS share, e.low IS
	NULL AS no_low, e.high IS NULL AS no_high FROM unnest((SELECT
	crash_odds(attribute, crashed, year, '{0.5,1,1.5}') FROM outcome)) AS e;
SELECT g, t, o, naive_low, naive_high
FROM (SELECT g, crash_odds(price, i % 3 = 0 AND i % 7 < 5, i / 12, ARRAY[0.5, 2], 200, 7) AS odds
	FROM walk WHERE g <= 3 GROUP BY g) AS x, unnest(odds) AS o,
	LATERAL (SELECT o.threshold AS t, percentile_cont(0.025) WITHIN GROUP (ORDER BY share) AS
		naive_low, percentile_cont(0.975) WITHIN GROUP (ORDER BY share) AS naive_high
		FROM (SELECT sum(crashes)::float8 / sum(episodes) AS share
			FROM (SELECT row_number() OVER (ORDER BY i / 12) AS part, count(*) OVER () AS parts,
				count(*) AS episodes, count(*) FILTER (WHERE i % 3 = 0 AND i % 7 < 5) AS crashes
				FROM walk AS w WHERE w.g = x.g AND w.price >= o.threshold GROUP BY i / 12) AS c
			CROSS JOIN generate_series(1, 200) AS replication
			CROSS JOIN LATERAL unnest(bubble_resample_draws(7, replication, parts, parts)) AS drawn
				WHERE drawn = part GROUP BY replication) AS r) AS n
WHERE o.low IS DISTINCT FROM naive_low AND NOT abs(o.low - naive_low) + abs(o.high - naive_high) <
	1e-12;
-- The same seed, the same interval; another seed, about the same.
SELECT crash_odds(price, i % 3 = 0, i, '{1}') = crash_odds(price, i % 3 = 0, i, '{1}', 999, 1) AS
	defaults, crash_odds(price, i % 3 = 0, i, '{1}', 999, 2) <>
	crash_odds(price, i % 3 = 0, i, '{1}') AS seeds FROM walk WHERE g = 1;
-- Clusters of one each have about Wilson's interval; copies of an episode make
-- no interval narrower.
SELECT abs((a).low - (w).low) < 0.03 AND abs((a).high - (w).high) < 0.03 AS singles, (a).low =
	(b).low AND (a).high = (b).high AS copies
FROM (SELECT (crash_odds(1, i % 3 = 0, i, '{1}'))[1] AS a, (crash_odds(1, i % 3 = 0, '{1}'))[1] AS
	w, (SELECT (crash_odds(1, i % 3 = 0, i, '{1}'))[1] FROM generate_series(1, 90) AS i,
	generate_series(1, 5)) AS b FROM generate_series(1, 90) AS i) AS x;
-- Where none or all crashed no sample differs: the interval is Wilson's of as
-- many draws as there are clusters, 0 to z^2 / (m + z^2) of m, whatever their
-- sizes; of ten 0.2775. An unknown episode makes no cluster.
SELECT clusters, crashed, (o).share, is_near((o).low, CASE WHEN crashed THEN 1 - bound ELSE 0 END,
	1e-15) AS low, is_near((o).high, CASE WHEN crashed THEN 1 ELSE bound END, 1e-15) AS high,
	round(bound::numeric, 4) AS bound
FROM (SELECT clusters, crashed, (crash_odds(1, crashed, i % clusters, '{1}'))[1] AS o,
		1.959963984540054 ^ 2 / (clusters + 1.959963984540054 ^ 2) AS bound
	FROM generate_series(1, 90) AS i, unnest('{2,3,10,90}'::int[]) AS clusters,
		unnest('{t,f}'::bool[]) AS crashed GROUP BY clusters, crashed) AS x
ORDER BY clusters, crashed;
SELECT crash_odds(1, CASE WHEN i > 3 THEN false END, i, '{1,2}') FROM generate_series(1, 13) AS i;
SELECT crash_odds(1, true) AS nothing FROM walk WHERE false;
SELECT crash_odds(NULL, true) AS unknown, crash_odds(1, NULL, '{1}') AS open,
	crash_odds(1, true, 5, '{1}') AS one_cluster, crash_odds(1, true, NULL, '{1}') AS no_cluster;
SELECT bubble_resample_draws(1, 1, 8, 10) AS draws, bubble_resample_draws(1, 2, 8, 10) AS others;
SELECT error_of(format('SELECT crash_odds(%s) FROM outcome', a)) FROM
	unnest(ARRAY['''NaN''::float8, crashed', 'attribute, crashed, ''{}''',
	'attribute, crashed, NULL', 'attribute, crashed, ''{1,NULL}''',
	'attribute, crashed, ''{NaN}''', 'attribute, crashed, ''{{1,2},{3,4}}''',
	'attribute, crashed, array_fill(1::float8, ARRAY[1001])',
	'attribute, crashed, ARRAY[coalesce(attribute, 1)]',
	'attribute, crashed, year, ''{1}'', 18', 'attribute, crashed, year, ''{1}'', 100001',
		'attribute, crashed, year, ''{1}'', NULL',
		'attribute, crashed, ''Infinity''::float8, ''{1}''',
		'attribute, crashed, year, ''{1}'', 100, year']) AS a;
SELECT error_of(format('SELECT bubble_resample_draws(%s)', a)) FROM
	unnest(ARRAY['1, 0, 1, 1', '1, 1, 0, 1', '1, 1, 1000001, 1', '1, 1, 1, 0',
	'1, 1, 1, 4294967296', 'NULL, 1, 1, 1']) AS a;

-- Any order, any parts.
ALTER TABLE walk ADD part int;
UPDATE walk SET part = (8 * ((i * 7919 + g) % 100) / 100)::int;
SELECT $$ SELECT g, run_ups(price, market, month {order}) AS a,
		run_ups(price, market, i % 2 = 0, month, 0.7 {order}) AS b,
		crash_odds(price, i % 3 = 0, '{1,2}' {order}) AS c,
		crash_odds(price, i % 3 = 0, i / 12, '{1,2}', 100 {order}) AS d
	FROM {rows} GROUP BY g $$ AS query \gset
SELECT format('CREATE TABLE boom_expected AS %s', filled(:'query', 'walk')) \gexec
SELECT * FROM in_every_plan('boom_expected', 'g', 'walk', :'query', 'month');
-- Something else is found to be that.
SELECT count(*) AS differing
FROM differences('boom_expected', 'g', replace(filled(:'query', 'walk'), '0.7', '0.6'));
SELECT call, error_of_parts(format('SELECT g, %s FROM walk_parts GROUP BY g', call))
FROM unnest(ARRAY['run_ups(price, market, month, 1 + part / 4)',
	'crash_odds(price, true, ARRAY[1 + part / 4])',
	'crash_odds(price, true, i, ''{1}'', 100 + part / 4)']) AS call;
SELECT i, whole, moving
FROM (SELECT i, run_ups(price, market, month) OVER (ORDER BY i ROWS 60 PRECEDING) AS moving
		FROM walk WHERE g = 2) AS x,
	LATERAL (SELECT run_ups(o.price, o.market, o.month) AS whole FROM walk AS o
		WHERE o.g = 2 AND o.i BETWEEN x.i - 60 AND x.i) AS y
WHERE moving IS DISTINCT FROM whole;

DROP TABLE walk_parts, boom_expected;
DROP VIEW naive_run_ups, by_hand, doubling, outcome;
DROP FUNCTION growth;
DROP TABLE walk;

-- 24 months before the afternoon of 28 February come later than before the morning of the 29th:
-- the rows ahead go on.
SELECT r.identified_at, r.drawdown_ahead, r.crashed
FROM unnest((SELECT run_ups(price, 1, at) FROM (VALUES (timestamptz '2000-02-29 12:00', 1),
	('2002-02-28 12:00', 2.5), ('2004-02-28 13:00', 2.5), ('2004-02-29 10:00', 1),
	('2004-03-02 10:00', 0.5)) AS v (at, price))) AS r;
