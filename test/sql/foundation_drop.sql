-- DROP EXTENSION refuses while something depends on it, and with CASCADE takes
-- that, and nothing else.
\getenv srcdir PG_ABS_SRCDIR
\set setup :srcdir '/setup.sql'
\set database :DBNAME
CREATE DATABASE bubble_dropped TEMPLATE template0;
\c bubble_dropped
\i :setup

-- Whatever can depend: columns of both types, an array, a domain, an index, an
-- expression of one, a constraint, a default, a generated column, functions,
-- views, a board.
CREATE TABLE price (symbol text, at date, close double precision);
INSERT INTO price SELECT s, date '2020-01-31' + 7 * i, 100 + 30 * sin(i) + length(s)
FROM unnest('{A,BB}'::text[]) AS s, generate_series(1, 60) AS i;
CREATE TABLE stored AS
SELECT symbol, count(*) AS closes, bubble_series(close, at) AS series,
	drawdown_summary(close, at) AS summary, ARRAY[bubble_series(close, at)] AS several
FROM price GROUP BY symbol;
CREATE INDEX stored_by_series ON stored (series);
CREATE INDEX stored_by_depth ON stored (max_drawdown(summary));
CREATE DOMAIN long_series AS bubble_series CHECK (observations(VALUE) > 10);
CREATE TABLE checked (symbol text, multiple double precision DEFAULT revenue_multiple(10, 2),
	valuation double precision CHECK (revenue_multiple(valuation, 1) > 1),
	computed double precision GENERATED ALWAYS AS (revenue_multiple(valuation, 2)) STORED,
	long long_series);
INSERT INTO checked (symbol, valuation) VALUES ('A', 10);
CREATE VIEW deepest AS SELECT symbol, max_drawdown(close, at) AS depth FROM price GROUP BY symbol;
CREATE VIEW over_it AS SELECT symbol FROM deepest WHERE depth > 0;
CREATE MATERIALIZED VIEW path AS SELECT symbol, drawdown_path(series) AS path FROM stored;
CREATE FUNCTION bound(of text) RETURNS double precision LANGUAGE sql STABLE
	BEGIN ATOMIC SELECT max_drawdown(close, at) FROM price WHERE symbol = of; END;
CREATE FUNCTION unbound(of text) RETURNS double precision LANGUAGE sql STABLE
	AS 'SELECT max_drawdown(close, at) FROM price WHERE symbol = of';
CREATE FUNCTION taken(series bubble_series) RETURNS bigint LANGUAGE sql RETURN 1;
CREATE VIEW untouched AS SELECT symbol, close FROM price;
SELECT count(*) > 0 AS made FROM bubble_create_tables('board');
INSERT INTO board.market_price SELECT symbol, at, close FROM price;
SELECT count(*) > 0 AS made FROM bubble_create_scoreboard('board');
CALL bubble_refresh('board');

-- Refused, with the names of all that would go; the board's own are many.
SELECT regexp_replace(line, '(type long_series) .*', '\1') AS line
FROM regexp_split_to_table(error_of('DROP EXTENSION bubble'), E'\n| \\| ') AS line
WHERE line !~ ' board\.' ORDER BY line COLLATE "C";
SELECT count(*) > 5 AS board_too
FROM regexp_split_to_table(error_of('DROP EXTENSION bubble'), E'\n| \\| ') AS line
WHERE line ~ ' board\.';
SELECT (SELECT count(*) FROM stored) AS stored, (SELECT count(*) FROM over_it) AS over_it,
	bound('A') > 0 AS bound;

-- Members are not dropped one by one.
SELECT error_of('DROP TYPE bubble_series');
SELECT error_of('DROP FUNCTION max_drawdown(bubble_series) CASCADE');
SELECT error_of('DROP VIEW bubble_functions');

-- Undone, it was never away.
BEGIN;
SET LOCAL client_min_messages = error;
DROP EXTENSION bubble CASCADE;
SELECT count(*) AS types FROM pg_type
WHERE typname IN ('bubble_series', 'drawdown_summary');
ROLLBACK;
SELECT symbol, max_drawdown(series) = max_drawdown(summary) AS same FROM stored
ORDER BY symbol;
SELECT max_drawdown(summary) = depth AS same FROM stored JOIN deepest USING (symbol)
ORDER BY symbol;

-- Columns, indexes, views go, rows, tables and other columns stay. A statement
-- that was prepared, and a function that only names what is gone, tell so.
PREPARE prepared AS SELECT max_drawdown(close, at) FROM price;
EXECUTE prepared;
SET client_min_messages = error;
DROP EXTENSION bubble CASCADE;
SET client_min_messages = warning;
SELECT count(*) AS members FROM pg_proc WHERE probin LIKE '%bubble%';
SELECT relname, relkind,
	array_agg(attname ORDER BY attnum) FILTER (WHERE NOT attisdropped) AS columns
FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid AND attnum > 0
WHERE relnamespace = 'public'::regnamespace GROUP BY relname, relkind ORDER BY relname COLLATE "C";
SELECT proname FROM pg_proc WHERE proname IN ('bound', 'unbound', 'taken') ORDER BY proname;
SELECT count(*) AS constraints FROM pg_constraint
WHERE conrelid = 'checked'::regclass AND contype = 'c';
SELECT * FROM stored ORDER BY symbol;
SELECT * FROM checked;
SELECT count(*), sum(close) > 0 AS positive FROM untouched;
SELECT relname FROM pg_class
WHERE relnamespace = 'board'::regnamespace AND relkind IN ('v', 'm') ORDER BY relname COLLATE "C";
SELECT count(*) FROM board.market_price;
SELECT error_of('EXECUTE prepared');
SELECT error_of($$SELECT unbound('A')$$);

-- With the schema it lies in, it goes only by CASCADE.
CREATE SCHEMA own;
CREATE EXTENSION bubble SCHEMA own;
SELECT error_of('DROP SCHEMA own');
SET client_min_messages = error;
DROP SCHEMA own CASCADE;
SET client_min_messages = warning;
SELECT count(*) FROM pg_extension WHERE extname = 'bubble';

-- Who has installed it may drop it, and loses it with all that is owned.
CREATE ROLE bubble_dropper;
GRANT CREATE ON DATABASE bubble_dropped TO bubble_dropper;
GRANT CREATE ON SCHEMA public TO bubble_dropper;
SET ROLE bubble_dropper;
CREATE EXTENSION bubble;
CREATE TABLE dropped (series bubble_series);
SELECT error_of('DROP EXTENSION bubble');
RESET ROLE;
CREATE ROLE bubble_other;
SET ROLE bubble_other;
SELECT error_of('DROP EXTENSION bubble CASCADE');
RESET ROLE;
SET client_min_messages = error;
DROP OWNED BY bubble_dropper CASCADE;
SET client_min_messages = warning;
SELECT count(*) FROM pg_extension WHERE extname = 'bubble';

\c :database
DROP DATABASE bubble_dropped;
DROP ROLE bubble_dropper, bubble_other;
