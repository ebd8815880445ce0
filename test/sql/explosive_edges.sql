-- Explosive roots at the edges: no rows, and samples that no surface covers.
\getenv srcdir PG_ABS_SRCDIR
\set setup :srcdir '/setup.sql'
\i :setup
CREATE SCHEMA explosive_edges;
SET search_path = explosive_edges, public;

-- No rows, and rows without a value.
CREATE TABLE nothing (y float8, at date);
CREATE FUNCTION answers(source text) RETURNS TABLE (call text, answer text) LANGUAGE plpgsql AS
$$
BEGIN
	FOREACH call IN ARRAY '{"adf(y, at)", "sadf(y, at)", "gsadf(y, at)", "explosive_test(y, at)",
		"explosive_test(y, at, 40)", "explosive_episodes(y, at)", "explosive_episodes(y, at, 40)",
		"explosive_bootstrap(y, at)", "explosive_bootstrap(y, at, 40)",
		"explosive_residuals(y, ARRAY[y], at)"}'::text[]
	LOOP
		EXECUTE format('SELECT %s FROM %s', call, source) INTO answer;
		IF answer IS NOT NULL THEN
			RETURN NEXT;
		END IF;
	END LOOP;
END
$$;
SELECT * FROM answers('nothing');
INSERT INTO nothing SELECT NULL, date '2020-01-01' + i FROM generate_series(1, 50) AS i;
SELECT * FROM answers('nothing');

-- Critical values where the surface has them: windows from half of the default
-- on, that leave enough rows to the lags.
CREATE TABLE stored AS
SELECT bubble_series(sin(i * i) + i / 10.0, date '2020-01-01' + i) AS s
FROM generate_series(1, 300) AS i;
SELECT w AS min_window, l AS lags,
	(SELECT count(*) FROM unnest(bsadf_critical_path(s, w, l))) AS rows,
	(SELECT count(*) FROM unnest(bsadf_path(s, w, l))) AS of_path
FROM stored, (VALUES (16, 0), (17, 0), (300, 0), (31, 12), (32, 12)) AS v (w, l);
SELECT is_same((SELECT value FROM unnest(bsadf_critical_path(s, 300))),
	sadf_critical_value(300)) AS last FROM stored;

-- Parts without rows of their own.
CREATE TABLE controlled AS SELECT g, i % 9 AS part, date '2020-01-01' + i AS at,
	CASE g WHEN 0 THEN i % 9 < 2 WHEN 1 THEN false ELSE true END AS known,
	sin(i * 0.7) AS y, cos(i * i) AS a
FROM generate_series(0, 2) AS g, generate_series(1, 90) AS i;
CREATE TABLE expected AS SELECT g, explosive_residuals(y, ARRAY[a], at)::text AS s
FROM controlled WHERE known GROUP BY g UNION ALL SELECT 1, NULL;
SELECT g, (SELECT count(*) FROM unnest(s::bubble_series)) AS rows FROM expected ORDER BY g;
SELECT * FROM in_every_plan('expected', 'g', 'controlled', 'SELECT g, explosive_residuals(
	CASE WHEN known THEN y END, ARRAY[a], at)::text AS s FROM {rows} GROUP BY g');
SELECT error_of_parts('SELECT explosive_residuals(y, CASE WHEN part < 4 THEN ARRAY[a] ELSE
	ARRAY[a, a * a] END, at) FROM controlled_parts');
