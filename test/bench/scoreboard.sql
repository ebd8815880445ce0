-- A monthly board over 12.5 million closes of 5,000 symbols in 50 sectors: from
-- nothing, and again after what happens to prices.
SELECT setseed(0.5);
SELECT count(*) || ' tables' FROM bubble_create_tables('board');
INSERT INTO board.market_price
SELECT 'S' || lpad(symbol::text, 4, '0'), day, 100 * exp(0.02 * sum(step) OVER (PARTITION BY symbol ORDER BY day))
FROM (SELECT symbol, date '2014-01-01' + n * 7 / 5 AS day, random() + random() - 0.99 AS step
	FROM generate_series(1, 5000) AS symbol, generate_series(0, 2499) AS n) AS steps;
INSERT INTO board.member SELECT 'S' || lpad(symbol::text, 4, '0'), 'sector ' || symbol % 50 FROM generate_series(1, 5000) AS symbol;
VACUUM ANALYZE board.market_price;
CHECKPOINT;

SELECT count(*) || ' relations of the board' FROM bubble_create_scoreboard('board');
CREATE TABLE took (name text, seconds float8, n serial);
CREATE FUNCTION of_refresh(name text, number bigint) RETURNS text LANGUAGE sql
BEGIN ATOMIC
	INSERT INTO took (name, seconds) SELECT of_refresh.name, sum(seconds) FROM board.scoreboard_log WHERE refresh = number;
	SELECT format('%s: %s s, ratio %s', of_refresh.name, round(seconds::numeric, 2), round((seconds / (SELECT t.seconds FROM took t ORDER BY n LIMIT 1))::numeric, 3)) ||
		coalesce(' (' || (SELECT string_agg(format('%s %s', step, round(seconds::numeric, 2)), ', ' ORDER BY seconds DESC) FROM board.scoreboard_log WHERE refresh = number AND seconds > 0.1) || ')', '') ||
		coalesce(' ERROR: ' || (SELECT string_agg(error, '; ') FROM board.scoreboard_log WHERE refresh = number), '')
	FROM took ORDER BY n DESC LIMIT 1;
END;

CALL bubble_refresh('board');
SELECT of_refresh('from nothing', 1);
SELECT format('rows: %s closes, %s months of symbols, %s months of sectors', (SELECT sum(observations) FROM board.price_now),
	(SELECT count(*) FROM board.price_month), (SELECT count(*) FROM board.scoreboard));

INSERT INTO board.market_price SELECT symbol, at + 1, close * 1.01 FROM board.market_price WHERE at = (SELECT max(at) FROM board.market_price);
CALL bubble_refresh('board');
SELECT of_refresh('after a new day', 2);
INSERT INTO board.market_price SELECT symbol, at + 25, close * 1.01 FROM board.market_price WHERE at = (SELECT max(at) FROM board.market_price);
CALL bubble_refresh('board');
SELECT of_refresh('after a day of a new month', 3);
UPDATE board.market_price SET close = close * 1.01 WHERE symbol = 'S0001' AND at < '2014-02-01';
CALL bubble_refresh('board');
SELECT of_refresh('after a correction of one symbol''s past', 4);
CALL bubble_refresh('board');
SELECT of_refresh('with nothing new', 5);

SELECT format('on disk: prices %s, board %s', pg_size_pretty(pg_total_relation_size('board.market_price')),
	pg_size_pretty(sum(pg_total_relation_size(oid)))) FROM pg_class
WHERE relnamespace = 'board'::regnamespace AND relkind IN ('r', 'm') AND relname <> 'market_price';
SELECT 'most memory of the session, shared buffers left out: ' ||
	(regexp_match(status, 'VmHWM:\s+(\d+)'))[1]::bigint / 1024 - (regexp_match(status, 'RssShmem:\s+(\d+)'))[1]::bigint / 1024 || ' MB'
FROM pg_read_file('/proc/' || pg_backend_pid() || '/status') AS status;
