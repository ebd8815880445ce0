SELECT at, score, CASE WHEN at = max(at) OVER run THEN phase END AS phase, count(*) OVER run AS months,
	0 AS floor, c[1], c[1] + c[2], c[1] + c[2] + c[3], c[1] + c[2] + c[3] + c[4],
	c[1] + c[2] + c[3] + c[4] + c[5]
FROM (SELECT *, row_number() OVER (ORDER BY at) - row_number() OVER (PARTITION BY phase ORDER BY at) AS run
	FROM demo.scoreboard WHERE sector = 'NASDAQ' AND score IS NOT NULL AND at >= '1985-01-01') AS board
CROSS JOIN LATERAL (SELECT array_agg(coalesce((contributions ->> indicator)::float8, 0) ORDER BY n) AS c
	FROM unnest('{run_up,index_drawdown,bsadf_excess,explosive_share,policy_rate}'::text[]) WITH ORDINALITY AS u (indicator, n)) AS parts
WINDOW run AS (PARTITION BY phase, run)
ORDER BY at
