-- Drawdown against PostgreSQL's cheapest aggregates and against plain SQL:
-- 10 million rows, 2,000 symbols of 5,000 trading days, once clustered by
-- symbol and once interleaved in order of time.
\set symbols 2000
\set days 5000
\set n 10000000
SET max_parallel_workers_per_gather = 0;
SET jit = off;
-- Enough for the rows of all series at once: what spills to disk is the
-- same for everyone.
SET work_mem = '1GB';
SET synchronize_seqscans = off;

SELECT setseed(0.5);
CREATE UNLOGGED TABLE clustered (symbol int, ts timestamptz, close float8);
INSERT INTO clustered
SELECT s, timestamptz '2000-01-03 21:00Z' + (d + 2 * (d / 5)) * interval '1 day',
	100 * exp(sum(0.04 * (random() - 0.5)) OVER (PARTITION BY s ORDER BY d))
FROM generate_series(1, :symbols) AS s, generate_series(0, :days - 1) AS d
ORDER BY s, d;
CREATE UNLOGGED TABLE interleaved AS SELECT * FROM clustered ORDER BY ts, symbol;
CREATE UNLOGGED TABLE stored AS
SELECT symbol, bubble_series(close, ts) AS s FROM clustered GROUP BY symbol;
-- 60 months of 83 or 84 rows a symbol, which came in one month after the other.
CREATE UNLOGGED TABLE monthly AS
SELECT symbol, month, drawdown_summary(close, ts) AS s
FROM (SELECT *, (60 * (row_number() OVER (PARTITION BY symbol ORDER BY ts) - 1) / :days) AS month FROM clustered) AS x
GROUP BY symbol, month ORDER BY month, symbol;
VACUUM ANALYZE clustered;
VACUUM ANALYZE interleaved;
VACUUM ANALYZE stored;
VACUUM ANALYZE monthly;
SELECT format('%s bytes a symbol as rows, %s as series, %s as one summary, %s as monthly ones',
	pg_relation_size('clustered') / :symbols,
	(SELECT round(avg(pg_column_size(s))) FROM stored),
	(SELECT round(avg(pg_column_size(s))) FROM (SELECT drawdown_summary(close, ts) AS s FROM clustered WHERE symbol <= 100 GROUP BY symbol) AS x),
	(SELECT 60 * round(avg(pg_column_size(s))) FROM monthly));

CREATE FUNCTION by_symbol(rows text, aggregate text) RETURNS text LANGUAGE sql
RETURN format('SELECT symbol, %s FROM %I GROUP BY symbol', aggregate, rows);
CREATE FUNCTION running_max(rows text) RETURNS text LANGUAGE sql
RETURN format('SELECT symbol, max(1 - close / peak) FROM (
	SELECT symbol, close, max(close) OVER (PARTITION BY symbol ORDER BY ts) AS peak FROM %I) AS p GROUP BY symbol', rows);
CREATE FUNCTION windowed(rows text, aggregate text, frame text) RETURNS text LANGUAGE sql
RETURN format('SELECT %s OVER (PARTITION BY symbol ORDER BY ts %s) FROM %I', aggregate, frame, rows);

SELECT ratio(format('max_drawdown(close, ts) / max(close), %s', t), by_symbol(t, 'max_drawdown(close, ts)'), by_symbol(t, 'max(close)'), :n)
FROM unnest(ARRAY['clustered', 'interleaved']) AS t;
SELECT ratio(format('max_drawdown_episode(close, ts) / max(close), %s', t), by_symbol(t, 'max_drawdown_episode(close, ts)'), by_symbol(t, 'max(close)'), :n)
FROM unnest(ARRAY['clustered', 'interleaved']) AS t;
SELECT ratio(format('max_runup(close, ts) / max(close), %s', t), by_symbol(t, 'max_runup(close, ts)'), by_symbol(t, 'max(close)'), :n, 3)
FROM unnest(ARRAY['clustered', 'interleaved']) AS t;
SELECT ratio(format('episodes table / max(close), %s', t),
	format('SELECT symbol, (unnest(e)).* FROM (SELECT symbol, drawdown_episodes(close, ts) AS e FROM %I GROUP BY symbol) AS x', t),
	by_symbol(t, 'max(close)'), :n, 3)
FROM unnest(ARRAY['clustered', 'interleaved']) AS t;
SELECT ratio(format('ulcer_index(close, ts) / max(close), %s', t), by_symbol(t, 'ulcer_index(close, ts)'), by_symbol(t, 'max(close)'), :n, 3)
FROM unnest(ARRAY['clustered', 'interleaved']) AS t;
SELECT ratio(format('max_drawdown(close, ts) / plain SQL, %s', t), by_symbol(t, 'max_drawdown(close, ts)'), running_max(t), :n, 3)
FROM unnest(ARRAY['clustered', 'interleaved']) AS t;

-- Over stored series: the same 10 million values.
SELECT ratio(format('%s / max(close) of rows', f), format('SELECT symbol, %s FROM stored', f), by_symbol('clustered', 'max(close)'), :n)
FROM unnest(ARRAY['max_drawdown(s)', 'ulcer_index(s)', 'rolling_max_drawdown(s, 252)']) AS f;

-- Over stored summaries.
SELECT ratio(format('rollup of 60 months / %s, %s', f, t), by_symbol('monthly', 'max_drawdown(rollup(s))'), by_symbol(t, f), :n, 3)
FROM (VALUES ('clustered', 'max_drawdown(close, ts)'), ('interleaved', 'max_drawdown(close, ts)')) AS v (t, f);
SELECT ratio('max_drawdown_episode(rollup(s)) / the same of rows', by_symbol('monthly', 'max_drawdown_episode(rollup(s))'),
	by_symbol('interleaved', 'max_drawdown_episode(close, ts)'), :n, 3);
SELECT ratio('rollup of 60 months / plain SQL', by_symbol('monthly', 'max_drawdown(rollup(s))'), running_max('interleaved'), :n, 2);
SELECT ratio('max_drawdown(rollup(s)) / count(s), the same rows', by_symbol('monthly', 'max_drawdown(rollup(s))'), by_symbol('monthly', 'count(s)'), :n);

-- As window functions.  Both sides sort the same rows first.
SELECT ratio('drawdown(close) / max(close), growing frame', windowed('clustered', 'drawdown(close)', ''),
	windowed('clustered', 'max(close)', ''), :n, 3);
SELECT ratio(format('%s / count(close), 252 rows', f), windowed('clustered', f, 'ROWS 251 PRECEDING'),
	windowed('clustered', 'count(close)', 'ROWS 251 PRECEDING'), :n, 3)
FROM unnest(ARRAY['max_drawdown(close)', 'drawdown(close)', 'max_drawdown(close, ts)']) AS f;

-- Without the extension a moving maximum drawdown takes a query per row, so it
-- is timed on two symbols.
CREATE UNLOGGED TABLE two AS SELECT * FROM clustered WHERE symbol <= 2;
SELECT ratio('max_drawdown(close) / plain SQL, 252 rows', windowed('two', 'max_drawdown(close)', 'ROWS 251 PRECEDING'),
	'SELECT (SELECT max(1 - f.price / f.peak) FROM (
			SELECT u.price, max(u.price) OVER (ORDER BY u.i) AS peak
			FROM unnest(p.prices) WITH ORDINALITY AS u (price, i)) AS f)
	FROM (SELECT array_agg(close) OVER (PARTITION BY symbol ORDER BY ts ROWS 251 PRECEDING) AS prices
		FROM two) AS p', 2 * :days, 1);

-- With two parallel workers.
SET max_parallel_workers_per_gather = 2;
SET parallel_setup_cost = 0;
SET parallel_tuple_cost = 0;
SET min_parallel_table_scan_size = 0;
SELECT ratio(format('max_drawdown(close, ts) / max(close), two workers, %s', t), by_symbol(t, 'max_drawdown(close, ts)'), by_symbol(t, 'max(close)'), :n)
FROM unnest(ARRAY['clustered', 'interleaved']) AS t;
