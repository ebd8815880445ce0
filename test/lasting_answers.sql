-- What a database says that lasting.sql has made: of every table and view all
-- rows, of every value of the two types the bytes that it is sent as, and what
-- indexes find. The same before and after a dump or an upgrade. Whether it can
-- write is for lasting_changes.sql.
--
-- Variables: home, board.
\set QUIET on
\set ON_ERROR_STOP on
\pset tuples_only on
\pset format unaligned
SET client_min_messages = warning;
SET timezone = 'UTC';
SET datestyle = 'ISO, MDY';
SET extra_float_digits = 1;
SET search_path = :home;
SET jit = off;

-- A row of a relation is told by a checksum and by how it begins.
SELECT format('SELECT %L, md5(r::text), left(r::text, 60) FROM %s AS r ORDER BY r::text COLLATE "C"',
	c.oid::regclass, c.oid::regclass)
FROM pg_class AS c
WHERE relnamespace IN ('market'::regnamespace, :'board'::regnamespace)
	AND relkind IN ('r', 'v', 'm') AND relispopulated AND relname <> 'price'
ORDER BY c.oid::regclass::text COLLATE "C" \gexec

SELECT format('SELECT %1$L, %2$s, md5(%3$s_send(%4$I)) FROM %5$s ORDER BY 3',
	c.oid::regclass || '.' || attname, CASE WHEN c.relkind = 'r' THEN 'tableoid::regclass' ELSE '''''' END,
	t.typname, attname, c.oid::regclass)
FROM pg_class AS c JOIN pg_attribute ON attrelid = c.oid AND attnum > 0
	JOIN pg_type AS t ON t.oid = atttypid
WHERE relnamespace IN ('market'::regnamespace, :'board'::regnamespace)
	AND relkind IN ('r', 'm') AND relispopulated AND typname IN ('bubble_series', 'drawdown_summary')
ORDER BY c.oid::regclass::text COLLATE "C", attnum \gexec

SELECT 'bytes of an array', label, n, md5(bubble_series_send(u)) FROM market.kept,
	unnest(series) WITH ORDINALITY AS a (u, n) ORDER BY id, n;
SELECT 'bytes of a row', label, md5(bubble_series_send((pair).series)),
	md5(drawdown_summary_send((pair).summary)) FROM market.kept ORDER BY id;
SELECT 'hash', label, bubble_series_hash(s), bubble_series_hash_extended(s, 7),
	drawdown_summary_hash(d), drawdown_summary_hash_extended(d, 7) FROM market.kept ORDER BY id;

-- Every function over one stored value, which needs no more than it, and whose
-- answers are not made by chance.
SELECT format('SELECT %1$L, label, md5(string_agg(x::text, '' '' ORDER BY x::text COLLATE "C")),
	left(string_agg(x::text, '' '' ORDER BY x::text COLLATE "C"), 60)
	FROM market.kept, %2$s(%3$s) AS x WHERE label IN (''days 1'', ''times 2'', ''ties'')
	GROUP BY label ORDER BY label', p.oid::regprocedure, p.oid::regproc,
	CASE proargtypes[0] WHEN 'bubble_series'::regtype THEN 's' ELSE 'd' END)
FROM pg_proc AS p
WHERE pronamespace = :'home'::regnamespace AND prokind = 'f' AND pronargs - pronargdefaults = 1
	AND proname !~ '_(out|send|finalfn)$|_hash|^bsadf|^explosive|_dates$|^dates$'
	AND proargtypes[0] IN ('bubble_series'::regtype, 'drawdown_summary'::regtype)
ORDER BY p.oid::regprocedure::text COLLATE "C" \gexec

-- What an index finds.
SET enable_seqscan = off;
SELECT 'hash index finds', k.label, (SELECT count(*) FROM market.kept WHERE s = k.s),
	(SELECT count(*) FROM market.kept WHERE d = k.d) FROM market.kept AS k ORDER BY id;
SELECT 'ordered index finds', count(*) FROM market.kept WHERE s >= 'date{1999-01-01=1}'
	AND observations(s) < 50;
SELECT 'index on an expression finds', label FROM market.kept
WHERE max_drawdown(s) > 0.5 AND label NOT LIKE 'the ends%' ORDER BY max_drawdown(s), id;
SELECT 'key finds', note FROM market.short WHERE s IN (SELECT s FROM market.refers) ORDER BY note;
SELECT 'partition', tableoid::regclass, label FROM market.spread ORDER BY label;
SELECT 'partition found', k.label, count(x.label) FROM market.kept AS k
	LEFT JOIN market.spread AS x ON x.s = k.s AND x.d = k.d GROUP BY id, k.label ORDER BY id;
