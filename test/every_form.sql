-- After every_aggregate.sql: every aggregate in every form of a call, for tests that
-- compare what comes out over the rows of "observed" with what does over the same
-- rows somewhere else.

-- What a row's values are made of are columns, which other servers may be sent.
ALTER TABLE observed ADD ts timestamptz, ADD s bubble_series, ADD d drawdown_summary;
UPDATE observed SET ts = (at + time '16:00') AT TIME ZONE 'UTC',
	s = format('date{%s=%s}', at, value)::bubble_series,
	d = format('date{%1$s;%1$s=%2$s;%1$s=%2$s}', at, value)::drawdown_summary;

-- One that takes rows as they come gets them in an order.
CREATE VIEW form AS
SELECT form, aggregate,
	replace(replace(replace(pattern, 'f(', proname || '('), 'a, b',
	replace(replace(replace(arguments, $$(at + time '16:00') AT TIME ZONE 'UTC'$$, 'ts'),
		$$format('date{%s=%s}', at, value)$$, 's'),
		$$format('date{%1$s;%1$s=%2$s;%1$s=%2$s}', at, value)$$, 'd')),
	'in order', 'ORDER BY i, k') AS call
FROM every_aggregate AS e JOIN pg_proc AS p ON p.oid = e.aggregate, (VALUES
	('plain', 'f(a, b)', true),
	('in order', 'f(a, b in order)', false),
	('distinct', 'f(DISTINCT a, b)', false),
	('filtered', 'f(a, b in order) FILTER (WHERE i % 4 > 0)', false)
) AS v (form, pattern, any_order)
WHERE in_parts OR NOT any_order;

CREATE FUNCTION asked(call text, rows text, by_symbol boolean) RETURNS text LANGUAGE sql
RETURN CASE WHEN by_symbol THEN format('SELECT k, (%s)::text AS a FROM %s GROUP BY k', call, rows)
	ELSE format('SELECT 0 AS k, (%s)::text AS a FROM %s', call, rows) END;

-- The answers of a call, by symbol or of all rows, or the error that it ends with.
CREATE FUNCTION answer(call text, rows text, by_symbol boolean) RETURNS text LANGUAGE plpgsql AS
$$
DECLARE
	query text := asked(call, rows, by_symbol);
	answer text;
BEGIN
	EXECUTE format('SELECT string_agg(format(''%%s: %%s'', k, a), E''\n'' ORDER BY k)
		FROM (%s) AS q', query) INTO answer;
	RETURN answer;
EXCEPTION WHEN OTHERS THEN
	RETURN format('ERROR %s in %s: %s', SQLSTATE, query, SQLERRM);
END
$$;

CREATE FUNCTION other_answers(elsewhere text, by_symbol boolean, forms text[])
RETURNS TABLE (form text, call text, here text, there text) LANGUAGE sql AS
$$
WITH pair AS MATERIALIZED (
	SELECT form, call, answer(call, 'observed', by_symbol) AS here,
		answer(call, elsewhere, by_symbol) AS there
	FROM form WHERE form = ANY (forms)
)
SELECT * FROM pair WHERE here IS DISTINCT FROM there OR here ~ '^ERROR'
$$;

CREATE FUNCTION plan(query text) RETURNS text LANGUAGE plpgsql AS
$$
DECLARE
	line text;
	lines text := '';
BEGIN
	FOR line IN EXECUTE 'EXPLAIN (VERBOSE, COSTS OFF) ' || query LOOP
		lines := lines || line || E'\n';
	END LOOP;
	RETURN lines;
END
$$;
