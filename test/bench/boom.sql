-- Run-ups of 49 industries and 1,100 months, as many as there are since 1926,
-- against plain SQL, and intervals of a score.
\set industries 49
\set months 1100
\set rows 53900
SET max_parallel_workers_per_gather = 0;
SET jit = off;
SET work_mem = '256MB';
SET synchronize_seqscans = off;

SELECT setseed(0.5);
CREATE UNLOGGED TABLE industry AS
SELECT g AS industry, (date '1926-01-01' + i * interval '1 month')::date AS month,
	exp(sum(0.009 + 0.25 * (random() - 0.5)) OVER (PARTITION BY g ORDER BY i)) AS price, 1.006 ^ i AS market,
	random() AS score, random() < 0.1 AS event
FROM generate_series(1, :industries) AS g, generate_series(1, :months) AS i;
VACUUM ANALYZE industry;

-- Plain SQL: windows find the months that qualify, a recursive query takes one
-- of them in 24 months, and the largest drawdown of the rows after each is
-- found by a running maximum.
CREATE FUNCTION plain() RETURNS text LANGUAGE sql
RETURN 'WITH RECURSIVE measured AS (
	SELECT industry, month, price, price / lag(price, 24) OVER w - 1 AS run_up,
		price / lag(price, 24) OVER w - market / lag(market, 24) OVER w AS net_run_up,
		price / coalesce(lag(price, 60) OVER w, first_value(price) OVER w) - 1 AS long_run_up,
		(price - lag(price, 12) OVER w) / lag(price, 24) OVER w AS acceleration,
		stddev_samp(change) OVER (w ROWS 23 PRECEDING) * sqrt(12) AS volatility
	FROM (SELECT *, ln(price / lag(price) OVER (PARTITION BY industry ORDER BY month)) AS change FROM industry) AS c
	WINDOW w AS (PARTITION BY industry ORDER BY month)),
qualified AS MATERIALIZED (SELECT * FROM measured WHERE run_up >= 1 AND net_run_up >= 1 AND long_run_up >= 0.5),
first AS (SELECT DISTINCT ON (industry) * FROM qualified ORDER BY industry, month),
found AS (
	TABLE first UNION ALL
	SELECT q.* FROM found AS f, LATERAL (SELECT * FROM qualified AS q
		WHERE q.industry = f.industry AND q.month >= f.month + interval ''24 months'' ORDER BY q.month LIMIT 1) AS q)
SELECT f.*, d.ahead FROM found AS f, LATERAL (SELECT max(1 - price / peak) AS ahead
	FROM (SELECT price, max(price) OVER (ORDER BY month) AS peak FROM industry AS i
		WHERE i.industry = f.industry AND i.month BETWEEN f.month AND f.month + interval ''24 months'') AS p) AS d';
CREATE FUNCTION ours() RETURNS text LANGUAGE sql
RETURN 'SELECT industry, r.* FROM (SELECT industry, run_ups(price, market, month) AS found FROM industry GROUP BY industry) AS x, unnest(found) AS r';
SELECT format('CREATE TEMP TABLE a AS %s', plain()) UNION ALL SELECT format('CREATE TEMP TABLE b AS %s', ours()) \gexec
SELECT CASE WHEN EXISTS (SELECT FROM a FULL JOIN b ON a.industry = b.industry AND month = identified_at
		WHERE abs(a.run_up - b.run_up) + abs(ahead - drawdown_ahead) < 1e-9 IS NOT TRUE)
	THEN 'THE RUN-UPS DIFFER' END;

SELECT ratio('run_ups(price, market, month) / plain SQL', ours(), plain(), :rows);
CREATE FUNCTION windows() RETURNS text LANGUAGE sql
RETURN 'SELECT count(*) FROM (SELECT industry, price / lag(price, 24) OVER w - 1 AS run_up,
		price / lag(price, 24) OVER w - market / lag(market, 24) OVER w AS net_run_up,
		price / coalesce(lag(price, 60) OVER w, first_value(price) OVER w) - 1 AS long_run_up
	FROM industry WINDOW w AS (PARTITION BY industry ORDER BY month)) AS m
WHERE run_up >= 1 AND net_run_up >= 1 AND long_run_up >= 0.5';
SELECT ratio('run_ups(price, market, month) / windows that qualify months', ours(), windows(), :rows);
SELECT ratio('run_ups(price, market, month) / count(*)', ours(), 'SELECT industry, count(*) FROM industry GROUP BY industry', :rows);
CREATE TABLE stored AS
SELECT industry, bubble_series(price, month) AS price, bubble_series(market, month) AS market FROM industry GROUP BY industry;
SELECT ratio('run_ups(series, series) / plain SQL', 'SELECT industry, cardinality(run_ups(price, market)) FROM stored', plain(), :rows);
SELECT ratio('crash_odds(price, event) / five count(*) FILTER', 'SELECT crash_odds(score, event) FROM industry',
	'SELECT count(*) FILTER (WHERE score >= 0.5 AND event), count(*) FILTER (WHERE score >= 0.75 AND event), count(*) FILTER (WHERE score >= 1 AND event),
	count(*) FILTER (WHERE score >= 1.25 AND event), count(*) FILTER (WHERE score >= 1.5 AND event) FROM industry', :rows);
SELECT ratio('auroc_interval, 1000 samples / auroc', 'SELECT industry, auroc_interval(score, event, month) FROM industry GROUP BY industry',
	'SELECT industry, auroc(score, event) FROM industry GROUP BY industry', :rows);
SELECT ratio('auroc_interval, 100 samples / plain SQL', 'SELECT auroc_interval(score, event, month, ''10 years'', 100) FROM industry WHERE industry = 1',
	'WITH ordered AS MATERIALIZED (SELECT row_number() OVER (ORDER BY month) - 1 AS row, score, event FROM industry WHERE industry = 1)
	SELECT percentile_cont(ARRAY[0.025, 0.975]) WITHIN GROUP (ORDER BY area) FROM (
		SELECT sample, (sum(rank) FILTER (WHERE event) - n1 * (n1 + 1) / 2) / (n1 * (rows - n1)) AS area
		FROM (SELECT sample, event, avg(place) OVER (PARTITION BY sample, score) AS rank, count(*) FILTER (WHERE event) OVER s AS n1, count(*) OVER s AS rows
			FROM (SELECT sample, score, event, row_number() OVER (PARTITION BY sample ORDER BY score) AS place
				FROM (SELECT sample, (start + place) % 1100 AS row FROM (SELECT sample, floor(1100 * random())::int AS start FROM generate_series(1, 100) AS sample, generate_series(1, 10) AS b) AS d, generate_series(0, 119) AS place) AS p
				JOIN ordered USING (row)) AS r WINDOW s AS (PARTITION BY sample)) AS k
		GROUP BY sample, n1, rows) AS a', 1100);
SELECT ratio('calibration(score, event) / auroc', 'SELECT calibration(score, event) FROM industry', 'SELECT auroc(score, event) FROM industry', :rows);
SELECT ratio('brier_score(score, event) / avg(score)', 'SELECT brier_score(score, event) FROM industry', 'SELECT avg(score) FROM industry', :rows);
