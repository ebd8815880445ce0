-- Drawdowns at the edges: ratios that no double holds, and steps that are none.
\getenv srcdir PG_ABS_SRCDIR
\set setup :srcdir '/setup.sql'
\i :setup
SET datestyle = ISO;

-- Both lose all but for what is rounded to 0; the second one loses more.
SELECT e.* FROM (SELECT max_drawdown_episode(price, date '2020-01-01' + i::int) AS e
	FROM unnest('{1e300,1e-26,1e305,1e-25,1e-20}'::float8[]) WITH ORDINALITY AS u (price, i)) AS v,
	LATERAL (SELECT (e).*) AS e;
SELECT (e).peak, (e).trough
FROM (SELECT max_drawdown_episode(price, date '2020-01-01' + i::int) AS e
	FROM unnest('{1e300,1e-31,1e305,1e-25,1e-20}'::float8[]) WITH ORDINALITY AS u (price, i)) AS v;

SELECT steps, error_of(format('SELECT %L::drawdown_summary', format(
	'date{2020-01-01,%s;2020-01-01=2;2020-01-02=1}', steps)))
FROM unnest('{1d*,1d*x,1d*0,1d*-1,1d*9999999999999999999,1d*99999999999999999999}'::text[])
	AS steps;
