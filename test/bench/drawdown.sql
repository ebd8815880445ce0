-- Drawdown against PostgreSQL's cheapest aggregates and against plain SQL:
-- 2 million rows, 400 symbols of 5,000 days.
\set symbols 400
\set days 5000
SELECT setseed(0.5);
CREATE UNLOGGED TABLE price (symbol int, ts timestamptz, close float8);
INSERT INTO price
SELECT s, timestamptz '2000-01-01' + d * interval '1 day',
	100 * exp(sum(0.04 * (random() - 0.5)) OVER (PARTITION BY s ORDER BY d))
FROM generate_series(1, :symbols) AS s, generate_series(1, :days) AS d
ORDER BY s, d;
VACUUM ANALYZE price;
SET max_parallel_workers_per_gather = 0;
SET jit = off;

SELECT ratio('max_drawdown(close, ts) / max(close), by symbol',
	'SELECT symbol, max_drawdown(close, ts) FROM price GROUP BY symbol',
	'SELECT symbol, max(close) FROM price GROUP BY symbol', :symbols * :days);

SELECT ratio('max_drawdown(close, ts) / plain SQL, by symbol',
	'SELECT symbol, max_drawdown(close, ts) FROM price GROUP BY symbol',
	'SELECT symbol, max(1 - close / peak) FROM (
		SELECT symbol, close, max(close) OVER (PARTITION BY symbol ORDER BY ts) AS peak
		FROM price) AS p GROUP BY symbol', :symbols * :days);

SELECT ratio('max_drawdown_episode(close, ts) / max(close), by symbol',
	'SELECT symbol, max_drawdown_episode(close, ts) FROM price GROUP BY symbol',
	'SELECT symbol, max(close) FROM price GROUP BY symbol', :symbols * :days);

SELECT ratio('drawdown(close) / max(close), growing frame',
	'SELECT drawdown(close) OVER (PARTITION BY symbol ORDER BY ts) FROM price',
	'SELECT max(close) OVER (PARTITION BY symbol ORDER BY ts) FROM price', :symbols * :days);

SELECT ratio('max_drawdown(close) / count(close), 252 rows',
	'SELECT max_drawdown(close) OVER (PARTITION BY symbol ORDER BY ts ROWS 251 PRECEDING) FROM price',
	'SELECT count(close) OVER (PARTITION BY symbol ORDER BY ts ROWS 251 PRECEDING) FROM price', :symbols * :days);

SELECT ratio('drawdown(close) / count(close), 252 rows',
	'SELECT drawdown(close) OVER (PARTITION BY symbol ORDER BY ts ROWS 251 PRECEDING) FROM price',
	'SELECT count(close) OVER (PARTITION BY symbol ORDER BY ts ROWS 251 PRECEDING) FROM price', :symbols * :days);

SELECT ratio('max_drawdown(close, ts) / count(close), 252 rows',
	'SELECT max_drawdown(close, ts) OVER (PARTITION BY symbol ORDER BY ts ROWS 251 PRECEDING) FROM price',
	'SELECT count(close) OVER (PARTITION BY symbol ORDER BY ts ROWS 251 PRECEDING) FROM price', :symbols * :days);

-- Without the extension a moving maximum drawdown takes a query per row, so it
-- is timed on two symbols.
CREATE UNLOGGED TABLE two AS SELECT * FROM price WHERE symbol <= 2;
SELECT ratio('max_drawdown(close) / plain SQL, 252 rows',
	'SELECT max_drawdown(close) OVER (PARTITION BY symbol ORDER BY ts ROWS 251 PRECEDING) FROM two',
	'SELECT (SELECT max(1 - f.price / f.peak) FROM (
			SELECT u.price, max(u.price) OVER (ORDER BY u.i) AS peak
			FROM unnest(p.prices) WITH ORDINALITY AS u (price, i)) AS f)
	FROM (SELECT array_agg(close) OVER (PARTITION BY symbol ORDER BY ts ROWS 251 PRECEDING) AS prices
		FROM two) AS p', 2 * :days, 1);

-- The same with two parallel workers.
SET max_parallel_workers_per_gather = 2;
SET parallel_setup_cost = 0;
SET parallel_tuple_cost = 0;
SET min_parallel_table_scan_size = 0;
SELECT ratio('max_drawdown(close, ts) / max(close), two workers',
	'SELECT symbol, max_drawdown(close, ts) FROM price GROUP BY symbol',
	'SELECT symbol, max(close) FROM price GROUP BY symbol', :symbols * :days);
