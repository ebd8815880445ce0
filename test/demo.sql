-- The queries of test/demo, over the tables of test/data/load.sql. Run from
-- test/data.
\pset footer off
\pset null '-'

\echo
\echo '--- How far did the dot-com crash go? ---'
\echo 'Statement: SELECT (max_drawdown_episode(close, day)).* FROM sp500 WHERE day < ''2007-06-01'', and likewise for the others'
SELECT crash, (e).peak_at, round((e).peak::numeric, 2) AS peak,
	(e).trough_at, round((e).trough::numeric, 2) AS trough, (e).recovered_at,
	round((e).depth::numeric, 4) AS max_drawdown,
	(e).observations
FROM (SELECT crash, max_drawdown_episode(close, day) AS e
	FROM (SELECT *, CASE WHEN day < '2007-06-01' THEN 'S&P 500, dot-com'
			WHEN day < '2020-01-01' THEN 'S&P 500, 2007-2009'
			ELSE 'S&P 500, 2020' END AS crash FROM sp500) AS s
	GROUP BY crash
	UNION ALL
	SELECT symbol || ', monthly', max_drawdown_episode(close, day)
	FROM tech_stock WHERE symbol <> 'GOOG' AND day < '2007-06-01'
	GROUP BY symbol) AS x
ORDER BY crash LIKE 'S&P%' DESC, (e).peak_at, crash;
\echo 'Scale: max_drawdown is a fraction of the peak, 0.4915 is 49.15 % lost. Observations are rows, days or months.'
\echo 'Reading: the S&P 500 lost 49 % and needed until 2007 to come back; Amazon, by the month, lost 91 %.'
\echo 'The data end in April 2020, before that crash was over.'

\echo
\echo '--- The way down and up again, quarter by quarter ---'
\echo 'Statement: SELECT day, close, drawdown(close) OVER w, max_drawdown(close) OVER w FROM sp500 WINDOW w AS (ORDER BY day)'
SELECT to_char(day, 'YYYY "Q"Q') AS quarter, round(close::numeric, 2) AS close,
	round(drawdown::numeric, 4) AS drawdown,
	round(max_drawdown::numeric, 4) AS max_drawdown,
	repeat('#', (60 * drawdown)::int) AS under_water
FROM (SELECT DISTINCT ON (date_trunc('quarter', day)) *
	FROM (SELECT day, close, drawdown(close) OVER w, max_drawdown(close) OVER w
		FROM sp500 WINDOW w AS (ORDER BY day)) AS path
	ORDER BY date_trunc('quarter', day), day DESC) AS q
WHERE day BETWEEN '2000-01-01' AND '2007-06-30';
\echo 'Scale: fractions of the highest close so far; each # is a sixtieth of it, lost.'

\echo
\echo '--- Was the growth explosive, and when? ---'
\echo 'Statement: SELECT (explosive_test(ratio)).*, and unnest(explosive_episodes(ratio, min_duration => 6)), of'
\echo 'series of months: bubble_series(price / dividend, month) FROM shiller, bubble_series(close, month) FROM nasdaq'
CREATE TEMP VIEW ratio AS
SELECT 1 AS place, 'S&P 500 since 1871' AS what, bubble_series(price / dividend, month) AS ratio FROM shiller
UNION ALL
SELECT 2, 'NASDAQ since 1971, price', bubble_series(close, month) FROM nasdaq;
SELECT what, observations, min_window, round(gsadf::numeric, 2) AS gsadf,
	round(gsadf_95::numeric, 2) AS critical_value, gsadf_p AS p_value
FROM ratio, explosive_test(ratio) ORDER BY place;
SELECT what, e.started_at::date, e.peak_at::date, e.ended_at::date, round(e.peak_statistic::numeric, 2) AS peak_statistic
FROM ratio, unnest(explosive_episodes(ratio, min_duration => 6)) AS e
WHERE e.is_bubble AND e.started_at > '1950-01-01' ORDER BY place, 2;
\echo 'Scale: a statistic above its critical value would come about by chance in fewer than 5 of 100 random walks; a p_value'
\echo 'of 0.001 is 1 of 1000 or fewer. Episodes are of six months or more, since 1950.'
\echo 'Reading: both were explosive in the dot-com years, the NASDAQ until a few months after its peak.'

\echo
\echo '--- What does a generative-AI valuation cost in revenue? ---'
\echo 'Statement: SELECT revenue_multiple(post_money, latest(revenue, reported_at, ''1 year'', announced_at))'
\echo 'FROM ai_round JOIN ai_revenue USING (company) GROUP BY company, announced_at, post_money'
SELECT company, announced_at, post_money,
	latest(revenue, reported_at, '1 year', announced_at) AS revenue,
	round(revenue_multiple(post_money, latest(revenue, reported_at, '1 year', announced_at))::numeric, 2)
		AS multiple
FROM ai_round JOIN ai_revenue USING (company)
WHERE post_money IS NOT NULL
GROUP BY company, announced_at, post_money
HAVING latest(revenue, reported_at, '1 year', announced_at) > 0
ORDER BY company, announced_at;
\echo 'Scale: valuations in billions of US dollars, revenue in billions a year, as last known on the day of the round;'
\echo 'a multiple of 39.25 is 39 years of that revenue.'

\echo
\echo '--- How fast does the money flow in? ---'
\echo 'Statement: SELECT (unnest(funding_path(raised, announced_at, ''3 months''))).* FROM ai_round'
SELECT to_char(period_end, 'YYYY "Q"Q') AS quarter, round(velocity::numeric, 2) AS velocity,
	round(acceleration::numeric, 2) AS acceleration, round(concentration::numeric, 2) AS concentration
FROM (SELECT funding_path(raised, announced_at, '3 months') AS path FROM ai_round) AS p, unnest(path)
WHERE period_end >= '2022-12-31' ORDER BY period_end;
\echo 'Scale: velocity is what was raised in the year up to the end of the quarter, in billions of US dollars; an'
\echo 'acceleration of 84 would be 84 times more than in the year before (85 times as much), 0.26 is 26 % more, -0.1 10 % less;'
\echo 'a concentration of 1 is one company that raises everything.'

\echo
\echo '--- From an empty database to a scoreboard, in five statements ---'
\echo '-- 1. The standard tables, in a schema of their own:'
\set ECHO queries
SELECT string_agg(relation, ', ') AS tables FROM bubble_create_tables('demo');

\set ECHO none
\echo '-- 2. The data, from CSV files; what was not taken is told:'
\echo '\\ir data/board.sql'
\ir data/board.sql
\echo
\echo '-- 3. The board on them:'
\set ECHO queries
SELECT count(*) AS created FROM bubble_create_scoreboard('demo') WHERE done = 'created';
\set ECHO none
\echo '-- 4. What a nightly job does:'
\set ECHO queries
CALL bubble_refresh('demo');
\set ECHO none
\echo '-- 5. The board:'
\set ECHO queries
SELECT DISTINCT ON (sector) sector, at, round(score::numeric, 1) AS score, format('%s to %s', round(low), round(high)) AS between,
	phase, format('%s %%', round(100 * coverage)) AS covered, round(100 * drawdown) || ' %' AS drawdown, shape
FROM demo.scoreboard ORDER BY sector, at DESC;

\set ECHO none
\echo 'Scale: a score of 0 to 100, the weighted mean of the percentiles of every indicator among its own months so far; between'
\echo 'what it would be with other weights, or without one indicator. Phases: calm below 40, building below 60, elevated below'
\echo '80, bubble; bursting while the index is more than 20 % below its highest month. covered is the weight of the indicators'
\echo 'that there are data for. shape is the score from the first month to the last.'

\echo
\echo '--- Why? ---'
\echo 'Statement: SELECT sector, at, why FROM demo.scoreboard, the last row of each sector'
\pset format unaligned
\pset tuples_only on
SELECT DISTINCT ON (sector) regexp_replace(format('%s: %s', sector, why), '(.{1,118})(\s|$)', E'\\1\n', 'g')
FROM demo.scoreboard ORDER BY sector, at DESC;
\pset tuples_only off
\pset format aligned
\echo 'Scale: a standing of 96 is higher than 96 % of the months before; where little is a sign of a bubble, as with low down'
\echo 'rounds and low drawdowns, it is lower than 96 % of them.'

\echo
\echo '--- The board in the dot-com years, from prices and the policy rate ---'
\echo 'Statement: SELECT at, score, phase, components FROM demo.scoreboard WHERE sector = ''NASDAQ'''
SELECT to_char(at, 'YYYY-MM') AS month, round(score::numeric, 1) AS score, phase, round(drawdown::numeric, 3) AS drawdown,
	round((components ->> 'run_up')::numeric) AS run_up, round((components ->> 'bsadf_excess')::numeric) AS bsadf_excess,
	round((components ->> 'explosive_share')::numeric) AS explosive, round((components ->> 'index_drawdown')::numeric) AS no_drawdown,
	round((components ->> 'policy_rate')::numeric) AS cheap_money
FROM demo.scoreboard
WHERE sector = 'NASDAQ' AND at BETWEEN '1998-01-01' AND '2001-12-31' AND extract(month FROM at) IN (3, 6, 9, 12) ORDER BY scoreboard.at;
\echo 'Scale: the five columns on the right are percentiles, 0 to 100, of the indicator''s own past, so that nothing looks ahead.'
\echo 'The board has a row a month; every third is shown.'

\echo
\echo '--- The board of generative AI ---'
\echo 'Statement: SELECT at, score, phase, components FROM demo.scoreboard WHERE sector = ''generative AI'''
SELECT to_char(at, 'YYYY-MM') AS month, round(score::numeric, 1) AS score, phase, format('%s %%', round(100 * coverage)) AS covered,
	round(multiple.value::numeric, 1) AS multiple, round((components ->> 'revenue_multiple')::numeric) AS standing,
	round(velocity.value::numeric, 1) AS velocity, round((components ->> 'funding_velocity')::numeric) AS standing,
	round((components ->> 'down_rounds')::numeric) AS no_down_rounds, round(dried_up::numeric, 2) AS dried_up
FROM demo.scoreboard
LEFT JOIN demo.indicator_revenue_multiple AS multiple USING (sector, at)
LEFT JOIN demo.indicator_funding_velocity AS velocity USING (sector, at)
WHERE sector = 'generative AI' AND score IS NOT NULL AND at >= '2023-01-01' AND extract(month FROM at) IN (2, 5, 8, 11) ORDER BY at;
\echo 'Scale: multiple in years of revenue, the median of the companies; velocity in billions of US dollars a year; a standing of'
\echo '96 is higher than 96 % of the months before; dried_up is how far velocity is below its highest month, 0.05 is 5 %.'

\echo
\echo '--- Concern by concern: what is measured, how does it stand, and since when is nothing known? ---'
\echo 'Statement: SELECT DISTINCT ON (indicator) * FROM demo.scoreboard_part WHERE standing IS NOT NULL ORDER BY indicator, at DESC'
CREATE VIEW demo.last_known AS
SELECT DISTINCT ON (indicator) concern, indicator, CASE sign WHEN -1 THEN 'low ' ELSE '' END || replace(indicator, '_', ' ') AS name,
	value, unit, at, standing, contribution, at = (SELECT max(at) FROM demo.scoreboard WHERE sector = 'generative AI') AS now
FROM demo.scoreboard_part
WHERE sector = 'generative AI' AND standing IS NOT NULL
ORDER BY indicator, at DESC;
SELECT concern, name AS measured, round(value::numeric, 2) AS value, unit, to_char(at, 'YYYY-MM') AS last_known, round(standing::numeric) AS standing,
	round(contribution::numeric, 1) AS added
FROM demo.last_known ORDER BY concern, indicator;
\echo 'Scale: added is what it added to the score of the month in which it was last known. Of concerns that are not here'
\echo 'there are no data: of price, since none of these companies is listed.'

\echo
CREATE VIEW demo.answer AS
WITH now AS (
	SELECT * FROM demo.scoreboard WHERE sector = 'generative AI' ORDER BY at DESC LIMIT 1
), past AS (
	SELECT count(*) AS months, min(at) AS since, (SELECT count(DISTINCT company) FROM demo.funding_round) AS companies
	FROM demo.scoreboard WHERE sector = 'generative AI'
), peak AS (
	SELECT s.* FROM demo.scoreboard AS s JOIN demo.price_by_sector AS p USING (sector, at)
	WHERE sector = 'NASDAQ' AND at < '2001-01-01' ORDER BY level DESC LIMIT 1
), standing AS (
	SELECT standing::numeric AS value, format('%s %s', name, round(standing::numeric)) AS text FROM demo.last_known WHERE now
), silent AS (
	SELECT string_agg(format('%s %s (%s)', name, round(standing::numeric), to_char(at, 'FMMonth YYYY')), ', ' ORDER BY concern, indicator) AS text
	FROM demo.last_known WHERE concern NOT IN (SELECT concern FROM demo.last_known WHERE now)
), told AS (
	SELECT string_agg(text, ', ' ORDER BY value DESC, text) FILTER (WHERE value >= 75) AS high,
		string_agg(text, ', ' ORDER BY value, text) FILTER (WHERE value < 25) AS low,
		(SELECT string_agg(concat_ws(' ', concern, to_char(last_at, '"since" FMMonth YYYY')), ', ' ORDER BY concern)
			FROM (SELECT concern, max(at) AS last_at FROM demo.scoreboard_indicator LEFT JOIN demo.last_known USING (concern, indicator)
				GROUP BY concern HAVING coalesce(bool_or(now), false) = false) AS concerns) AS lacking
	FROM standing
)
SELECT format('What the figures say: in %s generative AI scores %s of 100 (%s to %s), which is "%s"; the NASDAQ, '
	'in %s at its peak, scored %s, "%s". Standings of generative AI among its own months: high are %s; low are %s.%s%s '
	'What they cannot say: %s %% of the weight has data, and there is nothing of %s. High and low '
	'are those of %s companies since %s, not of other booms. A score tells how unusual a month '
	'is, not what comes next.',
	to_char(now.at, 'FMMonth YYYY'), round(now.score::numeric, 1), round(now.low), round(now.high), now.phase,
	to_char(peak.at, 'FMMonth YYYY'), round(peak.score::numeric, 1), peak.phase, coalesce(told.high, 'none'), coalesce(told.low, 'none'),
	CASE WHEN (now.components ->> 'funding_velocity')::numeric >= 75 AND (now.components ->> 'revenue_multiple')::numeric < 25
		THEN ' The money is that of a boom, the multiples are not: revenue has grown faster than valuations.' END,
	' Last known of other concerns: ' || silent.text || '.',
	round(100 * now.coverage), lacking, companies, extract(year FROM since)) AS answer
FROM now, past, peak, silent, told;

\echo '--- So is it a bubble? ---'
\echo 'Statement: TABLE demo.answer, from demo.scoreboard: generative AI in its last month, the NASDAQ in its highest one before 2001'
\pset format unaligned
\pset tuples_only on
SELECT regexp_replace(answer, '(.{1,118})(\s|$)', E'\\1\n', 'g') FROM demo.answer;
\pset tuples_only off
\pset format aligned
