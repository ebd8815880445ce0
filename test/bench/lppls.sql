-- Log-periodic power laws: against a grid in plain SQL, which is coarse and
-- goes down from nowhere, and against a loop over windows; milliseconds.
SET max_parallel_workers_per_gather = 0;
SET jit = off;

CREATE UNLOGGED TABLE walk AS
SELECT i, date '2000-01-01' + i AS at, exp(sum(0.001 + 0.01 * sin(i * 0.7::float8 * i)) OVER (ORDER BY i)) AS price
FROM generate_series(1, 2000) AS i;
CREATE UNLOGGED TABLE stored AS
SELECT n, bubble_series(price, at) AS s FROM unnest(ARRAY[125, 250, 500, 750, 2000]) AS n, walk WHERE i > 2000 - n GROUP BY n;
VACUUM ANALYZE walk;
VACUUM ANALYZE stored;

-- The smallest sum of squares of 10 critical times, 5 exponents and 40
-- frequencies, each a regression by covariances.
CREATE VIEW plain_grid AS
WITH point AS MATERIALIZED (
	SELECT exp(h * ln(99.8::float8) / 9) AS ahead, 0.1 + m * 0.2::float8 AS exponent, 1 + w * 1.25::float8 AS frequency
	FROM generate_series(0, 9) AS h, generate_series(0, 4) AS m, generate_series(0, 39) AS w
), moments AS (
	SELECT ahead, exponent, frequency, 500 * var_pop(y) AS yy, covar_pop(f, f) AS a, covar_pop(g, g) AS b, covar_pop(h, h) AS c,
		covar_pop(f, g) AS d, covar_pop(f, h) AS e, covar_pop(g, h) AS j, covar_pop(f, y) AS p, covar_pop(g, y) AS q, covar_pop(h, y) AS r
	FROM walk, point, LATERAL (SELECT 2000 - i + ahead AS t) AS x,
		LATERAL (SELECT t ^ exponent AS f, t ^ exponent * cos(frequency * ln(t)) AS g, t ^ exponent * sin(frequency * ln(t)) AS h, ln(price) AS y OFFSET 0) AS z
	WHERE i > 1500
	GROUP BY ahead, exponent, frequency
)
SELECT min(yy - 500 * (p * p * (b * c - j * j) + q * q * (a * c - e * e) + r * r * (a * b - d * d) + 2 * p * q * (e * j - d * c) +
	2 * p * r * (d * j - e * b) + 2 * q * r * (d * e - a * j)) / (a * (b * c - j * j) - d * (d * c - e * j) + e * (d * j - e * b))) AS sse
FROM moments;

-- Prints: name, milliseconds (the median of several runs).
CREATE FUNCTION timed(name text, statement text, runs int DEFAULT 9) RETURNS text
LANGUAGE plpgsql AS
$$
DECLARE
	ms float8[];
BEGIN
	PERFORM milliseconds(statement);	-- warm up
	FOR i IN 1 .. runs LOOP
		ms := ms || milliseconds(statement);
	END LOOP;
	RETURN format('%s %s ms', rpad(name, 62), to_char((SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY m) FROM unnest(ms) AS m), '99990.00'));
END
$$;

SELECT ratio('lppls_fit, 500 rows, against a grid of 2000 points in SQL', 'SELECT lppls_fit(s) FROM stored WHERE n = 500',
	'SELECT sse FROM plain_grid', 500, 3);
SELECT ratio('lppls_windows, 126 windows, against a loop of lppls_fit', 'SELECT count(sse) FROM stored, lppls_windows(s) WHERE n = 750',
	'SELECT count(f.sse) FROM generate_series(750, 125, -5) AS m, LATERAL (SELECT bubble_series(price, at) AS s FROM walk WHERE i > 2000 - m) AS x, lppls_fit(s) AS f',
	750, 3);
SELECT timed(format('lppls_fit of a series, %s rows', n), format('SELECT lppls_fit(s) FROM stored WHERE n = %s', n))
FROM unnest(ARRAY[125, 250, 500, 750, 2000]) AS n;
SELECT timed('lppls_fit, 500 rows, exponents .1 to .9, frequencies 6 to 13',
	'SELECT lppls_fit(s, NULL, 0.1, 0.9, 6, 13) FROM stored WHERE n = 500');
SELECT timed('lppls_windows, 126 windows', 'SELECT count(sse) FROM stored, lppls_windows(s) WHERE n = 750', 3);
SELECT timed('lppls_confidence, 126 windows', 'SELECT lppls_confidence(s) FROM stored WHERE n = 750', 3);
SELECT timed('the same, exponents .1 to .9, frequencies 6 to 13',
	'SELECT lppls_confidence(s, 750, 125, 5, ''lppls'', NULL, 0.1, 0.9, 6, 13) FROM stored WHERE n = 750', 3);
