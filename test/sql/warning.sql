-- Does a score warn?
\getenv srcdir PG_ABS_SRCDIR
\set setup :srcdir '/setup.sql'
\i :setup
SET datestyle = ISO;
SET timezone = 'UTC';
SET jit = off;

-- By hand: events at scores 3, 5, 5; none at 1, 3, 4, 5. Of 12 pairs the event
-- ranks higher in 1 + 3 + 3, ties in 1 + 1 + 1: 8.5.
CREATE TABLE warned (score float8, event boolean);
INSERT INTO warned VALUES (3, true), (5, true), (5, true), (1, false), (3, false), (4, false),
	(5, false), (NULL, true), (9, NULL);
SELECT auroc(score, event) * 12 AS pairs, best_threshold(score, event) AS best,
	best_threshold(score, event, 0.9) AS fearful, best_threshold(score, event, 0.1) AS bold
FROM warned;
SELECT (signal_quality(score, event, 4)).* FROM warned;
SELECT (signal_quality(score, event, 5, 0.75)).usefulness = 0.25
	- (0.75 / 3 + 0.25 / 4) AS usefulness FROM warned;
-- Perfect, useless, perverse.
SELECT auroc(i, i > 5) AS perfect, auroc(7, i > 5) AS useless, auroc(-i, i > 5) AS perverse,
	best_threshold(i, i > 5) AS best FROM generate_series(1, 9) AS i;
-- Of thresholds that lose the same the highest, also where the rounded losses
-- differ: (6) misses two of three, (4) one, and one of three alarms is false.
SELECT best_threshold(s, e) AS half FROM (VALUES (6, true), (5, false), (4, true), (3, false),
	(2, true), (1, false)) AS v (s, e);
SELECT best_threshold(s, e, 0.6) AS three_fifths FROM (VALUES (5, true), (4, false), (3, true),
	(2, false), (1, true)) AS v (s, e);
SELECT best_threshold(s, e, 1.0 / 3) AS a_third FROM (VALUES (6, true), (5, false), (4, true),
	(3, false), (2, false), (1, false)) AS v (s, e);
-- Preferences at the ends of their range.
SELECT best_threshold(s, e, 5e-324) AS least, best_threshold(s, e, 1e-9) AS little,
	best_threshold(s, e, 0.9999999999999999) AS most
FROM (VALUES (6, false), (5, true), (4, false), (3, true), (2, false)) AS v (s, e);
-- Against losses in whole numbers, over many small samples full of ties.
SELECT setseed(0.314);
CREATE TABLE tied AS SELECT g, floor(8 * random()) AS s, random() < 0.5 AS e
	FROM generate_series(1, 300) AS g, generate_series(1, 4 + g % 9) AS i;
SELECT count(*) > 250 AS many, min((g, p, best, exact)::text)
	FILTER (WHERE best IS DISTINCT FROM exact) AS differing
FROM (SELECT g, p, best_threshold(s, e, p / 10.0) AS best FROM tied, generate_series(1, 9) AS p
	GROUP BY g, p) AS x,
	LATERAL (SELECT t AS exact FROM (SELECT DISTINCT s AS t FROM tied AS d WHERE d.g = x.g) AS u,
		LATERAL (SELECT p * count(*) FILTER (WHERE e AND s < t) * count(*) FILTER (WHERE NOT e) +
				(10 - p) * count(*) FILTER (WHERE NOT e AND s >= t) * count(*)
					FILTER (WHERE e) AS loss
			FROM tied AS o WHERE o.g = x.g) AS l ORDER BY loss, t DESC LIMIT 1) AS n
WHERE best IS NOT NULL;
DROP TABLE tied;
-- Without an event, without its contrary, without a row.
SELECT auroc(score, true) AS events, auroc(score, false) AS none, auroc(score, NULL) AS unknown,
	best_threshold(score, true) AS best FROM warned;
SELECT signal_quality(score, true, 4) AS events, signal_quality(score, false, 4) AS none,
	signal_quality(NULL, true, 4) AS unknown, signal_quality(score, score = 1, 4) AS only_false
FROM warned;
SELECT auroc(score, event), best_threshold(score, event), signal_quality(score, event, 1)
FROM warned WHERE false;

-- The Mann-Whitney statistic from ranks, and the naive way over all pairs and
-- all thresholds.
SELECT setseed(0.777);
CREATE TABLE scores AS
SELECT g, i, CASE WHEN random() < 0.03 THEN NULL ELSE round((100 * random() + 10 * g * e)::numeric,
	CASE g WHEN 1 THEN -1 WHEN 2 THEN 0 ELSE 9 END)::float8 END AS score,
	CASE WHEN random() < 0.03 THEN NULL ELSE e = 1 END AS event,
		(8 * ((i * 7919) % 100) / 100)::int AS part
FROM generate_series(1, 4) AS g, generate_series(1, 300) AS i,
	LATERAL (SELECT (random() < 0.2 + 0 * i)::int AS e) AS x;
SELECT g, round(auroc(score, event)::numeric, 9) AS auroc,
	abs(auroc(score, event) - (SELECT (sum(rank) FILTER (WHERE r.event) - n1 * (n1 + 1) / 2)
		/ (n1 * n0)
		FROM (SELECT k.event, avg(place) OVER (PARTITION BY k.score) AS rank, count(*)
			FILTER (WHERE k.event) OVER () AS n1, count(*) FILTER (WHERE NOT k.event) OVER () AS n0
			FROM (SELECT s.score, s.event, row_number() OVER (ORDER BY s.score) AS place
				FROM scores AS s WHERE s.g = o.g AND s.score IS NOT NULL
				AND s.event IS NOT NULL) AS k) AS r
		GROUP BY n1, n0)) < 1e-12 AS mann_whitney,
	auroc(score, event) = (SELECT avg(CASE WHEN a.score > b.score THEN 1 WHEN a.score = b.score
		THEN 0.5 ELSE 0 END) FROM scores AS a, scores AS b WHERE a.event AND NOT b.event
		AND a.g = o.g AND b.g = o.g
		AND a.score IS NOT NULL AND b.score IS NOT NULL)::float8 AS pairs,
	best_threshold(score, event, 0.6) = (SELECT t FROM (SELECT DISTINCT s.score AS t
		FROM scores AS s WHERE s.g = o.g AND s.event IS NOT NULL AND s.score IS NOT NULL) AS c,
		LATERAL (SELECT (signal_quality(q.score, q.event, t, 0.6)).usefulness FROM scores AS q
			WHERE q.g = o.g) AS u ORDER BY usefulness DESC, t DESC LIMIT 1) AS threshold
FROM scores AS o GROUP BY g ORDER BY g;
SELECT g, (q).hits = hits AND (q).misses = misses AND (q).false_alarms = false_alarms AND (q).quiet
	= quiet AS counts,
	abs((q).hit_rate - hits::float8 / (hits + misses)) < 1e-15
		AND abs((q).false_alarm_rate - false_alarms::float8 / (false_alarms + quiet))
		< 1e-15 AS rates,
	abs((q).noise_to_signal - (q).false_alarm_rate / (q).hit_rate) < 1e-15
		AND abs((q).usefulness - (0.5 - 0.5 * (1 - (q).hit_rate) - 0.5 * (q).false_alarm_rate))
		< 1e-15 AS derived
FROM (SELECT g, signal_quality(score, event, 60) AS q, count(*)
	FILTER (WHERE score >= 60 AND event) AS hits, count(*)
	FILTER (WHERE score < 60 AND event) AS misses,
		count(*) FILTER (WHERE score >= 60 AND NOT event) AS false_alarms, count(*)
			FILTER (WHERE score < 60 AND NOT event) AS quiet FROM scores GROUP BY g) AS x
			ORDER BY g;
-- A monotone transformation changes nothing; the mirror image is 1 - auroc.
SELECT count(*) AS rows, min((g, a, b, m)::text) FILTER (WHERE (a = b AND abs(a + m - 1) < 1e-15)
	IS NOT TRUE) AS ranks_only
FROM (SELECT g, auroc(score, event) AS a, auroc(exp(score), event) AS b, auroc(-score, event) AS m
	FROM scores GROUP BY g) AS x;

SELECT error_of(format('SELECT %s FROM warned', q))
FROM unnest(ARRAY['auroc(''NaN''::float8, true)', 'best_threshold(score, event, 1)',
	'best_threshold(score, event, NULL)',
	'best_threshold(score, event, 0.1 + coalesce(score, 0) / 20)',
		'signal_quality(score, event, NULL)', 'signal_quality(score, event, ''NaN'')',
		'signal_quality(score, event, score)',
	'signal_quality(score, event, 4, 0)', 'signal_quality(''Infinity''::float8, event, 4)',
		'signal_quality(1, event, 4, 0.1 + coalesce(score, 0) / 20)']) AS q;

-- Any order, any parts.
SELECT $$ SELECT g, auroc(score, event {order}) AS a, best_threshold(score, event {order}) AS b,
	signal_quality(score, event, 70 {order})::text AS quality FROM {rows}
		GROUP BY g $$ AS query \gset
SELECT format('CREATE TABLE warnings_expected AS %s', filled(:'query', 'scores')) \gexec
SELECT * FROM in_every_plan('warnings_expected', 'g', 'scores', :'query', 'score');
SELECT count(*) AS frames, min((i, a, alone)::text)
	FILTER (WHERE a IS DISTINCT FROM alone) AS differing
FROM (SELECT i, auroc(score, event) OVER (ORDER BY i ROWS 40 PRECEDING) AS a FROM scores
	WHERE g = 1) AS x,
	LATERAL (SELECT auroc(o.score, o.event) AS alone FROM scores AS o
		WHERE o.g = 1 AND o.i BETWEEN x.i - 40 AND x.i) AS y;

DROP TABLE warned, scores, scores_parts, warnings_expected;

-- ---- drawdown_ahead ----

SELECT at, price, drawdown_ahead(price, at, '2 days') OVER () AS ahead,
	drawdown_ahead(price, at, '1 month') OVER () AS month
FROM (VALUES (date '2020-01-01', 100::float8), ('2020-01-02', 50), ('2020-01-03', 80),
	('2020-01-04', 60), ('2020-01-05', 90), ('2020-01-06', NULL), ('2020-02-04', 30), (NULL, 7))
	AS v (at, price) ORDER BY at;
-- The naive way, with rows of the same time, in any order of the window.
SELECT setseed(0.1234);
CREATE TABLE prices AS
SELECT i, i % 3 AS g, timestamptz '2020-01-01' + interval '1 hour' * floor(random() * 3000) AS ts,
	exp(random()) AS price FROM generate_series(1, 1500) AS i;
SELECT horizon, count(a.ahead) > 500 AS many, count(*) AS rows, min((a.i, a.ahead, n.ahead)::text)
	FILTER (WHERE a.ahead IS DISTINCT FROM n.ahead) AS differing
FROM unnest(ARRAY['1 hour', '3 days', '1 month', '40 days']::interval[]) AS horizon,
	LATERAL (SELECT i, g, ts, drawdown_ahead(price, ts, horizon)
		OVER (PARTITION BY g ORDER BY price) AS ahead FROM prices) AS a,
	LATERAL (SELECT CASE WHEN max(o.ts) >= a.ts + horizon THEN max_drawdown(o.price, o.ts)
		FILTER (WHERE o.ts BETWEEN a.ts AND a.ts + horizon) END AS ahead
		FROM prices AS o WHERE o.g = a.g) AS n
GROUP BY horizon ORDER BY horizon;
SELECT count(*) AS rows, min((i, a, b)::text) FILTER (WHERE a IS DISTINCT FROM b) AS order_free,
	min((i, a, d)::text) FILTER (WHERE a IS DISTINCT FROM d) AS frame_free, min((i, a, e)::text)
	FILTER (WHERE a IS DISTINCT FROM e) AS horizon_from_rows
FROM (SELECT i, drawdown_ahead(price, ts, '5 days') OVER w AS a, drawdown_ahead(price, ts, '5 days')
	OVER (ORDER BY i DESC) AS b,
		drawdown_ahead(price, ts, '5 days') OVER (w ROWS 1 PRECEDING) AS d,
			drawdown_ahead(price, ts, interval '1 day' * (5 + i - i)) OVER w AS e
	FROM prices WINDOW w AS (ORDER BY i)) AS x;
-- Ends of the calendar.
SELECT drawdown_ahead(price, at, '100000 years') OVER () AS beyond,
	drawdown_ahead(price, at, '170000000 years') OVER () AS far_beyond
FROM (VALUES (timestamptz '2020-01-01', 2::float8), ('294270-01-01', 1)) AS v (at, price);
SELECT at, drawdown_ahead(price, at, '5 years') OVER () AS ahead
FROM (VALUES (timestamptz '294270-01-01', 2::float8), ('294273-01-01', 1), ('294275-06-01', 1.5))
	AS v (at, price);
SELECT error_of(format('SELECT drawdown_ahead(%s) OVER () FROM prices', q))
FROM unnest(ARRAY['price, ts, NULL', 'price, ts, ''0 days''', 'price, ts, ''-1 day''',
	'-price, ts, ''1 day''', 'price, ''infinity''::timestamptz, ''1 day''',
		'price, ts, interval ''1 day'' * i']) AS q;
SELECT error_of('SELECT drawdown_ahead(price, ts, ''1 day'') FROM prices');
DROP TABLE prices;
