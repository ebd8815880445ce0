-- The composite score against avg() of its indicators over the same windows:
-- 1 million months of 500 markets with 6 indicators, and warnings against
-- plain SQL.
\set rows 1000000
\set markets 500
SET max_parallel_workers_per_gather = 0;
SET jit = off;
SET work_mem = '1GB';
SET synchronize_seqscans = off;

SELECT setseed(0.5);
CREATE UNLOGGED TABLE month (market int, at int, a float8, b float8, c float8, d float8, e float8, f float8, indicators float8[], price float8, crash boolean);
INSERT INTO month
SELECT market, at, a, b, c, d, e, f, ARRAY[a, b, c, d, e, f], exp(sum(a - 0.5) OVER (PARTITION BY market ORDER BY at) / 10), a + random() > 1.8
FROM (SELECT i % :markets AS market, i / :markets AS at, random() AS a, random() AS b, exp(3 * random()) AS c,
		round((10 * random())::numeric)::float8 AS d, random() - random() AS e, random() * i AS f
	FROM generate_series(0, :rows - 1) AS i) AS x;
VACUUM ANALYZE month;

CREATE FUNCTION over(aggregate text, frame text) RETURNS text LANGUAGE sql
RETURN format('SELECT %s FROM month WINDOW w AS (PARTITION BY market ORDER BY at %s)', aggregate, frame);
CREATE FUNCTION averages() RETURNS text LANGUAGE sql
RETURN 'avg(a) OVER w, avg(b) OVER w, avg(c) OVER w, avg(d) OVER w, avg(e) OVER w, avg(f) OVER w';

-- By percentile, the default, and by the other methods and aggregations.
SELECT ratio(format('%s / avg() of six, growing', replace(f, 'indicators', 'x')), over(f || ' OVER w', ''), over(averages(), ''), :rows, 3)
FROM unnest(ARRAY['bubble_score(indicators)', 'bubble_score(indicators, NULL, ''zscore'')', 'bubble_score(indicators, NULL, ''robust'')', 'bubble_score(indicators, NULL, ''minmax'')',
	'bubble_score(indicators, NULL, ''percentile'', ''ciss'')', 'bubble_contributions(indicators)', 'bubble_contributions(indicators, NULL, ''percentile'', ''median'')']) AS f;
SELECT ratio(format('%s / avg() of six, 252 rows', replace(f, 'indicators', 'x')), over(f || ' OVER w', 'ROWS 251 PRECEDING'), over(averages(), 'ROWS 251 PRECEDING'), :rows, 1)
FROM unnest(ARRAY['bubble_score(indicators)', 'bubble_score(indicators, NULL, ''zscore'')', 'bubble_score(indicators, NULL, ''robust'')', 'bubble_score(indicators, NULL, ''minmax'')']) AS f;
SELECT ratio(format('%s / avg(f), growing', f), over(f || ' OVER w', ''), over('avg(f) OVER w', ''), :rows, 3)
FROM unnest(ARRAY['latest_percentile(f)', 'latest_zscore(f)']) AS f;
SELECT ratio(format('%s / avg(f), 252 rows', f), over(f || ' OVER w', 'ROWS 251 PRECEDING'), over('avg(f) OVER w', 'ROWS 251 PRECEDING'), :rows, 1)
FROM unnest(ARRAY['latest_percentile(f)', 'latest_zscore(f)']) AS f;

-- A whole partition, against the window functions of PostgreSQL.
CREATE FUNCTION of_market(expression text) RETURNS text LANGUAGE sql
RETURN format('SELECT %s FROM month WINDOW p AS (PARTITION BY market)', expression);
SELECT ratio('zscore(f) / (f - avg(f)) / stddev(f)', of_market('zscore(f) OVER p'), of_market('(f - avg(f) OVER p) / stddev(f) OVER p'), :rows, 3);
SELECT ratio('minmax_score(f) / (f - min(f)) / (max(f) - min(f))', of_market('minmax_score(f) OVER p'), of_market('(f - min(f) OVER p) / (max(f) OVER p - min(f) OVER p)'), :rows, 3);
SELECT ratio('percentile_score(f) / percent_rank()', of_market('percentile_score(f) OVER p'),
	'SELECT percent_rank() OVER (PARTITION BY market ORDER BY f) FROM month', :rows, 3);
SELECT ratio('robust_zscore(f) / plain SQL', of_market('robust_zscore(f) OVER p'),
	'SELECT (f - median) / (1.4826 * deviation)
	FROM month JOIN (SELECT market, median, percentile_cont(0.5) WITHIN GROUP (ORDER BY abs(f - median)) AS deviation
		FROM month JOIN (SELECT market, percentile_cont(0.5) WITHIN GROUP (ORDER BY f) AS median FROM month GROUP BY market) AS m USING (market)
		GROUP BY market, median) AS m USING (market)', :rows, 3);

-- Weights, and how good a warning is: all rows at once, and by market.
SELECT ratio(format('%s / sum() of six', f), format('SELECT %s FROM month', f), 'SELECT sum(a), sum(b), sum(c), sum(d), sum(e), sum(f) FROM month', :rows, 3)
FROM unnest(ARRAY['pca_weights(indicators)', 'critic_weights(indicators)', 'entropy_weights(ARRAY[a, b, c, f])', 'deviation_weights(indicators)']) AS f;
CREATE FUNCTION plain_auroc() RETURNS text LANGUAGE sql
RETURN 'SELECT (sum(rank) FILTER (WHERE crash) - count(*) FILTER (WHERE crash) * (count(*) FILTER (WHERE crash) + 1) / 2.0)
		/ (count(*) FILTER (WHERE crash) * count(*) FILTER (WHERE NOT crash))
	FROM (SELECT crash, rank() OVER (ORDER BY a) + (count(*) OVER (PARTITION BY a) - 1) / 2.0 AS rank FROM month) AS r';
SELECT ratio('auroc(a, crash) / plain SQL', 'SELECT auroc(a, crash) FROM month', plain_auroc(), :rows, 3);
SELECT ratio('best_threshold(a, crash) / plain auroc', 'SELECT best_threshold(a, crash) FROM month', plain_auroc(), :rows, 3);
SELECT ratio('signal_quality(a, crash, 0.8) / three count(*) FILTER', 'SELECT signal_quality(a, crash, 0.8) FROM month',
	'SELECT count(*) FILTER (WHERE a >= 0.8 AND crash), count(*) FILTER (WHERE a >= 0.8 AND NOT crash), count(*) FILTER (WHERE a < 0.8 AND crash) FROM month', :rows, 3);
SELECT ratio('auroc(a, crash) / count(*), by market', 'SELECT auroc(a, crash) FROM month GROUP BY market', 'SELECT count(*) FROM month GROUP BY market', :rows, 3);

-- The largest drawdown within the next 24 rows, against max_drawdown over the
-- same frame.
SELECT ratio('drawdown_ahead(price, …, 24 days) / max_drawdown(price)', over('drawdown_ahead(price, date ''2000-01-01'' + at, ''24 days'') OVER w', ''),
	over('max_drawdown(price) OVER w', 'ROWS BETWEEN CURRENT ROW AND 24 FOLLOWING'), :rows, 3);

-- How far scores move: 200 sets of weights and six indicators left out.
CREATE TABLE one AS SELECT at, indicators FROM month WHERE market = 7;
SELECT ratio('score_sensitivity(x) / bubble_score(x), one market', 'SELECT score_sensitivity(indicators) OVER (ORDER BY at) FROM one',
	'SELECT bubble_score(indicators) OVER (ORDER BY at) FROM one', :rows / :markets, 3);

