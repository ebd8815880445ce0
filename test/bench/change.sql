-- Changes of a level, hype and lags of 1 million rows, against sum() of the
-- same rows: where breaks keep coming, where none come, with a trend, in
-- waves.
\set rows 1000000
SET max_parallel_workers_per_gather = 0;
SET jit = off;
SET work_mem = '1GB';
SET synchronize_seqscans = off;

SELECT setseed(0.5);
CREATE UNLOGGED TABLE level AS
SELECT timestamptz '2000-01-01' + i * interval '1 second' AS at, (i / 100 * 7919 % 13) + random() + random() AS breaks,
	random() + random() AS none, i / 1e5 + random() AS trend, 5 * sin(i / 1e4) + random() + random() AS wave
FROM generate_series(1, :rows) AS i;
VACUUM ANALYZE level;
CREATE TABLE stored AS
SELECT bubble_series(breaks, at) AS breaks, bubble_series(none, at) AS none, bubble_series(trend, at) AS trend, bubble_series(wave, at) AS wave
FROM level;

SELECT ratio(format('%s / sum()', f), format('SELECT %s FROM level', f), 'SELECT sum(breaks) FROM level', :rows, 3)
FROM unnest(ARRAY['cardinality(change_points(breaks, at))', 'change_point(breaks, at)', 'hype_gap(breaks, wave, at)', 'lead_lag(breaks, wave, at, 12)']) AS f;
SELECT ratio(format('%s, stored / sum()', f), format('SELECT %s FROM stored', f), 'SELECT sum(breaks) FROM level', :rows, 3)
FROM unnest(ARRAY['cardinality(change_points(breaks))', 'cardinality(change_points(none))', 'cardinality(change_points(trend))', 'cardinality(change_points(wave))',
	'cardinality(change_points(breaks, 0.01))', 'change_point(breaks)', 'hype_gap(breaks, wave)', 'lead_lag(breaks, wave, 12)']) AS f;
SELECT ratio(format('hype_gap(breaks, wave, at) / count(*), %s', name), format('SELECT hype_gap(breaks, wave, at) OVER (ORDER BY at %s) FROM level', frame),
	format('SELECT count(*) OVER (ORDER BY at %s) FROM level', frame), :rows, 1)
FROM (VALUES ('growing', 'ROWS UNBOUNDED PRECEDING'), ('252 rows', 'ROWS 251 PRECEDING')) AS v (name, frame);
