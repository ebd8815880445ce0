-- Valuation to revenue, and what was known when.
SET datestyle = ISO;
SET timezone = 'UTC';

-- The aggregate multiple counts a company without revenue in the numerator;
-- the average of single multiples cannot.
CREATE TEMP TABLE company (name text, valuation float8, revenue float8);
INSERT INTO company VALUES ('a', 100, 10), ('b', 30, 6), ('c', 50, 0),
	('d', 7, NULL), ('e', NULL, 7);
SELECT valuation_to_revenue(valuation, revenue),
	pre_revenue_share(valuation, revenue),
	avg(revenue_multiple(valuation, revenue)) FROM company;
SELECT name, revenue_multiple(valuation, revenue) FROM company ORDER BY name;

-- The multiples of the generative-AI rounds, with the revenue known that day.
SELECT round(revenue_multiple(post, revenue)::numeric, 2) AS multiple
FROM (VALUES (157, 4.0), (852, 25), (61.5, 1.4), (183, 5), (965, 47)) AS v (post, revenue);

-- Nothing to divide by, or no usable row: NULL.
SELECT valuation_to_revenue(v, r), pre_revenue_share(v, r)
FROM (VALUES (5.0, 0.0), (7, 0)) AS x (v, r);
SELECT valuation_to_revenue(v, r), pre_revenue_share(v, r)
FROM (VALUES (0.0, 5.0)) AS x (v, r);
SELECT valuation_to_revenue(valuation, revenue), pre_revenue_share(valuation, revenue)
FROM company WHERE name IN ('d', 'e');
SELECT valuation_to_revenue(valuation, revenue), pre_revenue_share(valuation, revenue)
FROM company WHERE false;
SELECT revenue_multiple(NULL, 1), revenue_multiple(1, NULL), revenue_multiple(0, 1);

-- Bad input.
SELECT error_of(format('SELECT %s(%s, %s)', f, v, r))
FROM unnest(ARRAY['valuation_to_revenue', 'revenue_multiple']) AS f,
	(VALUES ('-1', '1'), ('1', '-1'), ('1', '''NaN'''), ('''Infinity''', '1'),
		('1e308', '1e-308')) AS x (v, r);
SELECT error_of('SELECT pre_revenue_share(1e308, 1) FROM generate_series(1, 9)');

-- latest: the last value known on a day, unless it is too old.
CREATE TEMP TABLE report (value float8, at date);
INSERT INTO report VALUES (1, '2020-01-31'), (2, '2020-06-30'), (NULL, '2020-12-01'),
	(9, NULL), (5, '2021-06-30'), (4, '2021-06-30');
SELECT d AS as_of, latest(value, at, d, '1 year'), latest(value, at, d, '30 days') AS in_30_days,
	latest(value, at::timestamptz, d::timestamptz, '1 year') AS timestamptz
FROM report, unnest('{2020-01-30,2020-01-31,2020-07-30,2020-07-31,2021-06-29,2021-06-30,2022-06-30,2022-07-01}'::date[]) AS d
GROUP BY d ORDER BY d;
SELECT latest(value, at, '2021-01-01', '1 year') AS no_row FROM report WHERE false;
SELECT latest(value, at, '2021-01-01', '1 year') OVER () AS windowed,
	latest(value, at, '2021-01-01', '100000 years') OVER (ORDER BY at ROWS 1 PRECEDING) AS any_age
FROM report ORDER BY at;
SELECT latest(v, '2020-01-01', date '2020-01-01', '1 day' ORDER BY i) AS zero,
	latest(v, '2020-01-01', date '2020-01-01', '1 day' ORDER BY i DESC) AS also_zero
FROM (VALUES (1, 0::float8), (2, '-0')) AS x (i, v);

-- Bad input.
SELECT error_of(format('SELECT latest(1, date ''2020-01-01'', d, a) FROM (VALUES (date ''2020-01-01'', interval ''1 year''), (%s)) AS v (d, a)', v))
FROM unnest(ARRAY['NULL, ''1 year''', '''2020-01-01'', NULL', '''2020-01-02'', ''1 year''',
	'''2020-01-01'', ''2 years''', '''infinity'', ''1 year''', '''2020-01-01'', ''-1 day''']) AS v;
SELECT error_of('SELECT latest(1, timestamptz ''-infinity'', timestamptz ''2020-01-01'', ''1 year'')');

-- locf: the last value so far that is not NULL.
SELECT i, x, locf(x) OVER (ORDER BY i), locf(x) OVER (ORDER BY i ROWS 1 PRECEDING) AS last_two,
	locf(x) OVER (ORDER BY i ROWS BETWEEN 3 FOLLOWING AND 4 FOLLOWING) AS ahead
FROM unnest(ARRAY[NULL, 1, NULL, NULL, 'NaN', 3, NULL]::float8[]) WITH ORDINALITY AS u (x, i)
ORDER BY i;
SELECT locf(x ORDER BY i) FROM (VALUES (1, 7.0), (2, NULL)) AS v (i, x);
SELECT locf(NULL), locf(1) FILTER (WHERE false) AS no_row;

-- ---------------------------------------------------------------------------
-- Properties.  Values are eighths, so that plain sums are exact as well.
-- ---------------------------------------------------------------------------
SELECT setseed(0.3);
CREATE TABLE valuation_rows AS
SELECT g, i, (8 * random())::int AS part, date '2015-01-01' + (200 * random())::int AS at,
	CASE WHEN random() < 0.05 THEN NULL ELSE (power(10, 12 * random()))::bigint / 8.0::float8 END AS v,
	CASE WHEN random() < 0.05 THEN NULL WHEN random() < 0.3 THEN 0
		ELSE (power(10, 12 * random()))::bigint / 8.0::float8 END AS r
FROM (SELECT row_number() OVER ()::int AS g, n FROM unnest(ARRAY[1, 2, 10, 300]) AS n) AS x,
	generate_series(1, n) AS i;

CREATE VIEW valuation_twin AS
SELECT g, sum(v) FILTER (WHERE r >= 0) / nullif(sum(r) FILTER (WHERE v >= 0), 0) AS multiple,
	coalesce(sum(v) FILTER (WHERE r = 0), 0) / nullif(sum(v) FILTER (WHERE r >= 0), 0) AS share,
	(array_agg(v ORDER BY at DESC, v DESC NULLS LAST) FILTER (WHERE v IS NOT NULL AND at <= '2015-05-05' AND
		at >= date '2015-05-05' - interval '20 days'))[1] AS known
FROM valuation_rows GROUP BY g;

CREATE FUNCTION valuation_query(rows text, ordering text DEFAULT '') RETURNS text LANGUAGE sql AS
$$
	SELECT format('SELECT g, valuation_to_revenue(v, r %2$s) AS multiple, pre_revenue_share(v, r %2$s) AS share,
		latest(v, at, date ''2015-05-05'', ''20 days'' %2$s) AS known FROM %1$s GROUP BY g', rows, ordering)
$$;
SELECT agrees('valuation_twin', 'g', valuation_query('valuation_rows', 'ORDER BY i')) AS ordered,
	agrees('valuation_twin', 'g', valuation_query('valuation_rows', 'ORDER BY random()')) AS shuffled,
	agrees('valuation_twin', 'g', valuation_query('valuation_rows', 'ORDER BY at DESC, v')) AS reversed,
	agrees('valuation_twin', 'g', 'SELECT DISTINCT g, valuation_to_revenue(v, r) OVER w AS multiple,
		pre_revenue_share(v, r) OVER w AS share, latest(v, at, date ''2015-05-05'', ''20 days'') OVER w AS known
		FROM valuation_rows WINDOW w AS (PARTITION BY g)') AS whole_partition;

SET parallel_setup_cost = 0;
SET parallel_tuple_cost = 0;
SET min_parallel_table_scan_size = 0;
SET max_parallel_workers_per_gather = 4;
ALTER TABLE valuation_rows SET (parallel_workers = 4);
ANALYZE valuation_rows;
SELECT plan_has(valuation_query('valuation_rows'), 'Partial') AS partial,
	agrees('valuation_twin', 'g', valuation_query('valuation_rows')) AS parallel;
SET max_parallel_workers_per_gather = 0;
SELECT split_randomly('valuation_rows', 'valuation_parts');
SET enable_partitionwise_aggregate = on;
SELECT plan_has(valuation_query('valuation_parts'), 'Partial') AS partial,
	agrees('valuation_twin', 'g', valuation_query('valuation_parts')) AS random_splits;
RESET enable_partitionwise_aggregate;

-- Moving frames: rows that differ from filtered sums over the same frame.
CREATE FUNCTION frame_errors(frame text) RETURNS bigint LANGUAGE plpgsql AS
$$
DECLARE
	errors bigint;
BEGIN
	EXECUTE format($f$
		SELECT count(*) FROM (
			SELECT valuation_to_revenue(v, r) OVER f AS multiple, pre_revenue_share(v, r) OVER f AS share, locf(v) OVER f AS last,
				array_agg(v) OVER f AS vs, array_agg(r) OVER f AS rs
			FROM valuation_rows WINDOW f AS (PARTITION BY g %s)) AS x,
		LATERAL (SELECT sum(v) AS vr, sum(r) AS rr, sum(v) FILTER (WHERE r = 0) AS pre
			FROM unnest(vs, rs) AS u (v, r) WHERE v IS NOT NULL AND r IS NOT NULL) AS y
		WHERE multiple IS DISTINCT FROM vr / nullif(rr, 0) OR
			share IS DISTINCT FROM coalesce(pre, 0) / nullif(vr, 0) OR
			last IS DISTINCT FROM (SELECT v FROM unnest(vs) WITH ORDINALITY AS u (v, i) WHERE v IS NOT NULL
				ORDER BY i DESC LIMIT 1)
		$f$, frame)
	INTO errors;
	RETURN errors;
END
$$;
SELECT frame, frame_errors(frame) AS errors
FROM unnest(ARRAY['ORDER BY i', 'ORDER BY i ROWS CURRENT ROW', 'ORDER BY i ROWS 1 PRECEDING',
	'ORDER BY i ROWS 19 PRECEDING', 'ORDER BY i ROWS 251 PRECEDING',
	'ORDER BY i ROWS BETWEEN 7 FOLLOWING AND 9 FOLLOWING',
	'ORDER BY i ROWS BETWEEN 5 PRECEDING AND 5 FOLLOWING EXCLUDE CURRENT ROW',
	'ORDER BY at RANGE ''30 days'' PRECEDING', 'ORDER BY at GROUPS 3 PRECEDING']) AS frame;

-- Sums are rounded once, to the nearest: a tie to even, anything above it up.
SELECT valuation_to_revenue(v, r) = 9007199254740992 AS tie
FROM (VALUES (9007199254740992, 1), (1, 0)) AS x (v, r);
SELECT valuation_to_revenue(v, r) = 9007199254740994 AS above_tie
FROM (VALUES (9007199254740992, 1), (1, 0), (1e-30, 0)) AS x (v, r);

-- Sums do not depend on the order to the last bit, where plain ones do.
SELECT count(DISTINCT m) AS answers
FROM (SELECT valuation_to_revenue(x, 1 ORDER BY md5(i || ' ' || k)) AS m
	FROM generate_series(1, 20) AS k, (SELECT i, exp(40 * random()) AS x FROM generate_series(1, 100) AS i) AS r
	GROUP BY k) AS s;

DROP VIEW valuation_twin;
DROP TABLE valuation_rows, valuation_parts;
DROP FUNCTION valuation_query, frame_errors;
