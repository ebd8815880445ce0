SELECT at, score, CASE WHEN at = max(at) OVER run THEN phase END AS phase, count(*) OVER run AS months,
	0 AS floor, money, money + capital AS capital, money + capital + valuation AS valuation
FROM (SELECT *, row_number() OVER (ORDER BY at) - row_number() OVER (PARTITION BY phase ORDER BY at) AS run
	FROM demo.scoreboard WHERE sector = 'generative AI' AND score IS NOT NULL) AS board
CROSS JOIN LATERAL (SELECT coalesce(sum(value::float8) FILTER (WHERE concern = 'money'), 0) AS money,
		coalesce(sum(value::float8) FILTER (WHERE concern = 'capital'), 0) AS capital,
		coalesce(sum(value::float8) FILTER (WHERE concern = 'valuation'), 0) AS valuation
	FROM jsonb_each_text(contributions) AS c (indicator, value)
	JOIN demo.scoreboard_indicator USING (indicator)) AS concerns
WINDOW run AS (PARTITION BY phase, run)
ORDER BY at
