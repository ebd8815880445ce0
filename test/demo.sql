-- The queries of test/demo, over the tables of test/data/load.sql.
\pset footer off
\pset null '-'

\echo
\echo '--- How far did the dot-com crash go? ---'
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
\echo 'Reading: the S&P 500 lost 49 % and needed until 2007 to come back; Amazon, by the month, lost 91 %.'
\echo 'Observations are rows, days or months; the data end in April 2020, before that crash was over.'

\echo
\echo '--- The way down and up again, quarter by quarter ---'
SELECT to_char(day, 'YYYY "Q"Q') AS quarter, round(close::numeric, 2) AS close,
	round(drawdown::numeric, 4) AS drawdown,
	round(max_drawdown::numeric, 4) AS max_drawdown,
	repeat('#', (60 * drawdown)::int) AS under_water
FROM (SELECT DISTINCT ON (date_trunc('quarter', day)) *
	FROM (SELECT day, close, drawdown(close) OVER w, max_drawdown(close) OVER w
		FROM sp500 WINDOW w AS (ORDER BY day)) AS path
	ORDER BY date_trunc('quarter', day), day DESC) AS q
WHERE day BETWEEN '2000-01-01' AND '2007-06-30';
\echo 'Reading: each # is a sixtieth of the peak of March 2000, lost.'

\echo
\echo '--- What does a generative-AI valuation cost in revenue? ---'
SELECT company, announced_at, post_money,
	latest(revenue, reported_at, '1 year', announced_at) AS revenue,
	round(revenue_multiple(post_money, latest(revenue, reported_at, '1 year', announced_at))::numeric, 2)
		AS multiple
FROM ai_round JOIN ai_revenue USING (company)
WHERE post_money IS NOT NULL
GROUP BY company, announced_at, post_money
HAVING latest(revenue, reported_at, '1 year', announced_at) > 0
ORDER BY company, announced_at;
\echo 'Reading: US$ billion; the revenue is the last one known on the day of the round.'

-- Per month: each company at its last valuation, with the revenue known then.
-- The views are temporary, so that test/demo --keep leaves their names free.
CREATE TEMP VIEW ai_month AS
SELECT month, company,
	(SELECT latest(post_money, announced_at, '2 years', month) FROM ai_round r
		WHERE r.company = c.company) AS valuation,
	(SELECT coalesce(latest(revenue, reported_at, '1 year', month), 0) FROM ai_revenue v
		WHERE v.company = c.company) AS revenue
FROM (SELECT DISTINCT company FROM ai_round) AS c,
	(SELECT (m + interval '1 month - 1 day')::date AS month
	 FROM generate_series(date '2022-01-01', '2026-09-01', '1 month') AS m) AS t;

\echo
\echo '--- How much of the valuation has no reported revenue behind it? ---'
SELECT month AS as_of, count(valuation) AS companies, sum(valuation) AS valuation,
	round(pre_revenue_share(valuation, revenue)::numeric, 4) AS pre_revenue_share,
	round(valuation_to_revenue(valuation, revenue)::numeric, 1) AS multiple
FROM ai_month
WHERE extract(month FROM month) IN (6, 12) AND valuation IS NOT NULL
GROUP BY month ORDER BY month;
\echo 'Reading: in 2022 all of it (one company with a known valuation), since 2025 none.'
\echo 'multiple: the valuation of all companies over the revenue of all, those without revenue included.'

\echo
\echo '--- How fast does the money flow in? ---'
SELECT to_char(quarter, 'YYYY "Q"Q') AS quarter,
	round(funding_velocity(raised, announced_at, '1 year', quarter)::numeric, 2) AS velocity,
	round(funding_acceleration(raised, announced_at, '1 year', quarter)::numeric, 2) AS acceleration
FROM ai_round, (SELECT (q + interval '3 months - 1 day')::date AS quarter
	FROM generate_series(date '2023-01-01', '2026-07-01', '3 months') AS q) AS quarters
GROUP BY quarter ORDER BY quarter;
\echo 'Reading: raised in the year up to the end of the quarter, US$ billion a year, and its change on the year:'
\echo 'from 11 billion a year in 2023 to 260 in 2026.'

-- Indicators of the S&P 500, each known at the end of its month.
CREATE TEMP VIEW sp500_month AS
SELECT month, close, drawdown, volatility,
	close / lag(close, 24) OVER w - 1 AS run_up,
	close / avg(close) OVER (w ROWS 59 PRECEDING) - 1 AS above_mean
FROM (SELECT date_trunc('month', day)::date AS month,
		locf(close ORDER BY day) AS close, locf(drawdown ORDER BY day) AS drawdown,
		stddev_samp(change) * sqrt(252) AS volatility
	FROM (SELECT day, close, drawdown(close) OVER w,
			ln(close / lag(close) OVER w) AS change
		FROM sp500 WINDOW w AS (ORDER BY day)) AS days
	GROUP BY date_trunc('month', day)) AS months
WINDOW w AS (ORDER BY month);

CREATE TEMP VIEW sp500_score AS
SELECT month, close, drawdown,
	bubble_components(indicators, weights) OVER w AS components,
	bubble_score(indicators, weights) OVER w AS score
FROM (SELECT *, ARRAY[run_up, drawdown, volatility, above_mean] AS indicators,
		'{1, -1, 1, 1}'::double precision[] AS weights
	FROM sp500_month WHERE run_up IS NOT NULL) AS m
WINDOW w AS (ORDER BY month);

\echo
\echo '--- A monthly bubble score of the S&P 500, its parts and its phase (every sixth month, and three that matter) ---'
SELECT to_char(month, 'YYYY-MM') AS month, round(score::numeric, 1) AS score,
	round(components[1]::numeric) AS run_up, round(components[2]::numeric) AS no_drawdown,
	round(components[3]::numeric) AS volatility, round(components[4]::numeric) AS above_mean,
	round(drawdown::numeric, 3) AS drawdown, bubble_phase(score, drawdown) AS phase
FROM sp500_score
WHERE score IS NOT NULL
	AND (extract(month FROM month) IN (1, 7) OR month IN ('2007-10-01', '2009-02-01', '2020-03-01'))
ORDER BY sp500_score.month;
\echo 'Reading: above 80 in October 2007 at the peak, 23 in February 2009. Each part is a percentile of its own past,'
\echo '0 to 100; nothing looks ahead, and a past of fewer than 20 months gives no score. The phase is bursting as long as'
\echo 'the index is more than 20 % below its peak.'

-- Indicators of the AI group.
CREATE TEMP VIEW ai_score AS
SELECT month, multiple, velocity, acceleration, step_up,
	bubble_components(indicators) OVER w AS components, bubble_score(indicators) OVER w AS score,
	drawdown(velocity) OVER w AS dried_up
FROM (SELECT *, ARRAY[multiple, velocity, acceleration, step_up] AS indicators
	FROM (SELECT month, valuation_to_revenue(valuation, revenue) AS multiple FROM ai_month
			GROUP BY month) AS m
		JOIN (SELECT month, funding_velocity(raised, announced_at, '1 year', month) AS velocity,
				funding_acceleration(raised, announced_at, '1 year', month) AS acceleration
			FROM ai_round, (SELECT DISTINCT month FROM ai_month) AS t GROUP BY month) AS f USING (month)
		LEFT JOIN (SELECT month, percentile_cont(0.5) WITHIN GROUP (ORDER BY step_up) AS step_up
			FROM (SELECT DISTINCT month FROM ai_month) AS t
			JOIN (SELECT announced_at, (post_money - raised) / lag(post_money) OVER (
					PARTITION BY company ORDER BY announced_at) AS step_up
				FROM ai_round WHERE post_money IS NOT NULL) AS s
				ON announced_at <= month AND announced_at > month - interval '1 year'
			GROUP BY month) AS u USING (month)) AS i
WINDOW w AS (ORDER BY month);

\echo
\echo '--- The same for generative AI: multiple, velocity, acceleration, step-up (every third month) ---'
SELECT to_char(month, 'YYYY-MM') AS month, round(multiple::numeric, 1) AS multiple,
	round(velocity::numeric, 1) AS velocity, round(acceleration::numeric, 2) AS acceleration,
	round(step_up::numeric, 2) AS step_up, round(score::numeric, 1) AS score,
	array(SELECT round(c::numeric) FROM unnest(components) AS c) AS "mult,vel,acc,step",
	round(dried_up::numeric, 2) AS dried_up, bubble_phase(score, dried_up) AS phase
FROM ai_score
WHERE score IS NOT NULL AND extract(month FROM month) IN (3, 6, 9, 12) ORDER BY ai_score.month;
\echo 'Reading: over 250 billion a year flows in while the multiple falls: revenue outgrows the valuations.'
\echo 'dried_up is the drawdown of the funding velocity; past 0.20 the phase is bursting.'
\echo
