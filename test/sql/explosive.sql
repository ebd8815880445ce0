-- Explosive roots: ADF, SADF, GSADF and BSADF against naive fits in plain
-- SQL, their rules, errors, and that every plan gives one answer.
\getenv srcdir PG_ABS_SRCDIR
\set setup :srcdir '/setup.sql'
\i :setup
SET datestyle = ISO;
SET timezone = 'UTC';

-- Regression of the changes 2, 1, 4, 3, 9 on the levels 1, 3, 4, 8, 11.
CREATE TEMP TABLE small AS
SELECT date '2000-01-01' + i::int AS at, y
FROM unnest(ARRAY[1, 3, 4, 8, 11, 20]) WITH ORDINALITY AS u (y, i);
SELECT round(adf(y, at)::numeric, 10) AS adf, round(sadf(y, at, 4)::numeric, 10) AS sadf,
	round(gsadf(y, at, 4)::numeric, 10) AS gsadf, round(adf(y, at, 1)::numeric, 10) AS one_lag
FROM small;
SELECT at, y, round(bsadf(y, 4) OVER (ORDER BY at)::numeric, 10) AS bsadf FROM small ORDER BY at;
SELECT u.at::date, round(u.value::numeric, 10) AS bsadf
FROM (SELECT bubble_series(y, at) AS s FROM small) AS x, unnest(bsadf_path(s, 4)) AS u;

-- ---------------------------------------------------------------------------
-- Against naive fits of every window, with no lag and with one.
-- ---------------------------------------------------------------------------
SELECT setseed(0.3);
CREATE TABLE explosive_walk AS
SELECT g, i, date '2000-01-01' + i AS at,
	CASE g WHEN 1 THEN sum(e) OVER w						-- a walk
		WHEN 2 THEN 1e6 + sum(e) OVER w / 1000				-- far from zero
		WHEN 3 THEN 10 * power(1.07, i) + e					-- a bubble
		WHEN 4 THEN e										-- no memory
		ELSE round((sum(e) OVER w)::numeric) END AS y		-- whole numbers
FROM (SELECT g, i, 4 * (random() + random() - 1) AS e FROM generate_series(1, 5) AS g,
	generate_series(1, 45) AS i) AS x
WINDOW w AS (PARTITION BY g ORDER BY i);

-- Changes d, the level x and the change z before them, counted from nearby
-- so that sums keep their digits.
CREATE VIEW explosive_regression AS
SELECT g, i, y - lag(y) OVER w AS d, lag(y) OVER w - first_value(y) OVER w AS x,
	lag(y) OVER w - lag(y, 2) OVER w AS z
FROM explosive_walk WINDOW w AS (PARTITION BY g ORDER BY i);
CREATE TABLE explosive_naive AS
SELECT g, lags, first, last, b / sqrt((dd - b * xd) / (n - 2 - lags) / xx) AS t
FROM (SELECT *, xd / xx AS b
	FROM (SELECT g, lags, first, last, n, CASE lags WHEN 0 THEN xx ELSE xx - xz * xz / zz END AS xx,
			CASE lags WHEN 0 THEN xd ELSE xd - xz * zd / zz END AS xd, CASE lags WHEN 0 THEN dd
				ELSE dd - zd * zd / zz END AS dd
		FROM (SELECT g, lags, first, last, count(*) AS n, regr_sxx(d, x) AS xx,
			regr_sxy(d, x) AS xd, regr_syy(d, x) AS dd,
				regr_sxy(z, x) AS xz, nullif(regr_sxx(d, z), 0) AS zz, regr_sxy(d, z) AS zd
			FROM explosive_regression AS r, generate_series(0, 1) AS lags,
				generate_series(1, 45) AS first,
				generate_series(first + 3 + 2 * lags, 45) AS last
			WHERE i > first + lags AND i <= last
			GROUP BY g, lags, first, last) AS sums) AS partial
	WHERE xx > 1e-12) AS slopes
WHERE dd - b * xd > 1e-15 * dd;
SELECT g, lags, count(*) AS windows FROM explosive_naive GROUP BY g, lags ORDER BY g, lags;

CREATE FUNCTION near(a float8, b float8) RETURNS boolean LANGUAGE sql
RETURN a IS NOT DISTINCT FROM b OR coalesce(abs(a - b) <= 1e-8 * greatest(1, abs(b)), false);

-- Every window by itself: those that are not in the table have no statistic.
SELECT lags, count(*) AS windows, min((g, first, last, t, ours)::text)
	FILTER (WHERE NOT near(t, ours)) AS differing
FROM (SELECT w.*, n.t, (SELECT CASE lags WHEN 0 THEN adf(y, at) ELSE adf(y, at, 1) END
		FROM explosive_walk AS r WHERE r.g = w.g AND i BETWEEN first AND last) AS ours
	FROM (SELECT g, lags, first, last FROM generate_series(1, 5) AS g,
		generate_series(0, 1) AS lags,
			generate_series(1, 45) AS first, generate_series(first, 45) AS last) AS w
		LEFT JOIN explosive_naive AS n USING (g, lags, first, last)) AS x
GROUP BY lags ORDER BY lags;

-- The largest ones, and for each row the largest that ends there.
SELECT lags, count(*) AS cases, min((g, min_window, ours_sadf, sadf, ours_gsadf, gsadf)::text)
	FILTER (WHERE (near(ours_sadf, sadf) AND near(ours_gsadf, gsadf)) IS NOT TRUE) AS differing
FROM (SELECT g, lags, min_window, max(t) FILTER (WHERE first = 1) AS sadf, max(t) AS gsadf
		FROM explosive_naive, unnest(ARRAY[6, 7, 12, 30, 45]) AS min_window
		WHERE last - first + 1 >= min_window GROUP BY g, lags, min_window) AS n,
	LATERAL (SELECT sadf(y, at, min_window, lags) AS ours_sadf,
		gsadf(y, at, min_window, lags) AS ours_gsadf
		FROM explosive_walk AS r WHERE r.g = n.g) AS o
GROUP BY lags ORDER BY lags;
CREATE VIEW explosive_rows AS
SELECT g, i, lags, min_window, at, y, bsadf(y, min_window, lags)
	OVER (PARTITION BY g, lags, min_window ORDER BY i) AS bsadf
FROM explosive_walk, generate_series(0, 1) AS lags, unnest(ARRAY[6, 9, 20]) AS min_window;
SELECT lags, min_window, count(ours.bsadf) AS statistics, min((g, i, ours.bsadf, naive.bsadf)::text)
	FILTER (WHERE NOT near(ours.bsadf, naive.bsadf)) AS differing
FROM explosive_rows AS ours LEFT JOIN
	(SELECT g, lags, min_window, last AS i, max(t) AS bsadf
	FROM explosive_naive, unnest(ARRAY[6, 9, 20]) AS min_window
	WHERE last - first + 1 >= min_window GROUP BY g, lags, min_window, last) AS naive USING (g,
		lags, min_window, i)
GROUP BY lags, min_window ORDER BY lags, min_window;

-- The lags that a naive comparison of the residuals of all rows chooses, and
-- the statistics with them.
SELECT criterion, string_agg(lags::text, ' ' ORDER BY g) AS lags,
	count(*) AS rows, min((g, chosen, given, also_given, gsadf_chosen, gsadf_given)::text)
		FILTER (WHERE (near(chosen, given) AND near(also_given, given)
		AND near(gsadf_chosen, gsadf_given)) IS NOT TRUE) AS differing
FROM (SELECT g, criterion, (n * ln(rss1 / n) + c < n * ln(rss0 / n))::int AS lags
	FROM (SELECT g, n, dd - xd * xd / xx AS rss0,
			dd - zd * zd / zz - power(xd - xz * zd / zz, 2) / (xx - xz * xz / zz) AS rss1
		FROM (SELECT g, count(*) AS n, regr_sxx(d, x) AS xx, regr_sxy(d, x) AS xd,
			regr_syy(d, x) AS dd,
				regr_sxy(z, x) AS xz, regr_sxx(d, z) AS zz, regr_sxy(d, z) AS zd
			FROM explosive_regression WHERE i > 2 GROUP BY g) AS sums) AS r,
		LATERAL (VALUES ('aic', 2), ('BIC', ln(n))) AS v (criterion, c)) AS best,
	LATERAL (SELECT adf(bubble_series(y, at), NULL, 1, criterion) AS chosen,
		adf(y, at, lags) AS given, adf(bubble_series(y, at), lags, NULL, criterion) AS also_given,
			gsadf(bubble_series(y, at), NULL, NULL, 1, criterion) AS gsadf_chosen,
				gsadf(y, at, NULL, lags) AS gsadf_given
		FROM explosive_walk AS r WHERE r.g = best.g) AS o
GROUP BY criterion ORDER BY criterion COLLATE "C";

-- The default window is floor(n (0.01 + 1.8 / sqrt(n))), or the shortest that
-- the lags leave.
SELECT n, m, is_same(gsadf(s), gsadf(s, m)) AS gsadf, is_same(sadf(s), sadf(s, m)) AS sadf,
	is_same(bsadf_path(s)::text, bsadf_path(s, m)::text) AS path
FROM (VALUES (4, 4), (5, 4), (9, 5), (100, 19), (600, 50)) AS v (n, m),
	LATERAL (SELECT bubble_series(((i * 7919) % 101) ^ 1.5, date '2000-01-01' + i) AS s
		FROM generate_series(1, n) AS i) AS x
ORDER BY n;
SELECT is_same(gsadf(s, NULL, 4), gsadf(s, 12, 4)) AS shortest
FROM (SELECT bubble_series(((i * 7919) % 101) ^ 1.5, date '2000-01-01' + i) AS s
	FROM generate_series(1, 40) AS i) AS x;

-- GSADF is at least SADF, which is at least the last of its windows, ADF.
SELECT count(*) AS rows, min((g, gsadf(s), sadf(s), adf(s), gsadf(s, n), sadf(s, n))::text)
	FILTER (WHERE (gsadf(s) >= sadf(s) AND sadf(s) >= adf(s) AND gsadf(s, n) >= adf(s)
	AND sadf(s, n) = adf(s)) IS NOT TRUE) AS in_order
FROM (SELECT g, bubble_series(y, at) AS s, count(*)::int AS n FROM explosive_walk GROUP BY g) AS x;

-- The unit, an offset and the sign do not matter.
SELECT count(*) AS rows, min((g, turned, gsadf)::text)
	FILTER (WHERE turned IS DISTINCT FROM gsadf) AS turned, min((g, large, gsadf)::text)
	FILTER (WHERE (near(large, gsadf)) IS NOT TRUE) AS large, min((g, small, gsadf)::text)
	FILTER (WHERE (near(small, gsadf)) IS NOT TRUE) AS small, min((g, moved, gsadf)::text)
	FILTER (WHERE (near(moved, gsadf)) IS NOT TRUE) AS moved
FROM (SELECT g, gsadf(y, at) AS gsadf, gsadf(-1024 * y, at) AS turned,
	gsadf(1e300 * y, at) AS large, gsadf(1e-290 * y, at) AS small,
		gsadf(y + 1000, at) AS moved
	FROM explosive_walk WHERE g <> 2 GROUP BY g) AS x;

-- ---------------------------------------------------------------------------
-- Rules.
-- ---------------------------------------------------------------------------

-- Too few rows: NULL.
CREATE FUNCTION every_statistic(arguments text) RETURNS text LANGUAGE sql AS
$$
	SELECT 'ARRAY[' || string_agg(format(f, arguments, 'bubble_series(y, at)'), ', ' ORDER BY i)
		|| ']'
	FROM unnest(ARRAY['adf(%1$s)', 'sadf(%1$s)', 'gsadf(%1$s)', 'adf(%1$s, 1)', 'sadf(%1$s, 5)',
		'gsadf(%1$s, 5)', 'sadf(%1$s, 6, 1)',
		'gsadf(%1$s, 6, 1)', 'gsadf(%1$s, NULL, 1)', 'adf(%2$s, NULL, 2, ''bic'')',
			'sadf(%2$s, NULL, NULL, 2, ''aic'')', 'gsadf(%2$s, 8, NULL, 2, ''aic'')'])
		WITH ORDINALITY AS u (f, i)
$$;
SELECT every_statistic('y, at') AS statistics,
	every_statistic('bubble_series(y, at)') AS statistics_of_series \gset
SELECT :statistics AS no_row FROM small WHERE false;
SELECT :statistics AS null_rows FROM (VALUES (1, NULL::date), (NULL, '2000-01-01')) AS v (y, at);
SELECT :statistics AS one_row FROM small WHERE y = 1;
SELECT n, array_positions(array_agg(s IS NOT NULL ORDER BY i), true) AS not_null, count(*) AS rows,
	min((i, s, t)::text) FILTER (WHERE s IS DISTINCT FROM t) AS as_series
FROM generate_series(3, 8) AS n,
	LATERAL (SELECT :statistics AS ss, :statistics_of_series AS ts
		FROM (SELECT date '2000-01-01' + i AS at, (i * i * 7) % 11 AS y
			FROM generate_series(1, n) AS i) AS r) AS x,
	unnest(ss, ts) WITH ORDINALITY AS u (s, t, i)
GROUP BY n ORDER BY n;
SELECT adf(NULL), adf(NULL, 1), sadf(NULL), gsadf(NULL, 5, 0), bsadf_path(NULL),
	bsadf_path(NULL, 5, 1);

-- Rows with a NULL are skipped; bsadf is NULL there.
SELECT gsadf(y, at) = gsadf(y, at) FILTER (WHERE y IS NOT NULL AND at IS NOT NULL) AS skipped
FROM (SELECT CASE WHEN i % 5 > 0 THEN y END AS y, CASE WHEN i % 7 > 0 THEN at END AS at
	FROM explosive_walk WHERE g = 1) AS x;
SELECT count(*) FILTER (WHERE y IS NULL) AS nulls, count(b)
	FILTER (WHERE y IS NULL) AS statistics_of_nulls,
	min(i) FILTER (WHERE b IS NOT NULL) AS first, min((i, b, without)::text)
		FILTER (WHERE y IS NOT NULL AND b IS DISTINCT FROM without) AS skipped
FROM (SELECT i, y, bsadf(y, 9) OVER (ORDER BY i) AS b
	FROM (SELECT i, CASE WHEN i % 5 > 0 THEN y END AS y FROM explosive_walk WHERE g = 1) AS x) AS a
	LEFT JOIN (SELECT i, bsadf(y, 9) OVER (ORDER BY i) AS without FROM explosive_walk
		WHERE g = 1 AND i % 5 > 0) AS b USING (i);

-- No statistic where nothing is left to explain: NULL, not NaN or infinity.
SELECT name, count(*) AS cases, count(s) + count(t) + count(p) + count(b) AS statistics
FROM (VALUES ('zero', 0, 0, 1), ('constant', 0.1, 0, 1), ('line', 5, 0.1, 1),
	('falling line', 1e6, -0.3, 1),
		('growth', 100, 0, 1.01), ('doubling', 1, 0, 2), ('decay', 1e5, 0, 0.9))
			AS v (name, a, b1, c),
	generate_series(0, 12) AS lags,
	LATERAL (SELECT bubble_series(a * power(c::float8, i) + b1 * i, date '2000-01-01' + i) AS series
		FROM generate_series(1, 60) AS i) AS x,
	LATERAL (SELECT adf(series, lags) AS s, gsadf(series, NULL, lags) AS t,
		bsadf_path(series, NULL, lags) AS p) AS y,
	LATERAL (SELECT max(r) AS b FROM (SELECT bsadf(u.value) OVER (ORDER BY u.at) AS r
		FROM unnest(series) AS u) AS r) AS z
GROUP BY name ORDER BY name;
-- A flat stretch has none; windows that reach further back have.
SELECT lags, string_agg((u.at::date - date '2000-01-01')::text,
	' ' ORDER BY u.at) AS rows_with_statistic
FROM generate_series(0, 1) AS lags,
	(SELECT bubble_series(CASE WHEN i < 12 THEN 7 WHEN i < 20 THEN i * i % 5 ELSE 1 END,
		date '2000-01-01' + i) AS s FROM generate_series(1, 25) AS i) AS x,
	unnest(bsadf_path(s, 6, lags)) AS u
GROUP BY lags ORDER BY lags;
-- Whatever the size of the levels.
SELECT count(u.value) > 0 AS found, count(*) AS rows, min((u.at, u.value)::text)
	FILTER (WHERE (u.value BETWEEN -1e300 AND 1e300) IS NOT TRUE) AS finite
FROM (SELECT bubble_series(sin(i * i) * power(10::float8, 300 * cos(i)), date '2000-01-01' + i) AS s
	FROM generate_series(1, 100) AS i) AS x,
	unnest(bsadf_path(s, 5)) AS u;

-- Ties in time: the larger level is the later one.
SELECT is_same(gsadf(y, tied), gsadf(y, at)) AS ordered
FROM (SELECT y, date '2000-01-01' + k AS tied, date '2000-01-01' + row_number()
	OVER (ORDER BY k, y)::int AS at
	FROM (SELECT y, i / 2 AS k FROM explosive_walk WHERE g = 1) AS x) AS x;
SELECT is_same(bsadf_path(s, 4)::text, bsadf_path(s, 4)::text::bubble_series::text) AS is_a_series
FROM (SELECT bubble_series(y, date '2000-01-01' + i / 3) AS s FROM explosive_walk WHERE g = 1) AS x;

-- bsadf ignores the frame, takes rows in the order of its window and keeps
-- to the partition.
SELECT count(*) AS rows, min((g, i, a, b, c, d)::text)
	FILTER (WHERE a IS DISTINCT FROM b OR a IS DISTINCT FROM c OR a IS DISTINCT FROM d) AS differing
FROM (SELECT g, i, bsadf(y, 9) OVER (PARTITION BY g ORDER BY i) AS a,
		bsadf(y, 9) OVER (PARTITION BY g ORDER BY i ROWS 3 PRECEDING) AS b,
		bsadf(min_window => 9, y => y) OVER (PARTITION BY g ORDER BY at RANGE BETWEEN CURRENT ROW
			AND UNBOUNDED FOLLOWING) AS c,
		bsadf(y, 9) OVER (PARTITION BY g ORDER BY -i DESC) AS d
	FROM explosive_walk) AS x;
SELECT min((g, i, a, b)::text) FILTER (WHERE a IS DISTINCT FROM b) AS differing,
	count(a) AS statistics
FROM (SELECT g, i, bsadf(y) OVER w AS a, bsadf(y, floor(45 * (0.01 + 1.8 / sqrt(45)))::int,
	0) OVER w AS b
	FROM explosive_walk WINDOW w AS (PARTITION BY g ORDER BY i)) AS x;
-- Up to each row its largest is gsadf, if the window is given.
SELECT count(*) AS rows, min((g, i, b, s)::text) FILTER (WHERE b IS DISTINCT FROM s) AS differing,
	count(b) AS statistics
FROM (SELECT g, i, max(b) OVER w AS b, gsadf(y, at, 9, 1) OVER w AS s
	FROM (SELECT g, i, at, y, bsadf(y, 9, 1) OVER (PARTITION BY g ORDER BY i) AS b
		FROM explosive_walk) AS x
	WINDOW w AS (PARTITION BY g ORDER BY i)) AS x;
SELECT count(*) AS rows, min((g, path, of_rows)::text)
	FILTER (WHERE path IS DISTINCT FROM of_rows) AS differing, sum(rows) AS statistics
FROM (SELECT g, array_agg(u.value ORDER BY u.at) AS path, count(*) AS rows
		FROM (SELECT g, bubble_series(y, at) AS s FROM explosive_walk GROUP BY g) AS x,
			unnest(bsadf_path(s, 9, 1)) AS u GROUP BY g) AS p
	JOIN (SELECT g, array_agg(b ORDER BY i) FILTER (WHERE b IS NOT NULL) AS of_rows
		FROM (SELECT g, i, bsadf(y, 9, 1) OVER (PARTITION BY g ORDER BY i) AS b FROM explosive_walk)
			AS x GROUP BY g) AS r USING (g);
-- Parameters may be columns that are the same all over a partition.
SELECT g, count(b) AS statistics
FROM (SELECT g, bsadf(y, 5 + g, g / 4) OVER (PARTITION BY g ORDER BY i) AS b
	FROM explosive_walk) AS x
GROUP BY g ORDER BY g;
SELECT bsadf(y, 4) OVER (ORDER BY i) AS all_null FROM (VALUES (NULL::float8, 1), (NULL, 2))
	AS v (y, i);
SELECT bsadf(y, 4) OVER (ORDER BY i) AS no_row FROM (VALUES (1::float8, 1)) AS v (y, i) WHERE false;

-- Bad input.
SELECT error_of(format('SELECT %s '
	'FROM (VALUES (1::float8, date ''2020-01-01'', 9, 0, 2, ''aic''), (%s)) AS v '
	'(y, d, w, l, m, c)', f, r))
FROM (VALUES
	('adf(y, d)', '''NaN'', ''2020-02-01'', 9, 0, 2, ''aic'''),
	('gsadf(y, d, w)', '''-Infinity'', ''2020-02-01'', 9, 0, 2, ''aic'''),
	('sadf(y, d)', '1, ''infinity'', 9, 0, 2, ''aic'''),
	('adf(y, d, l - 1)', '1, ''2020-02-01'', 9, 0, 2, ''aic'''),
	('adf(y, d, l + 13)', '1, ''2020-02-01'', 9, 0, 2, ''aic'''),
	('adf(y, d, l)', '1, ''2020-02-01'', 9, 1, 2, ''aic'''),
	('adf(y, d, NULL)', '1, ''2020-02-01'', 9, 0, 2, ''aic'''),
	('adf(bubble_series(y, d), NULL, NULL, ''aic'')', '1, ''2020-02-01'', 9, 0, 2, ''aic'''),
	('adf(bubble_series(y, d), NULL, 13, ''aic'')', '1, ''2020-02-01'', 9, 0, 2, ''aic'''),
	('adf(bubble_series(y, d), 0, -1, ''aic'')', '1, ''2020-02-01'', 9, 0, 2, ''aic'''),
	('adf(bubble_series(y, d), NULL, 1, ''hqic'')', '1, ''2020-02-01'', 9, 0, 2, ''aic'''),
	('adf(bubble_series(y, d), NULL, 1, NULL)', '1, ''2020-02-01'', 9, 0, 2, ''aic'''),
	('sadf(y, d, 3)', '1, ''2020-02-01'', 9, 0, 2, ''aic'''),
	('gsadf(y, d, -2147483648)', '1, ''2020-02-01'', 9, 0, 2, ''aic'''),
	('gsadf(y, d, 5, 1)', '1, ''2020-02-01'', 9, 0, 2, ''aic'''),
	('gsadf(bubble_series(y, d), 9, NULL, 3, ''aic'')', '1, ''2020-02-01'', 9, 0, 2, ''aic'''),
	('gsadf(y, d, w)', '1, ''2020-02-01'', NULL, 0, 2, ''aic'''),
	('gsadf(y, d, w, l)', '1, ''2020-02-01'', 9, NULL, 2, ''aic'''),
	('bsadf(y, w) OVER ()', '1, ''2020-02-01'', 10, 0, 2, ''aic'''),
	('bsadf(y, w) OVER ()', '1, ''2020-02-01'', NULL, 0, 2, ''aic'''),
	('bsadf(y, w, l) OVER ()', '1, ''2020-02-01'', 9, 1, 2, ''aic'''),
	('bsadf(y, w, l) OVER ()', '1, ''2020-02-01'', 9, NULL, 2, ''aic'''),
	('bsadf(y, 9, NULL) OVER ()', '1, ''2020-02-01'', 9, 0, 2, ''aic'''),
	('bsadf(y, 3) OVER ()', '1, ''2020-02-01'', 9, 0, 2, ''aic'''),
	('bsadf(y, 9, 13) OVER ()', '1, ''2020-02-01'', 9, 0, 2, ''aic'''),
	('bsadf(y) OVER ()', '''NaN'', ''2020-02-01'', 9, 0, 2, ''aic'''),
	('bsadf_path(bubble_series(y, d), 3)', '1, ''2020-02-01'', 9, 0, 2, ''aic'''),
	('bsadf_path(bubble_series(y, d), NULL, NULL)', '1, ''2020-02-01'', 9, 0, 2, ''aic'''),
	('gsadf(bubble_series(y, d), NULL, NULL)', '1, ''2020-02-01'', 9, 0, 2, ''aic'''),
	('sadf(bubble_series(y, d), 7, 2)', '1, ''2020-02-01'', 9, 0, 2, ''aic'''),
	('adf(bubble_series(y, d), NULL, 2, ''AICC'')', '1, ''2020-02-01'', 9, 0, 2, ''aic''')
) AS v (f, r);

-- ---------------------------------------------------------------------------
-- Properties.
-- ---------------------------------------------------------------------------
CREATE TABLE explosive_levels AS
SELECT g, i, CASE WHEN random() < 0.03 THEN NULL ELSE sum(random() - 0.45)
	OVER (PARTITION BY g ORDER BY i) END AS y,
	CASE WHEN random() < 0.03 THEN NULL ELSE date '2010-01-01' + (i * 9 - 40 * random())::int / 7
		* 7 END AS at,
	(8 * random())::int AS part
FROM (SELECT row_number() OVER ()::int AS g, n FROM unnest(ARRAY[1, 2, 6, 30, 100, 250]) AS n) AS x,
	generate_series(1, n) AS i;
SELECT $$ SELECT g,
	ARRAY[adf(y, at::{time} {order}), adf(y, at::{time}, 2 {order}),
		adf(bubble_series(y, at::{time} {order}), NULL, 4, 'aic')] AS adf,
	ARRAY[sadf(y, at::{time} {order}), sadf(y, at::{time}, 20 {order}),
		sadf(y, at::{time}, NULL, 1 {order}),
		sadf(bubble_series(y, at::{time} {order}), 20, NULL, 3, 'bic')] AS sadf,
	ARRAY[gsadf(y, at::{time} {order}), gsadf(y, at::{time}, 20 {order}),
		gsadf(y, at::{time}, NULL, 1 {order}),
		gsadf(bubble_series(y, at::{time} {order}), 20, NULL, 3, 'bic')] AS gsadf
	FROM {rows} GROUP BY g $$ AS query \gset
SELECT format('CREATE TABLE explosive_expected AS %s', filled(:'query', 'explosive_levels',
	'ORDER BY at, y')) \gexec
SELECT g, cardinality(array_remove(adf || sadf || gsadf, NULL)) AS statistics
FROM explosive_expected ORDER BY g;
SELECT * FROM in_every_plan('explosive_expected', 'g', 'explosive_levels', :'query', 'at, y');
SELECT form, d.* FROM (VALUES
	('series', $$ SELECT g, ARRAY[adf(s), adf(s, 2), adf(s, NULL, 4, 'aic')] AS adf,
		ARRAY[sadf(s), sadf(s, 20), sadf(s, lags => 1), sadf(s, 20, NULL, 3)] AS sadf,
		ARRAY[gsadf(s), gsadf(s, 20), gsadf(s, lags => 1),
			gsadf(s, 20, lags => NULL, max_lags => 3)] AS gsadf
		FROM (SELECT g, bubble_series(y, at) AS s FROM explosive_levels GROUP BY g) AS x $$),
	('bsadf', $$ SELECT g, e.adf, e.sadf, ARRAY[b, e.gsadf[2], e.gsadf[3], e.gsadf[4]] AS gsadf
		FROM (SELECT g, max(b) AS b
			FROM (SELECT g, bsadf(CASE WHEN at IS NOT NULL THEN y END)
				OVER (PARTITION BY g ORDER BY at, y) AS b
				FROM explosive_levels) AS r GROUP BY g) AS x
			JOIN explosive_expected AS e USING (g) $$)) AS v (form, query),
	differences('explosive_expected', 'g', query) AS d;
-- Parameters that differ between parts.
SELECT error_of_parts('SELECT g, gsadf(y, at, 20 + part % 2) FROM explosive_levels_parts '
	'GROUP BY g'),
	error_of_parts('SELECT g, sadf(y, at, 20, part % 3) FROM explosive_levels_parts GROUP BY g');

-- What would take minutes can be cancelled.
CREATE TEMP TABLE long_walk AS
SELECT i, date '2000-01-01' + i AS at, sum(random() - 0.5) OVER (ORDER BY i) AS y
FROM generate_series(1, 300000) AS i;
CREATE FUNCTION is_cancelled(statement text) RETURNS text LANGUAGE plpgsql AS
$$
DECLARE
	started timestamptz := clock_timestamp();
BEGIN
	EXECUTE statement;
	RETURN 'came to its end';
EXCEPTION WHEN query_canceled THEN
	RETURN CASE WHEN clock_timestamp() - started < interval '20 s' THEN 'soon' ELSE 'late' END;
END
$$;
SET statement_timeout = '500ms';
SELECT is_cancelled('SELECT gsadf(y, at) FROM long_walk') AS gsadf;
SELECT is_cancelled('SELECT gsadf(y, at, NULL, 12) FROM long_walk') AS with_lags;
SELECT is_cancelled('SELECT bsadf_path(bubble_series(y, at)) FROM long_walk') AS path;
SELECT is_cancelled('SELECT bsadf(y) OVER (ORDER BY i) FROM long_walk LIMIT 1') AS bsadf;
RESET statement_timeout;

DROP VIEW explosive_rows, explosive_regression;
DROP TABLE explosive_walk, explosive_naive, explosive_levels, explosive_expected,
	explosive_levels_parts, long_walk;
DROP FUNCTION near, every_statistic, is_cancelled;
