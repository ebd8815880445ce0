-- Refreshing: closed months are kept, corrections of the past are noticed,
-- steps that fail do not stop the others, alerts.
\getenv srcdir PG_ABS_SRCDIR
\set setup :srcdir '/setup.sql'
\i :setup
\set VERBOSITY terse
SET client_min_messages = warning;
SET datestyle = 'ISO, YMD';

-- Prices alone: a score from prices, which says what it does not cover. A
-- symbol without a sector is unassigned.
CREATE TABLE quote AS
SELECT 'Q' || i AS ticker, date '2010-01-01' + 3 * n AS day,
	(100 * exp(sin(n + 5.0 * i) / 20 + n * i / 900.0))::numeric(12, 3) AS price
FROM generate_series(1, 4) AS i, generate_series(0, 600) AS n;
CREATE SCHEMA board;
CREATE VIEW board.market_price AS SELECT ticker AS symbol, day AS at, price AS close FROM quote;
SELECT count(*) FROM bubble_create_scoreboard('board');
CALL bubble_refresh('board');
SELECT refresh, count(*) AS steps, count(error) AS errors, min((step, seconds, rows)::text)
	FILTER (WHERE (seconds >= 0 AND rows >= 0) IS NOT TRUE) AS unmeasured
FROM board.scoreboard_log GROUP BY refresh;
SELECT sector, at, round(score::numeric, 1) AS score, round(coverage::numeric, 3) AS coverage,
	phase, why
FROM board.scoreboard WHERE at IN ('2012-12-31', '2014-11-30') ORDER BY at;
SELECT * FROM board.scoreboard_alert;

-- Whatever happens to the rows, a refreshed board is the board made from them.
CREATE PROCEDURE make_fresh() LANGUAGE plpgsql AS
$$
BEGIN
	DROP SCHEMA IF EXISTS fresh CASCADE;
	CREATE SCHEMA fresh;
	CREATE VIEW fresh.market_price AS TABLE board.market_price;
	CREATE VIEW fresh.member AS TABLE board.member;
	PERFORM bubble_create_scoreboard('fresh');
END
$$;
CREATE FUNCTION differences() RETURNS TABLE (relation text, kept text, fresh text)
	LANGUAGE plpgsql AS
$$
DECLARE
	keys text;
BEGIN
	FOR relation, keys IN VALUES ('price_month', 'symbol, at'), ('price_explosive', 'symbol, at'),
		('price_sector', 'sector, at'), ('drawdown_by_symbol', 'symbol'),
		('explosive_by_symbol', 'symbol'), ('price_by_sector', 'sector, at'),
			('scoreboard_value', 'sector, at, indicator'), ('scoreboard', 'sector, at') LOOP
		RETURN QUERY EXECUTE format('SELECT %L, to_jsonb(b)::text, to_jsonb(f)::text '
			'FROM board.%1$I AS b FULL JOIN fresh.%1$I AS f USING (%s)
			WHERE to_jsonb(b) IS DISTINCT FROM to_jsonb(f) ORDER BY 2, 3 LIMIT 3', relation, keys);
	END LOOP;
END
$$;

-- The next day, the next months, several months at once.
INSERT INTO quote SELECT ticker, '2014-12-08', 1000 FROM quote GROUP BY ticker;
CALL bubble_refresh('board');
CALL make_fresh();
CALL bubble_refresh('fresh');
SELECT * FROM differences();
SELECT closed_before FROM board.price_closed;
INSERT INTO quote SELECT ticker, day, 1000 + extract(day FROM day)::int
FROM (SELECT DISTINCT ticker FROM quote) AS q, (VALUES (date '2015-01-05'), ('2015-04-15'),
	('2015-04-30')) AS d (day);
CALL bubble_refresh('board');
CALL make_fresh();
CALL bubble_refresh('fresh');
SELECT * FROM differences();
SELECT closed_before FROM board.price_closed;

-- Only the open month is computed again.
INSERT INTO quote VALUES ('Q1', '2015-05-04', 900);
CALL bubble_refresh('board');
CREATE TEMP TABLE before AS SELECT symbol, at, ctid AS place, xmin::text AS writer
	FROM board.price_month;
INSERT INTO quote VALUES ('Q1', '2015-05-05', 910);
CALL bubble_refresh('board');
SELECT symbol, at FROM board.price_month m JOIN before USING (symbol, at)
WHERE (m.ctid, m.xmin::text) IS DISTINCT FROM (place, writer);

-- A correction of the past: that symbol alone, and its sector.
CREATE TEMP TABLE before_correction AS SELECT symbol, at, xmin::text AS writer
	FROM board.price_month;
UPDATE quote SET price = price * 3 WHERE ticker = 'Q2' AND day = '2011-05-05';
SELECT count(*) FROM quote WHERE ticker = 'Q2' AND day = '2011-05-05';
UPDATE quote SET price = price * 3 WHERE ticker = 'Q2' AND day = (SELECT max(day) FROM quote
	WHERE ticker = 'Q2' AND day < '2011-06-01');
CALL bubble_refresh('board');
SELECT DISTINCT symbol FROM board.price_month m JOIN before_correction USING (symbol, at)
WHERE m.xmin::text <> writer AND at < '2015-05-31';
CALL make_fresh();
CALL bubble_refresh('fresh');
SELECT * FROM differences();

-- A step that fails in between has its work done by the next refresh.
ALTER TABLE board.price_explosive ADD CONSTRAINT nothing CHECK (symbol IS NULL) NOT VALID;
UPDATE quote SET price = price * 1.5 WHERE ticker = 'Q3'
	AND day BETWEEN '2013-05-05' AND '2013-08-08';
CALL bubble_refresh('board');
SELECT step, error FROM board.scoreboard_log
WHERE refresh = (SELECT max(refresh) FROM board.scoreboard_log) AND error <> '';
ALTER TABLE board.price_explosive DROP CONSTRAINT nothing;
CALL bubble_refresh('board');
CALL make_fresh();
CALL bubble_refresh('fresh');
SELECT * FROM differences();

-- Rows that come late or leave, symbols that come or leave.
INSERT INTO quote VALUES ('Q3', '2010-02-02', 99), ('Q9', '2012-02-02', 1), ('Q9', '2012-03-02', 2);
DELETE FROM quote WHERE ticker = 'Q4' OR ticker = 'Q1' AND day BETWEEN '2012-03-01' AND '2012-03-31'
	OR ticker = 'Q1' AND day = '2015-05-05';
CALL bubble_refresh('board');
CALL make_fresh();
CALL bubble_refresh('fresh');
SELECT * FROM differences();
SELECT symbol, count(*) FROM board.price_month GROUP BY symbol ORDER BY symbol;

-- Members come and leave.
INSERT INTO board.member VALUES ('Q1', 'one'), ('Q2', 'one'), ('Q2', 'two');
CALL bubble_refresh('board');
CALL make_fresh();
CALL bubble_refresh('fresh');
SELECT * FROM differences();
SELECT sector, count(*), count(score) FROM board.scoreboard GROUP BY sector ORDER BY sector;
DELETE FROM board.member WHERE sector = 'one';
CALL bubble_refresh('board');
CALL make_fresh();
CALL bubble_refresh('fresh');
SELECT * FROM differences();
SELECT sector, count(*) FROM board.scoreboard GROUP BY sector ORDER BY sector;

-- Closes that cannot be prices do not count; of rows of one day the larger close does.
INSERT INTO quote VALUES ('Q3', '2015-05-06', -1), ('Q3', '2015-05-06', 'NaN'), ('Q3', NULL, 1),
	('Q3', 'infinity', 1), (NULL, '2015-05-06', 1), ('Q3', '2015-05-04', NULL),
	('Q3', '2015-05-03', 7), ('Q3', '2015-05-03', 8);
CALL bubble_refresh('board');
SELECT close, high, low, observations FROM board.price_month WHERE symbol = 'Q3'
	AND at = '2015-05-31';
SELECT DISTINCT remark FROM board.scoreboard_log WHERE step = 'prices'
	AND refresh = (SELECT max(refresh) FROM board.scoreboard_log);

-- An indicator of one's own, weights, and what is turned off.
CREATE TABLE mood (sector text, at date, value real);
INSERT INTO mood SELECT 'unassigned', at, extract(month FROM at) FROM board.sector_month
WHERE sector = 'unassigned';
-- Of each month the last row counts, of any day.
UPDATE mood SET at = at - 9 WHERE at = '2012-02-29';
INSERT INTO mood VALUES ('unassigned', '2012-01-15', 11), ('unassigned', '2012-02-01', 12),
	('nowhere', '2012-01-31', 1), ('unassigned', '9999-01-31', 1), ('unassigned', '-infinity', 1);
CREATE VIEW board."my mood" AS SELECT * FROM mood;
INSERT INTO board.scoreboard_indicator (indicator, concern, unit, weight, meaning,
	source) VALUES ('mood', 'mood', 'month', 20, 'how it feels', '"my mood"');
UPDATE board.scoreboard_indicator SET enabled = false WHERE concern NOT IN ('price', 'mood');
UPDATE board.scoreboard_indicator SET weight = 0 WHERE indicator = 'run_up';
CALL bubble_refresh('board');
SELECT step, error, remark FROM board.scoreboard_log
WHERE refresh = (SELECT max(refresh) FROM board.scoreboard_log) AND (error <> '' OR remark <> '');
SELECT at, value FROM board.scoreboard_value
WHERE indicator = 'mood' AND at BETWEEN '2011-12-01' AND '2012-03-31' ORDER BY at;
SELECT round(score::numeric, 2) AS score, coverage, components ->> 'mood' AS mood, missing, why
FROM board.scoreboard WHERE sector = 'unassigned' AND at = '2014-11-30';

-- A step that fails: its message is in the log, the others go on, and
-- yesterday's values stand.
CREATE TEMP TABLE board_before AS TABLE board.scoreboard;
UPDATE mood SET value = 'NaN' WHERE at = '2012-01-31';
INSERT INTO board.scoreboard_indicator (indicator, concern, unit, weight, meaning,
	source) VALUES ('gone', 'mood', 'month', 0, 'nothing', 'no_such_view'),
	('wrong', 'mood', 'month', 0, 'nothing', 'a b c');
CALL bubble_refresh('board');
SELECT step, rows, error, remark FROM board.scoreboard_log
WHERE refresh = (SELECT max(refresh) FROM board.scoreboard_log) AND error <> '' ORDER BY step;
SELECT count(*) FROM board.scoreboard b FULL JOIN board_before o USING (sector, at)
WHERE b.score IS DISTINCT FROM o.score;
DELETE FROM board.scoreboard_indicator WHERE weight = 0 AND concern = 'mood';
INSERT INTO board.scoreboard_value VALUES ('two', '2012-01-31', 'no longer there', 1);
UPDATE mood SET value = 1 WHERE at = '2012-01-31';

-- Alerts: what crossed at the last refresh.
INSERT INTO quote VALUES ('Q1', '2015-05-07', 1), ('Q2', '2015-05-07', 300);
CALL bubble_refresh('board');
SELECT DISTINCT indicator FROM board.scoreboard_value
WHERE indicator NOT IN (SELECT indicator FROM board.scoreboard_indicator WHERE enabled)
	AND at = '2012-01-31';
SELECT kind, subject, at, before, after, round(value::numeric, 3) AS value
FROM board.scoreboard_alert ORDER BY kind, subject;
CALL bubble_refresh('board');
SELECT * FROM board.scoreboard_alert;

-- In a transaction block it does without commits; within a function it cannot.
BEGIN;
INSERT INTO quote VALUES ('Q1', '2015-05-08', 2000);
CALL bubble_refresh('board');
SELECT close FROM board.price_month WHERE symbol = 'Q1' AND at = '2015-05-31';
SELECT name FROM pg_settings WHERE name IN ('work_mem', 'jit', 'search_path')
	AND setting <> reset_val;
ROLLBACK;
SELECT close FROM board.price_month WHERE symbol = 'Q1' AND at = '2015-05-31';
CREATE FUNCTION refreshes() RETURNS void
	LANGUAGE plpgsql AS $$ BEGIN CALL bubble_refresh('board'); END $$;
SELECT refreshes();
SELECT error_of('SELECT refreshes()');
SELECT count(*) FROM pg_locks WHERE locktype = 'advisory';
SELECT name FROM pg_settings WHERE name IN ('work_mem', 'jit', 'search_path')
	AND setting <> reset_val;

-- The extension goes, the tables stay; with it again, the board comes back.
SELECT count(*) AS rows FROM board.price_month;
SET client_min_messages = error;
DROP EXTENSION bubble CASCADE;
SELECT relname FROM pg_class WHERE relnamespace = 'board'::regnamespace
	AND relkind IN ('r', 'v', 'm') ORDER BY relname COLLATE "C";
CREATE EXTENSION bubble;
SELECT relation FROM bubble_create_scoreboard('board') WHERE done = 'created';
CALL bubble_refresh('board');
SET client_min_messages = warning;
SELECT step, error FROM board.scoreboard_log
WHERE refresh = (SELECT max(refresh) FROM board.scoreboard_log) AND error <> '';
CALL make_fresh();
CALL bubble_refresh('fresh');
SELECT * FROM differences() WHERE relation NOT IN ('scoreboard', 'scoreboard_value');

DROP SCHEMA board, fresh CASCADE;
DROP TABLE quote, mood;
DROP FUNCTION differences(), refreshes;
DROP PROCEDURE make_fresh;

-- A day that no calendar of months reaches is not taken into a table, and in a
-- view of the caller's own it takes nothing of the other rows away.
SELECT count(*) > 0 AS made FROM bubble_create_tables('far');
SELECT error_of($$INSERT INTO far.market_price VALUES ('A', '294277-01-01', 1)$$);
SELECT error_of($$INSERT INTO far.funding_round VALUES ('A', '2020-01-01', '9999-12-31', 1, 2)$$);
SELECT error_of($$INSERT INTO far.adoption VALUES ('A', '1699-12-31', NULL, 1)$$);
DROP TABLE far.market_price, far.funding_round, far.adoption, far.company_metric, far.macro_series;
CREATE VIEW far.market_price AS
SELECT 'A' AS symbol, day AS at, 100.0 AS close
FROM unnest('{2020-01-31,2020-02-29,294277-01-01,5874897-12-31,0044-03-15 BC}'::date[]) AS day;
CREATE VIEW far.funding_round AS
SELECT 'A' AS company, day AS at, day + 1 AS reported_at, 5.0 AS amount, 7.0 AS post_money
FROM unnest('{2020-01-15,2020-03-15,9999-12-30,4713-01-01 BC}'::date[]) AS day;
CREATE VIEW far.adoption AS
SELECT 'A' AS product, day AS at, NULL::date AS reported_at, 5.0 AS level
FROM unnest('{2020-02-15,2021-12-31,infinity,-infinity}'::date[]) AS day;
CREATE VIEW far.company_metric AS
SELECT 'A' AS company, 'revenue' AS metric, day AS at, NULL::date AS reported_at, 5.0 AS value
FROM unnest('{2020-02-15,294277-01-01,-infinity}'::date[]) AS day;
CREATE VIEW far.macro_series AS
SELECT 'policy_rate' AS series, day AS at, NULL::date AS reported_at, 5.0 AS value
FROM unnest('{2020-02-15,294277-01-01,-infinity}'::date[]) AS day;
SELECT count(*) > 0 AS made FROM bubble_create_scoreboard('far');
CALL bubble_refresh('far');
SELECT step, error FROM far.scoreboard_log WHERE error <> '' ORDER BY 1;
SELECT symbol, observations, first_at, last_at FROM far.drawdown_by_symbol ORDER BY 1;
SELECT sector, min(at), max(at) FROM far.sector_month GROUP BY 1 ORDER BY 1;
DROP SCHEMA far CASCADE;

-- Days in the future do not count until then: neither in the months of the board nor
-- in anything that looks at a last row.
SELECT count(*) AS made FROM bubble_create_scoreboard('later');
INSERT INTO later.market_price VALUES ('A', '2020-01-31', 10), ('A', '2020-03-31', 8),
	('A', '2106-01-02', 4);
INSERT INTO later.funding_round (company, at, reported_at, amount, post_money)
VALUES ('B', '2020-01-31', NULL, 1, 5), ('B', '2020-02-10', '2120-02-10', 2, 9),
	('B', '2062-02-10', NULL, 2, 9);
INSERT INTO later.company_metric (company, metric, at, value)
VALUES ('B', 'revenue', '2062-02-10', 1);
INSERT INTO later.market_fundamental (symbol, at, shares) VALUES ('A', '2062-02-10', 1);
INSERT INTO later.adoption (product, at, level) VALUES ('C', '2062-02-10', 1);
INSERT INTO later.macro_series (series, at, value) VALUES ('policy_rate', '2062-02-10', 1);
INSERT INTO later.legal_event (event, at) VALUES ('D', '2062-02-10');
INSERT INTO later.member VALUES ('A', 'a'), ('B', 'b'), ('C', 'c');
CALL bubble_refresh('later');
SELECT step, error, remark FROM later.scoreboard_log WHERE error <> '' OR remark <> '';
SELECT sector, min(at), max(at), count(*) FROM later.sector_month GROUP BY 1 ORDER BY 1;
SELECT symbol, last_at, observations, drawdown FROM later.drawdown_by_symbol;
SELECT at, rounds, velocity, completed FROM later.funding_by_sector ORDER BY at;
SELECT sector, at FROM later.price_by_sector ORDER BY at;
-- One that has come.
INSERT INTO later.market_price SELECT 'A', current_date, 6;
CALL bubble_refresh('later');
SELECT symbol, last_at = current_date AS today, observations, drawdown
FROM later.drawdown_by_symbol;
SET client_min_messages = warning;
DROP SCHEMA later CASCADE;

-- Numbers beyond 1e100 are no figures of anything and as good as unknown: no step
-- fails of their sums, products and ratios, and other members have their own.
SELECT count(*) AS made FROM bubble_create_scoreboard('huge');
INSERT INTO huge.member SELECT c, 's' FROM unnest('{A,B,C,D}'::text[]) AS c;
INSERT INTO huge.funding_round (company, at, amount, post_money)
SELECT c, date '2020-01-15' + 40 * i, CASE c WHEN 'A' THEN i WHEN 'D' THEN 1e-300 ELSE 1.7e308 END,
	CASE c WHEN 'A' THEN 10 * i ELSE 1.7e308 END
FROM unnest('{A,B,C,D}'::text[]) AS c, generate_series(1, 12) AS i;
INSERT INTO huge.company_metric (company, metric, at, value)
SELECT c, m, date '2020-01-15' + 40 * i, CASE c WHEN 'A' THEN 5 + i WHEN 'D' THEN 1e-308
	ELSE 1.7e308 END * CASE WHEN m = 'net_burn' AND i % 2 = 1 AND c <> 'A' THEN -1 ELSE 1 END
FROM unnest('{A,B,C,D}'::text[]) AS c, generate_series(1, 16) AS i,
	unnest('{revenue,net_burn,cash,compute_spend}'::text[]) AS m;
INSERT INTO huge.market_price
SELECT c, date '2020-01-15' + 10 * i, CASE WHEN c = 'A' THEN 10 + i WHEN i % 5 = 0 THEN 1e-300
	ELSE 1.7e308 END
FROM unnest('{A,B,C,D}'::text[]) AS c, generate_series(1, 60) AS i;
INSERT INTO huge.market_fundamental (symbol, at, shares, revenue, earnings)
SELECT c, date '2020-01-15' + 90 * i, big, CASE c WHEN 'B' THEN 1e-308 ELSE big END,
	CASE c WHEN 'B' THEN 1e-308 ELSE -big END
FROM generate_series(1, 7) AS i, (VALUES ('A', 2::float8), ('B', 1.7e308), ('C', 1.7e308)) AS v (c,
	big);
INSERT INTO huge.adoption (product, at, level)
SELECT c, date '2020-01-15' + 30 * i, CASE WHEN i % 2 = 0 THEN 1.7e308 ELSE 1e-300 END
FROM unnest('{A,B}'::text[]) AS c, generate_series(1, 20) AS i;
INSERT INTO huge.macro_series (series, at, value)
SELECT c, date '2020-01-15' + 30 * i, CASE WHEN i % 2 = 0 THEN 1.7e308 ELSE -1.7e308 END
FROM unnest('{policy_rate,credit_spread}'::text[]) AS c, generate_series(1, 20) AS i;
INSERT INTO huge.legal_event (event, subject, at, severity)
SELECT c || i, c, date '2020-01-15' + 30 * i, CASE c WHEN 'A' THEN 1 ELSE 1.7e308 END
FROM unnest('{A,B}'::text[]) AS c, generate_series(1, 20) AS i;
SET client_min_messages = warning;
CALL bubble_refresh('huge');
SELECT step, error, remark FROM huge.scoreboard_log WHERE error <> '' OR remark <> '';
SELECT company, valuation, revenue, revenue_multiple, earnings_multiple
FROM huge.multiple_by_company WHERE at = '2021-03-31' ORDER BY company;
SELECT rounds, velocity, concentration, down_rounds FROM huge.funding_by_sector
WHERE sector = 's' AND at = '2021-03-31';
SELECT burn_multiple, hype_ratio, compute_share, runway FROM huge.capital_by_sector
WHERE sector = 's' AND at = '2021-03-31';
SELECT members, round(growth::numeric, 6) AS growth, round(level::numeric, 6) AS level
FROM huge.price_by_sector WHERE sector = 's' AND at = '2021-03-31';
SELECT round(l.intensity::numeric, 6) AS intensity, events,
	is_near(l.intensity, funding_intensity(1, e.at, '180 days', l.at), 1e-12) AS of_a_alone
FROM huge.law_by_sector AS l JOIN huge.legal_event AS e ON subject = 'A' AND e.at <= l.at
WHERE sector = 's' AND l.at = '2021-03-31' GROUP BY l.intensity, events, l.at;
DROP SCHEMA huge CASCADE;

-- An index that goes on falling to nothing, or rising, stays a number.
SELECT count(*) AS made FROM bubble_create_scoreboard('steep');
INSERT INTO steep.market_price
SELECT s, (date '2020-01-31' + interval '1 month' * i)::date,
	CASE s WHEN 'up' THEN 10 ^ (45 * (i % 3)) ELSE i % 2 * 10 END
FROM unnest('{up,down}'::text[]) AS s, generate_series(0, 90) AS i;
INSERT INTO steep.member VALUES ('up', 'up'), ('down', 'down');
CALL bubble_refresh('steep');
SELECT step, error FROM steep.scoreboard_log WHERE error <> '';
SELECT sector, count(*), min(level) > 0 AS positive, max(level) < 'Infinity' AS finite
FROM steep.price_by_sector GROUP BY sector ORDER BY sector;

-- What a row holds is the same in a session that shows fewer digits.
SELECT sector, at, components, contributions INTO TEMP full_digits FROM steep.scoreboard;
UPDATE steep.scoreboard_indicator SET weight = 2 * weight;
SET extra_float_digits = -10;
CALL bubble_refresh('steep');
RESET extra_float_digits;
SELECT count(components) > 100 AS any FROM steep.scoreboard;
SELECT b.*, s.components, s.contributions
FROM full_digits AS b FULL JOIN steep.scoreboard AS s USING (sector, at)
WHERE (b.components, b.contributions) IS DISTINCT FROM (s.components, s.contributions)
ORDER BY sector, at;
DROP TABLE full_digits;
DROP SCHEMA steep CASCADE;

-- No name of a schema.
SELECT error_of($$SELECT * FROM bubble_create_tables('')$$);
SELECT error_of($$SELECT * FROM bubble_create_scoreboard('')$$);

-- A company's negative revenue or cash, which the tables take, is as good as
-- none: the other companies' rows stand.
SELECT count(*) > 0 AS made FROM bubble_create_scoreboard('negative');
INSERT INTO negative.company_metric (company, metric, at, value) VALUES
	('A', 'revenue', '2020-01-15', 10), ('A', 'cash', '2020-01-15', 60),
	('A', 'net_burn', '2020-01-15', 5), ('B', 'revenue', '2020-01-15', -3),
	('B', 'cash', '2020-01-15', -40), ('B', 'net_burn', '2020-01-15', 1);
INSERT INTO negative.market_fundamental (symbol, at, shares, revenue, earnings)
VALUES ('C', '2020-01-15', 2, NULL, 3);
INSERT INTO negative.market_price VALUES ('C', '2020-01-31', 15);
INSERT INTO negative.funding_round (company, at, amount, post_money) VALUES
	('A', '2020-01-10', 5, 50), ('B', '2020-01-10', 7, 70);
CALL bubble_refresh('negative');
SELECT step, error FROM negative.scoreboard_log WHERE error <> '' ORDER BY 1;
SELECT company, at, revenue, revenue_multiple FROM negative.multiple_by_company ORDER BY 1, 2;
SELECT at, hype_ratio, runway FROM negative.capital_by_sector ORDER BY 1;
SELECT at, value FROM negative.indicator_unproven_share ORDER BY 1;
DROP SCHEMA negative CASCADE;

-- A view of the caller's own: figures beyond what a double can be, and an
-- indicator that says two values of a day.
CREATE SCHEMA own;
CREATE VIEW own.market_fundamental AS
SELECT s AS symbol, date '2020-01-15' AS at, NULL::date AS reported_at, 2::numeric AS shares,
	CASE s WHEN 'A' THEN 1e400::numeric ELSE 4 END AS revenue,
	CASE s WHEN 'A' THEN 1e-400::numeric ELSE 5 END AS earnings
FROM unnest('{A,B}'::text[]) AS s;
SELECT count(*) AS made FROM bubble_create_scoreboard('own');
SELECT count(*) AS made_by_this_version FROM pg_class AS c JOIN pg_extension ON extname = 'bubble'
WHERE relnamespace = 'own'::regnamespace
	AND obj_description(c.oid, 'pg_class') LIKE format('%% (bubble %s)', extversion);
INSERT INTO own.market_price
SELECT s, date '2020-01-31' + i, 10 FROM unnest('{A,B}'::text[]) AS s, generate_series(0, 60) AS i;
INSERT INTO own.member VALUES ('A', 's'), ('B', 's');
CREATE VIEW own.indicator_twice AS
SELECT 's' AS sector, date '2020-02-27' - i AS at, v AS value
FROM generate_series(0, 1) AS i, generate_series(1, 2) AS v;
INSERT INTO own.scoreboard_indicator (indicator, concern, unit, weight, meaning, source) VALUES
	('twice', 'shape', 'days', 1, 'a test', 'indicator_twice');
SET client_min_messages = error;
CALL bubble_refresh('own');
SELECT step, error, remark FROM own.scoreboard_log WHERE error <> '' ORDER BY step;
SELECT company, revenue, earnings FROM own.multiple_by_company WHERE at = '2020-02-29' ORDER BY 1;
CREATE OR REPLACE VIEW own.indicator_twice AS
SELECT 's' AS sector, date '2020-02-27' - i AS at, 10 * i + v AS value
FROM generate_series(0, 1) AS i, generate_series(1, 2 * i + 1) AS v;
CALL bubble_refresh('own');
SELECT at, value FROM own.scoreboard_value WHERE indicator = 'twice';

-- A board without an indicator that counts says so.
UPDATE own.scoreboard_indicator SET weight = 0;
CALL bubble_refresh('own');
SELECT step, rows, remark FROM own.scoreboard_log
WHERE refresh = (SELECT max(refresh) FROM own.scoreboard_log) AND remark <> '';
DROP SCHEMA own CASCADE;
