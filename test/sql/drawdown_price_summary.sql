-- price_summary: one row a price.
\getenv srcdir PG_ABS_SRCDIR
\set setup :srcdir '/setup.sql'
\i :setup
SET datestyle = ISO;
SET timezone = 'UTC';
CREATE TABLE summed (symbol text, day date, close float8);
INSERT INTO summed
SELECT symbol, date '2020-01-01' + 10 * i::int, close
FROM (VALUES ('falls', '{100,80,120,60,90,130,104}'::float8[]), ('at a peak', '{10,5,20}'),
	('rises', '{1,2,4}'), ('one', '{7}'), ('two', '{7,8}'),
	('lost', '{100,40,0}'), ('nothing', '{0,0}'), ('listed later', '{0,100,40}'))
		AS v (symbol, closes), unnest(closes) WITH ORDINALITY AS u (close, i);
-- Twelve digits are enough to see.
SET extra_float_digits = -3;
\x on
SELECT symbol, (price_summary(close, day)).* FROM summed GROUP BY symbol ORDER BY symbol;
SELECT p.* FROM (SELECT bubble_series(close, day) AS s FROM summed WHERE symbol = 'falls') AS x,
	price_summary(s) AS p;
\x off
RESET extra_float_digits;
SELECT pg_typeof(price_summary(close, day)) AS dates,
	pg_typeof(price_summary(close, day::timestamptz)) AS times,
	pg_typeof(price_summary(bubble_series(close, day))) AS series FROM summed;
SELECT price_summary(close, day) IS NULL AS no_row, price_summary(NULL) IS NULL AS no_series
FROM summed WHERE false;
SELECT error_of('SELECT price_summary(-1, date ''2000-01-01'')'),
	error_of('SELECT price_summary(1, date ''infinity'')');
SELECT error_of('SELECT '
	'bubble_price_summary_date_finalfn(''timestamptz{2000-01-01 00:00:00+00=1}'')');
-- Growth beyond the range of doubles is no reason to miss the rest.
SELECT (p).observations, (p).max_drawdown, (p).cagr, (p).volatility > 1000 AS volatile
FROM (SELECT price_summary(
	'timestamptz{2000-01-01 00:00:00+00=1,2000-01-01 00:00:01+00=0.5,2000-01-01 '
	'00:00:02+00=2}') AS p) AS x;
-- All at one time: no growth.
SELECT (p).observations, (p).drawdown, (p).cagr, (p).volatility, (p).days_under_water
FROM (SELECT price_summary(x, date '2000-01-01') AS p FROM generate_series(1, 3) AS x) AS y;

-- ---------------------------------------------------------------------------
-- Each column is what its own function or plain SQL gives
-- ---------------------------------------------------------------------------
SELECT setseed(0.11);
CREATE TABLE summed_rows (g int, i int, at date, p float8, part int);
INSERT INTO summed_rows
SELECT g, i, date '2000-01-01' + (i * 1.3 - 3 * random())::int,
	CASE WHEN random() < 0.02 THEN NULL WHEN g % 4 = 0 THEN 1 + (4 * random())::int WHEN g % 4 = 1
		THEN (4 * random())::int
		ELSE exp(sum(0.1 * (random() - 0.5)) OVER (PARTITION BY g ORDER BY i)) END,
			(8 * random())::int
FROM generate_series(1, 24) AS g, generate_series(1, 4 * g) AS i;
CREATE FUNCTION naive_volatility(of_g int) RETURNS float8 LANGUAGE sql STABLE AS
$$
	SELECT stddev_samp(r) * sqrt(count(r) / nullif((max(at) - min(at)) / 365.2425::float8, 0))
	FROM (SELECT at, ln(p / lag(p) OVER (ORDER BY at, p)) AS r FROM summed_rows
		WHERE g = of_g AND p IS NOT NULL AND NOT EXISTS
		(SELECT FROM summed_rows WHERE g = of_g AND p = 0)) AS x
$$;
CREATE TABLE summed_expected AS
SELECT g, ROW(count(p), max(at) FILTER (WHERE p IS NOT NULL), (array_agg(p ORDER BY at DESC, p DESC)
	FILTER (WHERE p IS NOT NULL))[1],
	(SELECT max(at) FROM summed_rows r WHERE r.g = o.g AND p = max(o.p)), max(p), drawdown(p, at),
		max_drawdown(p, at),
	(max_drawdown_episode(p, at)).peak_at, (max_drawdown_episode(p, at)).trough_at,
		(max_drawdown_episode(p, at)).recovered_at,
	ulcer_index(p, at), pain_index(p, at), conditional_drawdown_at_risk(p, at, 0.05),
		time_under_water(p, at),
	(SELECT count(*) FROM unnest(drawdown_path(bubble_series(o.p, o.at))) WHERE value > 0),
	(SELECT coalesce(sum(coalesce(recovered_at, (SELECT max(at) FROM summed_rows r WHERE r.g = o.g
		AND p IS NOT NULL)) - peak_at), 0)
		FROM unnest(drawdown_episodes(o.p, o.at))), cagr(p, at), NULL)::price_summary_date AS s,
			naive_volatility(g) AS volatility
FROM summed_rows o GROUP BY g;
-- The volatility may differ in the last digits.
SELECT $$ (to_jsonb(given.s) - 'volatility') = (to_jsonb(wanted.s) - 'volatility') AND
	((given.s).volatility IS NULL) = (wanted.volatility IS NULL) AND
	coalesce(abs((given.s).volatility / nullif(wanted.volatility, 0) - 1) < 1e-9,
		true) $$ AS same \gset
SELECT count(*) FILTER (WHERE volatility > 0) > 10 AS some_vary, count(*)
	FILTER (WHERE (s).days_under_water > 0) > 10 AS some_fall FROM summed_expected;
CREATE FUNCTION with_dates(s price_summary) RETURNS price_summary_date
	LANGUAGE sql STABLE PARALLEL SAFE
RETURN ROW((s).observations, (s).last_at::date, (s).last_price, (s).peak_at::date, (s).peak,
	(s).drawdown, (s).max_drawdown,
	(s).deepest_peak_at::date, (s).deepest_trough_at::date, (s).deepest_recovered_at::date,
		(s).ulcer_index, (s).pain_index,
	(s).conditional_drawdown_at_risk, (s).time_under_water, (s).rows_under_water,
		(s).days_under_water, (s).cagr,
	(s).volatility)::price_summary_date;
CREATE FUNCTION with_dates(s price_summary_date) RETURNS price_summary_date
	LANGUAGE sql PARALLEL SAFE RETURN s;
SELECT * FROM in_every_plan('summed_expected', 'g', 'summed_rows',
	'SELECT g, with_dates(price_summary(p, at::{time} {order})) AS s FROM {rows} GROUP BY g', 'at',
		:'same');
SELECT form, d.* FROM (VALUES ('series',
	'SELECT g, with_dates(price_summary(bubble_series(p, at))) AS s FROM summed_rows GROUP BY g'))
	AS v (form, query), differences('summed_expected', 'g', query, :'same') AS d;
-- In frames, against the rows of the frame alone.
SELECT count(*) AS frames, min((g, i, s, twin)::text)
	FILTER (WHERE s IS DISTINCT FROM twin) AS differing
FROM (SELECT g, i, price_summary(p, at) OVER f AS s, array_agg(p) OVER f AS ps,
	array_agg(at) OVER f AS ats
	FROM summed_rows WHERE g IN (12, 13, 14)
	WINDOW f AS (PARTITION BY g ORDER BY at, i ROWS 15 PRECEDING)) AS x,
	LATERAL (SELECT price_summary(u.p, u.a) AS twin FROM unnest(ps, ats) AS u (p, a)) AS y;
DROP TABLE summed, summed_rows, summed_rows_parts, summed_expected;
DROP FUNCTION with_dates(price_summary), with_dates(price_summary_date), naive_volatility;
