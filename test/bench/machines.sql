-- 20 million rows of 3,000 symbols in order of time: as a table of this server,
-- and the symbols shared out among three others, as partitions of a foreign
-- table that a session asks all at once.
\set days 6667
\set n 20001000
\set first_port :PORT
-- "symbols" of them, from the symbol "first" on.
\set make_quote 'CREATE TABLE quote AS SELECT symbol, timestamptz ''2000-01-03 21:00Z'' + day * interval ''1 day'' AS ts, 100 * exp(0.5 * sin(day * 0.003 + symbol) + 0.1 * sin(7919.0 * day * symbol)) AS close FROM (SELECT :first + i % :symbols AS symbol, i / :symbols AS day FROM generate_series(0, :symbols * :days - 1) AS i) AS q; VACUUM ANALYZE quote;'

-- The processor time of a session, in hundredths of a second.
\set make_cpu 'CREATE VIEW cpu AS SELECT split_part(stat, '' '', 14)::bigint + split_part(stat, '' '', 15)::bigint AS ticks FROM pg_read_file(''/proc/'' || pg_backend_pid() || ''/stat'') AS stat;'

\set symbols 3000
\set first 0
:make_quote
:make_cpu
CREATE EXTENSION postgres_fdw;
CREATE TABLE far (symbol int, ts timestamptz, close float8) PARTITION BY RANGE (symbol);
SELECT format('CREATE SERVER far%1$s FOREIGN DATA WRAPPER postgres_fdw
	OPTIONS (host %2$L, port %3$L, extensions ''bubble'', async_capable ''true'', fetch_size ''10000'', fdw_tuple_cost ''0.2'');
CREATE USER MAPPING FOR CURRENT_USER SERVER far%1$s;
CREATE FOREIGN TABLE far_quote%1$s PARTITION OF far FOR VALUES FROM (%4$s) TO (%5$s) SERVER far%1$s
	OPTIONS (table_name ''quote'');
CREATE FOREIGN TABLE far_cpu%1$s (ticks bigint) SERVER far%1$s OPTIONS (table_name ''cpu'')', k, :'HOST', :first_port + k, 1000 * (k - 1), 1000 * k)
FROM generate_series(1, 3) AS k \gexec

\set symbols 1000
\set port1 `expr $PGPORT + 1`
\set port2 `expr $PGPORT + 2`
\set port3 `expr $PGPORT + 3`
\connect - - - :port1
CREATE EXTENSION bubble;
:make_quote
:make_cpu
\set first 1000
\connect - - - :port2
CREATE EXTENSION bubble;
:make_quote
:make_cpu
\set first 2000
\connect - - - :port3
CREATE EXTENSION bubble;
:make_quote
:make_cpu
\connect - - - :first_port
SET enable_partitionwise_aggregate = on;
ANALYZE far_quote1, far_quote2, far_quote3;

-- The time of one process on one server against that of the others, so what is
-- above 1 is faster.
CREATE FUNCTION faster(aggregate text, n float8) RETURNS SETOF text LANGUAGE sql AS
$$
SELECT ratio(aggregate || ', ' || how, one, other, n, 3)
FROM (VALUES
	('three servers', format('SET max_parallel_workers_per_gather = 0; SELECT symbol, %s FROM far GROUP BY symbol', aggregate)),
	('parallel plan of one', format('SET max_parallel_workers_per_gather = 2; SELECT symbol, %s FROM quote GROUP BY symbol', aggregate))
) AS others (how, other),
	format('SET max_parallel_workers_per_gather = 0; SELECT symbol, %s FROM quote GROUP BY symbol', aggregate) AS one
$$;

-- The processor time of this session and those it has on the other servers: on a
-- busy machine three processes get more than one does.
CREATE FUNCTION ticks() RETURNS float8 LANGUAGE sql AS
$$
SELECT sum(ticks)
FROM (SELECT ticks FROM cpu UNION ALL SELECT ticks FROM far_cpu1 UNION ALL SELECT ticks FROM far_cpu2 UNION ALL SELECT ticks FROM far_cpu3) AS all_of_them
$$;
CREATE FUNCTION spent(statement text) RETURNS float8 LANGUAGE plpgsql AS
$$
DECLARE
	began float8 := ticks();
BEGIN
	EXECUTE statement;
	RETURN ticks() - began;
END
$$;
CREATE FUNCTION work(aggregate text, n float8) RETURNS text LANGUAGE sql AS
$$
SELECT format('%s %s   (%s against %s ns a row)', rpad(aggregate || ', processor time of three servers', 62),
	to_char(three / nullif(one, 0), '990.000'), round(three * 1e7 / n), round(one * 1e7 / n))
FROM spent(format('SELECT symbol, %s FROM far GROUP BY symbol', aggregate)) AS three,
	spent(format('SELECT symbol, %s FROM quote GROUP BY symbol', aggregate)) AS one
$$;

-- The same answers.
SELECT count(*) || ' groups that differ' FROM (
	SELECT symbol, max_drawdown(close, ts) AS d, ulcer_index(close, ts) AS u FROM quote GROUP BY symbol
	EXCEPT
	SELECT symbol, max_drawdown(close, ts), ulcer_index(close, ts) FROM far GROUP BY symbol) AS x;

SELECT faster('max(close)', :n);
SELECT work('max(close)', :n);
SELECT faster('max_drawdown(close, ts)', :n);
SELECT work('max_drawdown(close, ts)', :n);
SELECT faster('ulcer_index(close, ts)', :n);
SELECT work('ulcer_index(close, ts)', :n);
SELECT faster('drawdown_summary(close, ts)', :n);
SELECT work('drawdown_summary(close, ts)', :n);
-- No server but this one may compute a time that is not said to be immutable.
SELECT ratio('ulcer_index of rows fetched from three servers',
	'SELECT symbol, ulcer_index(close, ts) FROM quote GROUP BY symbol',
	'SELECT symbol, ulcer_index(close, ts + interval ''0'') FROM far GROUP BY symbol', :n, 1);
