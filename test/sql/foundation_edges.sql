-- States at the edges: partitions without any row, before, between and after
-- those that have some.
\getenv srcdir PG_ABS_SRCDIR
\set setup :srcdir '/setup.sql'
\i :setup
SET datestyle = ISO;
SET timezone = 'UTC';
CREATE SCHEMA foundation_edges;
SET search_path = foundation_edges, public;

CREATE FUNCTION calls(source text) RETURNS text LANGUAGE sql IMMUTABLE
RETURN format('SELECT 1 AS one, bubble_series(v, at)::text AS series,
	drawdown_summary(v, at)::text AS summary, max_drawdown(v, at) AS drawdown,
	funding_velocity(v, at) AS velocity, gini(v) AS gini, herfindahl(v) AS herfindahl,
	funding_path(v, at, ''1 month'')::text AS path, auroc(v, i %% 3 = 0) AS auroc,
	pca_weights(ARRAY[v, i])::text AS pca, growth_rate(v, at)::text AS growth,
	run_ups(v, i, at, 0.1, ''10 days'')::text AS run_ups, hype_gap(v, i, at) AS hype,
	explosive_residuals(v, ARRAY[i::float8], at)::text AS residuals FROM %s', source);
CREATE TABLE rows AS
SELECT i, date '2020-01-01' + i AS at, 10 + i * 7919 % 101 / 10.0::float8 AS v,
	(ARRAY[2, 5, 6])[1 + i % 3] AS part
FROM generate_series(1, 90) AS i;
DO $$ BEGIN EXECUTE 'CREATE TABLE expected AS ' || calls('rows'); END $$;
SELECT count(*) AS rows, num_nulls(series, summary, drawdown, velocity, gini, herfindahl, path,
	auroc, pca, growth, run_ups, hype, residuals) AS unknown FROM expected GROUP BY unknown;
SELECT * FROM in_every_plan('expected', 'one', 'rows', calls('{rows}'));
-- None at all.
CREATE TABLE nothing (LIKE rows);
CREATE TABLE unknown AS SELECT 1 AS one;
SELECT * FROM differences('unknown', 'one', 'SELECT * FROM (' || calls('nothing') || ') AS q',
	'num_nonnulls(given.series, given.summary, given.drawdown, given.velocity, given.gini,
	given.herfindahl, given.path, given.auroc, given.pca, given.growth, given.run_ups,
	given.hype, given.residuals) = 0');

-- Parts whose amounts have nothing in common but the sum.
CREATE TABLE amounts AS
SELECT i, part, (1 + i % 7) * 10.0::float8 ^ (30 * part - 120) AS amount,
	(1 + i % 5) * 10.0::float8 ^ (120 - 30 * part) AS revenue
FROM generate_series(1, 90) AS i, LATERAL (SELECT i % 9 AS part) AS p;
CREATE TABLE summed AS
SELECT 1 AS one, herfindahl(amount) AS herfindahl, gini(amount) AS gini,
	valuation_to_revenue(amount, revenue) AS ratio, pre_revenue_share(amount, revenue) AS share
FROM amounts;
SELECT is_near(herfindahl, (SELECT sum(amount ^ 2) / sum(amount) ^ 2 FROM amounts), 1e-15)
		AS herfindahl,
	is_near(ratio / (SELECT sum(amount) / sum(revenue) FROM amounts), 1, 1e-15) AS ratio, share
FROM summed;
SELECT * FROM in_every_plan('summed', 'one', 'amounts', 'SELECT 1 AS one,
	herfindahl(amount) AS herfindahl, gini(amount) AS gini,
	valuation_to_revenue(amount, revenue) AS ratio, pre_revenue_share(amount, revenue) AS share
	FROM {rows}');
