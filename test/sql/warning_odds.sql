-- How firm a warning is: episodes, intervals, reliability, odds.
\getenv srcdir PG_ABS_SRCDIR
\set setup :srcdir '/setup.sql'
\i :setup
SET datestyle = ISO;
SET timezone = 'UTC';
SET jit = off;

-- ---- event_episodes ----

SELECT e.* FROM unnest((SELECT event_episodes(event, at) FROM
	(VALUES (true, date '2000-01-01'), (true, '2000-02-01'), (false, '2000-03-01'),
	(NULL, '2000-04-01'),
	(true, '2000-05-01'), (NULL, '2000-06-01'), (true, '2000-07-01'), (false, '2000-08-01'),
		(false, '2000-09-01'), (true, '2000-10-01'), (true, NULL)) AS v (event, at))) AS e;
-- Of rows of the same time those without an event come first.
SELECT event_episodes(event, at) AS ties FROM (VALUES (true, timestamptz '2000-01-01 00:00+00'),
	(false, '2000-01-01 00:00+00'), (true, '2000-01-02 00:00+00'), (false, '2000-01-02 00:00+00'))
	AS v (event, at);
SELECT event_episodes(true, date '2000-01-01') AS one, event_episodes(false, date '2000-01-01') AS
	no_event, event_episodes(NULL, date '2000-01-01') AS unknown;
SELECT event_episodes(true, at) AS nothing FROM (SELECT date '2000-01-01' AS at WHERE false) AS n;
SELECT error_of('SELECT event_episodes(true, date ''infinity'')');

SELECT setseed(0.161803);
CREATE TABLE scored AS
SELECT g, i, (date '1900-01-01' + i * interval '1 month')::date AS at, CASE g WHEN 1 THEN
	round((30 * s)::numeric) ELSE 30 * s END::float8 AS score, s + 2 * random() > 2.2 AS event,
	(8 * ((i * 7919 + g) % 100) / 100)::int AS part
FROM (SELECT g, i, 1 + sin(i / 25.0) + random() AS s FROM generate_series(1, 3) AS g,
	generate_series(1, 400 + 10 * g) AS i) AS x;
-- The naive way: runs are told by the difference of two row numbers.
SELECT n.*, e.* FROM (SELECT g, min(at) AS started_at, max(at) AS ended_at, count(*) AS rows
		FROM (SELECT g, at, event, row_number() OVER (PARTITION BY g ORDER BY at) - row_number()
			OVER (PARTITION BY g, event ORDER BY at) AS run FROM scored) AS r WHERE event GROUP BY
			g, run) AS n
	FULL JOIN (SELECT g, e.* FROM (SELECT g, event_episodes(event, at) AS r FROM scored GROUP BY g)
		AS x, unnest(r) AS e) AS e USING (g, started_at)
WHERE n.rows IS DISTINCT FROM e.rows OR n.ended_at <> e.ended_at;

-- ---- auroc_interval ----

-- The area is that of auroc(), episodes are those of event_episodes().
SELECT g, i.*, auroc FROM (SELECT g, (auroc_interval(score, event, at)).*, auroc(score, event) AS
	area, cardinality(event_episodes(event, at)) AS runs, count(*) FILTER (WHERE event) AS happened
	FROM scored GROUP BY g) AS i
WHERE NOT abs(auroc - area) < 1e-15 OR episodes <> runs OR events <> happened OR NOT
	(low < auroc AND auroc < high);
-- The interval by plain SQL, with the same draws.  In 120 months there are 120
-- rows, in 90 days three; the last block is cut.
CREATE FUNCTION naive_interval(of int, block int, replications int, seed bigint, OUT low float8,
	OUT high float8) LANGUAGE sql AS
$$
	WITH ordered AS (
		SELECT row_number() OVER (ORDER BY at) - 1 AS row, count(*) OVER () AS rows, score, event
			FROM scored WHERE g = of),
	drawn AS (
		SELECT replication, (start - 1 + place) % rows AS row
		FROM generate_series(1, replications) AS replication, (SELECT DISTINCT rows FROM ordered)
			AS n,
			LATERAL unnest(bubble_resample_draws(seed, replication,
				ceil(rows / block::float8)::bigint, rows)) WITH ORDINALITY AS d (start, number),
			LATERAL generate_series(0, least(block, rows - (number - 1) * block) - 1) AS place),
	areas AS (
		SELECT replication, auroc(score, event) AS area FROM drawn JOIN ordered USING (row) GROUP
			BY replication)
	SELECT percentile_cont(0.025) WITHIN GROUP (ORDER BY area), percentile_cont(0.975) WITHIN GROUP
		(ORDER BY area) FROM areas
$$;
SELECT g, block, i, n FROM (SELECT g, block, auroc_interval(score, event, at, block, 100, g) AS i
	FROM scored, unnest('{10 years,90 days,1 month,17 years}'::interval[]) AS block GROUP BY g,
	block) AS x,
	LATERAL naive_interval(g, CASE block WHEN '10 years' THEN 120 WHEN '90 days' THEN 3 WHEN
		'1 month' THEN 1 ELSE 204 END, 100, g) AS n
WHERE NOT abs((i).low - n.low) + abs((i).high - n.high) < 1e-12;
-- Defaults; longer blocks, of which there are fewer, know less; the same seed
-- says the same.
SELECT auroc_interval(score, event, at) = auroc_interval(score, event, at, '10 years', 999, 1) AS
	defaults, auroc_interval(score, event, at, '5 years') =
	auroc_interval(score, event, at, '5 years', 999) AS replications,
	auroc_interval(score, event, at, '10 years', 999, 2) <> auroc_interval(score, event, at) AS
		seeds FROM scored WHERE g = 2;
-- Rows copied in place are no more evidence, if blocks are as long as before in
-- years.
SELECT abs((a).low - (b).low) < 0.02 AND abs((a).high - (b).high) < 0.02 AS copies
FROM (SELECT auroc_interval(score, event, at, '10 years', 2000) AS a FROM scored WHERE g = 2) AS x,
	(SELECT auroc_interval(score, event, at, '10 years', 2000) AS b FROM scored,
		generate_series(1, 3) WHERE g = 2) AS y;
-- Sixty draws that each last for twenty months are sixty, not 1200.
SELECT (one).high - (one).low < 0.5 * ((ten).high - (ten).low) AS too_narrow,
	abs((ten).high - (ten).low - (sixty).high + (sixty).low) < 0.05 AS wide
FROM (SELECT auroc_interval(score, event, at, '1 month') AS one,
		auroc_interval(score, event, at, '10 years') AS ten,
		auroc_interval(score, event, at, '20 months') AS sixty
	FROM (SELECT i, random() AS score, random() < 0.4 AS event
		FROM generate_series(0, 59) AS i) AS d,
		LATERAL (SELECT (date '1900-01-01' + (20 * i + j) * interval '1 month')::date AS at
			FROM generate_series(0, 19) AS j) AS m) AS x;
-- Less than two blocks, one kind of rows only, no time between them, one row,
-- no row.
SELECT (auroc_interval(score, event, at, '17 years 6 months')).low IS NULL AS long_block,
	(auroc_interval(score, event, at, '10000 years')).high IS NULL AS longer,
	auroc_interval(score, true, at) AS events, auroc_interval(score, false, at) AS none,
	auroc_interval(score, NULL, at) AS unknown FROM scored WHERE g = 1;
SELECT auroc_interval(score, event, date '2000-01-01') AS at_once FROM
	(VALUES (1, true), (2, false), (2, true)) AS v (score, event);
SELECT auroc_interval(1, true, date '2000-01-01') AS one;
SELECT auroc_interval(score, event, at) AS nothing FROM scored WHERE false;
-- Events in one block in two: samples without any have no area, and are left
-- out if they are few.
SELECT (i).auroc, (i).low IS NOT NULL AS known, (i).episodes FROM
	(SELECT auroc_interval(i, i > 30, date '2000-01-01' + i, '10 days', 200) AS i FROM
	generate_series(1, 40) AS i) AS x;
-- A perfect score is perfect in all samples, and a constant one a coin.
SELECT auroc_interval(score + 1000 * event::int, event, at) AS perfect,
	auroc_interval(1, event, at) AS constant FROM scored WHERE g = 1;
SELECT error_of(format('SELECT auroc_interval(%s) FROM scored', a)) FROM
	unnest(ARRAY['''NaN''::float8, event, at', 'score, event, ''infinity''::date',
	'score, event, at, ''0 days''', 'score, event, at, NULL', 'score, event, at, ''1 year'', 18',
	'score, event, at, ''1 year'', 100001',
	'score, event, at, ''1 year'', NULL', 'score, event, at, ''1 year'', 100, NULL',
		'score, event, at, i * interval ''1 year''', 'score, event, at, ''1 year'', 100, i']) AS a;

-- ---- calibration, brier_score ----

SELECT e.* FROM unnest((SELECT calibration(score, event, 2) FROM
	(VALUES (1, false), (2, true), (3, false), (4, true), (5, true), (NULL, true), (6, NULL)) AS v
	(score, event))) AS e;
-- Equal scores are in one bin.
SELECT e.bin, e.lowest, e.highest, e.observations, e.events FROM
	unnest((SELECT calibration(score, event) FROM (VALUES (1, false), (1, true), (1, false),
	(1, true), (1, true), (1, true), (2, false), (3, false), (3, true), (4, true)) AS v
	(score, event))) AS e;
-- The naive way, in plain SQL: rank() does not part what is equal.
SELECT n.*, e.* FROM (SELECT g, bins, 1 + (bins * (rank - 1)) / rows AS bin, min(score) AS lowest,
	max(score) AS highest, avg(score) AS mean_score, count(*) AS observations, count(*) FILTER
	(WHERE event) AS events
		FROM (SELECT g, score, event, rank() OVER (PARTITION BY g ORDER BY score) AS rank, count(*)
			OVER (PARTITION BY g) AS rows FROM scored) AS r, unnest('{1,10,7,1000}'::int[]) AS bins
			GROUP BY 1, 2, 3) AS n
	FULL JOIN (SELECT g, bins, e.* FROM (SELECT g, bins, calibration(score, event, bins) AS r FROM
		scored, unnest('{1,10,7,1000}'::int[]) AS bins GROUP BY g, bins) AS x, unnest(r) AS e) AS e
		USING (g, bins, bin)
WHERE n.lowest IS DISTINCT FROM e.lowest OR n.highest <> e.highest OR NOT
	abs(n.mean_score - e.mean_score) < 1e-12 OR n.observations <> e.observations OR n.events <>
	e.events OR e.share <> n.events::float8 / n.observations;
-- Intervals are those of crash_odds().
SELECT c.* FROM unnest((SELECT calibration(score, event, 5) FROM scored WHERE g = 2)) AS c, LATERAL
	(SELECT (crash_odds(1, i <= c.events, '{1}'))[1] AS o FROM generate_series(1, c.observations)
	AS i) AS o WHERE c.low <> (o).low OR c.high <> (o).high;
SELECT calibration(score, event) AS nothing FROM scored WHERE false;
SELECT calibration(1, NULL) AS unknown, calibration(1, true) AS one;

SELECT brier_score(p, e) AS by_hand FROM (VALUES (0.5, true), (1, true), (0.25, false),
	(NULL, true), (0.5, NULL)) AS v (p, e);
SELECT brier_score(e::int, e) AS perfect, brier_score(1 - e::int, e) AS perverse,
	brier_score(0.5, e) AS coin, brier_score(0.25, e) AS base_rate, brier_score(1e-300, NOT true)
	AS tiny FROM (VALUES (true), (false), (false), (false)) AS v (e);
SELECT g FROM scored GROUP BY g HAVING NOT abs(brier_score(score / 100, event) -
	avg((score / 100 - event::int) ^ 2)) < 1e-15;
SELECT brier_score(1, true) AS nothing FROM scored WHERE false;
SELECT error_of(format('SELECT %s FROM scored', a)) FROM
	unnest(ARRAY['calibration(''Infinity''::float8, event)', 'calibration(score, event, 0)',
	'calibration(score, event, 1001)', 'calibration(score, event, NULL)',
	'calibration(score, event, i)',
	'calibration(1e308, event)', 'brier_score(1.000001, event)', 'brier_score(-0.1, event)',
		'brier_score(''NaN''::float8, event)']) AS a;

-- ---- odds as of each row ----

-- Of a score that is known each month, the share of the months with at least
-- that score which were followed by the event: of those up to a horizon ago,
-- whose labels are known.  What comes later makes no difference.
CREATE TABLE index AS
SELECT i, (date '1990-01-01' + i * interval '1 month')::date AS month,
	exp(sum(0.2 * (random() - 0.46)) OVER (ORDER BY i)) AS price, 100 * random() AS score FROM
	generate_series(1, 240) AS i;
CREATE FUNCTION odds_until(until date) RETURNS TABLE (month date, episodes bigint, crashes bigint,
	share float8, low float8, high float8) LANGUAGE sql AS
$$
	WITH labelled AS (
		SELECT month, score, drawdown_ahead(price, month, '12 months') OVER () >= 0.15 AS crash
			FROM index WHERE month <= until)
	SELECT now.month, o.episodes, o.crashes, o.share, o.low, o.high
	FROM labelled AS now, LATERAL (SELECT (crash_odds(past.score, past.crash, ARRAY[now.score]))[1]
		AS odds
		FROM labelled AS past WHERE past.month <= now.month - interval '12 months') AS x, LATERAL
			(SELECT (odds).*) AS o
$$;
SELECT until, w.*, p.* FROM unnest('{1993-05-01,1999-12-01,2005-06-01}'::date[]) AS until, LATERAL
	(SELECT * FROM odds_until('2020-01-01') WHERE month <= until) AS w FULL JOIN LATERAL
	odds_until(until) AS p USING (month) WHERE ROW(w.*) IS DISTINCT FROM ROW(p.*);
SELECT count(*) AS months, count(share) AS with_odds, count(*) FILTER (WHERE crashes > 0) > 100 AS
	with_crashes, max(episodes) AS most FROM odds_until('2020-01-01');
-- The label a month short of the horizon would look ahead: not known then.
SELECT count(*) AS unknown_labels FROM (SELECT month, drawdown_ahead(price, month, '12 months')
	OVER () AS ahead FROM index WHERE month <= '2005-06-01') AS x WHERE month > '2004-06-01' AND
	ahead IS NOT NULL;
-- A window frame that ends a horizon ago says the same of a fixed threshold.
SELECT n.month, f.odds FROM (SELECT month, (crash_odds(score, crash, '{50}') OVER
	(ORDER BY month RANGE BETWEEN UNBOUNDED PRECEDING AND '12 months' PRECEDING))[1] AS odds
		FROM (SELECT month, score, drawdown_ahead(price, month, '12 months') OVER () >= 0.15 AS
			crash FROM index) AS l) AS f,
	LATERAL (SELECT f.month, count(*) FILTER (WHERE score >= 50) AS episodes FROM index AS i WHERE
		i.month <= f.month - interval '12 months') AS n WHERE n.episodes <>
		coalesce((f.odds).episodes, 0);
DROP FUNCTION odds_until;
DROP TABLE index;

-- ---- any order, any parts ----

SELECT $$ SELECT g, event_episodes(event, at {order}) AS a,
		auroc_interval(score, event, at, '5 years', 100 {order}) AS b,
		calibration(score, event {order}) AS c,
		brier_score(score / 100, event {order}) AS d
	FROM {rows} GROUP BY g $$ AS query \gset
SELECT format('CREATE TABLE odds_expected AS %s', filled(:'query', 'scored')) \gexec
SELECT * FROM in_every_plan('odds_expected', 'g', 'scored', :'query', 'at');
-- Something else is found to be that.
SELECT count(*) AS differing
FROM differences('odds_expected', 'g', replace(filled(:'query', 'scored'), '5 years', '4 years'));
SELECT call, error_of_parts(format('SELECT g, %s FROM scored_parts GROUP BY g', call))
FROM unnest(ARRAY['auroc_interval(score, event, at, ''5 years'', 100 + part / 4)',
	'calibration(score, event, 10 + part / 4)']) AS call;
SELECT i, b, e, o.*
FROM (SELECT i, brier_score(score / 100, event) OVER w AS b, event_episodes(event, at) OVER w AS e
		FROM scored WHERE g = 1 WINDOW w AS (ORDER BY i ROWS 40 PRECEDING)) AS x,
	LATERAL (SELECT brier_score(score / 100, event) AS score, event_episodes(event, at) AS episodes
		FROM scored AS o WHERE g = 1 AND o.i BETWEEN x.i - 40 AND x.i) AS o
WHERE b IS DISTINCT FROM score OR e IS DISTINCT FROM episodes;

DROP TABLE scored, scored_parts, odds_expected;
DROP FUNCTION naive_interval;
