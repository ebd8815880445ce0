-- Score: values, rules, errors, and that every frame agrees with naive SQL.
\getenv srcdir PG_ABS_SRCDIR
\set setup :srcdir '/setup.sql'
\i :setup

-- ---- composite ----

-- By hand: (1*20 + 3*60) / 4; (20 * 60^3)^(1/4); 4 / (1/20 + 3/60).
SELECT composite(ARRAY[20, 60], ARRAY[1, 3]) AS arithmetic,
	round(composite(ARRAY[20, 60], ARRAY[1, 3], 'geometric')::numeric, 9) AS geometric,
	composite(ARRAY[20, 60], ARRAY[1, 3], 'harmonic') AS harmonic,
	composite(ARRAY[20, 60], ARRAY[1, 3], 'minimum') AS minimum,
	composite(ARRAY[20, 60], ARRAY[1, 3], 'maximum') AS maximum,
	composite(ARRAY[20, 60], ARRAY[1, 3], 'median') AS median;
-- NULL when less than half of the weight is left.
SELECT composite('{70,NULL}', '{45,55}') AS less, composite('{70,NULL}', '{50,50}') AS half,
	composite('{70,NULL}', '{55,45}') AS more;

-- Equal weights; the ordinary median of an odd and an even number.
SELECT composite(ARRAY[10, 20, 60]) AS mean,
	composite(ARRAY[60, 10, 20], NULL, 'median') AS odd,
	composite(ARRAY[60, 10, 20, 30], aggregation => 'median') AS even;
-- Weighted median: exactly half is the mean of two, also of decimal weights.
SELECT composite(ARRAY[10, 20, 30], ARRAY[1, 1, 2], 'median') AS half,
	composite(ARRAY[30, 10, 20], ARRAY[0.3, 0.1, 0.2], 'median') AS decimal_half,
	composite(ARRAY[10, 20, 30], ARRAY[1, 3, 1], 'median') AS passed;
-- NULL scores drop out; NULL when less than half of the weight is left.
SELECT composite(ARRAY[10, NULL, 40]) AS two_of_three,
	composite(ARRAY[10, NULL]) AS half,
	composite(ARRAY[10, NULL, NULL]) AS one_of_three,
	composite(ARRAY[NULL, NULL]::float8[]) AS none,
	composite(ARRAY[10, NULL], ARRAY[1, 2]) AS third,
	composite(ARRAY[10, NULL, NULL], ARRAY[0.3, 0.1, 0.2]) AS decimal_half;
SELECT composite(NULL) AS of_null, composite('{}') AS of_none,
	composite(NULL, '{}', 'median') AS whatever_weights;
-- A score without weight takes no part, not even as a minimum or as a zero.
SELECT agg, round(composite(ARRAY[0, 50, 70, 100, NULL], ARRAY[0, 1, 1, 0, 0], agg)::numeric, 9)
FROM unnest(ARRAY['arithmetic', 'geometric', 'harmonic', 'minimum', 'maximum', 'median']) AS agg;
-- A score of 0 makes two of the means 0.
SELECT composite(ARRAY[0, 50], NULL, 'geometric') AS geometric,
	composite(ARRAY[0, 50], NULL, 'harmonic') AS harmonic;
-- Any lower bound; weights of any size.
SELECT composite('[0:1]={20,60}', '[5:6]={1,3}') AS bounds,
	composite(ARRAY[20, 60], ARRAY[1.7e308, 1.7e308]) AS huge,
	composite(ARRAY[20, 60], ARRAY[5e-324, 1.5e-323]) AS tiny,
	composite(ARRAY[1e-320, 60], ARRAY[1, 1], 'harmonic') BETWEEN 1e-320 AND 60 AS small_score;

-- Naive twins of all six on random scores with ties, NULLs and zeros.
CREATE FUNCTION pg_temp.naive_composite(scores float8[], weights float8[], aggregation text)
RETURNS float8 LANGUAGE sql AS
$$
	WITH all_of AS (
		SELECT s, w FROM unnest(scores, weights) AS u (s, w) WHERE w > 0
	), kept AS (
		SELECT s, w, sum(w) OVER (ORDER BY s, place) AS passed,
			lead(s) OVER (ORDER BY s, place) AS next, sum(w) OVER () AS total
		FROM (SELECT s, w, row_number() OVER () AS place
			FROM all_of WHERE s IS NOT NULL) AS x
	)
	SELECT CASE WHEN coalesce(sum(w), 0) < (SELECT sum(w) FROM all_of) / 2 THEN NULL
		ELSE CASE aggregation
			WHEN 'arithmetic' THEN sum(w * s) / sum(w)
			WHEN 'geometric' THEN CASE WHEN min(s) = 0 THEN 0
				ELSE exp(sum(w * ln(nullif(s, 0))) / sum(w)) END
			WHEN 'harmonic' THEN CASE WHEN min(s) = 0 THEN 0 ELSE sum(w) / sum(w / nullif(s, 0)) END
			WHEN 'minimum' THEN min(s)
			WHEN 'maximum' THEN max(s)
			ELSE (SELECT CASE WHEN 2 * passed = total THEN (s + next) / 2 ELSE s END
				FROM kept k WHERE 2 * passed >= total ORDER BY passed LIMIT 1)
		END END
	FROM kept
$$;
SELECT setseed(0.42);
CREATE TEMP TABLE mixed AS
SELECT i,
	array_agg(CASE WHEN random() < 0.2 THEN NULL WHEN random() < 0.05 THEN 0
		ELSE round((random() * 20)::numeric) * 5 END::float8) AS scores,
	array_agg(floor(random() * 4)::float8) AS weights
FROM generate_series(1, 600) AS i, generate_series(1, 1 + i % 9)
GROUP BY i;
SELECT agg, count(*) > 500 AS many, count(c) BETWEEN 300 AND 599 AS some_null,
	min((i, c, n)::text) FILTER (WHERE (c IS NOT DISTINCT FROM n OR abs(c - n) < 1e-9)
		IS NOT TRUE) AS differing
FROM unnest(ARRAY['arithmetic', 'geometric', 'harmonic', 'minimum', 'maximum', 'median']) AS agg,
	mixed, composite(scores, weights, agg) AS c,
	pg_temp.naive_composite(scores, weights, agg) AS n
WHERE 0 < ANY (weights)
GROUP BY agg ORDER BY agg;
-- Equal scores give exactly that score, and no mean leaves the scores.
SELECT count(*) AS rows, min((agg, w, composite(array_fill(s, ARRAY[7]), w, agg), s)::text)
	FILTER (WHERE (composite(array_fill(s, ARRAY[7]), w, agg) = s) IS NOT TRUE) AS differing
FROM (SELECT random() * 100 AS s, ARRAY[random(), random(), random(), random(),
		random(), random(), random()] AS w FROM generate_series(1, 1000)) AS x,
	unnest(ARRAY['arithmetic', 'geometric', 'harmonic', 'minimum', 'maximum', 'median']) AS agg;
SELECT count(*) AS rows, min((agg, w, c, s)::text)
	FILTER (WHERE (c BETWEEN s - 1e-14 AND s) IS NOT TRUE) AS within
FROM (SELECT random() * 100 AS s, random() AS w FROM generate_series(1, 1000)) AS x,
	unnest(ARRAY['arithmetic', 'geometric', 'harmonic', 'minimum', 'maximum', 'median']) AS agg,
	composite(ARRAY[s, s - 1e-14, s], ARRAY[w, 1 - w, 1e-9], agg) AS c
WHERE s > 1;
-- Scaling the weights changes nothing, nor does the order of the scores.
SELECT count(*) AS rows, min((i, agg, a, b, r)::text)
	FILTER (WHERE (a IS NOT DISTINCT FROM b AND (a IS NOT DISTINCT FROM r OR abs(a - r) < 1e-12))
	IS NOT TRUE) AS differing
FROM (SELECT i, agg, composite(scores, weights, agg) AS a,
		composite(scores, (SELECT array_agg(w * 2 ^ -300 ORDER BY o)
			FROM unnest(weights) WITH ORDINALITY AS u (w, o)), agg) AS b,
		composite((SELECT array_agg(s ORDER BY o DESC)
			FROM unnest(scores) WITH ORDINALITY AS u (s, o)),
			(SELECT array_agg(w ORDER BY o DESC)
			FROM unnest(weights) WITH ORDINALITY AS u (w, o)), agg) AS r
	FROM mixed, unnest(ARRAY['arithmetic', 'geometric', 'harmonic', 'minimum',
		'maximum', 'median']) AS agg
	WHERE 0 < ANY (weights)) AS x;

-- A negative weight turns the score around.
SELECT composite(ARRAY[70, 20], ARRAY[1, -1]) AS arithmetic, composite(ARRAY[70, 20], ARRAY[-1, 1],
	'minimum') AS minimum, composite(ARRAY[70, 20], ARRAY[-3, -1]) AS both,
	composite(ARRAY[70, NULL, 20], ARRAY[1, -1, -1], 'median') AS unknown,
		composite(ARRAY[100, 40], ARRAY[-1, 1], 'geometric') AS zero;
-- As bubble_score does.
SELECT agg, abs(composite(bubble_components(a, NULL, NULL, NULL, 1 ORDER BY i), '{2,-3}', agg)
	- bubble_score(a, '{2,-3}', NULL, agg, 1 ORDER BY i)) < 1e-12 AS same
FROM unnest(ARRAY['arithmetic', 'geometric', 'harmonic', 'minimum', 'maximum', 'median']) AS agg,
	generate_series(1, 9) AS i, LATERAL (SELECT ARRAY[i, i * 7 % 11]::float8[] AS a) AS x
GROUP BY agg ORDER BY agg;

-- ---- bubble_phase ----

SELECT score, bubble_phase(score) AS phase, bubble_phase(score, 0.2) AS at_limit,
	bubble_phase(score, 0.201) AS beyond, bubble_phase(score, NULL) AS unknown
FROM (VALUES (0::float8), (39.9), (40), (59.9), (60), (79.9), (80), (100), (NULL)) AS v (score);

-- Limits are meant in decimal: a fall by a fifth is not more than 0.2, and 40 is
-- 40 when rounding took its last digit.
SELECT count(*) AS rows, min((p, bubble_phase(NULL, 1 - (0.8 * p)::float8 / p::float8))::text)
	FILTER (WHERE (bubble_phase(NULL, 1 - (0.8 * p)::float8 / p::float8) IS NULL)
	IS NOT TRUE) AS fifths, bool_or(1 - (0.8 * p)::float8 / p::float8 > 0.2::float8) AS rounded_up
FROM generate_series(0.1, 20, 0.1) AS p;
SELECT bubble_phase(40 - 1e-14) AS building, bubble_phase(100 * (1 - 0.2::float8 - 0.4)) AS also,
	bubble_phase(39.999999) AS calm, bubble_phase(NULL, 0.2000001) AS bursting;
SELECT cardinality(drawdown_episodes(p, d, 0.2)) AS fifth,
	cardinality(drawdown_episodes(p, d, 0.2000001)) AS deeper
FROM (VALUES (100, date '2000-01-01'), (80, '2000-01-02'), (100, '2000-01-03'), (80, '2000-01-04'))
	AS v (p, d);

-- ---- bubble_score: values by hand ----

CREATE TEMP TABLE small (i int, x float8, y float8);
INSERT INTO small VALUES (1, 1, 5), (2, 3, NULL), (3, 3, 4), (4, -1, 4), (5, 10, 9), (6, NULL, 6);
-- Percentile: (lowest rank - 1) / (n - 1); NULLs are no part of the history.
SELECT i, x, y, bubble_components(ARRAY[x, y], NULL, NULL, NULL, 1) OVER w AS components,
	bubble_score(ARRAY[x, y], NULL, NULL, NULL, 1) OVER w AS score,
	bubble_score(ARRAY[x, y], ARRAY[3, 1], NULL, NULL, 1) OVER w AS weighted,
	bubble_components(ARRAY[x, y], ARRAY[3, -1], NULL, NULL, 1) OVER w AS turned
FROM small WINDOW w AS (ORDER BY i);
-- Minmax: 1, 3, 3, -1, 10 -> 0..100.
SELECT i, bubble_components(ARRAY[x, y], NULL, 'minmax', NULL, 1) OVER w AS components,
	bubble_score(ARRAY[x, y], ARRAY[1, 1], 'minmax', 'maximum', 1) OVER w AS maximum
FROM small WINDOW w AS (ORDER BY i);
-- Zscore of 1, 3: +-1 / sqrt(2); robust of 1, 3, 3, -1, 10: median 3, MAD 2.
SELECT i, round((bubble_components(ARRAY[x], NULL, 'zscore', NULL, 1) OVER w)[1]::numeric,
	9) AS zscore,
	round((bubble_components(ARRAY[x], NULL, 'robust', NULL, 1) OVER w)[1]::numeric, 9) AS robust
FROM small WINDOW w AS (ORDER BY i);
-- MAD 0 but not the range: the median stands at 50, others at an end.
SELECT i, x, (bubble_components(ARRAY[x], NULL, 'robust', NULL, 1) OVER (ORDER BY i))[1] AS robust
FROM unnest(ARRAY[5, 5, 7, 5, 1, 5]) WITH ORDINALITY AS u (x, i);

-- One row or a constant: 50, whatever the method.
SELECT m, bubble_score(ARRAY[7, -7], NULL, m, NULL, 1) AS one,
	bubble_score(ARRAY[0.1, 1e300, -1e-300, 0], ARRAY[1, -1, 1, 1], m, NULL, 1) = 50 AS constant
FROM unnest(ARRAY['percentile', 'minmax', 'zscore', 'robust']) AS m,
	generate_series(1, 1) AS i
GROUP BY m ORDER BY m;
SELECT m, count(*) AS rows, min((i, s)::text) FILTER (WHERE s IS DISTINCT FROM 50) AS constant
FROM unnest(ARRAY['percentile', 'minmax', 'zscore', 'robust']) AS m, LATERAL (
	SELECT i, bubble_score(ARRAY[0.1, 1e300, -1e-300, 0], ARRAY[1, -1, 1, 1], m, NULL, 1)
		OVER (ORDER BY i ROWS 7 PRECEDING) AS s
	FROM generate_series(1, 700) AS i) AS x
GROUP BY m ORDER BY m;
-- No usable row: NULL.  A skipped row leaves the score of the row before it.
SELECT bubble_score(ARRAY[x], NULL, NULL, NULL, 1), bubble_components(ARRAY[x], NULL, 'zscore',
	'median', 1)
FROM small WHERE false;
SELECT bubble_score(NULL, NULL, NULL, NULL, 1), bubble_score(NULL, ARRAY[1], NULL, NULL, 1),
	bubble_components(NULL, NULL, 'robust', NULL, 1) FROM small;
SELECT i, bubble_score(a, NULL, NULL, NULL, 1) OVER (ORDER BY i) AS growing,
	bubble_score(a, NULL, NULL, NULL, 1) OVER (ORDER BY i ROWS 1 PRECEDING) AS moving
FROM (VALUES (1, NULL::float8[]), (2, ARRAY[1, 5]), (3, ARRAY[2, 5]), (4, NULL),
	(5, NULL), (6, ARRAY[3, NULL]), (7, ARRAY[NULL, NULL]::float8[])) AS v (i, a);
-- Less than half of the weight: NULL; the components tell why.
SELECT bubble_score(ARRAY[x, y], ARRAY[1, -3], NULL, NULL, 1 ORDER BY i) AS score,
	bubble_components(ARRAY[x, y], ARRAY[-3, 1], NULL, NULL, 1 ORDER BY i) AS components,
	bubble_score(ARRAY[y, x], ARRAY[-1, 3], NULL, NULL, 1 ORDER BY i) AS too_little
FROM small;
-- Any lower bound of the arrays; the result's is 1.
SELECT bubble_components('[0:1]={1,2}'::float8[], '[3:4]={1,-1}'::float8[], NULL, NULL, 1)
FROM small;

-- ---- bubble_score: naive twins ----

-- The normal distribution function by its series.
CREATE FUNCTION pg_temp.phi(z float8) RETURNS float8 LANGUAGE plpgsql AS
$$
DECLARE
	term float8 := z;
	total float8 := z;
	k int := 1;
BEGIN
	IF abs(z) > 9 THEN
		RETURN CASE WHEN z > 0 THEN 1 ELSE 0 END;
	END IF;
	WHILE abs(term) > 1e-18 LOOP
		k := k + 2;
		term := term * z * z / k;
		total := total + term;
	END LOOP;
	RETURN 0.5 + total * exp(-z * z / 2) / sqrt(2 * pi());
END
$$;
-- All four methods by sorting and averaging the whole history.
CREATE FUNCTION pg_temp.naive_standing(x float8, history float8[]) RETURNS float8[]
LANGUAGE sql AS
$$
	SELECT CASE WHEN x IS NULL THEN array_fill(NULL::float8, ARRAY[4])
		WHEN low = high THEN array_fill(50::float8, ARRAY[4])
		ELSE ARRAY[100.0 * below / (n - 1), 100 * (x - low) / (high - low),
			100 * pg_temp.phi((x - mean) / sd),
			CASE WHEN mad > 0 THEN 100 * pg_temp.phi((x - med) / (1.4826 * mad))
				ELSE 50 + 50 * sign(x - med) END]
		END
	FROM (SELECT count(h) AS n, count(*) FILTER (WHERE h < x) AS below,
			min(h) AS low, max(h) AS high, avg(h) AS mean, stddev_samp(h) AS sd,
			percentile_cont(0.5) WITHIN GROUP (ORDER BY h) AS med
		FROM unnest(history) AS h) AS s,
	LATERAL (SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY abs(h - med)) AS mad
		FROM unnest(history) AS h) AS d
$$;

SELECT setseed(0.2718);
-- Ties in the first indicator, NULLs in the second, a trend in the third,
-- few values in the fourth; rows without any; gaps and ties in the time.
CREATE TEMP TABLE series AS
SELECT i, (i + i / 7 * 5 - i % 3)::int AS at, CASE WHEN random() < 0.08 THEN NULL ELSE
	ARRAY[round((random() * 12)::numeric)::float8,
		CASE WHEN random() < 0.3 THEN NULL ELSE random() - 0.5 END,
		i * 0.1 + random(), floor(random() * 2)] END AS ind
FROM generate_series(1, 300) AS i;
CREATE TEMP TABLE method (m int, name text, agg text);
INSERT INTO method VALUES (1, 'percentile', 'arithmetic'), (2, 'minmax', 'geometric'),
	(3, 'zscore', 'harmonic'), (4, 'robust', 'median');

-- Do all methods agree with the twins for every row of a window?
CREATE FUNCTION pg_temp.frame_agrees(frame text) RETURNS text LANGUAGE plpgsql AS
$$
DECLARE
	answer text;
BEGIN
	EXECUTE format('CREATE TEMP TABLE framed AS
		SELECT i, array_agg(i) FILTER (WHERE ind IS NOT NULL) OVER w AS ids,
			array_agg(ind[1]) OVER w AS h1, array_agg(ind[2]) OVER w AS h2,
			array_agg(ind[3]) OVER w AS h3, array_agg(ind[4]) OVER w AS h4,
			ARRAY[bubble_components(ind, ''{1,-2,0.5,3}'', NULL, NULL, 1) OVER w,
				bubble_components(ind, ''{1,-2,0.5,3}'', ''minmax'', NULL, 1) OVER w,
				bubble_components(ind, ''{1,-2,0.5,3}'', ''zscore'', NULL, 1) OVER w,
				bubble_components(ind, ''{1,-2,0.5,3}'', ''robust'', NULL, 1) OVER w] AS components,
			ARRAY[bubble_score(ind, ''{1,-2,0.5,3}'', NULL, NULL, 1) OVER w,
				bubble_score(ind, ''{1,-2,0.5,3}'', ''minmax'', ''geometric'', 1) OVER w,
				bubble_score(ind, ''{1,-2,0.5,3}'', ''zscore'', ''harmonic'', 1) OVER w,
				bubble_score(ind, ''{1,-2,0.5,3}'', ''robust'', ''median'', 1) OVER w] AS scores
		FROM series WINDOW w AS (%s)', frame);
	WITH naive AS MATERIALIZED (
		SELECT f.i, k, pg_temp.naive_standing(l.ind[k], h) AS standing
		FROM framed f LEFT JOIN series l ON l.i = f.ids[cardinality(f.ids)],
			LATERAL (VALUES (1, h1), (2, h2), (3, h3), (4, h4)) AS v (k, h)
	), compared AS (
		SELECT i, m, k, f.scores[m] AS score, f.components[m][k] AS component,
			CASE WHEN k = 2 THEN 100 - standing[m] ELSE standing[m] END AS expected,
			CASE WHEN f.ids IS NULL THEN NULL ELSE composite(ARRAY[f.components[m][1],
				f.components[m][2], f.components[m][3], f.components[m][4]],
				'{1,2,0.5,3}', agg) END AS composed
		FROM framed f JOIN naive n USING (i), method
	)
	SELECT concat_ws(' ', count(*), count(expected) > 0,
		coalesce(min((i, m, k, component, expected)::text)
			FILTER (WHERE ((component IS NULL) = (expected IS NULL) AND
			coalesce(abs(component - expected) < 1e-9, true)) IS NOT TRUE), 't'),
		coalesce(min((i, m, score, composed)::text) FILTER (WHERE score IS DISTINCT FROM composed),
			't'))
	INTO answer FROM compared;
	DROP TABLE framed;
	RETURN answer;
END
$$;
SELECT frame, pg_temp.frame_agrees(frame) AS "rows, any, components, scores"
FROM (VALUES (1, 'ORDER BY i'),
	(2, 'ORDER BY i ROWS BETWEEN CURRENT ROW AND CURRENT ROW'),
	(3, 'ORDER BY i ROWS 1 PRECEDING'),
	(4, 'ORDER BY i ROWS 19 PRECEDING'),
	(5, 'ORDER BY i ROWS 251 PRECEDING'),
	(6, 'ORDER BY i ROWS BETWEEN 9 PRECEDING AND 4 PRECEDING'),
	(7, 'ORDER BY i ROWS BETWEEN 3 FOLLOWING AND 5 FOLLOWING'),
	(8, 'ORDER BY i ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING'),
	(9, 'ORDER BY i ROWS BETWEEN 15 PRECEDING AND CURRENT ROW EXCLUDE CURRENT ROW'),
	(10, 'ORDER BY at RANGE 6 PRECEDING'),
	(11, 'ORDER BY at RANGE BETWEEN 4 PRECEDING AND 2 PRECEDING'),
	(12, 'ORDER BY at GROUPS BETWEEN 5 PRECEDING AND 1 FOLLOWING EXCLUDE TIES'),
	(13, 'ORDER BY at GROUPS 7 PRECEDING'),
	(14, 'PARTITION BY i % 5 ORDER BY i ROWS 10 PRECEDING'),
	(15, '')) AS v (n, frame)
ORDER BY n;

-- Leaves of the ranking are split, emptied and merged: 3000 rows, a trend,
-- ties; in frames that grow, move and shrink.
SELECT setseed(0.577);
CREATE TEMP TABLE long AS
SELECT i, round((i * 0.3 * random())::numeric, 1)::float8 AS x, i + floor(40 * random()) AS y
FROM generate_series(1, 3000) AS i;
SELECT count(*) AS rows, min((i, s, n, below, low, high)::text)
	FILTER (WHERE (CASE WHEN low = high THEN s = 50 ELSE abs(s - 100.0 * below / (n - 1))
	< 1e-9 END) IS NOT TRUE) AS percentile
FROM (SELECT i, bubble_score(ARRAY[x], NULL, NULL, NULL, 1)
	OVER (ORDER BY i ROWS 699 PRECEDING) AS s FROM long) AS f
JOIN (SELECT l.i, count(*) AS n, count(*) FILTER (WHERE h.x < l.x) AS below, min(h.x) AS low,
	max(h.x) AS high
	FROM long l JOIN long h ON h.i BETWEEN l.i - 699 AND l.i GROUP BY l.i) AS n USING (i);
SELECT count(*) AS rows, min((i, moving, x, y, xl, xh, yl, yh)::text)
	FILTER (WHERE (abs(moving[1] - coalesce(100 * (x - xl) / nullif(xh - xl, 0), 50)) < 1e-9 AND
		abs(moving[2] - coalesce(100 * (y - yl) / nullif(yh - yl, 0), 50)) < 1e-9)
			IS NOT TRUE) AS moving,
	min((i, shrinking, lx, ly, sxl, sxh, syl, syh)::text)
		FILTER (WHERE (abs(shrinking[1] - coalesce(100 * (lx - sxl) / nullif(sxh - sxl, 0), 50))
		< 1e-9 AND
		abs(shrinking[2] - coalesce(100 * (ly - syl) / nullif(syh - syl, 0), 50)) < 1e-9)
			IS NOT TRUE) AS shrinking
FROM (SELECT i, x, y, bubble_components(ARRAY[x, y], NULL, 'minmax', NULL, 1) OVER m AS moving,
		min(x) OVER m AS xl, max(x) OVER m AS xh, min(y) OVER m AS yl, max(y) OVER m AS yh,
		bubble_components(ARRAY[x, y], NULL, 'minmax', NULL, 1) OVER s AS shrinking,
			last_value(x) OVER s AS lx,
		last_value(y) OVER s AS ly, min(x) OVER d AS sxl, max(x) OVER d AS sxh,
		min(y) OVER d AS syl, max(y) OVER d AS syh
	FROM long WINDOW m AS (ORDER BY i ROWS 599 PRECEDING),
		s AS (ORDER BY i ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING),
			d AS (ORDER BY i DESC)) AS f;
SELECT method, frame, count(*) AS rows, min((i, c[1], n.x[m], c[2], n.y[m])::text)
	FILTER (WHERE (abs(c[1] - n.x[m]) < 1e-9 AND abs(c[2] - n.y[m]) < 1e-9)
	IS NOT TRUE) AS differing
FROM (SELECT i, m, method, bubble_components(ARRAY[x, y], NULL, method, NULL, 1) OVER w AS growing,
		bubble_components(ARRAY[x, y], NULL, method, NULL, 1) OVER (w ROWS 599 PRECEDING) AS moving,
		bubble_components(ARRAY[x, y], NULL, method, NULL, 1)
			OVER (w ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING) AS shrinking
	FROM long, (VALUES (1, 'percentile'), (2, 'minmax'), (3, 'zscore'), (4, 'robust'))
		AS v (m, method)
	WINDOW w AS (PARTITION BY m ORDER BY i)) AS f,
LATERAL (VALUES ('growing', growing, 1, i), ('moving', moving, i - 599, i),
	('shrinking', shrinking, i, 3000)) AS v (frame, c, first, last),
LATERAL (SELECT pg_temp.naive_standing((SELECT l.x FROM long l WHERE l.i = last),
	array_agg(h.x)) AS x,
		pg_temp.naive_standing((SELECT l.y FROM long l WHERE l.i = last), array_agg(h.y)) AS y
	FROM long h WHERE h.i BETWEEN first AND last) AS n
WHERE i % 281 = 0 GROUP BY method, frame ORDER BY method, frame;

-- The whole group is the last row of the window; groups are independent.
SELECT count(*) AS rows, min((k, m, g.s, w.s, g.c, w.c)::text)
	FILTER (WHERE (g.s IS NOT DISTINCT FROM w.s AND g.c IS NOT DISTINCT FROM w.c)
	IS NOT TRUE) AS differing, count(g.s)
FROM (SELECT i % 9 AS k, bubble_score(ind, '{1,-2,0.5,3}', name, agg, 1 ORDER BY i) AS s, m,
		bubble_components(ind, '{1,-2,0.5,3}', name, NULL, 1 ORDER BY i) AS c
	FROM series, method GROUP BY i % 9, m) AS g
JOIN (SELECT DISTINCT ON (k, m) i % 9 AS k, m,
		bubble_score(ind, '{1,-2,0.5,3}', name, agg, 1) OVER w AS s,
		bubble_components(ind, '{1,-2,0.5,3}', name, NULL, 1) OVER w AS c
	FROM series, method, LATERAL (SELECT i % 9 AS k) AS x
	WINDOW w AS (PARTITION BY k, m ORDER BY i) ORDER BY k, m, i DESC) AS w USING (k, m);

-- The shorter forms are the longer ones with the defaults, and so is NULL.
SELECT count(*) AS rows, min((i, a, d, b, c, n, l, e, h, f, g, k)::text)
	FILTER (WHERE (a IS NOT DISTINCT FROM d AND b IS NOT DISTINCT FROM d
	AND c IS NOT DISTINCT FROM d AND n IS NOT DISTINCT FROM d AND l IS NOT DISTINCT FROM d AND
	e IS NOT DISTINCT FROM h AND f IS NOT DISTINCT FROM h AND g IS NOT DISTINCT FROM h
		AND k IS NOT DISTINCT FROM h) IS NOT TRUE) AS differing
FROM (SELECT i, bubble_score(ind) OVER w AS a, bubble_score(ind, NULL) OVER w AS b,
		bubble_score(ind, '{2,2,2,2}', 'percentile') OVER w AS c,
		bubble_score(ind, NULL, 'percentile', 'arithmetic') OVER w AS n,
		bubble_score(ind, NULL, NULL, NULL, NULL) OVER w AS l,
		bubble_score(ind, NULL, 'percentile', 'arithmetic', 20) OVER w AS d,
		bubble_components(ind) OVER w AS e, bubble_components(ind, '{1,2,3,4}') OVER w AS f,
		bubble_components(ind, NULL, NULL) OVER w AS g, bubble_components(ind, NULL, 'percentile',
			NULL, NULL) OVER w AS k,
		bubble_components(ind, NULL, 'percentile', 'maximum', 20) OVER w AS h
	FROM series WINDOW w AS (ORDER BY i ROWS 30 PRECEDING)) AS x;
-- Of fewer than 20 rows there is no score unless one asks for it.
SELECT i, bubble_score(ARRAY[i]) OVER w AS score, bubble_score(ARRAY[i], NULL, NULL,
	'ciss') OVER w AS ciss, bubble_components(ARRAY[i, NULL]) OVER w AS components,
	bubble_contributions(ARRAY[i]) OVER w AS contributions,
		(score_sensitivity(ARRAY[i]) OVER w).score AS sensitivity,
		bubble_score(ARRAY[i], NULL, NULL, NULL, 1) OVER w AS from_one
FROM generate_series(1, 21) AS i WINDOW w AS (ORDER BY i) ORDER BY i < 19, i LIMIT 4;

-- No look-ahead: what comes later never changes an earlier score.
SELECT count(*) AS rows, min((i, m, a.s, b.s)::text)
	FILTER (WHERE i < 200 AND a.s IS DISTINCT FROM b.s) AS same_before,
	bool_or(a.s IS DISTINCT FROM b.s) FILTER (WHERE i >= 200) AS but_later
FROM (SELECT i, m, bubble_score(ind, NULL, name, agg, 1) OVER (PARTITION BY m ORDER BY i) AS s
	FROM series, method) AS a
JOIN (SELECT i, m, bubble_score(CASE WHEN i < 200 THEN ind ELSE '{1e9,-1e9,0,1e-9}' END, NULL, name,
	agg, 1)
		OVER (PARTITION BY m ORDER BY i) AS s
	FROM series, method) AS b USING (i, m);

-- ---- exactness ----

-- What has left a moving frame leaves no residue.
SELECT m, count(*) AS rows, min((i, a.s, b.s)::text)
	FILTER (WHERE a.s IS DISTINCT FROM b.s) AS differing
FROM (SELECT i, m, name, bubble_score(ARRAY[CASE WHEN i < 15 THEN 1e12 * i ELSE ind[2] END,
		CASE WHEN i = 11 THEN 1e300 WHEN i = 12 THEN 1e-300 ELSE ind[3] END], NULL, name, NULL, 1)
		OVER (PARTITION BY m ORDER BY i ROWS 19 PRECEDING) AS s
	FROM series, method) AS a
JOIN (SELECT i, m, bubble_score(ARRAY[ind[2], ind[3]], NULL, name, NULL, 1)
		OVER (PARTITION BY m ORDER BY i ROWS 19 PRECEDING) AS s
	FROM series, method) AS b USING (i, m)
WHERE i > 40 GROUP BY m ORDER BY m;
-- A large mean, a small spread: shifting and scaling change no digit.
CREATE TEMP TABLE ticks AS
SELECT i, (i * 7919 % 101)::float8 AS x FROM generate_series(1, 300) AS i;
SELECT m, count(*) AS rows, min((i, s, shifted)::text)
	FILTER (WHERE s IS DISTINCT FROM shifted) AS shifted, min((i, s, tiny)::text)
	FILTER (WHERE s IS DISTINCT FROM tiny) AS tiny, min((i, s, huge)::text)
	FILTER (WHERE s IS DISTINCT FROM huge) AS huge,
	min((i, s, border)::text) FILTER (WHERE s IS DISTINCT FROM border) AS border, min((i, s)::text)
		FILTER (WHERE (s BETWEEN 0 AND 100) IS NOT TRUE) AS within
FROM (SELECT m, i, bubble_score(ARRAY[x], NULL, name, NULL, 1) OVER w AS s,
		bubble_score(ARRAY[x * 2.0::float8 ^ -22 + 1e9], NULL, name, NULL, 1) OVER w AS shifted,
		bubble_score(ARRAY[x * 2.0::float8 ^ -1070], NULL, name, NULL, 1) OVER w AS tiny,
		bubble_score(ARRAY[x * 2.0::float8 ^ 1017], NULL, name, NULL, 1) OVER w AS huge,
		bubble_score(ARRAY[x * 2.0::float8 ^ -343], NULL, name, NULL, 1) OVER w AS border
	FROM ticks, method WHERE name IN ('percentile', 'minmax', 'zscore')
	WINDOW w AS (PARTITION BY m ORDER BY i ROWS 99 PRECEDING)) AS x
GROUP BY m ORDER BY m;
-- The whole range of double precision, without a NaN.
SELECT m, round(bubble_score(ARRAY[x], NULL, m, NULL, 1 ORDER BY i)::numeric, 6) AS of_last,
	round(bubble_score(ARRAY[-x], ARRAY[-1], m, NULL, 1 ORDER BY i)::numeric, 6) AS turned
FROM unnest(ARRAY['percentile', 'minmax', 'zscore', 'robust']) AS m,
	unnest(ARRAY[-1.7e308, 1.7e308, 5e-324, -1.7e308, 0, 1e308]) WITH ORDINALITY AS u (x, i)
GROUP BY m ORDER BY m;

-- Arrays out of line and compressed.
CREATE TEMP TABLE wide AS
SELECT i, ARRAY(SELECT (j * i % 17)::float8 FROM generate_series(1, 1000) AS j) AS ind,
	ARRAY(SELECT (j % 5 - 1)::float8 FROM generate_series(1, 1000) AS j) AS weights
FROM generate_series(1, 40) AS i;
ALTER TABLE wide ALTER ind SET STORAGE external;
SELECT count(*) AS rows, min((i, a, b)::text) FILTER (WHERE a IS DISTINCT FROM b) AS differing
FROM (SELECT i, bubble_score(ind, weights, 'zscore', NULL, 1)
	OVER (ORDER BY i ROWS 5 PRECEDING) AS a,
		bubble_score(ARRAY(SELECT x FROM unnest(ind) AS x), weights, 'zscore', NULL, 1)
			OVER (ORDER BY i ROWS 5 PRECEDING) AS b
	FROM wide) AS x;

-- Frames whose values leave from the low end, or all at once: what has left
-- must not be remembered as the lowest.
SELECT count(*) AS frames, min((i, minmax, twin)::text)
	FILTER (WHERE abs(minmax - twin) > 1e-9) AS differing
FROM (SELECT i, (bubble_components(ARRAY[x], NULL, 'minmax', NULL, 1) OVER w)[1] AS minmax,
		100 * (x - min(x) OVER w) / nullif(max(x) OVER w - min(x) OVER w, 0) AS twin
	FROM (SELECT i, (CASE WHEN i <= 128 THEN i ELSE 5000 - i END)::float8 AS x
		FROM generate_series(1, 600) AS i) AS v
	WINDOW w AS (ORDER BY i ROWS 300 PRECEDING)) AS x;
SELECT count(bubble_score) AS scores
FROM (SELECT bubble_score(ARRAY[x], NULL, NULL, NULL, 1) OVER (ORDER BY i ROWS 300 PRECEDING)
	FROM (SELECT i, (CASE WHEN i <= 127 THEN i WHEN i <= 140 THEN 1000
		ELSE 5000 - i END)::float8 AS x
		FROM generate_series(1, 600) AS i) AS v) AS x;

-- ---- errors ----

\pset format unaligned
\pset tuples_only on
SELECT call, error_of('SELECT ' || call)
FROM unnest(ARRAY[
	'composite(ARRAY[1, 101])',
	'composite(ARRAY[1, -0.1])',
	'composite(ARRAY[''NaN''::float8])',
	'composite(ARRAY[1, ''Infinity''::float8], ARRAY[1, 0])',
	'composite(ARRAY[[1], [2]])',
	'composite(ARRAY[1, 2], ARRAY[1])',
	'composite(ARRAY[1, 2], ''{}'')',
	'composite(ARRAY[1, 2], ARRAY[[1, 2]])',
	'composite(ARRAY[1, 2], ARRAY[1, NULL])',
	'composite(ARRAY[1, 2], ARRAY[0, 0])',
	'composite(ARRAY[1, 2], ARRAY[1, -1])',
	'composite(ARRAY[1, 2], ARRAY[1, ''NaN''::float8])',
	'composite(ARRAY[1, 2], ARRAY[''Infinity''::float8, 1])',
	'composite(ARRAY[1, 2], NULL, ''mean'')',
	'composite(NULL, NULL, ''Median'')',
	'composite(ARRAY[1, 2], NULL, NULL)',
	'bubble_phase(101)',
	'bubble_phase(''NaN'')',
	'bubble_phase(-1, 0.5)',
	'bubble_phase(50, 1.1)',
	'bubble_phase(NULL, ''NaN'')',
	'bubble_phase(NULL, -0.1)'
]) WITH ORDINALITY AS u (call, n) ORDER BY n;

SELECT call, error_of('SELECT ' || call ||
	' FROM (VALUES (1, ARRAY[1.0, 2], ''zscore''), (2, ARRAY[2.0, 2], ''robust'')) AS v (i, a, t)')
FROM unnest(ARRAY[
	'bubble_score(''{}''::float8[])',
	'bubble_score(ARRAY[a, a]::float8[])',
	'bubble_score(array_append(a, ''NaN''))',
	'bubble_score(array_append(a, ''-Infinity''))',
	'bubble_score(CASE i WHEN 1 THEN a ELSE array_append(a, 1) END)',
	'bubble_score(a, ARRAY[1])',
	'bubble_score(a, ''{}'')',
	'bubble_score(a, ARRAY[[1, 2]])',
	'bubble_score(a, ARRAY[1, NULL])',
	'bubble_score(a, ARRAY[0, 0])',
	'bubble_score(a, ARRAY[''NaN'', 1]::float8[])',
	'bubble_score(a, ARRAY[1, ''-Infinity'']::float8[])',
	'bubble_score(a, NULL, ''rank'')',
	'bubble_score(a, NULL, NULL)',
	'bubble_score(a, NULL, ''robust'', ''sum'')',
	'bubble_score(a, NULL, ''robust'', NULL)',
	'bubble_score(NULL, NULL, NULL)',
	'bubble_score(a, ARRAY[1, i])',
	'bubble_score(a, CASE i WHEN 1 THEN ARRAY[1, 2] END)',
	'bubble_score(a, CASE i WHEN 2 THEN ARRAY[1, 2] END)',
	'bubble_score(a, NULL, t)',
	'bubble_score(a, NULL, CASE i WHEN 1 THEN t END)',
	'bubble_components(a, NULL, ''zscore'', CASE i WHEN 1 THEN ''median'' ELSE ''minimum'' END)',
	'bubble_score(a, ARRAY[1, i]) OVER (ORDER BY i)',
	'bubble_components(a, NULL, t) OVER (ORDER BY i ROWS 1 PRECEDING)'
]) WITH ORDINALITY AS u (call, n) ORDER BY n;
\pset tuples_only off
\pset format aligned
-- The session goes on.
SELECT bubble_score(ARRAY[x, y], ARRAY[1, 1], 'percentile', 'minimum', 1 ORDER BY i) FROM small;
