-- Adoption: 10,000 series of 60 points, some with a clear saturation and some
-- without, on one core; growth of 300,000 rows in moving frames.
SET max_parallel_workers_per_gather = 0;
SET jit = off;
SET work_mem = '1GB';

SELECT setseed(0.5);
CREATE UNLOGGED TABLE many AS
SELECT k, bubble_series(level, at) AS levels, bubble_series(adopters, at) AS adopters
FROM (
	SELECT k, date '2020-01-01' + 7 * i AS at, 100 * f + random() - 0.5 AS level,
		100 * f * (1 - f) / speed + 0.1 * random() AS adopters
	FROM (SELECT k, 20 + 60 * random() AS midpoint, 4 + 8 * random() AS speed FROM generate_series(1, 10000) AS k) AS c,
		generate_series(1, 60) AS i, LATERAL (SELECT 1 / (1 + exp(-(i - midpoint) / speed)) AS f) AS l
) AS x
GROUP BY k;
CREATE UNLOGGED TABLE hours AS
SELECT timestamptz '2000-01-01Z' + i * interval '1 hour' AS at, exp(i / 300000.0 + 0.1 * random()) AS v
FROM generate_series(1, 300000) AS i;
VACUUM ANALYZE many;
VACUUM ANALYZE hours;

-- Prints: name, milliseconds (the median of several runs), microseconds for
-- each of so many.
CREATE FUNCTION timed(name text, statement text, n float8, runs int DEFAULT 3) RETURNS text
LANGUAGE plpgsql AS
$$
DECLARE
	ms float8[];
	median float8;
BEGIN
	FOR i IN 1 .. runs LOOP
		ms := ms || milliseconds(statement);
	END LOOP;
	SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY m) INTO median FROM unnest(ms) AS m;
	RETURN format('%s %s ms %s us', rpad(name, 54), to_char(median, '999990.0'), to_char(median * 1000 / n, '9990.00'));
END
$$;

SELECT timed(f || ', 10,000 of 60 points', format('SELECT count((%s(%s)).reason) FROM many', f, CASE f WHEN 'bass_fit' THEN 'adopters' ELSE 'levels' END), 10000)
FROM unnest(ARRAY['bass_fit', 'bass_fit_cumulative', 'logistic_fit', 'gompertz_fit', 'exponential_fit', 'adoption_fit']) AS f;
SELECT timed('logistic_fit of a million points', 'SELECT logistic_fit(1 / (1 + exp(-(i - 500000) / 1e5)) + 0.01 * random(), date ''0001-01-01'' + i) FROM generate_series(1, 1000000) AS i', 1e6, 1);
SELECT timed('growth_rate of rows', 'SELECT growth_rate(v, at) FROM hours', 300000);
SELECT timed('growth_rate, frames of ' || n || ' rows', format('SELECT count(g) FROM (SELECT growth_rate(v, at) OVER (ORDER BY at ROWS %s PRECEDING) AS g FROM hours) AS q', n - 1), 300000)
FROM unnest(ARRAY[30, 1000, 100000]) AS n;
SELECT timed('growth_rate, growing frame, span of 90 days', 'SELECT count(g) FROM (SELECT growth_rate(v, at, ''90 days'') OVER (ORDER BY at) AS g FROM hours) AS q', 300000);
