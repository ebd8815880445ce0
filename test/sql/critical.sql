-- The response surface of critical values: right ones, and where it ends.
SET jit = off;

-- Quantiles of random walks from a simulation of another kind
-- (test/ref/explosive/size.c), with three standard errors of theirs.

-- Every level of every kind of case is above the one before; the outermost
-- ones of long series with lags may coincide.
CREATE TEMP TABLE cases AS
SELECT DISTINCT n, w, lags
FROM unnest(ARRAY[20, 30, 50, 75, 100, 200, 500, 1000, 3000, 10000, 25000, 50000]) AS n, generate_series(0, 12) AS lags,
	unnest(ARRAY[0.5, 0.7, 1, 2, 5, 1e9]) AS factor,
	LATERAL (SELECT least(n, ceil(factor * floor(n * 0.01 + 1.8 * sqrt(n))))::int AS w) AS v
WHERE w >= 8 + 2 * lags;
SELECT n < 1000 OR lags = 0 AND n <= 50000 AS strictly, count(*) AS cases, bool_and(sadf > sadf_before) AS sadf, bool_and(gsadf > gsadf_before) AS gsadf,
	bool_and(sadf >= sadf_before AND gsadf >= gsadf_before) AS not_below
FROM (SELECT n, lags, sadf, gsadf, lag(sadf) OVER c AS sadf_before, lag(gsadf) OVER c AS gsadf_before
	FROM (SELECT n, w, lags, level, sadf_critical_value(n, level, w, lags) AS sadf, gsadf_critical_value(n, level, w, lags) AS gsadf
		FROM cases, unnest(ARRAY[0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.925, 0.95, 0.975, 0.99, 0.995, 0.9975, 0.999]) AS level) AS v
	WINDOW c AS (PARTITION BY n, w, lags ORDER BY level)) AS x
GROUP BY 1 ORDER BY 1;
-- More windows to choose from, larger values; with one window all are the ADF's.
SELECT bool_and(gsadf_critical_value(n, level, w, lags) > sadf_critical_value(n, level, w, lags)) FILTER (WHERE w < n / 2) AS gsadf_above_sadf,
	max(abs(gsadf_critical_value(n, level, w, lags) - sadf_critical_value(n, level, w, lags))) FILTER (WHERE w = n) < 0.03 AS one_window
FROM cases, unnest(ARRAY[0.5, 0.9, 0.95, 0.99]) AS level;
-- In long windows lags hardly matter.
SELECT bool_and(abs(gsadf_critical_value(50000, level, 902, 12) - gsadf_critical_value(50000, level, 902, 0)) < 0.15) AS gsadf,
	bool_and(abs(sadf_critical_value(50000, level, 902, 12) - sadf_critical_value(50000, level, 902, 0)) < 0.15) AS sadf
FROM unnest(ARRAY[0.5, 0.9, 0.95, 0.99]) AS level;
