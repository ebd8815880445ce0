-- price_summary: one row a price.
\getenv srcdir PG_ABS_SRCDIR
\set setup :srcdir '/setup.sql'
\i :setup
SET datestyle = ISO;
SET timezone = 'UTC';
CREATE TABLE summed (symbol text, day date, close float8);
INSERT INTO summed
SELECT symbol, date '2020-01-01' + 10 * i::int, close
FROM (VALUES ('falls', '{100,80,120,60,90,130,104}'::float8[]), ('at a peak', '{10,5,20}'), ('rises', '{1,2,4}'), ('one', '{7}'), ('two', '{7,8}'),
	('lost', '{100,40,0}'), ('nothing', '{0,0}'), ('listed later', '{0,100,40}')) AS v (symbol, closes), unnest(closes) WITH ORDINALITY AS u (close, i);
-- Twelve digits are enough to see.
SET extra_float_digits = -3;
\x on
SELECT symbol, (price_summary(close, day)).* FROM summed GROUP BY symbol ORDER BY symbol;
SELECT p.* FROM (SELECT bubble_series(close, day) AS s FROM summed WHERE symbol = 'falls') AS x, price_summary(s) AS p;
\x off
RESET extra_float_digits;
SELECT pg_typeof(price_summary(close, day)) AS dates, pg_typeof(price_summary(close, day::timestamptz)) AS times, pg_typeof(price_summary(bubble_series(close, day))) AS series FROM summed;
SELECT price_summary(close, day) IS NULL AS no_row, price_summary(NULL) IS NULL AS no_series FROM summed WHERE false;
SELECT error_of('SELECT price_summary(-1, date ''2000-01-01'')'), error_of('SELECT price_summary(1, date ''infinity'')');
SELECT error_of('SELECT bubble_price_summary_date_finalfn(''timestamptz{2000-01-01 00:00:00+00=1}'')');
-- Growth beyond the range of doubles is no reason to miss the rest.
SELECT (p).observations, (p).max_drawdown, (p).cagr, (p).volatility > 1000 AS volatile
FROM (SELECT price_summary('timestamptz{2000-01-01 00:00:00+00=1,2000-01-01 00:00:01+00=0.5,2000-01-01 00:00:02+00=2}') AS p) AS x;
-- All at one time: no growth.
SELECT (p).observations, (p).drawdown, (p).cagr, (p).volatility, (p).days_under_water FROM (SELECT price_summary(x, date '2000-01-01') AS p FROM generate_series(1, 3) AS x) AS y;

-- ---------------------------------------------------------------------------
-- Each column is what its own function or plain SQL gives
-- ---------------------------------------------------------------------------
SELECT setseed(0.11);
CREATE TABLE summed_rows (g int, i int, at date, p float8, part int);
INSERT INTO summed_rows
SELECT g, i, date '2000-01-01' + (i * 1.3 - 3 * random())::int,
	CASE WHEN random() < 0.02 THEN NULL WHEN g % 4 = 0 THEN 1 + (4 * random())::int WHEN g % 4 = 1 THEN (4 * random())::int
		ELSE exp(sum(0.1 * (random() - 0.5)) OVER (PARTITION BY g ORDER BY i)) END, (8 * random())::int
FROM generate_series(1, 24) AS g, generate_series(1, 4 * g) AS i;
CREATE FUNCTION naive_volatility(of_g int) RETURNS float8 LANGUAGE sql STABLE AS
$$
	SELECT stddev_samp(r) * sqrt(count(r) / nullif((max(at) - min(at)) / 365.2425::float8, 0))
	FROM (SELECT at, ln(p / lag(p) OVER (ORDER BY at, p)) AS r FROM summed_rows WHERE g = of_g AND p IS NOT NULL AND NOT EXISTS
		(SELECT FROM summed_rows WHERE g = of_g AND p = 0)) AS x
$$;
CREATE TABLE summed_expected AS
SELECT g, ROW(count(p), max(at) FILTER (WHERE p IS NOT NULL), (array_agg(p ORDER BY at DESC, p DESC) FILTER (WHERE p IS NOT NULL))[1],
	(SELECT max(at) FROM summed_rows r WHERE r.g = o.g AND p = max(o.p)), max(p), drawdown(p, at), max_drawdown(p, at),
	(max_drawdown_episode(p, at)).peak_at, (max_drawdown_episode(p, at)).trough_at, (max_drawdown_episode(p, at)).recovered_at,
	ulcer_index(p, at), pain_index(p, at), conditional_drawdown_at_risk(p, at, 0.05), time_under_water(p, at),
	(SELECT count(*) FROM unnest(drawdown_path(bubble_series(o.p, o.at))) WHERE value > 0),
	(SELECT coalesce(sum(coalesce(recovered_at, (SELECT max(at) FROM summed_rows r WHERE r.g = o.g AND p IS NOT NULL)) - peak_at), 0)
		FROM unnest(drawdown_episodes(o.p, o.at))), cagr(p, at), NULL)::price_summary_date AS s, naive_volatility(g) AS volatility
FROM summed_rows o GROUP BY g;
-- The volatility may differ in the last digits.
CREATE FUNCTION summaries_agree(query text) RETURNS boolean LANGUAGE plpgsql AS
$$
DECLARE
	same boolean;
BEGIN
	EXECUTE format($q$ SELECT count(*) = 24 AND bool_and((to_jsonb(q.s) - 'volatility') = (to_jsonb(e.s) - 'volatility') AND
			((q.s).volatility IS NULL) = (e.volatility IS NULL) AND coalesce(abs((q.s).volatility / nullif(e.volatility, 0) - 1) < 1e-9, true))
		FROM summed_expected e JOIN (%s) AS q (g, s) USING (g) $q$, query) INTO same;
	RETURN same;
END
$$;
SELECT count(*) FILTER (WHERE volatility > 0) > 10 AS some_vary, count(*) FILTER (WHERE (s).days_under_water > 0) > 10 AS some_fall FROM summed_expected;
SELECT summaries_agree('SELECT g, price_summary(p, at) FROM summed_rows GROUP BY g') AS as_they_come,
	summaries_agree('SELECT g, price_summary(p, at ORDER BY random()) FROM summed_rows GROUP BY g') AS shuffled,
	summaries_agree('SELECT DISTINCT g, price_summary(p, at) OVER (PARTITION BY g) FROM summed_rows') AS whole_partition,
	summaries_agree('SELECT g, ROW((s).observations, (s).last_at::date, (s).last_price, (s).peak_at::date, (s).peak, (s).drawdown, (s).max_drawdown, (s).deepest_peak_at::date,
		(s).deepest_trough_at::date, (s).deepest_recovered_at::date, (s).ulcer_index, (s).pain_index, (s).conditional_drawdown_at_risk, (s).time_under_water,
		(s).rows_under_water, (s).days_under_water, (s).cagr, (s).volatility)::price_summary_date
		FROM (SELECT g, price_summary(bubble_series(p, at)) AS s FROM summed_rows GROUP BY g) AS x') AS series,
	summaries_agree('SELECT g, ROW((s).observations, (s).last_at::date, (s).last_price, (s).peak_at::date, (s).peak, (s).drawdown, (s).max_drawdown, (s).deepest_peak_at::date,
		(s).deepest_trough_at::date, (s).deepest_recovered_at::date, (s).ulcer_index, (s).pain_index, (s).conditional_drawdown_at_risk, (s).time_under_water,
		(s).rows_under_water, (s).days_under_water, (s).cagr, (s).volatility)::price_summary_date
		FROM (SELECT g, price_summary(p, at::timestamptz) AS s FROM summed_rows GROUP BY g) AS x') AS timestamptz;
-- In frames, against the rows of the frame alone.
SELECT count(*) AS errors
FROM (SELECT price_summary(p, at) OVER f AS s, array_agg(p) OVER f AS ps, array_agg(at) OVER f AS ats
	FROM summed_rows WHERE g IN (12, 13, 14) WINDOW f AS (PARTITION BY g ORDER BY at, i ROWS 15 PRECEDING)) AS x,
	LATERAL (SELECT price_summary(u.p, u.a) AS twin FROM unnest(ps, ats) AS u (p, a)) AS y
WHERE s IS DISTINCT FROM twin;
SET parallel_setup_cost = 0;
SET parallel_tuple_cost = 0;
SET min_parallel_table_scan_size = 0;
SET max_parallel_workers_per_gather = 4;
ALTER TABLE summed_rows SET (parallel_workers = 4);
ANALYZE summed_rows;
\set query 'SELECT g, price_summary(p, at) FROM summed_rows GROUP BY g'
SELECT plan_has(:'query', 'Partial') AS partial, summaries_agree(:'query') AS parallel;
SET max_parallel_workers_per_gather = 0;
SELECT split_randomly('summed_rows', 'summed_parts');
SET enable_partitionwise_aggregate = on;
\set query 'SELECT g, price_summary(p, at) FROM summed_parts GROUP BY g'
SELECT plan_has(:'query', 'Partial') AS partial, summaries_agree(:'query') AS random_splits;
DROP TABLE summed, summed_rows, summed_parts, summed_expected;
DROP FUNCTION summaries_agree, naive_volatility;
