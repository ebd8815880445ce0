-- A price of 0 is a loss of everything.  Only a peak of 0, of which nothing
-- can be lost, and growth from 0 are undefined.
\getenv srcdir PG_ABS_SRCDIR
\set setup :srcdir '/setup.sql'
\i :setup
SET datestyle = ISO;
SET timezone = 'UTC';
CREATE TABLE lost (name text, i int, at date, price float8);
INSERT INTO lost
SELECT name, i, date '2020-01-01' + i::int, price
FROM (VALUES ('everything', '{100,40,0}'::float8[]), ('and came back', '{100,0,0,40,100,50}'),
	('listed later', '{0,0,100,40}'),
	('nothing', '{0,0}'), ('at last', '{10,20,0}'), ('minus zero', '{100,-0}')) AS v (name, prices),
		unnest(prices) WITH ORDINALITY AS u (price, i);

-- Rows, rows with times, stored series, summaries.
SELECT name, max_drawdown(price ORDER BY i) AS max_drawdown, drawdown(price ORDER BY i),
	max_runup(price ORDER BY i), runup(price ORDER BY i)
FROM lost GROUP BY name ORDER BY name;
SELECT name, max_drawdown(price, at), drawdown(price, at), max_runup(price, at), runup(price, at)
FROM lost GROUP BY name ORDER BY name;
SELECT name, max_drawdown(s), drawdown(s), max_runup(s), runup(s), max_drawdown(d) AS of_summary,
	drawdown(d) AS last_of_summary, d
FROM (SELECT name, bubble_series(price, at) AS s, drawdown_summary(price, at ORDER BY at DESC) AS d
	FROM lost GROUP BY name) AS x ORDER BY name;
-- Growing and moving frames.
SELECT name, i, price, max_drawdown(price) OVER w AS growing, drawdown(price) OVER w AS last,
	max_drawdown(price) OVER m AS moving, drawdown(price, at) OVER m AS last_moving,
		max_runup(price, at) OVER m AS runup_moving
FROM lost WINDOW w AS (PARTITION BY name ORDER BY at),
	m AS (PARTITION BY name ORDER BY at ROWS 1 PRECEDING) ORDER BY name, i;
SELECT name, i, drawdown_ahead(price, at, '2 days') OVER (PARTITION BY name ORDER BY at) AS ahead
FROM lost ORDER BY name, i;
-- Episodes and paths.
SELECT name, e.* FROM (SELECT name, drawdown_episodes(price, at) AS episodes FROM lost
	GROUP BY name) AS x, unnest(episodes) AS e
ORDER BY name, e.peak_at;
SELECT name, (max_drawdown_episode(price, at)).* FROM lost GROUP BY name ORDER BY name;
SELECT name, cardinality(drawdown_episodes(price, at, 1)) AS all_lost FROM lost GROUP BY name
	ORDER BY name;
SELECT name, drawdown_path(s), rolling_max_drawdown(s, 2)
FROM (SELECT name, bubble_series(price, at) AS s FROM lost GROUP BY name) AS x ORDER BY name;
-- Measures of the whole curve, growth and its ratios.
SELECT name, ulcer_index(price, at), pain_index(price, at), average_drawdown(price, at),
	drawdown_deviation(price, at),
	time_under_water(price, at), drawdown_at_risk(price, at, 0.5) AS at_risk,
		conditional_drawdown_at_risk(price, at, 0.5) AS beyond
FROM lost GROUP BY name ORDER BY name;
SELECT name, cagr(price, at), calmar_ratio(price, at), sterling_ratio(price, at),
	burke_ratio(price, at), martin_ratio(price, at), pain_ratio(price, at)
FROM lost WHERE name <> 'and came back' GROUP BY name ORDER BY name;
-- Of two losses of everything the earlier one is the deepest, of a loss of
-- everything and one too small for a quotient the former.
SELECT (max_drawdown_episode(p, date '2000-01-01' + i)).peak AS earliest
FROM (VALUES (0, 3.0), (1, 0), (2, 1e9), (3, 0), (4, 2e9)) AS v (i, p);
SELECT (max_drawdown_episode(p, date '2000-01-01' + i)).peak AS of_everything
FROM (VALUES (0, 1e300::float8), (1, 5e-324), (2, 2e300), (3, 0), (4, 1e301)) AS v (i, p);
SELECT (max_drawdown_episode(p, date '2000-01-01' + i)).peak AS of_everything
FROM (VALUES (0, 1e300::float8), (1, 0), (2, 2e300), (3, 5e-324), (4, 1e301)) AS v (i, p);
-- Too large for a double is still an error.
SELECT error_of($$ SELECT max_runup(p, date '2000-01-01' + i)
	FROM (VALUES (0, 1e-300::float8), (1, 1e300)) AS v (i, p) $$);
DROP TABLE lost;
