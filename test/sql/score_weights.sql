-- Weights of indicators from the data.
\getenv srcdir PG_ABS_SRCDIR
\set setup :srcdir '/setup.sql'
\i :setup
SET jit = off;

-- CRITIC and entropy of worked examples from the literature.
CREATE TABLE critic_example (a float8[]);
INSERT INTO critic_example VALUES ('{5000,3,3,4,3,2}'), ('{680,5,3,2,2,1}'), ('{2000,3,2,3,4,3}'),
	('{600,4,3,1,2,2}'), ('{800,2,4,3,3,4}');
SELECT array_agg(round(w::numeric, 3) ORDER BY o) AS critic
FROM unnest((SELECT critic_weights(a) FROM critic_example)) WITH ORDINALITY AS u (w, o);
CREATE TABLE entropy_example (a float8[]);
INSERT INTO entropy_example VALUES ('{7,312,1891,6613,163}'), ('{72,88,728,941804,1078}'),
	('{10,252,2594,3466,117471}'), ('{10,145,980,2371,86329}'),
	('{65,54,350,501,29897}'), ('{29,48,380,912,34051}'), ('{7,476,3300,78470,2212}'),
		('{70,87,650,733,819000}'), ('{4,86,591,3015,103}'),
	('{12,79,579,3240,96098}'), ('{21,45,261,1253,453}'), ('{1,72,530,4333,0.1048}');
SELECT array_agg(round(w::numeric, 6) ORDER BY o) AS entropy
FROM unnest((SELECT entropy_weights(a) FROM entropy_example)) WITH ORDINALITY AS u (w, o);

-- By hand. Two columns that correlate by r: the first component is (1, 1) /
-- sqrt 2, or (1, -1) where r < 0. With a third that correlates with neither,
-- still. Columns x, 2x, -x: thirds with their signs.
SELECT pca_weights(ARRAY[x, y]) AS alike, pca_weights(ARRAY[x, -y]) AS against
FROM (VALUES (1::float8, 2::float8), (2, 1), (3, 5), (4, 4)) AS v (x, y);
SELECT array_agg(round(w::numeric, 9) ORDER BY o) AS pca
FROM unnest((SELECT pca_weights(ARRAY[i, 2 * i, -i])
	FROM generate_series(1, 9) AS i)) WITH ORDINALITY AS u (w, o);
-- Correlations 0.5, 0.5, 0.5 of 1-of-a-kind and common parts, orthogonal by
-- construction: equal thirds. And 0.8, 0, 0: the pair takes all.
CREATE TABLE walsh AS SELECT i, (-1)^(i & 1) AS a, (-1)^(i >> 1 & 1) AS b, (-1)^(i >> 2 & 1) AS c,
	(-1)^(i >> 3 & 1) AS d FROM generate_series(0, 15) AS i;
SELECT array_agg(round(w::numeric, 9) ORDER BY o) AS pca
FROM unnest((SELECT pca_weights(ARRAY[a + d, b + d, c + d]) FROM walsh)) WITH ORDINALITY AS u (w,
	o);
SELECT array_agg(round(w::numeric, 9) ORDER BY o) AS pca
FROM unnest((SELECT pca_weights(ARRAY[2 * a + b, 2 * a - b, c]) FROM walsh)) WITH ORDINALITY AS u (
	w, o);
-- Correlations r(1,2) = r(2,3) = 1/2, r(1,3) = 0: eigenvalue 1 + 1/sqrt 2,
-- eigenvector (1, sqrt 2, 1) / 2.
SELECT array_agg(round(w::numeric, 9) ORDER BY o) AS pca
FROM unnest((SELECT pca_weights(ARRAY[a + b, 7 - 3 * (b + c), c + d])
	FROM walsh)) WITH ORDINALITY AS u (w, o);

-- Indicators that do not correlate, or pairs that correlate alike: any vector of
-- a plane could be the first component, so those that differ share alike.
SELECT pca_weights(ARRAY[a, b, c, d]) AS four, pca_weights(ARRAY[a, 3 - 2 * b]) AS two,
	pca_weights(ARRAY[a, 7, b, c]) AS with_a_constant,
	pca_weights(ARRAY[a, a + b, c, c - d]) AS pairs FROM walsh;
SELECT pca_weights(ARRAY[x, y]) AS shuffled
FROM (SELECT a AS x, b AS y FROM walsh ORDER BY random()) AS w;

-- Naive twins over random tables: loops over columns in SQL, and power
-- iteration for the component.
SELECT setseed(0.4321);
CREATE TABLE measured AS
SELECT g, i, ARRAY[exp(random()), 5 + random() + i * 0.01, 100 * random() * random(),
	10 - i * 0.02 + random(), round((3 * random())::numeric)::float8] AS a
FROM generate_series(1, 6) AS g, generate_series(1, 40 * g) AS i;
CREATE FUNCTION naive_correlation(group_ int, j int, k int) RETURNS float8
	LANGUAGE sql RETURN (SELECT corr(a[j], a[k]) FROM measured WHERE g = group_);
CREATE FUNCTION naive_weights(group_ int, kind text) RETURNS float8[] LANGUAGE sql AS
$$
	WITH r AS (SELECT j, k, naive_correlation(group_, j, k) AS r FROM generate_series(1, 5) AS j,
		generate_series(1, 5) AS k),
	c AS (SELECT j, CASE kind WHEN 'deviation' THEN stddev_samp(a[j])
			WHEN 'critic' THEN stddev_samp(a[j]) / (max(a[j]) - min(a[j])) * (SELECT sum(1 - r)
				FROM r WHERE r.j = n.j)
			ELSE 1 + sum(CASE WHEN a[j] > 0 THEN a[j] / t * ln(a[j] / t) ELSE 0 END)
				/ ln(count(*)) END AS w
		FROM measured, generate_series(1, 5) AS n (j), LATERAL (SELECT sum(a[n.j]) AS t
			FROM measured WHERE g = group_) AS s
		WHERE g = group_ GROUP BY j)
	SELECT array_agg(w / (SELECT sum(w) FROM c) ORDER BY j) FROM c
$$;
CREATE FUNCTION naive_pca(group_ int) RETURNS float8[] LANGUAGE plpgsql AS
$$
DECLARE
	r float8[] := ARRAY(SELECT naive_correlation(group_, j, k) FROM generate_series(1, 5) AS j,
		generate_series(1, 5) AS k ORDER BY j, k);
	v float8[] := '{1,0.9,0.8,0.7,0.6}';
	w float8[];
BEGIN
	FOR n IN 1 .. 2000 LOOP
		w := ARRAY(SELECT (SELECT sum(r[5 * (j - 1) + k] * v[k]) FROM generate_series(1, 5) AS k)
			FROM generate_series(1, 5) AS j ORDER BY j);
		v := ARRAY(SELECT x / sqrt((SELECT sum(y * y) FROM unnest(w) AS y))
			FROM unnest(w) WITH ORDINALITY AS u (x, o) ORDER BY o);
	END LOOP;
	RETURN ARRAY(SELECT sign((SELECT sum(y) FROM unnest(v) AS y)) * x * abs(x)
		FROM unnest(v) WITH ORDINALITY AS u (x, o) ORDER BY o);
END
$$;
CREATE FUNCTION near(a float8[], b float8[]) RETURNS text
	LANGUAGE sql RETURN CASE WHEN (SELECT count(*) FILTER (WHERE abs(x - y) < 1e-9) = 5 AND
	count(*) = 5 FROM unnest(a, b) AS u (x, y)) THEN 't' ELSE format('%s, not %s', b, a) END;
SELECT g, kind, ours, theirs
FROM (SELECT g, critic_weights(a) AS critic, entropy_weights(a) AS entropy,
	deviation_weights(a) AS deviation, pca_weights(a) AS pca
	FROM measured GROUP BY g) AS w,
	LATERAL (VALUES ('critic', critic, naive_weights(g, 'critic')),
		('entropy', entropy, naive_weights(g, 'entropy')),
		('deviation', deviation, naive_weights(g, 'deviation')), ('pca', pca, naive_pca(g)))
			AS v (kind, ours, theirs)
WHERE near(ours, theirs) <> 't' ORDER BY g, kind;

-- Weights add up to 1, whatever the units and the place of the indicators.
SELECT count(*) AS rows, min((g, w)::text)
	FILTER (WHERE (abs((SELECT sum(abs(x)) FROM unnest(w) AS x) - 1) < 1e-12) IS NOT TRUE) AS sums
FROM (SELECT g, unnest(ARRAY[critic_weights(a)::text, deviation_weights(a)::text,
	pca_weights(a)::text])::float8[] AS w FROM measured GROUP BY g) AS x;
SELECT near(critic_weights(a),
	critic_weights(ARRAY[a[1] * 1e6, a[2] - 1e3, a[3] / 1e200, a[4] * 1e200, a[5] + 7])) AS critic
FROM measured WHERE g = 3;
SELECT deviation_weights(ARRAY[x, x / 2]) AS huge, critic_weights(ARRAY[x, -x]) AS critic,
	pca_weights(ARRAY[x, -x]) AS pca FROM unnest('{-1.7e308,1.7e308,0}'::float8[]) AS x;

-- What does not differ gets nothing; if nothing does, all get the same. One
-- indicator gets all. Less than two rows tell nothing.
SELECT critic_weights(ARRAY[i, 7, -i]) AS critic, deviation_weights(ARRAY[i, 7, -i]) AS deviation,
	pca_weights(ARRAY[i, 7, -i]) AS pca, entropy_weights(ARRAY[i, 7, 4 - i]) AS entropy
FROM generate_series(1, 3) AS i;
SELECT critic_weights('{1,2}') AS critic, deviation_weights('{1,2}') AS deviation,
	pca_weights('{1,2}') AS pca, entropy_weights('{0,2}') AS entropy
FROM generate_series(1, 3) AS i;
SELECT critic_weights(ARRAY[i]) AS critic, deviation_weights(ARRAY[i]) AS deviation,
	pca_weights(ARRAY[-i]) AS pca, entropy_weights(ARRAY[i]) AS entropy
FROM generate_series(1, 3) AS i;
SELECT critic_weights(a) IS NULL AS critic, deviation_weights(a) IS NULL AS deviation,
	pca_weights(a) IS NULL AS pca, entropy_weights(a) IS NULL AS entropy
FROM (VALUES ('{1,2}'::float8[]), (NULL), ('{1,NULL}')) AS v (a);
SELECT critic_weights(a) FROM critic_example WHERE false;
-- A row with an unknown indicator is skipped.
SELECT critic_weights(a) = (SELECT critic_weights(a) FROM critic_example) AS skipped
FROM (SELECT a FROM critic_example UNION ALL VALUES (NULL::float8[]), ('{1,2,3,4,5,NULL}')) AS x;
-- They are weights: a negative one turns the indicator around.
SELECT round(bubble_score(ARRAY[i, -i], (SELECT pca_weights(ARRAY[j, -j])
	FROM generate_series(1, 9) AS j), NULL, NULL, 1 ORDER BY i)::numeric, 9) AS turned
FROM generate_series(1, 9) AS i;

SELECT error_of(format('SELECT %s FROM critic_example', q))
FROM unnest(ARRAY['critic_weights(''{}'')', 'pca_weights(ARRAY[[1, 2]])',
	'entropy_weights(ARRAY[-1, 2])',
	'deviation_weights(ARRAY[''NaN''::float8])',
		'deviation_weights(CASE WHEN a[1] > 700 THEN a ELSE ''{1,2}'' END)',
		'pca_weights(array_fill(1.0::float8, ARRAY[257]))']) AS q;

-- Any order, any parts.
CREATE TABLE measured_rows AS SELECT g, i, a, (8 * ((i * 7919) % 100) / 100)::int AS part
	FROM measured;
SELECT $$ SELECT g, critic_weights(a {order})::text AS c,
	entropy_weights(a {order})::text AS entropy,
	deviation_weights(a {order})::text AS d, pca_weights(a {order})::text AS p FROM {rows}
		GROUP BY g $$ AS query \gset
SELECT format('CREATE TABLE weights_expected AS %s', filled(:'query', 'measured_rows')) \gexec
SELECT * FROM in_every_plan('weights_expected', 'g', 'measured_rows', :'query', 'a');

DROP FUNCTION naive_weights, naive_pca, near, naive_correlation;
DROP TABLE critic_example, entropy_example, walsh, measured, measured_rows, measured_rows_parts,
	weights_expected;
