-- Warnings at the edges: more rows than are looked at at once.
\getenv srcdir PG_ABS_SRCDIR
\set setup :srcdir '/setup.sql'
\i :setup

-- The area of many rows is that without an interval; of scores that tell
-- events apart every sample has the area 1.
SELECT a.events, a.episodes, is_same(a.auroc, plain) AS auroc, a.low < plain AND plain < a.high
	AS between, b.low, b.auroc, b.high
FROM (SELECT auroc_interval(i * 7919 % 10007 + 2000 * (i % 50 < 7)::int, i % 50 < 7,
			date '2000-01-01' + i, '100 days', 20) AS a,
		auroc_interval(i % 50, i % 50 > 40, date '2000-01-01' + i, '100 days', 20) AS b,
		auroc(i * 7919 % 10007 + 2000 * (i % 50 < 7)::int, i % 50 < 7) AS plain
	FROM generate_series(0, 69999) AS i) AS c, LATERAL (SELECT (a).*) AS a,
	LATERAL (SELECT (b).*) AS b;
