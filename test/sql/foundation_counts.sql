-- Counts of rows, lags and replications are bigint, so that count(*) and
-- observations() can be given; integers are converted.
\getenv srcdir PG_ABS_SRCDIR
\set setup :srcdir '/setup.sql'
\i :setup
SET client_min_messages = error;
CREATE TABLE counted AS
SELECT i, date '2000-01-01' + i AS at, 100 + 3 * sin(i * i * 0.7) + 0.01 * i AS y,
	ARRAY[sin(i), cos(i)] AS x FROM generate_series(1, 120) AS i;
SELECT is_same(sadf_critical_value(n), sadf_critical_value(120)) AS sadf,
	is_same(gsadf_critical_value(n, n / 4, n / 120, 0.9),
	gsadf_critical_value(120, 30, 1, 0.9)) AS gsadf
FROM (SELECT count(*) AS n FROM counted) AS c;
SELECT is_same(adf(y, at, n / 60), adf(y, at, 2)) AS adf,
	is_same(explosive_bootstrap(y, at, n / 4, n / 120, n, n / 60), explosive_bootstrap(y, at, 30, 1,
	120, 2)) AS wild, is_same(sadf(y, at, n / 4), sadf(y, at, 30)) AS sadf,
	is_same(gsadf(y, at, n / 4, n / 120), gsadf(y, at, 30, 1)) AS gsadf,
	is_same(explosive_test(y, at, n / 4), explosive_test(y, at, 30)) AS test,
	is_same(explosive_episodes(y, at, n / 4, n / 120, 0.9, n / 30),
	explosive_episodes(y, at, 30, 1, 0.9, 4)) AS episodes
FROM counted, (SELECT count(*) AS n FROM counted) AS c;
SELECT is_same(gsadf(s, min_window => observations(s) / 4), gsadf(s, 30)) AS gsadf,
	is_same(bsadf_path(s, observations(s) / 4), bsadf_path(s, 30)) AS path,
	is_same(explosive_test(s, observations(s) / 4), explosive_test(s, 30)) AS test,
	is_same(adf(s, NULL, n / 40, 'aic'), adf(s, NULL, 3, 'aic')) AS chosen,
	is_same(explosive_bootstrap(s, n / 4, 0::bigint, n, 1, 'phillips_shi', n / 2),
	explosive_bootstrap(s,
		30, 0, 120, 1, 'phillips_shi', 60)) AS bootstrap
FROM (SELECT bubble_series(y, at) AS s, count(*) AS n FROM counted) AS b;
SELECT count(*) AS rows, min((i, a, b)::text) FILTER (WHERE a IS DISTINCT FROM b) AS differing
FROM (SELECT i, bsadf(y, n / 4, n / 120) OVER (ORDER BY at) AS a, bsadf(y, 30, 1)
	OVER (ORDER BY at) AS b FROM counted, (SELECT count(*) AS n FROM counted) AS c) AS x;
SELECT count(*) AS levels FROM (SELECT count(*) AS n FROM counted) AS c,
	explosive_simulate(n, n / 4, n / 120, n / 2, 7);
SELECT is_same(bubble_score(x, '{1,1}', 'zscore', 'arithmetic', n / 10 ORDER BY i), bubble_score(x,
	'{1,1}', 'zscore', 'arithmetic', 12 ORDER BY i)) AS score
FROM counted, (SELECT count(*) AS n FROM counted) AS c GROUP BY n;
SELECT score_sensitivity(x, '{1,1}', 'zscore', 'arithmetic', n / 10, 0.25, n, 1 ORDER BY i)
	= score_sensitivity(x, '{1,1}', 'zscore', 'arithmetic', 12, 0.25, 120,
	1 ORDER BY i) AS sensitivity
FROM counted, (SELECT count(*) AS n FROM counted) AS c GROUP BY n;
-- No count is cut to an integer before it is looked at.
SELECT error_of(format(q, n)) ~ '^(22023|54000) ' AS refused, format(q, n) AS statement
FROM unnest(ARRAY['9223372036854775807', '-4294967295', '4294967297']) AS n,
	unnest(ARRAY['SELECT adf(y, at, %s) FROM counted',
		'SELECT score_sensitivity(x, ''{1,1}'', ''zscore'', ''arithmetic'', 12, 0.25, %s, 1) '
		'FROM counted',
		'SELECT explosive_bootstrap(y, at, 30, 0, %s, 1) FROM counted']) AS q;
SELECT error_of(format(q, '-4294967295')), format(q, '-4294967295') AS statement
FROM unnest(ARRAY['SELECT sadf(y, at, %s) FROM counted',
	'SELECT bubble_score(x, ''{1,1}'', ''zscore'', ''arithmetic'', %s) FROM counted',
		'SELECT explosive_episodes(y, at, 30, 0, 0.95, %s) FROM counted']) AS q;
SELECT bubble_score(x, '{1,1}', 'zscore', 'arithmetic', 9223372036854775807 ORDER BY i) AS never
FROM counted;
DROP TABLE counted;
