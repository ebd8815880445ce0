-- Every function at its largest accepted size, cancelled at several moments
-- from 0.15 to 5 seconds on; what ends sooner was not cancelled there. Time of the processor does
-- not depend on what else the machine does. The memory is the peak of the process, less what it has
-- when it has done nothing. Without JIT, whose compiler takes no interrupts.
SET client_min_messages = error;
CREATE EXTENSION dblink;

-- Milliseconds that a process has computed for.
CREATE FUNCTION processor_time(pid int) RETURNS float8 LANGUAGE sql AS
$$
SELECT split_part(pg_read_file(format('/proc/%s/schedstat', pid)), ' ', 1)::float8 / 1e6
$$;

CREATE FUNCTION cancelled_after(statement text, seconds float8, OUT milliseconds float8, OUT computing float8,
	OUT megabytes float8)
LANGUAGE plpgsql AS
$$
DECLARE
	server CONSTANT text := format('host=%s port=%s dbname=%s', split_part(current_setting('unix_socket_directories'), ',', 1),
		current_setting('port'), current_database());
	pid int;
	began timestamptz;
	computed float8;
	unused text;
BEGIN
	PERFORM dblink_connect('other', server);
	pid := (SELECT p FROM dblink('other', 'SELECT pg_backend_pid()') AS t (p int));
	PERFORM dblink_exec('other', 'SET work_mem = ''64MB''; SET max_parallel_workers_per_gather = 0; SET jit = off');
	PERFORM dblink_send_query('other', statement);
	began := clock_timestamp();
	WHILE dblink_is_busy('other') = 1 AND clock_timestamp() < began + seconds * interval '1 second' LOOP
		PERFORM pg_sleep(0.002);
	END LOOP;
	IF dblink_is_busy('other') = 1 THEN
		began := clock_timestamp();
		computed := processor_time(pid);
		PERFORM pg_cancel_backend(pid);
		WHILE dblink_is_busy('other') = 1 LOOP
			PERFORM pg_sleep(0.0005);
		END LOOP;
		milliseconds := extract(epoch FROM clock_timestamp() - began) * 1000;
		computing := processor_time(pid) - computed;
	END IF;
	megabytes := (regexp_match(pg_read_file(format('/proc/%s/status', pid)), 'VmHWM:\s+(\d+)'))[1]::float8 / 1024;
	BEGIN
		SELECT r INTO unused FROM dblink_get_result('other', false) AS t (r text);
	EXCEPTION WHEN OTHERS THEN	-- the cancel itself
		NULL;
	END;
	unused := dblink_error_message('other');
	PERFORM dblink_disconnect('other');
	IF unused ~ '^ERROR' AND unused !~ 'canceling statement' THEN
		RAISE EXCEPTION '%: %', statement, unused;
	END IF;
END
$$;

CREATE FUNCTION cancelled(name text, statement text) RETURNS text LANGUAGE sql AS
$$
SELECT format('%s %s ms %s ms %s MB', rpad(name, 58), coalesce(to_char(max(milliseconds), '99990.0'), '    ended'),
	coalesce(to_char(max(computing), '99990.0'), '    ended'),
	to_char(max(megabytes) - (SELECT megabytes FROM cancelled_after('SELECT 1', 0.2)), '99990'))
FROM unnest('{0.15, 0.4, 0.8, 1.3, 2, 3, 5}'::float8[]) AS moment, cancelled_after(statement, moment)
$$;

-- 17 million points as one value, five million rows at one time, five million
-- shuffled ones.
CREATE TABLE big AS
SELECT bubble_series(100 + 50 * sin(i / 1e5) + i % 7, timestamptz '2000-01-01' + i * interval '1 second') AS s
FROM generate_series(1, 17000000) AS i;
CREATE TABLE one_time AS
SELECT bubble_series(1 + i * 7919::bigint % 2000003, timestamptz '2000-01-01') AS s FROM generate_series(1, 5000000) AS i;
CREATE TABLE points AS
SELECT x, at, at + interval '3 days' AS later, x > 148 AS event, ARRAY[x, 160 - x, x * x] AS three
FROM (SELECT 100 + 50 * sin(i / 1e5) + i % 7 AS x,
		timestamptz '2000-01-01' + i * 7919::bigint % 5000011 * interval '1 minute' AS at
	FROM generate_series(1, 5000000) AS i) AS p;
CREATE TABLE summaries AS
SELECT drawdown_summary(x, at) AS s FROM points GROUP BY date_trunc('hour', at);
CREATE TABLE list AS SELECT array_agg((i % 100)::float8) AS a FROM generate_series(1, 100000) AS i;
VACUUM ANALYZE points;

\getenv only BUBBLE_CANCEL
SELECT format('SELECT cancelled(%L, %L)', name, statement) FROM (VALUES
	('drawdown(x, at)', 'SELECT drawdown(x, at) IS NULL FROM points'),
	('max_drawdown(x, at)', 'SELECT max_drawdown(x, at) IS NULL FROM points'),
	('max_drawdown_episode(x, at)', 'SELECT max_drawdown_episode(x, at) IS NULL FROM points'),
	('runup(x, at)', 'SELECT runup(x, at) IS NULL FROM points'),
	('max_runup(x, at)', 'SELECT max_runup(x, at) IS NULL FROM points'),
	('ulcer_index(x, at)', 'SELECT ulcer_index(x, at) IS NULL FROM points'),
	('pain_index(x, at)', 'SELECT pain_index(x, at) IS NULL FROM points'),
	('drawdown_deviation(x, at)', 'SELECT drawdown_deviation(x, at) IS NULL FROM points'),
	('average_drawdown(x, at)', 'SELECT average_drawdown(x, at) IS NULL FROM points'),
	('time_under_water(x, at)', 'SELECT time_under_water(x, at) IS NULL FROM points'),
	('cagr(x, at)', 'SELECT cagr(x, at) IS NULL FROM points'),
	('calmar_ratio(x, at)', 'SELECT calmar_ratio(x, at) IS NULL FROM points'),
	('sterling_ratio(x, at)', 'SELECT sterling_ratio(x, at) IS NULL FROM points'),
	('burke_ratio(x, at)', 'SELECT burke_ratio(x, at) IS NULL FROM points'),
	('martin_ratio(x, at)', 'SELECT martin_ratio(x, at) IS NULL FROM points'),
	('pain_ratio(x, at)', 'SELECT pain_ratio(x, at) IS NULL FROM points'),
	('drawdown_episodes(x, at)', 'SELECT drawdown_episodes(x, at) IS NULL FROM points'),
	('bubble_series(x, at)', 'SELECT bubble_series(x, at) IS NULL FROM points'),
	('drawdown_summary(x, at)', 'SELECT drawdown_summary(x, at) IS NULL FROM points'),
	('funding_velocity(x, at)', 'SELECT funding_velocity(x, at) IS NULL FROM points'),
	('funding_acceleration(x, at)', 'SELECT funding_acceleration(x, at) IS NULL FROM points'),
	('funding_summary(x, at)', 'SELECT funding_summary(x, at) IS NULL FROM points'),
	('funding_path(x, at, ''1 month'')', 'SELECT funding_path(x, at, ''1 month'') IS NULL FROM points'),
	('funding_path(x, at, ''1 day'', later)', 'SELECT funding_path(x, at, ''1 day'', later) IS NULL FROM points'),
	('sparkline(x, at)', 'SELECT sparkline(x, at) FROM points'),
	('period_ends', 'SELECT count(*) FROM period_ends(timestamptz ''0001-01-01'', ''2700-01-01'', ''1 day'')'),
	('max_drawdown_of_returns(x, at)', 'SELECT max_drawdown_of_returns(x / 1000, at) FROM points'),
	('drawdown_at_risk(x, at, 0.05)', 'SELECT drawdown_at_risk(x, at, 0.05) FROM points'),
	('conditional_drawdown_at_risk(x, at, 0.05)', 'SELECT conditional_drawdown_at_risk(x, at, 0.05) FROM points'),
	('funding_intensity(x, at, ''1 year'')', 'SELECT funding_intensity(x, at, ''1 year'') FROM points'),
	('completed_funding(x, at, later, as_of)', 'SELECT completed_funding(x, at, later, ''2010-01-01'') IS NULL FROM points'),
	('time_to_next_round(at, later, as_of)', 'SELECT time_to_next_round(at, later, ''2010-01-01'') FROM points'),
	('trailing_periods(x, at, 10000)', 'SELECT trailing_periods(x, at, 10000) FROM points'),
	('price_summary(x, at)', 'SELECT price_summary(x, at) IS NULL FROM points'),
	('round_gap(at)', 'SELECT round_gap(at) FROM points'),
	('trailing_revenue(x, at, span, as_of)', 'SELECT trailing_revenue(x, at, ''1 year'', ''2010-01-01'') FROM points'),
	('median_multiple(x, y)', 'SELECT median_multiple(x, 200 - x) FROM points'),
	('gini(x)', 'SELECT gini(x) FROM points'),
	('top_share(x, 1000000)', 'SELECT top_share(x, 1000000) FROM points'),
	('explosive_residuals(x, 32 controls, at)', 'SELECT explosive_residuals(x, array_fill(x, ARRAY[31]) || x * x, at) IS NULL FROM points'),
	('pca_weights(three)', 'SELECT pca_weights(three) FROM points'),
	('entropy_weights(three)', 'SELECT entropy_weights(three) FROM points'),
	('critic_weights(three)', 'SELECT critic_weights(three) FROM points'),
	('auroc(x, event)', 'SELECT auroc(x, event) FROM points'),
	('best_threshold(x, event)', 'SELECT best_threshold(x, event) FROM points'),
	('signal_quality(x, event, 148)', 'SELECT signal_quality(x, event, 148) IS NULL FROM points'),
	('event_episodes(event, at)', 'SELECT cardinality(event_episodes(event, at)) FROM points'),
	('auroc_interval(x, event, at, span, 100000)', 'SELECT auroc_interval(x, event, at, ''1 year'', 100000) IS NULL FROM points'),
	('calibration(x, event, 1000)', 'SELECT calibration(x, event, 1000) IS NULL FROM points'),
	('brier_score(x, event)', 'SELECT brier_score(x / 200, event) FROM points'),
	('run_ups(x, x, at)', 'SELECT run_ups(x, 1, at, 0.01) IS NULL FROM points'),
	('run_ups(series, series)', 'SELECT run_ups(s, s, 0.01) IS NULL FROM big'),
	('crash_odds(x, event, 1000 thresholds)', 'SELECT crash_odds(x, event, array_fill(1::float8, ARRAY[1000])) IS NULL FROM points'),
	('crash_odds(x, event, cluster, 1000 thresholds, 100000)', 'SELECT crash_odds(x, event, x, array_fill(1::float8, ARRAY[1000]), 100000) IS NULL FROM points'),
	('zscore(x) OVER ()', 'SELECT count(z) FROM (SELECT zscore(x) OVER () AS z FROM points) AS p'),
	('robust_zscore(x) OVER ()', 'SELECT count(z) FROM (SELECT robust_zscore(x) OVER () AS z FROM points) AS p'),
	('percentile_score(x) OVER ()', 'SELECT count(z) FROM (SELECT percentile_score(x) OVER () AS z FROM points) AS p'),
	('drawdown_ahead(x, at, ''1 year'') OVER ()', 'SELECT count(z) FROM (SELECT drawdown_ahead(x, at, ''1 year'') OVER () AS z FROM points) AS p'),
	('bsadf(x) OVER ()', 'SELECT count(z) FROM (SELECT bsadf(x) OVER () AS z FROM points) AS p'),
	('bubble_score(three) OVER (ORDER BY at)', 'SELECT count(z) FROM (SELECT bubble_score(three) OVER (ORDER BY at) AS z FROM points) AS p'),
	('bubble_score(three), all rows in one group', 'SELECT bubble_score(three ORDER BY at) FROM points'),
	('score_sensitivity(1,000 indicators)', 'SELECT score_sensitivity(array_fill(x, ARRAY[1000]), NULL, ''zscore'', ''ciss'', 1, 0.2, 100000, 1 ORDER BY at) IS NULL FROM points WHERE x > 155.9'),
	('composite(100,000 scores)', 'SELECT sum(composite(a, a, ''median'')) FROM list, generate_series(1, 1000)'),
	('chain_ladder(1000 x 1000)', 'SELECT chain_ladder(a) IS NULL FROM (SELECT array_agg(r) AS a FROM (SELECT array_agg((CASE WHEN i + j <= 1001 THEN i + j END)::float8 ORDER BY j) AS r FROM generate_series(1, 1000) AS i, generate_series(1, 1000) AS j GROUP BY i ORDER BY i) AS rows) AS t'),
	('rollup(summary)', 'SELECT observations(rollup(s)) FROM summaries'),
	('rollup(series)', 'SELECT observations(rollup(s)) FROM one_time, generate_series(1, 3)'),
	('drawdown(series)', 'SELECT drawdown(s) IS NULL FROM big'),
	('max_drawdown(series)', 'SELECT max_drawdown(s) IS NULL FROM big'),
	('max_runup(series)', 'SELECT max_runup(s) IS NULL FROM big'),
	('ulcer_index(series)', 'SELECT ulcer_index(s) IS NULL FROM big'),
	('pain_index(series)', 'SELECT pain_index(s) IS NULL FROM big'),
	('average_drawdown(series)', 'SELECT average_drawdown(s) IS NULL FROM big'),
	('time_under_water(series)', 'SELECT time_under_water(s) IS NULL FROM big'),
	('cagr(series)', 'SELECT cagr(s) IS NULL FROM big'),
	('calmar_ratio(series)', 'SELECT calmar_ratio(s) IS NULL FROM big'),
	('sterling_ratio(series)', 'SELECT sterling_ratio(s) IS NULL FROM big'),
	('burke_ratio(series)', 'SELECT burke_ratio(s) IS NULL FROM big'),
	('martin_ratio(series)', 'SELECT martin_ratio(s) IS NULL FROM big'),
	('max_drawdown_episode(series)', 'SELECT max_drawdown_episode(s) IS NULL FROM big'),
	('drawdown_episodes(series)', 'SELECT drawdown_episodes(s) IS NULL FROM big'),
	('drawdown_path(series)', 'SELECT drawdown_path(s) IS NULL FROM big'),
	('adf(series)', 'SELECT adf(s) IS NULL FROM big'),
	('sadf(series)', 'SELECT sadf(s) IS NULL FROM big'),
	('gsadf(series)', 'SELECT gsadf(s) IS NULL FROM big'),
	('change_point(series)', 'SELECT change_point(s) IS NULL FROM big'),
	('change_points(series)', 'SELECT change_points(s) IS NULL FROM big'),
	('change_points(series, a million)', 'SELECT change_points(slice(s, NULL, ''2000-01-12''), 1e-6) IS NULL FROM big'),
	('change_points(series) at one time', 'SELECT change_points(s) IS NULL FROM one_time'),
	('hype_gap(series, series)', 'SELECT hype_gap(s, s) IS NULL FROM big'),
	('lead_lag(series, series, 10000)', 'SELECT lead_lag(s, s, 10000) IS NULL FROM big'),
	('bsadf_path(series)', 'SELECT bsadf_path(s) IS NULL FROM big'),
	('explosive_test(series)', 'SELECT explosive_test(s) IS NULL FROM big'),
	('explosive_episodes(series)', 'SELECT explosive_episodes(s) IS NULL FROM big'),
	('lppls_fit(series)', 'SELECT lppls_fit(slice(s, NULL, ''2000-01-12 13:46:40'')) IS NULL FROM big'),
	('lppls_windows(series)', 'SELECT count(*) FROM big, lppls_windows(s, 1000000, 1000, 1)'),
	('lppls_confidence(series)', 'SELECT lppls_confidence(s, 1000000, 30, 1) IS NULL FROM big'),
	('price_summary(series)', 'SELECT price_summary(s) IS NULL FROM big'),
	('wealth_series(x, at)', 'SELECT wealth_series(x / 1e9, at) IS NULL FROM points'),
	('series_values(series)', 'SELECT cardinality(series_values(s)) FROM big'),
	('series = series, hash', 'SELECT count(DISTINCT s) FROM (SELECT s FROM big UNION ALL SELECT s FROM big) AS u'),
	('drawdown_at_risk(series, 0.05)', 'SELECT drawdown_at_risk(s, 0.05) FROM big'),
	('rolling_max_drawdown(series, 1000000)', 'SELECT rolling_max_drawdown(s, 1000000) IS NULL FROM big'),
	('drawdown_path(series of one time)', 'SELECT drawdown_path(s) IS NULL FROM one_time'),
	('slice(series)', 'SELECT slice(s, ''2000-02-01'', NULL) IS NULL FROM big'),
	('unnest(series)', 'SELECT count(*) FROM big, unnest(s)'),
	('series as text', 'SELECT octet_length(s::text) FROM big'),
	('growth_rate(series)', 'SELECT growth_rate(s) IS NULL FROM big'),
	('gompertz_fit(a million rows)', 'SELECT gompertz_fit(slice(s, NULL, ''2000-01-12'')) IS NULL FROM big'),
	('bass_fit(a million rows)', 'SELECT bass_fit(slice(s, NULL, ''2000-01-12'')) IS NULL FROM big'),
	('drawdown_amount(x, at)', 'SELECT drawdown_amount(x, at) IS NULL FROM points'),
	('max_drawdown_amount(x, at)', 'SELECT max_drawdown_amount(x, at) IS NULL FROM points'),
	('drawdown_of_returns(x, at)', 'SELECT drawdown_of_returns(x / 1000, at) FROM points'),
	('down_round_share(x, y)', 'SELECT down_round_share(x, 100) FROM points'),
	('harmonic_multiple(x, y)', 'SELECT harmonic_multiple(x, 200 - x) FROM points'),
	('valuation_to_revenue(x, y)', 'SELECT valuation_to_revenue(x, 200 - x) FROM points'),
	('pre_revenue_share(x, y)', 'SELECT pre_revenue_share(x, 200 - x) FROM points'),
	('herfindahl(x)', 'SELECT herfindahl(x) FROM points'),
	('latest(x, at, span, as_of)', 'SELECT latest(x, at, ''1 year'', ''2010-01-01'') FROM points'),
	('locf(x) OVER (ORDER BY at)', 'SELECT count(z) FROM (SELECT locf(x) OVER (ORDER BY at) AS z FROM points) AS p'),
	('latest_percentile(x), all rows in one group', 'SELECT latest_percentile(x ORDER BY at) FROM points'),
	('latest_zscore(x), all rows in one group', 'SELECT latest_zscore(x ORDER BY at) FROM points'),
	('latest_percentile(x) OVER (ORDER BY at)', 'SELECT count(z) FROM (SELECT latest_percentile(x) OVER (ORDER BY at) AS z FROM points) AS p'),
	('minmax_score(x) OVER ()', 'SELECT count(z) FROM (SELECT minmax_score(x) OVER () AS z FROM points) AS p'),
	('deviation_weights(three)', 'SELECT deviation_weights(three) FROM points'),
	('bubble_components(three) OVER (ORDER BY at)', 'SELECT count(z) FROM (SELECT bubble_components(three) OVER (ORDER BY at) AS z FROM points) AS p'),
	('bubble_contributions(three) OVER (ORDER BY at)', 'SELECT count(z) FROM (SELECT bubble_contributions(three) OVER (ORDER BY at) AS z FROM points) AS p'),
	('adf(x, at)', 'SELECT adf(x, at) IS NULL FROM points'),
	('gsadf(x, at)', 'SELECT gsadf(x, at) IS NULL FROM points'),
	('growth_rate(x, at)', 'SELECT growth_rate(x, at) IS NULL FROM points'),
	('change_point(x, at)', 'SELECT change_point(x, at) IS NULL FROM points'),
	('change_points(x, at)', 'SELECT change_points(x, at) IS NULL FROM points'),
	('hype_gap(x, y, at)', 'SELECT hype_gap(x, 200 - x, at) IS NULL FROM points'),
	('lead_lag(x, y, at, 10000)', 'SELECT lead_lag(x, 200 - x, at, 10000) IS NULL FROM points'),
	('drawdown_amount(series)', 'SELECT drawdown_amount(s) IS NULL FROM big'),
	('max_drawdown_amount(series)', 'SELECT max_drawdown_amount(s) IS NULL FROM big'),
	('drawdown_of_returns(series)', 'SELECT drawdown_of_returns(s) IS NULL FROM big'),
	('dates(series), times(series)', 'SELECT cardinality(times(s)) FROM big'),
	('series as jsonb', 'SELECT pg_column_size(slice(s, NULL, ''2000-01-12'')::jsonb) FROM big'),
	('series as json', 'SELECT octet_length(s::json::text) FROM big'),
	('series from text', 'SELECT observations(s::text::bubble_series) FROM big'),
	('series as bytes', 'SELECT octet_length(bubble_series_send(s)) FROM big'),
	('bsadf_critical_path(series)', 'SELECT bsadf_critical_path(s) IS NULL FROM big'),
	('bubble_resample_draws(a million)', 'SELECT cardinality(bubble_resample_draws(i, 1, 1000000, 1000000)) FROM generate_series(1, 1000) AS i'),
	('lppls_fit(100,000 points)', 'SELECT lppls_fit(slice(s, NULL, ''2000-01-02 03:46:40'')) IS NULL FROM big'),
	('bass_fit_cumulative(a million rows)', 'SELECT bass_fit_cumulative(slice(s, NULL, ''2000-01-12'')) IS NULL FROM big'),
	('logistic_fit(a million rows)', 'SELECT logistic_fit(slice(s, NULL, ''2000-01-12'')) IS NULL FROM big'),
	('exponential_fit(a million rows)', 'SELECT exponential_fit(slice(s, NULL, ''2000-01-12'')) IS NULL FROM big'),
	('adoption_fit(a million rows)', 'SELECT adoption_fit(slice(s, NULL, ''2000-01-12'')) IS NULL FROM big'),
	('adf(series, lags => 12)', 'SELECT adf(s, 12) FROM big'),
	('gsadf(series, lags => 12)', 'SELECT gsadf(s, lags => 12) FROM big'),
	('explosive_simulate(100000)', 'SELECT count(*) FROM explosive_simulate(100000, 100, 0, 1000000)'),
	('explosive_simulate(100000, lags => 12)', 'SELECT count(*) FROM explosive_simulate(100000, 100, 12, 1000000)'),
	('explosive_bootstrap(series, control => 100000)', 'SELECT explosive_bootstrap(slice(s, NULL, ''2000-01-02''), method => ''phillips_shi'', control => 100000) IS NULL FROM big'),
	('explosive_bootstrap_path(series)', 'SELECT explosive_bootstrap_path(slice(s, NULL, ''2000-01-04'')) IS NULL FROM big'),
	('explosive_bootstrap(series)', 'SELECT explosive_bootstrap(s) IS NULL FROM big'),
	('explosive_bootstrap(series, ''phillips_shi'')', 'SELECT explosive_bootstrap(s, lags => 12, method => ''phillips_shi'') IS NULL FROM big')
) AS cases (name, statement) WHERE name ~ :'only' \gexec
