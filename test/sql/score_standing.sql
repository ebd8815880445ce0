-- Where values stand: in their partition, in their frame.
\getenv srcdir PG_ABS_SRCDIR
\set setup :srcdir '/setup.sql'
\i :setup
SET datestyle = ISO;
SET timezone = 'UTC';
SET jit = off;

-- By hand: 1, 3, 3, -1, 10, one unknown. Mean 3.2, variance 16.2; median 3,
-- MAD 2; ranks.
CREATE TABLE small (i int, x float8);
INSERT INTO small VALUES (1, 1), (2, 3), (3, 3), (4, -1), (5, 10), (6, NULL);
SELECT i, x, round(zscore(x) OVER ()::numeric, 9) AS zscore,
	round(robust_zscore(x) OVER ()::numeric, 9) AS robust_zscore,
	round(minmax_score(x) OVER ()::numeric, 9) AS minmax_score, percentile_score(x)
		OVER () AS percentile_score
FROM small ORDER BY i;
SELECT i, x, latest_percentile(x) OVER (ORDER BY i) AS growing, latest_percentile(x)
	OVER (ORDER BY i ROWS 2 PRECEDING) AS moving,
	round(latest_zscore(x) OVER (ORDER BY i)::numeric, 9) AS zscore,
		round(latest_zscore(x) OVER (ORDER BY i ROWS 2 PRECEDING)::numeric, 9) AS moving_zscore
FROM small ORDER BY i;
SELECT latest_percentile(x ORDER BY i) AS last_is_null,
	latest_percentile(x ORDER BY i DESC) AS last_is_first,
	latest_percentile(x ORDER BY x NULLS FIRST) AS highest,
	round(latest_zscore(x ORDER BY x NULLS FIRST)::numeric, 9) AS zscore
FROM small;

-- Values that do not differ stand at the middle; most of them do not.
SELECT DISTINCT zscore(7) OVER () AS zscore, robust_zscore(7) OVER () AS robust_zscore,
	minmax_score(7) OVER () AS minmax_score,
	percentile_score(7) OVER () AS percentile_score, latest_percentile(7)
		OVER () AS latest_percentile, latest_zscore(7) OVER () AS latest_zscore
FROM small;
SELECT DISTINCT x, robust_zscore(x) OVER () AS robust_zscore
FROM unnest(ARRAY[5, 5, 7, 5, 1, 5]::float8[]) AS x ORDER BY x;
-- Where the median distance is 0, by the mean distance, here 1: 2 / 1.253314.
SELECT DISTINCT x, round((robust_zscore(x) OVER () * 1.253314)::numeric, 9) AS distance
FROM unnest(ARRAY[5, 5, 7, 5, 1, 5]::float8[]) AS x ORDER BY x;
-- Never infinite, whatever the values and their order.
SELECT n, count(*) AS rows, min((x, r)::text) FILTER (WHERE (abs(r) < 10) IS NOT TRUE) AS finite,
	bool_or(r <> 0) AS differ
FROM (SELECT n, x, robust_zscore(x) OVER (PARTITION BY n ORDER BY random()) AS r
	FROM (VALUES (1, '{0,0,0,5e-324}'::float8[]), (2, '{1.7e308,1.7e308,-1.7e308,1.7e308,1e-300}'),
		(3, '{0,0,0,1e308,1e-320,2e-320,-1e-320}'), (4, '{3,3,3,4}')) AS v (n, a),
		unnest(a) AS x) AS y
GROUP BY n ORDER BY n;
SELECT count(*) AS rows, min((i, r, n)::text)
	FILTER (WHERE (abs(r - n) < 1e-12) IS NOT TRUE) AS differing
FROM (SELECT i, robust_zscore(x) OVER () AS r
	FROM (SELECT i, CASE WHEN i % 5 = 0 THEN i ^ 2 ELSE 7 END AS x
	FROM generate_series(1, 100) AS i) AS v) AS ours
JOIN (SELECT i, (x - 7) / (1.253314 * avg(abs(x - 7)) OVER ()) AS n
	FROM (SELECT i, CASE WHEN i % 5 = 0 THEN i ^ 2 ELSE 7 END AS x
	FROM generate_series(1, 100) AS i) AS v) AS theirs USING (i);
SELECT zscore(x) OVER (), percentile_score(x) OVER (), latest_zscore(x) OVER () FROM small
WHERE x IS NULL;
SELECT zscore(x) OVER (), robust_zscore(x) OVER (), minmax_score(x) OVER (), percentile_score(x)
	OVER () FROM small WHERE i = 5;
SELECT latest_zscore(x), latest_percentile(x) FROM small WHERE false;

-- Naive twins over random partitions, with ties and unknowns, whatever the
-- frame says.
SELECT setseed(0.1234);
CREATE TABLE random_values AS
SELECT i, i % 7 AS p, CASE WHEN random() < 0.1 THEN NULL WHEN i % 7 < 3
	THEN round((10 * random())::numeric)::float8 ELSE exp(5 * random()) END AS x
FROM generate_series(1, 2000) AS i;
SELECT count(*) FILTER (WHERE x IS NOT NULL) AS "values", min((i, p, x, n.zscore, z)::text)
	FILTER (WHERE (n.zscore IS NOT DISTINCT FROM z OR abs(n.zscore - z) < 1e-9)
	IS NOT TRUE) AS zscore,
	min((i, p, x, n.robust, r)::text)
		FILTER (WHERE (n.robust IS NOT DISTINCT FROM r OR abs(n.robust - r) < 1e-9)
		IS NOT TRUE) AS robust_zscore,
	min((i, p, x, n.minmax, m)::text)
		FILTER (WHERE (n.minmax IS NOT DISTINCT FROM m OR abs(n.minmax - m) < 1e-9)
		IS NOT TRUE) AS minmax_score, min((i, p, x, n.percentile, q)::text)
		FILTER (WHERE (n.percentile IS NOT DISTINCT FROM q OR abs(n.percentile - q) < 1e-9)
		IS NOT TRUE) AS percentile_score
FROM (SELECT i, p, x, zscore(x) OVER w AS z, robust_zscore(x) OVER w AS r, minmax_score(x)
	OVER (w ROWS 3 PRECEDING) AS m, percentile_score(x) OVER (PARTITION BY p) AS q
	FROM random_values WINDOW w AS (PARTITION BY p ORDER BY i)) AS ours,
	LATERAL (SELECT (ours.x - avg(o.x)) / stddev_samp(o.x) AS zscore, 100 * (ours.x - min(o.x))
		/ (max(o.x) - min(o.x)) AS minmax,
			CASE WHEN ours.x IS NOT NULL THEN 100.0 * count(*) FILTER (WHERE o.x < ours.x)
				/ (count(o.x) - 1) END AS percentile,
			(ours.x - percentile_cont(0.5) WITHIN GROUP (ORDER BY o.x))
				/ (1.4826 * (SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY abs(d.x - med))
				FROM random_values AS d,
					(SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY x) AS med
					FROM random_values AS e WHERE e.p = ours.p) AS m WHERE d.p = ours.p)) AS robust
		FROM random_values AS o WHERE o.p = ours.p) AS n;
SELECT * FROM in_frames($$
	SELECT i, frame, z, n.zscore, q, n.percentile
	FROM (SELECT i, array_agg(x) OVER w AS frame, latest_zscore(x) OVER w AS z,
		latest_percentile(x) OVER w AS q
		FROM random_values WINDOW w AS (PARTITION BY p {frame})) AS ours,
		LATERAL (SELECT CASE WHEN last IS NULL THEN NULL WHEN min(o) = max(o) THEN 0
			ELSE (last - avg(o)) / stddev_samp(o) END AS zscore,
				CASE WHEN last IS NULL THEN NULL WHEN min(o) = max(o) THEN 50 ELSE 100.0 * count(*)
					FILTER (WHERE o < last) / (count(o) - 1) END AS percentile
			FROM unnest(frame) AS o, (SELECT frame[cardinality(frame)] AS last) AS l
			GROUP BY last) AS n
	WHERE (n.zscore IS NOT DISTINCT FROM z OR abs(n.zscore - z) < 1e-9) IS NOT TRUE OR
		(n.percentile IS NOT DISTINCT FROM q OR abs(n.percentile - q) < 1e-9) IS NOT TRUE $$,
	ARRAY['ORDER BY i', 'ORDER BY i ROWS 20 PRECEDING',
		'ORDER BY i ROWS BETWEEN 30 PRECEDING AND 10 PRECEDING',
	'ORDER BY i ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING',
		'ORDER BY i ROWS BETWEEN 10 PRECEDING AND 5 FOLLOWING', 'ORDER BY i RANGE 60 PRECEDING',
	'ORDER BY i ROWS BETWEEN 3 FOLLOWING AND 6 FOLLOWING']);
SELECT count(*) AS rows, min((i, before, after)::text)
	FILTER (WHERE before IS DISTINCT FROM after) AS no_look_ahead
FROM (SELECT i, latest_zscore(x) OVER w AS before FROM random_values WINDOW w AS (ORDER BY i)) AS a
JOIN (SELECT i, latest_zscore(CASE WHEN i > 900 THEN 1e9 ELSE x END) OVER w AS after
	FROM random_values WINDOW w AS (ORDER BY i)) AS b USING (i) WHERE i <= 900;

-- Any size, without a residue.
SELECT count(*) AS rows, min((i, a, b)::text) FILTER (WHERE a IS DISTINCT FROM b) AS z,
	min((i, m, n)::text) FILTER (WHERE m IS DISTINCT FROM n) AS minmax
FROM (SELECT i, zscore(x) OVER () AS a, zscore(x * 2.0::float8 ^ 1000) OVER () AS b, minmax_score(x)
	OVER () AS m, minmax_score(x * 2.0::float8 ^ -1000) OVER () AS n FROM random_values) AS x;
SELECT x, minmax_score(x) OVER () AS minmax_score, round(zscore(x) OVER ()::numeric, 9) AS zscore
FROM unnest('{-1.7e308,0,1.7e308}'::float8[]) AS x;

SELECT error_of(format('SELECT %s FROM small', q))
FROM unnest(ARRAY['zscore(''NaN''::float8) OVER ()', 'percentile_score(x / 1e-320 * 1e300) OVER ()',
	'zscore(x)',
	'latest_percentile(''Infinity''::float8)',
		'latest_zscore(''-Infinity''::float8) OVER ()']) AS q;

DROP TABLE small, random_values;
