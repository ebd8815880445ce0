-- A database of lasting.sql goes on after a dump or an upgrade: what is written
-- to it, refreshed and indexed anew is right. After it, lasting_answers.sql gives
-- what it gave.
--
-- Variables: home, board.
\set QUIET on
\set ON_ERROR_STOP on
\o /dev/null
SET client_min_messages = warning;
SET timezone = 'UTC';
SET search_path = market, :home;
REFRESH MATERIALIZED VIEW CONCURRENTLY stored;
REFRESH MATERIALIZED VIEW episodes;
REFRESH MATERIALIZED VIEW unfilled;
REFRESH MATERIALIZED VIEW unfilled WITH NO DATA;
REINDEX TABLE kept;
CLUSTER kept USING kept_pkey;
DELETE FROM refers;
DELETE FROM short;
INSERT INTO short SELECT s, d, label FROM kept WHERE observations(s) < 3;
INSERT INTO refers SELECT s, d FROM short;
DELETE FROM spread;
INSERT INTO spread SELECT s, d, label FROM kept;
UPDATE kept SET s = slice(s, NULL, NULL), d = d::text::drawdown_summary;
SELECT FROM bubble_create_scoreboard(:'board');
CALL bubble_refresh(:'board');
