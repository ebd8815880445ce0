-- Scores at the edges: no rows, and parts without any.
\getenv srcdir PG_ABS_SRCDIR
\set setup :srcdir '/setup.sql'
\i :setup
CREATE SCHEMA score_edges;
SET search_path = score_edges, public;

SELECT bubble_score(a) AS score, bubble_components(a) AS components,
	bubble_contributions(a) AS contributions, score_sensitivity(a) AS sensitivity,
	pca_weights(a) AS pca, entropy_weights(a) AS entropy, critic_weights(a) AS critic,
	deviation_weights(a) AS deviation
FROM (SELECT ARRAY[1.0::float8, 2] WHERE false) AS v (a);

-- Group 0 is known in some parts, group 1 in none, group 2 in all; in some of
-- group 3 one indicator is not.
CREATE TABLE known AS SELECT g, i % 9 AS part,
	CASE WHEN CASE g WHEN 0 THEN i % 9 < 2 ELSE g > 1 END
		THEN ARRAY[i, CASE WHEN g = 3 AND i % 9 < 4 THEN NULL ELSE i * i % 17 END,
			i * 7 % 11 + 1]::float8[] END AS a
FROM generate_series(0, 3) AS g, generate_series(1, 90) AS i;
CREATE TABLE expected AS
SELECT g, pca_weights(a) AS pca, entropy_weights(a) AS entropy, critic_weights(a) AS critic,
	deviation_weights(a) AS deviation
FROM known WHERE array_position(a, NULL) IS NULL AND a IS NOT NULL GROUP BY g
UNION ALL SELECT 1, NULL, NULL, NULL, NULL;
SELECT * FROM in_every_plan('expected', 'g', 'known', 'SELECT g, pca_weights(a) AS pca,
	entropy_weights(a) AS entropy, critic_weights(a) AS critic, deviation_weights(a) AS deviation
	FROM {rows} GROUP BY g', NULL, 'wanted::text IS NOT DISTINCT FROM given::text');
SELECT error_of_parts('SELECT pca_weights(CASE WHEN part < 4 THEN a[:2] ELSE a END)
	FROM known_parts');
