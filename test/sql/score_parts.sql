-- The score taken apart: ciss, minimum history, contributions, sensitivity.
\getenv srcdir PG_ABS_SRCDIR
\set setup :srcdir '/setup.sql'
\i :setup
SET jit = off;

SELECT setseed(0.31);
CREATE TABLE stress AS
SELECT g, i, ARRAY[c + 0.5 * random(), 2 * c + random(), CASE WHEN random() < 0.15 THEN NULL
	ELSE random() END, i * 0.01 + random()] AS a
FROM generate_series(1, 3) AS g, generate_series(1, 120) AS i,
	LATERAL (SELECT sin(i * 0.3 * g) AS c) AS x;
CREATE TABLE aggregations (m int, name text, agg text);
INSERT INTO aggregations VALUES (1, 'percentile', 'arithmetic'), (2, 'minmax', 'geometric'),
	(3, 'zscore', 'harmonic'), (4, 'robust', 'median'),
	(5, 'percentile', 'minimum'), (6, 'percentile', 'maximum'), (7, 'percentile', 'ciss'),
		(8, 'zscore', 'ciss');

-- ---- ciss ----

-- By hand: two indicators that move as one have the square of the mean score,
-- and two that move against each other less. The first row stands at 50.
SELECT i, bubble_score(ARRAY[i, 2 * i], NULL, 'percentile', 'ciss', 1) OVER w AS alike,
	bubble_score(ARRAY[i, -i], NULL, 'percentile', 'ciss', 1) OVER w AS against,
	bubble_score(ARRAY[i, -i], '{1,-1}', 'percentile', 'ciss', 1) OVER w AS turned,
		bubble_score(ARRAY[i, NULL], '{3,1}', 'percentile', 'ciss', 1) OVER w AS one
FROM generate_series(1, 3) AS i WINDOW w AS (ORDER BY i);
-- The naive way: components row by row, correlations as sums over all rows
-- before, lambda to the power of their age.
CREATE FUNCTION naive_ciss(weights float8[], method text) RETURNS TABLE (g int, i int, ciss float8)
	LANGUAGE plpgsql AS
$$
BEGIN
	RETURN QUERY EXECUTE format(
		'WITH c AS (SELECT g, i, bubble_components(a, %1$L, %2$L, NULL, 1) OVER (PARTITION BY g '
		'ORDER BY i) AS c FROM stress WHERE i <= 50),
		d AS (SELECT g, i, k, c[k] AS s, coalesce(c[k] - 50, 0) AS d, abs((%1$L::float8[])[k]) AS '
			'w FROM c, generate_series(1, 4) AS k),
		m AS (SELECT n.g, n.i, a.k AS j, b.k AS k, '
			'sum(power(0.93::float8, n.i - a.i) * a.d * b.d) AS m
			FROM c AS n JOIN d AS a ON a.g = n.g AND a.i <= n.i JOIN d AS b ON b.g = a.g AND b.i '
				'= a.i GROUP BY 1, 2, 3, 4),
		r AS (SELECT x.g, x.i, x.j, x.k, CASE WHEN x.j = x.k THEN 1 WHEN y.m > 0 AND z.m > 0 THEN '
			'x.m / sqrt(y.m) / sqrt(z.m) ELSE 0 END AS r
			FROM m AS x JOIN m AS y ON (y.g, y.i, y.j, y.k) = (x.g, x.i, x.j, x.j) '
				'JOIN m AS z ON (z.g, z.i, z.j, z.k) = (x.g, x.i, x.k, x.k))
		SELECT r.g, r.i, sum(p.w * p.s * q.w * q.s * r.r) / 100 / t.w ^ 2
		FROM r JOIN d AS p ON (p.g, p.i, p.k) = (r.g, r.i, r.j) JOIN d AS q ON (q.g, q.i, q.k) = '
			'(r.g, r.i, r.k),
			LATERAL (SELECT sum(o.w) AS w FROM d AS o WHERE o.g = r.g AND o.i = r.i AND o.s IS '
				'NOT NULL) AS t
		GROUP BY r.g, r.i, t.w', weights, method);
END
$$;
SELECT method, count(*) AS rows, min((g, i, ciss, score)::text)
	FILTER (WHERE (abs(ciss - score) < 1e-9) IS NOT TRUE) AS differing, min((g, i, score)::text)
	FILTER (WHERE (score BETWEEN 0 AND 100) IS NOT TRUE) AS within, min((g, i, score, mean)::text)
	FILTER (WHERE (score <= mean * mean / 100 + 1e-9) IS NOT TRUE) AS at_most_square_of_mean
FROM unnest(ARRAY['percentile', 'zscore']) AS method,
	LATERAL (SELECT g, i, bubble_score(a, '{2,-1,1,1}', method, 'ciss', 1) OVER w AS score,
		bubble_score(a, '{2,-1,1,1}', method, NULL, 1) OVER w AS mean FROM stress
		WINDOW w AS (PARTITION BY g ORDER BY i)) AS s
	JOIN LATERAL naive_ciss('{2,-1,1,1}', method) AS n USING (g, i)
GROUP BY method;
-- In a moving frame each row stands in the frame up to it, so the frame is
-- followed from its first row: as a query per row would.
SELECT count(*) AS frames, min((g, i, s, alone)::text)
	FILTER (WHERE s IS DISTINCT FROM alone) AS differing
FROM (SELECT g, i, bubble_score(a, NULL, 'robust', 'ciss', 1)
	OVER (PARTITION BY g ORDER BY i ROWS 9 PRECEDING) AS s FROM stress) AS x,
	LATERAL (SELECT bubble_score(o.a, NULL, 'robust', 'ciss', 1 ORDER BY o.i) AS alone
		FROM stress AS o WHERE o.g = x.g AND o.i BETWEEN x.i - 9 AND x.i) AS y;
SELECT error_of('SELECT composite(''{1,2}'', NULL, ''ciss'')');

-- ---- minimum history ----

SELECT i, a, bubble_components(a, NULL, 'percentile', 'arithmetic', 3) OVER w AS components,
	bubble_score(a, NULL, 'percentile', 'arithmetic', 3) OVER w AS score,
	bubble_score(a, '{1,3}', 'percentile', 'arithmetic', 3) OVER w AS weighted,
		bubble_score(a, NULL, 'percentile', 'arithmetic', 3) OVER (w ROWS 2 PRECEDING) AS moving
FROM (VALUES (1, '{1,NULL}'::float8[]), (2, '{2,3}'), (3, '{3,4}'), (4, '{1,5}'), (5, '{0,6}'))
	AS v (i, a) WINDOW w AS (ORDER BY i);
SELECT count(*) AS rows, min((m, g, i, s, f)::text)
	FILTER (WHERE s IS DISTINCT FROM f) AS twenty_is_the_default
FROM (SELECT m, g, i, bubble_score(a, NULL, name, agg) OVER w AS s,
	bubble_score(a, NULL, name, agg, 20) OVER w AS f FROM stress, aggregations
	WINDOW w AS (PARTITION BY m, g ORDER BY i)) AS x;

-- ---- contributions ----

-- By hand: 20 and 60 with weights 1 and 3. Minimum: 20 joins first for 20 or
-- takes 60 to 20, so (20 - 40) / 2 = -10 and (60 + 0) / 2 = 30.
CREATE TABLE twenty_sixty AS
SELECT i, ARRAY[CASE WHEN i = 6 THEN 1.5 ELSE i END, CASE WHEN i = 6 THEN 3.5 ELSE i END] AS a
FROM generate_series(1, 6) AS i;
SELECT agg, bubble_components(a, NULL, NULL, NULL, 1 ORDER BY i) AS components,
	bubble_contributions(a, '{1,3}', 'percentile', agg, 1 ORDER BY i) AS contributions,
	bubble_score(a, '{1,3}', 'percentile', agg, 1 ORDER BY i) AS score
FROM twenty_sixty, unnest(ARRAY['arithmetic', 'minimum', 'maximum', 'median']) AS agg GROUP BY agg
	ORDER BY agg;
-- They add up to the score, are NULL where the indicator is, and 0 without
-- weight; equal indicators get equal parts.
SELECT agg, name, count(c) > 300 AS many, count(*) AS rows, min((g, i, s, c)::text)
	FILTER (WHERE ((s IS NULL) = (c IS NULL) AND abs((SELECT sum(x) FROM unnest(c) AS x) - s)
	< 1e-9) IS NOT TRUE) AS adds_up,
	min((g, i, c, a)::text) FILTER (WHERE ((c[3] IS NULL) = (a[3] IS NULL))
		IS NOT TRUE) AS null_where_unknown, min((g, i, c)::text)
		FILTER (WHERE c[2] IS DISTINCT FROM 0) AS nothing_without_weight, min((g, i, e)::text)
		FILTER (WHERE (abs(e[1] - e[2]) < 1e-9) IS NOT TRUE) AS equal_parts
FROM (SELECT g, i, a, name, agg, bubble_score(a, '{1,0,2,-3}', name, agg, 1) OVER w AS s,
	bubble_contributions(a, '{1,0,2,-3}', name, agg, 1) OVER w AS c,
		bubble_contributions(ARRAY[a[1], a[1], a[2], a[4]], NULL, name, agg, 1) OVER w AS e
	FROM stress, aggregations WINDOW w AS (PARTITION BY m, g ORDER BY i)) AS x GROUP BY agg, name
		ORDER BY agg, name;
-- The naive way: mean over all orders of four indicators.
CREATE FUNCTION naive_shapley(scores float8[], weights float8[], agg text, k int) RETURNS float8
	LANGUAGE sql AS
$$
	SELECT avg(coalesce(composite(before || scores[k], before_weights || weights[k], agg), 0)
		- coalesce(composite(before, before_weights, agg), 0))
	FROM (SELECT ARRAY[p, q, r, s] AS o FROM generate_series(1, 4) AS p, generate_series(1, 4) AS q,
		generate_series(1, 4) AS r, generate_series(1, 4) AS s
		WHERE p <> q AND p <> r AND p <> s AND q <> r AND q <> s AND r <> s) AS orders,
		LATERAL (SELECT coalesce(array_agg(scores[x] ORDER BY n), '{}') AS before,
			coalesce(array_agg(weights[x] ORDER BY n), '{}') AS before_weights
			FROM unnest(o) WITH ORDINALITY AS u (x, n) WHERE n < array_position(o, k)) AS b
$$;
SELECT agg, count(*) AS rows, min((i, k, c[k], n)::text)
	FILTER (WHERE (abs(c[k] - n) < 1e-9) IS NOT TRUE) AS shapley
FROM (SELECT i, agg, bubble_contributions(ARRAY[a[1], a[2], i % 7, a[4]], '{1,2,3,4}', 'minmax',
	agg, 1) OVER w AS c, bubble_components(ARRAY[a[1], a[2], i % 7, a[4]], NULL, 'minmax', NULL,
	1) OVER w AS s
	FROM stress, unnest(ARRAY['geometric', 'harmonic', 'minimum', 'maximum', 'median']) AS agg
	WHERE g = 1 WINDOW w AS (PARTITION BY agg ORDER BY i)) AS x,
	generate_series(1, 4) AS k, LATERAL naive_shapley(s, '{1,2,3,4}', agg, k) AS n
WHERE i % 10 = 5 GROUP BY agg ORDER BY agg;
SELECT count(*) AS rows, min((g, i, a, d, b, c, e)::text)
	FILTER (WHERE (a IS NOT DISTINCT FROM d AND b IS NOT DISTINCT FROM d
	AND c IS NOT DISTINCT FROM d AND e IS NOT DISTINCT FROM d) IS NOT TRUE) AS shorter_forms
FROM (SELECT g, i, bubble_contributions(a) OVER w AS a, bubble_contributions(a, NULL) OVER w AS b,
	bubble_contributions(a, '{2,2,2,2}', 'percentile') OVER w AS c,
		bubble_contributions(a, NULL, NULL, 'arithmetic') OVER w AS d,
			bubble_contributions(a, NULL, 'percentile', 'arithmetic', 20) OVER w AS e
	FROM stress WINDOW w AS (PARTITION BY g ORDER BY i ROWS 30 PRECEDING)) AS x;
SELECT cardinality(bubble_contributions(array_fill(i, ARRAY[16]), NULL, 'minmax', 'median',
	1 ORDER BY i)) AS sixteen,
	cardinality(bubble_contributions(array_fill(i, ARRAY[300]), NULL, NULL, NULL,
		1 ORDER BY i)) AS many FROM generate_series(1, 3) AS i;

-- ---- sensitivity ----

SELECT count(*) AS rows, min((m, g, i, r, s)::text)
	FILTER (WHERE (r).score IS DISTINCT FROM s) AS score, min((m, g, i, r, s)::text)
	FILTER (WHERE ((r).low <= (r).weights_low AND (r).weights_low <= (r).weights_high
	AND (r).weights_high <= (r).high AND s BETWEEN (r).low AND (r).high) IS NOT TRUE) AS interval,
	min((m, g, i, r, s)::text)
		FILTER (WHERE ((r).low = least(s, (r).weights_low,
		(SELECT min(x) FROM unnest((r).left_out) AS x)) AND (r).high = greatest(s, (r).weights_high,
		(SELECT max(x) FROM unnest((r).left_out) AS x))) IS NOT TRUE) AS of_its_parts,
	min((m, g, i, r, a)::text) FILTER (WHERE (((r).left_out[3] IS NULL) = (a[3] IS NULL))
		IS NOT TRUE) AS null_where_unknown, count(*) AS rows
FROM (SELECT m, g, i, a, bubble_score(a, '{1,2,1,-1}', name, agg, 1) OVER w AS s,
	score_sensitivity(a, '{1,2,1,-1}', name, agg, 1, NULL, NULL, NULL) OVER w AS r FROM stress,
	aggregations WINDOW w AS (PARTITION BY m, g ORDER BY i)) AS x
WHERE s IS NOT NULL;
-- Leaving one out is the score without it.
SELECT count(*) AS rows, min((m, g, i, r, o)::text) FILTER (WHERE (abs((r).left_out[1] - o) < 1e-9)
	IS NOT TRUE) AS left_out
FROM (SELECT m, g, i, score_sensitivity(a, '{3,2,1,1}', name, agg, 1, NULL, NULL, NULL) OVER w AS r,
	bubble_score(a, '{0,2,1,1}', name, agg, 1) OVER w AS o FROM stress, aggregations
	WINDOW w AS (PARTITION BY m, g ORDER BY i)) AS x;
-- The naive way: quantiles over weights that random() perturbs.
SELECT count(*) AS rows, min((i, r, low, high)::text)
	FILTER (WHERE (abs((r).weights_low - low) < 0.5 AND abs((r).weights_high - high) < 0.5)
	IS NOT TRUE) AS quantiles, min((i, n, r)::text)
	FILTER (WHERE ((n).weights_low = (r).score AND (n).weights_high = (r).score)
	IS NOT TRUE) AS no_perturbation
FROM (SELECT i, score_sensitivity(a, '{1,2,1,1}', 'percentile', 'arithmetic', 1, 0.5, 2000,
	5) OVER w AS r, bubble_components(a, NULL, NULL, NULL, 1) OVER w AS c,
		score_sensitivity(a, '{1,2,1,1}', 'percentile', 'arithmetic', 1, 0, 3, 5) OVER w AS n
	FROM stress WHERE g = 2 WINDOW w AS (ORDER BY i)) AS x,
	LATERAL (SELECT percentile_cont(0.05) WITHIN GROUP (ORDER BY s) AS low,
		percentile_cont(0.95) WITHIN GROUP (ORDER BY s) AS high
		FROM (SELECT composite(c, ARRAY[0.5 + random(), 2 * (0.5 + random()), 0.5 + random(),
			0.5 + random() + 0 * k]) AS s FROM generate_series(1, 2000) AS k) AS d) AS q
WHERE i % 17 = 3;
SELECT count(*) AS rows, min((i, a, b)::text) FILTER (WHERE a IS DISTINCT FROM b) AS same_seed,
	bool_or(a <> c) AS other_seed, min((i, d, n, e)::text)
	FILTER (WHERE (d IS NOT DISTINCT FROM e AND n IS NOT DISTINCT FROM e)
	IS NOT TRUE) AS shorter_forms, count(e) AS rows
FROM (SELECT i, score_sensitivity(a, NULL, 'zscore', 'geometric', 5, 0.3, 50, 7) OVER w AS a,
	score_sensitivity(a, NULL, 'zscore', 'geometric', 5, 0.3, 50, 7) OVER w AS b,
		score_sensitivity(a, NULL, 'zscore', 'geometric', 5, 0.3, 50, -8) OVER w AS c,
			score_sensitivity(a) OVER w AS d, score_sensitivity(a, NULL, 'percentile', 'arithmetic',
			20, 0.25, 999, 1) OVER w AS e,
		score_sensitivity(a, NULL, NULL, NULL, NULL, NULL, NULL, NULL) OVER w AS n
	FROM stress WHERE g = 1 WINDOW w AS (ORDER BY i ROWS 40 PRECEDING)) AS x;
-- What a shorter form leaves out is what NULL stands for.
SELECT DISTINCT w IS NOT DISTINCT FROM f AS weights, m IS NOT DISTINCT FROM f AS method,
	a IS NOT DISTINCT FROM f AS aggregation, h IS NOT DISTINCT FROM f AS min_history,
	p IS NOT DISTINCT FROM f AS perturbation, r IS NOT DISTINCT FROM f AS replications
FROM (SELECT score_sensitivity(a, NULL) OVER w AS w, score_sensitivity(a, NULL, NULL) OVER w AS m,
	score_sensitivity(a, NULL, 'percentile', NULL) OVER w AS a,
		score_sensitivity(a, NULL, NULL, 'Arithmetic', 20) OVER w AS h,
			score_sensitivity(a, NULL, NULL, NULL, NULL, 0.25) OVER w AS p,
		score_sensitivity(a, NULL, NULL, NULL, NULL, NULL, 999) OVER w AS r,
			score_sensitivity(a) OVER w AS f
	FROM stress WHERE g = 1 WINDOW w AS (ORDER BY i)) AS x;
SELECT score_sensitivity(ARRAY[i], NULL, NULL, NULL, 1, NULL, NULL, NULL) AS one_indicator
FROM generate_series(1, 5) AS i;
SELECT score_sensitivity(a, NULL, NULL, NULL, 1, NULL, NULL, NULL) FROM stress WHERE false;

-- ---- no look-ahead ----

-- What comes later never changes what was said: at random rows, with random
-- values behind them.
SELECT count(*) AS trials, min((i, m, said, says)::text)
	FILTER (WHERE said IS DISTINCT FROM says) AS no_look_ahead
FROM (SELECT i, m, ROW(bubble_score(a, NULL, name, agg, 5) OVER w,
	bubble_components(a, NULL, name, agg, 1) OVER w, bubble_contributions(a, NULL, name, agg,
	1) OVER w, score_sensitivity(a, NULL, name, agg, 1, 0.3, 9, 1) OVER w)::text AS said
	FROM stress, aggregations WHERE g = 3 WINDOW w AS (PARTITION BY m ORDER BY i)) AS before,
	LATERAL (SELECT 20 + 25 * k AS cut FROM generate_series(0, 3) AS k) AS cuts,
	LATERAL (SELECT says
		FROM (SELECT o.i, ROW(bubble_score(b, NULL, name, agg, 5) OVER w,
		bubble_components(b, NULL, name, agg, 1) OVER w, bubble_contributions(b, NULL, name, agg,
		1) OVER w, score_sensitivity(b, NULL, name, agg, 1, 0.3, 9, 1) OVER w)::text AS says
		FROM aggregations AS x, stress AS o, LATERAL (SELECT CASE WHEN o.i <= cut THEN o.a
			ELSE ARRAY[1000 * random(), NULL, -random(), 1e9] END AS b) AS y
		WHERE g = 3 AND x.m = before.m WINDOW w AS (ORDER BY o.i)) AS z
			WHERE z.i = before.i) AS after
WHERE i = cut;

SELECT error_of(format('SELECT %s FROM stress', q))
FROM unnest(ARRAY['bubble_score(a, NULL, ''percentile'', ''arithmetic'', 0)',
	'bubble_score(a, NULL, ''percentile'', ''arithmetic'', NULL)',
	'bubble_components(a, NULL, ''percentile'', ''arithmetic'', i)',
		'bubble_contributions(array_fill(i, ARRAY[17]), NULL, ''minmax'', ''median'', 1)',
		'bubble_contributions(a, ''{1}'', NULL, NULL, 1)',
	'score_sensitivity(a, NULL, ''percentile'', ''arithmetic'', 1, 0.2, 0, 1)',
		'score_sensitivity(a, NULL, ''percentile'', ''arithmetic'', 1, 0.2, 100001, 1)',
		'score_sensitivity(a, NULL, ''percentile'', ''arithmetic'', 1, 0.2, 9, NULL)',
	'score_sensitivity(a, NULL, ''percentile'', ''arithmetic'', 1, 1, 9, 1)',
		'score_sensitivity(a, NULL, ''percentile'', ''arithmetic'', 1, ''NaN'', 9, 1)',
		'score_sensitivity(a, NULL, ''percentile'', ''arithmetic'', 1, 0.2, 9, i)',
	'score_sensitivity(a, NULL, ''percentile'', ''arithmetic'', 1, NULL, 9, 1)',
		'score_sensitivity(a, NULL, ''percentile'', ''arithmetic'', 1, 0.1, 5 + g, 1)']) AS q;

-- An indicator without weight adds 0, known or not; one that is unknown, with
-- weight, adds NULL. Left out, it leaves the score as it is.
SELECT agg, bubble_contributions(a, '{1,0,0,0}', 'minmax', agg, 1 ORDER BY i) AS contributions,
	bubble_contributions(a, '{1,0,0,0.1}', 'minmax', agg, 1 ORDER BY i) AS unknown,
	(score_sensitivity(a, '{1,0,0,0.1}', 'minmax', agg, 1, 0, 9, 1 ORDER BY i)).left_out
FROM aggregations, generate_series(1, 4) AS i,
	LATERAL (SELECT ARRAY[CASE WHEN i = 4 THEN 2.5 ELSE i END, i, NULL, NULL] AS a) AS x
WHERE name = 'percentile' OR m < 5 GROUP BY agg ORDER BY agg;

-- Everything that is accepted is bounded, before anything is allocated.
SELECT error_of(format('SELECT %s FROM generate_series(1, 2) AS i', q))
FROM unnest(ARRAY['bubble_score(array_fill(i, ARRAY[1001]))',
	'bubble_score(NULL, array_fill(1, ARRAY[1001]))',
	'bubble_score(array_fill(i, ARRAY[1001])) OVER (ORDER BY i)',
	'bubble_components(array_fill(i, ARRAY[20000000]), NULL, NULL, ''ciss'')',
		'bubble_contributions(array_fill(i, ARRAY[1001]))',
		'score_sensitivity(array_fill(i, ARRAY[1500]), NULL, NULL, ''ciss'')',
	'score_sensitivity(array_fill(i, ARRAY[20000]), NULL, NULL, ''median'')',
		'composite(array_fill(50, ARRAY[100001]))',
		'composite(array_fill(50, ARRAY[20000000]), NULL, ''median'')',
		'composite(''{50}'', array_fill(50, ARRAY[100001]))',
	'pca_weights(array_fill(i, ARRAY[251]))', 'entropy_weights(array_fill(i, ARRAY[251]))',
		'critic_weights(array_fill(i, ARRAY[251]))',
		'deviation_weights(array_fill(i, ARRAY[251]))']) AS q;
SELECT composite(array_fill(50, ARRAY[100000]), NULL, 'median') AS scores,
	bubble_score(a, NULL, NULL, 'ciss', 1) AS ciss,
	cardinality(bubble_contributions(a, NULL, NULL, 'ciss', 1)) AS contributions,
	cardinality((score_sensitivity(a, NULL, NULL, 'median', 1, NULL, 2,
		NULL)).left_out) AS left_out, cardinality(pca_weights(a[1:250])) AS weights
FROM generate_series(1, 3) AS i, LATERAL (SELECT array_fill(i::float8, ARRAY[1000]) AS a) AS x;

DROP TABLE stress, aggregations, twenty_sixty;
DROP FUNCTION naive_ciss, naive_shapley;
