-- Makes a database in which all lasts that can be made of the extension: values
-- of both types in every kind of column, index and partition, rows of its own
-- types, views, materialized views, functions, and a scoreboard. For the tests
-- of dumps and upgrades, which ask lasting_answers.sql before and after.
--
-- Variables: home, the schema of the extension (made here); board, that of the
-- scoreboard.
\set QUIET on
\set ON_ERROR_STOP on
\o /dev/null
SET client_min_messages = warning;
SET timezone = 'UTC';
SELECT format('CREATE SCHEMA IF NOT EXISTS %I', :'home') \gexec
CREATE EXTENSION IF NOT EXISTS bubble SCHEMA :home;
CREATE SCHEMA market;
SET search_path = market, :home;

-- --- values of every kind ---

CREATE TABLE price AS
SELECT symbol, i, date '2000-01-01' + i + i / 5 * 2 AS day,
	timestamptz '2000-01-01' + i * (i + symbol) * interval '1.000001 seconds' AS ts,
	exp(sum(0.05 * sin(7919.0 * symbol + i * i)) OVER (PARTITION BY symbol ORDER BY i)) AS close
FROM generate_series(1, 3) AS symbol, generate_series(1, 2000) AS i;

CREATE TYPE twofold AS (series bubble_series, summary drawdown_summary);
CREATE DOMAIN long_series AS bubble_series CHECK (observations(VALUE) > 1);

CREATE TABLE kept (
	id int PRIMARY KEY,
	label text,
	s bubble_series DEFAULT 'date{2000-01-01=1,2000-01-02=0.5}',
	d drawdown_summary,
	pair twofold,
	series bubble_series[],
	summaries drawdown_summary[],
	long long_series,
	loss double precision GENERATED ALWAYS AS (max_drawdown(d)) STORED,
	CHECK (observations(s) = observations(d))
);
INSERT INTO kept
SELECT row_number() OVER (ORDER BY label), label, s, d, ROW(s, d)::twofold, ARRAY[s, NULL, s],
	ARRAY[[d], [d]], CASE WHEN observations(s) > 1 THEN s END
FROM (
	SELECT 'days ' || symbol AS label, bubble_series(close, day) AS s, drawdown_summary(close, day) AS d
	FROM price WHERE i <= 300 GROUP BY symbol
	UNION ALL
	SELECT 'times ' || symbol, bubble_series(close, ts), drawdown_summary(close, ts)
	FROM price WHERE i <= 300 GROUP BY symbol
	UNION ALL
	SELECT 'one day', bubble_series(0.1, date '1999-12-31'), drawdown_summary(0.1, date '1999-12-31')
	UNION ALL
	SELECT 'one time', bubble_series(1e-300, '1999-12-31 23:59:59.999999+00'::timestamptz),
		drawdown_summary(1e-300, '1999-12-31 23:59:59.999999+00'::timestamptz)
	UNION ALL
	SELECT 'ties', bubble_series(i % 7 + 1, date '2000-01-01' + i / 50),
		drawdown_summary(i % 7 + 1, date '2000-01-01' + i / 50)
	FROM price WHERE symbol = 1 AND i <= 200
	UNION ALL
	SELECT 'zero', bubble_series(i % 3, date '2000-01-01' + i), drawdown_summary(i % 3, date '2000-01-01'
		+ i)
	FROM price WHERE symbol = 1 AND i <= 20
	UNION ALL
	SELECT 'the ends of time', bubble_series(x, t), drawdown_summary(x, t)
	FROM (VALUES (0.5, timestamptz '4713-01-01 00:00Z BC'), (0.25,
		'294276-12-31 23:59:59.999999Z')) AS v (x, t)
	UNION ALL
	SELECT 'long', bubble_series(close, day), drawdown_summary(close, day) FROM price WHERE symbol = 2
	UNION ALL
	SELECT 'rolled up', rollup(s), rollup(d)
	FROM (SELECT bubble_series(close, ts) AS s, drawdown_summary(close, ts) AS d FROM price
		GROUP BY i % 10) AS parts
	UNION ALL
	SELECT 'none', NULL, NULL
) AS v;
INSERT INTO kept (id, label, d)
VALUES (100, 'default', 'date{2000-01-01,1d;2000-01-01=1;2000-01-02=0.5}');

-- Rows of the types of results, and arrays of them.
CREATE TABLE measured AS
SELECT symbol, price_summary(close, day) AS measures, drawdown_episodes(close, day, 0.1) AS episodes,
	funding_summary(close, day) AS funding, gsadf(close, day, 40) AS statistic,
	adoption_fit(close, day) AS fit, growth_rate(close, ts) AS growth
FROM price WHERE i <= 200 GROUP BY symbol;

-- --- indexes, keys and partitions ---

CREATE INDEX kept_s_hash ON kept USING hash (s);
CREATE INDEX kept_d_hash ON kept USING hash (d);
CREATE INDEX kept_s ON kept (s) WHERE observations(s) < 50;
CREATE UNIQUE INDEX kept_d ON kept (d) WHERE observations(d) < 50;
CREATE INDEX kept_loss ON kept (max_drawdown(s), ulcer_index(s)) WHERE label NOT LIKE 'the ends%';
CREATE STATISTICS kept_statistics ON observations(s), max_drawdown(d) FROM kept;

CREATE TABLE short (s bubble_series PRIMARY KEY, d drawdown_summary UNIQUE, note text);
INSERT INTO short SELECT s, d, label FROM kept WHERE observations(s) < 3 ORDER BY id;
CREATE TABLE refers (s bubble_series REFERENCES short, d drawdown_summary REFERENCES short (d));
INSERT INTO refers SELECT s, d FROM short;

CREATE TABLE spread (s bubble_series, d drawdown_summary, label text) PARTITION BY HASH (s, d);
CREATE TABLE spread_0 PARTITION OF spread FOR VALUES WITH (MODULUS 3, REMAINDER 0);
CREATE TABLE spread_1 PARTITION OF spread FOR VALUES WITH (MODULUS 3, REMAINDER 1);
CREATE TABLE spread_2 PARTITION OF spread FOR VALUES WITH (MODULUS 3, REMAINDER 2);
CREATE INDEX ON spread (observations(s));
INSERT INTO spread SELECT s, d, label FROM kept;
CREATE TABLE ranged (s bubble_series, label text) PARTITION BY RANGE (s);
CREATE TABLE ranged_low PARTITION OF ranged
	FOR VALUES FROM (MINVALUE) TO ('date{2000-01-01=1.25,2000-01-03=2}');
CREATE TABLE ranged_high PARTITION OF ranged
	FOR VALUES FROM ('date{2000-01-01=1.25,2000-01-03=2}') TO (MAXVALUE);
INSERT INTO ranged SELECT s, label FROM kept WHERE s IS NOT NULL;

-- --- views and functions ---

CREATE VIEW loss AS
SELECT symbol, max_drawdown(close, day) AS deepest, (max_drawdown_episode(close, day)).*
FROM price GROUP BY symbol;
CREATE VIEW running AS
SELECT symbol, i, drawdown(close) OVER w AS below, zscore(close) OVER w AS z
FROM price WHERE i < 50 WINDOW w AS (PARTITION BY symbol ORDER BY i ROWS 20 PRECEDING);
CREATE VIEW same AS
SELECT a.label, b.label AS other FROM kept AS a JOIN kept AS b ON a.s = b.s AND NOT a.d < b.d;
CREATE VIEW catalogue AS SELECT topic, name FROM bubble_functions;
CREATE VIEW unnested AS SELECT label, u.* FROM kept, unnest(s) AS u WHERE observations(s) < 50;
CREATE MATERIALIZED VIEW stored AS
SELECT symbol, bubble_series(close, ts) AS s, drawdown_summary(close, ts) AS d FROM price
GROUP BY symbol;
CREATE UNIQUE INDEX ON stored (symbol);
CREATE INDEX ON stored USING hash (s);
CREATE MATERIALIZED VIEW episodes AS
SELECT symbol, e.* FROM stored, unnest(drawdown_episodes(s, 0.2)) AS e;
CREATE MATERIALIZED VIEW unfilled AS SELECT rollup(s) AS s FROM stored WITH NO DATA;
CREATE FUNCTION worst(s bubble_series) RETURNS double precision LANGUAGE sql IMMUTABLE
	RETURN max_drawdown(s) + ulcer_index(s);
CREATE INDEX ON stored (worst(s));
CREATE AGGREGATE put_together(drawdown_summary) (SFUNC = bubble_summary_combinefn,
	STYPE = drawdown_summary, COMBINEFUNC = bubble_summary_combinefn, PARALLEL = SAFE);
CREATE VIEW together AS SELECT put_together(d) AS d FROM stored;

-- --- a scoreboard ---

SELECT FROM bubble_create_tables(:'board');
SET search_path = :board, :home;
INSERT INTO load_line (raw)
SELECT 'symbol,at,close' UNION ALL
SELECT concat_ws(',', 'S' || s, date '2015-01-31' + 7 * i, round((100 * exp(0.3 * sin(i * 0.05 + s)))::numeric, 2))
FROM generate_series(1, 4) AS s, generate_series(1, 400) AS i;
SELECT FROM bubble_load(:'board', 'market_price');
INSERT INTO funding_round
SELECT 'C' || c, date '2015-02-15' + 41 * i + c, date '2015-02-20' + 41 * i + c, 10 + 3 * sin(i + c),
	200 + 9 * i * c
FROM generate_series(1, 3) AS c, generate_series(1, 60) AS i;
INSERT INTO company_metric
SELECT 'C' || c, 'revenue', date '2015-03-31' + 91 * i, NULL, 4 + i * c
FROM generate_series(1, 3) AS c, generate_series(0, 28) AS i;
INSERT INTO member SELECT 'S' || s, 'shares' FROM generate_series(1, 4) AS s
UNION ALL SELECT 'C' || c, 'start-ups' FROM generate_series(1, 3) AS c;
SELECT FROM bubble_create_scoreboard(:'board');
CALL bubble_refresh(:'board');
ANALYZE;
