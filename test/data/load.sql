-- Makes the example tables and fills them from the CSV files beside this
-- script. \copy looks for files from where psql was started, so start it here:
--
--     cd test/data && psql -d DATABASE -f load.sql
--
-- Where the figures come from and what they may be used for: README.md here.
\set ON_ERROR_STOP on
BEGIN;

CREATE TABLE sp500 (
	day date PRIMARY KEY,
	close double precision NOT NULL
);
COMMENT ON TABLE sp500 IS
	'S&P 500, daily closes, 2000-01-03 to 2020-04-17';

CREATE TABLE tech_stock (
	symbol text,
	day date,
	close double precision NOT NULL,
	PRIMARY KEY (symbol, day)
);
COMMENT ON TABLE tech_stock IS
	'five technology shares, monthly adjusted closes in US dollars, 2000 to 2010';

CREATE TABLE shiller (
	month date PRIMARY KEY,
	price double precision NOT NULL,
	dividend double precision NOT NULL,
	cape double precision
);
COMMENT ON TABLE shiller IS
	'S&P composite, monthly averages, dividends a year and cyclically adjusted price-earnings ratio, 1871 to 2023';

CREATE TABLE nasdaq (
	month date PRIMARY KEY,
	close double precision NOT NULL
);
COMMENT ON TABLE nasdaq IS
	'NASDAQ Composite, last close of each month, 1971 to 2018';

CREATE TABLE us_macro (
	month date PRIMARY KEY,
	earnings double precision NOT NULL,
	cpi double precision NOT NULL,
	long_rate double precision NOT NULL,
	short_rate double precision
);
COMMENT ON TABLE us_macro IS
	'earnings of the S&P composite, consumer prices and interest rates of the United States in percent, monthly, 1871 to 2023';

CREATE TABLE ai_round (
	company text,
	announced_at date,
	raised double precision NOT NULL,
	post_money double precision,
	known_at date,
	PRIMARY KEY (company, announced_at)
);
COMMENT ON TABLE ai_round IS
	'funding rounds of generative-AI companies in billions of US dollars; a post_money of NULL was not made public; known_at is the day on which it was reported';

CREATE TABLE ai_revenue (
	company text,
	reported_at date,
	revenue double precision NOT NULL,
	PRIMARY KEY (company, reported_at)
);
COMMENT ON TABLE ai_revenue IS
	'revenue of generative-AI companies in billions of US dollars a year, as reported on the day';

CREATE TABLE ai_use (
	period text,
	at date PRIMARY KEY,
	share double precision NOT NULL,
	expected double precision NOT NULL
);
COMMENT ON TABLE ai_use IS
	'US businesses, group XX of a survey, that use AI, and that expect to within six months, in percent, every two weeks, 2023 to 2025';

CREATE TABLE ai_user (
	product text,
	at date,
	users double precision NOT NULL,
	reported_at date NOT NULL,
	PRIMARY KEY (product, at)
);
COMMENT ON TABLE ai_user IS
	'weekly users of ChatGPT in millions, 2023 to 2025; reported_at is the day on which the figure was published';

\copy sp500 FROM 'sp500.csv' WITH (FORMAT csv, HEADER)
\copy tech_stock FROM 'tech_stocks.csv' WITH (FORMAT csv, HEADER)
\copy shiller FROM 'shiller.csv' WITH (FORMAT csv, HEADER)
\copy nasdaq FROM 'nasdaq.csv' WITH (FORMAT csv, HEADER)
\copy us_macro FROM 'us_macro.csv' WITH (FORMAT csv, HEADER)
\copy ai_round FROM 'ai_round.csv' WITH (FORMAT csv, HEADER)
\copy ai_revenue FROM 'ai_revenue.csv' WITH (FORMAT csv, HEADER)
\copy ai_use FROM 'ai_use.csv' WITH (FORMAT csv, HEADER)
\copy ai_user FROM 'ai_user.csv' WITH (FORMAT csv, HEADER)

COMMIT;
-- Makes the example tables and fills them from the CSV files beside this
