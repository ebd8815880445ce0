-- Where a level changes.
\getenv srcdir PG_ABS_SRCDIR
\set setup :srcdir '/setup.sql'
\i :setup
SET datestyle = ISO;
SET timezone = 'UTC';
CREATE SCHEMA adoption_change;
SET search_path = adoption_change, public;

-- The flow of the Nile at Aswan, 1871 to 1970, in 10^8 cubic metres a year.
CREATE TABLE nile AS
SELECT make_date(1870 + i::int, 12, 31) AS at, flow
FROM unnest('{1120,1160,963,1210,1160,1160,813,1230,1370,1140,995,935,1110,994,1020,960,1180,799,
	958,1140,1100,1210,1150,1250,1260,1220,1030,1100,774,840,874,694,940,833,701,916,692,1020,1050,
	969,831,726,456,824,702,1120,1100,832,764,821,768,845,864,862,698,845,744,796,1040,759,781,865,
	845,944,984,897,822,1010,771,676,649,846,812,742,801,1040,860,874,848,890,744,749,838,1050,918,
	986,797,923,975,815,1020,906,901,1170,912,746,919,718,714,740}'::float8[])
	WITH ORDINALITY AS u (flow, i);
SELECT at, round(statistic::numeric, 10) AS statistic, p < 1e-15 AS certain, before,
	round(after::numeric, 6) AS after
FROM (SELECT (change_point(flow, at)).* FROM nile) AS c;
-- Cuts with the least sum of squares and penalties of 2 ln n variances of the
-- noise: at one place, at that cost.
WITH noise AS (SELECT var_samp(d) / 2 AS v FROM (SELECT flow - lag(flow) OVER (ORDER BY at) AS d
	FROM nile) AS x),
	point AS (SELECT c.* FROM unnest((SELECT change_points(flow, at) FROM nile)) AS c)
SELECT at, before, round(after::numeric, 6) AS after, round((gain * v)::numeric, 5) AS gain,
	round(((SELECT regr_sxx(flow, flow) FROM nile) - gain * v + 2 * v * ln(100.0::float8))::numeric,
		5) AS cost
FROM noise, point;
-- Dates, times and stored series; the defaults.
SELECT is_same(a.*, b.*) AS series, is_same(a.*, c.*) AS trimming
FROM (SELECT (change_point(flow, at::timestamptz)).* FROM nile) AS a,
	(SELECT (change_point(bubble_series(flow, at))).* FROM nile) AS b,
	(SELECT (change_point(flow, at::timestamptz, 0.15)).* FROM nile) AS c;
SELECT is_same(change_points(flow, at)::text, change_points(flow, at, NULL)::text) AS no_penalty,
	is_same(change_points(flow, at)::text, change_points(flow, at, 2 * ln(100.0::float8))::text)
		AS penalty,
	is_same(change_points(bubble_series(flow, at), penalty => 20)::text,
		change_points(flow, at::timestamptz, 20)::text) AS series,
	is_same(change_point(bubble_series(flow, at), trimming => 0.05)::text,
		change_point(flow, at::timestamptz, 0.05)::text) AS trimmed
FROM nile;

-- By hand: 0 0 1 | 5 6 6. Squares 44 around one mean, 2/3 around each of two.
SELECT at, round(statistic::numeric, 9) AS statistic, p < 1e-20 AS certain, before, after
FROM (SELECT (change_point(v, date '2020-01-01' + i::int)).*
	FROM unnest('{0,0,1,5,6,6}'::float8[]) WITH ORDINALITY AS u (v, i)) AS c;
-- Nothing remains: the change is certain.
SELECT (change_point(v, date '2020-01-01' + i::int)).*
FROM unnest('{0.1,0.1,0.1,0.7,0.7,0.7}'::float8[]) WITH ORDINALITY AS u (v, i);

-- Exact dynamic programming in SQL: the least cost of the first t rows is that
-- of some last piece. Series with steps, with a trend, with neither, whole
-- numbers with ties; penalties from few to many cuts.
CREATE TABLE made AS
SELECT s, i, date '2020-01-01' + i AS at,
	CASE s % 4 WHEN 0 THEN floor(i / 7.0) * 3 % 5 WHEN 1 THEN i / 10.0 WHEN 2 THEN 0
		ELSE round(2 * sin(i / 4.0)) END +
	CASE WHEN s % 4 < 3 THEN ((i * 7919 + s * 104729) % 1009) / 1009.0
		ELSE (i * i + s) % 2 END AS v
FROM generate_series(1, 12) AS s, generate_series(1, 40) AS i;
CREATE FUNCTION squares(v float8[], a int, b int) RETURNS float8 LANGUAGE sql IMMUTABLE
RETURN (SELECT regr_sxx(x, x) FROM unnest(v[a:b]) AS x);
CREATE FUNCTION least_cost(v float8[], penalty float8) RETURNS float8 LANGUAGE plpgsql AS
$$
DECLARE
	best float8[] := ARRAY[squares(v, 1, 1)];
BEGIN
	FOR t IN 2 .. cardinality(v) LOOP
		best[t] := (SELECT min(CASE s WHEN 0 THEN 0 ELSE best[s] + penalty END +
				squares(v, s + 1, t))
			FROM generate_series(0, t - 1) AS s);
	END LOOP;
	RETURN best[cardinality(v)];
END
$$;
CREATE FUNCTION noise(v float8[]) RETURNS float8 LANGUAGE sql IMMUTABLE
RETURN (SELECT var_samp(d) / 2 FROM (SELECT x - lag(x) OVER (ORDER BY i) AS d
	FROM unnest(v) WITH ORDINALITY AS u (x, i)) AS e);
CREATE TABLE exact AS
SELECT s, penalty, v, least_cost(v, penalty * noise(v)) AS cost
FROM (SELECT s, array_agg(v ORDER BY i) AS v FROM made GROUP BY s) AS m,
	unnest('{0.5,2,7.378,40}'::float8[]) AS penalty;
-- What the cuts given cost; no row is expected.
SELECT s, penalty, e.cost, g.cost AS got
FROM (SELECT s, penalty, sum(squares(v, a, b)) + (count(*) - 1) * penalty * noise(v) AS cost
	FROM (SELECT s, penalty, e.v, a + 1 AS a, lead(a, 1, 40) OVER (PARTITION BY s, penalty
			ORDER BY a) AS b
		FROM exact AS e, LATERAL (SELECT 0 AS a UNION ALL SELECT c.at - date '2020-01-01'
			FROM unnest((SELECT change_points(m.v, m.at, e.penalty) FROM made AS m
				WHERE m.s = e.s)) AS c) AS cuts) AS pieces
	GROUP BY s, penalty, v) AS g FULL JOIN exact AS e USING (s, penalty)
WHERE (abs(e.cost - g.cost) <= 1e-9 * greatest(e.cost, 1)) IS NOT TRUE;
SELECT penalty, sum(cardinality((SELECT change_points(m.v, m.at, penalty) FROM made AS m
	WHERE m.s = e.s))) AS cuts FROM exact AS e GROUP BY penalty ORDER BY penalty;
-- A cut gains more than its penalty, and lies between the means that it names.
SELECT s, penalty, c.* FROM exact AS e, unnest((SELECT change_points(m.v, m.at, e.penalty)
	FROM made AS m WHERE m.s = e.s)) AS c
WHERE (gain >= penalty * (1 - 1e-9) AND before <> after) IS NOT TRUE;

-- Any order of rows, any plan.
CREATE TABLE expected AS SELECT s, change_point(v, at) AS one, change_point(v, at, 0.05) AS trimmed,
	change_points(v, at)::text AS many, change_points(v, at, 3)::text AS cheap
FROM made GROUP BY s;
CREATE TABLE rows AS SELECT s, v, at, (s * 7 + i) % 9 AS part FROM made;
SELECT * FROM in_every_plan('expected', 's', 'rows', 'SELECT s, change_point(v, at {order}) AS one,
	change_point(v, at, 0.05 {order}) AS trimmed, change_points(v, at {order})::text AS many,
	change_points(v, at, 3 {order})::text AS cheap FROM {rows} GROUP BY s', 'at, v');

-- Rows at the same time stay together, in whatever order they come.
SELECT change_points(v, date '2020-01-01' + i / 2 ORDER BY v) = change_points(v,
		date '2020-01-01' + i / 2 ORDER BY v DESC) AS same,
	change_points(v, date '2020-01-01' + i / 2, 1)
FROM unnest('{0,1,0,1,0,9,1,8,9,8,9}'::float8[]) WITH ORDINALITY AS u (v, n),
	LATERAL (SELECT n::int AS i) AS x;
SELECT change_point(v, date '2020-01-01') AS one_time, change_points(v, date '2020-01-01', 0.1)
FROM unnest('{0,0,0,9,9,9}'::float8[]) AS v;

-- Gaps do not matter: rows are counted. Nor does the unit, however large or small.
SELECT is_same(cardinality(change_points(v, at + i * i)), cardinality(change_points(v, at)))
		AS gaps,
	is_same((change_point(v, at + i * i)).statistic, (change_point(v, at)).statistic) AS gap,
	is_same(cardinality(change_points(v * 1e300, at)), cardinality(change_points(v, at))) AS large,
	is_same(cardinality(change_points(v * 1e-310, at)), cardinality(change_points(v, at))) AS small,
	is_same(cardinality(change_points(v + 1e9, at)), cardinality(change_points(v, at))) AS shifted,
	is_same((change_point(v * 1024, at)).statistic, (change_point(v, at)).statistic) AS statistic
FROM made WHERE s = 4;
SELECT (change_point(v, date '2020-01-01' + i::int)).*
FROM unnest('{-1.7e308,-1.7e308,-1.6e308,1.7e308,1.6e308,1.7e308}'::float8[])
	WITH ORDINALITY AS u (v, i);

-- A constant has no change; on a straight line there is no noise to compare
-- changes with; few rows cannot tell.
SELECT name, (one).at, round((one).statistic::numeric, 9) AS statistic,
	round((one).p::numeric, 9) AS p, (one).before, (one).after, many
FROM (SELECT name, change_point(v, date '2020-01-01' + i::int) AS one,
	change_points(v, date '2020-01-01' + i::int) AS many
FROM (VALUES ('constant', '{5,5,5,5,5,5}'::float8[]), ('zeros', '{0,0,0,-0,0}'),
		('line', '{0.1,0.2,0.3,0.4,0.5,0.6,0.7}'), ('one', '{5}'), ('two', '{5,7}'),
		('three', '{5,7,5}'), ('four', '{5,5,7,7}'), ('null', '{NULL,NULL}'),
		('step and null', '{1,NULL,1,2,NULL,1,9,8,9,9}')) AS s (name, a),
	unnest(a) WITH ORDINALITY AS u (v, i)
GROUP BY name) AS g ORDER BY name;
SELECT change_point(v, at), change_points(v, at), change_point(v, at, 0.2), change_points(v, at, 9)
FROM made WHERE false;
SELECT change_point(NULL::bubble_series), change_points(NULL::bubble_series);

-- Growth changes where the changes of the logarithm do.
SELECT (change_point(growth, at)).at
FROM (SELECT at, ln(n) - lag(ln(n)) OVER (ORDER BY at) AS growth
	FROM (SELECT date '2020-01-01' + i AS at, exp(0.1 * least(i, 20) + 0.02 * greatest(i - 20, 0) +
		0.001 * (i * 7 % 5)) AS n FROM generate_series(1, 40) AS i) AS v) AS g;

-- Errors.
SELECT error_of(format('SELECT %s FROM made', f)) FROM unnest(ARRAY['change_point(v, at, 0)',
	'change_point(v, at, 0.5)', 'change_point(v, at, ''NaN'')', 'change_point(v, at, NULL)',
	'change_point(v, at, i / 100.0)', 'change_points(v, at, 0)', 'change_points(v, at, -1)',
	'change_points(v, at, i)', 'change_points(v, at, ''Infinity'')',
	'change_point(''NaN'', at)', 'change_points(''Infinity'', at)',
	'change_point(v, ''infinity''::date)', 'change_point(bubble_series(v, at), trimming => NULL)',
	'change_points(bubble_series(v, at), penalty => 0)']) AS f;
-- An array has an end: every row of these is a piece of its own.
SELECT error_of('SELECT change_points(bubble_series(i * 4 % 5, date ''2000-01-01'' + i % 1200000),
	penalty => 1e-9) FROM generate_series(1, 1200000) AS i');
