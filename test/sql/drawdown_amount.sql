-- Drawdown as an amount, for balances of any sign, and the curve of wealth
-- that returns make.
\getenv srcdir PG_ABS_SRCDIR
\set setup :srcdir '/setup.sql'
\i :setup
SET datestyle = ISO;
SET timezone = 'UTC';
SELECT i, x, drawdown_amount(x) OVER w, max_drawdown_amount(x) OVER w,
	max_drawdown_amount(x) OVER m AS of_two
FROM (VALUES (1, 100), (2, -50), (3, 0), (4, 120), (5, -100), (6, -100)) AS v (i, x)
WINDOW w AS (ORDER BY i), m AS (ORDER BY i ROWS 1 PRECEDING);
SELECT max_drawdown_amount(x, d), drawdown_amount(x, d), max_drawdown_amount(bubble_series(x, d)),
	drawdown_amount(bubble_series(x, d)),
	drawdown_amount(x ORDER BY d DESC) AS backwards
FROM (VALUES (date '2000-01-01', -0.0), (date '2000-01-03', -3), (date '2000-01-02', 2))
	AS v (d, x);
SELECT max_drawdown_amount(x, d) AS one, drawdown_amount(x),
	max_drawdown_amount(bubble_series(x, d)) FROM (VALUES (timestamptz '2000-01-01', -7))
	AS v (d, x);
SELECT max_drawdown_amount(x, d) AS none, drawdown_amount(x),
	max_drawdown_amount(bubble_series(x, d)), drawdown_amount(x, d)
FROM (VALUES (NULL::date, -7), ('2000-01-01', NULL)) AS v (d, x) WHERE d IS NOT NULL;
SELECT error_of(format('SELECT %s '
	'FROM (VALUES (1::float8, date ''2000-01-01''), (%L, ''2000-01-02'')) AS v (x, d)', f, x))
FROM unnest(ARRAY['drawdown_amount(x)', 'max_drawdown_amount(x, d)',
	'drawdown_amount(x) OVER (ORDER BY d ROWS 1 PRECEDING)']) AS f,
	unnest(ARRAY['NaN', 'Infinity']) AS x;
-- A loss beyond the range of doubles.
SELECT error_of(format('SELECT %s '
	'FROM (VALUES (1e308::float8, date ''2000-01-01''), (-1e308, ''2000-01-02'')) AS v (x, d)', f))
FROM unnest(ARRAY['drawdown_amount(x ORDER BY d)', 'max_drawdown_amount(x, d)',
	'max_drawdown_amount(x) OVER (ORDER BY d ROWS 1 PRECEDING)',
	'max_drawdown_amount(bubble_series(x, d))', 'drawdown_amount(bubble_series(x, d))']) AS f;
SELECT error_of($$ SELECT max_drawdown(x, d) FROM (VALUES (-1, date '2000-01-01')) AS v (x, d) $$);

-- ---------------------------------------------------------------------------
-- Properties, on balances of many kinds
-- ---------------------------------------------------------------------------
SELECT setseed(0.21);
CREATE TABLE balance (g int, kind text, i int, at date, x float8, part int);
INSERT INTO balance
SELECT g, kind, i, date '2000-01-01' + (i * 1.3 - 3 * random())::int,
	CASE WHEN random() < 0.02 THEN NULL WHEN kind = 'tied' THEN (5 * random())::int - 2
		WHEN kind = 'falling' THEN -i WHEN kind = 'rising' THEN i - 50
		ELSE sum(random() - 0.5) OVER (PARTITION BY g ORDER BY i) END, (8 * random())::int
FROM (SELECT row_number() OVER ()::int AS g, kind, n
	FROM unnest(ARRAY['walk', 'walk', 'tied', 'falling', 'rising']) AS kind,
	unnest(ARRAY[1, 2, 10, 100, 600]) AS n) AS k, generate_series(1, n) AS i;
-- The naive twin: windows in plain SQL.
CREATE TABLE balance_twin AS
SELECT g, ARRAY[max(worst), (array_agg(lost ORDER BY place DESC))[1]] AS m
FROM (SELECT g, place, max(lost) OVER (PARTITION BY g ORDER BY place) AS worst, lost
	FROM (SELECT g, row_number() OVER w AS place, max(x) OVER w - x AS lost FROM balance
		WHERE x IS NOT NULL
		WINDOW w AS (PARTITION BY g ORDER BY at, x ROWS UNBOUNDED PRECEDING)) AS a) AS b
GROUP BY g;
CREATE TABLE balance_expected AS
SELECT g, coalesce(m, '{NULL,NULL}') AS m FROM (SELECT DISTINCT g FROM balance) AS s
	LEFT JOIN balance_twin USING (g);
SELECT * FROM in_every_plan('balance_expected', 'g', 'balance', $$
	SELECT g, ARRAY[max_drawdown_amount(x, at::{time} {order}),
		drawdown_amount(x, at::{time} {order})] AS m
	FROM {rows} GROUP BY g $$, 'at');
SELECT form, d.* FROM (VALUES
	('without time', 'ARRAY[max_drawdown_amount(x ORDER BY at, x), drawdown_amount(x '
		'ORDER BY at, x)]'),
	('series', 'ARRAY[max_drawdown_amount(bubble_series(x, at)), '
		'drawdown_amount(bubble_series(x, at))]')) AS v (form, m),
	differences('balance_expected', 'g', format('SELECT g, %s AS m FROM balance GROUP BY g',
		m)) AS d;
-- Moving frames against each frame from scratch.
CREATE FUNCTION naive_loss(x float8[]) RETURNS float8[] LANGUAGE sql IMMUTABLE AS
$$
	SELECT ARRAY[max(lost), (array_agg(lost ORDER BY i DESC))[1]]
	FROM (SELECT i, max(v) OVER (ORDER BY i) - v AS lost FROM unnest(x) WITH ORDINALITY AS u (v, i)
		WHERE v IS NOT NULL) AS l
$$;
SELECT * FROM in_frames($$
	SELECT g, i, untimed, timed, xs, ats
	FROM (SELECT g, i, ARRAY[max_drawdown_amount(x) OVER f, drawdown_amount(x) OVER f] AS untimed,
			ARRAY[max_drawdown_amount(x, at) OVER f, drawdown_amount(x, at) OVER f] AS timed,
			array_agg(x) OVER f AS xs, array_agg(at) OVER f AS ats
		FROM balance WHERE g % 5 IN (3, 4) WINDOW f AS (PARTITION BY g {frame})) AS q
	WHERE untimed IS DISTINCT FROM naive_loss(xs) OR
		timed IS DISTINCT FROM naive_loss((SELECT array_agg(v ORDER BY a, v)
			FROM unnest(xs, ats) AS u (v, a))) $$,
	ARRAY['ORDER BY at, x ROWS 19 PRECEDING', 'ORDER BY at, x ROWS UNBOUNDED PRECEDING',
		'ORDER BY i ROWS BETWEEN 7 PRECEDING AND 3 FOLLOWING',
	'ORDER BY at RANGE BETWEEN ''9 days'' PRECEDING AND ''3 days'' PRECEDING',
		'ORDER BY md5(i::text) ROWS 30 PRECEDING',
	'ORDER BY i ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING EXCLUDE CURRENT ROW']);
DROP TABLE balance, balance_twin, balance_expected, balance_parts;
DROP FUNCTION naive_loss;

-- ---------------------------------------------------------------------------
-- Wealth
-- ---------------------------------------------------------------------------
-- A first loss can be seen; a total one stays; returns at one time are one.
SELECT name, wealth_series(r, at), max_drawdown(wealth_series(r, at))
FROM (VALUES ('first loss', date '2020-02-01', -0.5), ('first loss', '2020-03-01', 0.5),
	('one', '2020-01-01', -0.25), ('total', '2020-01-01', 1), ('total', '2020-01-05', -1),
	('total', '2020-01-08', 9), ('ties', '2020-01-01', -0.5), ('ties', '2020-01-01', -0.5),
		('ties', '2020-01-01', 2), ('ties', '2020-01-02', 0)) AS v (name, at, r)
GROUP BY name ORDER BY name;
SELECT wealth_series(r, at), wealth_series(bubble_series(r, at)) = wealth_series(r, at) AS of_series
FROM (VALUES (timestamptz '2020-02-01 00:00', 0.5), ('2020-02-01 08:00', -0.5),
	('2020-02-01 04:00', -0.25)) AS v (at, r);
SELECT wealth_series(r, at), wealth_series(NULL) FROM (VALUES (date '2020-01-01', NULL::float8))
	AS v (at, r);
SELECT error_of(format('SELECT wealth_series(%s)', a))
FROM unnest(ARRAY['-1.01, date ''2000-01-01''', '''NaN'', date ''2000-01-01''',
	'1, date ''4714-11-24 BC''',
	'bubble_series ''date{2000-01-01=1e308,2000-01-02=1e308}''',
		'bubble_series ''timestamptz{4713-01-01 00:00:00+00 BC=0,294276-12-31 '
		'00:00:00+00=0}''']) AS a;

-- Bacon's 24 monthly returns.  Measures that divide by the number of rows
-- count the row of 1 as well, which is no peak here; all else is as published.
CREATE TABLE bacon AS
SELECT r::float8 AS r, timestamptz '2000-01-01' + i * (interval '1 day' * 30.436875) AS at
FROM unnest('{0.003,0.026,0.011,-0.01,0.015,0.025,0.016,0.067,-0.014,0.04,-0.005,0.081,0.04,'
	'-0.037,-0.061,0.017,-0.049,-0.022,0.07,0.058,-0.065,0.024,-0.005,-0.009}'::numeric[])
	WITH ORDINALITY AS u (r, i);
SELECT name, round(measure::numeric, 11) AS measure, abs(measure - published)
	< 1e-10 AS as_published
FROM (SELECT wealth_series(r, at ORDER BY random()) AS w, max_drawdown_of_returns(r, at) AS direct
	FROM bacon) AS x, LATERAL (VALUES
	('maximum drawdown', max_drawdown(w), 0.14467295574), ('of returns', direct, 0.14467295574),
		('average drawdown', average_drawdown(w), 0.04341823893),
	('drawdown deviation', drawdown_deviation(w) * sqrt(25 / 24.0), 0.02975683684),
		('ulcer index', ulcer_index(w) * sqrt(25 / 24.0), 0.06118428726),
	('pain index', pain_index(w) * 25 / 24.0, 0.03998969069),
		('annualised return', cagr(w), 0.10367828973), ('Calmar', calmar_ratio(w), 0.71663905116),
	('Sterling', sterling_ratio(w), 0.42374233563),
		('ulcer index of 24', ulcer_index(slice(w, (SELECT min(at) FROM bacon), NULL)),
		0.06118428726),
	('conditional drawdown at risk of 24, 0.05',
		conditional_drawdown_at_risk(slice(w, (SELECT min(at) FROM bacon), NULL), 0.05),
		0.14146620813),
	('conditional drawdown at risk of 24, 0.10',
		conditional_drawdown_at_risk(slice(w, (SELECT min(at) FROM bacon), NULL), 0.10),
		0.12850109409),
	('conditional drawdown at risk of 24, 0.25',
		conditional_drawdown_at_risk(slice(w, (SELECT min(at) FROM bacon), NULL), 0.25),
		0.10519517753)) AS m (name, measure, published);
SELECT observations(w), first_at(w), last_at(w) = (SELECT max(at) FROM bacon) AS last
FROM (SELECT wealth_series(r, at) AS w FROM bacon) AS x;
-- In windows, and in parts.
SELECT at, growing, direct, moving, direct_moving
FROM (SELECT at, wealth_series(r, at) OVER w AS growing,
	max_drawdown_of_returns(r) OVER w AS direct,
		wealth_series(r, at) OVER m AS moving, max_drawdown_of_returns(r) OVER m AS direct_moving
	FROM bacon WINDOW w AS (ORDER BY at), m AS (ORDER BY at ROWS 5 PRECEDING)) AS x
WHERE abs(max_drawdown(growing) - direct) > 1e-15 OR abs(max_drawdown(moving) - direct_moving)
	> 1e-15;
CREATE TABLE bacon_rows AS SELECT g, r, at, (extract(day FROM at) / 4)::int AS part FROM bacon,
	generate_series(1, 20) AS g;
SELECT g, wealth_series(r, at) AS w INTO bacon_expected FROM bacon_rows GROUP BY g;
SELECT * FROM in_every_plan('bacon_expected', 'g', 'bacon_rows', $$
	SELECT g, wealth_series(r, at {order}) AS w FROM {rows} GROUP BY g $$, 'at');
DROP TABLE bacon, bacon_rows, bacon_rows_parts, bacon_expected;
