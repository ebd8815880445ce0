-- Valuation to revenue, and what was known when.
\getenv srcdir PG_ABS_SRCDIR
\set setup :srcdir '/setup.sql'
\i :setup
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
SELECT d AS as_of, latest(value, at, '1 year', d), latest(value, at, '30 days', d) AS in_30_days,
	latest(value, at::timestamptz, '1 year', d::timestamptz) AS timestamptz
FROM report, unnest(
	'{2020-01-30,2020-01-31,2020-07-30,2020-07-31,2021-06-29,2021-06-30,2022-06-30,'
	'2022-07-01}'::date[]) AS d
GROUP BY d ORDER BY d;
SELECT latest(value, at, '1 year', '2021-01-01') AS no_row FROM report WHERE false;
SELECT latest(value, at, '1 year', '2021-01-01') OVER () AS windowed,
	latest(value, at, '100000 years', '2021-01-01') OVER (ORDER BY at ROWS 1 PRECEDING) AS any_age
FROM report ORDER BY at;
SELECT latest(v, '2020-01-01', '1 day', date '2020-01-01' ORDER BY i) AS zero,
	latest(v, '2020-01-01', '1 day', date '2020-01-01' ORDER BY i DESC) AS also_zero
FROM (VALUES (1, 0::float8), (2, '-0')) AS x (i, v);

-- Bad input.
SELECT error_of(format('SELECT latest(1, date ''2020-01-01'', a, d) '
	'FROM (VALUES (date ''2020-01-01'', interval ''1 year''), (%s)) AS v (d, a)', v))
FROM unnest(ARRAY['NULL, ''1 year''', '''2020-01-01'', NULL', '''2020-01-02'', ''1 year''',
	'''2020-01-01'', ''2 years''', '''infinity'', ''1 year''', '''2020-01-01'', ''-1 day''']) AS v;
SELECT error_of('SELECT latest(1, timestamptz ''-infinity'', ''1 year'', '
	'timestamptz ''2020-01-01'')');

-- locf: the last value so far that is not NULL.
SELECT i, x, locf(x) OVER (ORDER BY i), locf(x) OVER (ORDER BY i ROWS 1 PRECEDING) AS last_two,
	locf(x) OVER (ORDER BY i ROWS BETWEEN 3 FOLLOWING AND 4 FOLLOWING) AS ahead
FROM unnest(ARRAY[NULL, 1, NULL, NULL, 'NaN', 3, NULL]::float8[]) WITH ORDINALITY AS u (x, i)
ORDER BY i;
SELECT locf(x ORDER BY i) FROM (VALUES (1, 7.0), (2, NULL)) AS v (i, x);
SELECT locf(NULL), locf(1) FILTER (WHERE false) AS no_row;

-- Averages of single multiples: a has 10, b has 5, c has no revenue and so an
-- infinite multiple (a yield of 0), d and e are not known.  The harmonic mean
-- is 3 / (1/10 + 1/5 + 0).
SELECT round(harmonic_multiple(valuation, revenue)::numeric, 12) AS harmonic,
	median_multiple(valuation, revenue),
	round((harmonic_multiple(valuation, revenue) FILTER (WHERE revenue > 0))::numeric,
		12) AS harmonic_of_two,
	median_multiple(valuation, revenue) FILTER (WHERE revenue > 0) AS median_of_two
FROM company;

-- A company that is worth nothing has a multiple of 0 if it has revenue, and
-- none at all if it has not.  An infinite average is not meaningful: NULL.
SELECT what, harmonic_multiple(v, r), median_multiple(v, r)
FROM (VALUES ('worthless', 0.0::float8, 5.0::float8), ('one worthless', 0, 5),
	('one worthless', 8, 4), ('one worthless', 9, 3),
	('nothing at all', 0, 0), ('one is nothing', 0, 0), ('one is nothing', '-0', 0),
		('one is nothing', 8, 4),
	('no revenue', 7, 0), ('no revenue', 3, 0), ('half without', 8, 4), ('half without', 7, 0),
	('a third without', 8, 4), ('a third without', 9, 3), ('a third without', 7, 0),
	('unknown', NULL, 1), ('unknown', 1, NULL), ('minus zero', '-0', 2)) AS x (what, v, r)
GROUP BY what ORDER BY what;
SELECT harmonic_multiple(valuation, revenue), median_multiple(valuation, revenue) FROM company
WHERE false;

-- An even number of multiples has the mean of two in the middle, which are
-- never added up.
SELECT median_multiple(v, 1) FROM unnest(ARRAY[1e308, 3, 1.5e308, 1.7e308]) AS v;

-- What has left a moving frame leaves nothing behind.
SELECT i, harmonic_multiple(1, y) OVER w AS harmonic, median_multiple(1, y) OVER w AS median
FROM unnest(ARRAY[0.5, 1e18, 1e-9, 0.25, 0, 0, 0]::float8[]) WITH ORDINALITY AS u (y, i)
WINDOW w AS (ORDER BY i ROWS 1 PRECEDING) ORDER BY i;

-- Bad input: no sum, ratio or mean is ever infinite.
SELECT error_of(format('SELECT %s(%s, %s)', f, v, r))
FROM unnest(ARRAY['harmonic_multiple', 'median_multiple']) AS f,
	(VALUES ('-1', '1'), ('1', '-1'), ('1', '''NaN'''), ('''Infinity''', '1')) AS x (v, r);
SELECT error_of(s)
FROM unnest(ARRAY['SELECT harmonic_multiple(1e-308, 1e308)',
	'SELECT harmonic_multiple(1e308, 1e-308)',
	'SELECT median_multiple(1e308, 1e-308)', 'SELECT harmonic_multiple(1e-308, 1) '
		'FROM generate_series(1, 9)',
	'SELECT median_multiple(1e308, 1e-308) OVER (ROWS 1 PRECEDING)']) AS s;

-- trailing_revenue: the borders.  as_of belongs to its span, as_of - span does
-- not.  A credit note counts; no row in the span is NULL, not zero.
CREATE TEMP TABLE quarter (amount float8, period_end date, reported_at date);
INSERT INTO quarter VALUES (8, '2019-12-31', '2020-02-10'), (10, '2020-03-31', '2020-05-10'),
	(11, '2020-06-30', '2020-08-10'), (-1, '2020-06-30', '2020-08-10'),
		(13, '2020-09-30', '2020-11-10'),
	(14, '2020-12-31', '2021-02-10'), (NULL, '2021-03-31', '2021-05-10'), (99, NULL, '2020-01-01');
SELECT d AS as_of, trailing_revenue(amount, period_end, '1 year', d) AS a_year,
	trailing_revenue(amount, period_end, '3 mons', d) AS a_quarter,
	trailing_revenue(amount, period_end::timestamptz, '1 year', d::timestamptz) AS timestamptz,
	trailing_revenue(amount, period_end::timestamptz, '3 mons', d::timestamptz) AS quarter_tz
FROM quarter, unnest(
	'{2019-12-30,2019-12-31,2020-03-30,2020-12-30,2020-12-31,2021-03-31,2021-12-30,'
	'2021-12-31}'::date[]) AS d
GROUP BY d ORDER BY d;
SELECT trailing_revenue(amount, period_end, '1 year', '2020-12-31') AS no_row FROM quarter
WHERE false;
SELECT trailing_revenue(0, date '2020-01-01', '1 year', '2020-12-31') AS zero,
	trailing_revenue(5, date '4714-11-24 BC', '100000 years', '2020-12-31') AS all_time;

-- What was known when: reports of later days do not count yet, of each period
-- the last one does, of those of one day the larger one.  For the year up to
-- it 10 + 11 + 13 were known on 2020-12-31, 12 + 11 + 13 + 14 on 2021-02-10.
INSERT INTO quarter VALUES (12, '2020-03-31', '2021-01-15'), (7, '2020-06-30', '2021-02-20'),
	(9, '2020-06-30', '2021-02-20'), (5, '2020-06-30', '2021-02-19'), (77, '2020-09-30', NULL);
SELECT d AS as_of, trailing_revenue(amount, period_end, reported_at, '1 year', d) AS known,
	trailing_revenue(amount, period_end, reported_at, '3 mons', d) AS a_quarter,
	trailing_revenue(amount, period_end::timestamptz, reported_at::timestamptz, '1 year',
		d::timestamptz) AS timestamptz
FROM quarter, unnest(
	'{2020-02-09,2020-02-10,2020-12-30,2020-12-31,2021-01-14,2021-01-15,2021-02-10,2021-02-19,'
	'2021-02-20,2021-12-31}'::date[]) AS d
GROUP BY d ORDER BY d;

-- Bad input.
SELECT error_of(format('SELECT trailing_revenue(%s) '
	'FROM (VALUES (1::float8, date ''2020-01-01'', date ''2021-01-01'', interval ''1 year'', '
	'date ''2020-02-01''), (%s)) AS v (a, p, d, s, r)', f, r))
FROM (VALUES
	('a, p, s, d', '''NaN'', ''2020-01-01'', ''2021-01-01'', ''1 year'', NULL'),
	('a, p, s, d', '''-Infinity'', ''1990-01-01'', ''2021-01-01'', ''1 year'', NULL'),
	('a, p, s, d', '1, ''infinity'', ''2021-01-01'', ''1 year'', NULL'),
	('a, p, s, d', '1, NULL, NULL, ''1 year'', NULL'),
	('a, p, s, d', '1, ''2020-01-01'', ''2021-01-02'', ''1 year'', NULL'),
	('a, p, s, d', '1, ''2020-01-01'', ''infinity'', ''1 year'', NULL'),
	('a, p, s, d', '1, ''2020-01-01'', ''2021-01-01'', NULL, NULL'),
	('a, p, s, d', 'NULL, NULL, ''2021-01-01'', ''2 years'', NULL'),
	('a, p, s, d', '1, ''2020-01-01'', ''2021-01-01'', ''0 days'', NULL'),
	('a, p, r, s, d', '1, ''2020-01-01'', NULL, ''1 year'', ''2020-02-01'''),
	('a, p, r, s, d', '1, ''2020-01-01'', ''2021-01-02'', ''1 year'', ''2020-02-01'''),
	('a, p, r, s, d', '1, ''2020-01-01'', ''2021-01-01'', ''2 years'', ''2020-02-01'''),
	('a, p, r, s, d', '1, ''2020-01-01'', ''2021-01-01'', ''1 year'', ''-infinity'''),
	('a, p, r, s, d', '''Infinity'', ''2020-01-01'', ''2021-01-01'', ''1 year'', ''2020-02-01'''),
	('1.7e308, p + 1, s, d', '1, ''2020-06-01'', ''2021-01-01'', ''1 year'', NULL'),
	('-1.7e308, p + 1, r, s, d', '1, ''2020-06-01'', ''2021-01-01'', ''1 year'', ''2020-02-02'''))
		AS v (f, r);
SELECT trailing_revenue(a, date '2020-06-01', '1 year', '2021-01-01') AS no_overflow_on_the_way
FROM unnest(ARRAY[1.7e308, 1.7e308, -1.7e308, -1.7e308, 5]) AS a;

-- implied_growth: 100 for revenue of 5, sold in 5 years for 4 times revenue at
-- a return of 20 % a year: revenue must be 100 * 1.2^5 / 4 = 62.208 by then.
SELECT round(implied_growth(100, 5, 4, 5, 0.2)::numeric, 12) AS growth,
	round((5 * (1 + implied_growth(100, 5, 4, 5, 0.2)) ^ 5)::numeric, 12) AS revenue_then,
	round(justified_multiple(implied_growth(100, 5, 4, 5, 0.2), 4, 5, 0.2)::numeric,
		12) AS multiple;
SELECT implied_growth(6, 2, 3, 7, 0) AS none, round(implied_growth(6, 2, 3, 7, 0.25)::numeric,
	14) AS required_return,
	implied_growth(0, 2, 3, 7, 0.2) AS worthless, implied_growth(5, 0, 3, 7, 0.2) AS no_revenue,
	implied_growth(0, 0, 3, 7, 0.2) AS nothing, implied_growth(NULL, 2, 3, 7, 0.2) AS unknown;
SELECT justified_multiple(0.2, 3, 7, 0.2) AS same,
	round(justified_multiple(0.5, 4, 2, 0.25)::numeric, 12) AS more,
	justified_multiple(-1, 4, 2, 0.25) AS no_revenue_left,
		justified_multiple(NULL, 4, 2, 0.25) AS unknown;

-- OpenAI's and Anthropic's rounds, sold in five years for 6 times revenue at
-- 25 % a year: growth that their last multiples ask for.
SELECT round(implied_growth(post, revenue, 6, 5, 0.25)::numeric, 4) AS growth
FROM (VALUES (852, 25), (965, 47)) AS v (post, revenue);

-- A tiny growth keeps its digits, and nothing overflows on the way.
SELECT implied_growth(1 + 1e-10, 1, 1, 1, 0) = (1 + 1e-10::float8) - 1 AS tiny,
	implied_growth(21 * (1 + 2 ^ -40), 3, 7, 1, 0) = 2 ^ -40::float8 AS tiny_too,
	implied_growth(94906268 ^ 2::float8, 94906267, 94906269, 1, 0)
		* 94906268 ^ 2::float8 AS below_rounding,
	abs(implied_growth(1.5e308, 1e-300, 1.5e308, 1, 0) / 1e300 - 1) < 1e-12 AS huge,
	abs(implied_growth(1e300, 1e300, 1e300, 1000, 0.1) / (1.1 * 10 ^ -0.3 - 1) - 1)
		< 1e-14 AS product_overflows,
	abs(implied_growth(1e-300, 1e-300, 1e-300, 1000, 0.1) / (1.1 * 10 ^ 0.3 - 1) - 1)
		< 1e-14 AS product_underflows,
	abs(implied_growth(1, 1, 1, 1e6, 0.5) - 0.5) < 1e-15 AS power_overflows,
	abs(justified_multiple(1, 1e-300, 2000, 0) / (2 ^ 1000::float8 * 1e-300 * 2 ^ 1000::float8) - 1)
		< 1e-12 AS power_scaled,
	justified_multiple(-0.5, 1, 1e300, 0) AS vanishes;

-- They are each other's inverse, on a grid without extremes (as growth comes
-- close to -1 a double cannot hold what is left of revenue).
SELECT setseed(0.9);
SELECT count(*) FILTER (WHERE abs(justified_multiple(implied_growth(v, r, m, y, q), m, y, q)
	/ (v / r) - 1) < 1e-12) AS inverse,
	count(*) FILTER (WHERE abs(implied_growth(v, r, m, y, q)
		- ((v * (1 + q) ^ y / (m * r)) ^ (1 / y) - 1)) <
		1e-13 * (v * (1 + q) ^ y / (m * r)) ^ (1 / y)) AS as_written,
	count(*) FILTER (WHERE abs(justified_multiple(g, m, y, q) / (m * ((1 + g) / (1 + q)) ^ y) - 1)
		< 1e-12) AS justified,
	count(*) AS cases
FROM (SELECT 10 ^ (12 * random()) AS v, 10 ^ (8 * random()) AS r, 0.1 + 50 * random() AS m,
	3 + 27 * random() AS y,
	random() * 1.5 - 0.5 AS q, random() * 3 - 0.5 AS g FROM generate_series(1, 2000)) AS x;

-- Bad input.
SELECT error_of(format('SELECT implied_growth(%s)', a))
FROM unnest(ARRAY['-1, 1, 1, 1, 0', '1, ''NaN'', 1, 1, 0', '1, 1, 0, 1, 0', '1, 1, ''NaN'', 1, 0',
	'1, 1, ''Infinity'', 1, 0',
	'1, 1, 1, 0, 0', '1, 0, 1, -2, 0', '1, 1, 1, ''Infinity'', 0', '1, 1, 1, 1, -1',
		'1, 1, 1, 1, ''NaN''', '1e300, 1, 1, 0.1, 0']) AS a;
SELECT error_of(format('SELECT justified_multiple(%s)', a))
FROM unnest(ARRAY['-1.1, 1, 1, 0', '''NaN'', 1, 1, 0', '''Infinity'', 1, 1, 0', '0, -1, 1, 0',
	'0, 1, 0, 0', '0, 1, 1, -1.5',
	'1, 1, 1e300, 0', '1e300, 1, 2, 0']) AS a;

-- ---------------------------------------------------------------------------
-- Properties.  Values are eighths, so that plain sums are exact as well.
-- ---------------------------------------------------------------------------
SELECT setseed(0.3);
CREATE TABLE valuation_rows AS
SELECT g, i, (8 * random())::int AS part, date '2015-01-01' + (200 * random())::int AS at,
	CASE WHEN random() < 0.05 THEN NULL ELSE (power(10, 12 * random()))::bigint
		/ 8.0::float8 END AS v,
	CASE WHEN random() < 0.05 THEN NULL WHEN random() < 0.3 THEN 0
		ELSE (power(10, 12 * random()))::bigint / 8.0::float8 END AS r
FROM (SELECT row_number() OVER ()::int AS g, n FROM unnest(ARRAY[1, 2, 10, 300]) AS n) AS x,
	generate_series(1, n) AS i;

CREATE VIEW valuation_twin AS
SELECT g, sum(v) FILTER (WHERE r >= 0) / nullif(sum(r) FILTER (WHERE v >= 0), 0) AS multiple,
	coalesce(sum(v) FILTER (WHERE r = 0), 0) / nullif(sum(v) FILTER (WHERE r >= 0), 0) AS share,
	(array_agg(v ORDER BY at DESC, v DESC NULLS LAST)
		FILTER (WHERE v IS NOT NULL AND at <= '2015-05-05' AND
		at >= date '2015-05-05' - interval '20 days'))[1] AS known
FROM valuation_rows GROUP BY g;

SELECT * FROM in_every_plan('valuation_twin', 'g', 'valuation_rows', $$
	SELECT g, valuation_to_revenue(v, r {order}) AS multiple,
		pre_revenue_share(v, r {order}) AS share,
		latest(v, at::{time}, '20 days', '2015-05-05'::{time} {order}) AS known FROM {rows}
			GROUP BY g $$, 'at, v');

-- Moving frames: rows that differ from filtered sums over the same frame.
SELECT * FROM in_frames($$
	SELECT g, i, multiple, share, last, vs, rs FROM (
		SELECT g, i, valuation_to_revenue(v, r) OVER f AS multiple,
			pre_revenue_share(v, r) OVER f AS share, locf(v) OVER f AS last,
			array_agg(v) OVER f AS vs, array_agg(r) OVER f AS rs
		FROM valuation_rows WINDOW f AS (PARTITION BY g {frame})) AS x,
	LATERAL (SELECT sum(v) AS vr, sum(r) AS rr, sum(v) FILTER (WHERE r = 0) AS pre
		FROM unnest(vs, rs) AS u (v, r) WHERE v IS NOT NULL AND r IS NOT NULL) AS y
	WHERE multiple IS DISTINCT FROM vr / nullif(rr, 0) OR
		share IS DISTINCT FROM coalesce(pre, 0) / nullif(vr, 0) OR
		last IS DISTINCT FROM (SELECT v FROM unnest(vs) WITH ORDINALITY AS u (v, i)
			WHERE v IS NOT NULL
			ORDER BY i DESC LIMIT 1) $$, ARRAY['ORDER BY i', 'ORDER BY i ROWS CURRENT ROW',
				'ORDER BY i ROWS 1 PRECEDING',
	'ORDER BY i ROWS 19 PRECEDING', 'ORDER BY i ROWS 251 PRECEDING',
	'ORDER BY i ROWS BETWEEN 7 FOLLOWING AND 9 FOLLOWING',
	'ORDER BY i ROWS BETWEEN 5 PRECEDING AND 5 FOLLOWING EXCLUDE CURRENT ROW',
	'ORDER BY at RANGE ''30 days'' PRECEDING', 'ORDER BY at GROUPS 3 PRECEDING']);

-- Sums are rounded once, to the nearest: a tie to even, anything above it up.
SELECT valuation_to_revenue(v, r) = 9007199254740992 AS tie
FROM (VALUES (9007199254740992, 1), (1, 0)) AS x (v, r);
SELECT valuation_to_revenue(v, r) = 9007199254740994 AS above_tie
FROM (VALUES (9007199254740992, 1), (1, 0), (1e-30, 0)) AS x (v, r);

-- Sums do not depend on the order to the last bit, where plain ones do.
SELECT count(DISTINCT m) AS answers
FROM (SELECT valuation_to_revenue(x, 1 ORDER BY md5(i || ' ' || k)) AS m
	FROM generate_series(1, 20) AS k, (SELECT i, exp(40 * random()) AS x
		FROM generate_series(1, 100) AS i) AS r
	GROUP BY k) AS s;

DROP VIEW valuation_twin;
DROP TABLE valuation_rows, valuation_rows_parts;

-- ---------------------------------------------------------------------------
-- Properties of the averages of multiples and of trailing revenue.  Valuations
-- are powers of two and revenues and amounts eighths: the twins' plain sums
-- are exact as well.
-- ---------------------------------------------------------------------------
SELECT setseed(0.6);
CREATE TABLE report_rows AS
SELECT g, i, (8 * random())::int AS part, date '2015-01-01' + (200 * random())::int AS at,
	CASE WHEN random() < 0.05 THEN NULL WHEN random() < worthless THEN 0
		ELSE 2 ^ (14 * random())::int END AS v,
	CASE WHEN random() < 0.05 THEN NULL WHEN random() < penniless THEN 0 ELSE (999 * random())::int
		/ 8.0::float8 END AS r,
	CASE WHEN random() < 0.05 THEN NULL ELSE (9999 * random() - 2000)::int
		/ 8.0::float8 END AS amount,
	CASE WHEN random() < 0.05 THEN NULL ELSE date '2018-01-31' + (60 * random())::int
		* 20 END AS period_end,
	CASE WHEN random() < 0.05 THEN NULL ELSE date '2018-06-30' + (20 * random())::int
		* 50 END AS reported_at
FROM (SELECT row_number() OVER ()::int AS g, n, (ARRAY[0, 0.02, 0.3])[1 + k % 3] AS worthless,
	(ARRAY[0.2, 0.5, 0.48, 1])[k] AS penniless
	FROM unnest(ARRAY[1, 2, 3, 10, 300]) AS n, generate_series(1, 4) AS k) AS x,
		generate_series(1, n) AS i;

-- The naive twins, of any rows given as arrays.
CREATE FUNCTION naive_multiples(valuations float8[], revenues float8[]) RETURNS float8[]
	LANGUAGE sql IMMUTABLE AS
$$
	SELECT ARRAY[CASE WHEN sum(yield) > 0 THEN count(*) / sum(yield) END,
		nullif(0.5 * (array_agg(multiple ORDER BY multiple))[(count(*) + 1) / 2] +
			0.5 * (array_agg(multiple ORDER BY multiple))[count(*) / 2 + 1], 'Infinity')]
	FROM (SELECT CASE WHEN v > 0 THEN r / v ELSE 'Infinity' END AS yield, CASE WHEN r > 0 THEN v / r
		ELSE 'Infinity' END AS multiple
		FROM unnest(valuations, revenues) AS u (v, r) WHERE v IS NOT NULL AND r IS NOT NULL
			AND v + r > 0) AS x
$$;
CREATE FUNCTION naive_trailing(amounts float8[], ends date[], reports date[]) RETURNS float8[]
	LANGUAGE sql IMMUTABLE AS
$$
	SELECT ARRAY[(SELECT sum(amount) FROM unnest(amounts, ends) AS u (amount, e)
			WHERE e > date '2019-12-31' - interval '1 year' AND e <= '2019-12-31'),
		(SELECT sum(amount) FROM unnest(amounts, ends) AS u (amount, e)
			WHERE e > '2019-07-31' AND e <= '2020-02-29'),
		(SELECT sum(amount) FROM (SELECT DISTINCT ON (e) amount
			FROM unnest(amounts, ends, reports) AS u (amount, e, reported)
			WHERE e > date '2019-12-31' - interval '500 days' AND e <= '2019-12-31'
				AND reported <= '2019-12-31' AND amount IS NOT NULL
			ORDER BY e, reported DESC, amount DESC) AS known)]
$$;
CREATE TABLE reports_expected AS
SELECT g, naive_multiples(array_agg(v), array_agg(r)) AS multiples,
	naive_trailing(array_agg(amount), array_agg(period_end), array_agg(reported_at)) AS booked
FROM report_rows GROUP BY g;
SELECT count(*) AS groups, count(multiples[1]) AS harmonic, count(multiples[1])
	FILTER (WHERE multiples[1] = 0) AS of_these_zero,
	count(multiples[2]) AS median, count(booked[1]) AS booked, count(booked[3]) AS known
FROM reports_expected;

SELECT $$ SELECT g, ARRAY[harmonic_multiple(v, r {order}),
	median_multiple(v, r {order})] AS multiples,
		ARRAY[trailing_revenue(amount, period_end::{time}, '1 year', '2019-12-31'::{time} {order}),
			trailing_revenue(amount, period_end::{time}, '7 mons', '2020-02-29'::{time} {order}),
			trailing_revenue(amount, period_end::{time}, reported_at::{time}, '500 days',
				'2019-12-31'::{time} {order})] AS booked
	FROM {rows} GROUP BY g $$ AS query \gset
SELECT * FROM in_every_plan('reports_expected', 'g', 'report_rows', :'query',
	'period_end, reported_at, v');

-- Parts whose parameters differ are not merged; parts without a usable row
-- are.
SELECT parameters, error
FROM unnest(ARRAY['''1 year'', ''2019-12-31''::date + (part > 3)::int',
	'make_interval(days => 90 + part), ''2019-12-31''', 'make_interval(days => 90 + part)',
	'reported_at, ''1 year'', ''2019-12-31''::date + (part > 3)::int',
		'reported_at, make_interval(days => 90 + part), ''2019-12-31''']) AS parameters,
	error_of_parts(format('SELECT g, trailing_revenue(amount, period_end, %s) '
		'FROM report_rows_parts GROUP BY g', parameters)) AS error
WHERE error NOT LIKE '22023 % must be the same for all rows |%';
CREATE TABLE unusable AS
SELECT g, part, period_end, reported_at, NULL::float8 AS v, r, NULL::float8 AS amount
FROM report_rows;
CREATE TABLE unusable_expected AS
SELECT DISTINCT g, NULL::float8 AS harmonic, NULL::float8 AS median, NULL::float8 AS booked,
	NULL::float8 AS known
FROM unusable;
SELECT * FROM in_every_plan('unusable_expected', 'g', 'unusable', $$
	SELECT g, harmonic_multiple(v, r {order}) AS harmonic,
		median_multiple(v, r {order}) AS median,
		trailing_revenue(amount, period_end::{time}, '1 year', '2019-12-31'::{time} {order})
			AS booked,
		trailing_revenue(amount, period_end::{time}, reported_at::{time}, '1 year',
			'2019-12-31'::{time} {order}) AS known
	FROM {rows} GROUP BY g $$, 'period_end, reported_at');
DROP TABLE unusable, unusable_parts, unusable_expected;

-- Growing and moving frames: rows that differ from the twins.
SELECT * FROM in_frames(format($$
	SELECT g, i, multiples, naive_multiples(vs, rs), booked, naive_trailing(amounts, ends, reports)
	FROM (%s, i, array_agg(v) OVER f AS vs, array_agg(r) OVER f AS rs,
		array_agg(amount) OVER f AS amounts,
		array_agg(period_end) OVER f AS ends, array_agg(reported_at) OVER f AS reports
		FROM report_rows WINDOW f AS (PARTITION BY g {frame})) AS x
	WHERE multiples IS DISTINCT FROM naive_multiples(vs, rs)
		OR booked IS DISTINCT FROM naive_trailing(amounts, ends, reports) $$,
	split_part(replace(filled(:'query', '', 'KEY'), 'KEY)', ') OVER f'), 'FROM', 1)),
		ARRAY['ORDER BY i', 'ORDER BY i ROWS CURRENT ROW', 'ORDER BY i ROWS 1 PRECEDING',
	'ORDER BY i ROWS 19 PRECEDING', 'ORDER BY i ROWS 251 PRECEDING',
	'ORDER BY i ROWS BETWEEN 7 FOLLOWING AND 9 FOLLOWING',
	'ORDER BY i ROWS BETWEEN 5 PRECEDING AND 5 FOLLOWING EXCLUDE CURRENT ROW',
	'ORDER BY i ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING',
	'ORDER BY at RANGE ''30 days'' PRECEDING', 'ORDER BY at GROUPS 3 PRECEDING']);

-- Any data: close to the twin, and the same to the last bit in a group, in a
-- moving frame that begins with it, and in any order.
CREATE TABLE any_company AS
SELECT i, exp(30 * random()) AS v, CASE WHEN random() < 0.1 THEN 0 ELSE exp(30 * random()) END AS r
FROM generate_series(1, 1000) AS i;
SELECT abs(harmonic_multiple(v, r) / (naive_multiples(array_agg(v), array_agg(r)))[1] - 1)
	< 1e-12 AS harmonic,
	median_multiple(v, r) = (naive_multiples(array_agg(v), array_agg(r)))[2] AS median
FROM any_company;
SELECT count(DISTINCT m) AS answers
FROM (SELECT harmonic_multiple(v, r ORDER BY md5(i || ' ' || k)) AS m FROM any_company,
	generate_series(1, 20) AS k GROUP BY k) AS s;
SELECT count(*) AS frames, min((i, h, harmonic, m, median)::text)
	FILTER (WHERE (h, m) IS DISTINCT FROM (harmonic, median)) AS differing
FROM (SELECT i, harmonic_multiple(v, r) OVER w AS h, median_multiple(v, r) OVER w AS m
	FROM any_company WINDOW w AS (ORDER BY i ROWS 20 PRECEDING)) AS f,
	LATERAL (SELECT harmonic_multiple(v, r) AS harmonic, median_multiple(v, r) AS median
		FROM any_company AS c WHERE c.i BETWEEN f.i - 20 AND f.i) AS g;

-- Many periods: tables that grow, travel and take each other in.
CREATE TABLE many_periods AS
SELECT i % 9 AS part, (i * 7919 % 50021) AS amount, timestamptz '2020-01-01' + (i * 7919 % 20011)
	* interval '1 second' AS period_end,
	timestamptz '2020-02-01' + (i % 5) * interval '1 day' AS reported_at
FROM generate_series(1, 60000) AS i;
CREATE VIEW many_known AS
SELECT 1 AS one, sum(amount)::float8 AS known FROM (SELECT DISTINCT ON (period_end) amount
	FROM many_periods
	WHERE reported_at <= timestamptz '2020-02-04' ORDER BY period_end, reported_at DESC,
		amount DESC) AS known;
SELECT * FROM in_every_plan('many_known', 'one', 'many_periods', $$
	SELECT 1 AS one, trailing_revenue(amount, period_end, reported_at, '1 year',
		timestamptz '2020-02-04') AS known FROM {rows} $$);
DROP VIEW many_known;

-- The span of a timestamptz goes by the calendar of the session: the day that
-- ends on 2023-11-05 at midnight has 24 hours in New York, the next one 25.
SET timezone = 'America/New_York';
SELECT trailing_revenue(1, t, '1 day', timestamptz '2023-11-05') AS first,
	trailing_revenue(1, t, '1 day', timestamptz '2023-11-06') AS second,
	trailing_revenue(1, t, t, '1 day', timestamptz '2023-11-06') AS known
FROM generate_series(timestamptz '2023-11-01', timestamptz '2023-11-09', interval '1 hour') AS t;
SET timezone = 'UTC';

DROP TABLE report_rows, report_rows_parts, reports_expected, any_company, many_periods,
	many_periods_parts;
DROP FUNCTION naive_multiples, naive_trailing;
