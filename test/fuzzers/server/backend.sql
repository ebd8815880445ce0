-- What backend.c feeds, and inputs to begin with. Single-user mode ends a
-- statement at a semicolon with an empty line after it (postgres --single -j).
CREATE EXTENSION bubble;

CREATE FUNCTION fuzz_backend(target text, arguments text[]) RETURNS void AS '@LIBRARY@' LANGUAGE C;

CREATE FUNCTION fuzz_state(aggregate regprocedure, query text) RETURNS bytea
	AS '@LIBRARY@' LANGUAGE C STRICT;

CREATE FUNCTION fuzz_hash(name text) RETURNS integer LANGUAGE sql AS
$$ SELECT ('x' || substr(md5(name), 1, 4))::bit(16)::integer $$;

CREATE FUNCTION fuzz_line(name text, input bytea) RETURNS text LANGUAGE sql AS
$$ SELECT replace(encode(decode(substr(md5(name), 1, 4), 'hex') || input, 'base64'), E'\n', '') $$;

CREATE VIEW fuzz_member AS
SELECT p.* FROM pg_proc p JOIN pg_depend d
	ON d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e'
WHERE d.refobjid = (SELECT oid FROM pg_extension WHERE extname = 'bubble');

-- Functions of users that take a value of the type, and what else they need.
CREATE TABLE fuzz_text AS
SELECT fuzz_hash(t.typname) AS hash, t.oid AS object, (
	SELECT array_agg(query ORDER BY query) FROM (
		SELECT format('SELECT %s(%s) FROM (SELECT 1 AS k, 3 AS i, 99.5 AS value, '
			'date ''2020-02-01'' AS at) AS o', p.proname, string_agg(CASE a.type
				WHEN t.oid THEN '$1' ELSE argument(p.proname, p.proargnames[a.n], a.type) END,
				', ' ORDER BY a.n)) AS query
		FROM fuzz_member p, unnest(p.proargtypes) WITH ORDINALITY AS a (type, n)
		WHERE p.proname !~ '^bubble_|_(in|out|recv|send)$' AND t.oid = ANY (p.proargtypes)
			AND p.prokind IN ('f', 'a') AND a.n <= p.pronargs - p.pronargdefaults
		GROUP BY p.oid, p.proname
	) AS q) AS uses
FROM pg_type t JOIN pg_depend d ON d.classid = 'pg_type'::regclass AND d.objid = t.oid
	AND d.deptype = 'e'
WHERE d.refobjid = (SELECT oid FROM pg_extension WHERE extname = 'bubble') AND t.typtype = 'b'
	AND t.typelem = 0;

CREATE TABLE fuzz_binary AS TABLE fuzz_text;

-- The name of the aggregate would be that of several.
CREATE TABLE fuzz_states AS
SELECT fuzz_hash(a.aggfnoid::regprocedure::text) AS hash, a.aggfnoid::oid AS object,
	'{}'::text[] AS uses
FROM pg_aggregate a JOIN fuzz_member p ON p.oid = a.aggfnoid WHERE a.aggdeserialfn <> 0;

CREATE TABLE fuzz_value AS
SELECT 'bubble_series' AS type, series::text AS value FROM (
	SELECT bubble_series(value, at) FROM observed WHERE k = 1
	UNION ALL SELECT bubble_series(value, at) FROM observed
	UNION ALL SELECT bubble_series(value, at::timestamp AT TIME ZONE 'UTC') FROM observed WHERE k = 2
	UNION ALL SELECT bubble_series(0, at + interval '1 microsecond') FROM observed WHERE k = 3
) AS s (series)
UNION ALL
SELECT 'drawdown_summary', summary::text FROM (
	SELECT drawdown_summary(value, at) FROM observed WHERE k = 1
	UNION ALL SELECT drawdown_summary(value, at) FROM observed
	UNION ALL SELECT drawdown_summary(value, at::timestamp AT TIME ZONE 'UTC') FROM observed
	UNION ALL SELECT drawdown_summary(i % 5, at) FROM observed
) AS s (summary)
UNION ALL
SELECT type, value FROM (VALUES ('bubble_series'), ('drawdown_summary')) AS t (type),
	unnest(ARRAY['date{}', 'date{2020-01-01=1}', 'timestamptz{ 2000-01-01 02:00+01 = 2.5e-7 }',
		'date{4714-11-24 BC=1,294276-12-31=2}', 'date{2020-01-01=1,2020-01-01=2}',
		'date{2020-01-01=1;2020-01-01=1,2020-01-02=-2;2020-01-02=0}',
		'date{2020-01-01,0us*4000000000000000000;2020-01-01=1;2020-01-01=1}',
		'date{2020-01-31=Infinity}', 'date{infinity=1}', 'date{2020-01-01=1e400}']) AS value;

COPY (SELECT fuzz_line(type, convert_to(value, 'UTF8')) FROM fuzz_value) TO '@SEEDS@/text';

CREATE FUNCTION fuzz_sent(type text, value text) RETURNS bytea LANGUAGE plpgsql AS
$$
DECLARE
	result bytea;
BEGIN
	EXECUTE format('SELECT %1$s_send(%2$L::%1$s)', type, value) INTO result;
	RETURN result;
EXCEPTION WHEN OTHERS THEN
	RETURN '\x0102';
END
$$;

COPY (SELECT fuzz_line(type, fuzz_sent(type, value)) FROM fuzz_value) TO '@SEEDS@/binary';

COPY (
	SELECT fuzz_line(e.aggregate::text, fuzz_state(e.aggregate,
		format('SELECT %s FROM observed WHERE k = 1 AND i <= %s ORDER BY i', arguments, rows)))
	FROM every_aggregate e JOIN fuzz_states s ON s.object = e.aggregate, unnest('{1,5}'::int[]) AS rows
) TO '@SEEDS@/states';
