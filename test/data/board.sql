-- Loads the example data into the standard tables of a scoreboard, which
-- bubble_create_tables('demo') has made. Run from this directory, like load.sql.
--
-- Lines of a file go into load_line as they are; bubble_load moves them into
-- the table that it is told, and returns those that it did not take. board.awk
-- writes our files in the layouts of these tables; legal_event.csv and member.csv have theirs.
\set QUIET on
\pset footer off
\copy demo.load_line (raw) FROM PROGRAM 'awk -F, -v table=market_price -f board.awk shiller.csv nasdaq.csv tech_stocks.csv' (FORMAT csv, DELIMITER E'\x01', QUOTE E'\x02')
SELECT * FROM bubble_load('demo', 'market_price');
\copy demo.load_line (raw) FROM PROGRAM 'awk -F, -v table=market_fundamental -f board.awk shiller.csv' (FORMAT csv, DELIMITER E'\x01', QUOTE E'\x02')
SELECT FROM bubble_load('demo', 'market_fundamental') \g /dev/null
\copy demo.load_line (raw) FROM PROGRAM 'awk -F, -v table=funding_round -f board.awk ai_round.csv' (FORMAT csv, DELIMITER E'\x01', QUOTE E'\x02')
SELECT FROM bubble_load('demo', 'funding_round') \g /dev/null
\copy demo.load_line (raw) FROM PROGRAM 'awk -F, -v table=company_metric -f board.awk ai_revenue.csv' (FORMAT csv, DELIMITER E'\x01', QUOTE E'\x02')
SELECT FROM bubble_load('demo', 'company_metric') \g /dev/null
\copy demo.load_line (raw) FROM PROGRAM 'awk -F, -v table=adoption -f board.awk ai_use.csv ai_user.csv' (FORMAT csv, DELIMITER E'\x01', QUOTE E'\x02')
SELECT FROM bubble_load('demo', 'adoption') \g /dev/null
\copy demo.load_line (raw) FROM PROGRAM 'awk -F, -v table=macro_series -f board.awk us_macro.csv fed_funds.csv' (FORMAT csv, DELIMITER E'\x01', QUOTE E'\x02')
SELECT FROM bubble_load('demo', 'macro_series') \g /dev/null
\copy demo.load_line (raw) FROM 'legal_event.csv' (FORMAT csv, DELIMITER E'\x01', QUOTE E'\x02')
SELECT FROM bubble_load('demo', 'legal_event') \g /dev/null
\copy demo.load_line (raw) FROM 'member.csv' (FORMAT csv, DELIMITER E'\x01', QUOTE E'\x02')
SELECT FROM bubble_load('demo', 'member') \g /dev/null
