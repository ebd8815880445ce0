-- Every function at its largest accepted size, cancelled at several moments
-- from 0.15 to 5 seconds on; what ends sooner was not cancelled there. The memory is the peak of
-- the process, less what it has when it has done nothing.
SET client_min_messages = error;
CREATE EXTENSION dblink;

CREATE FUNCTION cancelled_after(statement text, seconds float8, OUT milliseconds float8, OUT megabytes float8)
LANGUAGE plpgsql AS
$$
DECLARE
	server CONSTANT text := format('host=%s port=%s dbname=%s', split_part(current_setting('unix_socket_directories'), ',', 1),
		current_setting('port'), current_database());
	pid int;
	began timestamptz;
	unused text;
BEGIN
	PERFORM dblink_connect('other', server);
	pid := (SELECT p FROM dblink('other', 'SELECT pg_backend_pid()') AS t (p int));
	PERFORM dblink_exec('other', 'SET work_mem = ''64MB''; SET max_parallel_workers_per_gather = 0');
	PERFORM dblink_send_query('other', statement);
	began := clock_timestamp();
	WHILE dblink_is_busy('other') = 1 AND clock_timestamp() < began + seconds * interval '1 second' LOOP
		PERFORM pg_sleep(0.002);
	END LOOP;
	IF dblink_is_busy('other') = 1 THEN
		began := clock_timestamp();
		PERFORM pg_cancel_backend(pid);
		WHILE dblink_is_busy('other') = 1 LOOP
			PERFORM pg_sleep(0.0005);
		END LOOP;
		milliseconds := extract(epoch FROM clock_timestamp() - began) * 1000;
	END IF;
	megabytes := (regexp_match(pg_read_file(format('/proc/%s/status', pid)), 'VmHWM:\s+(\d+)'))[1]::float8 / 1024;
	BEGIN
		SELECT r INTO unused FROM dblink_get_result('other', false) AS t (r text);
	EXCEPTION WHEN OTHERS THEN	-- the cancel itself
		NULL;
	END;
	unused := dblink_error_message('other');
	IF unused ~ '^ERROR' AND unused !~ 'canceling statement' THEN
		RAISE EXCEPTION '%: %', statement, unused;
	END IF;
	PERFORM dblink_disconnect('other');
END
$$;

CREATE FUNCTION cancelled(name text, statement text) RETURNS text LANGUAGE sql AS
$$
SELECT format('%s %s ms %s MB', rpad(name, 58), coalesce(to_char(max(milliseconds), '99990.0'), '    ended'),
	to_char(max(megabytes) - (SELECT megabytes FROM cancelled_after('SELECT 1', 0.2)), '99990'))
FROM unnest('{0.4, 1.3, 3, 6}'::float8[]) AS moment, cancelled_after(statement, moment)
$$;

-- 17 million points as one value, five million rows at one time, five million
-- shuffled ones.
CREATE TABLE big AS
SELECT bubble_series(100 + 50 * sin(i / 1e5) + i % 7, timestamptz '2000-01-01' + i * interval '1 second') AS s
FROM generate_series(1, 17000000) AS i;
CREATE TABLE points AS
SELECT x, at, at + interval '3 days' AS later, x > 148 AS event, ARRAY[x, 160 - x, x * x] AS three
FROM (SELECT 100 + 50 * sin(i / 1e5) + i % 7 AS x,
		timestamptz '2000-01-01' + i * 7919::bigint % 5000011 * interval '1 minute' AS at
	FROM generate_series(1, 5000000) AS i) AS p;
VACUUM ANALYZE points;

SELECT format('SELECT cancelled(%L, %L)', name, statement) FROM (VALUES
	('event_episodes(event, at)', 'SELECT cardinality(event_episodes(event, at)) FROM points'),
	('auroc_interval(x, event, at, span, 100000)', 'SELECT auroc_interval(x, event, at, ''1 year'', 100000) IS NULL FROM points'),
	('calibration(x, event, 1000)', 'SELECT calibration(x, event, 1000) IS NULL FROM points'),
	('brier_score(x, event)', 'SELECT brier_score(x / 200, event) FROM points'),
	('run_ups(x, x, at)', 'SELECT run_ups(x, 1, at, 0.01) IS NULL FROM points'),
	('run_ups(series, series)', 'SELECT run_ups(s, s, 0.01) IS NULL FROM big'),
	('crash_odds(x, event, 1000 thresholds)', 'SELECT crash_odds(x, event, array_fill(1::float8, ARRAY[1000])) IS NULL FROM points'),
	('crash_odds(x, event, cluster, 1000 thresholds, 100000)', 'SELECT crash_odds(x, event, x, array_fill(1::float8, ARRAY[1000]), 100000) IS NULL FROM points')
) AS cases (name, statement) \gexec
