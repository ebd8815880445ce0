-- Venture funding against PostgreSQL's cheapest aggregates and against plain
-- SQL: 5 million rounds in 200 sectors over 20 years, in the order of time as
-- they were reported, and 1 million valuations of 10,000 companies with
-- 200,000 revenue reports.
\set rounds 5000000
\set sectors 200
\set companies 10000
\set valuations 1000000
\set reports 200000
SET max_parallel_workers_per_gather = 0;
SET jit = off;
SET work_mem = '1GB';
SET synchronize_seqscans = off;

SELECT setseed(0.5);
CREATE UNLOGGED TABLE round (sector int, company int, at date, amount float8);
INSERT INTO round
SELECT company % :sectors, company, date '2005-01-01' + (i * 7300::bigint / :rounds)::int,
	round((1e5 * exp(3 * random() + 3 * random()))::numeric, 2)
FROM (SELECT i, (:companies * random())::int AS company FROM generate_series(1, :rounds) AS i) AS x;
CREATE UNLOGGED TABLE valuation AS
SELECT (:companies * random())::int AS company, date '2005-01-01' + (7300 * random())::int AS at, 1e7 * exp(5 * random()) AS post_money
FROM generate_series(1, :valuations) AS i;
CREATE UNLOGGED TABLE report AS
SELECT DISTINCT ON (company, at) *
FROM (SELECT (:companies * random())::int AS company, date '2005-01-01' + (7300 * random())::int AS at, 1e6 * exp(5 * random()) AS revenue
	FROM generate_series(1, :reports) AS i) AS x;
CREATE INDEX ON report (company, at);
VACUUM ANALYZE round;
VACUUM ANALYZE valuation;
VACUUM ANALYZE report;

CREATE FUNCTION by_sector(aggregate text) RETURNS text LANGUAGE sql
RETURN format('SELECT sector, %s FROM round GROUP BY sector', aggregate);
CREATE FUNCTION in_a_year(aggregate text) RETURNS text LANGUAGE sql
RETURN format('SELECT %s OVER (PARTITION BY sector ORDER BY at RANGE ''1 year'' PRECEDING) FROM round', aggregate);

SELECT ratio('funding_velocity(amount, at) / sum(amount)', by_sector('funding_velocity(amount, at)'), by_sector('sum(amount)'), :rounds);
SELECT ratio('funding_velocity(amount, at, 1 year, as_of) / sum(amount)', by_sector('funding_velocity(amount, at, ''1 year'', date ''2020-01-01'')'), by_sector('sum(amount)'), :rounds);
SELECT ratio('funding_velocity(amount, at) / count(*), year window', in_a_year('funding_velocity(amount, at)'), in_a_year('count(*)'), :rounds, 3);
SELECT ratio('funding_acceleration(amount, at) / count(*), year window', in_a_year('funding_acceleration(amount, at)'), in_a_year('count(*)'), :rounds, 3);
SELECT ratio(format('%s / sum(amount)', f), by_sector(f), by_sector('sum(amount)'), :rounds, 3)
FROM unnest(ARRAY['funding_intensity(amount, at, ''1 year'')', 'herfindahl(amount)', 'top_share(amount, 10)', 'round_gap(at)',
	'funding_summary(amount, at)', 'funding_path(amount, at, ''1 month'')', 'funding_path(amount, at, ''1 month'', at + 40)',
	'harmonic_multiple(amount, company)']) AS f;
SELECT ratio(format('%s / percentile_cont', f), by_sector(f),
	by_sector('percentile_cont(0.5) WITHIN GROUP (ORDER BY amount / nullif(company, 0))'), :rounds, 3)
FROM unnest(ARRAY['median_multiple(amount, company)', 'gini(amount)']) AS f;
SELECT ratio('gini(amount) / plain SQL', by_sector('gini(amount)'),
	'SELECT sector, sum((2 * i - n - 1) * amount) / (max(n) * sum(amount))
	FROM (SELECT sector, amount, row_number() OVER (PARTITION BY sector ORDER BY amount) AS i,
		count(*) OVER (PARTITION BY sector) AS n FROM round) AS r GROUP BY sector', :rounds, 3);
SELECT ratio(format('%s / count(*), year window', f), in_a_year(f), in_a_year('count(*)'), :rounds, 1)
FROM unnest(ARRAY['funding_intensity(amount, at, ''1 y'')', 'herfindahl(amount)', 'median_multiple(amount, company)', 'gini(amount)']) AS f;

-- The revenue known on the day of each valuation: one pass over both tables
-- against a lookup per row in an index.
CREATE FUNCTION merged() RETURNS text LANGUAGE sql
RETURN 'SELECT company, at, post_money, revenue
	FROM (SELECT company, at, post_money, locf(revenue) OVER (PARTITION BY company ORDER BY at) AS revenue
		FROM (SELECT company, at, post_money, NULL AS revenue FROM valuation
			UNION ALL SELECT company, at, NULL, revenue FROM report) AS events) AS known
	WHERE post_money IS NOT NULL';
CREATE FUNCTION looked_up() RETURNS text LANGUAGE sql
RETURN 'SELECT company, at, post_money, revenue
	FROM valuation AS v LEFT JOIN LATERAL (
		SELECT revenue FROM report AS r WHERE r.company = v.company AND r.at <= v.at
		ORDER BY r.at DESC LIMIT 1) AS r ON true';
SELECT format('CREATE TEMP TABLE m AS %s', merged()) UNION ALL SELECT format('CREATE TEMP TABLE l AS %s', looked_up()) \gexec
SELECT CASE WHEN EXISTS ((TABLE m EXCEPT ALL TABLE l) UNION ALL (TABLE l EXCEPT ALL TABLE m))
	THEN 'THE AS-OF JOINS DIFFER' END;
SELECT ratio('as-of join: locf over a union / LATERAL … LIMIT 1', merged(), looked_up(), :valuations);
SELECT ratio('as-of join: latest(…) GROUP BY / LATERAL … LIMIT 1',
	'SELECT company, v.at, post_money, latest(revenue, r.at, ''100 years'', v.at)
	FROM valuation AS v LEFT JOIN report AS r USING (company) GROUP BY company, v.at, post_money',
	looked_up(), :valuations, 2);
