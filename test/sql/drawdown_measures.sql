-- Measures of the whole price curve: reference numbers, rules, errors, and
-- that rows, stored series and every plan give one answer.
\getenv srcdir PG_ABS_SRCDIR
\set setup :srcdir '/setup.sql'
\i :setup
SET datestyle = ISO;
SET timezone = 'UTC';

-- Bacon's 24 monthly returns.  Rows 30.436875 days apart make two years.
CREATE FUNCTION product_step(float8, float8) RETURNS float8
	LANGUAGE sql IMMUTABLE STRICT AS 'SELECT $1 * $2';
CREATE AGGREGATE product(float8) (SFUNC = product_step, STYPE = float8, INITCOND = 1);
CREATE TEMP TABLE bacon_return AS
SELECT i, timestamptz '2000-01-01' + i * interval '30.436875 days' AS at, r
FROM unnest(ARRAY[0.003, 0.026, 0.011, -0.01, 0.015, 0.025, 0.016, 0.067,
	-0.014, 0.04, -0.005, 0.081, 0.04, -0.037, -0.061, 0.017, -0.049, -0.022,
	0.07, 0.058, -0.065, 0.024, -0.005, -0.009]) WITH ORDINALITY AS u (r, i);
CREATE TEMP TABLE bacon AS
SELECT i, at, product(1 + r) OVER (ORDER BY i) AS wealth FROM bacon_return
UNION ALL SELECT 0, '2000-01-01', 1;
CREATE TEMP TABLE bacon_series AS
SELECT bubble_series(wealth, at) AS s25, bubble_series(wealth, at) FILTER (WHERE i > 0) AS s24,
	(SELECT bubble_series(r, at) FROM bacon_return) AS returns
FROM bacon;
-- Indices are over the 24 values after a return, growth is over all 25.
SELECT measure, is_near(ours, reference, 1e-9) AS agrees
FROM bacon_series, LATERAL (VALUES
	('maximum drawdown', max_drawdown(s25), 0.14467295574),
	('maximum drawdown of returns', max_drawdown_of_returns(returns), 0.14467295574),
	('average drawdown', average_drawdown(s24), 0.04341823893),
	('drawdown deviation', drawdown_deviation(s24), 0.02975683684),
	('ulcer index', ulcer_index(s24), 0.06118428726),
	('pain index', pain_index(s24), 0.03998969069),
	('conditional drawdown at risk, 5 %', conditional_drawdown_at_risk(s24, 0.05), 0.14146620813),
	('conditional drawdown at risk, 10 %', conditional_drawdown_at_risk(s24, 0.10), 0.12850109409),
	('conditional drawdown at risk, 25 %', conditional_drawdown_at_risk(s24, 0.25), 0.10519517753),
	('annualised return', cagr(s25), 0.10367828973),
	('Calmar ratio', calmar_ratio(s25), 0.71663905116),
	('Sterling ratio', sterling_ratio(s25), 0.42374233563),
	('Martin ratio, of its parts', cagr(s25) / ulcer_index(s24), 1.69452476068),
	('pain ratio, of its parts', cagr(s25) / pain_index(s24), 2.59262544791))
	AS v (measure, ours, reference);
SELECT m = max_drawdown_of_returns(returns) AS max_of_rows,
	l = drawdown_of_returns(returns) AS last_of_rows,
	abs(l - drawdown(s25)) < 1e-15 AS last_of_wealth
FROM bacon_series, (SELECT max_drawdown_of_returns(r, at) AS m, drawdown_of_returns(r, at) AS l
	FROM bacon_return) AS x;

-- DolphinDB's example, its path.
SELECT drawdown_path(s), rolling_max_drawdown(s, 100) AS cumulative,
	rolling_max_drawdown(s, 3) AS of_three,
	max_drawdown(s), drawdown(s), max_runup(s), runup(s)
FROM (SELECT bubble_series(x, date '2000-01-01' + i::int) AS s
	FROM unnest(ARRAY[36, 96, 42, 100, 59, 86, 25, 64, 72]) WITH ORDINALITY AS u (x, i)) AS x;

-- quantstats issue 233: a recovered and an open episode, read like a table.
CREATE TEMP TABLE quantstats AS
SELECT date '2024-01-01' + i::int AS at, x::float8 AS price
FROM unnest(ARRAY[100, 101, 99, 98, 97, 101, 99]) WITH ORDINALITY AS u (x, i);
SELECT (unnest(drawdown_episodes(price, at))).* FROM quantstats;
SELECT e.* FROM (SELECT drawdown_episodes(price, at, 0.03) AS list FROM quantstats) AS x,
	unnest(list) AS e;
SELECT e.* FROM (SELECT bubble_series(price, at) AS s FROM quantstats) AS x,
	unnest(drawdown_episodes(s)) AS e;
SELECT (max_drawdown_episode(bubble_series(price, at))).* FROM quantstats;
SELECT pg_typeof(drawdown_episodes(price, at)) AS of_date,
	pg_typeof(drawdown_episodes(price, at::timestamptz)) AS of_time,
	pg_typeof(drawdown_episodes(price, at, 0)) AS of_date_depth,
		pg_typeof(drawdown_episodes(price, at::timestamptz, 0)) AS of_time_depth
FROM quantstats;
-- Dates of a stored series are those dates in any time zone.
SET timezone = 'America/New_York';
SELECT e.peak_at, e.peak_at::date, e.recovered_at::date
FROM (SELECT bubble_series(price, at) AS s FROM quantstats) AS x,
	unnest(drawdown_episodes(s, 0.03)) AS e;
SET timezone = 'UTC';

-- Observations are the rows later than the peak, up to the time of the
-- recovery: all rows at that time count.
SELECT (unnest(drawdown_episodes(p, d))).*
FROM (VALUES (8.0, date '2000-01-01'), (10, '2000-01-01'),
	(5, '2000-01-02'), (9, '2000-01-02'), (10, '2000-01-03'), (11, '2000-01-03'),
		(12, '2000-01-03'),
	(11, '2000-01-04')) AS v (p, d);

-- Depths that differ by less than doubles tell: the exact ratio decides,
-- whichever comes first; truly equal ones are the earliest.
SELECT 6305039478318691::float8 / 6305039478318694 = 8106479329266888::float8
	/ 8106479329266892 AS quotients_equal,
	(max_drawdown_episode(p, date '2000-01-01' + i)).peak AS second_deeper
FROM (VALUES (0, 6305039478318694::float8), (1, 6305039478318691), (2, 8106479329266892),
	(3, 8106479329266888)) AS v (i, p);
SELECT 6305039478318691::float8 / 6305039478318694 = 8556839292003938::float8
	/ 8556839292003942 AS quotients_equal,
	(max_drawdown_episode(p, date '2000-01-01' + i)).peak AS first_deeper
FROM (VALUES (0, 6305039478318694::float8), (1, 6305039478318691), (2, 8556839292003942),
	(3, 8556839292003938)) AS v (i, p);
SELECT (max_drawdown_episode(p, date '2000-01-01' + i)).peak AS equally_deep
FROM (VALUES (0, 3.0), (1, 1), (2, 6), (3, 2), (4, 9), (5, 3)) AS v (i, p);
SELECT (max_drawdown_episode(bubble_series(p, date '2000-01-01' + i))).peak_at::date
	- date '2000-01-01' AS deepest
FROM (VALUES (0, 1e-300::float8), (1, 5e-324), (2, 1e300), (3, 5e-324), (4, 1e301), (5, 1e-323),
	(6, 1e302)) AS v (i, p);

-- No usable row: NULL.  No fall: zeros, no episode, and NULL where a mean or
-- a ratio has nothing to divide by.
CREATE FUNCTION every_measure(arguments text, ordering text DEFAULT '') RETURNS text LANGUAGE sql AS
$$
	SELECT 'ARRAY[' || string_agg(replace(format(m, arguments), ')', ' ' || ordering || ')'),
		', ' ORDER BY i) || ']'
	FROM unnest(ARRAY['ulcer_index(%s)', 'pain_index(%s)', 'drawdown_deviation(%s)',
		'average_drawdown(%s)',
		'time_under_water(%s)', 'cagr(%s)', 'calmar_ratio(%s)', 'sterling_ratio(%s)',
			'burke_ratio(%s)',
		'martin_ratio(%s)', 'pain_ratio(%s)', 'drawdown_at_risk(%s, 0.05)',
			'drawdown_at_risk(%s, 0.1)',
		'drawdown_at_risk(%s, 1)', 'conditional_drawdown_at_risk(%s, 0.05)',
		'conditional_drawdown_at_risk(%s, 0.1)', 'conditional_drawdown_at_risk(%s, 1)'])
		WITH ORDINALITY AS u (m, i)
$$;
SELECT every_measure('price, at') AS measures \gset
SELECT every_measure('bubble_series(price, at)') AS measures_of_series \gset
SELECT :measures AS no_row, drawdown_episodes(price, at), drawdown_episodes(price, at, 0.1),
	max_drawdown_of_returns(price, at), drawdown_of_returns(price, at) FROM quantstats WHERE false;
SELECT :measures AS null_rows, drawdown_episodes(price, at), drawdown_episodes(price, at, 0.1)
FROM (VALUES (1, NULL::date), (NULL, '2000-01-01')) AS v (price, at);
SELECT :measures AS one_row, drawdown_episodes(price, at), drawdown_episodes(price, at, 0.1),
	max_drawdown_of_returns(price, at), drawdown_of_returns(price, at)
FROM (VALUES (7.0, timestamptz '2000-01-01')) AS v (price, at);
SELECT :measures_of_series AS one_row, drawdown_episodes(bubble_series(price, at)),
	max_drawdown_episode(bubble_series(price, at)),
	drawdown_path(bubble_series(price, at)), rolling_max_drawdown(bubble_series(price, at), 1)
FROM (VALUES (7.0, timestamptz '2000-01-01')) AS v (price, at);
SELECT :measures AS rising FROM (VALUES (7.0, date '2000-01-01'), (8, '2000-12-31'))
	AS v (price, at);
SELECT :measures AS at_one_time FROM (VALUES (7.0, date '2000-01-01'), (8, '2000-01-01'))
	AS v (price, at);
SELECT ulcer_index(NULL), drawdown_at_risk(NULL, 0.5), drawdown_at_risk(NULL, NULL),
	drawdown_episodes(NULL, 0.5),
	rolling_max_drawdown(NULL, 5), max_drawdown(NULL::bubble_series);

-- Shares are meant in decimal: 0.07 of 100 rows are 7, though 0.07 * 100 is
-- more than 7 in doubles.
SELECT 0.07::float8 * 100 > 7 AS inexact,
	abs(drawdown_at_risk(1000 - p, date '2000-01-01' + p, 0.07) - 0.093) < 1e-9 AS seventh,
	abs(conditional_drawdown_at_risk(1000 - p, date '2000-01-01' + p, 0.07) - 0.096)
		< 1e-9 AS mean_of_seven
FROM (SELECT generate_series(0, 99) AS p) AS x;

-- Growth over any quotient and any span of time.
SELECT cagr(p, d), burke_ratio(p, d) IS NULL AS no_burke
FROM (VALUES (1e-300::float8, date '2000-01-01'), (1e300, '3000-01-01')) AS v (p, d);
SELECT cagr('date{4713-01-01 BC=1,294276-01-01=2}'::bubble_series) * 1e6 AS millionths,
	cagr('timestamptz{4714-11-24 00:00:00+00 BC=1,294276-12-31 00:00:00+00=2}'::bubble_series)
		* 1e6 AS widest;
SELECT cagr('timestamptz{2000-01-01 00:00+00=2,2000-01-01 00:00:00.000001+00=1}') AS all_lost;

-- Returns: nothing is more than all, and a total loss is never made good.
SELECT max_drawdown_of_returns(r, date '2000-01-01' + i::int),
	drawdown_of_returns(r, date '2000-01-01' + i::int)
FROM unnest(ARRAY[1e308, -0.5, 1e308, -1, 5, 1e308]) WITH ORDINALITY AS u (r, i);

-- Bad input.
SELECT error_of(format('SELECT %s(%L::bubble_series)', f, s))
FROM unnest(ARRAY['ulcer_index', 'cagr', 'calmar_ratio', 'drawdown', 'max_drawdown', 'runup',
	'max_runup',
		'drawdown_path', 'drawdown_episodes', 'max_drawdown_episode']) AS f,
	unnest(ARRAY['date{2000-01-01=1,2000-01-02=-1e-300,2000-01-03=1}',
		'date{2000-01-01=-1,2000-01-02=1}']) AS s
WHERE f = 'ulcer_index' OR s LIKE '%300%';
SELECT error_of(format('SELECT %s '
	'FROM (VALUES (1.0::float8, date ''2000-01-01''), (%L, ''2000-01-02'')) AS v (p, d)', f, p))
FROM unnest(ARRAY['pain_index(p, d)', 'pain_index(p, d::timestamptz)',
	'drawdown_at_risk(p, d, 0.5)',
		'drawdown_episodes(p, d)', 'drawdown_episodes(p, d, 0.5)']) AS f,
	unnest(ARRAY['NaN', 'Infinity', '-1']) AS p
WHERE f = 'pain_index(p, d)' OR p = '-1';
SELECT error_of(format('SELECT pain_index(1.0, %s), drawdown_at_risk(1.0, %s, 0.5)', d, d))
FROM unnest(ARRAY['date ''infinity''', 'timestamptz ''-infinity''', 'date ''300000-01-01''']) AS d;
SELECT error_of(format('SELECT %s(%L::float8, date ''2000-01-01'')', f, r))
FROM unnest(ARRAY['max_drawdown_of_returns', 'drawdown_of_returns']) AS f,
	unnest(ARRAY['-1.0000001', 'NaN', 'Infinity']) AS r;
SELECT error_of(format('SELECT %s(%s, %s)', f, rows, alpha))
FROM unnest(ARRAY['drawdown_at_risk', 'conditional_drawdown_at_risk']) AS f,
	unnest(ARRAY['1.0, date ''2000-01-01''', '1.0, now()',
		'bubble_series ''date{2000-01-01=1}''']) AS rows,
	unnest(ARRAY['0', '-0.1', '1.0000001', '''NaN''', 'NULL']) AS alpha
WHERE f = 'drawdown_at_risk' OR alpha = '0';
SELECT error_of(format('SELECT drawdown_episodes(%s, %s)', rows, depth))
FROM unnest(ARRAY['1.0, date ''2000-01-01''', '1.0, now()',
	'bubble_series ''date{2000-01-01=1}''']) AS rows,
	unnest(ARRAY['-0.1', '1.1', '''NaN''', 'NULL']) AS depth;
SELECT error_of(format('SELECT rolling_max_drawdown(%L, %s)', 'date{2000-01-01=1}', w))
FROM unnest(ARRAY['0', '-1', 'NULL', '9223372036854775808']) AS w;
SELECT error_of(format('SELECT %s FROM (VALUES (1, 0.1), (2, 0.2)) AS v (p, x)', f))
FROM unnest(ARRAY['drawdown_at_risk(p, date ''2000-01-01'' + p, x)',
	'drawdown_episodes(p, date ''2000-01-01'' + p, x)']) AS f;
SELECT error_of($$ SELECT cagr(
	'timestamptz{2000-01-01 00:00+00=1,2000-01-01 00:00:00.000001+00=2}') $$),
	error_of($$ SELECT max_runup(
		bubble_series 'date{2000-01-01=1e-300,2000-01-02=1e300,2000-01-03=1}') $$),
	error_of($$ SELECT runup(bubble_series 'date{2000-01-01=1e-300,2000-01-02=1e300}') $$);

-- ---------------------------------------------------------------------------
-- Properties, on random series of many kinds
-- ---------------------------------------------------------------------------
SELECT setseed(0.4242);
CREATE TABLE measures_series (series int, kind text, i int, at date, price float8, part int);
INSERT INTO measures_series
SELECT s.series, kind, i,
	CASE WHEN random() < 0.02 OR kind = 'no time' THEN NULL
		ELSE date '2000-01-01' + (i * 1.3 - 3 * random())::int END,
	CASE WHEN random() < 0.02 THEN NULL
		WHEN kind = 'constant' THEN 7
		WHEN kind = 'rising' THEN 1000 + i
		WHEN kind = 'falling' THEN 3000 - i
		WHEN kind = 'tied' THEN 10 + (5 * random())::int
		WHEN kind = 'zeros' THEN (3 * random())::int
		WHEN kind = 'lost' THEN greatest(0, 80 - i)
		WHEN kind = 'nothing' THEN 0
		ELSE exp(sum(0.1 * (random() - 0.49)) OVER (PARTITION BY s.series ORDER BY i))
	END,
	(8 * random())::int
FROM (SELECT row_number() OVER ()::int AS series, kind, n
	FROM unnest(ARRAY['walk', 'walk', 'constant', 'rising', 'falling', 'tied', 'zeros', 'lost',
		'nothing', 'no time']) AS kind,
		unnest(ARRAY[1, 2, 3, 10, 100, 700, 2000]) AS n
	WHERE n < 2000 AND (n < 700 OR kind NOT IN ('zeros', 'lost', 'nothing')) OR kind = 'walk') AS s,
	generate_series(1, n) AS i;

-- The naive twins: plain SQL windows in the order of time.
CREATE TABLE measures_usable AS
SELECT series, at, price, row_number() OVER w AS place,
	1 - price / nullif(max(price) OVER w, 0) AS d,
	CASE WHEN min(price) OVER w > 0 THEN price / min(price) OVER w - 1 WHEN price > 0
		THEN 'Infinity' END AS u,
	count(*) FILTER (WHERE new) OVER w AS episode
FROM (SELECT *, price >= coalesce(max(price) OVER (PARTITION BY series ORDER BY at, price
		ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) AS new
	FROM measures_series WHERE at IS NOT NULL AND price IS NOT NULL) AS x
WINDOW w AS (PARTITION BY series ORDER BY at, price ROWS UNBOUNDED PRECEDING);
CREATE INDEX ON measures_usable (series, at);

CREATE TABLE measures_episode AS
SELECT series, peak_at, peak, (SELECT min(at) FROM measures_usable u
		WHERE u.series = e.series AND u.episode = e.episode AND price = trough) AS trough_at,
			trough,
	recovered_at, 1 - trough / peak AS depth, (SELECT 1 + count(*) FROM measures_usable u
		WHERE u.series = e.series AND at > peak_at AND at <= coalesce(recovered_at,
			'infinity')) AS observations,
	coalesce(recovered_at, (SELECT max(at) FROM measures_usable u
		WHERE u.series = e.series)) AS last_at
FROM (SELECT series, episode, count(*) AS rows, min(at) AS peak_at, max(price) AS peak,
	min(price) AS trough,
		lead(min(at)) OVER (PARTITION BY series ORDER BY episode) AS recovered_at
	FROM measures_usable GROUP BY series, episode) AS e
WHERE rows > 1 AND peak > 0;

-- An array of episodes, those of at least this depth; NULL without a row.
CREATE FUNCTION naive_episodes(of_series int, min_depth float8) RETURNS drawdown_episode_date[]
LANGUAGE sql STABLE AS
$$
	SELECT array(SELECT ROW(peak_at, peak, trough_at, trough, recovered_at, depth, observations,
		last_at)::drawdown_episode_date
		FROM measures_episode WHERE series = of_series AND depth >= min_depth ORDER BY peak_at)
	WHERE EXISTS (SELECT FROM measures_usable WHERE series = of_series)
$$;

-- Drawdown at risk by sorting, alone and with its tail.
CREATE FUNCTION naive_tail(of_series int, alpha numeric) RETURNS float8[] LANGUAGE sql STABLE AS
$$
	SELECT ARRAY[border, border + coalesce(sum(d - border) FILTER (WHERE j < i), 0)
		/ (alpha * n)::float8]
	FROM (SELECT d, j, i, n, max(d) FILTER (WHERE j = i) OVER () AS border
		FROM (SELECT d, row_number() OVER (ORDER BY d DESC) AS j,
			ceil(alpha * count(*) OVER ()) AS i, count(*) OVER () AS n
			FROM measures_usable WHERE series = of_series AND d IS NOT NULL) AS x) AS y
	GROUP BY border, n
$$;

-- An array of NULLs is what aggregates make of no row, or of zeros.
CREATE FUNCTION nothing(a float8[]) RETURNS float8[] LANGUAGE sql IMMUTABLE AS
	'SELECT CASE WHEN num_nonnulls(VARIADIC a) > 0 THEN a END';
CREATE TABLE measures_expected AS
WITH rows AS (
	SELECT series, count(d) AS n, sum(d) AS sum, sum(d * d) AS squares, count(*)
		FILTER (WHERE d > 0) AS under,
		max(d) AS worst, (array_agg(price ORDER BY place))[1] AS first,
			(array_agg(price ORDER BY place DESC))[1] AS last,
		nullif((max(at) - min(at)) / 365.2425::float8, 0) AS years
	FROM measures_usable GROUP BY series
),
episodes AS (
	SELECT series, avg(depth) AS mean, sum(depth * depth) AS squares FROM measures_episode
	GROUP BY series
),
growth AS (
	SELECT series, power(last / nullif(first, 0), 1 / years) - 1 AS rate FROM rows
)
SELECT s.series,
	CASE WHEN r.series IS NOT NULL
		THEN nothing(ARRAY[sqrt(r.squares / nullif(n, 0)), sum / nullif(n, 0),
		sqrt(coalesce(e.squares, 0) / nullif(n, 0)), mean,
		under / nullif(n, 0)::float8, rate, rate / nullif(worst, 0), rate / (worst + 0.10),
			rate / sqrt(e.squares),
		rate / nullif(sqrt(r.squares / nullif(n, 0)), 0), rate / nullif(sum / nullif(n, 0), 0),
		(naive_tail(s.series, 0.05))[1], (naive_tail(s.series, 0.1))[1],
			(naive_tail(s.series, 1))[1],
		(naive_tail(s.series, 0.05))[2], (naive_tail(s.series, 0.1))[2],
			(naive_tail(s.series, 1))[2]]) END AS m,
	naive_episodes(s.series, 0) AS all_episodes, naive_episodes(s.series, 0.1) AS deep_episodes
FROM (SELECT DISTINCT series FROM measures_series) AS s LEFT JOIN rows r USING (series)
	LEFT JOIN episodes e USING (series) LEFT JOIN growth USING (series);
SELECT count(*) AS series, count(m) AS with_rows, count(*)
	FILTER (WHERE cardinality(all_episodes) > 0) AS with_episodes,
	sum(cardinality(all_episodes)) > 100 AS many, sum(cardinality(deep_episodes)) > 20 AS many_deep
FROM measures_expected;

-- Equal to 1e-12, relative or absolute; NULL only where NULL is expected.
CREATE FUNCTION close(a float8[], b float8[]) RETURNS boolean LANGUAGE sql IMMUTABLE AS
$$
	SELECT a IS NULL AND b IS NULL OR cardinality(a) = cardinality(b) AND
		bool_and(x IS NULL AND y IS NULL OR coalesce(abs(x - y) <= 1e-12 * greatest(1, abs(y)),
			false))
	FROM unnest(a, b) AS u (x, y)
$$;
CREATE FUNCTION with_dates(drawdown_episode[]) RETURNS drawdown_episode_date[]
	LANGUAGE sql STABLE PARALLEL SAFE AS
$$
	SELECT array(SELECT ROW(peak_at::date, peak, trough_at::date, trough, recovered_at::date, depth,
		observations, last_at::date)::drawdown_episode_date
		FROM unnest($1) WITH ORDINALITY ORDER BY ordinality)
	WHERE $1 IS NOT NULL
$$;
CREATE FUNCTION with_dates(drawdown_episode_date[]) RETURNS drawdown_episode_date[]
	LANGUAGE sql PARALLEL SAFE
RETURN $1;
-- Rows (series, measures, all episodes, deep episodes) that are as the twin's.
SELECT $$ close(nothing(given.m), wanted.m) AND (given.all_episodes, given.deep_episodes)
	IS NOT DISTINCT FROM (wanted.all_episodes, wanted.deep_episodes) $$ AS same \gset
SELECT every_measure('price, at::{time}', '{order}') AS measures_in_order \gset
SELECT * FROM in_every_plan('measures_expected', 'series', 'measures_series', 'SELECT series, '
	|| :'measures_in_order' || $$ AS m,
		with_dates(drawdown_episodes(price, at::{time} {order})) AS all_episodes,
		with_dates(drawdown_episodes(price, at::{time}, 0.1 {order})) AS deep_episodes
	FROM {rows} GROUP BY series $$, 'at, price', :'same');

-- A stored series gives the same as rows.
SELECT every_measure('s') AS measures_of_stored \gset
CREATE TABLE measures_stored AS
SELECT series, bubble_series(price, at) AS s, bubble_series(price, at::timestamptz) AS timed
FROM measures_series GROUP BY series;
SELECT "column", d.* FROM unnest('{s,timed}'::text[]) AS "column",
	differences('measures_expected', 'series',
		format('SELECT series, %s AS m, with_dates(drawdown_episodes(s)) AS all_episodes,
		with_dates(drawdown_episodes(s, 0.1)) AS deep_episodes '
			'FROM (SELECT series, %I AS s FROM measures_stored) AS x',
		:'measures_of_stored', "column"), :'same') AS d;
-- A parameter that changes between parts is found when they are combined.
SELECT error_of_parts('SELECT series, drawdown_at_risk(price, at, 0.1 + part / 100.0) '
	'FROM measures_series_parts GROUP BY series')
	LIKE '22023 "alpha" must%' AS found;
-- Frames against the same rows alone.
CREATE FUNCTION over_window(measures text, "window" text) RETURNS text LANGUAGE sql AS
$$
	SELECT regexp_replace(measures, '\)', ') OVER ' || "window", 'g')
$$;
CREATE TABLE measures_frames AS
SELECT row_number() OVER (ORDER BY series, at, price, i) AS id, * FROM measures_series
WHERE series IN (SELECT series FROM measures_series GROUP BY series HAVING count(*) IN (3, 10)) OR
	series IN (SELECT min(series) FROM measures_series WHERE kind IN ('walk', 'tied') AND i = 100
		GROUP BY kind);
SELECT * FROM in_frames(format($$
	SELECT series, id, x.m, y.m, x.a, y.a, x.b, y.b FROM (
		SELECT series, id, %s AS m, drawdown_episodes(price, at) OVER f AS a,
			drawdown_episodes(price, at, 0.1) OVER f AS b,
			array_agg(price) OVER f AS prices, array_agg(at) OVER f AS times
		FROM measures_frames
		WINDOW f AS (PARTITION BY series {frame})) AS x,
	LATERAL (
		SELECT %s AS m, drawdown_episodes(price, at) AS a, drawdown_episodes(price, at, 0.1) AS b
		FROM unnest(prices, times) AS u (price, at)) AS y
	WHERE (x.m, x.a, x.b) IS DISTINCT FROM (y.m, y.a, y.b) $$, over_window(:'measures', 'f'),
		:'measures'),
	ARRAY['ORDER BY id ROWS UNBOUNDED PRECEDING', 'ORDER BY id ROWS 19 PRECEDING',
	'ORDER BY at RANGE BETWEEN ''9 days'' PRECEDING AND ''3 days'' FOLLOWING EXCLUDE CURRENT ROW',
	'ORDER BY md5(id::text) ROWS UNBOUNDED PRECEDING']);

-- Functions of series alone, bit by bit as the aggregates over rows.
SELECT count(*) AS rows, min((series, max_drawdown(s), worst, drawdown(s), last)::text)
	FILTER (WHERE (max_drawdown(s) IS NOT DISTINCT FROM worst AND drawdown(s)
	IS NOT DISTINCT FROM last) IS NOT TRUE) AS drawdown,
	min((series, max_runup(s), up, runup(s), last_up)::text)
		FILTER (WHERE (max_runup(s) IS NOT DISTINCT FROM up
		AND runup(s) IS NOT DISTINCT FROM last_up) IS NOT TRUE) AS runup,
	min((series, max_drawdown_episode(s), episode)::text)
		FILTER (WHERE (with_dates(array_remove(ARRAY[max_drawdown_episode(s)], NULL))
		= array_remove(ARRAY[episode], NULL)) IS NOT TRUE) AS episode
FROM measures_stored LEFT JOIN (SELECT series, max_drawdown(price, at) AS worst,
	drawdown(price, at) AS last,
		max_drawdown_episode(price, at) AS episode
	FROM measures_series GROUP BY series) AS x USING (series)
	LEFT JOIN (SELECT series, nullif(max(u), 'Infinity') AS up,
		nullif((array_agg(u ORDER BY place DESC))[1], 'Infinity') AS last_up
	FROM measures_usable GROUP BY series) AS y USING (series)
WHERE s IS NOT NULL;

-- Paths: rows at one time are put in the order of their drawdowns.
SELECT count(*) AS rows, min((series, drawdown_path(s)::text, path)::text)
	FILTER (WHERE drawdown_path(s)::text IS DISTINCT FROM path) AS paths,
	min((series, drawdown_path(s)::text::bubble_series::text, path)::text)
		FILTER (WHERE drawdown_path(s)::text::bubble_series::text IS DISTINCT FROM path) AS in_order
FROM measures_stored JOIN (SELECT series, bubble_series(d, at)::text AS path FROM measures_usable
	GROUP BY series) AS x USING (series);
SELECT window_rows, count(*) AS rows,
	min((measures_stored.series, rolling_max_drawdown(s, window_rows)::text, path)::text)
	FILTER (WHERE rolling_max_drawdown(s, window_rows)::text
	IS DISTINCT FROM path) AS as_window_aggregate
FROM unnest(ARRAY[1, 2, 3, 7, 64, 252, 700, 5000]) AS window_rows, measures_stored,
	LATERAL (SELECT bubble_series(m, at)::text AS path
		FROM (SELECT at, max_drawdown(price)
			OVER (ORDER BY place ROWS (window_rows - 1) PRECEDING) AS m
			FROM measures_usable u WHERE u.series = measures_stored.series) AS x) AS y
WHERE s IS NOT NULL
GROUP BY window_rows ORDER BY window_rows;
SELECT window_rows, count(*) AS rows,
	min((measures_stored.series, rolling_max_drawdown(s, window_rows)::text, path)::text)
	FILTER (WHERE rolling_max_drawdown(s, window_rows)::text
	IS DISTINCT FROM path) AS as_pairs_of_rows
FROM unnest(ARRAY[1, 2, 3, 7, 99, 100, 5000]) AS window_rows, measures_stored,
	LATERAL (SELECT bubble_series(m, at)::text AS path
		FROM (SELECT r.at, max(1 - lo.price / nullif(hi.price, 0)) AS m
			FROM measures_usable r
				JOIN measures_usable hi ON hi.series = r.series AND hi.place BETWEEN r.place
					- window_rows + 1 AND r.place
				JOIN measures_usable lo ON lo.series = r.series AND lo.place BETWEEN hi.place
					AND r.place
			WHERE r.series = measures_stored.series GROUP BY r.place, r.at) AS x) AS y
WHERE observations(s) <= 60 OR observations(s) <= 100 AND window_rows = 7
GROUP BY window_rows ORDER BY window_rows;

-- Returns against products of wealth.
CREATE TABLE measures_return AS
SELECT series, i, at, price / lag(price, 1, price * (0.9 + 0.2 * random()))
	OVER (PARTITION BY series ORDER BY at, price) - 1 AS r
FROM measures_series WHERE at IS NOT NULL AND price > 0;
CREATE TABLE measures_return_expected AS
SELECT series, ARRAY[max(loss), (array_agg(loss ORDER BY place DESC))[1]] AS m
FROM (SELECT series, 1 - wealth / greatest(1, max(wealth) OVER w) AS loss,
	row_number() OVER w AS place
	FROM (SELECT series, at, r, product(1 + r) OVER (PARTITION BY series ORDER BY at,
		r ROWS UNBOUNDED PRECEDING) AS wealth
		FROM measures_return) AS x
	WINDOW w AS (PARTITION BY series ORDER BY at, r ROWS UNBOUNDED PRECEDING)) AS y
GROUP BY series;
SELECT min((series, q.m, e.m)::text) FILTER (WHERE (close(q.m, e.m)) IS NOT TRUE) AS rows,
	min((series, q.m_shuffled, e.m)::text)
	FILTER (WHERE (close(q.m_shuffled, e.m)) IS NOT TRUE) AS shuffled,
	min((series, s, e.m)::text)
		FILTER (WHERE (close(ARRAY[max_drawdown_of_returns(s), drawdown_of_returns(s)], e.m))
		IS NOT TRUE) AS stored, count(*) = count(e.series) AS all_there
FROM (SELECT series, ARRAY[max_drawdown_of_returns(r, at), drawdown_of_returns(r, at)] AS m,
		ARRAY[max_drawdown_of_returns(r, at::timestamptz ORDER BY random()),
			drawdown_of_returns(r, at::timestamptz ORDER BY random())] AS m_shuffled,
		bubble_series(r, at) AS s
	FROM measures_return GROUP BY series) AS q LEFT JOIN measures_return_expected e USING (series);

-- Millions of rows are summed as exactly as a few; chunks do not show.
SELECT abs(ulcer_index(s) - sqrt(0.074)) < 1e-15 AS ulcer, abs(pain_index(s) - 0.22)
	< 1e-15 AS pain,
	time_under_water(s), max_drawdown(s), (max_drawdown_episode(s)).observations,
		cardinality(drawdown_episodes(s))
FROM (SELECT bubble_series(x, timestamptz '2000-01-01' + i * interval '1 minute') AS s
	FROM (SELECT i, (ARRAY[10, 9, 8, 6, 6])[1 + i % 5] AS x
		FROM generate_series(0, 299999) AS i) AS x) AS y;

DROP TABLE measures_series, measures_usable, measures_episode, measures_expected, measures_stored,
	measures_series_parts,
	measures_frames, measures_return, measures_return_expected;
DROP FUNCTION over_window, with_dates(drawdown_episode[]), with_dates(drawdown_episode_date[]),
	nothing, close, naive_tail, naive_episodes, every_measure;
DROP AGGREGATE product(float8);
DROP FUNCTION product_step;

-- Growth of a hair's breadth keeps its digits.
SELECT abs(cagr(price, day) / ((max(price) - min(price)) / min(price) * 365.2425 / 365) - 1)
	< 1e-9 AS small
FROM (VALUES (3::float8, date '2001-01-01'), (3.000000000003, '2002-01-01')) AS v (price, day);
