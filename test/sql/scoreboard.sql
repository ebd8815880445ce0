-- The tables of a scoreboard: what is made, what is used as it is, what is
-- loaded and what is not.
\getenv srcdir PG_ABS_SRCDIR
\set setup :srcdir '/setup.sql'
\i :setup
\set VERBOSITY terse
SET client_min_messages = warning;

SELECT * FROM bubble_create_tables('board');
SELECT DISTINCT done FROM bubble_create_tables('board');

-- Every table and every column says what it is.
SELECT c.relname, a.attname AS without_comment
FROM pg_class c LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0
WHERE c.relnamespace = 'board'::regnamespace AND c.relkind = 'r' AND
	(obj_description(c.oid, 'pg_class') IS NULL OR col_description(c.oid, a.attnum) IS NULL);

-- Nothing of it is a member of the extension, or depends on it.
SELECT count(*) AS dependent
FROM pg_depend d JOIN pg_class c ON d.classid = 'pg_class'::regclass AND d.objid = c.oid
WHERE c.relnamespace = 'board'::regnamespace AND
	(d.deptype = 'e' OR d.refobjid IN (SELECT objid FROM pg_depend
		WHERE refclassid = 'pg_extension'::regclass AND deptype = 'e'
		AND refobjid = (SELECT oid FROM pg_extension WHERE extname = 'bubble')));

-- Tables and views that are there already: one message names all that is
-- missing or of another type, and nothing has been created.
CREATE SCHEMA mine;
CREATE VIEW mine.market_price AS SELECT 'a'::varchar(9) AS symbol, timestamptz '2020-01-01' AS at,
	1.5::numeric AS price;
CREATE TABLE mine.funding_round (company name, at date, reported_at text, amount int,
	post_money real, more text);
CREATE SEQUENCE mine.member;
SELECT error_of($$SELECT * FROM bubble_create_tables('mine')$$);
SELECT relname FROM pg_class WHERE relnamespace = 'mine'::regnamespace ORDER BY 1;

-- What casts by itself will do, domains and more columns as well.
DROP VIEW mine.market_price;
DROP SEQUENCE mine.member;
CREATE DOMAIN mine.money AS numeric CHECK (VALUE >= 0);
CREATE VIEW mine.market_price AS SELECT 'a'::varchar(9) AS symbol, date '2020-01-31' AS at,
	1.5::mine.money AS close, 7 AS volume;
ALTER TABLE mine.funding_round ALTER reported_at TYPE date USING NULL;
SELECT relation, done FROM bubble_create_tables('mine') WHERE done <> 'created';
SELECT done, count(*), min(relation), max(relation) FROM bubble_create_scoreboard('mine')
GROUP BY done ORDER BY done;
CALL bubble_refresh('mine');
SELECT step, error FROM mine.scoreboard_log WHERE error <> '';
SELECT symbol, at, close, observations FROM mine.price_month;

-- Other relations of the board's names.
CREATE SCHEMA taken;
CREATE TABLE taken.scoreboard (a int);
CREATE VIEW taken.membership AS SELECT 1 AS a;
SELECT error_of($$SELECT * FROM bubble_create_scoreboard('taken')$$);
SELECT count(*) FROM pg_class WHERE relnamespace = 'taken'::regnamespace;
DROP SCHEMA taken CASCADE;

-- Names that need quotes.
SELECT count(*) FROM bubble_create_tables('My "board"''s');
SELECT count(*) FROM bubble_create_scoreboard('My "board"''s');
CALL bubble_refresh('My "board"''s');
SELECT step, error FROM "My ""board""'s".scoreboard_log WHERE error <> '';
DROP SCHEMA "My ""board""'s" CASCADE;

SELECT error_of('SELECT bubble_create_tables(NULL)');
SELECT error_of('SELECT bubble_create_scoreboard(NULL)');
SELECT error_of($$CALL bubble_refresh('board')$$);
SELECT error_of($$CALL bubble_refresh(NULL)$$);

-- Loading: every good line is kept, and every bad one with its reason.
RESET client_min_messages;
\copy board.load_line (raw) FROM stdin (FORMAT csv, DELIMITER E'\x01', QUOTE E'\x02')
symbol,at,close
A,2020-01-01,1
"B ""x"", y",2020-01-01,2
A,2020-01-02,abc
A,2020-01-03,-1
A,2020-01-04,
A,2020-02-30,1
A,03/04/2020,1
,2020-01-05,1
A,2020-01-06
A,2020-01-07,1,2
A,"2020-01-08,1
A,2020-01-01,7
A,2020-01-09,NaN
C,2020-01-09,1e400

D , 2020-01-09 , 5 
A,infinity,5
\.
SELECT line, reason, raw FROM bubble_load('board', 'market_price');
SELECT * FROM board.market_price ORDER BY symbol, at;
SELECT relation, line, reason, raw FROM board.load_rejected EXCEPT SELECT 'market_price', line,
	reason, raw FROM board.load_rejected;
SELECT count(*) FROM board.load_rejected;
SELECT count(*) FROM board.load_line;

-- Columns in the order of the heading; what is there already is replaced.
\copy board.load_line (raw) FROM stdin (FORMAT csv, DELIMITER E'\x01', QUOTE E'\x02')
Close,AT,symbol
8,2020-01-01,A
9,2020-01-02,A
\.
SELECT * FROM bubble_load('board', 'market_price');
SELECT * FROM board.market_price ORDER BY symbol, at;

-- A key with an unknown report is a key all the same.
\copy board.load_line (raw) FROM stdin (FORMAT csv, DELIMITER E'\x01', QUOTE E'\x02')
company,metric,at,reported_at,value
A,revenue,2020-01-31,,1
A,revenue,2020-01-31,,2
A,revenue,2020-01-31,2020-03-01,3
\.
SELECT * FROM bubble_load('board', 'company_metric');
INSERT INTO board.load_line (raw) VALUES ('company,metric,at,value'), ('A,revenue,2020-01-31,4'),
	('A,cash,2020-01-31,5');
SELECT * FROM bubble_load('board', 'company_metric');
SELECT * FROM board.company_metric ORDER BY metric, reported_at;
INSERT INTO board.load_line (raw) VALUES ('member,sector'), ('A,x'), ('A,x'), ('A,y');
SELECT * FROM bubble_load('board', 'member');
SELECT * FROM board.member ORDER BY sector;

-- Many lines, a few of them bad: ranges are halved until these stand alone.
INSERT INTO board.load_line (raw)
SELECT 'symbol,at,close' UNION ALL
SELECT format('M%s,2021-01-%s,%s', i / 28, 1 + i % 28, CASE WHEN i % 9973 = 7 THEN 'bad'
	ELSE i::text END) FROM generate_series(1, 30000) AS i;
SELECT line, reason FROM bubble_load('board', 'market_price');
SELECT count(*), sum(close) FROM board.market_price WHERE symbol LIKE 'M%';

-- What cannot be loaded at all; the lines stay.
INSERT INTO board.load_line (raw) VALUES ('symbol,day,close'), ('A,2020-01-01,1');
SELECT error_of($$SELECT bubble_load('board', 'market_price')$$);
SELECT error_of($$SELECT bubble_load('board', 'nothing')$$);
SELECT error_of($$SELECT bubble_load('mine', 'market_price')$$);
SELECT error_of($$SELECT bubble_load('nowhere', 'market_price')$$);
SELECT error_of($$SELECT bubble_load(NULL, NULL)$$);
SELECT raw FROM board.load_line ORDER BY line;
TRUNCATE board.load_line RESTART IDENTITY;
SELECT error_of($$SELECT bubble_load('board', 'market_price')$$);
INSERT INTO board.load_line (raw) VALUES ('symbol,at,close,close'), ('A,2020-01-01,1,2');
SELECT error_of($$SELECT bubble_load('board', 'market_price')$$);


-- Names that nothing uses are loaded, and named in a warning; not those that a
-- view in the schema has.
TRUNCATE board.load_line RESTART IDENTITY;
\set VERBOSITY default
INSERT INTO board.load_line (raw) VALUES ('company,metric,at,value'), ('A,Revenue,2020-02-29,4'),
	('A,cash,2020-02-29,5'), ('A,net burn,2020-02-29,6');
SELECT * FROM bubble_load('board', 'company_metric');
INSERT INTO board.load_line (raw) VALUES ('series,at,value'), ('policy_rate,2020-02-29,4'),
	('mood''s,2020-02-29,5');
SELECT * FROM bubble_load('board', 'macro_series');
SELECT series, value FROM board.macro_series ORDER BY series COLLATE "C";
CREATE VIEW board.mood AS SELECT 'x' AS sector, at, value FROM board.macro_series
WHERE series = 'mood''s';
INSERT INTO board.load_line (raw) VALUES ('series,at,value'), ('policy_rate,2020-02-29,4'),
	('mood''s,2020-02-29,5');
SELECT * FROM bubble_load('board', 'macro_series');
INSERT INTO board.load_line (raw)
SELECT 'series,at,value' UNION ALL SELECT format('s%s,2020-02-29,4', i)
FROM generate_series(10, 21) AS i;
SELECT * FROM bubble_load('board', 'macro_series');

-- The names of the warnings are those that the board's views have.
SELECT name FROM bubble_create_scoreboard('board'), unnest('{revenue,net_burn,cash,compute_spend,
	policy_rate,credit_spread}'::text[]) AS name
GROUP BY name HAVING NOT bool_or(pg_get_viewdef(to_regclass('board.' || relation))
	LIKE '%''' || name || '''::text%');

-- So are days in the future, which begins after the month of tomorrow.
INSERT INTO board.load_line (raw) VALUES ('symbol,at,close'), ('T,2106-01-02,1'),
	('T,2020-01-02,1'), ('U,2106-01-02,1'), ('U,2062-11-30,1'), ('T,2206-01-02,1');
SELECT * FROM bubble_load('board', 'market_price');
INSERT INTO board.load_line (raw) SELECT unnest(ARRAY['company,metric,at,reported_at,value',
	'A,revenue,2020-03-31,2120-04-01,4',
	to_char(date_trunc('month', current_date + 1) + '1 month -1 day', '"A,cash,"YYYY-MM-DD",,4"')]);
SELECT * FROM bubble_load('board', 'company_metric');
\set VERBOSITY terse

-- In a table of the caller's own, what has no type of a day is none.
CREATE TABLE board.note (at text, reported_at timestamptz);
INSERT INTO board.load_line (raw) VALUES ('at,reported_at'), ('9999-01-01,2101-01-01 12:00+00');
SELECT * FROM bubble_load('board', 'note');
INSERT INTO board.load_line (raw) VALUES ('"at"x,reported_at'), ('1,2020-01-01');
SELECT error_of($$SELECT bubble_load('board', 'note')$$);
TRUNCATE board.load_line RESTART IDENTITY;

-- Nor is a text cut off there, and every line has a reason.
CREATE DOMAIN board.label AS varchar(3) NOT NULL;
CREATE FUNCTION board.is_allowed(number integer) RETURNS boolean
	LANGUAGE plpgsql AS $$
BEGIN
	IF number = 7 THEN
		RAISE EXCEPTION USING ERRCODE = 'check_violation', MESSAGE = 'not seven';
	END IF;
	RETURN true;
END
$$;
CREATE TABLE board.own (name board.label, short varchar(3), fixed char(3),
	number integer CHECK (board.is_allowed(number)));
INSERT INTO board.load_line (raw) VALUES ('name,short,fixed,number'), ('a,abc,ab,1'),
	(',abc,abc,2'), ('c,abcd,abc,3'), ('d,abc,abcd,4'), ('e,abc,abc,7'), ('four,abc,abc,8');
SELECT * FROM bubble_load('board', 'own');
SELECT * FROM board.own;

SET client_min_messages = warning;
DROP SCHEMA board, mine CASCADE;
RESET client_min_messages;
