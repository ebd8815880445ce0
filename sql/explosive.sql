-- ---------------------------------------------------------------------------
-- explosive
--
-- Parameters may be NULL where that means something: min_window for the
-- default of the number of rows, lags of a series for a choice up to
-- max_lags.  Hence nothing is STRICT.
-- ---------------------------------------------------------------------------

CREATE STATE adf(double precision, @time, bigint) PARTIAL
	IS 'a series and the lags of adf';

CREATE STATE sadf(double precision, @time, bigint [, bigint]) PARTIAL
	IS 'a series and the parameters of sadf, gsadf or explosive_test';

CREATE FUNCTION bubble_adf_finalfn(bubble_series) RETURNS double precision
	AS 'MODULE_PATHNAME', 'bubble_adf'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000
	IS 'final: ADF statistic of the whole sample, default parameters';

CREATE FUNCTION bubble_adf_finalfn(internal) RETURNS double precision
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE
	IS 'final: ADF statistic of the whole sample';

CREATE FUNCTION bubble_sadf_finalfn(bubble_series) RETURNS double precision
	AS 'MODULE_PATHNAME', 'bubble_sadf'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000
	IS 'final: largest ADF statistic of the windows from the first row on, default parameters';

CREATE FUNCTION bubble_sadf_finalfn(internal) RETURNS double precision
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE
	IS 'final: largest ADF statistic of the windows from the first row on';

CREATE FUNCTION bubble_gsadf_finalfn(bubble_series) RETURNS double precision
	AS 'MODULE_PATHNAME', 'bubble_gsadf'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 100000
	IS 'final: largest ADF statistic of all windows, default parameters';

CREATE FUNCTION bubble_gsadf_finalfn(internal) RETURNS double precision
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 100000
	IS 'final: largest ADF statistic of all windows';

CREATE AGGREGATE adf(y double precision, at @time) (
	SFUNC = bubble_series_transfn,
	STYPE = bubble_series,
	SSPACE = 1024,
	FINALFUNC = bubble_adf_finalfn,
	COMBINEFUNC = bubble_series_combinefn,
	PARALLEL = SAFE
)
	IS 'augmented Dickey-Fuller t statistic of the whole sample, constant included: above about 0 explosive growth, far below a stable level; no lags';

CREATE AGGREGATE adf(y double precision, at @time, lags bigint) (
	SFUNC = bubble_adf_transfn,
	STYPE = internal,
	SSPACE = 1024,
	FINALFUNC = bubble_adf_finalfn,
	COMBINEFUNC = bubble_adf_combinefn,
	SERIALFUNC = bubble_adf_serialfn,
	DESERIALFUNC = bubble_adf_deserialfn,
	PARALLEL = SAFE
)
	IS 'augmented Dickey-Fuller t statistic of the whole sample, constant included: above about 0 explosive growth, far below a stable level; with so many lagged changes';

CREATE AGGREGATE sadf(y double precision, at @time) (
	SFUNC = bubble_series_transfn,
	STYPE = bubble_series,
	SSPACE = 1024,
	FINALFUNC = bubble_sadf_finalfn,
	COMBINEFUNC = bubble_series_combinefn,
	PARALLEL = SAFE
)
	IS 'sup ADF statistic of Phillips, Wu and Yu: largest ADF statistic of the windows from the first row on; of floor(n (0.01 + 1.8/sqrt(n))) rows or more, no lags';

CREATE AGGREGATE sadf(y double precision, at @time, min_window bigint) (
	SFUNC = bubble_sadf_transfn,
	STYPE = internal,
	SSPACE = 1024,
	FINALFUNC = bubble_sadf_finalfn,
	COMBINEFUNC = bubble_sadf_combinefn,
	SERIALFUNC = bubble_sadf_serialfn,
	DESERIALFUNC = bubble_sadf_deserialfn,
	PARALLEL = SAFE
)
	IS 'sup ADF statistic of Phillips, Wu and Yu: largest ADF statistic of the windows from the first row on; of min_window rows or more, no lags';

CREATE AGGREGATE sadf(y double precision, at @time, min_window bigint, lags bigint) (
	SFUNC = bubble_sadf_transfn,
	STYPE = internal,
	SSPACE = 1024,
	FINALFUNC = bubble_sadf_finalfn,
	COMBINEFUNC = bubble_sadf_combinefn,
	SERIALFUNC = bubble_sadf_serialfn,
	DESERIALFUNC = bubble_sadf_deserialfn,
	PARALLEL = SAFE
)
	IS 'sup ADF statistic of Phillips, Wu and Yu: largest ADF statistic of the windows from the first row on; of min_window rows or more, with so many lagged changes';

CREATE AGGREGATE gsadf(y double precision, at @time) (
	SFUNC = bubble_series_transfn,
	STYPE = bubble_series,
	SSPACE = 1024,
	FINALFUNC = bubble_gsadf_finalfn,
	COMBINEFUNC = bubble_series_combinefn,
	PARALLEL = SAFE
)
	IS 'generalised sup ADF statistic of Phillips, Shi and Yu: largest ADF statistic of all windows; of floor(n (0.01 + 1.8/sqrt(n))) rows or more, no lags';

CREATE AGGREGATE gsadf(y double precision, at @time, min_window bigint) (
	SFUNC = bubble_sadf_transfn,
	STYPE = internal,
	SSPACE = 1024,
	FINALFUNC = bubble_gsadf_finalfn,
	COMBINEFUNC = bubble_sadf_combinefn,
	SERIALFUNC = bubble_sadf_serialfn,
	DESERIALFUNC = bubble_sadf_deserialfn,
	PARALLEL = SAFE
)
	IS 'generalised sup ADF statistic of Phillips, Shi and Yu: largest ADF statistic of all windows; of min_window rows or more, no lags';

CREATE AGGREGATE gsadf(y double precision, at @time, min_window bigint, lags bigint) (
	SFUNC = bubble_sadf_transfn,
	STYPE = internal,
	SSPACE = 1024,
	FINALFUNC = bubble_gsadf_finalfn,
	COMBINEFUNC = bubble_sadf_combinefn,
	SERIALFUNC = bubble_sadf_serialfn,
	DESERIALFUNC = bubble_sadf_deserialfn,
	PARALLEL = SAFE
)
	IS 'generalised sup ADF statistic of Phillips, Shi and Yu: largest ADF statistic of all windows; of min_window rows or more, with so many lagged changes';

CREATE FUNCTION adf(series bubble_series, lags bigint DEFAULT 0,
	max_lags bigint DEFAULT NULL, criterion text DEFAULT 'bic', deterministic text DEFAULT 'constant') RETURNS double precision
	AS 'MODULE_PATHNAME', 'bubble_adf'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000
	IS 'augmented Dickey-Fuller t statistic of the whole sample: above about 0 explosive growth, far below a stable level; NULL lags are chosen from 0 to max_lags by aic or bic; deterministic terms of the regressions: none, constant or trend';

CREATE FUNCTION sadf(series bubble_series, min_window bigint DEFAULT NULL, lags bigint DEFAULT 0,
	max_lags bigint DEFAULT NULL, criterion text DEFAULT 'bic', deterministic text DEFAULT 'constant') RETURNS double precision
	AS 'MODULE_PATHNAME', 'bubble_sadf'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000
	IS 'sup ADF statistic of Phillips, Wu and Yu: largest ADF statistic of the windows from the first row on; NULL lags are chosen from 0 to max_lags by aic or bic; deterministic terms of the regressions: none, constant or trend';

CREATE FUNCTION gsadf(series bubble_series, min_window bigint DEFAULT NULL, lags bigint DEFAULT 0,
	max_lags bigint DEFAULT NULL, criterion text DEFAULT 'bic', deterministic text DEFAULT 'constant') RETURNS double precision
	AS 'MODULE_PATHNAME', 'bubble_gsadf'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 100000
	IS 'generalised sup ADF statistic of Phillips, Shi and Yu: largest ADF statistic of all windows; NULL lags are chosen from 0 to max_lags by aic or bic; deterministic terms of the regressions: none, constant or trend';

CREATE FUNCTION bsadf_path(series bubble_series, min_window bigint DEFAULT NULL, lags bigint DEFAULT 0,
	max_lags bigint DEFAULT NULL, criterion text DEFAULT 'bic', deterministic text DEFAULT 'constant') RETURNS bubble_series
	AS 'MODULE_PATHNAME', 'bubble_bsadf_path'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 100000
	IS 'bsadf row by row: for each row the largest ADF statistic of the windows of min_window rows or more that end there; deterministic terms of the regressions: none, constant or trend';

CREATE FUNCTION bsadf(y double precision, min_window bigint DEFAULT NULL, lags bigint DEFAULT 0) RETURNS double precision
	AS 'MODULE_PATHNAME', 'bubble_bsadf'
	LANGUAGE C WINDOW IMMUTABLE PARALLEL SAFE COST 100000
	IS 'backward sup ADF statistic of a row: the largest of the windows of min_window rows or more that end there; NULL min_window is chosen from the number of rows in the partition, later ones included; the frame is ignored';

-- Critical values, episodes, the test.  Times of a stored series depend on the
-- session's time zone: STABLE.

CREATE FUNCTION sadf_critical_value(observations bigint, min_window bigint DEFAULT NULL, lags bigint DEFAULT 0,
	level double precision DEFAULT 0.95) RETURNS double precision
	AS 'MODULE_PATHNAME', 'bubble_sadf_critical_value'
	LANGUAGE C IMMUTABLE PARALLEL SAFE
	IS 'SADF statistic that a random walk passes with probability 1 - level, from the response surface; NULL for fewer or more observations than it knows';

CREATE FUNCTION gsadf_critical_value(observations bigint, min_window bigint DEFAULT NULL, lags bigint DEFAULT 0,
	level double precision DEFAULT 0.95) RETURNS double precision
	AS 'MODULE_PATHNAME', 'bubble_gsadf_critical_value'
	LANGUAGE C IMMUTABLE PARALLEL SAFE
	IS 'GSADF statistic that a random walk passes with probability 1 - level, from the response surface; NULL for fewer or more observations than it knows';

CREATE TYPE explosive_episode@_date AS (
	started_at @time,
	peak_at @time,
	ended_at @time,
	peak_statistic double precision,
	is_bubble boolean
)
	IS 'an explosive episode: its first row, that of the largest statistic, its last row (null while it goes on)';

CREATE TYPE explosive_test AS (
	observations bigint,
	min_window bigint,
	lags integer,
	adf double precision,
	adf_90 double precision,
	adf_95 double precision,
	adf_99 double precision,
	adf_p double precision,
	sadf double precision,
	sadf_90 double precision,
	sadf_95 double precision,
	sadf_99 double precision,
	sadf_p double precision,
	gsadf double precision,
	gsadf_90 double precision,
	gsadf_95 double precision,
	gsadf_99 double precision,
	gsadf_p double precision
)
	IS 'ADF, SADF and GSADF statistics of a sample, each with its critical values at 90, 95 and 99 percent and its p value';

CREATE STATE explosive_episodes(double precision, @time, bigint [, bigint [, double precision [, bigint]]]) PARTIAL
	IS 'a series and the parameters of explosive_episodes';

CREATE FUNCTION bubble_explosive_episodes_finalfn(bubble_series) RETURNS explosive_episode[]
	AS 'MODULE_PATHNAME', 'bubble_explosive_episodes'
	LANGUAGE C STABLE PARALLEL SAFE COST 100000
	IS 'final: explosive episodes of the collected rows';

CREATE FUNCTION bubble_explosive_episodes_finalfn(internal) RETURNS explosive_episode[]
	AS 'MODULE_PATHNAME', 'bubble_explosive_episodes_finalfn'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 100000
	IS 'final: explosive episodes of the collected rows';

CREATE FUNCTION bubble_explosive_episodes_date_finalfn(bubble_series) RETURNS explosive_episode_date[]
	AS 'MODULE_PATHNAME', 'bubble_explosive_episodes'
	LANGUAGE C STABLE PARALLEL SAFE COST 100000
	IS 'final: explosive episodes of the collected rows';

CREATE FUNCTION bubble_explosive_episodes_date_finalfn(internal) RETURNS explosive_episode_date[]
	AS 'MODULE_PATHNAME', 'bubble_explosive_episodes_finalfn'
	LANGUAGE C STABLE PARALLEL SAFE COST 100000
	IS 'final: explosive episodes of the collected rows';

CREATE FUNCTION bubble_explosive_test_finalfn(bubble_series) RETURNS explosive_test
	AS 'MODULE_PATHNAME', 'bubble_explosive_test'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 100000
	IS 'final: the test of the collected rows';

CREATE FUNCTION bubble_explosive_test_finalfn(internal) RETURNS explosive_test
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 100000
	IS 'final: the test of the collected rows';

CREATE AGGREGATE explosive_episodes(y double precision, at @time) (
	SFUNC = bubble_series_transfn,
	STYPE = bubble_series,
	SSPACE = 1024,
	FINALFUNC = bubble_explosive_episodes@_date_finalfn,
	COMBINEFUNC = bubble_series_combinefn,
	PARALLEL = SAFE
)
	IS 'episodes in which the BSADF statistic stays above the critical value of the rows so far at 95 percent for ln n rows or more, as an array of rows for unnest()';

CREATE AGGREGATE explosive_episodes(y double precision, at @time, min_window bigint [, lags bigint]) (
	SFUNC = bubble_explosive_episodes_transfn,
	STYPE = internal,
	SSPACE = 1024,
	FINALFUNC = bubble_explosive_episodes@_date_finalfn,
	COMBINEFUNC = bubble_explosive_episodes_combinefn,
	SERIALFUNC = bubble_explosive_episodes_serialfn,
	DESERIALFUNC = bubble_explosive_episodes_deserialfn,
	PARALLEL = SAFE
)
	IS 'episodes in which the BSADF statistic stays above the critical value of the rows so far at 95 percent for ln n rows or more, as an array of rows for unnest()';

CREATE AGGREGATE explosive_episodes(y double precision, at @time, min_window bigint, lags bigint, level double precision) (
	SFUNC = bubble_explosive_episodes_transfn,
	STYPE = internal,
	SSPACE = 1024,
	FINALFUNC = bubble_explosive_episodes@_date_finalfn,
	COMBINEFUNC = bubble_explosive_episodes_combinefn,
	SERIALFUNC = bubble_explosive_episodes_serialfn,
	DESERIALFUNC = bubble_explosive_episodes_deserialfn,
	PARALLEL = SAFE
)
	IS 'episodes in which the BSADF statistic stays above the critical value of the rows so far at level for ln n rows or more, as an array of rows for unnest()';

CREATE AGGREGATE explosive_episodes(y double precision, at @time, min_window bigint, lags bigint, level double precision, min_duration bigint) (
	SFUNC = bubble_explosive_episodes_transfn,
	STYPE = internal,
	SSPACE = 1024,
	FINALFUNC = bubble_explosive_episodes@_date_finalfn,
	COMBINEFUNC = bubble_explosive_episodes_combinefn,
	SERIALFUNC = bubble_explosive_episodes_serialfn,
	DESERIALFUNC = bubble_explosive_episodes_deserialfn,
	PARALLEL = SAFE
)
	IS 'episodes in which the BSADF statistic stays above the critical value of the rows so far at level for min_duration rows or more, as an array of rows for unnest()';

CREATE AGGREGATE explosive_test(y double precision, at @time) (
	SFUNC = bubble_series_transfn,
	STYPE = bubble_series,
	SSPACE = 1024,
	FINALFUNC = bubble_explosive_test_finalfn,
	COMBINEFUNC = bubble_series_combinefn,
	PARALLEL = SAFE
)
	IS 'ADF, SADF and GSADF statistics with critical values and p values, as one row';

CREATE AGGREGATE explosive_test(y double precision, at @time, min_window bigint [, lags bigint]) (
	SFUNC = bubble_sadf_transfn,
	STYPE = internal,
	SSPACE = 1024,
	FINALFUNC = bubble_explosive_test_finalfn,
	COMBINEFUNC = bubble_sadf_combinefn,
	SERIALFUNC = bubble_sadf_serialfn,
	DESERIALFUNC = bubble_sadf_deserialfn,
	PARALLEL = SAFE
)
	IS 'ADF, SADF and GSADF statistics with critical values and p values, as one row';

CREATE FUNCTION explosive_episodes(series bubble_series, min_window bigint DEFAULT NULL, lags bigint DEFAULT 0,
	level double precision DEFAULT 0.95, min_duration bigint DEFAULT NULL,
	max_lags bigint DEFAULT NULL, criterion text DEFAULT 'bic', deterministic text DEFAULT 'constant',
	critical double precision DEFAULT NULL, critical_path bubble_series DEFAULT NULL) RETURNS explosive_episode[]
	AS 'MODULE_PATHNAME', 'bubble_explosive_episodes'
	LANGUAGE C STABLE PARALLEL SAFE COST 100000
	IS 'episodes in which the BSADF statistic stays above critical, the row''s value of critical_path or else the critical value of the rows so far at level for min_duration rows or more, as an array of rows for unnest(); NULL without critical values';

CREATE FUNCTION bsadf_critical_path(series bubble_series, min_window bigint DEFAULT NULL, lags bigint DEFAULT 0,
	level double precision DEFAULT 0.95, max_lags bigint DEFAULT NULL, criterion text DEFAULT 'bic') RETURNS bubble_series
	AS 'MODULE_PATHNAME', 'bubble_bsadf_critical_path'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000
	IS 'critical values by which explosive_episodes dates, row by row of bsadf_path; NULL where the response surface does not know them';

CREATE FUNCTION explosive_test(series bubble_series, min_window bigint DEFAULT NULL, lags bigint DEFAULT 0,
	max_lags bigint DEFAULT NULL, criterion text DEFAULT 'bic', deterministic text DEFAULT 'constant')
	RETURNS explosive_test
	AS 'MODULE_PATHNAME', 'bubble_explosive_test'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 100000
	IS 'ADF, SADF and GSADF statistics with critical values and p values, as one row; deterministic terms of the regressions: none, constant or trend; critical values are known with a constant only';

-- Critical values from simulated and from resampled series.

CREATE FUNCTION bubble_explosive_draws(observations bigint, min_window bigint, lags bigint, replications bigint,
	seed bigint, slice bigint, slices bigint, deterministic text DEFAULT 'constant',
	OUT adf double precision, OUT sadf double precision, OUT gsadf double precision) RETURNS SETOF record
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 2000000 ROWS 250
	IS 'statistics of simulated random walks: one of so many slices, counted from 0, of the replications';

CREATE FUNCTION explosive_simulate(observations bigint, min_window bigint DEFAULT NULL, lags bigint DEFAULT 0,
	replications bigint DEFAULT 2000, seed bigint DEFAULT 1, deterministic text DEFAULT 'constant',
	OUT level double precision, OUT adf double precision, OUT sadf double precision, OUT gsadf double precision)
	RETURNS SETOF record
	LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 1000000 ROWS 19
BEGIN ATOMIC
	SELECT pg_catalog.unnest(levels), pg_catalog.unnest(adf), pg_catalog.unnest(sadf), pg_catalog.unnest(gsadf)
	FROM (
		SELECT levels, pg_catalog.percentile_cont(levels) WITHIN GROUP (ORDER BY d.adf) AS adf,
			pg_catalog.percentile_cont(levels) WITHIN GROUP (ORDER BY d.sadf) AS sadf,
			pg_catalog.percentile_cont(levels) WITHIN GROUP (ORDER BY d.gsadf) AS gsadf
		FROM (
			SELECT * FROM bubble_explosive_draws(observations, min_window, lags, replications, seed, 0, 8, deterministic)
			UNION ALL
			SELECT * FROM bubble_explosive_draws(observations, min_window, lags, replications, seed, 1, 8, deterministic)
			UNION ALL
			SELECT * FROM bubble_explosive_draws(observations, min_window, lags, replications, seed, 2, 8, deterministic)
			UNION ALL
			SELECT * FROM bubble_explosive_draws(observations, min_window, lags, replications, seed, 3, 8, deterministic)
			UNION ALL
			SELECT * FROM bubble_explosive_draws(observations, min_window, lags, replications, seed, 4, 8, deterministic)
			UNION ALL
			SELECT * FROM bubble_explosive_draws(observations, min_window, lags, replications, seed, 5, 8, deterministic)
			UNION ALL
			SELECT * FROM bubble_explosive_draws(observations, min_window, lags, replications, seed, 6, 8, deterministic)
			UNION ALL
			SELECT * FROM bubble_explosive_draws(observations, min_window, lags, replications, seed, 7, 8, deterministic)
		) AS d,
			(VALUES (ARRAY[0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.925, 0.95, 0.975, 0.99,
				0.995, 0.999]::pg_catalog.float8[])) AS l (levels)
		GROUP BY levels
	) AS q;
END
	IS 'critical values of the ADF, SADF and GSADF statistics from so many simulated random walks, a row for each level; deterministic terms of the regressions: none, constant or trend';

CREATE TYPE explosive_bootstrap AS (
	observations bigint,
	min_window bigint,
	lags integer,
	replications integer,
	sadf double precision,
	sadf_90 double precision,
	sadf_95 double precision,
	sadf_99 double precision,
	sadf_p double precision,
	gsadf double precision,
	gsadf_90 double precision,
	gsadf_95 double precision,
	gsadf_99 double precision,
	gsadf_p double precision
)
	IS 'SADF and GSADF statistics of a sample, each with its critical values at 90, 95 and 99 percent and its p value from a bootstrap';

CREATE STATE explosive_bootstrap(double precision, @time, bigint [, bigint [, bigint [, bigint]]]) PARTIAL
	IS 'a series and the parameters of explosive_bootstrap';

CREATE FUNCTION bubble_explosive_bootstrap_finalfn(bubble_series) RETURNS explosive_bootstrap
	AS 'MODULE_PATHNAME', 'bubble_explosive_bootstrap'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000000
	IS 'final: the bootstrap of the collected rows';

CREATE FUNCTION bubble_explosive_bootstrap_finalfn(internal) RETURNS explosive_bootstrap
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000000
	IS 'final: the bootstrap of the collected rows';

CREATE AGGREGATE explosive_bootstrap(y double precision, at @time) (
	SFUNC = bubble_series_transfn,
	STYPE = bubble_series,
	SSPACE = 1024,
	FINALFUNC = bubble_explosive_bootstrap_finalfn,
	COMBINEFUNC = bubble_series_combinefn,
	PARALLEL = SAFE
)
	IS 'SADF and GSADF statistics with critical values and p values from a wild bootstrap, valid where volatility changes, as one row';

CREATE AGGREGATE explosive_bootstrap(
	y double precision, at @time, min_window bigint [, lags bigint [, replications bigint [, seed bigint]]]
) (
	SFUNC = bubble_explosive_bootstrap_transfn,
	STYPE = internal,
	SSPACE = 1024,
	FINALFUNC = bubble_explosive_bootstrap_finalfn,
	COMBINEFUNC = bubble_explosive_bootstrap_combinefn,
	SERIALFUNC = bubble_explosive_bootstrap_serialfn,
	DESERIALFUNC = bubble_explosive_bootstrap_deserialfn,
	PARALLEL = SAFE
)
	IS 'SADF and GSADF statistics with critical values and p values from a wild bootstrap, valid where volatility changes, as one row';

CREATE FUNCTION explosive_bootstrap(series bubble_series, min_window bigint DEFAULT NULL, lags bigint DEFAULT 0,
	replications bigint DEFAULT 999, seed bigint DEFAULT 1, method text DEFAULT 'harvey', control bigint DEFAULT NULL,
	max_lags bigint DEFAULT NULL, criterion text DEFAULT 'bic', deterministic text DEFAULT 'constant') RETURNS explosive_bootstrap
	AS 'MODULE_PATHNAME', 'bubble_explosive_bootstrap'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000000
	IS 'SADF and GSADF statistics with critical values and p values from a wild bootstrap, valid where volatility changes, as one row';

CREATE FUNCTION explosive_bootstrap_path(series bubble_series, min_window bigint DEFAULT NULL, lags bigint DEFAULT 0,
	level double precision DEFAULT 0.95, replications bigint DEFAULT 999, seed bigint DEFAULT 1,
	method text DEFAULT 'harvey', max_lags bigint DEFAULT NULL, criterion text DEFAULT 'bic',
	deterministic text DEFAULT 'constant') RETURNS bubble_series
	AS 'MODULE_PATHNAME', 'bubble_explosive_bootstrap_path'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000000
	IS 'critical values of bsadf_path from a wild bootstrap, row by row: the quantile at level of the row''s BSADF statistic, for explosive_episodes';

-- What remains after controls.

CREATE STATE explosive_residuals(double precision, double precision[], @time) PARTIAL
	IS 'the rows of a regression';

CREATE FUNCTION bubble_explosive_residuals_finalfn(internal) RETURNS bubble_series
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE
	IS 'final: residuals in order of time';

CREATE AGGREGATE explosive_residuals(y double precision, controls double precision[], at @time) (
	SFUNC = bubble_explosive_residuals_transfn,
	STYPE = internal,
	SSPACE = 1024,
	FINALFUNC = bubble_explosive_residuals_finalfn,
	COMBINEFUNC = bubble_explosive_residuals_combinefn,
	SERIALFUNC = bubble_explosive_residuals_serialfn,
	DESERIALFUNC = bubble_explosive_residuals_deserialfn,
	PARALLEL = SAFE
)
	IS 'the series that remains of y after a least-squares regression on a constant and the controls';
