-- The response surface of critical values: right ones, and where it ends.
\getenv srcdir PG_ABS_SRCDIR
\set setup :srcdir '/setup.sql'
\i :setup
SET jit = off;

-- Quantiles of random walks from a simulation of another kind
-- (test/ref/explosive/size.c), with three standard errors of theirs and what
-- makes the size 0.15 of 5 percent.
SELECT n, count(*) AS rows, min((w, lags, sadf_critical_value(n, w, lags), sadf_95)::text)
	FILTER (WHERE (abs(sadf_critical_value(n, w, lags) - sadf_95) < near_95)
	IS NOT TRUE) AS sadf_95,
	min((w, lags, sadf_critical_value(n, w, lags, 0.99), sadf_99)::text)
		FILTER (WHERE (abs(sadf_critical_value(n, w, lags, 0.99) - sadf_99) < near_99)
		IS NOT TRUE) AS sadf_99,
	min((w, lags, gsadf_critical_value(n, w, lags), gsadf_95)::text)
		FILTER (WHERE (abs(gsadf_critical_value(n, w, lags) - gsadf_95) < near_95)
		IS NOT TRUE) AS gsadf_95,
	min((w, lags, gsadf_critical_value(n, w, lags, 0.99), gsadf_99)::text)
		FILTER (WHERE (abs(gsadf_critical_value(n, w, lags, 0.99) - gsadf_99) < near_99)
		IS NOT TRUE) AS gsadf_99
FROM (VALUES
	(20, 8, 0, 1.113, 1.923, 1.778, 2.868, 0.034, 0.052), (20, 10, 1, 1.199, 2.075, 1.882, 3.001,
		0.035, 0.054), (20, 16, 4, 1.414, 2.488, 1.890, 3.173, 0.040, 0.062),
	(50, 13, 0, 1.206, 1.857, 1.881, 2.617, 0.027, 0.044), (50, 13, 1, 1.364, 2.085, 2.300, 3.198,
		0.033, 0.054), (50, 16, 4, 1.876, 2.808, 3.564, 5.101, 0.057, 0.092),
	(75, 16, 0, 1.259, 1.886, 1.953, 2.635, 0.025, 0.041), (75, 16, 1, 1.384, 2.056, 2.298, 3.101,
		0.030, 0.048), (75, 16, 4, 1.951, 2.836, 4.051, 5.668, 0.060, 0.097),
	(100, 19, 0, 1.293, 1.908, 1.988, 2.624, 0.023, 0.038), (100, 19, 1, 1.397, 2.049, 2.299, 2.999,
		0.026, 0.042), (100, 19, 4, 1.839, 2.615, 3.488, 4.525, 0.038, 0.062),
	(150, 23, 0, 1.347, 1.935, 2.068, 2.671, 0.027, 0.047), (150, 23, 1, 1.429, 2.045, 2.336, 2.991,
		0.029, 0.051), (150, 23, 4, 1.776, 2.512, 3.262, 4.103, 0.037, 0.065),
	(200, 27, 0, 1.379, 1.949, 2.107, 2.674, 0.025, 0.044), (200, 27, 1, 1.437, 2.044, 2.349, 2.973,
		0.028, 0.048), (200, 27, 4, 1.722, 2.407, 3.140, 3.916, 0.034, 0.060),
	(400, 40, 0, 1.429, 1.979, 2.208, 2.752, 0.041, 0.082), (400, 40, 1, 1.462, 2.027, 2.410, 2.975,
		0.043, 0.085), (400, 40, 4, 1.645, 2.253, 2.966, 3.637, 0.051, 0.101),
	(1000, 66, 0, 1.514, 2.060, 2.341, 2.813, 0.039, 0.078), (1000, 66, 1, 1.542, 2.100, 2.478,
		2.968, 0.041, 0.081), (1000, 66, 4, 1.659, 2.207, 2.873, 3.419, 0.045, 0.090),
	(2000, 100, 0, 1.567, 2.051, 2.409, 2.892, 0.065, 0.136), (2000, 100, 1, 1.577, 2.146, 2.495,
		2.973, 0.064, 0.134), (2000, 100, 4, 1.633, 2.183, 2.788, 3.303, 0.069, 0.145),
	(5000, 177, 0, 1.734, 2.218, 2.508, 2.943, 0.133, 0.293), (5000, 177, 1, 1.727, 2.101, 2.600,
		2.988, 0.119, 0.262), (5000, 177, 4, 1.710, 2.099, 2.807, 3.216, 0.125, 0.276))
	AS v (n, w, lags, sadf_95, sadf_99, gsadf_95, gsadf_99, near_95, near_99)
GROUP BY n ORDER BY n;
-- Of the SADF alone there are more, and of long windows.
SELECT n, w, count(*) AS rows, min((lags, sadf_critical_value(n, w, lags), sadf_95)::text)
	FILTER (WHERE (abs(sadf_critical_value(n, w, lags) - sadf_95) < near_95)
	IS NOT TRUE) AS sadf_95,
	min((lags, sadf_critical_value(n, w, lags, 0.99), sadf_99)::text)
		FILTER (WHERE (abs(sadf_critical_value(n, w, lags, 0.99) - sadf_99) < near_99)
		IS NOT TRUE) AS sadf_99
FROM (VALUES
	(400, 40, 0, 1.444, 1.978, 0.024, 0.041), (400, 40, 1, 1.483, 2.052, 0.025, 0.044),
		(400, 40, 4, 1.659, 2.276, 0.027, 0.048),
	(1000, 66, 0, 1.512, 2.046, 0.032, 0.059), (1000, 66, 1, 1.549, 2.091, 0.032, 0.060),
		(1000, 66, 4, 1.657, 2.219, 0.033, 0.063),
	(2000, 100, 0, 1.583, 2.119, 0.032, 0.060), (2000, 100, 1, 1.602, 2.152, 0.033, 0.061),
		(2000, 100, 4, 1.663, 2.235, 0.034, 0.064),
	(3000, 250, 0, 1.530, 2.059, 0.031, 0.059), (3000, 250, 1, 1.538, 2.060, 0.031, 0.058),
		(3000, 250, 4, 1.571, 2.113, 0.032, 0.060),
	(3000, 300, 0, 1.505, 2.044, 0.032, 0.060), (3000, 300, 1, 1.511, 2.040, 0.031, 0.059),
		(3000, 300, 4, 1.536, 2.091, 0.033, 0.062),
	(3000, 354, 0, 1.484, 2.021, 0.032, 0.060), (3000, 354, 1, 1.484, 2.016, 0.032, 0.059),
		(3000, 354, 4, 1.510, 2.069, 0.033, 0.062),
	(5000, 177, 0, 1.639, 2.152, 0.039, 0.077), (5000, 177, 1, 1.647, 2.163, 0.039, 0.077),
		(5000, 177, 4, 1.675, 2.209, 0.041, 0.080),
	(20000, 454, 0, 1.737, 2.225, 0.060, 0.126), (20000, 454, 1, 1.735, 2.219, 0.060, 0.125),
		(20000, 454, 4, 1.760, 2.262, 0.062, 0.130),
	(50000, 902, 0, 1.742, 2.255, 0.075, 0.160), (50000, 902, 1, 1.744, 2.256, 0.075, 0.160),
		(50000, 902, 4, 1.746, 2.270, 0.077, 0.163))
	AS v (n, w, lags, sadf_95, sadf_99, near_95, near_99)
GROUP BY n, w ORDER BY n, w;

-- Every level of every kind of case is above the one before; the outermost
-- ones of long series with lags may coincide.
CREATE TEMP TABLE cases AS
SELECT DISTINCT n, w, lags
FROM unnest(ARRAY[20, 30, 50, 75, 100, 200, 500, 1000, 3000, 10000, 25000, 50000]) AS n,
	generate_series(0, 12) AS lags,
	unnest(ARRAY[0.5, 0.7, 1, 2, 5, 1e9]) AS factor,
	LATERAL (SELECT least(n, ceil(factor * floor(n * 0.01 + 1.8 * sqrt(n))))::int AS w) AS v
WHERE w >= 8 + 2 * lags;
SELECT count(*) AS values, min((n, w, lags, level, sadf, sadf_before, gsadf, gsadf_before)::text)
	FILTER (WHERE (n < 1000 OR lags = 0) AND (sadf > sadf_before AND gsadf > gsadf_before)
	IS FALSE) AS above,
	min((n, w, lags, level, sadf, sadf_before, gsadf, gsadf_before)::text)
		FILTER (WHERE (sadf >= sadf_before AND gsadf >= gsadf_before) IS FALSE) AS not_below
FROM (SELECT n, w, lags, level, sadf, gsadf, lag(sadf) OVER c AS sadf_before,
	lag(gsadf) OVER c AS gsadf_before
	FROM (SELECT n, w, lags, level, sadf_critical_value(n, w, lags, level) AS sadf,
		gsadf_critical_value(n, w, lags, level) AS gsadf
		FROM cases, unnest(ARRAY[0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.85,
			0.9, 0.925, 0.95, 0.975, 0.99, 0.995, 0.9975, 0.999]) AS level) AS v
	WINDOW c AS (PARTITION BY n, w, lags ORDER BY level)) AS x;
-- More windows to choose from, larger values; with one window all are the ADF's.
SELECT count(*) AS rows,
	min((n, w, lags, level, gsadf_critical_value(n, w, lags, level),
	sadf_critical_value(n, w, lags, level))::text)
	FILTER (WHERE w < n / 2 AND (gsadf_critical_value(n, w, lags, level) > sadf_critical_value(n, w,
	lags, level)) IS NOT TRUE) AS gsadf_above_sadf,
	max(abs(gsadf_critical_value(n, w, lags, level) - sadf_critical_value(n, w, lags, level)))
		FILTER (WHERE w = n) < 0.03 AS one_window
FROM cases, unnest(ARRAY[0.5, 0.9, 0.95, 0.99]) AS level;
-- In long windows lags hardly matter.
SELECT count(*) AS rows,
	min((level, gsadf_critical_value(50000, 902, 12, level), gsadf_critical_value(50000, 902, 0,
	level))::text) FILTER (
	WHERE (abs(gsadf_critical_value(50000, 902, 12, level) - gsadf_critical_value(50000, 902, 0,
	level)) < 0.15) IS NOT TRUE) AS gsadf,
	min((level, sadf_critical_value(50000, 902, 12, level), sadf_critical_value(50000, 902, 0,
		level))::text) FILTER (
		WHERE (abs(sadf_critical_value(50000, 902, 12, level) - sadf_critical_value(50000, 902, 0,
		level)) < 0.15) IS NOT TRUE) AS sadf
FROM unnest(ARRAY[0.5, 0.9, 0.95, 0.99]) AS level;
-- Lags are none by default; unknown ones have no critical value.
SELECT error_of('SELECT sadf_critical_value(100, NULL, NULL)') AS sadf,
	error_of('SELECT gsadf_critical_value(100, NULL, NULL)') AS gsadf;
