-- Functions of failing_malloc.c, whose file is the variable "library", and what
-- goes through a statement with them.
CREATE FUNCTION malloc_fails_at(number bigint, of_library boolean) RETURNS void
	AS :'library' LANGUAGE C;
CREATE FUNCTION malloc_fails_beyond(bytes bigint) RETURNS void AS :'library' LANGUAGE C;
CREATE FUNCTION malloc_refused() RETURNS boolean AS :'library' LANGUAGE C;
CREATE FUNCTION malloc_seen() RETURNS bigint AS :'library' LANGUAGE C;
CREATE FUNCTION library_peak() RETURNS bigint AS :'library' LANGUAGE C;
CREATE FUNCTION library_objects() RETURNS integer AS :'library' LANGUAGE C;
CREATE FUNCTION limit_memory(kilobytes bigint) RETURNS boolean AS :'library' LANGUAGE C;

-- Runs a statement of which an allocation is refused, after "arm" was executed.
-- What is wrong: another error than that there is no memory, or another answer.
CREATE FUNCTION tried(statement text, expected text, arm text,
	OUT refused boolean, OUT failed boolean, OUT wrong text)
LANGUAGE plpgsql AS
$$
DECLARE
	answer text;
BEGIN
	BEGIN
		EXECUTE arm;
		EXECUTE statement INTO answer;
		refused := malloc_refused();
		failed := false;
		IF answer IS DISTINCT FROM expected THEN
			wrong := format('%s: another answer, %s', arm, left(answer, 200));
		END IF;
	EXCEPTION WHEN OTHERS THEN
		refused := malloc_refused();
		failed := true;
		IF SQLSTATE <> '53200' OR NOT refused THEN
			wrong := format('%s: %s %s', arm, SQLSTATE, SQLERRM);
		END IF;
	END;
END
$$;

-- Refuses one allocation after the other, of all or only of GSL's and bubble's,
-- until the statement runs to its end without; every one as long as there are
-- few, then ever fewer. Or allows GSL and bubble only a share of the memory that
-- they take, and then of what they have nothing may be left.
CREATE FUNCTION swept(statement text, way text, most integer,
	OUT refusals bigint, OUT errors bigint, OUT wrong text)
LANGUAGE plpgsql AS
$$
DECLARE
	expected text;
	peak bigint;
	n bigint := 0;
	one record;
BEGIN
	refusals := 0;
	errors := 0;
	EXECUTE statement INTO expected;
	PERFORM tried(statement, expected, 'SELECT malloc_fails_beyond(9223372036854775807)');
	peak := library_peak();
	LOOP
		n := n + 1 + greatest(refusals - most / 2, 0) / 5;
		EXIT WHEN way = 'share' AND (n > 16 OR peak = 0) OR length(wrong) > 500;
		SELECT * INTO one FROM tried(statement, expected, CASE way
			WHEN 'share' THEN format('SELECT malloc_fails_beyond(%s)', peak * n / 16 - 1)
			ELSE format('SELECT malloc_fails_at(%s, %L)', n, way = 'library') END);
		EXIT WHEN way <> 'share' AND NOT one.refused;
		refusals := refusals + one.refused::int;
		errors := errors + one.failed::int;
		wrong := coalesce(wrong, one.wrong);
		IF way = 'share' AND library_objects() > 0 THEN
			wrong := concat_ws(', ', wrong, format('%s objects remain of a share of %s/16', library_objects(), n));
		END IF;
	END LOOP;
	SELECT * INTO one FROM tried(statement, expected, 'SELECT malloc_fails_at(0, true)');
	wrong := coalesce(wrong, one.wrong);
END
$$;
