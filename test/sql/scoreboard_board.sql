-- The board of made-up sectors with every concern: what its columns are, by
-- queries that go another way, and that nothing in it looks ahead.
\getenv srcdir PG_ABS_SRCDIR
\set setup :srcdir '/setup.sql'
\i :setup
\set VERBOSITY terse
SET client_min_messages = warning;
SET datestyle = 'ISO, YMD';

-- Two sectors, three symbols, three companies and two products each, from 2012
-- to 2017, with reports that come late and reports that correct them.
CREATE TABLE row_of (relation text, known date, line text);
INSERT INTO row_of
SELECT 'market_price', at, format('%s%s,%s,%s', sector, i, at,
	round((100 * exp(sin(at - date '2012-01-01' + 7 * i) / 30
	+ (at - date '2012-01-01') / (900.0 + 100 * i) + CASE WHEN sector = 'alpha'
		AND at > '2016-01-01' THEN - (at - date '2016-01-01') / 400.0 ELSE 0 END))::numeric, 4))
FROM (VALUES ('alpha'), ('beta')) AS s (sector), generate_series(1, 3) AS i,
	(SELECT date '2012-01-01' + 5 * n AS at FROM generate_series(0, 437) AS n) AS d
UNION ALL
SELECT 'market_fundamental', reported_at, format('%s%s,%s,%s,%s,%s,%s', sector, i, at, reported_at,
	10 * i, 100 * i + q + 3 * n, 9 * i + q % 7 - n)
FROM (VALUES ('alpha'), ('beta')) AS s (sector), generate_series(1, 3) AS i,
	generate_series(0, 23) AS q,
	LATERAL (SELECT (date '2012-04-01' + q * interval '3 months' -
		interval '1 day')::date AS at) AS p,
	generate_series(0, 1) AS n, LATERAL (SELECT at + 40 + 100 * n + i AS reported_at) AS r
UNION ALL
SELECT 'funding_round', at + late, format('%s co%s,%s,%s,%s,%s', sector, i, at, at + late,
	10 + (r * 7 + i) % 13, 80 + (r * 29 + 11 * i) % 60)
FROM (VALUES ('alpha'), ('beta')) AS s (sector), generate_series(1, 3) AS i,
	generate_series(0, 13) AS r,
	LATERAL (SELECT date '2012-02-01' + 150 * r + 37 * i AS at,
		(r * 31 + i * 17) % 120 AS late) AS d
UNION ALL
SELECT 'company_metric', at + late, format('%s co%s,%s,%s,%s,%s', sector, i, metric, at, at + late,
	round((start * (1 + m / 30.0) + (m * i) % 5)::numeric, 3))
FROM (VALUES ('alpha'), ('beta')) AS s (sector), generate_series(1, 3) AS i,
	generate_series(0, 71, 3) AS m,
	(VALUES ('revenue', 5, 20), ('net_burn', 1, 10), ('cash', 30, 15),
		('compute_spend', 3, 60)) AS k (metric, start, late),
	LATERAL (SELECT (date '2012-02-01' + m * interval '1 month' -
		interval '1 day')::date AS at) AS d
UNION ALL
SELECT 'adoption', at + 12 + 80 * n, format('%s app%s,%s,%s,%s', sector, i, at, at + 12 + 80 * n,
	round((1000 / (1 + exp(3 - m / (10.0 + i))) + n * (m % 7))::numeric, 3))
FROM (VALUES ('alpha'), ('beta')) AS s (sector), generate_series(1, 2) AS i,
	generate_series(0, 71) AS m, generate_series(0, 1) AS n,
	LATERAL (SELECT (date '2012-02-01' + m * interval '1 month' -
		interval '1 day')::date AS at) AS d
UNION ALL
SELECT 'macro_series', at + 30 + 200 * n, format('%s,%s,%s,%s', series, at, at + 30 + 200 * n,
	round((2 + sin(m / 9.0) + n / 10.0)::numeric, 3))
FROM (VALUES ('policy_rate'), ('credit_spread')) AS s (series), generate_series(0, 71) AS m,
	generate_series(0, 1) AS n,
	LATERAL (SELECT (date '2012-02-01' + m * interval '1 month' -
		interval '1 day')::date AS at) AS d
UNION ALL
SELECT 'legal_event', at + 20, format('case %s,%s,%s,%s,%s', e,
	(ARRAY['alpha', 'beta2', 'alpha co1', ''])[1 + e % 4], at, at + 20, 1 + e % 3)
FROM generate_series(1, 40) AS e, LATERAL (SELECT date '2012-03-01' + 50 * e AS at) AS d
UNION ALL
SELECT 'member', '-infinity', format('%s%s,%s', sector, kind || i, sector)
FROM (VALUES ('alpha'), ('beta')) AS s (sector), generate_series(1, 3) AS i,
	(VALUES (''), (' co'), (' app')) AS k (kind);

CREATE TABLE heading (relation text, line text);
INSERT INTO heading VALUES ('market_price', 'symbol,at,close'),
	('market_fundamental', 'symbol,at,reported_at,shares,revenue,earnings'),
	('funding_round', 'company,at,reported_at,amount,post_money'),
		('company_metric', 'company,metric,at,reported_at,value'),
	('adoption', 'product,at,reported_at,level'), ('macro_series', 'series,at,reported_at,value'),
	('legal_event', 'event,subject,at,reported_at,severity'), ('member', 'member,sector');

-- Loads what became known in (after, until]; says what was rejected.
CREATE FUNCTION load_known(board text, after date, until date)
	RETURNS TABLE (relation text, line bigint, reason text) LANGUAGE plpgsql AS
$$
BEGIN
	FOR relation IN SELECT h.relation FROM heading h ORDER BY 1 LOOP
		EXECUTE format('INSERT INTO %I.load_line (raw) '
			'SELECT line FROM heading WHERE relation = $1', board) USING relation;
		EXECUTE format('INSERT INTO %I.load_line (raw) SELECT line FROM row_of WHERE relation = $1 '
			'AND known > $2 AND known <= $3 ORDER BY line', board)
		USING relation, after, until;
		RETURN QUERY SELECT load_known.relation, l.line, l.reason
			FROM bubble_load(board, relation) AS l;
	END LOOP;
END
$$;

SELECT count(*) FROM bubble_create_scoreboard('whole');
INSERT INTO whole.member SELECT split_part(line, ',', 1), split_part(line, ',', 2) FROM row_of
WHERE relation = 'member';
SELECT * FROM load_known('whole', '-infinity', 'infinity');
CALL bubble_refresh('whole');
SELECT step, error, remark FROM whole.scoreboard_log WHERE error <> '' OR remark <> '';

-- All concerns are covered in the end.
SELECT sector, count(*), min(at), max(at), max(round(coverage::numeric, 3)) AS coverage
FROM whole.scoreboard GROUP BY sector ORDER BY sector;
SELECT at, round(score::numeric, 2) AS score, round(coverage::numeric, 3) AS coverage, phase,
	round(drawdown::numeric, 3) AS drawdown,
	round(dried_up::numeric, 3) AS dried_up, round(low::numeric, 1) AS low,
		round(high::numeric, 1) AS high, missing, why
FROM whole.scoreboard WHERE sector = 'alpha' AND at IN ('2013-06-30', '2013-12-31', '2015-12-31',
	'2017-12-31') ORDER BY at;

-- The score is the sum of its contributions and lies in its interval; the
-- coverage is the weight of what has a standing.
SELECT s.sector, s.at
FROM whole.scoreboard s CROSS JOIN LATERAL (SELECT sum(value::float8) AS total, count(*) AS n
	FROM jsonb_each_text(contributions)) AS c
WHERE abs(score - total) > 1e-9 OR score < low - 1e-9 OR score > high + 1e-9
	OR n + cardinality(missing) <> 20 OR
	abs(coverage - (SELECT sum(weight) FILTER (WHERE s.components ? indicator) / sum(weight)
		FROM whole.scoreboard_indicator)) > 1e-12 OR
	(score IS NULL) <> (n = 0) LIMIT 5;

-- Standings by counting, of the months so far.
WITH expected AS (
	SELECT sector, at, indicator, CASE WHEN n < 20 THEN NULL WHEN low = high THEN 50
		WHEN sign = 1 THEN 100.0 * below / (n - 1)
		ELSE 100 - 100.0 * below / (n - 1) END AS standing
	FROM whole.scoreboard_value v JOIN whole.scoreboard_indicator i USING (indicator)
	CROSS JOIN LATERAL (SELECT count(*) AS n, min(w.value) AS low, max(w.value) AS high,
		count(*) FILTER (WHERE w.value < v.value) AS below
		FROM whole.scoreboard_value w WHERE w.sector = v.sector AND w.indicator = v.indicator
			AND w.at <= v.at) AS so_far
)
SELECT * FROM expected FULL JOIN whole.scoreboard_standing s USING (sector, at, indicator)
WHERE abs(expected.standing - s.standing) > 1e-9
	OR (expected.standing IS NULL) <> (s.standing IS NULL) LIMIT 5;

-- What the sentence says is true.
\set board whole
\set false_why :srcdir '/false_why.sql'
\i :false_why

-- Prices of a sector from the raw rows.
WITH day AS (
	SELECT symbol, m.sector, at, close, drawdown(close) OVER w AS drawdown,
		row_number() OVER (PARTITION BY symbol, date_trunc('month', at) ORDER BY at DESC) AS back
	FROM whole.market_price JOIN whole.member m ON member = symbol
	WINDOW w AS (PARTITION BY symbol ORDER BY at)
), month AS (
	SELECT *, (date_trunc('month', at) + interval '1 month - 1 day')::date AS ending,
		close / lag(close) OVER (PARTITION BY symbol ORDER BY at) - 1 AS growth FROM day
		WHERE back = 1
), index AS (
	SELECT sector, ending AS at, count(*) AS members, avg(growth) AS growth,
		avg((drawdown > 0.2)::int) AS fallen_share FROM month GROUP BY 1, 2
), level AS (
	SELECT *, exp(sum(ln(1 + coalesce(growth, 0))) OVER (PARTITION BY sector ORDER BY at)) AS level
	FROM index
), expected AS (
	SELECT *, 1 - level / max(level) OVER w AS drawdown,
		level / lag(level, 24) OVER (PARTITION BY sector ORDER BY at) - 1 AS run_up
	FROM level WINDOW w AS (PARTITION BY sector ORDER BY at)
)
SELECT sector, at, e, p
FROM expected e FULL JOIN whole.price_by_sector p USING (sector, at)
WHERE e.members <> p.members OR abs(e.growth - p.growth) > 1e-9 OR abs(e.level - p.level) > 1e-9
	OR abs(e.drawdown - p.drawdown) > 1e-9
	OR abs(e.run_up - p.run_up) > 1e-9 OR (e.run_up IS NULL) <> (p.run_up IS NULL)
		OR abs(e.fallen_share - p.fallen_share) > 1e-9 OR e.at IS NULL OR p.at IS NULL LIMIT 5;

-- BSADF as of every month from that month's series alone.
WITH so_far AS (
	SELECT m.symbol, m.at, (SELECT bubble_series(b.close, b.at) FROM whole.price_month b
		WHERE b.symbol = m.symbol AND b.at <= m.at) AS closes
	FROM whole.price_month m WHERE m.at >= '2015-01-01' AND m.symbol LIKE '%1'
), expected AS (
	SELECT symbol, at, (SELECT value FROM unnest_dates(bsadf_path(closes, 36, 0)) AS p
		WHERE p.at = so_far.at) AS bsadf,
		(SELECT value FROM unnest_dates(bsadf_critical_path(closes, 36, 0)) AS p
			WHERE p.at = so_far.at) AS critical_value FROM so_far
)
SELECT * FROM expected JOIN whole.price_explosive p USING (symbol, at)
WHERE abs(expected.bsadf - p.bsadf) > 1e-9
	OR abs(expected.critical_value - p.critical_value) > 1e-9 LIMIT 5;
SELECT count(*) FILTER (WHERE bsadf IS NOT NULL) AS bsadf, count(critical_value)
FROM whole.price_explosive;

-- And now: since when, and the test of the whole series.
SELECT symbol, e, t
FROM whole.explosive_by_symbol e
FULL JOIN (SELECT symbol, observations, gsadf, gsadf_95,
		(SELECT max(started_at::date)
			FROM unnest(explosive_episodes(closes, 36, 0, min_duration => 1))
			WHERE ended_at IS NULL) AS since
	FROM (SELECT symbol, bubble_series(close, at) AS closes FROM whole.price_month
		GROUP BY symbol) AS s, explosive_test(closes, 36, 0)) AS t USING (symbol)
WHERE months <> t.observations OR abs(e.gsadf - t.gsadf) > 1e-9
	OR abs(gsadf_critical_value - gsadf_95) > 1e-9 OR explosive_since IS DISTINCT FROM since
	OR e.symbol IS NULL OR t.symbol IS NULL
ORDER BY symbol LIMIT 5;

-- The deepest drawdowns of daily closes.
SELECT symbol, d, e FROM whole.drawdown_by_symbol d
FULL JOIN (SELECT symbol, drawdown(close, at), max_drawdown(close, at),
	(max_drawdown_episode(close, at)).*, count(*) FROM whole.market_price GROUP BY symbol) AS e
	USING (symbol)
WHERE d.drawdown <> e.drawdown OR d.max_drawdown <> e.max_drawdown OR d.peak_at <> e.peak_at
	OR d.trough_at <> e.trough_at
	OR d.recovered_at IS DISTINCT FROM e.recovered_at OR d.observations <> e.count
		OR d.symbol IS NULL OR e.symbol IS NULL LIMIT 5;

-- Funding, from the rounds known by then.
WITH known AS (
	SELECT m.sector, m.at AS month, r.* FROM whole.sector_month m JOIN whole.member b USING (sector)
		JOIN whole.funding_round r ON company = member AND reported_at <= m.at AND r.at <= m.at
), expected AS (
	SELECT sector, month AS at, sum(amount) FILTER (WHERE at > month - interval '1 year') AS year,
		sum(amount) FILTER (WHERE at <= month - interval '1 year'
			AND at > month - interval '2 years') AS before
	FROM known GROUP BY sector, month
), steps AS (
	SELECT sector, month AS at, avg((post_money - amount < prior)::int) AS down_rounds
	FROM (SELECT *, lag(post_money) OVER (PARTITION BY sector, month, company ORDER BY at) AS prior
		FROM known) AS k
	WHERE at > month - interval '1 year' AND prior IS NOT NULL GROUP BY sector, month
), shares AS (
	SELECT sector, at, sum(share ^ 2) AS concentration
	FROM (SELECT sector, month AS at, sum(amount) / sum(sum(amount)) OVER (PARTITION BY sector,
		month) AS share
		FROM known WHERE at > month - interval '1 year' GROUP BY sector, month, company) AS c
	GROUP BY sector, at
)
SELECT sector, at, f.*, year, before
FROM whole.funding_by_sector f LEFT JOIN expected USING (sector, at)
	LEFT JOIN steps USING (sector, at) LEFT JOIN shares USING (sector, at)
WHERE abs(coalesce(year, 0) - velocity) > 1e-9
	OR abs(coalesce(year, 0) / before - 1 - acceleration) > 1e-9
	OR abs(steps.down_rounds - f.down_rounds) > 1e-9
		OR (steps.down_rounds IS NULL) <> (f.down_rounds IS NULL)
	OR abs(shares.concentration - f.concentration) > 1e-9
		OR (shares.concentration IS NULL) <> (f.concentration IS NULL) LIMIT 5;

-- Adoption: a regression on two years of levels, of each the last report that was known.
WITH known AS (
	SELECT DISTINCT ON (m.sector, m.at, product, a.at) m.sector, m.at AS month, product, a.at,
		ln(level) AS y
	FROM whole.sector_month m JOIN whole.member b USING (sector)
		JOIN whole.adoption a ON product = member AND reported_at <= m.at
	ORDER BY m.sector, m.at, product, a.at, reported_at DESC
), placed AS (
	SELECT *, (12 * extract(year FROM age(at + 1, last + 1)) + extract(month
		FROM age(at + 1, last + 1)))::float8 / 12 AS x
	FROM (SELECT *, max(at) OVER (PARTITION BY sector, month, product) AS last FROM known) AS k
), sums AS (
	SELECT sector, month, product, min(x) AS first_x, regr_sxx(x, x) AS xx,
		regr_sxx(x ^ 2, x ^ 2) AS zz, regr_sxy(x, x ^ 2) AS xz,
		regr_sxy(y, x) AS xy, regr_sxy(y, x ^ 2) AS zy
	FROM placed WHERE x > -2 AND last >= month - interval '6 months' GROUP BY sector, month, product
), expected AS (
	SELECT sector, month AS at, count(*) AS products,
		percentile_cont(0.5) WITHIN GROUP (ORDER BY CASE WHEN first_x <= -0.75
			THEN (xy * zz - zy * xz) / (xx * zz - xz ^ 2) END) AS growth,
		percentile_cont(0.5) WITHIN GROUP (ORDER BY CASE WHEN first_x <= -0.75
			THEN 2 * (zy * xx - xy * xz) / (xx * zz - xz ^ 2) END) AS acceleration
	FROM sums GROUP BY sector, month
)
SELECT sector, at, e, a FROM expected e FULL JOIN whole.adoption_by_sector a USING (sector, at)
WHERE e.products IS DISTINCT FROM a.products OR abs(e.growth - a.growth) > 1e-7
	OR abs(e.acceleration - a.acceleration) > 1e-6
	OR (e.growth IS NULL) <> (a.growth IS NULL) ORDER BY sector, at LIMIT 5;
SELECT sector, count(*), count(growth), count(acceleration),
	min(at) FILTER (WHERE growth IS NOT NULL) FROM whole.adoption_by_sector GROUP BY sector
	ORDER BY sector;

-- Valuations, from the last report that was known.
WITH expected AS (
	SELECT company, at, valuation, listed, revenue, earnings,
		revenue_multiple(valuation, revenue) AS revenue_multiple,
		CASE WHEN earnings > 0 THEN valuation / earnings END AS earnings_multiple
	FROM (SELECT company, m.at, coalesce(shares * p.close, post_money) AS valuation,
		shares * p.close IS NOT NULL AS listed,
			coalesce(r.value, f.revenue) AS revenue, f.earnings
		FROM (SELECT symbol::text AS company FROM whole.market_fundamental UNION
			SELECT company FROM whole.funding_round WHERE post_money IS NOT NULL) AS companies
		JOIN (SELECT DISTINCT member AS company, at FROM whole.membership
			JOIN whole.sector_month USING (sector)) AS m USING (company)
		LEFT JOIN LATERAL (SELECT shares::double precision, revenue::double precision,
			earnings::double precision
			FROM whole.market_fundamental AS f
			WHERE symbol = company AND greatest(f.at, reported_at) <= m.at
				AND f.at > m.at - interval '18 months'
			ORDER BY f.at DESC, reported_at DESC NULLS LAST LIMIT 1) AS f ON true
		LEFT JOIN whole.price_month AS p ON p.symbol = company AND p.at = m.at
		LEFT JOIN LATERAL (SELECT post_money::double precision FROM whole.funding_round AS f
			WHERE f.company = companies.company AND greatest(f.at, reported_at) <= m.at
				AND f.at > m.at - interval '3 years' AND post_money IS NOT NULL
			ORDER BY f.at DESC, post_money DESC LIMIT 1) AS v ON true
		LEFT JOIN LATERAL (SELECT value::double precision FROM whole.company_metric AS f
			WHERE f.company = companies.company AND metric = 'revenue'
				AND greatest(f.at, reported_at) <= m.at AND f.at > m.at - interval '18 months'
			ORDER BY f.at DESC, reported_at DESC NULLS LAST LIMIT 1) AS r ON true) AS known
	WHERE valuation > 0
)
SELECT company, at, e, m FROM expected e FULL JOIN whole.multiple_by_company m USING (company, at)
WHERE (e.*) IS DISTINCT FROM (m.*) ORDER BY company, at LIMIT 5;
SELECT count(*), count(revenue_multiple), count(earnings_multiple), count(DISTINCT listed)
FROM whole.multiple_by_company;

-- What a year comes to when all reports are in: once they are, what was raised.
SELECT sector, at, round(completed::numeric, 6) AS completed, velocity,
	(SELECT sum(amount) FROM whole.funding_round r JOIN whole.member m ON company = member
		WHERE m.sector = f.sector AND r.at > f.at - interval '1 year' AND r.at <= f.at) AS raised
FROM whole.funding_by_sector f WHERE at IN ('2015-12-31', '2018-04-30', '2018-05-31')
ORDER BY sector, at;

-- The flat view has the same, and plain types only.
SELECT count(*) FROM whole.scoreboard s LEFT JOIN whole.scoreboard_metric m ON m.sector = s.sector
	AND m.time = s.at AND metric = 'score'
WHERE value IS DISTINCT FROM score;
SELECT attname, format_type(atttypid, atttypmod) FROM pg_attribute
WHERE attrelid = 'whole.scoreboard_metric'::regclass AND attnum > 0 ORDER BY attnum;
SELECT metric, unit, round(value::numeric, 3) AS value FROM whole.scoreboard_metric
WHERE sector = 'beta' AND time = '2017-12-31' ORDER BY metric COLLATE "C";

-- No look-ahead: what becomes known later changes no earlier month, whether
-- the board is refreshed on the way or made of all rows at once.
SELECT count(*) FROM bubble_create_scoreboard('early');
INSERT INTO early.member TABLE whole.member;
CREATE TABLE was (until date, relation text, sector text, at date, contents text);
CREATE FUNCTION contents(board text, until date)
	RETURNS TABLE (last date, relation text, sector text, at date, contents text)
	LANGUAGE plpgsql AS
$$
BEGIN
	FOR relation IN SELECT unnest('{scoreboard,funding_by_sector,capital_by_sector,'
		'adoption_by_sector,law_by_sector,price_by_sector}'::text[]) LOOP
		RETURN QUERY EXECUTE format('SELECT $1, $2, sector, at, (to_jsonb(b) - '
			'''completed'')::text FROM %I.%I AS b WHERE at <= $1', board, relation) USING until,
			relation;
	END LOOP;
	RETURN QUERY EXECUTE format('SELECT $1, ''multiple_by_company'', company, at, '
		'to_jsonb(b)::text FROM %I.multiple_by_company AS b WHERE at <= $1', board) USING until;
	RETURN QUERY EXECUTE format('SELECT $1, ''macro_by_month'', series, at, to_jsonb(b)::text FROM '
		'%I.macro_by_month AS b WHERE at <= $1', board) USING until;
END
$$;
SELECT * FROM load_known('early', '-infinity', '2014-03-31');
CALL bubble_refresh('early');
INSERT INTO was SELECT * FROM contents('early', '2014-03-31');
CREATE TABLE was_completed AS SELECT sector, at, completed FROM early.funding_by_sector
	WHERE at <= '2014-03-31';
SELECT * FROM load_known('early', '2014-03-31', '2015-10-31');
CALL bubble_refresh('early');
INSERT INTO was SELECT * FROM contents('early', '2015-10-31');
SELECT * FROM load_known('early', '2015-10-31', '2016-12-14');
CALL bubble_refresh('early');
SELECT * FROM load_known('early', '2016-12-14', 'infinity');
CALL bubble_refresh('early');
SELECT step, error, remark FROM early.scoreboard_log WHERE error <> '' OR remark <> '';
SELECT until, relation, count(*) FROM was GROUP BY 1, 2 ORDER BY 1, 2;
SELECT was.until, relation, sector, at, was.contents, now.contents
FROM was FULL JOIN (SELECT * FROM contents('whole', '2014-03-31') UNION ALL SELECT *
	FROM contents('whole', '2015-10-31')) AS now (until, relation, sector, at, contents)
	USING (until, relation, sector, at)
WHERE was.contents IS DISTINCT FROM now.contents ORDER BY 1, 2, 3, 4 LIMIT 5;
SELECT relation, sector, at, early.contents, whole.contents
FROM contents('early', 'infinity') AS early FULL JOIN contents('whole', 'infinity') AS whole
	USING (relation, sector, at)
WHERE early.contents IS DISTINCT FROM whole.contents ORDER BY 1, 2, 3 LIMIT 5;

-- Only what is completed for late reports does change.
SELECT count(*) AS months,
	count(*) FILTER (WHERE w.completed <> e.completed) > 0 AS completed_changes
FROM was_completed w JOIN early.funding_by_sector e USING (sector, at);

DROP SCHEMA whole, early CASCADE;
DROP TABLE row_of, heading, was, was_completed;
DROP FUNCTION load_known, contents;
