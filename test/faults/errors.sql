-- Statements that fail in the middle of their work, for every function that
-- every_call names: in a row that comes late, which cannot be computed (late), or
-- holds a value that is none (bad), or when they are cancelled (cancel).
CREATE FUNCTION malloc_cancels_at(number bigint, of_library boolean) RETURNS void
	AS :'library' LANGUAGE C;
CREATE FUNCTION malloc_in_use() RETURNS bigint AS :'library' LANGUAGE C;
CREATE FUNCTION memory_lost(bytes bigint) RETURNS boolean AS :'library' LANGUAGE C;

CREATE SCHEMA late;
CREATE VIEW late.observed AS
SELECT k, i, at, value / CASE WHEN i = 38 THEN 0 ELSE 1 END AS value FROM (
	SELECT * FROM public.observed WHERE k IN (1, 4) ORDER BY k, i) AS o;
CREATE SCHEMA bad;
CREATE VIEW bad.observed AS
SELECT k, i, at, CASE WHEN i = 38 THEN 'NaN' WHEN i = 39 THEN -1 ELSE value END AS value FROM (
	SELECT * FROM public.observed WHERE k IN (1, 4) ORDER BY k, i) AS o;
CREATE TABLE bad.sample AS
SELECT spoilt AS s, spoilt AS w, m, spoilt AS grown, spoilt AS r, spoilt AS long, fit, fit_date
FROM public.sample, LATERAL (
	SELECT bubble_series(CASE n WHEN 58 THEN 0 WHEN 59 THEN -1 ELSE u.value END, u.at) AS spoilt
	FROM unnest_dates(s) WITH ORDINALITY AS u (at, value, n)
) AS q;

-- Does it fail? Nothing else is done about it.
CREATE FUNCTION fails(statement text, arm text) RETURNS boolean LANGUAGE plpgsql AS
$$
DECLARE
	answer text;
	disarmed boolean;
BEGIN
	EXECUTE arm;
	EXECUTE statement INTO answer;
	disarmed := malloc_refused();
	RETURN false;
EXCEPTION WHEN query_canceled OR OTHERS THEN
	disarmed := malloc_refused();
	RETURN true;
END
$$;

-- Which allocation of a statement it is cancelled at goes round.
CREATE FUNCTION fails(way text, statement text, round integer, allocations bigint, of_library boolean) RETURNS boolean
LANGUAGE plpgsql AS
$$
BEGIN
	PERFORM set_config('search_path', CASE way WHEN 'cancel' THEN 'public' ELSE way || ', public' END, true);
	RETURN fails(statement, CASE way
		WHEN 'cancel' THEN format('SELECT malloc_cancels_at(%s, %L)', 1 + round % allocations, of_library)
		ELSE 'SELECT 1' END);
END
$$;

-- How many allocations a statement makes.
CREATE FUNCTION allocations(statement text, of_library boolean) RETURNS bigint LANGUAGE plpgsql AS
$$
DECLARE
	answer text;
	disarmed boolean;
BEGIN
	EXECUTE statement INTO answer;
	PERFORM malloc_fails_at(0, of_library);
	EXECUTE statement INTO answer;
	disarmed := malloc_refused();
	RETURN malloc_seen();
END
$$;

CREATE TABLE failing (way text, statement text, allocations bigint, of_library boolean);

-- Fails so many times with each statement.
CREATE FUNCTION repeated(rounds integer, which boolean) RETURNS bigint LANGUAGE plpgsql AS
$$
DECLARE
	one record;
	failures bigint := 0;
BEGIN
	FOR round IN 1 .. rounds LOOP
		FOR one IN SELECT * FROM failing WHERE of_library = which LOOP
			failures := failures + fails(one.way, one.statement, round, one.allocations, which)::int;
		END LOOP;
	END LOOP;
	RETURN failures;
END
$$;

-- What a session holds: memory contexts, bytes used in them, bytes of malloc,
-- objects of GSL and bubble, kilobytes that the process shares with no other.
CREATE VIEW held AS
SELECT count(*) AS contexts, sum(used_bytes) AS bytes, malloc_in_use() AS allocated, library_objects() AS objects,
	(SELECT (n[2]::bigint - n[3]::bigint) * 4 FROM string_to_array(pg_read_file('/proc/self/statm'), ' ') AS n) AS kilobytes
FROM pg_backend_memory_contexts;
