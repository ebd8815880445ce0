-- The chain ladder: Mack's figures, a twin in plain SQL, completed funding.
\getenv srcdir PG_ABS_SRCDIR
\set setup :srcdir '/setup.sql'
\i :setup
SET datestyle = ISO;
SET timezone = 'UTC';
SET jit = off;  -- compiling the twin in plain SQL takes far longer than running it

-- The triangle of Taylor and Ashe as in Mack 1993, cumulative.
CREATE TABLE taylor_ashe (i int, amounts float8[]);
INSERT INTO taylor_ashe VALUES
	(1, '{357848,1124788,1735330,2218270,2745596,3319994,3466336,3606286,3833515,3901463}'),
	(2, '{352118,1236139,2170033,3353322,3799067,4120063,4647867,4914039,5339085}'),
	(3, '{290507,1292306,2218525,3235179,3985995,4132918,4628910,4909315}'),
	(4, '{310608,1418858,2195047,3757447,4029929,4381982,4588268}'),
	(5, '{443160,1136350,2128333,2897821,3402672,3873311}'),
	(6, '{396132,1333217,2180715,2985752,3691712}'),
	(7, '{440832,1288463,2419861,3483130}'),
	(8, '{359480,1421128,2864498}'),
	(9, '{376686,1363294}'),
	(10, '{344014}');
CREATE VIEW taylor_ashe_triangle AS
SELECT array_agg(array(SELECT amounts[j] FROM generate_series(1, 10) AS j) ORDER BY i) AS triangle
FROM taylor_ashe;

SELECT round(f::numeric, 4) AS factor, s::numeric(12, 1) AS sigma_squared
FROM taylor_ashe_triangle, chain_ladder(triangle) AS c, unnest(c.factors, c.sigma_squared) AS u (f,
	s);
SELECT i, u.latest, round(u.ultimate) AS ultimate, round(u.outstanding) AS outstanding,
	round(u.error) AS standard_error
FROM taylor_ashe_triangle, chain_ladder(triangle) AS c,
	unnest(c.latest, c.ultimate, c.outstanding, c.standard_error) WITH ORDINALITY AS u (latest,
		ultimate, outstanding, error, i)
ORDER BY i;
SELECT round(total_outstanding) AS total, round(total_standard_error) AS standard_error
FROM taylor_ashe_triangle, chain_ladder(triangle);

-- The same as rounds, one for each increment, through completed_funding.
CREATE VIEW taylor_ashe_round AS
SELECT amounts[j] - coalesce(amounts[j - 1], 0) AS amount,
	(date '2020-01-31' + make_interval(months => i - 1))::date AS at,
	(date '2020-01-01' + make_interval(months => i + j - 2))::date AS reported_at
FROM taylor_ashe, generate_subscripts(amounts, 1) AS j;
SELECT period, reported, round(completed) AS completed, round(standard_error) AS standard_error
FROM (SELECT completed_funding(amount, at, reported_at, '2020-10-31') AS periods
	FROM taylor_ashe_round) AS x,
	unnest(periods);

CREATE FUNCTION periods(rows text, as_of text, kind text DEFAULT 'date') RETURNS text LANGUAGE sql
RETURN format('SELECT completed_funding(amount, at::%3$s, reported_at::%3$s, %2$L::%3$s) AS p '
	'FROM %1$s', rows, as_of, kind);
CREATE FUNCTION answer(query text) RETURNS text LANGUAGE plpgsql AS
$$
DECLARE
	result text;
BEGIN
	EXECUTE query INTO result;
	RETURN result;
END
$$;

-- Months that are not over do not count.  What was reported in the running
-- month is known of the others, but does not tell how months develop.
SELECT d, answer(periods('taylor_ashe_round', d))
	= answer(periods('taylor_ashe_round', '2020-08-31')) AS as_in_august
FROM unnest(ARRAY['2020-08-31', '2020-09-01', '2020-09-29', '2020-09-30', '2020-08-30']) AS d;
SELECT d, min((period, now.reported, known)::text)
	FILTER (WHERE now.reported IS DISTINCT FROM known) AS reported,
	min((period, now.completed, greatest(august.completed, now.reported))::text)
		FILTER (WHERE (now.completed = greatest(august.completed, now.reported))
		IS NOT TRUE) AS completed, min((period, now.standard_error, august.standard_error)::text)
		FILTER (WHERE now.standard_error IS DISTINCT FROM august.standard_error) AS error, count(*)
		FILTER (WHERE now.completed > august.completed) AS overtaken
FROM unnest('{2020-08-31,2020-09-01,2020-09-29}'::date[]) AS d,
	LATERAL (SELECT completed_funding(amount, at, reported_at, d) AS p FROM taylor_ashe_round) AS n,
		unnest(p) AS now JOIN
	(SELECT (unnest(completed_funding(amount, at, reported_at, '2020-08-31'))).*
		FROM taylor_ashe_round) AS august USING (period),
	LATERAL (SELECT sum(amount) AS known FROM taylor_ashe_round WHERE date_trunc('month', at)
		= period AND reported_at <= d) AS k
GROUP BY d ORDER BY d;
CREATE TABLE late_round (amount float8, at date, reported_at date);
INSERT INTO late_round VALUES (100, '2020-01-10', '2020-01-20'), (900, '2020-01-15', '2020-03-15'),
	(50, '2020-02-10', '2020-02-10'), (7, '2020-03-02', '2020-03-02'),
	(20, '2019-12-01', '2020-03-30');
-- By hand: 100 known in January, 900 more on 15 March; nothing reported later.
SELECT as_of, answer(periods('late_round', as_of)) AS date,
	count(*) AS rows, min((kind, answer(periods('late_round', as_of, kind)),
		answer(periods('late_round', as_of)))::text)
		FILTER (WHERE as_of NOT IN ('2020-02-29', '2020-03-31')
		AND (answer(periods('late_round', as_of, kind))
		= answer(periods('late_round', as_of))) IS NOT TRUE) AS timestamptz
FROM unnest(ARRAY['2020-02-29', '2020-03-14', '2020-03-15', '2020-03-29', '2020-03-30',
	'2020-03-31']) AS as_of, unnest(ARRAY['date', 'timestamptz']) AS kind GROUP BY as_of
	ORDER BY as_of;
SELECT answer(periods('taylor_ashe_round', '2020-06-30')) =
	answer(periods('(SELECT * FROM taylor_ashe_round WHERE reported_at < ''2020-07-01'' AND at '
		'< ''2020-07-01'') AS known', '2020-06-30'))
	AS no_look_ahead,
	answer(periods('taylor_ashe_round', '2020-02-28')) AS february_of_a_leap_year,
	answer(periods('taylor_ashe_round', '2019-12-31')) AS too_early;
-- A timestamptz of a month's end is still in that month.
SELECT answer(periods('taylor_ashe_round', '2020-11-01 00:00', 'timestamptz'))
	= answer(periods('taylor_ashe_round', '2020-10-31')) AS midnight,
	answer(periods('taylor_ashe_round', '2020-10-31 23:59:59', 'timestamptz'))
		= answer(periods('taylor_ashe_round', '2020-10-30')) AS a_second_before;
SET timezone = 'Pacific/Auckland';
SELECT answer(periods('taylor_ashe_round', '2020-11-01 00:00', 'timestamptz'))
	= answer(periods('taylor_ashe_round', '2020-10-31')) AS midnight,
	answer(periods('taylor_ashe_round', '2020-11-01 00:00Z', 'timestamptz'))
		= answer(periods('taylor_ashe_round', '2020-10-31')) AS in_london,
	answer(periods('taylor_ashe_round', '2020-10-31 10:59Z', 'timestamptz'))
		= answer(periods('taylor_ashe_round', '2020-10-30')) AS a_minute_before;
RESET timezone;

-- A report from before the round counts from the round on; a month without
-- rounds is there; rounds all reported at once are complete.
SELECT unnest(completed_funding(a, d, r, '2020-05-15'))
FROM (VALUES (1.5, date '2020-01-10', date '2020-01-20'), (2, '2020-01-31', '2019-11-05'),
	(4, '2020-04-01', '2020-04-30'), (8, '2020-05-01', '2020-04-01'),
		(16, '2020-04-01', '2020-05-01')) AS v (a, d, r);
SELECT unnest(completed_funding(a, d, d + 3, '0003-01-31 BC'))
FROM (VALUES (5, date '0004-12-03 BC'), (7, '0003-01-01 BC')) AS v (a, d);
-- A factor that is not known: nothing was ever reported in the first month.
SELECT unnest(completed_funding(a, d, r, '2020-03-31'))
FROM (VALUES (1, date '2020-01-10', date '2020-02-10'), (2, '2020-02-10', '2020-03-10'),
	(3, '2020-03-10', '2020-03-10')) AS v (a, d, r);

-- Small triangles.
SELECT chain_ladder('{{1}}'), chain_ladder('{{1},{2}}') AS one_column;
SELECT (c).factors, (c).ultimate, (c).standard_error, (c).total_standard_error
FROM (VALUES (chain_ladder('{{1,2}}')), (chain_ladder('{{1,2},{3,NULL}}')),
	(chain_ladder('{{1,2},{2,5},{3,NULL}}')),
	(chain_ladder('{{0,0},{0,5},{3,NULL},{0,NULL}}')), (chain_ladder('{{0,0},{1,0},{3,NULL}}')),
		(chain_ladder('[7:9][0:1]={{1,2},{2,4},{3,NULL}}')),
	(chain_ladder('{{5,5,5},{5,5,NULL},{5,NULL,NULL}}')),
		(chain_ladder('{{1,NULL},{2,NULL},{1,3}}'))) AS v (c);
SELECT chain_ladder(NULL) IS NULL AS null_triangle;

-- Bad input.
SELECT error_of(format('SELECT chain_ladder(%L)', t))
FROM unnest(ARRAY['{}', '{1,2}', '{{{1}}}', '{{NULL,1}}', '{{1,NULL,2}}', '{{1,2},{NULL,NULL}}',
	'{{1,NULL},{2,NULL}}',
	'{{1,-2}}', '{{1,NaN}}', '{{1,Infinity}}', '{{1e-300,1e300},{1e300,NULL}}']) AS t;
SELECT error_of(format('SELECT completed_funding(a, d, r, o) '
	'FROM (VALUES (1::float8, date ''2020-01-01'', date ''2020-01-01'', date ''2021-01-01''), '
	'(%s)) AS v (a, d, r, o)', r))
FROM unnest(ARRAY['-1, ''2020-01-01'', ''2020-01-01'', ''2021-01-01''',
	'1, ''infinity'', ''2020-01-01'', ''2021-01-01''',
	'1, ''2020-01-01'', ''-infinity'', ''2021-01-01''', '1, ''2020-01-01'', ''2020-01-01'', NULL',
	'1, ''2020-01-01'', ''2020-01-01'', ''2021-01-02''',
		'1, ''2020-01-01'', ''2020-01-01'', ''infinity''',
	'1, ''1000-01-01'', ''2020-01-01'', ''2021-01-01''',
		'1e308, ''2020-01-01'', ''2020-01-01'', ''2021-01-01''), '
		'(1e308, ''2020-01-01'', ''2020-01-01'', ''2021-01-01''']) AS r;

-- No usable row.
SELECT completed_funding(amount, at, reported_at, '2020-10-31') FROM taylor_ashe_round WHERE false;
SELECT completed_funding(a, d, r, '2021-01-31')
FROM (VALUES (NULL, date '2020-01-10', date '2020-02-10'), (2, NULL, '2020-03-10'),
	(3, '2020-03-10', NULL)) AS v (a, d, r);

-- ---------------------------------------------------------------------------
-- Properties.
-- ---------------------------------------------------------------------------

-- A twin of the whole in plain SQL, on random trapezoids whose rows end
-- anywhere: factors, variances, ultimates and errors by their definitions.
CREATE FUNCTION naive_ladder(triangle float8[]) RETURNS TABLE (i int, ultimate float8, error float8,
	total_error float8)
LANGUAGE sql AS
$$
	WITH RECURSIVE cell AS (
		SELECT i, j, triangle[i][j] AS c FROM generate_subscripts(triangle, 1) AS i,
			generate_subscripts(triangle, 2) AS j
		WHERE triangle[i][j] IS NOT NULL),
	pair AS (SELECT a.i, a.j, a.c, b.c AS next FROM cell AS a JOIN cell AS b ON b.i = a.i
		AND b.j = a.j + 1),
	factor AS (SELECT j, sum(next) / sum(c) AS f, sum(c) AS s FROM pair GROUP BY j),
	estimated AS (SELECT j, f, s, (SELECT sum(c * (next / c - f) ^ 2) / nullif(count(*) - 1, 0)
		FROM pair AS p WHERE p.j = factor.j) AS v
		FROM factor),
	variance AS (
		SELECT j, f, s, v, NULL::float8 AS v1, NULL::float8 AS v2 FROM estimated WHERE j = 1
		UNION ALL
		SELECT e.j, e.f, e.s, coalesce(e.v, least(w.v ^ 2 / w.v1, w.v1, w.v)), w.v, w.v1
		FROM variance AS w JOIN estimated AS e ON e.j = w.j + 1),
	latest AS (SELECT DISTINCT ON (i) i, j AS last, c FROM cell ORDER BY i, j DESC),
	projected AS (
		SELECT i, last, last AS j, c FROM latest
		UNION ALL
		SELECT p.i, p.last, p.j + 1, p.c * f FROM projected AS p JOIN factor USING (j)),
	final AS (SELECT DISTINCT ON (i) i, last, c AS u FROM projected ORDER BY i, j DESC),
	single AS (
		SELECT i, u, last, u ^ 2 * coalesce(sum(v / f ^ 2 * (1 / p.c + 1 / s)), 0) AS mse
		FROM final JOIN projected AS p USING (i, last) LEFT JOIN variance USING (j) GROUP BY i, u,
			last),
	covariance AS (
		SELECT 2 * a.u * b.u * sum(v / f ^ 2 / s) AS twice
		FROM final AS a JOIN final AS b ON a.i < b.i JOIN variance ON j >= greatest(a.last, b.last)
		GROUP BY a.i, b.i, a.u, b.u)
	SELECT i, u, sqrt(mse),
		sqrt((SELECT sum(mse) FROM single) + coalesce((SELECT sum(twice) FROM covariance), 0))
	FROM single
$$;
SELECT setseed(0.3);
CREATE TABLE trapezoid AS
SELECT g, array_agg(amounts ORDER BY i) AS triangle
FROM (SELECT g, i, array_agg(CASE WHEN j <= last THEN c END ORDER BY j) AS amounts
	FROM (SELECT g, i, j, last, sum(exp(3 * random() - j)) OVER (PARTITION BY g, i ORDER BY j) AS c
		FROM (SELECT g, i, columns, CASE WHEN i <= 3 THEN columns
			ELSE 1 + (random() * (columns - 1))::int END AS last
			FROM (SELECT g, 3 + (random() * 12)::int AS rows, 1 + (random() * 7)::int AS columns
				FROM generate_series(1, 200) AS g) AS x,
				generate_series(1, rows) AS i) AS y,
			generate_series(1, columns) AS j) AS z
	GROUP BY g, i) AS r
GROUP BY g;
INSERT INTO trapezoid SELECT 0, triangle FROM taylor_ashe_triangle;
SELECT count(*) AS rows,
	min((g, i, c.ultimate[n.i], n.ultimate)::text)
		FILTER (WHERE NOT abs(c.ultimate[n.i] / n.ultimate - 1) < 1e-9) AS ultimates_differ,
	min((g, i, c.standard_error[n.i], n.error)::text)
		FILTER (WHERE NOT abs(c.standard_error[n.i] - n.error) <= 1e-9 * n.error) AS errors_differ,
	min((g, c.total_standard_error, n.total_error)::text)
		FILTER (WHERE NOT abs(c.total_standard_error - n.total_error) <= 1e-9
		* n.total_error) AS totals_differ
FROM trapezoid, chain_ladder(triangle) AS c, naive_ladder(triangle) AS n;

-- completed_funding is the chain ladder of the monthly triangle.
CREATE TABLE completion_rows AS
SELECT g, i, CASE WHEN random() < 0.03 THEN NULL ELSE (1000 * exp(3 * random()))::int
	/ 8.0::float8 END AS amount,
	CASE WHEN random() < 0.03 THEN NULL ELSE at END AS at,
	CASE WHEN random() < 0.03 THEN NULL
		ELSE at + (-10 + 200 * random() ^ 3)::int END AS reported_at,
	(8 * random())::int AS part
FROM (SELECT g, i, date '2018-01-01' + (700 * random())::int AS at
	FROM (VALUES (1, 1), (2, 5), (3, 50), (4, 400)) AS v (g, n), generate_series(1, n) AS i) AS x;

CREATE FUNCTION naive_triangle(amounts float8[], months int[], lags int[], n int) RETURNS float8[]
	LANGUAGE sql AS
$$
	SELECT array_agg(r ORDER BY m)
	FROM (SELECT m, array_agg(CASE WHEN m + l < n THEN
			(SELECT coalesce(sum(a), 0) FROM unnest(amounts, months, lags) AS u (a, um, ul)
				WHERE um = m AND ul <= l) END ORDER BY l) AS r
		FROM generate_series((SELECT min(x) FROM unnest(months) AS x), n - 1) AS m,
			generate_series(0, (SELECT max(x) FROM unnest(lags) AS x)) AS l
		GROUP BY m) AS rows
$$;
-- What was reported from the first of the running month on is only added.
CREATE TABLE completion_expected AS
SELECT g, array_agg(ROW((date '2018-01-01' + make_interval(months => m))::date, reported, CASE
	WHEN m >= first THEN greatest(ultimate, CASE WHEN ultimate IS NOT NULL THEN reported END)
	ELSE reported END,
	CASE WHEN m >= first THEN error ELSE 0 END)::completed_period ORDER BY m) AS p
FROM (SELECT g, min(m) FILTER (WHERE r < 22) AS first, min(m) AS first_reported,
	array_agg(amount) AS amounts, array_agg(m) AS months,
		chain_ladder(naive_triangle(array_agg(amount) FILTER (WHERE r < 22), array_agg(m)
			FILTER (WHERE r < 22), array_agg(greatest(r - m, 0)) FILTER (WHERE r < 22), 22)) AS c
	FROM (SELECT *, (extract(year FROM at) * 12 + extract(month FROM at))::int - 2018 * 12 - 1 AS m,
			(extract(year FROM reported_at) * 12 + extract(month FROM reported_at))::int - 2018 * 12
				- 1 AS r
		FROM completion_rows) AS x
	WHERE m < 22 AND reported_at <= '2019-11-20' AND amount IS NOT NULL GROUP BY g) AS y,
	generate_series(first_reported, 21) AS m,
	LATERAL (SELECT (c).ultimate[m - first + 1] AS ultimate,
		(c).standard_error[m - first + 1] AS error) AS e,
	LATERAL (SELECT coalesce(sum(a), 0) AS reported FROM unnest(amounts, months) AS u (a, um)
		WHERE um = m) AS n
GROUP BY g;
SELECT g, cardinality(p) AS months FROM completion_expected ORDER BY g;

SELECT * FROM in_every_plan('completion_expected', 'g', 'completion_rows', $$
	SELECT g, completed_funding(amount, at::{time}, reported_at::{time}, '2019-11-20' {order}) AS p
	FROM {rows} GROUP BY g $$, 'at');

DROP VIEW taylor_ashe_triangle, taylor_ashe_round;
DROP TABLE taylor_ashe, late_round, trapezoid, completion_rows, completion_expected,
	completion_rows_parts;
DROP FUNCTION periods, answer, naive_ladder, naive_triangle;

-- A triangle has a million cells at most.
SELECT error_of('SELECT chain_ladder(array_fill(1, ARRAY[1001, 1000]))');
SELECT (chain_ladder(array_fill(1, ARRAY[1000, 1000]))).total_outstanding AS million;
