-- Explosive roots: milliseconds for a series, and nanoseconds a window.
SET max_parallel_workers_per_gather = 0;
SET jit = off;

SELECT setseed(0.5);
CREATE UNLOGGED TABLE walk AS
SELECT n, date '1900-01-01' + i AS at, sum(random() - 0.5) OVER (PARTITION BY n ORDER BY i) AS y
FROM unnest(ARRAY[500, 1000, 1861, 10000]) AS n, generate_series(1, n) AS i;
CREATE UNLOGGED TABLE stored AS SELECT n, bubble_series(y, at) AS s FROM walk GROUP BY n;
CREATE UNLOGGED TABLE many AS
SELECT k, bubble_series(y, at) AS s
FROM (SELECT k, date '1900-01-01' + i AS at, sum(random() - 0.5) OVER (PARTITION BY k ORDER BY i) AS y
	FROM generate_series(1, 500) AS k, generate_series(1, 500) AS i) AS x
GROUP BY k;
VACUUM ANALYZE walk;
VACUUM ANALYZE stored;
VACUUM ANALYZE many;

-- Windows of min_window rows and more in a series of n rows.
CREATE FUNCTION windows(n bigint) RETURNS float8 LANGUAGE sql
RETURN (SELECT (n - m + 1) * (n - m + 2) / 2 FROM (SELECT floor(n * 0.01 + 1.8 * sqrt(n))) AS d (m));

-- Prints: name, milliseconds (the median of several runs), nanoseconds for
-- each of the windows.
CREATE FUNCTION timed(name text, statement text, windows float8, runs int DEFAULT 7) RETURNS text
LANGUAGE plpgsql AS
$$
DECLARE
	ms float8[];
	median float8;
BEGIN
	PERFORM milliseconds(statement);	-- warm up
	FOR i IN 1 .. runs LOOP
		ms := ms || milliseconds(statement);
	END LOOP;
	SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY m) INTO median FROM unnest(ms) AS m;
	RETURN format('%s %s ms %s ns a window', rpad(name, 54), to_char(median, '99990.00'),
		to_char(median * 1e6 / windows, '990.00'));
END
$$;

SELECT timed(format('bsadf and its maximum, %s rows, %s lags', n, lags),
	format('SELECT max(statistic) FROM (SELECT bsadf(y, NULL, %s) OVER (ORDER BY at) AS statistic FROM walk WHERE n = %s) AS x', lags, n),
	windows(n))
FROM unnest(ARRAY[500, 1000, 1861]) AS n, generate_series(0, 1) AS lags;
SELECT timed(format('bsadf_path and gsadf of a series, %s rows, %s lags', n, lags),
	format('SELECT bsadf_path(s, NULL, %1$s), gsadf(s, NULL, %1$s) FROM stored WHERE n = %2$s', lags, n),
	2 * windows(n))
FROM unnest(ARRAY[500, 1000, 1861]) AS n, generate_series(0, 1) AS lags;
SELECT timed('gsadf of a series, 10000 rows', 'SELECT gsadf(s) FROM stored WHERE n = 10000', windows(10000), 3);
SELECT timed('sadf of a series, 10000 rows', 'SELECT sadf(s) FROM stored WHERE n = 10000',
	10000 - floor(100 + 180) + 1);
SELECT timed('gsadf of 500 series of 500 rows', 'SELECT max(gsadf(s)) FROM many', 500 * windows(500));
SELECT timed('explosive_simulate, 500 rows, 1000 replications',
	'SELECT * FROM explosive_simulate(500, replications => 1000)', 1000 * windows(500));
SELECT timed('explosive_bootstrap of a series, 500 rows, 999 replications',
	'SELECT explosive_bootstrap(s) FROM stored WHERE n = 500', 999 * windows(500));
SET max_parallel_workers_per_gather = 2;
SELECT timed('the simulation with two parallel workers',
	'SELECT * FROM explosive_simulate(500, replications => 1000)', 1000 * windows(500));
