\set ECHO none
-- What every test begins with, so that each runs by itself:
--	\getenv srcdir PG_ABS_SRCDIR
--	\set setup :srcdir '/setup.sql'
--	\i :setup
-- A comparison that fails prints the keys and both rows: differences(),
-- in_every_plan() and in_frames() give the rows that differ, no row is expected.
-- Next to other columns it is the least one that differs, NULL expected:
--	count(*) AS rows, min((key, a, b)::text) FILTER (WHERE a <> b) AS differing
-- where the count says that there was something to compare; of one row
--	is_same(a, b), is_near(a, b, 1e-9)
SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS bubble;

-- The error that a statement ends with.
CREATE OR REPLACE FUNCTION error_of(statement text) RETURNS text LANGUAGE plpgsql AS
$$
DECLARE
	state text;
	message text;
	detail text;
	hint text;
BEGIN
	EXECUTE statement;
	RETURN 'no error';
EXCEPTION WHEN OTHERS THEN
	GET STACKED DIAGNOSTICS state = RETURNED_SQLSTATE,
		message = MESSAGE_TEXT, detail = PG_EXCEPTION_DETAIL,
		hint = PG_EXCEPTION_HINT;
	-- What the server itself says of missing functions depends on its version.
	IF state = '42883' THEN
		RETURN format('%s %s', state, message);
	END IF;
	RETURN format('%s %s | %s | %s', state, message, detail, hint);
END
$$;

-- t, or else both values; NULL if both are.
CREATE OR REPLACE FUNCTION is_near(got float8, expected float8, tolerance float8)
RETURNS text LANGUAGE sql IMMUTABLE
RETURN CASE WHEN abs(got - expected) < tolerance THEN 't' ELSE format('%s, not %s', got,
	expected) END;
CREATE OR REPLACE FUNCTION is_same(got anycompatible, expected anycompatible)
RETURNS text LANGUAGE sql IMMUTABLE AS
$$
	SELECT CASE WHEN num_nulls(got, expected) = 2 THEN NULL
		WHEN got IS NOT DISTINCT FROM expected THEN 't'
		ELSE format('%s, not %s', got, expected) END
$$;

-- A query of its own within another, planned as if it stood alone.
CREATE OR REPLACE FUNCTION materialized(query text) RETURNS text LANGUAGE sql IMMUTABLE
RETURN format('WITH q AS MATERIALIZED (%s) SELECT * FROM q', query);

-- Is some node of a query's plan of this kind?
CREATE OR REPLACE FUNCTION plan_has(statement text, node text) RETURNS boolean LANGUAGE plpgsql AS
$$
DECLARE
	line text;
BEGIN
	FOR line IN EXECUTE 'EXPLAIN (COSTS OFF) ' || materialized(statement) LOOP
		IF line LIKE '%' || node || '%' THEN
			RETURN true;
		END IF;
	END LOOP;
	RETURN false;
END
$$;

-- The first rows in which a query differs from a table or view, one row a key;
-- one that is missing on either side is NULL there. What is the same may be
-- said of the rows wanted and given.
CREATE OR REPLACE FUNCTION differences(twin text, key text, query text,
	same text DEFAULT 'wanted IS NOT DISTINCT FROM given')
RETURNS TABLE (of_key text, expected text, got text) LANGUAGE plpgsql AS
$$
BEGIN
	RETURN QUERY EXECUTE format('SELECT %2$I::text, wanted::text, given::text
		FROM %1$I AS wanted FULL JOIN (%3$s) AS given USING (%2$I)
		WHERE (%4$s) IS NOT TRUE OR (wanted.%2$I IS NULL) <> (given.%2$I IS NULL)
		ORDER BY %2$I LIMIT 5', twin, key, materialized(query), same);
	RETURN QUERY EXECUTE format('SELECT NULL, ''a row'', ''nothing to compare''
		WHERE NOT EXISTS (SELECT FROM %I)', twin);
END
$$;
CREATE OR REPLACE FUNCTION agrees(twin text, key text, query text) RETURNS boolean LANGUAGE sql
RETURN NOT EXISTS (SELECT FROM differences(twin, key, query));

-- A copy of a table, its rows in random order and spread over the partitions
-- that its column "part" (0 to 8) names.
CREATE OR REPLACE FUNCTION split_randomly(original text, parts text) RETURNS void
	LANGUAGE plpgsql AS
$$
BEGIN
	EXECUTE format('CREATE TABLE %I (LIKE %I) PARTITION BY LIST (part)', parts, original);
	FOR i IN 0 .. 8 LOOP
		EXECUTE format('CREATE TABLE %I PARTITION OF %I FOR VALUES IN (%s)',
			parts || '_' || i, parts, i);
	END LOOP;
	EXECUTE format('INSERT INTO %I SELECT * FROM %I ORDER BY random()', parts, original);
	EXECUTE format('ANALYZE %I', parts);
END
$$;

-- A query with its places filled in.
CREATE OR REPLACE FUNCTION filled(query text, rows text, ordering text DEFAULT '',
	type text DEFAULT 'date')
RETURNS text LANGUAGE sql IMMUTABLE
RETURN replace(replace(replace(query, '{rows}', rows), '{order}', ordering), '{time}', type);

-- A query over {rows}, a table with a column "part", in every plan: what it
-- gives that is not expected, or a plan that is not taken. An {order} at the
-- end of aggregates' arguments is each of those of rows, none and random ones;
-- there the aggregates are also called as window functions. {time} is date and
-- timestamptz. The partitions stay, under the table's name with _parts.
CREATE OR REPLACE FUNCTION in_every_plan(twin text, key text, original text, query text,
	ordering text DEFAULT NULL, same text DEFAULT 'wanted IS NOT DISTINCT FROM given')
RETURNS TABLE (plan text, of_key text, expected text, got text) LANGUAGE plpgsql
SET parallel_setup_cost = 0
SET parallel_tuple_cost = 0
SET min_parallel_table_scan_size = 0
SET max_parallel_workers_per_gather = 0
SET enable_partitionwise_aggregate = off
SET cpu_tuple_cost = 0.01 AS
$$
DECLARE
	form record;
	statement text;
	node text;
BEGIN
	EXECUTE format('ALTER TABLE %I SET (parallel_workers = 4)', original);
	EXECUTE format('ANALYZE %I', original);
	PERFORM split_randomly(original, original || '_parts');
	FOR form IN
		SELECT concat(name, CASE WHEN query ~ '{time}' THEN ' of ' || type END) AS name,
			type, clause, workers, nodes
		FROM (VALUES
			('as it comes', '', 0, '{}'::text[]),
			('ordered', 'ORDER BY ' || ordering, 0, '{}'),
			('reversed', 'ORDER BY ' || replace(ordering, ',', ' DESC,') || ' DESC', 0, '{}'),
			('shuffled', 'ORDER BY random()', 0, '{}'),
			('whole partition', 'window', 0, '{}'),
			('parallel', '', 4, '{Partial,Gather}'),
			('partition-wise', '', 0, '{Partial,Append}')) AS v (name, clause, workers, nodes),
			unnest('{date,timestamptz}'::text[]) AS type
		WHERE (clause = '' OR clause <> '' AND query ~ '{order}') AND
			(type = 'date' OR query ~ '{time}')
	LOOP
		PERFORM set_config('max_parallel_workers_per_gather', form.workers::text, true);
		IF form.clause = 'window' THEN
			statement := format('SELECT DISTINCT * FROM (%s) AS q',
				replace(replace(query, '{order})', format(') OVER (PARTITION BY %I)', key)),
					format('GROUP BY %I', key), ''));
		ELSE
			statement := query;
		END IF;
		IF 'Append' = ANY (form.nodes) THEN
			PERFORM set_config('enable_partitionwise_aggregate', 'on', true),
				set_config('cpu_tuple_cost', '1', true);
		ELSE
			PERFORM set_config('enable_partitionwise_aggregate', 'off', true),
				set_config('cpu_tuple_cost', '0.01', true);
		END IF;
		statement := filled(statement,
			original || CASE WHEN 'Append' = ANY (form.nodes) THEN '_parts' ELSE '' END,
			form.clause, form.type);
		FOREACH node IN ARRAY form.nodes LOOP
			IF NOT plan_has(statement, node) THEN
				RETURN QUERY SELECT form.name, NULL, node, 'no such node in the plan';
			END IF;
		END LOOP;
		RETURN QUERY SELECT form.name, d.* FROM differences(twin, key, statement, same) AS d;
	END LOOP;
END
$$;

-- The error of parameters that differ between partitions only: it is combining
-- their states that can tell.
CREATE OR REPLACE FUNCTION error_of_parts(statement text) RETURNS text LANGUAGE sql
SET max_parallel_workers_per_gather = 0
SET enable_partitionwise_aggregate = on
SET cpu_tuple_cost = 1
RETURN CASE WHEN plan_has(statement, 'Partial') THEN error_of(statement)
	ELSE 'no partial aggregate' END;

-- The first rows that a query with a {frame} gives for some frame: it is to
-- select those that differ.
CREATE OR REPLACE FUNCTION in_frames(query text, frames text[])
RETURNS TABLE (frame text, differing text) LANGUAGE plpgsql AS
$$
BEGIN
	FOREACH frame IN ARRAY frames LOOP
		RETURN QUERY EXECUTE format('SELECT %L, q::text FROM (%s) AS q LIMIT 5',
			frame, replace(query, '{frame}', frame));
	END LOOP;
END
$$;
RESET client_min_messages;
\set ECHO all
