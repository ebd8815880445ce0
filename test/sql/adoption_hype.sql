-- Attention against reality, and who leads whom.
\getenv srcdir PG_ABS_SRCDIR
\set setup :srcdir '/setup.sql'
\i :setup
SET datestyle = ISO;
SET timezone = 'UTC';
CREATE SCHEMA adoption_hype;
SET search_path = adoption_hype, public;

-- ---- hype_gap ----

-- By hand: the latest attention, 9, is above all 4 others (100), the latest
-- reality, 3, above one of 3 others.
CREATE TABLE hype (at date, attention float8, reality float8);
INSERT INTO hype VALUES ('2024-01-01', 1, 2), ('2024-02-01', 4, NULL), ('2024-03-01', 3, 5),
	('2024-04-01', NULL, NULL), ('2024-05-01', 5, 4), (NULL, 100, 100), ('2024-06-01', NULL, 3),
	('2024-07-01', 9, NULL);
SELECT is_near(hype_gap(attention, reality, at), 100 - 100.0 / 3, 1e-12) AS by_hand,
	is_same(hype_gap(attention, reality, at), hype_gap(attention, reality, at::timestamptz))
		AS timestamptz,
	is_same(hype_gap(attention, reality, at), hype_gap(bubble_series(attention, at),
		reality => bubble_series(reality, at))) AS series,
	is_same(hype_gap(attention, reality, at), -hype_gap(reality, attention, at)) AS turned
FROM hype;
SELECT at, attention, reality,
	round(hype_gap(attention, reality, at) OVER (ORDER BY at)::numeric, 6) AS gap
FROM hype ORDER BY at;
-- Two at the same time: the larger one is the later one.
SELECT hype_gap(a, r, at ORDER BY a DESC) AS ties
FROM (VALUES (1, 1, date '2024-01-01'), (2, 2, '2024-01-02'), (3, 1, '2024-01-03'),
	(2, 1, '2024-01-03')) AS v (a, r, at);

-- Without another value there is no past; what does not differ stands in the
-- middle.
SELECT name, hype_gap(a, r, date '2024-01-01' + i::int)
FROM (VALUES ('none', '{NULL}'::float8[], '{NULL}'::float8[]), ('one', '{1}', '{1}'),
		('one reality', '{1,2,3}', '{NULL,5,NULL}'), ('constants', '{1,1,1}', '{7,7,7}'),
		('zeros', '{0,-0,0}', '{1,2,3}'), ('fallen', '{3,2,1}', '{1,2,3}')) AS v (name, attention,
			reality),
	unnest(attention, reality) WITH ORDINALITY AS u (a, r, i)
GROUP BY name ORDER BY name;
SELECT hype_gap(attention, reality, at), hype_gap(bubble_series(attention, at), NULL) AS no_series
FROM hype WHERE at > '2030-01-01';

-- The same in SQL, over frames and groups of any plan.
CREATE TABLE gaps AS
SELECT g, i, date '2020-01-01' + i / 2 AS at,
	CASE WHEN i % 7 <> g THEN i * 7919 % 101 / 4 END::float8 AS a,
	CASE WHEN i % 5 <> g THEN i * i * 31 % 97 / 4 END::float8 AS r, (g + i) % 9 AS part
FROM generate_series(0, 3) AS g, generate_series(1, 80) AS i;
CREATE FUNCTION standing(x float8[]) RETURNS float8 LANGUAGE sql IMMUTABLE
RETURN (SELECT CASE WHEN count(*) < 2 THEN NULL WHEN min(v) = max(v) THEN 50
		ELSE 100.0 * count(*) FILTER (WHERE v < x[cardinality(x)]) / (count(*) - 1) END
	FROM unnest(x) AS v);
CREATE FUNCTION naive_gap(a float8[], r float8[]) RETURNS float8 LANGUAGE sql IMMUTABLE
RETURN standing(array_remove(a, NULL)) - standing(array_remove(r, NULL));
SELECT * FROM in_frames('SELECT i, ours, theirs FROM (
	SELECT i, hype_gap(a, r, at) OVER w AS ours,
		naive_gap(array_agg(a) OVER w, array_agg(r) OVER w) AS theirs
	FROM (SELECT i, date ''2020-01-01'' + i AS at, a, r FROM gaps WHERE g = 2) AS x
	WINDOW w AS ({frame})) AS y
	WHERE (abs(ours - theirs) < 1e-9) IS NOT TRUE AND num_nulls(ours, theirs) <> 2',
	ARRAY['ORDER BY at', 'ORDER BY at ROWS 20 PRECEDING', 'ORDER BY at ROWS 1 PRECEDING',
		'ORDER BY at ROWS CURRENT ROW', 'ORDER BY at ROWS BETWEEN 9 PRECEDING AND 9 FOLLOWING',
		'ORDER BY at ROWS BETWEEN 20 PRECEDING AND 10 PRECEDING']);
-- Rows of a frame that are not in the order of time.
SELECT * FROM in_frames('SELECT g, i, ours, theirs FROM (
	SELECT g, i, ours, (SELECT hype_gap(h.a, h.r, h.at) FROM gaps AS h
		WHERE h.g = x.g AND h.i = ANY (f)) AS theirs
	FROM (SELECT g, i, hype_gap(a, r, at) OVER w AS ours, array_agg(i) OVER w AS f FROM gaps
		WINDOW w AS (PARTITION BY g ORDER BY {frame})) AS x) AS y
	WHERE ours IS DISTINCT FROM theirs',
	ARRAY['i * 37 % 101 ROWS 15 PRECEDING',
		'i * 37 % 101 ROWS BETWEEN 9 PRECEDING AND 2 PRECEDING']);
CREATE TABLE expected AS SELECT g, hype_gap(a, r, at) AS gap FROM gaps GROUP BY g;
SELECT * FROM in_every_plan('expected', 'g', 'gaps',
	'SELECT g, hype_gap(a, r, at {order}) AS gap FROM {rows} GROUP BY g', 'at, i');

SELECT error_of(format('SELECT %s FROM hype', f))
FROM unnest(ARRAY['hype_gap(''NaN'', reality, at)', 'hype_gap(attention, ''Infinity'', at)',
	'hype_gap(attention, reality, ''infinity''::date)']) AS f;

-- ---- lead_lag ----

-- b follows a by three rows.
CREATE TABLE led AS
SELECT i, date '2020-01-01' + i AS at, (i * 7919 % 211)::float8 AS a,
	((i - 3) * 7919 % 211 + i * i % 5)::float8 AS b, i % 9 AS part
FROM generate_series(4, 80) AS i;
-- The correlation of changes at a lag, in SQL.
CREATE FUNCTION correlation_at(shift int, OUT correlation float8, OUT pairs bigint) LANGUAGE sql
BEGIN ATOMIC
	WITH c AS (SELECT i, a - lag(a) OVER (ORDER BY i) AS a,
			b - lag(b) OVER (ORDER BY i) AS b
		FROM led)
	SELECT corr(x.a, y.b), regr_count(x.a, y.b) FROM c AS x JOIN c AS y ON y.i = x.i + shift;
END;
SELECT lag, lag_low, lag_high, is_near(l.correlation, c.correlation, 1e-12) AS correlation,
	is_near(low, tanh(atanh(c.correlation) - 1.959963984540054 / sqrt(c.pairs - 3)), 1e-12) AS low,
	is_near(high, tanh(atanh(c.correlation) + 1.959963984540054 / sqrt(c.pairs - 3)), 1e-12)
		AS high,
	p < 1e-20 AS certain, is_same(l.pairs, c.pairs) AS pairs
FROM (SELECT (lead_lag(a, b, at, 12)).* FROM led) AS l, correlation_at(3) AS c;
SELECT max(c.correlation) FILTER (WHERE s <> 3) < max(c.correlation) FILTER (WHERE s = 3) AS highest
FROM generate_series(-12, 12) AS s, correlation_at(s) AS c;
SELECT is_same(lead_lag(a, b, at, 12), lead_lag(a, b, at::timestamptz, 12)) AS timestamptz,
	is_same(lead_lag(a, b, at, 12), lead_lag(bubble_series(a, at), b => bubble_series(b, at)))
		AS series,
	is_same(lead_lag(a, b, at, 5), lead_lag(bubble_series(a, at), bubble_series(b, at), most => 5))
		AS most,
	is_same((lead_lag(b, a, at, 12)).lag, -3) AS turned,
	is_same((lead_lag(a * 1e300, b * 1e-300, at, 12)).lag, 3) AS no_unit,
	is_same((lead_lag(-a, b, at, 2)).lag < 3, true) AS out_of_reach
FROM led;
-- Series that have some times in common are compared there.
SELECT is_same(lead_lag(bubble_series(a, at) FILTER (WHERE i > 10), bubble_series(b, at)
		FILTER (WHERE i <> 30)), lead_lag(a, b, at, 12) FILTER (WHERE i > 10 AND i <> 30))
			AS common,
	lead_lag(bubble_series(a, at) FILTER (WHERE i < 20), bubble_series(b, at) FILTER (WHERE i > 30))
		AS nothing
FROM led;
-- A row that lacks one of them is skipped.
SELECT is_same(lead_lag(a, CASE WHEN i <> 30 THEN b END, at, 12), lead_lag(a, b, at, 12)
	FILTER (WHERE i <> 30)) AS skipped FROM led;

CREATE TABLE two_led AS SELECT k, l.* FROM led AS l, generate_series(0, 1) AS k
WHERE i % 10 < 8 + k;
CREATE TABLE leads AS SELECT k, lead_lag(a, b, at, 9) AS found FROM two_led GROUP BY k;
SELECT * FROM in_every_plan('leads', 'k', 'two_led',
	'SELECT k, lead_lag(a, b, at, 9 {order}) AS found FROM {rows} GROUP BY k', 'at, i');

-- Half of the changes, at least four, must remain as pairs; what does not
-- vary, and straight lines, go with nothing; what is the same goes with itself.
SELECT name, lag, lag_low, lag_high, correlation, low, high, round(p::numeric, 9) AS p, pairs
FROM (SELECT name, (lead_lag(a, b, date '2024-01-01' + i::int, 9)).*
	FROM (VALUES ('constant', '{1,1,1,1,1,1}'::float8[], '{1,2,4,3,7,9}'::float8[]),
			('line', '{1,2,3,4,5,6}', '{1,2,4,3,7,9}'), ('four', '{1,2,4,3}', '{1,2,4,3}'),
			('same', '{1,2,4,3,7,9}', '{1,2,4,3,7,9}'), ('zeros', '{0,0,0,0,0,0}', '{0,0,0,0,0,0}'),
			('opposite', '{1,2,4,3,7}', '{-1,-2,-4,-3,-7}')) AS v (name, x, y),
		unnest(x, y) WITH ORDINALITY AS u (a, b, i)
	GROUP BY name) AS l ORDER BY name;
SELECT lead_lag(a, b, at, 3), lead_lag(NULL, bubble_series(a, at)) FROM led WHERE false;

-- Errors.
SELECT error_of(format('SELECT %s FROM led', f)) FROM unnest(ARRAY['lead_lag(a, b, at, -1)',
	'lead_lag(a, b, at, 10001)', 'lead_lag(a, b, at, NULL)', 'lead_lag(a, b, at, i)',
	'lead_lag(''NaN'', b, at, 3)', 'lead_lag(a, ''-Infinity'', at, 3)',
	'lead_lag(bubble_series(a, at), bubble_series(b, at::timestamptz))',
	'lead_lag(bubble_series(a, at), bubble_series(b, at), most => NULL)']) AS f;
